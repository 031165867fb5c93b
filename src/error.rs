//! What stops a run.

use std::io;

/// An error that stops a run. Its text begins with the place, says what was expected and found,
/// and ends with the way out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input cannot be read.
    #[error("{name}: cannot be read: {source}")]
    Read {
        /// The input.
        name: String,
        /// Why.
        source: io::Error,
    },
    /// An input holds no record.
    #[error("{name}: no record found; looked for {wanted}{hint}")]
    NoRecord {
        /// The input.
        name: String,
        /// What was looked for.
        wanted: &'static str,
        /// What may be wrong with it, in the user's words.
        hint: &'static str,
    },
    /// An output cannot be written.
    #[error("{name}: cannot be written: {source}{}", left(name))]
    Write {
        /// The output.
        name: String,
        /// Why.
        source: io::Error,
    },
    /// Whoever reads what comes out has had enough.
    #[error("nobody reads on")]
    Closed,
    /// Two outputs would be the same file, or an output is an input.
    #[error("{name}: {what}")]
    Output {
        /// The output.
        name: String,
        /// What is wrong with it and the way out.
        what: String,
    },
    /// A template is wrong.
    #[error("{0}")]
    Template(#[from] crate::format::TemplateError),
    /// An option has a value that it cannot have.
    #[error("{option}: {what}")]
    Option {
        /// The option.
        option: &'static str,
        /// What is wrong with it and the way out.
        what: String,
    },
}

/// What is left where an output could not be written. A file is replaced only when it is whole;
/// standard output and devices are written as it comes.
fn left(name: &str) -> &'static str {
    match name == "standard output" || name.starts_with("/dev/") {
        true => "; what was written up to there is not whole",
        false => "; nothing was changed there",
    }
}

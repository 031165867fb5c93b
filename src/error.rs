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
    #[error(
        "{name}: no record found; looked for JSON objects with a member \"title\", \"TitleCN\" or \
         \"resultStr\" and others such as \"authors\", \"doi\" or \"journal\" anywhere in the text, and for \
         entries of BibTeX, RIS, CSL-JSON and EndNote{hint}"
    )]
    NoRecord {
        /// The input.
        name: String,
        /// What may be wrong with it, in the user's words.
        hint: &'static str,
    },
    /// An output cannot be written.
    #[error("{name}: cannot be written: {source}; what stood there before is as it was")]
    Write {
        /// The output.
        name: String,
        /// Why.
        source: io::Error,
    },
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

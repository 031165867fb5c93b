use super::{Format, bibtex};
use crate::model::Kind;

/// BibLaTeX, as biber reads it.
pub const FORMAT: Format = Format {
    name: "biblatex",
    purpose: "LaTeX with biblatex and biber, JabRef in BibLaTeX mode, Typst",
    extensions: &[],
    template: include_str!("../../templates/biblatex.j2"),
    kind,
    ..bibtex::FORMAT
};

/// The entry type (biblatex manual §2.1).
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Article | Kind::Review | Kind::Editorial | Kind::Letter => "article",
        Kind::ConferencePaper => "inproceedings",
        Kind::Book => "book",
        Kind::Chapter => "incollection",
        // `thesis` would need a `type`, which the records do not give.
        Kind::Thesis => "phdthesis",
        Kind::Preprint => "online",
        Kind::Dataset => "dataset",
        Kind::Other => "misc",
    }
}

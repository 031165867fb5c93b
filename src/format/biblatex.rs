use super::{Dialect, Format, bib};
use crate::model::Kind;

/// BibLaTeX, as biber reads it.
pub const FORMAT: Format = Format {
    name: "biblatex",
    purpose: "LaTeX with biblatex and biber, JabRef in BibLaTeX mode, Typst",
    extension: None,
    template: include_str!("../../templates/biblatex.j2"),
    frame: ["", "\n\n", "\n"],
    newline: "\n",
    kind,
    lang: bib::lang,
    name_form: bib::name_form,
    others: Some("others"),
    escape: bib::escape,
    verbatim: bib::verbatim,
    style: bib::style,
    json: false,
    dialect: Some(Dialect::Bib),
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

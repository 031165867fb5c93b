use super::name_form::NameForm;
use super::{Dialect, Format, bib};
use crate::model::Kind;

/// Classic BibTeX.
pub const FORMAT: Format = Format {
    name: "bibtex",
    purpose: "LaTeX with BibTeX, JabRef, most reference managers",
    extensions: &["bib"],
    template: include_str!("../../templates/bibtex.j2"),
    frame: ["", "\n\n", "\n"],
    newline: "\n",
    kind,
    lang: bib::lang,
    name_form: NameForm::Syntax(bib::name_form),
    others: Some("others"),
    escape: bib::escape,
    verbatim: bib::verbatim,
    style: bib::style,
    json: false,
    keeps: Some("bib"),
    lacks: &[],
    dialect: Some(Dialect::Bib),
};

/// The entry type ("BibTeXing" §3.1).
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Article | Kind::Review | Kind::Editorial | Kind::Letter => "article",
        Kind::ConferencePaper => "inproceedings",
        Kind::Book => "book",
        Kind::Chapter => "incollection",
        Kind::Thesis => "phdthesis",
        Kind::Preprint | Kind::Dataset | Kind::Other => "misc",
    }
}

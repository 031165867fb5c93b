use super::{Format, ris};
use crate::model::Kind;

/// The tagged text that NoteExpress imports, as Wanfang exports it.
pub const FORMAT: Format = Format {
    name: "noteexpress",
    purpose: "NoteExpress, with native fields for translated title, authors and journal",
    extensions: &["net"],
    template: include_str!("../../templates/noteexpress.j2"),
    kind,
    keeps: None,
    lacks: &[],
    dialect: None,
    ..ris::FORMAT
};

/// The reference type (the words of NoteExpress follow EndNote's).
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Article | Kind::Review | Kind::Editorial | Kind::Letter => "Journal Article",
        Kind::ConferencePaper => "Conference Proceedings",
        Kind::Book => "Book",
        Kind::Chapter => "Book Section",
        Kind::Thesis => "Thesis",
        Kind::Preprint | Kind::Dataset | Kind::Other => "Generic",
    }
}

use super::name_form::NameForm;
use super::{Format, ris};
use crate::model::{Kind, Lang, Name, Script};

/// The tagged format that EndNote imports as "EndNote Import" (EndNote manual, "Creating a tagged
/// EndNote import file").
pub const FORMAT: Format = Format {
    name: "enw",
    purpose: "EndNote, with native fields for translated title and authors",
    extensions: &["enw"],
    template: include_str!("../../templates/enw.j2"),
    kind,
    lang: Lang::tag,
    name_form: NameForm::Characters(name_form),
    keeps: Some("enw"),
    lacks: &[],
    dialect: None,
    ..ris::FORMAT
};

/// The reference type, `%0` (EndNote manual, the table of default reference types).
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Article | Kind::Review | Kind::Editorial | Kind::Letter => "Journal Article",
        Kind::ConferencePaper => "Conference Paper",
        Kind::Book => "Book",
        Kind::Chapter => "Book Section",
        Kind::Thesis => "Thesis",
        Kind::Preprint => "Unpublished Work",
        Kind::Dataset => "Dataset",
        Kind::Other => "Generic",
    }
}

/// As in RIS, but a comma behind the name of an organisation: without it EndNote takes the last
/// word for a family name (EndNote manual, "Corporate authors").
fn name_form(name: &Name) -> String {
    match name.script {
        Script::Whole => format!("{},", name.display()),
        _ => ris::name_form(name),
    }
}

use super::name_form::NameForm;
use super::{Format, csl_json};
use crate::model::{Kind, Lang, Style};

/// The YAML of hayagriva, which Typst reads. Strings, lists and maps are written as JSON, which
/// YAML takes (YAML 1.2 §1.3).
pub const FORMAT: Format = Format {
    name: "hayagriva",
    purpose: "Typst, as a file for `#bibliography`",
    extensions: &["yml", "yaml"],
    template: include_str!("../../templates/hayagriva.j2"),
    frame: ["", "\n\n", "\n"],
    kind,
    lang: Lang::tag,
    name_form: NameForm::Map(|name| csl_json::members(name, NAMES)),
    style,
    keeps: None,
    lacks: &["keywords", "authors_other", "container_title_other", "abstract_other"],
    dialect: None,
    ..csl_json::FORMAT
};

/// The entry type (hayagriva, docs/file-format.md, "Reference").
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Article | Kind::Review | Kind::Editorial | Kind::Letter => "article",
        Kind::ConferencePaper | Kind::Preprint => "article",
        Kind::Book => "book",
        Kind::Chapter => "chapter",
        Kind::Thesis => "thesis",
        Kind::Dataset => "repository",
        Kind::Other => "misc",
    }
}

/// Braces keep the case of letters; there is no mark-up of characters.
fn style(style: &Style) -> Option<(&'static str, &'static str)> {
    match style {
        Style::Protect => Some(("{", "}")),
        _ => None,
    }
}

/// The members of a person: a name in one string would be taken apart at its comma.
const NAMES: [&str; 5] = ["name", "name", "given-name", "prefix", "suffix"];

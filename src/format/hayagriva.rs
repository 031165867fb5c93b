use minijinja::Value;

use super::inline::unmarked;
use super::{Format, csl_json};
use crate::model::{Kind, Lang, Name, Script, Style};

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
    name_form,
    style,
    keeps: None,
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

/// A person as a map: a name in one string would be taken apart at its comma.
fn name_form(name: &Name) -> Value {
    let member = |key: &'static str, value: &str| (key, Value::from(&*unmarked(value)));
    if name.script != Script::Latin {
        return Value::from_pairs([member("name", &name.display())]);
    }
    let mut members = vec![member("name", &name.family)];
    let optional =
        [("given-name", &name.given), ("prefix", &name.prefix), ("suffix", &name.suffix)];
    members.extend(optional.into_iter().filter_map(|(k, v)| v.as_deref().map(|v| member(k, v))));
    Value::from_pairs(members)
}

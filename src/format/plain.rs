//! What users' templates for no known format are escaped for.

use super::Format;
use super::name_form::NameForm;
use crate::model::{Kind, Lang, Name, Style};

/// Plain text: nothing is escaped, styles vanish.
pub const TEXT: Format = Format {
    name: "text",
    purpose: "a template of one's own",
    extensions: &[],
    template: "",
    frame: ["", "", ""],
    newline: "\n",
    kind: Kind::word,
    lang: Lang::tag,
    name_form: NameForm::Characters(Name::display),
    others: Some("et al."),
    escape: |text, out| out.push_str(text),
    verbatim: |text, out| out.push_str(text),
    style: |_| None,
    json: false,
    keeps: None,
    lacks: &[],
    dialect: None,
};

/// HTML and XML.
pub const HTML: Format =
    Format { name: "html", escape: escape_html, verbatim: escape_html, style, ..TEXT };

/// Text and attribute values (HTML standard §13.3).
fn escape_html(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

fn style(style: &Style) -> Option<(&'static str, &'static str)> {
    match style {
        Style::Italic => Some(("<i>", "</i>")),
        Style::Bold => Some(("<b>", "</b>")),
        Style::SmallCaps => Some(("<span style=\"font-variant:small-caps\">", "</span>")),
        Style::Sub => Some(("<sub>", "</sub>")),
        Style::Sup => Some(("<sup>", "</sup>")),
        Style::Math(_) | Style::Protect => None,
    }
}

use std::borrow::Cow;

use super::name_form::{Members, NameForm};
use super::{Dialect, Format};
use crate::model::{Kind, Lang, Name, Script, Style};
use crate::text::scan::first;

/// CSL-JSON, as the schema of CSL 1.0.2 has it.
pub const FORMAT: Format = Format {
    name: "csl-json",
    purpose: "Zotero, pandoc, citeproc and every CSL processor",
    extensions: &["json"],
    template: include_str!("../../templates/csl-json.j2"),
    frame: ["[\n", ",\n", "\n]\n"],
    newline: "\n",
    kind,
    lang: Lang::tag,
    name_form: NameForm::Map(|name| members(name, NAMES)),
    others: None,
    escape,
    verbatim: |text, out| {
        out.push('"');
        escape(text, out);
        out.push('"');
    },
    style,
    json: true,
    keeps: Some("csl-json"),
    lacks: &[],
    dialect: Some(Dialect::CslJson),
};

/// The item type (CSL 1.0.2 specification, appendix III).
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Article | Kind::Editorial | Kind::Letter => "article-journal",
        // `review` means the review of a book in CSL; a review article is an article.
        Kind::Review => "article-journal",
        Kind::ConferencePaper => "paper-conference",
        Kind::Book => "book",
        Kind::Chapter => "chapter",
        Kind::Thesis => "thesis",
        Kind::Preprint => "article",
        Kind::Dataset => "dataset",
        Kind::Other => "document",
    }
}

/// The characters of a JSON string (RFC 8259 §7); U+2028 and U+2029 too, which end a line in
/// older JavaScript, and `</`, which would end a script element.
fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = first(rest.as_bytes(), is_special) {
        out.push_str(&rest[..at]);
        let ends_element = rest[..at].ends_with('<');
        let c = rest[at..].chars().next().unwrap_or(' ');
        rest = &rest[at + c.len_utf8()..];
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '/' if ends_element => out.push_str("\\/"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' || matches!(c, '\u{7f}' | '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c), // only looked like one of them
        }
    }
    out.push_str(rest);
}

/// True for a byte at which a character stands, or may stand, that cannot go out as it is: U+2028 and
/// U+2029 begin with E2.
fn is_special(b: u8) -> bool {
    // Single bytes, without a branch between them, are quick to look for in many at once.
    (b < b' ') | (b == b'"') | (b == b'\\') | (b == b'/') | (b == 0x7F) | (b == 0xE2)
}

/// The tags of rich text in a field (CSL-JSON documentation, "HTML-like formatting tags").
fn style(style: &Style) -> Option<(&'static str, &'static str)> {
    match style {
        Style::Italic => Some(("<i>", "</i>")),
        Style::Bold => Some(("<b>", "</b>")),
        Style::SmallCaps => Some(("<span style=\\\"font-variant:small-caps;\\\">", "</span>")),
        Style::Sub => Some(("<sub>", "</sub>")),
        Style::Sup => Some(("<sup>", "</sup>")),
        Style::Math(_) | Style::Protect => None,
    }
}

/// The members of a name variable. Chinese names are `literal`: a style that inverts or abbreviates names
/// would print `三 张` or `张 三`.
const NAMES: [&str; 5] = ["literal", "family", "given", "non-dropping-particle", "suffix"];

/// The parts of a name behind their keys: a whole name, family name, given name, prefix, suffix.
pub fn members<'n>(name: &'n Name, keys: [&'static str; 5]) -> Members<'n> {
    let [whole, family, given, prefix, suffix] = keys;
    if name.script != Script::Latin {
        let display = Some(Cow::Owned(name.display()));
        return [(whole, display), (given, None), (prefix, None), (suffix, None)];
    }
    let part = |part: &'n Option<String>| part.as_deref().map(Cow::Borrowed);
    [
        (family, Some(Cow::Borrowed(&*name.family))),
        (given, part(&name.given)),
        (prefix, part(&name.prefix)),
        (suffix, part(&name.suffix)),
    ]
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn every_character_comes_back() {
        let all: String =
            ('\0'..='\u{ff}').chain("\u{2028}\u{2029}镁😀</script>".chars()).collect();
        let mut out = String::from('"');
        escape(&all, &mut out);
        out.push('"');
        assert!(!out.contains("</script"));
        assert_eq!(serde_json::from_str::<String>(&out).unwrap(), all);
    }
}

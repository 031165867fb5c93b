use minijinja::Value;

use super::inline::unmarked;
use super::{Dialect, Format};
use crate::model::{Kind, Lang, Name, Script, Style};

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
    name_form,
    others: None,
    escape,
    verbatim: |text| {
        let mut out = String::from('"');
        escape(text, &mut out);
        out + "\""
    },
    style,
    json: true,
    keeps: Some("csl-json"),
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
    let mut last = '\0';
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '/' if last == '<' => out.push_str("\\/"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' || matches!(c, '\u{7f}' | '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
        last = c;
    }
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

/// A name variable. Chinese names are `literal`: a style that inverts or abbreviates names would
/// print `三 张` or `张 三`.
fn name_form(name: &Name) -> Value {
    let member = |key: &'static str, value: &str| (key, Value::from(&*unmarked(value)));
    if name.script != Script::Latin {
        return Value::from_pairs([member("literal", &name.display())]);
    }
    let mut members = vec![member("family", &name.family)];
    let optional =
        [("given", &name.given), ("non-dropping-particle", &name.prefix), ("suffix", &name.suffix)];
    members.extend(optional.into_iter().filter_map(|(k, v)| v.as_deref().map(|v| member(k, v))));
    Value::from_pairs(members)
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

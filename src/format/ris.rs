use minijinja::Value;

use super::{Dialect, Format};
use crate::model::{Kind, Lang, Name, Script};

/// RIS, the tags of the 2011 specification.
pub const FORMAT: Format = Format {
    name: "ris",
    purpose: "EndNote, NoteExpress, Zotero, Mendeley, Citavi and most databases",
    extensions: &["ris"],
    template: include_str!("../../templates/ris.j2"),
    frame: ["", "\r\n\r\n", "\r\n"],
    newline: "\r\n",
    kind,
    lang: Lang::tag,
    name_form,
    others: None,
    escape,
    verbatim: |text| {
        let mut out = String::new();
        escape(text, &mut out);
        out
    },
    style: |_| None,
    json: false,
    keeps: Some("ris"),
    dialect: Some(Dialect::Ris),
};

/// The type of reference, `TY` (RIS specification, "Reference types").
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Article | Kind::Review | Kind::Editorial | Kind::Letter => "JOUR",
        Kind::ConferencePaper => "CONF",
        Kind::Book => "BOOK",
        Kind::Chapter => "CHAP",
        Kind::Thesis => "THES",
        Kind::Preprint => "UNPB",
        Kind::Dataset => "DATA",
        Kind::Other => "GEN",
    }
}

/// One value on one line: whatever ends a line for some reader becomes a blank, as do the other
/// control characters. Text that looks like a tag cannot begin a line and needs nothing more.
fn escape(text: &str, out: &mut String) {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let mut parts = text.split(breaks).filter(|part| !part.is_empty());
    if let Some(first) = parts.next() {
        out.push_str(first);
    }
    for part in parts {
        out.push(' ');
        out.push_str(part);
    }
}

/// `Family, Given, Suffix` (RIS specification, "AU"); Chinese names without a comma, as CNKI and
/// Wanfang write them. An asterisk is not allowed in a name.
fn name_form(name: &Name) -> Value {
    let text = match name.script {
        Script::Han | Script::Whole => name.display(),
        // `King, Jr.` would have Jr. for its given name.
        Script::Latin if name.given.is_none() => name.display(),
        Script::Latin => {
            let parts = [Some(name.full_family()), name.given.clone(), name.suffix.clone()];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
    };
    Value::from(text.replace('*', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_never_leaves_its_line() {
        for (text, expected) in [
            ("a\r\nER  - \nTY  - JOUR", "a ER  -  TY  - JOUR"),
            ("a\u{2028}b\u{85}c\u{b}d\0e", "a b c d e"),
            ("\n", ""),
            ("镁", "镁"),
        ] {
            let mut out = String::new();
            escape(text, &mut out);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn names_are_written_as_the_specification_says() {
        let name = Name {
            family: "Vet".into(),
            prefix: Some("van der".into()),
            given: Some("Freek".into()),
            suffix: Some("Jr.".into()),
            ..Name::default()
        };
        assert_eq!(name_form(&name).to_string(), "van der Vet, Freek, Jr.");
        let han = Name { script: Script::Han, given: Some("三".into()), ..Name::whole("张") };
        assert_eq!(name_form(&han).to_string(), "张三");
        assert_eq!(name_form(&Name::whole("WHO*")).to_string(), "WHO");
    }
}

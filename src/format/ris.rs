use super::name_form::NameForm;
use super::{Dialect, Format};
use crate::model::{Kind, Lang, Name, Script};
use crate::text::scan::first;

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
    name_form: NameForm::Characters(name_form),
    others: None,
    escape,
    verbatim: escape,
    style: |_| None,
    json: false,
    keeps: Some("ris"),
    lacks: &[],
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
    let start = out.len();
    let mut part = |part: &str| {
        if !part.is_empty() {
            out.push_str(if out.len() > start { " " } else { "" });
            out.push_str(part);
        }
    };
    let (mut from, mut at) = (0, 0);
    while let Some(found) = first(&text.as_bytes()[at..], may_break) {
        let here = at + found;
        let c = text[here..].chars().next().unwrap_or(' ');
        at = here + c.len_utf8();
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            part(&text[from..here]);
            from = at;
        }
    }
    part(&text[from..]);
}

/// True for a byte at which a character stands, or may stand, that ends a line for some reader: the
/// controls U+0080 to U+009F begin with C2, U+2028 and U+2029 with E2.
fn may_break(b: u8) -> bool {
    (b < b' ') | (b == 0x7F) | (b == 0xC2) | (b == 0xE2)
}

/// `Family, Given, Suffix` (RIS specification, "AU"); Chinese names without a comma, as CNKI and
/// Wanfang write them. An asterisk is not allowed in a name.
pub fn name_form(name: &Name) -> String {
    let text = match name.script {
        Script::Han | Script::Whole => name.display(),
        // `King, Jr.` would have Jr. for its given name.
        Script::Latin if name.given.is_none() => name.display(),
        Script::Latin => {
            let mut text = name.full_family();
            for part in [&name.given, &name.suffix].into_iter().flatten() {
                text.push_str(", ");
                text.push_str(part);
            }
            text
        }
    };
    if text.contains('*') { text.replace('*', "") } else { text }
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
            ("\r\n a–b\u{2029}\u{7f}“c” ©\n", " a–b “c” ©"),
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
        assert_eq!(name_form(&name), "van der Vet, Freek, Jr.");
        let han = Name { script: Script::Han, given: Some("三".into()), ..Name::whole("张") };
        assert_eq!(name_form(&han), "张三");
        assert_eq!(name_form(&Name::whole("WHO*")), "WHO");
    }
}

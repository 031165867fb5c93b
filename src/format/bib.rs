//! What BibTeX and BibLaTeX share: escaping, names, languages.

use memchr::memchr3_iter;

use super::inline::unmarked;
use crate::model::{Lang, Name, Script, Style};
use crate::text::scan::first;

/// Characters as text of a `.bib` field.
///
/// The ten characters that TeX takes for itself (TeX: the program, §207; latexref.xyz "Reserved
/// characters") are escaped once. Braces are escaped as `\{` only where they balance: BibTeX
/// counts them even behind a backslash ("BibTeXing" §2, "braces must match").
///
/// Between two signs that TeX would set as one stands an empty group ([`ligates`]).
pub fn escape(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let seconds = memchr3_iter(b'-', b'\'', b'`', bytes);
    let mut from = 0;
    for at in seconds.filter(|at| *at > 0 && ligates(bytes[at - 1], bytes[*at])) {
        escape_part(text, &text[from..at], out);
        out.push_str("{}");
        from = at;
    }
    escape_part(text, &text[from..], out);
}

/// True for two signs of which TeX's fonts make one: dashes, quotation marks, and the marks that open a
/// question or an exclamation in Spanish ("The TeXbook", chapters 2 and 9).
fn ligates(a: u8, b: u8) -> bool {
    matches!((a, b), (b'-', b'-') | (b'`' | b'?' | b'!', b'`') | (b'\'', b'\''))
}

/// Escapes a part of a text, whose braces are counted as a whole.
fn escape_part(text: &str, part: &str, out: &mut String) {
    let mut balanced = None;
    let mut rest = part;
    while let Some(at) = first(rest.as_bytes(), is_special) {
        out.push_str(&rest[..at]);
        let c = rest[at..].chars().next().unwrap_or(' ');
        rest = &rest[at + c.len_utf8()..];
        let brace = matches!(c, '{' | '}');
        let balanced = brace && *balanced.get_or_insert_with(|| is_balanced(text));
        match c {
            '&' | '%' | '#' | '_' | '$' => out.extend(['\\', c]),
            '{' | '}' if balanced => out.extend(['\\', c]),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            _ if !c.is_control() => out.push(c), // only looked like one of them
            _ => out.push(' '),                  // a control character has no place in a field
        }
    }
    out.push_str(rest);
}

/// True for a byte at which a character stands, or may stand, that cannot go out as it is. Three
/// ranges are quick to look for; `[`, `]` and `|` are in them by the way, and come through whole.
fn is_special(b: u8) -> bool {
    // `#$%&`, the controls, and with the bit of the small letters `{|}~` and DEL. The controls U+0080
    // to U+009F begin with C2.
    matches!(b, b'#'..=b'&') | (b < b' ') | matches!(b | 0x20, b'{'..=0x7F) | (b == 0xC2)
}

/// True where every closing brace has its opening one before it.
fn is_balanced(text: &str) -> bool {
    let mut depth = 0usize;
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return false,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}

/// A DOI or an address as it stands in a verbatim field (biblatex manual §2.2.1). What would
/// break the entry is percent-encoded (RFC 3986 §2.1); in a DOI of the real world there is none.
pub fn verbatim(text: &str, out: &mut String) {
    let special =
        |b| (b <= b' ') | (b == b'{') | (b == b'}') | (b == b'\\') | (b == 0x7F) | (b == 0xC2);
    if first(text.as_bytes(), special).is_none() {
        return out.push_str(text);
    }
    for c in text.chars() {
        match c {
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '\\' => out.push_str("%5C"),
            c if c.is_control() || c == ' ' => out.push_str(&format!("%{:02X}", c as u32)),
            c => out.push(c),
        }
    }
}

/// What opens and closes a style in LaTeX.
pub fn style(style: &Style) -> Option<(&'static str, &'static str)> {
    Some(match style {
        Style::Italic => ("\\textit{", "}"),
        Style::Bold => ("\\textbf{", "}"),
        Style::SmallCaps => ("\\textsc{", "}"),
        Style::Sub => ("\\textsubscript{", "}"),
        Style::Sup => ("\\textsuperscript{", "}"),
        Style::Math(_) => ("$", "$"),
        Style::Protect => ("{", "}"),
    })
}

/// A name as BibTeX takes it apart again: `von Last, Jr, First` ("BibTeXing" §4; Markey, "Tame
/// the BeaST", §11). Chinese names and organisations stand in braces and stay whole.
pub fn name_form(name: &Name, out: &mut String) {
    match name.script {
        Script::Han | Script::Whole => in_braces(&name.display(), out),
        Script::Latin => latin(name, out),
    }
}

fn latin(name: &Name, out: &mut String) {
    // Braces would hide that it is in lower case.
    let particle = name
        .prefix
        .as_deref()
        .is_none_or(|prefix| prefix.starts_with(char::is_lowercase) && !separates(prefix));
    if name.given.is_none() && (name.suffix.is_some() || !particle) {
        // `King, Jr.` would have Jr. for its given name, and `Vande Vet` Vande.
        return in_braces(&name.display(), out);
    }
    if let Some(prefix) = &name.prefix {
        part(prefix, out);
        if !prefix.ends_with(['-', '\'', '’']) {
            out.push(' ');
        }
    }
    let lower = name.family.split_whitespace().any(|word| word.starts_with(char::is_lowercase));
    match lower || (name.given.is_none() && name.prefix.is_none() && name.family.contains(' ')) {
        // Without braces BibTeX would take the words for a particle or a given name; all up to
        // the last word in lower case are a particle for it (`García de la Cruz`).
        true => in_braces(&name.family, out),
        false => part(&name.family, out),
    }
    for value in [&name.suffix, &name.given].into_iter().flatten() {
        out.push_str(", ");
        part(value, out);
    }
}

/// A part of a name, in braces where it holds what separates parts or names.
fn part(text: &str, out: &mut String) {
    match separates(text) {
        true => in_braces(text, out),
        false => escape(&unmarked(text), out),
    }
}

/// True for a text with a comma or an `and` in it.
fn separates(text: &str) -> bool {
    let and = |word: &[u8]| word.eq_ignore_ascii_case(b"and");
    text.contains(',')
        || text.as_bytes().windows(3).any(and)
            && text.split_whitespace().any(|word| and(word.as_bytes()))
}

fn in_braces(text: &str, out: &mut String) {
    out.push('{');
    escape(&unmarked(text), out);
    out.push('}');
}

/// The babel name of a language, for `langid` (biblatex manual §2.2.3 and babel's list).
pub fn lang(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "chinese",
        Lang::En => "english",
        Lang::De => "german",
        Lang::Fr => "french",
        Lang::Es => "spanish",
        Lang::Pt => "portuguese",
        Lang::It => "italian",
        Lang::Ru => "russian",
        Lang::Pl => "polish",
        Lang::Ja => "japanese",
        Lang::Ko => "korean",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        escape(text, &mut out);
        out
    }

    #[test]
    fn every_special_character_is_escaped_once() {
        for (text, expected) in [
            ("AT&T", "AT\\&T"),
            ("100%", "100\\%"),
            ("#1", "\\#1"),
            ("a_b", "a\\_b"),
            ("$5", "\\$5"),
            ("x^2", "x\\textasciicircum{}2"),
            ("a~b", "a\\textasciitilde{}b"),
            ("a\\b", "a\\textbackslash{}b"),
            ("{a}", "\\{a\\}"),
            ("a}", "a\\textbraceright{}"),
            ("}{", "\\textbraceright{}\\textbraceleft{}"),
            ("\\input{/etc/passwd}", "\\textbackslash{}input\\{/etc/passwd\\}"),
            ("a\0b\nc", "a b c"),
            ("[a|b]\u{85}é©\u{7f}", "[a|b] é© "),
            ("a--b---c - d", "a-{}-b-{}-{}-c - d"),
            ("``a'' 'b' ?`c!`", "`{}`a'{}' 'b' ?{}`c!{}`"),
            ("镁在成瘾中的作用——一般观点", "镁在成瘾中的作用——一般观点"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn a_verbatim_value_keeps_all_but_what_breaks_the_entry() {
        for (text, expected) in [
            ("10.1/a_b%c&d#e", "10.1/a_b%c&d#e"),
            ("10.1/a}b{c\\d e\u{1}", "10.1/a%7Db%7Bc%5Cd%20e%01"),
        ] {
            let mut out = String::new();
            verbatim(text, &mut out);
            assert_eq!(out, expected);
        }
    }

    fn shown(name: &Name) -> String {
        let mut out = String::new();
        name_form(name, &mut out);
        out
    }

    #[test]
    fn names_come_apart_as_they_were() {
        let name = |prefix: &str, family: &str, suffix: &str, given: &str| {
            let some = |s: &str| Some(s.to_owned()).filter(|s| !s.is_empty());
            let name = Name {
                family: family.into(),
                given: some(given),
                prefix: some(prefix),
                suffix: some(suffix),
                ..Name::default()
            };
            shown(&name)
        };
        assert_eq!(name("", "Nechifor", "", "Mihai"), "Nechifor, Mihai");
        assert_eq!(name("van der", "Vet", "", "Freek"), "van der Vet, Freek");
        assert_eq!(name("", "King", "Jr.", "Martin Luther"), "King, Jr., Martin Luther");
        assert_eq!(name("", "Plato", "", ""), "Plato");
        assert_eq!(name("", "Le Traon", "", ""), "{Le Traon}");
        assert_eq!(name("", "hooks", "", "bell"), "{hooks}, bell");
        assert_eq!(name("", "García de la Cruz", "", "M."), "{García de la Cruz}, M.");
        assert_eq!(name("de", "Ortega y Gasset", "", "J."), "de {Ortega y Gasset}, J.");
        assert_eq!(name("", "King", "Jr.", ""), "{King Jr.}");
        assert_eq!(name("van der", "Vet", "", ""), "van der Vet");
        assert_eq!(name("Van der", "Vet", "", ""), "{Van der Vet}");
        assert_eq!(name("7n", "Lee", "", ""), "{7n Lee}");
        assert_eq!(name("n,", "v", "", ""), "{n, v}");
        assert_eq!(name("d'", "Alembert", "", "Jean"), "d'Alembert, Jean");
        assert_eq!(name("", "O}Brien", "", "A"), "O\\textbraceright{}Brien, A");
        let han = Name { script: Script::Han, given: Some("三".into()), ..Name::whole("张") };
        assert_eq!(shown(&han), "{张三}");
        let company = Name::whole("Barnes and Noble, Inc.");
        assert_eq!(shown(&company), "{Barnes and Noble, Inc.}");
    }
}

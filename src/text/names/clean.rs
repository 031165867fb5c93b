//! The text of a list of authors without its HTML and its invisible characters.

use std::borrow::Cow;

use html5gum::{Token, Tokenizer};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::diagnostic::{Code, Finding};

/// The longest tag and the longest entity that are looked for; a lone `<` costs no more than this.
const LONGEST_TAG: usize = 400;
/// What is left of a tag or an entity can spell another one; nobody means more than this.
const MOST_ROUNDS: usize = 8;
const LONGEST_ENTITY: usize = 33;

/// Entities decoded, tags off (`<sup>` with its affiliation marks), every blank a plain one,
/// invisible characters off, full-width letters and signs plain, in Unicode form C. Line ends and
/// tabs stay: they can part names.
pub fn clean<'a>(text: &'a str, findings: &mut Vec<Finding>) -> Cow<'a, str> {
    if text.bytes().all(|b| matches!(b, b' '..=b'~') && b != b'<' && b != b'&') {
        return Cow::Borrowed(text);
    }
    let mut text = characters(text);
    for _ in 0..MOST_ROUNDS {
        if !text.contains(['<', '&']) {
            break;
        }
        let next = characters(&untag(&unescape(&text), findings));
        if next == text {
            break;
        }
        text = next;
    }
    Cow::Owned(if is_nfc(&text) { text } else { text.nfc().collect() })
}

/// Each entity as its character; `&amp;nbsp;`, escaped twice, too.
fn unescape(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        clean.push_str(&rest[..start]);
        rest = &rest[start + 1..];
        while let Some(after) = rest.strip_prefix("amp;") {
            rest = after;
        }
        match entity(rest) {
            Some((character, length)) => {
                clean.push_str(&character);
                rest = &rest[length..];
            }
            None => clean.push('&'),
        }
    }
    clean + rest
}

/// The character of an entity that stands at the start of `text`, without its `&`, and its length.
fn entity(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(LONGEST_ENTITY).position(|b| b == b';')?;
    let body = &text[..end];
    if !body.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#') {
        return None;
    }
    let source = format!("&{body};");
    let mut decoded = String::new();
    for Ok(token) in Tokenizer::new(&source) {
        if let Token::String(text) = token {
            decoded.push_str(&String::from_utf8_lossy(&text));
        }
    }
    // What it does not know, it gives back; half an entity (`&notit;`) is not one either.
    (!decoded.is_empty() && !decoded.ends_with(';')).then_some((decoded, end + 1))
}

/// The text between the tags. A tag that ends a line of the page ends a line here.
fn untag(text: &str, findings: &mut Vec<Finding>) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        clean.push_str(&rest[..start]);
        rest = &rest[start..];
        let Some(end) = tag_end(rest) else {
            clean.push('<');
            rest = &rest[1..];
            continue;
        };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next();
        match name.unwrap_or("").to_ascii_lowercase().as_str() {
            "br" | "p" | "div" | "li" | "tr" | "td" => clean.push('\n'),
            "sup" if !tag.starts_with('/') => rest = skip_marks(rest, findings),
            _ if tag.contains('@') => findings.push(mark(tag)),
            _ => {}
        }
    }
    clean + rest
}

/// Where the tag ends that `text` begins with, or `None` where this `<` begins none.
fn tag_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = bytes.get(1).filter(|b| **b != b'/').or(bytes.get(2))?;
    if !first.is_ascii_alphabetic() && *first != b'!' {
        return None;
    }
    let end = bytes.iter().take(LONGEST_TAG).skip(1).position(|b| matches!(b, b'<' | b'>'))? + 1;
    (bytes[end] == b'>').then_some(end)
}

/// What follows the marks in a `<sup>`; the content stays where it is no affiliation mark.
fn skip_marks<'a>(text: &'a str, findings: &mut Vec<Finding>) -> &'a str {
    let end = text.bytes().take(LONGEST_TAG).position(|b| b == b'<').unwrap_or(0);
    let marks = &text[..end];
    let single = |part: &str| part.chars().filter(|c| c.is_alphabetic()).count() <= 1;
    if marks.is_empty() || !marks.split([',', ' ', ';']).all(single) {
        return text;
    }
    findings.push(mark(marks));
    &text[end..]
}

/// The finding for what stood beside a name.
pub fn mark(found: &str) -> Finding {
    Finding::new(Code::AuthorMark, found, "left out of the name")
}

fn characters(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{B}' | '\u{C}' => {
                clean.push('\n')
            }
            '\t' => clean.push('\t'),
            // The joiners are spelling in Persian and in the scripts of India.
            '\u{200C}' | '\u{200D}' if clean.ends_with(|c| matches!(c, '\u{590}'..='\u{DFF}')) => {
                clean.push(c);
            }
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => {}
            '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FE0F}' => {}
            '\u{2010}' | '\u{2011}' => clean.push('-'),
            // The full-width forms of ASCII.
            '\u{FF01}'..='\u{FF5E}' => clean.extend(char::from_u32(c as u32 - 0xFEE0)),
            c if c.is_whitespace() || c.is_control() => clean.push(' '),
            c => clean.push(c),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::script::is_han;

    #[test]
    fn markup_goes_and_letters_stay() {
        for (text, expected, marks) in [
            ("Bo Yu, T. Mak", "Bo Yu, T. Mak", 0),
            ("A B,&nbsp;C D", "A B, C D", 0),
            ("A B,&amp;nbsp;C D", "A B, C D", 0),
            ("A B &amp; C D", "A B & C D", 0),
            ("Conall O&#39;Sullivan", "Conall O'Sullivan", 0),
            ("Am&eacute;rico Rio", "Américo Rio", 0),
            ("Ame\u{301}rico", "Américo", 0),
            ("A & B; C < D", "A & B; C < D", 0),
            ("&foo; B", "&foo; B", 0),
            ("<b>Bo</b> Yu<sup>1,a</sup>, <i>T. Mak</i><sup>*</sup>", "Bo Yu, T. Mak", 2),
            ("Bo<sup>the great</sup>", "Bothe great", 0),
            ("Bo <bo@yu.org>", "Bo ", 1),
            ("Bo<br/>Mak", "Bo\nMak", 0),
            ("a <b", "a <b", 0),
            ("Bo\u{0} \u{200B}Yu\u{202E}\u{A0}X", "Bo  Yu X", 0),
            ("Zhao\u{2010}Hui", "Zhao-Hui", 0),
            ("张三，李四；王", "张三,李四;王", 0),
            ("", "", 0),
        ] {
            let mut findings = Vec::new();
            assert_eq!(clean(text, &mut findings), expected, "{text:?}");
            assert_eq!(findings.len(), marks, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in "([\\PC张]|&amp;|&lt;|&|;|<sup>|<b>|nbsp;|,|\u{200B}){0,20}") {
            let once = clean(&text, &mut Vec::new()).into_owned();
            prop_assert_eq!(&clean(&once, &mut Vec::new()), &once);
        }

        #[test]
        fn chinese_characters_stay(text in "([张三，；\u{A0}a;,]|&nbsp;|&amp;|<b>){0,20}") {
            let count = |text: &str| text.chars().filter(|c| is_han(*c)).count();
            prop_assert_eq!(count(&clean(&text, &mut Vec::new())), count(&text));
        }
    }
}

//! Texts in strings, sign by sign, as the strings write them.

use crate::source::mend::hex;

/// What the sign at the beginning stands for, and how many bytes it takes; `None` where the string ends.
pub type Sign = fn(&[u8]) -> Option<(u8, usize)>;

/// In a string between such quotes of a script (ECMA-262, "String Literals"), or of JSON (RFC 8259, section 7).
/// Characters beyond ASCII are left with their numbers: they are the same in the record.
pub fn escaped<const QUOTE: u8>(text: &[u8]) -> Option<(u8, usize)> {
    let printable = |digits: [u8; 2]| {
        let byte = hex(&digits).and_then(|number| u8::try_from(number).ok());
        byte.filter(|byte| matches!(byte, b' '..=b'~'))
    };
    Some(match *text {
        [] | [b'\n', ..] => return None,
        [quote, ..] if quote == QUOTE => return None,
        [b'\\', b'n', ..] => (b'\n', 2),
        [b'\\', b't', ..] => (b'\t', 2),
        [b'\\', b'r', ..] => (b'\r', 2),
        [b'\\', sign @ (b'"' | b'\'' | b'\\' | b'/'), ..] => (sign, 2),
        [b'\\', b'x', high, low, ..] if let Some(byte) = printable([high, low]) => (byte, 4),
        [b'\\', b'u', b'0', b'0', high, low, ..] if let Some(byte) = printable([high, low]) => {
            (byte, 6)
        }
        [sign, ..] => (sign, 1),
    })
}

/// In a field of CSV (RFC 4180, section 2.7), or, between single quotes, in SQL (ISO/IEC 9075-2, "character string
/// literal").
pub fn doubled<const QUOTE: u8>(text: &[u8]) -> Option<(u8, usize)> {
    match *text {
        [one, two, ..] if one == QUOTE && two == QUOTE => Some((QUOTE, 2)),
        [sign, ..] if sign != QUOTE => Some((sign, 1)),
        _ => None,
    }
}

/// The signs of a string up to its end, each with the place behind it.
pub fn signs(text: &[u8], sign: Sign) -> impl Iterator<Item = (u8, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (byte, length) = sign(&text[at..])?;
        at += length;
        Some((byte, at))
    })
}

/// The text as it was before it was put into the string.
pub fn decoded(text: &[u8], sign: Sign) -> Vec<u8> {
    signs(text, sign).map(|(byte, _)| byte).collect()
}

/// True where what follows a brace is the name of an object's first member. `{\"u}` is a letter of TeX.
pub fn begins(behind_brace: &[u8], sign: Sign) -> bool {
    let signs = signs(behind_brace, sign).map(|(byte, _)| byte);
    let mut signs = signs.skip_while(u8::is_ascii_whitespace);
    let is_part =
        |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b"_-$@.: /".contains(byte);
    signs.next() == Some(b'"') && {
        let mut name = signs.skip_while(is_part);
        let quoted = name.next() == Some(b'"');
        quoted && name.find(|byte| !byte.is_ascii_whitespace()) == Some(b':')
    }
}

/// A string between single quotes that has to be decoded.
#[derive(Clone, Copy, Debug)]
pub enum Single {
    /// It is the string's own text that stands there, or no string.
    Plain,
    /// The text ends before the string does.
    Unfinished,
    /// It ends there, and its signs are written that way.
    Until(usize, Sign),
}

/// What a text is where a single quote may open a string before it, the bracket of a list aside: of a script
/// where it holds what only scripts write, else of SQL where a quote stands twice. `whole`: nothing follows.
pub fn single(before: &[u8], text: &[u8], whole: bool) -> Single {
    let list = before.trim_ascii_end().strip_suffix(b"[");
    if list.unwrap_or(before).last() != Some(&b'\'') {
        return Single::Plain;
    }
    let (mut at, mut script, mut twice) = (0, false, false);
    while let Some(&byte) = text.get(at) {
        at += match (byte, &text[at + 1..]) {
            (b'\\', [b'\'', ..] | [b'\\', b'"', ..]) => {
                script = true;
                2
            }
            (b'\\', _) => 2,
            (b'\'', [b'\'', ..]) => {
                twice = true;
                2
            }
            (b'\'', []) if !whole => return Single::Unfinished,
            (b'\'', _) if script => return Single::Until(at, escaped::<b'\''>),
            (b'\'', _) if twice => return Single::Until(at, doubled::<b'\''>),
            (b'\'' | b'\n', _) => return Single::Plain,
            _ => 1,
        };
    }
    Single::Unfinished
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_begins_with_a_name() {
        for (text, expected) in [
            (r#"\"title\":\"A\"}"#, true),
            (r#"\n  \"title\" : 1"#, true),
            (" \\\"@type\\\":", true),
            (r#"\"序号\":1"#, true),
            (r#"\"row id\":1"#, true),
            (r#"\u0022title\u0022:1"#, true),
            (r#"\x22title\x22:1"#, true),
            (r#"\"u}ber"#, false),
            (r#"\"title\"}"#, false),
            (r#"\\\"title\\\":"#, false),
            (r#""title":"#, false),
            (r#"\"title"#, false),
            ("", false),
        ] {
            assert_eq!(begins(text.as_bytes(), escaped::<b'"'>), expected, "{text}");
        }
        for (text, expected) in
            [(r#"""title"":1"#, true), (r#""title":1"#, false), (r#""":1"#, false)]
        {
            assert_eq!(begins(text.as_bytes(), doubled::<b'"'>), expected, "{text}");
        }
    }

    #[test]
    fn strings_are_read_once() {
        let text =
            |text: &str, sign: Sign| String::from_utf8(decoded(text.as_bytes(), sign)).unwrap();
        assert_eq!(
            text(
                r#"{\n\"a\": \"\\\"b\\\" \\n \u8d1f \u0026\x3c <\/p> \\\\alpha \x\u00\'\"}" b"#,
                escaped::<b'"'>
            ),
            "{\n\"a\": \"\\\"b\\\" \\n \\u8d1f &< </p> \\\\alpha \\x\\u00'\"}"
        );
        assert_eq!(text("{\"\"a\"\":\"\"\\\"\"\n\"\"}\",1", doubled::<b'"'>), "{\"a\":\"\\\"\n\"}");
        assert_eq!(text("\\\"it\\'s\\\\n' x", escaped::<b'\''>), "\"it's\\n");
        assert_eq!(text("\\\"it''s\\\\n' x", doubled::<b'\''>), "\\\"it's\\\\n");
    }

    #[test]
    fn strings_between_single_quotes_are_told_by_what_they_hold() {
        for (before, text, expected) in [
            ("f('", "{\"a\":\"it\\'s\"}')", Some("{\"a\":\"it's\"}")),
            ("f('[ ", "{\"a\":\"\\\\\"b\\\\\"\"}]')", Some("{\"a\":\"\\\"b\\\"\"}]")),
            ("('", "{\"a\":\"it''s\\n\"}')", Some("{\"a\":\"it's\\n\"}")),
            ("'", "{\"a\":\"it''s\"}'", Some("{\"a\":\"it's\"}")),
            ("' ", "{\"a\":\"it''s\"}'", None),
            ("'", "{\"a\":\"b\\n\"}'", None),
            ("'", "{\"a\":\"it\\'s\n'", None),
            ("don't ", "{\"a\":\"it\\'s\"}' x", None),
            ("", "{\"a\":\"it\\'s\"}' x", None),
        ] {
            let found = match single(before.as_bytes(), text.as_bytes(), true) {
                Single::Until(end, sign) => Some(decoded(&text.as_bytes()[..end], sign)),
                _ => None,
            };
            assert_eq!(found.as_deref(), expected.map(str::as_bytes), "{text}");
        }
        assert!(matches!(single(b"'", b"{\"a\":'", false), Single::Unfinished));
        assert!(matches!(single(b"'", b"{\"a\":", true), Single::Unfinished));
    }
}

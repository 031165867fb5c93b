//! Records that stand in a text as something else stands in it: in the value of an attribute, in a string, in a
//! field of a table.

mod entities;
mod strings;

pub use strings::{Single, decoded, single};

use strings::{Sign, doubled, escaped, signs};

/// How strings of JSON write their signs, and fields of CSV.
pub const STRING: Sign = escaped::<b'"'>;
const FIELD: Sign = doubled::<b'"'>;

/// How the quotes of a record are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// As entities: `{&quot;title&quot;:…}`.
    Entities,
    /// Behind backslashes, or by their numbers: `{\"title\":…}`, `{\u0022title\u0022:…}`.
    Escapes,
    /// Twice, as in CSV: `{""title"":…}`.
    Doubled,
}

/// Where an object ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoded {
    /// Behind its brace, or before what cannot stand in it.
    Ends(usize),
    /// The text ends before the object does.
    Unfinished(usize),
}

/// How far behind a brace has to be looked to tell how the quotes of its object are written.
pub const AHEAD: usize = 128;

impl Coding {
    /// How the quotes are written of the object whose brace stands before a text; `None` where it is no
    /// object, or its quotes are quotes.
    pub fn of(behind_brace: &[u8]) -> Option<Coding> {
        let text = &behind_brace[..behind_brace.len().min(AHEAD)];
        // Strings in strings have backslashes before backslashes.
        let again = || text.trim_ascii_start().starts_with(b"\\\\");
        let inner = || strings::begins(&decoded(text, STRING), STRING);
        match () {
            () if entities::begins(behind_brace) => Some(Coding::Entities),
            () if strings::begins(text, STRING) || again() && inner() => Some(Coding::Escapes),
            () if strings::begins(text, FIELD) => Some(Coding::Doubled),
            () => None,
        }
    }

    /// Where the object ends that begins here.
    pub fn end(self, text: &[u8]) -> Encoded {
        match self {
            Coding::Entities => entities::end(text),
            Coding::Escapes => match object_end(text, STRING) {
                Ok(end) => Encoded::Ends(end),
                Err(end) if end < text.len() => Encoded::Ends(end),
                Err(end) => Encoded::Unfinished(end),
            },
            Coding::Doubled => match object_end(text, FIELD) {
                Ok(end) => Encoded::Ends(end),
                Err(end) if end < text.len() => field_end(text, end),
                Err(end) => Encoded::Unfinished(end),
            },
        }
    }

    /// The text as it was before it was put where it stands.
    pub fn decoded(self, text: &[u8]) -> Vec<u8> {
        match self {
            Coding::Entities => entities::decoded(text),
            Coding::Escapes => decoded(text, STRING),
            Coding::Doubled => decoded(text, FIELD),
        }
    }
}

/// The ways in which a quote is written, and the plain one.
pub fn quotes() -> impl Iterator<Item = &'static [u8]> {
    let others: [&[u8]; 4] = [b"\"", b"\\\"", b"\\u0022", b"\\x22"];
    others.into_iter().chain(entities::QUOTES)
}

/// Where the object in a string ends that begins here: behind its brace, or, as an error, with the string.
fn object_end(text: &[u8], sign: Sign) -> Result<usize, usize> {
    let (mut depth, mut in_string, mut escaped, mut last) = (0usize, false, false, 0);
    for (byte, end) in signs(text, sign) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Ok(end);
        }
        last = end;
    }
    Err(last)
}

/// The end of a text without the brackets and blanks at it, which are of what follows.
fn before_open(text: &[u8], open: &[u8]) -> usize {
    text.len() - text.iter().rev().take_while(|b| open.contains(b)).count()
}

/// Where the field of CSV ends that holds an object without end, where a quote stands alone: there, or where
/// that quote is of something else, at the end of a line before it.
fn field_end(text: &[u8], quote: usize) -> Encoded {
    match text.get(quote + 1) {
        // The other half of it may come.
        None => Encoded::Unfinished(quote),
        Some(b',' | b';' | b'\t' | b'\r' | b'\n') => Encoded::Ends(quote),
        Some(_) => {
            let line = memchr::memrchr(b'\n', &text[..quote]).unwrap_or(quote);
            Encoded::Ends(before_open(&text[..line], b"{[ ").max(1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_end_with_their_brace_or_their_string() {
        for (text, object) in [
            (r#"{\"a\":\"}\\\"\"} rest"#, r#"{\"a\":\"}\\\"\"}"#),
            (r#"{\"a\":[{}]}}"#, r#"{\"a\":[{}]}"#),
            (r#"{\"a\":\"cut" x}"#, r#"{\"a\":\"cut"#),
            ("{\\\"a\\\":\\\"cut\n}", "{\\\"a\\\":\\\"cut"),
            (r#"{\"a\":\"\"#, r#"{\"a\":\"\"#),
            (r#"{\\\"a\\\":\\\"b\\\"}} x" y"#, r#"{\\\"a\\\":\\\"b\\\"}} x"#),
            (r#"{""a"":""}\"""",""b"":{}}",1"#, r#"{""a"":""}\"""",""b"":{}}"#),
            (r#"{""a"":""cut",1"#, r#"{""a"":""cut"#),
            (r#"{""a"":""cut {"b":1}"#, r#"{""a"":""cut"#),
            ("{\"\"a\"\":\"\"cut\n[{\"b\":1}", "{\"\"a\"\":\"\"cut"),
        ] {
            let coding = Coding::of(&text.as_bytes()[1..]).unwrap();
            let (Encoded::Ends(end) | Encoded::Unfinished(end)) = coding.end(text.as_bytes());
            assert_eq!(&text[..end], object, "{text}");
        }
        assert_eq!(Coding::Escapes.end(br#"{\"a\":\"\"#), Encoded::Unfinished(10));
        // The other half of the quote may come, whatever stands before it.
        assert_eq!(Coding::Doubled.end(br#"{""a"":""b}""#), Encoded::Unfinished(11));
    }

    #[test]
    fn quotes_tell_the_coding() {
        for quote in quotes().filter(|quote| *quote != b"\"") {
            let text = [quote, b"title", quote, b":"].concat();
            assert!(Coding::of(&text).is_some(), "{}", String::from_utf8_lossy(&text));
        }
        for plain in ["\"title\":", "\"\":1", "a", ""] {
            assert_eq!(Coding::of(plain.as_bytes()), None, "{plain}");
        }
    }
}

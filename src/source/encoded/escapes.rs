//! Records in a string: `"{\"title\":…}"`, as in a script, or in JSON that was put into JSON once more
//! (RFC 8259, section 7).

use super::Encoded;

/// What a sign of a string stands for, and how many bytes it takes; `None` where the string ends. Characters
/// by their numbers are left as they are: they are the same in the record.
fn sign(text: &[u8]) -> Option<(u8, usize)> {
    Some(match *text {
        [b'\\', b'n', ..] => (b'\n', 2),
        [b'\\', b't', ..] => (b'\t', 2),
        [b'\\', b'r', ..] => (b'\r', 2),
        [b'\\', sign @ (b'"' | b'\\' | b'/'), ..] => (sign, 2),
        [] | [b'"' | b'\n', ..] => return None,
        [sign, ..] => (sign, 1),
    })
}

fn signs(text: &[u8]) -> impl Iterator<Item = (u8, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (byte, length) = sign(&text[at..])?;
        at += length;
        Some((byte, at))
    })
}

/// True where what follows a brace is the name of an object's first member. `{\"u}` is a letter of TeX.
pub fn begins(behind_brace: &[u8]) -> bool {
    let mut signs = signs(behind_brace).map(|(byte, _)| byte).skip_while(u8::is_ascii_whitespace);
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-$@.".contains(byte);
    signs.next() == Some(b'"') && {
        let mut name = signs.skip_while(is_part);
        let quoted = name.next() == Some(b'"');
        quoted && name.find(|byte| !byte.is_ascii_whitespace()) == Some(b':')
    }
}

/// Where the object ends that begins here: with its brace, or with the string that it stands in.
pub fn end(text: &[u8]) -> Encoded {
    let (mut depth, mut in_string, mut escaped, mut last) = (0usize, false, false, 0);
    for (byte, end) in signs(text) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Encoded::Ends(end);
        }
        last = end;
    }
    if last < text.len() { Encoded::Ends(last) } else { Encoded::Unfinished(last) }
}

/// The text without the backslashes of the string that it stands in.
pub fn decoded(text: &[u8]) -> Vec<u8> {
    signs(text).map(|(byte, _)| byte).collect()
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
            (r#"\"u}ber"#, false),
            (r#"\"title\"}"#, false),
            (r#"\\\"title\\\":"#, false),
            (r#""title":"#, false),
            (r#"\"title"#, false),
            ("", false),
        ] {
            assert_eq!(begins(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn objects_end_with_their_brace_or_their_string() {
        for (text, object) in [
            (r#"{\"a\":\"}\\\"\"} rest"#, r#"{\"a\":\"}\\\"\"}"#),
            (r#"{\"a\":[{}]}}"#, r#"{\"a\":[{}]}"#),
            (r#"{\"a\":\"cut" x}"#, r#"{\"a\":\"cut"#),
            ("{\\\"a\\\":\\\"cut\n}", "{\\\"a\\\":\\\"cut"),
            (r#"{\"a\":\"\"#, r#"{\"a\":\"\"#),
        ] {
            let (Encoded::Ends(end) | Encoded::Unfinished(end)) = end(text.as_bytes());
            assert_eq!(&text[..end], object, "{text}");
        }
        assert_eq!(end(br#"{\"a\":\"\"#), Encoded::Unfinished(10));
    }

    #[test]
    fn backslashes_are_taken_away_once() {
        let text = r#"{\n\"a\": \"\\\"b\\\" \\n \u8d1f <\/p> \\\\alpha\"}"#;
        let expected = "{\n\"a\": \"\\\"b\\\" \\n \\u8d1f </p> \\\\alpha\"}";
        assert_eq!(String::from_utf8(decoded(text.as_bytes())).unwrap(), expected);
    }
}

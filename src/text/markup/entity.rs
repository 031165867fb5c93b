//! Character references: `&amp;`, `&#x3b1;`, and the same encoded twice or more.

use std::borrow::Cow;

use html5gum::{Token, Tokenizer};

/// The longest name of the HTML standard has 31 letters (`CounterClockwiseContourIntegral`).
const LONGEST_NAME: usize = 32;

/// Replaces the references of a text, those encoded twice (`&amp;lt;`) with them. What is no
/// reference stays: `AT&T`, `R&D`.
pub(super) fn decode(raw: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', raw.as_bytes()) else {
        return Cow::Borrowed(raw);
    };
    let mut out = String::with_capacity(raw.len());
    out.push_str(&raw[..first]);
    let mut rest = &raw[first..];
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = decode_one(&rest[at..], &mut out);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Decodes what begins with the ampersand at the start of `text`; gives what follows it.
fn decode_one<'a>(text: &'a str, out: &mut String) -> &'a str {
    let Some((mut value, mut rest)) = reference(text, true) else {
        out.push('&');
        return &text[1..];
    };
    // `&amp;lt;` is `&lt;` is `<`; each round takes what it reads, so this stays linear.
    let mut name = String::new();
    while value == "&" {
        let next = rest.as_bytes().iter().take(LONGEST_NAME + 2).position(|&b| b == b';');
        let Some(end) = next.filter(|&end| rest.is_char_boundary(end + 1)) else { break };
        name.clear();
        name.push('&');
        name.push_str(&rest[..=end]);
        match reference(&name, false) {
            Some((inner, "")) => {
                value = inner;
                rest = &rest[end + 1..];
            }
            _ => break,
        }
    }
    out.push_str(&value);
    rest
}

/// The value of the reference at the start of `text`, and what follows it.
///
/// The HTML standard lets a hundred names go without their semicolon; in running text only
/// five of them are never anything else (`&copy=1` in an address is).
fn reference(text: &str, bare_allowed: bool) -> Option<(String, &str)> {
    let body = &text[1..];
    let number = body.starts_with('#');
    let is_part = |(i, b): (usize, &u8)| b.is_ascii_alphanumeric() || (i == 0 && *b == b'#');
    let length =
        body.bytes().take(LONGEST_NAME + 2).enumerate().take_while(|&(i, b)| is_part((i, &b)));
    let length = length.count();
    let (name, after) = body.split_at(length);
    if name.len() > LONGEST_NAME || name.is_empty() {
        return None;
    }
    if let Some(rest) = after.strip_prefix(';') {
        return Some((value(name)?, rest));
    }
    let known = matches!(name, "nbsp" | "lt" | "gt" | "amp" | "quot");
    let ends = !after.starts_with(|c: char| c.is_alphanumeric() || c == '=');
    let bare = bare_allowed && ends && (known || (number && name.len() > 2));
    bare.then(|| value(name).map(|v| (v, after))).flatten()
}

/// The characters of a reference, `amp` or `#x3b1`, after the HTML standard.
fn value(name: &str) -> Option<String> {
    let short = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{A0}",
        _ => return by_standard(name),
    };
    Some(short.to_owned())
}

fn by_standard(name: &str) -> Option<String> {
    let whole = format!("&{name};");
    let mut value = String::new();
    for token in Tokenizer::new(&whole) {
        if let Ok(Token::String(text)) = token {
            value.push_str(std::str::from_utf8(&text.0).ok()?);
        }
    }
    // The tokenizer reads `&notit;` as `¬it;`, as the standard has it; to us it is no reference.
    let known = value != whole && (value == ";" || !value.ends_with(';'));
    known.then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        for (raw, expected) in [
            ("a", "a"),
            ("AT&T", "AT&T"),
            ("R&D;", "R&D;"),
            ("Q&A & more &", "Q&A & more &"),
            ("a &amp; b", "a & b"),
            ("a &amp;amp;amp; b", "a & b"),
            ("&alpha;&#x3b1;&#945;", "ααα"),
            ("&amp;#x3b1;&amp;nbsp;x", "α\u{A0}x"),
            ("&amp;lt;i&amp;gt;", "<i>"),
            ("a&nbsp b", "a\u{A0} b"),
            ("p &lt 0.05", "p < 0.05"),
            ("?a=1&copy=2&lt=3", "?a=1&copy=2&lt=3"),
            ("&notit; &nosuch;", "&notit; &nosuch;"),
            ("&#8211", "–"),
            ("&#146;", "’"),
            ("&semi;", ";"),
            ("&;&#;&#x;", "&;&#;&#x;"),
            ("&amp;中文;", "&中文;"),
            ("&amp;lt 5", "&lt 5"),
        ] {
            assert_eq!(decode(raw), expected, "{raw}");
        }
    }
}

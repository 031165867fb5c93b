//! Records in the source of a page, where their quotes are entities: `{&quot;title&quot;:…}`, as
//! in the value of an attribute or in a text that was escaped as a whole (HTML standard, "Escaping
//! a string", and PHP's `htmlspecialchars`).

use super::{Encoded, before_open};

/// The ways to write a double quote.
pub const QUOTES: [&[u8]; 4] = [b"&quot;", b"&#34;", b"&#x22;", b"&#034;"];

/// The other characters that have to be escaped in HTML.
const OTHERS: [(&[u8], u8); 8] = [
    (b"&amp;", b'&'),
    (b"&#38;", b'&'),
    (b"&lt;", b'<'),
    (b"&gt;", b'>'),
    (b"&#39;", b'\''),
    (b"&#039;", b'\''),
    (b"&#x27;", b'\''),
    (b"&apos;", b'\''),
];

/// True where what follows a brace is the name of an object's first member.
pub fn begins(behind_brace: &[u8]) -> bool {
    quote(behind_brace.trim_ascii_start()).is_some()
}

/// The length of the quote at the beginning.
fn quote(text: &[u8]) -> Option<usize> {
    QUOTES.iter().find(|quote| text.starts_with(quote)).map(|quote| quote.len())
}

/// Where the object ends that begins here. A plain quote stands in none: it closes the attribute,
/// or is of the next record, whose brace stays outside.
pub fn end(text: &[u8]) -> Encoded {
    let (mut at, mut depth, mut in_string) = (0, 0usize, false);
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => break,
            b'&' => {
                if let Some(length) = quote(&text[at..]) {
                    in_string = !in_string;
                    at += length;
                    continue;
                }
            }
            // The sign behind it may be an entity.
            b'\\' if in_string => at += quote(&text[at + 1..]).unwrap_or(1),
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Encoded::Ends(at);
        }
    }
    if at >= text.len() {
        return Encoded::Unfinished(text.len());
    }
    Encoded::Ends(before_open(&text[..at], b"{[ \n"))
}

/// The text with the entities taken back once: what was an entity in the record stays one.
pub fn decoded(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let rest = &text[at..];
        let other = OTHERS.iter().find(|(name, _)| byte == b'&' && rest.starts_with(name));
        let (length, byte) = match (quote(rest), other) {
            (Some(length), _) => (length, b'"'),
            (None, Some((name, byte))) => (name.len(), *byte),
            (None, None) => (1, byte),
        };
        out.push(byte);
        at += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_end_where_their_brace_closes() {
        for (text, object) in [
            ("{&quot;a&quot;:&quot;}\\&quot;&quot;} rest", "{&quot;a&quot;:&quot;}\\&quot;&quot;}"),
            ("{&#34;a&#34;:[{}]}}", "{&#34;a&#34;:[{}]}"),
            ("{&quot;a&quot;:&quot;cut\" x", "{&quot;a&quot;:&quot;cut"),
            ("{&quot;a&quot;:&quot;cut\n[{\"title\"", "{&quot;a&quot;:&quot;cut"),
            ("{&quot;a&quot;:&quot;\\", "{&quot;a&quot;:&quot;\\"),
        ] {
            let (Encoded::Ends(end) | Encoded::Unfinished(end)) = end(text.as_bytes());
            assert_eq!(&text[..end], object, "{text}");
        }
    }

    #[test]
    fn entities_are_taken_back_once() {
        let text = b"{&quot;a&quot;: &quot;p &amp;lt; 0.05 &amp;amp; &#39;x&#x27; &nbsp;&lt;p&gt;";
        let expected = "{\"a\": \"p &lt; 0.05 &amp; 'x' &nbsp;<p>";
        assert_eq!(String::from_utf8(decoded(text)).unwrap(), expected);
    }
}

//! Tags, comments and text of a source that may hold all, some or only lookalikes of them.
//!
//! A tag counts only with a known name and sane attributes; `A < B`, `p<0.05` and `x <y> z` are
//! text. html5gum would take every `<` before a letter for a tag; it reads the attributes.

use std::borrow::Cow;

use html5gum::{Token as Html, Tokenizer};
use memchr::memmem;

use super::element::{self, Role};
use super::entity;

/// A piece of a source.
#[derive(Clone, Debug)]
pub(super) enum Token<'a> {
    /// Characters, references decoded. `encoded`: a `<` in it was written as a reference.
    Text { text: Cow<'a, str>, encoded: bool },
    /// A tag.
    Tag(Tag<'a>),
}

/// A tag with a known name.
#[derive(Clone, Debug)]
pub(super) struct Tag<'a> {
    pub name: &'static str,
    pub role: Role,
    /// False for an end tag.
    pub opens: bool,
    /// Written `<x/>`, or of an element without content.
    pub empty: bool,
    /// As it stands, for the attributes.
    pub raw: Cow<'a, str>,
}

impl Tag<'_> {
    /// The value of an attribute, as html5gum reads it.
    pub fn attribute(&self, name: &str) -> Option<String> {
        if !self.raw.contains('=') {
            return None;
        }
        Tokenizer::new(self.raw.as_ref()).find_map(|token| match token {
            Ok(Html::StartTag(tag)) => tag
                .attributes
                .iter()
                .find(|(key, _)| key.0 == name.as_bytes())
                .map(|(_, value)| String::from_utf8_lossy(&value.value.0).into_owned()),
            _ => None,
        })
    }
}

/// Splits a source into its pieces.
pub(super) fn lex(raw: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer { raw, tokens: Vec::with_capacity(8), text: 0, no_comment_end: false };
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'<', &raw.as_bytes()[at..]) {
        let start = at + next;
        at = lexer.markup(start).unwrap_or(start + 1);
    }
    lexer.flush(raw.len());
    lexer.tokens
}

struct Lexer<'a> {
    raw: &'a str,
    tokens: Vec<Token<'a>>,
    /// Where the text begins that has not become a token yet.
    text: usize,
    /// No comment ends behind this place; keeps a million `<!--` linear.
    no_comment_end: bool,
}

impl<'a> Lexer<'a> {
    /// Reads the markup at `start`; gives its end, or `None` where it is text.
    fn markup(&mut self, start: usize) -> Option<usize> {
        let rest = &self.raw[start..];
        if rest.starts_with("<!") || rest.starts_with("<?") {
            return self.declaration(start, rest);
        }
        let (tag, end) = tag(rest)?;
        self.flush(start);
        self.tokens.push(Token::Tag(tag));
        self.text = start + end;
        Some(self.text)
    }

    /// Comments and processing instructions vanish; of `<![CDATA[` the text stays.
    fn declaration(&mut self, start: usize, rest: &'a str) -> Option<usize> {
        let (open, close) = match rest.as_bytes() {
            [b'<', b'!', b'-', b'-', ..] => ("<!--", "-->"),
            [b'<', b'?', b'a'..=b'z' | b'A'..=b'Z', ..] => ("<?", "?>"),
            _ if rest.starts_with("<![CDATA[") => ("<![CDATA[", "]]>"),
            _ => return None,
        };
        if self.no_comment_end {
            return None;
        }
        let Some(length) = memmem::find(&rest.as_bytes()[open.len()..], close.as_bytes()) else {
            self.no_comment_end = true;
            return None;
        };
        self.flush(start);
        let inner = &rest[open.len()..open.len() + length];
        if close == "]]>" && !inner.is_empty() {
            self.tokens.push(Token::Text { text: Cow::Borrowed(inner), encoded: false });
        }
        self.text = start + open.len() + length + close.len();
        Some(self.text)
    }

    /// Makes a token of the text up to `end`.
    fn flush(&mut self, end: usize) {
        let raw = &self.raw[self.text..end];
        if !raw.is_empty() {
            let text = entity::decode(raw);
            let encoded = matches!(text, Cow::Owned(_)) && text.contains('<');
            self.tokens.push(Token::Text { text, encoded });
        }
    }
}

/// More attributes than any real tag has; keeps hostile ones linear.
const MOST_ATTRIBUTES: usize = 64;

/// The tag at the start of a text, and its length; `None` where it is none.
pub(super) fn tag(rest: &str) -> Option<(Tag<'_>, usize)> {
    let bytes = rest.as_bytes();
    let opens = bytes.get(1) != Some(&b'/');
    let from = if opens { 1 } else { 2 };
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'_');
    let letters = bytes.get(from..)?.iter().take(40).take_while(|b| is_name(b)).count();
    if !bytes.get(from)?.is_ascii_alphabetic() {
        return None;
    }
    let (name, role) = element::find(&rest[from..from + letters])?;
    let (end, slash) = attributes(bytes, from + letters)?;
    let empty = opens && (slash || element::is_void(name));
    let raw = Cow::Borrowed(&rest[..end]);
    Some((Tag { name, role, opens, empty, raw }, end))
}

/// Reads attributes from `at` to the closing `>`: gives the place behind it, and whether there
/// was a slash. A source cut off within a tag ends it.
fn attributes(bytes: &[u8], mut at: usize) -> Option<(usize, bool)> {
    let (mut valued, mut bare) = (0, 0);
    for _ in 0..MOST_ATTRIBUTES {
        let blanks = blanks(bytes, at);
        at += blanks;
        match bytes.get(at) {
            Some(b'>') => return (bare == 0 || valued > 0).then_some((at + 1, false)),
            Some(b'/') if bytes.get(at + 1) == Some(&b'>') => return Some((at + 2, true)),
            None => return (valued > 0).then_some((at, false)),
            Some(_) if blanks == 0 => return None,
            Some(_) => {}
        }
        let name = bytes[at..].iter().take(64).take_while(|b| is_attribute(**b)).count();
        if name == 0 {
            return None;
        }
        at += name;
        let equals = at + self::blanks(bytes, at);
        if bytes.get(equals) == Some(&b'=') {
            valued += 1;
            at = value(bytes, equals + 1)?;
        } else {
            bare += 1;
        }
    }
    None
}

fn blanks(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take(256).take_while(|b| b.is_ascii_whitespace()).count()
}

fn is_attribute(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.')
}

/// The place behind the value that begins at or after `at`.
fn value(bytes: &[u8], at: usize) -> Option<usize> {
    let at = at + blanks(bytes, at);
    match bytes.get(at) {
        Some(&quote @ (b'"' | b'\'')) => {
            // A value that is never closed: the source was cut off within the tag.
            let end = memchr::memchr(quote, &bytes[at + 1..]);
            let tag_follows = || memchr::memchr2(b'<', b'>', &bytes[at + 1..]).is_some();
            match end {
                Some(end) => Some(at + end + 2),
                None if tag_follows() => None,
                None => Some(bytes.len()),
            }
        }
        Some(_) => {
            let plain = |b: &u8| !b.is_ascii_whitespace() && !b"\"'=<>`".contains(b);
            let length = bytes[at..].iter().take(256).take_while(|b| plain(b)).count();
            // A slash right before `>` closes the tag.
            let slash = bytes.get(at + length) == Some(&b'>') && bytes[at + length - 1] == b'/';
            (length > 0).then_some(at + length - usize::from(slash && length > 0))
        }
        None => Some(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_lookalikes() {
        for (raw, length) in [
            ("<i>", 3),
            ("<I >x", 4),
            ("</jats:p>", 9),
            ("<br/>", 5),
            ("<p class=x/>", 12),
            ("<span style=\"a > b\" hidden>x", 27),
            ("<h3 data-test='a'>", 18),
            ("<math altimg=\"urn:x-wiley", 25),
            ("<b and c>", 0),
            ("<b", 0),
            ("< b>", 0),
            ("<y>", 0),
            ("<0.05", 0),
            ("<i=3>", 0),
            ("<p<p>", 0),
            ("<a href=>", 0),
            ("<a href=\"x>y", 0),
        ] {
            assert_eq!(tag(raw).map_or(0, |(_, end)| end), length, "{raw}");
        }
    }

    #[test]
    fn attributes_are_read() {
        let (tag, _) = tag("<span STYLE='font-variant: small-caps' class=\"a\">").unwrap();
        assert_eq!(tag.attribute("style").as_deref(), Some("font-variant: small-caps"));
        assert_eq!(tag.attribute("id"), None);
    }
}

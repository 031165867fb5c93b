//! The items in a text of JSON: an array of them, one a line, or one alone.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// After so many items that never close, the rest is not looked at: each costs a look at all that
/// follows.
const BROKEN: usize = 64;

/// An object of the text.
pub struct Piece<'t> {
    /// The line on which it begins.
    pub line: usize,
    /// The object.
    pub json: &'t str,
    /// False where it does not close.
    pub whole: bool,
}

/// What stands between the objects and is none.
pub struct Stray<'t> {
    /// The line on which it begins.
    pub line: usize,
    /// The values, up to the next object.
    pub text: &'t str,
}

/// What a text is made of.
pub struct Pieces<'t> {
    /// The outermost objects, in order.
    pub items: Vec<Piece<'t>>,
    /// What else there is.
    pub strays: Vec<Stray<'t>>,
}

/// The members of an object in their order, their values as they stand there.
pub struct Members<'a>(pub Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Members<'a>, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an item of CSL-JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

/// The outermost objects of a text, in order. Where one is broken, the next one is looked for at the
/// beginning of a line that is indented no deeper.
pub fn pieces(text: &str) -> Pieces<'_> {
    let (mut pieces, mut strays) = (Vec::new(), Vec::new());
    let (mut at, mut line, mut counted, mut broken) = (0, 1, 0, 0);
    // `{"items": […]}`: the items stand in a member.
    if let Some(start) = wrapped(text) {
        at = start;
    }
    while let Some(start) = next_brace(text, at) {
        strays.extend(stray(text, at..start, (line, counted)));
        line += memchr::memchr_iter(b'\n', &text.as_bytes()[counted..start]).count();
        counted = start;
        let end = end(text, start);
        let sound = end.is_some_and(|end| {
            serde_json::from_str::<serde::de::IgnoredAny>(&text[start..end]).is_ok()
        });
        let next = if sound { None } else { next_at_indent(text, start, end) };
        let stop = next.or(end).unwrap_or(text.len());
        let json = text[start..stop].trim_end_matches(|c: char| c.is_whitespace() || c == ',');
        pieces.push(Piece { line, json, whole: end.is_some_and(|end| end <= stop) });
        broken += usize::from(!sound);
        at = stop;
        if broken >= BROKEN {
            return Pieces { items: pieces, strays };
        }
    }
    strays.extend(stray(text, at..text.len(), (line, counted)));
    Pieces { items: pieces, strays }
}

/// Where the next object begins. A brace in a string of the list begins none; the string ends on its
/// line.
fn next_brace(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    while let Some(found) = memchr::memchr2(b'{', b'"', &bytes[at..]).map(|n| at + n) {
        if bytes[found] == b'{' {
            return Some(found);
        }
        let mut strings = serde_json::Deserializer::from_slice(&bytes[found..])
            .into_iter::<std::borrow::Cow<'_, str>>();
        at = match strings.next() {
            Some(Ok(_)) => found + strings.byte_offset(),
            _ => found + 1,
        };
    }
    None
}

/// What stands there beside the signs that lists are made of. The line of a place before it is known.
fn stray(text: &str, range: Range<usize>, (line, counted): (usize, usize)) -> Option<Stray<'_>> {
    let is_sign = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | ',' | '}' | '\u{feff}');
    let found = text[range].trim_matches(is_sign);
    let start = found.as_ptr() as usize - text.as_ptr() as usize;
    (!found.is_empty()).then(|| {
        let lines = memchr::memchr_iter(b'\n', &text.as_bytes()[counted..start]).count();
        Stray { line: line + lines, text: found }
    })
}

/// Where the list begins in an object that is not an item itself but holds them.
fn wrapped(text: &str) -> Option<usize> {
    let head = text.trim_start();
    let rest = head.strip_prefix('{')?.trim_start();
    let rest = ["\"items\"", "\"references\""].iter().find_map(|name| rest.strip_prefix(name))?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    rest.starts_with('[').then(|| text.len() - rest.len())
}

/// Where the object ends that begins there.
fn end(text: &str, start: usize) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// The next line that begins with a brace and is indented no deeper than the object's own, within
/// the broken object.
fn next_at_indent(text: &str, start: usize, end: Option<usize>) -> Option<usize> {
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let indent = text[from..start].len();
    let until = end.unwrap_or(text.len());
    let mut at = start;
    while let Some(newline) = memchr::memchr(b'\n', &text.as_bytes()[at..until]) {
        at += newline + 1;
        let rest = &text[at..until];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if rest[blanks..].starts_with('{') && blanks <= indent {
            return Some(at + blanks);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_item_costs_no_other() {
        let shown = |text: &str| {
            let show =
                |p: &Piece<'_>| format!("{}{}{}", p.line, p.json, if p.whole { "" } else { "!" });
            pieces(text).items.iter().map(show).collect::<Vec<_>>().join(" ")
        };
        for (text, expected) in [
            ("[{\"a\":1},\n{\"b\":{}}]", "1{\"a\":1} 2{\"b\":{}}"),
            ("{\"a\":1}\n{\"b\":\"}\"}", "1{\"a\":1} 2{\"b\":\"}\"}"),
            ("{ \"items\": [{\"a\":1}]}", "1{\"a\":1}"),
            ("[\n  {\"a\":\"x},\n  {\"b\":1}\n]", "2{\"a\":\"x}! 3{\"b\":1}"),
            (
                "[\n  {\"a\":[\n    {\"c\":1},\n  {\"b\":1}\n]",
                "2{\"a\":[\n    {\"c\":1}! 4{\"b\":1}",
            ),
            ("[{\"a\"", "1{\"a\"!"),
            ("[]", ""),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn braces_that_never_close_are_soon_given_up() {
        assert_eq!(pieces(&"{\n".repeat(100_000)).items.len(), BROKEN);
    }
}

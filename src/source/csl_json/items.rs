//! The items in a text of JSON: an array of them, one a line, or one alone.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// How often a text may be looked at once more for its broken items: one that never closes costs a
/// look at all that follows. Of a small text, which costs little, so many bytes.
const LOOKS: usize = 64;
const LOOKED: usize = 1 << 25;

/// An object of the text.
pub struct Piece<'t> {
    /// The line on which it begins.
    pub line: usize,
    /// The object.
    pub json: &'t str,
    /// How it ends.
    pub end: End,
}

/// How an object ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It closes.
    Whole,
    /// It does not close.
    CutOff,
    /// It is all the rest, which was not looked at: too much before it is broken.
    Unread,
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
    // `{"items": […]}`: the items stand in a member.
    let mut at = wrapped(text).unwrap_or(0);
    let (mut place, mut braces) = (Position { at: 0, line: 1, line_start: 0 }, Braces::of(text));
    let mut looked = 0;
    while let Some(start) = braces.next(at) {
        strays.extend(stray(text, at..start, &place));
        place.go(text, start);
        if looked > LOOKED.max(LOOKS * text.len()) {
            pieces.push(Piece { line: place.line, json: &text[start..], end: End::Unread });
            return Pieces { items: pieces, strays };
        }
        let end = end(text, start);
        let sound = end.is_some_and(|end| {
            serde_json::from_str::<serde::de::IgnoredAny>(&text[start..end]).is_ok()
        });
        let seen = end.unwrap_or(text.len());
        let next = if sound { None } else { next_at_indent(&text[..seen], &place) };
        at = next.unwrap_or(seen);
        looked += seen - at;
        let json = text[start..at].trim_end_matches(|c: char| c.is_whitespace() || c == ',');
        let whole = end.is_some_and(|end| end <= at);
        let end = if whole { End::Whole } else { End::CutOff };
        pieces.push(Piece { line: place.line, json, end });
    }
    strays.extend(stray(text, at..text.len(), &place));
    Pieces { items: pieces, strays }
}

/// A place in a text and its line, told on from place to place.
struct Position {
    at: usize,
    line: usize,
    line_start: usize,
}

impl Position {
    fn go(&mut self, text: &str, to: usize) {
        let between = &text.as_bytes()[self.at..to];
        self.line += memchr::memchr_iter(b'\n', between).count();
        if let Some(newline) = memchr::memrchr(b'\n', between) {
            self.line_start = self.at + newline + 1;
        }
        self.at = to;
    }
}

/// The braces with which objects begin. One in a string of the list begins none; the string ends on
/// its line.
struct Braces<'t> {
    bytes: &'t [u8],
    /// Up to here no string closes. A quotation mark before it is behind a backslash, or it would
    /// have closed the one before; so what begins with it does not close either.
    open: usize,
}

impl<'t> Braces<'t> {
    fn of(text: &'t str) -> Braces<'t> {
        Braces { bytes: text.as_bytes(), open: 0 }
    }

    fn next(&mut self, mut at: usize) -> Option<usize> {
        while let Some(found) = memchr::memchr2(b'{', b'"', &self.bytes[at..]).map(|n| at + n) {
            if self.bytes[found] == b'{' {
                return Some(found);
            }
            at = if found < self.open { None } else { self.string(found) }.unwrap_or(found + 1);
        }
        None
    }

    /// Where the string ends that begins there.
    fn string(&mut self, start: usize) -> Option<usize> {
        let mut at = start + 1;
        while let Some(byte) = self.bytes.get(at) {
            match byte {
                b'"' => return Some(at + 1),
                b'\\' => at += 1,
                0..0x20 => break,
                _ => {}
            }
            at += 1;
        }
        self.open = at;
        None
    }
}

/// What stands there beside the signs that lists are made of. `before` is a place before it.
fn stray<'t>(text: &'t str, range: Range<usize>, before: &Position) -> Option<Stray<'t>> {
    let is_sign = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | ',' | '}' | '\u{feff}');
    let found = text[range].trim_matches(is_sign);
    let start = found.as_ptr() as usize - text.as_ptr() as usize;
    (!found.is_empty()).then(|| {
        let lines = memchr::memchr_iter(b'\n', &text.as_bytes()[before.at..start]).count();
        Stray { line: before.line + lines, text: found }
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

/// The next line that begins with a brace and is indented no deeper than the line of the broken
/// object, with which the text ends.
fn next_at_indent(text: &str, object: &Position) -> Option<usize> {
    let indent = object.at - object.line_start;
    let mut at = object.at;
    while let Some(newline) = memchr::memchr(b'\n', &text.as_bytes()[at..]) {
        at += newline + 1;
        let rest = &text[at..];
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
        let mark = |end| ["", "!", "?"][end as usize];
        let shown = |text: &str| {
            let show = |p: &Piece<'_>| format!("{}{}{}", p.line, p.json, mark(p.end));
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
        let text = "{\n".repeat(100_000);
        let items = pieces(&text).items;
        let (last, before) = items.split_last().unwrap();
        assert!(items.len() < 1000, "{}", items.len());
        assert!(before.iter().all(|item| item.end == End::CutOff));
        assert_eq!((last.end, last.line), (End::Unread, items.len()));
        assert_eq!(before.len() * 2 + last.json.len(), text.len());
    }

    #[test]
    fn items_that_close_are_all_looked_at() {
        for (between, indent) in [(",", ""), (",\n", ""), (",\n", "  "), ("\n", "")] {
            let broken = format!("{indent}{{\"id\":\"a\",}}{between}").repeat(20_000);
            let text = format!("[{broken}{{\"id\":\"good\"}}]");
            let items = pieces(&text).items;
            assert_eq!(items.len(), 20_001);
            assert_eq!(items.last().map(|item| item.json), Some("{\"id\":\"good\"}"));
        }
    }

    #[test]
    fn strings_that_never_close_hide_no_item() {
        for (string, items) in [("\\\"", 2), ("\\\"{}", 100_002)] {
            let text = format!("[{{\"a\":1}},\"{}\n{{\"b\":2}}]", string.repeat(100_000));
            let found = pieces(&text).items;
            assert_eq!(found.len(), items);
            assert_eq!(found.last().map(|item| item.json), Some("{\"b\":2}"));
        }
    }

    /// Each quotation mark looked at for itself.
    fn brace_looked_for_simply(text: &str, mut at: usize) -> Option<usize> {
        while let Some(found) = text[at..].find(['{', '"']).map(|n| at + n) {
            if text[found..].starts_with('{') {
                return Some(found);
            }
            at = Braces::of(text).string(found).unwrap_or(found + 1);
        }
        None
    }

    proptest::proptest! {
        #[test]
        fn braces_are_found_as_if_each_quotation_mark_were_looked_at(text in r#"["\\{}\n a]{0,40}"#) {
            let (mut braces, mut at) = (Braces::of(&text), 0);
            while let Some(found) = braces.next(at) {
                proptest::prop_assert_eq!(Some(found), brace_looked_for_simply(&text, at));
                at = end(&text, found).unwrap_or(found + 1);
            }
            proptest::prop_assert_eq!(None, brace_looked_for_simply(&text, at));
        }
    }
}

//! Texts with marks as plain strings, so that a template can treat them as strings.
//!
//! Inside the template engine a mark is a pair of noncharacters (U+FDD0 and up, which the Unicode
//! Standard §23.7 sets aside for use inside a program). They come in only here and go out only
//! here: characters of that range in a value are dropped.

use std::borrow::Cow;

use crate::model::{Mark, Piece, Style, Text};

/// The styles that have an opening and a closing form.
const STYLES: [Style; 6] =
    [Style::Italic, Style::Bold, Style::SmallCaps, Style::Sub, Style::Sup, Style::Protect];
const FIRST: u32 = 0xFDD0;
const MATH_SOURCE: char = '\u{FDDC}';
const MATH_PLAIN: char = '\u{FDDD}';
const MATH_END: char = '\u{FDDE}';

/// A token of a string with marks.
#[derive(Clone, Debug, PartialEq)]
pub enum Token<'a> {
    Open(Style),
    Close(Style),
    Chars(&'a str),
    /// LaTeX source; the plain reading follows as other tokens until `MathEnd`.
    Math(&'a str),
    MathEnd,
}

/// True for a character that only this module may write.
fn is_reserved(c: char) -> bool {
    ('\u{FDD0}'..='\u{FDEF}').contains(&c)
}

/// True where a string holds marks; the quick way for the many that hold none.
pub fn is_marked(text: &str) -> bool {
    reserved_at(text) < text.len()
}

/// Where the first character stands that only this module may write; the length where there is none.
fn reserved_at(text: &str) -> usize {
    // U+FDD0 to U+FDEF are EF B7 90 to EF B7 AF in UTF-8, and EF begins nothing shorter.
    let bytes = text.as_bytes();
    let is = |at: &usize| bytes[at + 1] == 0xB7 && matches!(bytes[at + 2], 0x90..=0xAF);
    // Short strings are through before a search is set up.
    if bytes.len() < 32 && !bytes.iter().fold(false, |found, &b| found | (b == 0xEF)) {
        return bytes.len();
    }
    memchr::memchr_iter(0xEF, bytes).find(is).unwrap_or(bytes.len())
}

/// True where a string from outside holds more than what looks like a mark.
pub fn says_something(text: &str) -> bool {
    text.chars().any(|c| !is_reserved(c))
}

/// A string from outside, without what looks like a mark.
pub fn unmarked(text: &str) -> Cow<'_, str> {
    match is_marked(text) {
        true => Cow::Owned(text.replace(is_reserved, "")),
        false => Cow::Borrowed(text),
    }
}

/// The text as a string with marks.
pub fn encode(text: &Text) -> Cow<'_, str> {
    if text.marks().is_empty() {
        return unmarked(text.plain());
    }
    let mut out = String::with_capacity(text.plain().len() + 8 * text.marks().len());
    for piece in text.pieces() {
        match piece {
            Piece::Open(Style::Math(source)) => {
                out.extend([MATH_SOURCE]);
                out.push_str(&unmarked(source));
                out.push(MATH_PLAIN);
            }
            Piece::Close(Style::Math(_)) => out.push(MATH_END),
            Piece::Open(style) => out.extend(sign(style, 0)),
            Piece::Close(style) => out.extend(sign(style, 1)),
            Piece::Chars(chars) => out.push_str(&unmarked(chars)),
        }
    }
    Cow::Owned(out)
}

fn sign(style: &Style, side: u32) -> Option<char> {
    let row = STYLES.iter().position(|s| s == style)?;
    char::from_u32(FIRST + 2 * row as u32 + side)
}

/// The string with marks as a text again. Marks that do not pair, as after a template has cut the
/// string, end with the string.
pub fn decode(marked: &str) -> Text {
    if !is_marked(marked) {
        return Text::from(marked);
    }
    let mut plain = String::with_capacity(marked.len());
    let mut marks: Vec<Mark> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for token in Tokens(marked) {
        let is_math = |style: &Style| matches!(style, Style::Math(_));
        let closes = |mark: &Mark| match &token {
            Token::Close(style) => mark.style == *style,
            _ => is_math(&mark.style),
        };
        let style = match &token {
            Token::Open(style) => style.clone(),
            Token::Math(source) => Style::Math((*source).into()),
            Token::Chars(chars) => {
                plain.push_str(chars);
                continue;
            }
            Token::Close(_) | Token::MathEnd => {
                if let Some(at) = open.iter().rposition(|at| closes(&marks[*at])) {
                    marks[open.remove(at)].range.end = plain.len();
                }
                continue;
            }
        };
        open.push(marks.len());
        marks.push(Mark { range: plain.len()..usize::MAX, style });
    }
    for mark in &mut marks {
        mark.range.end = mark.range.end.min(plain.len());
    }
    Text::new(plain, marks)
}

/// The tokens of a string with marks, in order.
pub struct Tokens<'a>(pub &'a str);

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let first = self.0.chars().next()?;
            if !is_reserved(first) {
                let end = reserved_at(self.0);
                let (chars, rest) = self.0.split_at(end);
                self.0 = rest;
                return Some(Token::Chars(chars));
            }
            self.0 = &self.0[first.len_utf8()..];
            let row = (first as u32 - FIRST) as usize;
            match first {
                MATH_SOURCE => {
                    let end = reserved_at(self.0);
                    let (source, rest) = self.0.split_at(end);
                    self.0 = rest.strip_prefix(MATH_PLAIN).unwrap_or(rest);
                    return Some(Token::Math(source));
                }
                MATH_END => return Some(Token::MathEnd),
                _ if row < 2 * STYLES.len() => {
                    let style = STYLES[row / 2].clone();
                    return Some(match row % 2 {
                        0 => Token::Open(style),
                        _ => Token::Close(style),
                    });
                }
                _ => {} // a stray sign: dropped
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_as_it_was() {
        let mut text = Text::from("The α-helix of H2O in E. coli");
        for style in STYLES {
            text.mark(4..6, style.clone());
            text.mark(20..30, style);
        }
        text.mark(4..6, Style::Math("\\alpha".into()));
        assert_eq!(decode(&encode(&text)), text);
    }

    #[test]
    fn every_style_has_signs_of_its_own() {
        for style in STYLES {
            let mut text = Text::from("abc");
            text.mark(1..2, style);
            assert_eq!(decode(&encode(&text)), text);
        }
    }

    #[test]
    fn marks_from_outside_are_dropped() {
        assert_eq!(encode(&Text::from("a\u{FDD0}b\u{FDEF}c")), "abc");
        assert_eq!(unmarked("\u{FDDC}x"), "x");
        assert_eq!(decode("a\u{FDD1}b\u{FDEF}c\u{FDDE}"), Text::from("abc"));
    }

    #[test]
    fn a_sign_is_found_where_the_standard_has_it() {
        for text in ["", "abc", "é\u{FDCF}", "\u{FDF0}", "\u{FFFD}", "\u{EFB7}\u{F000}"] {
            assert_eq!(reserved_at(text), text.len(), "{text:?}");
        }
        for sign in '\u{FDD0}'..='\u{FDEF}' {
            assert_eq!(reserved_at(&format!("\u{FDCF}a{sign}b{sign}")), 4, "{sign:?}");
            assert!(is_marked(&sign.to_string()) && is_reserved(sign));
        }
    }

    #[test]
    fn a_cut_string_is_still_a_text() {
        let mut text = Text::from("abc");
        text.mark(1..3, Style::Italic);
        let marked = encode(&text).into_owned();
        let cut = marked.strip_suffix('\u{FDD1}').unwrap();
        assert_eq!(decode(cut), text);
    }
}

//! The key and the fields in the braces of an entry.

use std::ops::Range;

use super::braces::Braces;
use super::{Body, Fault, Field, Piece};

/// Reads what follows the brace or parenthesis at `open`: the body, and where its closing brace
/// stands, or what is wrong.
pub fn read(text: &str, braces: &Braces, open: usize, is_string: bool) -> (Body, usize) {
    let close = if text.as_bytes()[open] == b'{' { b'}' } else { b')' };
    let mut reader = Reader { text, braces, at: open + 1, close, body: Body::default() };
    reader.blank();
    reader.body.key = reader.at..reader.at;
    let result = match is_string {
        true => reader.fields(),
        false => reader.key().and_then(|more| if more { reader.fields() } else { Ok(()) }),
    };
    if let Err(expected) = result {
        reader.body.fault = Some(Fault { at: reader.at, line: 0, expected });
    }
    (reader.body, reader.at)
}

struct Reader<'t> {
    text: &'t str,
    braces: &'t Braces,
    at: usize,
    close: u8,
    body: Body,
}

/// What was expected and is not there.
type Expected = &'static str;

impl Reader<'_> {
    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes over blanks, and over what stands behind a `%` to the end of its line.
    fn blank(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            if self.next() != Some(b'%') {
                return;
            }
            let rest = &self.text.as_bytes()[self.at..];
            self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        }
    }

    /// Takes what holds none of the signs that end a name.
    fn word(&mut self, ends: &str) -> Range<usize> {
        let rest = &self.text[self.at..];
        let ends = |c: char| c.is_whitespace() || ends.contains(c);
        let start = self.at;
        self.at += rest.find(ends).unwrap_or(rest.len());
        start..self.at
    }

    /// Takes the key; true where fields can follow.
    fn key(&mut self) -> Result<bool, Expected> {
        let ends = if self.close == b'}' { ",{}\"" } else { ",{}\")" };
        self.body.key = self.word(ends);
        self.body.end = self.at;
        self.blank();
        match self.next() {
            Some(b',') => {
                self.at += 1;
                (self.body.end, self.body.comma) = (self.at, true);
                Ok(true)
            }
            Some(c) if c == self.close => Ok(false),
            _ => Err("a comma behind the key"),
        }
    }

    /// Takes every field, up to the closing brace.
    fn fields(&mut self) -> Result<(), Expected> {
        loop {
            self.blank();
            if self.next() == Some(self.close) {
                return Ok(());
            }
            let field = self.field()?;
            self.body.end = field.value.end;
            self.body.comma = false;
            self.body.fields.push(field);
            self.blank();
            match self.next() {
                Some(b',') => {
                    self.at += 1;
                    (self.body.end, self.body.comma) = (self.at, true);
                }
                Some(c) if c == self.close => return Ok(()),
                _ => return Err("a comma or the closing brace behind the field"),
            }
        }
    }

    fn field(&mut self) -> Result<Field, Expected> {
        let name = self.word("=,{}()\"#%@'\\");
        if name.is_empty() {
            return Err("the name of a field, or the closing brace");
        }
        self.blank();
        if self.next() != Some(b'=') {
            self.at = name.start;
            return Err("the name of a field and `=`");
        }
        self.at += 1;
        self.blank();
        let (start, mut pieces) = (self.at, Vec::new());
        loop {
            pieces.push(self.piece()?);
            let end = self.at;
            self.blank();
            if self.next() != Some(b'#') {
                self.at = end;
                return Ok(Field { name, value: start..end, pieces });
            }
            self.at += 1;
            self.blank();
        }
    }

    fn piece(&mut self) -> Result<Piece, Expected> {
        let start = self.at;
        let end = match self.next() {
            Some(b'{') => self.braces.close(start).ok_or("a brace that closes the value")?,
            Some(b'"') => {
                let end = self.braces.find(self.text, start + 1, b'"');
                end.ok_or("a quotation mark that closes the value")?
            }
            _ => return self.bare(),
        };
        self.at = end + 1;
        Ok(Piece::Text(start + 1..end))
    }

    fn bare(&mut self) -> Result<Piece, Expected> {
        let word = self.word("=,{}()\"#%@'\\");
        match self.text[word.clone()].bytes().all(|b| b.is_ascii_digit()) {
            _ if word.is_empty() => Err("a value in braces"),
            true => Ok(Piece::Number(word)),
            false => Ok(Piece::Name(word)),
        }
    }
}

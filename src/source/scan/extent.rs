//! Where a record ends that is not whole.

use crate::source::mend::blanks;

/// A walk from the opening brace of a record to its end, over whatever stands in it that is no JSON.
/// It goes by brackets, strings and lines: a string ends with its line at the latest, and the record
/// ends where the next line can be no part of it.
#[derive(Default)]
pub struct Walk {
    /// The brackets that are open, by their closing ones.
    open: Vec<u8>,
    in_string: bool,
    /// The last sign outside of strings; a quote behind a string.
    last: u8,
}

/// How a walk ended, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Behind the bracket that closes the record.
    Closed(usize),
    /// Where something else begins.
    Before(usize),
}

impl End {
    /// The place.
    pub fn at(self) -> usize {
        match self {
            End::Closed(at) | End::Before(at) => at,
        }
    }
}

/// Deeper is no record; what is open is remembered.
const DEEPEST: usize = 1 << 16;

impl Walk {
    /// A walk that begins behind the opening brace.
    pub fn inside() -> Walk {
        Walk { open: vec![b'}'], ..Walk::default() }
    }

    /// Goes on at `at`. Gives the end, or how far the text could be read: more of it is needed.
    pub fn on(&mut self, text: &[u8], mut at: usize) -> Result<End, usize> {
        while let Some(&byte) = text.get(at) {
            match byte {
                b'\\' if self.in_string && at + 1 == text.len() => return Err(at),
                b'\\' if self.in_string && text[at + 1] != b'\n' => at += 1,
                b'\n' => {
                    if std::mem::take(&mut self.in_string) {
                        self.last = b'"';
                    }
                    let next = at + blanks(&text[at..]);
                    if next == text.len() {
                        return Err(at);
                    }
                    if !self.goes_on(text[next]) {
                        return Ok(End::Before(at));
                    }
                    at = next;
                    continue;
                }
                b'"' => {
                    self.in_string = !self.in_string;
                    self.last = b'"';
                }
                _ if self.in_string || byte.is_ascii_whitespace() => {}
                _ => {
                    if let Some(end) = self.sign(byte, at) {
                        return Ok(end);
                    }
                }
            }
            at += 1;
        }
        Err(at)
    }

    /// Takes a sign outside of strings; the end, where it is one.
    fn sign(&mut self, byte: u8, at: usize) -> Option<End> {
        match byte {
            b'{' | b'[' if self.open.len() == DEEPEST => return Some(End::Before(at)),
            b'{' => self.open.push(b'}'),
            b'[' => self.open.push(b']'),
            b'}' | b']' if self.open.last() != Some(&byte) => return Some(End::Before(at)),
            b'}' | b']' => {
                self.open.pop();
                if self.open.is_empty() {
                    return Some(End::Closed(at + 1));
                }
            }
            _ => {}
        }
        self.last = byte;
        None
    }

    /// True where a line of the record can begin with a sign.
    fn goes_on(&self, sign: u8) -> bool {
        let in_list = self.open.last() == Some(&b']');
        let value = self.last == b':' || (in_list && matches!(self.last, b'[' | b','));
        match sign {
            b'"' | b'}' | b']' | b',' | b':' => true,
            b'{' | b'[' | b'-' | b'0'..=b'9' | b'a'..=b'z' => value,
            _ => false,
        }
    }
}

/// True where a text is a record from brace to brace, as far as brackets tell.
pub fn is_closed(record: &[u8]) -> bool {
    record.starts_with(b"{") && Walk::default().on(record, 0) == Ok(End::Closed(record.len()))
}

/// True where the object that begins at `at` stands as the value of a member or as an item of a list.
pub fn is_value(text: &[u8], at: usize) -> bool {
    matches!(before(text, at), Some((b':' | b'[' | b',', _)))
}

/// True where it is the value of a member on the same line, and does not begin as records do: where a
/// record was cut off behind a colon, the next one may stand there.
pub fn is_member(text: &[u8], at: usize) -> bool {
    let inside = text[at + 1..].trim_ascii_start();
    let same_line = |from: usize| !text[from..at].contains(&b'\n');
    matches!(before(text, at), Some((b':', from)) if same_line(from))
        && !inside.starts_with(b"\"title\"")
}

/// The sign before a place, and where it stands.
fn before(text: &[u8], at: usize) -> Option<(u8, usize)> {
    const BLANKS: usize = 4 << 10;
    let from = at.saturating_sub(BLANKS);
    let found = text[from..at].iter().rposition(|b| !b.is_ascii_whitespace())?;
    Some((text[from + found], from + found))
}

//! Records in loose text that have lost their first brace.

use memchr::memmem;

use super::frame::Frame;
use super::string::says;
use super::{Fault, LOOSE, Outline, Scanner};
use crate::source::Rejected;

/// The braces of the loose text, as far as it has been looked at.
#[derive(Default)]
pub struct Braces {
    /// Where the next look begins.
    pub seen: usize,
    /// How many are open there.
    open: usize,
}

impl Scanner {
    /// Puts what ends with the closing brace at this place to what was found, where it has the members of a
    /// record and no opening brace.
    pub(super) fn headless(&mut self) {
        let in_fault = self.found.iter().any(|f| f.fault.is_some() && self.at < f.end);
        let found = self.found.back().map_or(0, |outline| outline.end);
        let from = self.braces.seen.max(self.loose).max(self.around).max(found);
        let from = from.max(self.at.saturating_sub(LOOSE)).min(self.at);
        if in_fault {
            self.braces.seen = self.at + 1;
            return;
        }
        if let Some(first) = self.braces.close(&self.text, from, self.at) {
            self.found.push_back(Outline::closed(first, first, self.at + 1, Fault::Headless));
        }
    }
}

impl Braces {
    /// Reads the text from `from` to the closing brace at `to`. Where nothing is open there, gives the place
    /// of the first member that stands outside of braces, if the members are those of a record.
    fn close(&mut self, text: &[u8], from: usize, to: usize) -> Option<usize> {
        self.seen = to + 1;
        let names = self.names(&text[..to], from);
        if self.open > 0 {
            self.open -= 1;
            return None;
        }
        names.first.filter(|_| names.frame.is_record(|| false) || names.frame.parts > 1)
    }

    /// The members from `at` on that stand outside of braces, behind the last brace that closes none.
    fn names(&mut self, text: &[u8], mut at: usize) -> Names {
        let mut names = Names::default();
        while at < text.len() {
            at = match text[at] {
                b'"' => match string_end(text, at) {
                    Ok(end) => {
                        if let Some(value) = value(&text[end..]).filter(|_| self.open == 0) {
                            names.add(at, &text[at + 1..end - 1], value);
                        }
                        end
                    }
                    Err(end) => end,
                },
                b'{' => {
                    self.open += 1;
                    at + 1
                }
                b'}' if self.open == 0 => {
                    names = Names::default();
                    at + 1
                }
                b'}' => {
                    self.open -= 1;
                    at + 1
                }
                b'#' if is_remark(text, at) => line_end(text, at),
                _ => at + 1,
            };
        }
        names
    }
}

/// What its members say of an object, from what stands between its braces.
pub fn members(object: &[u8]) -> Frame {
    Braces::default().names(object, 0).frame
}

/// True for the members of a record, and not of what records came in.
pub fn is_record(object: &[u8]) -> bool {
    let titles = || memmem::find_iter(object, b"\"title\"").nth(1).is_some();
    members(object).is_record(titles)
}

/// The members that stand outside of braces.
#[derive(Default)]
struct Names {
    first: Option<usize>,
    frame: Frame,
}

impl Names {
    fn add(&mut self, at: usize, name: &[u8], value: &[u8]) {
        self.frame.member(name, says(value).unwrap_or(true));
        self.first = self.first.or(Some(at));
    }
}

/// The place behind the closing quote of the string that opens at `at`; where the line ends before that,
/// which a string does not, the end of the line.
fn string_end(text: &[u8], at: usize) -> Result<usize, usize> {
    let mut end = at + 1;
    while let Some(byte) = text.get(end) {
        match byte {
            b'"' => return Ok(end + 1),
            b'\n' => return Err(end),
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
    Err(text.len())
}

/// The value of the member whose name stands before a text; `None` where that is no name.
fn value(behind: &[u8]) -> Option<&[u8]> {
    behind.trim_ascii_start().strip_prefix(b":")
}

/// True at the beginning of a line of [`Rejected`] that tells why a record did not go out.
fn is_remark(text: &[u8], at: usize) -> bool {
    let begins = at == 0 || text[at - 1] == b'\n';
    begins && Rejected::is_remark(&text[at..])
}

fn line_end(text: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |length| at + length)
}

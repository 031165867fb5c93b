//! The text that a scanner holds, and the places in it.

use std::ops::Range;

use memchr::memchr_iter;

use super::frame::Frame;
use super::{LOOSE, Scanner};
use crate::source::strays::may_cite;

impl Scanner {
    /// Gives away the text in which the records stand that were given out, and keeps what is still
    /// wanted. The ranges of records given out before are of the text given away.
    pub fn take_text(&mut self) -> Vec<u8> {
        let keep = self.keep();
        let rest = self.text[keep..].to_vec();
        self.forget(keep);
        std::mem::replace(&mut self.text, rest)
    }

    /// Drops the text that nobody will ask for.
    pub fn drop_text(&mut self) {
        let keep = self.keep();
        self.forget(keep);
        self.text.drain(..keep);
    }

    /// Where the text begins that is still wanted.
    fn keep(&self) -> usize {
        let with_loose = |outermost: usize, start: usize| match outermost > self.loose {
            true => self.loose.max(outermost.saturating_sub(LOOSE)),
            false => start,
        };
        let outermost = self.open.first().map_or(self.at, |frame| frame.start);
        // What is over the limit is no record, whatever comes.
        let wanted = |f: &&Frame| !f.gave && self.at - f.start <= self.limits.record_size;
        let open = self.open.iter().find(wanted).map_or(self.at, |frame| frame.start);
        let found = self.found.front().map(|f| with_loose(f.outermost, f.start));
        with_loose(outermost, open).min(found.unwrap_or(usize::MAX)).min(self.text.len())
    }

    /// Loose texts with citations in them that belong to no record, and the lines on which they begin.
    pub fn take_missed(&mut self) -> Vec<(usize, Vec<u8>)> {
        std::mem::take(&mut self.missed)
    }

    /// Keeps the loose text before a place where there are citations in it: nobody else looks at it any more.
    fn remember(&mut self, until: usize) {
        let from = self.loose.max(self.around);
        if from < until && may_cite(&self.text[from..until]) {
            let line = self.line_of(from);
            self.missed.push((line, self.text[from..until].to_vec()));
        }
    }

    /// Moves every place to where it stands when the first `length` bytes are gone.
    pub(super) fn forget(&mut self, length: usize) {
        self.remember(length);
        if length > self.counted {
            self.line_of(length);
        }
        self.forgotten += length;
        self.at -= length;
        self.counted -= length;
        self.loose = self.loose.saturating_sub(length);
        self.around = self.around.saturating_sub(length);
        self.braces.seen = self.braces.seen.saturating_sub(length);
        self.unquoted = self.unquoted.saturating_sub(length);
        self.walked = self.walked.saturating_sub(length);
        for frame in &mut self.open {
            frame.start = frame.start.saturating_sub(length);
        }
        for outline in &mut self.found {
            outline.outermost = outline.outermost.saturating_sub(length);
            outline.start -= length;
            outline.end -= length;
        }
    }

    /// The loose text before an object, and the line on which it begins, if there is any. What is too far before it is
    /// remembered.
    pub(super) fn loose_before(&mut self, outermost: usize) -> (Range<usize>, usize) {
        let loose = self.loose_until(outermost);
        self.remember(loose.start);
        // Of records in a wrapper it would be counted from its beginning for each.
        let line = if loose.is_empty() { 0 } else { self.line_of(loose.start) };
        (loose, line)
    }

    /// The loose text before an object, from its last [`LOOSE`] bytes, at the beginning of a character.
    fn loose_until(&self, outermost: usize) -> Range<usize> {
        let around = if self.around <= outermost { self.around } else { 0 };
        let loose = self.loose.max(around);
        let from = loose.max(outermost.saturating_sub(LOOSE)).min(outermost);
        let inner = |b: &u8| (0x80..0xC0).contains(b);
        let cut = if from > loose { 3 } else { 0 };
        let skip = self.text[from..outermost].iter().take(cut).take_while(|b| inner(b)).count();
        from + skip..outermost
    }

    /// The loose text behind the last record, when no more text will come and all records have been given
    /// out, and the line on which it begins.
    pub fn tail(&mut self) -> (Range<usize>, usize) {
        self.loose_before(self.text.len())
    }

    /// The line of a place. They are asked for in their order, nearly always.
    pub(super) fn line_of(&mut self, at: usize) -> usize {
        let lines = |part: &[u8]| memchr_iter(b'\n', part).count();
        match at < self.counted {
            true => self.line -= lines(&self.text[at..self.counted]),
            false => self.line += lines(&self.text[self.counted..at]),
        }
        self.counted = at;
        self.line
    }
}

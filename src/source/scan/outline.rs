//! What was found and not yet given out.

use super::frame::Frame;
use super::{Fault, LOOSE, Raw, Scanner};

/// Where a record stands, or a string in which there may be some.
pub struct Outline {
    /// Where the outermost object around it begins: what is behind that is no loose text.
    pub outermost: usize,
    pub start: usize,
    pub end: usize,
    pub fault: Option<Fault>,
    /// What stands in it, as far as brackets tell, is a part of it.
    pub closed: bool,
    /// It was tried to mend it.
    pub tried: bool,
    /// It is a string, from quote to quote.
    pub coded: bool,
    /// It has a title, and nothing else that records have.
    pub title_alone: bool,
}

impl Outline {
    pub fn new(outermost: usize, start: usize, end: usize, fault: Option<Fault>) -> Outline {
        let (closed, tried, coded, title_alone) = (false, false, false, false);
        Outline { outermost, start, end, fault, closed, tried, coded, title_alone }
    }

    /// One that ends with its brace, and that no mending makes a record.
    pub fn closed(outermost: usize, start: usize, end: usize, fault: Fault) -> Outline {
        let outline = Outline::new(outermost, start, end, Some(fault));
        Outline { closed: true, tried: true, ..outline }
    }

    /// A string of an object that is no record so far.
    pub fn string(outermost: usize, start: usize, end: usize) -> Outline {
        Outline { coded: true, ..Outline::new(outermost, start, end, None) }
    }

    /// It can be a part of a record whose title comes later, however much later.
    fn waits(&self) -> bool {
        self.coded || self.fault.is_some_and(Fault::is_other)
    }
}

impl Scanner {
    /// Gives out the first record that was found.
    pub(super) fn give(&mut self) -> Option<Raw> {
        let Outline { outermost, start, end, fault, .. } = self.found.pop_front()?;
        // A record with a fault ends where the next one begins.
        let next = self.found.front().map(|next| next.start).filter(|next| *next > start);
        let end = if fault.is_some() { end.min(next.unwrap_or(end)) } else { end };
        self.gave(start);
        let (loose, loose_line) = self.loose_before(outermost);
        let line = self.line_of(start);
        self.loose = end;
        let (range, own, coded, mended) = (start..end, None, false, false);
        Some(Raw { range, own, coded, mended, fault, loose, loose_line, line })
    }

    /// What is open around what went out is no record.
    pub(super) fn gave(&mut self, start: usize) {
        for frame in &mut self.open {
            frame.gave |= frame.start < start;
            frame.found = frame.found.saturating_sub(1);
        }
    }

    /// True where nothing that is still open can turn out to be a record around the found ones.
    pub(super) fn is_settled(&self) -> bool {
        if self.open.iter().any(Frame::may_be_record) {
            return false;
        }
        let (Some(front), Some(back)) = (self.found.front(), self.found.back()) else {
            return true;
        };
        // The names of an object come in any order: its own title may stand behind what has one too. What
        // records stand in is often long, and they are not kept back for it.
        let most = if front.waits() && back.waits() { self.limits.record_size } else { LOOSE };
        !self.open.iter().any(|frame| frame.is_object && !frame.gave)
            || self.at - front.start > most.min(self.limits.record_size)
    }
}

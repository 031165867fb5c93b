//! The records that were found, and when they go out.

use super::frame::Frame;
use super::{Fault, Raw, Scanner};

/// Where a record stands.
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
}

impl Outline {
    pub fn new(outermost: usize, start: usize, end: usize, fault: Option<Fault>) -> Outline {
        Outline { outermost, start, end, fault, closed: false, tried: false }
    }

    /// One that ends with its brace, and that no mending makes a record.
    pub fn closed(outermost: usize, start: usize, end: usize, fault: Fault) -> Outline {
        let outline = Outline::new(outermost, start, end, Some(fault));
        Outline { closed: true, tried: true, ..outline }
    }
}

impl Scanner {
    /// Gives out the first record that was found.
    pub(super) fn give(&mut self) -> Option<Raw> {
        let Outline { outermost, start, end, fault, .. } = self.found.pop_front()?;
        // A record with a fault ends where the next one begins.
        let next = self.found.front().map(|next| next.start).filter(|next| *next > start);
        let end = if fault.is_some() { end.min(next.unwrap_or(end)) } else { end };
        for frame in &mut self.open {
            frame.gave |= frame.start < start;
            frame.found = frame.found.saturating_sub(1);
        }
        let loose = self.loose_until(outermost);
        let line = self.line_of(start);
        self.loose = end;
        Some(Raw { range: start..end, own: None, mended: false, fault, loose, line })
    }

    /// True where nothing that is still open can turn out to be a record around the found ones.
    pub(super) fn is_settled(&self) -> bool {
        if self.open.iter().any(Frame::may_be_record) {
            return false;
        }
        let is_other = |o: &Outline| o.fault.is_some_and(Fault::is_other);
        let Some(front) = self.found.front().filter(|front| is_other(front)) else { return true };
        // It may be a part of a record whose title comes later. What a record stands in is none.
        self.found.back().is_some_and(|back| !is_other(back))
            || !self.open.iter().any(|frame| frame.is_object && !frame.gave)
            || self.at - front.start > self.limits.record_size
    }
}

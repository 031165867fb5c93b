//! What the scanner does with a record that is not whole, or not taken.

use memchr::memmem;

use super::braces;
use super::extent::{self, End, Walk};
use super::frame::Frame;
use super::loose::Inner;
use super::{Fault, LOOSE, Outline, Raw, Scanner, Stop};
use crate::source::booksci;
use crate::source::mend::{self, Mend};

impl Scanner {
    /// The first record that was found, where it has a fault and mending makes it a record.
    ///
    /// # Errors
    /// More of the text is needed.
    pub(super) fn mended(&mut self) -> Result<Option<Raw>, Stop> {
        let Some(front) = self.found.front_mut() else { return Ok(None) };
        if front.tried || front.fault.is_none_or(Fault::is_limit) {
            return Ok(None);
        }
        let (outermost, start) = (front.outermost, front.start);
        let end = self.text.len().min(start.saturating_add(self.limits.record_size));
        let (json, length) = match mend::mend(&self.text[start..end]) {
            Mend::Unfinished if !self.whole && end == self.text.len() => return Err(Stop::More),
            Mend::Mended(json, length) if booksci::is_record(&json) => (json, length),
            _ => {
                front.tried = true;
                return Ok(None);
            }
        };
        if !braces::is_record(&json[1..json.len() - 1]) {
            let (range, cut) = (start..start + length, Fault::Syntax);
            let inner = Inner { range, outermost, text: json, cut, by_line: true };
            match self.read_inner(inner) {
                true => {
                    (self.at, self.skip) = (start + length, None);
                    self.found.clear();
                    self.open.clear();
                }
                false => self.found.front_mut().into_iter().for_each(|front| front.tried = true),
            }
            return Ok(None);
        }
        let (loose, loose_line) = self.loose_before(outermost);
        let line = self.line_of(start);
        // What was found in it and behind it is looked for again behind its true end.
        (self.at, self.loose, self.skip) = (start + length, start + length, None);
        self.found.clear();
        self.open.clear();
        let (range, own, coded) = (start..start + length, Some(json), false);
        Ok(Some(Raw { range, own, coded, mended: true, fault: None, loose, loose_line, line }))
    }

    /// Drops what was found inside of a record that has a fault: it is a part of that record.
    pub(super) fn drop_inside(&mut self) {
        let Some(&Outline { start, end, fault: Some(fault), closed, .. }) = self.found.front()
        else {
            return;
        };
        if fault.is_other() || fault == Fault::Headless {
            // Nothing stands in these.
            return;
        }
        let text = &self.text;
        self.found.retain(|o| {
            let behind = o.start <= start || o.start >= end;
            behind
                || match closed {
                    true => o.end > end || !extent::is_value(text, o.start),
                    false => !extent::is_member(text, o.start),
                }
        });
        let left = self.found.len();
        self.open.iter_mut().for_each(|frame| frame.found = frame.found.min(left));
    }

    /// True where the first record that was found has a fault, and what stands in it has not been looked
    /// through for another record that begins there.
    pub(super) fn is_in_fault(&self) -> bool {
        let front = self.found.front();
        self.found.len() == 1 && front.is_some_and(|f| f.fault.is_some() && self.at < f.end)
    }

    /// Goes on behind a record over a limit; false where more of the text is needed.
    pub(super) fn skip_on(&mut self) -> bool {
        let Some(walk) = &mut self.skip else { return true };
        let end = walk.on(&self.text, self.at);
        self.at = end.map_or_else(|at| at, End::at);
        self.loose = self.at;
        if end.is_ok() || self.whole {
            self.skip = None;
        }
        end.is_ok()
    }

    /// Gives up what is open. The record among it is reported; the records that were whole before the
    /// fault stay. The search goes on in the string that stood last: where a record was cut off inside
    /// a string, that string has swallowed the next record's brace.
    pub(super) fn give_up(&mut self, fault: Fault) {
        let outermost = self.outermost().unwrap_or(0);
        let record = self.record();
        let reported = record.or_else(|| self.may_be_record(fault));
        // Of what may be none the text has to tell that it is one.
        let sure = record.is_some() || fault.is_limit() || reported.is_some_and(|f| f.bookish);
        let late = reported.is_some_and(|frame| frame.late);
        let reported = reported.map(|frame| (frame.start, frame.found, frame.titled));
        let around = self.around_fault(fault, reported.map_or(0, |reported| reported.0));
        let reported = around.or(reported).or_else(|| self.becomes_record(fault));
        self.open.clear();
        let at = self.at;
        // A brace can be where the next record begins.
        let brace = fault == Fault::Syntax && self.text.get(at) == Some(&b'{');
        self.at = (at + usize::from(!brace)).min(self.text.len());
        let Some((start, found, titled)) = reported else { return };
        let mut outline = Outline::new(outermost, start, at, Some(fault));
        outline.tried = late;
        let walk = if late { Walk::inside() } else { Walk::default() };
        if fault.is_limit() && self.found_since(found).next().is_none() {
            self.skip_from(&mut outline, walk);
        } else {
            let walked = start < self.walked;
            outline.closed = self.extent(&mut outline, at, walk) && titled;
            let told = |text: &[u8]| Frame::BOOKISH.iter().any(|n| memmem::find(text, n).is_some());
            if !sure && (walked || !told(&self.text[start..outline.end])) {
                return;
            }
        }
        // Its strings are parts of it.
        let mut index = 0..;
        self.found.retain(|outline| index.next() < Some(found) || !outline.coded);
        self.found.insert(found, outline);
    }

    /// Looks at what is open and longer than a record may be.
    ///
    /// # Errors
    /// It is a record.
    pub(super) fn over_size(&mut self) -> Result<(), Stop> {
        for index in 0..self.open.len() {
            let frame = &self.open[index];
            if !frame.may_be_record() || self.at - frame.start <= self.limits.record_size {
                continue;
            }
            // It is as long for the records in it: it is what they came in.
            let came_in = !frame.is_surely_record() && self.holds_records(frame.found);
            if !came_in {
                return Err(Stop::Fault(Fault::Size));
            }
            self.open[index].gave = true;
        }
        Ok(())
    }

    /// The outermost record among what is open.
    fn record(&self) -> Option<&Frame> {
        self.open.iter().find(|frame| frame.is_record(|| self.holds_records(frame.found)))
    }

    /// What may be a record among what is open, where its other members may stand behind what is wrong:
    /// the outermost where that is a limit, else the innermost, before all of those with more than a title.
    fn may_be_record(&self, fault: Fault) -> Option<&Frame> {
        let inside = |frame: &Frame| frame.gave || self.holds_records(frame.found);
        let may_be = |frame: &&Frame| frame.may_be_record() && !inside(frame);
        if fault.is_limit() {
            return self.open.iter().find(may_be);
        }
        let inner = || self.open.iter().rev().filter(may_be);
        inner().find(|frame| frame.bookish).or_else(|| inner().next())
    }

    /// The innermost object that is open, where the members behind what is wrong make it a record.
    fn becomes_record(&mut self, fault: Fault) -> Option<(usize, usize, bool)> {
        let frame = self.open.iter().rev().find(|frame| frame.is_object)?;
        let (start, found) = (frame.start, frame.found);
        let wrong = fault == Fault::Syntax && !frame.gave && !frame.late;
        (wrong && !self.holds_records(found) && self.becomes(start)).then_some((start, found, true))
    }

    /// The outermost object that is open around what is wrong at `start`, tells of a work, and is a record by
    /// the members behind that.
    fn around_fault(&mut self, fault: Fault, start: usize) -> Option<(usize, usize, bool)> {
        let tells = |frame: &&Frame| frame.work && !frame.gave && !frame.late && !frame.titled;
        let frame = self.open.iter().find(tells).filter(|frame| frame.start < start)?;
        let (start, found) = (frame.start, frame.found);
        (!fault.is_limit() && self.becomes(start)).then_some((start, found, true))
    }

    /// True where the members of the object that begins at `start` make it a record, also those behind what is
    /// wrong in it. Braces without end are not looked at again and again.
    fn becomes(&mut self, start: usize) -> bool {
        const TIMES: usize = 8;
        let spent = self.spent > TIMES * (self.forgotten + self.at + LOOSE);
        if spent || start < self.walked {
            return false;
        }
        let text = &self.text[start..self.text.len().min(self.at + LOOSE)];
        let walked = Walk::default().on(text, 0);
        self.spent += walked.map_or_else(|at| at, End::at);
        let mended;
        let object = match walked {
            Ok(End::Closed(end)) => &text[1..end - 1],
            _ => match mend::mend(text) {
                Mend::Mended(json, length) => {
                    self.spent += length;
                    mended = json;
                    &mended[1..mended.len() - 1]
                }
                // Not all of it is here.
                _ => {
                    self.spent += text.len();
                    &text[1..walked.map_or(text.len(), End::at)]
                }
            },
        };
        braces::is_record(object)
    }

    /// Finds the end of a record with a fault at `at`; true where that is its closing brace.
    fn extent(&mut self, outline: &mut Outline, at: usize, mut walk: Walk) -> bool {
        if outline.start < self.walked {
            outline.end = self.walked;
            return false;
        }
        let limit = match outline.fault {
            Some(Fault::End) => self.text.len(),
            _ => self.text.len().min(at + LOOSE),
        };
        let end = walk.on(&self.text[..limit], outline.start);
        outline.end = end.map_or(limit, End::at);
        self.walked = outline.end;
        matches!(end, Ok(End::Closed(_)))
    }

    /// Goes behind a record over a limit: nothing in it is looked for. What is held of it is its outline.
    fn skip_from(&mut self, outline: &mut Outline, mut walk: Walk) {
        let over = (self.at + LOOSE).max(outline.start + self.limits.record_size);
        let end = walk.on(&self.text[..over.min(self.text.len())], outline.start);
        self.at = end.map_or_else(|at| at, End::at);
        outline.end = self.at;
        self.skip = end.is_err().then_some(walk);
    }
}

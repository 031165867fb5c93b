//! What comes out of a merge, read back.

use super::Merger;
use crate::diagnostic::{Code, Diagnostic, Finding};
use crate::error::Error;
use crate::source::{self, Found};

impl Merger<'_, '_> {
    /// Reads the new text back: no entry may be lost in it, and what was put in has to be found. New
    /// entries stand at `at` of the old text.
    pub(super) fn check(&mut self, text: &str, at: usize, touched: &[usize]) -> Result<(), Error> {
        let library = self.library;
        if text == library.text {
            self.tell_places(&library.found, touched);
            return Ok(());
        }
        let reading = source::read_as(library.source, text.as_bytes(), &library.name)?;
        let (added, all) = (self.merged.added, library.spans.len());
        let before = library.spans.iter().filter(|span| span.range.start < at).count();
        let is_new = |record: usize| (before + 1..=before + added).contains(&record);
        let (new, old): (Vec<Found>, Vec<Found>) =
            reading.found.into_iter().partition(|found| is_new(found.place.record));
        let records = old.iter().map(|found| found.place.record);
        let records = records.map(|record| if record > before { record - added } else { record });
        if reading.records != all + added
            || new.len() != added
            || !records.eq(library.found.iter().map(|found| found.place.record))
        {
            let what = "with the new records in it, it would not be read as it is now; nothing was \
                        changed: is a brace or quotation mark open at its end?";
            return Err(self.refused(what));
        }
        self.tell_places(&old, touched);
        Ok(())
    }

    /// Tells which titles have no place in the entries that they are of, as these are `read`.
    fn tell_places(&mut self, read: &[Found], touched: &[usize]) {
        for at in touched {
            let (work, back) = (&self.works[*at], &read[*at].entry);
            for (wanted, read) in
                [(&work.entry.title.zh, &back.title.zh), (&work.entry.title.en, &back.title.en)]
            {
                if let (Some(wanted), None) = (wanted, read) {
                    let done = "the entry has no place for it; put it in by hand";
                    let finding = Finding::new(Code::NoPlace, wanted.plain(), done);
                    let place = work.place.clone();
                    self.merged.diagnostics.push(Diagnostic::new(place, "title", finding));
                }
            }
        }
    }
}

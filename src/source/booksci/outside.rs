//! Citations in the text around the records.

use super::{read_one, without_remarks};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::Entry;
use crate::source::batches::{Before, Tail};
use crate::source::scan::Raw;
use crate::source::strays;
use crate::source::{Batch, Reading, Rejected, Sink, Verbatim};

/// Tells of the citations far before the records of a batch.
pub fn read_missed(batch: &Batch, before: &Before, reading: &mut Reading) {
    for (line, text) in &before.missed {
        let beside = [last(before, reading)];
        Loose { batch, text, line: *line }.read(&beside, reading);
    }
}

/// Tells of the citations before a record, of neither that one nor the one before it. Gives the loose text
/// without those that are lost.
pub fn read_loose<'b>(
    batch: &'b Batch,
    raw: &Raw,
    before: &Before,
    reading: &mut Reading,
) -> &'b [u8] {
    let text = &batch.text[raw.loose.clone()];
    if !strays::may_cite(text) {
        return text;
    }
    // As it is without what the page adds, which may be of the citation.
    let own = raw.own.as_deref().unwrap_or(&batch.text[raw.range.clone()]);
    let beside = [entry(own), last(before, reading)];
    let lost = Loose { batch, text, line: raw.loose_line }.read(&beside, reading);
    &text[..lost.unwrap_or(text.len())]
}

/// Tells of the citations behind the last record.
pub fn read_tail(batch: &Batch, tail: &Tail, before: &Before, reading: &mut Reading) {
    let text = &batch.text[tail.range.clone()];
    if strays::may_cite(text) {
        let beside = [last(before, reading)];
        Loose { batch, text, line: tail.line }.read(&beside, reading);
    }
}

/// The entry read last.
fn last(before: &Before, reading: &Reading) -> Option<Box<Entry>> {
    let here = reading.found.last().map(|found| found.entry.clone());
    here.or_else(|| entry(&before.last))
}

fn entry(json: &[u8]) -> Option<Box<Entry>> {
    let mut untold = Vec::new();
    let mut sink = Sink { place: Place::default(), diagnostics: &mut untold };
    read_one(json, false, b"", &mut sink, None)
}

/// The text between two records, or behind the last one.
struct Loose<'b> {
    batch: &'b Batch,
    text: &'b [u8],
    /// The line on which it begins, from 1.
    line: usize,
}

impl Loose<'_> {
    /// Tells of the citations; where lost ones begin.
    fn read(&self, beside: &[Option<Box<Entry>>], reading: &mut Reading) -> Option<usize> {
        let text = String::from_utf8_lossy(self.text);
        let beside: Vec<&Entry> = beside.iter().filter_map(Option::as_deref).collect();
        let (at, finding) = strays::cited(&text, &beside)?;
        let (lines, file) = (text[..at].matches('\n').count(), self.batch.file.clone());
        let place = Place { file, line: self.line + lines, record: 0 };
        let told = Diagnostic::new(place, "", finding);
        reading.diagnostics.push(told.clone());
        if told.code != Code::RecordBroken {
            return None;
        }
        let at = self.text.split_inclusive(|b| *b == b'\n').take(lines).map(<[u8]>::len).sum();
        if self.batch.options.verbatim {
            let record = without_remarks(&self.text[at..]).trim_ascii().into();
            let verbatim = vec![Verbatim { loose: Box::default(), record }];
            reading.rejected.push(Rejected { reasons: vec![told], verbatim });
        }
        Some(at)
    }
}

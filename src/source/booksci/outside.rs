//! What is lost of the text around the records.

use std::ops::Range;

use super::{read_one, without_remarks};
use crate::diagnostic::{Code, Diagnostic, Finding, Place};
use crate::source::batches::Tail;
use crate::source::scan::Raw;
use crate::source::strays::{self, Stray};
use crate::source::{Batch, Reading, Rejected, Sink, Verbatim};

/// Tells of members of a record in the loose text before another one.
pub fn read_loose(batch: &Batch, raw: &Raw, reading: &mut Reading) {
    // The loose text of the second record of an encoded object is none, and stands behind that object.
    let between = batch.text.get(raw.loose.start..raw.range.start).unwrap_or_default();
    if between.len() < 2 {
        return;
    }
    let lines = memchr::memchr_iter(b'\n', between).count();
    let loose = Loose { batch, range: raw.loose.clone(), line: raw.line.saturating_sub(lines) };
    loose.read_members(reading);
}

/// Keeps a citation that was told of in the `diagnostics` of the record behind it.
pub fn keep_cited(batch: &Batch, raw: &Raw, diagnostics: Range<usize>, reading: &mut Reading) {
    let lost = |told: &&Diagnostic| told.code == Code::RecordBroken && told.field == "page";
    let Some(reason) = reading.diagnostics[diagnostics].iter().find(lost).cloned() else { return };
    let loose = Loose { batch, range: raw.loose.clone(), line: 0 };
    let text = String::from_utf8_lossy(loose.text());
    let at = Stray::tagged(&text).map_or(0, |stray| stray.at);
    loose.keep(newlines(&text[..at]), reason, reading);
}

/// Tells of what is lost behind the last record.
pub fn read_tail(batch: &Batch, tail: &Tail, reading: &mut Reading) {
    let loose = Loose { batch, range: tail.range.clone(), line: tail.line };
    if loose.text().trim_ascii().is_empty() || loose.read_members(reading) {
        return;
    }
    let mut untold = Vec::new();
    let mut sink = Sink { place: Place::default(), diagnostics: &mut untold };
    let last = tail.last.clone().map(|last| &batch.text[last]);
    let last = last.and_then(|last| read_one(last, false, b"", &mut sink, None));
    let entry = last.as_deref().or_else(|| reading.found.last().map(|found| &*found.entry));
    let text = String::from_utf8_lossy(loose.text());
    if let Some((at, finding)) = strays::cited(&text, entry) {
        loose.tell(newlines(&text[..at]), finding, reading);
    }
}

/// The text between two records, or behind the last one.
struct Loose<'b> {
    batch: &'b Batch,
    range: Range<usize>,
    /// The line on which it begins, from 1.
    line: usize,
}

impl Loose<'_> {
    fn text(&self) -> &[u8] {
        &self.batch.text[self.range.clone()]
    }

    /// True where there are members of a record.
    fn read_members(&self, reading: &mut Reading) -> bool {
        if memchr::memmem::find(self.text(), b"\":").is_none() {
            return false;
        }
        let text = String::from_utf8_lossy(self.text());
        let Some(at) = Stray::members(&text) else { return false };
        let start = text[at..].lines().next().unwrap_or_default().trim();
        let done = "left out with what follows: a record without its brace or without a title; mend it and \
                    try again";
        self.tell(newlines(&text[..at]), Finding::new(Code::RecordBroken, start, done), reading);
        true
    }

    /// Tells of what stands behind so many lines, and keeps it.
    fn tell(&self, lines: usize, finding: Finding, reading: &mut Reading) {
        let file = self.batch.file.clone();
        let place = Place { file, line: self.line + lines, record: 0 };
        let told = Diagnostic::new(place, "", finding);
        reading.diagnostics.push(told.clone());
        if told.code == Code::RecordBroken {
            self.keep(lines, told, reading);
        }
    }

    /// Keeps what stands behind so many lines, where that is asked for.
    fn keep(&self, lines: usize, reason: Diagnostic, reading: &mut Reading) {
        if !self.batch.options.verbatim {
            return;
        }
        let lines = self.text().split_inclusive(|b| *b == b'\n').skip(lines);
        let record = without_remarks(&lines.collect::<Vec<_>>().concat());
        let verbatim = Verbatim { loose: Box::default(), record: record.trim_ascii().into() };
        reading.rejected.push(Rejected { reasons: vec![reason], verbatim: vec![verbatim] });
    }
}

fn newlines(text: &str) -> usize {
    text.matches('\n').count()
}

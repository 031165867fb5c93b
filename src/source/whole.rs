//! What holds for every source that is read whole.

use std::borrow::Cow;

use super::booksci::too_many;
use super::table::ReadWhole;
use super::{Batch, Found, Layer, Reading, Rejected, Verbatim};
use crate::diagnostic::{Diagnostic, Place, Severity};

/// Reads every record of a batch that is a whole input, within the limits, and keeps records as
/// they stand where that is asked for.
pub fn read(read: ReadWhole, batch: &Batch, layers: Option<&mut Vec<Layer>>) -> Reading {
    let text = without_remarks(&batch.text);
    let mut reading = read(&text, &batch.file, layers);
    let (limits, told) = (batch.options.limits, &mut reading.diagnostics);
    reading.found.retain(|Found { entry, place, .. }| {
        let fits = entry.authors.len() <= limits.authors;
        if !fits {
            let finding = too_many(entry.authors.len(), limits);
            told.push(Diagnostic::new(place.clone(), "authors", finding));
        }
        fits
    });
    if batch.options.verbatim {
        keep(&text, &mut reading);
    }
    reading
}

/// Puts to each record what stands between its line and that of the next one.
fn keep(text: &[u8], reading: &mut Reading) {
    let mut lines: Vec<usize> = reading.found.iter().map(|found| found.place.line).collect();
    lines.extend(reading.found.iter().flat_map(|found| &found.others).map(|place| place.line));
    lines.extend(reading.diagnostics.iter().map(|told| &told.place).filter(is_record).map(line));
    lines.sort_unstable();
    lines.dedup();
    let ends = memchr::memchr_iter(b'\n', text).map(|at| at + 1);
    let starts: Vec<usize> = std::iter::once(0).chain(ends).collect();
    let start = |line: usize| starts.get(line.saturating_sub(1)).copied().unwrap_or(text.len());
    let verbatim = |place: &Place| {
        let next = lines.partition_point(|line| *line <= place.line);
        let end = lines.get(next).map_or(text.len(), |line| start(*line));
        let record = text[start(place.line).min(end)..end].trim_ascii().into();
        Verbatim { loose: Box::default(), record }
    };
    for Found { place, others, verbatim: kept, .. } in &mut reading.found {
        *kept = std::iter::once(&*place).chain(&*others).map(verbatim).collect();
    }
    let kept = |place: &Place| reading.found.iter().any(|f| f.place == *place);
    let lost = |told: &&Diagnostic| told.code.severity() == Severity::Loss && told.place.record > 0;
    for told in reading.diagnostics.iter().filter(lost).filter(|told| told.field.is_empty()) {
        if !kept(&told.place) {
            let (reasons, verbatim) = (vec![told.clone()], vec![verbatim(&told.place)]);
            reading.rejected.push(Rejected { reasons, verbatim });
        }
    }
}

fn is_record(place: &&Place) -> bool {
    place.record > 0
}

fn line(place: &Place) -> usize {
    place.line
}

/// The text with blanks for the lines that [`Rejected`] has put into it, where it is a file of
/// rejected records: one that begins with such a line.
fn without_remarks(text: &[u8]) -> Cow<'_, [u8]> {
    let remark = Rejected::REMARK.as_bytes();
    if !text.starts_with(remark) {
        return text.into();
    }
    let mut text = text.to_vec();
    for line in text.split_mut(|b| *b == b'\n').filter(|line| line.starts_with(remark)) {
        line.fill(b' ');
    }
    text.into()
}

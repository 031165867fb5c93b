//! What holds for every source that is read whole.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::booksci::too_many;
use super::span::Span;
use super::table::ReadWhole;
use super::{Batch, Found, Layer, Reading, Rejected, Verbatim};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};

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
        keep(&text, batch.spans(), &mut reading);
    }
    reading
}

/// Puts to each record what stands there: its own bytes where the source knows them, and else what is
/// between its line and that of the next one.
fn keep(text: &[u8], spans: Option<fn(&str) -> Vec<Span>>, reading: &mut Reading) {
    let whole = std::str::from_utf8(text).ok().zip(spans);
    let spans = whole.map_or_else(Vec::new, |(text, spans)| spans(text));
    let lines = Lines::new(text, reading);
    let verbatim = |place: &Place| {
        let span = spans.get(place.record.wrapping_sub(1)).filter(|span| span.line == place.line);
        let range = span.map_or_else(|| lines.range(place.line), |span| span.range.clone());
        let needs = span.map_or(&[][..], |span| &span.needs);
        let needs: Vec<&[u8]> = needs.iter().map(|need| &text[need.clone()]).collect();
        Verbatim { loose: needs.join(&b'\n').into(), record: text[range].trim_ascii().into() }
    };
    for Found { place, others, verbatim: kept, .. } in &mut reading.found {
        *kept = std::iter::once(&*place).chain(&*others).map(verbatim).collect();
    }
    let mut kept: HashSet<usize> = reading.found.iter().map(|found| found.place.record).collect();
    kept.extend(reading.found.iter().flat_map(|found| &found.others).map(|place| place.record));
    // A record may have more than one reason, and those of one need not stand together.
    // What has no number is known by its line.
    let mut places: HashMap<(usize, usize), usize> = HashMap::new();
    for told in reading.diagnostics.iter().filter(|told| is_loss_of_record(told)) {
        let record = told.place.record;
        if kept.contains(&record) {
            continue;
        }
        let name = (record, if record > 0 { 0 } else { told.place.line });
        match places.get(&name) {
            Some(at) => reading.rejected[*at].reasons.push(told.clone()),
            None => {
                places.insert(name, reading.rejected.len());
                let (reasons, verbatim) = (vec![told.clone()], vec![verbatim(&told.place)]);
                reading.rejected.push(Rejected { reasons, verbatim });
            }
        }
    }
    // What is over a limit is told behind what is broken.
    let place = |rejected: &Rejected| {
        rejected.reasons.first().map(|told| (told.place.line, told.place.record))
    };
    reading.rejected.sort_by_key(place);
}

fn is_loss_of_record(told: &Diagnostic) -> bool {
    told.code.severity() == Severity::Loss
        && (is_record(&&told.place) || told.code == Code::RecordBroken && told.field.is_empty())
}

/// The lines on which records begin.
struct Lines {
    /// Where each line of the text begins, and where the text ends.
    starts: Vec<usize>,
    records: Vec<usize>,
    end: usize,
}

impl Lines {
    fn new(text: &[u8], reading: &Reading) -> Lines {
        let mut records: Vec<usize> = reading.found.iter().map(|found| found.place.line).collect();
        records.extend(reading.found.iter().flat_map(|found| &found.others).map(line));
        records
            .extend(reading.diagnostics.iter().map(|told| &told.place).filter(is_record).map(line));
        records.sort_unstable();
        records.dedup();
        let ends = memchr::memchr_iter(b'\n', text).map(|at| at + 1);
        Lines { starts: std::iter::once(0).chain(ends).collect(), records, end: text.len() }
    }

    fn start(&self, line: usize) -> usize {
        self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.end)
    }

    /// From that line to the next one on which a record begins.
    fn range(&self, line: usize) -> Range<usize> {
        let next = self.records.partition_point(|record| *record <= line);
        let end = self.records.get(next).map_or(self.end, |line| self.start(*line));
        self.start(line).min(end)..end
    }
}

fn is_record(place: &&Place) -> bool {
    place.record > 0
}

fn line(place: &Place) -> usize {
    place.line
}

/// The text with blanks for the lines that [`Rejected`] has put into it, where it is a file of
/// rejected records: one that begins with such a line, or with an item of CSL-JSON, whose strings go
/// over no line. They stand at the beginning, behind an empty line, or one behind the other; what
/// looks like one in the middle of a record is a part of it.
pub fn without_remarks(text: &[u8]) -> Cow<'_, [u8]> {
    let start = text.len() - text.trim_ascii_start().len();
    let begins = &text[start..];
    let json = matches!(begins.first(), Some(b'{' | b'['));
    let behind_lines =
        || memchr::memmem::find(begins, format!("\n{}", Rejected::REMARK).as_bytes());
    if !(Rejected::is_remark(begins) || json && behind_lines().is_some()) {
        return text.into();
    }
    let mut text = text.to_vec();
    let mut may_stand = true;
    for line in text.split_mut(|b| *b == b'\n') {
        if Rejected::is_remark(line) && (may_stand || json) {
            line.fill(b' ');
        } else {
            may_stand = line.trim_ascii().is_empty();
        }
    }
    text.into()
}

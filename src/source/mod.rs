//! Readers: bytes in, entries out. One file a source.

mod booksci;
mod encoded;
mod json;
mod limits;
mod mend;
mod scan;

use std::io::{self, Read};
use std::sync::Arc;

pub use limits::Limits;

use crate::diagnostic::{Diagnostic, Finding, Place};
use crate::error::Error;
use crate::model::Entry;
use scan::{Raw, Scanner};

/// An entry and where its record stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The entry, without a key.
    pub entry: Entry,
    /// The place of its record.
    pub place: Place,
    /// The places of records of the same work that were joined with it.
    pub others: Vec<Place>,
    /// Its records as they stand, the joined ones too, where [`Options::verbatim`] asks for them.
    pub verbatim: Vec<Verbatim>,
}

/// A record as it stands in the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verbatim {
    /// The loose text before it.
    pub loose: Box<[u8]>,
    /// The record; what there is of it where it is not whole.
    pub record: Box<[u8]>,
}

/// Records that cannot go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Why.
    pub reasons: Vec<Diagnostic>,
    /// The record, or those that were joined.
    pub verbatim: Vec<Verbatim>,
}

impl Rejected {
    /// How a line begins that is no part of the input: what was wrong with the record behind it. Readers
    /// pass over it, so that records can be mended where they stand and read again.
    pub const REMARK: &str = "#: ";

    /// Writes the reasons, a remark each, and the records word for word.
    ///
    /// # Errors
    /// `out` cannot be written.
    pub fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        for reason in &self.reasons {
            writeln!(out, "{}{reason}", Rejected::REMARK)?;
        }
        for Verbatim { loose, record } in &self.verbatim {
            let loose = loose.trim_ascii();
            if !loose.is_empty() {
                out.write_all(loose)?;
                out.write_all(b"\n")?;
            }
            out.write_all(record)?;
            out.write_all(b"\n\n")?;
        }
        Ok(())
    }
}

/// How an input is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How much of one record is taken.
    pub limits: Limits,
    /// Records are kept as they stand beside what they say.
    pub verbatim: bool,
}

/// What one part of a record gives by itself: the outer record, the one inside it, or the loose
/// text before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// The place of the record.
    pub place: Place,
    /// Where in the record, to be put before a member's name: `resultStr.`, `page: `.
    pub path: String,
    /// The members that say something, and what stands there.
    pub members: Vec<(String, String)>,
    /// The entry that they make alone.
    pub entry: Entry,
}

/// What a reader found in an input or a part of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The entries, in the order of the input.
    pub found: Vec<Found>,
    /// How many records there were, broken ones too.
    pub records: usize,
    /// What was guessed, lost or found in contradiction.
    pub diagnostics: Vec<Diagnostic>,
    /// The records that no entry could be made of, where [`Options::verbatim`] asks for them.
    pub rejected: Vec<Rejected>,
}

/// A stretch of an input, and the records that stand in it: found, not yet read.
#[derive(Debug)]
pub struct Batch {
    file: Arc<str>,
    text: Vec<u8>,
    raws: Vec<Raw>,
    /// How many records stand before it in the file.
    before: usize,
    options: Options,
}

impl Batch {
    /// Reads its records. This is the larger part of the work, and batches can be read at once.
    pub fn read(&self) -> Reading {
        booksci::read(self, None)
    }

    /// Reads its records, and what each part of each record gives by itself.
    pub fn read_in_layers(&self) -> (Reading, Vec<Layer>) {
        let mut layers = Vec::new();
        (booksci::read(self, Some(&mut layers)), layers)
    }
}

/// How much of an input is read at once, in bytes.
const CHUNK: usize = 256 << 10;

/// An input, batch by batch, in memory that does not depend on its length.
///
/// An error is an item: [`Error::Read`] where the input cannot be read on, behind the records that
/// stand before; [`Error::NoRecord`] at the end of an input without even a broken record.
pub struct Batches<R> {
    input: R,
    scanner: Scanner,
    file: Arc<str>,
    options: Options,
    records: usize,
    hint: Option<&'static str>,
    state: State,
    failed: Option<Error>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Reading,
    /// The input has ended, the records in what was read have not.
    Ended,
    Done,
}

impl<R: Read> Batches<R> {
    /// The batches of an input; `name` stands for it in messages. It is text in UTF-8, with or without byte order mark.
    pub fn new(input: R, name: &str, options: Options) -> Batches<R> {
        let scanner = Scanner::new(options.limits);
        let (file, state) = (Arc::from(name), State::Reading);
        Batches { input, scanner, file, options, records: 0, hint: None, state, failed: None }
    }

    /// Reads on, as much as is held, so that a record of any length takes linear time.
    fn fill(&mut self) -> io::Result<()> {
        let text = self.scanner.text();
        let wanted = text.len().max(CHUNK) as u64;
        text.reserve_exact(wanted as usize);
        let ended = self.input.by_ref().take(wanted).read_to_end(text).map(|n| (n as u64) < wanted);
        if self.hint.is_none() {
            self.hint = Some(hint(text));
            if text.starts_with(b"\xEF\xBB\xBF") {
                text.drain(..3);
            }
        }
        if !matches!(ended, Ok(false)) {
            self.state = State::Ended;
            self.scanner.end();
        }
        ended.map(drop)
    }

    fn batch(&mut self) -> Option<Batch> {
        let raws: Vec<Raw> = std::iter::from_fn(|| self.scanner.next()).collect();
        if raws.is_empty() {
            self.scanner.drop_text();
            return None;
        }
        let before = self.records;
        self.records += raws.len();
        let (file, text) = (self.file.clone(), self.scanner.take_text());
        Some(Batch { file, text, raws, before, options: self.options })
    }
}

impl<R: Read> Iterator for Batches<R> {
    type Item = Result<Batch, Error>;

    fn next(&mut self) -> Option<Result<Batch, Error>> {
        loop {
            match self.state {
                State::Reading => {
                    let read = self.fill();
                    let batch = self.batch();
                    if let Err(source) = read {
                        self.failed = Some(Error::Read { name: self.file.to_string(), source });
                        self.state = State::Done;
                    }
                    if batch.is_some() {
                        return batch.map(Ok);
                    }
                }
                State::Ended => {
                    self.state = State::Done;
                    if self.records == 0 {
                        let hint = self.hint.unwrap_or_default();
                        return Some(Err(Error::NoRecord { name: self.file.to_string(), hint }));
                    }
                }
                State::Done => return self.failed.take().map(Err),
            }
        }
    }
}

/// Parses JSON Lines with serde_json into the structs that [`read`] fills, the record and the one in its
/// `resultStr`, and does nothing else with them: the floor that `benches/` holds a conversion against.
/// No part of the library's face. Gives the number of records and of layers; it stops at the
/// first line that is not a record, so that a count tells whether all were parsed.
#[doc(hidden)]
pub fn floor(input: &[u8]) -> (usize, usize) {
    let (mut records, mut layers) = (0, 0);
    for record in serde_json::Deserializer::from_slice(input).into_iter::<json::Record<'_>>() {
        let Ok(record) = record else { break };
        (records, layers) = (records + 1, layers + 1);
        let inner = record.result_str.text().map(serde_json::from_str::<json::Record<'_>>);
        if let Some(Ok(inner)) = &inner {
            layers += 1;
            // Nobody looks at the values; the compiler must not find that out.
            std::hint::black_box(inner);
        }
        std::hint::black_box(&record);
    }
    (records, layers)
}

/// Reads every record of an input.
///
/// `input` is text in UTF-8, with or without byte order mark; `name` stands for it in messages.
///
/// # Errors
/// [`Error::NoRecord`] where there is not even a broken record in it.
pub fn read(input: &[u8], name: &str) -> Result<Reading, Error> {
    let mut all = Reading::default();
    for batch in Batches::new(input, name, Options::default()) {
        all.extend(batch?.read());
    }
    Ok(all)
}

impl Reading {
    /// Puts what the next part of an input gave behind.
    pub fn extend(&mut self, next: Reading) {
        self.found.extend(next.found);
        self.records += next.records;
        self.diagnostics.extend(next.diagnostics);
        self.rejected.extend(next.rejected);
    }
}

/// What may be wrong with an input that holds no record.
fn hint(input: &[u8]) -> &'static str {
    match input {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "; the file is in UTF-16: save it as UTF-8",
        [0x1F, 0x8B, ..] => "; the file is compressed with gzip: unpack it first",
        [] => "; the file is empty",
        _ if input.contains(&0) => "; the file may be in UTF-16: save it as UTF-8",
        _ if std::str::from_utf8(input).is_err() => "; the file is not in UTF-8: save it as UTF-8",
        _ => "",
    }
}

/// Takes the findings of one record.
struct Sink<'d> {
    place: Place,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Sink<'_> {
    fn add(&mut self, field: &str, finding: Finding) {
        self.diagnostics.push(Diagnostic::new(self.place.clone(), field, finding));
    }

    fn add_all(&mut self, field: &str, findings: Vec<Finding>) {
        for finding in findings {
            self.add(field, finding);
        }
    }
}

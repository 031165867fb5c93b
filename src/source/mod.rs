//! Readers: bytes in, entries out. One file a source.

mod batches;
pub mod bibtex;
mod booksci;
mod carrier;
mod csl_json;
mod encoded;
mod enw;
mod json;
mod kinds;
mod languages;
mod limits;
mod links;
mod literals;
mod mend;
mod ris;
mod scan;
pub mod span;
mod strays;
mod table;
mod tagged;
mod whole;
mod work;

use std::io;

pub(crate) use batches::packed;
pub use batches::{Batch, Batches};
pub use limits::Limits;
pub use table::{SOURCES, Source};

use crate::diagnostic::{Diagnostic, Finding, Place};
use crate::error::Error;
use crate::model::Entry;

/// An entry and where its record stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The entry, with the key that it has in its file, or none. It is large, and goes from hand to
    /// hand.
    pub entry: Box<Entry>,
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
    /// The loose text before it; the `@string`s of a `.bib` that it names.
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

    /// True for a line that begins so.
    pub(crate) fn is_remark(line: &[u8]) -> bool {
        line.starts_with(Rejected::REMARK.as_bytes())
    }

    /// Writes the reasons, a remark each, and the records word for word, without blanks behind them.
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
            out.write_all(record.trim_ascii_end())?;
            out.write_all(b"\n\n")?;
        }
        Ok(())
    }
}

/// How an input is read.
#[derive(Clone, Copy, Default)]
pub struct Options {
    /// How much of one record is taken.
    pub limits: Limits,
    /// Records are kept as they stand beside what they say.
    pub verbatim: bool,
    /// The source, where it is not to be told by the text.
    pub from: Option<&'static Source>,
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

impl Reading {
    /// Puts what the next part of an input gave behind.
    pub fn extend(&mut self, next: Reading) {
        self.found.extend(next.found);
        self.records += next.records;
        self.diagnostics.extend(next.diagnostics);
        self.rejected.extend(next.rejected);
    }
}

/// Reads every record of an input, of whatever source it is.
///
/// `input` is text in UTF-8, with or without byte order mark; `name` stands for it in messages, and
/// its ending tells the source where the text does not.
///
/// # Errors
/// [`Error::NoRecord`] where there is not even a broken record in it.
pub fn read(input: &[u8], name: &str) -> Result<Reading, Error> {
    read_as(Source::of(input, name), input, name)
}

/// Parses JSON Lines with serde_json into the structs that [`read`] fills, the record and the one in its
/// `resultStr`, and does nothing else with them: the floor that `benches/` holds a conversion against.
/// No part of the library's face. Gives the number of records and of layers; it stops at the
/// first line that is not a record, so that a count tells whether all were parsed.
#[doc(hidden)]
pub fn floor(input: &[u8]) -> (usize, usize) {
    let (mut records, mut layers) = (0, 0);
    for record in serde_json::Deserializer::from_slice(input).into_iter::<booksci::Record<'_>>() {
        let Ok(record) = record else { break };
        (records, layers) = (records + 1, layers + 1);
        let inner = record.result_str.text().map(serde_json::from_str::<booksci::Record<'_>>);
        if let Some(Ok(inner)) = &inner {
            layers += 1;
            // Nobody looks at the values; the compiler must not find that out.
            std::hint::black_box(inner);
        }
        std::hint::black_box(&record);
    }
    (records, layers)
}

/// Reads every record of an input of a known source, whatever it looks like.
///
/// # Errors
/// As [`read`].
pub fn read_as(source: &'static Source, input: &[u8], name: &str) -> Result<Reading, Error> {
    let mut all = Reading::default();
    let options = Options { from: Some(source), ..Options::default() };
    for batch in Batches::new(input, name, options) {
        all.extend(batch?.read()?);
    }
    Ok(all)
}

/// Reads a file of a source that can be added to, also one without any record: what is broken in it is told.
///
/// # Errors
/// It cannot be read.
pub(crate) fn read_library(
    source: &'static Source,
    input: &[u8],
    name: &str,
) -> Result<Reading, Error> {
    let mut all = Reading::default();
    let options = Options { from: Some(source), ..Options::default() };
    for batch in Batches::new(input, name, options) {
        all.extend(batch?.read_any(None));
    }
    Ok(all)
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

    fn add_all(&mut self, field: &str, findings: impl IntoIterator<Item = Finding>) {
        for finding in findings {
            self.add(field, finding);
        }
    }
}

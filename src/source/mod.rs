//! Readers: bytes in, entries out. One file a source.

mod booksci;
mod encoded;
mod json;
mod mend;
mod scan;

use crate::diagnostic::{Diagnostic, Finding, Place};
use crate::error::Error;
use crate::model::Entry;

/// An entry and where its record stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The entry, without a key.
    pub entry: Entry,
    /// The place of its record.
    pub place: Place,
    /// The places of records of the same work that were joined with it.
    pub others: Vec<Place>,
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

/// What a reader found in an input.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The entries, in the order of the input.
    pub found: Vec<Found>,
    /// How many records there were, broken ones too.
    pub records: usize,
    /// What was guessed, lost or found in contradiction.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads every record of an input.
///
/// `input` is text in UTF-8, with or without byte order mark; `name` stands for it in messages.
///
/// # Errors
/// [`Error::NoRecord`] where there is not even a broken record in it.
pub fn read(input: &[u8], name: &str) -> Result<Reading, Error> {
    read_with(input, name, None)
}

/// What each part of each record gives by itself, to explain where a value came from.
///
/// # Errors
/// As [`read`].
pub fn layers(input: &[u8], name: &str) -> Result<Vec<Layer>, Error> {
    let mut layers = Vec::new();
    read_with(input, name, Some(&mut layers))?;
    Ok(layers)
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

fn read_with(input: &[u8], name: &str, layers: Option<&mut Vec<Layer>>) -> Result<Reading, Error> {
    let text = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input);
    let reading = booksci::read(text, name, layers);
    if reading.records == 0 {
        return Err(Error::NoRecord { name: name.to_owned(), hint: hint(input) });
    }
    Ok(reading)
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

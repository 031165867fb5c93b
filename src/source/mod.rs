//! Readers: bytes in, entries out. One file a source.

pub mod bibtex;
mod booksci;
mod carrier;
mod csl_json;
mod encoded;
mod enw;
mod json;
mod kinds;
mod languages;
mod links;
mod mend;
mod ris;
mod scan;
mod tagged;
mod work;

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

/// A kind of file that records can be read from.
pub struct Source {
    /// Its name on the command line: `bibtex`.
    pub name: &'static str,
    /// What it is, in one line.
    pub purpose: &'static str,
    /// The endings of files that are of this kind, without the dot, where their text does not tell.
    pub extensions: &'static [&'static str],
    /// True where a text is of this kind, seen by its signs and not by whether all of it is right.
    pub looks_like: fn(&[u8]) -> bool,
    /// Reads every record of a text; what is wrong with one is told, and costs no other.
    read: fn(&[u8], &str, Option<&mut Vec<Layer>>) -> Reading,
}

/// Every source there is. A text that looks like several is of the first: pages of booksci.cn can
/// quote anything in their loose text, and are told by the names of their members.
pub static SOURCES: &[Source] = &[
    Source {
        name: "booksci",
        purpose: "pages of booksci.cn with JSON records in them, JSON, JSON Lines",
        extensions: &["json", "jsonl", "ndjson", "txt", "html", "htm"],
        looks_like: booksci::looks_like,
        read: booksci::read,
    },
    Source {
        name: "bibtex",
        purpose: "BibTeX and BibLaTeX",
        extensions: &["bib", "bibtex", "biblatex"],
        looks_like: bibtex::looks_like,
        read: bibtex::read,
    },
    Source {
        name: "csl-json",
        purpose: "CSL-JSON of Zotero, pandoc and other CSL processors",
        extensions: &["csljson"],
        looks_like: csl_json::looks_like,
        read: csl_json::read,
    },
    Source {
        name: "ris",
        purpose: "RIS, of both specifications",
        extensions: &["ris"],
        looks_like: ris::looks_like,
        read: ris::read,
    },
    Source {
        name: "enw",
        purpose: "EndNote's tagged format",
        extensions: &["enw"],
        looks_like: enw::looks_like,
        read: enw::read,
    },
];

impl Source {
    /// The source of that name.
    pub fn by_name(name: &str) -> Option<&'static Source> {
        SOURCES.iter().find(|source| source.name == name)
    }

    /// The source of files that end in `.extension`, in either case.
    pub fn by_extension(extension: &str) -> Option<&'static Source> {
        let fits = |s: &&Source| s.extensions.iter().any(|e| e.eq_ignore_ascii_case(extension));
        SOURCES.iter().find(fits)
    }

    /// The source that a text is of, by the text and then by the ending of its name.
    pub fn of(input: &[u8], name: &str) -> &'static Source {
        let text = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input);
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let looks_like = SOURCES.iter().find(|source| (source.looks_like)(text));
        looks_like.or_else(|| Source::by_extension(ending)).unwrap_or(&SOURCES[0])
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
    read_with(Source::of(input, name), input, name, None)
}

/// Reads every record of an input of a known source, whatever it looks like.
///
/// # Errors
/// As [`read`].
pub fn read_as(source: &Source, input: &[u8], name: &str) -> Result<Reading, Error> {
    read_with(source, input, name, None)
}

/// What each part of each record gives by itself, to explain where a value came from.
///
/// # Errors
/// As [`read`].
pub fn layers(input: &[u8], name: &str) -> Result<Vec<Layer>, Error> {
    let mut layers = Vec::new();
    read_with(Source::of(input, name), input, name, Some(&mut layers))?;
    Ok(layers)
}

fn read_with(
    source: &Source,
    input: &[u8],
    name: &str,
    layers: Option<&mut Vec<Layer>>,
) -> Result<Reading, Error> {
    let text = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input);
    let reading = (source.read)(text, name, layers);
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

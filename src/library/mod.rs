//! A file of references that somebody keeps: new records go into it, and nothing else in it changes.
//!
//! The file is taken apart byte by byte ([`crate::source::span`]) and read into the model beside that.
//! What an entry lacks is found in the model; how it is written comes from the format's template: the
//! entry is rendered as it is and as it should be, and the fields in which the two differ are put into
//! its text.

mod bib;
mod changes;
mod container;
mod csl_json;
pub mod diff;
mod edit;
mod fields;
mod fill;
mod index;
mod matching;
mod merge;
mod shelf;
mod tagged;

use std::ops::Range;

pub use crate::merge::Prefer;
pub use matching::Confidence;
pub use merge::{Merged, Plan};

use self::edit::Style;
use self::fields::Fields;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::format::Format;
use crate::source::span::Span;
use crate::source::{self, Found, SOURCES, Source};

/// A file of references, read and taken apart.
pub struct Library<'t> {
    /// The text, without byte order mark.
    text: &'t str,
    /// It begins with a byte order mark.
    marked: bool,
    name: String,
    source: &'static Source,
    fields: &'static Fields,
    found: Vec<Found>,
    spans: Vec<Span>,
    /// What is broken in it.
    pub broken: Vec<Diagnostic>,
}

impl<'t> Library<'t> {
    /// Opens a `.bib`, RIS, CSL-JSON or `.enw` file; `name` stands for it in messages, and its ending
    /// tells what it is where its text does not.
    ///
    /// # Errors
    /// [`Error::Output`] where it is none of these, or not in UTF-8.
    pub fn open(input: &'t [u8], name: &str) -> Result<Library<'t>, Error> {
        let refused = |what: String| Error::Output { name: name.to_owned(), what };
        let whole = text(input).map_err(|what| refused(what.clone()))?;
        let text = whole.strip_prefix('\u{FEFF}').unwrap_or(whole);
        let source = source_of(text, name).ok_or_else(|| {
            refused("is no library; give a .bib, RIS, CSL-JSON or .enw file to add to".to_owned())
        })?;
        let (Some(spans), Some(fields)) = (source.spans, Fields::of(source.name)) else {
            return Err(refused("is no file that records can be added to".to_owned()));
        };
        let spans = spans(text);
        let reading = source::read_library(source, text.as_bytes(), name)?;
        if reading.records != spans.len() {
            let what = "its entries could not be told from each other; nothing was changed";
            return Err(refused(what.to_owned()));
        }
        let is_broken = |d: &Diagnostic| {
            matches!(d.code, Code::RecordBroken | Code::RecordCutOff | Code::OverLimit)
        };
        let broken = reading.diagnostics.into_iter().filter(is_broken).collect();
        let (marked, name) = (whole.len() > text.len(), name.to_owned());
        Ok(Library { text, marked, name, source, fields, found: reading.found, spans, broken })
    }

    /// The format in which entries are added: that of the file, of BibTeX and BibLaTeX the one whose
    /// fields it has more of, unless one is asked for.
    ///
    /// # Errors
    /// [`Error::Option`] where the one asked for does not fit the file.
    pub fn format(&self, wanted: Option<&'static Format>) -> Result<&'static Format, Error> {
        let own = match self.source.name {
            "bibtex" if self.is_biblatex() => "biblatex",
            name => name,
        };
        let Some(own) = Format::by_name(own) else {
            unreachable!("a test looks at the format of every source that has spans")
        };
        match wanted {
            Some(wanted) if wanted.keeps != own.keeps => {
                let what = format!(
                    "{}: {} is in the format {}, and a file has one format; leave --to out, or \
                     convert the file first",
                    wanted.name, self.name, own.name
                );
                Err(Error::Option { option: "--to", what })
            }
            wanted => Ok(wanted.unwrap_or(own)),
        }
    }

    /// True where more fields are of BibLaTeX's own than of BibTeX's.
    fn is_biblatex(&self) -> bool {
        const BIBLATEX: [&str; 6] =
            ["journaltitle", "date", "eprinttype", "location", "urldate", "eventtitle"];
        const BIBTEX: [&str; 5] = ["journal", "year", "month", "archiveprefix", "address"];
        let count = |names: &[&str]| {
            let fields = self.spans.iter().flat_map(|span| &span.fields);
            fields.filter(|f| names.iter().any(|n| f.name.eq_ignore_ascii_case(n))).count()
        };
        count(&BIBLATEX) > count(&BIBTEX)
    }

    /// Every key that an entry of a `.bib` has, also of those that only give fields to others.
    fn keys(&self) -> Vec<String> {
        if self.source.name != "bibtex" {
            return Vec::new();
        }
        let blocks = source::bibtex::split::split(self.text);
        let bodies = blocks.iter().filter_map(|block| block.entry());
        bodies.map(|body| self.text[body.key.clone()].to_owned()).collect()
    }

    fn style(&self) -> Box<dyn Style> {
        match self.source.name {
            "ris" => Box::new(tagged::Tagged::ris(self.text, &self.spans)),
            "enw" => Box::new(tagged::Tagged::enw(self.text, &self.spans)),
            "csl-json" => Box::new(csl_json::CslJson::of(self.text, &self.spans)),
            _ => Box::new(bib::Bib::of(self.text, &self.spans)),
        }
    }

    /// The text of a part of the file, where it says something.
    fn said(&self, range: Range<usize>) -> Option<&'t str> {
        let raw = &self.text[range];
        let inner = raw.trim_matches(['{', '}', '"', '[', ']']).trim();
        (!inner.is_empty() && inner != "null").then_some(raw)
    }
}

/// The text of a file.
fn text(input: &[u8]) -> Result<&str, String> {
    if matches!(input, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        return Err("is in UTF-16; save it as UTF-8 and try again".to_owned());
    }
    if source::packed(input).is_some() {
        return Err("is compressed; unpack it first".to_owned());
    }
    std::str::from_utf8(input).map_err(|error| {
        let line = memchr::memchr_iter(b'\n', &input[..error.valid_up_to()]).count() + 1;
        format!("line {line}: a character that is not UTF-8; save the file as UTF-8 and try again")
    })
}

/// What a library is: by its text, then by the ending of its name.
fn source_of(text: &str, name: &str) -> Option<&'static Source> {
    let fit = |source: &&Source| source.spans.is_some();
    let by_text = SOURCES.iter().filter(fit).find(|s| (s.looks_like)(text.as_bytes()));
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let by_name = || match Source::by_extension(ending) {
        Some(source) if source.spans.is_some() => Some(source),
        // JSON without a record, to begin with.
        _ if ending.eq_ignore_ascii_case("json") && is_empty_list(text) => {
            Source::by_name("csl-json")
        }
        _ => None,
    };
    by_text.or_else(by_name)
}

fn is_empty_list(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '[' | ']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_with_spans_has_a_format_and_fields() {
        for source in SOURCES.iter().filter(|source| source.spans.is_some()) {
            assert!(Format::by_name(source.name).is_some(), "{}", source.name);
            assert!(Fields::of(source.name).is_some(), "{}", source.name);
        }
    }

    #[test]
    fn what_cannot_be_a_library_is_refused() {
        for (input, name, expected) in [
            (&b"\xFF\xFE@\0"[..], "a.bib", "a.bib: is in UTF-16"),
            (b"@misc{a,\n title = {\xE9}}", "a.bib", "a.bib: line 2: a character"),
            (b"\x1F\x8B", "a.bib", "a.bib: is compressed"),
            (b"\xFD7zXZ\0", "a.bib", "a.bib: is compressed"),
            (b"{\"title\": \"x\", \"authors\": \"y\"}", "a.json", "a.json: is no library"),
            (b"text", "a.txt", "a.txt: is no library"),
        ] {
            let error = Library::open(input, name).err().map(|e| e.to_string());
            let error = error.unwrap_or_default();
            assert!(error.starts_with(expected), "{error}");
        }
    }
}

//! Records of Book学术 (booksci.cn): JSON in pages of text, the record in the language of the work
//! as a string inside the record with the Chinese title.

mod fields;
mod language;
mod links;
mod outside;
mod page;
mod record;

use language::{Evidence, lang_of};

pub use outside::read_tail;
pub use record::Record;

use super::batches::Before;
use super::encoded;
use super::json::Json;
use super::limits::Limits;
use super::mend::{self, Mend};
use super::scan::{self, Fault, Raw};
use super::{Batch, Found, Layer, Reading, Rejected, Sink, Verbatim};
use crate::diagnostic::{Code, Finding, Place};
use crate::merge::{Prefer, merge};
use crate::model::Entry;

/// How often a record may stand in a record.
const NESTING: usize = 8;

/// True where a text holds a member that only records of this source have, plain or encoded.
pub fn looks_like(text: &[u8]) -> bool {
    const MEMBERS: [&str; 6] =
        ["resultStr", "DOIUrl", "PeriodicalName", "publicationDate", "fieldsOfStudy", "TitleCN"];
    MEMBERS.iter().any(|name| {
        memchr::memmem::find_iter(text, name).any(|at| {
            let (before, behind) = (&text[..at], &text[at + name.len()..]);
            encoded::quotes().any(|quote| {
                let named = before.ends_with(quote).then(|| behind.strip_prefix(quote)).flatten();
                // In a field of CSV it stands twice.
                let named = named.map(|rest| rest.strip_prefix(b"\"").unwrap_or(rest));
                named.is_some_and(|rest| rest.trim_ascii_start().starts_with(b":"))
            })
        })
    })
}

/// Reads the records of a batch; `layers` takes what each part of a record gives by itself.
pub fn read(
    batch: &Batch,
    raws: &[Raw],
    before: &Before,
    mut layers: Option<&mut Vec<Layer>>,
) -> Reading {
    // Entries are big, and moving them takes longer than the room that a broken record leaves.
    let found = Vec::with_capacity(raws.len());
    let mut reading = Reading { records: raws.len(), found, ..Reading::default() };
    outside::read_missed(batch, before, &mut reading);
    for (at, raw) in raws.iter().enumerate() {
        let record = before.records + at + 1;
        let place = Place { file: batch.file.clone(), line: raw.line, record };
        let kept = outside::read_loose(batch, raw, before, &mut reading);
        let before = reading.diagnostics.len();
        let mut sink = Sink { place, diagnostics: &mut reading.diagnostics };
        let limits = batch.options.limits;
        let json = raw.own.as_deref().unwrap_or(&batch.text[raw.range.clone()]);
        let loose = &batch.text[raw.loose.clone()];
        let mut entry = match raw.fault {
            Some(fault) => {
                sink.add("", cut_off(fault, json, limits));
                None
            }
            None => read_one(json, raw.mended, loose, &mut sink, layers.as_deref_mut()),
        };
        if let Some(long) = entry.take_if(|entry| entry.authors.len() > limits.authors) {
            sink.add("authors", too_many(long.authors.len(), limits));
        }
        let place = sink.place;
        let verbatim = || Verbatim {
            loose: without_remarks(kept).into(),
            // What it was taken out of can hold others, which would go out twice.
            record: if raw.coded { json.into() } else { batch.text[raw.range.clone()].into() },
        };
        match entry {
            Some(entry) => {
                let verbatim = if batch.options.verbatim { vec![verbatim()] } else { Vec::new() };
                reading.found.push(Found { entry, place, others: Vec::new(), verbatim });
            }
            None if batch.options.verbatim => {
                let reasons = reading.diagnostics[before..].to_vec();
                reading.rejected.push(Rejected { reasons, verbatim: vec![verbatim()] });
            }
            None => {}
        }
    }
    reading
}

/// The loose text without what [`Rejected`] has put into it.
fn without_remarks(loose: &[u8]) -> Vec<u8> {
    let lines = loose.split_inclusive(|b| *b == b'\n');
    lines.filter(|line| !Rejected::is_remark(line)).flatten().copied().collect()
}

/// What is told of more authors than are taken.
pub fn too_many(authors: usize, limits: Limits) -> Finding {
    let done = format!("left out; the limit is {}: raise --max-authors", limits.authors);
    let found = format!("{authors} author{}", if authors == 1 { "" } else { "s" });
    Finding::new(Code::OverLimit, found, done)
}

/// True where the record can be read.
pub fn is_record(json: &[u8]) -> bool {
    Record::parse(json).is_ok()
}

/// True for an object that says of a work who wrote it or its DOI, and more.
pub fn says_enough(json: &[u8]) -> bool {
    let Ok(record) = Record::parse(json) else { return false };
    let said = |value: &Json<'_>| matches!(value, Json::Text(text) if !text.trim().is_empty());
    let journal = said(&record.journal) || said(record.journal.member("name"));
    let names = |list: &[Json<'_>]| list.iter().any(|name| said(name) || said(name.member("name")));
    let authors = match &record.authors {
        Json::List(list) => names(list),
        text => said(text),
    };
    let doi = record.doi.text().is_some_and(|text| text.contains("10."));
    authors && doi || (authors || doi) && (journal || said(&record.abstract_text))
}

fn cut_off(fault: Fault, json: &[u8], limits: Limits) -> Finding {
    let start = String::from_utf8_lossy(&json[..json.len().min(240)]);
    let start = start.split_whitespace().collect::<Vec<_>>().join(" ");
    let start: String = start.chars().take(60).collect();
    let over = |what: String| {
        let part = match scan::is_closed(json) {
            true => "",
            false => " and read the input again: the rejects hold its beginning alone",
        };
        Finding::new(Code::OverLimit, start.clone(), format!("left out; {what}{part}"))
    };
    let done = match fault {
        Fault::Syntax if scan::is_closed(json) => match Record::parse(json) {
            Err(error) => return broken(json, &error),
            Ok(_) => {
                "left out; more brackets are open before it than are closed: mend it and try again"
            }
        },
        Fault::Headless => "left out; its first brace is missing: mend it and try again",
        Fault::Untitled => "left out; it has no title: give it a member \"title\" and try again",
        Fault::Late => {
            "left out; its title stands behind the records in it, which went out before it was read: put it \
             before them and try again; the rejects hold what is behind them alone"
        }
        Fault::Csl => {
            "left out; it is an item of CSL-JSON in a file of another kind: take them apart into files of their \
             own, or say --from"
        }
        Fault::End => "left out; the input ends before the record does: get it whole and try again",
        Fault::Control | Fault::Syntax if json.len() > scan::LOOSE => {
            "left out; no end of it is found in 64 KiB behind what is wrong in it: mend it in the input, the \
             rejects hold its beginning alone"
        }
        Fault::Control => {
            "left out; the line ends inside a string: get the record whole and try again"
        }
        Fault::Syntax => {
            "left out; the record stops before its closing brace: get it whole and try again"
        }
        Fault::Size => {
            let size = limits.record_size;
            return over(format!("it is longer than {size} bytes: raise --max-record-size"));
        }
        Fault::Depth => {
            let depth = limits.depth;
            return over(format!("objects and lists stand more than {depth} deep in it"));
        }
    };
    let code = if fault.is_other() { Code::RecordBroken } else { Code::RecordCutOff };
    Finding::new(code, start, done)
}

/// What is told of a record that is no JSON.
fn broken(json: &[u8], error: &serde_json::Error) -> Finding {
    let utf8 = std::str::from_utf8(json).is_ok();
    let hint = if utf8 { "mend it" } else { "save the file as UTF-8" };
    Finding::new(Code::RecordBroken, error.to_string(), format!("left out; {hint} and try again"))
}

/// The entry of one record, or `None` and a diagnostic where it is not JSON.
fn read_one(
    json: &[u8],
    mended: bool,
    loose: &[u8],
    sink: &mut Sink<'_>,
    layers: Option<&mut Vec<Layer>>,
) -> Option<Box<Entry>> {
    let mended_again;
    let record = match Record::parse(json) {
        Ok(record) => record,
        Err(error) => match mend::mend(json) {
            Mend::Mended(again, _) if is_record(&again) => {
                mended_again = again;
                sink.add("", repaired());
                Record::parse(&mended_again).ok()?
            }
            _ => {
                sink.add("", broken(json, &error));
                return None;
            }
        },
    };
    if mended {
        sink.add("", repaired());
    }
    let mut reader = Reader { sink, evidence: Evidence::default(), layers };
    let mut entry = reader.entry(record, 0);
    if !loose.trim_ascii().is_empty() {
        let loose = without_remarks(loose);
        reader.fill_from_page(&String::from_utf8_lossy(&loose), &mut entry);
    }
    entry.language = reader.language(&entry);
    if let (None, Some(online)) = (entry.date, entry.epub_date) {
        let done = "the entry has no date: a date online is not that of the publication";
        let finding = Finding::new(Code::DateOnlineOnly, online.join('-'), done);
        reader.sink.add("EPubDate", finding);
    }
    if entry.title.is_empty() {
        reader.sink.add("title", Finding::new(Code::NoTitle, "nothing", "the entry has no title"));
    }
    Some(entry)
}

fn repaired() -> Finding {
    let done = "read with control characters as blanks, half characters as U+FFFD, NaN as null";
    let found = "not quite JSON (control characters, broken escapes, NaN, comments)";
    Finding::new(Code::RecordRepaired, found, done)
}

struct Reader<'s, 'd> {
    sink: &'s mut Sink<'d>,
    evidence: Evidence,
    layers: Option<&'s mut Vec<Layer>>,
}

impl Reader<'_, '_> {
    /// The entry of a record, with the record inside it read and merged.
    fn entry(&mut self, mut record: Record<'_>, depth: usize) -> Box<Entry> {
        let result_str = std::mem::take(&mut record.result_str);
        let mut entry = self.flat(&record);
        if let Some(layers) = &mut self.layers {
            let (place, path) = (self.sink.place.clone(), "resultStr.".repeat(depth));
            layers.push(Layer { place, path, members: record.members(), entry: *entry.clone() });
        }
        let mended;
        let inner = match &result_str {
            Json::Text(text) if matches!(text.trim(), "" | "null" | "{}") => None,
            Json::Text(text) => match Record::parse_text(text) {
                Ok(record) => Some(record),
                Err(error) => {
                    mended = self.mend_inner(text, &error);
                    mended.as_deref().and_then(|text| serde_json::from_str(text).ok())
                }
            },
            Json::Object(members) => Some(Record::from(members.clone())),
            other if other.is_empty() => None,
            other => {
                let found = other.type_name();
                self.sink.add(
                    "resultStr",
                    Finding::new(Code::ResultStrBroken, found, "the outer record counts alone"),
                );
                None
            }
        };
        if let Some(mut inner) = inner {
            if !inner.result_str.is_empty() {
                let done = if depth < NESTING { "read too" } else { "left out: too deep" };
                self.sink.add(
                    "resultStr",
                    Finding::new(Code::ResultStrNested, "a record in the record", done),
                );
            }
            self.evidence.inner = inner.title.text().map(lang_of).or(self.evidence.inner);
            // What says the same need not be cleaned twice, unless somebody asks where it stands.
            if self.layers.is_none() {
                inner.forget_same(&record);
            }
            if depth < NESTING {
                let inner = self.entry(inner, depth + 1);
                let sink = &mut *self.sink;
                merge(&mut entry, *inner, Prefer::Second, &mut |field, finding| {
                    sink.add(field, finding)
                });
            }
        }
        entry
    }

    /// The text of a record in a record with its faults mended, where that makes it one.
    fn mend_inner(&mut self, text: &str, error: &serde_json::Error) -> Option<String> {
        let mended = match mend::mend(text.as_bytes()) {
            Mend::Mended(json, length)
                if text.as_bytes()[length..].trim_ascii().is_empty() && is_record(&json) =>
            {
                Some(json)
            }
            _ => None,
        };
        let finding = match &mended {
            Some(_) => repaired(),
            None => {
                let done = "the outer record counts alone";
                Finding::new(Code::ResultStrBroken, error.to_string(), done)
            }
        };
        self.sink.add("resultStr", finding);
        mended.and_then(|json| String::from_utf8(json).ok())
    }

    /// The entry of the record itself, without the one inside it.
    fn flat(&mut self, record: &Record<'_>) -> Box<Entry> {
        let mut entry = Box::<Entry>::default();
        self.title("title", &record.title, &mut entry);
        self.title("TitleCN", &record.title_cn, &mut entry);
        self.container(record, &mut entry);
        self.abstract_text("abstract", &record.abstract_text, &mut entry);
        self.abstract_text("AbstractTextCN", &record.abstract_cn, &mut entry);
        self.authors(&record.authors, &mut entry);
        self.kind(&record.types, &mut entry);
        self.locators(record, &mut entry);
        entry.date = self.date("publicationDate", &record.date);
        entry.epub_date = self.date("EPubDate", &record.epub_date);
        self.links(record, &mut entry);
        entry.pmcid = self.string("PMCID", &record.pmcid).map(pmcid);
        entry.source_id = self.string("paperid", &record.paper_id);
        self.keywords(&record.fields_of_study, &mut entry);
        entry.metrics = self.metrics(record);
        self.left_out(record);
        entry
    }
}

/// The number in PubMed Central with its letters.
fn pmcid(text: String) -> String {
    match text.bytes().all(|b| b.is_ascii_digit()) {
        true => format!("PMC{text}"),
        false => text,
    }
}

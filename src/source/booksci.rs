//! Records of Book学术 (booksci.cn): JSON in pages of text, the record in the language of the work
//! as a string inside the record with the Chinese title.

mod fields;
mod language;
mod links;
mod page;

use std::borrow::Cow;

use language::{Evidence, lang_of};

use super::json::{Json, Record};
use super::scan::{Fault, Scanner};
use super::{Found, Layer, Reading, Sink, mend};
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
            let quotes = [(&b"\""[..], &b"\""[..]), (b"&quot;", b"&quot;"), (b"&#34;", b"&#34;")];
            quotes.iter().any(|(open, close)| {
                let named = before.ends_with(open).then(|| behind.strip_prefix(*close)).flatten();
                named.is_some_and(|rest| rest.trim_ascii_start().starts_with(b":"))
            })
        })
    })
}

/// Reads every record of a whole input.
///
/// `file` stands in the places of the diagnostics. The records come in the order of the input;
/// what is no record is passed over. `layers` takes what each part of
/// a record gives by itself.
pub fn read(input: &[u8], file: &str, mut layers: Option<&mut Vec<Layer>>) -> Reading {
    let mut reading = Reading::default();
    let mut scanner = Scanner::new(input);
    while let Some(raw) = scanner.next() {
        reading.records += 1;
        let place = Place { file: file.to_owned(), line: raw.line, record: reading.records };
        let mut sink = Sink { place, diagnostics: &mut reading.diagnostics };
        let (json, length) = match raw.fault {
            None => (raw.json, 0),
            Some(fault) => match mend::mend(&raw.json).filter(|(json, _)| is_record(json)) {
                Some((json, length)) => (Cow::Owned(json), length),
                None => {
                    sink.add("", cut_off(fault, &raw.json));
                    continue;
                }
            },
        };
        if length > 0 {
            scanner.resume_behind(length);
        }
        let loose = String::from_utf8_lossy(&raw.loose);
        if let Some(entry) = read_one(&json, length > 0, &loose, &mut sink, layers.as_deref_mut()) {
            let place = sink.place;
            reading.found.push(Found { entry, place, others: Vec::new() });
        }
    }
    reading
}

fn is_record(json: &[u8]) -> bool {
    serde_json::from_slice::<Record>(json).is_ok()
}

fn cut_off(fault: Fault, json: &[u8]) -> Finding {
    let end = json.iter().position(|b| *b == b'\n').unwrap_or(json.len()).min(60);
    let start = String::from_utf8_lossy(&json[..end]).into_owned();
    let done = match fault {
        Fault::End => "left out; the input ends before the record does: get it whole and try again",
        Fault::Control => {
            "left out; the line ends inside a string: get the record whole and try again"
        }
        Fault::Syntax => {
            "left out; the record stops before its closing brace: get it whole and try again"
        }
    };
    Finding::new(Code::RecordCutOff, start, done)
}

/// The entry of one record, or `None` and a diagnostic where it is not JSON.
fn read_one(
    json: &[u8],
    mended: bool,
    loose: &str,
    sink: &mut Sink<'_>,
    layers: Option<&mut Vec<Layer>>,
) -> Option<Entry> {
    let mended_again;
    let record = match serde_json::from_slice::<Record>(json) {
        Ok(record) => record,
        Err(error) => match mend::mend(json) {
            Some((again, _)) if is_record(&again) => {
                mended_again = again;
                sink.add("", repaired());
                serde_json::from_slice(&mended_again).ok()?
            }
            _ => {
                let utf8 = std::str::from_utf8(json).is_ok();
                let hint = if utf8 { "mend it" } else { "save the file as UTF-8" };
                sink.add(
                    "",
                    Finding::new(
                        Code::RecordBroken,
                        error.to_string(),
                        format!("left out; {hint} and try again"),
                    ),
                );
                return None;
            }
        },
    };
    if mended {
        sink.add("", repaired());
    }
    let mut reader = Reader { sink, evidence: Evidence::default(), layers };
    let mut entry = reader.entry(record, 0);
    reader.fill_from_page(loose, &mut entry);
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
    let done = "read with control characters as blanks, half characters as U+FFFD";
    Finding::new(Code::RecordRepaired, "control characters or broken escapes in strings", done)
}

struct Reader<'s, 'd> {
    sink: &'s mut Sink<'d>,
    evidence: Evidence,
    layers: Option<&'s mut Vec<Layer>>,
}

impl Reader<'_, '_> {
    /// The entry of a record, with the record inside it read and merged.
    fn entry(&mut self, mut record: Record<'_>, depth: usize) -> Entry {
        let result_str = std::mem::take(&mut record.result_str);
        let mut entry = self.flat(&record);
        if let Some(layers) = &mut self.layers {
            let (place, path) = (self.sink.place.clone(), "resultStr.".repeat(depth));
            layers.push(Layer { place, path, members: record.members(), entry: entry.clone() });
        }
        let mended;
        let inner = match &result_str {
            Json::Text(text) if matches!(text.trim(), "" | "null" | "{}") => None,
            Json::Text(text) => match serde_json::from_str(text) {
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
                merge(&mut entry, inner, Prefer::Second, &mut |field, finding| {
                    sink.add(field, finding)
                });
            }
        }
        entry
    }

    /// The text of a record in a record with its faults mended, where that makes it one.
    fn mend_inner(&mut self, text: &str, error: &serde_json::Error) -> Option<String> {
        let mended = mend::mend(text.as_bytes()).filter(|(json, length)| {
            text.as_bytes()[*length..].trim_ascii().is_empty() && is_record(json)
        });
        let finding = match &mended {
            Some(_) => repaired(),
            None => {
                let done = "the outer record counts alone";
                Finding::new(Code::ResultStrBroken, error.to_string(), done)
            }
        };
        self.sink.add("resultStr", finding);
        mended.and_then(|(json, _)| String::from_utf8(json).ok())
    }

    /// The entry of the record itself, without the one inside it.
    fn flat(&mut self, record: &Record<'_>) -> Entry {
        let mut entry = Entry::default();
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

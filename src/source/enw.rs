//! The tagged format of EndNote (EndNote manual, "Creating a tagged EndNote import file"), which
//! CNKI and Wanfang export too.

use super::carrier::{self, What};
use super::languages::language;
use super::links::{self, take_doi, take_url};
use super::span::Span;
use super::tagged::{self, Record, Tagged, name, note, plain, text};
use super::work::Work;
use super::{Layer, Reading, Sink};
use crate::diagnostic::{Code, Finding};
use crate::model::Kind;
use crate::text::date;

/// The type that a word of `%0` means, and whether the word says more.
pub const KINDS: &[(&str, Kind, bool)] = &[
    ("Journal Article", Kind::Article, false),
    ("Electronic Article", Kind::Article, true),
    ("Magazine Article", Kind::Article, true),
    ("Newspaper Article", Kind::Article, true),
    ("Conference Paper", Kind::ConferencePaper, false),
    ("Conference Proceedings", Kind::ConferencePaper, true),
    ("Book", Kind::Book, false),
    ("Edited Book", Kind::Book, true),
    ("Electronic Book", Kind::Book, true),
    ("Book Section", Kind::Chapter, false),
    ("Thesis", Kind::Thesis, false),
    ("Unpublished Work", Kind::Preprint, false),
    ("Dataset", Kind::Dataset, false),
    ("Aggregated Database", Kind::Dataset, true),
    ("Generic", Kind::Other, false),
    ("Ancient Text", Kind::Other, true),
    ("Artwork", Kind::Other, true),
    ("Audiovisual Material", Kind::Other, true),
    ("Bill", Kind::Other, true),
    ("Blog", Kind::Other, true),
    ("Case", Kind::Other, true),
    ("Catalog", Kind::Other, true),
    ("Chart or Table", Kind::Other, true),
    ("Classical Work", Kind::Other, true),
    ("Computer Program", Kind::Other, true),
    ("Dictionary", Kind::Other, true),
    ("Encyclopedia", Kind::Other, true),
    ("Equation", Kind::Other, true),
    ("Figure", Kind::Other, true),
    ("Film or Broadcast", Kind::Other, true),
    ("Government Document", Kind::Other, true),
    ("Grant", Kind::Other, true),
    ("Hearing", Kind::Other, true),
    ("Legal Rule or Regulation", Kind::Other, true),
    ("Manuscript", Kind::Other, true),
    ("Map", Kind::Other, true),
    ("Music", Kind::Other, true),
    ("Online Database", Kind::Other, true),
    ("Online Multimedia", Kind::Other, true),
    ("Pamphlet", Kind::Other, true),
    ("Patent", Kind::Other, true),
    ("Personal Communication", Kind::Other, true),
    ("Report", Kind::Other, true),
    ("Serial Publication", Kind::Other, true),
    ("Standard", Kind::Other, true),
    ("Statute", Kind::Other, true),
    ("Web Page", Kind::Other, true),
];

const FORMAT: Tagged =
    Tagged { dialect: "enw", tag, first: "%0", last: None, blank_ends: true, entry };

/// True where a line begins a record.
pub fn looks_like(text: &[u8]) -> bool {
    text.split(|b| matches!(b, b'\n' | b'\r')).any(|line| line.starts_with(b"%0 "))
}

/// Where the records of a file stand.
pub fn spans(text: &str) -> Vec<Span> {
    tagged::spans(&FORMAT, text)
}

/// Reads every record of a file.
pub fn read(input: &[u8], file: &str, layers: Option<&mut Vec<Layer>>) -> Reading {
    tagged::read(&FORMAT, input, file, layers)
}

/// `%X value`.
fn tag(line: &str) -> Option<(&str, &str)> {
    let sign = line.strip_prefix('%')?.chars().next().filter(char::is_ascii_graphic)?;
    let (tag, rest) = line.split_at(1 + sign.len_utf8());
    (rest.is_empty() || rest.starts_with(' ')).then(|| (tag, rest.trim()))
}

fn entry(record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    kind(record, work, sink);
    for value in record.take("%T") {
        let text = text("%T", &value, sink);
        work.main(What::Title, "%T", text, sink);
    }
    let in_book = matches!(work.entry.kind, Kind::Chapter | Kind::ConferencePaper);
    let container: &[&str] = if in_book { &["%B", "%J"] } else { &["%J", "%B"] };
    for tag in container {
        if !work.has(What::Container) {
            // Wanfang writes the name of the journal twice, in Chinese and in English.
            for value in record.take(tag) {
                let text = text(tag, &value, sink);
                work.main(What::Container, tag, text, sink);
            }
        }
    }
    for value in record.take("%A") {
        work.entry.authors.extend(name("%A", &value, sink));
    }
    if let Some(word) = record.take_one("%G") {
        work.language_named = true;
        work.entry.language = language(&word);
        if work.entry.language.is_none() {
            record.fields.push(("%G".into(), word));
        }
    }
    dates(record, work, sink);
    numbers(record, work, sink);
    for value in record.take("%X") {
        let text = text("%X", &value, sink);
        work.main(What::Abstract, "%X", text, sink);
    }
    for value in record.take("%K") {
        for word in value.split(';').filter_map(super::work::clean) {
            if !work.entry.keywords.contains(&word) {
                work.entry.keywords.push(word);
            }
        }
    }
    for row in carrier::ENW {
        for value in record.take(row.name) {
            if row.what == What::Authors {
                name(row.name, &value, sink)
                    .into_iter()
                    .for_each(|name| work.other_author(row.name, name));
            } else {
                let text = text(row.name, &value, sink);
                work.other(row.what, row.role, row.lang, row.name, text);
            }
        }
    }
    record.offer("%Z", |value| note("%Z", value, work, sink));
    if let Some(key) = record.take_one("%F") {
        work.entry.key = key;
    }
}

fn kind(record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    let word = record.take("%0").into_iter().next().unwrap_or_default();
    let found = KINDS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(&word));
    if found.is_none() {
        let done = "taken as the general type; the word is kept for EndNote";
        sink.add("%0", Finding::new(Code::TypeUnknown, &word, done));
    }
    let (kind, more) = found.map_or((Kind::Other, true), |(_, kind, more)| (*kind, *more));
    work.entry.kind = kind;
    work.entry.kept.kind = (more && !word.is_empty()).then_some(word);
}

/// `%8` is the date, `%D` the year alone.
fn dates(record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    let (year, whole) = (record.take_one("%D"), record.take_one("%8"));
    let year_date = year.as_deref().map(date::date);
    let whole_date = whole.as_deref().map(date::date);
    let of = |read: &Option<(Option<crate::model::Date>, Vec<Finding>)>| {
        read.as_ref().and_then(|(date, _)| *date)
    };
    // `%8 August 1` has no year of its own.
    let joined = match (of(&year_date), of(&whole_date), &whole) {
        (Some(year), None, Some(rest)) => {
            date::date(&format!("{rest} {}", year.join('-'))).0.filter(|date| date.month.is_some())
        }
        _ => None,
    };
    work.entry.date = of(&whole_date).or(joined).or(of(&year_date));
    let (tag, read) =
        if of(&whole_date).is_some() { ("%8", whole_date) } else { ("%D", year_date) };
    if work.entry.date.is_some() {
        sink.add_all(tag, read.map_or(Vec::new(), |(_, findings)| findings));
        return;
    }
    for (tag, value) in [("%D", year), ("%8", whole)] {
        if let Some(value) = value {
            sink.add(tag, Finding::new(Code::FieldKept, &value, "kept as it stands, for EndNote"));
            record.fields.push((tag.into(), value));
        }
    }
}

fn numbers(record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    let entry = &mut work.entry;
    entry.volume = plain("%V", record.take_one("%V"), sink);
    entry.issue = plain("%N", record.take_one("%N"), sink);
    entry.article_number = plain("%]", record.take_one("%]"), sink);
    if let Some(raw) = record.take_one("%P") {
        tagged::pages("%P", &raw, entry, sink);
    }
    let pmcid = |(tag, value): &(String, String)| {
        tag == "%2" && value.to_ascii_uppercase().starts_with("PMC")
    };
    if record.fields.iter().any(pmcid) {
        entry.pmcid = plain("%2", record.take_one("%2"), sink);
    }
    let arxiv =
        |(tag, value): &(String, String)| tag == "%~" && value.eq_ignore_ascii_case("arxiv");
    if record.fields.iter().any(arxiv) && record.has("%M") {
        record.take_one("%~");
        entry.arxiv = plain("%M", record.take_one("%M"), sink);
    }
    for (tag, take) in [
        ("%R", take_doi as fn(&str, &str, &mut crate::model::Entry, &mut Sink<'_>) -> bool),
        ("%U", take_url),
    ] {
        record.offer(tag, |value| value.is_empty() || take(tag, value, entry, sink));
    }
    links::arxiv(entry);
}

//! The tagged format of EndNote (EndNote manual, "Creating a tagged EndNote import file"), which
//! CNKI and Wanfang export too.

use super::carrier::{self, What};
use super::kinds::Row;
use super::span::Span;
use super::table::unmarked;
use super::tagged::{self, Line, Record, Tagged, Tags, of_tags, text};
use super::work::Work;
use super::{Layer, Reading, Sink};
use crate::diagnostic::{Code, Finding};
use crate::model::Kind;
use crate::text::date;

/// The types of `%0`.
pub const KINDS: &[Row] = &[
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

const FORMAT: Tagged = Tagged {
    dialect: "enw",
    tag,
    first: "%0",
    begins: "%0 ",
    near: |_| false,
    last: None,
    blank_ends: true,
    apart: Some("%K"),
    entry,
};

const TAGS: Tags = Tags {
    kind: ("%0", KINDS),
    authors: &["%A"],
    language: "%G",
    abstracts: &["%X"],
    keywords: "%K",
    numbers: ["%V", "%N", "%]"],
    pmcid: "%2",
    database: ["%~", "%M"],
    dois: &["%R"],
    url: "%U",
    carriers: carrier::ENW,
    notes: &[("%Z", tagged::note)],
};

/// True where a line begins a record.
pub fn looks_like(text: &[u8]) -> bool {
    text.split(|b| matches!(b, b'\n' | b'\r')).any(|line| unmarked(line).starts_with(b"%0 "))
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
fn tag(line: &str) -> Option<Line<'_>> {
    let sign = line.strip_prefix('%')?.chars().next().filter(char::is_ascii_graphic)?;
    let (tag, rest) = line.split_at(1 + sign.len_utf8());
    (rest.is_empty() || rest.starts_with(' ')).then(|| (tag.into(), rest.trim()))
}

fn entry(record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    of_tags(&TAGS, record, work, sink);
    for value in record.take("%T") {
        let text = text("%T", &value, sink);
        work.main(What::Title, "%T", text, sink);
    }
    let in_book = matches!(work.entry.kind, Kind::Chapter | Kind::ConferencePaper);
    for tag in if in_book { ["%B", "%J"] } else { ["%J", "%B"] } {
        if !work.has(What::Container) {
            // Wanfang writes the name of the journal twice, in Chinese and in English.
            for value in record.take(tag) {
                let text = text(tag, &value, sink);
                work.main(What::Container, tag, text, sink);
            }
        }
    }
    dates(record, work, sink);
    if let Some(raw) = record.take_one("%P") {
        tagged::pages("%P", &raw, &mut work.entry, sink);
    }
    work.entry.key = record.take_one("%F").unwrap_or_default();
}

/// `%8` is the date, which may lack the year (`August 1`); `%D` is the year alone. What cannot be typed
/// is written back only where no date is.
fn dates(record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    let (year, whole) = (record.take_one("%D"), record.take_one("%8"));
    let (of_year, found_in_year) = year.as_deref().map(date::date).unwrap_or_default();
    let (mut of_whole, mut found) = whole.as_deref().map(date::date).unwrap_or_default();
    if let (Some(year), None, Some(rest)) = (of_year, of_whole, &whole) {
        let joined = date::date(&format!("{rest} {}", year.join('-')));
        (of_whole, found) =
            if joined.0.is_some_and(|d| d.month.is_some()) { joined } else { (None, found) };
    }
    work.entry.date = of_whole.or(of_year);
    sink.add_all("%D", if of_whole.is_none() { found_in_year } else { Vec::new() });
    sink.add_all("%8", if of_whole.is_some() { found } else { Vec::new() });
    for (tag, value, typed) in [("%D", year, of_year), ("%8", whole, of_whole)] {
        let Some(value) = value.filter(|_| typed.is_none()) else { continue };
        let (code, done) = match work.entry.date {
            Some(_) => (Code::FieldLost, "left out: the entry has a date from elsewhere"),
            None => (Code::FieldKept, "kept as it stands, for EndNote alone: it is no date"),
        };
        sink.add(tag, Finding::new(code, &value, done));
        if work.entry.date.is_none() {
            record.fields.push((tag.into(), value));
        }
    }
}

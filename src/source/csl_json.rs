//! CSL-JSON (CSL 1.0.2, `csl-data.json`), as Zotero, citeproc and pandoc write it, the additions of
//! CSL-M and our own `custom` included.

mod date;
mod item;
pub(super) mod items;
mod names;
mod repeated;
mod spans;

use memchr::memmem;
use serde_json::value::RawValue;

pub use spans::spans;

use self::items::{End, Piece, Stray};
use super::json::Json;
use super::kinds::Row;
use super::strays;
use super::{Found, Layer, Reading, Sink};
use crate::diagnostic::{Code, Finding, Place};
use crate::model::Kind;

/// The type that a word means, and whether the word says more (CSL 1.0.2 specification, appendix
/// III). Preprints have the type `article`.
pub const KINDS: &[Row] = &[
    ("article-journal", Kind::Article, false),
    ("article-magazine", Kind::Article, true),
    ("article-newspaper", Kind::Article, true),
    // The review of another work, which is no review article.
    ("review", Kind::Article, true),
    ("review-book", Kind::Article, true),
    ("paper-conference", Kind::ConferencePaper, false),
    ("book", Kind::Book, false),
    ("classic", Kind::Book, true),
    ("collection", Kind::Book, true),
    ("chapter", Kind::Chapter, false),
    ("entry", Kind::Chapter, true),
    ("entry-dictionary", Kind::Chapter, true),
    ("entry-encyclopedia", Kind::Chapter, true),
    ("thesis", Kind::Thesis, false),
    ("article", Kind::Preprint, false),
    ("dataset", Kind::Dataset, false),
    ("document", Kind::Other, false),
    ("bill", Kind::Other, true),
    ("broadcast", Kind::Other, true),
    ("event", Kind::Other, true),
    ("figure", Kind::Other, true),
    ("graphic", Kind::Other, true),
    ("hearing", Kind::Other, true),
    ("interview", Kind::Other, true),
    ("legal_case", Kind::Other, true),
    ("legislation", Kind::Other, true),
    ("manuscript", Kind::Other, true),
    ("map", Kind::Other, true),
    ("motion_picture", Kind::Other, true),
    ("musical_score", Kind::Other, true),
    ("pamphlet", Kind::Other, true),
    ("patent", Kind::Other, true),
    ("performance", Kind::Other, true),
    ("periodical", Kind::Other, true),
    ("personal_communication", Kind::Other, true),
    ("post", Kind::Other, true),
    ("post-weblog", Kind::Other, true),
    ("regulation", Kind::Other, true),
    ("report", Kind::Other, true),
    ("software", Kind::Other, true),
    ("song", Kind::Other, true),
    ("speech", Kind::Other, true),
    ("standard", Kind::Other, true),
    ("treaty", Kind::Other, true),
    ("webpage", Kind::Other, true),
];

/// True for JSON in which a member `type` has a word of CSL, unless authors and DOIs stand where
/// booksci.cn has them, and nowhere as CSL names them.
pub fn looks_like(text: &[u8]) -> bool {
    let begins = matches!(text.trim_ascii_start().first(), Some(b'[' | b'{'));
    let has =
        |names: &[&str]| names.iter().any(|name| memmem::find(text, name.as_bytes()).is_some());
    let other = || {
        has(&["\"authors\"", "\"doi\""])
            && !has(&["\"author\"", "\"DOI\"", "\"container-title\"", "\"issued\""])
    };
    begins
        && memmem::find_iter(text, b"\"type\"").any(|at| {
            let behind = text[at + 6..].trim_ascii_start();
            let value = behind.strip_prefix(b":").map(<[u8]>::trim_ascii_start);
            let word = value.and_then(|v| v.strip_prefix(b"\"")).unwrap_or_default();
            let word = word.split(|b| *b == b'"').next().unwrap_or_default();
            KINDS.iter().any(|(known, ..)| known.as_bytes() == word)
        })
        && !other()
}

/// Reads every item of a file. A broken one is told and costs no other.
pub fn read(input: &[u8], file: &str, mut layers: Option<&mut Vec<Layer>>) -> Reading {
    let text = String::from_utf8_lossy(input);
    let mut reading = Reading::default();
    let items::Pieces { items, strays } = items::pieces(&text);
    for Stray { line, text } in strays {
        let place = Place { file: file.into(), line, record: 0 };
        let mut sink = Sink { place, diagnostics: &mut reading.diagnostics };
        if let Some(stray) = strays::Stray::first(text) {
            sink.place.line += text[..stray.at].matches('\n').count();
            sink.add("", stray.told(text));
            continue;
        }
        let start: String = text.chars().take(60).collect();
        let done = "left out: an item is an object, {…}";
        sink.add("", Finding::new(Code::ValueLost, start, done));
    }
    for Piece { line, json, end } in items {
        reading.records += 1;
        let place = Place { file: file.into(), line, record: reading.records };
        let mut sink = Sink { place: place.clone(), diagnostics: &mut reading.diagnostics };
        let members = match serde_json::from_str::<items::Members<'_>>(json) {
            Ok(items::Members(members)) => members,
            Err(error) => {
                sink.add("", broken(json, end, &error));
                continue;
            }
        };
        if members.is_empty() {
            let done = "left out: an item has members such as \"type\" and \"title\"";
            sink.add("", Finding::new(Code::RecordBroken, "{}", done));
            continue;
        }
        let shown = |(name, raw): &(String, &RawValue)| {
            let value = Json::parse(raw.get());
            (name.clone(), value.map_or_else(|_| raw.get().to_owned(), |v| v.to_string()))
        };
        let shown = layers.is_some().then(|| members.iter().map(shown).collect());
        let entry = item::entry(members, &mut sink);
        if let (Some(layers), Some(members)) = (&mut layers, shown) {
            let (path, entry) = (String::new(), entry.clone());
            layers.push(Layer { place: place.clone(), path, members, entry });
        }
        let entry = Box::new(entry);
        reading.found.push(Found { entry, place, others: Vec::new(), verbatim: Vec::new() });
    }
    reading
}

fn broken(json: &str, end: End, error: &serde_json::Error) -> Finding {
    let start: String = json.chars().take(60).collect();
    match end {
        End::Whole => {
            let done = "left out; mend it and try again";
            Finding::new(Code::RecordBroken, format!("{error}: {start}"), done)
        }
        End::CutOff => {
            let done = "left out; the item stops before its closing brace: get it whole";
            Finding::new(Code::RecordCutOff, start, done)
        }
        End::Unread => {
            let done = "left out with all that follows: too many items before it never close; \
                        mend them and try again";
            Finding::new(Code::RecordBroken, start, done)
        }
    }
}

//! What holds for any bytes: a function for each target. `cargo fuzz` looks for bytes for which it
//! does not; `tests/fuzz.rs` runs them over the corpus, and over changed pieces of it.

pub mod libraries;

use std::io::Read;
use std::sync::OnceLock;

use bibilingual::diagnostic::{Code, Diagnostic};
use bibilingual::export::{Options, Plan, run};
use bibilingual::format::Renderer;
use bibilingual::model::{Entry, Name, Text};
use bibilingual::source::{self, Batches, Limits, Reading, Rejected, Source};
use bibilingual::text::{date, doi, kind, locator, loose, markup, names, title, url};
use bibilingual::{FORMATS, Format, key};

/// A target: its name, the folder of its corpus, and what it does with bytes.
pub type Target = (&'static str, &'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("page", "page", page),
    ("title", "title", clean_title),
    ("markup", "markup", clean_markup),
    ("names", "names", clean_names),
    ("locators", "locators", clean_locators),
    ("links", "links", clean_links),
    ("loose", "loose", loose_text),
    ("bibtex", "record", |data| written("bibtex", data)),
    ("biblatex", "record", |data| written("biblatex", data)),
    ("ris", "record", |data| written("ris", data)),
    ("csl-json", "record", |data| written("csl-json", data)),
    ("enw", "record", |data| written("enw", data)),
    ("noteexpress", "record", |data| written("noteexpress", data)),
    ("hayagriva", "record", |data| written("hayagriva", data)),
    ("read-bibtex", "library-bibtex", |data| {
        libraries::read("bibtex", &["bibtex", "biblatex"], data)
    }),
    ("read-csl-json", "library-csl-json", |data| libraries::read("csl-json", &["csl-json"], data)),
    ("read-ris", "library-ris", |data| libraries::read("ris", &["ris"], data)),
    ("read-enw", "library-enw", |data| libraries::read("enw", &["enw"], data)),
    ("merge", "merge", libraries::merge),
];

/// A reader that gives a few bytes at a time.
struct Drops<'a>(&'a [u8], usize);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.0.len().min(self.1).min(buffer.len());
        buffer[..length].copy_from_slice(&self.0[..length]);
        self.0 = &self.0[length..];
        Ok(length)
    }
}

fn reading(data: &[u8], step: usize, limits: Limits) -> Reading {
    let from = Source::by_name("booksci");
    let options = source::Options { limits, verbatim: true, from };
    let mut all = Reading::default();
    for batch in Batches::new(Drops(data, step), "input", options).flatten() {
        if let Ok(part) = batch.read() {
            all.extend(part);
        }
    }
    all
}

/// Records in any text: each becomes an entry or is told of, however the text comes.
pub fn page(data: &[u8]) {
    let all = reading(data, usize::MAX, Limits::default());
    assert_eq!(all.found.len() + records(&all.rejected), all.records);
    assert_eq!(reading(data, 3, Limits::default()), all);
    let small = Limits { record_size: 40, depth: 3, authors: 2 };
    let few = reading(data, usize::MAX, small);
    assert_eq!(few.found.len() + records(&few.rejected), few.records);
    all.found.iter().for_each(|found| is_clean_entry(&found.entry));
}

/// How many are records: what is rejected of the text around them has no number, or that of the record behind.
fn records(rejected: &[Rejected]) -> usize {
    let is_record = |told: &Diagnostic| told.place.record > 0 && told.field != "page";
    rejected.iter().filter(|rejected| rejected.reasons.iter().any(is_record)).count()
}

fn is_clean_entry(entry: &Entry) {
    for both in [&entry.title, &entry.container_title, &entry.abstract_text] {
        [&both.zh, &both.en].into_iter().flatten().for_each(is_clean_text);
    }
    entry.authors.iter().for_each(is_clean_name);
    assert!(!key::base(entry, &Default::default()).is_empty());
}

/// What holds for every clean value: it is there, on one line, without blanks at its ends.
fn is_clean(text: &str) {
    assert!(!text.is_empty());
    assert_eq!(text.trim(), text);
    assert!(!text.contains(char::is_control), "{text:?}");
}

fn is_clean_text(text: &Text) {
    is_clean(text.plain());
    for mark in text.marks() {
        assert!(text.plain().get(mark.range.clone()).is_some_and(|part| !part.is_empty()));
    }
}

fn is_clean_name(name: &Name) {
    is_clean(&name.family);
    assert!(!name.family.contains("  "), "{name:?}");
    for part in [&name.given, &name.prefix, &name.suffix].into_iter().flatten() {
        is_clean(part);
    }
    name.other.iter().for_each(|other| is_clean_name(other));
}

/// Titles.
pub fn clean_title(data: &[u8]) {
    let raw = String::from_utf8_lossy(data);
    let once = title::clean_title(&raw).text;
    if !once.is_empty() {
        is_clean_text(&once);
    }
    title::telling_words(once.plain()).for_each(|word| assert!(!word.is_empty()));
}

/// Abstracts, journals and all other text.
pub fn clean_markup(data: &[u8]) {
    let text = markup::to_text(&String::from_utf8_lossy(data)).text;
    if !text.is_empty() {
        is_clean_text(&text);
    }
}

/// Lists of authors.
pub fn clean_names(data: &[u8]) {
    let raw = String::from_utf8_lossy(data);
    names::split_authors(&raw).names.iter().for_each(is_clean_name);
    names::one_author(&raw).names.iter().for_each(is_clean_name);
}

/// Volumes, issues and pages.
pub fn clean_locators(data: &[u8]) {
    let raw = String::from_utf8_lossy(data);
    let (volume, issue, pages) =
        (locator::volume(&raw), locator::issue(&raw), locator::pages(&raw));
    for value in [volume.volume, volume.issue, issue.issue, pages.article_number].iter().flatten() {
        is_clean(value);
    }
    if let Some(pages) = pages.pages {
        is_clean(&pages.join("-"));
    }
}

/// DOIs, addresses, dates and types.
pub fn clean_links(data: &[u8]) {
    let raw = String::from_utf8_lossy(data);
    if let Some(found) = doi::doi(&raw) {
        is_clean(&found);
        assert_eq!(doi::doi(&found), Some(found));
    }
    url::link(&raw);
    if let (Some(date), _) = date::date(&raw) {
        assert_eq!(date::date(&date.join('-')).0, Some(date));
    }
    kind::kind(&raw);
}

/// The text between records.
pub fn loose_text(data: &[u8]) {
    let raw = String::from_utf8_lossy(data);
    loose::read(&raw);
    let english = raw.lines().next().unwrap_or_default();
    if let Some(chinese) = loose::chinese_title(&raw, english) {
        assert!(raw.contains(chinese));
    }
}

/// What writes a format, made once: it would take most of the time of every execution.
fn renderer(format: &'static Format) -> &'static Renderer {
    static RENDERERS: OnceLock<Vec<Renderer>> = OnceLock::new();
    let all = RENDERERS.get_or_init(|| FORMATS.iter().map(Renderer::built_in).collect());
    all.iter().find(|renderer| renderer.format().name == format.name).expect("a format")
}

/// A record with any values, written and read back by a reader of its format.
pub fn written(format: &str, data: &[u8]) {
    const MEMBERS: [&str; 9] = [
        "title",
        "authors",
        "abstract",
        "doi",
        "url",
        "publicationDate",
        "publicationTypes",
        "TitleCN",
        "fieldsOfStudy",
    ];
    let mut values = data.split(|b| *b == 0x1E).map(String::from_utf8_lossy);
    let mut record = serde_json::Map::new();
    for member in MEMBERS {
        record.insert(member.into(), values.next().unwrap_or_default().into());
    }
    let [name, volume, pages] = [0; 3].map(|_| values.next().unwrap_or_default());
    record.insert(
        "journal".into(),
        serde_json::json!({"name": name, "volume": volume, "pages": pages}),
    );
    let input = serde_json::Value::from(record).to_string();

    let renderers = std::slice::from_ref(renderer(Format::by_name(format).expect("a format")));
    let options = Options::default();
    let plan = Plan { renderers, verify: true, ..Plan::new(&options) };
    let batches = Batches::new(input.as_bytes(), "input", source::Options::default());
    let mut entries = 0;
    run(batches, &plan, &mut |part| {
        let lost = |code| matches!(code, Code::NotReadBack | Code::NotRendered);
        assert!(!part.diagnostics.iter().any(|d| lost(d.code)), "{input}\n{:?}", part.diagnostics);
        entries += part.rendered.iter().map(|rendered| rendered.entries).sum::<usize>();
        Ok(())
    })
    .expect("nothing that stops a run");
    assert_eq!(entries, 1, "{input}");
}

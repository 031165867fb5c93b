//! The corpora that `benches/` measures with: what the generator means is what comes out, so that
//! no number is one of a program that loses records.

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use std::collections::HashSet;

use bibilingual::model::{Entry, Name, Text};
use bibilingual::{FORMATS, Options, convert, join, source};
use corpus::{Corpus, Family, Layout, Record, Shape};

const SHAPES: [Shape; 3] = [Shape::Detail, Shape::List, Shape::Mixed];
const LAYOUTS: [Layout; 3] = [Layout::Jsonl, Layout::Array, Layout::Page];
const RECORDS: u64 = 150;

#[test]
fn the_same_seed_gives_the_same_bytes_and_a_longer_corpus_begins_with_the_shorter() {
    for shape in SHAPES {
        for layout in [Layout::Jsonl, Layout::Page] {
            let corpus = Corpus { shape, seed: 7, repeats: 5 };
            let text = corpus.text(layout, 50);
            assert_eq!(text, corpus.text(layout, 50));
            assert!(corpus.text(layout, 60).starts_with(&text));
            let mut parts = corpus.text(layout, 20).into_bytes();
            corpus.write(layout, 20..50, &mut parts).expect("memory takes everything");
            assert_eq!(text.as_bytes(), parts);
            assert_ne!(text, Corpus { seed: 8, ..corpus }.text(layout, 50));
        }
    }
}

/// The bytes of one corpus, so that a change of the generator does not pass for a change of speed.
#[test]
fn the_stream_of_numbers_does_not_change() {
    let text = Corpus { shape: Shape::Mixed, seed: 1, repeats: 10 }.text(Layout::Page, 1000);
    // FNV-1a, 64 bits.
    let sum = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    assert_eq!(
        (text.len(), sum),
        (4_511_229, 4_934_222_655_093_969_035),
        "the corpus is another one: measure everything again"
    );
}

#[test]
fn what_was_meant_comes_out_of_every_shape_and_layout() {
    for shape in SHAPES {
        for layout in LAYOUTS {
            let corpus = Corpus::new(shape, 3);
            let reading = source::read(corpus.text(layout, RECORDS).as_bytes(), "corpus").unwrap();
            assert_eq!(reading.records as u64, RECORDS, "{shape:?} {layout:?}");
            assert_eq!(reading.found.len() as u64, RECORDS, "{shape:?} {layout:?}");
            for (index, found) in reading.found.iter().enumerate() {
                is_meant(&corpus.record(index as u64), &found.entry, layout);
            }
        }
    }
}

fn is_meant(record: &Record, entry: &Entry, layout: Layout) {
    let work = &record.work;
    let plain = |text: &Option<Text>| text.as_ref().map(|text| text.plain().to_owned());
    // A hyphen is written as one, whichever character it was.
    assert_eq!(plain(&entry.title.en), Some(work.title_en.replace('\u{2010}', "-")));
    let told = record.family == Family::Detail || (layout == Layout::Page && record.titled);
    let chinese = told.then_some(work.title_zh.as_str());
    assert_eq!(plain(&entry.title.zh).as_deref(), chinese, "{}", record.before);
    let names: Vec<_> = entry.authors.iter().map(parts).collect();
    let meant: Vec<_> =
        work.authors.iter().map(|p| (p.given.as_str(), p.prefix, p.family)).collect();
    assert_eq!(names, meant, "{}", record.json);
    let locator = &work.locator;
    assert_eq!(entry.volume, locator.volume, "{}", record.json);
    assert_eq!(entry.issue, locator.issue, "{}", record.json);
    let pages = entry.pages.as_ref().map(|p| (p.first.clone(), p.last.clone().unwrap_or_default()));
    assert_eq!(pages, locator.pages, "{}", record.json);
    assert_eq!(entry.article_number, locator.article, "{}", record.json);
    assert_eq!(entry.doi.as_ref(), Some(&work.doi), "{}", record.json);
    assert_eq!(entry.date.map(|date| date.join('-')), Some(work.date_raw()));
    let text = plain(&entry.abstract_text.en).unwrap_or_default();
    assert_eq!(text.is_empty(), record.json.contains(r#""abstract":"","#), "{}", record.json);
    assert!(text.is_empty() || text.len() > 900, "{text}");
}

fn parts(name: &Name) -> (&str, Option<&str>, &str) {
    (name.given.as_deref().unwrap_or_default(), name.prefix.as_deref(), &name.family)
}

#[test]
fn every_format_takes_every_record() {
    let text = Corpus::new(Shape::Mixed, 5).text(Layout::Page, RECORDS);
    for format in FORMATS {
        let converted = convert(text.as_bytes(), "corpus", format, &Options::default()).unwrap();
        assert_eq!(converted.entries as u64, RECORDS, "{}", format.name);
    }
}

#[test]
fn repeats_are_records_of_the_same_works() {
    let corpus = Corpus { shape: Shape::Mixed, seed: 2, repeats: 30 };
    let works: HashSet<u64> = (0..RECORDS).map(|index| corpus.work_of(index)).collect();
    let repeats = RECORDS - works.len() as u64;
    assert!((30..60).contains(&repeats), "{repeats} of {RECORDS}");
    let reading = source::read(corpus.text(Layout::Jsonl, RECORDS).as_bytes(), "corpus").unwrap();
    let joined = join::join(reading.found, &mut Vec::new());
    assert_eq!(joined.len(), works.len());
}

#[test]
fn everything_that_the_survey_saw_is_in_a_corpus() {
    let text = Corpus::new(Shape::Mixed, 1).text(Layout::Page, 3000);
    for seen in [
        ", ",
        ";",
        ",&nbsp;",
        " ,&nbsp;",
        "van der Vet",
        "O'Sullivan",
        "Lárraga",
        "Brito e Abreu",
        "\"volume\":\"1 1\",\"pages\":\"1-",
        "\"volume\":\"PP \",\"pages\":\"\"",
        "\"volume\":null,\"pages\":null",
        "\"pages\":\"Pages ",
        "\"pages\":\"Article ",
        "\"abstract\":\"\"",
        "\"abstract\":\"<p><p>",
        "\"abstract\":\"<div><div>",
        "\"abstract\":\"<h3 data-test=",
        "\"abstract\":\"<div>\\u0000 \\u0000 <p>",
        "mjx-container",
        "<inline-formula>",
        "text{pA}/sqrt",
        "&gt;",
        "altimg",
        "<picture>",
        "\"doi\":\"https://dl.acm",
        "\"DOIUrl\":\"10.5555/",
        "\"DOIUrl\":\"https://doi.org/",
        "\"DOIUrl\":null",
        "model‐based",
        "linear–quadratic",
        "\"openAccessPdf\":\"https://sci-hub",
        "\"openAccessPdf\":\"\"",
        "引用次数",
        "期刊介绍",
        "最新文献",
        "\"resultStr\":\"{\\\"title\\\":",
        "-01\",",
        "...\"",
        "..</p>",
        "?\"",
        "&",
        "0000,\"publicationDate\"",
    ] {
        assert!(text.contains(seen), "{seen}");
    }
}

#[test]
fn the_floor_counts_records_and_the_ones_in_them() {
    for (shape, layers) in [(Shape::Detail, 2), (Shape::List, 1)] {
        let text = Corpus::new(shape, 1).text(Layout::Jsonl, 50);
        assert_eq!(source::floor(text.as_bytes()), (50, 50 * layers));
        let broken = format!("{text}{{\"title\"");
        assert_eq!(source::floor(broken.as_bytes()), (50, 50 * layers));
    }
}

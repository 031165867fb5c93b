//! The parts of a conversion, each by itself, in records and bytes a second: `cargo bench`, or
//! `cargo bench -- convert/bibtex` for some of them. Whole programs: `compare.sh`.

#[path = "corpus/mod.rs"]
mod corpus;

use std::hint::black_box;
use std::time::Duration;

use bibilingual::export::{Options, Ready, prepare};
use bibilingual::format::Renderer;
use bibilingual::key::{self, Keys};
use bibilingual::text::pinyin::Overrides;
use bibilingual::text::{case, date, doi, kind, locator, loose, markup, names, title, url};
use bibilingual::{FORMATS, convert, source, verify};
use corpus::{Corpus, Layout, Shape};
use criterion::measurement::WallTime;
use criterion::{
    BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main,
};

const SHAPES: [(&str, Shape); 3] =
    [("detail", Shape::Detail), ("list", Shape::List), ("mixed", Shape::Mixed)];

/// Enough for every oddity of the generator, little enough to stay in the caches of a processor.
const RECORDS: u64 = 200;

fn text(shape: Shape) -> String {
    Corpus::new(shape, 1).text(Layout::Jsonl, RECORDS)
}

/// Says that one round takes all records, in so many bytes.
fn of_records(group: &mut BenchmarkGroup<'_, WallTime>, bytes: usize) {
    group.throughput(Throughput::ElementsAndBytes { elements: RECORDS, bytes: bytes as u64 });
}

/// Parsing alone, which nothing that reads JSON can be faster than.
fn floor(c: &mut Criterion) {
    let mut group = c.benchmark_group("floor");
    for (name, shape) in SHAPES {
        let text = text(shape);
        of_records(&mut group, text.len());
        group.bench_function(name, |b| b.iter(|| source::floor(black_box(text.as_bytes()))));
    }
}

/// From bytes to entries: finding the records, parsing and cleaning them.
fn read(c: &mut Criterion) {
    let mut group = c.benchmark_group("read");
    for (name, shape) in SHAPES {
        let text = text(shape);
        of_records(&mut group, text.len());
        group.bench_function(name, |b| b.iter(|| source::read(black_box(text.as_bytes()), "")));
        let page = Corpus::new(shape, 1).text(Layout::Page, RECORDS);
        of_records(&mut group, page.len());
        let name = format!("{name}-pages");
        group.bench_function(name, |b| b.iter(|| source::read(black_box(page.as_bytes()), "")));
    }
}

/// Finding records alone: the same bytes, but that no object has the members that make it one.
fn scan(c: &mut Criterion) {
    let mut group = c.benchmark_group("scan");
    for (name, shape) in SHAPES {
        let mut text = text(shape);
        for (member, other) in [
            ("\"title\":", "\"_itle\":"),
            ("\"TitleCN\":", "\"_itleCN\":"),
            ("\"resultStr\":", "\"_esultStr\":"),
        ] {
            text = text.replace(member, other);
        }
        assert!(source::read(text.as_bytes(), "").is_err(), "there is still a record");
        of_records(&mut group, text.len());
        group.bench_function(name, |b| b.iter(|| source::read(black_box(text.as_bytes()), "")));
    }
}

/// From bytes to a file, in memory.
fn whole(c: &mut Criterion) {
    let mut group = c.benchmark_group("convert");
    for (shape_name, shape) in SHAPES {
        let text = text(shape);
        of_records(&mut group, text.len());
        for format in FORMATS {
            let name = format!("{}/{shape_name}", format.name);
            let options = Options::default();
            let run = || convert(black_box(text.as_bytes()), "", format, &options);
            assert_eq!(run().expect("records").entries as u64, RECORDS);
            group.bench_function(name, |b| b.iter(run));
        }
    }
}

/// Each cleaner over the values that it gets from list records.
fn clean(c: &mut Criterion) {
    let records: Vec<serde_json::Value> = text(Shape::List)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a record"))
        .collect();
    let column = |path: &str| -> Vec<String> {
        let value = |record: &serde_json::Value| record.pointer(path).cloned().unwrap_or_default();
        records.iter().map(|r| value(r).as_str().unwrap_or_default().to_owned()).collect()
    };
    let corpus = Corpus::new(Shape::List, 1);
    let pages: Vec<String> = (0..RECORDS).map(|index| corpus.record(index).before).collect();
    let mut group = c.benchmark_group("clean");
    each(&mut group, "abstract", &column("/abstract"), markup::to_text);
    each(&mut group, "title", &column("/title"), title::clean_title);
    each(&mut group, "title-case", &column("/title"), |raw| case::protect(&raw.into()));
    each(&mut group, "authors", &column("/authors"), names::split_authors);
    each(&mut group, "volume", &column("/journal/volume"), locator::volume);
    each(&mut group, "pages", &column("/journal/pages"), locator::pages);
    each(&mut group, "date", &column("/publicationDate"), date::date);
    each(&mut group, "doi", &column("/doi"), doi::doi);
    each(&mut group, "link", &column("/DOIUrl"), url::link);
    each(&mut group, "kind", &column("/publicationTypes"), kind::kind);
    each(&mut group, "loose", &pages, loose::read);
    each(&mut group, "article-language", &column("/abstract"), title::article_language);
}

fn each<T>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    column: &[String],
    clean: impl Fn(&str) -> T,
) {
    of_records(group, column.iter().map(String::len).sum());
    group.bench_function(name, |b| {
        b.iter(|| column.iter().for_each(|raw| drop(black_box(clean(black_box(raw))))));
    });
}

fn keys(c: &mut Criterion) {
    let reading = source::read(text(Shape::Mixed).as_bytes(), "").expect("records");
    let readings = Overrides::default();
    let mut group = c.benchmark_group("key");
    group.throughput(Throughput::Elements(RECORDS));
    group.bench_function("base", |b| {
        b.iter(|| {
            reading.found.iter().for_each(|f| drop(black_box(key::base(&f.entry, &readings))));
        });
    });
    // All alike is the worst that can come, and what a short vocabulary of titles comes near to.
    for (name, count) in [("unique", RECORDS as usize), ("unique-of-8-alike", RECORDS as usize / 8)]
    {
        let bases: Vec<String> =
            (0..RECORDS as usize).map(|at| format!("zhang2023word{}", at % count)).collect();
        group.bench_function(name, |b| {
            b.iter_batched(
                || bases.clone(),
                |bases| {
                    let mut keys = Keys::default();
                    bases.into_iter().for_each(|base| drop(black_box(keys.unique(base))));
                },
                BatchSize::SmallInput,
            );
        });
    }
}

fn ready() -> Vec<Ready> {
    let reading = source::read(text(Shape::Mixed).as_bytes(), "").expect("records");
    prepare(reading.found, &Options::default(), &mut Keys::default(), &mut Vec::new())
        .expect("options")
}

/// From an entry to its text, the compiling of the templates, and reading back.
fn render(c: &mut Criterion) {
    let ready = ready();
    for format in FORMATS {
        let renderer = Renderer::built_in(format);
        let texts: Vec<String> =
            ready.iter().map(|r| renderer.entry(&r.view).expect("an entry")).collect();
        let bytes = texts.iter().map(String::len).sum();
        let mut group = c.benchmark_group("render");
        of_records(&mut group, bytes);
        group.bench_function(format.name, |b| {
            b.iter(|| ready.iter().for_each(|r| drop(black_box(renderer.entry(&r.view)))));
        });
        group.finish();
        c.benchmark_group("compile")
            .bench_function(format.name, |b| b.iter(|| Renderer::built_in(black_box(format))));
        let Some(dialect) = format.dialect else { continue };
        let mut group = c.benchmark_group("read-back");
        of_records(&mut group, bytes);
        group.bench_function(format.name, |b| {
            b.iter(|| {
                for (text, ready) in texts.iter().zip(&ready) {
                    let verified = verify::verify(dialect, text, &ready.view, &|_| true);
                    assert!(black_box(verified).is_ok());
                }
            });
        });
    }
}

/// So little time for each that all of them take two minutes or so.
fn short() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800))
        .without_plots()
}

criterion_group! {
    name = benches;
    config = short();
    targets = floor, scan, read, clean, keys, render, whole
}
criterion_main!(benches);

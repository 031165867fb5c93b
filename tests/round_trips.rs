//! Any entry goes out in a format, comes in again with our reader, and is the same entry, but for the
//! losses that `round_trips/losses.rs` has a row for: a loss without a row fails, and so does a row
//! whose loss no longer happens.

#[path = "round_trips/entries.rs"]
mod entries;
#[path = "round_trips/losses.rs"]
mod losses;
mod support;

use std::fs;

use bibilingual::Format;
use bibilingual::diagnostic::Place;
use bibilingual::export::{Options, prepare};
use bibilingual::format::Renderer;
use bibilingual::key::Keys;
use bibilingual::model::Entry;
use bibilingual::source::{self, Found, Source};
use losses::{FORMATS, LOSSES, expected};
use proptest::prelude::*;
use support::{cases, data_dir, line_diff};

/// The entries as a file of the format.
fn written(entries: &[Entry], format: &str) -> String {
    let found = entries.iter().map(|entry| Found {
        entry: Box::new(entry.clone()),
        place: Place::default(),
        others: Vec::new(),
        verbatim: Vec::new(),
    });
    let options = Options::default();
    let mut told = Vec::new();
    let ready = prepare(found.collect(), &options, &mut Keys::default(), &mut told).expect("ready");
    let renderer = Renderer::built_in(Format::by_name(format).expect("a format"));
    let [before, between, after] = renderer.frame();
    let texts = ready.iter().map(|one| renderer.entry(&one.view).expect("rendered"));
    format!("{before}{}{after}", texts.collect::<Vec<_>>().join(between))
}

/// The one entry of a file; the source is told by the text alone.
fn read_back(text: &str) -> Result<Entry, String> {
    let reading = source::read(text.as_bytes(), "file").map_err(|e| format!("{e}\n{text}"))?;
    match &reading.found[..] {
        [one] => Ok(*one.entry.clone()),
        _ => Err(format!("{} entries in {text}\n{:?}", reading.found.len(), reading.diagnostics)),
    }
}

/// What differs, line by line.
fn difference(meant: &Entry, there: &Entry) -> String {
    line_diff(&format!("{meant:#?}\n"), &format!("{there:#?}\n"))
}

/// Goes out in each format in turn, and must come back as the table says.
fn trip(entry: &Entry, formats: &[&'static str]) -> Result<(), TestCaseError> {
    let (mut there, mut meant) = (entry.clone(), entry.clone());
    for format in formats {
        let text = written(&[there], format);
        there = read_back(&text).map_err(TestCaseError::fail)?;
        meant = expected(&meant, format);
        prop_assert!(there == meant, "{}:\n{}\n{}", format, difference(&meant, &there), text);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn bibtex(entry in entries::entry()) { trip(&entry, &["bibtex"])?; }

    #[test]
    fn biblatex(entry in entries::entry()) { trip(&entry, &["biblatex"])?; }

    #[test]
    fn ris(entry in entries::entry()) { trip(&entry, &["ris"])?; }

    #[test]
    fn csl_json(entry in entries::entry()) { trip(&entry, &["csl-json"])?; }

    #[test]
    fn enw(entry in entries::entry()) { trip(&entry, &["enw"])?; }

    #[test]
    fn any_chain(
        entry in entries::entry(), chain in prop::collection::vec(prop::sample::select(FORMATS.to_vec()), 2..5),
    ) { trip(&entry, &chain)?; }

    #[test]
    fn csl_json_bibtex_csl_json(entry in entries::entry()) {
        trip(&entry, &["csl-json", "bibtex", "csl-json"])?;
    }

    #[test]
    fn ris_biblatex_ris(entry in entries::entry()) { trip(&entry, &["ris", "biblatex", "ris"])?; }

    /// Files of several entries come apart where they were put together.
    #[test]
    fn many(entries in prop::collection::vec(entries::entry(), 1..5), format in prop::sample::select(FORMATS.to_vec())) {
        let text = written(&entries, format);
        let reading = source::read(text.as_bytes(), "file").map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(reading.found.len(), entries.len(), "{}", text);
    }
}

#[test]
fn every_row_of_the_table_still_happens() {
    for loss in LOSSES {
        for format in loss.formats {
            let example = (loss.example)();
            let there = read_back(&written(std::slice::from_ref(&example), format)).unwrap();
            let meant = expected(&example, format);
            assert!(there == meant, "{}: {format}:\n{}", loss.name, difference(&meant, &there));
            let others = LOSSES.iter().filter(|row| row.name != loss.name);
            let without = losses::fold(&example, format, others);
            assert_ne!(there, without, "{}: {format} loses nothing any more", loss.name);
        }
    }
}

#[test]
fn the_names_of_losses_differ() {
    for (at, loss) in LOSSES.iter().enumerate() {
        assert!(LOSSES[..at].iter().all(|other| other.name != loss.name), "{}", loss.name);
        assert!(loss.formats.iter().all(|format| FORMATS.contains(format)), "{}", loss.name);
    }
}

/// The files of every case, read with our readers, give the entries that its input gave.
#[test]
fn the_files_of_the_cases_give_the_entries_of_their_inputs() {
    let files = [
        ("bibtex", "expected.bib"),
        ("biblatex", "expected.biblatex.bib"),
        ("ris", "expected.ris"),
        ("csl-json", "expected.csl.json"),
        ("enw", "expected.enw"),
    ];
    let mut compared = 0;
    for case in cases() {
        // Options that leave out fields or choose the main title change what is meant.
        if case.folder.join("args.txt").exists() {
            continue;
        }
        let input = fs::read(case.folder.join(&case.input)).unwrap();
        let reading = source::read(&input, &case.input).unwrap();
        let mut told = Vec::new();
        let joined = bibilingual::join::join(reading.found, &mut told);
        let ready = prepare(joined, &Options::default(), &mut Keys::default(), &mut told).unwrap();
        let meant: Vec<Entry> = ready.iter().map(|one| one.view.entry().clone()).collect();
        for (format, file) in files {
            let text = fs::read(case.folder.join(file)).unwrap();
            if meant.is_empty() {
                continue;
            }
            let back = source::read(&text, file).unwrap();
            assert_eq!(back.found.len(), meant.len(), "{}: {file}", case.name);
            for (found, meant) in back.found.iter().zip(&meant) {
                let meant = expected(meant, format);
                let difference = difference(&meant, &found.entry);
                assert!(*found.entry == meant, "{}: {file}:\n{difference}", case.name);
                compared += 1;
            }
        }
    }
    assert!(compared > 500, "only {compared} entries compared in {}", data_dir().display());
}

#[test]
fn every_source_is_told_by_its_text_and_every_dialect_has_a_format() {
    let entry = losses::work();
    for (format, name) in [
        ("bibtex", "bibtex"),
        ("biblatex", "bibtex"),
        ("ris", "ris"),
        ("csl-json", "csl-json"),
        ("enw", "enw"),
    ] {
        let text = written(std::slice::from_ref(&entry), format);
        let other_ending = if format == "ris" { "a.json" } else { "a.ris" };
        assert_eq!(Source::of(text.as_bytes(), other_ending).name, name, "{format}");
        let as_named =
            source::read_as(Source::by_name(name).unwrap(), text.as_bytes(), "x").unwrap();
        assert_eq!(*as_named.found[0].entry, expected(&entry, format));
    }
}

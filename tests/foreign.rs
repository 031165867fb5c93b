//! Files that other projects publish, read with our readers and sent through our formats: which of their
//! entries come back as they went out, but for the losses of `round_trips/losses.rs`, stands in a list
//! for each file, `tests/foreign/*.txt`; it fails where one more passes and where one less does.
//!
//! The files of the `biblatex` crate are there wherever we are built. The others are not ours to
//! keep; where one is absent, that is said and its list is not checked:
//! - `biblatex-examples.bib`: Debian's `texlive-bibtex-extra`, found with `kpsewhich`;
//! - in `target/foreign`: the `tests/data/*.ris` of rispy, `gbt7714-data.json` of zotero-chinese/styles,
//!   or any of the files above.

#[path = "round_trips/losses.rs"]
#[allow(dead_code)]
mod losses;
mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use bibilingual::Format;
use bibilingual::diagnostic::{Place, Severity};
use bibilingual::export::{Options, prepare};
use bibilingual::format::Renderer;
use bibilingual::key::Keys;
use bibilingual::model::Entry;
use bibilingual::source::{self, Found};
use losses::{FORMATS, expected};
use support::golden;

const FILES: &[&str] = &[
    "biblatex-examples.bib",
    "case.bib",
    "comments.bib",
    "cross.bib",
    "ds.bib",
    "editortypes.bib",
    "extended_name_format.bib",
    "gral.bib",
    "gral_rep_key.bib",
    "incorrect_data.bib",
    "incorrect_syntax.bib",
    "libra.bib",
    "polaritons.bib",
    "rass.bib",
    "example_basic.ris",
    "example_bom.ris",
    "example_custom_list_tags.ris",
    "example_empty_tag.ris",
    "example_extraneous_data.ris",
    "example_full.ris",
    "example_full_without_whitespace.ris",
    "example_multiline.ris",
    "example_multi_unknown_tags.ris",
    "example_single_unknown_tag.ris",
    "example_starting_newlines.ris",
    "example_urls.ris",
    "example_utf_chars.ris",
    "gbt7714-data.json",
];

/// The folder of the tests of the `biblatex` crate, where cargo has unpacked it.
fn crate_tests() -> Option<PathBuf> {
    // What only other systems need is not on this one.
    let rustc = Command::new("rustc").arg("-vV").output().ok()?;
    let rustc = String::from_utf8(rustc.stdout).ok()?;
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: "))?;
    let arguments = ["metadata", "--offline", "--filter-platform", host, "--format-version", "1"];
    let output = Command::new(env!("CARGO")).args(arguments).output().ok()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).ok()?;
    let packages = metadata["packages"].as_array()?;
    let manifest = packages.iter().find(|p| p["name"] == "biblatex")?["manifest_path"].as_str()?;
    Some(Path::new(manifest).parent()?.join("tests"))
}

fn find(name: &str, crate_tests: Option<&Path>) -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/foreign").join(name);
    let of_crate = crate_tests.map(|folder| folder.join(name));
    let of_tex = || {
        let output = Command::new("kpsewhich").arg(name).output().ok()?;
        let path = String::from_utf8(output.stdout).ok()?;
        (!path.trim().is_empty()).then(|| PathBuf::from(path.trim()))
    };
    [Some(own), of_crate].into_iter().flatten().find(|path| path.is_file()).or_else(of_tex)
}

fn written(entry: &Entry, format: &str) -> String {
    let found = vec![Found {
        entry: Box::new(entry.clone()),
        place: Place::default(),
        others: Vec::new(),
        verbatim: Vec::new(),
    }];
    let mut told = Vec::new();
    let ready =
        prepare(found, &Options::default(), &mut Keys::default(), &mut told).expect("ready");
    let renderer = Renderer::built_in(Format::by_name(format).expect("a format"));
    let [before, between, after] = renderer.frame();
    let texts = ready.iter().map(|one| renderer.entry(&one.view).expect("rendered"));
    format!("{before}{}{after}", texts.collect::<Vec<_>>().join(between))
}

/// True where the entry comes back as the table of losses says.
fn passes(entry: &Entry, format: &str) -> bool {
    let text = written(entry, format);
    match source::read(text.as_bytes(), "file") {
        Ok(reading) => match &reading.found[..] {
            [one] => *one.entry == expected(entry, format),
            _ => false,
        },
        Err(_) => false,
    }
}

/// A line an entry: its key or number, and the formats that it comes back from.
fn list(bytes: &[u8], name: &str) -> String {
    let mut out = String::new();
    let reading = source::read(bytes, name).expect("a record");
    let lost = reading.diagnostics.iter().filter(|d| d.code.severity() == Severity::Loss);
    let _ = writeln!(out, "{} records, {} losses in reading", reading.records, lost.count());
    for found in &reading.found {
        let mut entry = found.entry.clone();
        let key = match entry.key.is_empty() {
            true => found.place.record.to_string(),
            false => entry.key.clone(),
        };
        // A key that a format cannot take is changed and told; here it would hide the rest.
        entry.key = bibilingual::key::of_file(&entry.key);
        let passing: Vec<&str> = FORMATS.into_iter().filter(|f| passes(&entry, f)).collect();
        let _ = writeln!(out, "{key}: {}", passing.join(" "));
    }
    out
}

#[test]
fn the_files_of_others_pass_as_the_lists_say() {
    let crate_tests = crate_tests();
    let mut found = 0;
    for name in FILES {
        let listed =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign").join(format!("{name}.txt"));
        match find(name, crate_tests.as_deref()) {
            Some(path) => {
                let bytes = fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
                golden(&listed, &list(&bytes, name));
                found += 1;
            }
            None => eprintln!("skipped: {name} is not on this machine; its list was not checked"),
        }
    }
    assert!(found >= 13, "only {found} files found; those of the biblatex crate are always there");
}

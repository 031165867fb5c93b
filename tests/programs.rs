//! The programs that people open our files with: each reads the whole golden corpus, and what it
//! holds then is what we meant, but for the losses in `programs/known-losses.tsv`.
//!
//! A program that is not installed is named as skipped; with `BIBILINGUAL_PROGRAMS=all`, as
//! `.ci/run` sets it, it fails. `.ci/programs` installs them all. See `programs/README.md`.

#[path = "programs/adapter.rs"]
mod adapter;
#[path = "programs/compare.rs"]
mod compare;
#[path = "programs/corpus.rs"]
mod corpus;
#[path = "programs/losses.rs"]
mod losses;
#[path = "programs/meant.rs"]
mod meant;
mod support;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use adapter::Run;
use compare::{Difference, differences};
use corpus::{Piece, joined, pieces};
use losses::Loss;
use meant::Meant;

/// A program, its adapter in `tests/programs`, and the formats of ours that it reads.
struct Program {
    name: &'static str,
    adapter: &'static str,
    formats: &'static [&'static str],
}

const PROGRAMS: &[Program] = &[
    program("bibtex-gbt7714", "bibtex_gbt7714.py", &["bibtex"]),
    program("bibtex-plain", "bibtex_plain.py", &["bibtex"]),
    program("biber", "biber.py", &["biblatex"]),
    program("bibtexparser", "bibtexparser_v2.py", &["bibtex", "biblatex"]),
    program("bibutils", "bibutils.py", &["bibtex", "biblatex", "ris", "enw"]),
    program("citation-js", "citation-js.cjs", &["bibtex", "biblatex", "ris", "csl-json"]),
    program("citeproc-js", "citeproc-js.cjs", &["csl-json"]),
    program("hayagriva", "hayagriva.py", &["bibtex", "biblatex", "hayagriva"]),
    program("pandoc", "pandoc.py", &["bibtex", "biblatex", "ris", "csl-json"]),
    program("pybtex", "pybtex_parser.py", &["bibtex", "biblatex"]),
    program("rispy", "rispy_reader.py", &["ris"]),
    program("typst", "typst_compiler.py", &["bibtex", "biblatex", "hayagriva"]),
    program("xelatex", "xelatex.py", &["biblatex", "biblatex-pair"]),
];

const fn program(
    name: &'static str,
    adapter: &'static str,
    formats: &'static [&'static str],
) -> Program {
    Program { name, adapter, formats }
}

macro_rules! tests {
    ($($test:ident $name:literal)*) => {
        $(#[test] fn $test() { check($name); })*

        #[test]
        fn every_program_has_its_test() {
            assert!(PROGRAMS.iter().map(|program| program.name).eq([$($name),*]));
        }
    };
}

tests! {
    bibtex_with_gbt7714 "bibtex-gbt7714"
    bibtex_with_plain "bibtex-plain"
    biber "biber"
    bibtexparser "bibtexparser"
    bibutils "bibutils"
    citation_js "citation-js"
    citeproc_js "citeproc-js"
    hayagriva "hayagriva"
    pandoc "pandoc"
    pybtex "pybtex"
    rispy "rispy"
    typst "typst"
    xelatex_with_gb7714_2015 "xelatex"
}

fn check(name: &str) {
    let program = PROGRAMS.iter().find(|program| program.name == name).expect("a program");
    let wrong: Vec<_> =
        program.formats.iter().flat_map(|format| check_format(program, format)).collect();
    assert!(wrong.is_empty(), "{name}: {} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is wrong with a program in a format, a line each.
fn check_format(program: &Program, format: &str) -> Vec<String> {
    let rows = losses::of(program.name, format);
    let pieces = pieces(format);
    let refused =
        |piece: &&Piece| rows.iter().any(|row| row.field == "file" && row.place == piece.case);
    let (alone, together): (Vec<_>, Vec<_>) = pieces.iter().partition(refused);
    let mut found = match read(program, format, &together) {
        Err(missing) => return skipped(program, format, &missing),
        Ok(found) => found,
    };
    for piece in alone {
        found.extend(read(program, format, &[piece]).unwrap_or_default());
    }
    told(format, &found, &rows)
}

fn told(format: &str, found: &[Difference], rows: &[Loss]) -> Vec<String> {
    losses::judge(found, rows).into_iter().map(|line| format!("{format}: {line}")).collect()
}

fn skipped(program: &Program, format: &str, missing: &str) -> Vec<String> {
    let line = format!("skipped: {} ({format}): {missing} is not installed", program.name);
    if env::var_os("BIBILINGUAL_PROGRAMS").is_some_and(|wanted| wanted == "all") {
        return vec![line];
    }
    // Not `eprintln!`: the test harness keeps that to itself when the test passes.
    let _ = writeln!(std::io::stderr(), "{line}");
    Vec::new()
}

/// The differences after reading some cases as one file. If the program refuses it, it gets the
/// halves, until the case that it refuses is found. Or the name of what is missing.
fn read(program: &Program, format: &str, pieces: &[&Piece]) -> Result<Vec<Difference>, String> {
    let name = if let [piece] = pieces { &piece.case } else { "several" };
    let file = write(program, format, name, &joined(pieces, format));
    match adapter::run(program.adapter, format, &file) {
        Run::Missing(missing) => Err(missing),
        Run::Read(read) => {
            let (meant, order) = corpus::meant(pieces);
            Ok(differences(&read, &meant, &order))
        }
        Run::Refused(said) if pieces.len() == 1 => {
            eprintln!("{} refused {}:\n{said}", program.name, file.display());
            Ok(vec![refusal(&pieces[0].case)])
        }
        Run::Refused(_) => {
            let (first, second) = pieces.split_at(pieces.len() / 2);
            let mut found = read(program, format, first)?;
            found.extend(read(program, format, second)?);
            let known = found.iter().any(|d| d.field == "file");
            Ok(if known { found } else { vec![refusal("several cases in one file")] })
        }
    }
}

fn refusal(what: &str) -> Difference {
    let (key, field) = (what.to_owned(), "file".to_owned());
    Difference { key, field, meant: Meant::default(), held: vec!["refused".into()] }
}

/// Writes a file for a program into a folder of its own, where it may leave what it makes.
fn write(program: &Program, format: &str, name: &str, text: &str) -> PathBuf {
    let extension = match format {
        "ris" => "ris",
        "csl-json" => "json",
        "enw" => "enw",
        "hayagriva" => "yml",
        _ => "bib",
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("programs").join(program.name);
    let folder = folder.join(format).join(name);
    fs::create_dir_all(&folder).expect("a folder under target");
    let file = folder.join(format!("corpus.{extension}"));
    fs::write(&file, text).expect("a file under target");
    file
}

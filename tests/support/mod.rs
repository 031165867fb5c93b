//! What the tests share: word lists, golden files, and readers that know nothing of the crate.
//!
//! A test takes it in with `mod support;`.

// Every test is a crate of its own and takes only a part of this module.
#![allow(dead_code)]

mod cases;
mod csl;
mod diff;
mod golden;
pub mod ris;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

#[allow(unused_imports)]
pub use {
    cases::{Case, Run, bibilingual, bibilingual_with, cases, golden_files},
    csl::csl_errors,
    diff::line_diff,
    golden::{golden, golden_as},
};

/// The folder of the test data: `tests/data`.
pub fn data_dir() -> PathBuf {
    tests_dir().join("data")
}

/// The words of `tests/words/{name}.txt`, in the order of the file.
///
/// A line is a word. Empty lines and lines that begin with `#` are none.
///
/// # Panics
///
/// If there is no such list: a test that asks for one must not pass by finding no words.
pub fn words(name: &str) -> Vec<String> {
    let path = tests_dir().join("words").join(format!("{name}.txt"));
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(Into::into).collect()
}

/// The same words, to ask whether one is in the list.
pub fn word_set(name: &str) -> HashSet<String> {
    words(name).into_iter().collect()
}

/// The names of the files in a folder, sorted.
pub fn file_names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

fn tests_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

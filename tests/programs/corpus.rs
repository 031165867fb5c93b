//! The golden corpus as the programs get it: every case in one file a format, each key behind the
//! name of its case, so that one run of a program reads them all.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::meant::Meant;
use super::support::{Case, cases, golden_files};

/// The formats that programs read, as the adapters name them.
pub const FORMATS: [&str; 4] = ["bibtex", "biblatex", "ris", "csl-json"];

/// One case in one format.
pub struct Piece {
    /// The name of the case.
    pub case: String,
    /// The golden file, its keys told apart.
    pub text: String,
    /// What each entry holds, in the order of the file, by key.
    pub meant: Vec<(String, Meant)>,
}

/// Every case that has entries, in a format.
pub fn pieces(format: &str) -> Vec<Piece> {
    let pieces = cases().iter().filter_map(|case| piece(case, format)).collect::<Vec<_>>();
    assert!(pieces.len() > 10, "only {} cases of {format}", pieces.len());
    pieces
}

fn piece(case: &Case, format: &str) -> Option<Piece> {
    let (_, file) = golden_files().into_iter().find(|(name, _)| *name == format)?;
    let csl: Value = serde_json::from_str(&expected(case, "expected.csl.json")?).ok()?;
    let items = csl.as_array()?;
    let text = expected(case, file)?;
    let prefix = format!("{}.", case.name);
    let meant: Vec<_> = items
        .iter()
        .map(|item| {
            let key = item["id"].as_str().expect("an id");
            (format!("{prefix}{key}"), Meant::of(item, format))
        })
        .collect();
    let second: Vec<_> = second_halves(&text, &prefix, &meant);
    let text = if format == "csl-json" { text } else { text + "\n" };
    (!meant.is_empty()).then(|| Piece {
        case: case.name.clone(),
        text: with_prefix(&text, format, &prefix),
        meant: meant.into_iter().chain(second).collect(),
    })
}

fn expected(case: &Case, file: &str) -> Option<String> {
    std::fs::read_to_string(case.folder.join(file)).ok()
}

/// The entries of `--bilingual pair` that hold the other language: the main one names them in
/// `related`, and nothing in CSL-JSON does.
fn second_halves(text: &str, prefix: &str, meant: &[(String, Meant)]) -> Vec<(String, Meant)> {
    let mut key = "";
    let mut halves = Vec::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix('@') {
            key = rest.split_once('{').map_or("", |(_, key)| key.trim_end_matches(','));
        }
        let related = line.trim().strip_prefix("related = {").and_then(|rest| rest.split_once('}'));
        let main = format!("{prefix}{key}");
        if let (Some((other, _)), Some((_, main))) = (related, meant.iter().find(|m| m.0 == main)) {
            halves.push((format!("{prefix}{other}"), main.second_half()));
        }
    }
    halves
}

/// The file with `prefix` before each key, and before each key that a key names.
fn with_prefix(text: &str, format: &str, prefix: &str) -> String {
    let starts: &[&str] = match format {
        "csl-json" => &["    \"id\": \""],
        "ris" => &[],
        _ => &["  related = {"],
    };
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let entry = line.starts_with('@') && starts.len() == 1 && format != "csl-json";
        let at = match starts.iter().find(|start| line.starts_with(**start)) {
            Some(start) => start.len(),
            None if entry => line.find('{').map_or(0, |at| at + 1),
            None => 0,
        };
        let prefix = if at == 0 { "" } else { prefix };
        let _ = write!(out, "{}{prefix}{}", &line[..at], &line[at..]);
    }
    out
}

/// One file of all pieces.
pub fn joined(pieces: &[&Piece], format: &str) -> String {
    if format != "csl-json" {
        return pieces.iter().map(|piece| piece.text.as_str()).collect();
    }
    let items = |text: &str| {
        let text = text.trim().strip_prefix('[').and_then(|t| t.strip_suffix(']'));
        text.expect("an array").trim_matches('\n').to_owned()
    };
    let items: Vec<_> = pieces.iter().map(|piece| items(&piece.text)).collect();
    format!("[\n{}\n]\n", items.join(",\n"))
}

/// What every entry of the pieces holds, by key; and the keys in the order of the file.
pub fn meant<'a>(pieces: &[&'a Piece]) -> (BTreeMap<&'a str, &'a Meant>, Vec<&'a str>) {
    let all = pieces.iter().flat_map(|piece| &piece.meant);
    let keys: Vec<&str> = all.clone().map(|(key, _)| key.as_str()).collect();
    let by_key: BTreeMap<_, _> = all.map(|(key, meant)| (key.as_str(), meant)).collect();
    assert_eq!(by_key.len(), keys.len(), "a key twice");
    (by_key, keys)
}

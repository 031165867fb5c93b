//! The golden corpus as the programs get it: every case in one file a format, each key behind the
//! name of its case, so that one run of a program reads them all.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::meant::Meant;
use super::support::{Case, bibilingual, cases, golden_files};

/// The formats that programs read, as the adapters name them; `biblatex-pair` is BibLaTeX written
/// with `--bilingual pair`.
pub const FORMATS: [&str; 7] =
    ["bibtex", "biblatex", "biblatex-pair", "ris", "csl-json", "enw", "hayagriva"];

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
    // Libraries give back what others wrote in their dialect as it stood, which is not for us to answer
    // for; `tests/foreign.rs` has files of theirs.
    let ours = |case: &&Case| !case.name.starts_with("library-");
    let cases = cases();
    let pieces =
        cases.iter().filter(ours).filter_map(|case| piece(case, format)).collect::<Vec<_>>();
    assert!(pieces.len() > 10, "only {} cases of {format}", pieces.len());
    pieces
}

fn piece(case: &Case, format: &str) -> Option<Piece> {
    let csl: Value = serde_json::from_str(&expected(case, "expected.csl.json")?).ok()?;
    let text = text(case, format)?;
    let prefix = format!("{}.", case.name);
    let items = csl.as_array()?.iter();
    let meant: Vec<_> = items
        .map(|item| {
            let key = item["id"].as_str().expect("an id");
            let halves = [Meant::of(item, format), Meant::second_half(item, format)];
            (format!("{prefix}{key}"), halves)
        })
        .collect();
    let meant = pairs(&text, &prefix, meant);
    let text = with_prefix(&text, format, &prefix);
    (!meant.is_empty()).then(|| Piece { case: case.name.clone(), text, meant })
}

/// The golden file, or what the program writes where there is none.
fn text(case: &Case, format: &str) -> Option<String> {
    let pair = format == "biblatex-pair";
    let to = if pair { "biblatex" } else { format };
    let text = match golden_files().into_iter().find(|(name, _)| *name == to)? {
        _ if pair => {
            let mut args = case.args(to);
            if !args.iter().any(|arg| arg == "--bilingual") {
                args.extend(["--bilingual", "pair"].map(str::to_owned));
            }
            bibilingual(&case.folder, &args).stdout
        }
        (_, file) => expected(case, file)?,
    };
    Some(if format == "csl-json" { text } else { text + "\n" })
}

fn expected(case: &Case, file: &str) -> Option<String> {
    std::fs::read_to_string(case.folder.join(file)).ok()
}

/// The entries of the text: one for a work, or the two of a pair, of which the main one names the
/// other in `related`.
fn pairs(text: &str, prefix: &str, meant: Vec<(String, [Meant; 2])>) -> Vec<(String, Meant)> {
    let mut key = "";
    let mut related = BTreeMap::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix('@') {
            key = rest.split_once('{').map_or("", |(_, key)| key.trim_end_matches(','));
        }
        let other = line.strip_prefix("  related = {").and_then(|rest| rest.split_once('}'));
        let other = other.map(|(other, _)| (format!("{prefix}{key}"), format!("{prefix}{other}")));
        related.extend(other);
    }
    let halves = |(key, [main, second]): (String, [Meant; 2])| match related.get(&key) {
        Some(other) => vec![(key, main.first_half()), (other.clone(), second)],
        None => vec![(key, main)],
    };
    meant.into_iter().flat_map(halves).collect()
}

/// The file with `prefix` before each key, and before each key that a key names.
fn with_prefix(text: &str, format: &str, prefix: &str) -> String {
    let starts: &[&str] = match format {
        "csl-json" => &["    \"id\": \""],
        "ris" => &[],
        "enw" => &["%F "],
        "hayagriva" => &["\""],
        _ => &["  related = {", "@"],
    };
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let at = match starts.iter().find(|start| line.starts_with(**start)) {
            Some(&"@") => line.find('{').map_or(0, |at| at + 1),
            start => start.map_or(0, |start| start.len()),
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

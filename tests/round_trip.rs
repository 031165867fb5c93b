//! What is written is read back by readers that we did not write, or that know nothing of the
//! crate: the `biblatex` crate, a RIS reader made from the specification, the CSL schema.

mod support;

use std::collections::HashSet;
use std::fs;

use biblatex::{Bibliography, ChunksExt};
use serde_json::Value;
use support::{Case, cases, csl_errors, ris};

fn expected(case: &Case, file: &str) -> String {
    let path = case.folder.join(file);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The records of a RIS file as the values of one tag.
fn values(record: &[(String, String)], tag: &str) -> Vec<String> {
    record.iter().filter(|(t, _)| t == tag).map(|(_, value)| value.clone()).collect()
}

#[test]
fn the_bib_files_are_read_by_the_biblatex_crate_and_hold_the_same_entries() {
    for case in cases() {
        let csl: Value = serde_json::from_str(&expected(&case, "expected.csl.json")).unwrap();
        for file in ["expected.bib", "expected.biblatex.bib"] {
            let text = expected(&case, file);
            let entries =
                Bibliography::parse(&text).unwrap_or_else(|e| panic!("{}: {e}", case.name));
            let items = csl.as_array().unwrap();
            // The second entry of a pair stands for no item of its own.
            let pairs = entries.iter().filter(|entry| entry.get("related").is_some()).count();
            assert_eq!(entries.len(), items.len() + pairs, "{}: {file}", case.name);
            for item in items {
                let entry = entries.get(item["id"].as_str().unwrap()).unwrap();
                let doi = entry.get("doi").map(|doi| doi.format_verbatim());
                let meant = item["DOI"]
                    .as_str()
                    .map(|doi| doi.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C"));
                assert_eq!(doi, meant, "{}: {file}", case.name);
            }
        }
    }
}

#[test]
fn braces_balance_in_every_field_as_bibtex_counts_them() {
    for case in cases() {
        for file in ["expected.bib", "expected.biblatex.bib"] {
            for line in expected(&case, file).lines().filter(|line| line.starts_with("  ")) {
                let value = line.trim_end_matches(',');
                let opening = value.matches('{').count();
                assert_eq!(opening, value.matches('}').count(), "{}: {line}", case.name);
            }
        }
    }
}

#[test]
fn the_ris_files_follow_the_specification_and_hold_the_same_entries() {
    for case in cases() {
        let text = expected(&case, "expected.ris");
        let records = ris::read(text.as_bytes()).unwrap_or_else(|e| panic!("{}: {e}", case.name));
        let csl: Value = serde_json::from_str(&expected(&case, "expected.csl.json")).unwrap();
        let items = csl.as_array().unwrap();
        assert_eq!(records.len(), items.len(), "{}", case.name);
        for (record, item) in records.iter().zip(items) {
            let authors = item["author"].as_array().map_or(0, Vec::len);
            assert_eq!(values(record, "AU").len(), authors, "{}", case.name);
            let doi = item["DOI"].as_str().map(str::to_owned);
            assert_eq!(values(record, "DO").pop(), doi, "{}", case.name);
            let tags: Vec<&str> = record.iter().map(|(tag, _)| tag.as_str()).collect();
            let place = |tag| tags.iter().position(|t| *t == tag);
            if let (Some(title), Some(translation)) = (place("TI"), place("TT")) {
                assert!(title < translation, "{}: TT before TI", case.name);
            }
        }
    }
}

#[test]
fn the_csl_files_are_valid_and_their_ids_differ() {
    for case in cases() {
        let text = expected(&case, "expected.csl.json");
        assert_eq!(csl_errors(&text), Vec::<String>::new(), "{}", case.name);
        let csl: Value = serde_json::from_str(&text).unwrap();
        let items = csl.as_array().unwrap();
        let ids: HashSet<String> =
            items.iter().map(|item| item["id"].as_str().unwrap().to_lowercase()).collect();
        assert_eq!(ids.len(), items.len(), "{}", case.name);
    }
}

#[test]
fn the_yaml_files_are_read_by_hayagriva_and_hold_the_same_entries() {
    for case in cases() {
        let text = expected(&case, "expected.yml");
        let library =
            hayagriva::io::from_yaml_str(&text).unwrap_or_else(|e| panic!("{}: {e}", case.name));
        let csl: Value = serde_json::from_str(&expected(&case, "expected.csl.json")).unwrap();
        let items = csl.as_array().unwrap();
        assert_eq!(library.len(), items.len(), "{}", case.name);
        for (entry, item) in library.iter().zip(items) {
            assert_eq!(entry.key(), item["id"].as_str().unwrap(), "{}", case.name);
            assert_eq!(entry.doi(), item["DOI"].as_str(), "{}", case.name);
            let authors = entry.authors().map_or(0, |authors| authors.len());
            assert_eq!(authors, item["author"].as_array().map_or(0, Vec::len), "{}", case.name);
            // Titles with italics or mathematics are plain in YAML and marked up in CSL-JSON.
            let title = entry.title().map(|title| title.value.to_str().into_owned());
            if item["title"].as_str().is_some_and(|title| !title.contains(['<', '$', '{'])) {
                assert_eq!(title.as_deref(), item["title"].as_str(), "{}", case.name);
            }
        }
    }
}

#[test]
fn the_tagged_files_have_one_value_a_line() {
    for case in cases() {
        for (file, is_tag) in [
            (
                "expected.enw",
                (|line: &str| line.starts_with('%') && line.as_bytes()[2] == b' ')
                    as fn(&str) -> bool,
            ),
            ("expected.net", |line| line.starts_with('{') && line.contains("}: ")),
        ] {
            let text = expected(&case, file);
            for line in text.split_terminator("\r\n").filter(|line| !line.is_empty()) {
                assert!(is_tag(line), "{}: {file}: {line}", case.name);
                assert!(!line.contains(|c: char| c.is_control()), "{}: {file}: {line}", case.name);
            }
        }
    }
}

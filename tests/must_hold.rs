//! What must hold over the records that were observed: no record lost, no author lost or added, no
//! tag or entity left in a title, every DOI bare. The facts in `tests/data/observed` are as they
//! stood on the pages, the abstracts are sentences of our own in the same markup.

mod support;

use std::fs;

use bibilingual::source;
use support::data_dir;

fn observed(folder: &str, file: &str) -> Vec<u8> {
    fs::read(data_dir().join(folder).join(file)).unwrap()
}

/// The records as JSON, read without the crate.
fn records() -> Vec<serde_json::Value> {
    let text = String::from_utf8(observed("observed-json-lines", "input.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn no_record_is_lost_and_the_page_gives_the_same_works() {
    let records = records();
    assert!(records.len() > 30);
    for (folder, file) in [("observed", "input.txt"), ("observed-json-lines", "input.jsonl")] {
        let reading = source::read(&observed(folder, file), folder).unwrap();
        assert_eq!(reading.found.len(), records.len(), "{folder}");
        assert_eq!(reading.records, records.len(), "{folder}");
        for (found, record) in reading.found.iter().zip(&records) {
            assert_eq!(found.entry.doi.as_deref(), record["doi"].as_str(), "{folder}");
        }
    }
}

#[test]
fn no_author_is_lost_or_added_and_the_order_stays() {
    let reading = source::read(&observed("observed", "input.txt"), "observed").unwrap();
    for (found, record) in reading.found.iter().zip(records()) {
        let raw = record["authors"].as_str().unwrap().replace("&nbsp;", " ");
        let separator = if raw.contains(';') { ';' } else { ',' };
        let expected: Vec<String> =
            raw.split(separator).map(|name| name.trim().to_owned()).collect();
        let names: Vec<String> = found.entry.authors.iter().map(|name| name.display()).collect();
        assert_eq!(names, expected);
        assert!(!found.entry.more_authors);
    }
}

#[test]
fn no_tag_or_entity_is_left_in_a_title_and_no_text_is_lost() {
    let reading = source::read(&observed("observed", "input.txt"), "observed").unwrap();
    for (found, record) in reading.found.iter().zip(records()) {
        let title = &found.entry.title;
        for text in [&title.zh, &title.en].into_iter().flatten() {
            let plain = text.plain();
            assert!(!plain.contains(['<', '>', '\0']), "{plain}");
            assert!(!plain.contains("&amp;") && !plain.contains("&nbsp;"), "{plain}");
            assert_eq!(plain.trim(), plain);
        }
        // None of the observed titles holds markup: all but the stop at the end is there.
        let raw = record["title"].as_str().unwrap();
        let expected = raw.strip_suffix('.').unwrap_or(raw);
        let plain = |t: &Option<bibilingual::model::Text>| t.as_ref().map(|t| t.plain().to_owned());
        assert!([plain(&title.zh), plain(&title.en)].contains(&Some(expected.to_owned())), "{raw}");
    }
}

#[test]
fn every_doi_is_bare() {
    let reading = source::read(&observed("observed", "input.txt"), "observed").unwrap();
    for found in &reading.found {
        assert!(found.entry.doi.as_ref().unwrap().starts_with("10."));
    }
}

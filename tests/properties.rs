//! What holds for every input: no bytes make the reader panic, and a whole record is found
//! wherever it stands.

use bibilingual::source;
use proptest::prelude::*;

/// A record as the source writes it, with braces and quotes in its strings.
fn record(title: &str) -> String {
    let title = serde_json::to_string(title).expect("a string");
    format!(
        r#"{{"title":{title},"authors":"Ann Lee,&nbsp;Bo Chen","doi":"10.1000/x","abstract":"a {{b}} \"c\" }}","journal":{{"name":"J","volume":"31 3","pages":"90-98"}},"resultStr":null,"ArticlePicture":[]}}"#
    )
}

/// How many entries came out whole, and how many records were seen.
fn counts(input: &str) -> (usize, usize) {
    let reading = source::read(input.as_bytes(), "input").expect("a record");
    for found in &reading.found {
        assert_eq!(found.entry.volume.as_deref(), Some("31"), "{input}");
        assert_eq!(found.entry.authors.len(), 2, "{input}");
    }
    (reading.found.len(), reading.records)
}

/// Bytes that scanners stumble over, beside any others.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        4 => prop::sample::select(vec![
            "{", "}", "[", "]", "\"", "\\", ":", ",", "{\"title\":", "\"x\"", "\\u", "\\ud83d", "null",
            "1", "{&quot;", "title&quot;:", "&quot;", "&amp;", "\"resultStr\":\"{\\\"title\\\":",
            "\"doi\":\"10.1000/", "\"authors\":\"", "\"journal\":{\"volume\":\"", "\"abstract\":\"<p>",
            "Pub Date", "DOI: ", "引用次数", "\n", "\0", "镁", " ", "</div>", "$\\", "\"publicationDate\":",
        ]).prop_map(|part: &str| part.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..4),
        1 => "\\PC{0,5}".prop_map(String::into_bytes),
    ];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

/// Loose text: anything without braces and quotes, which are those of JSON.
fn loose() -> impl Strategy<Value = String> {
    let words = "(IF 4\\.2 3区|Pub Date : 2018|DOI: 10\\.1/y|引用次数: 0|<div class=x>|</p>|&nbsp;|\n|\r\n|\\[|\\]|,|:|\\\\|[^{}\"]|\u{0}){0,30}";
    // An entity would be a quote of an encoded record only behind a brace, and there is none.
    words.prop_map(|text| text.replace(['{', '}', '"'], ""))
}

/// A record whose strings can hold any character.
fn title() -> impl Strategy<Value = String> {
    "[A-Z](\\PC|\\{|\\}|\"|\\\\|\n|镁|&quot;|<b>){0,12}[a-z]"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in hostile()) {
        if let Ok(reading) = source::read(&bytes, "input") {
            prop_assert!(reading.found.len() <= reading.records);
            // What is lost of the text around records is none of them.
            let told = reading.diagnostics.iter().filter(|d| {
                d.place.record > 0 && matches!(d.code.word(), "record-cut-off" | "record-broken")
            });
            // Every record is an entry, or is told of.
            prop_assert_eq!(reading.found.len() + told.count(), reading.records);
        }
    }

    #[test]
    fn a_whole_record_is_found_in_any_loose_text(
        title in title(), before in loose(), between in loose(), behind in loose(),
    ) {
        let one = record(&title);
        prop_assert_eq!(counts(&format!("{before}{one}{behind}")), (1, 1));
        let two = format!("{before}{one}{between}{}{behind}", record("Two"));
        prop_assert_eq!(counts(&two), (2, 2));
    }

    #[test]
    fn a_record_is_found_in_a_string_as_it_is_alone(title in title(), before in loose(), behind in loose()) {
        let alone = record(&title);
        let string = serde_json::to_string(&alone).expect("a string");
        prop_assert_eq!(counts(&format!("{before}{string}{behind}")), (1, 1));
        let reply = format!("{{\"code\":200,\"data\":{string}}}");
        let entries = [&alone, &reply].map(|input| {
            let reading = source::read(input.as_bytes(), "input").expect("a record");
            reading.found.into_iter().map(|found| found.entry).collect::<Vec<_>>()
        });
        prop_assert_eq!(&entries[0], &entries[1]);
    }

    #[test]
    fn a_record_is_found_in_the_source_of_a_page(title in title(), before in loose(), behind in loose()) {
        let coded = record(&title).replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        prop_assert_eq!(counts(&format!("{before}<li data-x=\"{coded}\">{behind}")), (1, 1));
    }

    #[test]
    fn a_record_that_is_cut_off_anywhere_costs_no_other(
        title in title(), part in 0.0..1.0f64, between in loose(),
    ) {
        let (whole, cut) = (record("Whole"), record(&title));
        let at = (0..=(cut.len() as f64 * part) as usize).rev().find(|&at| cut.is_char_boundary(at));
        let input = format!("{whole}\n{}\n{between}\n{whole}\n", &cut[..at.unwrap_or(0)]);
        let (found, records) = counts(&input);
        // Less than the title is no record yet.
        prop_assert!(found == 2 && (2..=3).contains(&records), "{} of {} in {}", found, records, input);
    }
}

//! What holds for the readers of reference files whatever comes in: nothing panics, no time is wasted,
//! a broken record is told with its place and costs no other, and what has no place in the model goes
//! back into its own dialect or is told.

use bibilingual::Format;
use bibilingual::diagnostic::{Code, Diagnostic, Severity};
use bibilingual::export::{Options, convert};
use bibilingual::source::{self, SOURCES, Source};
use proptest::prelude::*;

/// Pieces of every syntax, and others.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        6 => prop::sample::select(vec![
            "@article{", "@string{", "@comment{", "@misc(", "key,", "title = {", "author = {", "}", "{", "\"", "#",
            " and ", "crossref = {key},", "xdata = {key},", "\\", "\\'", "\\textit{", "$", "date = {2018/", "month = jan,",
            "related = {key}, relatedtype = {lanversion},", "doi = {10.1/", "\n", "\r", "\r\n", "TY  - JOUR\n", "ER  - \n",
            "AU  - ", "TI  - ", "TT  - ", "N1  - Authors (en): ", "M2  - original-author: ", "DA  - ", "SP  - ", "DO  - ", "%0 Book\n",
            "%A ", "%T ", "%8 ", "[{", "}]", "\"id\": ", "\"type\": \"book\"", ",", "\"title\": \"", "\"author\": [",
            "\"issued\": {\"date-parts\": [[", "\"custom\": {\"title\": {\"zh\": ", "\"note\": \"titleTranslation: ",
            "\"multi\": {\"_keys\": ", "null", "1", "镁", "张三", "2018-08-01", ";", "||", "\0", "\u{feff}", "\u{301}",
        ]).prop_map(|part: &str| part.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..4),
        1 => "\\PC{0,5}".prop_map(String::into_bytes),
    ];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

#[test]
fn files_that_were_put_one_behind_the_other_are_read_whole() {
    for (name, one, two) in [
        ("ris", "TY  - JOUR\nTI  - One\nER  - \n", "TY  - BOOK\nTI  - Two\nER  - \n"),
        ("enw", "%0 Book\n%T One\n\n", "%0 Book\n%T Two\n"),
        ("bibtex", "@book{a, title={One}}\n", "@book{b, title={Two}}\n"),
    ] {
        let text = format!("\u{FEFF}{one}\u{FEFF}{two}");
        assert_eq!(Source::of(text.as_bytes(), "file").name, name);
        let reading = source::read(text.as_bytes(), "file").unwrap();
        assert_eq!(reading.found.len(), 2, "{name}");
        let (_, second) = text.split_at(one.len() + 3);
        assert_eq!(Source::of(format!("x\n{second}").as_bytes(), "file").name, name);
    }
}

#[test]
fn the_type_of_a_work_makes_no_csl_json_of_records() {
    let record = r#"{"title":"A","authors":"B C","doi":"10.1/a","type":"article"}"#;
    for text in [record.to_owned(), format!("[{record}]"), format!("{{\"data\":[{record}]}}")] {
        assert_eq!(Source::of(text.as_bytes(), "file").name, "booksci", "{text}");
        assert_eq!(source::read(text.as_bytes(), "file").unwrap().found.len(), 1);
    }
    for item in [
        r#"[{"title":"A","author":[],"doi":"10.1/a","type":"article"}]"#,
        r#"[{"title":"A","type":"article"}]"#,
    ] {
        assert_eq!(Source::of(item.as_bytes(), "file").name, "csl-json", "{item}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in hostile(), format in 0..bibilingual::FORMATS.len()) {
        for source in SOURCES {
            if let Ok(reading) = source::read_as(source, &bytes, "file") {
                prop_assert!(reading.found.len() <= reading.records);
            }
        }
        // What was read can be written.
        let converted = convert(&bytes, "file", &bibilingual::FORMATS[format], &Options::default());
        prop_assert!(converted.is_ok() || converted.is_err());
    }

    /// What is read of hostile files and written in the same dialect is read again as the same.
    #[test]
    fn what_was_read_is_sound_where_it_is_written(bytes in hostile(), at in 0..5usize) {
        let (name, format) = [
            ("bibtex", "bibtex"), ("bibtex", "biblatex"), ("ris", "ris"), ("csl-json", "csl-json"), ("enw", "enw"),
        ][at];
        let format = Format::by_name(format).unwrap();
        let source = Source::by_name(name).unwrap();
        let Ok(reading) = source::read_as(source, &bytes, "file") else { return Ok(()) };
        if reading.found.is_empty() {
            return Ok(());
        }
        // A text that looks like none of these is of the fallback.
        if Source::of(&bytes, "file").name != name {
            return Ok(());
        }
        let text = convert(&bytes, "file", format, &Options { no_join: true, ..Options::default() }).unwrap().text;
        let back = source::read_as(source, text.as_bytes(), "file")
            .map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
        prop_assert_eq!(back.found.len(), reading.found.len(), "{}", text);
        let broken = |d: &&Diagnostic| matches!(d.code, Code::RecordBroken | Code::RecordCutOff);
        prop_assert_eq!(back.diagnostics.iter().find(broken), None, "{}", text);
        for (one, other) in reading.found.iter().zip(&back.found) {
            prop_assert_eq!(&one.entry.kept.fields, &other.entry.kept.fields, "{}", text);
            prop_assert_eq!(&one.entry.kept.kind, &other.entry.kept.kind, "{}", text);
        }
    }
}

#[test]
fn hostile_files_are_read_in_time() {
    for (source, part) in [
        ("bibtex", "@a{k, t={"),
        ("bibtex", "@a{k, t=\"x\"}\n"),
        ("bibtex", "@string{a = a # a # \"x\"}\n"),
        ("bibtex", "@a{b, crossref = {b}, xdata = {b}}\n"),
        ("bibtex", "@a{b, author = {a and and and}, title = {\\'\\'\\'{{{}}}$$}}\n"),
        ("bibtex", "\\"),
        ("ris", "TY  - JOUR\n"),
        ("ris", "TY  - X\nAU  - a, b, c;\nN1  - Authors (en): a;b;c\n  more\n"),
        ("enw", "%0 Book\n%A a,\n\n"),
        ("csl-json", "{\"a\":\n"),
        ("csl-json", "[{\"type\": \"book\", \"title\": \"a\"},\n"),
    ] {
        let text = part.repeat(20_000);
        let _ = source::read_as(Source::by_name(source).unwrap(), text.as_bytes(), "file");
    }
}

#[test]
fn a_broken_record_names_its_place_and_costs_no_other() {
    for (text, line, found, good) in [
        ("@misc{a, title={A}}\n@misc{b, title={B\n@misc{c, title={C}}", 2, "entry b, line 2", 2),
        ("@misc{a, title={A} year=2000}\n@misc{c, title={C}}", 1, "entry a, line 1", 1),
        ("[{\"id\":\"a\",\"type\":\"book\"},\n {\"id\":\"b\" \"type\":\"book\"}]", 2, "\"b\"", 1),
    ] {
        let reading = source::read(text.as_bytes(), "refs").unwrap();
        assert_eq!(reading.found.len(), good, "{text}");
        let told: Vec<_> =
            reading.diagnostics.iter().filter(|d| d.code == Code::RecordBroken).collect();
        let [one] = &told[..] else { panic!("{told:?}") };
        assert_eq!((one.place.line, &*one.place.file), (line, "refs"));
        assert!(one.found.contains(found), "{one}");
    }
}

#[test]
fn what_json_holds_and_no_reader_takes_is_told() {
    let text = "[\"a {b\", {\"id\":\"a\",\"type\":\"book\",\"title\":\"A b\",\"abstract\":\"\\ud83d abs\",\"x4\":1e400,\
                \"x6\":\"\\ud800\",\"volume\":1e400,\"author\":[{\"family\":\"\\uD800\"},{\"family\":\"Q\"}]},\n5, null, {}]";
    let format = Format::by_name("csl-json").unwrap();
    let converted = convert(text.as_bytes(), "refs.json", format, &Options::default()).unwrap();
    let losses = converted.diagnostics.iter().filter(|d| d.code.severity() == Severity::Loss);
    let mut told: Vec<(usize, usize, &str, Code)> =
        losses.map(|d: &Diagnostic| (d.place.line, d.place.record, &*d.field, d.code)).collect();
    told.sort_by_key(|(line, record, field, _)| (*line, *record, field.to_owned()));
    assert_eq!(
        told,
        [
            (1, 0, "", Code::ValueLost),
            (1, 1, "abstract", Code::CharacterBroken),
            (1, 1, "author", Code::CharacterBroken),
            (1, 1, "volume", Code::ValueLost),
            (1, 1, "x4", Code::ValueLost),
            (1, 1, "x6", Code::CharacterBroken),
            (2, 0, "", Code::ValueLost),
            (2, 2, "", Code::RecordBroken),
        ]
    );
    let written: serde_json::Value = serde_json::from_str(&converted.text).unwrap();
    let [item] = &written.as_array().unwrap()[..] else { panic!("{}", converted.text) };
    assert_eq!(item["abstract"], "\u{fffd} abs");
    assert_eq!(item["x6"], "\u{fffd}");
    assert_eq!(item["author"], serde_json::json!([{"family": "\u{fffd}"}, {"family": "Q"}]));
}

#[test]
fn records_that_do_not_end_are_told_and_read() {
    let text = "TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\n goes on\nER  - \nstray\nTY  - JOUR\nTI  - Three";
    let reading = source::read(text.as_bytes(), "refs").unwrap();
    let titles: Vec<_> =
        reading.found.iter().map(|f| f.entry.title.en.as_ref().unwrap().plain()).collect();
    assert_eq!(titles, ["One", "Two goes on", "Three"]);
    let lines = |code| -> Vec<usize> {
        reading.diagnostics.iter().filter(|d| d.code == code).map(|d| d.place.line).collect()
    };
    assert_eq!(lines(Code::RecordEnd), [3, 8]);
    assert_eq!(lines(Code::TextOutside), [7]);
}

#[test]
fn tags_of_ris_are_read_in_lower_case_and_without_a_blank() {
    let good = "TY  - JOUR\nAU  - Lee, Ann\nTI  - One\nAB  - What\nwe - the authors - say\nPY  - 2018\nER  - \n";
    let lower = ["ty  -", "au  -", "ti  -", "ab  -", "py  -", "er  -"]
        .iter()
        .fold(good.to_owned(), |text, tag| text.replace(&tag.to_uppercase(), tag));
    let no_blank = good.replace("  - ", "  -");
    let both = lower.replace("  - ", "  -");
    let expected = source::read(good.as_bytes(), "refs").unwrap();
    let told = |code, reading: &source::Reading| {
        reading.diagnostics.iter().filter(|d| d.code == code).count()
    };
    for text in [lower, no_blank, both] {
        assert_eq!(Source::of(text.as_bytes(), "refs").name, "ris", "{text}");
        let text = format!("{good}{text}{good}");
        let reading = source::read(text.as_bytes(), "refs").unwrap();
        let [_, second, _] = &reading.found[..] else { panic!("{text}{:?}", reading.found) };
        assert_eq!(second.entry, expected.found[0].entry, "{text}");
        assert_eq!(told(Code::TextOutside, &reading) + told(Code::RecordEnd, &reading), 0);
        let spans = (Source::by_name("ris").unwrap().spans.unwrap())(&text);
        assert_eq!(spans.iter().map(|span| span.line).collect::<Vec<_>>(), [1, 8, 15]);
    }
}

#[test]
fn keywords_of_endnote_stand_on_a_line_each() {
    let text = "%0 Book\n%T A title\nof two lines\n%K one\ntwo words\n镁; three\n%K four\n%F k\n";
    let reading = source::read(text.as_bytes(), "refs.enw").unwrap();
    let [found] = &reading.found[..] else { panic!("{:?}", reading.found) };
    assert_eq!(found.entry.keywords, ["one", "two words", "镁", "three", "four"]);
    assert_eq!(found.entry.title.en.as_ref().unwrap().plain(), "A title of two lines");
    assert_eq!(found.entry.key, "k");
}

/// Each dialect with a field that no other has.
const FILES: &[(&str, &str, &str)] = &[
    ("bibtex", "@book{k, title = {T}, publisher = {A {B} \\& C}}", "publisher = {A {B} \\& C}"),
    ("ris", "TY  - BOOK\nTI  - T\nPB  - A * {B}\nER  - \n", "PB  - A * {B}\r\n"),
    (
        "csl-json",
        "[{\"id\": \"k\", \"type\": \"book\", \"title\": \"T\", \"publisher\": \"\\u0041\"}]",
        "\"publisher\": \"\\u0041\"",
    ),
    ("enw", "%0 Book\n%T T\n%I A {B}\n", "%I A {B}"),
];

#[test]
fn what_has_no_place_goes_back_into_its_dialect_or_is_told() {
    for (own, text, field) in FILES {
        for format in bibilingual::FORMATS {
            let converted = convert(text.as_bytes(), "refs", format, &Options::default()).unwrap();
            let lost: Vec<_> =
                converted.diagnostics.iter().filter(|d| d.code == Code::FieldLost).collect();
            let same = format.keeps == Format::by_name(own).unwrap().keeps;
            assert_eq!(converted.text.contains(field), same, "{own} to {}", format.name);
            assert_eq!(lost.len(), usize::from(!same), "{own} to {}: {lost:?}", format.name);
        }
    }
}

#[test]
fn a_key_stays_and_two_alike_are_told_apart() {
    let text =
        "@misc{Doe:2000, title = {One}}\n@misc{doe:2000, title = {Two}}\n@misc{, title = {Three}}";
    let format = Format::by_name("bibtex").unwrap();
    let converted = convert(text.as_bytes(), "refs", format, &Options::default()).unwrap();
    let keys: Vec<&str> =
        converted.text.lines().filter_map(|line| line.strip_prefix("@misc{")).collect();
    assert_eq!(keys, ["Doe:2000,", "doe:2000a,", "three,"]);
    let told: Vec<_> =
        converted.diagnostics.iter().filter(|d| d.code == Code::KeyChanged).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].found, "doe:2000");
}

#[test]
fn a_text_is_told_before_its_ending() {
    let page = "见 @article{x, …}\n{\"title\":\"镁\",\"resultStr\":\"{\\\"title\\\":\\\"Magnesium\\\"}\",\"type\":\"book\"}";
    for (text, name, expected) in [
        (page, "refs.bib", "booksci"),
        ("{\"title\": \"A\", \"authors\": \"B\"}", "a.json", "booksci"),
        ("[{\"type\": \"article-journal\", \"title\": \"A\"}]", "a.json", "csl-json"),
        ("[]", "a.csljson", "csl-json"),
        ("% nothing yet", "a.bib", "bibtex"),
        ("TY  - JOUR\r\nER  - \r\n", "a.txt", "ris"),
        ("\u{feff}%0 Book\n%T A", "a.txt", "enw"),
        ("anything", "a", "booksci"),
    ] {
        assert_eq!(Source::of(text.as_bytes(), name).name, expected, "{text}");
    }
}

#[test]
fn a_record_of_another_kind_among_those_of_a_file_is_a_loss() {
    let json = "{\"title\":\"Iron\",\"authors\":\"Ann Lee\",\"doi\":\"10.1000/2\"}";
    let (bib, ris, enw) =
        ("@article{zinc, title={Zinc}}", "TY  - JOUR\nTI  - Tin\nER  - \n", "%0 Book\n%T Gold\n");
    let csl = "[{\"id\":\"a\",\"type\":\"book\",\"title\":\"Lead\"}]";
    for (name, text, lost) in [
        ("bibtex", format!("How to cite:\n{bib}\n{json}\n"), &[(3, json)][..]),
        ("bibtex", format!("{json}\n\n{bib}\n\nseen\n{ris}"), &[(1, json), (6, "TY  - JOUR")]),
        ("bibtex", format!("{bib}\n{enw}"), &[(2, "%0 Book")]),
        ("bibtex", format!("{bib}\n{csl}\n"), &[(2, csl)]),
        ("ris", format!("{ris}\nseen\n{json}\n\n{ris}{enw}"), &[(6, json), (11, "%0 Book")]),
        ("enw", format!("{enw}\n{json}\n{enw}"), &[(4, json)]),
        ("csl-json", format!("{csl}\nTY  - JOUR\nER  - \n"), &[(2, "TY  - JOUR")]),
        ("bibtex", format!("see {{\"a\":1}}\n{bib}\n%0.5 of all\n"), &[]),
    ] {
        let (source, options) = (Source::of(text.as_bytes(), "refs"), verbatim());
        assert_eq!(source.name, name, "{text}");
        let batch = source::Batches::new(text.as_bytes(), "refs", options).next().unwrap().unwrap();
        let reading = batch.read().unwrap();
        let told = reading.diagnostics.iter().filter(|d| d.code == Code::RecordBroken);
        let told: Vec<_> = told.map(|d| (d.place.line, &*d.found)).collect();
        assert_eq!(told, lost, "{text}");
        let kept = reading.rejected.iter().map(|rejected| &rejected.verbatim[0].record);
        for ((_, start), record) in lost.iter().zip(kept) {
            assert!(record.starts_with(start.as_bytes()), "{text}");
        }
        assert_eq!(reading.rejected.len(), lost.len(), "{text}");
    }
}

fn verbatim() -> source::Options {
    source::Options { verbatim: true, ..source::Options::default() }
}

#[test]
fn a_citation_of_another_work_before_a_record_is_a_loss() {
    let record = "{\"title\":\"Zinc in cells\",\"DOIUrl\":\"10.1000/2\",\"authors\":\"Ann Lee\"}";
    for (cited, code) in [
        ("@article{k, title={{Zinc} in Cells}}\n", Code::TextOutside),
        ("TY  - JOUR\nTI  - Something else\nDO  - 10.1000/2\nER  - \n", Code::TextOutside),
        ("@article{k, title={Zinc in cells}}\n@article{l, title={Iron}}\n", Code::RecordBroken),
        ("%0 Journal Article\n%T Iron\n", Code::RecordBroken),
    ] {
        let reading = source::read(format!("{cited}{record}").as_bytes(), "page.txt").unwrap();
        assert_eq!(reading.found.len(), 1);
        let codes = [Code::TextOutside, Code::RecordBroken];
        let told = reading.diagnostics.iter().map(|d| d.code).filter(|code| codes.contains(code));
        let told: Vec<Code> = told.collect();
        assert_eq!(told, [code], "{cited}");
    }
}

#[test]
fn what_is_lost_of_the_text_around_records_is_told_and_kept() {
    let record = "{\"title\":\"Zinc in cells\",\"DOIUrl\":\"10.1000/2\",\"authors\":\"Ann Lee\"}\n";
    let tin = "{\"title\":\"Tin\",\"doi\":\"10.1000/4\"}";
    let long = "引用次数: 0\n".repeat(40_000);
    let same = "@article{k, title={Zinc in cells}}\n";
    let other = "@article{l, title={Iron}}";
    let headless = "\"title\":\"Iron\",\"journal\": {\"name\":\"J\"},\"doi\" :\"10.1000/3\"}";
    let untitled = "{\"authors\":\"Ann Lee\",\"doi\":\"10.1000/3\"}";
    let apart =
        "{\n  \"Title\": \"A\",\n  \"authors\": \"Ann Lee\",\n  \"journal\": {\"name\":\"J\"}\n}";
    let csl = "{\"type\":\"book\",\"title\":\"Iron\",\"DOI\":\"10.1000/3\",\"author\":[{\"family\":\"Li\"}]}";
    let facets = "{\"facets\":{\"authors\":[{\"name\":\"Li\",\"n\":3}],\"journal\":[]},\"sort\":{\"authors\":1,\"doi\":-1}}\n";
    let form = "{\n\"authors\":\"\",\n\"doi\":\"\",\n\"journal\":\"\"}\n function(){ if (x) { \"doi\": 1 } }\n";
    for (text, lost) in [
        (format!("{record}\n{other}\n"), &[(3, other)][..]),
        (format!("{record}{long}{other}"), &[(40_002, other)]),
        (format!("{long}{record}{other}"), &[(40_002, other)]),
        (format!("{other}\n{record}"), &[(1, other)]),
        (format!("{record}{other}\n{long}{record}"), &[(2, other)]),
        (format!("{record}{other}\n{long}"), &[(2, other)]),
        (format!("{other}\n{long}{record}"), &[(1, other)]),
        (format!("{record}{same}{long}{record}"), &[]),
        (
            format!("{other}\n{{\"title\":\"A\" \"doi\":\"1\"}}\n{record}"),
            &[(1, other), (2, "{\"title\":\"A\"")],
        ),
        (format!("{record}{same}"), &[]),
        (format!("{record}{long}{same}"), &[]),
        (format!("{record}{same}{tin}"), &[]),
        (format!("{record}{headless}\n{record}"), &[(2, headless)]),
        (format!("{record}{headless}\n"), &[(2, headless)]),
        (format!("{headless}\n{headless}\n{record}"), &[(1, headless), (2, headless)]),
        (format!("{headless}\n"), &[(1, headless)]),
        (
            format!("{headless}\n{long}{record}{headless}{long}"),
            &[(1, headless), (40_003, headless)],
        ),
        (format!("{record}{other}\n{headless}\n"), &[(2, other), (3, headless)]),
        (format!("{record}\n{untitled}\n\n{record}{untitled}"), &[(3, untitled), (6, untitled)]),
        (
            format!("{{\"code\":0,\"data\":{{\"list\":[{untitled},{tin},{csl}]}}}}"),
            &[(1, untitled), (1, csl)],
        ),
        (format!("{record}{apart}\n{record}"), &[(2, "{\n  \"Title\"")]),
        (format!("{record}{csl}\n{tin}"), &[(2, csl)]),
        (format!("{{\"data\":[{tin}],\n\"authors\":\"A\",\"journal\":\"B\"}}\n{record}"), &[]),
        (format!("{{\"references\":[{untitled}],\"title\":\"Iron\",\"doi\":\"10.1000/3\"}}"), &[]),
        (format!("{{\"title\":\"Results\",\"list\":[{untitled}]}}"), &[(1, untitled)]),
        (format!("{facets}{form}{record}{form}{facets}{record}{form}{facets}"), &[]),
        (format!("{record}{{\"doi\":\"10.1000/3\"}} {{\"title\":\"Home\",\"n\":1}}"), &[]),
        (format!("#: a: {headless}\n{record}#: a: {headless}\n"), &[]),
    ] {
        let mut reading = source::Reading::default();
        let options = source::Options { from: Source::by_name("booksci"), ..verbatim() };
        for batch in source::Batches::new(text.as_bytes(), "page.txt", options) {
            reading.extend(batch.unwrap().read().unwrap());
        }
        let shown: String = text.replace(&long, "…\n");
        let told = reading.diagnostics.iter();
        let told = told.filter(|d| matches!(d.code, Code::RecordBroken | Code::RecordCutOff));
        let told: Vec<usize> = told.map(|d| d.place.line).collect();
        assert_eq!(told, lost.iter().map(|(line, _)| *line).collect::<Vec<_>>(), "{shown}");
        let kept = reading.rejected.iter().map(|rejected| &*rejected.verbatim[0].record);
        let kept: Vec<String> =
            kept.map(|kept| String::from_utf8_lossy(kept).into_owned()).collect();
        let starts = kept.iter().zip(lost).all(|(kept, (_, lost))| kept.starts_with(lost));
        assert!(kept.len() == lost.len() && starts, "{kept:?} of {shown}");
    }
}

#[test]
fn numbers_of_many_digits_keep_them_or_are_told() {
    let long = "123456789012345678901234567890";
    let record = |inner: &str| {
        format!(
            "{{\"title\":\"V\",\"authors\":\"Ann Lee\",\"journal\":{{\"name\":\"X\",\"volume\":{long}}},\
             \"PeriodicalIF\":0.30000000000000004,\"resultStr\":\"{{{inner}}}\"}}"
        )
    };
    let lost = |reading: &source::Reading| -> Vec<String> {
        let lost = reading.diagnostics.iter().filter(|d| d.code == Code::ValueLost);
        lost.map(|d| d.field.clone()).collect()
    };
    let reading = source::read(record("").as_bytes(), "a.json").unwrap();
    let entry = &reading.found[0].entry;
    assert_eq!(entry.volume.as_deref(), Some(long));
    assert_eq!(entry.metrics.impact_factor.as_deref(), Some("0.30000000000000004"));
    assert_eq!(lost(&reading), [""; 0]);
    let inner = format!("\\\"title\\\":\\\"V\\\",\\\"paperid\\\":{long}");
    let reading = source::read(record(&inner).as_bytes(), "a.json").unwrap();
    let id = reading.found[0].entry.source_id.as_deref();
    assert!(id == Some(long) || lost(&reading) == ["paperid"], "{reading:?}");
    let csl = format!("[{{\"id\":\"a\",\"type\":\"book\",\"title\":\"A\",\"volume\":{long}}}]");
    let reading = source::read(csl.as_bytes(), "a.json").unwrap();
    assert_eq!(reading.found[0].entry.volume.as_deref(), Some(long));
}

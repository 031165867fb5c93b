//! The support files of the tests load and are sane: a broken ruler measures nothing.

#[path = "support/ris_rules.rs"]
mod ris_rules;
mod support;

use serde_json::{Value, json};
use std::collections::HashSet;
use std::fs;
use support::{csl_errors, data_dir, golden_as, line_diff, word_set, words};

/// Every list, a word that must be in it, and one that must not.
const LISTS: &[(&str, &str, &str)] = &[
    ("babel-languages", "chinese", "zh-CN"),
    ("bcp47", "zh-CN", "chinese"),
    ("biblatex", "thesis", "journal"),
    ("biblatex-fields", "journaltitle", "titletranslation"),
    ("bibtex", "phdthesis", "thesis"),
    ("bibtex-fields", "journal", "journaltitle"),
    ("csl-types", "article-journal", "article_journal"),
    ("csl-variables", "original-title", "original-container-title"),
    ("enw", "Journal Article", "Article"),
    ("hayagriva", "periodical", "journal"),
    ("noteexpress", "Journal Article", "Article"),
    ("ris", "JOUR", "ARTICLE"),
    ("ris-tags", "TT", "OT"),
];

#[test]
fn every_list_is_in_the_table() {
    let folder = data_dir().with_file_name("words");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let found: HashSet<String> = names.map(|name| name.into_string().unwrap()).collect();
    let expected = LISTS.iter().map(|row| format!("{}.txt", row.0)).collect();
    assert_eq!(found, expected);
}

#[test]
fn lists_name_their_source_and_hold_each_word_once() {
    for &(name, inside, outside) in LISTS {
        let path = data_dir().with_file_name("words").join(format!("{name}.txt"));
        let text = fs::read_to_string(path).unwrap();
        assert!(text.starts_with("# ") && text.ends_with('\n'), "{name}");
        assert!(!text.contains('\r'), "{name}");
        let list = words(name);
        let set = word_set(name);
        assert_eq!(list.len(), set.len(), "{name} has a word twice");
        for word in &list {
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' ');
            assert!(word.chars().all(plain), "{name}: {word:?}");
        }
        assert!(set.contains(inside) && !set.contains(outside), "{name}");
    }
}

#[test]
fn biblatex_knows_the_classic_types_and_fields() {
    for (classic, all) in [("bibtex", "biblatex"), ("bibtex-fields", "biblatex-fields")] {
        let all = word_set(all);
        let lost: Vec<_> = words(classic).into_iter().filter(|word| !all.contains(word)).collect();
        assert_eq!(lost, [""; 0], "{classic}");
    }
}

#[test]
fn ris_tags_have_the_form_of_a_tag() {
    for tag in words("ris-tags") {
        let [first, second] = tag.as_bytes() else { panic!("{tag}") };
        assert!(first.is_ascii_uppercase(), "{tag}");
        assert!(second.is_ascii_uppercase() || second.is_ascii_digit(), "{tag}");
    }
}

fn schema_item() -> Value {
    let path = data_dir().with_file_name("schema").join("csl-data.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    schema["definitions"]["item"]["properties"].clone()
}

#[test]
fn the_schema_knows_the_types_and_properties_of_the_lists() {
    let item = schema_item();
    let properties: HashSet<String> = item.as_object().unwrap().keys().cloned().collect();
    assert_eq!(properties, word_set("csl-variables"));
    let types = item["type"]["enum"].as_array().unwrap();
    let types: Vec<_> = types.iter().map(|word| word.as_str().unwrap()).collect();
    assert_eq!(types, words("csl-types"));
}

#[test]
fn csl_json_that_is_right_has_no_errors() {
    let item = json!({
        "id": "nechifor2018", "type": "article-journal", "language": "zh-CN", "volume": "31",
        "title": "Magnesium in addiction", "page": "90-98", "issue": 3,
        "author": [
            {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
            {"family": "King", "given": "M. L.", "suffix": "Jr.", "comma-suffix": true},
            {"family": "张", "given": "敏莉", "static-ordering": false},
            {"literal": "国家统计局"}
        ],
        "issued": {"date-parts": [[2018, 8, 1], ["2018", "08"]], "circa": true},
        "accessed": {"raw": "2018-08"}, "submitted": {"literal": "autumn"},
        "custom": {"title": {"zh": "镁", "en": "Magnesium"}, "empty": ""},
        "note": "titleTranslation: 镁"
    });
    let other = json!({"id": 7, "type": "document"});
    for items in [json!([]), json!([item]), json!([item, other])] {
        assert_eq!(csl_errors(&items.to_string()), [""; 0]);
    }
}

/// What is wrong, and how the one message about it begins.
const WRONG_CSL: &[(&str, &str)] = &[
    ("", "not JSON"),
    ("[", "not JSON"),
    ("\u{feff}[]", "not JSON"),
    (
        r#"[{"id": "a", "type": "book", "title": "x", "title": "y"}]"#,
        "not JSON: the member \"title\" is given twice",
    ),
    (
        r#"[{"id": "a", "type": "book", "custom": {"a": {"b": 1, "b": 1}}}]"#,
        "not JSON: the member \"b\" is given twice",
    ),
    (r#"{"id": "a", "type": "book"}"#, ": "),
    (r#"[{"type": "book"}]"#, "/0: "),
    (r#"[{"id": "a"}]"#, "/0: "),
    (r#"[{"id": "", "type": "book"}]"#, "/0/id: "),
    (r#"[{"id": "a", "type": "article_journal"}]"#, "/0/type: "),
    (r#"[{"id": "a", "type": "book"}, {"id": "a", "type": "book"}]"#, "/1/id: "),
    (r#"[{"id": "1", "type": "book"}, {"id": 1, "type": "book"}]"#, "/1/id: "),
    (r#"[{"id": "a", "type": "book", "original-container-title": "x"}]"#, "/0: "),
    (r#"[{"id": "a", "type": "book", "title": ""}]"#, "/0/title: "),
    (r#"[{"id": "a", "type": "book", "title": null}]"#, "/0/title: "),
    (r#"[{"id": "a", "type": "book", "title": {"zh": "x"}}]"#, "/0/title: "),
    (r#"[{"id": "a", "type": "book", "custom": "x"}]"#, "/0/custom: "),
    (r#"[{"id": "a", "type": "book", "author": []}]"#, "/0/author: "),
    (r#"[{"id": "a", "type": "book", "author": ["Li"]}]"#, "/0/author/0: "),
    (r#"[{"id": "a", "type": "book", "author": [{}]}]"#, "/0/author/0: "),
    (
        r#"[{"id": "a", "type": "book", "author": [{"name": "Li", "family": "Li"}]}]"#,
        "/0/author/0: ",
    ),
    (r#"[{"id": "a", "type": "book", "issued": "2018"}]"#, "/0/issued: "),
    (r#"[{"id": "a", "type": "book", "issued": {"season": 1}}]"#, "/0/issued: "),
    (
        r#"[{"id": "a", "type": "book", "issued": {"date-parts": [2018]}}]"#,
        "/0/issued/date-parts/0: ",
    ),
    (
        r#"[{"id": "a", "type": "book", "issued": {"date-parts": [[]]}}]"#,
        "/0/issued/date-parts/0: ",
    ),
    (
        r#"[{"id": "a", "type": "book", "issued": {"date-parts": [[2018, 13]]}}]"#,
        "/0/issued/date-parts/0/1: ",
    ),
    (
        r#"[{"id": "a", "type": "book", "issued": {"date-parts": [[2018, 1, 0]]}}]"#,
        "/0/issued/date-parts/0/2: ",
    ),
    (
        r#"[{"id": "a", "type": "book", "issued": {"date-parts": [["2018a"]]}}]"#,
        "/0/issued/date-parts/0/0: ",
    ),
    (
        r#"[{"id": "a", "type": "book", "issued": {"date-parts": [[2018, 1, 1, 1]]}}]"#,
        "/0/issued/date-parts/0: ",
    ),
];

#[test]
fn csl_json_that_is_wrong_has_one_error_with_its_place() {
    for (json, begins) in WRONG_CSL {
        let errors = csl_errors(json);
        assert_eq!(errors.len(), 1, "{json}: {errors:?}");
        assert!(errors[0].starts_with(begins), "{json}: {errors:?}");
    }
}

#[test]
fn a_diff_shows_what_changed_and_what_an_eye_cannot_see() {
    let rows = [
        ("a\nb\n", "a\nb\n", ""),
        ("", "a\n", "    1 + a\n"),
        ("a\n", "", "    1 - a\n"),
        ("a\n", "a", "    1 - a\n    1 + a (no line end)\n"),
        ("ER  - \r\n", "ER  -\n", "    1 - ER  -·\\r\n    1 + ER  -\n"),
        ("a\u{200b}b\n", "a\tb\n", "    1 - a\\u{200b}b\n    1 + a\\tb\n"),
        ("a\nb\nc\n", "a\nx\nc\n", "    1   a\n    2 - b\n    2 + x\n    3   c\n"),
        ("a\nb\nc\nd\n", "b\nc\nx\nd\n", "    1 - a\n    2   b\n    3   c\n    3 + x\n    4   d\n"),
    ];
    for (expected, found, diff) in rows {
        assert_eq!(line_diff(expected, found), diff, "{expected:?} {found:?}");
    }
}

#[test]
fn a_diff_leaves_out_what_is_far_from_a_change() {
    let old: String = (1..=30).map(|n| format!("{n}\n")).collect();
    let new = old.replace("\n2\n", "\nx\n").replace("\n29\n", "\ny\n");
    let shown: String = line_diff(&old, &new).lines().map(|line| &line[6..]).collect();
    assert_eq!(shown, "  1- 2+ x  3  4  5...  26  27  28- 29+ y  30");
}

#[test]
fn a_diff_of_long_texts_is_still_one() {
    let text = |word: &str| (0..3000).map(|n| format!("{word} {n}\n")).collect::<String>();
    let diff = line_diff(&text("old"), &text("new"));
    assert_eq!(diff.lines().filter(|line| line[6..].starts_with("- old")).count(), 3000);
    assert_eq!(diff.lines().filter(|line| line[6..].starts_with("+ new")).count(), 3000);
}

#[test]
fn a_golden_file_is_compared_and_written_only_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case").join("expected.ris");

    let missing = golden_as(&path, "TY  - GEN\r\n", false).unwrap_err();
    assert!(missing.contains("no such golden file\n    1 + TY  - GEN\\r\n"), "{missing}");
    assert!(!path.exists());

    golden_as(&path, "TY  - GEN\r\n", true).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"TY  - GEN\r\n");
    golden_as(&path, "TY  - GEN\r\n", false).unwrap();

    let other = golden_as(&path, "TY  - GEN\n", false).unwrap_err();
    assert!(other.contains("    1 - TY  - GEN\\r\n    1 + TY  - GEN\n"), "{other}");
    assert!(other.contains("UPDATE_GOLDEN=1 cargo test"), "{other}");
    assert_eq!(fs::read(&path).unwrap(), b"TY  - GEN\r\n");

    fs::write(&path, b"\xb0").unwrap();
    assert!(golden_as(&path, "x", false).unwrap_err().contains("utf-8"));
}

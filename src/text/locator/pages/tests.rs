use super::*;
use proptest::prelude::*;

/// `first-last, more`, `#` and the article number, the codes.
fn shown(found: &Locator) -> String {
    let mut text = found.pages.as_ref().map_or(String::new(), |p| p.join("-"));
    if let Some(number) = &found.article_number {
        text.push_str(&format!("#{number}"));
    }
    found.findings.iter().fold(text, |text, f| format!("{text} {}", f.code.word()))
}

#[test]
fn pages_as_sources_write_them() {
    for (raw, expected) in [
        ("90-98", "90-98"),
        ("7851-7858", "7851-7858"),
        ("407 - 420", "407-420"),
        ("90–98", "90-98"),
        ("90—98", "90-98"),
        ("90−98", "90-98"),
        ("90--98", "90-98"),
        ("90~98", "90-98"),
        ("90～98", "90-98"),
        ("90&ndash;98", "90-98"),
        ("90\u{0}-&nbsp;98", "90-98"),
        ("Pages 69-83", "69-83"),
        ("Page(s): 69-83", "69-83"),
        ("pp. 69-83", "69-83"),
        ("pp.69-83", "69-83"),
        ("p. 5", "5"),
        ("p12-p15", "12-15"),
        ("P12-P15", "P12-P15"),
        ("第12-19页", "12-19"),
        ("第12页", "12"),
        ("1-12 pages", "1-12"),
        ("123", "123"),
        ("1-26", "1-26"),
        ("1-1", "1"),
        ("1-", "1"),
        ("L12", "L12"),
        ("S12-S19", "S12-S19"),
        ("C1-C12", "C1-C12"),
        ("iv-xii", "iv-xii"),
        ("iv-12", "iv-12"),
        ("e1023-e1030", "e1023-e1030"),
        ("580-592.e5", "580-592.e5"),
        ("1234.e1-1234.e5", "1234.e1-1234.e5"),
        ("1:1–1:23", "1:1-1:23"),
        ("35-38+80", "35-38, 80"),
        ("35-38,80", "35-38, 80"),
        ("123-124, 130-132", "123-124, 130-132"),
        ("1, 3, 5-7", "1, 3, 5-7"),
        ("90-98.", "90-98"),
        ("90 - 98,", "90-98"),
        ("(90-98)", "90-98"),
        ("106-113 (8 pages)", "106-113 pages-text"),
        ("", ""),
        ("-", ""),
        ("NA", ""),
        ("n/a", ""),
        (" \u{0}", ""),
    ] {
        assert_eq!(shown(&pages(raw)), expected, "{raw:?}");
    }
}

#[test]
fn abbreviated_last_pages() {
    for (raw, expected) in [
        ("123-30", "123-130 pages-expanded"),
        ("1123-9", "1123-1129 pages-expanded"),
        ("101-05", "101-105 pages-expanded"),
        ("S123-30", "S123-S130 pages-expanded"),
        ("S12-19", "S12-S19 pages-expanded"),
        ("e12-5", "e12-e15 pages-expanded"),
        ("17:1-23", "17:1-17:23 pages-expanded"),
        ("123-30, 145-9", "123-130, 145-149 pages-expanded pages-expanded"),
        ("100-99", "100-99 pages-text"),
        ("98-90", "98-90 pages-text"),
        ("98-0", "98-0 pages-text"),
        ("1234.e1-5", "1234.e1-5 pages-text"),
        ("1123-999", "1123-999 pages-text"),
        ("A1-B2", "A1-B2 pages-text"),
        ("12-S19", "12-S19 pages-text"),
    ] {
        assert_eq!(shown(&pages(raw)), expected, "{raw:?}");
    }
}

#[test]
fn numbers_of_articles() {
    for (raw, expected) in [
        ("Article 104324", "#104324"),
        ("Article No. 5", "#5"),
        ("Article Number: 5", "#5"),
        ("Art. no. e3", "#e3"),
        ("Art. No.: 5", "#5"),
        ("Article ID 123", "#123"),
        ("文章编号:123", "#123"),
        ("Article 5, 1-23", "1-23#5"),
        ("Article 5, pp. 1-23", "1-23#5"),
        ("104324", "#104324"),
        ("104324-104324", "#104324"),
        ("e1023", "#e1023"),
        ("E3", "#E3"),
        ("P06009", "#P06009"),
        ("bbab123", "#bbab123"),
        ("1-15, Article 104324", "1-15#104324"),
        ("1-12 (Article 5)", "1-12#5"),
        ("104324, 1-15", "1-15#104324"),
        ("104324, 104330", "104324, 104330"),
        ("e00123-18", "#e00123-18"),
        ("021001-1-021001-7", "1-7#021001 pages-text"),
        ("021001-1-7", "1-7#021001 pages-text"),
        ("105001 (12 pp.)", "#105001 pages-text"),
    ] {
        assert_eq!(shown(&pages(raw)), expected, "{raw:?}");
    }
}

#[test]
fn what_is_odd_is_kept_or_named() {
    for (raw, expected) in [
        ("12 pages", " pages-text"),
        ("12 p.", " pages-text"),
        ("12 pp", " pages-text"),
        ("12页", " pages-text"),
        ("共12页", " pages-text"),
        ("000", " pages-text"),
        ("0-0", " pages-text"),
        ("pp. 0", " pages-text"),
        ("1,234-1,245", "#1,234-1,245 pages-text"),
        ("-98", "#-98 pages-text"),
        ("in press", "in press pages-text"),
        ("见第三页", "见第三页 pages-text"),
        ("Article", "Article pages-text"),
        ("10.1109/x", "#10.1109/x pages-text"),
        ("12-15-18", "#12-15-18 pages-text"),
        ("35-38, 90-80", "35-38, 90-80 pages-text"),
    ] {
        assert_eq!(shown(&pages(raw)), expected, "{raw:?}");
    }
}

#[test]
fn labels_without_end_are_text() {
    for part in
        ["Art 1 ", "Article 5, ", "(Article 5) ", "1-15, Article 5; ", "pp. ", "第", "1-15-"]
    {
        let raw = part.repeat(20_000);
        let found = pages(&raw);
        let kept = found.pages.map_or_else(|| found.article_number, |pages| Some(pages.first));
        assert_eq!(kept, Some(plain(&raw).into_owned()), "{part:?}");
        assert_eq!(found.findings.len(), 1, "{part:?}");
    }
}

proptest! {
    #[test]
    fn nothing_is_lost_and_clean_pages_stay(
        raw in "(\\PC|[0-9]{1,3}| |-|–|,|\\+|S|e|pp\\. |Article |iv|中|页|:|\\.){0,9}",
    ) {
        let found = pages(&raw);
        let kept = shown(&found);
        let noted: String = found.findings.iter().map(|f| f.found.as_str()).collect();
        for c in plain(&raw).chars().filter(|c| c.is_ascii_digit()) {
            prop_assert!(kept.contains(c) || noted.contains(c), "{} in {}", c, raw);
        }
        if let (Some(clean), None, []) = (&found.pages, &found.article_number, &found.findings[..]) {
            prop_assert_eq!(pages(&clean.join("-")).pages, Some(clean.clone()));
        }
    }
}

use super::*;
use proptest::prelude::*;

/// `volume|issue|arxiv`, then the codes.
fn shown(found: &Volume) -> String {
    let text = |v: &Option<String>| v.clone().unwrap_or_default();
    let codes = found.findings.iter().map(|f| format!(" {}", f.code.word()));
    let values = format!("{}|{}|{}", text(&found.volume), text(&found.issue), text(&found.arxiv));
    codes.fold(values, |shown, code| shown + &code)
}

#[test]
fn volumes_and_issues_as_sources_write_them() {
    for (raw, expected) in [
        ("31 3", "31|3|"),
        ("3 ", "3||"),
        ("41", "41||"),
        ("2023 12", "2023|12|"),
        ("31(3)", "31|3|"),
        ("31 (3)", "31|3|"),
        ("３１（３）", "31|3|"),
        ("31, 3", "31|3|"),
        ("31:3", "31|3|"),
        ("31/3", "31|3|"),
        ("31, no. 3", "31|3|"),
        ("vol. 31", "31||"),
        ("Vol.31 No.3", "31|3|"),
        ("Volume 31, Issue 3", "31|3|"),
        ("Volume: 31 Number: 3", "31|3|"),
        ("31 no3", "31|3|"),
        ("No. 3", "|3|"),
        ("第31卷第3期", "31|3|"),
        ("第31卷 第3期", "31|3|"),
        ("31卷3期", "31|3|"),
        ("31卷", "31||"),
        ("第3期", "|3|"),
        ("31卷增刊1", "31|增刊1|"),
        ("31 增刊1", "31|增刊1|"),
        ("31 Suppl 1", "31|Suppl 1|"),
        ("31 3 Suppl 1", "31|3 Suppl 1|"),
        ("31(3 Suppl 1)", "31|3 Suppl 1|"),
        ("31 Supplement_1", "31|Supplement 1|"),
        ("31 1_suppl", "31|1 suppl|"),
        ("31 Pt 3", "31|Pt 3|"),
        ("31 3 Pt 2", "31|3 Pt 2|"),
        ("31 Spec No", "31|Spec No|"),
        ("Suppl 1", "|Suppl 1|"),
        ("31 3-4", "31|3-4|"),
        ("31 3/4", "31|3/4|"),
        ("31 3–4", "31|3-4|"),
        ("31 3 – 4", "31|3-4|"),
        ("31-32", "31-32||"),
        ("31-32 1", "31-32|1|"),
        ("e31", "e31||"),
        ("A31", "A31||"),
        ("31 S1", "31|S1|"),
        ("LXIV", "LXIV||"),
        ("LXIV 2", "LXIV|2|"),
        ("7 OOPSLA2", "7|OOPSLA2|"),
        ("31\u{0}&nbsp;3", "31|3|"),
        ("abs/1706.03762", "||1706.03762"),
        ("abs/1706.03762 ", "||1706.03762"),
        ("abs/cs/0701001", "||cs/0701001"),
        ("arXiv:1706.03762v2", "||1706.03762v2"),
        ("1706.03762", "||1706.03762 volume-text"),
        ("PP ", "|| early-access"),
        ("PP 99", "|| early-access"),
        ("PP(99)", "|| early-access"),
        ("ahead-of-print", "|| early-access"),
        ("In press", "|| early-access"),
        ("31 ahead-of-print", "31|| early-access"),
        ("31 Aug", "31|Aug| volume-text"),
        ("31 3,4", "31|3-4| volume-text"),
        ("31 3 & 4", "31|3-4| volume-text"),
        ("31 3+4", "31|3-4| volume-text"),
        ("31 3 7", "31|3 7| volume-text"),
        ("31-3", "31|3| volume-text"),
        ("2023-12", "2023|12| volume-text"),
        ("1-12", "1-12|| volume-text"),
        ("3-4", "3-4||"),
        ("12-345", "12-345|| volume-text"),
        ("31-0", "31-0|| volume-text"),
        ("2018, 31(3)", "31|3| volume-text"),
        ("2018,31(03)", "31|3| volume-text"),
        ("2018年31卷3期", "31|3| volume-text"),
        ("2018年第3期", "|3| volume-text"),
        ("Vol. 31, No. 3, 2018", "31|3| volume-text"),
        ("31 3 2018", "31|3| volume-text"),
        ("2018 31", "2018|31|"),
        ("2018", "2018||"),
        ("031 03", "31|3|"),
        ("0 0", "|| volume-text"),
        ("0(0)", "|| volume-text"),
        ("31 0", "31|| volume-text"),
        ("31 PP", "31|| early-access"),
        ("31(PP)", "31|| early-access"),
        ("v31", "31||"),
        ("25 12 Pt B", "25|12 Pt B|"),
        ("31 Pt A", "31|Pt A|"),
        ("31/32", "31/32|| volume-text"),
        ("18446744073709551615/", "18446744073709551615/|| volume-text"),
        ("31.3", "31|3| volume-text"),
        ("31.3.2", "31.3.2|| volume-text"),
        ("3rd series", "3rd series|| volume-text"),
        ("abs/1713.03762", "abs/1713.03762|| volume-text"),
        ("Issue 3, Volume 31", "Issue 3, Volume 31|| volume-text"),
        ("", "||"),
        (" \u{0} ", "||"),
        ("-", "||"),
        ("n/a", "||"),
    ] {
        assert_eq!(shown(&volume(raw)), expected, "{raw:?}");
    }
}

#[test]
fn an_issue_of_its_own() {
    for (raw, expected) in [
        ("3", "|3|"),
        ("No. 3", "|3|"),
        ("第3期", "|3|"),
        ("3–4", "|3-4|"),
        ("Suppl. 1", "|Suppl. 1|"),
        ("", "||"),
        ("the yellow one", "|the yellow one| volume-text"),
    ] {
        assert_eq!(shown(&issue(raw)), expected, "{raw:?}");
    }
}

#[test]
fn the_filler_is_an_issue_one_without_pages_or_with_the_first() {
    for (volume, issue, pages, filler) in [
        (Some("29"), Some("1"), "", true),
        (Some("29"), Some("1"), " &nbsp;", true),
        (Some("1"), Some("1"), "1 - 26", true),
        (Some("1"), Some("1"), "27-31", false),
        (Some("1"), Some("1"), "e1008", false),
        (Some("29"), Some("1"), "1-26", false),
        (Some("1"), Some("2"), "", false),
        (Some("1"), None, "", false),
    ] {
        assert_eq!(is_filler(volume, issue, pages), filler, "{volume:?} {issue:?} {pages:?}");
    }
}

proptest! {
    #[test]
    fn nothing_is_lost_and_clean_values_stay(
        raw in "(\\PC|[0-9]{1,3}| |\\(|\\)|Suppl|Vol|No|卷|期|第|-|–|/|,|PP|\u{0}){0,9}",
    ) {
        let found = volume(&raw);
        let kept = shown(&found);
        let noted: String = found.findings.iter().map(|f| f.found.as_str()).collect();
        let text = plain(&raw);
        for number in text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()) {
            // The zeros that pad a number say nothing; a zero alone does.
            let bare = number.trim_start_matches('0');
            for c in if bare.is_empty() { "0" } else { bare }.chars() {
                prop_assert!(kept.contains(c) || noted.contains(c), "{} in {}", c, raw);
            }
        }
        if found.findings.is_empty() {
            let mut parts: Vec<String> = found.volume.iter().cloned().collect();
            parts.extend(found.issue.clone());
            if found.volume.is_some() {
                prop_assert_eq!(volume(&parts.join(" ")), found);
            }
        }
    }
}

use super::*;
use proptest::prelude::*;

const SICI: &str = "10.1002/(SICI)1097-4679(199911)55:11<1381::AID-JCLP6>3.0.CO;2-#";

#[test]
fn dois_in_any_form() {
    for (raw, expected) in [
        ("10.1049/sfw2.12091", "10.1049/sfw2.12091"),
        ("10.1/x", "10.1/x"),
        ("10.1109/a%3Ab<%A2", "10.1109/a:b"),
        (r"10.1109\/x\\/y\\\/z", "10.1109/x/y/z"),
        ("10.1000.10/123", "10.1000.10/123"),
        ("10.1080/1351847X.2021.1910057", "10.1080/1351847X.2021.1910057"),
        ("10.1162/evco_a_00366", "10.1162/evco_a_00366"),
        (" 10.1109/tse.2024.3522038 ", "10.1109/tse.2024.3522038"),
        ("\u{0}10.1109/x\u{0}", "10.1109/x"),
        ("doi:10.1109/x", "10.1109/x"),
        ("DOI: 10.1109/x", "10.1109/x"),
        ("DOI：10.1109/x", "10.1109/x"),
        ("doi10.1109/x", "10.1109/x"),
        ("info:doi/10.1109/x", "10.1109/x"),
        ("https://doi.org/10.1109/x", "10.1109/x"),
        ("http://dx.doi.org/10.1109/x", "10.1109/x"),
        ("doi.org/10.1109/x", "10.1109/x"),
        ("DOI: https://doi.org/10.1109/x", "10.1109/x"),
        ("https%3A%2F%2Fdoi.org%2F10.1109%2Fx", "10.1109/x"),
        ("https://dl.acm.org/doi/10.1145/3592799", "10.1145/3592799"),
        ("https://onlinelibrary.wiley.com/doi/abs/10.1002/rnc.8008", "10.1002/rnc.8008"),
        ("https://onlinelibrary.wiley.com/doi/10.1002/rnc.8008/full", "10.1002/rnc.8008"),
        ("https://www.tandfonline.com/doi/full/10.1080/x.1?journalCode=y&z=1", "10.1080/x.1"),
        ("https://www.science.org/doi/pdf/10.1126/science.1#sec1", "10.1126/science.1"),
        ("https://link.springer.com/content/pdf/10.1007/s10514-1.pdf", "10.1007/s10514-1"),
        ("https://link.springer.com/article/10.1007%2Fs10514-1", "10.1007/s10514-1"),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.1&type=printable",
            "10.1371/journal.pone.1",
        ),
        (
            "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf",
            "10.1101/2020.01.01.123456",
        ),
        (
            "https://academic.oup.com/brain/article/doi/10.1093/brain/awz001/5304003",
            "10.1093/brain/awz001",
        ),
        ("https://academic.oup.com/doi/10.1093/123", "10.1093/123"),
        ("https://doi.org/10.1000/full", "10.1000/full"),
        ("https://doi.org/10.1000/456%23789", "10.1000/456#789"),
        ("10.1002%2Frnc.8008", "10.1002/rnc.8008"),
        ("10.1109/x.", "10.1109/x"),
        ("10.1109/x, ", "10.1109/x"),
        ("\"10.1109/x\"", "10.1109/x"),
        ("[10.1109/x]", "10.1109/x"),
        ("(doi: 10.1109/x).", "10.1109/x"),
        ("10.1109/x [doi]", "10.1109/x"),
        ("10.1684/x. Epub 2018 Aug 1.", "10.1684/x"),
        ("10.1016/0022-1236(90)90022-4", "10.1016/0022-1236(90)90022-4"),
        ("10.1016/S0140-6736(05)", "10.1016/S0140-6736(05)"),
        ("10.1016/x)", "10.1016/x"),
        (
            "10.1175/1520-0442(2000)013<0217:ROTIVI>2.0.CO;2",
            "10.1175/1520-0442(2000)013<0217:ROTIVI>2.0.CO;2",
        ),
        (SICI, SICI),
        ("10.1002/(SICI)1097-4679(199911)55:11&lt;1381::AID-JCLP6&gt;3.0.CO;2-#", SICI),
        ("10.1002/(SICI)1097-4679(199911)55:11&amp;lt;1381::AID-JCLP6&amp;gt;3.0.CO;2-#", SICI),
        (
            "https://doi.org/10.1002/(SICI)1097-4679(199911)55:11%3C1381::AID-JCLP6%3E3.0.CO;2-%23",
            SICI,
        ),
        ("https://doi.org/10.1002/(SICI)1097-4679(199911)55:11<1381::AID-JCLP6>3.0.CO;2-#", SICI),
        ("10.1109/x</a>", "10.1109/x"),
        ("10.1109/x<br>", "10.1109/x"),
        ("10.1109/x<!--a-->", "10.1109/x"),
        ("10.1000/x<1&2>y", "10.1000/x<1&2>y"),
        ("10.1000/x&lt;1&amp;2&gt;y", "10.1000/x<1&2>y"),
        ("10.1109/x;10.1109/y", "10.1109/x"),
        ("https://doi.org/10.1109/x,10.1109/y", "10.1109/x"),
        ("10.1109/x;10.5/3", "10.1109/x;10.5/3"),
        ("10.1109\\/x", "10.1109/x"),
        // What is no text stays as it is, however often it was encoded.
        ("10.1109/a%A2", "10.1109/a%A2"),
        ("https://doi.org/10.1109/a%25A2", "10.1109/a%A2"),
        ("10.1109/a%2525A2", "10.1109/a%A2"),
        // Only what was cut off kept the slash from being decoded at once.
        (r"10.1109/a\%2Fb<i>%A2", "10.1109/a/b"),
        ("10.48550/arXiv.1706.03762", "10.48550/arXiv.1706.03762"),
    ] {
        assert_eq!(doi(raw).as_deref(), Some(expected), "{raw:?}");
    }
}

#[test]
fn what_is_no_doi() {
    for raw in [
        "",
        "-",
        "10.1109",
        "10.1109/",
        "10.1109/.",
        "10./x",
        "10.a/x",
        "10..1/x",
        "11.1109/x",
        "110.1109/x",
        "10.1109/ TRO.1",
        "10.1109/TRO .1",
        "see 10.1109/x",
        "http://10.1.2.3/index",
        "https://www.nature.com/articles/s41586-020-1",
        "10.1109/a 10.1109/b",
    ] {
        assert_eq!(doi(raw), None, "{raw:?}");
    }
}

#[test]
fn a_second_doi_is_seen() {
    for (raw, expected) in [
        ("10.1109/x", None),
        ("10.1109/x;10.1109/X", None),
        ("10.1109/x;10.1109/y", Some("10.1109/y")),
        ("https://doi.org/10.1109/x https://doi.org/10.1109/y.", Some("10.1109/y")),
        (SICI, None),
    ] {
        assert_eq!(second(raw, &doi(raw).unwrap_or("10.1109/x".into())).as_deref(), expected);
    }
}

#[test]
fn what_is_cut_off_is_seen() {
    for (raw, expected) in [
        ("10.1109/x", None),
        ("10.1109/x</a>", None),
        ("10.1109/x<br/>", None),
        ("10.1109/x<b>y</b>", Some("<b>y</b>")),
        ("10.1109/x%3Cabc%3Ey", Some("<abc>y")),
        ("10.1109/x&lt;5", Some("<5")),
        ("10.1000/x<1&2>y", None),
        ("doi: 10.1109/x. <a>Epub</a>", None),
        ("<a href=\"https://doi.org/10.1109/x\">10.1109/x</a>", None),
        ("10.1684/mrh. 2018.0443", Some("2018.0443")),
        ("10.1016/S0140-6736 (18)30001-1", Some("(18)30001-1")),
        ("10.1109/x. 2018", None),
        ("10.1109/x (2018)", None),
        ("10.1109/x. Epub 2018-1", None),
        ("10.1109/x, 10.1109/y", None),
        (SICI, None),
    ] {
        let found = doi(raw).and_then(|first| cut_off(raw, &first));
        assert_eq!(found.as_deref(), expected, "{raw}");
    }
}

#[test]
fn dois_in_loose_text() {
    for (text, expected) in [
        ("Pub Date : 2010-11-01DOI: 10.1109/TBCAS.2010.1", Some("10.1109/TBCAS.2010.1")),
        ("Soft RoboticsPub Date : 2023-08-01DOI: 10.1089/soro.1", Some("10.1089/soro.1")),
        ("DOI: https://dl.acm.org/doi/10.1145/3592799 x", Some("10.1145/3592799")),
        ("（DOI:10.1109/x），作者", Some("10.1109/x")),
        ("(see 10.1109/x).", Some("10.1109/x")),
        ("<a href=\"https://doi.org/10.1109/x?a=b\">10.1109/y</a>", Some("10.1109/x")),
        ("<b>10.1109/y</b>", Some("10.1109/y")),
        ("10.5/3 mg and 10.1109/ and 10.1109/z.", Some("10.1109/z")),
        ("10.5/3 mg", None),
        ("v10.1109/z", None),
        ("", None),
    ] {
        assert_eq!(find_in(text).as_deref(), expected, "{text:?}");
    }
}

#[test]
fn addresses_are_encoded_as_the_handbook_asks() {
    for (doi, expected) in [
        ("10.1109/x", "https://doi.org/10.1109/x"),
        ("10.1000/456#789", "https://doi.org/10.1000/456%23789"),
        ("10.1000/a/../b", "https://doi.org/10.1000/a/..%2Fb"),
        ("10.1000/a/./b", "https://doi.org/10.1000/a/.%2Fb"),
        ("10.1000/é+?", "https://doi.org/10.1000/%C3%A9%2B%3F"),
        (
            SICI,
            "https://doi.org/10.1002/(SICI)1097-4679(199911)55:11%3C1381::AID-JCLP6%3E3.0.CO;2-%23",
        ),
    ] {
        assert_eq!(url_of(doi), expected, "{doi:?}");
    }
}

#[test]
fn the_case_of_a_doi_does_not_matter() {
    assert!(same("10.1080/1351847X", "10.1080/1351847x"));
    assert!(!same("10.1080/1351847X", "10.1080/1351847y"));
}

#[test]
fn long_input_is_read_to_its_end() {
    for part in ["10.1109/", "10.1109/<", "10.10.", ")", "%25", "&amp;", "<a:>", "10.", "("] {
        let long = part.repeat(20_000);
        assert_eq!(doi(&format!("10.1109/x{long}y z")), None, "{part:?}");
        let behind = find_in(&format!("{long} 10.1000/behind"));
        // What is short enough at the end of `10.1109/10.1109/…` is a DOI itself.
        let own = part.starts_with("10.1109/") && behind.is_some();
        assert!(own || behind.as_deref() == Some("10.1000/behind"), "{part:?}: {behind:?}");
    }
}

proptest! {
    #[test]
    fn a_doi_stays_what_it_is(
        head in "(|doi:|https://doi.org/|https://a.org/doi/|x )",
        tail in "(\\PC|[a-z0-9]|/|\\\\|%2[0-9A-F]|%A2|&lt;|<|>|:|\\(|\\)|\\[|\\]|#|\\?|\\.| ){0,14}",
    ) {
        if let Some(found) = doi(&format!("{head}10.1002/{tail}")) {
            prop_assert_eq!(doi(&found), Some(found.clone()));
            prop_assert_eq!(doi(&url_of(&found)), Some(found));
        }
    }
}

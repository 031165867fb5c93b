//! The strict RIS reader takes what the specification gives and refuses the rest, rule by rule.

use super::support::ris::{Rule, read};

fn text_of(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("{line}\r\n")).collect()
}

fn pair(tag: &str, value: &str) -> (String, String) {
    (tag.into(), value.into())
}

#[test]
fn reads_records_in_order_with_their_values_untouched() {
    let text = text_of(&[
        "TY  - JOUR",
        "TI  - Magnesium – a * view",
        "TT  - 镁在成瘾中的作用——一般观点",
        "N1  -  TY  - no tag: two blanks ",
        "ER  - ",
        "",
        "TY  - UNPB",
        "ER  - ",
    ]);
    let expected = vec![
        vec![
            pair("TY", "JOUR"),
            pair("TI", "Magnesium – a * view"),
            pair("TT", "镁在成瘾中的作用——一般观点"),
            pair("N1", " TY  - no tag: two blanks "),
            pair("ER", ""),
        ],
        vec![pair("TY", "UNPB"), pair("ER", "")],
    ];
    assert_eq!(read(text.as_bytes()), Ok(expected));
}

#[test]
fn counts_records() {
    let rows: &[(&[&str], usize)] = &[
        (&[], 0),
        (&["TY  - GEN", "ER  - "], 1),
        (&["TY  - GEN", "ER  - ", "", ""], 1),
        (&["TY  - GEN", "ER  - ", "TY  - GEN", "ER  - "], 2),
        (&["TY  - GEN", "ER  - ", "", "", "TY  - GEN", "ER  - ", ""], 2),
    ];
    for (lines, count) in rows {
        let found = read(text_of(lines).as_bytes()).map(|records| records.len());
        assert_eq!(found, Ok(*count), "{lines:?}");
    }
}

/// What is refused: the bytes, the line, the rule.
const REFUSED: &[(&[u8], usize, Rule)] = &[
    (b"TY  - GEN\r\nTI  - \xb0\r\nER  - \r\n", 2, Rule::Utf8),
    ("TY  - GEN\r\nTI  - 镁".as_bytes().split_last().unwrap().1, 2, Rule::Utf8),
    ("\u{feff}TY  - GEN\r\nER  - \r\n".as_bytes(), 1, Rule::ByteOrderMark),
    ("TY  - GEN\r\nTI  - a\u{feff}b\r\nER  - \r\n".as_bytes(), 2, Rule::ByteOrderMark),
    (b"TY  - GEN\nER  - \r\n", 1, Rule::LineEnd),
    (b"TY  - GEN\r\nER  - ", 2, Rule::LineEnd),
    (b"TY  - GEN\r\nER  - \n", 2, Rule::LineEnd),
    (b"TY  - GEN\r\nTI  - a\rb\r\nER  - \r\n", 2, Rule::LineEnd),
    (b"TY  - GEN\r\nTI  - a\r\r\nER  - \r\n", 2, Rule::LineEnd),
    (b"TY  - GEN\r\nTI  - a\tb\r\nER  - \r\n", 2, Rule::Control),
    (b"TY  - GEN\r\nTI  - a\0b\r\nER  - \r\n", 2, Rule::Control),
    ("TY  - GEN\r\nTI  - a\u{85}b\r\nER  - \r\n".as_bytes(), 2, Rule::Control),
    ("TY  - GEN\r\nTI  - a\u{2028}b\r\nER  - \r\n".as_bytes(), 2, Rule::Control),
    (b"TY - GEN\r\nER  - \r\n", 1, Rule::Form),
    (b"TY  -GEN\r\nER  - \r\n", 1, Rule::Form),
    (b" TY  - GEN\r\nER  - \r\n", 1, Rule::Form),
    (b"TY  - GEN\r\nti  - a\r\nER  - \r\n", 2, Rule::Form),
    (b"TY  - GEN\r\n1A  - a\r\nER  - \r\n", 2, Rule::Form),
    (b"TY  - GEN\r\nTI  - a\r\ngoes on\r\nER  - \r\n", 3, Rule::Form),
    ("TY  - GEN\r\nTI  - a\r\n镁在成瘾\r\nER  - \r\n".as_bytes(), 3, Rule::Form),
    (b"TY  - GEN\r\nER  -\r\n", 2, Rule::Form),
    (b"TY  - GEN\r\nTI  - \r\nER  - \r\n", 2, Rule::EmptyValue),
    ("TY  - GEN\r\nTI  - \u{3000} \r\nER  - \r\n".as_bytes(), 2, Rule::EmptyValue),
    (b"TY  - \r\nER  - \r\n", 1, Rule::EmptyValue),
    (b"TY  - GEN\r\nOT  - a\r\nER  - \r\n", 2, Rule::Tag),
    (b"TY  - ARTICLE\r\nER  - \r\n", 1, Rule::Type),
    (b"TY  - jour\r\nER  - \r\n", 1, Rule::Type),
    (b"TY  - JOUR \r\nER  - \r\n", 1, Rule::Type),
    (b"TI  - a\r\nTY  - GEN\r\nER  - \r\n", 1, Rule::NoType),
    (b"TY  - GEN\r\nER  - \r\nTI  - a\r\nER  - \r\n", 3, Rule::NoType),
    (b"TY  - GEN\r\nER  - \r\nER  - \r\n", 3, Rule::NoType),
    (b"TY  - GEN\r\nTY  - GEN\r\nER  - \r\n", 2, Rule::TypeWithin),
    (b"TY  - GEN\r\nTI  - a\r\n", 3, Rule::NoEnd),
    (b"TY  - GEN\r\nER  - x\r\n", 2, Rule::EndValue),
    (b"TY  - GEN\r\nER  -  \r\n", 2, Rule::EndValue),
    (b"\r\nTY  - GEN\r\nER  - \r\n", 1, Rule::EmptyLine),
    (b"\r\n", 1, Rule::EmptyLine),
    (b"TY  - GEN\r\n\r\nER  - \r\n", 2, Rule::EmptyLine),
    (b"TY  - GEN\r\nER  - \r\n\r\nthe end\r\n", 4, Rule::Form),
    (b"TY  - GEN\r\nER  - \r\n \r\n", 3, Rule::Form),
    (b"TY  - GEN\r\nAU  - Li*, Wei\r\nER  - \r\n", 2, Rule::Asterisk),
    (b"TY  - GEN\r\nKW  - *magnesium\r\nER  - \r\n", 2, Rule::Asterisk),
];

#[test]
fn refuses_what_breaks_a_rule_and_says_where() {
    for (bytes, line, rule) in REFUSED {
        let shown = String::from_utf8_lossy(bytes);
        match read(bytes) {
            Ok(records) => panic!("{shown:?} was read as {records:?}"),
            Err(e) => assert_eq!((e.line, e.rule), (*line, *rule), "{shown:?}: {e}"),
        }
    }
}

#[test]
fn every_rule_is_tested() {
    for rule in Rule::ALL {
        assert!(REFUSED.iter().any(|row| row.2 == rule), "{rule:?}");
    }
}

#[test]
fn an_error_names_line_rule_and_text() {
    let error = read(b"TY  - GEN\r\nOT  - a\r\nER  - \r\n").unwrap_err();
    let expected = r#"line 2: the tag is in tests/words/ris-tags.txt, found "OT  - a\r\n""#;
    assert_eq!(error.to_string(), expected);
}

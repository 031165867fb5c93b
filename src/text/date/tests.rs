use super::*;
use proptest::prelude::*;

/// The date as text, `!` behind it where a part is wrong, `~` where it was reduced.
fn shown(raw: &str) -> String {
    let (date, findings) = date(raw);
    let mark = match findings.first().map(|f| f.code) {
        None => "",
        Some(Code::DateInvalid) => "!",
        Some(_) => "~",
    };
    format!("{}{mark}", date.map_or(String::new(), |d| d.join('-')))
}

#[test]
fn dates_as_sources_write_them() {
    for (raw, expected) in [
        ("2018-08-01", "2018-08-01"),
        ("2018-8-1", "2018-08-01"),
        ("2018/08/01", "2018-08-01"),
        ("2018.08.01", "2018-08-01"),
        ("2018.08", "2018-08"),
        ("2018-08", "2018-08"),
        ("2018", "2018"),
        ("2018-00-00", "2018"),
        ("2018-08-00", "2018-08"),
        ("2018年8月1日", "2018-08-01"),
        ("２０１８年８月１日", "2018-08-01"),
        ("2018 年 8 月", "2018-08"),
        ("2018年", "2018"),
        ("Aug 2018", "2018-08"),
        ("Aug. 2018", "2018-08"),
        ("August 1, 2018", "2018-08-01"),
        ("August 1st, 2018", "2018-08-01"),
        ("1 Aug 2018", "2018-08-01"),
        ("01-Aug-2018", "2018-08-01"),
        ("Wed, 1 Aug 2018", "2018-08-01"),
        ("2018 Aug 1", "2018-08-01"),
        ("2018-Aug-01", "2018-08-01"),
        ("2018 Sept", "2018-09"),
        ("2018-08-01T00:00:00Z", "2018-08-01"),
        ("2018-08-01T00:00:00.000+08:00", "2018-08-01"),
        ("2018-08-01 12:30:00", "2018-08-01"),
        ("20180801", "2018-08-01"),
        ("201808", "2018-08"),
        ("25/04/2018", "2018-04-25"),
        ("04/25/2018", "2018-04-25"),
        ("03/03/2018", "2018-03-03"),
        ("08/2018", "2018-08"),
        ("Pub Date : 2018-08-01", "2018-08-01"),
        ("Published online: 1 August 2018", "2018-08-01"),
        ("出版日期：2018-08-01", "2018-08-01"),
        ("\u{0}2018-08-01&nbsp;", "2018-08-01"),
        ("2018-08-01.", "2018-08-01"),
    ] {
        assert_eq!(shown(raw), expected, "{raw:?}");
    }
}

#[test]
fn dates_that_cannot_be_kept_whole() {
    for (raw, expected) in [
        ("2018 Jul-Aug", "2018-07~"),
        ("Jul/Aug 2018", "2018-07~"),
        ("2018 Dec 24-31", "2018-12~"),
        ("24-31 Dec 2018", "2018-12~"),
        ("2018年8-9月", "2018-08~"),
        ("2018/07-08", "2018-07~"),
        ("Spring 2018", "2018~"),
        ("2018 Spring", "2018~"),
        ("2018 Q1", "2018~"),
        ("Winter 2018-2019", "2018~"),
        ("2018-2019", "2018~"),
        ("03/04/2018", "2018~"),
        ("03.04.2018", "2018~"),
        ("in press 2018", "2018~"),
        ("2018-13-01", "2018!"),
        ("2018-02-30", "2018-02!"),
        ("2019-02-29", "2019-02!"),
        ("2018-19", "2018!"),
        ("2018 Aug 1;31(3):90-98", "2018-08~"),
        ("1533081600000", "!"),
        ("1533081600", "!"),
        ("20181301", "!"),
        ("201208", "!"),
        ("201813", "!"),
        ("0001-01-01", "!"),
        ("9999-12-31", "!"),
        ("soon", "!"),
        ("1914 and 2018", "!"),
        ("0000-00-00", ""),
        ("0", ""),
        ("", ""),
        (" ", ""),
        ("N/A", ""),
    ] {
        assert_eq!(shown(raw), expected, "{raw:?}");
    }
}

#[test]
fn every_month_is_read_in_both_lengths() {
    let names = "January February March April May June July August September October November \
                 December";
    for (at, name) in names.split_whitespace().enumerate() {
        let expected = format!("2018-{:02}", at + 1);
        for raw in [format!("{name} 2018"), format!("2018 {}", name[..3].to_uppercase())] {
            assert_eq!(shown(&raw), expected, "{raw}");
        }
    }
}

proptest! {
    #[test]
    fn a_date_that_was_read_is_read_again(raw in "(\\PC|2018|0|[1-9]|-|/|Aug| |年|月|日|:|T){0,9}") {
        if let (Some(found), _) = date(&raw) {
            prop_assert_eq!(date(&found.join('-')), (Some(found), vec![]));
        }
    }

    #[test]
    fn nothing_goes_without_a_finding(raw in "\\PC{0,20}") {
        let (found, findings) = date(&raw);
        let empty = plain(&raw).chars().all(|c| !c.is_alphanumeric() || c == '0');
        let known = is_nothing(&plain(&raw)) || empty;
        prop_assert!(found.is_some() || !findings.is_empty() || known, "{}", raw);
    }
}

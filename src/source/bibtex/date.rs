//! The date of an entry: `date`, or `year` with `month` and `day`.

use biblatex::{Chunk, DateValue, Datetime, Spanned};

use super::tex;
use crate::diagnostic::{Code, Finding};
use crate::model::Date;
use crate::text;

/// The date in a field of BibLaTeX (biblatex manual §2.3.8, after EDTF), read with the `biblatex`
/// crate. Of a range the beginning is taken, and that is told; `None` where it is no date.
pub fn date(raw: &str) -> (Option<Date>, Vec<Finding>) {
    // The tilde means `about`, not a blank.
    let plain = tex::verbatim(raw);
    let chunks = [Spanned::detached(Chunk::Normal(plain.clone()))];
    let short = plain.is_ascii() && plain.len() < 64;
    let parsed = short.then(|| biblatex::Date::parse(&chunks).ok()).flatten();
    let Some(parsed) = parsed else { return text::date::date(&plain) };
    let (first, whole) = match parsed.value {
        DateValue::At(date) => (date, date.time.is_none()),
        DateValue::After(date) | DateValue::Before(date) | DateValue::Between(date, _) => {
            (date, false)
        }
    };
    let Some(date) = of(&first) else { return text::date::date(&plain) };
    let mut findings = Vec::new();
    if !whole || parsed.uncertain || parsed.approximate {
        let done = format!("kept {}", date.join('-'));
        findings.push(Finding::new(Code::DateReduced, plain, done));
    }
    (Some(date), findings)
}

/// Months and days count from 0 there.
fn of(date: &Datetime) -> Option<Date> {
    let year = u16::try_from(date.year).ok()?;
    Date::new(year, date.month.map(|m| m + 1), date.day.map(|d| d + 1))
}

/// The date of the three fields of BibTeX; true where the month was of no use. The month is a name, a
/// number, or a name with a day (`"1~" # jan`).
pub fn of_fields(
    year: &str,
    month: Option<&str>,
    day: Option<&str>,
) -> (Option<Date>, bool, Vec<Finding>) {
    let plain = |raw: &str| tex::plain(raw);
    let year = plain(year);
    let alone = text::date::date(&year);
    let (Some(month), Some(_)) = (month.map(plain).filter(|m| !m.is_empty()), alone.0) else {
        return (alone.0, month.is_some(), alone.1);
    };
    let day = day.map(plain).filter(|d| !d.is_empty()).unwrap_or_default();
    let number = month.bytes().all(|b| b.is_ascii_digit());
    let whole = match (number, day.is_empty()) {
        (true, true) => format!("{year}-{month}"),
        (true, false) => format!("{year}-{month}-{day}"),
        (false, _) => format!("{day} {month} {year}"),
    };
    let (date, findings) = text::date::date(whole.trim());
    match date {
        Some(date) if date.month.is_some() => (Some(date), false, findings),
        _ => (alone.0, true, alone.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_far_as_they_are_sure() {
        for (raw, expected, told) in [
            ("2018-08-01", "2018-08-01", false),
            ("2018-08", "2018-08", false),
            ("2018", "2018", false),
            ("2018-08-01/2018-08-09", "2018-08-01", true),
            ("2018/", "2018", true),
            ("1850~", "1850", true),
            ("2018-08-01T12:00:00", "2018-08-01", true),
            ("August 2018", "2018-08", false),
            ("forthcoming", "", true),
            ("", "", false),
        ] {
            let (date, findings) = date(raw);
            assert_eq!(date.map_or(String::new(), |d| d.join('-')), expected, "{raw}");
            assert_eq!(!findings.is_empty(), told, "{raw}: {findings:?}");
        }
    }

    #[test]
    fn three_fields_make_a_date() {
        for (year, month, day, expected, left) in [
            ("2018", None, None, "2018", false),
            ("2018", Some("aug"), None, "2018-08", false),
            ("2018", Some("8"), Some("1"), "2018-08-01", false),
            ("2018", Some("August"), Some("1"), "2018-08-01", false),
            ("2018", Some("1~jan"), None, "2018-01-01", false),
            ("2018", Some("Spring"), None, "2018", true),
            ("in press", Some("jan"), None, "", true),
        ] {
            let (date, useless, _) = of_fields(year, month, day);
            assert_eq!(date.map_or(String::new(), |d| d.join('-')), expected, "{year} {month:?}");
            assert_eq!(useless, left, "{year} {month:?}");
        }
    }
}

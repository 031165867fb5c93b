//! Date variables.

use crate::diagnostic::{Code, Finding};
use crate::model::Date;
use crate::source::json::Json;
use crate::text::date;

/// A date variable: `date-parts` of numbers or strings, `raw`, `literal`, or a string.
pub fn issued(value: &Json<'_>) -> (Option<Date>, Vec<Finding>) {
    let text =
        [value, value.member("raw"), value.member("literal")].into_iter().find_map(Json::text);
    let Json::List(dates) = value.member("date-parts") else {
        return text.map_or((None, Vec::new()), date::date);
    };
    let part = |date: &Json<'_>, at: usize| match date {
        Json::List(parts) => parts.get(at).and_then(Json::text)?.trim().parse::<u16>().ok(),
        _ => None,
    };
    let Some(first) = dates.first() else { return (None, Vec::new()) };
    let small = |at| part(first, at).and_then(|n| u8::try_from(n).ok()).filter(|n| *n > 0);
    let year = part(first, 0).unwrap_or(0);
    let (month, day) = (small(1), small(2));
    let whole = Date::new(year, month, day);
    let found =
        whole.or_else(|| Date::new(year, month, None)).or_else(|| Date::new(year, None, None));
    let Some(found) = found else { return text.map_or((None, Vec::new()), date::date) };
    let mut findings = Vec::new();
    let vague = !value.member("circa").is_empty() || !value.member("season").is_empty();
    if whole.is_none() || dates.len() > 1 || vague {
        let done = format!("kept {}", found.join('-'));
        findings.push(Finding::new(Code::DateReduced, value.to_string(), done));
    }
    (Some(found), findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_form() {
        for (json, expected, told) in [
            (r#"{"date-parts": [[2018, 8, 1]]}"#, "2018-08-01", false),
            (r#"{"date-parts": [["2018", "08"]]}"#, "2018-08", false),
            (r#"{"date-parts": [[2018]]}"#, "2018", false),
            (r#"{"date-parts": [[2018, 8], [2018, 9]]}"#, "2018-08", true),
            (r#"{"date-parts": [[2018, 13, 1]]}"#, "2018", true),
            (r#"{"date-parts": [[2018]], "season": 1}"#, "2018", true),
            (r#"{"date-parts": [[2018]], "circa": true}"#, "2018", true),
            (r#"{"raw": "2018-08-01"}"#, "2018-08-01", false),
            (r#"{"literal": "August 2018"}"#, "2018-08", false),
            (r#""2018""#, "2018", false),
            (r#"{"date-parts": []}"#, "", false),
            (r#"{"date-parts": [[-500]]}"#, "", false),
            (r#"{"date-parts": [[]], "raw": "2018"}"#, "2018", false),
        ] {
            let value = serde_json::from_str::<Json<'_>>(json).unwrap();
            let (found, findings) = issued(&value);
            assert_eq!(found.map_or(String::new(), |d| d.join('-')), expected, "{json}");
            assert_eq!(!findings.is_empty(), told, "{json}");
        }
    }
}

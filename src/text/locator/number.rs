//! What counts as a number of a volume, an issue or a page.

use crate::text::plain::is_dash;

/// Dashes of every kind and tildes as one hyphen without blanks around it.
pub(super) fn hyphenated(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let dash = is_dash(c) || matches!(c, '~' | '〜' | '∼' | '～');
        if dash {
            out.truncate(out.trim_end().len());
            if !out.ends_with('-') {
                out.push('-');
            }
        } else if c != ' ' || !out.ends_with('-') {
            out.push(c);
        }
    }
    out
}

/// True for text of at least one character, all of them ASCII digits.
pub(super) fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The value of a Roman numeral written by the rules, all capitals or all small, up to 399.
/// The words that are numerals too (`mix`, `did`) are above.
pub(super) fn roman(text: &str) -> Option<u32> {
    const SIGNS: [(&str, u32); 9] = [
        ("c", 100),
        ("xc", 90),
        ("l", 50),
        ("xl", 40),
        ("x", 10),
        ("ix", 9),
        ("v", 5),
        ("iv", 4),
        ("i", 1),
    ];
    let one_case = text.bytes().all(|b| b.is_ascii_uppercase())
        || text.bytes().all(|b| b.is_ascii_lowercase());
    if text.is_empty() || text.len() > 12 || !one_case {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let (mut rest, mut value) = (lower.as_str(), 0);
    for (sign, worth) in SIGNS {
        let most = if matches!(sign, "c" | "x" | "i") { 3 } else { 1 };
        for _ in 0..most {
            if let Some(tail) = rest.strip_prefix(sign) {
                (rest, value) = (tail, value + worth);
            }
        }
    }
    // XCX or IVI would pass the loop; only the one way to write a value is right.
    (rest.is_empty() && written(value, &SIGNS) == lower).then_some(value)
}

fn written(mut value: u32, signs: &[(&str, u32)]) -> String {
    let mut text = String::new();
    for (sign, worth) in signs {
        while value >= *worth {
            text.push_str(sign);
            value -= worth;
        }
    }
    text
}

/// One number of a volume or issue: digits with up to four letters before (`e31`, `OJ5`) and
/// one behind (`12A`), or a Roman numeral.
pub(super) fn is_unit(text: &str) -> bool {
    let head = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let tail = head.strip_suffix(|c: char| c.is_ascii_alphabetic()).unwrap_or(head);
    (digits(tail) && text.len() - head.len() <= 4 && tail.len() <= 9) || roman(text).is_some()
}

/// A number, or a range of two as double volumes and issues have it: `31-32`, `3/4`. The second
/// of two plain numbers is larger, and not by much: `31-3` is something else.
pub(super) fn is_number(text: &str) -> bool {
    let Some((a, b)) = text.split_once(['-', '/']) else { return is_unit(text) };
    if !(is_unit(a) && is_unit(b)) {
        return false;
    }
    match (a.parse::<u32>(), b.parse::<u32>()) {
        (Ok(a), Ok(b)) => a < b && b - a <= 20,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals_by_the_rules() {
        for (text, value) in [
            ("iv", Some(4)),
            ("LXIV", Some(64)),
            ("xcix", Some(99)),
            ("CCCXCIX", Some(399)),
            ("i", Some(1)),
            ("iiii", None),
            ("IVI", None),
            ("XCX", None),
            ("vx", None),
            ("Iv", None),
            ("mix", None),
            ("did", None),
            ("", None),
        ] {
            assert_eq!(roman(text), value, "{text:?}");
        }
    }

    #[test]
    fn numbers_and_dashes() {
        for (text, is) in [
            ("31", true),
            ("e31", true),
            ("A31", true),
            ("12A", true),
            ("31-32", true),
            ("3/4", true),
            ("LXIV", true),
            ("31-3", false),
            ("1-1", false),
            ("12-345", false),
            ("3rd", false),
            ("1-2-3", false),
            ("", false),
            ("-", false),
        ] {
            assert_eq!(is_number(text), is, "{text:?}");
        }
        assert_eq!(hyphenated("3 – 4 -- 5−6～7"), "3-4-5-6-7");
    }
}

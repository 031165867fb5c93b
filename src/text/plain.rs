//! The first step for every short value (volume, pages, DOI, date): no entities, no control or
//! invisible characters, no full-width forms of ASCII, single blanks.

use std::borrow::Cow;

use super::scan::printable;

/// The value on one line: entities decoded (also those encoded twice), every run of blanks and
/// control characters one blank and none at the ends, invisible characters gone, full-width
/// ASCII made plain. NUL counts as a blank because the source has it where a line broke.
pub(crate) fn plain(raw: &str) -> Cow<'_, str> {
    let trimmed = raw.trim_matches(' ');
    let bytes = trimmed.as_bytes();
    if printable(bytes, false) == bytes.len() && !bytes.contains(&b'&') {
        return Cow::Borrowed(trimmed);
    }
    let mut text = String::with_capacity(raw.len());
    for c in decoded(raw).into_iter().rev() {
        if !(c.is_whitespace() || c.is_control()) {
            text.push(c);
        } else if !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
    }
    text.truncate(text.trim_end().len());
    Cow::Owned(text)
}

/// True for what sources write where they know nothing: `""`, `-`, `n/a`, `null`.
pub(crate) fn is_nothing(plain: &str) -> bool {
    const WORDS: [&str; 9] =
        ["na", "n/a", "n.a.", "null", "none", "nan", "undefined", "unknown", "nil"];
    plain.chars().all(|c| is_dash(c) || matches!(c, '.' | ',' | ';' | ':' | '~' | '/' | '?' | ' '))
        || WORDS.iter().any(|w| w.eq_ignore_ascii_case(plain))
}

/// True for the characters that stand for a hyphen or dash, the minus sign among them.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}')
}

/// The character that an entity stands for; `name` without `&` and `;`. Only what occurs in
/// short values, and the numeric ones.
pub(crate) fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32);
    }
    Some(match name {
        "amp" | "AMP" => '&',
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "quot" | "QUOT" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "hyphen" | "dash" => '\u{2010}',
        "ndash" => '\u{2013}',
        "mdash" => '\u{2014}',
        "minus" => '\u{2212}',
        "lsquo" => '\u{2018}',
        "rsquo" => '\u{2019}',
        "ldquo" => '\u{201C}',
        "rdquo" => '\u{201D}',
        "lpar" => '(',
        "rpar" => ')',
        "colon" => ':',
        "num" => '#',
        "sol" => '/',
        _ => return None,
    })
}

/// The longest entity looked for, in characters behind the `&`.
const LONGEST: usize = 10;

/// The characters in REVERSE order, entities decoded. Going from the end makes `&amp;lt;` fall
/// to `<` in one pass: what `&amp;` gives is looked at with what follows it already decoded.
fn decoded(raw: &str) -> Vec<char> {
    let mut stack = Vec::with_capacity(raw.len());
    for c in raw.chars().rev().filter_map(visible) {
        stack.push(c);
        while let Some((length, c)) = entity_on_top(&stack) {
            stack.truncate(stack.len() - length);
            stack.extend(visible(c));
        }
    }
    stack
}

fn entity_on_top(stack: &[char]) -> Option<(usize, char)> {
    let (&'&', rest) = stack.split_last()? else { return None };
    let length = rest.iter().rev().take(LONGEST).position(|&c| c == ';')?;
    let name: String = rest.iter().rev().take(length).collect();
    Some((length + 2, entity(&name)?))
}

/// Drops invisible characters (soft hyphen, zero-width, direction marks); full-width ASCII
/// (U+FF01 to U+FF5E) to ASCII.
fn visible(c: char) -> Option<char> {
    match c {
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => None,
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => None,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::script::is_han;
    use proptest::prelude::*;

    #[test]
    fn short_values_become_plain() {
        for (raw, expected) in [
            ("31 3", "31 3"),
            (" 31  3 ", "31 3"),
            ("31\u{0}\u{0} 3\u{0}", "31 3"),
            ("31&nbsp;3", "31 3"),
            ("31&amp;nbsp;3", "31 3"),
            ("90&#8211;98", "90–98"),
            ("90&#x2013;98", "90–98"),
            ("a&amp;amp;amp;b", "a&b"),
            ("a&unknown;b & c;", "a&unknown;b & c;"),
            ("３１（３）", "31(3)"),
            ("\u{FEFF}3\u{200B}1", "31"),
            ("&l\u{200B}t；", "<"),
            ("", ""),
        ] {
            assert_eq!(plain(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn words_for_nothing() {
        for (text, nothing) in
            [("", true), ("-", true), ("–", true), ("N/A", true), ("0", false), ("1-2", false)]
        {
            assert_eq!(is_nothing(text), nothing, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn plain_is_idempotent_and_keeps_chinese(raw in "(\\PC|&amp;|&|#|x26|lt;|；|\u{0}|中){0,30}") {
            let once = plain(&raw).into_owned();
            prop_assert_eq!(plain(&once), once.as_str());
            let han = |s: &str| s.chars().filter(|&c| is_han(c)).collect::<String>();
            if !raw.contains('&') && !raw.contains('＆') {
                prop_assert_eq!(han(&raw), han(&once));
            }
        }
    }
}

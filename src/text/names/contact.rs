//! What stands beside a name to reach its bearer: addresses of mail, ORCID numbers. They are no
//! people and no part of a name.

use std::borrow::Cow;

use super::clean::mark;
use crate::diagnostic::Finding;

/// What announces an address: `E-mail: bo@yu.org`.
const LABELS: &[&str] = &["orcid", "orcid id", "orcid:", "email:", "e-mail:", "mail:"];

/// The list without addresses and ORCID numbers, without the words that announce them and without
/// the brackets around them.
pub fn without_contacts<'a>(text: &'a str, findings: &mut Vec<Finding>) -> Cow<'a, str> {
    if !may_hold_one(text) {
        return Cow::Borrowed(text);
    }
    let apart = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '、' | '|');
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(apart).unwrap_or(rest.len());
        let next = rest[end..].chars().next().map_or(end, |c| end + c.len_utf8());
        let (before, contact, after) = found(&rest[..end]);
        if !contact.is_empty() {
            findings.push(mark(contact));
        }
        kept.push_str(before);
        if !contact.is_empty() {
            without_label(&mut kept);
        }
        kept.push_str(after);
        kept.push_str(&rest[end..next]);
        rest = &rest[next..];
    }
    Cow::Owned(kept)
}

/// True where a look at each word is worth its time.
fn may_hold_one(text: &str) -> bool {
    let digits = || text.bytes().filter(u8::is_ascii_digit).count();
    text.contains('@') || (text.contains('-') && digits() >= 15)
}

/// What stands before the contact in a word, the contact, and what stands behind it.
fn found(word: &str) -> (&str, &str, &str) {
    let bracket = |c: char| matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '"');
    // `Yu(bo@yu.org)`: a bracket parts the name from the contact.
    let mut start = 0;
    for piece in word.split_inclusive(bracket) {
        let bare = piece.trim_end_matches(bracket);
        if is_mail(bare) || is_orcid(bare) {
            let (before, after) = (&word[..start], &word[start + bare.len()..]);
            let closed = after.trim_start_matches([')', ']', '}', '>', '"', '.']);
            return (before.trim_end_matches(['(', '[', '{', '<', '"']), bare, closed);
        }
        start += piece.len();
    }
    (word, "", "")
}

/// True for `name@host.domain`, with a label in front or not.
fn is_mail(word: &str) -> bool {
    let Some((name, host)) = word.split_once('@') else { return false };
    let host = host.trim_end_matches('.');
    let letters = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    !name.is_empty()
        && word.is_ascii()
        && host.contains('.')
        && host.chars().all(letters)
        && host.chars().next().is_some_and(char::is_alphanumeric)
}

/// True for an ORCID number, also as an address (ORCID, "Structure of the ORCID Identifier":
/// sixteen digits in groups of four, the last of which may be an X).
fn is_orcid(word: &str) -> bool {
    let number = word.trim_end_matches(['.', '/']).rsplit(['/', ':']).next().unwrap_or("");
    let mut groups = 0;
    for group in number.split('-') {
        groups += 1;
        let digit =
            |(at, b): (usize, u8)| b.is_ascii_digit() || (groups == 4 && at == 3 && b == b'X');
        if group.len() != 4 || !group.bytes().enumerate().all(digit) {
            return false;
        }
    }
    groups == 4
}

/// Takes the word that announced the contact off the end, and the bracket before it.
fn without_label(kept: &mut String) {
    let trimmed = kept.trim_end();
    for label in LABELS {
        let Some(start) = trimmed.len().checked_sub(label.len()) else { continue };
        let is_label = trimmed.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(label))
            && !trimmed[..start].ends_with(char::is_alphanumeric);
        if is_label {
            let end = trimmed[..start].trim_end_matches([' ', '(', '[', '{', '<']).len();
            kept.truncate(end);
            return;
        }
    }
    // `Bo Yu ( bo@yu.org )`
    let end = trimmed.trim_end_matches(['(', '[', '{', '<']).len();
    if end < trimmed.len() {
        kept.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn contacts_go_and_names_stay() {
        for (text, expected, marks) in [
            ("Bo Yu, bo.yu@example.org, T. Mak", "Bo Yu, , T. Mak", 1),
            ("Bo Yu (bo.yu@example.org); T. Mak", "Bo Yu ; T. Mak", 1),
            ("Bo Yu(bo.yu@example.org); T. Mak", "Bo Yu; T. Mak", 1),
            ("Bo Yu <bo.yu@example.org>, T. Mak", "Bo Yu , T. Mak", 1),
            ("Bo Yu E-mail: bo.yu@example.org", "Bo Yu", 1),
            ("T. Mak (ORCID: 0000-0002-1825-0097)", "T. Mak", 1),
            ("T. Mak https://orcid.org/0000-0002-1825-009X, Bo", "T. Mak , Bo", 1),
            ("T. Mak 0000-0002-1825-0097", "T. Mak ", 1),
            ("张敏莉 zhang@example.cn，易", "张敏莉 zhang@example.cn，易", 0),
            ("张敏莉 zhang@example.cn,易", "张敏莉 ,易", 1),
            ("张敏莉zhang@example.cn", "张敏莉zhang@example.cn", 0),
            ("Bo @ Yu", "Bo @ Yu", 0),
            ("a@b", "a@b", 0),
            ("1234-5678", "1234-5678", 0),
        ] {
            let mut findings = Vec::new();
            assert_eq!(without_contacts(text, &mut findings), expected, "{text}");
            assert_eq!(findings.len(), marks, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_goes_is_told(text in "([张A-Z@a-z0-9.,;() <>-]|bo@yu\\.org|0000-0002-1825-0097|email: ){0,16}") {
            let mut findings = Vec::new();
            let kept = without_contacts(&text, &mut findings).into_owned();
            prop_assert_eq!(kept == text, findings.is_empty());
        }
    }
}

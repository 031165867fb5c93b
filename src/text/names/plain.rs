//! The lists that most records have, `Bo Yu, T. Mak, Xiangyu Li`, without the questions that
//! other lists ask.

use super::eastern::{self, Order};
use super::{organisation, words};
use crate::model::Name;

/// The most words of a plain name.
const MOST_WORDS: usize = 4;

/// The names of a plain list; `None` where any part of it has to be looked at more closely.
/// What comes out is what the long way would give, without findings.
pub fn names(list: &str) -> Option<Vec<Name>> {
    if list.contains('&') {
        // `Bo Yu ,&nbsp;T. Mak`, as the pages of some publishers have it.
        return parted(&list.replace("&nbsp;", " "));
    }
    parted(list)
}

fn parted(list: &str) -> Option<Vec<Name>> {
    let semicolons = list.contains(';');
    let plain = match list.is_ascii() {
        true => list.bytes().all(|b| is_plain_letter(char::from(b))),
        false => list.chars().all(is_plain_letter),
    };
    if !plain || semicolons && list.contains(',') {
        return None;
    }
    let separator = if semicolons { b';' } else { b',' };
    let mut names = Vec::with_capacity(list.len() / 12 + 1);
    let mut rest = Some(list);
    while let Some(list) = rest {
        let (part, more) = cut(list, separator);
        names.push(name(part.trim_matches(' '))?);
        rest = more;
    }
    Some(names)
}

/// What stands before the first `sign`, and behind it. A search for a character as the library has
/// it is set up anew for each short name.
fn cut(text: &str, sign: u8) -> (&str, Option<&str>) {
    match text.bytes().position(|b| b == sign) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    }
}

/// True for what stands in a plain list: letters of Western Europe and Poland without those that
/// change their length with their case, and the signs within and between names.
fn is_plain_letter(c: char) -> bool {
    match c {
        'A'..='Z' | 'a'..='z' | ' ' | ',' | ';' | '.' | '-' | '\'' => true,
        '×' | '÷' | 'ß' | 'İ' | 'ı' | 'ŉ' | 'ſ' => false,
        _ => ('À'..='ſ').contains(&c),
    }
}

/// A name of two to four words that begin with a capital, `First Last`; none of them has a
/// meaning of its own.
fn name(text: &str) -> Option<Name> {
    let mut parts = [""; MOST_WORDS];
    let mut count = 0;
    let mut rest = Some(text);
    while let Some(text) = rest {
        let (word, more) = cut(text, b' ');
        rest = more;
        if count == MOST_WORDS || !is_plain(word) {
            return None;
        }
        parts[count] = word;
        count += 1;
    }
    let parts = &parts[..count];
    let (last, given) = parts.split_last()?;
    let spoken = last.chars().nth(1).is_some() && !last.contains('.');
    let before = given.last()?;
    let is = |word, known: fn(&str) -> bool| words::may_be_apart(word) && known(word);
    let known = is(last, words::is_suffix)
        || is(last, words::is_degree)
        || is(parts[0], words::is_title)
        || is(before, words::is_capital_particle)
        || is(parts[0], words::is_capital_particle)
        || organisation::is_legal_form(last)
        || (parts.iter().any(|word| organisation::may_be_listed(word))
            && organisation::is_latin_organisation(text));
    // `Wang Fang` is read as `First Last` too, in a list that has no `Zhang Minli`.
    if !spoken || known || eastern::order(parts) == Order::FamilyFirst {
        return None;
    }
    let given = &text[..text.len() - last.len() - 1];
    Some(Name { family: (*last).to_owned(), given: Some(given.to_owned()), ..Name::default() })
}

/// True for a capital with small letters behind it, with inner capitals and signs (`McDonald`,
/// `Zhao-Hui`, `O'Brien`, `Łukasz`), and for an initial: `T`, `T.`, `A.V.`
fn is_plain(word: &str) -> bool {
    if word.is_ascii() {
        return is_plain_ascii(word.as_bytes());
    }
    let mut letters = word.chars();
    if !letters.next().is_some_and(char::is_uppercase) {
        return false;
    }
    let alone = letters.as_str().is_empty();
    let (mut small, mut stops) = (false, false);
    for c in letters {
        small |= c.is_lowercase();
        stops |= c == '.';
    }
    if small { !stops } else { stops || alone }
}

/// The same for a word of ASCII.
fn is_plain_ascii(word: &[u8]) -> bool {
    let Some((b'A'..=b'Z', letters)) = word.split_first() else { return false };
    let small = letters.iter().any(u8::is_ascii_lowercase);
    let stops = letters.contains(&b'.');
    if small { !stops } else { stops || letters.is_empty() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_word_of_ascii_is_read_as_any_other(word in "[A-Za-z.'-]{0,6}") {
            // The letter at the end changes nothing but the way that is taken.
            let longer = format!("{word}é");
            let expected = is_plain_ascii(format!("{word}e").as_bytes());
            prop_assert_eq!(is_plain(&longer), expected);
        }

        #[test]
        fn no_organisation_is_missed(
            words in prop::collection::vec("[A-Z][a-z]{0,4}[.-]?[a-z]{0,3}|World|Bank|National|Of|The|Trust|Inc|Gmbh|Group-B", 2..5)
        ) {
            let name = words.join(" ");
            let listed = words.iter().any(|word| organisation::may_be_listed(word));
            prop_assert!(listed || !organisation::is_latin_organisation(&name), "{}", name);
        }
    }
}

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
    if semicolons && list.contains(',') || !list.chars().all(is_plain_letter) {
        return None;
    }
    let separator = if semicolons { ';' } else { ',' };
    list.split(separator).map(|part| name(part.trim_matches(' '))).collect()
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
    // No other blank stands in a plain list, and a search for one character is dearer to set up.
    for word in text.split(char::is_whitespace) {
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
        || organisation::is_latin_organisation(text);
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

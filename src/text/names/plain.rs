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
    let plain = |b: u8| b.is_ascii_alphabetic() || matches!(b, b' ' | b',' | b'.' | b'-' | b'\'');
    if !list.bytes().all(plain) {
        return None;
    }
    list.split(", ").map(name).collect()
}

/// A name of two to four words that begin with a capital, `First Last`; none of them has a
/// meaning of its own.
fn name(text: &str) -> Option<Name> {
    let mut parts = [""; MOST_WORDS];
    let mut count = 0;
    for word in text.split(' ') {
        if count == MOST_WORDS || !is_plain(word) {
            return None;
        }
        parts[count] = word;
        count += 1;
    }
    let parts = &parts[..count];
    let (last, given) = parts.split_last()?;
    let spoken = last.len() > 1 && last.bytes().all(|b| b != b'.');
    let before = given.last()?;
    let known = words::is_suffix(last)
        || words::is_degree(last)
        || words::is_title(parts[0])
        || words::is_capital_particle(before)
        || words::is_capital_particle(parts[0])
        || organisation::is_legal_form(last)
        || organisation::is_organisation(text);
    if !spoken || known || !matches!(eastern::order(parts), Order::Unknown | Order::FamilyLast) {
        return None;
    }
    let given = &text[..text.len() - last.len() - 1];
    Some(Name { family: (*last).to_owned(), given: Some(given.to_owned()), ..Name::default() })
}

/// True for a capital with small letters behind it, with inner capitals and signs (`McDonald`,
/// `Zhao-Hui`, `O'Brien`), and for an initial: `T`, `T.`, `A.V.`
fn is_plain(word: &str) -> bool {
    let bytes = word.as_bytes();
    let capital = bytes.first().is_some_and(u8::is_ascii_uppercase);
    let small = bytes.iter().any(u8::is_ascii_lowercase);
    let stops = bytes.contains(&b'.');
    capital && !bytes.contains(&b',') && if small { !stops } else { bytes.len() == 1 || stops }
}

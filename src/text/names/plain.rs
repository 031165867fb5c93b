//! The lists that most records have, `Bo Yu, T. Mak, Xiangyu Li`, without the questions that
//! other lists ask.

use super::eastern;
use super::{latin, organisation, words};
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
    let signs = list.bytes().fold(0, |signs, b| signs | SIGNS[b as usize]);
    let plain = match signs & WIDE {
        0 => true,
        _ => list.chars().all(is_plain_letter),
    };
    let semicolons = signs & SEMICOLON != 0;
    if !plain || signs & OTHER != 0 || semicolons && signs & COMMA != 0 {
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

/// What bytes are in a plain list; those beyond ASCII are [`WIDE`].
const CAPITAL: u8 = 1;
const SMALL: u8 = 2;
const STOP: u8 = 4;
const BLANK: u8 = 8;
const COMMA: u8 = 16;
const SEMICOLON: u8 = 32;
const WIDE: u8 = 64;
/// What stands in no plain list.
const OTHER: u8 = 128;

/// What each byte is: a name is looked at once, byte by byte.
static SIGNS: [u8; 256] = {
    let mut signs = [OTHER; 256];
    let mut b = 0;
    while b < 256 {
        signs[b] = match b as u8 {
            b'A'..=b'Z' => CAPITAL,
            b'a'..=b'z' => SMALL,
            b'.' => STOP,
            b' ' => BLANK,
            b',' => COMMA,
            b';' => SEMICOLON,
            b'-' | b'\'' => 0,
            0x80.. => WIDE,
            _ => OTHER,
        };
        b += 1;
    }
    signs
};

/// How many words a name has, up to four that all are plain, see [`is_plain`], or particles behind the
/// first; and whether there are particles.
fn words_of<'t>(text: &'t str, parts: &mut [&'t str; MOST_WORDS]) -> Option<(usize, bool)> {
    let (mut count, mut start, mut signs) = (0, 0, 0);
    let mut particles = false;
    for (at, b) in text.bytes().chain([b' ']).enumerate() {
        let sign = SIGNS[b as usize];
        if sign != BLANK {
            // The first letter is asked by itself.
            signs |= if at > start { sign } else { 0 };
            continue;
        }
        let word = &text[start..at];
        let first = *word.as_bytes().first()?;
        let plain = match (signs | SIGNS[first as usize]) & WIDE {
            0 if SIGNS[first as usize] == SMALL => {
                particles = true;
                count > 0 && is_particle(word)
            }
            0 => SIGNS[first as usize] == CAPITAL && is_word(signs, word.len() == 1),
            _ => is_plain(word),
        };
        if !plain || count == MOST_WORDS {
            return None;
        }
        parts[count] = word;
        (count, start, signs) = (count + 1, at + 1, 0);
    }
    Some((count, particles))
}

/// True for what stands between given and family name: `van`, `de`, the `e` of `Brito e Abreu`.
fn is_particle(word: &str) -> bool {
    words::is_particle(word) || words::is_joiner(word)
}

/// True for what stands behind the capital of a word: small letters without stops, or stops, or nothing.
fn is_word(signs: u8, alone: bool) -> bool {
    if signs & SMALL != 0 { signs & STOP == 0 } else { signs & STOP != 0 || alone }
}

/// A name of two to four words that begin with a capital, `First Last`; none of them has a
/// meaning of its own.
fn name(text: &str) -> Option<Name> {
    let mut parts = [""; MOST_WORDS];
    let (count, particles) = words_of(text, &mut parts)?;
    let parts = &parts[..count];
    let (last, given) = parts.split_last()?;
    let spoken = last.chars().nth(1).is_some() && !last.contains('.');
    let before = given.last()?;
    let known = parts.iter().any(|word| words::may_be_apart(word))
        && (words::is_suffix(last)
            || words::is_degree(last)
            || words::is_title(parts[0])
            || words::is_capital_particle(before)
            || words::is_capital_particle(parts[0]))
        || organisation::is_legal_form(last)
        || (parts.iter().any(|word| organisation::may_be_listed(word))
            && organisation::is_latin_organisation(text));
    // `Wang Fang` is read as `First Last` too, in a list that has no `Zhang Minli`.
    if !spoken || known || eastern::is_family_first(parts) {
        return None;
    }
    if particles {
        return (!is_particle(last)).then(|| latin::by_particles(parts));
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_plain_one_by_one(text in "([A-Za-zé.'-]{0,4}| |de|van){0,6}") {
            let words: Vec<&str> = text.split(' ').collect();
            let particles = words.iter().skip(1).any(|word| is_particle(word));
            let fits = |(at, word): (usize, &&str)| is_plain(word) || at > 0 && is_particle(word);
            let plain = words.len() <= MOST_WORDS && words.iter().enumerate().all(fits);
            let mut parts = [""; MOST_WORDS];
            let found = words_of(&text, &mut parts);
            prop_assert_eq!(found, plain.then_some((words.len(), particles)));
            prop_assert!(!plain || parts[..words.len()] == words[..]);
        }

        #[test]
        fn family_names_in_front_are_told_as_by_their_order(
            first in "Zhang|Yu|Min|Kim|Nguyen|Jane|Ouyang|Lü|[A-Z][a-z]{1,4}",
            last in "Minli|Min-su|Min-li|Van|Hung|Na|Fang|Lee|Tran|H\\.|[A-Z][a-z]{1,6}",
            middle in "(Van|Thi|A\\.)?",
        ) {
            let parts = [first.as_str(), &middle, &last];
            let parts: Vec<&str> = parts.into_iter().filter(|word| !word.is_empty()).collect();
            let expected = eastern::order(&parts) == eastern::Order::FamilyFirst;
            prop_assert_eq!(eastern::is_family_first(&parts), expected);
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

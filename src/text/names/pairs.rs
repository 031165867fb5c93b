//! `Last, First` or `First Last`: which parts between commas belong together.

use super::words;
use crate::text::script::{has_han, is_han, is_kana_or_hangul};
use crate::text::surnames;

/// What a part between commas can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// `J. A.`: never a person.
    Initials,
    /// `Smith`
    One,
    /// `van der Vet`
    Particles,
    /// `De Luca`, which may also be `Le Ma`
    Capital,
    /// `Bo Yu`
    Many,
    /// One Chinese character: a surname whose given name follows.
    Surname,
    /// Up to two Chinese characters.
    Given,
    /// Anything else: an organisation, a Chinese name.
    Other,
}

/// Which parts belong together.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// For each name its first part, and whether the next part is its given name.
    pub names: Vec<(usize, bool)>,
    /// The parts could belong together in another way.
    pub guessed: bool,
}

fn kind(part: &str, organisation: bool) -> Kind {
    if organisation {
        return Kind::Other;
    }
    if part.chars().any(is_kana_or_hangul) {
        return Kind::Other;
    }
    if has_han(part) {
        return match part.chars().count() {
            1 => Kind::Surname,
            2 if part.chars().all(is_han) => Kind::Given,
            _ => Kind::Other,
        };
    }
    let mut parts = part.split(' ');
    let first = parts.next().unwrap_or("");
    match parts.next() {
        _ if part.split(' ').all(words::is_initials) => Kind::Initials,
        None => Kind::One,
        Some(_) if words::is_particle(first) || matches!(first, "St." | "St" | "Saint") => {
            Kind::Particles
        }
        Some(_) if words::is_capital_particle(first) => Kind::Capital,
        Some(_) => Kind::Many,
    }
}

/// The pairs among parts; `organisations` tells which parts are no people.
pub fn pairs(parts: &[&str], organisations: &[bool]) -> Pairs {
    let kinds: Vec<Kind> = parts.iter().zip(organisations).map(|(p, o)| kind(p, *o)).collect();
    if kinds.iter().all(|kind| matches!(kind, Kind::Many | Kind::Capital | Kind::Other)) {
        return Pairs { names: (0..parts.len()).map(|i| (i, false)).collect(), guessed: false };
    }
    match inverted(parts, &kinds) {
        Some(guessed) => {
            Pairs { names: (0..parts.len()).step_by(2).map(|i| (i, true)).collect(), guessed }
        }
        None => one_by_one(parts, &kinds),
    }
}

/// `Some` where all parts are family and given names in turn; true in it where that is a guess.
fn inverted(parts: &[&str], kinds: &[Kind]) -> Option<bool> {
    let latin = |k: &Kind| !matches!(k, Kind::Other | Kind::Surname | Kind::Given);
    let families = kinds.iter().step_by(2);
    if parts.len() % 2 == 1 || !kinds.iter().all(latin) {
        return None;
    }
    let only_initials = kinds.iter().skip(1).step_by(2).all(|kind| *kind == Kind::Initials);
    if only_initials && families.clone().all(|kind| *kind != Kind::Initials) {
        return Some(false);
    }
    let mut given = parts.iter().skip(1).step_by(2);
    let mut given_kinds = kinds.iter().skip(1).step_by(2);
    let initial = |part: &&str| part.rsplit(' ').next().is_some_and(words::is_initials);
    let first = |part: &&str| part.split(' ').next().is_some_and(words::is_given);
    if !families.clone().all(|kind| matches!(kind, Kind::One | Kind::Particles)) {
        // `García Márquez, José`, `De Luca, Chiara`: one name in a text with one comma.
        let one = kinds.len() == 2 && kinds[1] == Kind::One;
        return (one && (kinds[0] == Kind::Capital || given.all(first))).then_some(true);
    }
    if given.clone().any(initial) || kinds[0] == Kind::Particles {
        return Some(false);
    }
    let chinese = parts.iter().step_by(2).all(|part| surnames::is_latin(part));
    // Nobody is called by one word in such numbers; but `Suhartono, Dedy Prastyo` are two people.
    let evidence = given.any(first) || chinese || given_kinds.all(|kind| *kind == Kind::One);
    evidence.then_some(true)
}

/// First names with last names as they come; initials go to the part before them.
fn one_by_one(parts: &[&str], kinds: &[Kind]) -> Pairs {
    let mut pairs = Pairs::default();
    let mut at = 0;
    while at < kinds.len() {
        let next = kinds.get(at + 1);
        let paired = match (kinds[at], next) {
            (Kind::One | Kind::Particles, Some(Kind::Initials)) => true,
            (Kind::Many | Kind::Capital, Some(Kind::Initials)) => {
                pairs.guessed = true;
                true
            }
            (Kind::Surname, Some(Kind::Given | Kind::Surname)) => {
                // `陈, 李` may be two people of whom no more is told.
                pairs.guessed |= surname(parts[at + 1]);
                true
            }
            // The style of the MLA: `Smith, John, Jane Doe`.
            (Kind::One, Some(Kind::One)) if at == 0 && rest_is_many(kinds) => {
                pairs.guessed = true;
                true
            }
            _ => false,
        };
        // Initials alone are nobody; a single word among full names may be a name or half of one.
        pairs.guessed |=
            !paired && (kinds[at] == Kind::Initials || kinds[at] == Kind::One && kinds.len() > 1);
        pairs.names.push((at, paired));
        at += 1 + usize::from(paired);
    }
    pairs
}

/// True for a Chinese character that is a surname.
fn surname(part: &str) -> bool {
    let mut characters = part.chars();
    characters.next().is_some_and(surnames::is_common) && characters.next().is_none()
}

fn rest_is_many(kinds: &[Kind]) -> bool {
    kinds.len() > 2 && kinds[2..].iter().all(|kind| matches!(kind, Kind::Many | Kind::Capital))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverted_names_are_told() {
        for (list, expected, guessed) in [
            ("Bo Yu, T. Mak, Xiangyu Li", "0 1 2", false),
            ("Smith, J., Doe, J. A.", "0+ 2+", false),
            ("Smith, John A., Doe, Jane B.", "0+ 2+", false),
            ("Smith, John", "0+", true),
            ("Smith, John, Doe, Jane", "0+ 2+", true),
            ("Smith, John, Jane Doe", "0+ 2", true),
            ("García, José Luis", "0+", true),
            ("Zhang, Min Li", "0+", true),
            ("Suhartono, Dedy Prastyo", "0 1", true),
            ("Plato, Bo Yu, T. Mak", "0 1 2", true),
            ("van der Vet, Freek", "0+", false),
            ("van Deursen, A., Le Traon, Y.", "0+ 2+", false),
            ("Smith, J., John Doe", "0+ 2", false),
            ("Smith JA, Doe B", "0 1", false),
            ("张, 三, 李, 四", "0+ 2+", false),
            ("张三, 李四", "0 1", false),
            ("陈, 李", "0+", true),
            ("Le Traon, Y.", "0+", false),
            ("Bo Yu, T., Na Li", "0+ 2", true),
            ("김민수, 이영희", "0 1", false),
            ("Plato", "0", false),
            ("St. John, Mary", "0+", false),
            ("De Luca, Chiara", "0+", true),
            ("García Márquez, José", "0+", true),
            ("Bo Yu, Plato", "0 1", true),
            ("Le Ma, Bo Yu", "0 1", false),
        ] {
            let parts: Vec<&str> = list.split(", ").collect();
            let pairs = pairs(&parts, &vec![false; parts.len()]);
            let shown =
                pairs.names.iter().map(|(i, pair)| format!("{i}{}", if *pair { "+" } else { "" }));
            assert_eq!(shown.collect::<Vec<_>>().join(" "), expected, "{list}");
            assert_eq!(pairs.guessed, guessed, "{list}");
        }
    }
}

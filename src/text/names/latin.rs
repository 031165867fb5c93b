//! Names in Latin (or Cyrillic, Greek, …) letters.

use super::eastern::{self, Order};
use super::{Hints, clean::mark, words};
use crate::diagnostic::{Code, Finding};
use crate::model::Name;
use crate::text::surnames;

const VOWELS: [char; 6] = ['A', 'E', 'I', 'O', 'U', 'Y'];

/// A name written `First Last`, or one of its kin that tell themselves: `Smith JA`, `ZHANG Min-li`.
pub fn first_last(text: &str, hints: Hints, findings: &mut Vec<Finding>) -> Name {
    let mut parts: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let bracket = |word: &&&str| word.contains(['(', ')', '[', ']', '{', '}', '@']);
    if parts.first().filter(bracket).or(parts.last().filter(bracket)).is_some() {
        findings.push(Finding::new(Code::AuthorsGuessed, text, "kept whole"));
        return super::whole(text);
    }
    let suffix = strip(&mut parts, findings);
    let name = capitals(&parts, hints, findings)
        .or_else(|| initials_last(&parts, hints, findings))
        .or_else(|| family_first(&parts, hints, findings))
        .unwrap_or_else(|| by_particles(&parts));
    Name { suffix, ..name }
}

/// Takes titles, degrees and the suffix off; gives the suffix.
fn strip(parts: &mut Vec<&str>, findings: &mut Vec<Finding>) -> Option<String> {
    while parts.len() > 2 && words::is_title(parts[0]) {
        findings.push(mark(parts.remove(0)));
    }
    // With two words, `Smith MD` has two initials.
    while parts.len() > 2 && parts.last().is_some_and(|word| words::is_degree(word)) {
        findings.extend(parts.pop().map(mark));
    }
    let suffix = parts.last().filter(|word| parts.len() > 1 && words::is_suffix(word))?.to_string();
    parts.pop();
    Some(suffix)
}

/// `ZHANG Min-li`, `Min-li ZHANG`: where some words are in capitals and some are not, those are
/// the family name.
fn capitals(parts: &[&str], hints: Hints, findings: &mut Vec<Finding>) -> Option<Name> {
    let leading = parts.iter().take_while(|word| words::is_capitals(word)).count();
    let trailing = parts.iter().rev().take_while(|word| words::is_capitals(word)).count();
    let rest = parts.len() - leading.max(trailing);
    if (leading == 0) == (trailing == 0) || rest == 0 {
        return None;
    }
    let (family, given) = match leading {
        0 => (&parts[rest..], &parts[..rest]),
        _ => (&parts[..leading], &parts[leading..]),
    };
    if !is_family_in_capitals(family, given, leading > 0, hints) {
        return None;
    }
    if leading == 0 && family.len() == 1 && family[0].len() == 2 && !hints.capitals {
        let guess = "the capitals were read as the family name";
        findings.push(Finding::new(Code::AuthorsGuessed, parts.join(" "), guess));
    }
    let family = family.iter().map(|word| title_case(word)).collect::<Vec<_>>().join(" ");
    Some(Name { family, given: some(given), ..Name::default() })
}

/// True where words in capitals are a family name and not initials (`JA Smith`, `Smith JA`).
fn is_family_in_capitals(family: &[&str], given: &[&str], leads: bool, hints: Hints) -> bool {
    let chinese =
        |word: &str| surnames::is_latin(word) && given.iter().all(|w| surnames::is_pinyin(w));
    let vowel = |word: &str| word.contains(VOWELS);
    let (longest, letters) = family
        .iter()
        .map(|word| (*word, word.chars().filter(|c| c.is_uppercase()).count()))
        .max_by_key(|(_, letters)| *letters)
        .unwrap_or(("", 0));
    match letters {
        0..=3 if hints.initials => false,
        0..=2 => chinese(longest) || (hints.capitals && vowel(longest)),
        3 if leads => vowel(longest),
        3 => chinese(longest) || (vowel(longest) && (hints.capitals || words::is_given(given[0]))),
        _ => true,
    }
}

/// `Smith JA`, `van der Berg J. A.`: initials at the end are the given names (the style of
/// Vancouver, ICMJE).
fn initials_last(parts: &[&str], hints: Hints, findings: &mut Vec<Finding>) -> Option<Name> {
    let count = parts.iter().rev().take_while(|word| words::is_initials(word)).count();
    let (family, given) = parts.split_at(parts.len() - count);
    if count == 0 || family.is_empty() || family.iter().any(|word| words::is_initials(word)) {
        return None;
    }
    // JANE DOE
    let spoken = |word: &&str| words::is_capitals(word) && word.contains(VOWELS);
    if family.iter().all(|word| words::is_capitals(word)) && given.iter().any(spoken) {
        return None;
    }
    if family.len() > 1 && !words::is_particle(family[0]) && !hints.initials {
        let guess = "the initials at the end were read as the given names";
        findings.push(Finding::new(Code::AuthorsGuessed, parts.join(" "), guess));
    }
    Some(Name { given: some(given), ..family_name(family) })
}

/// `Zhang Minli`, `Nguyen Van Hung`: the family name first, as it is spoken.
fn family_first(parts: &[&str], hints: Hints, findings: &mut Vec<Finding>) -> Option<Name> {
    match eastern::order(parts) {
        Order::FamilyFirst => {}
        Order::Either if hints.family_first => {}
        _ => return None,
    }
    let guess = "the first word was read as the family name";
    findings.push(Finding::new(Code::AuthorsGuessed, parts.join(" "), guess));
    Some(Name { given: some(&parts[1..]), family: parts[0].to_owned(), ..Name::default() })
}

/// True for the plainest of what [`initials_last`] reads: one word, then initials.
pub fn has_initials_last(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(family, given)| {
        !words::is_initials(family) && !words::is_capitals(family) && words::is_initials(given)
    })
}

/// True for a name with one word in capitals, long enough to be no initials, and one not.
pub fn has_capitals(text: &str) -> bool {
    let long = |word: &str| words::is_capitals(word) && word.chars().count() > 3;
    text.split(' ').any(long) && text.split(' ').any(|word| word.contains(char::is_lowercase))
}

/// `First Last`, with the particles before the family name.
pub fn by_particles(parts: &[&str]) -> Name {
    let last = match parts.len() {
        0 | 1 => return family_name(parts),
        // Brito e Abreu
        n if n > 2 && words::is_joiner(parts[n - 2]) => n - 3,
        n => n - 1,
    };
    let particle = parts[..last].iter().rposition(|word| words::is_particle(word));
    let mut start = match particle {
        Some(end) => {
            parts[..end].iter().rposition(|word| !words::is_particle(word)).map_or(0, |i| i + 1)
        }
        None => last,
    };
    if parts.len() == 2 && matches!(parts[0], "St." | "St") {
        return family_name(parts);
    }
    let capital = |start: usize| start > 1 && words::is_capital_particle(parts[start - 1]);
    if capital(start) && !is_eastern(parts) {
        while capital(start) {
            start -= 1;
        }
    }
    Name { given: some(&parts[..start]), ..family_name(&parts[start..]) }
}

/// True for Chinese and Vietnamese names, in which `Le`, `Di`, `Da` and `Van` are no particles.
fn is_eastern(parts: &[&str]) -> bool {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
    words::is_vietnamese(first)
        || words::is_vietnamese(last)
        || (surnames::is_latin(last) && surnames::is_pinyin(first))
}

/// A family name with the particles it begins with.
pub fn family_name(parts: &[&str]) -> Name {
    let particles = parts.iter().take_while(|word| words::is_particle(word)).count();
    // Without a name behind them, they are the name.
    let particles = if particles == parts.len() { 0 } else { particles };
    let (prefix, family) = parts.split_at(particles);
    let (mut prefix, mut family) = (prefix.join(" "), family.join(" "));
    if let Some(length) = words::attached(&family) {
        if !prefix.is_empty() {
            prefix.push(' ');
        }
        prefix.push_str(&family[..length]);
        family.drain(..length);
    }
    let prefix = (!prefix.is_empty()).then_some(prefix);
    Name { family, prefix, ..Name::default() }
}

/// A name written `Last, First`; the suffix may stand with either.
pub fn last_first(family: &str, given: &str) -> Name {
    let mut family: Vec<&str> = family.split(' ').filter(|word| !word.is_empty()).collect();
    let mut given: Vec<&str> = given.split(' ').filter(|word| !word.is_empty()).collect();
    let mut suffix = None;
    for part in [&mut family, &mut given] {
        if part.len() > 1 && part.last().is_some_and(|word| words::is_suffix(word)) {
            suffix = part.pop().map(str::to_owned);
        }
    }
    // Beethoven, Ludwig van
    let particles = given.iter().rev().take_while(|word| words::is_particle(word)).count();
    if particles < given.len() {
        let at = given.len() - particles;
        family.splice(..0, given.drain(at..));
    }
    let shouted = given.iter().any(|word| word.contains(char::is_lowercase));
    let cased: Vec<String> =
        family
            .iter()
            .map(|word| {
                if shouted && words::is_capitals(word) {
                    title_case(word)
                } else {
                    word.to_string()
                }
            })
            .collect();
    let family: Vec<&str> = cased.iter().map(String::as_str).collect();
    Name { given: some(&given), suffix, ..family_name(&family) }
}

fn some(parts: &[&str]) -> Option<String> {
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// `ZHANG` to `Zhang`, `O'BRIEN-LEE` to `O'Brien-Lee`; other words stay.
pub fn title_case(word: &str) -> String {
    if !words::is_capitals(word) {
        return word.to_owned();
    }
    let mut start = true;
    let mut cased = String::with_capacity(word.len());
    for c in word.chars() {
        if start {
            cased.push(c);
        } else {
            cased.extend(c.to_lowercase());
        }
        start = !c.is_alphabetic();
    }
    cased
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(name: &Name) -> String {
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        format!(
            "{}|{}|{}|{}",
            part(&name.given),
            part(&name.prefix),
            name.family,
            part(&name.suffix)
        )
    }

    #[test]
    fn parts_of_a_name_are_found() {
        for (text, expected) in [
            ("Bo Yu", "Bo||Yu|"),
            ("T. Mak", "T.||Mak|"),
            ("A. V. Smirnov", "A. V.||Smirnov|"),
            ("Matthew L Johnston", "Matthew L||Johnston|"),
            ("Freek van der Vet", "Freek|van der|Vet|"),
            ("Yves Le Traon", "Yves||Le Traon|"),
            ("Cedric Le Gentil", "Cedric||Le Gentil|"),
            ("Fernando Brito e Abreu", "Fernando||Brito e Abreu|"),
            ("Santiago Ramón y Cajal", "Santiago||Ramón y Cajal|"),
            ("Ana de Brito e Abreu", "Ana|de|Brito e Abreu|"),
            ("Maria dos Santos Silva", "Maria|dos|Santos Silva|"),
            ("Maria da Conceição de Sousa", "Maria da Conceição|de|Sousa|"),
            ("Jan Van den Berg", "Jan||Van den Berg|"),
            ("Le Ma", "Le||Ma|"),
            ("Xiao Di Wu", "Xiao Di||Wu|"),
            ("Nguyen Van Hung", "Van Hung||Nguyen|"),
            ("Van Hung Nguyen", "Van Hung||Nguyen|"),
            ("Zhang Minli", "Minli||Zhang|"),
            ("ZHANG MINLI", "MINLI||ZHANG|"),
            ("Wang Fang", "Wang||Fang|"),
            ("Kim Min-su", "Min-su||Kim|"),
            ("LÜ Bu", "Bu||Lü|"),
            ("St. John", "||St. John|"),
            ("Mary St. John", "Mary||St. John|"),
            ("Maria De Luca", "Maria||De Luca|"),
            ("Ahmed al-Rashid", "Ahmed|al-|Rashid|"),
            ("Jean d'Alembert", "Jean|d'|Alembert|"),
            ("Guy de l'Isle", "Guy|de l'|Isle|"),
            ("Gerard 't Hooft", "Gerard|'t|Hooft|"),
            ("van der Vet", "|van der|Vet|"),
            ("bell hooks", "bell||hooks|"),
            ("Conall O'Sullivan", "Conall||O'Sullivan|"),
            ("Plato", "||Plato|"),
            ("John Smith Jr.", "John||Smith|Jr."),
            ("John Smith III", "John||Smith|III"),
            ("John Smith MD", "John||Smith|"),
            ("Dr. John Smith", "John||Smith|"),
            ("Smith MD", "MD||Smith|"),
            ("Smith JA", "JA||Smith|"),
            ("Smith JA Jr", "JA||Smith|Jr"),
            ("van der Berg J. A.", "J. A.|van der|Berg|"),
            ("JA Smith", "JA||Smith|"),
            ("ZHANG Min-li", "Min-li||Zhang|"),
            ("Min-li ZHANG", "Min-li||Zhang|"),
            ("LI Na", "Na||Li|"),
            ("Na LI", "Na||Li|"),
            ("Jean DUPONT", "Jean||Dupont|"),
            ("Jan VAN DER BERG", "Jan||Van Der Berg|"),
            ("KIM Min-su", "Min-su||Kim|"),
            ("JOHN SMITH", "JOHN||SMITH|"),
            ("Min Li", "Min||Li|"),
            ("Lisa McIntosh Sundstrom", "Lisa McIntosh||Sundstrom|"),
            ("", "|||"),
        ] {
            let name = first_last(text, Hints::default(), &mut Vec::new());
            assert_eq!(parts(&name), expected, "{text}");
        }
    }

    #[test]
    fn inverted_names_are_turned() {
        for (family, given, expected) in [
            ("Smith", "J. A.", "J. A.||Smith|"),
            ("Smith Jr.", "John", "John||Smith|Jr."),
            ("Smith", "John III", "John||Smith|III"),
            ("van der Vet", "Freek", "Freek|van der|Vet|"),
            ("Beethoven", "Ludwig van", "Ludwig|van|Beethoven|"),
            ("Le Traon", "Yves", "Yves||Le Traon|"),
            ("ZHANG", "San", "San||Zhang|"),
            ("ZHANG", "SAN", "SAN||ZHANG|"),
        ] {
            assert_eq!(parts(&last_first(family, given)), expected, "{family}, {given}");
        }
    }
}

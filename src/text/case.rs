//! Which capitals of an English title carry meaning.
//!
//! BibTeX's styles lower the letters of a title (`change.case$`, mode `t`) but for the first of
//! all and the first after a colon; braces keep them. `DNA`, `pH` and `European` need braces,
//! the `Title Case` of a journal does not.

use std::ops::Range;

use super::lengths::Lengths;
use super::{script, title};
use crate::by_name::ByName;

use crate::model::{Style, Text};

mod names;

use self::names::{NAMES, PAIRS};

/// The names, and the words of the pairs: most words of a title are none of them.
static NAME_ROWS: ByName<2048> = ByName::of(NAMES);
static PAIR_LENGTHS: Lengths = Lengths::of(&[&names::of_pairs()]);

/// The title with [`Style::Protect`] on the words whose capitals carry meaning.
///
/// These are words with capitals within (`pH`, `CloudSim`), acronyms (`DNA`, `COVID-19`), single
/// letters (`E. coli`, `vitamin A`) and names: those of a list everywhere, and every capitalised
/// word within a title in sentence case. A title in capitals has no case to keep and gets no
/// marks, and neither do Chinese text and mathematics.
pub fn protect(title: &Text) -> Text {
    let mut title = title.clone();
    let plain = title.plain();
    let caseless = !plain.contains(char::is_uppercase) || script::is_chinese(plain);
    if caseless || is_all_capitals(plain) {
        return title;
    }
    let words = words(plain);
    let sentence_case = is_sentence_case(&words);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    // Most words of a title hold no capital, and so nothing to protect.
    for (i, word) in words.iter().enumerate().filter(|(_, word)| has_capital(word.text)) {
        let context = Context {
            starts: i == 0 || starts_sentence(plain, &words[i - 1], word),
            sentence_case,
            before: if i == 0 { "" } else { words[i - 1].text },
            next: words.get(i + 1).map_or("", |w| w.text),
        };
        protect_word(plain, word, &context, &mut ranges);
    }
    let taken: Vec<Range<usize>> = title
        .marks()
        .iter()
        .filter(|m| matches!(m.style, Style::Math(_) | Style::Protect))
        .map(|m| m.range.clone())
        .collect();
    // Both lists are in order, and none of the first overlap.
    let mut taken = taken.into_iter().peekable();
    ranges.retain(|range| {
        while taken.next_if(|t| t.end <= range.start).is_some() {}
        taken.peek().is_none_or(|t| t.start >= range.end)
    });
    for range in ranges {
        title.mark(range, Style::Protect);
    }
    title
}

/// What stands between two blanks, without the punctuation around it.
struct Word<'a> {
    text: &'a str,
    range: Range<usize>,
}

struct Context<'a> {
    /// The word begins a sentence or the subtitle.
    starts: bool,
    sentence_case: bool,
    before: &'a str,
    next: &'a str,
}

fn words(plain: &str) -> Vec<Word<'_>> {
    let mut words = Vec::with_capacity(16);
    let mut at = 0;
    while at < plain.len() {
        let chunk = &plain[at..];
        let chunk = &chunk[..chunk.bytes().position(|b| b == b' ').unwrap_or(chunk.len())];
        let text = bare(chunk);
        if !text.is_empty() {
            let start = at + chunk.len() - chunk.trim_start_matches(is_punctuation).len();
            words.push(Word { text, range: start..start + text.len() });
        }
        at += chunk.len() + 1;
    }
    words
}

/// A word without the punctuation around it.
fn bare(chunk: &str) -> &str {
    match chunk.as_bytes() {
        [first, .., last] if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() => chunk,
        _ => chunk.trim_matches(is_punctuation),
    }
}

fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric()
}

fn has_capital(word: &str) -> bool {
    match word.is_ascii() {
        true => word.bytes().any(|b| b.is_ascii_uppercase()),
        false => word.contains(char::is_uppercase),
    }
}

/// As a function and not as a character: a search for one is set up anew for each short word.
fn is_blank(c: char) -> bool {
    c == ' '
}

/// True where nothing tells capitals from small letters: two words or more, all in capitals, or
/// nearly all letters of a longer title.
fn is_all_capitals(plain: &str) -> bool {
    // So many small letters that the capitals cannot be eight times as many: found in the first words.
    if plain.bytes().filter(u8::is_ascii_lowercase).nth(plain.len() / 8).is_some() {
        return false;
    }
    let (mut upper, mut lower) = (0, 0);
    if plain.is_ascii() {
        lower = plain.bytes().filter(u8::is_ascii_lowercase).count();
        upper = plain.bytes().filter(u8::is_ascii_uppercase).count();
    } else {
        for c in plain.chars() {
            lower += usize::from(c.is_lowercase());
            upper += usize::from(c.is_uppercase());
        }
    }
    let words = || plain.split(is_blank).filter(|w| w.contains(char::is_alphabetic)).count();
    (lower == 0 && words() > 1) || (upper > 8 * lower && words() > 3)
}

/// True where most words after the first begin with a small letter. Short words and stop words
/// count for nothing: Title Case leaves them small. Nor do acronyms and known names.
fn is_sentence_case(words: &[Word]) -> bool {
    let (mut upper, mut lower) = (0, 0);
    // Known names begin with a capital, stop words in the list with a small letter.
    let long = || words.iter().skip(1).map(|w| w.text).filter(|w| has_four_letters(w));
    let capitalised = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && !has_capital(letters.as_str())
    };
    for word in long() {
        match word.starts_with(char::is_lowercase) {
            true => lower += usize::from(!title::is_stop_word(word)),
            false => upper += usize::from(capitalised(word)),
        }
    }
    // Names are looked for only where they can tell.
    let names = || long().filter(|word| capitalised(word) && is_name(word)).count();
    lower > upper || (lower > 0 && lower + names() > upper)
}

fn has_four_letters(word: &str) -> bool {
    word.len() > 3 && (word.len() > 12 || word.chars().nth(3).is_some())
}

/// True where what stands between two words ends a sentence or begins a quotation.
fn starts_sentence(plain: &str, before: &Word, word: &Word) -> bool {
    let between = &plain[before.range.end..word.range.start];
    if between == " " {
        return false;
    }
    let ends = between.contains([':', '?', '!', '—', ';', '"', '“', '«']);
    let dash = matches!(between, " - " | " – ");
    // The stop of `E. coli` and `vs. ` ends no sentence.
    let short =
        before.text.chars().count() == 1 || matches!(before.text, "vs" | "St" | "Dr" | "spp");
    ends || dash || (between.starts_with('.') && !short)
}

/// Adds what is to be protected of one word: parts of it, joined where they touch.
fn protect_word(plain: &str, word: &Word, context: &Context, ranges: &mut Vec<Range<usize>>) {
    let parts = match word.text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        true => &[word.range.clone()][..],
        false => &parts(word),
    };
    // The end of the part before, if that was protected.
    let mut touching: Option<usize> = None;
    for (i, part) in parts.iter().enumerate() {
        let text = &plain[part.clone()];
        let number =
            text.bytes().all(|b| b.is_ascii_digit()) && joined_by_hyphen(plain, part, touching);
        let first = i == 0;
        if !number && !keeps_case(text, plain, part, first, parts.len() == 1, context) {
            touching = None;
            continue;
        }
        match ranges.last_mut().filter(|_| touching.is_some()) {
            Some(last) => last.end = part.end,
            None => ranges.push(part.clone()),
        }
        touching = Some(part.end);
    }
    // `E. coli` and `U.S. law`: the stop goes along.
    let after = &plain[word.range.end..];
    let stopped = (after.starts_with(". ") || after == ".")
        && (word.text.chars().count() == 1 || word.text.contains('.'));
    if let Some(last) = ranges.last_mut().filter(|r| stopped && r.end == word.range.end) {
        last.end += 1;
    }
}

fn joined_by_hyphen(plain: &str, part: &Range<usize>, before: Option<usize>) -> bool {
    before.is_some_and(|end| &plain[end..part.start] == "-")
}

/// The parts of a word between hyphens, dashes and slashes.
fn parts(word: &Word) -> Vec<Range<usize>> {
    if word.text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return vec![word.range.clone()];
    }
    let mut parts = Vec::new();
    let mut start = 0;
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let is_mark = unicode_normalization::char::is_combining_mark;
    let cuts = word.text.char_indices().filter(|&(_, c)| !inner(c) && !is_mark(c));
    for (at, c) in cuts.chain([(word.text.len(), ' ')]) {
        if at > start {
            parts.push(word.range.start + start..word.range.start + at);
        }
        start = at + c.len_utf8();
    }
    parts
}

/// True where the capitals of a part carry meaning.
fn keeps_case(
    text: &str,
    plain: &str,
    part: &Range<usize>,
    first: bool,
    alone: bool,
    context: &Context,
) -> bool {
    let mut letters = text.chars();
    let Some(initial) = letters.next() else { return false };
    // `3D`, `pH`, `DNA`, `McDonald`, `d'Alembert`
    if has_capital(letters.as_str()) {
        return true;
    }
    if !initial.is_uppercase() {
        return false;
    }
    if letters.as_str().is_empty() {
        return !alone || initial != 'A' || is_letter_a(plain, part, context);
    }
    if letters.clone().all(|c| c.is_ascii_digit()) {
        // `H1`, `B12`
        return true;
    }
    // In sentence case a capital within the sentence is a name; behind a hyphen it is one
    // wherever the first part is not (`Wi-Fi` at the start, `Maxwell–Boltzmann`).
    if context.sentence_case && !(context.starts && first) {
        return true;
    }
    let bare = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text);
    is_name(bare) || in_pair(bare, context)
}

/// True for the letter A, false for the article: `vitamin A`, `influenza A virus`.
fn is_letter_a(plain: &str, part: &Range<usize>, context: &Context) -> bool {
    if context.starts && !plain[part.end..].starts_with('.') {
        return false;
    }
    // `A < B`, `(A)`, `A, B and C`: an article stands before a word.
    let word = |c: char| {
        c.is_alphanumeric() || matches!(c, '\'' | '"' | '(' | '[' | '“' | '‘' | '«' | '<')
    };
    if plain[part.end..]
        .trim_start()
        .chars()
        .next()
        .is_some_and(|c| !word(c) || plain[part.end..].starts_with(" < "))
    {
        return true;
    }
    let before = context.before.to_lowercase();
    let counted = matches!(
        before.as_str(),
        "vitamin"
            | "hepatitis"
            | "type"
            | "group"
            | "class"
            | "influenza"
            | "protein"
            | "factor"
            | "phase"
            | "part"
            | "grade"
            | "appendix"
            | "immunoglobulin"
            | "toxin"
            | "cyclosporin"
            | "streptococcus"
            | "coenzyme"
            | "ochratoxin"
            | "bisphenol"
            | "plan"
            | "serotype"
    );
    context.sentence_case || counted || context.next.is_empty()
}

fn is_name(word: &str) -> bool {
    NAME_ROWS.row(word, |row| NAMES[row] == word).is_some()
}

fn in_pair(word: &str, context: &Context) -> bool {
    if !PAIR_LENGTHS.may_hold_any(word) {
        return false;
    }
    let bare = |w: &str| w.trim_end_matches(|c: char| !c.is_alphabetic()).to_owned();
    let next = bare(context.next.split(['\'', '’', '-', '–', '/']).next().unwrap_or_default());
    PAIRS.iter().any(|&(a, b)| (a == word && b == next) || (b == word && a == context.before))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The title with braces around what is protected.
    fn shown(title: &str) -> String {
        let text = protect(&Text::from(title));
        let mut out = title.to_owned();
        for mark in text.marks().iter().rev() {
            out.insert(mark.range.end, '}');
            out.insert(mark.range.start, '{');
        }
        out
    }

    #[test]
    fn capitals_that_mean_something() {
        for (title, expected) in [
            ("Magnesium in addiction", "Magnesium in addiction"),
            ("The pH of DNA and 3D UAVs", "The {pH} of {DNA} and {3D} {UAVs}"),
            ("Growth of E. coli at night", "Growth of {E.} coli at night"),
            ("E. coli at night", "{E.} coli at night"),
            (
                "Vitamin A in children: A review of trials",
                "Vitamin {A} in children: A review of trials",
            ),
            ("A study of the things I saw", "A study of the things {I} saw"),
            (
                "The Role of Vitamin A in Children: A Review",
                "The Role of Vitamin {A} in Children: A Review",
            ),
            ("COVID-19 and SARS-CoV-2 in GPT-4", "{COVID-19} and {SARS-CoV-2} in {GPT-4}"),
            ("CloudSim-based modelling of clouds", "{CloudSim}-based modelling of clouds"),
            ("GO/PO With Multicast Routing Schemes", "{GO/PO} With Multicast Routing Schemes"),
            (
                "On the Maxwell–Boltzmann distribution of speeds",
                "On the {Maxwell–Boltzmann} distribution of speeds",
            ),
            (
                "Models of European options: Theory and practice of Petri nets",
                "Models of {European} options: Theory and practice of {Petri} nets",
            ),
            (
                "Deep Learning for European Markets With Petri Nets",
                "Deep Learning for {European} Markets With {Petri} Nets",
            ),
            (
                "Monte Carlo Methods in the United States",
                "{Monte} {Carlo} Methods in the {United} {States}",
            ),
            ("The Gene in Alzheimer's Disease", "The Gene in {Alzheimer's} Disease"),
            ("MAGNESIUM IN ADDICTION", "MAGNESIUM IN ADDICTION"),
            ("EFFECTS OF pH ON GROWTH AND YIELD", "EFFECTS OF pH ON GROWTH AND YIELD"),
            ("HIV/AIDS", "{HIV/AIDS}"),
            ("Trade with the U.S.", "Trade with the {U.S.}"),
            ("Sets with A < B and C > D", "Sets with {A} < {B} and {C} > {D}"),
            ("Vitamins A, B and C", "Vitamins {A}, {B} and {C}"),
            ("Living in A \"Smart\" City of Mine", "Living in A \"Smart\" City of Mine"),
            ("A map of Mars", "A map of {Mars}"),
            ("The U.S. economy", "The {U.S.} economy"),
            ("镁在DNA中的作用", "镁在DNA中的作用"),
            (
                "Is it so? The answer - Never mind the rest",
                "Is it so? The answer - Never mind the rest",
            ),
            (
                "A High-Frequency Analysis of Stock Markets",
                "A High-Frequency Analysis of Stock Markets",
            ),
            ("Security of Wi-Fi networks in homes", "Security of {Wi-Fi} networks in homes"),
            ("The X-ray of a T-cell", "The {X}-ray of a {T}-cell"),
            ("", ""),
            ("- : .", "- : ."),
        ] {
            assert_eq!(shown(title), expected, "{title}");
        }
    }

    #[test]
    fn every_name_is_found() {
        assert!(NAMES.iter().all(|name| is_name(name)));
        assert!(!is_name("Word") && !is_name("") && !is_name("É"));
        for (first, second) in PAIRS {
            let context =
                Context { starts: false, sentence_case: false, before: first, next: second };
            assert!(in_pair(first, &context) && in_pair(second, &context), "{first} {second}");
        }
    }

    #[test]
    fn four_letters_are_counted() {
        for word in ["", "a", "abc", "ééé", "镁镁镁", "😀😀😀"] {
            assert!(!has_four_letters(word), "{word}");
        }
        assert!(["abcd", "éééé", "镁镁镁镁", "😀😀😀😀"].into_iter().all(has_four_letters));
    }

    #[test]
    fn mathematics_is_left_alone() {
        let mut text = Text::from("The H2O of DNA");
        text.mark(4..7, Style::Math("H_2O".into()));
        let marks = protect(&text);
        let ranges: Vec<_> = marks.marks().iter().map(|m| m.range.clone()).collect();
        assert_eq!(ranges, [4..7, 11..14]);
        assert_eq!(protect(&marks), marks);
    }

    proptest! {
        #[test]
        fn marks_never_overlap_and_protecting_twice_is_once(
            title in "([A-Za-zÉé0-9]{1,6}[-–/'. :,镁\u{301}]{1,2}){0,12}"
        ) {
            let once = protect(&Text::from(title.as_str()));
            prop_assert_eq!(once.plain(), title.as_str());
            prop_assert!(once.marks().windows(2).all(|w| w[0].range.end <= w[1].range.start));
            prop_assert_eq!(&protect(&once), &once);
        }
    }
}

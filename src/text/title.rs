//! Titles: the stop at the end, PubMed's brackets and marks of language, the telling words.

use std::borrow::Cow;
use std::ops::Range;

use super::lengths::Lengths;
use super::markup;
use crate::diagnostic::Finding;
use crate::model::{Lang, Text};

/// A title as a librarian would type it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// The title without brackets around it and without the stop at its end.
    pub text: Text,
    /// PubMed's sign for a title that was translated into English: `[Magnesium in addiction].`
    pub bracketed: bool,
    /// The language of the work, where the title says it: `[Article in Chinese]`.
    pub language: Option<Lang>,
    /// What cleaning the text found.
    pub findings: Vec<Finding>,
}

/// Cleans a title as it stands in the source.
///
/// ```
/// use bibilingual::text::title::clean_title;
///
/// let title = clean_title("[Magnesium in <i>addiction</i>].");
/// assert_eq!(title.text.plain(), "Magnesium in addiction");
/// assert!(title.bracketed);
/// ```
pub fn clean_title(raw: &str) -> Title {
    let cleaned = markup::to_text(raw);
    let plain = cleaned.text.plain();
    let mut range = 0..plain.len();
    let mut language = None;
    let mut bracketed = false;
    // Each round takes something off an end: a stop, a mark of language, a pair of brackets.
    loop {
        if let Some((end, lang)) = language_at_end(&plain[range.clone()]) {
            language = language.or(Some(lang));
            range.end = range.start + end;
        } else if let Some(end) = without_stop(&plain[range.clone()]) {
            range.end = range.start + end;
        } else if !bracketed && is_bracketed(&plain[range.clone()]) {
            bracketed = true;
            range = range.start + 1..range.end - 1;
        } else {
            break;
        }
        range = trimmed(plain, range);
    }
    let whole = range == (0..plain.len());
    let text = if whole { cleaned.text } else { cleaned.text.slice(range) };
    Title { text, bracketed, language, findings: cleaned.findings }
}

fn trimmed(plain: &str, range: Range<usize>) -> Range<usize> {
    let part = &plain[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..start + part.trim().len()
}

/// Where the title ends without its stop; `None` where there is none to take off.
fn without_stop(title: &str) -> Option<usize> {
    let stop = title.chars().next_back().filter(|c| matches!(c, '.' | '。' | '．'))?;
    let rest = title.strip_suffix(stop)?;
    // An ellipsis stays, and so does a title that is nothing else.
    let last = rest.trim_end().chars().next_back()?;
    if matches!(last, '.' | '。' | '．' | '…') || (stop == '.' && is_abbreviated(rest)) {
        return None;
    }
    Some(rest.len())
}

/// Words that keep their stop at the end of a title. `No.` and `Co.` count in this case only.
const ABBREVIATIONS: &[&str] = &[
    "Bros", "Co", "Corp", "Dr", "Eds", "Inc", "Jr", "Ltd", "Mr", "Mrs", "Ms", "Mt", "No", "Nos",
    "Prof", "Sr", "St", "Univ", "Vol", "aff", "al", "cf", "cv", "ed", "eds", "esp", "etc", "nov",
    "sp", "spp", "ssp", "subsp", "var", "viz", "vs",
];

/// True where the stop behind `rest` belongs to its last word: `et al`, `U.S`, `Ph.D`, `J. R`.
/// A lone letter after a word (`vitamin D.`, `part I.`) is far more often the end of a sentence
/// than an initial.
fn is_abbreviated(rest: &str) -> bool {
    let (before, word) = rest.rsplit_once(' ').unwrap_or(("", rest));
    let word = word.trim_start_matches(['(', '[', '"', '“', '‘', '\'']);
    let is_letter = |part: &str| {
        let letters = part.chars().count();
        (1..=2).contains(&letters) && part.chars().all(char::is_alphabetic)
    };
    if ABBREVIATIONS.binary_search(&word).is_ok() {
        // `No.` alone is an answer, not the short form of a number.
        return !before.is_empty();
    }
    let dotted = word.contains('.') && word.split('.').all(is_letter);
    let single = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let initials = before.rsplit(' ').next().is_some_and(|w| {
        w.strip_suffix('.').is_some_and(|w| w.chars().count() == 1 && is_letter(w))
    });
    dotted || (single && initials) || (word == "L" && ends_in_species(before))
}

/// True for `Oryza sativa` and `Z. mays`: the `L.` behind them is Linnaeus.
fn ends_in_species(before: &str) -> bool {
    let mut words = before.rsplit(' ');
    let (species, genus) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let genus = genus.trim_start_matches(['(', '[']);
    let latin = species.len() > 3 && species.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    latin && genus.starts_with(char::is_uppercase) && !tells_rank(species)
}

/// Words that a lone letter counts: `type L.` names no plant.
fn tells_rank(word: &str) -> bool {
    matches!(word, "type" | "group" | "class" | "part" | "phase" | "grade" | "vitamin" | "chain")
}

/// True where the first bracket closes at the very end, and what it holds is in words:
/// `[18F]FDG PET in …` and `[18F]` are not bracketed titles.
fn is_bracketed(title: &str) -> bool {
    let Some(inner) = title.strip_prefix('[').and_then(|t| t.strip_suffix(']')) else {
        return false;
    };
    let mut depth = 0i32;
    let closes_early = inner.chars().any(|c| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        depth < 0
    });
    let word = |w: &str| w.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let words = inner.split(' ').any(|w| word(w) && !w.contains(|c: char| c.is_ascii_digit()));
    !closes_early && depth == 0 && (words || super::script::has_han(inner))
}

/// A mark of language at the end of a title, behind something else: where the title ends
/// without it, and the language.
fn language_at_end(title: &str) -> Option<(usize, Lang)> {
    let (open, close) = match title.chars().next_back()? {
        ']' => ('[', 1),
        ')' => ('(', 1),
        _ => return None,
    };
    let at = title.rfind(open)?;
    let inner = &title[at + 1..title.len() - close];
    let named = match strip_prefix(inner, "article in ").or_else(|| strip_prefix(inner, "in ")) {
        Some(named) => named,
        // `(Chinese)` can be part of a title; `[Chinese]` is a mark.
        None if open == '[' => inner,
        None => return None,
    };
    let rest = title[..at].trim_end();
    (!rest.is_empty()).then_some((rest.len(), language(named)?))
}

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let fits = text.get(..prefix.len())?.eq_ignore_ascii_case(prefix);
    fits.then(|| &text[prefix.len()..])
}

/// The first language of a list as PubMed has it: `Chinese`, `English, Chinese`.
fn language(names: &str) -> Option<Lang> {
    let first = names.split([',', ';']).next()?.trim();
    Lang::ALL.into_iter().find(|l| l.english_name().eq_ignore_ascii_case(first))
}

/// The language that a title or an abstract says its article is in: `[Article in Chinese]`.
pub fn article_language(text: &str) -> Option<Lang> {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'[', b'(', bytes).find_map(|at| {
        let named = strip_prefix(&text[at + 1..], "article in ")?;
        let window = named.get(..named.len().min(80)).unwrap_or(named);
        language(&window[..window.find([']', ')'])?])
    })
}

/// Words of English that tell nothing of what a title is about, sorted.
const STOP_WORDS: &[&str] = &[
    "about", "after", "against", "all", "also", "am", "among", "an", "and", "any", "are", "as",
    "at", "be", "been", "before", "being", "between", "both", "but", "by", "can", "could", "did",
    "do", "does", "during", "each", "for", "from", "had", "has", "have", "her", "his", "how", "if",
    "in", "into", "is", "it", "its", "may", "might", "more", "most", "must", "my", "no", "nor",
    "not", "of", "off", "on", "onto", "or", "our", "out", "over", "per", "shall", "should", "so",
    "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they",
    "this", "those", "through", "to", "toward", "towards", "under", "until", "up", "upon", "us",
    "using", "versus", "via", "vs", "was", "we", "were", "what", "when", "where", "whether",
    "which", "while", "who", "whom", "whose", "why", "will", "with", "within", "without", "would",
    "you", "your",
];

/// True for a word, in small letters, that tells nothing.
pub(super) fn is_stop_word(word: &str) -> bool {
    static LENGTHS: Lengths = Lengths::of(&[STOP_WORDS]);
    LENGTHS.may_hold(word) && STOP_WORDS.binary_search(&word).is_ok()
}

/// The words of an English title that tell something, in their order: no stop words, no
/// numbers, no single letters. Hyphens split; a possessive loses its `'s`.
///
/// ```
/// use bibilingual::text::title::telling_words;
///
/// let words: Vec<&str> = telling_words("A high-frequency analysis").collect();
/// assert_eq!(words, ["high", "frequency", "analysis"]);
/// ```
pub fn telling_words(title: &str) -> impl Iterator<Item = &str> {
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let combining = unicode_normalization::char::is_combining_mark;
    title.split(move |c| !inner(c) && !combining(c)).map(without_possessive).filter(|w| tells(w))
}

/// `Alzheimer's` is `Alzheimer`; `don't` and `O'Brien` stay whole.
fn without_possessive(word: &str) -> &str {
    let word = word.trim_matches(['\'', '’']);
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

fn tells(word: &str) -> bool {
    let letters = word.contains(char::is_alphabetic);
    let single = word.chars().nth(1).is_none() && !super::script::has_han(word);
    if !letters || single {
        return false;
    }
    let lower = match word.bytes().all(|b| b.is_ascii_lowercase()) {
        true => Cow::Borrowed(word),
        false => Cow::Owned(word.to_lowercase()),
    };
    let contracted = lower.ends_with("n't") || lower.ends_with("n’t");
    !contracted && !is_stop_word(&lower)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Mark, Style};

    #[test]
    fn lists_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted());
        assert!(STOP_WORDS.is_sorted());
        assert!(STOP_WORDS.iter().all(|word| word.starts_with(|c: char| c.is_ascii_lowercase())));
        assert!(STOP_WORDS.iter().all(|word| is_stop_word(word)));
    }

    #[test]
    fn titles() {
        let zh = Some(Lang::Zh);
        for (raw, expected, bracketed, language) in [
            (
                "Magnesium in addiction - a general view.",
                "Magnesium in addiction - a general view",
                false,
                None,
            ),
            ("镁在成瘾中的作用——一般观点。", "镁在成瘾中的作用——一般观点", false, None),
            ("How does it respond?", "How does it respond?", false, None),
            ("是不是所有的模型都错了?", "是不是所有的模型都错了?", false, None),
            ("What comes next...", "What comes next...", false, None),
            ("What comes next…", "What comes next…", false, None),
            ("A letter to Smith et al.", "A letter to Smith et al.", false, None),
            ("Phytophthora capsici sp. nov.", "Phytophthora capsici sp. nov.", false, None),
            ("Trade with the U.S.", "Trade with the U.S.", false, None),
            ("The life of J. R.", "The life of J. R.", false, None),
            ("Trials of vitamin D.", "Trials of vitamin D", false, None),
            ("Essays, part I.", "Essays, part I", false, None),
            ("Drought in Oryza sativa L.", "Drought in Oryza sativa L.", false, None),
            ("Cells of type L.", "Cells of type L", false, None),
            ("Web 2.0.", "Web 2.0", false, None),
            ("Yes or no.", "Yes or no", false, None),
            ("No.", "No", false, None),
            ("Notes on Foo Inc.", "Notes on Foo Inc.", false, None),
            ("[Magnesium in addiction].", "Magnesium in addiction", true, None),
            ("[Magnesium in addiction.]", "Magnesium in addiction", true, None),
            (
                "[Magnesium [Mg] in addiction]. [Article in Chinese]",
                "Magnesium [Mg] in addiction",
                true,
                zh,
            ),
            ("Magnesium in addiction [Chinese].", "Magnesium in addiction", false, zh),
            ("Magnesium in addiction (in Chinese)", "Magnesium in addiction", false, zh),
            ("Herbs (Chinese)", "Herbs (Chinese)", false, None),
            ("Herbs [Article in Czech]", "Herbs [Article in Czech]", false, None),
            ("[18F]FDG PET in dementia.", "[18F]FDG PET in dementia", false, None),
            ("[18F]", "[18F]", false, None),
            ("[Ru(bpy)3]2+ and [Os]", "[Ru(bpy)3]2+ and [Os]", false, None),
            ("[Chinese]", "Chinese", true, None),
            ("Retracted: A thing (Preprint)", "Retracted: A thing (Preprint)", false, None),
            (".", ".", false, None),
            ("", "", false, None),
            (".NET.", ".NET", false, None),
        ] {
            let title = clean_title(raw);
            let got = (title.text.plain(), title.bracketed, title.language);
            assert_eq!(got, (expected, bracketed, language), "{raw}");
        }
    }

    #[test]
    fn marks_are_cut_with_the_text() {
        let title = clean_title("[Growth of <i>Escherichia coli.</i>]");
        assert_eq!(title.text.plain(), "Growth of Escherichia coli");
        assert_eq!(title.text.marks(), [Mark { range: 10..26, style: Style::Italic }]);
    }

    #[test]
    fn languages_of_articles() {
        for (text, language) in [
            ("[Article in Chinese] Objective: to", Some(Lang::Zh)),
            ("Text. [article in German]", Some(Lang::De)),
            ("[Article in English, Chinese]", Some(Lang::En)),
            ("[see text] (Article in Japanese)", Some(Lang::Ja)),
            ("an article in Chinese", None),
            ("[Article in Klingon]", None),
            ("[Article in 中文中文", None),
        ] {
            assert_eq!(article_language(text), language, "{text}");
        }
    }

    #[test]
    fn words_that_tell() {
        for (title, expected) in [
            ("Magnesium in addiction", "Magnesium addiction"),
            ("A high-frequency analysis", "high frequency analysis"),
            ("3D printing of 100 parts", "3D printing parts"),
            ("Is GPT-4 all you need?", "GPT need"),
            ("Alzheimer's disease isn't O'Brien’s", "Alzheimer disease O'Brien"),
            ("The E. coli", "coli"),
            ("Über die Étude", "Über die Étude"),
            ("1 2 3 '' ’", ""),
        ] {
            assert_eq!(telling_words(title).collect::<Vec<_>>().join(" "), expected, "{title}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(raw in "[a-zA-Z镁。．. \\[\\]()?]{0,24}") {
            let once = clean_title(&raw);
            let twice = clean_title(once.text.plain());
            // One pair of brackets goes each time: a second pair is not PubMed's.
            if !once.bracketed {
                prop_assert_eq!(twice.text.plain(), once.text.plain());
            }
        }

        #[test]
        fn nothing_but_ends_is_cut(raw in "\\PC{0,40}") {
            let whole = markup::to_text(&raw).text;
            let title = clean_title(&raw);
            prop_assert!(whole.plain().contains(title.text.plain()));
        }
    }
}

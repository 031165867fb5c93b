//! Which entry of a library a new record is, and how sure that is.

use super::container::{container, differs, is_twin};
use crate::join::are_alike;
use crate::merge::{folded, is_same_person};
use crate::model::{Entry, Name, Text};
use crate::text::script::has_han;

/// What two records have in common that makes them one work, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// The citation key alone: in a comparison, for what nothing else tells.
    Key,
    /// The title; neither has a year or an author.
    Title,
    /// A long title, the year and the journal or book; not both have an author to compare.
    TitleYear,
    /// The title and the first author; not both have a year.
    TitleAuthor,
    /// The title in one of the languages, the year and the first author.
    TitleYearAuthor,
    /// The number of an arXiv preprint.
    Arxiv,
    /// The number in PubMed Central.
    Pmcid,
    /// The DOI.
    Doi,
}

impl Confidence {
    /// The word in messages: `title+year+author`.
    pub fn word(self) -> &'static str {
        match self {
            Confidence::Key => "key",
            Confidence::Title => "title",
            Confidence::TitleYear => "title+year",
            Confidence::TitleAuthor => "title+author",
            Confidence::TitleYearAuthor => "title+year+author",
            Confidence::Arxiv => "arxiv",
            Confidence::Pmcid => "pmcid",
            Confidence::Doi => "doi",
        }
    }

    /// Which of the numbers that no other work has it is.
    pub fn nth_number(self) -> usize {
        match self {
            Confidence::Arxiv => 2,
            Confidence::Pmcid => 1,
            _ => 0,
        }
    }
}

/// What was found for a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// It is this entry.
    Is(usize, Confidence),
    /// It is like this entry, but what speaks against it is too much.
    Near(usize, &'static str),
    /// There is none like it.
    None,
}

/// So many letters at the beginning of a title can be the same by chance.
pub const BEGINNING: usize = 16;

/// True where nothing tells a record from others: neither a title nor a number.
pub fn is_nameless(entry: &Entry) -> bool {
    titles(entry).is_empty() && numbers(entry).is_empty()
}

/// The numbers of an entry that no other work has.
pub fn numbers(entry: &Entry) -> Vec<(String, Confidence)> {
    let all = [
        (&entry.doi, "doi:", Confidence::Doi),
        (&entry.pmcid, "pmcid:", Confidence::Pmcid),
        (&entry.arxiv, "arxiv:", Confidence::Arxiv),
    ];
    let number = |(number, prefix, sure): (&Option<String>, &str, Confidence)| {
        number.as_ref().map(|number| (format!("{prefix}{}", number.to_lowercase()), sure))
    };
    all.into_iter().filter_map(number).collect()
}

/// The letters and digits of the titles, without accents, width and case.
pub fn titles(entry: &Entry) -> Vec<String> {
    let both = [&entry.title.zh, &entry.title.en];
    both.into_iter().flatten().map(folded).filter(|title| !title.is_empty()).collect()
}

/// Whether what both have agrees.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Agree {
    Yes,
    No,
    /// Neither has it.
    Neither,
    /// One of them has it, or the two cannot be compared.
    Unknown,
}

/// How sure it is that two records with one title are one work, or what speaks against it.
pub fn compare(a: &Entry, b: &Entry) -> Result<Confidence, &'static str> {
    for (confidence, why) in [
        (Confidence::Doi, "the same title, but another DOI"),
        (Confidence::Pmcid, "the same title, but another number in PubMed Central"),
        (Confidence::Arxiv, "the same title, but another number of arXiv"),
    ] {
        let of = |entry| numbers(entry).into_iter().find(|(_, known)| *known == confidence);
        if let (Some(a), Some(b)) = (of(a), of(b))
            && a != b
        {
            return Err(why);
        }
    }
    if let Some(why) = differs(a, b) {
        return Err(why);
    }
    let other = |a: &Option<Text>, b: &Option<Text>| match (a, b) {
        (Some(a), Some(b)) => !are_alike(&folded(a), &folded(b)),
        _ => false,
    };
    if other(&a.title.zh, &b.title.zh) || other(&a.title.en, &b.title.en) {
        return Err("the same title, but another one in the other language");
    }
    let year = match (a.date, b.date) {
        (Some(a), Some(b)) if a.year == b.year => Agree::Yes,
        (Some(_), Some(_)) => Agree::No,
        (None, None) => Agree::Neither,
        _ => Agree::Unknown,
    };
    match (year, authors(a, b)) {
        (Agree::No, _) => Err("the same title, but another year"),
        (_, Agree::No) => Err("the same title, but another first author"),
        (Agree::Yes, Agree::Yes) => Ok(Confidence::TitleYearAuthor),
        (Agree::Neither, Agree::Yes) => Ok(Confidence::TitleAuthor),
        // Of works without an author many have one title: a preface, an editorial.
        (Agree::Neither, Agree::Neither) if is_twin(a, b) || is_telling(a, b, 20, 8) => {
            Ok(Confidence::Title)
        }
        (Agree::Yes, Agree::Neither) if is_twin(a, b) => Ok(Confidence::TitleYear),
        (Agree::Yes, Agree::Neither | Agree::Unknown)
            if container(a, b) == Agree::Yes && is_telling(a, b, 20, 8) =>
        {
            Ok(Confidence::TitleYear)
        }
        (Agree::Unknown, Agree::Yes) if is_telling(a, b, 12, 5) => Ok(Confidence::TitleAuthor),
        _ => Err("the same title, but too little beside it to compare"),
    }
}

/// True where a title of both is so long that no two works have it by chance.
fn is_telling(a: &Entry, b: &Entry, letters: usize, characters: usize) -> bool {
    let others = titles(b);
    let enough = |title: &String| is_telling_title(title, letters, characters);
    titles(a).iter().filter(|title| others.contains(title)).any(enough)
}

/// True for a title of so many letters, or so many Chinese characters.
pub fn is_telling_title(title: &str, letters: usize, characters: usize) -> bool {
    title.chars().count() >= if has_han(title) { characters } else { letters }
}

fn authors(a: &Entry, b: &Entry) -> Agree {
    match (a.authors.first(), b.authors.first()) {
        (Some(a), Some(b)) => same_person(a, b),
        (None, None) => Agree::Neither,
        _ => Agree::Unknown,
    }
}

/// Compares the forms of two names that are in the same script. A file can have a name as a whole that a
/// record has in parts: where all letters are the same, it is the same name.
fn same_person(a: &Name, b: &Name) -> Agree {
    if letters(a) == letters(b) {
        return Agree::Yes;
    }
    let mut agree = Agree::Unknown;
    for one in forms(a) {
        for other in forms(b).filter(|other| other.script == one.script) {
            if is_same_person(one, other) {
                return Agree::Yes;
            }
            agree = Agree::No;
        }
    }
    agree
}

/// The letters of a name, its words in the order of the alphabet; of one without letters and digits, its
/// signs.
pub fn letters(name: &Name) -> String {
    let text = name.display();
    let words = text.split(|c: char| !c.is_alphanumeric()).map(|word| folded(&Text::from(word)));
    let mut words: Vec<String> = words.collect();
    words.sort_unstable();
    let letters = words.concat();
    if letters.is_empty() { text } else { letters }
}

/// The forms of a name, in either script.
pub fn forms(name: &Name) -> impl Iterator<Item = &Name> {
    std::iter::once(name).chain(name.other.as_deref())
}

/// True where nothing speaks against two names being of one person.
pub fn may_be_same(a: &Name, b: &Name) -> bool {
    same_person(a, b) != Agree::No
}

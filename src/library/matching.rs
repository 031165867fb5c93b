//! Which entry of a library a new record is, and how sure that is.

use std::collections::HashMap;

use super::container::{container, differs, is_twin};
use crate::join::{are_alike, is_same_work};
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

/// Entries by what they can be known by.
#[derive(Default)]
pub struct Index {
    numbers: HashMap<String, Vec<usize>>,
    titles: HashMap<String, Vec<usize>>,
    /// By the beginning of the title, for titles with and without a subtitle.
    beginnings: HashMap<String, Vec<usize>>,
}

/// So many letters at the beginning of a title can be the same by chance.
const BEGINNING: usize = 16;

impl Index {
    /// Adds what the entry at a place of the list can be known by, and is not yet.
    pub fn add(&mut self, at: usize, entry: &Entry) {
        let put = |index: &mut HashMap<String, Vec<usize>>, word: String| {
            let places = index.entry(word).or_default();
            if !places.contains(&at) {
                places.push(at);
            }
        };
        for (number, _) in numbers(entry) {
            put(&mut self.numbers, number);
        }
        for title in titles(entry) {
            put(&mut self.beginnings, title.chars().take(BEGINNING).collect());
            put(&mut self.titles, title);
        }
    }

    /// The entry of the list that a new one is. Of several the surest counts, and then the first.
    pub fn find<'e>(&self, entry_at: impl Fn(usize) -> &'e Entry, new: &Entry) -> Match {
        let mut near = Match::None;
        let titles = titles(new);
        for (number, confidence) in numbers(new) {
            let known = self.numbers.get(&number).into_iter().flatten().copied();
            let (same, others): (Vec<usize>, Vec<usize>) =
                known.partition(|at| is_same_work(entry_at(*at), new));
            // A file can have a work twice; the one under this title is the one.
            let titled =
                |at: &&usize| self::titles(entry_at(**at)).iter().any(|t| titles.contains(t));
            if let Some(at) = same.iter().find(titled).or(same.first()) {
                return Match::Is(*at, confidence);
            }
            if let Some(at) = others.first() {
                near = Match::Near(*at, "the same number, but other titles and authors");
            }
        }
        let known = titles.iter().filter_map(|title| self.titles.get(title)).flatten().copied();
        let mut best: Option<(Confidence, usize)> = None;
        for at in known {
            match compare(entry_at(at), new) {
                Ok(sure) if best.is_none_or(|(b, there)| (sure, there) > (b, at)) => {
                    best = Some((sure, at));
                }
                Ok(_) => {}
                Err(why) => near = Match::Near(at, why),
            }
        }
        if let Some((sure, at)) = best {
            return Match::Is(at, sure);
        }
        if near == Match::None {
            near = self.beginning(&titles, entry_at, new);
        }
        near
    }

    /// An entry whose title begins like the new one or goes on where that ends.
    fn beginning<'e>(
        &self,
        titles: &[String],
        entry_at: impl Fn(usize) -> &'e Entry,
        new: &Entry,
    ) -> Match {
        for title in titles.iter().filter(|title| title.chars().count() >= BEGINNING) {
            let beginning: String = title.chars().take(BEGINNING).collect();
            for at in self.beginnings.get(&beginning).into_iter().flatten().copied() {
                let known = self::titles(entry_at(at));
                let goes_on = |known: &String| known.starts_with(title) || title.starts_with(known);
                if known.iter().any(goes_on) && compare(entry_at(at), new).is_ok() {
                    return Match::Near(at, "one title begins with the other");
                }
            }
        }
        Match::None
    }
}

/// True where nothing tells a record from others: neither a title nor a number.
pub fn is_nameless(entry: &Entry) -> bool {
    titles(entry).is_empty() && numbers(entry).is_empty()
}

/// The numbers of an entry that no other work has.
fn numbers(entry: &Entry) -> Vec<(String, Confidence)> {
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
fn titles(entry: &Entry) -> Vec<String> {
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
fn compare(a: &Entry, b: &Entry) -> Result<Confidence, &'static str> {
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
    let enough =
        |title: &String| title.chars().count() >= if has_han(title) { characters } else { letters };
    titles(a).iter().filter(|title| others.contains(title)).any(enough)
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
fn letters(name: &Name) -> String {
    let text = name.display();
    let words = text.split(|c: char| !c.is_alphanumeric()).map(|word| folded(&Text::from(word)));
    let mut words: Vec<String> = words.collect();
    words.sort_unstable();
    let letters = words.concat();
    if letters.is_empty() { text } else { letters }
}

fn forms(name: &Name) -> impl Iterator<Item = &Name> {
    std::iter::once(name).chain(name.other.as_deref())
}

/// True where nothing speaks against two names being of one person.
pub fn may_be_same(a: &Name, b: &Name) -> bool {
    same_person(a, b) != Agree::No
}

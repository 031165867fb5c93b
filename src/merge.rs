//! Two records of one work become one entry.

mod names;
mod people;

use std::cmp::Ordering;
use std::fmt::Display;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::diagnostic::{Code, Finding};
use crate::distinct::{distinct, stand_in};
use crate::join::are_alike;
use crate::model::{Bilingual, Date, Entry, Kept, Kind, Lang, Name, Pages, Script, Text};
use crate::text::doi;

pub use people::are_crossed;

/// Which of two values stays where both say something and neither says more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefer {
    /// The value that was there.
    First,
    /// The value that came.
    Second,
}

/// The field of the journal's name.
const JOURNAL: &str = "journal.name";

/// Where a merge reports a contradiction: the field and what was found there.
type Report<'r> = dyn FnMut(&str, Finding) + 'r;

/// Fills `into` with what `from` has more of. Where both have a value the fuller one stays; where
/// they disagree, `prefer` decides and `report` is told both.
pub fn merge(into: &mut Entry, from: Entry, prefer: Prefer, report: &mut Report<'_>) {
    language(into, &from, prefer, report);
    let Entry { title, container_title, abstract_text, .. } = from;
    both("title", &mut into.title, title, prefer, report);
    both(JOURNAL, &mut into.container_title, container_title, prefer, report);
    longer(&mut into.abstract_text.zh, abstract_text.zh, report);
    longer(&mut into.abstract_text.en, abstract_text.en, report);
    authors(into, from.authors, from.more_authors, prefer, report);
    kinds(&mut into.kind, from.kind, prefer, report);
    dates("publicationDate", &mut into.date, from.date, prefer, report);
    dates("EPubDate", &mut into.epub_date, from.epub_date, prefer, report);
    pages(&mut into.pages, from.pages, prefer, report);
    for (field, place, value) in [
        ("journal.volume", &mut into.volume, from.volume),
        ("journal.issue", &mut into.issue, from.issue),
        ("journal.pages", &mut into.article_number, from.article_number),
        ("doi", &mut into.doi, from.doi),
        ("url", &mut into.url, from.url),
        ("PMCID", &mut into.pmcid, from.pmcid),
        ("arxiv", &mut into.arxiv, from.arxiv),
        ("paperid", &mut into.source_id, from.source_id),
    ] {
        let same = |a: &String, b: &String| a == b || (field == "doi" && doi::same(a, b));
        choose(field, place, value, prefer, same, String::clone, report);
    }
    let mut words = from.keywords;
    distinct(&mut words);
    let known = stand_in(&words, &into.keywords);
    into.keywords.extend(words.into_iter().zip(known).filter(|(_, known)| !known).map(|(w, _)| w));
    metrics(into, from.metrics);
    let left = into.kept.fill(from.kept);
    for (field, finding) in lost(left, &into.kept, &"the record that it is joined with") {
        report(&field, finding);
    }
}

/// What is told of the fields of a file that are `left` when it has been put to what `whose` file kept:
/// the name of each, and that it is lost.
pub fn lost(left: Kept, there: &Kept, whose: &dyn Display) -> Vec<(String, Finding)> {
    let done = match there.dialect == left.dialect {
        true => format!("left out: {whose} has another"),
        false => format!("left out: {whose} has fields of another format"),
    };
    let kind = left.kind.map(|kind| ("type".to_owned(), kind));
    let fields = kind.into_iter().chain(left.fields);
    fields.map(|(name, value)| (name, Finding::new(Code::FieldLost, value, done.clone()))).collect()
}

/// How sure it is in which language the work is written: Chinese characters in journal or authors go
/// before Latin letters, and those before no evidence.
pub fn evidence(entry: &Entry) -> u8 {
    let han = |name: &Name| name.script == Script::Han;
    let named = !entry.container_title.is_empty() || !entry.authors.is_empty();
    match entry.container_title.zh.is_some() || entry.authors.iter().any(han) {
        _ if entry.language.is_none() => 0,
        true => 3,
        false if named => 2,
        false => 1,
    }
}

fn language(into: &mut Entry, from: &Entry, prefer: Prefer, report: &mut Report<'_>) {
    match evidence(into).cmp(&evidence(from)) {
        Ordering::Greater => {}
        Ordering::Less => into.language = from.language,
        Ordering::Equal => {
            let show = |lang: &Lang| lang.tag().to_owned();
            let value = from.language;
            choose("language", &mut into.language, value, prefer, |a, b| a == b, show, report);
        }
    }
}

/// Measures change with the time of storing: no contradiction, the first stays.
fn metrics(into: &mut Entry, from: crate::model::Metrics) {
    let to = &mut into.metrics;
    for (place, value) in [
        (&mut to.impact_factor, from.impact_factor),
        (&mut to.jcr, from.jcr),
        (&mut to.jcr_category, from.jcr_category),
        (&mut to.zone, from.zone),
        (&mut to.zone_category, from.zone_category),
        (&mut to.citations, from.citations),
    ] {
        *place = place.take().or(value);
    }
}

fn choose<T>(
    field: &str,
    place: &mut Option<T>,
    value: Option<T>,
    prefer: Prefer,
    same: impl Fn(&T, &T) -> bool,
    show: impl Fn(&T) -> String,
    report: &mut Report<'_>,
) {
    let Some(value) = value else { return };
    match place {
        None => *place = Some(value),
        Some(there) if same(there, &value) => {}
        Some(there) => {
            let found = format!("{} and {}", show(there), show(&value));
            let kept = if prefer == Prefer::First { show(there) } else { show(&value) };
            report(field, Finding::new(Code::Contradiction, found, format!("kept {kept}")));
            if prefer == Prefer::Second {
                *place = Some(value);
            }
        }
    }
}

/// Of two texts of which one begins like the other the longer stays: the other lacks its subtitle, or was
/// cut off by the source. Of journals (`Nature`, `Nature Medicine`) this is told: they can be two as well.
fn both(
    field: &str,
    into: &mut Bilingual<Text>,
    from: Bilingual<Text>,
    prefer: Prefer,
    report: &mut Report<'_>,
) {
    let show = |text: &Text| text.plain().to_owned();
    for (place, value) in [(&mut into.zh, from.zh), (&mut into.en, from.en)] {
        if let (Some(there), Some(new)) = (&*place, &value) {
            let (old, other) = (folded(there), folded(new));
            let goes_on = other.len() > old.len() && other.starts_with(&old);
            if goes_on || old.starts_with(&other) {
                if field == JOURNAL && old.len() != other.len() {
                    let found = format!("{} and {}", show(there), show(new));
                    let kept = show(if goes_on { new } else { there });
                    report(field, Finding::new(Code::Contradiction, found, format!("kept {kept}")));
                }
                // The same words with more marks, or in better case, say the same.
                if goes_on {
                    *place = value;
                }
                continue;
            }
        }
        choose(field, place, value, prefer, |_, _| false, show, report);
    }
}

/// The letters and digits of a text, without accents, width, case and the height of `²`.
pub fn folded(text: &Text) -> String {
    letters(text.plain())
}

fn letters(text: &str) -> String {
    let plain = text.nfkd().filter(|c| c.is_alphanumeric() && !is_combining_mark(*c));
    plain.flat_map(char::to_lowercase).collect()
}

/// The longer abstract stays, also where it is another one; of two that are of one length the first.
fn longer(place: &mut Option<Text>, value: Option<Text>, report: &mut Report<'_>) {
    let length = |text: &Text| text.plain().chars().count();
    let order = match (&*place, &value) {
        (Some(there), Some(new)) => length(new).cmp(&length(there)),
        (None, Some(_)) => Ordering::Greater,
        (_, None) => Ordering::Less,
    };
    let is_longer = order == Ordering::Greater;
    if let (Some(there), Some(new)) = (&*place, &value)
        && !is_same_abstract(there, new)
    {
        let found = format!("{} and {}", beginning(there), beginning(new));
        let kept = beginning(if is_longer { new } else { there });
        let which =
            if order == Ordering::Equal { "first, both are of one length" } else { "longer one" };
        let done = format!("kept the {which}: {kept}");
        report("abstract", Finding::new(Code::Contradiction, found, done));
    }
    if is_longer {
        *place = value;
    }
}

/// True where one is a part of the other (cut off, or without its headings), or most words are the same.
fn is_same_abstract(a: &Text, b: &Text) -> bool {
    let (a, b) = (folded(a), folded(b));
    a.contains(&b) || b.contains(&a) || are_alike(&a, &b)
}

/// As much of an abstract as a message has room for.
fn beginning(text: &Text) -> String {
    const LONGEST: usize = 60;
    match text.plain().char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text.plain()[..end]),
        None => text.plain().to_owned(),
    }
}

/// What says more stays: an article is also what a record is that does not say, and one that is told
/// to be a review or a letter is so more exactly.
fn kinds(place: &mut Kind, value: Kind, prefer: Prefer, report: &mut Report<'_>) {
    let exact = |kind: Kind| match kind {
        Kind::Article => 0,
        Kind::Other => 1,
        _ => 2,
    };
    match exact(*place).cmp(&exact(value)) {
        Ordering::Less => *place = value,
        Ordering::Greater => {}
        Ordering::Equal => {
            let mut there = Some(*place);
            let show = |kind: &Kind| kind.word().to_owned();
            choose(
                "publicationTypes",
                &mut there,
                Some(value),
                prefer,
                |a, b| a == b,
                show,
                report,
            );
            *place = there.unwrap_or(value);
        }
    }
}

fn dates(
    field: &str,
    place: &mut Option<Date>,
    value: Option<Date>,
    prefer: Prefer,
    report: &mut Report<'_>,
) {
    let within = |a: &Date, b: &Date| b.join('-').starts_with(&a.join('-'));
    if let (Some(there), Some(new)) = (&*place, &value)
        && within(there, new)
    {
        *place = value;
        return;
    }
    choose(field, place, value, prefer, |a, b| within(b, a), |d| d.join('-'), report);
}

fn pages(place: &mut Option<Pages>, value: Option<Pages>, prefer: Prefer, report: &mut Report<'_>) {
    if let (Some(there), Some(new)) = (&*place, &value)
        && there.last.is_none()
        && there.first == new.first
    {
        *place = value;
        return;
    }
    let same = |a: &Pages, b: &Pages| a == b || (b.last.is_none() && a.first == b.first);
    choose("journal.pages", place, value, prefer, same, |p| p.join("-"), report);
}

/// Joins two lists of the same people: the fuller form of each name stays, and a name in another
/// script becomes the other form. Lists that do not fit each other are a contradiction.
fn authors(into: &mut Entry, from: Vec<Name>, more: bool, prefer: Prefer, report: &mut Report<'_>) {
    if from.is_empty() {
        return;
    }
    if into.authors.is_empty() {
        (into.authors, into.more_authors) = (from, more);
        return;
    }
    let show = |names: &[Name]| names.iter().map(Name::display).collect::<Vec<_>>().join("; ");
    let fits = into.authors.len() == from.len()
        && into.authors.iter().zip(&from).all(|(a, b)| names::fit(a, b))
        && !are_crossed(&into.authors, &from);
    if fits {
        for (there, new) in into.authors.iter_mut().zip(from) {
            names::join(there, new);
        }
        into.more_authors &= more;
        return;
    }
    let kept = if prefer == Prefer::First { &into.authors } else { &from };
    let found = format!("{} and {}", show(&into.authors), show(&from));
    let done = format!("kept the list that begins with {}", kept[0].display());
    report("authors", Finding::new(Code::Contradiction, found, done));
    if prefer == Prefer::Second {
        (into.authors, into.more_authors) = (from, more);
    }
}

/// True where two forms can be of one person: the scripts differ, or the family names agree and
/// the given names begin alike.
pub fn is_same_person(a: &Name, b: &Name) -> bool {
    if a.script != b.script {
        return a.script != Script::Whole && b.script != Script::Whole;
    }
    let initial = |name: &Name| name.given.as_ref().and_then(|g| g.chars().next());
    a.family.to_lowercase() == b.family.to_lowercase()
        && (a.given.is_none() || b.given.is_none() || initial(a) == initial(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(into: &mut Entry, from: Entry, prefer: Prefer) -> Vec<(String, String)> {
        let mut told = Vec::new();
        merge(into, from, prefer, &mut |field, finding| {
            assert_eq!(finding.code, Code::Contradiction);
            told.push((field.to_owned(), finding.found));
        });
        told
    }

    #[test]
    fn what_is_chosen_against_another_value_is_told() {
        let entry = |kind, text: &str, number: &str| Entry {
            kind,
            abstract_text: Bilingual { zh: None, en: Some(Text::from(text)) },
            source_id: Some(number.to_owned()),
            ..Entry::default()
        };
        let book = entry(Kind::Book, "We study cats.", "8");
        let letter = entry(Kind::Letter, "We study dogs and their owners.", "9");
        for (prefer, kind, number) in
            [(Prefer::First, Kind::Book, "8"), (Prefer::Second, Kind::Letter, "9")]
        {
            let mut into = book.clone();
            let found = told(&mut into, letter.clone(), prefer);
            let found: Vec<_> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            let expected = [
                ("abstract", "We study cats. and We study dogs and their owners."),
                ("publicationTypes", "book and letter"),
                ("paperid", "8 and 9"),
            ];
            assert_eq!(found, expected);
            assert_eq!(into, entry(kind, "We study dogs and their owners.", number));
        }
    }

    #[test]
    fn what_says_the_same_more_exactly_is_no_contradiction() {
        let text = "Background: magnesium is needed. Results: less of it is taken.";
        for other in ["Background: magnesium is needed...", "less of it is taken", text] {
            for (a, b) in [(text, other), (other, text)] {
                let of = |text: &str| Bilingual { zh: None, en: Some(Text::from(text)) };
                let mut into = Entry { abstract_text: of(a), ..Entry::default() };
                let from = Entry { abstract_text: of(b), ..Entry::default() };
                assert_eq!(told(&mut into, from, Prefer::First), []);
                assert_eq!(into.abstract_text, of(text));
            }
        }
        let exact = [Kind::Article, Kind::Other, Kind::Review];
        for (a, b) in [(0, 0), (0, 1), (1, 2), (0, 2), (2, 2)] {
            for (first, second) in [(a, b), (b, a)] {
                let mut into = Entry { kind: exact[first], ..Entry::default() };
                let from = Entry { kind: exact[second], ..Entry::default() };
                assert_eq!(told(&mut into, from, Prefer::First), []);
                assert_eq!(into.kind, exact[b]);
            }
        }
    }
}

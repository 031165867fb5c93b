//! Records of the same work become one entry: a list page gives the English title, a detail page
//! the Chinese one.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::iter;

use crate::diagnostic::{Code, Diagnostic, Finding};
use crate::merge::{Prefer, folded, is_same_person, lost, merge};
use crate::model::{Entry, Text};
use crate::source::Found;

/// Joins records with the same DOI, and those with the same number of the source where not both
/// have a DOI. The entry stands where its first record stood, holds the fuller value of each field
/// and knows the places of all its records. Records that share a DOI and nothing else stay apart.
pub fn join(found: Vec<Found>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Found> {
    let mut works = Works::default();
    works.see(&found);
    works.join(found, diagnostics)
}

/// Which records are of one work, found while they come in: see [`join`].
#[derive(Default)]
pub struct Works {
    /// For each record an earlier one of its work, or itself.
    first: Vec<usize>,
    by_doi: Named,
    by_number: Named,
}

impl Works {
    /// Looks at the records behind those that it has seen.
    pub fn see(&mut self, found: &[Found]) {
        for at in self.first.len()..found.len() {
            let entry = &found[at].entry;
            self.first.push(at);
            if let Some(doi) = &entry.doi {
                let same = |other: usize| {
                    let other = found[other].entry.doi.as_deref();
                    other.is_some_and(|other| other.eq_ignore_ascii_case(doi))
                };
                let there = self.by_doi.first(&doi.to_ascii_lowercase(), at, same);
                unite(&mut self.first, there, at);
            }
            if let Some(number) = &entry.source_id {
                let same = |other: usize| found[other].entry.source_id.as_ref() == Some(number);
                let there = self.by_number.first(number, at, same);
                // Two DOIs are two works, whatever the number says.
                if entry.doi.is_none() || found[there].entry.doi.is_none() {
                    unite(&mut self.first, there, at);
                }
            }
        }
    }

    /// Joins the records, all of which it has seen.
    pub fn join(mut self, found: Vec<Found>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Found> {
        if (0..found.len()).all(|at| self.first[at] == at) {
            return found;
        }
        let groups: Vec<usize> = (0..found.len()).map(|at| root(&mut self.first, at)).collect();
        joined(found, &groups, diagnostics)
    }
}

/// Where values came first. Of a value only its hash is kept: it stands in its record.
#[derive(Default)]
struct Named {
    hasher: RandomState,
    first: HashMap<u64, usize>,
}

impl Named {
    /// The first record with the value, which is the one at `at` where there is none before.
    fn first(&mut self, value: &str, at: usize, same: impl Fn(usize) -> bool) -> usize {
        let mut hash = self.hasher.hash_one(value);
        loop {
            match *self.first.entry(hash).or_insert(at) {
                there if there == at || same(there) => return there,
                // Another value with this hash.
                _ => hash = hash.wrapping_add(1),
            }
        }
    }
}

/// The records in groups, each of which has the first record of its work.
fn joined(found: Vec<Found>, groups: &[usize], diagnostics: &mut Vec<Diagnostic>) -> Vec<Found> {
    let mut joined: Vec<Option<Found>> = Vec::with_capacity(found.len());
    // The members of a group that are not the work of its first record.
    let mut apart: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, new) in found.into_iter().enumerate() {
        let first = groups[at];
        if first == at {
            joined.push(Some(new));
            continue;
        }
        let others = apart.get(&first).into_iter().flatten().copied();
        let is_it = |there: &Found| is_same_work(&there.entry, &new.entry);
        let there =
            iter::once(first).chain(others).find(|at| joined[*at].as_ref().is_some_and(is_it));
        if let Some(there) = there.and_then(|at| joined[at].as_mut()) {
            put_together(there, new, diagnostics);
            joined.push(None);
            continue;
        }
        diagnostics.extend(joined[first].as_ref().map(|there| kept_apart(there, &new)));
        let others = apart.entry(first).or_default();
        if others.len() < MOST_APART {
            others.push(at);
        }
        joined.push(Some(new));
    }
    // An entry is large to move, and how many there are is not known to `flatten`.
    let mut left = Vec::with_capacity(joined.len());
    left.extend(joined.into_iter().flatten());
    left
}

/// So many works under one DOI a further record is compared with: there is hardly ever a second one,
/// and whoever writes thousands shall not make us compare each with each.
const MOST_APART: usize = 16;

/// The DOI or number that a record has in common with others.
fn shared(entry: &Entry) -> String {
    entry.doi.as_ref().or(entry.source_id.as_ref()).cloned().unwrap_or_default()
}

/// What is told of a record that can't be of one work with the first one of its group.
fn kept_apart(there: &Found, new: &Found) -> Diagnostic {
    let found = format!("{} is also the DOI or number of {}", shared(&new.entry), there.place);
    let done = "kept apart: titles and authors differ";
    Diagnostic::new(new.place.clone(), "doi", Finding::new(Code::Contradiction, found, done))
}

/// Merges `new` into `there`.
fn put_together(there: &mut Found, mut new: Found, diagnostics: &mut Vec<Diagnostic>) {
    let place = new.place.clone();
    let mut tell = |field: &str, finding| {
        diagnostics.push(Diagnostic::new(place.clone(), field, finding));
    };
    let shared = shared(&new.entry);
    let mut done = format!("joined with {}", there.place);
    let (key, second) = (&mut there.entry.key, std::mem::take(&mut new.entry.key));
    if !key.is_empty() && !second.is_empty() && *key != second {
        done += &format!("; its key is {key}, and {second} is left out");
    }
    tell("", Finding::new(Code::Joined, shared, done));
    let mut kept = there.entry.kept.fill(std::mem::take(&mut new.entry.kept));
    // The key has been told.
    kept.fields.retain(|(_, value)| second.is_empty() || *value != second);
    for (field, finding) in lost(kept, &there.entry.kept, &there.place) {
        tell(&field, finding);
    }
    // A key that stands in a file goes before one that is made.
    if there.entry.key.is_empty() {
        there.entry.key = second;
    }
    merge(&mut there.entry, *new.entry, Prefer::First, &mut tell);
    there.others.push(new.place.clone());
    there.others.extend(new.others);
    there.verbatim.extend(new.verbatim);
}

/// The first record of a group; paths are made short on the way.
fn root(first: &mut [usize], mut at: usize) -> usize {
    while first[at] != at {
        first[at] = first[first[at]];
        at = first[at];
    }
    at
}

fn unite(first: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(first, a), root(first, b));
    first[a.max(b)] = a.min(b);
}

/// True unless the titles of one language differ and the authors do not speak for one work.
pub fn is_same_work(a: &Entry, b: &Entry) -> bool {
    let alike = |a: &Option<Text>, b: &Option<Text>| match (a, b) {
        (Some(a), Some(b)) => Some(are_alike(&folded(a), &folded(b))),
        _ => None,
    };
    let titles = [alike(&a.title.zh, &b.title.zh), alike(&a.title.en, &b.title.en)];
    let differ = titles.contains(&Some(false)) && !titles.contains(&Some(true));
    !differ
        || matches!((a.authors.first(), b.authors.first()), (Some(a), Some(b)) if is_same_person(a, b))
}

/// True where two texts share most of their pairs of neighbouring letters (Dice's measure), or one
/// begins with the other.
pub fn are_alike(a: &str, b: &str) -> bool {
    let pairs =
        |text: &str| -> HashSet<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (x, y) = (pairs(a), pairs(b));
    let shared = x.intersection(&y).count();
    a.starts_with(b) || b.starts_with(a) || 5 * shared >= 2 * (x.len() + y.len()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::model::{Bilingual, Kept, Name};

    fn record(at: usize, doi: &str, number: &str, en: &str, zh: &str, author: &str) -> Found {
        let some = |s: &str| Some(s.to_owned()).filter(|s| !s.is_empty());
        let text = |s: &str| some(s).map(Text::from);
        let entry = Entry {
            doi: some(doi),
            source_id: some(number),
            title: Bilingual { zh: text(zh), en: text(en) },
            authors: some(author)
                .map(|family| Name { family, ..Name::default() })
                .into_iter()
                .collect(),
            ..Entry::default()
        };
        Found {
            entry: Box::new(entry),
            place: Place { file: "f".into(), line: at, record: at },
            others: Vec::new(),
            verbatim: Vec::new(),
        }
    }

    fn titles(records: Vec<Found>) -> Vec<(Option<String>, Option<String>, usize)> {
        let plain = |text: &Option<Text>| text.as_ref().map(|t| t.plain().to_owned());
        let joined = join(records, &mut Vec::new());
        joined
            .iter()
            .map(|f| (plain(&f.entry.title.en), plain(&f.entry.title.zh), f.others.len()))
            .collect()
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn the_halves_of_a_work_become_one_entry_where_the_first_stood() {
        let found = titles(vec![
            record(1, "10.1/A", "", "Magnesium in addiction", "", "Nechifor"),
            record(2, "10.1/b", "", "Another work", "", "Li"),
            record(3, "10.1/a", "", "", "镁在成瘾中的作用", "Nechifor"),
        ]);
        let expected = [
            (some("Magnesium in addiction"), some("镁在成瘾中的作用"), 1),
            (some("Another work"), None, 0),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn the_number_joins_what_has_no_doi_also_across_a_third() {
        let found = titles(vec![
            record(1, "10.1/a", "", "Magnesium in addiction", "", ""),
            record(2, "", "7", "", "镁在成瘾中的作用", ""),
            record(3, "10.1/a", "7", "Magnesium in addiction", "", ""),
        ]);
        assert_eq!(found, [(some("Magnesium in addiction"), some("镁在成瘾中的作用"), 2)]);
    }

    #[test]
    fn two_dois_are_two_works_whatever_the_number() {
        let found = titles(vec![
            record(1, "10.1/a", "7", "Magnesium", "", ""),
            record(2, "10.1/b", "7", "Magnesium", "", ""),
        ]);
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn works_that_share_a_doi_and_nothing_else_stay_apart() {
        let mut told = Vec::new();
        let found = join(
            vec![
                record(1, "10.1/a", "", "Magnesium in addiction", "", "Nechifor"),
                record(2, "10.1/a", "", "Robots that dig tunnels", "", "Li"),
            ],
            &mut told,
        );
        assert_eq!((found.len(), told.len(), told[0].code), (2, 1, Code::Contradiction));
    }

    #[test]
    fn a_record_joins_the_work_that_agrees_behind_another_one_with_its_doi() {
        let mut told = Vec::new();
        let records = vec![
            record(1, "10.1/a", "", "Magnesium in addiction", "", "Nechifor"),
            record(2, "10.1/a", "", "Robots that dig tunnels", "", "Li"),
            record(3, "10.1/a", "", "Robots that dig tunnels", "", "Li"),
            record(4, "10.1/a", "", "Magnesium in addiction", "", "Nechifor"),
        ];
        let found = join(records, &mut told);
        let places: Vec<_> = found.iter().map(|f| (f.place.record, f.others[0].record)).collect();
        assert_eq!(places, [(1, 4), (2, 3)]);
        let told: Vec<_> = told.iter().map(|d| (d.place.record, d.code, &*d.done)).collect();
        let apart = "kept apart: titles and authors differ";
        let expected = [
            (2, Code::Contradiction, apart),
            (3, Code::Joined, "joined with f:2: record 2"),
            (4, Code::Joined, "joined with f:1: record 1"),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_contradiction_names_both_values() {
        let mut told = Vec::new();
        let mut records = vec![
            record(1, "10.1/a", "", "Magnesium in addiction", "", "Nechifor"),
            record(2, "10.1/a", "", "Magnesium in addiction", "", "Nechifor"),
        ];
        records[0].entry.volume = some("31");
        records[1].entry.volume = some("32");
        let found = join(records, &mut told);
        assert_eq!(found[0].entry.volume, some("31"));
        let contradiction = told.iter().find(|d| d.code == Code::Contradiction).unwrap();
        assert_eq!(contradiction.found, "31 and 32");
        assert_eq!(contradiction.place.record, 2);
    }

    #[test]
    fn a_key_of_a_file_stays_and_what_is_left_out_is_told() {
        let kept = |dialect, fields: &[(&str, &str)]| Kept {
            dialect,
            fields: fields.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect(),
            ..Kept::default()
        };
        let with = |at, key: &str, kept| {
            let mut found = record(at, "10.1/a", "", "Magnesium", "", "Li");
            (found.entry.key, found.entry.kept) = (key.to_owned(), kept);
            found
        };
        let mut told = Vec::new();
        let records = vec![
            with(1, "", Kept::default()),
            with(2, "first", kept("bib", &[("note", "{A}")])),
            with(3, "second", kept("bib", &[("note", "{B}"), ("file", "{b}")])),
            with(4, "", kept("ris", &[("M1", "C")])),
        ];
        let found = join(records, &mut told);
        let entry = &found[0].entry;
        assert_eq!((found.len(), entry.key.as_str()), (1, "first"));
        assert_eq!(entry.kept, kept("bib", &[("note", "{A}"), ("file", "{b}")]));
        let lost = told.iter().filter(|d| d.code == Code::FieldLost);
        let lost: Vec<_> = lost.map(|d| (d.place.record, &*d.field, &*d.found)).collect();
        assert_eq!(lost, [(3, "note", "{B}"), (4, "M1", "C")]);
        let keys: Vec<_> = told.iter().filter(|d| d.done.contains("key")).collect();
        assert_eq!(keys.len(), 1, "{keys:?}");
        assert_eq!(
            keys[0].done,
            "joined with f:1: record 1; its key is first, and second is left out"
        );
    }

    #[test]
    fn records_that_come_in_parts_are_joined_as_if_they_came_together() {
        let records: Vec<Found> = (0..60)
            .map(|at| {
                let doi = if at % 3 > 0 { format!("10.1/{}", at * 7 % 11) } else { String::new() };
                record(at, &doi, &(at % 13).to_string(), "Magnesium", "", "Li")
            })
            .collect();
        let mut told = Vec::new();
        let together = join(records.clone(), &mut told);
        assert!(together.len() < 30, "{}", together.len());
        for step in [1, 7] {
            let mut works = Works::default();
            (0..=records.len()).step_by(step).for_each(|end| works.see(&records[..end]));
            works.see(&records);
            let mut told_in_parts = Vec::new();
            assert_eq!(works.join(records.clone(), &mut told_in_parts), together);
            assert_eq!(told_in_parts, told);
        }
    }

    #[test]
    fn many_records_of_one_work_take_no_long_time() {
        let records = (0..20_000).map(|at| record(at, "10.1/a", "", "Magnesium", "", "")).collect();
        assert_eq!(titles(records).len(), 1);
    }

    #[test]
    fn many_works_with_one_doi_are_not_compared_each_with_each() {
        let letter = |at: usize, n: u32| char::from_u32(0x4E00 + ((at as u32) >> n) % 64).unwrap();
        let title = |at| [letter(at, 0), letter(at, 6), letter(at, 12)].iter().collect::<String>();
        let records = (0..5_000).map(|at| record(at, "10.1/a", "", "", &title(at), "")).collect();
        assert_eq!(titles(records).len(), 5_000);
    }
}

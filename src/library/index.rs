//! The entries of a library by what they can be known by, so that of thousands under one title only
//! those few are compared with a new record that may be the same work.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;

use super::matching::{BEGINNING, Confidence, Match, compare, numbers, titles};
use super::shelf::{Facts, Route, Shelf};
use crate::join::is_same_work;
use crate::model::Entry;

/// Entries by what they can be known by.
#[derive(Default)]
pub struct Index {
    numbers: HashMap<String, Vec<usize>>,
    /// In the order of their letters: a title stands beside those that begin like it.
    titles: BTreeMap<String, Known>,
    placed: HashMap<usize, Placed>,
}

/// The entries that have a title, or had it.
#[derive(Default)]
struct Known {
    /// The last one that came.
    last: usize,
    shelves: HashMap<Route, Shelf>,
}

/// Where an entry stands.
struct Placed {
    titles: Vec<String>,
    routes: Vec<Route>,
    facts: Facts,
}

impl Index {
    /// Adds the entry at a place of the list; one that stands there already is put where it belongs
    /// now, and is still known by the titles that it had.
    pub fn add(&mut self, at: usize, entry: &Entry) {
        for (number, _) in numbers(entry) {
            let places = self.numbers.entry(number).or_default();
            if !places.contains(&at) {
                places.push(at);
            }
        }
        let (routes, facts) = (Route::of(entry), Facts::of(entry));
        let old = self.placed.remove(&at);
        let moved = old.as_ref().is_none_or(|old| old.routes != routes || old.facts != facts);
        if let Some(old) = old.as_ref().filter(|_| moved) {
            for title in &old.titles {
                let Some(known) = self.titles.get_mut(title) else { continue };
                for route in &old.routes {
                    known.shelves.entry(route.clone()).and_modify(|shelf| shelf.remove(at));
                }
            }
        }
        let mut all = old.map(|old| old.titles).unwrap_or_default();
        let before = all.len();
        for title in titles(entry) {
            if !all.contains(&title) {
                all.push(title);
            }
        }
        for (nth, title) in all.iter().enumerate().filter(|(nth, _)| moved || *nth >= before) {
            let known = match self.titles.get_mut(title) {
                Some(known) => known,
                None => self.titles.entry(title.clone()).or_default(),
            };
            if nth >= before {
                known.last = at;
            }
            for route in routes.iter().filter(|route| route.is_open(title)) {
                known.shelves.entry(route.clone()).or_default().add(at, facts);
            }
        }
        self.placed.insert(at, Placed { titles: all, routes, facts });
    }

    /// The entry of the list that a new one is. Of several the surest counts, and then the first.
    pub fn find<'e>(&mut self, entry_at: impl Fn(usize) -> &'e Entry, new: &Entry) -> Match {
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
        let (routes, facts) = (Route::to(new), Facts::of(new));
        let mut best: Option<(Confidence, usize)> = None;
        for title in &titles {
            let Some(known) = self.titles.get_mut(title) else { continue };
            for route in routes.iter().filter(|route| route.is_open(title)) {
                let Some(shelf) = known.shelves.get_mut(route) else { continue };
                shelf.lists(&facts, title, |list| {
                    let found = |at: &usize| Some((compare(entry_at(*at), new).ok()?, *at));
                    let found = list.iter().find_map(found);
                    best = surer(best, found);
                });
            }
        }
        if let Some((sure, at)) = best {
            return Match::Is(at, sure);
        }
        // Nothing under these titles is the work: what was looked at last says why.
        let last = titles.iter().filter_map(|title| self.titles.get(title)).next_back();
        if let Some(Known { last, .. }) = last
            && let Err(why) = compare(entry_at(*last), new)
        {
            return Match::Near(*last, why);
        }
        if near == Match::None {
            near = self.beginning(&titles, entry_at, new);
        }
        near
    }

    /// The first entry whose title begins like the new one or goes on where that ends.
    fn beginning<'e>(
        &mut self,
        titles: &[String],
        entry_at: impl Fn(usize) -> &'e Entry,
        new: &Entry,
    ) -> Match {
        let (routes, facts) = (Route::to(new), Facts::of(new));
        for title in titles.iter().filter(|title| is_long(title)) {
            let goes_on = |known: &String| {
                is_long(known) && (known.starts_with(title) || title.starts_with(known))
            };
            let is_near = |at: &usize| {
                let entry = entry_at(*at);
                self::titles(entry).iter().any(goes_on) && compare(entry, new).is_ok()
            };
            let mut first: Option<usize> = None;
            for name in self.neighbours(title) {
                let Some(known) = self.titles.get_mut(&name) else { continue };
                for route in &routes {
                    let Some(shelf) = known.shelves.get_mut(route) else { continue };
                    shelf.lists(&facts, &name, |list| {
                        let found = list.iter().copied().find(is_near);
                        first = first.into_iter().chain(found).min();
                    });
                }
            }
            if let Some(at) = first {
                return Match::Near(at, "one title begins with the other");
            }
        }
        Match::None
    }

    /// The titles with which this one begins, and those that begin with it.
    fn neighbours(&self, title: &str) -> Vec<String> {
        let longer = self.titles.range::<str, _>((Bound::Excluded(title), Bound::Unbounded));
        let longer = longer.map(|(name, _)| name).take_while(|name| name.starts_with(title));
        let mut all: Vec<String> = longer.cloned().collect();
        // What stands before a title and does not begin it shares some letters with it: what begins it
        // has no more letters than those.
        let mut end = Bound::Excluded(title);
        while let Bound::Excluded(rest) | Bound::Included(rest) = end
            && is_long(rest)
        {
            let mut before = self.titles.range::<str, _>((Bound::Unbounded, end));
            let Some((name, _)) = before.next_back() else { break };
            let shared = rest.char_indices().zip(name.chars());
            let shared = shared.take_while(|((_, a), b)| a == b);
            let length = shared.last().map_or(0, |((at, a), _)| at + a.len_utf8());
            end = Bound::Included(&rest[..length]);
            if length == name.len() {
                all.extend(Some(name).filter(|name| is_long(name)).cloned());
                end = Bound::Excluded(&rest[..length]);
            }
        }
        all
    }
}

/// True for a title that is not the beginning of another one by chance.
fn is_long(title: &str) -> bool {
    title.chars().nth(BEGINNING - 1).is_some()
}

/// The surer of two, of two that are equally sure the one that stands first.
fn surer(
    a: Option<(Confidence, usize)>,
    b: Option<(Confidence, usize)>,
) -> Option<(Confidence, usize)> {
    let order = |(sure, at): &(Confidence, usize)| (*sure, std::cmp::Reverse(*at));
    a.into_iter().chain(b).max_by_key(order)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Bilingual, Date, Kind, Name, Pages, Script, Text};

    /// Every entry compared with the new one, in the order in which they came.
    #[derive(Default)]
    struct Pairwise {
        numbers: Vec<(String, usize)>,
        titles: Vec<(String, usize)>,
    }

    impl Pairwise {
        fn add(&mut self, at: usize, entry: &Entry) {
            let put = |list: &mut Vec<(String, usize)>, word: String| {
                if !list.contains(&(word.clone(), at)) {
                    list.push((word, at));
                }
            };
            numbers(entry).into_iter().for_each(|(number, _)| put(&mut self.numbers, number));
            titles(entry).into_iter().for_each(|title| put(&mut self.titles, title));
        }

        fn find(&self, entries: &[Entry], new: &Entry) -> Match {
            let mut near = Match::None;
            let own = titles(new);
            for (number, confidence) in numbers(new) {
                let known = self.numbers.iter().filter(|(known, _)| *known == number);
                let (same, others): (Vec<usize>, Vec<usize>) =
                    known.map(|(_, at)| *at).partition(|at| is_same_work(&entries[*at], new));
                let titled = |at: &&usize| titles(&entries[**at]).iter().any(|t| own.contains(t));
                if let Some(at) = same.iter().find(titled).or(same.first()) {
                    return Match::Is(*at, confidence);
                }
                if let Some(at) = others.first() {
                    near = Match::Near(*at, "the same number, but other titles and authors");
                }
            }
            let mut best = None;
            for title in &own {
                for (_, at) in self.titles.iter().filter(|(known, _)| known == title) {
                    match compare(&entries[*at], new) {
                        Ok(sure) => best = surer(best, Some((sure, *at))),
                        Err(why) => near = Match::Near(*at, why),
                    }
                }
            }
            if let Some((sure, at)) = best {
                return Match::Is(at, sure);
            }
            for title in own.iter().filter(|title| near == Match::None && is_long(title)) {
                let goes_on =
                    |t: &String| is_long(t) && (t.starts_with(title) || title.starts_with(t));
                let is_near = |entry: &Entry| {
                    titles(entry).iter().any(goes_on) && compare(entry, new).is_ok()
                };
                if let Some(at) = entries.iter().position(is_near) {
                    return Match::Near(at, "one title begins with the other");
                }
            }
            near
        }
    }

    const EN: [&str; 7] = [
        "Editorial",
        "Magnesium in addiction",
        "Magnesium in addiction: a view",
        "Magnesium in addiction: a view of all",
        "Magnesium in adults",
        "Robots that dig tunnels",
        "Magnesium in addictive drinks",
    ];
    const ZH: [&str; 4] =
        ["社论", "镁在成瘾中的作用", "镁在成瘾中的作用——一般观点", "挖掘隧道的机器人"];
    const JOURNALS: [&str; 4] = ["Magnesium Research", "Magn Res", "Digging Letters", "计算机学报"];

    fn one_of(all: &'static [&'static str], absent: u32) -> BoxedStrategy<Option<Text>> {
        let some = prop::sample::select(all).prop_map(|word| Some(Text::from(word)));
        prop_oneof![absent => Just(None), 4 => some].boxed()
    }

    fn name() -> impl Strategy<Value = Name> {
        let latin = |family: &str, given: &str| Name {
            family: family.into(),
            given: Some(given.to_owned()).filter(|given| !given.is_empty()),
            ..Name::default()
        };
        let han = Name { script: Script::Han, given: Some("三".into()), ..Name::whole("张") };
        let both = Name { other: Some(Box::new(latin("Zhang", "San"))), ..han.clone() };
        let names = vec![
            latin("Zhang", "S."),
            latin("zhang", "Wei"),
            latin("Zhang", ""),
            latin("Li", "S."),
            han,
            both,
            Name::whole("The Editors"),
            Name::whole("Zhang S."),
        ];
        prop::sample::select(names)
    }

    fn number(numbers: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
        let some = prop::sample::select(numbers).prop_map(|number| Some(number.to_owned()));
        prop_oneof![4 => Just(None), 3 => some]
    }

    fn entry() -> impl Strategy<Value = Entry> {
        let titles = (one_of(&ZH, 6), one_of(&EN, 1));
        let held = (one_of(&JOURNALS[3..], 20), one_of(&JOURNALS[..3], 8));
        let kinds = vec![Kind::Article, Kind::Article, Kind::Editorial, Kind::Book, Kind::Other];
        let numbers = (
            number(&["1", "01", "2"]),
            number(&["1", "2"]),
            number(&["1", "2", "S3"]),
            prop_oneof![5 => Just(None), 2 => number(&["10.1/a", "10.1/A", "10.1/b"])],
            prop_oneof![9 => Just(None), 1 => number(&["PMC1", "PMC2"])],
        );
        let years = prop_oneof![1 => Just(None), 3 => (2018..2020u16).prop_map(Some)];
        let kind = prop::sample::select(kinds);
        let names = prop::option::weighted(0.6, name());
        (titles, held, names, years, kind, numbers).prop_map(
            |(title, held, name, year, kind, n)| Entry {
                title: Bilingual { zh: title.0, en: title.1 },
                container_title: Bilingual { zh: held.0, en: held.1 },
                authors: name.into_iter().collect(),
                date: year.and_then(|year| Date::new(year, None, None)),
                kind,
                volume: n.0,
                issue: n.1,
                pages: n.2.map(|first| Pages { first, last: None, more: None }),
                doi: n.3,
                pmcid: n.4,
                ..Entry::default()
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn the_same_is_found_as_by_comparing_each_with_each(
            all in prop::collection::vec((entry(), any::<prop::sample::Index>(), 0..4), 1..60),
        ) {
            let (mut index, mut pairwise) = (Index::default(), Pairwise::default());
            let mut entries: Vec<Entry> = Vec::new();
            for (new, which, step) in all {
                let found = index.find(|at| &entries[at], &new);
                prop_assert_eq!(found, pairwise.find(&entries, &new), "{:#?}", new);
                // Sometimes what is there becomes another, as by a merge.
                let at = match step {
                    0 if !entries.is_empty() => which.index(entries.len()),
                    _ => entries.len(),
                };
                match at < entries.len() {
                    true => entries[at] = new,
                    false => entries.push(new),
                }
                index.add(at, &entries[at]);
                pairwise.add(at, &entries[at]);
            }
        }
    }
}

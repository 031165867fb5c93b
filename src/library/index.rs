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
mod tests;

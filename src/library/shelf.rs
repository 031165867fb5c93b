//! The entries of one title, in the order of what must agree for two of them to be one work.
//!
//! [`compare`](super::matching) decides; here stands only what makes its answer no, so that it is not
//! asked. A test holds the two together.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::container::{first_page, shelf, twin, volume};
use super::matching::{forms, is_telling_title, letters, numbers};
use crate::model::Entry;

/// What two entries with one title share where they are one work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// The family name of the first author, in a script.
    Author(u8, String),
    /// The letters of the first author's name, in whatever parts it stands.
    Letters(String),
    /// There is no author, and all else is the same.
    Twin(String),
    /// The year. The first authors cannot be compared: the scripts of their names, a bit each.
    Year(u16, u8),
    /// Neither has a year or an author.
    Bare,
}

/// How many sets of scripts there are.
const SCRIPTS: u8 = 1 << 3;

impl Route {
    /// The routes on which an entry is found.
    pub fn of(entry: &Entry) -> Vec<Route> {
        let mut routes = Route::of_authors(entry);
        match entry.date {
            Some(date) => routes.push(Route::Year(date.year, scripts(entry))),
            None if entry.authors.is_empty() => routes.push(Route::Bare),
            None => {}
        }
        routes
    }

    /// The routes on which an entry finds others.
    pub fn to(entry: &Entry) -> Vec<Route> {
        let mut routes = Route::of_authors(entry);
        let own = scripts(entry);
        match entry.date {
            Some(date) => {
                let apart = (0..SCRIPTS).filter(|others| own & others == 0);
                routes.extend(apart.map(|others| Route::Year(date.year, others)));
            }
            None if entry.authors.is_empty() => routes.push(Route::Bare),
            None => {}
        }
        routes
    }

    fn of_authors(entry: &Entry) -> Vec<Route> {
        let Some(first) = entry.authors.first() else {
            let year = entry.date.map(|date| date.year);
            return vec![Route::Twin(format!("{year:?} {:?}", twin(entry)))];
        };
        let author =
            forms(first).map(|form| Route::Author(form.script as u8, form.family.to_lowercase()));
        author.chain([Route::Letters(letters(first))]).collect()
    }

    /// True where entries under that title can be found on this route.
    pub fn is_open(&self, title: &str) -> bool {
        match self {
            Route::Author(..) | Route::Letters(_) | Route::Twin(_) => true,
            Route::Year(..) | Route::Bare => is_telling_title(title, 20, 8),
        }
    }
}

/// The scripts of the first author's forms, a bit each.
fn scripts(entry: &Entry) -> u8 {
    let forms = entry.authors.first().into_iter().flat_map(forms);
    forms.fold(0, |all, form| all | 1 << form.script as u8)
}

const FACTS: usize = 7;
/// The bit of the year in a set of facts.
const YEAR: u8 = 1;

/// What makes two works of two entries where both have it and it differs: as hashes, 0 where an entry
/// has it not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Facts([u64; FACTS]);

impl Facts {
    /// The facts of an entry.
    pub fn of(entry: &Entry) -> Facts {
        let mut facts = [0; FACTS];
        facts[0] = hash(entry.date.map(|date| date.year));
        facts[1] = hash(volume(entry));
        facts[2] = hash(first_page(entry));
        facts[3] = hash(shelf(entry).map(|kind| kind.word()));
        for (number, confidence) in numbers(entry) {
            let place = 4 + confidence.nth_number();
            facts[place] = hash(Some(number));
        }
        Facts(facts)
    }

    /// Which facts there are, a bit each.
    fn known(&self) -> u8 {
        let bits = self.0.iter().enumerate().filter(|(_, fact)| **fact != 0);
        bits.fold(0, |all, (at, _)| all | 1 << at)
    }

    /// Some of the facts.
    fn some(mut self, wanted: u8) -> Facts {
        let others = self.0.iter_mut().enumerate().filter(|(at, _)| wanted & 1 << at == 0);
        others.for_each(|(_, fact)| *fact = 0);
        self
    }
}

fn hash(value: Option<impl Hash>) -> u64 {
    value.map_or(0, |value| {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        hasher.finish().max(1)
    })
}

/// The entries on one route, by their facts.
#[derive(Default)]
pub struct Shelf {
    entries: BTreeMap<usize, Facts>,
    /// Those that have the same facts to compare, whatever they are.
    alike: BTreeMap<u8, BTreeSet<usize>>,
    /// Of those that have some facts (the first set), by what some of them are (the second one).
    /// They are made when somebody asks.
    tables: HashMap<(u8, u8), HashMap<Facts, BTreeSet<usize>>>,
}

/// So few are gone through one by one.
const FEW: usize = 8;

impl Shelf {
    /// Puts an entry on the shelf.
    pub fn add(&mut self, at: usize, facts: Facts) {
        let known = facts.known();
        self.entries.insert(at, facts);
        self.alike.entry(known).or_default().insert(at);
        for ((_, wanted), table) in self.tables.iter_mut().filter(|((all, _), _)| *all == known) {
            table.entry(facts.some(*wanted)).or_default().insert(at);
        }
    }

    /// Takes an entry off the shelf.
    pub fn remove(&mut self, at: usize) {
        let Some(facts) = self.entries.remove(&at) else { return };
        let known = facts.known();
        self.alike.entry(known).or_default().remove(&at);
        for ((_, wanted), table) in self.tables.iter_mut().filter(|((all, _), _)| *all == known) {
            table.entry(facts.some(*wanted)).or_default().remove(&at);
        }
    }

    /// Shows the entries against which no fact speaks, in lists. Those of a list that are one work with
    /// the new entry are so with the same confidence, and stand in their order.
    pub fn lists(&mut self, facts: &Facts, title: &str, mut show: impl FnMut(&BTreeSet<usize>)) {
        // Where one has no year, only a title that nothing else has tells.
        let own = facts.known();
        let telling = is_telling_title(title, 12, 5);
        for (known, all) in &self.alike {
            if (known ^ own) & YEAR != 0 && !telling {
                continue;
            }
            if all.len() <= FEW {
                show(all);
                continue;
            }
            let (wanted, entries) = (known & own, &self.entries);
            let table = self.tables.entry((*known, wanted)).or_insert_with(|| {
                let mut table: HashMap<Facts, BTreeSet<usize>> = HashMap::new();
                for at in all {
                    table.entry(entries[at].some(wanted)).or_default().insert(*at);
                }
                table
            });
            if let Some(list) = table.get(&facts.some(wanted)) {
                show(list);
            }
        }
    }
}

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
            let goes_on = |t: &String| is_long(t) && (t.starts_with(title) || title.starts_with(t));
            let is_near =
                |entry: &Entry| titles(entry).iter().any(goes_on) && compare(entry, new).is_ok();
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
    (titles, held, names, years, kind, numbers).prop_map(|(title, held, name, year, kind, n)| {
        Entry {
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
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_same_is_found_as_by_comparing_each_with_each(
        all in prop::collection::vec((entry(), any::<prop::sample::Index>(), 0..4), 1..40),
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

//! What differs between two files of references, whatever their formats.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::index::Index;
use super::matching::{Confidence, Match};
use crate::model::{Bilingual, Entry, Name, Text};
use crate::source::Found;
use crate::text::doi;

/// What differs between two entries, or an entry that only one of the files has.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference<'a> {
    /// The first file has it alone.
    OnlyFirst(&'a Found),
    /// The second file has it alone.
    OnlySecond(&'a Found),
    /// Both have it, and say different things.
    Fields(&'a Found, &'a Found, Confidence, Vec<FieldDifference>),
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDifference {
    /// Its name: `title.zh`.
    pub field: String,
    /// What the first file says.
    pub first: Option<String>,
    /// What the second file says.
    pub second: Option<String>,
}

/// What differs between two files: the entries of the first in their order, then what the second has
/// alone. Entries are matched as in a merge; values are compared as the model has them.
pub fn diff<'a>(first: &'a [Found], second: &'a [Found]) -> Vec<Difference<'a>> {
    let mut index = Index::default();
    second.iter().enumerate().for_each(|(at, found)| index.add(at, &found.entry));
    let mut taken = HashSet::new();
    let mut pairs: Vec<Option<(usize, Confidence)>> = Vec::new();
    for one in first {
        pairs.push(match index.find(|at| &second[at].entry, &one.entry) {
            Match::Is(at, confidence) if taken.insert(at) => Some((at, confidence)),
            _ => None,
        });
    }
    // What is left over is known by its key.
    let mut left = Left::of(second, &taken);
    for (one, pair) in first.iter().zip(&mut pairs).filter(|(_, pair)| pair.is_none()) {
        *pair = left.take(one, second, &taken).map(|at| (at, Confidence::Key));
        taken.extend(pair.iter().map(|(at, _)| *at));
    }
    let mut out = Vec::new();
    for (one, pair) in first.iter().zip(pairs) {
        let Some((at, confidence)) = pair else {
            out.push(Difference::OnlyFirst(one));
            continue;
        };
        let fields = fields(&one.entry, &second[at].entry);
        if !fields.is_empty() {
            out.push(Difference::Fields(one, &second[at], confidence, fields));
        }
    }
    let alone = second.iter().enumerate().filter(|(at, _)| !taken.contains(at));
    out.extend(alone.map(|(_, found)| Difference::OnlySecond(found)));
    out
}

/// The entries of the second file, to find those again that nothing has been found for.
struct Left {
    keys: HashMap<String, Vec<usize>>,
    /// By a hash of what they say, for entries of formats without keys.
    said: HashMap<u64, Vec<usize>>,
}

impl Left {
    fn of(second: &[Found], taken: &HashSet<usize>) -> Left {
        let mut left = Left { keys: HashMap::new(), said: HashMap::new() };
        // From the back, so that the first one is the last of its list.
        for (at, found) in second.iter().enumerate().rev().filter(|(at, _)| !taken.contains(at)) {
            left.keys.entry(found.entry.key.clone()).or_default().push(at);
            left.said.entry(said(&found.entry)).or_default().push(at);
        }
        left
    }

    /// The first that is not taken and has the same key; of one without a key, the first that is the
    /// same in all else.
    fn take(&mut self, one: &Found, second: &[Found], taken: &HashSet<usize>) -> Option<usize> {
        let keyless = one.entry.key.is_empty();
        let list = match keyless {
            true => self.said.get_mut(&said(&one.entry))?,
            false => self.keys.get_mut(&one.entry.key)?,
        };
        let same = |at: &usize| !keyless || fields(&one.entry, &second[*at].entry).is_empty();
        let nth = list.iter().rposition(|at| !taken.contains(at) && same(at))?;
        Some(list.remove(nth))
    }
}

/// A hash of what an entry says but for its key: the same for two between which nothing differs.
fn said(entry: &Entry) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (name, value) in values(entry).into_iter().filter(|(name, _)| *name != "key") {
        let same = |value: String| if name == "doi" { value.to_lowercase() } else { plain(&value) };
        value.map(same).hash(&mut hasher);
    }
    hasher.finish()
}

fn fields(first: &Entry, second: &Entry) -> Vec<FieldDifference> {
    let (a, b) = (values(first), values(second));
    let differ = a.into_iter().zip(b).filter(|((name, a), (_, b))| match (a, b) {
        (Some(a), Some(b)) if *name == "doi" => !doi::same(a, b),
        // Not every format has keys.
        (a, b) if *name == "key" => a.is_some() && b.is_some() && a != b,
        (Some(a), Some(b)) => plain(a) != plain(b),
        (a, b) => a != b,
    });
    let mut out: Vec<FieldDifference> = differ
        .map(|((name, first), (_, second))| FieldDifference {
            field: name.to_owned(),
            first,
            second,
        })
        .collect();
    out.extend(kept(first, second));
    out
}

/// A value without what only the way of typing it makes of it: the length of dashes, the form of
/// quotation marks.
fn plain(value: &str) -> String {
    let plain = |c: char| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        c => c,
    };
    value.chars().map(plain).collect()
}

/// What was kept is compared within one dialect; another one cannot have it.
fn kept(first: &Entry, second: &Entry) -> Vec<FieldDifference> {
    let (a, b) = (&first.kept, &second.kept);
    if a.dialect != b.dialect && !a.is_empty() && !b.is_empty() {
        return Vec::new();
    }
    let names = a.fields.iter().chain(&b.fields).map(|(name, _)| name);
    let mut seen = HashSet::new();
    let names = names.filter(|name| seen.insert(*name));
    let of = |kept: &crate::model::Kept, name: &str| {
        let values = kept.fields.iter().filter(|(known, _)| known == name);
        let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join("; "))
    };
    let differ = names.filter_map(|name| {
        let (first, second) = (of(a, name), of(b, name));
        (first != second).then(|| FieldDifference { field: name.clone(), first, second })
    });
    differ.collect()
}

/// The values of an entry, as one reads them.
fn values(entry: &Entry) -> Vec<(&'static str, Option<String>)> {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.plain().to_owned());
    let both = |names: [&'static str; 2], both: &Bilingual<Text>| {
        [(names[0], text(&both.zh)), (names[1], text(&both.en))]
    };
    let some = |text: String| (!text.is_empty()).then_some(text);
    let mut out =
        vec![("key", some(entry.key.clone())), ("type", Some(entry.kind.word().to_owned()))];
    out.push(("language", entry.language.map(|language| language.tag().to_owned())));
    out.extend(both(["title.zh", "title.en"], &entry.title));
    out.push(("authors", names(entry)));
    out.extend(both(["container_title.zh", "container_title.en"], &entry.container_title));
    out.extend([
        ("date", entry.date.map(|date| date.join('-'))),
        ("volume", entry.volume.clone()),
        ("issue", entry.issue.clone()),
        ("pages", entry.pages.as_ref().map(|pages| pages.join("-"))),
        ("article_number", entry.article_number.clone()),
        ("doi", entry.doi.clone()),
        ("url", entry.url.clone()),
        ("pmcid", entry.pmcid.clone()),
        ("arxiv", entry.arxiv.clone()),
        ("keywords", some(entry.keywords.join("; "))),
    ]);
    out.extend(both(["abstract.zh", "abstract.en"], &entry.abstract_text));
    out
}

/// The authors with their other forms: `张三 (San Zhang); 李四 et al.`
fn names(entry: &Entry) -> Option<String> {
    let form = |name: &Name| match &name.other {
        Some(other) => format!("{} ({})", name.display(), other.display()),
        None => name.display(),
    };
    let mut all = entry.authors.iter().map(form).collect::<Vec<_>>().join("; ");
    if entry.more_authors {
        all.push_str(" et al.");
    }
    (!all.is_empty()).then_some(all)
}

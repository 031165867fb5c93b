//! Citation keys: family name, year, first telling word; ASCII, unique, in the order of the input.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Deref;

use deunicode::deunicode;
use siphasher::sip::SipHasher13;

use crate::model::{Entry, Name, Script, Style};
use crate::text::pinyin::{self, Overrides};
use crate::text::title::telling_words;

/// The key that an entry would have if it were alone: `nechifor2018magnesium`.
///
/// Family name of the first author without particles, year, first telling word of the English
/// title, else the first two characters of the Chinese one in pinyin. Without authors the first
/// telling word stands in the name's place and the second one at the end.
pub fn base(entry: &Entry, overrides: &Overrides) -> String {
    let name = entry.authors.first().map(|name| family(name, overrides));
    let name = name.filter(|name| !name.is_empty());
    let wanted = if name.is_some() { 1 } else { 2 };
    let mut words = title_words(entry, overrides, wanted).into_iter();
    let mut key = name.or_else(|| words.next()).unwrap_or_else(|| "anonymous".to_owned());
    if let Some(date) = entry.date {
        key.push_str(&date.year.to_string());
    }
    key.extend(words.next());
    key
}

/// The family name of an author in `[a-z0-9]`; the first telling word of an organisation.
fn family(name: &Name, overrides: &Overrides) -> String {
    let spelled = match name.script {
        Script::Han => match &name.other {
            Some(other) => other.family.clone(),
            None => pinyin::surname(&name.family, overrides),
        },
        Script::Latin => name.family.clone(),
        Script::Whole => match first_han(&name.family, overrides) {
            Some(word) => word,
            None => telling_words(&name.family).next().unwrap_or(&name.family).to_owned(),
        },
    };
    ascii(&spelled)
}

/// Up to as many words of the title as are wanted, of those that tell something.
fn title_words(entry: &Entry, overrides: &Overrides, wanted: usize) -> Vec<String> {
    let english = entry.title.en.as_ref().map(|title| title.plain()).unwrap_or_default();
    let words = telling_words(english).map(ascii).filter(|word| !word.is_empty());
    let words: Vec<String> = words.take(wanted).collect();
    if !words.is_empty() {
        return words;
    }
    let chinese = entry.title.zh.as_ref().map(|title| title.plain()).unwrap_or_default();
    first_han(chinese, overrides).into_iter().collect()
}

/// The first two telling Chinese characters in pinyin.
fn first_han(text: &str, overrides: &Overrides) -> Option<String> {
    // How a Chinese title begins that says only then what it is about: "based on", "on", "a kind
    // of", "a first study of", "an attempt at".
    const OPENINGS: [&str; 9] =
        ["基于", "关于", "一种", "浅谈", "浅析", "试论", "略论", "论", "试析"];
    // Characters that only join others: in, of, with, and, to, …
    const PARTICLES: &str = "在的与和及之对于从为其以或";
    let opening = OPENINGS.into_iter().find(|opening| text.starts_with(opening));
    let rest = &text[opening.map_or(0, str::len)..];
    let han = |text: &str| -> String {
        let telling = |c: &char| crate::text::script::is_han(*c) && !PARTICLES.contains(*c);
        text.chars().filter(telling).take(2).collect()
    };
    let mut characters = han(rest);
    if characters.is_empty() {
        characters = han(text);
    }
    let word = ascii(&pinyin::syllables(&characters, overrides).concat());
    Some(word).filter(|word| !word.is_empty())
}

/// Letters and digits of ASCII in lower case, accents taken off.
fn ascii(text: &str) -> String {
    let plain = if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(deunicode(text)) };
    let mut key = String::with_capacity(plain.len());
    let letters = plain.bytes().filter(u8::is_ascii_alphanumeric);
    key.extend(letters.map(|b| char::from(b.to_ascii_lowercase())));
    key
}

/// The key that a work has in its file, where every format can take it; else its tidy form. What
/// biber refuses in a key and what ends one in BibTeX cannot stand in it.
pub fn of_file(key: &str) -> String {
    let fits = |c: char| !c.is_control() && !c.is_whitespace() && !"\"#%'(),={}\\~".contains(c);
    if key.chars().all(fits) { key.to_owned() } else { tidy(key) }
}

/// What a key may be that a user's expression has made: ASCII letters and digits and the signs
/// that BibTeX, biber, LaTeX and pandoc all take in a key.
pub fn tidy(key: &str) -> String {
    let key = if key.is_ascii() { key.to_owned() } else { deunicode(key) };
    let allowed =
        |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '/' | '+');
    let key: String = key.chars().filter(allowed).collect();
    if key.is_empty() { "anonymous".to_owned() } else { key }
}

/// What stands behind a key to make it the only one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Suffix {
    /// `a`, `b`, …, where the key is taken: short, but it depends on the entries before.
    #[default]
    Letters,
    /// A hash of what the entry says, behind every key: it depends on the entry alone, so that
    /// parts of a corpus that are converted apart have no key in common.
    Hash,
}

/// A key with the hash of what its entry says: `nechifor2018magnesium-k7ap2qxw5h3m`.
///
/// Twelve characters of base 32 (RFC 4648 §6, in lower case), 60 bits: of a billion entries that
/// all had the same key otherwise, two would share it with a probability of one half.
pub fn with_hash(base: &str, entry: &Entry) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let hash = digest(entry);
    let letters = (0..12).map(|n| ALPHABET[(hash >> (59 - 5 * n)) as usize & 31] as char);
    let letters: String = letters.collect();
    format!("{base}-{letters}")
}

/// A hash of all that an entry says, but for its key and for measures, which change with the day.
/// The same on every machine: SipHash-1-3 of the values, each behind its length.
fn digest(entry: &Entry) -> u64 {
    let mut hasher = SipHasher13::new();
    let mut feed = |text: &str| feed(&mut hasher, text);
    let texts = [&entry.title, &entry.container_title, &entry.abstract_text];
    let texts = texts.into_iter().flat_map(|both| [&both.zh, &both.en]);
    texts.clone().for_each(|text| feed(text.as_ref().map_or("", |text| text.plain())));
    let names = entry.authors.iter().flat_map(|name| [Some(name), name.other.as_deref()]);
    for name in names {
        let parts = name.map(|name| {
            [Some(&name.family), name.given.as_ref(), name.prefix.as_ref(), name.suffix.as_ref()]
        });
        parts.into_iter().flatten().for_each(|part| feed(part.map_or("", |part| part)));
        feed("");
    }
    for date in [entry.date, entry.epub_date] {
        feed(&date.map_or(String::new(), |date| date.join('-')));
    }
    let pages = entry.pages.as_ref().map(|pages| pages.join("-"));
    for text in [
        &entry.volume,
        &entry.issue,
        &pages,
        &entry.article_number,
        &entry.doi,
        &entry.url,
        &entry.pmcid,
        &entry.arxiv,
        &entry.source_id,
    ] {
        feed(text.as_deref().unwrap_or_default());
    }
    entry.keywords.iter().for_each(|word| feed(word));
    feed(entry.kind.word());
    feed(entry.language.map_or("", |language| language.tag()));
    feed(if entry.more_authors { "others" } else { "" });
    // Only where there is something: the keys of works that have none stay what they are.
    if !entry.kept.is_empty() {
        feed(entry.kept.dialect);
        feed(entry.kept.kind.as_deref().unwrap_or_default());
        let fields = entry.kept.fields.iter();
        fields.for_each(|(name, value)| [name, value].into_iter().for_each(|part| feed(part)));
    }
    for (number, text) in texts.enumerate() {
        let marks = text.iter().flat_map(|text| text.marks());
        // What is protected is for the most part guessed, and not said.
        for mark in marks.filter(|mark| mark.style != Style::Protect) {
            feed(&format!("{number} {:?} {:?}", mark.range, mark.style));
        }
    }
    hasher.finish()
}

/// A hash of what an entry says, its key and what was measured included.
pub(crate) fn hash_with_metrics(entry: &Entry) -> u64 {
    let mut hasher = folded(&entry.key);
    for (name, value) in entry.metrics.named() {
        [name, value].into_iter().for_each(|text| feed(&mut hasher, text));
    }
    hasher.finish()
}

/// Feeds a text behind its length.
fn feed(hasher: &mut SipHasher13, text: &str) {
    hasher.write(&(text.len() as u64).to_le_bytes());
    hasher.write(text.as_bytes());
}

/// A hash of a text without regard to the case of its ASCII letters.
pub(crate) fn folded_hash(text: &str) -> u64 {
    folded(text).finish()
}

fn folded(text: &str) -> SipHasher13 {
    let mut hasher = SipHasher13::new();
    match text.bytes().any(|b| b.is_ascii_uppercase()) {
        true => hasher.write(text.to_ascii_lowercase().as_bytes()),
        false => hasher.write(text.as_bytes()),
    }
    hasher
}

/// The keys that are taken: eight bytes for each, whatever its length.
#[derive(Debug, Default)]
pub struct Keys {
    /// Hashes of the keys without regard to case, since BibTeX takes `Smith2018` and `smith2018`
    /// for the same. Two keys with one hash cost a suffix that was not needed, no more. They stand
    /// in shards by their highest bits, so that not all have to move when the room gets too small.
    taken: Vec<Hashes>,
    /// Hashes of keys that stand in a file and are not taken yet.
    reserved: Hashes,
}

type Hashes = HashSet<u64, BuildHasherDefault<Identity>>;

const SHARDS: u32 = 6;

/// The hash of what is a hash already.
#[derive(Clone, Copy, Debug, Default)]
struct Identity(u64);

impl Hasher for Identity {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| (hash << 8) | u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Keys {
    fn shard(&mut self, hash: u64) -> &mut Hashes {
        if self.taken.is_empty() {
            self.taken.resize_with(1 << SHARDS, Hashes::default);
        }
        // The set takes its places from the lowest and its marks from the highest bits.
        &mut self.taken[(hash >> 32) as usize & ((1 << SHARDS) - 1)]
    }

    fn take(&mut self, hash: u64) -> bool {
        self.shard(hash).insert(hash)
    }

    /// Keeps a key for the entry that has it in its file.
    pub(crate) fn reserve(&mut self, key: &str) {
        self.reserved.insert(folded_hash(key));
    }

    /// The key itself where it is free, else with `a`, `b`, … `z`, `aa`, … behind it.
    pub fn unique(&mut self, base: String) -> String {
        self.free(base, &Hashes::default())
    }

    /// As [`Keys::unique`], for a key that was made beside another: it is none that a file has.
    pub(crate) fn made(&mut self, base: String) -> String {
        let reserved = std::mem::take(&mut self.reserved);
        let key = self.free(base, &reserved);
        self.reserved = reserved;
        key
    }

    /// The key, where it is neither taken nor `barred`, else with letters that make it one that is
    /// not reserved either.
    fn free(&mut self, base: String, barred: &Hashes) -> String {
        let hasher = folded(&base);
        if !barred.contains(&hasher.finish()) && self.take(hasher.finish()) {
            return base;
        }
        let hash = |n: usize| {
            let mut hasher = hasher;
            hasher.write(&Letters::of(n));
            hasher.finish()
        };
        let mut is_free = |n: usize| {
            let hash = hash(n);
            let barred = barred.contains(&hash) || self.reserved.contains(&hash);
            !barred && !self.shard(hash).contains(&hash)
        };
        // Of many alike the suffix is found by halving, not by trying all of them.
        let mut high = 1;
        while !is_free(high) {
            high *= 2;
        }
        let mut low = high / 2;
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if is_free(middle) { high = middle } else { low = middle }
        }
        self.take(hash(high));
        let letters = Letters::of(high);
        base + &letters.iter().map(|letter| char::from(*letter)).collect::<String>()
    }
}

/// `n` from 1 as letters: `a` … `z`, `aa`, `ab`, …
struct Letters {
    letters: [u8; 14],
    start: usize,
}

impl Letters {
    fn of(n: usize) -> Letters {
        let mut all = Letters { letters: [0; 14], start: 14 };
        let mut rest = n;
        while rest > 0 {
            all.start -= 1;
            all.letters[all.start] = b'a' + ((rest - 1) % 26) as u8;
            rest = (rest - 1) / 26;
        }
        all
    }
}

impl Deref for Letters {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.letters[self.start..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Bilingual, Date, Text};

    fn key(authors: &[Name], year: u16, en: &str, zh: &str) -> String {
        let text = |s: &str| Some(Text::from(s)).filter(|t| !t.is_empty());
        let entry = Entry {
            authors: authors.to_vec(),
            date: Date::new(year, None, None),
            title: Bilingual { zh: text(zh), en: text(en) },
            ..Entry::default()
        };
        base(&entry, &Overrides::default())
    }

    fn latin(family: &str) -> Name {
        Name { family: family.into(), ..Name::default() }
    }

    fn han(family: &str, given: &str) -> Name {
        Name { script: Script::Han, given: Some(given.into()), ..Name::whole(family) }
    }

    #[test]
    fn keys_are_made_of_name_year_and_word() {
        for (authors, year, en, zh, expected) in [
            (
                vec![latin("Nechifor")],
                2018,
                "Magnesium in addiction",
                "镁",
                "nechifor2018magnesium",
            ),
            (vec![latin("O'Sullivan")], 2021, "A high-frequency analysis", "", "osullivan2021high"),
            (vec![latin("Łukasiewicz")], 2020, "The DNA", "", "lukasiewicz2020dna"),
            (vec![han("张", "敏莉")], 2007, "", "超声速短化喷管的设计", "zhang2007chaosheng"),
            (vec![han("曾", "三")], 2007, "", "基于有色网的建模", "zeng2007youse"),
            (vec![latin("Nechifor")], 2018, "", "镁在成瘾中的作用", "nechifor2018meicheng"),
            (vec![Name::whole("World Health Organization")], 2020, "Report", "", "world2020report"),
            (vec![Name::whole("中国科学院")], 2020, "Report", "", "zhongguo2020report"),
            (vec![], 2018, "Magnesium in addiction", "", "magnesium2018addiction"),
            (vec![], 0, "", "", "anonymous"),
        ] {
            assert_eq!(key(&authors, year, en, zh), expected, "{en}{zh}");
        }
    }

    #[test]
    fn collisions_get_letters_in_input_order_without_regard_to_case() {
        let mut keys = Keys::default();
        let found: Vec<String> = (0..30).map(|_| keys.unique("x1".into())).collect();
        assert_eq!(found[..3], ["x1", "x1a", "x1b"]);
        assert_eq!(found[26..30], ["x1z", "x1aa", "x1ab", "x1ac"]);
        assert_eq!(keys.unique("X1".into()), "X1ad");
    }

    #[test]
    fn a_key_that_looks_like_a_suffixed_one_is_kept_apart() {
        let mut keys = Keys::default();
        let found: Vec<String> = ["li2020a", "li2020", "li2020", "li2020", "li2020a"]
            .map(|k| keys.unique(k.into()))
            .into();
        let mut all = found.clone();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 5, "{found:?}");
    }

    #[test]
    fn keys_that_are_made_beside_others_give_way_to_those_of_files() {
        let mut keys = Keys::default();
        ["a-en", "A-ENB"].iter().for_each(|key| keys.reserve(key));
        assert_eq!(keys.made("a-en".into()), "a-ena");
        assert_eq!(keys.made("a-zh".into()), "a-zh");
        assert_eq!(keys.unique("a-en".into()), "a-en");
        assert_eq!(keys.unique("A-en".into()), "A-enc");
        assert_eq!(keys.unique("a-enb".into()), "a-enb");
        assert_eq!(keys.made("a-enb".into()), "a-enba");
    }

    #[test]
    fn a_key_of_a_file_stays_where_it_can() {
        for (key, expected) in [
            ("Knuth:1984-a/b", "Knuth:1984-a/b"),
            ("张2007", "张2007"),
            ("http://zotero.org/users/1/items/ABC", "http://zotero.org/users/1/items/ABC"),
            ("a, b}", "ab"),
        ] {
            assert_eq!(of_file(key), expected);
        }
    }

    #[test]
    fn a_users_key_is_made_safe() {
        assert_eq!(tidy("Müller, {x}\\2018:a"), "Mullerx2018:a");
        assert_eq!(tidy("{}"), "anonymous");
    }
}

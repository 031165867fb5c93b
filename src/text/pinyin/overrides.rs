//! Readings of a user's own.

use std::collections::HashMap;

use crate::text::script::is_han;

/// Readings that a user prefers to the built-in ones.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// Characters to their syllables, with `ü` as such.
    readings: HashMap<String, Vec<String>>,
    /// The most characters that a key has.
    longest: usize,
}

impl Overrides {
    /// Reads one reading a line: the characters, then a blank, a tab, `=` or `=>`, then either one
    /// syllable for each character or one word for all (`曾 zeng`, `重庆 chong qing`,
    /// `长孙 => zhangsun`). `#` begins a comment. `v` may be written for `ü`; a later line wins.
    /// The error is the number of the line, from 1, and what is wrong there.
    pub fn parse(text: &str) -> Result<Overrides, (usize, String)> {
        let mut overrides = Overrides::default();
        for (index, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
            let line = line.split('#').next().unwrap_or("").trim();
            if !line.is_empty() {
                overrides.add(line).map_err(|message| (index + 1, message))?;
            }
        }
        Ok(overrides)
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        let end = line.find(|c: char| !is_han(c)).unwrap_or(line.len());
        let (characters, rest) = line.split_at(end);
        if characters.is_empty() {
            return Err(format!("expected Chinese characters and their reading, found “{line}”"));
        }
        let rest = rest.trim_start();
        let rest = rest.strip_prefix("=>").or(rest.strip_prefix('=')).unwrap_or(rest);
        let syllables: Vec<String> = rest.split_whitespace().map(plain).collect();
        let count = characters.chars().count();
        if syllables.len() != 1 && syllables.len() != count {
            return Err(format!(
                "expected 1 or {count} syllables for “{characters}”, found {}",
                syllables.len()
            ));
        }
        if let Some(bad) = syllables.iter().find(|s| !s.chars().all(is_letter)) {
            return Err(format!("expected a reading in letters a to z or ü, found “{bad}”"));
        }
        self.longest = self.longest.max(count);
        self.readings.insert(characters.to_owned(), syllables);
        Ok(())
    }

    /// The reading of exactly these characters.
    pub(super) fn get(&self, characters: &str) -> Option<&[String]> {
        self.readings.get(characters).map(Vec::as_slice)
    }

    /// The longest key that `text` begins with: its length in bytes and its syllables.
    pub(super) fn longest_at(&self, text: &str) -> Option<(usize, &[String])> {
        prefixes(text, self.longest).find_map(|key| Some((key.len(), self.get(key)?)))
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_lowercase() || c == 'ü'
}

/// A typed syllable in lower case, with `ü` for `v` and without marks of tone.
fn plain(syllable: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let tone = |c: &char| !matches!(c, '\u{300}' | '\u{301}' | '\u{304}' | '\u{30C}');
    syllable
        .to_lowercase()
        .nfd()
        .filter(tone)
        .nfc()
        .map(|c| if c == 'v' { 'ü' } else { c })
        .collect()
}

/// The beginnings of `text` that have up to `most` characters, the longest first.
pub(super) fn prefixes(text: &str, most: usize) -> impl Iterator<Item = &str> {
    let ends: Vec<usize> = text.char_indices().take(most).map(|(i, c)| i + c.len_utf8()).collect();
    ends.into_iter().rev().map(|end| &text[..end])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn errors_tell_the_line() {
        for (text, line, words) in [
            ("曾 zeng\nabc", 2, "expected Chinese characters and their reading, found “abc”"),
            ("曾", 1, "expected 1 or 1 syllables for “曾”, found 0"),
            ("\n\n重庆市 chong qing", 3, "expected 1 or 3 syllables for “重庆市”, found 2"),
            ("曾 z3", 1, "expected a reading in letters a to z or ü, found “z3”"),
        ] {
            assert_eq!(Overrides::parse(text).unwrap_err(), (line, words.to_owned()), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn overrides_never_panic(text in "[张三 =>#a-zü\\n\\PC]{0,40}") {
            if let Ok(own) = Overrides::parse(&text) {
                prop_assert!(own.readings.values().all(|s| !s.is_empty()));
            }
        }
    }
}

//! Tells quickly that a word stands in no table: most words of most names are in none.

/// For each first letter, in either case, the lengths of the words in some tables, as bits, and the
/// same for their second sign and for what they end in. Words that begin with no letter of ASCII are not counted.
pub(crate) struct Lengths {
    first: [u32; 26],
    second: [u32; 32],
    last: [u32; 32],
}

impl Lengths {
    /// The lengths of the words in `tables`.
    pub const fn of(tables: &[&[&str]]) -> Lengths {
        let mut lengths = Lengths { first: [0; 26], second: [0; 32], last: [0; 32] };
        let mut table = 0;
        while table < tables.len() {
            let mut at = 0;
            while at < tables[table].len() {
                let word = tables[table][at].as_bytes();
                if let Some(letter) = letter(word) {
                    lengths.first[letter] |= 1 << word.len();
                    lengths.second[second(word)] |= 1 << word.len();
                    lengths.last[end(word)] |= 1 << word.len();
                }
                at += 1;
            }
            table += 1;
        }
        lengths
    }

    /// False for a word that stands in none of the tables, whatever its case.
    pub fn may_hold(&self, word: &str) -> bool {
        let word = word.as_bytes();
        word.len() < 32
            && letter(word).is_some_and(|letter| {
                let lengths = self.first[letter] & self.second[second(word)] & self.last[end(word)];
                lengths & (1 << word.len()) != 0
            })
    }

    /// The same for tables with words that begin with other letters, which are never missed.
    pub fn may_hold_any(&self, word: &str) -> bool {
        letter(word.as_bytes()).is_none() || self.may_hold(word)
    }
}

/// The place in the alphabet of the letter that a word begins with.
const fn letter(word: &[u8]) -> Option<usize> {
    match word.first() {
        Some(first) if first.is_ascii_alphabetic() => {
            Some((first.to_ascii_lowercase() - b'a') as usize)
        }
        _ => None,
    }
}

/// The second sign of a word, the only one of a single letter, the same for a small letter and its
/// capital.
const fn second(word: &[u8]) -> usize {
    (word[if word.len() > 1 { 1 } else { 0 }] & 31) as usize
}

/// What a word ends in, the same for a small letter and its capital.
const fn end(word: &[u8]) -> usize {
    (word[word.len() - 1] & 31) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_a_table_is_missed() {
        const TABLE: &[&str] = &["inc", "Ltd", "co., ltd", "a"];
        let lengths = Lengths::of(&[TABLE]);
        assert!(TABLE.iter().all(|word| lengths.may_hold(word)));
        assert!(TABLE.iter().all(|word| lengths.may_hold(&word.to_uppercase())));
        for word in [
            "",
            "in",
            "Smith",
            "éa",
            "int",
            "ixc",
            "b",
            "a word that is longer than any of the others",
        ] {
            assert!(!lengths.may_hold(word), "{word}");
            assert_eq!(lengths.may_hold_any(word), matches!(word, "" | "éa"), "{word}");
        }
    }
}

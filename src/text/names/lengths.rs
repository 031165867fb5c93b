//! Tells quickly that a word stands in no table: most words of most names are in none.

/// For each first letter, in either case, the lengths of the words in some tables, as bits. Words
/// that begin with no letter of ASCII are not counted.
pub(super) struct Lengths([u32; 26]);

impl Lengths {
    /// The lengths of the words in `tables`.
    pub const fn of(tables: &[&[&str]]) -> Lengths {
        let mut lengths = [0; 26];
        let mut table = 0;
        while table < tables.len() {
            let mut at = 0;
            while at < tables[table].len() {
                let word = tables[table][at].as_bytes();
                if let Some(letter) = letter(word) {
                    lengths[letter] |= 1 << word.len();
                }
                at += 1;
            }
            table += 1;
        }
        Lengths(lengths)
    }

    /// False for a word that stands in none of the tables, whatever its case.
    pub fn may_hold(&self, word: &str) -> bool {
        word.len() < 32
            && letter(word.as_bytes()).is_some_and(|letter| self.0[letter] >> word.len() & 1 == 1)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_a_table_is_missed() {
        const TABLE: &[&str] = &["inc", "Ltd", "co., ltd", "a"];
        let lengths = Lengths::of(&[TABLE]);
        assert!(TABLE.iter().all(|word| lengths.may_hold(word)));
        assert!(TABLE.iter().all(|word| lengths.may_hold(&word.to_uppercase())));
        for word in ["", "in", "Smith", "éa", "a word that is longer than any of the others"] {
            assert!(!lengths.may_hold(word), "{word}");
        }
    }
}

use std::collections::HashSet;

/// Tells which values have come before, in memory that is the same for a hundred thousand values and
/// for a billion: all of the last [`Repeats::KNOWN`] it knows, of those before it forgets.
#[derive(Debug, Default)]
pub struct Repeats {
    /// The first values, as long as they are few: a short run needs no room for many.
    few: HashSet<u64>,
    /// Two tables of hashes, each at the place that it names or the next free one. When the newer one is
    /// full, the older one is emptied and becomes the newer.
    tables: [Vec<u64>; 2],
    /// How many stand in the newer one.
    newer: usize,
    /// Something stands in the older one: looking there costs a wait for memory.
    older: bool,
}

const FEW: usize = 4_096;
const PLACES: usize = 1 << 19;
/// What no hash is. It is not 0, so that the memory is taken when it is asked for, not little by little.
const EMPTY: u64 = u64::MAX;

impl Repeats {
    /// How many of the last values are known, at least.
    pub const KNOWN: usize = PLACES / 4 * 3;

    /// True where the value with this hash has come before, as far as is remembered.
    pub fn repeats(&mut self, hash: u64) -> bool {
        let hash = hash.min(EMPTY - 1);
        if self.tables[0].is_empty() {
            if !self.few.insert(hash) {
                return true;
            }
            if self.few.len() > FEW {
                self.tables = [vec![EMPTY; PLACES], vec![EMPTY; PLACES]];
                for hash in std::mem::take(&mut self.few) {
                    self.insert(hash);
                }
            }
            return false;
        }
        let [newer, older] = &self.tables;
        let known = |table: &[u64]| table[place(table, hash)] == hash;
        let is_new = known(newer);
        let repeats = is_new || self.older && known(older);
        // One of the older ones is among the last again.
        if !is_new {
            self.insert(hash);
        }
        repeats
    }

    fn insert(&mut self, hash: u64) {
        if self.newer == Repeats::KNOWN {
            self.tables.swap(0, 1);
            self.tables[0].fill(EMPTY);
            self.newer = 0;
            self.older = true;
        }
        let place = place(&self.tables[0], hash);
        self.tables[0][place] = hash;
        self.newer += 1;
    }
}

/// Where a hash stands, or would.
fn place(table: &[u64], hash: u64) -> usize {
    let mut at = hash as usize % PLACES;
    while table[at] != hash && table[at] != EMPTY {
        at = (at + 1) % PLACES;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_comes_again_is_one_of_the_last_again() {
        let mut repeats = Repeats::default();
        let hash = |n: usize| crate::key::folded_hash(&n.to_string());
        repeats.repeats(hash(0));
        for n in 1..4 * Repeats::KNOWN {
            repeats.repeats(hash(n));
            let again = n % (Repeats::KNOWN / 2) == 0;
            assert!(!again || repeats.repeats(hash(0)), "{n}");
        }
    }

    #[test]
    fn the_last_values_are_known_and_memory_does_not_grow() {
        let mut repeats = Repeats::default();
        let hash = |n: usize| crate::key::folded_hash(&n.to_string());
        assert!(!repeats.repeats(0) && !repeats.repeats(u64::MAX));
        assert!(repeats.repeats(0) && repeats.repeats(u64::MAX));
        let many = 3 * Repeats::KNOWN;
        for n in 0..many {
            assert!(!repeats.repeats(hash(n)), "{n}");
            // Those on either side of each change of the memory.
            // What is asked again here is one of the last again.
            let most = Repeats::KNOWN - 1 - many / 1_000;
            for before in [1, FEW - 3, FEW, most].into_iter().filter(|b| *b <= n) {
                let unknown = n % 1_000 == 0 && !repeats.repeats(hash(n - before));
                assert!(!unknown, "{before} before {n}");
            }
        }
        assert!(!repeats.repeats(hash(1)), "the first are forgotten");
        assert!(repeats.few.is_empty() && repeats.tables.iter().all(|t| t.len() == PLACES));
    }
}

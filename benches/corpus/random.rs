//! A stream of random numbers that stays the same for ever, whatever becomes of any library.

/// SplitMix64: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014,
/// with the constants of Vigna's `splitmix64.c` (public domain).
pub struct Random(u64);

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Random {
    /// The stream of one part of a corpus: of a work, or of the record that tells of it.
    pub fn new(seed: u64, part: Part, index: u64) -> Random {
        let mut state = seed;
        for word in [part as u64, index] {
            state = mixed(state.wrapping_add(STEP) ^ mixed(word.wrapping_add(STEP)));
        }
        Random(state)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        // The high half of the product (Lemire 2019); the bias is far below what a corpus shows.
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    /// A number of `first..=last`.
    pub fn between(&mut self, first: u64, last: u64) -> u64 {
        first + self.below(last - first + 1)
    }

    /// True `part` times out of `of`.
    pub fn chance(&mut self, part: u64, of: u64) -> bool {
        self.below(of) < part
    }

    /// One of a list.
    pub fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u64) as usize]
    }

    /// One of a list in which each stands with how often it was seen.
    pub fn weighted<'a, T>(&mut self, list: &'a [(u64, T)]) -> &'a T {
        let mut left = self.below(list.iter().map(|(weight, _)| weight).sum());
        let row = list.iter().find(|(weight, _)| {
            let found = left < *weight;
            left = left.saturating_sub(*weight);
            found
        });
        &row.expect("a list of weights").1
    }
}

/// What a stream is for: each has its own, so that more numbers for one change no other.
#[derive(Clone, Copy)]
pub enum Part {
    /// Which work the record tells of.
    Choice,
    /// The work.
    Work,
    /// How the record spells it.
    Record,
}

fn mixed(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Tells which values have come before, in memory that is the same for a thousand values and for a
/// billion: of the last million and more it knows all, of those before it forgets.
#[derive(Debug)]
pub struct Repeats {
    /// Hashes, the newest of each row first; 0 is an empty place.
    rows: Vec<[u64; PLACES]>,
}

const PLACES: usize = 8;
const ROWS: usize = 1 << 18;

impl Default for Repeats {
    fn default() -> Repeats {
        Repeats { rows: vec![[0; PLACES]; ROWS] }
    }
}

impl Repeats {
    /// True where the value with this hash has come before, as far as is remembered.
    pub fn repeats(&mut self, hash: u64) -> bool {
        let hash = hash.max(1);
        let row = &mut self.rows[hash as usize % ROWS];
        if row.contains(&hash) {
            return true;
        }
        row.rotate_right(1);
        row[0] = hash;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_before_is_known_and_memory_does_not_grow() {
        let mut repeats = Repeats::default();
        let hash = |n: u64| crate::key::folded_hash(&n.to_string());
        assert!((0..500_000).all(|n| !repeats.repeats(hash(n))));
        assert!((0..500_000).all(|n| repeats.repeats(hash(n))));
        assert!(!repeats.repeats(0) && repeats.repeats(0));
        assert!((500_000..4_000_000).filter(|n| repeats.repeats(hash(*n))).count() < 10);
        assert!((3_500_000..4_000_000).all(|n| repeats.repeats(hash(n))));
        assert!((0..500_000).filter(|n| repeats.repeats(hash(*n))).count() < 250_000);
        assert_eq!(repeats.rows.len(), ROWS);
    }
}

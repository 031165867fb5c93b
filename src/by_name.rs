//! Tables that are asked by a name some dozen times for each entry: from a name to its row in one step.

/// For each hash of a name its row from 1, or 0 where there is none; a row whose slot is taken stands in
/// the next free one.
pub struct ByName<const N: usize>([u16; N]);

impl<const N: usize> ByName<N> {
    /// The rows of `names`, in their order. `N` is a power of two, and leaves as much room again.
    pub const fn of(names: &[&str]) -> ByName<N> {
        assert!(N.is_power_of_two() && 2 * names.len() <= N && N <= 1 << 16, "room for every name");
        let mut slots = [0; N];
        let mut row = 0;
        while row < names.len() {
            let mut slot = slot::<N>(names[row].as_bytes());
            while slots[slot] > 0 {
                slot = (slot + 1) % N;
            }
            row += 1;
            slots[slot] = row as u16;
        }
        ByName(slots)
    }

    /// The row of a name; `is` tells whether it stands in a row.
    pub fn row(&self, name: &str, is: impl Fn(usize) -> bool) -> Option<usize> {
        let mut slot = slot::<N>(name.as_bytes());
        while let Some(row) = self.0[slot].checked_sub(1).map(usize::from) {
            if is(row) {
                return Some(row);
            }
            slot = (slot + 1) % N;
        }
        None
    }
}

/// A hash of a name from its length and four of its letters.
const fn slot<const N: usize>(name: &[u8]) -> usize {
    let length = name.len();
    if length == 0 {
        return 0;
    }
    let letters = [name[0], name[length / 2], name[length - 1], name[length * 3 / 4]];
    let letters = u32::from_le_bytes(letters);
    let mixed = (letters ^ length as u32).wrapping_mul(0x9E37_79B1);
    (mixed >> (32 - N.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_has_its_row_and_no_other_word_has_one() {
        // `abcd` and `abxd` share their slot where the letters between do not count.
        const NAMES: &[&str] = &["", "a", "title", "tixle", "镁", "abcde", "axcde"];
        static ROWS: ByName<16> = ByName::of(NAMES);
        let row = |name: &str| ROWS.row(name, |row| NAMES[row] == name);
        for (at, name) in NAMES.iter().enumerate() {
            assert_eq!(row(name), Some(at), "{name}");
        }
        for other in ["b", "titel", "Title", "镁在", "ayyde", "a very long word"] {
            assert_eq!(row(other), None, "{other}");
        }
    }
}

//! Looks for the few bytes of a text that a format has to escape.

/// How many bytes are looked at together.
const STRIDE: usize = 32;

/// The place of the first byte that is `wanted`.
pub fn first(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let mut at = 0;
    // A stride is looked at without a branch, which the compiler turns into a few vector
    // instructions: long texts hold few such bytes.
    while let Some(stride) = bytes.get(at..at + STRIDE) {
        if stride.iter().fold(false, |found, &b| found | wanted(b)) {
            break;
        }
        at += STRIDE;
    }
    bytes[at..].iter().position(|&b| wanted(b)).map(|place| at + place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_them_is_found_wherever_it_stands() {
        for length in 0..3 * STRIDE {
            let mut bytes = vec![b'a'; length];
            assert_eq!(first(&bytes, |b| b == b'x'), None);
            for at in (0..length).rev() {
                bytes[at] = b'x';
                assert_eq!(first(&bytes, |b| b == b'x'), Some(at));
            }
        }
    }
}

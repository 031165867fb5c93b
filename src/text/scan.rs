//! Looks over long texts for the few bytes that need a closer look.
//!
//! A stride of bytes is looked at without a branch, which the compiler turns into a few vector
//! instructions. Most abstracts hold nothing to clean or to escape, and are through in a moment.

/// How many bytes are looked at together.
const STRIDE: usize = 32;

/// The place of the first byte that is `wanted`.
pub(crate) fn first(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let mut at = without::<STRIDE>(bytes, 0, &wanted);
    at = without::<8>(bytes, at, &wanted);
    bytes[at..].iter().position(|&b| wanted(b)).map(|place| at + place)
}

/// The place from `at` on before which whole strides hold no byte that is `wanted`.
#[inline(always)]
fn without<const N: usize>(bytes: &[u8], mut at: usize, wanted: impl Fn(u8) -> bool) -> usize {
    while let Some(stride) = bytes.get(at..at + N) {
        if stride.iter().fold(false, |found, &b| found | wanted(b)) {
            break;
        }
        at += N;
    }
    at
}

/// The characters of a text that are not ASCII.
pub(crate) fn not_ascii(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text;
    std::iter::from_fn(move || {
        // Chinese stands in long runs.
        if rest.as_bytes().first()?.is_ascii() {
            rest = &rest[first(rest.as_bytes(), |b| !b.is_ascii())?..];
        }
        let mut chars = rest.chars();
        let c = chars.next();
        rest = chars.as_str();
        c
    })
}

/// How many bytes at the start are printable ASCII with single blanks. `behind_blank`: what stands
/// before them counts as a blank.
pub(crate) fn printable(bytes: &[u8], behind_blank: bool) -> usize {
    if behind_blank && bytes.first() == Some(&b' ') {
        return 0;
    }
    let mut at = printable_strides::<STRIDE>(bytes, 0);
    at = printable_strides::<8>(bytes, at);
    let mut last = if at > 0 { bytes[at - 1] } else { b'x' };
    let fits = |&&b: &&u8| {
        let fits = (b' '..=b'~').contains(&b) && !(b == b' ' && last == b' ');
        last = b;
        fits
    };
    at + bytes[at..].iter().take_while(fits).count()
}

/// The place from `at` on before which whole strides are printable with single blanks.
#[inline(always)]
fn printable_strides<const N: usize>(bytes: &[u8], mut at: usize) -> usize {
    while let Some(stride) = bytes.get(at..at + N + 1) {
        let pairs = stride[..N].iter().zip(&stride[1..]);
        if pairs.fold(false, |found, (&b, &next)| {
            found | !(b' '..=b'~').contains(&b) | ((b == b' ') & (next == b' '))
        }) {
            break;
        }
        at += N;
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn what_is_not_ascii_is_found(text in "([a-z ]{0,40}|é|镁|😀){0,9}") {
            let expected: Vec<char> = text.chars().filter(|c| !c.is_ascii()).collect();
            prop_assert_eq!(not_ascii(&text).collect::<Vec<_>>(), expected);
        }

        #[test]
        fn the_printable_start_is_what_looking_at_each_byte_finds(
            text in "([a-zA-Z]{1,40}|~| |\\x00|\\x7F|é){0,12}", behind_blank: bool
        ) {
            let mut last = if behind_blank { b' ' } else { b'x' };
            let mut length = 0;
            for &b in text.as_bytes() {
                if !(b' '..=b'~').contains(&b) || (b == b' ' && last == b' ') {
                    break;
                }
                last = b;
                length += 1;
            }
            prop_assert_eq!(printable(text.as_bytes(), behind_blank), length);
        }
    }
}

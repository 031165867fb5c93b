//! Names from China, Korea and Vietnam that keep the family name first in Latin letters:
//! `Zhang Minli`, `Kim Min-su`, `Nguyen Van Hung`.

use super::words;
use crate::text::surnames;

/// What the words of a name tell about their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The first word can only be the family name: `Zhang Minli`.
    FamilyFirst,
    /// Either word can be the family name: `Wang Fang`.
    Either,
    /// The last word can only be the family name: `Minli Zhang`.
    FamilyLast,
    /// Nothing: `Jane Doe`.
    Unknown,
}

/// Surnames that are also given names of people who are no Chinese: `Yu Mori`, `Mo Lange`.
const ALSO_GIVEN: &[&str] = &["an", "han", "jin", "lin", "lu", "mei", "mo", "ren", "yu"];

/// Family names from Korea as they are spelled in passports.
const KOREAN: &[&str] = &[
    "ahn", "bae", "baek", "cho", "choi", "chung", "han", "heo", "hong", "hwang", "jang", "jeon",
    "jeong", "jo", "jung", "kang", "kim", "ko", "kwon", "lee", "lim", "moon", "nam", "noh", "oh",
    "park", "ryu", "seo", "shin", "sohn", "son", "song", "yang", "yoo", "yoon",
];

/// What the words of a name without particles, initials and suffixes tell.
pub fn order(parts: &[&str]) -> Order {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return Order::Unknown };
    if parts.len() > 1 && words::is_surely_vietnamese(first) {
        let open = words::is_surely_vietnamese(last)
            || (parts.len() == 2 && words::is_vietnamese(last))
            || words::is_initials(last);
        return if open { Order::Unknown } else { Order::FamilyFirst };
    }
    if parts.len() != 2 {
        return Order::Unknown;
    }
    if is_korean(first, last) {
        return Order::FamilyFirst;
    }
    chinese(first, last)
}

/// True where they tell [`Order::FamilyFirst`]: the questions that only tell the other orders apart are
/// not asked.
pub fn is_family_first(parts: &[&str]) -> bool {
    match parts {
        [first, last] if !words::is_surely_vietnamese(first) => {
            is_korean(first, last)
                || (surnames::is_common_latin(first)
                    && !surnames::is_latin(last)
                    && chinese(first, last) == Order::FamilyFirst)
        }
        _ => order(parts) == Order::FamilyFirst,
    }
}

/// `Kim Min-su`: the small letter behind the hyphen is how given names are written there.
fn is_korean(first: &str, last: &str) -> bool {
    let hyphen = last.bytes().position(|b| b == b'-');
    let small = hyphen.is_some_and(|at| last[at + 1..].starts_with(char::is_lowercase));
    small && contains(KOREAN, first) && !contains(KOREAN, last)
}

fn chinese(first: &str, last: &str) -> Order {
    let (surname, given) = (surnames::is_common_latin(first), !surnames::is_latin(last));
    let neither = !surname && given;
    if neither || !surnames::is_pinyin(first) || !surnames::is_pinyin(last) {
        return Order::Unknown;
    }
    match (surname, given) {
        (true, true) if surnames::is_given(last) && !contains(ALSO_GIVEN, first) => {
            Order::FamilyFirst
        }
        (true, _) => Order::Either,
        (false, _) => Order::FamilyLast,
    }
}

fn contains(table: &[&str], word: &str) -> bool {
    table.iter().any(|entry| entry.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_told() {
        for (name, expected) in [
            ("Zhang Minli", Order::FamilyFirst),
            ("ZHANG MINLI", Order::FamilyFirst),
            ("Zhang Min-li", Order::FamilyFirst),
            ("Lü Dongmei", Order::FamilyFirst),
            ("Wang Haoran", Order::FamilyFirst),
            ("Minli Zhang", Order::FamilyLast),
            ("Bo Yu", Order::FamilyLast),
            ("Wang Fang", Order::Either),
            ("Li Na", Order::Either),
            ("Ouyang Xiu", Order::Unknown),
            ("Jin Ouyang", Order::Either),
            ("Yu Mori", Order::Either),
            ("Bo Lange", Order::Unknown),
            ("Bo Tanaka", Order::Unknown),
            ("Lin Mori", Order::Either),
            ("Kim Min-su", Order::FamilyFirst),
            ("Min-su Kim", Order::Unknown),
            ("Hyunsoo Kwon", Order::Unknown),
            ("Nguyen Van Hung", Order::FamilyFirst),
            ("Nguyễn Thị Mai", Order::FamilyFirst),
            ("Van Hung Nguyen", Order::Unknown),
            ("Nguyen Le", Order::Unknown),
            ("Jane Doe", Order::Unknown),
            ("Lee Ann", Order::Unknown),
            ("Xiao Di Wu", Order::Unknown),
            ("Plato", Order::Unknown),
            ("", Order::Unknown),
        ] {
            let parts: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
            assert_eq!(order(&parts), expected, "{name}");
        }
    }
}

//! Whether the names of a list in Chinese and of one in Latin letters are of the same people in the
//! same order.

use std::collections::HashSet;

use crate::model::{Name, Script};
use crate::text::pinyin::{self, Overrides};

/// True where two lists of equal people are in another order: a Chinese name does not read like the
/// one in Latin letters in its place, but like one in another place, which does not read like its own.
///
/// That a name reads otherwise in its own place is no sign alone: `李` is Lee in Hong Kong, Yi in Korea
/// and Ri in Japan.
pub fn are_crossed(a: &[Name], b: &[Name]) -> bool {
    let pairs: Vec<(Reading, Latin)> =
        a.iter().zip(b).filter_map(|(a, b)| in_two_scripts(a, b)).collect();
    let agree = |(han, latin): &(Reading, Latin)| match han.families.contains(&latin.family) {
        true if han.reads_given(&latin.given) => 2,
        true => 1,
        false => 0,
    };
    let (mut families, mut names) = (HashSet::new(), HashSet::new());
    let open: Vec<_> =
        pairs.iter().map(|pair| (agree(pair), pair)).filter(|(n, _)| *n < 2).collect();
    for (agreed, (_, latin)) in &open {
        if *agreed == 0 {
            families.insert(&latin.family);
        }
        names.insert((&latin.family, &latin.given));
    }
    open.iter().any(|(agreed, (han, _))| {
        let given = han.given.concat();
        han.families.iter().any(|family| {
            (*agreed == 0 && families.contains(family)) || names.contains(&(family, &given))
        })
    })
}

/// A Chinese name as it reads in pinyin, in the letters of citation keys.
struct Reading {
    /// The family name: as a surname, as the character alone, and with its ü in other letters.
    families: Vec<String>,
    given: Vec<String>,
}

impl Reading {
    fn of(name: &Name) -> Reading {
        let none = Overrides::default();
        let mut families = vec![pinyin::surname(&name.family, &none)];
        families.push(pinyin::syllables(&name.family, &none).concat());
        let other_letters = |family: &String| ["u", "yu"].map(|ü| family.replace('v', ü));
        let others: Vec<String> = families.iter().flat_map(other_letters).collect();
        families.extend(others);
        let given = name.given.as_deref().unwrap_or_default();
        Reading { families, given: pinyin::syllables(given, &none) }
    }

    /// True for the given names in letters or initials, and where there are none.
    fn reads_given(&self, latin: &str) -> bool {
        let initials: String = self.given.iter().filter_map(|word| word.chars().next()).collect();
        self.given.concat() == latin || initials.starts_with(latin)
    }
}

/// A name in Latin letters, in the letters of citation keys.
struct Latin {
    family: String,
    given: String,
}

impl Latin {
    fn of(name: &Name) -> Latin {
        let letters = |text: &str| pinyin::surname(text, &Overrides::default());
        let given = name.given.as_deref().unwrap_or_default();
        Latin { family: letters(&name.family), given: letters(given) }
    }
}

/// The two forms, where one is Chinese and the other is in Latin letters, and no third one tells more.
fn in_two_scripts(a: &Name, b: &Name) -> Option<(Reading, Latin)> {
    if a.other.is_some() || b.other.is_some() {
        return None;
    }
    match (a.script, b.script) {
        (Script::Han, Script::Latin) => Some((Reading::of(a), Latin::of(b))),
        (Script::Latin, Script::Han) => Some((Reading::of(b), Latin::of(a))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &str, script: Script) -> Vec<Name> {
        let name = |one: &str| {
            let (family, given) = one.split_once(' ').unwrap_or((one, ""));
            let given = Some(given.to_owned()).filter(|given| !given.is_empty());
            Name { script, family: family.to_owned(), given, ..Name::default() }
        };
        list.split(", ").map(name).collect()
    }

    #[test]
    fn lists_in_another_order_are_told_from_names_that_read_otherwise() {
        for (latin, han, crossed) in [
            ("Wang Wei, Li Na", "王 伟, 李 娜", false),
            ("Wang Wei, Li Na", "李 娜, 王 伟", true),
            ("Wang W., Li N.", "李 娜, 王 伟", true),
            // One of three reads alike in its place.
            ("Wang Wei, Li Na, Zhao Min", "李 娜, 王 伟, 赵 敏", true),
            ("Wang Wei, Li Na, Zhao Min", "王 伟, 赵 敏, 李 娜", true),
            // Other people, or names that are read otherwise, say nothing of the order.
            ("Lee Ka-fai, Wong Wing", "李 家辉, 王 颖", false),
            ("Lee Ka-fai, Li Na", "李 家辉, 李 娜", false),
            ("Chang Chih-wei, Tsai Ming", "张 志伟, 蔡 明", false),
            ("Yi Sun-sin, Kim Gu", "李 舜臣, 金 九", false),
            ("Tanaka Taro, Li Na", "田中 太郎, 李 娜", false),
            // Of one family the given names tell.
            ("Wang Wei, Wang Na", "王 娜, 王 伟", true),
            ("Wang Wei, Wang Na", "王 伟, 王 娜", false),
            ("Wang Xiao-Ming, Wang Na", "王 小明, 王 娜", false),
            ("Wang X. M., Wang N.", "王 小明, 王 娜", false),
            ("Wang, Li Na", "王 伟, 李 娜", false),
            // Readings beside the usual one, and ü.
            ("Shan Wei, Dan Na", "单 伟, 单 娜", false),
            ("Lyu Wei, Lu Na, Lü Min, Lv Yi", "吕 伟, 吕 娜, 吕 敏, 吕 一", false),
            ("Zeng Wei, Ceng Na", "曾 伟, 曾 娜", false),
        ] {
            let (latin, han) = (names(latin, Script::Latin), names(han, Script::Han));
            assert_eq!(are_crossed(&latin, &han), crossed, "{latin:?} and {han:?}");
            assert_eq!(are_crossed(&han, &latin), crossed, "{latin:?} and {han:?}");
        }
    }
}

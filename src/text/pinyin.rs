//! Chinese characters to Hanyu Pinyin: for citation keys, and for names in Latin letters.

mod overrides;

use deunicode::deunicode;
use pinyin::ToPinyin;

use super::script::{has_han, is_han};
use super::{phrases, surnames};
use crate::model::{Name, Script};

pub use overrides::Overrides;
use overrides::prefixes;

/// The words of a text for a citation key, in `[a-z0-9]`: one syllable for each Chinese character
/// (`ü` becomes `v`, as on a keyboard: `吕` gives `lv`), one word for each run of other letters
/// and digits. The user's readings come first, then common words, then the usual reading.
pub fn syllables(text: &str, overrides: &Overrides) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if !is_han(c) {
            let end = rest.find(is_han).unwrap_or(rest.len());
            found.extend(latin_words(&rest[..end]));
            rest = &rest[end..];
        } else if let Some((length, syllables)) = overrides.longest_at(rest) {
            found.extend(syllables.iter().map(|s| key_letters(s)));
            rest = &rest[length..];
        } else if let Some(word) =
            prefixes(rest, phrases::LONGEST).find(|w| phrases::phrase(w).is_some())
        {
            found.extend(phrases::phrase(word).unwrap_or("").split(' ').map(str::to_owned));
            rest = &rest[word.len()..];
        } else {
            found.extend(usual(c).map(key_letters));
            rest = &rest[c.len_utf8()..];
        }
    }
    found
}

/// The reading of one character alone.
fn usual(c: char) -> Option<&'static str> {
    phrases::character(c).or_else(|| c.to_pinyin().map(|p| p.plain()))
}

/// Letters for a key: `lü` to `lv`; accents, hyphens and apostrophes off.
fn key_letters(text: &str) -> String {
    let text = text.replace(['ü', 'Ü'], "v");
    let text = if text.is_ascii() { text } else { deunicode(&text) };
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// The words of a text without Chinese characters.
fn latin_words(text: &str) -> impl Iterator<Item = String> {
    let apart = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '\u{300}'..='\u{36F}');
    // deunicode, not `key_letters`: the ü of Müller is a u.
    text.split(apart).map(|word| key_letters(&deunicode(word))).filter(|word| !word.is_empty())
}

/// A family name for a citation key, in `[a-z0-9]`: `曾` gives `zeng`, `欧阳` `ouyang`, `吕` `lv`,
/// `O'Sullivan` `osullivan`. Surnames are read as surnames.
pub fn surname(family: &str, overrides: &Overrides) -> String {
    if !has_han(family) {
        return latin_words(family).collect();
    }
    match surname_reading(family, overrides) {
        Some(reading) => key_letters(&reading),
        None => syllables(family, overrides).concat(),
    }
}

/// A Chinese surname in pinyin with `ü`; each half of a double one (`陈方`) as a surname.
fn surname_reading(family: &str, overrides: &Overrides) -> Option<String> {
    if let Some(own) = overrides.get(family) {
        return Some(own.concat());
    }
    if let Some(reading) = surnames::reading(family) {
        return Some(reading.to_owned());
    }
    let mut characters = family.chars();
    match (characters.next(), characters.next(), characters.next()) {
        (Some(c), None, _) => usual(c).map(proper),
        (Some(a), Some(b), None) if surnames::compound(family).is_none() => {
            let half = |c: char| surname_reading(c.encode_utf8(&mut [0; 4]), overrides);
            Some(half(a)? + &half(b)?)
        }
        _ => spelled(family, overrides).map(|syllables| syllables.concat()),
    }
}

/// `lü` for `lv`: `v` is no letter of pinyin.
fn proper(syllable: &str) -> String {
    syllable.replace('v', "ü")
}

/// The syllables of Chinese characters with `ü`, or `None` where one has no reading.
fn spelled(text: &str, overrides: &Overrides) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match overrides.longest_at(rest) {
            Some((length, syllables)) => {
                found.extend(syllables.iter().cloned());
                length
            }
            None => {
                found.push(proper(usual(c)?));
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    Some(found)
}

/// A Chinese name in Latin letters: `张敏莉` gives `Minli Zhang`, `欧阳修` `Xiu Ouyang`, `吕` `Lü`;
/// given names in one word, parted by an apostrophe where they would be misread (`Xi'an`), after
/// GB/T 28039-2011. If the source gave the Latin form, that one. `None` for names that were not
/// split (`买买提·吐尔逊` is not spelled by pinyin) and for characters without a reading.
pub fn romanize(name: &Name, overrides: &Overrides) -> Option<Name> {
    if let Some(other) = &name.other
        && other.script == Script::Latin
    {
        return Some((**other).clone());
    }
    let given = name.given.as_deref().filter(|_| name.script == Script::Han)?;
    let family = surname_reading(&name.family, overrides)?;
    let given = joined(&spelled(given, overrides)?);
    Some(Name { family: capital(&family), given: Some(capital(&given)), ..Name::default() })
}

/// Syllables in one word; an apostrophe before a later one that begins with a, o or e
/// (GB/T 16159-2012, 隔音符号).
fn joined(syllables: &[String]) -> String {
    let mut word = String::new();
    for syllable in syllables {
        if !word.is_empty() && syllable.starts_with(['a', 'o', 'e']) {
            word.push('\'');
        }
        word.push_str(syllable);
    }
    word
}

fn capital(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or(String::new(), |c| c.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn none() -> Overrides {
        Overrides::default()
    }

    #[test]
    fn titles_are_read_as_words() {
        for (text, words) in [
            ("镁在成瘾中的作用", "mei zai cheng yin zhong de zuo yong"),
            ("重建与重要", "chong jian yu zhong yao"),
            ("银行业的行为", "yin hang ye de xing wei"),
            ("长期增长率", "chang qi zeng zhang lv"),
            ("音乐与快乐", "yin yue yu kuai le"),
            ("调查与调节", "diao cha yu tiao jie"),
            ("女性", "nv xing"),
            ("策略", "ce lve"),
            ("BAST:区块链", "bast qu kuai lian"),
            ("Müller’s 系数", "mullers xi shu"),
            ("目的", "mu di"),
            ("", ""),
            ("——，。", ""),
        ] {
            assert_eq!(syllables(text, &none()).join(" "), words, "{text}");
        }
    }

    #[test]
    fn surnames_are_read_as_surnames() {
        for (family, key) in [
            ("张", "zhang"),
            ("張", "zhang"),
            ("曾", "zeng"),
            ("单", "shan"),
            ("單", "shan"),
            ("仇", "qiu"),
            ("解", "xie"),
            ("区", "ou"),
            ("區", "ou"),
            ("查", "zha"),
            ("长孙", "zhangsun"),
            ("尉迟", "yuchi"),
            ("万俟", "moqi"),
            ("朴", "piao"),
            ("盖", "ge"),
            ("乐", "yue"),
            ("翟", "zhai"),
            ("任", "ren"),
            ("覃", "qin"),
            ("冼", "xian"),
            ("缪", "miao"),
            ("宁", "ning"),
            ("黑", "hei"),
            ("逄", "pang"),
            ("员", "yun"),
            ("折", "she"),
            ("令狐", "linghu"),
            ("澹台", "tantai"),
            ("洗", "xian"),
            ("郇", "xun"),
            ("尹", "yin"),
            ("那", "na"),
            ("种", "chong"),
            ("秘", "bi"),
            ("召", "shao"),
            ("繁", "po"),
            ("訾", "zi"),
            ("隗", "wei"),
            ("晟", "cheng"),
            ("吕", "lv"),
            ("呂", "lv"),
            ("欧阳", "ouyang"),
            ("歐陽", "ouyang"),
            ("司马", "sima"),
            ("诸葛", "zhuge"),
            ("陈方", "chenfang"),
            ("单曾", "shanzeng"),
            ("长", "chang"),
            ("沈", "shen"),
            ("贾", "jia"),
            ("柏", "bai"),
            ("劉", "liu"),
            ("O'Sullivan", "osullivan"),
            ("Müller", "muller"),
            ("van der Vet", "vandervet"),
            ("Łukasz", "lukasz"),
            ("", ""),
        ] {
            assert_eq!(surname(family, &none()), key, "{family}");
        }
    }

    fn han(family: &str, given: &str) -> Name {
        let given = Some(given.to_owned());
        Name { script: Script::Han, family: family.to_owned(), given, ..Name::default() }
    }

    #[test]
    fn names_are_spelled_in_latin_letters() {
        for (family, given, latin) in [
            ("张", "敏莉", "Minli Zhang"),
            ("張", "三", "San Zhang"),
            ("欧阳", "修", "Xiu Ouyang"),
            ("吕", "布", "Bu Lü"),
            ("单", "长乐", "Changle Shan"),
            ("王", "西安", "Xi'an Wang"),
            ("李", "绿", "Lü Li"),
        ] {
            let name = romanize(&han(family, given), &none()).unwrap();
            assert_eq!(name.display(), latin);
        }
        let whole =
            Name { script: Script::Han, family: "买买提·吐尔逊".into(), ..Name::default() };
        assert_eq!(romanize(&whole, &none()), None);
        assert_eq!(romanize(&Name::whole("中国科学院"), &none()), None);
        let other = Some(Box::new(Name { family: "Chan".into(), ..Name::default() }));
        let both = Name { other, ..han("陈", "一") };
        assert_eq!(romanize(&both, &none()).unwrap().family, "Chan");
    }

    #[test]
    fn the_user_decides() {
        let own = "\u{FEFF}# mine\r\n覃 tan\r\n重庆 => chong qing\r\n长孙\tchangsun # so\r\n莉=lì\r\n呂 lyu\n曾=>céng";
        let own = Overrides::parse(own).unwrap();
        assert_eq!(surname("覃", &own), "tan");
        assert_eq!(surname("长孙", &own), "changsun");
        assert_eq!(surname("呂", &own), "lyu");
        assert_eq!(syllables("重庆曾", &own).join(" "), "chong qing ceng");
        assert_eq!(romanize(&han("覃", "莉"), &own).unwrap().display(), "Li Tan");
        let longest = Overrides::parse("行 a\n行人 b c").unwrap();
        assert_eq!(syllables("行人行", &longest).join(" "), "b c a");
    }

    proptest! {
        #[test]
        fn keys_hold_only_letters_and_digits(text in "[\\PC张三长重吕üÄ '’-]{0,20}") {
            for word in syllables(&text, &none()).iter().chain([&surname(&text, &none())]) {
                prop_assert!(word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
            }
        }
    }
}

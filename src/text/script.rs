//! Which script a text is written in.

use unicode_script::{Script, UnicodeScript};

use super::scan::first;

/// True for a Chinese character (script Han, Unicode Standard Annex 24).
pub fn is_han(c: char) -> bool {
    // What stands outside the CJK blocks, or in the first of them, needs no look into the table.
    match c {
        '\0'..='\u{2E7F}' => false,
        '\u{4E00}'..='\u{9FFF}' => true, // the block that nearly all of them stand in
        _ => c.script() == Script::Han,
    }
}

/// True where a text holds at least one Chinese character.
pub fn has_han(text: &str) -> bool {
    may_be_eastern(text) && text.chars().any(is_han)
}

/// False for a text without a character from U+1000 on but for those of U+2000 to U+2FFF below
/// Han, such as dashes and quotes, which English texts have too.
fn may_be_eastern(text: &str) -> bool {
    // Such characters begin with E1 and up in UTF-8; those of U+2000 to U+2FFF with E2.
    if text.is_ascii() {
        return false;
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = first(&bytes[at..], |b| b >= 0xE1) {
        at += next + 1;
        if bytes[at - 1] != 0xE2 || bytes.get(at).is_some_and(|b| *b >= 0xBA) {
            return true;
        }
    }
    false
}

/// True for the kana of Japanese and the hangul of Korean.
pub fn is_kana_or_hangul(c: char) -> bool {
    match c {
        '\0'..='\u{10FF}' | '\u{4E00}'..='\u{9FFF}' => false,
        _ => matches!(c.script(), Script::Hiragana | Script::Katakana | Script::Hangul),
    }
}

/// True where a text is to be taken as Chinese: it holds Chinese characters, no kana or hangul,
/// and no more than a third as many letters of other scripts as would be needed to write it in
/// one of them. A Chinese title that begins with `CloudSim express:` is still Chinese, and an
/// English one that quotes a Chinese word is still English.
pub fn is_chinese(text: &str) -> bool {
    if !may_be_eastern(text) {
        return false;
    }
    let (mut han, mut other) = (0usize, 0usize);
    for c in text.chars() {
        if c.is_ascii() {
            other += usize::from(c.is_ascii_alphabetic());
        } else if is_sign(c) {
            // Of no script, and no letter.
        } else if is_han(c) {
            han += 1;
        } else if is_kana_or_hangul(c) {
            return false;
        } else if c.is_alphabetic() {
            other += 1;
        }
    }
    // One Chinese character says about as much as four letters.
    han > 0 && han * 4 >= other
}

/// True for the dashes, quotes and stops that stand in most Chinese titles; the tables need not be
/// asked about them.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '、' | '。' | '！'..='／' | '：'..='？')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_answers_are_those_of_the_table() {
        for c in '\0'..=char::MAX {
            let script = c.script();
            let eastern = matches!(script, Script::Hiragana | Script::Katakana | Script::Hangul);
            assert_eq!(is_han(c), script == Script::Han, "{c:?}");
            assert_eq!(is_kana_or_hangul(c), eastern, "{c:?}");
            assert!(!is_sign(c) || !(is_han(c) || eastern || c.is_alphabetic()), "{c:?}");
            assert!(may_be_eastern(&c.to_string()) || !(is_han(c) || eastern), "{c:?}");
        }
    }

    #[test]
    fn chinese_is_told_from_the_rest() {
        for (text, chinese) in [
            ("镁在成瘾中的作用——一般观点", true),
            ("CloudSim express:用于快速低代码模拟云计算环境的新框架", true),
            ("BAST:区块链辅助的车辆网络安全可追溯数据共享方案", true),
            ("Magnesium in addiction - a general view", false),
            ("On the character 道 in early Daoist texts", false),
            ("植物の葉", false),
            ("", false),
            ("123", false),
        ] {
            assert_eq!(is_chinese(text), chinese, "{text}");
        }
    }
}

//! Which script a text is written in.

use unicode_script::{Script, UnicodeScript};

/// True for a Chinese character (script Han, Unicode Standard Annex 24).
pub fn is_han(c: char) -> bool {
    // Everything below the CJK blocks is answered without a look into the table.
    c >= '\u{2E80}' && c.script() == Script::Han
}

/// True where a text holds at least one Chinese character.
pub fn has_han(text: &str) -> bool {
    text.chars().any(is_han)
}

/// True for the kana of Japanese and the hangul of Korean.
pub fn is_kana_or_hangul(c: char) -> bool {
    c >= '\u{1100}' && matches!(c.script(), Script::Hiragana | Script::Katakana | Script::Hangul)
}

/// True where a text is to be taken as Chinese: it holds Chinese characters, no kana or hangul,
/// and no more than a third as many letters of other scripts as would be needed to write it in
/// one of them. A Chinese title that begins with `CloudSim express:` is still Chinese, and an
/// English one that quotes a Chinese word is still English.
pub fn is_chinese(text: &str) -> bool {
    let (mut han, mut other) = (0usize, 0usize);
    for c in text.chars() {
        if is_han(c) {
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

#[cfg(test)]
mod tests {
    use super::*;

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

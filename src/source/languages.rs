//! The words by which files name a language.

use crate::model::Lang;

/// The language that a word names: a BCP 47 tag (`zh-CN`), a code of ISO 639 (`chi`), the name of
/// babel (`ngerman`), of the language in English, or of Chinese in Chinese. `None` where the model
/// has no such language.
pub fn language(word: &str) -> Option<Lang> {
    let word = word.trim().to_lowercase();
    let known = |lang: &Lang| {
        word == lang.code()
            || word == lang.tag().to_lowercase()
            || word == lang.english_name().to_lowercase()
            || others(*lang).contains(&word.as_str())
    };
    let tag = word.split(['-', '_']).next().unwrap_or_default();
    let by_tag =
        |lang: &Lang| tag == lang.code() || (tag.len() == 3 && others(*lang).contains(&tag));
    Lang::ALL.into_iter().find(known).or_else(|| Lang::ALL.into_iter().find(by_tag))
}

/// Further words: ISO 639-2 and -3, babel's names for the same language (babel manual, "List of
/// languages").
fn others(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Zh => &[
            "chi",
            "zho",
            "cmn",
            "pinyin",
            "chinese-simplified",
            "chinese-traditional",
            "chinese-hans",
            "chinese-hant",
            "中文",
            "汉语",
            "漢語",
            "中国語",
            "简体中文",
            "繁体中文",
        ],
        Lang::En => &[
            "eng",
            "american",
            "british",
            "usenglish",
            "ukenglish",
            "canadian",
            "australian",
            "newzealand",
            "英文",
            "英语",
        ],
        Lang::De => &["ger", "deu", "ngerman", "austrian", "naustrian", "swissgerman", "deutsch"],
        Lang::Fr => &["fre", "fra", "francais", "français", "acadian", "canadien", "frenchb"],
        Lang::Es => &["spa", "español", "castilian"],
        Lang::Pt => &["por", "brazilian", "brazil", "portuges", "português"],
        Lang::It => &["ita", "italiano"],
        Lang::Ru => &["rus", "русский"],
        Lang::Pl => &["pol", "polski"],
        Lang::Ja => &["jpn", "日本語"],
        Lang::Ko => &["kor", "한국어"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_names_its_language() {
        for lang in Lang::ALL {
            for word in [lang.code(), lang.tag(), lang.english_name()] {
                assert_eq!(language(word), Some(lang), "{word}");
            }
            for word in others(lang) {
                assert_eq!(language(word), Some(lang), "{word}");
            }
        }
        assert_eq!(language("zh-Hans-CN"), Some(Lang::Zh));
        assert_eq!(language("en_GB"), Some(Lang::En));
        for none in ["", "dutch", "nl", "english and chinese", "enx"] {
            assert_eq!(language(none), None, "{none}");
        }
    }
}

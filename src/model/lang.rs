/// The language of a work or of a title.
///
/// The titles themselves come in two languages; a work can be written in any. The rows are the
/// languages that PubMed marks most often (`[Article in German]`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese, in simplified characters unless something says otherwise.
    Zh,
    /// English.
    En,
    /// German.
    De,
    /// French.
    Fr,
    /// Spanish.
    Es,
    /// Portuguese.
    Pt,
    /// Italian.
    It,
    /// Russian.
    Ru,
    /// Polish.
    Pl,
    /// Japanese.
    Ja,
    /// Korean.
    Ko,
}

impl Lang {
    /// Every language, for tables and tests.
    pub const ALL: [Lang; 11] = [
        Lang::Zh,
        Lang::En,
        Lang::De,
        Lang::Fr,
        Lang::Es,
        Lang::Pt,
        Lang::It,
        Lang::Ru,
        Lang::Pl,
        Lang::Ja,
        Lang::Ko,
    ];

    /// The BCP 47 tag that programs look for: `en`, `zh-CN`.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            _ => self.code(),
        }
    }

    /// The language alone, in ISO 639-1: `en`, `zh`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
            Lang::De => "de",
            Lang::Fr => "fr",
            Lang::Es => "es",
            Lang::Pt => "pt",
            Lang::It => "it",
            Lang::Ru => "ru",
            Lang::Pl => "pl",
            Lang::Ja => "ja",
            Lang::Ko => "ko",
        }
    }

    /// The language's name in English, as PubMed writes it: `Chinese`.
    pub fn english_name(self) -> &'static str {
        match self {
            Lang::Zh => "Chinese",
            Lang::En => "English",
            Lang::De => "German",
            Lang::Fr => "French",
            Lang::Es => "Spanish",
            Lang::Pt => "Portuguese",
            Lang::It => "Italian",
            Lang::Ru => "Russian",
            Lang::Pl => "Polish",
            Lang::Ja => "Japanese",
            Lang::Ko => "Korean",
        }
    }
}

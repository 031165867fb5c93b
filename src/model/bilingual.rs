use super::Lang;

/// One value in Chinese and in English; either or both may be missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Bilingual<T> {
    /// The value in Chinese.
    pub zh: Option<T>,
    /// The value in English, or in another language of Latin script.
    pub en: Option<T>,
}

impl<T> Default for Bilingual<T> {
    fn default() -> Self {
        Bilingual { zh: None, en: None }
    }
}

impl<T> Bilingual<T> {
    /// The value in `lang`: Chinese for [`Lang::Zh`], the Latin one for every other language.
    pub fn get(&self, lang: Lang) -> Option<&T> {
        match lang {
            Lang::Zh => self.zh.as_ref(),
            _ => self.en.as_ref(),
        }
    }

    /// The place of the value in `lang`, to be filled.
    pub fn get_mut(&mut self, lang: Lang) -> &mut Option<T> {
        match lang {
            Lang::Zh => &mut self.zh,
            _ => &mut self.en,
        }
    }

    /// True where neither language has a value.
    pub fn is_empty(&self) -> bool {
        self.zh.is_none() && self.en.is_none()
    }
}

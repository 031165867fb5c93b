//! Which language is main and where the other one goes: decided here, once, for every format.

mod extra;
mod fields;
mod pair;

use std::sync::Arc;

pub use fields::{FIELDS, Field, field, fields_of};
pub use pair::second_key;

use crate::model::{Bilingual, Date, Entry, Kept, Kind, Lang, Name, Pages, Text};

/// Which language the main title has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Main {
    /// The language of the work, as GB/T 7714-2015 §6.1 asks.
    #[default]
    Original,
    /// Chinese, where there is a Chinese title.
    Zh,
    /// English, where there is an English title.
    En,
}

/// An entry as a template sees it: with a main language.
#[derive(Clone, Debug)]
pub struct View {
    entry: Arc<Entry>,
    main: Lang,
    /// Empty where no name has another form.
    authors_other: Arc<[Name]>,
    related: Option<String>,
    /// The key of the second entry of a pair, where it is not the usual one.
    second_key: Option<String>,
    omitted: Arc<[&'static str]>,
}

/// A value of a view, for the formats to spell.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum<'a> {
    /// There is none.
    Absent,
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(u16),
    /// Characters without marks.
    Plain(&'a str),
    /// Characters that had to be made.
    Owned(String),
    /// Characters with marks.
    Text(&'a Text),
    /// One text in both languages.
    Both(&'a Bilingual<Text>),
    /// The people, and whether there are more than are named.
    Names(&'a [Name], bool),
    /// Several strings.
    List(&'a [String]),
    /// Several strings that had to be made.
    Lines(Vec<String>),
    /// A date.
    Date(Date),
    /// Pages.
    Pages(&'a Pages),
    /// A type of work, and what its file called it.
    Kind(Kind, &'a Kept),
    /// A language.
    Lang(Lang),
    /// What a file said beyond the fields of the model.
    Kept(&'a Kept),
}

impl View {
    /// The view of an entry. `omitted` are names of [`FIELDS`] that are to be absent.
    pub fn new(entry: Arc<Entry>, main: Main, omitted: Arc<[&'static str]>) -> View {
        let main = main_lang(&entry, main);
        let authors_other = other_forms(&entry.authors);
        View { entry, main, authors_other, related: None, second_key: None, omitted }
    }

    /// The entry itself.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The value of the field `name`, or `None` where there is no such field in [`FIELDS`].
    pub fn get(&self, name: &str) -> Option<Datum<'_>> {
        field(name).map(|field| self.value(field))
    }

    /// The value of a field.
    pub fn value(&self, field: &Field) -> Datum<'_> {
        match self.omitted.contains(&field.name) {
            true => Datum::Absent,
            false => (field.value)(self),
        }
    }

    /// The title in the main slot.
    pub fn title(&self) -> Option<&Text> {
        self.main_of(&self.entry.title)
    }

    /// The other title.
    pub fn title_other(&self) -> Option<&Text> {
        self.other_of(&self.entry.title)
    }

    /// The language of the main title.
    pub fn main_lang(&self) -> Lang {
        match self.main {
            Lang::Zh => Lang::Zh,
            _ => Lang::En,
        }
    }

    fn main_of<'a>(&self, both: &'a Bilingual<Text>) -> Option<&'a Text> {
        both.get(self.main).or(both.get(other(self.main)))
    }

    /// The value in the other language, unless it stands in the main place or says the same.
    fn other_of<'a>(&self, both: &'a Bilingual<Text>) -> Option<&'a Text> {
        other_text(both, self.main)
    }

    /// What is not in the language of the work is a translation, in a work in a third language too. Where
    /// the language is not known nothing may be called an original.
    fn translation_of<'a>(&self, both: &'a Bilingual<Text>) -> Option<&'a Text> {
        self.other_of(both).filter(|_| !self.other_is_original())
    }

    /// The original where the main value is a translation. A work in a third language has its
    /// original title in neither slot.
    fn original_of<'a>(&self, both: &'a Bilingual<Text>) -> Option<&'a Text> {
        self.other_of(both).filter(|_| self.other_is_original())
    }

    fn other_is_original(&self) -> bool {
        self.entry.language == Some(other(self.main))
    }

    /// Journals and the like hold articles, books hold chapters and papers.
    fn held_by_book(&self) -> bool {
        matches!(self.entry.kind, Kind::Chapter | Kind::ConferencePaper)
    }
}

/// The language of the main title.
fn main_lang(entry: &Entry, main: Main) -> Lang {
    let wanted = match main {
        Main::Original => entry.language.unwrap_or(Lang::En),
        Main::Zh => Lang::Zh,
        Main::En => Lang::En,
    };
    let missing = entry.title.get(wanted).is_none();
    if missing { other(wanted) } else { wanted }
}

fn other_text(both: &Bilingual<Text>, main: Lang) -> Option<&Text> {
    let text = both.get(main)?;
    both.get(other(main)).filter(|other| other.plain() != text.plain())
}

fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Zh => Lang::En,
        _ => Lang::Zh,
    }
}

/// The other form of each name, the only form of those that have but one; empty where no name has
/// another form.
fn other_forms(names: &[Name]) -> Arc<[Name]> {
    if names.iter().all(|name| name.other.is_none()) {
        return Arc::default();
    }
    names.iter().map(|name| name.other.as_deref().unwrap_or(name).clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(zh: Option<&str>, en: Option<&str>, language: Option<Lang>, main: Main) -> View {
        let title = Bilingual { zh: zh.map(Text::from), en: en.map(Text::from) };
        let entry = Entry { title, language, ..Entry::default() };
        View::new(Arc::new(entry), main, Arc::from([]))
    }

    #[test]
    fn the_titles_go_where_the_language_of_the_work_says() {
        let (zh, en) = (Some("镁"), Some("Magnesium"));
        let (work_zh, work_en) = (Some(Lang::Zh), Some(Lang::En));
        // titles and language of the work, main; title, translation, original
        for (zh, en, language, main, expected) in [
            (zh, en, work_en, Main::Original, (en, zh, None)),
            (zh, en, work_en, Main::En, (en, zh, None)),
            (zh, en, work_en, Main::Zh, (zh, None, en)),
            (zh, en, work_zh, Main::Original, (zh, en, None)),
            (zh, en, work_zh, Main::En, (en, None, zh)),
            (zh, None, work_en, Main::Original, (zh, None, None)),
            (None, en, work_zh, Main::Zh, (en, None, None)),
            (zh, en, None, Main::Original, (en, zh, None)),
            (zh, en, Some(Lang::De), Main::Original, (en, zh, None)),
            (zh, en, Some(Lang::De), Main::Zh, (zh, en, None)),
            (None, None, None, Main::Original, (None, None, None)),
            (Some("DNA"), Some("DNA"), work_en, Main::Original, (Some("DNA"), None, None)),
        ] {
            let view = view(zh, en, language, main);
            let found = |name| match view.get(name).unwrap() {
                Datum::Text(text) => Some(text.plain()),
                _ => None,
            };
            let found = (found("title"), found("title_translation"), found("title_original"));
            assert_eq!(found, expected, "{zh:?} {en:?} {language:?} {main:?}");
        }
    }
}

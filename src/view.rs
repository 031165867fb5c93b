//! Which language is main and where the other one goes: decided here, once, for every format.

use std::sync::Arc;

use crate::model::{Bilingual, Date, Entry, Kind, Lang, Name, Pages, Text};

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
    authors_other: Vec<Name>,
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
    /// A date.
    Date(Date),
    /// Pages.
    Pages(&'a Pages),
    /// A type of work.
    Kind(Kind),
    /// A language.
    Lang(Lang),
}

impl View {
    /// The view of an entry. `omitted` are names of [`FIELDS`] that are to be absent.
    pub fn new(entry: Arc<Entry>, main: Main, omitted: Arc<[&'static str]>) -> View {
        let wanted = match main {
            Main::Original => entry.language.unwrap_or(Lang::En),
            Main::Zh => Lang::Zh,
            Main::En => Lang::En,
        };
        let missing = entry.title.get(wanted).is_none();
        let main = if missing { other(wanted) } else { wanted };
        let authors_other = other_forms(&entry.authors);
        View { entry, main, authors_other, omitted }
    }

    /// The entry itself.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The value of the field `name`, or `None` where there is no such field in [`FIELDS`].
    pub fn get(&self, name: &str) -> Option<Datum<'_>> {
        let row = FIELDS.binary_search_by(|field| field.name.cmp(name)).ok()?;
        if self.omitted.contains(&name) {
            return Some(Datum::Absent);
        }
        Some((FIELDS[row].value)(self))
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

    /// True where the main title is in the language of the work, so that the other title is a
    /// translation. Where the language is not known nothing may be called an original.
    fn main_is_original(&self) -> bool {
        self.entry.language.is_none_or(|original| original == self.main_lang())
    }

    fn main_of<'a>(&self, both: &'a Bilingual<Text>) -> Option<&'a Text> {
        both.get(self.main).or(both.get(other(self.main)))
    }

    /// The value in the other language, unless it stands in the main place or says the same.
    fn other_of<'a>(&self, both: &'a Bilingual<Text>) -> Option<&'a Text> {
        let main = both.get(self.main)?;
        both.get(other(self.main)).filter(|text| text.plain() != main.plain())
    }

    fn translation_of<'a>(&self, both: &'a Bilingual<Text>) -> Option<&'a Text> {
        self.other_of(both).filter(|_| self.main_is_original())
    }

    /// The original where the main value is a translation. A work in a third language has its
    /// original title in neither slot.
    fn original_of<'a>(&self, both: &'a Bilingual<Text>) -> Option<&'a Text> {
        let other_is_original = self.entry.language == Some(other(self.main));
        self.other_of(both).filter(|_| other_is_original)
    }

    /// Journals and the like hold articles, books hold chapters and papers.
    fn held_by_book(&self) -> bool {
        matches!(self.entry.kind, Kind::Chapter | Kind::ConferencePaper)
    }
}

fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Zh => Lang::En,
        _ => Lang::Zh,
    }
}

/// The other form of each name, the only form of those that have but one; empty where no name has
/// another form.
fn other_forms(names: &[Name]) -> Vec<Name> {
    if names.iter().all(|name| name.other.is_none()) {
        return Vec::new();
    }
    names.iter().map(|name| name.other.as_deref().unwrap_or(name).clone()).collect()
}

/// A field of a view: what a template asks for as `entry.NAME`.
pub struct Field {
    /// The name.
    pub name: &'static str,
    /// What it is, for the user.
    pub meaning: &'static str,
    value: for<'a> fn(&'a View) -> Datum<'a>,
}

/// The fields that are left out where the user leaves out `name`: the field itself and those that
/// say the same in another form. Empty where there is no such field, or it cannot be left out.
pub fn fields_of(name: &str) -> Vec<&'static str> {
    let more: &[&str] = match name {
        "title" => &["titles"],
        "title_translation" | "title_original" => &["title_other", "titles"],
        "container_title_other" => &["container_titles"],
        "abstract_other" => &["abstracts"],
        "abstract" => &["abstract_other", "abstracts"],
        "authors" => &["authors_other", "more_authors"],
        "title_other" => &["title_translation", "title_original", "titles"],
        "container_title" => {
            &["journal_title", "book_title", "container_title_other", "container_titles"]
        }
        "pages" => &["first_page", "last_page", "article_number"],
        // No format has entries without a key and a type, and the words for a language belong to
        // the title that they describe.
        "key" | "kind" | "title_language" | "title_other_language" => return Vec::new(),
        _ => &[],
    };
    let wanted = |f: &&Field| f.name == name || (more.contains(&f.name));
    let exists = FIELDS.iter().any(|f| f.name == name);
    FIELDS.iter().filter(wanted).filter(|_| exists).map(|f| f.name).collect()
}

macro_rules! fields {
    ($($name:literal, $meaning:literal, $value:expr;)+) => {
        &[$(Field { name: $name, meaning: $meaning, value: $value },)+]
    };
}

/// Every field of a view, in the order of the alphabet.
pub const FIELDS: &[Field] = fields! {
    "abstract", "abstract in the main language, else in the other", |v| text(v.main_of(&v.entry.abstract_text));
    "abstract_other", "abstract in the other language", |v| text(v.other_of(&v.entry.abstract_text));
    "abstracts", "both abstracts: .zh and .en", |v| Datum::Both(&v.entry.abstract_text);
    "article_number", "number of an article without pages", |v| plain(&v.entry.article_number);
    "arxiv", "arXiv number of a preprint", |v| plain(&v.entry.arxiv);
    "authors", "the authors, in order", |v| Datum::Names(&v.entry.authors, v.entry.more_authors);
    "authors_other", "the authors in their other form, such as pinyin", |v| match v.authors_other.is_empty() {
        true => Datum::Absent,
        false => Datum::Names(&v.authors_other, v.entry.more_authors),
    };
    "book_title", "the book or proceedings that holds a chapter or paper", |v| match v.held_by_book() {
        true => text(v.main_of(&v.entry.container_title)),
        false => Datum::Absent,
    };
    "citations", "how often the work was cited, as the source says", |v| plain(&v.entry.metrics.citations);
    "container_title", "journal, book or proceedings, in the main language", |v| text(v.main_of(&v.entry.container_title));
    "container_title_other", "its name in the other language", |v| text(v.other_of(&v.entry.container_title));
    "container_titles", "both names: .zh and .en", |v| Datum::Both(&v.entry.container_title);
    "date", "date of publication: .year .month .day", |v| date(v.entry.date);
    "doi", "DOI, bare", |v| plain(&v.entry.doi);
    "epub_date", "date of publication online", |v| date(v.entry.epub_date);
    "first_page", "first page", |v| page(v, |p| match p.last {
        Some(_) => Some(p.first.clone()),
        None => Some(p.join("-")),
    });
    "impact_factor", "the journal's impact factor", |v| plain(&v.entry.metrics.impact_factor);
    "issue", "issue", |v| plain(&v.entry.issue);
    "jcr", "the journal's quartile in the Journal Citation Reports", |v| plain(&v.entry.metrics.jcr);
    "jcr_category", "the category of that quartile", |v| plain(&v.entry.metrics.jcr_category);
    "journal_title", "the journal, for what is not held by a book", |v| match v.held_by_book() {
        true => Datum::Absent,
        false => text(v.main_of(&v.entry.container_title)),
    };
    "key", "citation key", |v| Datum::Plain(&v.entry.key);
    "keywords", "keywords", |v| match v.entry.keywords.is_empty() {
        true => Datum::Absent,
        false => Datum::List(&v.entry.keywords),
    };
    "kind", "type of work, as the format calls it", |v| Datum::Kind(v.entry.kind);
    "kind_name", "type of work, as this program calls it", |v| Datum::Plain(v.entry.kind.word());
    "language", "language of the work", |v| v.entry.language.map_or(Datum::Absent, Datum::Lang);
    "last_page", "last page, and the pages that follow apart", |v| page(v, |p| {
        let Pages { last, more, .. } = p;
        last.as_ref().map(|last| more.as_ref().map_or(last.clone(), |more| format!("{last}, {more}")))
    });
    "more_authors", "true where the list of authors ends in et al.", |v| Datum::Bool(v.entry.more_authors);
    "pages", "pages: first and last joined by a hyphen", |v| v.entry.pages.as_ref().map_or(Datum::Absent, Datum::Pages);
    "pmcid", "number in PubMed Central", |v| plain(&v.entry.pmcid);
    "source_id", "the source's own number of the work", |v| plain(&v.entry.source_id);
    "title", "title in the main language", |v| text(v.title());
    "title_language", "language of the main title", |v| Datum::Lang(v.main_lang());
    "title_original", "original title, where the main one is its translation", |v| text(v.original_of(&v.entry.title));
    "title_other", "title in the other language", |v| text(v.title_other());
    "title_other_language", "language of the other title", |v| Datum::Lang(other(v.main));
    "title_translation", "translated title, where the main one is the original", |v| text(v.translation_of(&v.entry.title));
    "titles", "both titles: .zh and .en", |v| Datum::Both(&v.entry.title);
    "url", "address of the work other than its DOI", |v| plain(&v.entry.url);
    "volume", "volume", |v| plain(&v.entry.volume);
    "zone", "zone (分区) of the Chinese Academy of Sciences", |v| plain(&v.entry.metrics.zone);
    "zone_category", "the category of that zone", |v| plain(&v.entry.metrics.zone_category);
};

fn plain(value: &Option<String>) -> Datum<'_> {
    value.as_deref().map_or(Datum::Absent, Datum::Plain)
}

fn text(value: Option<&Text>) -> Datum<'_> {
    value.map_or(Datum::Absent, Datum::Text)
}

fn date<'a>(value: Option<Date>) -> Datum<'a> {
    value.map_or(Datum::Absent, Datum::Date)
}

fn page<'a>(view: &'a View, part: impl Fn(&Pages) -> Option<String>) -> Datum<'a> {
    view.entry.pages.as_ref().and_then(part).map_or(Datum::Absent, Datum::Owned)
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
    fn fields_are_sorted_so_that_they_can_be_found() {
        assert!(FIELDS.is_sorted_by(|a, b| a.name < b.name));
    }

    #[test]
    fn what_is_left_out_goes_in_every_form() {
        let needed = ["key", "kind", "title_language", "title_other_language"];
        for field in FIELDS {
            let fields = fields_of(field.name);
            assert_eq!(
                fields.contains(&field.name),
                !needed.contains(&field.name),
                "{}",
                field.name
            );
            assert_eq!(fields.is_empty(), needed.contains(&field.name), "{}", field.name);
        }
        let abstracts = FIELDS.iter().map(|f| f.name).filter(|n| n.starts_with("abstract"));
        assert_eq!(fields_of("abstract"), abstracts.collect::<Vec<_>>());
        assert_eq!(fields_of("pages").len(), 4);
        assert_eq!(fields_of("container_title").len(), 5);
        assert_eq!(fields_of("title_other").len(), 4);
        assert_eq!(fields_of("key").len() + fields_of("pagse").len(), 0);
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
            (zh, en, Some(Lang::De), Main::Original, (en, None, None)),
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

//! The fields of a view: what templates ask for as `entry.NAME`, what `--omit` leaves out.

use super::{Datum, View, other};
use crate::by_name::ByName;
use crate::model::{Date, Kind, Pages, Text};

/// A field of a view: what a template asks for as `entry.NAME`.
pub struct Field {
    /// The name.
    pub name: &'static str,
    /// What it is, for the user.
    pub meaning: &'static str,
    pub(super) value: for<'a> fn(&'a View) -> Datum<'a>,
}

/// The fields that are left out where the user leaves out `name`: the field itself and those that
/// say the same in another form. Empty where there is no such field, or it cannot be left out.
pub fn fields_of(name: &str) -> Vec<&'static str> {
    let more: &[&str] = match name {
        "title" => &["titles"],
        "title_translation" | "title_original" => &["title_other", "titles", "extra_lines"],
        "container_title_other" => &["container_titles", "extra_lines"],
        "abstract_other" => &["abstracts", "extra_lines"],
        "authors" => &["authors_other", "more_authors", "extra_lines"],
        "authors_other" => &["extra_lines"],
        "abstract" => &["abstract_other", "abstracts"],
        "title_other" => &["title_translation", "title_original", "titles", "extra_lines"],
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
    "container_kind", "what holds the work: periodical, proceedings, anthology, repository", |v| Datum::Plain(match v.entry.kind {
        Kind::Article | Kind::Review | Kind::Editorial | Kind::Letter | Kind::Other => "periodical",
        Kind::ConferencePaper => "proceedings",
        Kind::Book | Kind::Chapter | Kind::Thesis => "anthology",
        Kind::Preprint | Kind::Dataset => "repository",
    });
    "container_title", "journal, book or proceedings, in the main language", |v| text(v.main_of(&v.entry.container_title));
    "container_title_other", "its name in the other language", |v| text(v.other_of(&v.entry.container_title));
    "container_titles", "both names: .zh and .en", |v| Datum::Both(&v.entry.container_title);
    "date", "date of publication: .year .month .day", |v| date(v.entry.date);
    "doi", "DOI, bare", |v| plain(&v.entry.doi);
    "epub_date", "date of publication online", |v| date(v.entry.epub_date);
    "extra_lines", "what Zotero's Extra takes, the other language and et al., a line each", |v| match v.extra_lines() {
        lines if lines.is_empty() => Datum::Absent,
        lines => Datum::Lines(lines),
    };
    "first_page", "first page", |v| page(v, |p| Some(p.start()));
    "impact_factor", "the journal's impact factor", |v| plain(&v.entry.metrics.impact_factor);
    "issue", "issue", |v| plain(&v.entry.issue);
    "jcr", "the journal's quartile in the Journal Citation Reports", |v| plain(&v.entry.metrics.jcr);
    "jcr_category", "the category of that quartile", |v| plain(&v.entry.metrics.jcr_category);
    "journal_title", "the journal, for what is not held by a book", |v| match v.held_by_book() {
        true => Datum::Absent,
        false => text(v.main_of(&v.entry.container_title)),
    };
    "kept", "what the file had beyond these fields, for the filter `kept`", |v| match v.entry.kept.fields.is_empty() {
        true => Datum::Absent,
        false => Datum::Kept(&v.entry.kept),
    };
    "key", "citation key", |v| Datum::Plain(&v.entry.key);
    "keywords", "keywords", |v| match v.entry.keywords.is_empty() {
        true => Datum::Absent,
        false => Datum::List(&v.entry.keywords),
    };
    "kind", "type of work, as the format calls it", |v| Datum::Kind(v.entry.kind, &v.entry.kept);
    "kind_name", "type of work, as this program calls it", |v| Datum::Plain(v.entry.kind.word());
    "language", "language of the work", |v| v.entry.language.map_or(Datum::Absent, Datum::Lang);
    "last_page", "last page, and the pages that follow apart", |v| page(v, Pages::end);
    "more_authors", "true where the list of authors ends in et al.", |v| Datum::Bool(v.entry.more_authors);
    "pages", "pages: first and last joined by a hyphen", |v| v.entry.pages.as_ref().map_or(Datum::Absent, Datum::Pages);
    "pmcid", "number in PubMed Central", |v| plain(&v.entry.pmcid);
    "related", "key of the entry in the other language, in a pair", |v| plain(&v.related);
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

/// The field of that name, or `None` where there is none.
pub fn field(name: &str) -> Option<&'static Field> {
    static ROWS: ByName<256> = ByName::of(&NAMES);
    ROWS.row(name, |row| FIELDS[row].name == name).map(|row| &FIELDS[row])
}

const NAMES: [&str; FIELDS.len()] = {
    let mut names = [""; FIELDS.len()];
    let mut row = 0;
    while row < names.len() {
        names[row] = FIELDS[row].name;
        row += 1;
    }
    names
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

    #[test]
    fn fields_are_sorted_so_that_they_can_be_found() {
        assert!(FIELDS.is_sorted_by(|a, b| a.name < b.name));
    }

    #[test]
    fn every_field_is_found_by_its_name_and_nothing_else_is() {
        for known in FIELDS {
            assert_eq!(field(known.name).map(|f| f.name), Some(known.name));
            for wrong in [known.name.to_uppercase(), format!("{}s_", known.name)] {
                assert!(field(&wrong).is_none(), "{wrong}");
            }
        }
        assert!(["", "t", "titel", "e"].iter().all(|wrong| field(wrong).is_none()));
    }

    #[test]
    fn what_is_left_out_goes_in_every_form() {
        let needed = ["key", "kind", "title_language", "title_other_language"];
        for field in FIELDS {
            let fields = fields_of(field.name);
            let name = field.name;
            assert_eq!(fields.contains(&name), !needed.contains(&name), "{name}");
            assert_eq!(fields.is_empty(), needed.contains(&name), "{name}");
        }
        let abstracts = FIELDS.iter().map(|f| f.name).filter(|n| n.starts_with("abstract"));
        assert_eq!(fields_of("abstract"), abstracts.collect::<Vec<_>>());
        assert_eq!(fields_of("pages").len(), 4);
        assert_eq!(fields_of("container_title").len(), 5);
        assert_eq!(fields_of("title_other").len(), 5);
        assert_eq!(fields_of("key").len() + fields_of("pagse").len(), 0);
    }
}

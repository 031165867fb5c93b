//! Where each value of an entry came from.

use std::sync::Arc;

use crate::diagnostic::Place;
use crate::export::Ready;
use crate::model::{Bilingual, Text};
use crate::source::Layer;
use crate::view::{Datum, FIELDS, Main, View};

/// One value of an entry and its origins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The field, as templates name it.
    pub field: &'static str,
    /// The value as it goes out.
    pub value: String,
    /// The places in the input that hold it; empty where it was made by this program.
    pub origins: Vec<Origin>,
}

/// A place in the input that holds a value, and what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The record.
    pub place: Place,
    /// The member of the record: `resultStr.title`; `page` for the loose text before it.
    pub member: String,
    /// What stands there.
    pub raw: String,
}

/// The members of a record that each field is read from, of every source; what ends in `_` has a
/// language behind it. A field that is not listed is made by this program from others.
#[rustfmt::skip]
const MEMBERS: &[(&[&str], &[&str])] = &[
    (&["title", "title_translation", "title_original"], &[
        "title", "TitleCN", "subtitle", "titletranslation", "title_translation_", "origtitle",
        "original-title", "englishtitle", "transtitle", "translatedtitle", "TI", "T1", "CT", "TT",
        "OP", "%T", "%Q",
    ]),
    (&["authors", "more_authors"], &[
        "authors", "author", "authortranslation", "author_transliteration_", "author_translation_",
        "AU", "A1", "TA", "%A", "%H",
    ]),
    (&["container_title", "container_title_other"], &[
        "journal", "journal.name", "PeriodicalName", "journaltitle", "journalsubtitle", "booktitle",
        "booksubtitle", "journaltranslation", "journaltitle_translation_", "journal_translation_",
        "booktitle_translation_", "container-title", "BT", "JF", "T2", "JO", "%J", "%B",
    ]),
    (&["date"], &["publicationDate", "date", "year", "month", "day", "issued", "DA", "Y1", "PY", "%8", "%D"]),
    (&["epub_date"], &["EPubDate"]),
    (&["volume"], &["journal.volume", "volume", "VL", "%V"]),
    (&["issue"], &["journal.volume", "journal.issue", "number", "issue", "IS", "%N"]),
    (&["arxiv"], &["journal.volume", "journal.issue", "eprint", "number", "AN", "%M"]),
    (&["pages"], &["journal.pages", "pages", "page", "SP", "EP", "%P"]),
    (&["article_number"], &["journal.pages", "pages", "page", "eid", "number", "SP", "C7", "%P", "%]"]),
    (&["doi"], &["doi", "DOIUrl", "ListUrlMain", "url", "DOI", "URL", "DO", "M3", "UR", "%R", "%U"]),
    (&["url"], &["url", "DOIUrl", "ListUrlMain", "openAccessPdf", "URL", "UR", "%U"]),
    (&["kind_name"], &["publicationTypes", "type", "TY", "%0"]),
    (&["abstract", "abstract_other"], &[
        "abstract", "AbstractTextCN", "abstracttranslation", "abstract_translation_", "AB", "N2", "%X",
    ]),
    (&["keywords"], &["fieldsOfStudy", "keywords", "keyword", "KW", "%K"]),
    (&["pmcid"], &["PMCID", "pmcid", "C2", "%2"]),
    (&["source_id"], &["paperid"]),
    (&["impact_factor"], &["PeriodicalIF"]),
    (&["jcr"], &["JCR"]),
    (&["jcr_category"], &["JCRName"]),
    (&["zone"], &["RegionNum"]),
    (&["zone_category"], &["RegionCategory"]),
    (&["citations"], &["citationCount"]),
    (&["key"], &["id", "ID", "%F"]),
    (&["language"], &["language", "langid", "LA", "%G"]),
];

/// Members that can hold a title, a name or an abstract among others.
const NOTES: &[&str] = &["note", "custom", "multi", "N1", "M2", "%Z"];

fn is_of(name: &str, members: &[&str]) -> bool {
    members.iter().any(|m| name == *m || m.ends_with('_') && name.starts_with(m))
}

/// Explains every value of an entry. `layers` are those of the input; the entry's own are picked
/// by their places.
pub fn explain(ready: &Ready, layers: &[Layer]) -> Vec<Explained> {
    let own = |layer: &&Layer| layer.place == ready.place || ready.others.contains(&layer.place);
    let layers: Vec<&Layer> = layers.iter().filter(own).collect();
    let mut explained = Vec::new();
    for (fields, members) in MEMBERS {
        for field in FIELDS.iter().filter(|f| fields.contains(&f.name)) {
            let Some(datum) = ready.view.get(field.name) else { continue };
            if matches!(datum, Datum::Absent | Datum::Bool(false) | Datum::Names([], false)) {
                continue;
            }
            let origins = layers.iter().flat_map(|l| origins(l, field.name, &datum, members));
            let origins = origins.collect();
            explained.push(Explained { field: field.name, value: shown(&datum), origins });
        }
    }
    explained
}

/// The members of a layer that hold a value.
fn origins(layer: &Layer, field: &str, datum: &Datum<'_>, members: &[&str]) -> Vec<Origin> {
    if !holds(layer, field, datum) {
        return Vec::new();
    }
    let of = |(name, raw): &(String, String)| Origin {
        place: layer.place.clone(),
        member: format!("{}{name}", layer.path),
        raw: raw.clone(),
    };
    let noted = |raw: &str| matches!(datum, Datum::Text(text) if raw.contains(text.plain()));
    let wanted = |(name, raw): &&(String, String)| {
        is_of(name, members) || NOTES.contains(&name.as_str()) && noted(raw)
    };
    layer.members.iter().filter(wanted).map(of).collect()
}

/// True where the layer alone gives the value.
fn holds(layer: &Layer, field: &str, datum: &Datum<'_>) -> bool {
    let entry = &layer.entry;
    let in_either = |both: &Bilingual<Text>, text: &Text| {
        both.zh.as_ref() == Some(text) || both.en.as_ref() == Some(text)
    };
    match datum {
        Datum::Text(text) => match field.split('_').next() {
            Some("title") => in_either(&entry.title, text),
            Some("container") => in_either(&entry.container_title, text),
            _ => in_either(&entry.abstract_text, text),
        },
        // Names of two layers can be joined into one: given names here, initials there.
        Datum::Names(names, _) => entry.authors.len() == names.len(),
        _ => {
            let view = View::new(Arc::new(entry.clone()), Main::Original, Arc::from([]));
            view.get(field).as_ref() == Some(datum)
        }
    }
}

/// A value as one reads it.
fn shown(datum: &Datum<'_>) -> String {
    match datum {
        Datum::Absent => String::new(),
        Datum::Bool(truth) => truth.to_string(),
        Datum::Number(number) => number.to_string(),
        Datum::Plain(text) => (*text).to_owned(),
        Datum::Owned(text) => text.clone(),
        Datum::Text(text) => text.plain().to_owned(),
        Datum::Both(both) => {
            let texts = [&both.zh, &both.en].into_iter().flatten();
            texts.map(Text::plain).collect::<Vec<_>>().join(" / ")
        }
        Datum::Names(names, more) => {
            let mut names: Vec<String> = names.iter().map(|name| name.display()).collect();
            if *more {
                names.push("et al.".to_owned());
            }
            names.join("; ")
        }
        Datum::List(items) => items.join(", "),
        Datum::Lines(lines) => lines.join(" / "),
        Datum::Date(date) => date.join('-'),
        Datum::Pages(pages) => pages.join("-"),
        Datum::Kind(kind, _) => kind.word().to_owned(),
        Datum::Lang(lang) => lang.tag().to_owned(),
        Datum::Kept(kept) => {
            let fields = kept.fields.iter().map(|(name, value)| format!("{name}: {value}"));
            fields.collect::<Vec<_>>().join("; ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_table_exists_and_stands_in_one_row() {
        let mut all: Vec<&str> =
            MEMBERS.iter().flat_map(|(fields, _)| fields.iter().copied()).collect();
        assert!(all.iter().all(|name| FIELDS.iter().any(|f| f.name == *name)), "{all:?}");
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}

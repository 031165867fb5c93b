//! An entry that has everything, to try templates on before any record is read.

use std::sync::Arc;

use crate::model::{Bilingual, Date, Entry, Kept, Kind, Lang, Metrics, Name, Pages, Script, Text};
use crate::view::{Main, View};

/// More authors than any template names one by one.
const AUTHORS: usize = 50;

/// A view in which every field has a value that an entry can have at once.
pub fn specimen() -> View {
    let some = |text: &str| Some(text.to_owned());
    let both = || Bilingual { zh: Some(Text::from("中文")), en: Some(Text::from("English")) };
    let entry = Entry {
        key: "specimen".into(),
        kind: Kind::Article,
        language: Some(Lang::En),
        title: both(),
        container_title: both(),
        abstract_text: both(),
        authors: vec![author(); AUTHORS],
        more_authors: true,
        date: Date::new(2018, Some(8), Some(1)),
        epub_date: Date::new(2018, Some(7), Some(1)),
        volume: some("31"),
        issue: some("3"),
        pages: Some(Pages { first: "90".into(), last: some("98"), more: some("100") }),
        article_number: some("104324"),
        doi: some("10.1000/182"),
        url: some("https://example.org/"),
        pmcid: some("PMC1"),
        arxiv: some("1706.03762"),
        keywords: vec!["keyword".into(); AUTHORS],
        source_id: some("1"),
        metrics: Metrics {
            impact_factor: some("1.5"),
            jcr: some("Q1"),
            jcr_category: some("CATEGORY"),
            zone: some("1"),
            zone_category: some("医学"),
            citations: some("6"),
        },
        kept: Kept { fields: vec![("note".into(), "kept".into())], ..Kept::default() },
    };
    View::new(Arc::new(entry), Main::Original, Arc::from([]))
}

/// A person with every part of a name and a form in the other script.
fn author() -> Name {
    let han = Name { script: Script::Han, given: Some("三".into()), ..Name::whole("张") };
    Name {
        script: Script::Latin,
        family: "Zhang".into(),
        given: Some("San".into()),
        prefix: Some("van".into()),
        suffix: Some("Jr.".into()),
        other: Some(Box::new(han)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Datum, FIELDS};

    #[test]
    fn every_field_that_can_stand_beside_the_others_has_a_value() {
        let view = specimen();
        let absent: Vec<&str> = FIELDS
            .iter()
            .map(|field| field.name)
            .filter(|name| view.get(name) == Some(Datum::Absent))
            .collect();
        // An article stands in a journal, and its main title is the original.
        assert_eq!(absent, ["book_title", "related", "title_original"]);
    }
}

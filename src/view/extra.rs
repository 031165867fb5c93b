//! The lines of Zotero's Extra field that carry the other language.

use super::View;
use crate::model::{Lang, Name, Script};

impl View {
    /// What goes into Extra, a line each, the free text last: citeproc-js stops at the first line that
    /// it does not know. That the list of authors is not complete has no other place in Zotero.
    ///
    /// For a work in Chinese whose authors, title and journal are all known in English too, the
    /// convention of the zotero-chinese styles: `original-author: Family || Given` for each person,
    /// `original-title`, `original-container-title`; those styles print the second line of GB/T 7714
    /// from them. With one of the three missing they would print half a reference, so it is all
    /// three or none. Otherwise `titleTranslation`, which Translate for Zotero shows; and where the
    /// main title is a translation, `original-title` by its own meaning.
    pub fn extra_lines(&self) -> Vec<String> {
        let mut lines = self.lines_of_other_language();
        if matches!(self.get("more_authors"), Some(super::Datum::Bool(true))) {
            lines.push("The list of authors is not complete (et al.)".to_owned());
        }
        lines
    }

    fn lines_of_other_language(&self) -> Vec<String> {
        let plain = |name: &str| match self.get(name) {
            Some(super::Datum::Text(text)) => Some(text.plain().to_owned()),
            _ => None,
        };
        if let Some(original) = plain("title_original") {
            return vec![line("original-title", &original)];
        }
        let summary = plain("abstract_other").map(|text| line("abstractTranslation", &text));
        let Some(translation) = plain("title_translation") else {
            return summary.into_iter().collect();
        };
        let journal = plain("container_title_other");
        let chinese = self.entry().language == Some(Lang::Zh);
        match journal.filter(|_| chinese && !self.authors_other.is_empty()) {
            Some(journal) => {
                let authors =
                    self.authors_other.iter().map(|n| line("original-author", &parted(n)));
                let mut lines: Vec<String> = authors.collect();
                lines.push(line("original-title", &translation));
                lines.push(line("original-container-title", &journal));
                lines.extend(summary);
                lines
            }
            None => summary.into_iter().chain([line("titleTranslation", &translation)]).collect(),
        }
    }
}

/// A line `key: value`. A brace in the value would make citeproc-js take the line for free text
/// (its `load.js`), so braces become parentheses.
fn line(key: &str, value: &str) -> String {
    format!("{key}: {}", value.replace('{', "(").replace('}', ")"))
}

/// `Family || Given`.
fn parted(name: &Name) -> String {
    match (&name.given, name.script) {
        (Some(given), Script::Latin) => format!("{} || {given}", name.full_family()),
        _ => name.display(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Bilingual, Entry, Text};
    use crate::view::Main;

    fn lines(entry: Entry, main: Main) -> Vec<String> {
        View::new(Arc::new(entry), main, Arc::from([])).extra_lines()
    }

    fn chinese_work() -> Entry {
        let pinyin =
            Name { family: "Zhang".into(), given: Some("Minli".into()), ..Name::default() };
        let both =
            |zh: &str, en: &str| Bilingual { zh: Some(Text::from(zh)), en: Some(Text::from(en)) };
        Entry {
            language: Some(Lang::Zh),
            title: both("喷管}的设计", "Design of a {nozzle}"),
            container_title: both("空气动力学学报", "Acta Aerodynamica Sinica"),
            authors: vec![Name {
                script: Script::Han,
                given: Some("敏莉".into()),
                other: Some(Box::new(pinyin)),
                ..Name::whole("张")
            }],
            ..Entry::default()
        }
    }

    #[test]
    fn a_chinese_work_gives_all_three_or_the_title_alone() {
        let expected = [
            "original-author: Zhang || Minli",
            "original-title: Design of a (nozzle)",
            "original-container-title: Acta Aerodynamica Sinica",
        ];
        assert_eq!(lines(chinese_work(), Main::Original), expected);
        let alone = ["titleTranslation: Design of a (nozzle)"];
        let mut entry = chinese_work();
        entry.container_title.en = None;
        assert_eq!(lines(entry, Main::Original), alone);
        let mut entry = chinese_work();
        entry.authors[0].other = None;
        assert_eq!(lines(entry, Main::Original), alone);
    }

    #[test]
    fn a_list_of_authors_that_is_not_complete_is_told_last() {
        let told = "The list of authors is not complete (et al.)";
        let mut entry = Entry { more_authors: true, ..chinese_work() };
        assert_eq!(lines(entry.clone(), Main::Original).pop().unwrap(), told);
        assert_eq!(lines(entry.clone(), Main::En).len(), 2);
        entry.title.en = None;
        assert_eq!(lines(entry, Main::Original), [told]);
    }

    #[test]
    fn a_second_abstract_stands_where_it_ends_no_reading() {
        let mut entry = chinese_work();
        let both = Bilingual { zh: Some("摘要".into()), en: Some(Text::from("Abstract")) };
        entry.abstract_text = both;
        let last = |entry| lines(entry, Main::Original).pop().unwrap();
        assert_eq!(last(entry.clone()), "abstractTranslation: Abstract");
        entry.language = Some(Lang::En);
        assert_eq!(last(entry), "titleTranslation: 喷管)的设计");
    }

    #[test]
    fn an_english_work_gives_its_translation_and_a_translated_main_title_the_original() {
        let mut entry = chinese_work();
        entry.language = Some(Lang::En);
        assert_eq!(lines(entry, Main::Original), ["titleTranslation: 喷管)的设计"]);
        assert_eq!(lines(chinese_work(), Main::En), ["original-title: 喷管)的设计"]);
    }
}

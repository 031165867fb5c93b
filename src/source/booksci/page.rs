//! What the loose text of a page adds to a record.

use super::Reader;
use super::language::lang_of;
use crate::diagnostic::{Code, Finding};
use crate::model::Entry;
use crate::text::{loose, markup, title};

impl Reader<'_, '_> {
    /// Fills from the loose text before the record what the record lacks.
    pub fn fill_from_page(&mut self, text: &str, entry: &mut Entry) {
        if text.trim().is_empty() {
            return;
        }
        let loose = loose::read(text);
        let english = entry.title.en.as_ref().map(|t| t.plain().to_owned());
        if let Some(english) = english.filter(|_| entry.title.zh.is_none())
            && let Some(raw) = loose::chinese_title(text, &english)
        {
            let title = title::clean_title(raw);
            self.sink.add(
                "title",
                Finding::new(Code::FromPage, title.text.plain(), "taken as the Chinese title"),
            );
            entry.title.zh = Some(title.text).filter(|t| !t.is_empty());
        }
        if entry.doi.is_none()
            && let Some(found) = &loose.doi
        {
            self.sink.add("doi", Finding::new(Code::FromPage, found.clone(), "taken as the DOI"));
            entry.doi = Some(found.clone());
        }
        if entry.date.is_none()
            && let Some(found) = loose.date
        {
            self.sink.add(
                "publicationDate",
                Finding::new(Code::FromPage, found.join('-'), "taken as the date"),
            );
            entry.date = Some(found);
        }
        if entry.epub_date.is_none() {
            entry.epub_date = loose.epub_date;
        }
        if entry.container_title.is_empty()
            && let Some(found) = &loose.journal
        {
            let text = markup::to_text(found).text;
            self.sink.add(
                "journal.name",
                Finding::new(Code::FromPage, text.plain(), "taken as the journal"),
            );
            let lang = lang_of(text.plain());
            *entry.container_title.get_mut(lang) = Some(text).filter(|t| !t.is_empty());
        }
    }
}

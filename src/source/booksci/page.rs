//! What the loose text of a page adds to a record.

use super::Reader;
use super::language::lang_of;
use crate::diagnostic::{Code, Finding};
use crate::model::Entry;
use crate::source::Layer;
use crate::text::{loose, markup, title};

impl Reader<'_, '_> {
    /// Fills from the loose text before the record what the record lacks, and tells it.
    pub fn fill_from_page(&mut self, text: &str, entry: &mut Entry) {
        if text.trim().is_empty() {
            return;
        }
        let mut page = Entry::default();
        let mut members = Vec::new();
        let loose = loose::read(text);
        if entry.title.zh.is_none()
            && let Some(english) = &entry.title.en
            && let Some(raw) = loose::chinese_title(text, english.plain())
        {
            page.title.zh = Some(title::clean_title(raw).text).filter(|t| !t.is_empty());
            members.push(("title", raw.to_owned(), "taken as the Chinese title"));
        }
        if let Some(doi) = loose.doi.filter(|_| entry.doi.is_none()) {
            members.push(("doi", doi.clone(), "taken as the DOI"));
            page.doi = Some(doi);
        }
        if let Some(date) = loose.date.filter(|_| entry.date.is_none()) {
            members.push(("publicationDate", date.join('-'), "taken as the date"));
            page.date = Some(date);
        }
        if let Some(date) = loose.epub_date.filter(|_| entry.epub_date.is_none()) {
            members.push(("EPubDate", date.join('-'), "taken as the date online"));
            page.epub_date = Some(date);
        }
        if let Some(name) = loose.journal.filter(|_| entry.container_title.is_empty()) {
            let text = markup::to_text(&name).text;
            let lang = lang_of(text.plain());
            *page.container_title.get_mut(lang) = Some(text).filter(|t| !t.is_empty());
            members.push(("journal.name", name, "taken as the journal"));
        }
        for (field, raw, done) in &members {
            self.sink.add(field, Finding::new(Code::FromPage, raw.clone(), *done));
        }
        if let Some(layers) = &mut self.layers {
            let members =
                members.into_iter().map(|(name, raw, _)| (name.to_owned(), raw)).collect();
            let (place, path) = (self.sink.place.clone(), "page: ".to_owned());
            layers.push(Layer { place, path, members, entry: page.clone() });
        }
        entry.title.zh = entry.title.zh.take().or(page.title.zh);
        entry.doi = entry.doi.take().or(page.doi);
        entry.date = entry.date.or(page.date);
        entry.epub_date = entry.epub_date.or(page.epub_date);
        if entry.container_title.is_empty() {
            entry.container_title = page.container_title;
        }
    }
}

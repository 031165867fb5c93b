//! The fields of a record, each cleaned.

use super::language::lang_of;
use super::{Reader, Record};
use crate::diagnostic::{Code, Finding};
use crate::distinct::distinct;
use crate::model::{Date, Entry, Kind, Metrics, Text};
use crate::source::json::Json;
use crate::source::work::{clean, words};
use crate::text::{date, kind, locator, markup, names, title};

impl Reader<'_, '_> {
    /// The text of a value that should be a string.
    pub fn raw<'j>(&mut self, field: &str, value: &'j Json<'_>) -> Option<&'j str> {
        match value {
            Json::Number(digits) | Json::Rounded(digits) => {
                let done = "read as text";
                self.sink.add(
                    field,
                    Finding::new(
                        Code::ValueType,
                        format!("the number {digits}, not a string"),
                        done,
                    ),
                );
                Some(digits)
            }
            _ => self.raw_or_number(field, value),
        }
    }

    /// The text of a value that may be a string or a number.
    pub fn raw_or_number<'j>(&mut self, field: &str, value: &'j Json<'_>) -> Option<&'j str> {
        if value.is_empty() {
            return None;
        }
        if value.text().is_none() {
            self.lost(field, value);
        }
        value.text()
    }

    fn lost(&mut self, field: &str, value: &Json<'_>) {
        let found = format!("{}, not a string", value.type_name());
        self.sink.add(field, Finding::new(Code::ValueLost, found, "left out"));
    }

    /// The texts in a list, each a string or the member `name` of an object.
    fn texts<'j>(&mut self, field: &str, items: &'j [Json<'_>], name: &str) -> Vec<&'j str> {
        let mut texts = Vec::new();
        for item in items {
            match item.text().or(item.member(name).text()) {
                Some(text) => texts.push(text),
                None if item.is_empty() => {}
                None => self.lost(field, item),
            }
        }
        texts
    }

    /// Tells what no field takes: members that are not known, and values that stand twice.
    pub fn left_out(&mut self, record: &Record<'_>) {
        // A fraction of so many digits is as a program has printed it.
        for (name, digits) in record.rounded.iter().filter(|(_, digits)| is_integer(digits)) {
            let done =
                "rounded: the number has more digits than are read; put it into quotation marks";
            self.sink.add(name, Finding::new(Code::ValueLost, digits, done));
        }
        const JOURNAL: [&str; 4] = ["name", "volume", "issue", "pages"];
        let mut tell = |field: &str, value: &Json<'_>, code, done: &str| {
            let found = value.text().unwrap_or(value.type_name());
            self.sink.add(field, Finding::new(code, found, done));
        };
        let twice = "left out: the member stands twice, and the last value was taken";
        let unknown = "left out: no field is known for it";
        for (name, value) in &record.unknown {
            tell(name, value, Code::MemberUnknown, unknown);
        }
        for (name, value) in &record.repeated {
            tell(name, value, Code::Contradiction, twice);
        }
        let Json::Object(members) = &record.journal else { return };
        let taken = JOURNAL.map(|name| record.journal.member(name));
        for (name, value) in members.iter().filter(|(_, value)| !value.is_empty()) {
            let field = || format!("journal.{name}");
            match JOURNAL.iter().position(|known| known == name) {
                None => tell(&field(), value, Code::MemberUnknown, unknown),
                Some(at) if taken[at] != value => {
                    tell(&field(), value, Code::Contradiction, twice);
                }
                Some(_) => {}
            }
        }
    }

    /// A short clean string.
    pub fn string(&mut self, field: &str, value: &Json<'_>) -> Option<String> {
        let raw = self.raw_or_number(field, value)?;
        let cleaned = markup::to_text(raw);
        self.sink.add_all(field, cleaned.findings);
        Some(cleaned.text.into_plain()).filter(|text| !text.is_empty())
    }

    pub fn title(&mut self, field: &str, value: &Json<'_>, entry: &mut Entry) {
        let Some(raw) = self.raw(field, value) else { return };
        let title = title::clean_title(raw);
        self.sink.add_all(field, title.findings);
        if title.text.is_empty() {
            return;
        }
        self.evidence.bracketed |= title.bracketed;
        self.evidence.marked = self.evidence.marked.or(title.language);
        let lang = lang_of(title.text.plain());
        self.put(field, entry.title.get_mut(lang), title.text);
    }

    /// Fills a place, or says that there is something else in it already.
    pub fn put(&mut self, field: &str, place: &mut Option<Text>, text: Text) {
        match place {
            None => *place = Some(text),
            Some(there) if there.plain() == text.plain() => {}
            Some(there) => {
                let found = format!("{} and {}", there.plain(), text.plain());
                self.sink
                    .add(field, Finding::new(Code::Contradiction, found, "the first was taken"));
            }
        }
    }

    pub fn abstract_text(&mut self, field: &str, value: &Json<'_>, entry: &mut Entry) {
        let Some(raw) = self.raw(field, value) else { return };
        let cleaned = markup::to_text(raw);
        self.sink.add_all(field, cleaned.findings);
        if cleaned.text.is_empty() {
            return;
        }
        let marked = title::article_language(cleaned.text.plain());
        self.evidence.marked = self.evidence.marked.or(marked);
        let lang = lang_of(cleaned.text.plain());
        self.put(field, entry.abstract_text.get_mut(lang), cleaned.text);
    }

    pub fn container(&mut self, record: &Record<'_>, entry: &mut Entry) {
        let name = match &record.journal {
            Json::Text(_) => &record.journal,
            journal => journal.member("name"),
        };
        if !matches!(record.journal, Json::Text(_) | Json::Object(_) | Json::Null) {
            self.raw("journal", &record.journal);
        }
        for (field, value) in [("journal.name", name), ("PeriodicalName", &record.periodical_name)]
        {
            let Some(raw) = self.raw(field, value) else { continue };
            let cleaned = markup::to_text(raw);
            self.sink.add_all(field, cleaned.findings);
            if cleaned.text.is_empty() {
                continue;
            }
            let place = entry.container_title.get_mut(lang_of(cleaned.text.plain()));
            let new = cleaned.text.plain();
            let same = |there: &Text| {
                there.plain() == new || there.plain().to_lowercase() == new.to_lowercase()
            };
            if !place.as_ref().is_some_and(same) {
                self.put(field, place, cleaned.text);
            }
        }
    }

    pub fn authors(&mut self, value: &Json<'_>, entry: &mut Entry) {
        if let Json::List(items) = value {
            for item in items {
                let name = match item.member("name") {
                    name if name.is_empty() => item,
                    name => name,
                };
                if let Some(raw) = self.raw("authors", name) {
                    let one = names::one_author(raw);
                    self.sink.add_all("authors", one.findings);
                    entry.authors.extend(one.names);
                    entry.more_authors |= one.more;
                }
            }
        } else if let Some(raw) = self.raw("authors", value) {
            let authors = names::split_authors(raw);
            self.sink.add_all("authors", authors.findings);
            entry.authors = authors.names;
            entry.more_authors = authors.more;
        }
    }

    pub fn kind(&mut self, value: &Json<'_>, entry: &mut Entry) {
        let words = match value {
            Json::List(items) => self.texts("publicationTypes", items, "name").join(","),
            value => self.raw("publicationTypes", value).unwrap_or_default().to_owned(),
        };
        if words.trim().is_empty() {
            return;
        }
        entry.kind = kind::kind(&words).unwrap_or_else(|| {
            let done = "taken as the general type";
            self.sink.add("publicationTypes", Finding::new(Code::TypeUnknown, words, done));
            Kind::Other
        });
    }

    pub fn locators(&mut self, record: &Record<'_>, entry: &mut Entry) {
        let volume = record.journal.member("volume");
        let mut early = false;
        if let Some(raw) = self.raw_or_number("journal.volume", volume) {
            let volume = locator::volume(raw);
            early = volume.findings.iter().any(|f| f.code == Code::EarlyAccess);
            self.sink.add_all("journal.volume", volume.findings);
            (entry.volume, entry.issue, entry.arxiv) = (volume.volume, volume.issue, volume.arxiv);
        }
        if let Some(raw) = self.raw_or_number("journal.issue", record.journal.member("issue")) {
            let issue = locator::issue(raw);
            self.sink.add_all("journal.issue", issue.findings);
            entry.issue = issue.issue.or(entry.issue.take());
        }
        let pages = record.journal.member("pages");
        let raw = self.raw_or_number("journal.pages", pages).unwrap_or_default();
        let mut locator = locator::pages(raw);
        if early && raw.trim() == "1-1" {
            // IEEE Xplore writes "vol. PP, no. 99, pp. 1-1" before there are pages.
            let done = "left out: stands for no pages before the work is in an issue";
            locator.findings.push(Finding::new(Code::PagesText, raw, done));
            locator.pages = None;
        }
        self.sink.add_all("journal.pages", locator.findings);
        (entry.pages, entry.article_number) = (locator.pages, locator.article_number);
        let (volume, issue) = (entry.volume.as_deref(), entry.issue.as_deref());
        if pages != &Json::Null && locator::is_filler(volume, issue, raw) {
            let (found, what) = match &entry.pages {
                None => ("issue 1 beside empty pages", "the issue"),
                Some(_) => ("volume 1, issue 1, from page 1", "them"),
            };
            let done = format!("kept; the source writes 1 where it does not know {what}");
            self.sink.add("journal.volume", Finding::new(Code::IssueFiller, found, done));
        }
        if entry.arxiv.is_some() && entry.kind == Kind::Article {
            entry.kind = Kind::Preprint;
        }
    }

    pub fn date(&mut self, field: &str, value: &Json<'_>) -> Option<Date> {
        let (date, findings) = date::date(self.raw_or_number(field, value)?);
        self.sink.add_all(field, findings);
        date
    }

    pub fn keywords(&mut self, value: &Json<'_>, entry: &mut Entry) {
        let found: Vec<String> = match value {
            Json::List(items) => {
                let items = self.texts("fieldsOfStudy", items, "category");
                items.into_iter().filter_map(clean).collect()
            }
            value => match self.raw("fieldsOfStudy", value) {
                Some(raw) => words(raw, &[',', ';', '，', '；', '、']),
                None => Vec::new(),
            },
        };
        entry.keywords.extend(found);
        distinct(&mut entry.keywords);
    }

    pub fn metrics(&mut self, record: &Record<'_>) -> Metrics {
        let known = |number: &String| number.parse() != Ok(0.0);
        Metrics {
            impact_factor: self.string("PeriodicalIF", &record.impact_factor).filter(known),
            jcr: self.string("JCR", &record.jcr),
            jcr_category: self.string("JCRName", &record.jcr_name),
            zone: self.string("RegionNum", &record.region_num).filter(known),
            zone_category: self.string("RegionCategory", &record.region_category),
            citations: self.string("citationCount", &record.citations),
        }
    }
}

fn is_integer(digits: &str) -> bool {
    digits.len() >= 16 && !digits.contains('.')
}

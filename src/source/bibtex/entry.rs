//! The fields of an entry, each in its place of the model.

use super::library::Value;
use super::{date, keep, kinds, names, tex};
use crate::diagnostic::{Code, Finding};
use crate::model::{Entry, Kind, Text};
use crate::source::Sink;
use crate::source::carrier::{self, Role, What};
use crate::source::languages::language;
use crate::source::links::{self, take_doi, take_url};
use crate::source::work::Work;
use crate::text::case;
use crate::text::locator;

/// The name of the dialect.
const DIALECT: &str = "bib";

/// An entry as it was read, and the entry that it is a pair with.
pub struct Read {
    pub entry: Entry,
    /// The key of the entry in the other language.
    pub pair: Option<String>,
}

/// Makes an entry of fields.
pub fn entry(kind: &str, key: &str, values: Vec<Value>, sink: &mut Sink<'_>) -> Read {
    let mut reader = Reader { values, work: Work::default(), sink };
    reader.work.entry.key = key.to_owned();
    reader.work.entry.kept.dialect = DIALECT;
    reader.titles();
    reader.people();
    reader.dates();
    reader.numbers();
    reader.kind(kind);
    reader.language();
    let pair = reader.pair();
    let Reader { values, mut work, sink } = reader;
    keep::keep(values, &mut work.entry, sink);
    Read { entry: work.finish(sink), pair }
}

struct Reader<'s, 'd> {
    /// What has not been read yet.
    values: Vec<Value>,
    work: Work,
    sink: &'s mut Sink<'d>,
}

impl Reader<'_, '_> {
    /// Takes a field out of those that are not read yet.
    fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.values.iter().position(|value| value.name == name)?;
        Some(self.values.remove(at))
    }

    fn content(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|value| value.name == name).map(|value| value.content.as_str())
    }

    fn text(&mut self, name: &str) -> Option<Text> {
        let value = self.take(name)?;
        let read = tex::text(&value.content);
        self.sink.add_all(name, read.findings);
        Some(read.text).filter(|text| !text.is_empty())
    }

    fn plain(&mut self, name: &str) -> Option<String> {
        self.text(name).map(|text| text.plain().to_owned())
    }

    /// A title and its subtitle behind a colon.
    fn with_subtitle(&mut self, name: &str, subtitle: &str) -> Option<Text> {
        let title = self.text(name)?;
        if self.content(subtitle).is_none() {
            return Some(title);
        }
        let Some(behind) = self.text(subtitle) else { return Some(title) };
        let own_sign = title.plain().ends_with(['?', '!', ':', '.', '。', '？', '！', '：']);
        let between = if own_sign { " " } else { ": " };
        let done = "put behind the title";
        self.sink.add(subtitle, Finding::new(Code::FieldKept, behind.plain(), done));
        Some(joined(&title, between, &behind))
    }

    /// A subtitle without a title is the title.
    fn subtitle_alone(&mut self) {
        let blank = |value: &Value| value.content.trim().is_empty();
        if self.values.iter().any(|value| value.name == "title" && !blank(value)) {
            return;
        }
        let subtitle = |value: &Value| value.name == "subtitle" && !blank(value);
        if let Some(at) = self.values.iter().position(subtitle) {
            let done = "taken as the title: there is no other";
            let found = &*self.values[at].content;
            self.sink.add("subtitle", Finding::new(Code::FieldKept, found, done));
            "title".clone_into(&mut self.values[at].name);
            self.values.retain(|value| value.name != "title" || !blank(value));
        }
    }

    fn titles(&mut self) {
        self.subtitle_alone();
        if let Some(title) = self.with_subtitle("title", "subtitle") {
            self.work.main(What::Title, "title", unprotected(title), self.sink);
        }
        let container = [
            ("journaltitle", "journalsubtitle"),
            ("journal", "journalsubtitle"),
            ("booktitle", "booksubtitle"),
        ];
        for (name, subtitle) in container {
            let first = !self.work.has(What::Container);
            if let Some(text) = first.then(|| self.with_subtitle(name, subtitle)).flatten() {
                self.work.main(What::Container, name, text, self.sink);
            }
        }
        if let Some(text) = self.text("abstract") {
            self.work.main(What::Abstract, "abstract", text, self.sink);
        }
        let carriers: Vec<String> = self.values.iter().map(|value| value.name.clone()).collect();
        for name in carriers {
            let Some((row, lang)) = carrier::of_field(&name) else { continue };
            if row.what == What::Authors {
                let Some(value) = self.take(&name) else { continue };
                let people = names::list(&value.content);
                self.sink.add_all(&name, people.findings);
                people.names.into_iter().for_each(|author| self.work.other_author(&name, author));
            } else if let Some(text) = self.text(&name) {
                let text = if row.role == Role::Original { unprotected(text) } else { text };
                self.work.other(row.what, row.role, lang, &name, text);
            }
        }
    }

    fn people(&mut self) {
        if let Some(value) = self.take("author") {
            let people = names::list(&value.content);
            self.sink.add_all("author", people.findings);
            self.work.entry.authors = people.names;
            self.work.entry.more_authors = people.more;
        }
    }

    fn dates(&mut self) {
        let entry = &mut self.work.entry;
        let field =
            |name: &str| self.values.iter().find(|v| v.name == name).map(|v| v.content.as_str());
        let (found, month_left, findings, name) = match (field("date"), field("year")) {
            (Some(raw), _) => {
                let (found, findings) = date::date(raw);
                (found, true, findings, "date")
            }
            (None, Some(year)) => {
                let (found, left, findings) = date::of_fields(year, field("month"), field("day"));
                (found, left, findings, "year")
            }
            (None, None) => return,
        };
        entry.date = found;
        if found.is_some() {
            self.sink.add_all(name, findings);
            self.take(name);
            if name == "year" && !month_left {
                self.take("month");
                self.take("day");
            }
        }
    }

    fn numbers(&mut self) {
        self.work.entry.volume = self.plain("volume");
        self.work.entry.issue = match self.content("number").is_some() {
            true => self.plain("number"),
            false => self.plain("issue"),
        };
        self.work.entry.article_number = self.plain("eid");
        if let Some(raw) = self.plain("pages") {
            let found = locator::pages(&raw);
            self.sink.add_all("pages", found.findings);
            let entry = &mut self.work.entry;
            // The number stands in both fields, for styles that know but one of them.
            entry.pages = found
                .pages
                .filter(|pages| entry.article_number.as_deref() != Some(&pages.join("-")));
            entry.article_number = entry.article_number.take().or(found.article_number);
        }
        self.links();
        let arxiv = ["archiveprefix", "eprinttype"].into_iter().find(|name| {
            self.content(name).is_some_and(|word| tex::plain(word).eq_ignore_ascii_case("arxiv"))
        });
        if let Some(name) = arxiv.filter(|_| self.content("eprint").is_some()) {
            self.take(name);
            self.work.entry.arxiv = self.take("eprint").map(|value| tex::verbatim(&value.content));
        }
        links::arxiv(&mut self.work.entry);
        self.work.entry.pmcid = self.plain("pmcid");
        if let Some(words) = self.plain("keywords") {
            let words = words.split([',', ';']).map(str::trim).filter(|word| !word.is_empty());
            self.work.entry.keywords = words.map(str::to_owned).collect();
        }
    }

    fn links(&mut self) {
        for (name, take) in [
            ("doi", take_doi as fn(&str, &str, &mut Entry, &mut Sink<'_>) -> bool),
            ("url", take_url),
        ] {
            let Some(raw) = self.content(name).map(tex::verbatim) else { continue };
            if take(name, &raw, &mut self.work.entry, self.sink) {
                self.take(name);
            }
        }
    }

    fn kind(&mut self, word: &str) {
        let entry = &mut self.work.entry;
        let found = kinds::kind(word, entry.arxiv.is_some());
        if found.is_none() {
            let done = "taken as the general type; the word is kept for a .bib";
            self.sink.add("entry type", Finding::new(Code::TypeUnknown, word, done));
        }
        let (kind, more) = found.unwrap_or((Kind::Other, true));
        entry.kind = kind;
        entry.kept.kind = more.then(|| word.to_lowercase());
    }

    fn language(&mut self) {
        for name in ["langid", "language", "hyphenation"] {
            let Some(raw) = self.content(name) else { continue };
            let word = tex::plain(raw);
            self.work.language_named |= !word.is_empty();
            let found = language(&word);
            let there = self.work.entry.language;
            if word.is_empty() || (found.is_some() && there.is_none_or(|l| Some(l) == found)) {
                self.work.entry.language = found.or(there);
                self.take(name);
            }
        }
    }

    /// `relatedtype = lanversion`: the entry that `related` names is this work in another language.
    fn pair(&mut self) -> Option<String> {
        let is_pair = self.content("relatedtype").is_some_and(|t| t.trim() == "lanversion");
        let key = self.content("related").filter(|_| is_pair)?.trim().to_owned();
        (!key.contains(',')).then_some(key)
    }
}

/// Braces that this program would set by itself say nothing; the title is cleaner without them.
fn unprotected(title: Text) -> Text {
    use crate::model::{Mark, Style};
    let bare = |text: &Text| {
        let marks: Vec<Mark> =
            text.marks().iter().filter(|mark| mark.style != Style::Protect).cloned().collect();
        Text::new(text.plain().to_owned(), marks)
    };
    let without = bare(&title);
    if case::protect(&without) == title { without } else { title }
}

fn joined(first: &Text, between: &str, second: &Text) -> Text {
    let by = first.plain().len() + between.len();
    let mut text = Text::from(format!("{}{between}{}", first.plain(), second.plain()));
    for mark in first.marks() {
        text.mark(mark.range.clone(), mark.style.clone());
    }
    for mark in second.marks() {
        text.mark(mark.range.start + by..mark.range.end + by, mark.style.clone());
    }
    text
}

//! The variables of an item, each in its place of the model.

mod carriers;

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::date::issued;
use super::repeated::{first_of_each, written};
use super::{KINDS, names};
use crate::diagnostic::{Code, Finding};
use crate::distinct::Names;
use crate::model::{Entry, Kind, Name};
use crate::source::Sink;
use crate::source::carrier::{Role, What};
use crate::source::json::Json;
use crate::source::kinds;
use crate::source::languages::language;
use crate::source::links::{self, take_doi, take_url};
use crate::source::mend::{Mend, mend};
use crate::source::tagged;
use crate::source::work::{Work, clean};

/// Makes an entry of the members of an item.
pub fn entry<'a>(members: Vec<(String, &'a RawValue)>, sink: &mut Sink<'_>) -> Entry {
    let mended = |(name, raw): (String, &'a RawValue)| (name, with_whole_characters(raw.get()));
    let members: Vec<(String, Cow<'_, str>)> = members.into_iter().map(mended).collect();
    let (names, work) = (Names::default(), Work::default());
    let mut item = Item { members: Vec::new(), names, work, sink };
    item.work.entry.kept.dialect = "csl-json";
    for (name, raw) in &members {
        item.add(name, raw, matches!(raw, Cow::Owned(_)));
    }
    item.kind();
    item.work.entry.key = item.plain("id").unwrap_or_default();
    item.texts();
    item.authors();
    item.language();
    item.numbers();
    item.date();
    item.custom();
    item.multi();
    item.note();
    item.keep();
    let Item { work, sink, .. } = item;
    work.finish(sink)
}

/// The value with U+FFFD for each half surrogate: RFC 8259, section 8.2, lets them stand in JSON, but
/// they are no characters.
fn with_whole_characters(raw: &str) -> Cow<'_, str> {
    if !["\\ud", "\\uD"].iter().any(|half| raw.contains(half)) {
        return raw.into();
    }
    match mend(format!("[{raw}]").as_bytes()) {
        Mend::Mended(list, _) => {
            let list = String::from_utf8_lossy(&list);
            let value = list.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
            value.map_or(raw.into(), |value| value.to_owned().into())
        }
        _ => raw.into(),
    }
}

struct Member<'a> {
    name: String,
    raw: Cow<'a, str>,
    value: Json<'a>,
}

struct Item<'a, 's, 'd> {
    /// What has not been read yet.
    members: Vec<Member<'a>>,
    names: Names,
    work: Work,
    sink: &'s mut Sink<'d>,
}

impl<'a> Item<'a, '_, '_> {
    fn add(&mut self, name: &str, raw: &'a str, mended: bool) {
        let mut value = match Json::parse(raw) {
            Ok(value) => value,
            Err(error) => {
                let start: String = raw.chars().take(60).collect();
                let done = format!("left out, it cannot be read: {error}");
                self.sink.add(name, Finding::new(Code::ValueLost, start, done));
                return;
            }
        };
        if value.is_empty() {
            return;
        }
        // The characters of texts are looked at where they are read.
        if mended && !TEXTS.contains(&name) {
            let done = "kept; the source has lost a character here";
            self.sink.add(name, Finding::new(Code::CharacterBroken, "half a surrogate", done));
        }
        if !self.names.is_new(name, self.members.iter().map(|member| &*member.name)) {
            self.sink.add(name, stands_twice(&value.to_string()));
            return;
        }
        let mut repeated = Vec::new();
        let twice = first_of_each(&mut value, &mut repeated);
        for (within, value) in &repeated {
            self.sink.add(&format!("{name}.{within}"), stands_twice(value));
        }
        // What is kept as it stands would still hold both.
        let raw = if twice { written(&value).into() } else { raw.into() };
        self.members.push(Member { name: name.to_owned(), raw, value });
    }

    fn value(&self, name: &str) -> Option<&Json<'a>> {
        self.members.iter().find(|member| member.name == name).map(|member| &member.value)
    }

    fn take(&mut self, name: &str) -> Option<Member<'a>> {
        let at = self.members.iter().position(|member| member.name == name)?;
        Some(self.members.remove(at))
    }

    /// The text of a string or a number, taken out; any other value is left to be kept.
    fn raw(&mut self, name: &str) -> Option<String> {
        self.value(name)?.text()?;
        let member = self.take(name)?;
        member.value.text().map(str::to_owned)
    }

    fn plain(&mut self, name: &str) -> Option<String> {
        let raw = self.raw(name);
        tagged::plain(name, raw, self.sink)
    }

    fn kind(&mut self) {
        let word = self.raw("type").unwrap_or_default();
        kinds::take(KINDS, "type", word, &mut self.work, self.sink);
    }

    fn texts(&mut self) {
        for (name, what) in BILINGUAL {
            if let Some(raw) = self.raw(name) {
                let text = tagged::text(name, &raw, self.sink);
                self.work.main(what, name, text, self.sink);
            }
        }
        if let Some(raw) = self.raw("original-title") {
            let text = tagged::text("original-title", &raw, self.sink);
            self.work.other(What::Title, Role::Original, None, "original-title", text);
        }
        if let Some(words) = self.plain("keyword") {
            let words = words.split([',', ';']).map(str::trim).filter(|word| !word.is_empty());
            self.work.entry.keywords = words.map(str::to_owned).collect();
        }
    }

    fn authors(&mut self) {
        let Some(Json::List(list)) = self.value("author") else { return };
        let people: Vec<Option<Name>> = list.iter().map(names::name).collect();
        let unread: Vec<_> = list.iter().flat_map(names::unread).collect();
        if people.iter().any(Option::is_none) {
            let done = "a name without any part was left out";
            self.sink.add("author", Finding::new(Code::ValueLost, "an author", done));
        }
        self.work.entry.authors = people.into_iter().flatten().collect();
        self.take("author");
        self.lost("author", unread);
    }

    /// Tells of members that have no place in the model.
    fn lost(&mut self, within: &str, members: Vec<(String, String)>) {
        for (name, value) in members {
            let done = "left out: there is no place for it";
            self.sink.add(&format!("{within}.{name}"), Finding::new(Code::FieldLost, value, done));
        }
    }

    fn language(&mut self) {
        let Some(found) = self.value("language").and_then(Json::text).map(language) else { return };
        self.work.language_named = true;
        self.work.entry.language = found;
        if self.work.entry.language.is_some() {
            self.take("language");
        }
    }

    fn numbers(&mut self) {
        self.work.entry.volume = self.plain("volume");
        self.work.entry.issue = self.plain("issue");
        let page = self.plain("page").unwrap_or_default();
        self.number(&page);
        self.archive();
        tagged::pages("page", &page, &mut self.work.entry, self.sink);
        self.work.entry.pmcid = self.plain("PMCID");
        for (name, take) in [
            ("DOI", take_doi as fn(&str, &str, &mut Entry, &mut Sink<'_>) -> bool),
            ("URL", take_url),
        ] {
            let Some(raw) = self.value(name).and_then(Json::text).map(str::to_owned) else {
                continue;
            };
            if take(name, &raw, &mut self.work.entry, self.sink) {
                self.take(name);
            }
        }
        links::arxiv(&mut self.work.entry);
    }

    /// `number` is the number of an article where it stands in `page` too or the type is an
    /// article's, an arXiv number where it says so, and else that of a report or a patent.
    fn number(&mut self, page: &str) {
        let Some(number) = self.value("number").and_then(Json::text).and_then(clean) else {
            return;
        };
        let article =
            matches!(self.work.entry.kind, Kind::Article | Kind::ConferencePaper | Kind::Preprint);
        if let Some(arxiv) = number.strip_prefix("arXiv:") {
            self.work.entry.arxiv = Some(arxiv.trim().to_owned());
        } else if article || number == page {
            self.work.entry.article_number = Some(number);
        } else {
            return;
        }
        self.take("number");
    }

    /// The arXiv number where that of an article stands in `number`, as our files have it.
    fn archive(&mut self) {
        let archive = self.value("archive").and_then(Json::text).unwrap_or_default();
        let entry = &self.work.entry;
        let beside = entry.article_number.is_some() && entry.arxiv.is_none();
        if beside && archive.trim().eq_ignore_ascii_case("arxiv") {
            self.work.entry.arxiv = self.plain("archive_location");
            if self.work.entry.arxiv.is_some() {
                self.take("archive");
            }
        }
    }

    fn date(&mut self) {
        let Some(value) = self.value("issued") else { return };
        let (found, findings) = issued(value);
        if found.is_some() {
            self.work.entry.date = found;
            self.sink.add_all("issued", findings);
            self.take("issued");
        }
    }

    /// What is left over is kept as it stands.
    fn keep(&mut self) {
        for Member { name, raw, value } in std::mem::take(&mut self.members) {
            if is_written(&name, &self.work.entry) {
                let done = "left out: the entry has that field from elsewhere";
                self.sink.add(&name, Finding::new(Code::FieldLost, value.to_string(), done));
                continue;
            }
            if !fits(&name, &value) {
                let done = "left out: it is not what CSL-JSON has there";
                self.sink.add(&name, Finding::new(Code::ValueLost, value.to_string(), done));
                continue;
            }
            if TYPED.contains(&name.as_str()) {
                let done = "kept as it stands, for CSL-JSON alone";
                self.sink.add(&name, Finding::new(Code::FieldKept, value.to_string(), done));
            }
            self.work.entry.kept.fields.push((name, raw.into_owned()));
        }
    }
}

fn stands_twice(value: &str) -> Finding {
    let done = "left out: the member stands twice, and the first was taken";
    Finding::new(Code::Contradiction, value, done)
}

/// Variables that the model has in both languages.
const BILINGUAL: [(&str, What); 3] =
    [("title", What::Title), ("container-title", What::Container), ("abstract", What::Abstract)];

/// Variables with markup, in which broken characters are told by the reader of texts.
const TEXTS: &[&str] = &["title", "container-title", "abstract", "original-title"];

/// Variables that have a place in the model, and are left over only where their value does not fit.
const TYPED: &[&str] = &[
    "id",
    "type",
    "title",
    "container-title",
    "abstract",
    "author",
    "volume",
    "issue",
    "page",
    "issued",
    "DOI",
    "PMCID",
    "URL",
    "language",
    "keyword",
];

/// True for a value of the type that the schema of CSL-JSON asks for: no reader is given another.
fn fits(name: &str, value: &Json<'_>) -> bool {
    match name {
        "author" => matches!(value, Json::List(_)),
        "issued" | "custom" => matches!(value, Json::Object(_)),
        "note" | "original-title" => matches!(value, Json::Text(_)),
        typed if TYPED.contains(&typed) => value.text().is_some(),
        _ => true,
    }
}

/// True where the entry is written with that member anyway.
fn is_written(name: &str, entry: &Entry) -> bool {
    match name {
        "id" | "type" => true,
        "number" => entry.article_number.is_some() || entry.arxiv.is_some(),
        "DOI" => entry.doi.is_some(),
        "URL" => entry.url.is_some(),
        _ => false,
    }
}

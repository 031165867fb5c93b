//! Where an item holds the title, and whatever else there is, in the other language.

use super::{BILINGUAL, Item};
use crate::diagnostic::{Code, Finding};
use crate::model::Lang;
use crate::source::carrier::{self, Role, What};
use crate::source::csl_json::names;
use crate::source::json::Json;
use crate::source::languages::language;
use crate::source::tagged;

impl Item<'_, '_, '_> {
    /// Our own machine copy: both languages of each text by their codes.
    pub(super) fn custom(&mut self) {
        let Some(Json::Object(members)) = self.value("custom") else { return };
        let members = members.clone();
        let mut all = true;
        for (name, value) in &members {
            match (&**name, value) {
                ("title", value) => self.both(What::Title, "custom.title", value),
                ("title-translation", value) => self.both(What::Title, "custom.title", value),
                ("container-title", value) => {
                    self.both(What::Container, "custom.container-title", value)
                }
                ("abstract", value) => self.both(What::Abstract, "custom.abstract", value),
                ("author", Json::List(list)) => {
                    for name in list.iter().filter_map(names::name) {
                        self.work.other_author("custom.author", name);
                    }
                }
                ("et-al", Json::Bool(more)) => self.work.entry.more_authors = *more,
                _ => all = false,
            }
        }
        if all {
            self.take("custom");
        }
    }

    /// The texts of a map from language to text; the one that stands in the main place adds nothing.
    fn both(&mut self, what: What, field: &str, value: &Json<'_>) {
        let Json::Object(texts) = value else { return };
        for (tag, text) in texts {
            let Some(raw) = text.text() else { continue };
            let text = tagged::text(field, raw, self.sink);
            let lang = match language(tag) {
                Some(Lang::Zh) => Lang::Zh,
                _ => Lang::En,
            };
            self.work.other(what, Role::Either, Some(lang), field, text);
        }
    }

    /// CSL-M: `multi: {main: {…}, _keys: {title: {zh-CN: …}}}`.
    pub(super) fn multi(&mut self) {
        let Some(member) = self.take("multi") else { return };
        for (name, what) in BILINGUAL {
            let value = member.value.member("_keys").member(name);
            self.both(what, &format!("multi.{name}"), value);
        }
        let mut unread = Vec::new();
        let is_read = |name: &str| BILINGUAL.iter().any(|(read, _)| *read == name);
        let Json::Object(members) = &member.value else { return };
        for (name, value) in members.iter().filter(|(name, _)| name != "main") {
            match (&**name, value) {
                ("_keys", Json::Object(texts)) => {
                    let texts = texts.iter().filter(|(name, _)| !is_read(name));
                    unread.extend(texts.map(|(name, value)| (name.to_string(), value.to_string())));
                }
                (name, value) => unread.push((name.to_owned(), value.to_string())),
            }
        }
        self.lost("multi", unread);
    }

    /// Lines of Zotero's Extra; where one is of another kind the note is kept as a whole.
    pub(super) fn note(&mut self) {
        let Some(note) = self.value("note").and_then(Json::text).map(str::to_owned) else { return };
        let (mut all, mut seen) = (true, Vec::<(&str, What, &str)>::new());
        for line in note.lines().filter(|line| !line.trim().is_empty()) {
            let read = carrier::of_extra(line).map(|(row, value)| (row.name, row.what, value));
            let read = read.filter(|(_, what, _)| *what != What::Authors);
            let first = seen.iter().find(|(name, ..)| read.is_some_and(|(read, ..)| *name == read));
            if first.is_some_and(|first| read != Some(*first)) {
                let done = "kept in the note alone: the first line of that name was taken";
                self.sink.add("note", Finding::new(Code::Contradiction, line.trim(), done));
                all = false;
                continue;
            }
            seen.extend(read);
            all &= tagged::extra("note", line, &mut self.work, self.sink);
        }
        if all {
            self.take("note");
        }
    }
}

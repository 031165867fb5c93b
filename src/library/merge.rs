//! New records into a library.

mod check;
mod written;

use std::sync::Arc;

use super::fill::{Standing, fill};
use super::index::Index;
use super::matching::{Confidence, Match, is_nameless};
use super::{Library, Prefer};
use crate::diagnostic::{Code, Diagnostic, Finding, Place};
use crate::error::Error;
use crate::export::Options;
use crate::format::Renderer;
use crate::merge::lost;
use crate::model::{Entry, Kept, Lang, Name, Text};
use crate::source::{self, Found};
use crate::text::script::is_chinese;
use crate::view::{Main, View};

/// How records go into a library.
pub struct Plan<'a> {
    /// What holds for entries that are added.
    pub options: &'a Options,
    /// What writes them, and what is put into others.
    pub renderer: &'a Renderer,
    /// Which value stays where library and record disagree: that of the library is the first.
    pub prefer: Prefer,
}

/// A library with new records in it.
#[derive(Debug, Default)]
pub struct Merged {
    /// The file.
    pub text: String,
    /// How many entries were added.
    pub added: usize,
    /// How many entries of the library got something.
    pub filled: usize,
    /// How many records said nothing new.
    pub same: usize,
    /// How many values disagree.
    pub conflicts: usize,
    /// How many records did not go in.
    pub left_out: usize,
    /// What was done, and what is in contradiction.
    pub diagnostics: Vec<Diagnostic>,
}

/// After so many passes over records that contradict each other no further one is made.
const PASSES: usize = 4;

/// An entry of the library, or one that will be.
struct Work {
    entry: Entry,
    place: Place,
    /// The entry as it stands in the library and where; `None` for one that is added.
    there: Option<(Entry, usize)>,
    standing: Standing,
    /// The records that are this work.
    from: Vec<(Place, Confidence)>,
}

impl Library<'_> {
    /// Puts records into the library: fills the entries that they are of, adds the others at the end.
    /// Every byte that need not change is as it was.
    ///
    /// # Errors
    /// The template is wrong for every entry; [`Error::Option`] where a field to be left out is unknown;
    /// [`Error::Output`] where the library has no place for further entries, or would not be read with them as
    /// it is now.
    pub fn merge(&self, new: Vec<Found>, plan: &Plan<'_>) -> Result<Merged, Error> {
        let mut merged = self.merge_once(&new, plan)?;
        // What one record has put in can tell more of another one: it has to be known now, not when
        // somebody runs the same again.
        for _ in 0..if new.len() > 1 { PASSES } else { 0 } {
            let text = std::mem::take(&mut merged.text);
            let library = Library::open(text.as_bytes(), &self.name)?;
            let again = library.merge_once(&new, plan)?;
            let done = again.text == text;
            merged.text = again.text;
            if done {
                break;
            }
            merged.added += again.added;
            merged.filled += again.filled;
            let is_change = |d: &Diagnostic| {
                matches!(d.code, Code::Added | Code::Filled | Code::Replaced | Code::NearMatch)
            };
            merged.diagnostics.extend(again.diagnostics.into_iter().filter(is_change));
        }
        Ok(merged)
    }

    fn merge_once(&self, new: &[Found], plan: &Plan<'_>) -> Result<Merged, Error> {
        let mut merger = Merger::new(self, plan);
        new.iter().for_each(|found| merger.take(found.clone()));
        merger.finish()
    }

    fn work(&self, found: &Found) -> Work {
        let at = found.place.record.saturating_sub(1);
        let span = &self.spans[at];
        let value = |name: &&str| span.named(name).find_map(|f| self.said(f.value.clone()));
        let title = self.fields.title.iter().find_map(value);
        let main = match (&found.entry.title.zh, &found.entry.title.en) {
            (Some(_), None) => Lang::Zh,
            (None, Some(_)) => Lang::En,
            _ if title.is_some_and(|title| is_chinese(&unescaped(title))) => Lang::Zh,
            _ => Lang::En,
        };
        let language_named = self.fields.language.iter().any(|name| value(name).is_some());
        Work {
            entry: *found.entry.clone(),
            place: found.place.clone(),
            there: Some((*found.entry.clone(), at)),
            standing: Standing { main, language_named },
            from: Vec::new(),
        }
    }
}

/// A string of JSON with its characters written out.
fn unescaped(raw: &str) -> String {
    let mut parts = raw.split("\\u");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..4).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        match code.and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                out.push_str(&part[4..]);
            }
            None => out.push_str(part),
        }
    }
    out
}

struct Merger<'l, 't> {
    library: &'l Library<'t>,
    plan: &'l Plan<'l>,
    works: Vec<Work>,
    index: Index,
    merged: Merged,
}

impl<'l, 't> Merger<'l, 't> {
    fn new(library: &'l Library<'t>, plan: &'l Plan<'l>) -> Merger<'l, 't> {
        let works: Vec<Work> = library.found.iter().map(|found| library.work(found)).collect();
        let mut index = Index::default();
        works.iter().enumerate().for_each(|(at, work)| index.add(at, &work.entry));
        Merger { library, plan, works, index, merged: Merged::default() }
    }

    fn tell(&mut self, place: &Place, field: &str, finding: Finding) {
        self.merged.diagnostics.push(Diagnostic::new(place.clone(), field, finding));
    }

    /// Fills the entry that the record is of, or adds one.
    fn take(&mut self, mut found: Found) {
        let mut matched = self.find(&found.entry);
        let is_known = |matched| matches!(matched, Match::Is(..));
        let there = if is_known(matched) { None } else { self.read_again(&found.entry) };
        if is_nameless(there.as_ref().unwrap_or(&found.entry)) {
            let done = "left out: without a title in letters and a DOI nobody tells it from others";
            self.tell(&found.place, "", Finding::new(Code::Unmatchable, "no title, no DOI", done));
            self.merged.left_out += 1;
            return;
        }
        if let Some(entry) = there {
            let known = self.find(&entry);
            if is_known(known) {
                (matched, found.entry) = (known, entry);
            }
        }
        match matched {
            Match::Is(at, confidence) => self.fill(at, confidence, found),
            Match::Near(at, why) => {
                let there = self.works[at].place.to_string();
                let done = format!("added all the same; compare it with {there}");
                self.tell(&found.place, "title", Finding::new(Code::NearMatch, why, done));
                self.add(found);
            }
            Match::None => self.add(found),
        }
    }

    fn find(&mut self, entry: &Entry) -> Match {
        self.index.find(|at| &self.works[at].entry, entry)
    }

    /// An entry as it is read once it stands in the library, where that may be another one: the file may
    /// have no way to write a sign, and what looks like mark-up is read as such. What went in once has
    /// to be found again.
    fn read_again(&self, entry: &Entry) -> Option<Box<Entry>> {
        let sign = |c: char| c.is_alphanumeric() || " -.,:—()（），：".contains(c);
        let plain = |text: &str| text.chars().all(sign);
        let Entry { title, authors, .. } = entry;
        let titles = [&title.zh, &title.en].into_iter().flatten().map(Text::plain);
        let first = authors.first().map(Name::display);
        if titles.chain(first.as_deref()).all(plain) {
            return None;
        }
        let entry = Entry { key: "x".to_owned(), ..entry.clone() };
        let view = View::new(Arc::new(entry), self.plan.options.main, Arc::from([]));
        let text = self.plan.renderer.entry(&view).ok()?;
        let reading = source::read_as(self.library.source, text.as_bytes(), "").ok()?;
        reading.found.into_iter().next().map(|found| found.entry)
    }

    fn add(&mut self, found: Found) {
        let view = View::new(Arc::from(found.entry.clone()), Main::Original, Arc::from([]));
        let standing = Standing { main: view.main_lang(), language_named: true };
        self.index.add(self.works.len(), &found.entry);
        let Found { entry, place, .. } = found;
        self.works.push(Work { entry: *entry, place, there: None, standing, from: Vec::new() });
    }

    fn fill(&mut self, at: usize, confidence: Confidence, mut found: Found) {
        let work = &mut self.works[at];
        // Of several records the first one wins, so that a second run finds what it has left.
        let prefer = match work.there.is_some() && work.from.is_empty() {
            true => self.plan.prefer,
            false => Prefer::First,
        };
        if work.entry.title.is_empty() {
            let entry = Arc::from(found.entry.clone());
            work.standing.main = View::new(entry, Main::Original, Arc::from([])).main_lang();
        }
        let mut conflicts = Vec::new();
        let mut report = |field: &str, there: String, new: String| {
            conflicts.push((field.to_owned(), there, new));
        };
        let renderer = self.plan.renderer;
        let foreign = match work.there.is_some() {
            true => renderer.not_kept(&found.entry),
            false => Vec::new(),
        };
        if !foreign.is_empty() {
            found.entry.kept = Kept::default();
        }
        let left = fill(&mut work.entry, &found.entry, work.standing, prefer, &mut report);
        self.index.add(at, &work.entry);
        let place = work.place.clone();
        let lost = foreign.into_iter().chain(lost(left, &work.entry.kept, &place));
        work.from.push((found.place.clone(), confidence));
        for (field, there, new) in conflicts {
            self.conflict(&place, &field, (&there, &new), prefer, &found.place);
        }
        for (field, finding) in lost {
            self.tell(&found.place, &field, finding);
        }
        if self.works[at].there.is_none() {
            let done = format!("one entry with {place} ({})", confidence.word());
            let finding = Finding::new(Code::Joined, confidence.word(), done);
            self.tell(&found.place, "", finding);
        }
    }

    fn conflict(
        &mut self,
        place: &Place,
        field: &str,
        (there, new): (&str, &str),
        prefer: Prefer,
        from: &Place,
    ) {
        let kept = if prefer == Prefer::First { "the first" } else { "the second" };
        let done = format!("kept {kept}; the second is of {from}");
        let found = format!("{there} and {new}");
        self.tell(place, field, Finding::new(Code::Conflict, found, done));
        self.merged.conflicts += 1;
    }
}

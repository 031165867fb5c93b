//! New records into a library.

mod check;

use std::collections::HashSet;
use std::sync::Arc;

use super::changes::{Changes, Was, changes};
use super::edit::{Edit, New, apply};
use super::fill::{Standing, fill};
use super::index::Index;
use super::matching::{Confidence, Match, is_nameless};
use super::{Library, Prefer};
use crate::diagnostic::{Code, Diagnostic, Finding, Place};
use crate::error::Error;
use crate::export::{Options, omitted, prepare};
use crate::format::{Renderer, TemplateError};
use crate::key::Keys;
use crate::merge::lost;
use crate::model::{Entry, Kept, Lang, Name, Text};
use crate::source::span::Span;
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
    /// The template is wrong for every entry; the library has no place for further entries
    /// ([`Error::Output`]).
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

    fn finish(mut self) -> Result<Merged, Error> {
        let style = self.library.style();
        let mut edits: Vec<Edit> = Vec::new();
        let mut touched = Vec::new();
        for at in 0..self.works.len() {
            let changes = match &self.works[at] {
                Work { there: Some((entry, span)), from, .. } if !from.is_empty() => {
                    let span = &self.library.spans[*span];
                    let same = *entry == self.works[at].entry;
                    if !same {
                        touched.push(at);
                    }
                    if same { None } else { Some(self.changes(at, span, &*style)?) }
                }
                _ => continue,
            };
            let changes = changes.unwrap_or_default();
            self.tell_changes(at, &changes);
            match changes.edits.is_empty() {
                true => self.merged.same += self.works[at].from.len(),
                false => {
                    self.merged.filled += 1;
                    edits.extend(changes.edits);
                }
            }
        }
        let entries = self.rendered()?;
        let mut at = self.library.text.len();
        if !entries.is_empty() {
            let entries: Vec<String> = entries.iter().map(|e| style.restyled(e)).collect();
            self.merged.added = entries.len();
            let place = style.append(self.library.text, &self.library.spans, &entries);
            let edit = place.map_err(|what| self.refused(&what))?;
            if self.library.source.name == "bibtex" && edit.range.start < self.library.text.len() {
                let added = self.merged.diagnostics.iter_mut().filter(|d| d.code == Code::Added);
                added.for_each(|d| d.done = "added before what is never closed".into());
            }
            at = edit.range.start;
            edits.push(edit);
        }
        let text = apply(self.library.text, edits);
        self.check(&text, at, &touched)?;
        let mark = if self.library.marked { "\u{FEFF}" } else { "" };
        self.merged.text = format!("{mark}{text}");
        Ok(self.merged)
    }

    fn refused(&self, what: &str) -> Error {
        Error::Output { name: self.library.name.clone(), what: what.to_owned() }
    }

    /// What changes in the text of an entry of the library.
    fn changes(&self, at: usize, span: &Span, style: &dyn super::Style) -> Result<Changes, Error> {
        let Work { entry, there, standing, .. } = &self.works[at];
        let Some((old, _)) = there else { return Ok(Changes::default()) };
        let kept = &old.kept;
        let (old, new) = (self.written(old, *standing)?, self.written(entry, *standing)?);
        let was = Was { written: &old, kept };
        Ok(changes(self.library, span, &was, &new, self.plan.prefer, style))
    }

    /// The fields of an entry as the template writes them.
    fn written(&self, entry: &Entry, standing: Standing) -> Result<Vec<New>, Error> {
        let entry = Entry { key: "x".to_owned(), ..entry.clone() };
        let main = if standing.main == Lang::Zh { Main::Zh } else { Main::En };
        let view = View::new(Arc::new(entry), main, omitted(&self.plan.options.omit)?);
        let text = self.plan.renderer.entry(&view)?;
        let spans = self.library.source.spans.map_or_else(Vec::new, |spans| spans(&text));
        let fields = spans.into_iter().next().map(|span| span.fields).unwrap_or_default();
        Ok(fields.into_iter().map(|field| (field.name, text[field.value].to_owned())).collect())
    }

    fn tell_changes(&mut self, at: usize, changes: &Changes) {
        let Work { place, from, .. } = &self.works[at];
        let place = place.clone();
        let sources = from.iter().map(|(place, sure)| format!("{place} ({})", sure.word()));
        let sources = sources.collect::<Vec<_>>().join(", ");
        for (name, value) in &changes.filled {
            let finding = Finding::new(Code::Filled, value, format!("put in, from {sources}"));
            self.tell(&place, name, finding);
        }
        for (name, there, new) in &changes.replaced {
            let done = match new.is_empty() {
                true => format!("taken out, for what comes from {sources}"),
                false => format!("replaced by {new}, from {sources}"),
            };
            self.tell(&place, name, Finding::new(Code::Replaced, there, done));
        }
        for (name, there, new) in &changes.kept {
            let done = format!("kept the first; the second is of {sources}");
            self.tell(
                &place,
                name,
                Finding::new(Code::Conflict, format!("{there} and {new}"), done),
            );
            self.merged.conflicts += 1;
        }
    }

    /// The entries that are added, rendered, with keys that the library has not.
    fn rendered(&mut self) -> Result<Vec<String>, Error> {
        let mut keys = Keys::default();
        let known = self.works.iter().filter(|work| work.there.is_some()).map(|w| &w.entry.key);
        let known: HashSet<String> =
            known.cloned().chain(self.library.keys()).map(|key| key.to_lowercase()).collect();
        known.into_iter().for_each(|key| drop(keys.unique(key)));
        let added = self.works.iter().filter(|work| work.there.is_none()).map(|work| Found {
            entry: Box::new(work.entry.clone()),
            place: work.place.clone(),
            others: Vec::new(),
            verbatim: Vec::new(),
        });
        let (added, told) = (added.collect(), &mut self.merged.diagnostics);
        let ready = prepare(added, self.plan.options, &mut keys, told)?;
        let mut entries = Vec::new();
        for one in ready {
            match self.plan.renderer.entry(&one.view) {
                Ok(text) => {
                    let done = "added at the end";
                    let key = one.view.entry().key.clone();
                    self.tell(&one.place, "", Finding::new(Code::Added, key, done));
                    let lost = self.plan.renderer.lost(&one.view);
                    lost.into_iter().for_each(|(field, what)| self.tell(&one.place, &field, what));
                    entries.push(text);
                }
                Err(error) => self.not_rendered(&one.place, error)?,
            }
        }
        Ok(entries)
    }

    fn not_rendered(&mut self, place: &Place, error: TemplateError) -> Result<(), Error> {
        if error.fatal {
            return Err(error.into());
        }
        let finding = Finding::new(Code::NotRendered, error.to_string(), "left out");
        self.tell(place, "", finding);
        self.merged.left_out += 1;
        Ok(())
    }
}

//! The text of a library when all records are in: what changes in its entries, and what stands behind them.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Merged, Merger, Work};
use crate::diagnostic::{Code, Finding, Place};
use crate::error::Error;
use crate::export::{omitted, prepare};
use crate::format::TemplateError;
use crate::key::Keys;
use crate::library::Style;
use crate::library::changes::{Changes, Was, changes};
use crate::library::edit::{Edit, New, apply};
use crate::library::fill::Standing;
use crate::model::{Entry, Lang};
use crate::source::Found;
use crate::source::span::Span;
use crate::view::{Main, View};

impl Merger<'_, '_> {
    pub(super) fn finish(mut self) -> Result<Merged, Error> {
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

    pub(super) fn refused(&self, what: &str) -> Error {
        Error::Output { name: self.library.name.clone(), what: what.to_owned() }
    }

    /// What changes in the text of an entry of the library.
    fn changes(&self, at: usize, span: &Span, style: &dyn Style) -> Result<Changes, Error> {
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

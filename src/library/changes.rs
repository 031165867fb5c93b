//! What changes in the text of one entry.

use super::edit::{Edit, New, Style};
use super::{Library, Prefer};
use crate::model::Kept;
use crate::source::span::{FieldSpan, Span};

/// The changes of an entry: its edits, and what there is to tell of them.
#[derive(Default)]
pub struct Changes {
    /// The edits, in no order.
    pub edits: Vec<Edit>,
    /// Fields that were put in.
    pub filled: Vec<New>,
    /// Fields whose value was replaced: the name, the old value and the new one.
    pub replaced: Vec<(String, String, String)>,
    /// Fields whose value says something that could not be understood, beside what is new.
    pub kept: Vec<(String, String, String)>,
}

/// An entry as it is.
pub struct Was<'e> {
    /// Its fields as the template writes them.
    pub written: &'e [New],
    /// What of it could not be understood, and what has no place in the model.
    pub kept: &'e Kept,
}

/// Fields whose value cannot stand in another field of the same datum.
const OF_THEIR_OWN: &[&str] =
    &["month", "day", "langid", "language", "archiveprefix", "eprinttype", "DA"];

/// Finds the changes of an entry from how the template writes it as it is, and as it should be.
pub fn changes(
    library: &Library<'_>,
    span: &Span,
    was: &Was<'_>,
    new: &[New],
    prefer: Prefer,
    style: &dyn Style,
) -> Changes {
    let mut finder = Finder {
        library,
        span,
        kept: was.kept,
        prefer,
        changes: Changes::default(),
        put: Vec::new(),
    };
    let mut done: Vec<&str> = Vec::new();
    for (name, _) in new {
        if !done.contains(&name.as_str()) {
            done.push(name);
            let of = |all: &[New]| -> Vec<String> {
                all.iter().filter(|(known, _)| known == name).map(|(_, v)| v.clone()).collect()
            };
            let (old, new) = (of(was.written), of(new));
            if old != new {
                finder.field(name, &old, &new);
            }
        }
    }
    let Finder { mut changes, put, .. } = finder;
    if !put.is_empty() {
        changes.edits.extend(style.put_in(library.text, span, &put));
        changes.filled.extend(put);
    }
    changes
}

struct Finder<'l, 't> {
    library: &'l Library<'t>,
    span: &'l Span,
    kept: &'l Kept,
    prefer: Prefer,
    changes: Changes,
    /// Fields to be put in.
    put: Vec<New>,
}

impl Finder<'_, '_> {
    fn text(&self, field: &FieldSpan) -> &str {
        &self.library.text[field.value.clone()]
    }

    fn field(&mut self, name: &str, old: &[String], new: &[String]) {
        let (library, span) = (self.library, self.span);
        // A day belongs to its month, and that one stays what it was.
        if name == "day" && self.changes.kept.iter().any(|(kept, ..)| kept == "month") {
            return;
        }
        if library.fields.is_note(name) {
            let there = |value: &String| span.named(name).any(|field| self.text(field) == value);
            let more = new.iter().filter(|value| !old.contains(value) && !there(value));
            let more: Vec<New> = more.map(|value| (name.to_owned(), value.clone())).collect();
            self.put.extend(more);
            return;
        }
        let says = |field: &&FieldSpan| library.said(field.value.clone()).is_some();
        let same = |field: &&FieldSpan| library.fields.is_same(&field.name, name);
        let known: Vec<&FieldSpan> = span.fields.iter().filter(same).filter(says).collect();
        let exact = known.iter().any(|field| field.name.eq_ignore_ascii_case(name));
        if known.is_empty() {
            let blank: Vec<&FieldSpan> = span.named(name).collect();
            self.fill(name, &blank, new);
        } else if self.prefer == Prefer::Second && (exact || !OF_THEIR_OWN.contains(&name)) {
            // A list can stand under two names, in the order in which they are read.
            let all = !exact || library.fields.is_repeated(name);
            let named = |field: &&&FieldSpan| all || field.name.eq_ignore_ascii_case(name);
            let mut known: Vec<&FieldSpan> = known.iter().filter(named).copied().collect();
            known.sort_by_key(|field| !field.name.eq_ignore_ascii_case(name));
            self.replace(name, &known, new);
        } else if exact && (old.is_empty() || self.kept.get(&name.to_lowercase()).is_some()) {
            let there = self.text(known[0]).to_owned();
            self.changes.kept.push((name.to_owned(), there, new[0].clone()));
        }
    }

    /// Puts values in; a field that stands there without saying anything takes the first of them.
    fn fill(&mut self, name: &str, blank: &[&FieldSpan], new: &[String]) {
        let mut values = new.iter();
        if let (Some(field), Some(value)) =
            (blank.first(), values.next().filter(|_| !blank.is_empty()))
        {
            // A tag without value ends with its hyphen.
            let range = field.value.clone();
            let glued = range.is_empty() && self.library.text[..range.start].ends_with(['-', '%']);
            let lead = if glued { " " } else { "" };
            self.changes.edits.push(Edit { range, text: format!("{lead}{value}") });
            self.changes.filled.push((name.to_owned(), value.clone()));
        } else {
            values = new.iter();
        }
        self.put.extend(values.map(|value| (name.to_owned(), value.clone())));
    }

    /// Puts values in the places of those that are there.
    fn replace(&mut self, name: &str, known: &[&FieldSpan], new: &[String]) {
        let repeated = self.library.fields.is_repeated(name);
        for (at, field) in known.iter().enumerate() {
            let (range, there) = (field.value.clone(), self.text(field).to_owned());
            match new.get(at) {
                Some(value) if *value == there => continue,
                Some(value) => {
                    self.changes.replaced.push((field.name.clone(), there, value.clone()));
                    self.changes.edits.push(Edit { range, text: value.clone() });
                }
                None if repeated => {
                    let end = self.line_end(range.end);
                    let range = field.start..end;
                    self.changes.edits.push(Edit { range, text: String::new() });
                    self.changes.replaced.push((field.name.clone(), there, String::new()));
                }
                None => {}
            }
        }
        if repeated {
            let name = known.last().map_or(name, |field| &field.name);
            let more = new.iter().skip(known.len());
            self.put.extend(more.map(|value| (name.to_owned(), value.clone())));
        }
    }

    /// Behind the end of the line.
    fn line_end(&self, at: usize) -> usize {
        let rest = &self.library.text[at..];
        let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let behind = &rest[line..];
        at + line + if behind.starts_with("\r\n") { 2 } else { usize::from(!behind.is_empty()) }
    }
}

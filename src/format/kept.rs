//! What was kept of a file, written back where the format is of the same dialect.

use minijinja::{Error, Value};

use super::print::{check, invalid};
use super::value::{KeptValue, is_absent};
use super::{Format, Renderer};
use crate::diagnostic::{Code, Finding};
use crate::model::{Entry, Kept, Name};
use crate::view::{Datum, View};

/// `|kept`: the fields that were kept of a file of the format's own dialect, each with `.name` and
/// `.value`; the value is printed as it stood there. None of them in any other format.
pub fn fields(format: &'static Format, value: &Value) -> Result<Value, Error> {
    let fields = kept(format, value)?;
    let field = |(name, value): &(String, String)| {
        let value = Value::from_safe_string(value.clone());
        Value::from_pairs([("name", Value::from(name.as_str())), ("value", value)])
    };
    Ok(fields.iter().map(field).collect())
}

/// `|keeps("note")`: true where a field of that name will be written by `|kept`.
pub fn holds(format: &'static Format, value: &Value, name: &str) -> Result<bool, Error> {
    Ok(kept(format, value)?.iter().any(|(known, _)| known == name))
}

fn kept<'v>(format: &Format, value: &'v Value) -> Result<&'v [(String, String)], Error> {
    check(value)?;
    match value.downcast_object_ref::<KeptValue>() {
        Some(KeptValue(kept)) if writes(format, kept) => Ok(&kept.fields),
        Some(_) => Ok(&[]),
        None if is_absent(value) => Ok(&[]),
        None => Err(invalid("this filter takes entry.kept")),
    }
}

fn writes(format: &Format, kept: &Kept) -> bool {
    format.keeps == Some(kept.dialect)
}

impl Renderer {
    /// The fields of an entry that its output has no place for: each with its name.
    pub fn lost(&self, view: &View) -> Vec<(String, Finding)> {
        let mut lost = self.lacked(view);
        if !matches!(view.get("kept"), Some(Datum::Absent)) {
            lost.extend(self.not_kept(view.entry()));
        }
        lost
    }

    /// Those of the model.
    fn lacked(&self, view: &View) -> Vec<(String, Finding)> {
        let format = self.format();
        let done = format!("left out of {}: the format has no place for it", format.name);
        let lost = |field: &&str| {
            let found = match view.get(field)? {
                Datum::List(words) => words.join("; "),
                Datum::Names(names, _) => {
                    names.iter().map(Name::display).collect::<Vec<_>>().join("; ")
                }
                Datum::Text(text) => text.plain().to_owned(),
                _ => return None,
            };
            Some(((*field).to_owned(), Finding::new(Code::FieldLost, found, done.clone())))
        };
        format.lacks.iter().filter(|field| self.leaves_out(field)).filter_map(lost).collect()
    }

    /// Those that were kept of a file.
    pub(crate) fn not_kept(&self, entry: &Entry) -> Vec<(String, Finding)> {
        let kept = &entry.kept;
        if writes(self.format(), kept) && self.asks("kept") {
            return Vec::new();
        }
        // The key has a place of its own.
        let fields = kept.fields.iter().filter(|(_, value)| *value != entry.key);
        let name = self.format().name;
        let lost = |(field, value): &(String, String)| {
            let done = format!("left out of {name}: it is a field of {} alone", kept.dialect);
            (field.clone(), Finding::new(Code::FieldLost, value.clone(), done))
        };
        fields.map(lost).collect()
    }
}

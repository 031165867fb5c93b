//! The values of a view as template values.

use std::sync::Arc;

use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr};

use super::Format;
use super::inline::{encode, unmarked};
use crate::model::{Bilingual, Date, Kept, Kind, Lang, Name, Pages, Text};
use crate::view::{Datum, FIELDS, Field, View, field};

/// What a template is given: `entry` and nothing else. The engine's own maps would be built and
/// hashed for each entry.
#[derive(Debug)]
pub struct Root(pub Value);

impl Root {
    /// The context of a template over one entry.
    pub fn of(entry: Arc<EntryValue>) -> Value {
        Value::from_object(Root(Value::from_dyn_object(entry)))
    }
}

impl Object for Root {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        (key == "entry").then(|| self.0.clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["entry"])
    }
}

/// `entry`: a map whose members are looked up when asked for.
#[derive(Debug)]
pub struct EntryValue(pub View);

impl Object for EntryValue {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        field(key).map(|field| self.value(field))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(FIELDS.iter().map(|field| Value::from(field.name)).collect())
    }
}

impl EntryValue {
    /// The value of a field.
    pub fn value(self: &Arc<Self>, field: &'static Field) -> Value {
        match self.0.value(field) {
            Datum::Names([], _) => Value::from(Vec::<Value>::new()),
            Datum::Names(..) => Value::from_object(NamesValue { entry: self.clone(), field }),
            datum => value(datum),
        }
    }
}

/// What is absent: an empty string, which prints as nothing wherever a template puts it. The engine
/// would print its none as `None`.
pub fn absent() -> Value {
    Value::from("")
}

/// True for what is absent, or none by the template's own doing.
pub fn is_absent(value: &Value) -> bool {
    value.is_none() || value.as_str() == Some("")
}

fn value(datum: Datum<'_>) -> Value {
    match datum {
        Datum::Absent => absent(),
        Datum::Bool(truth) => Value::from(truth),
        Datum::Number(number) => Value::from(number),
        Datum::Plain(chars) => Value::from(&*unmarked(chars)),
        Datum::Owned(chars) => Value::from(&*unmarked(&chars)),
        Datum::Text(text) => text_value(text),
        Datum::Both(both) => Value::from_object(BothValue(both.clone())),
        // The list stays in its entry, see `NamesValue`.
        Datum::Names(..) => absent(),
        Datum::List(items) => items.iter().map(|item| Value::from(&*unmarked(item))).collect(),
        Datum::Lines(lines) => lines.iter().map(|line| Value::from(&*unmarked(line))).collect(),
        Datum::Pages(pages) => Value::from_object(PagesValue(pages.clone())),
        Datum::Date(date) => Value::from_object(DateValue(date)),
        Datum::Kind(kind, kept) => Value::from_object(KindValue {
            kind,
            own: kept.kind.clone().map(|word| (kept.dialect, word)),
        }),
        Datum::Kept(kept) => Value::from_object(KeptValue(kept.clone())),
        Datum::Lang(lang) => Value::from_object(LangValue(lang)),
    }
}

fn text_value(text: &Text) -> Value {
    Value::from(&*encode(text))
}

fn optional(text: Option<&String>) -> Value {
    text.map_or_else(absent, |text| Value::from(&*unmarked(text)))
}

/// `entry.titles` and its like: `.zh` and `.en`.
#[derive(Debug)]
struct BothValue(Bilingual<Text>);

impl Object for BothValue {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let text = match key.as_str()? {
            "zh" => &self.0.zh,
            "en" => &self.0.en,
            _ => return None,
        };
        Some(text.as_ref().map_or_else(absent, text_value))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["zh", "en"])
    }
}

/// `entry.authors`: a sequence of names that knows whether it is complete. The names stay in their
/// entry, since a list of them is long to copy.
pub struct NamesValue {
    entry: Arc<EntryValue>,
    field: &'static Field,
}

impl NamesValue {
    /// The names, and whether there are more.
    pub fn names(&self) -> (&[Name], bool) {
        match self.entry.0.value(self.field) {
            Datum::Names(names, more) => (names, more),
            _ => (&[], false),
        }
    }
}

impl std::fmt::Debug for NamesValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.names().0).finish()
    }
}

impl Object for NamesValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let name = self.names().0.get(key.as_usize()?)?;
        Some(Value::from_object(NameValue(name.clone())))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.names().0.len())
    }
}

/// One name: `.family .given .prefix .suffix .display .other`.
#[derive(Debug)]
pub struct NameValue(pub Name);

impl Object for NameValue {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let name = &self.0;
        Some(match key.as_str()? {
            "family" => Value::from(&*unmarked(&name.family)),
            "given" => optional(name.given.as_ref()),
            "prefix" => optional(name.prefix.as_ref()),
            "suffix" => optional(name.suffix.as_ref()),
            "display" => Value::from(&*unmarked(&name.display())),
            "other" => match &name.other {
                Some(other) => Value::from_object(NameValue((**other).clone())),
                None => absent(),
            },
            _ => return None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["family", "given", "prefix", "suffix", "display", "other"])
    }
}

/// A date: `.year .month .day`; printed as ISO 8601-1: `2018-08-01`.
#[derive(Debug)]
pub struct DateValue(pub Date);

impl Object for DateValue {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let part = match key.as_str()? {
            "year" => Some(self.0.year),
            "month" => self.0.month.map(u16::from),
            "day" => self.0.day.map(u16::from),
            _ => return None,
        };
        Some(part.map_or_else(absent, Value::from))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["year", "month", "day"])
    }

    fn render(self: &Arc<Self>, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join('-'))
    }
}

/// Pages; printed with a hyphen between first and last.
#[derive(Debug)]
pub struct PagesValue(pub Pages);

impl Object for PagesValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join("-"))
    }
}

/// What was kept of a file; the filters `kept` and `keeps` look into it.
#[derive(Debug)]
pub struct KeptValue(pub Kept);

impl Object for KeptValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}

/// A type of work; printed as the format's word.
#[derive(Debug)]
pub struct KindValue {
    kind: Kind,
    /// The dialect of the file, and its own word.
    own: Option<(&'static str, String)>,
}

impl KindValue {
    /// The word of the file where the format is of its dialect, else the format's.
    pub fn word(&self, format: &Format) -> &str {
        match &self.own {
            Some((dialect, word)) if format.keeps == Some(dialect) => word,
            _ => (format.kind)(self.kind),
        }
    }
}

impl Object for KindValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind.word())
    }
}

/// A language; printed as its BCP 47 tag, `.code` is the language alone.
#[derive(Debug)]
pub struct LangValue(pub Lang);

impl Object for LangValue {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str()? {
            "code" => Some(Value::from(self.0.code())),
            "tag" => Some(Value::from(self.0.tag())),
            _ => None,
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["code", "tag"])
    }

    fn render(self: &Arc<Self>, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.tag())
    }
}

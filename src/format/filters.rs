//! The filters and functions of the templates.

use std::borrow::Cow;

use minijinja::value::ValueKind;
use minijinja::{Environment, Error, Value};

use super::inline::{decode, encode, is_marked};
use super::line::line;
use super::print::{check, invalid};
use super::value::{DateValue, KindValue, LangValue, NamesValue, PagesValue, absent, is_absent};
use super::{Format, kept};
use crate::model::{Date, Name, Pages, Script, Text};
use crate::text::case;

/// A filter: what it makes of a value in a format, with its argument.
pub type Filter = fn(&'static Format, &Value, &str) -> Result<Value, Error>;

/// Every filter, and whether it takes an argument.
pub const FILTERS: &[(&str, bool, Filter)] = &[
    ("names", false, |format, value, _| names(format, value)),
    ("names_multi", false, |format, value, _| names_multi(format, value)),
    ("names_in_two", false, |format, value, _| names_in_two(format, value)),
    ("lines_joined", false, |_, value, _| joined(value, "\n")),
    ("kind", false, |format, value, _| word(format, value)),
    ("babel", false, |format, value, _| word(format, value)),
    ("verbatim", false, |format, value, _| verbatim(format, value)),
    ("and", false, |_, value, _| joined(value, " and ")),
    ("semicolons", false, |_, value, _| joined(value, "; ")),
    ("commas", false, |_, value, _| joined(value, ", ")),
    ("protect", false, |_, value, _| on_text(value, case::protect)),
    ("unstyled", false, |_, value, _| on_text(value, |t| t.plain().into())),
    ("formattable", false, |_, value, _| formattable(value)),
    ("html", false, |_, value, _| html(value)),
    ("after", true, |_, value, label| after(value, label)),
    ("present", false, |_, value, _| present(value)),
    ("join_date", true, |_, value, by| join_date(value, by)),
    ("date_parts", false, |_, value, _| date_parts(value)),
    ("month_name", false, |_, value, _| month_name(value)),
    ("dashes", true, dashes),
    ("kept", false, |format, value, _| kept::fields(format, value)),
    ("keeps", true, |format, value, name| kept::holds(format, value, name).map(Value::from)),
];

/// Adds every filter to the environment of a format, and the function `line`.
pub fn add_all(environment: &mut Environment<'_>, format: &'static Format) {
    environment.add_function("line", move |pattern: &str| line(format, pattern));
    environment.add_test("none", |value: &Value| is_absent(value));
    for &(name, takes, filter) in FILTERS {
        match takes {
            true => environment.add_filter(name, move |value: &Value, argument: String| {
                filter(format, value, &argument)
            }),
            false => {
                environment.add_filter(name, move |value: &Value| filter(format, value, ""));
            }
        }
    }
}

/// The filter of that name, and whether it takes an argument; of those of the engine `safe` alone.
pub fn by_name(name: &str) -> Option<(Filter, bool)> {
    if name == "safe" {
        return Some((|_, value, _| Ok(Value::from_safe_string(value.to_string())), false));
    }
    let row = FILTERS.iter().find(|(known, ..)| *known == name)?;
    Some((row.2, row.1))
}

/// `|names`: a list of names as the format spells them.
fn names(format: &'static Format, value: &Value) -> Result<Value, Error> {
    if is_absent(value) || value.len() == Some(0) {
        return Ok(absent());
    }
    let (names, more) = value
        .downcast_object_ref::<NamesValue>()
        .ok_or_else(|| invalid("`names` takes a list of names such as entry.authors"))?
        .names();
    let others = format.others.filter(|_| more).map(|o| Value::from_safe_string(o.into()));
    let mut forms = Vec::with_capacity(names.len() + 1);
    forms.extend(names.iter().map(|name| format.name_form.value(name)).chain(others));
    Ok(Value::from(forms))
}

/// `|names_multi`: names as CSL-M has them, the other form of each under `multi`.
fn names_multi(format: &'static Format, value: &Value) -> Result<Value, Error> {
    let Some(names) = value.downcast_object_ref::<NamesValue>() else { return Ok(value.clone()) };
    let member = |name: &Name| {
        let form = format.name_form.value(name);
        let Some(other) = name.other.as_deref() else { return form };
        let keys = Value::from_pairs([("zh-Latn", format.name_form.value(other))]);
        let multi = Value::from_pairs([("main", Value::from("zh")), ("_key", keys)]);
        let mut members: Vec<(Value, Value)> = Vec::new();
        for key in form.try_iter().into_iter().flatten() {
            let value = form.get_item(&key).unwrap_or_default();
            members.push((key, value));
        }
        members.push((Value::from("multi"), multi));
        Value::from_pairs(members)
    };
    Ok(names.names().0.iter().map(member).collect())
}

/// `|names_in_two`: names as a program has them that knows `family` and `given` alone, as Zotero's
/// importer of CSL-JSON does: `van der Vet`, and `John, Jr.` as Zotero itself writes a suffix.
fn names_in_two(format: &'static Format, value: &Value) -> Result<Value, Error> {
    let Some(list) = value.downcast_object_ref::<NamesValue>() else {
        return names(format, value);
    };
    Ok(list.names().0.iter().map(|name| format.name_form.value(&in_two(name))).collect())
}

/// A name of family and given name alone.
pub fn in_two(name: &Name) -> Cow<'_, Name> {
    if name.script != Script::Latin || (name.prefix.is_none() && name.suffix.is_none()) {
        return Cow::Borrowed(name);
    }
    let given = [name.given.as_deref(), name.suffix.as_deref()];
    let given = given.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let given = Some(given).filter(|given| !given.is_empty());
    Cow::Owned(Name { family: name.full_family(), given, ..Name::default() })
}

/// `|kind`, `|babel`: the format's word for a type of work, the babel name of a language.
fn word(format: &'static Format, value: &Value) -> Result<Value, Error> {
    if let Some(kind) = value.downcast_object_ref::<KindValue>() {
        return Ok(Value::from_safe_string(kind.word(format).to_owned()));
    }
    match value.downcast_object_ref::<LangValue>() {
        Some(lang) => Ok(Value::from((format.lang)(lang.0))),
        None if is_absent(value) => Ok(value.clone()),
        None => Err(invalid("this filter takes entry.kind or a language")),
    }
}

/// `|verbatim`: a DOI or an address, which the format does not escape.
fn verbatim(format: &'static Format, value: &Value) -> Result<Value, Error> {
    check(value)?;
    let Some(text) = value.as_str().filter(|text| !value.is_safe() && !text.is_empty()) else {
        return Ok(value.clone());
    };
    let mut out = String::with_capacity(text.len() + 16);
    match is_marked(text) {
        true => (format.verbatim)(decode(text).plain(), &mut out),
        false => (format.verbatim)(text, &mut out),
    }
    Ok(Value::from_safe_string(out))
}

fn on_text(value: &Value, change: fn(&Text) -> Text) -> Result<Value, Error> {
    check(value)?;
    let Some(text) = value.as_str().filter(|text| !text.is_empty()) else {
        return Ok(value.clone());
    };
    let before = decode(text);
    let after = change(&before);
    let same = after == before && !is_marked(text);
    Ok(if same { value.clone() } else { Value::from(&*encode(&after)) })
}

/// `|formattable`: a string of hayagriva in which braces keep the case and dollars mean mathematics,
/// with those of the text behind a backslash (hayagriva, docs/file-format.md, "Formattable String").
fn formattable(value: &Value) -> Result<Value, Error> {
    check(value)?;
    let Some(text) = value.as_str().filter(|text| has_signs(text)) else {
        return Ok(value.clone());
    };
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if matches!(c, '\\' | '{' | '}' | '$') {
            out.push('\\');
        }
        out.push(c);
    }
    Ok(Value::from(out))
}

/// `|html`: a text, or each of a list, for a program that reads it as HTML: what would begin a tag or a
/// character reference there is one itself (HTML Living Standard §13.2.5, "Data state", "Tag open state",
/// "Character reference state").
fn html(value: &Value) -> Result<Value, Error> {
    check(value)?;
    if value.kind() == ValueKind::Seq {
        return value.try_iter()?.map(|item| html(&item)).collect::<Result<_, _>>();
    }
    let Some(text) = value.as_str().filter(|text| text.contains(['&', '<'])) else {
        return Ok(value.clone());
    };
    Ok(Value::from(&*encode(&as_html(decode(text).plain()).into())))
}

/// A text as HTML spells it, with no more character references than it needs.
pub fn as_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<']) {
        let (before, sign) = rest.split_at(at);
        let next = sign[1..].chars().next().unwrap_or(' ');
        out.push_str(before);
        out.push_str(match &sign[..1] {
            "&" if next.is_ascii_alphanumeric() || next == '#' => "&amp;",
            "<" if next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?') => "&lt;",
            sign => sign,
        });
        rest = &sign[1..];
    }
    out.push_str(rest);
    out
}

/// True where a text holds a sign that `formattable` puts a backslash before.
pub fn has_signs(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3(b'\\', b'{', b'}', bytes).is_some() || memchr::memchr(b'$', bytes).is_some()
}

/// `|after(label)`: the value with a label before it, or none.
fn after(value: &Value, label: &str) -> Result<Value, Error> {
    check(value)?;
    Ok(match value.is_true() {
        true => Value::from(format!("{label}{value}")),
        false => absent(),
    })
}

/// `|present`: a map or list without absent members; none where nothing is left.
pub fn present(value: &Value) -> Result<Value, Error> {
    check(value)?;
    let mut kept = Vec::new();
    for item in value.try_iter()? {
        let member = match value.kind() {
            ValueKind::Map => value.get_item(&item)?,
            _ => item.clone(),
        };
        if member.is_true() {
            kept.push((item, member));
        }
    }
    Ok(match value.kind() {
        _ if kept.is_empty() => absent(),
        ValueKind::Map => Value::from_pairs(kept),
        _ => kept.into_iter().map(|(_, member)| member).collect::<Vec<_>>().into(),
    })
}

/// `|and`, `|commas`, `|semicolons`: the items of a list with a word or sign between; none where there is no list.
/// Names are escaped already, so a list of them is; other strings are escaped when printed.
fn joined(value: &Value, by: &str) -> Result<Value, Error> {
    check(value)?;
    if is_absent(value) {
        return Ok(value.clone());
    }
    let mut text = String::with_capacity(64);
    let mut safe = true;
    for (at, item) in value.try_iter()?.enumerate() {
        if at > 0 {
            text.push_str(by);
        }
        match item.as_str() {
            Some(item) => text.push_str(item),
            None => text.push_str(&item.to_string()),
        }
        safe &= item.is_safe();
    }
    Ok(if safe && !text.is_empty() { Value::from_safe_string(text) } else { Value::from(text) })
}

fn date_of(value: &Value) -> Result<Option<Date>, Error> {
    check(value)?;
    match value.downcast_object_ref::<DateValue>() {
        Some(date) => Ok(Some(date.0)),
        None if is_absent(value) => Ok(None),
        None => Err(invalid("this filter takes a date such as entry.date")),
    }
}

/// `|join_date("/")`: the known parts with a sign between.
fn join_date(value: &Value, by: &str) -> Result<Value, Error> {
    let sign = by.chars().next().unwrap_or('-');
    Ok(date_of(value)?.map_or_else(absent, |date| Value::from(date.join(sign))))
}

/// `|date_parts`: the date as CSL-JSON has it, numbers in a list of a list.
fn date_parts(value: &Value) -> Result<Value, Error> {
    Ok(date_of(value)?.map_or_else(absent, |date| {
        let parts = [Some(date.year), date.month.map(u16::from), date.day.map(u16::from)];
        let parts: Vec<Value> = parts.into_iter().flatten().map(Value::from).collect();
        Value::from_pairs([("date-parts", Value::from(vec![Value::from(parts)]))])
    }))
}

/// `|month_name`: the month as BibTeX's styles name it, or none.
fn month_name(value: &Value) -> Result<Value, Error> {
    Ok(date_of(value)?.and_then(month).map_or_else(absent, Value::from))
}

/// The month of a date as BibTeX's styles name it.
pub fn month(date: Date) -> Option<&'static str> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    date.month.and_then(|month| NAMES.get(usize::from(month) - 1)).copied()
}

/// `|dashes("--")`: pages with the dash that the format wants between first and last.
fn dashes(format: &'static Format, value: &Value, dash: &str) -> Result<Value, Error> {
    check(value)?;
    match value.downcast_object_ref::<PagesValue>() {
        Some(pages) => Ok(match dashed(format, &pages.0, dash) {
            Some(pages) => Value::from_safe_string(pages),
            None => Value::from(pages.0.join(dash)),
        }),
        None if is_absent(value) => Ok(value.clone()),
        None => Err(invalid("`dashes` takes entry.pages")),
    }
}

/// Pages as they go out, where the format would take the dash apart that is meant as it stands.
pub fn dashed(format: &Format, pages: &Pages, dash: &str) -> Option<String> {
    let escaped = |text: &str| {
        let mut out = String::new();
        (format.escape)(text, &mut out);
        out
    };
    if format.json || escaped(dash) == dash {
        return None;
    }
    let part = |part: &Option<String>| part.as_deref().map(escaped);
    let Pages { first, last, more } = pages;
    let pages = Pages { first: escaped(first), last: part(last), more: part(more) };
    Some(pages.join(dash))
}

//! How a format spells a name.

use std::borrow::Cow;

use minijinja::Value;

use super::Format;
use super::inline::unmarked;
use super::print::write_text;
use crate::model::Name;

/// The members of a name that is a map, in order, as far as it has them.
pub type Members<'n> = [(&'static str, Option<Cow<'n, str>>); 4];

/// How a format spells a name.
#[derive(Clone, Copy)]
pub enum NameForm {
    /// In its own syntax, with the characters of the name escaped.
    Syntax(fn(&Name, &mut String)),
    /// As characters, which are still to be escaped.
    Characters(fn(&Name) -> String),
    /// As a map, where values are written as JSON.
    Map(fn(&Name) -> Members<'_>),
}

impl NameForm {
    /// The name as a value of the engine.
    pub fn value(self, name: &Name) -> Value {
        match self {
            NameForm::Syntax(write) => {
                let mut out = String::with_capacity(name.family.len() + 32);
                write(name, &mut out);
                Value::from_safe_string(out)
            }
            NameForm::Characters(form) => Value::from(form(name)),
            NameForm::Map(members) => {
                let members = members(name).into_iter();
                let member = |(key, value): (_, Option<Cow<'_, str>>)| {
                    Some((key, Value::from(&*unmarked(&value?))))
                };
                Value::from_pairs(members.filter_map(member))
            }
        }
    }

    /// Writes the name as it is printed; false where there is nothing to print.
    pub fn write(self, format: &Format, name: &Name, out: &mut String) -> bool {
        match self {
            NameForm::Syntax(write) => write(name, out),
            NameForm::Characters(form) => {
                let form = form(name);
                if form.is_empty() {
                    return false;
                }
                write_text(format, &form, out);
            }
            NameForm::Map(members) => {
                let mut by = "{\"";
                for (key, value) in members(name) {
                    let value = value.as_deref().map(unmarked).unwrap_or_default();
                    if !value.is_empty() {
                        out.extend([by, key, "\": \""]);
                        (format.escape)(&value, out);
                        by = "\", \"";
                    }
                }
                out.push_str(if by.starts_with('{') { "{}" } else { "\"}" });
            }
        }
        true
    }
}

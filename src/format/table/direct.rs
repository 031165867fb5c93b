//! Values that go from the entry to the text without becoming values of the engine.
//!
//! Three of four lines of a `.bib` entry print a field as it is, or behind one filter. A value of
//! the engine would be a copy of each abstract and each name. What is not told here in a few lines
//! (JSON, marks within a title, dates) goes the way of every other template; tests compare the two.

use super::super::Format;
use super::super::inline::{encode, is_marked, unmarked};
use super::super::print::write_text;
use super::Reader;
use crate::model::{Name, Text};
use crate::text::case;
use crate::view::{self, Datum, Field, View};

/// How a field is printed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum How {
    /// `entry.FIELD`
    Plain,
    /// `entry.FIELD|protect`
    Protected,
    /// `entry.FIELD|verbatim`
    Verbatim,
    /// `entry.FIELD|names|and`, with what stands between two names.
    Names(&'static str),
}

/// A field that is printed directly.
pub struct Direct {
    field: &'static Field,
    how: How,
}

/// What was done about a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Done {
    /// It is written.
    Written,
    /// There is none.
    Absent,
    /// Nothing: it is none of the plain ones.
    Left,
}

impl Direct {
    /// Reads an expression up to the end of `reader`; `None` where it is another one.
    pub fn of(format: &Format, mut reader: Reader<'_>) -> Option<Direct> {
        (!format.json && reader.word()? == "entry").then_some(())?;
        reader.sign('.')?;
        let field = view::field(reader.word()?)?;
        let mut filters = Vec::new();
        while reader.sign('|').is_some() {
            filters.push(reader.word()?);
        }
        let how = match &filters[..] {
            [] => How::Plain,
            ["protect"] => How::Protected,
            ["verbatim"] => How::Verbatim,
            ["names", "and"] => How::Names(" and "),
            ["names", "semicolons"] => How::Names("; "),
            _ => return None,
        };
        (reader.sign(')').is_some() && reader.0.trim().is_empty()).then_some(Direct { field, how })
    }

    /// Writes the value with `lead` before and `after` behind it, where there is one.
    pub fn write(
        &self,
        format: &Format,
        view: &View,
        [lead, after]: [&str; 2],
        out: &mut String,
    ) -> Done {
        let start = out.len();
        out.push_str(lead);
        let done = match (self.how, view.value(self.field)) {
            (_, Datum::Absent) => Done::Absent,
            (How::Plain, Datum::Plain(chars)) => plain(format, chars, out),
            (How::Plain, Datum::Text(value)) if value.marks().is_empty() => {
                plain(format, value.plain(), out)
            }
            (How::Plain, Datum::Text(value)) => text(format, &encode(value), out),
            (How::Protected, Datum::Text(value)) => protected(format, value, out),
            (How::Verbatim, Datum::Plain(chars)) => verbatim(format, chars, out),
            (How::Names(by), Datum::Names(list, more)) => names(format, list, more, by, out),
            _ => Done::Left,
        };
        match done {
            Done::Written => out.push_str(after),
            Done::Absent | Done::Left => out.truncate(start),
        }
        done
    }
}

fn text(format: &Format, text: &str, out: &mut String) -> Done {
    if text.is_empty() {
        return Done::Absent;
    }
    write_text(format, text, out);
    Done::Written
}

fn plain(format: &Format, chars: &str, out: &mut String) -> Done {
    let chars = unmarked(chars);
    if chars.is_empty() {
        return Done::Absent;
    }
    (format.escape)(&chars, out);
    Done::Written
}

fn protected(format: &Format, value: &Text, out: &mut String) -> Done {
    if !value.marks().is_empty() || is_marked(value.plain()) {
        return Done::Left;
    }
    text(format, &encode(&case::protect(value)), out)
}

fn verbatim(format: &Format, chars: &str, out: &mut String) -> Done {
    match chars {
        "" => return Done::Absent,
        _ if is_marked(chars) => return Done::Left,
        _ => out.push_str(&(format.verbatim)(chars)),
    }
    Done::Written
}

fn names(format: &Format, names: &[Name], more: bool, by: &str, out: &mut String) -> Done {
    for (at, name) in names.iter().enumerate() {
        let form = (format.name_form)(name);
        let Some(form) = form.as_str().filter(|_| form.is_safe()) else { return Done::Left };
        if at > 0 {
            out.push_str(by);
        }
        out.push_str(form);
    }
    match format.others.filter(|_| more && !names.is_empty()) {
        Some(others) => out.extend([by, others]),
        None if names.is_empty() => return Done::Absent,
        None => {}
    }
    Done::Written
}

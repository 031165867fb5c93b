//! Values that go from the entry to the text without becoming values of the engine.
//!
//! Three of four lines of an entry print a field as it is, or behind one filter. A value of
//! the engine would be a copy of each abstract and each name. What is not told here in a few lines
//! (marks within a title, the filters that few lines have) goes the way of every other template;
//! tests compare the two.

use std::borrow::Borrow;

use super::reader::Reader;
use crate::format::inline::{encode, is_marked, unmarked};
use crate::format::name_form::NameForm;
use crate::format::print::write_text;
use crate::format::{Format, filters};
use crate::model::{Bilingual, Name, Text};
use crate::text::case;
use crate::view::{self, Datum, Field, View};

/// How a field is printed.
#[derive(Clone, Debug, PartialEq)]
enum How {
    /// `entry.FIELD`
    Plain,
    /// `entry.date.year`
    Year,
    /// `entry.language.code`
    Code,
    /// `entry.FIELD|kind`, `entry.FIELD|babel`
    Word,
    /// `entry.FIELD|protect`
    Protected,
    /// `entry.FIELD|formattable`, with or without `protect` behind it
    Formattable(bool),
    /// `entry.FIELD|verbatim`
    Verbatim,
    /// `entry.FIELD|names`
    Names,
    /// `entry.FIELD|names_in_two`
    NamesInTwo,
    /// `entry.FIELD|names|and`, with what stands between two names.
    NamesBy(&'static str),
    /// `entry.FIELD|date_parts`
    DateParts,
    /// `entry.FIELD|join_date("/")`
    DateBy(char),
    /// `entry.FIELD|month_name`
    Month,
    /// `entry.FIELD|dashes("--")`
    Dashes(String),
    /// `entry.FIELD|commas`
    Joined(&'static str),
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
    pub fn of(mut reader: Reader<'_>) -> Option<Direct> {
        (reader.word()? == "entry").then_some(())?;
        reader.sign('.')?;
        let field = view::field(reader.word()?)?;
        let member = reader.sign('.').and_then(|()| reader.word());
        let (mut filters, mut argument) = (Vec::new(), None);
        while reader.sign('|').is_some() {
            filters.push(reader.word()?);
            argument = argument.or(reader.argument());
        }
        let how = match (member, &filters[..]) {
            (None, ["dashes"]) => How::Dashes(argument.take()?),
            (None, ["join_date"]) => How::DateBy(argument.take()?.parse().ok()?),
            _ if argument.is_some() => return None,
            (Some("year"), []) => How::Year,
            (Some("code"), []) => How::Code,
            (Some(_), _) => return None,
            (None, []) => How::Plain,
            (None, ["kind" | "babel"]) => How::Word,
            (None, ["protect"]) => How::Protected,
            (None, ["formattable"]) => How::Formattable(false),
            (None, ["formattable", "protect"]) => How::Formattable(true),
            (None, ["verbatim"]) => How::Verbatim,
            (None, ["names"]) => How::Names,
            (None, ["names_in_two"]) => How::NamesInTwo,
            (None, ["names", "and"]) => How::NamesBy(" and "),
            (None, ["names", "semicolons"]) => How::NamesBy("; "),
            (None, ["date_parts"]) => How::DateParts,
            (None, ["month_name"]) => How::Month,
            (None, ["commas"]) => How::Joined(", "),
            (None, _) => return None,
        };
        reader.is_done().then_some(Direct { field, how })
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
        let done = self.value(format, view, out);
        match done {
            Done::Written => out.push_str(after),
            Done::Absent | Done::Left => out.truncate(start),
        }
        done
    }

    fn value(&self, format: &Format, view: &View, out: &mut String) -> Done {
        match (&self.how, view.value(self.field)) {
            (How::Year | How::Code, Datum::Absent) => Done::Left,
            (_, Datum::Absent) => Done::Absent,
            (How::Plain, Datum::Plain(chars)) => plain(format, chars, out),
            (How::Plain, Datum::Owned(chars)) => plain(format, &chars, out),
            (How::Plain, Datum::Text(value)) => text(format, value, out),
            (How::Plain, Datum::Pages(pages)) => plain(format, &pages.join("-"), out),
            (How::Plain, Datum::Date(date)) => plain(format, &date.join('-'), out),
            (How::Plain, Datum::Lang(lang)) => plain(format, lang.tag(), out),
            (How::Plain, Datum::Kind(kind, kept)) if kept.kind.is_none() => {
                plain(format, (format.kind)(kind), out)
            }
            (How::Year, Datum::Date(date)) if !format.json => {
                plain(format, &date.year.to_string(), out)
            }
            (How::Code, Datum::Lang(lang)) => plain(format, lang.code(), out),
            (How::Word, Datum::Lang(lang)) => plain(format, (format.lang)(lang), out),
            (How::Word, Datum::Kind(kind, kept)) if kept.kind.is_none() => {
                out.push_str((format.kind)(kind));
                Done::Written
            }
            (How::Protected, Datum::Text(value)) => protected(format, value, out),
            (How::Formattable(protect), Datum::Text(value)) => {
                match filters::has_signs(value.plain()) || !value.marks().is_empty() {
                    true => Done::Left,
                    false if *protect => protected(format, value, out),
                    false => plain(format, value.plain(), out),
                }
            }
            (How::Verbatim, Datum::Plain(chars)) => verbatim(format, chars, out),
            (How::Names, Datum::Names(list, more)) if format.json => {
                let around = ["[", ", ", "]"];
                names(format, list, format.others.filter(|_| more), around, out)
            }
            (How::NamesInTwo, Datum::Names(list, _)) if format.json => {
                let list: Vec<_> = list.iter().map(filters::in_two).collect();
                names(format, &list, None, ["[", ", ", "]"], out)
            }
            (How::NamesBy(by), Datum::Names(list, more)) => match format.name_form {
                NameForm::Syntax(_) => {
                    names(format, list, format.others.filter(|_| more), ["", by, ""], out)
                }
                // The names are escaped together.
                _ => Done::Left,
            },
            (How::DateParts, Datum::Date(date)) if format.json => {
                out.extend(["{\"date-parts\": [[", &date.year.to_string()]);
                for part in [date.month, date.day].into_iter().flatten() {
                    out.extend([", ", &part.to_string()]);
                }
                out.push_str("]]}");
                Done::Written
            }
            (How::DateBy(by), Datum::Date(date)) => plain(format, &date.join(*by), out),
            (How::Month, Datum::Date(date)) => match filters::month(date) {
                Some(name) => plain(format, name, out),
                None => Done::Absent,
            },
            (How::Dashes(dash), Datum::Pages(pages)) => {
                match filters::dashed(format, pages, dash) {
                    Some(pages) => out.push_str(&pages),
                    None => return plain(format, &pages.join(dash), out),
                }
                Done::Written
            }
            (How::Plain, Datum::Both(texts)) if format.json => both(format, texts, out),
            (How::Joined(by), Datum::List(items)) => plain(format, &items.join(by), out),
            _ => Done::Left,
        }
    }

    /// Writes each item of a list with `lead` before and `after` behind it.
    pub fn each(&self, format: &Format, view: &View, around: [&str; 2], out: &mut String) -> Done {
        let start = out.len();
        let [lead, after] = around;
        let done = match (&self.how, view.value(self.field)) {
            (_, Datum::Absent) => Done::Absent,
            (How::Names, Datum::Names(list, _)) if !list.is_empty() && format.others.is_none() => {
                let by = [after, lead].concat();
                names(format, list, None, [lead, &by, after], out)
            }
            (How::Plain, Datum::List(items)) => items.iter().fold(Done::Written, |done, item| {
                out.push_str(lead);
                let here = plain(format, item, out);
                out.push_str(after);
                if here == Done::Written { done } else { Done::Left }
            }),
            _ => Done::Left,
        };
        if done != Done::Written {
            out.truncate(start);
        }
        done
    }
}

/// Characters behind what stands in `out`, as a string of the format.
fn quoted(format: &Format, out: &mut String, write: impl FnOnce(&mut String)) -> Done {
    let quote = if format.json { "\"" } else { "" };
    out.push_str(quote);
    write(out);
    out.push_str(quote);
    Done::Written
}

fn text(format: &Format, value: &Text, out: &mut String) -> Done {
    if value.marks().is_empty() {
        return plain(format, value.plain(), out);
    }
    quoted(format, out, |out| write_text(format, &encode(value), out))
}

fn both(format: &Format, texts: &Bilingual<Text>, out: &mut String) -> Done {
    let mut by = "{";
    for (lang, value) in [("zh", &texts.zh), ("en", &texts.en)] {
        let end = out.len();
        out.extend([by, "\"", lang, "\": "]);
        match value.as_ref().map(|value| text(format, value, out)) {
            Some(Done::Written) => by = ", ",
            _ => out.truncate(end),
        }
    }
    out.push_str(if by == "{" { "{}" } else { "}" });
    Done::Written
}

fn plain(format: &Format, chars: &str, out: &mut String) -> Done {
    let chars = unmarked(chars);
    if chars.is_empty() {
        return Done::Absent;
    }
    quoted(format, out, |out| (format.escape)(&chars, out))
}

fn protected(format: &Format, value: &Text, out: &mut String) -> Done {
    match value.marks().is_empty() && !is_marked(value.plain()) {
        true => text(format, &case::protect(value), out),
        false => Done::Left,
    }
}

fn verbatim(format: &Format, chars: &str, out: &mut String) -> Done {
    match chars {
        "" => return Done::Absent,
        _ if is_marked(chars) => return Done::Left,
        _ => (format.verbatim)(chars, out),
    }
    Done::Written
}

/// Writes names with what stands before, between and behind them.
fn names(
    format: &Format,
    names: &[impl Borrow<Name>],
    others: Option<&str>,
    [before, by, behind]: [&str; 3],
    out: &mut String,
) -> Done {
    if names.is_empty() {
        return Done::Absent;
    }
    for (at, name) in names.iter().enumerate() {
        out.push_str(if at > 0 { by } else { before });
        if !format.name_form.write(format, name.borrow(), out) {
            return Done::Left;
        }
    }
    if let Some(others) = others {
        out.extend([by, others]);
    }
    out.push_str(behind);
    Done::Written
}

//! Templates that are a table and nothing else, written without the engine.
//!
//! More than half of what the engine does for an entry is to get from one line of such a template
//! to the next. A template that holds only text, values and lines, some of them for each item of a
//! list or on a condition, says the same as a list of pieces. What is read here is a small part of the
//! engine's language; any other template is left to the engine, and so is an entry on which a piece fails,
//! for the message. Tests compare the two.

use std::sync::Arc;

use minijinja::{Error, Value};

mod direct;
mod reader;
mod template;

use self::direct::{Direct, Done};
use super::Format;
use super::filters::{self, Filter};
use super::inline::says_something;
use super::line::Line;
use super::print::{check, invalid, print};
use super::value::{EntryValue, is_absent};
use crate::view::{Datum, Field};

/// A template that is a table.
pub struct Table {
    format: &'static Format,
    pieces: Vec<Piece>,
}

enum Piece {
    Text(String),
    Value(Expression),
    Line(Row),
    /// A line for each item of a list.
    Each(Row),
    /// A line for each item of a list, of its `name` and `value`.
    Named(Line, Expression),
    /// What is written where the value says something.
    If(Expression, Vec<Piece>),
}

/// A line with its name and value.
struct Row {
    /// What stands before the value, with the name, and behind it.
    around: [String; 2],
    value: Expression,
}

enum Expression {
    Text(Value),
    /// The empty list.
    Nothing,
    /// The members that are present, each behind its name.
    Map(Vec<(String, Expression)>),
    Field(&'static Field),
    Member(&'static Field, String),
    /// A value behind a filter, with the parts of its argument.
    Filtered(Box<Expression>, Filter, Vec<Expression>),
    /// One that can be written without a value of the engine, and the way there with one.
    Direct(Direct, Box<Expression>),
    Not(Box<Expression>),
    And(Box<Expression>, Box<Expression>),
    Or(Box<Expression>, Box<Expression>),
}

impl Table {
    /// Writes an entry.
    ///
    /// # Errors
    /// A value is not what the template takes it for.
    pub fn write(&self, entry: &Arc<EntryValue>, out: &mut String) -> Result<(), Error> {
        Writer { format: self.format, entry }.pieces(&self.pieces, out)
    }
}

/// What writes an entry.
struct Writer<'a> {
    format: &'static Format,
    entry: &'a Arc<EntryValue>,
}

impl Writer<'_> {
    fn pieces(&self, pieces: &[Piece], out: &mut String) -> Result<(), Error> {
        for piece in pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Value(value) => {
                    if !self.put(value, ["", ""], out)? {
                        let value = self.value(value)?;
                        // The engine prints an empty string as nothing, in JSON too.
                        if !is_absent(&value) {
                            print(self.format, &value, out)?;
                        }
                    }
                }
                Piece::Line(Row { around: [lead, after], value }) => {
                    self.put(value, [lead, after], out)?;
                }
                Piece::Each(row) => self.each(row, out)?,
                Piece::Named(line, list) if self.holds(list)? => self.named(line, list, out)?,
                Piece::If(condition, pieces) if self.holds(condition)? => {
                    self.pieces(pieces, out)?;
                }
                Piece::Named(..) | Piece::If(..) => {}
            }
        }
        Ok(())
    }

    fn each(&self, Row { around, value }: &Row, out: &mut String) -> Result<(), Error> {
        let around = around.each_ref().map(String::as_str);
        let list = match value {
            // A list that is absent has no items.
            Expression::Or(list, nothing) if matches!(**nothing, Expression::Nothing) => list,
            list => list,
        };
        if let Expression::Direct(direct, _) = list
            && direct.each(self.format, &self.entry.0, around, out) != Done::Left
        {
            return Ok(());
        }
        for item in self.value(value)?.try_iter()? {
            self.put_value(&item, around, out)?;
        }
        Ok(())
    }

    fn named(&self, line: &Line, list: &Expression, out: &mut String) -> Result<(), Error> {
        for item in self.value(list)?.try_iter()? {
            let [name, value] = [item.get_attr("name")?, item.get_attr("value")?];
            let breaks = value.as_str().is_some_and(|value| value.contains('\n'));
            if breaks && self.format.newline != "\n" {
                return Err(invalid("the end of a line is another one here"));
            }
            line.write(name.as_str().unwrap_or_default(), &value, out)?;
        }
        Ok(())
    }

    /// Writes a value with what stands around it, where it says something; false where it does not.
    fn put(
        &self,
        expression: &Expression,
        around: [&str; 2],
        out: &mut String,
    ) -> Result<bool, Error> {
        match expression {
            Expression::Direct(direct, other) => {
                match direct.write(self.format, &self.entry.0, around, out) {
                    Done::Left => self.put(other, around, out),
                    done => Ok(done == Done::Written),
                }
            }
            // No filter makes something of nothing.
            Expression::Filtered(value, ..) if !self.holds(value)? => Ok(false),
            Expression::And(left, right) => Ok(self.holds(left)? && self.put(right, around, out)?),
            Expression::Or(left, right) => {
                Ok(self.put(left, around, out)? || self.put(right, around, out)?)
            }
            Expression::Map(members) => self.put_map(members, around, out),
            other => self.put_value(&self.value(other)?, around, out),
        }
    }

    fn put_map(
        &self,
        members: &[(String, Expression)],
        [lead, after]: [&str; 2],
        out: &mut String,
    ) -> Result<bool, Error> {
        let start = out.len();
        out.push_str(lead);
        let mut by = "{\"";
        for (name, value) in members {
            let end = out.len();
            out.extend([by, name, "\": "]);
            match self.put(value, ["", ""], out)? {
                true => by = ", \"",
                false => out.truncate(end),
            }
        }
        if by.starts_with('{') {
            out.truncate(start);
            return Ok(false);
        }
        out.push('}');
        out.push_str(after);
        Ok(true)
    }

    fn put_value(
        &self,
        value: &Value,
        [lead, after]: [&str; 2],
        out: &mut String,
    ) -> Result<bool, Error> {
        check(value)?;
        if !value.is_true() {
            return Ok(false);
        }
        out.push_str(lead);
        print(self.format, value, out)?;
        out.push_str(after);
        Ok(true)
    }

    /// True where a value says something.
    fn holds(&self, expression: &Expression) -> Result<bool, Error> {
        Ok(match expression {
            Expression::Field(field) => match self.entry.0.value(field) {
                Datum::Absent => false,
                Datum::Plain(chars) => says_something(chars),
                Datum::Text(text) => !text.marks().is_empty() || says_something(text.plain()),
                Datum::Date(_) | Datum::Pages(_) | Datum::Lang(_) | Datum::Kind(..) => true,
                Datum::Both(_) | Datum::Kept(_) => true,
                Datum::Names(names, _) => !names.is_empty(),
                Datum::Bool(truth) => truth,
                _ => self.value(expression)?.is_true(),
            },
            Expression::Direct(_, other) => self.holds(other)?,
            Expression::Filtered(value, ..) if !self.holds(value)? => false,
            Expression::Not(value) => !self.holds(value)?,
            Expression::And(left, right) => self.holds(left)? && self.holds(right)?,
            Expression::Or(left, right) => self.holds(left)? || self.holds(right)?,
            _ => self.value(expression)?.is_true(),
        })
    }

    fn value(&self, expression: &Expression) -> Result<Value, Error> {
        Ok(match expression {
            Expression::Text(text) => text.clone(),
            Expression::Nothing => Value::from(Vec::<Value>::new()),
            Expression::Map(members) => {
                let value = |(name, value): &(String, Expression)| {
                    Ok((Value::from(name.as_str()), self.value(value)?))
                };
                let members = members.iter().map(value).collect::<Result<Vec<_>, Error>>()?;
                filters::present(&Value::from_pairs(members))?
            }
            Expression::Field(field) => self.entry.value(field),
            Expression::Member(field, member) => self.entry.value(field).get_attr(member)?,
            Expression::Filtered(value, filter, argument) => {
                let value = self.value(value)?;
                match &argument[..] {
                    [] => filter(self.format, &value, "")?,
                    parts => {
                        let mut argument = String::new();
                        for part in parts {
                            let part = self.value(part)?;
                            match part.as_str() {
                                Some(part) => argument.push_str(part),
                                None => argument.push_str(&part.to_string()),
                            }
                        }
                        filter(self.format, &value, &argument)?
                    }
                }
            }
            Expression::Direct(_, other) => self.value(other)?,
            Expression::Not(value) => Value::from(!self.holds(value)?),
            Expression::And(left, right) => match self.value(left)? {
                value if value.is_true() => self.value(right)?,
                value => value,
            },
            Expression::Or(left, right) => match self.value(left)? {
                value if value.is_true() => value,
                _ => self.value(right)?,
            },
        })
    }
}

#[cfg(test)]
mod tests;

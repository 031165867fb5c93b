//! Templates that are a table and nothing else, written without the engine.
//!
//! More than half of what the engine does for an entry is to get from one line of such a template
//! to the next. A template that holds only text, values and lines (no loop, no condition, no
//! block) says the same as a list of pieces. What is read here is a small part of the engine's
//! language; any other template is left to the engine, and so is an entry on which a piece fails,
//! for the message. Tests compare the two.

use std::sync::Arc;

use minijinja::{Error, Value};

mod direct;

use self::direct::{Direct, Done};
use super::Format;
use super::filters::{self, Filter};
use super::line::Line;
use super::print::print;
use super::value::EntryValue;
use crate::view::{self, Field};

/// A template that is a table.
pub struct Table {
    format: &'static Format,
    pieces: Vec<Piece>,
}

enum Piece {
    Text(String),
    Value(Expression),
    Line(Row),
    /// A line for each item of a list, of its `name` and `value`.
    Lines(Line, Expression),
}

/// A line with its name and value.
struct Row {
    line: Line,
    name: String,
    /// What stands before the value, with the name.
    lead: String,
    /// The value, where it is one of the plain ones.
    direct: Option<Direct>,
    value: Expression,
}

enum Expression {
    Text(Value),
    Field(&'static Field),
    Member(&'static Field, String),
    Filtered(Box<Expression>, Filter, String),
    And(Box<Expression>, Box<Expression>),
    Or(Box<Expression>, Box<Expression>),
}

impl Table {
    /// The table of a template; `None` where it is more than one.
    pub fn of(format: &'static Format, template: &str) -> Option<Table> {
        let mut lines: Vec<(&str, &str)> = Vec::new();
        let mut pieces = Vec::new();
        let mut rest = template;
        if let Some(comment) = rest.strip_prefix("{#-") {
            rest = comment.split_once("-#}")?.1.trim_start();
        }
        while let Some(set) = rest.strip_prefix("{% set ") {
            let (set, after) = set.split_once(" %}\n")?;
            lines.push(set.split_once(" = ")?);
            rest = after;
        }
        while let Some((text, tag)) = rest.split_once("{{") {
            if let Some((text, each)) = text.split_once("{%- for ") {
                pieces.push(Piece::Text(raw(text.trim_end())?));
                let (line, expression, after) = each_line(format, &lines, each, tag)?;
                pieces.push(Piece::Lines(line, expression));
                rest = after;
                continue;
            }
            let (tag, after) = tag.split_once("}}")?;
            let (trims, tag) = tag.strip_prefix('-').map_or((false, tag), |tag| (true, tag));
            let (trims_after, tag) = tag.strip_suffix('-').map_or((false, tag), |tag| (true, tag));
            pieces.push(Piece::Text(raw(if trims { text.trim_end() } else { text })?));
            pieces.push(piece(format, &lines, tag)?);
            rest = if trims_after { after.trim_start() } else { after };
        }
        pieces.push(Piece::Text(raw(rest)?));
        pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        Some(Table { format, pieces })
    }

    /// Writes an entry.
    ///
    /// # Errors
    /// A value is not what the template takes it for.
    pub fn write(&self, entry: &Arc<EntryValue>, out: &mut String) -> Result<(), Error> {
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Value(value) => print(self.format, &self.value(value, entry)?, out)?,
                Piece::Line(row) => {
                    let around = [&*row.lead, row.line.after()];
                    let direct = |direct: &Direct| direct.write(self.format, &entry.0, around, out);
                    if row.direct.as_ref().map_or(Done::Left, direct) == Done::Left {
                        row.line.write(&row.name, &self.value(&row.value, entry)?, out)?;
                    }
                }
                Piece::Lines(line, list) => {
                    for item in self.value(list, entry)?.try_iter()? {
                        let name = item.get_attr("name")?;
                        let name = name.as_str().unwrap_or_default();
                        line.write(name, &item.get_attr("value")?, out)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn value(&self, expression: &Expression, entry: &Arc<EntryValue>) -> Result<Value, Error> {
        Ok(match expression {
            Expression::Text(text) => text.clone(),
            Expression::Field(field) => entry.value(field),
            Expression::Member(field, member) => entry.value(field).get_attr(member)?,
            Expression::Filtered(value, filter, argument) => {
                filter(self.format, &self.value(value, entry)?, argument)?
            }
            Expression::And(left, right) => match self.value(left, entry)? {
                value if value.is_true() => self.value(right, entry)?,
                value => value,
            },
            Expression::Or(left, right) => match self.value(left, entry)? {
                value if value.is_true() => value,
                _ => self.value(right, entry)?,
            },
        })
    }
}

/// Text between tags; `None` where there is a statement or a comment in it.
fn raw(text: &str) -> Option<String> {
    (!text.contains("{%") && !text.contains("{#")).then(|| text.to_owned())
}

/// `{%- for ITEM in LIST %}{{ LINE(ITEM.name, ITEM.value) }}{% endfor %}`, of which `head` stands before
/// the braces and `tail` behind: the line, the list, and what follows.
fn each_line<'t>(
    format: &'static Format,
    lines: &[(&str, &str)],
    head: &str,
    tail: &'t str,
) -> Option<(Line, Expression, &'t str)> {
    let (item, list) = head.strip_suffix(" %}")?.split_once(" in ")?;
    let mut reader = Reader(list);
    let list = reader.either()?;
    let (call, after) = tail.split_once("}}{% endfor %}")?;
    let (name, arguments) = call.trim().split_once('(')?;
    let whole = arguments == format!("{item}.name, {item}.value)") && reader.0.trim().is_empty();
    let (_, pattern) = lines.iter().find(|(known, _)| *known == name && whole)?;
    let mut pattern = Reader(pattern);
    let made = (pattern.word()? == "line").then(|| pattern.argument())??;
    // The engine drops the end of the line behind a statement.
    Some((Line::new(format, &made)?, list, after.strip_prefix('\n').unwrap_or(after)))
}

/// What stands between `{{` and `}}`: an expression, or a line with the name of one of `lines`.
fn piece(format: &'static Format, lines: &[(&str, &str)], tag: &str) -> Option<Piece> {
    let mut reader = Reader(tag);
    let call = lines.iter().find(|(name, _)| {
        reader.0.trim_start().strip_prefix(name).is_some_and(|rest| rest.starts_with('('))
    });
    let piece = match call {
        None => Piece::Value(reader.either()?),
        Some((_, pattern)) => {
            let mut pattern = Reader(pattern);
            let made = (pattern.word()? == "line").then(|| pattern.argument())??;
            reader.word()?;
            reader.sign('(')?;
            let name = reader.string()?;
            reader.sign(',')?;
            let direct = Direct::of(format, Reader(reader.0));
            let value = reader.either()?;
            reader.sign(')')?;
            let line = Line::new(format, &made)?;
            Piece::Line(Row { lead: line.lead(&name), line, name, direct, value })
        }
    };
    reader.0.trim().is_empty().then_some(piece)
}

/// Reads an expression from left to right; each step gives `None` where something else stands.
struct Reader<'t>(&'t str);

impl<'t> Reader<'t> {
    fn either(&mut self) -> Option<Expression> {
        let mut left = self.both()?;
        while self.keyword("or") {
            left = Expression::Or(Box::new(left), Box::new(self.both()?));
        }
        Some(left)
    }

    fn both(&mut self) -> Option<Expression> {
        let mut left = self.filtered()?;
        while self.keyword("and") {
            left = Expression::And(Box::new(left), Box::new(self.filtered()?));
        }
        Some(left)
    }

    fn filtered(&mut self) -> Option<Expression> {
        let mut value = self.single()?;
        while self.sign('|').is_some() {
            let (filter, takes) = filters::by_name(self.word()?)?;
            let argument = if takes { self.argument()? } else { String::new() };
            value = Expression::Filtered(Box::new(value), filter, argument);
        }
        Some(value)
    }

    /// `"text"`, `entry.FIELD` or `entry.FIELD.MEMBER`.
    fn single(&mut self) -> Option<Expression> {
        if let Some(text) = self.string() {
            return Some(Expression::Text(Value::from(text)));
        }
        (self.word()? == "entry").then_some(())?;
        self.sign('.')?;
        let field = view::field(self.word()?)?;
        Some(match self.sign('.') {
            Some(()) => Expression::Member(field, self.word()?.to_owned()),
            None => Expression::Field(field),
        })
    }

    /// `("text")`.
    fn argument(&mut self) -> Option<String> {
        self.sign('(')?;
        let text = self.string()?;
        self.sign(')').map(|()| text)
    }

    fn sign(&mut self, sign: char) -> Option<()> {
        self.0 = self.0.trim_start().strip_prefix(sign)?;
        Some(())
    }

    fn keyword(&mut self, keyword: &str) -> bool {
        let here = Reader(self.0).word() == Some(keyword);
        if here {
            self.word();
        }
        here
    }

    fn word(&mut self) -> Option<&'t str> {
        let text = self.0.trim_start();
        let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.0 = rest;
        (!word.is_empty()).then_some(word)
    }

    /// A string in double quotes with no escapes in it but `\n`.
    fn string(&mut self) -> Option<String> {
        let (text, rest) = self.0.trim_start().strip_prefix('"')?.split_once('"')?;
        let text = text.replace("\\n", "\n");
        self.0 = rest;
        (!text.contains('\\')).then_some(text)
    }
}

#[cfg(test)]
mod tests;

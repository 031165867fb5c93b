//! From the text of a template to the pieces of a table.

use super::reader::Reader;
use super::{Piece, Row, Table};
use crate::format::line::Line;
use crate::format::{Format, built_in_template};

impl Table {
    /// The table of a template; `None` where it is more than one.
    pub fn of(format: &'static Format, template: &str) -> Option<Table> {
        let mut read = Template { format, rest: template, lines: vec![], blocks: vec![] };
        if let Some((before, own)) = template.split_once("{% extends ") {
            let (parent, own) = own.split_once(" %}\n")?;
            read.rest = own;
            read.blocks = read.own_blocks()?;
            read.rest = built_in_template(parent.trim_matches('"'))?;
            (before.is_empty() || before.starts_with("{#")).then_some(())?;
        }
        Some(Table { format, pieces: read.pieces("")? })
    }
}

/// What is left to be read of a template.
struct Template<'t> {
    format: &'static Format,
    rest: &'t str,
    /// The functions that it makes: `{% set field = line("…") %}`, each with its pattern.
    lines: Vec<(&'t str, String)>,
    /// The blocks of a template that extends this one, each with what stands in it up to its end.
    blocks: Vec<(&'t str, &'t str)>,
}

/// A tag, with what stands in it.
enum Tag<'t> {
    /// `{{ … }}`
    Value(&'t str),
    /// `{% … %}`
    Statement(&'t str),
    /// `{# … #}`
    Comment,
    /// The end of the template.
    End,
}

impl<'t> Template<'t> {
    /// The text before the next tag, and the tag.
    fn step(&mut self) -> Option<(&'t str, Tag<'t>)> {
        let bytes = self.rest.as_bytes();
        let opens = |at: &usize| matches!(bytes.get(at + 1), Some(b'{' | b'%' | b'#'));
        let Some(at) = memchr::memchr_iter(b'{', bytes).find(opens) else {
            return Some((std::mem::take(&mut self.rest), Tag::End));
        };
        let (text, tag) = self.rest.split_at(at);
        let (close, make): (_, fn(&'t str) -> Tag<'t>) = match bytes[at + 1] {
            b'{' => ("}}", Tag::Value),
            b'%' => ("%}", Tag::Statement),
            _ => ("#}", |_| Tag::Comment),
        };
        let (inside, after) = tag[2..].split_once(close)?;
        let is_value = close == "}}";
        let (text, inside) = match inside.strip_prefix('-') {
            Some(inside) => (text.trim_end(), inside),
            None if is_value || !text.ends_with([' ', '\t']) => (text, inside),
            None => return None, // the engine takes some of these blanks away
        };
        let inside = match inside.strip_suffix('-') {
            Some(inside) => {
                self.rest = after.trim_start();
                inside
            }
            None => {
                // The engine drops the end of the line behind a statement.
                self.rest = after.strip_prefix('\n').filter(|_| !is_value).unwrap_or(after);
                inside
            }
        };
        Some((text, make(inside)))
    }

    /// The pieces up to `{% end %}`, or to the end of the template.
    fn pieces(&mut self, end: &str) -> Option<Vec<Piece>> {
        let mut pieces = Vec::new();
        loop {
            let (text, tag) = self.step()?;
            if !text.is_empty() {
                pieces.push(Piece::Text(text.replace('\n', self.format.newline)));
            }
            let inside = match tag {
                Tag::End => return end.is_empty().then_some(pieces),
                Tag::Comment => continue,
                Tag::Value(inside) => {
                    pieces.push(self.value(inside)?);
                    continue;
                }
                Tag::Statement(inside) => inside,
            };
            let mut reader = Reader { format: self.format, rest: inside };
            match reader.word()? {
                word if word == end => return reader.is_done().then_some(pieces),
                "set" if end.is_empty() => {
                    let name = reader.word()?;
                    reader.sign('=')?;
                    let pattern = (reader.word()? == "line").then(|| reader.argument())??;
                    self.lines.push((name, pattern));
                    reader.is_done().then_some(())?;
                }
                "block" => pieces.extend(self.block(reader.word()?)?),
                "if" => {
                    let condition = reader.whole()?;
                    pieces.push(Piece::If(condition, self.pieces("endif")?));
                }
                "for" => pieces.push(self.each(reader)?),
                _ => return None,
            }
        }
    }

    /// The pieces of a block: those of the template that extends this one, where it has it.
    fn block(&mut self, name: &str) -> Option<Vec<Piece>> {
        let pieces = self.pieces("endblock")?;
        let Some((_, own)) = self.blocks.iter().find(|(known, _)| *known == name) else {
            return Some(pieces);
        };
        let after = std::mem::replace(&mut self.rest, own);
        let pieces = self.pieces("endblock");
        self.rest = after;
        pieces
    }

    /// What stands in the blocks of a template that extends another; `None` where there is more.
    fn own_blocks(&mut self) -> Option<Vec<(&'t str, &'t str)>> {
        let mut blocks = Vec::new();
        loop {
            match self.step()? {
                (text, Tag::End) => return text.trim().is_empty().then_some(blocks),
                ("", Tag::Statement(inside)) => {
                    let mut reader = Reader { format: self.format, rest: inside };
                    (reader.word()? == "block").then_some(())?;
                    blocks.push((reader.word()?, self.rest));
                    self.skip_block()?;
                }
                _ => return None,
            }
        }
    }

    /// Goes behind the end of the block that is open.
    fn skip_block(&mut self) -> Option<()> {
        loop {
            match self.step()?.1 {
                Tag::Statement(inside) if inside.trim() == "endblock" => return Some(()),
                Tag::End => return None,
                _ => {}
            }
        }
    }

    /// A line of one of the functions, from its call: the line, and what stands behind the bracket.
    fn call(&self, inside: &'t str) -> Option<(Line, Reader<'t>)> {
        let mut reader = Reader { format: self.format, rest: inside };
        let name = reader.word()?;
        reader.sign('(')?;
        let (_, pattern) = self.lines.iter().find(|(known, _)| *known == name)?;
        Some((Line::new(self.format, &pattern.replace('\n', self.format.newline))?, reader))
    }

    /// What stands between `{{` and `}}`: a line, or an expression.
    fn value(&self, inside: &'t str) -> Option<Piece> {
        let Some((line, mut reader)) = self.call(inside) else {
            let value = Reader { format: self.format, rest: inside }.whole()?;
            return Some(Piece::Value(value));
        };
        let name = reader.string()?;
        reader.sign(',')?;
        let value = reader.either()?;
        reader.sign(')')?;
        let around = [line.lead(&name), line.after().to_owned()];
        reader.is_done().then_some(Piece::Line(Row { around, value }))
    }

    /// `{% for ITEM in LIST %}{{ LINE("name", ITEM) }}{% endfor %}`, or with `ITEM.name` and `ITEM.value`.
    fn each(&mut self, mut reader: Reader<'t>) -> Option<Piece> {
        let item = reader.word()?;
        (reader.word()? == "in").then_some(())?;
        let list = reader.whole()?;
        let ("", Tag::Value(inside)) = self.step()? else { return None };
        let (line, mut reader) = self.call(inside)?;
        let ("", Tag::Statement(end)) = self.step()? else { return None };
        (end.trim() == "endfor").then_some(())?;
        if reader.rest.trim_end() == format!("{item}.name, {item}.value)") {
            return Some(Piece::Named(line, list));
        }
        let around = [line.lead(&reader.string()?), line.after().to_owned()];
        reader.sign(',')?;
        let whole = reader.word()? == item && reader.sign(')').is_some() && reader.is_done();
        whole.then_some(Piece::Each(Row { around, value: list }))
    }
}

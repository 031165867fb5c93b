//! The expressions of a table.

use minijinja::Value;

use super::Expression;
use super::direct::Direct;
use crate::format::{Format, filters};
use crate::view;

/// Reads an expression from left to right; each step gives `None` where something else stands.
#[derive(Clone, Copy)]
pub struct Reader<'t> {
    pub format: &'static Format,
    pub rest: &'t str,
}

impl<'t> Reader<'t> {
    /// An expression and nothing behind it.
    pub fn whole(mut self) -> Option<Expression> {
        let expression = self.either()?;
        self.is_done().then_some(expression)
    }

    /// True where nothing is left.
    pub fn is_done(&self) -> bool {
        self.rest.trim().is_empty()
    }

    pub fn either(&mut self) -> Option<Expression> {
        let mut left = self.both()?;
        while self.keyword("or") {
            left = Expression::Or(Box::new(left), Box::new(self.both()?));
        }
        Some(left)
    }

    fn both(&mut self) -> Option<Expression> {
        let mut left = self.not()?;
        while self.keyword("and") {
            left = Expression::And(Box::new(left), Box::new(self.not()?));
        }
        Some(left)
    }

    fn not(&mut self) -> Option<Expression> {
        match self.keyword("not") {
            true => Some(Expression::Not(Box::new(self.not()?))),
            false => self.filtered(),
        }
    }

    fn filtered(&mut self) -> Option<Expression> {
        let start = *self;
        let mut value = self.single()?;
        while self.sign('|').is_some() {
            let (filter, takes) = filters::by_name(self.word()?)?;
            let argument = if takes { self.parts()? } else { Vec::new() };
            value = Expression::Filtered(Box::new(value), filter, argument);
        }
        let read = &start.rest[..start.rest.len() - self.rest.len()];
        Some(match Direct::of(Reader { rest: read, ..start }) {
            Some(direct) => Expression::Direct(direct, Box::new(value)),
            None => value,
        })
    }

    /// `"text"`, `[]`, `{"name": VALUE, …}|present`, `entry.FIELD` or `entry.FIELD.MEMBER`.
    fn single(&mut self) -> Option<Expression> {
        if let Some(text) = self.string() {
            return Some(Expression::Text(Value::from(text)));
        }
        if self.sign('[').is_some() {
            return self.sign(']').map(|()| Expression::Nothing);
        }
        if self.sign('{').is_some() {
            return self.map();
        }
        (self.word()? == "entry").then_some(())?;
        self.sign('.')?;
        let field = view::field(self.word()?)?;
        Some(match self.sign('.') {
            Some(()) => Expression::Member(field, self.word()?.to_owned()),
            None => Expression::Field(field),
        })
    }

    /// What stands behind the brace of a map, which is one only where it is written as JSON.
    fn map(&mut self) -> Option<Expression> {
        let mut members = Vec::new();
        while self.sign('}').is_none() {
            let name = self.string().filter(|name| !name.contains('"'))?;
            self.sign(':')?;
            members.push((name, self.either()?));
            if self.sign(',').is_none() {
                self.sign('}')?;
                break;
            }
        }
        let present = self.sign('|').is_some() && self.word()? == "present";
        (present && self.format.json).then_some(Expression::Map(members))
    }

    /// `("text")`, or with several values that `~` joins.
    fn parts(&mut self) -> Option<Vec<Expression>> {
        self.sign('(')?;
        let mut parts = vec![self.single()?];
        while self.sign('~').is_some() {
            parts.push(self.single()?);
        }
        self.sign(')').map(|()| parts)
    }

    /// `("text")`.
    pub fn argument(&mut self) -> Option<String> {
        self.sign('(')?;
        let text = self.string()?;
        self.sign(')').map(|()| text)
    }

    pub fn sign(&mut self, sign: char) -> Option<()> {
        self.rest = self.rest.trim_start().strip_prefix(sign)?;
        Some(())
    }

    fn keyword(&mut self, keyword: &str) -> bool {
        let here = { *self }.word() == Some(keyword);
        if here {
            self.word();
        }
        here
    }

    pub fn word(&mut self) -> Option<&'t str> {
        let text = self.rest.trim_start();
        let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }

    /// A string in quotes of either kind with no escapes in it but `\n`.
    pub fn string(&mut self) -> Option<String> {
        let text = self.rest.trim_start();
        let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (text, rest) = text[1..].split_once(quote)?;
        let text = text.replace("\\n", "\n");
        self.rest = rest;
        (!text.contains('\\')).then_some(text)
    }
}

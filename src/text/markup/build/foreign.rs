//! Elements that format nothing: scripts, pictures in code, forms. Where a title names one (`<script>
//! tags in web pages`) it is a word; where it is markup, what is lost with it is told.

use super::super::element::Role;
use super::super::lex::{Tag, Token};
use super::Builder;
use super::formulas::text_of;

impl Builder<'_, '_> {
    /// True for a tag that is a word of the text: without attributes, and with no end that makes an
    /// element of it.
    pub(super) fn is_named(&self, i: usize, tag: &Tag) -> bool {
        if tag.raw.contains('=') {
            return false;
        }
        match tag.role {
            Role::Closed => self.ends[i].is_none() && !tag.empty,
            Role::Technical => true,
            Role::Code | Role::Foreign | Role::Figure => {
                self.ends[i].is_none_or(|end| self.is_loose(i, end))
            }
            _ => false,
        }
    }

    /// True for `<script> and </script>`: a pair with blanks on both inner sides names the tags.
    fn is_loose(&self, start: usize, end: usize) -> bool {
        let Token::Text { text: first, .. } = &self.tokens[start + 1] else { return false };
        let Token::Text { text: last, .. } = &self.tokens[end - 1] else { return false };
        first.starts_with(char::is_whitespace) && last.ends_with(char::is_whitespace)
    }

    /// Code goes with its tags, but MathJax keeps LaTeX in a script.
    pub(super) fn code(&mut self, i: usize, tag: &Tag, after: usize) -> usize {
        let is_tex = tag.attribute("type").is_some_and(|t| t.starts_with("math/tex"));
        if is_tex && self.ends[i].is_some() {
            self.tex(i + 1..after - 1);
        } else {
            let content = text_of(&self.tokens[i + 1..after.max(i + 2) - 1]);
            self.lose("code", &format!("{}{content}", tag.raw));
        }
        after
    }

    /// What is nothing but text stays, without the tags around it.
    pub(super) fn foreign(&mut self, i: usize, tag: &Tag, after: usize) -> usize {
        let Some(end) = self.ends[i] else {
            self.lose("a tag", &tag.raw);
            return after;
        };
        if i >= self.kept_until {
            let inner = &self.tokens[i + 1..end];
            // A tag that is not known is text: what is drawn with such tags cannot be told from it.
            let unknown =
                |token: &Token| matches!(token, Token::Text { text, .. } if text.contains('<'));
            if inner.iter().any(unknown) || text_of(inner).trim().is_empty() {
                self.lose("what is no text", &format!("{}{}", tag.raw, text_of(inner)));
                return after;
            }
            self.kept_until = end;
        }
        self.push(tag, None);
        i + 1
    }
}

//! Tags that a title names (`<script> tags in web pages`, `use of <form>s`): they are words. And elements
//! that format nothing: scripts, pictures in code, forms; what is lost with them is told.

use super::super::element::{Role, is_void};
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
            Role::Block | Role::Heading | Role::Inline | Role::ByAttribute | Role::Picture => {
                self.ends[i].is_none() && !may_stay_open(tag.name) && self.is_word(i)
            }
            _ => false,
        }
    }

    /// True for a tag that stands where a word does: behind a blank or bracket, and before a blank, a
    /// sign or the `s` of a plural.
    fn is_word(&self, i: usize) -> bool {
        let before = match i.checked_sub(1).map(|at| &self.tokens[at]) {
            Some(Token::Text { text, .. }) => text,
            _ => return false,
        };
        let opens = |c: char| c.is_whitespace() || "([{\"'“‘（《/".contains(c);
        let behind = before.ends_with(opens) && before.contains(char::is_alphanumeric)
            || before.ends_with(crate::text::script::is_han);
        let follows = |text: &str| {
            let next = text.strip_prefix('s').unwrap_or(text).chars().next();
            let next = next.is_none_or(|c| !c.is_alphanumeric() || crate::text::script::is_han(c));
            next && !text.trim().is_empty()
        };
        behind
            && match &self.tokens[i + 1..] {
                [] => true,
                [Token::Text { text, .. }] => text.trim().is_empty() || follows(text),
                [Token::Text { text, .. }, ..] => follows(text),
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

/// True for elements that pages leave open: those without an end, and those whose end the HTML standard lets
/// out.
fn may_stay_open(name: &str) -> bool {
    const OPEN: &[&str] = &[
        "body", "caption", "col", "colgroup", "dd", "dt", "html", "li", "p", "para", "rb", "rp",
        "rt", "tbody", "td", "tfoot", "th", "thead", "tr",
    ];
    let void = is_void(name) && name != "img";
    void || OPEN.contains(&name)
}

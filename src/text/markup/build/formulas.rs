//! Elements that need a look at what is in them: spans, formulas, MathJax.

use std::ops::Range;

use super::super::element::{Letters, Role};
use super::super::lex::{Tag, Token};
use super::super::{latex, mathml};
use super::Builder;
use crate::diagnostic::{Code, Finding};

impl Builder<'_, '_> {
    /// `<span>` and `<emphasis>`: style and class tell what they are.
    pub(super) fn by_attribute(&mut self, i: usize, tag: &Tag) -> usize {
        let class = tag.attribute("class").unwrap_or_default();
        if let Some(end) = self.ends[i] {
            if class == "katex-html" || class == "MathJax_Preview" {
                return end + 1;
            }
            if matches!(class.as_str(), "MathJax" | "MathJax_SVG" | "MathJax_CHTML") {
                return self.mathjax(i);
            }
        }
        let style = tag.attribute("style").unwrap_or_default().to_ascii_lowercase();
        let kind = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
        let letters = match (style.as_str(), kind.as_str()) {
            (s, _) if s.contains("small-caps") => Some(Letters::SmallCaps),
            (s, _) if s.contains("italic") => Some(Letters::Italic),
            (s, _) if s.contains("font-weight") && s.contains("bold") => Some(Letters::Bold),
            (_, "bold") => Some(Letters::Bold),
            (_, "smallcaps" | "small-caps") => Some(Letters::SmallCaps),
            (_, "") if tag.name == "emphasis" => Some(Letters::Italic),
            (_, "italic") => Some(Letters::Italic),
            _ => None,
        };
        self.push(tag, letters);
        i + 1
    }

    /// A formula that could not be shown.
    pub(super) fn lose(&mut self, what: &str, found: &str) {
        let found: String = found.chars().take(80).collect();
        self.findings.push(Finding::new(Code::FormulaLost, found, format!("{what} was left out")));
        self.removed = true;
    }

    /// The LaTeX in the tokens of an element.
    pub(super) fn tex(&mut self, inner: Range<usize>) {
        let source = text_of(&self.tokens[inner]);
        if let Some((draft, style)) = latex::element(&source, self.findings) {
            self.formula(&draft, style);
        }
    }

    pub(super) fn math(&mut self, i: usize, after: usize) -> usize {
        let formula = mathml::read(&self.tokens[i + 1..after - 1]);
        if !formula.draft.text.trim().is_empty() {
            self.formula(&formula.draft, None);
        } else if let Some((draft, style)) =
            formula.tex.and_then(|tex| latex::element(&tex, self.findings))
        {
            self.formula(&draft, style);
        } else if let Token::Tag(tag) = &self.tokens[i]
            && let Some(text) = tag.attribute("alttext").filter(|t| !t.trim().is_empty())
        {
            self.text(&text);
        } else {
            self.lose("a formula without characters", "<math>");
        }
        after
    }

    /// `<inline-formula>` can hold the same formula as LaTeX, as MathML and as a picture; one
    /// of them is taken, MathML first: its characters need no guess.
    pub(super) fn alternatives(&mut self, i: usize) -> usize {
        let Some(end) = self.ends[i] else { return i + 1 };
        let find = |role| {
            (i + 1..end).find(|&k| {
                matches!(&self.tokens[k], Token::Tag(t) if t.opens && t.role == role)
                    && self.ends[k].is_some_and(|e| e < end)
            })
        };
        let (math, tex) = (find(Role::Math), find(Role::Tex));
        let content = |k: usize| text_of(&self.tokens[k + 1..self.ends[k].unwrap_or(k + 1)]);
        let filled = |k: &usize| !content(*k).trim().is_empty();
        if let Some(k) = math.filter(filled) {
            self.math(k, self.ends[k].map_or(end, |e| e + 1));
        } else if let Some(k) = tex.filter(filled) {
            self.tex(k + 1..self.ends[k].unwrap_or(end));
        } else if text_of(&self.tokens[i + 1..end]).trim().is_empty() {
            self.lose("a formula without characters", "<inline-formula>");
        } else {
            // Plain text with tags: read it as any other, and what is nested in it too.
            self.plain_until = end;
            return i + 1;
        }
        end + 1
    }

    /// The glyphs of MathJax stand in CSS: the MathML it keeps for screen readers is the text.
    pub(super) fn mathjax(&mut self, i: usize) -> usize {
        let Some(end) = self.ends[i] else { return i + 1 };
        let is_math = |k: &usize| {
            matches!(&self.tokens[*k], Token::Tag(t) if t.opens && t.role == Role::Math)
                && self.ends[*k].is_some_and(|e| e < end)
        };
        if let Some(k) = (i + 1..end).find(is_math) {
            self.math(k, self.ends[k].map_or(end, |e| e + 1));
        } else {
            let text = text_of(&self.tokens[i + 1..end]);
            if text.trim().is_empty() {
                self.lose("a formula without characters", "<mjx-container>");
            } else {
                self.text(&text);
            }
        }
        end + 1
    }
}

/// The characters of some tokens.
pub(super) fn text_of(tokens: &[Token]) -> String {
    let text = |token: &Token| match token {
        Token::Text { text, .. } => text.to_string(),
        Token::Tag(_) => String::new(),
    };
    tokens.iter().map(text).collect()
}

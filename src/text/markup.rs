//! From HTML, JATS, MathML, LaTeX and stray characters to one line of clean text.

use memchr::{memchr2, memchr3};

use crate::diagnostic::Finding;
use crate::model::{Mark, Text};

mod build;
mod chars;
mod draft;
mod element;
mod encoded;
mod entity;
mod formula;
mod latex;
mod lex;
mod mathml;

use self::draft::Draft;

/// A clean text, and what was guessed or lost on the way to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// One line: no markup, no references, no control characters, no blanks at the ends or in
    /// a row, NFC.
    pub text: Text,
    /// What the reader has to be told.
    pub findings: Vec<Finding>,
}

/// Cleans a title, a journal's name or an abstract as it stands in the source.
///
/// Tags of HTML and JATS become marks, blanks or nothing; `A < B` and a lone `&lt;b&gt;` are
/// text. MathML becomes a line with sub- and superscripts; LaTeX a [`Style::Math`] over its
/// plain reading, with marks for sub- and superscripts of that reading inside. Whatever comes
/// in, the time is linear in its length.
///
/// [`Style::Math`]: crate::model::Style::Math
///
/// ```
/// use bibilingual::text::markup::to_text;
///
/// let cleaned = to_text("<p>Growth of <i>E. coli</i> at 37&amp;nbsp;&deg;C</p>");
/// assert_eq!(cleaned.text.plain(), "Growth of E. coli at 37 °C");
/// ```
pub fn to_text(raw: &str) -> Cleaned {
    let text = without_paragraph(raw);
    if is_clean(text) {
        return Cleaned { text: Text::from(text), findings: Vec::new() };
    }
    match memchr2(b'<', b'&', text.as_bytes()) {
        None => from_draft(Draft::plain(chars::without_dropped(text)), Vec::new()),
        Some(_) => read_markup(raw),
    }
}

/// A text without the tags of the paragraph that all of it is: most abstracts are `<p><p>…</p>`, and
/// hold no other tag.
fn without_paragraph(raw: &str) -> &str {
    let mut text = raw;
    while let Some(rest) = text.strip_prefix("<p>") {
        text = rest;
    }
    if text.len() == raw.len() {
        return raw;
    }
    while let Some(rest) = text.strip_suffix("</p>") {
        text = rest;
    }
    text
}

/// The long way, for every text.
fn read_markup(raw: &str) -> Cleaned {
    let mut findings = Vec::new();
    // One can stand within a reference or a tag (`&am`, NUL, `p;`).
    let raw = &*chars::without_dropped(raw);
    let draft = build::build(&encoded::resolve(lex::lex(raw)), &mut findings);
    from_draft(draft, findings)
}

fn from_draft(mut draft: Draft, mut findings: Vec<Finding>) -> Cleaned {
    draft = chars::clean(draft, &mut findings);
    if let Some(read) = latex::apply(&draft, &mut findings) {
        // What was broken has been told already.
        draft = chars::clean(read, &mut Vec::new());
    }
    Cleaned { text: draft.finish(), findings }
}

/// Cleans the characters of a text whose markup has been read already; marks stay on their words.
pub fn tidy(text: &Text) -> Cleaned {
    if text.marks().is_empty() && is_clean(text.plain()) {
        return Cleaned { text: text.clone(), findings: Vec::new() };
    }
    let mut findings = Vec::new();
    let draft = Draft { text: text.plain().to_owned(), marks: text.marks().to_vec() };
    Cleaned { text: chars::clean(draft, &mut findings).finish(), findings }
}

/// Reads LaTeX mathematics without its delimiters: the plain reading, marked as [`Style::Math`]
/// where the source is sound.
///
/// [`Style::Math`]: crate::model::Style::Math
pub fn formula(source: &str) -> Cleaned {
    let (mut draft, style, finding) = latex::source(source);
    if let Some(style) = style.filter(|_| !draft.text.is_empty()) {
        // Outside of the scripts of its reading.
        draft.marks.insert(0, Mark { range: 0..draft.text.len(), style });
    }
    Cleaned { text: draft.finish(), findings: finding.into_iter().collect() }
}

/// True for a text of usual characters that holds nothing to be cleaned.
fn is_clean(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let code = memchr3(b'<', b'&', b'$', bytes).or_else(|| memchr2(b'\\', b'{', bytes));
    code.is_none() && !raw.ends_with(' ') && chars::all_stay(raw)
}

#[cfg(test)]
mod tests;

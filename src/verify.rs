//! Reads a rendered entry back and compares it with what was meant.

mod bib;
mod csl_json;
mod ris;

use crate::format::Dialect;
use crate::model::{Name, Script, Style, Text};
use crate::view::{Datum, View};

/// What a reader found in a rendered entry, as far as it is compared.
#[derive(Debug, Default, PartialEq)]
struct ReadBack {
    key: Option<String>,
    title: Option<String>,
    /// The other title, in whatever place it stood.
    title_other: Option<String>,
    authors: Vec<String>,
}

/// Reads `rendered`, one entry of a known format, and compares key, titles and authors with the
/// view it was made from. `asks` tells whether the template asks for a field: what it does not
/// write is not missed.
///
/// # Errors
/// What does not parse, or what differs, in words.
pub fn verify(
    dialect: Dialect,
    rendered: &str,
    view: &View,
    asks: &dyn Fn(&str) -> bool,
) -> Result<(), String> {
    let back = match dialect {
        Dialect::Bib => bib::read(rendered)?,
        Dialect::Ris => ris::read(rendered)?,
        Dialect::CslJson => csl_json::read(rendered)?,
    };
    if let Some(key) = &back.key {
        compare("key", Some(key), Some(&view.entry().key))?;
    }
    // What `--omit` has taken out is absent from the view.
    let text = |name: &str| match view.get(name) {
        Some(Datum::Text(text)) if asks(name) => Some(spelled(text, dialect)),
        _ => None,
    };
    compare_text("title", back.title, text("title"))?;
    let other = ["title_other", "title_translation", "title_original"].into_iter().find_map(text);
    compare_text("other title", back.title_other, other)?;
    let authors = matches!(view.get("authors"), Some(Datum::Names(..))) && asks("authors");
    let expected = view.entry().authors.iter().filter(|_| authors).map(letters_of);
    let found = back.authors.iter().map(|name| letters(name));
    let list = |names: &mut dyn Iterator<Item = String>| names.collect::<Vec<_>>().join(" | ");
    compare("authors", Some(&list(&mut found.into_iter())), Some(&list(&mut expected.into_iter())))
}

fn compare(what: &str, found: Option<&str>, expected: Option<&str>) -> Result<(), String> {
    match found == expected {
        true => Ok(()),
        false => {
            let show = |text: Option<&str>| text.map_or("nothing".to_owned(), |t| format!("“{t}”"));
            Err(format!("{what}: expected {}, read back {}", show(expected), show(found)))
        }
    }
}

fn compare_text(what: &str, found: Option<String>, expected: Option<String>) -> Result<(), String> {
    let found = found.map(|text| reduced(&text));
    compare(what, found.as_deref(), expected.map(|text| reduced(&text)).as_deref())
}

/// The characters of a text as the format has them: a `.bib` keeps mathematics as LaTeX, which is
/// compared by the text around it; the others have what one reads.
fn spelled(text: &Text, dialect: Dialect) -> String {
    let math = text.marks().iter().any(|mark| matches!(mark.style, Style::Math(_)));
    if !math || dialect != Dialect::Bib {
        return text.plain().to_owned();
    }
    let mut out = String::new();
    let mut at = 0;
    for mark in text.marks().iter().filter(|mark| matches!(mark.style, Style::Math(_))) {
        if mark.range.start >= at {
            out.push_str(&text.plain()[at..mark.range.start]);
            out.push('$');
            at = mark.range.end;
        }
    }
    out.push_str(&text.plain()[at..]);
    out
}

/// A text without what formats spell in their own way: style commands and tags, braces, blanks,
/// dashes of TeX.
fn reduced(text: &str) -> String {
    const COMMANDS: [&str; 15] = [
        "\\textit",
        "\\textbf",
        "\\textsc",
        "\\textsubscript",
        "\\textsuperscript",
        "<i>",
        "</i>",
        "<b>",
        "</b>",
        "<sub>",
        "</sub>",
        "<sup>",
        "</sup>",
        "</span>",
        "<span style=\"font-variant:small-caps;\">",
    ];
    let mut text = text.to_owned();
    for command in COMMANDS {
        if text.contains(command) {
            text = text.replace(command, "");
        }
    }
    let text = text.replace("---", "—").replace("--", "–");
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '{' | '}')).map(lowered).collect()
}

/// Raised digits on the line: a format without superscripts has them raised.
fn lowered(c: char) -> char {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾−";
    const LINE: &str = "0123456789+-()-";
    let at = RAISED.chars().position(|r| r == c);
    at.and_then(|at| LINE.chars().nth(at)).unwrap_or(c)
}

/// The letters and digits of a name, in the order in which it is inverted: family first.
fn letters_of(name: &Name) -> String {
    let given = name.given.as_deref().unwrap_or_default();
    let suffix = name.suffix.as_deref().unwrap_or_default();
    match name.script {
        Script::Latin => letters(&format!("{} {given} {suffix}", name.full_family())),
        Script::Han | Script::Whole => letters(&name.display()),
    }
}

fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests;

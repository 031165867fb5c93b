//! Reads a rendered entry back and compares it with what was meant.

mod bib;
mod csl_json;
mod ris;

use crate::format::{Dialect, as_html};
use crate::model::{Name, Piece, Script, Style, Text};
use crate::view::{Datum, View};

/// What a reader found in a rendered entry, as far as it is compared.
#[derive(Debug, Default, PartialEq)]
struct ReadBack {
    key: Option<String>,
    title: Option<String>,
    /// What stands in the places that are for a second title.
    other_titles: Vec<String>,
    authors: Vec<String>,
    /// Every value of the entry: a template of one's own puts a title where its user wants it.
    values: Vec<String>,
}

/// Reads `rendered`, one entry of a known format, and compares key, titles and authors with the
/// view it was made from. `asks` tells whether the template asks for a field: what it does not
/// write is not missed. What it does write is compared in any case, since a template can ask in
/// ways that do not show (`entry["title"]`).
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
        Dialect::CslJson => {
            let kept = &view.entry().kept;
            let is_ours = kept.dialect == "csl-json" && asks("kept");
            csl_json::read(rendered, &|name| is_ours && kept.get(name).is_some())?
        }
    };
    if let Some(key) = back.key.as_ref().filter(|_| asks("key")) {
        compare("key", Some(key), Some(&view.entry().key))?;
    }
    titles(dialect, &back, view, asks)?;
    authors(back.authors, view, asks("authors"))
}

fn titles(
    dialect: Dialect,
    back: &ReadBack,
    view: &View,
    asks: &dyn Fn(&str) -> bool,
) -> Result<(), String> {
    let spelled = |text: &Text| reduced(&spelled(dialect, text));
    // What `--omit` has taken out is absent from the view.
    let asked = |name: &str| match view.get(name) {
        Some(Datum::Text(text)) if asks(name) => Some(spelled(text)),
        _ => None,
    };
    let both = &view.entry().title;
    let known: Vec<String> = [&both.zh, &both.en].into_iter().flatten().map(spelled).collect();
    // A template can write a title for a program that reads it as HTML (`|html`).
    let html: Vec<String> = match dialect {
        Dialect::Ris => [&both.zh, &both.en].into_iter().flatten().map(in_html).collect(),
        Dialect::Bib | Dialect::CslJson => Vec::new(),
    };
    let from_html = |found: String| match html.iter().position(|html| *html == found) {
        Some(at) => known[at].clone(),
        None => found,
    };
    let is_known = |found: &String| {
        // Both titles in one field are a wish, too.
        known.contains(found) || (known.len() == 2 && known.iter().all(|t| found.contains(t)))
    };
    let stands = |text: &String| {
        let html = known.iter().position(|title| title == text).and_then(|at| html.get(at));
        let holds = |value: &str| value.contains(text) || html.is_some_and(|h| value.contains(h));
        back.values.iter().any(|value| holds(&reduced(value)))
    };

    let main = asked("title");
    match (back.title.as_deref().map(reduced).map(from_html), main) {
        (Some(found), Some(main)) if !is_known(&found) || !found.contains(&main) => {
            compare("title", Some(&found), Some(&main))?;
        }
        (Some(found), None) if !is_known(&found) => {
            compare("title", Some(&found), known.first().map(String::as_str))?;
        }
        (None, Some(main)) if !stands(&main) => compare("title", None, Some(&main))?,
        _ => {}
    }
    let other = ["title_other", "title_translation", "title_original"].into_iter().find_map(asked);
    let found: Vec<String> = back.other_titles.iter().map(|title| reduced(title)).collect();
    if let Some(odd) = found.iter().find(|found| !is_known(found)) {
        compare("other title", Some(odd), other.as_deref())?;
    }
    match other.filter(|other| !found.contains(other) && !stands(other)) {
        Some(other) => compare("other title", found.first().map(String::as_str), Some(&other)),
        None => Ok(()),
    }
}

fn authors(found: Vec<String>, view: &View, asked: bool) -> Result<(), String> {
    // What `--omit` has taken out is absent from the view.
    let written = matches!(view.get("authors"), Some(Datum::Names(..)));
    let expected: Vec<String> =
        view.entry().authors.iter().filter(|_| written).map(letters_of).collect();
    let mut found: Vec<String> = found.iter().map(|name| letters(name)).collect();
    let one_more = found.len() == expected.len() + 1;
    if view.entry().more_authors && one_more && found.last().is_some_and(|n| n == "others") {
        found.pop();
    }
    if found.is_empty() && !asked {
        return Ok(());
    }
    compare("authors", Some(&found.join(" | ")), Some(&expected.join(" | ")))
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

/// The characters of a text as a format has them, so that both readings can be compared: see
/// [`reduced`]. A format that keeps mathematics as LaTeX is compared by the text around it; within a
/// command the reader gives its source too.
fn spelled(dialect: Dialect, text: &Text) -> String {
    let is_math = |style: &Style| matches!(style, Style::Math(_));
    if dialect != Dialect::Bib || !text.marks().iter().any(|mark| is_math(&mark.style)) {
        return text.plain().to_owned();
    }
    let (mut out, mut commands, mut formulas) = (String::new(), 0, 0);
    for piece in text.pieces() {
        match piece {
            Piece::Open(Style::Math(source)) => {
                match commands > 0 {
                    _ if formulas > 0 => {}
                    true => out.extend(["$", source, "$"]),
                    false => out.push('$'),
                }
                formulas += 1;
            }
            Piece::Close(Style::Math(_)) => formulas -= 1,
            Piece::Open(Style::Protect) | Piece::Close(Style::Protect) => {}
            Piece::Open(_) => commands += 1,
            Piece::Close(_) => commands -= 1,
            Piece::Chars(chars) if formulas == 0 => out.push_str(chars),
            Piece::Chars(_) => {}
        }
    }
    out
}

/// A text as HTML spells it, to be compared.
fn in_html(text: &Text) -> String {
    reduced(&as_html(text.plain()))
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
        "<spanstyle=\"font-variant:small-caps;\">",
    ];
    let plain = |c: &char| !c.is_whitespace() && !matches!(c, '{' | '}');
    let mut text: String = text.chars().filter(plain).map(lowered).collect();
    // What is left of a command can spell another one.
    while let Some(command) = COMMANDS.iter().find(|command| text.contains(**command)) {
        text = text.replace(command, "");
    }
    // TeX makes dashes of hyphens, unless a style or a blank stands between them.
    text.replace('—', "---").replace('–', "--")
}

/// Raised digits and signs on the line: a format without superscripts has them raised, both kinds
/// of minus alike.
fn lowered(c: char) -> char {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻−⁽⁾";
    const LINE: &str = "0123456789+--()";
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

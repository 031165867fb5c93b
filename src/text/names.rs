//! Lists of authors to names.
//!
//! The source writes `First Last`; everything else must prove itself. Nothing is dropped but
//! marks and degrees, each with a finding, and nobody changes place.

mod clean;
mod contact;
mod eastern;
mod ends;
mod han;
mod latin;
mod list;
mod organisation;
mod pairs;
mod plain;
mod words;

use crate::diagnostic::{Code, Finding};
use crate::model::Name;

use super::script::has_han;

/// A list of authors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authors {
    /// The authors, in the order of the source.
    pub names: Vec<Name>,
    /// The list ends in "et al.", 等 or the like.
    pub more: bool,
    /// What was guessed or left out.
    pub findings: Vec<Finding>,
}

/// How the names of a list are written, found from the whole list.
#[derive(Clone, Copy, Debug, Default)]
struct Hints {
    /// Family names stand in capitals: `ZHANG Min-li, LI Na`.
    capitals: bool,
    /// Given names are initials behind the family name: `Smith JA, Doe B`.
    initials: bool,
    /// Family names stand first, as in China: `Zhang Minli, Wang Fang`.
    family_first: bool,
}

/// The authors in a list as it stands in the source, with its entities and tags:
/// `Heiko Enderling,&nbsp;Olaf Wolkenhauer`, `张三、李四等`, `Smith, J., Doe, J. A.`
///
/// Where there is a semicolon, it parts the names, else the comma and the end of a line do.
pub fn split_authors(text: &str) -> Authors {
    match plain::names(text) {
        Some(names) => Authors { names, ..Authors::default() },
        None => split_closely(text),
    }
}

/// The long way, for every list.
fn split_closely(text: &str) -> Authors {
    let mut authors = Authors::default();
    let text = clean::clean(text, &mut authors.findings);
    let text = contact::without_contacts(&text, &mut authors.findings);
    list::split(&text, &mut authors);
    authors
}

/// The author in a text that holds one, such as an element of an array: a comma in it stands
/// between family and given name. No author where there is only "et al." or nothing.
pub fn one_author(text: &str) -> Authors {
    let mut authors = Authors::default();
    let cleaned = clean::clean(text, &mut authors.findings);
    let cleaned = contact::without_contacts(&cleaned, &mut authors.findings);
    list::one(&cleaned, &mut authors);
    authors
}

/// The name in a text that holds one; what [`one_author`] found besides is not told.
pub fn name(text: &str) -> Name {
    one_author(text).names.pop().unwrap_or_else(|| whole(text.trim()))
}

/// A name without parts, on one line, with one blank between its words.
fn whole(text: &str) -> Name {
    match text.contains(['\n', '\r', '\t']) || text.contains("  ") {
        true => Name::whole(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        false => Name::whole(text),
    }
}

/// A family name as it stands before the comma, with its particles told from it: `van der Vet`,
/// `d'Alembert`.
pub fn family(text: &str) -> Name {
    latin::family_name(&text.split_whitespace().collect::<Vec<_>>())
}

/// True for what stands behind a name: `Jr.`, `III`.
pub fn is_suffix(word: &str) -> bool {
    words::is_suffix(word)
}

/// True for what stands behind the comma in the name of a company: `Inc.`, `Ltd.`
pub fn is_legal_form(text: &str) -> bool {
    organisation::is_legal_form(text)
}

/// One name that has no comma between its parts.
fn single(text: &str, organisation: bool, hints: Hints, findings: &mut Vec<Finding>) -> Name {
    if organisation {
        findings.push(Finding::new(Code::Organisation, text, "kept whole"));
        return whole(text);
    }
    if has_han(text) {
        han::name(text, hints, findings)
    } else {
        latin::first_last(text, hints, findings)
    }
}

#[cfg(test)]
mod tests;

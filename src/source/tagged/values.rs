//! Values of tags, each in its place of the model.

use crate::diagnostic::{Code, Finding};
use crate::model::{Entry, Lang, Name, Script, Text};
use crate::source::Sink;
use crate::source::carrier::{self, Carrier, What};
use crate::source::tagged::on_one_line;
use crate::source::work::Work;
use crate::text::locator;
use crate::text::markup;
use crate::text::names;
use crate::text::script::has_han;

/// A text as these formats have it: characters, and the mark-up of databases.
pub fn text(field: &str, raw: &str, sink: &mut Sink<'_>) -> Text {
    let read = markup::to_text(raw);
    sink.add_all(field, read.findings);
    read.text
}

/// A name: `Family, Given, Suffix`, a Chinese one without comma, an organisation's without one or
/// with one at its end (RIS specification, "AU"; EndNote manual, "Corporate authors").
pub fn name(field: &str, raw: &str, sink: &mut Sink<'_>) -> Option<Name> {
    let read = text(field, raw, sink);
    let text = read.plain();
    if let Some(whole) = text.strip_suffix(',') {
        let whole = whole.trim_end();
        return (!whole.is_empty()).then(|| chinese(whole).unwrap_or_else(|| Name::whole(whole)));
    }
    if text.is_empty() {
        return None;
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let (family, given, suffix) = match parts[..] {
        [whole] => return Some(chinese(whole).unwrap_or_else(|| undivided(whole))),
        // `Barnes and Noble, Inc.` is no person.
        [.., last] if names::is_legal_form(last) => return Some(Name::whole(text)),
        [family, given] => (family, given, None),
        [family, given, suffix] => (family, given, Some(suffix)),
        _ => {
            let done = "kept whole: a name has two commas at most";
            sink.add(field, Finding::new(Code::AuthorsGuessed, text, done));
            return Some(Name::whole(text));
        }
    };
    if has_han(family) && has_han(given) && suffix.is_none() {
        let given = Some(given.to_owned());
        return Some(Name { script: Script::Han, given, ..Name::whole(family) });
    }
    let some = |part: &str| (!part.is_empty()).then(|| part.to_owned());
    let name = Name { given: some(given), suffix: suffix.and_then(some), ..names::family(family) };
    Some(name).filter(|name| !name.family.is_empty())
}

/// A name in Chinese characters alone.
fn chinese(text: &str) -> Option<Name> {
    has_han(text).then(|| names::one_author(text).names.pop()).flatten()
}

/// A Latin name without comma: one word is a family name, several are an organisation, unless they
/// are particles and one word.
fn undivided(text: &str) -> Name {
    let name = names::family(text);
    match name.family.contains(' ') {
        true => Name::whole(text),
        false => name,
    }
}

/// What our files say where the list of authors ends in "et al.".
const NOT_COMPLETE: &str = "The list of authors is not complete (et al.)";

/// Takes a note that has one of our labels; false for any other.
pub fn note(field: &str, note: &str, work: &mut Work, sink: &mut Sink<'_>) -> bool {
    // As it would be kept.
    let note = on_one_line(note);
    if note == NOT_COMPLETE {
        work.entry.more_authors = true;
        return true;
    }
    let Some((row, lang, value)) = carrier::of_note(&note) else { return false };
    labelled(field, row, lang, value, work, sink);
    true
}

fn labelled(
    field: &str,
    row: &Carrier,
    lang: Option<Lang>,
    value: &str,
    work: &mut Work,
    sink: &mut Sink<'_>,
) {
    if row.what == What::Authors {
        for part in value.split(';') {
            if let Some(name) = name(field, part.trim(), sink) {
                work.other_author(row.name, name);
            }
        }
    } else {
        let text = text(field, value, sink);
        work.other(row.what, row.role, lang, field, text);
    }
}

/// Takes a line of Zotero's Extra that carries the other language, or says that there are more authors;
/// false for any other.
pub fn extra(field: &str, line: &str, work: &mut Work, sink: &mut Sink<'_>) -> bool {
    // As it would be kept.
    let line = on_one_line(line);
    if line == NOT_COMPLETE {
        work.entry.more_authors = true;
        return true;
    }
    let Some((row, value)) = carrier::of_extra(&line) else { return false };
    if row.what == What::Authors {
        let parted = value.split_once("||").map(|(f, g)| format!("{}, {}", f.trim(), g.trim()));
        if let Some(name) = name(field, parted.as_deref().unwrap_or(value), sink) {
            work.other_author(row.name, name);
        }
    } else {
        let text = text(field, value, sink);
        work.other(row.what, row.role, None, field, text);
    }
    true
}

/// A short value, clean.
pub fn plain(field: &str, value: Option<String>, sink: &mut Sink<'_>) -> Option<String> {
    let text = text(field, &value?, sink);
    (!text.is_empty()).then(|| text.plain().to_owned())
}

/// Pages and article number out of one value; a number that is known already is not pages.
pub fn pages(field: &str, raw: &str, entry: &mut Entry, sink: &mut Sink<'_>) {
    let found = locator::pages(raw);
    sink.add_all(field, found.findings);
    let known = entry.article_number.as_deref();
    entry.pages = found.pages.filter(|pages| known != Some(&pages.join("-")));
    entry.article_number = entry.article_number.take().or(found.article_number);
}

//! A list of authors to its parts, and the parts to names.

use super::eastern::{self, Order};
use super::ends::{trimmed, without_et_al, without_etc};
use super::pairs::{self, Pairs};
use super::{Authors, Hints, clean::mark, han, latin, organisation, single, words};
use crate::diagnostic::{Code, Finding};
use crate::model::{Name, Script};
use crate::text::script::has_han;
use crate::text::surnames;

/// A part between separators.
#[derive(Debug, Default)]
struct Part<'a> {
    text: &'a str,
    suffix: Option<&'a str>,
    organisation: bool,
    /// An "and" stands before it.
    after_and: bool,
}

/// Reads a clean list of authors into `authors`.
pub fn split(text: &str, authors: &mut Authors) {
    let semicolons = text.contains(';');
    let text = &lines(text, semicolons);
    let text = &without_etc(text, authors);
    let latin_dots = !has_han(text);
    let mut items: Vec<Vec<Part>> = Vec::new();
    for item in text.split(|c| if semicolons { c == ';' } else { matches!(c, '\n' | '|') }) {
        if latin_dots && item.contains(" · ") | item.contains('•') {
            items.extend(item.split(['•', '·']).map(|item| parts(item, authors)));
        } else {
            items.push(parts(item, authors));
        }
    }
    items.retain(|item| !item.is_empty());
    let hints = hints(&items);
    let plain = items.iter().any(|item| is_plain(item));
    for item in &items {
        read(item, semicolons, plain, hints, authors);
    }
    // Numbers beside names are marks; alone they are all that is known.
    if authors.names.is_empty() && !authors.more && text.contains(char::is_alphanumeric) {
        let whole = text.trim();
        authors.names.push(super::whole(whole));
        authors.findings = vec![guess(whole, "kept whole")];
    }
}

/// True for an item that holds whole names, so that the comma parts names in the others too:
/// `Na Li` alone, `Na Li, Bo Yu, Fei Xia`.
fn is_plain(item: &[Part]) -> bool {
    item.len() != 2 && item.iter().all(|part| part.text.contains(' '))
}

/// Reads the one author in a clean text into `authors`.
pub fn one(text: &str, authors: &mut Authors) {
    let text = &lines(text, true);
    let text = without_etc(text, authors);
    let etc = without_et_al(text);
    authors.more |= etc.is_some();
    let text = etc.unwrap_or(text).trim_matches([' ', ',', ';']);
    if text.is_empty() {
        return;
    }
    let organisation = organisation::is_organisation(text);
    if organisation || !text.contains(',') {
        let text = without_behalf(text, authors);
        let text = if organisation { text } else { trimmed(text, authors) };
        let part = Part { text, organisation, ..Part::default() };
        if !part.text.is_empty() {
            push(&part, Hints::default(), authors);
        }
        return;
    }
    let found = parts(text, authors);
    match &found[..] {
        [] => {}
        [part] => push(part, Hints::default(), authors),
        [family, given] if !has_han(family.text) => push_pair(family, given, authors),
        _ => read(&found, true, false, Hints::default(), authors),
    }
    // One author is what the caller knows there is.
    if authors.names.len() > 1 {
        authors.names = vec![super::whole(text)];
        authors.findings.push(guess(text, "kept whole"));
    }
}

/// Ends of lines and tabs as `\n` where they part names, as a blank where they only break a line; one
/// blank for several.
fn lines(text: &str, semicolons: bool) -> String {
    let mut text = text.replace('\t', "\n");
    while text.contains("  ") {
        text = text.replace("  ", " ");
    }
    if !text.contains('\n') {
        return text;
    }
    let mut joined = String::with_capacity(text.len());
    for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        let open = joined.is_empty()
            || joined.ends_with([',', ';', '、'])
            || line.starts_with([',', ';', '、']);
        joined.push(if open || semicolons { ' ' } else { '\n' });
        joined.push_str(line);
    }
    joined
}

/// The parts between the commas and the "and"s of an item, each with its suffix.
fn parts<'a>(item: &'a str, authors: &mut Authors) -> Vec<Part<'a>> {
    let mut found: Vec<Part> = Vec::new();
    for (segment, _) in segments(item) {
        for (index, text) in conjuncts(segment, found.is_empty()).into_iter().enumerate() {
            let and = ["and ", "& "].iter().find_map(|and| text.strip_prefix(and));
            let after_and = index > 0 || and.is_some();
            add(and.unwrap_or(text), after_and, &mut found, authors);
        }
    }
    found
}

/// The text between commas; a company keeps the comma before its `Inc.`
fn segments(item: &str) -> Vec<(&str, usize)> {
    let mut found: Vec<(&str, usize)> = Vec::new();
    let (mut start, mut depth) = (0usize, 0usize);
    let balanced = item.matches('(').count() == item.matches(')').count();
    for (at, c) in item.char_indices().chain([(item.len(), ',')]) {
        match c {
            '(' if balanced => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | '、' if depth == 0 || at == item.len() => {
                let text = item[start..at].trim();
                match found.last_mut() {
                    Some((last, from)) if organisation::is_legal_form(text) => {
                        *last = item[*from..at].trim()
                    }
                    _ => found.push((text, start)),
                }
                start = (at + c.len_utf8()).min(item.len());
            }
            _ => {}
        }
    }
    found
}

/// The people in a text that "and" stands in; an organisation keeps the "and" of its name.
fn conjuncts(text: &str, first: bool) -> Vec<&str> {
    if has_han(text) && !text.contains(" and ") {
        // `张三、和李四`; the first of a list may be called 和.
        let rest = text.strip_prefix(['和', '与', '與']).map(str::trim);
        let rest = rest.filter(|rest| !first && han::is_plausible(rest));
        return han::people(rest.unwrap_or(text));
    }
    let behalf = text.find(" on behalf of ").filter(|at| *at > 0);
    if let Some(at) = behalf {
        return vec![&text[..at], text[at..].trim()];
    }
    if !text.contains(" and ") && !text.contains(" & ") {
        return vec![text];
    }
    let found: Vec<&str> =
        text.split(" and ").flat_map(|part| part.split(" & ")).map(str::trim).collect();
    let whole = organisation::is_organisation(text) && !found.iter().all(|part| stands_alone(part));
    if whole { vec![text] } else { found }
}

/// True for a part that is somebody without the words around it.
fn stands_alone(part: &str) -> bool {
    let mut parts = part.split(' ').filter(|word| !word.is_empty());
    let (Some(first), Some(last)) = (parts.next(), parts.next_back()) else {
        return part == "others";
    };
    organisation::is_organisation(part)
        || words::is_given(first)
        || part.split(' ').any(words::is_initials)
        || (surnames::is_latin(last) && surnames::is_pinyin(first))
}

/// Puts a part to those found: a new one, a suffix of the last, or nothing.
fn add<'a>(text: &'a str, after_and: bool, found: &mut Vec<Part<'a>>, authors: &mut Authors) {
    let mut text = text.trim();
    text = [" and", " &"].iter().find_map(|and| text.strip_suffix(and)).unwrap_or(text).trim_end();
    if let Some(rest) = without_et_al(text) {
        authors.more = true;
        text = rest;
    }
    if after_and && matches!(text.trim_end_matches('.'), "others" | "other" | "colleagues") {
        authors.more = true;
        return;
    }
    if let Some(last) = found.last_mut() {
        if words::is_suffix(text) && last.suffix.is_none() {
            last.suffix = Some(text);
            return;
        }
        // `Smith, MD` may be a family name and two initials.
        if words::is_degree(text) && (last.text.contains(' ') || !words::is_bare(text)) {
            authors.findings.push(mark(text));
            return;
        }
    }
    let organisation = organisation::is_organisation(text);
    let text = if organisation { without_behalf(text, authors) } else { trimmed(text, authors) };
    if !text.is_empty() {
        found.push(Part { text, suffix: None, organisation, after_and });
    }
}

/// A group without the words that join it to the authors: `on behalf of the`.
fn without_behalf<'a>(text: &'a str, authors: &mut Authors) -> &'a str {
    let Some((words, group)) = organisation::on_behalf(text) else { return text };
    authors.findings.push(mark(words));
    group
}

/// What the parts tell about the whole list.
fn hints(items: &[Vec<Part>]) -> Hints {
    let mut hints = Hints::default();
    let mut family_last = false;
    for part in items.iter().flatten() {
        let order = eastern::order(&part.text.split(' ').collect::<Vec<_>>());
        hints.family_first |= order == Order::FamilyFirst;
        family_last |= order == Order::FamilyLast;
        hints.capitals |= latin::has_capitals(part.text);
        hints.initials |= latin::has_initials_last(part.text) && !surnames_last(part.text);
    }
    hints.family_first &= !family_last;
    hints.initials &= !hints.capitals;
    hints
}

/// True for `Min LI`, which may be a surname in capitals.
fn surnames_last(text: &str) -> bool {
    text.rsplit(' ').next().is_some_and(|last| last.len() > 1 && surnames::is_latin(last))
}

/// Reads the parts of one item: a name in two halves, or a list of its own.
fn read(item: &[Part], semicolons: bool, plain: bool, hints: Hints, authors: &mut Authors) {
    let latin = |part: &Part| !part.organisation && !has_han(part.text);
    if semicolons && item.len() == 2 && item.iter().all(latin) && !item[1].after_and {
        let many = item.iter().all(|part| part.text.contains(' '));
        if !many {
            return push_pair(&item[0], &item[1], authors);
        }
        // `García Márquez, Gabriel José; Vargas Llosa, Mario` or `Bo Yu, T. Mak; Na Li, Fei Xia`
        if !plain && !item.iter().all(|part| stands_alone(part.text)) {
            authors.findings.push(guess(&texts(item).join(", "), "read as one name"));
            return push_pair(&item[0], &item[1], authors);
        }
    }
    // An "and" never stands within a name, so each run between them is a list of its own.
    let runs: Vec<&[Part]> = runs(item);
    let two = |run: &&[Part]| run.len() == 2 && run.iter().all(latin);
    if runs.len() > 1 && runs.iter().all(two) {
        // The style of BibTeX. `A B, C D and E F, G H` is how nobody writes a list.
        return runs.iter().for_each(|run| push_pair(&run[0], &run[1], authors));
    }
    for run in runs {
        let organisations: Vec<bool> = run.iter().map(|part| part.organisation).collect();
        push_all(run, pairs::pairs(&texts(run), &organisations), hints, authors);
    }
}

fn texts<'a>(parts: &[Part<'a>]) -> Vec<&'a str> {
    parts.iter().map(|part| part.text).collect()
}

/// The parts between one "and" and the next.
fn runs<'p, 'a>(item: &'p [Part<'a>]) -> Vec<&'p [Part<'a>]> {
    item.chunk_by(|_, next| !next.after_and).collect()
}

fn push_all(parts: &[Part], pairs: Pairs, hints: Hints, authors: &mut Authors) {
    if pairs.guessed {
        let list = texts(parts).join(", ");
        let pair = pairs.names.iter().any(|(_, pair)| *pair);
        let done =
            if pair { "read as family names before given names" } else { "read as one name each" };
        authors.findings.push(guess(&list, done));
    }
    for (at, pair) in pairs.names {
        match parts.get(at + 1).filter(|_| pair) {
            Some(given) => push_pair(&parts[at], given, authors),
            None => push(&parts[at], hints, authors),
        }
    }
}

fn push(part: &Part, hints: Hints, authors: &mut Authors) {
    let mut name = if part.text.contains(char::is_alphabetic) {
        single(part.text, part.organisation, hints, &mut authors.findings)
    } else {
        authors.findings.push(guess(part.text, "kept whole"));
        super::whole(part.text)
    };
    if let Some(suffix) = part.suffix {
        name.suffix.get_or_insert_with(|| suffix.to_owned());
    }
    authors.names.push(name);
}

/// A name in two parts, family name first.
fn push_pair(family: &Part, given: &Part, authors: &mut Authors) {
    let mut name = if has_han(family.text) {
        let given = Some(given.text.to_owned());
        Name { script: Script::Han, family: family.text.to_owned(), given, ..Name::default() }
    } else {
        latin::last_first(family.text, given.text)
    };
    if let Some(suffix) = given.suffix.or(family.suffix) {
        name.suffix.get_or_insert_with(|| suffix.to_owned());
    }
    authors.names.push(name);
}

fn guess(found: &str, done: &str) -> Finding {
    Finding::new(Code::AuthorsGuessed, found, done)
}

//! BibTeX and BibLaTeX: the file is taken apart by [`split`], so that a broken entry costs no other
//! one; dates and the letters that TeX makes of commands are read with the `biblatex` crate.

mod date;
mod entry;
mod keep;
mod kinds;
mod library;
mod names;
mod spans;
pub mod split;
mod tex;

use std::collections::HashMap;

pub use spans::spans;

use self::library::Library;
use self::split::{Block, BlockKind, Body, Fault};
use super::strays::Stray;
use super::table::unmarked;
use super::{Found, Layer, Reading, Sink};
use crate::diagnostic::{Code, Finding, Place};
use crate::merge::{Prefer, merge};
use crate::model::Kept;

/// True where a line begins with `@word{` or `@word(`.
pub fn looks_like(text: &[u8]) -> bool {
    text.split(|b| *b == b'\n').any(|line| {
        let Some(rest) = unmarked(line).trim_ascii_start().strip_prefix(b"@") else { return false };
        let word = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        word > 2 && matches!(rest[word..].trim_ascii_start().first(), Some(b'{' | b'('))
    })
}

/// Reads every entry of a file. A broken one is told, with its line and its key, and left out.
pub fn read(input: &[u8], file: &str, mut layers: Option<&mut Vec<Layer>>) -> Reading {
    let text = String::from_utf8_lossy(input);
    let mut reading = Reading::default();
    let mut place = Place { file: file.into(), ..Place::default() };
    let told = &mut reading.diagnostics;
    let library = Library::new(&text, &mut |line, finding| {
        let place = Place { line, ..place.clone() };
        Sink { place, diagnostics: told }.add("@string", finding);
    });
    let mut pairs = Vec::new();
    for block in &library.blocks {
        let Some(body) = block.entry() else {
            let block_text = &text[block.range.clone()];
            if let Some((at, finding)) = outside(block, block_text) {
                let line = block.line + block_text[..at].matches('\n').count();
                let place = Place { line, record: 0, ..place.clone() };
                Sink { place, diagnostics: &mut reading.diagnostics }.add("", finding);
            }
            continue;
        };
        let kind = library.kind(body);
        if kind.eq_ignore_ascii_case("xdata") && body.fault.is_none() {
            continue;
        }
        reading.records += 1;
        (place.line, place.record) = (block.line, reading.records);
        let mut sink = Sink { place: place.clone(), diagnostics: &mut reading.diagnostics };
        if let Some(fault) = &body.fault {
            sink.add("", broken(&library, body, fault));
            continue;
        }
        let values = library.fields(body, &mut |field, finding| sink.add(field, finding));
        let members = || values.iter().map(|v| (v.name.clone(), v.content.clone())).collect();
        let members = layers.is_some().then(members);
        let read = entry::entry(kind, library.key(body), values, &mut sink);
        if let (Some(layers), Some(members)) = (&mut layers, members) {
            let (path, entry) = (String::new(), read.entry.clone());
            layers.push(Layer { place: place.clone(), path, members, entry });
        }
        pairs.push(read.pair);
        reading.found.push(Found {
            entry: Box::new(read.entry),
            place: place.clone(),
            others: Vec::new(),
            verbatim: Vec::new(),
        });
    }
    join_pairs(&mut reading, pairs);
    reading
}

/// What is no entry goes into no other file: `@preamble`, `@comment` and the text between entries. A
/// `@string` stands in the entries that name it. What is told, and where in the text.
fn outside(block: &Block, text: &str) -> Option<(usize, Finding)> {
    let said = text.trim();
    if said.is_empty() || matches!(block.kind, BlockKind::String(_)) {
        return None;
    }
    let stray = matches!(block.kind, BlockKind::Text).then(|| Stray::first(text)).flatten();
    Some(match stray {
        Some(stray) => (stray.at, stray.told(text)),
        None => {
            let done = "passed over: it is no entry";
            let at = text.len() - text.trim_start().len();
            (at, Finding::new(Code::TextOutside, said, done))
        }
    })
}

fn broken(library: &Library<'_>, body: &Body, fault: &Fault) -> Finding {
    let found = match library.key(body) {
        "" => format!("line {}", fault.line),
        key => format!("entry {key}, line {}", fault.line),
    };
    let done = format!("left out: expected {} there; mend it and try again", fault.expected);
    Finding::new(Code::RecordBroken, found, done)
}

/// Makes one entry of two that are one work in two languages: the first says of the second that it is
/// its `lanversion`.
fn join_pairs(reading: &mut Reading, pairs: Vec<Option<String>>) {
    if pairs.iter().all(Option::is_none) {
        return;
    }
    let keyed = reading.found.iter().enumerate().rev();
    let keys: HashMap<String, usize> = keyed.map(|(at, f)| (f.entry.key.clone(), at)).collect();
    let mut gone = vec![false; pairs.len()];
    for (at, key) in pairs.iter().enumerate() {
        let Some(key) = key.as_ref().filter(|_| !gone[at]) else { continue };
        let other = keys.get(key).copied();
        let Some(other) = other.filter(|other| *other != at && !gone[*other]) else { continue };
        gone[other] = true;
        let second = reading.found[other].clone();
        let Found { entry, place, others, .. } = &mut reading.found[at];
        let mut sink = Sink { place: place.clone(), diagnostics: &mut reading.diagnostics };
        let done = format!("one entry with {}", entry.key);
        sink.add("related", Finding::new(Code::PairJoined, key, done));
        others.push(second.place);
        let language = entry.language;
        merge(entry, *second.entry, Prefer::First, &mut |field, finding| sink.add(field, finding));
        entry.language = language.or(entry.language);
        entry.kept.fields.retain(|(name, _)| name != "related" && name != "relatedtype");
        if entry.kept.is_empty() {
            entry.kept = Kept::default();
        }
    }
    let mut gone = gone.into_iter();
    reading.found.retain(|_| !gone.next().unwrap_or_default());
}

//! The fields for which the model has no place, kept as they stand.

use super::library::Value;
use crate::diagnostic::{Code, Finding};
use crate::model::Entry;
use crate::source::Sink;

/// Keeps what is left over of an entry's fields, but what would break the file for the programs that
/// read it next, and what the entry has from elsewhere.
pub fn keep(values: Vec<Value>, entry: &mut Entry, sink: &mut Sink<'_>) {
    // What is inherited stands in the other entry.
    let own = |value: &Value| !value.inherited && !value.content.trim().is_empty();
    for value in values.into_iter().filter(own) {
        if let Some(reason) = reason_against(&value, entry) {
            let done = format!("left out: {reason}");
            sink.add(&value.name, Finding::new(Code::FieldLost, value.raw, done));
            continue;
        }
        let mut raw = value.raw;
        // For the `biblatex` crate the first quote ends a value in quotes, also one in braces.
        if raw.contains('"') && value.content.contains('"') {
            raw = format!("{{{}}}", value.content);
        }
        // TeX and the `biblatex` crate take all that follows a lone `$` for mathematics.
        let pieces = between_dollars(&raw);
        if pieces.len().is_multiple_of(2) {
            raw = pieces.join("\\$");
            let done = "kept with \\$: mathematics that begins there would never end";
            sink.add(&value.name, Finding::new(Code::FieldKept, value.content, done));
        } else if TYPED.contains(&value.name.as_str()) {
            let done = "kept as it stands, for a .bib alone";
            sink.add(&value.name, Finding::new(Code::FieldKept, value.content, done));
        }
        entry.kept.fields.push((value.name, raw));
    }
}

fn reason_against(value: &Value, entry: &Entry) -> Option<&'static str> {
    match () {
        () if !is_name(&value.name) => Some("its name is none that every program reads"),
        () if !is_sound(value) => Some("its braces do not fit"),
        () if is_written(&value.name, entry) => Some("the entry has that field from elsewhere"),
        () => None,
    }
}

/// Fields that have a place in the model, and are left over only where their value does not fit it.
const TYPED: &[&str] = &["doi", "url", "date", "year", "month", "day", "langid", "language"];

/// True where the entry is written with that field anyway.
fn is_written(name: &str, entry: &Entry) -> bool {
    match name {
        "doi" => entry.doi.is_some(),
        "url" => entry.url.is_some(),
        "date" | "year" => entry.date.is_some(),
        "month" => entry.date.is_some_and(|date| date.month.is_some()),
        "langid" | "language" => entry.language.is_some(),
        "eprint" | "eprinttype" | "archiveprefix" => entry.arxiv.is_some(),
        "number" => entry.issue.is_some(),
        _ => false,
    }
}

/// True for the name of a field to every reader: BibTeX and biber want none that begins with a digit,
/// the `biblatex` crate none with a control character or `~` in it, or with `:`, `<`, `-` or `>` before it.
fn is_name(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_digit() || matches!(c, ':' | '<' | '-' | '>'))
        && !name.contains(|c: char| c.is_control() || c == '~')
}

/// True where every reader finds the same end of the value: some count braces behind a backslash,
/// some do not.
fn is_sound(value: &Value) -> bool {
    let (mut depth, mut escaped) = (0i32, false);
    let falls = value.content.bytes().any(|byte| {
        let counts = !escaped;
        escaped = byte == b'\\' && !escaped;
        depth += i32::from(counts && byte == b'{') - i32::from(counts && byte == b'}');
        depth < 0
    });
    !falls && depth == 0 && !escaped
}

/// The value in pieces, each behind a `$` that has no backslash before it.
fn between_dollars(raw: &str) -> Vec<&str> {
    let bytes = raw.as_bytes();
    let mut escaped = false;
    let dollars = (0..bytes.len()).filter(|&at| {
        let is_sign = !escaped;
        escaped = is_sign && bytes[at] == b'\\';
        is_sign && bytes[at] == b'$'
    });
    let mut from = 0;
    let mut pieces: Vec<&str> = Vec::new();
    for at in dollars {
        pieces.push(&raw[from..at]);
        from = at + 1;
    }
    pieces.push(&raw[from..]);
    pieces
}

//! Fields put into the text of a record, in the style of what is there.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use crate::source::span::{FieldSpan, Span};

/// A part of a text and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The part; an empty one where something is put in.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

/// The text with every edit made. Edits do not overlap; those at one place stand in their order.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.range.start);
    let mut out =
        String::with_capacity(text.len() + edits.iter().map(|e| e.text.len()).sum::<usize>());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.range.start]);
        out.push_str(&edit.text);
        at = edit.range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// A field to be put in: its name and its value as the format writes it.
pub type New = (String, String);

/// How a file writes its records.
pub trait Style {
    /// The edits that put fields into a record.
    fn put_in(&self, text: &str, span: &Span, fields: &[New]) -> Vec<Edit>;

    /// A rendered entry in the style of the file.
    fn restyled(&self, rendered: &str) -> String;

    /// The edit that puts entries behind the last one, or why there is no place for them.
    ///
    /// # Errors
    /// What is wrong, and the way out.
    fn append(&self, text: &str, spans: &[Span], entries: &[String]) -> Result<Edit, String>;
}

/// The end of a line that most lines of a text have.
pub fn newline(text: &str) -> &'static str {
    let feeds = memchr::memchr_iter(b'\n', text.as_bytes()).count();
    let pairs = text.matches("\r\n").count();
    match () {
        () if pairs > 0 && 2 * pairs >= feeds => "\r\n",
        () if feeds == 0 && text.contains('\r') => "\r",
        () => "\n",
    }
}

/// What comes most often, the first of those that come equally often.
pub fn most<T: Hash + Eq + Clone>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: HashMap<T, (usize, usize)> = HashMap::new();
    for (at, one) in all.enumerate() {
        counts.entry(one).or_insert((0, usize::MAX - at)).0 += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(one, _)| one)
}

/// What stands between the fields of records: blanks, a comma and blanks.
pub fn separators<'t>(text: &'t str, span: &'t Span) -> impl Iterator<Item = &'t str> {
    let between = |pair: &[FieldSpan]| text.get(pair[0].value.end..pair[1].start);
    let is_plain = |between: &&str| {
        between.matches(',').count() == 1
            && between.chars().all(|c| c == ',' || c.is_ascii_whitespace())
    };
    span.fields.windows(2).filter_map(between).filter(is_plain)
}

/// What stands before the first entry that is put behind the others: a new line where the text ends
/// without one, and an empty line where `apart`.
pub fn lead(text: &str, newline: &str, apart: bool) -> String {
    let blank = text.trim_start_matches('\u{FEFF}').trim().is_empty();
    let ended =
        blank && !text.contains(['\n', '\r']) || text.ends_with('\n') || text.ends_with('\r');
    let first = if ended { "" } else { newline };
    let last = text.trim_end_matches(['\n', '\r']);
    let empty = text.len() - last.len() > newline.len();
    let second = if apart && !blank && !empty { newline } else { "" };
    format!("{first}{second}")
}

/// True where an empty line stands between most records.
pub fn are_apart(text: &str, spans: &[Span]) -> bool {
    let gaps = spans.windows(2).map(|pair| {
        let from = pair[0].range.end.saturating_sub(1).max(pair[0].range.start);
        let gap = text.get(from..pair[1].range.start).unwrap_or_default();
        gap.matches('\n').count().max(gap.matches('\r').count()) > 1
    });
    most(gaps).unwrap_or(true)
}

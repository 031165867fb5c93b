//! The types of works by the words of a dialect.

use super::Sink;
use super::tagged::on_one_line;
use super::work::Work;
use crate::diagnostic::{Code, Finding};
use crate::model::Kind;

/// A word, the type that it means, and whether it says more than the type, so that it has to be kept.
pub type Row = (&'static str, Kind, bool);

/// Gives the work the type that a word means, and keeps the word where it says more. A word that is in
/// no row is told; the work is then of the general type.
pub fn take(rows: &[Row], field: &str, word: String, work: &mut Work, sink: &mut Sink<'_>) {
    let word = on_one_line(&word);
    let found = rows.iter().find(|(known, ..)| known.eq_ignore_ascii_case(&word));
    if found.is_none() {
        let done = "taken as the general type; the word is kept for files of this kind";
        sink.add(field, Finding::new(Code::TypeUnknown, &word, done));
    }
    let (kind, more) = found.map_or((Kind::Other, true), |(_, kind, more)| (*kind, *more));
    work.entry.kind = kind;
    work.entry.kept.kind = (more && !word.is_empty()).then_some(word);
}

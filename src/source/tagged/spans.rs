//! Where the records of a tagged file stand.

use super::{Line, Tagged};
use crate::source::span::{FieldSpan, Span};

/// The records of a file, in the order and number in which they are read.
pub fn spans(format: &Tagged, text: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut open = false;
    for (number, start, line) in lines(text) {
        let end = start + line.len();
        let behind = end + line_end(&text[end..]);
        match (format.line(line), spans.last_mut()) {
            (Some((tag, value)), _) if tag == format.first => {
                let fields = vec![field(text, start, (tag, value))];
                spans.push(Span {
                    range: start..behind,
                    line: number,
                    key: start..start,
                    fields,
                    end: behind,
                    separated: true,
                    needs: Vec::new(),
                    whole: true,
                });
                open = true;
            }
            (Some((tag, _)), last) if Some(&*tag) == format.last => {
                if let Some(span) = last.filter(|_| open) {
                    (span.range.end, span.end) = (behind, start);
                }
                open = false;
            }
            (Some((tag, value)), Some(span)) if open => {
                span.fields.push(field(text, start, (tag, value)));
                (span.range.end, span.end) = (behind, behind);
            }
            (None, _) if line.trim().is_empty() => open &= !format.blank_ends,
            (None, _) if (format.near)(line) => open = false,
            (None, Some(span)) if open => {
                if let Some(field) = span.fields.last_mut() {
                    field.value.end = end;
                }
                (span.range.end, span.end) = (behind, behind);
            }
            _ => {}
        }
    }
    spans
}

fn field(text: &str, start: usize, (tag, value): Line<'_>) -> FieldSpan {
    let at = value.as_ptr() as usize - text.as_ptr() as usize;
    FieldSpan { name: tag.into_owned(), start, value: at..at + value.len() }
}

/// The lines of a text: number, beginning, and what stands there without the line's end.
fn lines(text: &str) -> impl Iterator<Item = (usize, usize, &str)> {
    let mut at = 0;
    let mut number = 0;
    std::iter::from_fn(move || {
        if at > text.len() || (at == text.len() && number > 0) {
            return None;
        }
        let rest = &text[at..];
        let length = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let start = at;
        at += length + line_end(&rest[length..]).max(usize::from(length == rest.len()));
        number += 1;
        Some((number, start, &rest[..length]))
    })
}

/// How long the end of a line is that begins there.
fn line_end(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => 0,
    }
}

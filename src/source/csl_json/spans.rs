//! Where the items of a CSL-JSON text stand.

use super::items::{Members, pieces};
use crate::source::span::{FieldSpan, Span};

/// The items of a text, in the order and number in which they are read.
pub fn spans(text: &str) -> Vec<Span> {
    let place = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let span = |piece: &super::items::Piece<'_>| {
        let start = place(piece.json);
        let members = serde_json::from_str::<Members<'_>>(piece.json);
        let whole = members.is_ok();
        let fields: Vec<FieldSpan> = members
            .map_or_else(|_| Vec::new(), |Members(members)| members)
            .into_iter()
            .map(|(name, raw)| {
                let value = place(raw.get())..place(raw.get()) + raw.get().len();
                FieldSpan { name, start: value.start, value }
            })
            .collect();
        let mut span = Span {
            range: start..start + piece.json.len(),
            line: piece.line,
            key: start..start,
            end: fields.last().map_or(start + 1, |field| field.value.end),
            separated: fields.is_empty(),
            needs: Vec::new(),
            fields,
            whole,
        };
        let mut from = start + 1;
        for field in &mut span.fields {
            // Behind the value before stand blanks, a comma and the name.
            let quote = text[from..field.value.start].find('"').unwrap_or_default();
            field.start = from + quote;
            from = field.value.end;
        }
        span
    };
    pieces(text).items.iter().map(span).collect()
}

//! Where the entries of a `.bib` file stand.

use super::split::split;
use crate::source::span::{FieldSpan, Span};

/// The entries of a file, in the order and number in which they are read.
pub fn spans(text: &str) -> Vec<Span> {
    let blocks = split(text);
    let entries = blocks.iter().filter_map(|block| Some((block, block.entry()?)));
    let is_data = |kind: &str| kind.eq_ignore_ascii_case("xdata");
    let entries = entries
        .filter(|(_, body)| body.fault.is_some() || !is_data(&text[body.kind.clone()]))
        .map(|(block, body)| Span {
            range: block.range.clone(),
            line: block.line,
            key: body.key.clone(),
            fields: body
                .fields
                .iter()
                .map(|field| FieldSpan {
                    name: text[field.name.clone()].to_owned(),
                    start: field.name.start,
                    value: field.value.clone(),
                })
                .collect(),
            end: body.end,
            separated: body.comma,
            whole: body.fault.is_none(),
        });
    entries.collect()
}

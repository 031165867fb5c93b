//! Where the entries of a `.bib` file stand.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::split::{Block, BlockKind, split};
use crate::source::span::{FieldSpan, Span};

/// The entries of a file, in the order and number in which they are read.
pub fn spans(text: &str) -> Vec<Span> {
    let blocks = split(text);
    let strings = Strings::of(text, &blocks);
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
            needs: strings.named_in(block.range.clone()),
            whole: body.fault.is_none(),
        });
    entries.collect()
}

/// So many strings stand behind one entry at most: strings are made of strings, and could be all of
/// them for every entry.
const MOST: usize = 256;

/// The `@string`s of a file.
struct Strings<'t> {
    text: &'t str,
    /// Where they stand, by their names in lower case.
    named: HashMap<String, Vec<Range<usize>>>,
}

impl<'t> Strings<'t> {
    fn of(text: &'t str, blocks: &[Block]) -> Strings<'t> {
        let mut named: HashMap<String, Vec<Range<usize>>> = HashMap::new();
        for block in blocks {
            let BlockKind::String(body) = &block.kind else { continue };
            if let (None, [field]) = (&body.fault, &body.fields[..]) {
                let name = text[field.name.clone()].to_lowercase();
                named.entry(name).or_default().push(block.range.clone());
            }
        }
        Strings { text, named }
    }

    /// Those that a part of the text names, and those that these are made of.
    fn named_in(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let (mut found, mut parts) = (BTreeSet::new(), vec![range]);
        while let Some(part) = parts.pop().filter(|_| !self.named.is_empty() && found.len() < MOST)
        {
            for name in names(&self.text[part]) {
                let strings = self.named.get(&name.to_lowercase()).into_iter().flatten();
                let new = strings.filter(|string| found.insert((string.start, string.end)));
                parts.extend(new.cloned());
            }
        }
        found.into_iter().map(|(start, end)| start..end).collect()
    }
}

/// The words that can be names of strings: those that stand as a value, also in a broken entry.
fn names(text: &str) -> impl Iterator<Item = &str> {
    memchr::memchr2_iter(b'=', b'#', text.as_bytes()).filter_map(|at| {
        let rest = text[at + 1..].trim_start();
        let ends = |c: char| c.is_whitespace() || "=,{}()\"#%@'\\".contains(c);
        rest.split(ends).next().filter(|word| !word.is_empty())
    })
}

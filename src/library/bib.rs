//! How a `.bib` file writes its entries.

use super::edit::{Edit, New, Style, apply, are_apart, lead, most, newline, separators};
use crate::source::bibtex::spans;
use crate::source::bibtex::split::{Block, BlockKind, split};
use crate::source::span::Span;

/// The style of a `.bib` file.
pub struct Bib {
    newline: &'static str,
    indent: String,
    apart: bool,
}

impl Bib {
    /// The style that most entries of a text have.
    pub fn of(text: &str, spans: &[Span]) -> Bib {
        let indents = spans.iter().flat_map(|span| &span.fields).filter_map(|field| {
            let before = &text[..field.start];
            let line = &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
            line.chars().all(|c| c == ' ' || c == '\t').then_some(line)
        });
        let indent = most(indents).unwrap_or("  ").to_owned();
        Bib { newline: newline(text), indent, apart: are_apart(text, spans) }
    }

    /// What stands between two fields of an entry.
    fn separator(&self, text: &str, span: &Span) -> String {
        if let Some(separator) = most(separators(text, span)) {
            return separator.to_owned();
        }
        let one_line = |line: &str| !line.contains(['\n', '\r']);
        match span.fields.first() {
            Some(field) if one_line(&text[span.key.end..field.start]) => ", ".to_owned(),
            Some(field) => {
                let before = &text[span.key.end..field.start];
                let indent = &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
                let blank = indent.chars().all(|c| c == ' ' || c == '\t');
                format!(",{}{}", self.newline, if blank { indent } else { &self.indent })
            }
            None => format!(",{}{}", self.newline, self.indent),
        }
    }
}

/// What stands between the name of a field and its value; names are filled up to a column where the
/// entry does so.
fn assign(text: &str, span: &Span, name: &str) -> String {
    let parts: Vec<(usize, &str)> = span
        .fields
        .iter()
        .filter_map(|field| {
            let assign = text.get(field.start + field.name.len()..field.value.start)?;
            let plain = assign.trim() == "=" && !assign.contains(['\n', '\r']);
            plain.then_some((field.name.chars().count(), assign))
        })
        .collect();
    let Some((_, last)) = parts.last() else { return " = ".to_owned() };
    let behind = &last[last.find('=').unwrap_or_default()..];
    let column = |(name, assign): &(usize, &str)| name + assign.find('=').unwrap_or_default();
    let columns: Vec<usize> = parts.iter().map(column).collect();
    let aligned = columns.windows(2).all(|pair| pair[0] == pair[1])
        && parts.windows(2).any(|pair| pair[0].0 != pair[1].0);
    match (aligned, columns.last()) {
        (true, Some(column)) => {
            let blanks = column.saturating_sub(name.chars().count()).max(1);
            format!("{}{behind}", " ".repeat(blanks))
        }
        _ => most(parts.iter().map(|(_, assign)| *assign)).unwrap_or(" = ").to_owned(),
    }
}

impl Style for Bib {
    fn put_in(&self, text: &str, span: &Span, fields: &[New]) -> Vec<Edit> {
        let separator = self.separator(text, span);
        let (before, behind) = separator.split_once(',').unwrap_or(("", " "));
        let fields = fields.iter().map(|(n, v)| format!("{n}{}{v}", assign(text, span, n)));
        let trailing = span.separated && !span.fields.is_empty();
        // A comment behind the last field stays in its line.
        let rest = &text[span.end..span.range.end];
        let line = rest.find(['\n', '\r']).unwrap_or(0);
        let comment = rest[..line].trim_start().starts_with('%');
        let put = |text: String| Edit { range: span.end..span.end, text };
        if comment {
            let at = span.end + line;
            let fields: Vec<String> = fields.collect();
            let mut text = fields.join(&separator);
            let indent = if behind.contains(['\n', '\r']) { behind } else { self.newline };
            text.insert_str(0, indent);
            text.push_str(if trailing { "," } else { "" });
            let comma = (!span.separated).then(|| put(",".to_owned()));
            return comma.into_iter().chain([Edit { range: at..at, text }]).collect();
        }
        let text: String = match (span.separated, trailing) {
            (true, true) => fields.map(|field| format!("{behind}{field}{before},")).collect(),
            // The comma behind the key.
            (true, false) => behind.to_owned() + &fields.collect::<Vec<_>>().join(&separator),
            (false, _) => fields.map(|field| format!("{separator}{field}")).collect(),
        };
        vec![put(text)]
    }

    fn restyled(&self, rendered: &str) -> String {
        let rendered = rendered.trim_end();
        let spans = spans(rendered);
        let Some(span) = spans.first() else { return rendered.to_owned() };
        // What stands in a value is no part of the style.
        let start = |at: usize| rendered[..at].trim_end().len();
        let mut edits: Vec<Edit> = span
            .fields
            .iter()
            .map(|field| Edit {
                range: start(field.start)..field.start,
                text: format!("{}{}", self.newline, self.indent),
            })
            .collect();
        let close = span.range.end - 1;
        edits.push(Edit { range: start(close)..close, text: self.newline.to_owned() });
        apply(rendered, edits)
    }

    fn append(&self, text: &str, _: &[Span], entries: &[String]) -> Result<Edit, String> {
        let between = if self.apart { self.newline.repeat(2) } else { self.newline.to_owned() };
        let entries = entries.join(&between);
        let at = open_tail(text);
        let lead = lead(&text[..at], self.newline, self.apart);
        let more = if at < text.len() && self.apart { self.newline } else { "" };
        Ok(Edit { range: at..at, text: format!("{lead}{entries}{}{more}", self.newline) })
    }
}

/// Where what is never closed begins, or the end of the text. For BibTeX whatever is put behind an open
/// brace stands within it, also where other readers find entries there.
fn open_tail(text: &str) -> usize {
    let blocks = split(text);
    let open = never_closed(text, &blocks);
    let broken = |(block, open): &(&Block, &bool)| match &block.kind {
        BlockKind::Entry(body) | BlockKind::String(body) => body.fault.is_some(),
        BlockKind::Preamble => **open,
        BlockKind::Text | BlockKind::Comment => false,
    };
    let first = blocks.iter().zip(&open).find(|(_, open)| **open);
    let tail = blocks.iter().zip(&open).rev().take_while(broken).last();
    let start = |found: Option<(&Block, &bool)>| found.map_or(text.len(), |(b, _)| b.range.start);
    start(first).min(start(tail))
}

/// For each block whether its brace or parenthesis closes neither in the block nor behind it. One look
/// at the text is enough for all of them.
fn never_closed(text: &str, blocks: &[Block]) -> Vec<bool> {
    let mut open = vec![false; blocks.len()];
    let mut starts = blocks.iter().enumerate().filter_map(|(at, b)| Some((at, opening(text, b)?)));
    let mut next = starts.next();
    // Of those that are open, each in the braces that are open within it or around it.
    let mut levels = vec![Open::default()];
    for (at, byte) in text.bytes().enumerate() {
        if byte == b'{' {
            levels.push(Open::default());
        }
        let Some(level) = levels.last_mut() else { break };
        if let Some((block, _)) = next.filter(|(_, start)| *start == at) {
            let list = if byte == b'{' { &mut level.braces } else { &mut level.parentheses };
            list.push(block);
            open[block] = true;
            next = starts.next();
        } else if byte == b')' {
            level.parentheses.drain(..).for_each(|block| open[block] = false);
        } else if byte == b'}' {
            level.braces.drain(..).for_each(|block| open[block] = false);
            let parentheses = std::mem::take(&mut level.parentheses);
            if levels.len() > 1 {
                levels.pop();
            }
            if let Some(outer) = levels.last_mut() {
                outer.take(parentheses);
            }
        }
    }
    open
}

/// The blocks that are open where no brace within them is.
#[derive(Default)]
struct Open {
    braces: Vec<usize>,
    parentheses: Vec<usize>,
}

impl Open {
    /// A brace around a parenthesis closes, not the parenthesis. The shorter list moves.
    fn take(&mut self, mut parentheses: Vec<usize>) {
        if self.parentheses.len() < parentheses.len() {
            std::mem::swap(&mut self.parentheses, &mut parentheses);
        }
        self.parentheses.append(&mut parentheses);
    }
}

/// Where the brace or parenthesis of a block stands that may not be closed.
fn opening(text: &str, block: &Block) -> Option<usize> {
    let sound = match &block.kind {
        BlockKind::Entry(body) | BlockKind::String(body) => body.fault.is_none(),
        BlockKind::Text => true,
        _ => false,
    };
    let found = text[block.range.clone()].find(['{', '(']).filter(|_| !sound)?;
    Some(block.range.start + found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each block looked at for itself.
    fn closes(text: &str, block: &Block) -> bool {
        let Some(open) = opening(text, block) else { return true };
        let rest = &text.as_bytes()[open..];
        let mut depth = 0usize;
        rest[1..].iter().any(|byte| {
            let closes = depth == 0 && *byte == if rest[0] == b'{' { b'}' } else { b')' };
            match byte {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            closes
        })
    }

    #[test]
    fn many_that_close_at_the_end_are_seen_to() {
        let text = "@misc(q, a = ".repeat(50_000) + ")";
        assert!(open_tail(&text) < text.len());
        assert!(!never_closed(&text, &split(&text)).contains(&true));
    }

    proptest! {
        #[test]
        fn one_look_finds_what_is_never_closed(
            text in "(@misc|@string|@preamble|@comment|\\{|\\{|\\(|\\)|\\}|a|=|,|\"|\n| ){0,60}",
        ) {
            let blocks = split(&text);
            let found = never_closed(&text, &blocks);
            let simply: Vec<bool> = blocks.iter().map(|block| !closes(&text, block)).collect();
            prop_assert_eq!(found, simply, "{}", text);
        }
    }
}

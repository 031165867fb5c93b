//! A `.bib` file in blocks: entries, `@string`, `@preamble`, `@comment` and the text between them.
//!
//! The blocks, put together again, are the file byte for byte, whatever is wrong with it: what
//! changes one entry need not touch the others. Braces count as BibTeX counts them, also behind a
//! backslash ("BibTeXing" §2); an entry begins at `@word{` or `@word(` outside of other blocks, but
//! not behind a `%` in its line, which is a comment to biber.

mod body;
mod braces;
#[cfg(test)]
mod tests;

use std::ops::Range;

use braces::Braces;

/// A part of a `.bib` file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, in bytes of the file.
    pub range: Range<usize>,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// What it is.
    pub kind: BlockKind,
}

/// What a part of a `.bib` file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// What stands between the other blocks.
    Text,
    /// `@comment{…}`; without braces that close, it ends with its line.
    Comment,
    /// `@preamble{…}`.
    Preamble,
    /// `@string{name = value}`, with its one field.
    String(Body),
    /// `@article{key, …}` and every other word.
    Entry(Body),
}

/// What stands in the braces of an entry or a string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// The word behind the `@`.
    pub kind: Range<usize>,
    /// The cite key, without blanks around it; empty where there is none, and in a string.
    pub key: Range<usize>,
    /// The fields in their order, those before the fault where there is one.
    pub fields: Vec<Field>,
    /// Where a new field can be put: behind the last value, and behind the comma after it where
    /// there is one.
    pub end: usize,
    /// True where a comma stands behind the last field, or behind the key where there is no field.
    pub comma: bool,
    /// What is wrong with it.
    pub fault: Option<Fault>,
}

/// A field of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: Range<usize>,
    /// Its value as it stands there: `{A title}`, `jan # "~1"`.
    pub value: Range<usize>,
    /// The parts of the value, which `#` joins.
    pub pieces: Vec<Piece>,
}

/// A part of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// What stands between braces or quotation marks.
    Text(Range<usize>),
    /// A number without them.
    Number(Range<usize>),
    /// The name of a string.
    Name(Range<usize>),
}

/// What is wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes of the file.
    pub at: usize,
    /// The line of it, from 1.
    pub line: usize,
    /// What was expected there.
    pub expected: &'static str,
}

impl Block {
    /// The body of an entry.
    pub fn entry(&self) -> Option<&Body> {
        match &self.kind {
            BlockKind::Entry(body) => Some(body),
            _ => None,
        }
    }
}

impl Body {
    /// The first field of that name, in either case.
    pub fn field(&self, text: &str, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| text[field.name.clone()].eq_ignore_ascii_case(name))
    }
}

/// The blocks of a file, in order. Their ranges follow one another without a gap.
pub fn split(text: &str) -> Vec<Block> {
    let braces = Braces::of(text);
    let mut splitter = Splitter { text, braces, blocks: Vec::new(), lines: (0, 1) };
    let mut done = 0;
    for start in starts(text) {
        // Within a block `@word{` is text like any other.
        if start.at >= done {
            splitter.text_until(done, start.at);
            done = splitter.block(&start);
        }
    }
    splitter.text_until(done, text.len());
    splitter.blocks
}

/// A place where a block can begin.
struct Start {
    at: usize,
    word: Range<usize>,
    /// Where its brace or parenthesis stands; for a comment it may be missing.
    open: Option<usize>,
    /// Where the next one begins that has nothing but blanks before it in its line, or the end of
    /// the text: there a block ends that has no end of its own.
    next: usize,
}

/// Every `@word{` and `@word(` that does not stand in a line that begins with `%`.
fn starts(text: &str) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    let mut firsts = Vec::new();
    let first_of = |line: usize| {
        let rest = &text[line..];
        line + rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len()
    };
    let mut first = first_of(0);
    for at in memchr::memchr2_iter(b'@', b'\n', text.as_bytes()) {
        if text.as_bytes()[at] == b'\n' {
            first = first_of(at + 1);
        } else if text.as_bytes()[first] != b'%'
            && let Some(start) = start(text, at)
        {
            firsts.push(first == at);
            starts.push(start);
        }
    }
    let mut next = text.len();
    for (start, is_first) in starts.iter_mut().zip(firsts).rev() {
        start.next = next;
        next = if is_first { start.at } else { next };
    }
    starts
}

fn start(text: &str, at: usize) -> Option<Start> {
    let rest = &text[at + 1..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let letters = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+');
    let end = rest[blank..].find(|c| !letters(c)).map_or(rest.len(), |end| blank + end);
    let word = at + 1 + blank..at + 1 + end;
    let behind = rest[end..].trim_start();
    let open = behind.starts_with(['{', '(']).then(|| text.len() - behind.len());
    let is_comment = text[word.clone()].eq_ignore_ascii_case("comment");
    // `someone@example` is an address.
    let apart = !text[..at].ends_with(char::is_alphanumeric);
    let named = text[word.clone()].starts_with(char::is_alphabetic);
    (apart && named && (open.is_some() || is_comment)).then_some(Start {
        at,
        word,
        open,
        next: text.len(),
    })
}

struct Splitter<'t> {
    text: &'t str,
    braces: Braces,
    blocks: Vec<Block>,
    /// A place and its line, from which the next line is counted.
    lines: (usize, usize),
}

impl Splitter<'_> {
    fn line(&mut self, at: usize) -> usize {
        let (from, line) = self.lines;
        if at < from {
            return line - self.text[at..from].matches('\n').count();
        }
        self.lines =
            (at, line + memchr::memchr_iter(b'\n', &self.text.as_bytes()[from..at]).count());
        self.lines.1
    }

    fn push(&mut self, range: Range<usize>, kind: BlockKind) {
        let line = self.line(range.start);
        self.blocks.push(Block { range, line, kind });
    }

    fn text_until(&mut self, from: usize, to: usize) {
        if from < to {
            self.push(from..to, BlockKind::Text);
        }
    }

    /// Takes the block that begins there and tells where it ends.
    fn block(&mut self, start: &Start) -> usize {
        let word = self.text[start.word.clone()].to_ascii_lowercase();
        let closed = start.open.and_then(|open| self.braces.end(self.text, open, start.next));
        let line = &self.text.as_bytes()[start.at..];
        let (kind, end) = match (word.as_str(), start.open) {
            (_, None) | ("comment", _) => {
                let line = memchr::memchr(b'\n', line).map_or(self.text.len(), |at| start.at + at);
                (BlockKind::Comment, closed.unwrap_or(line))
            }
            ("preamble", _) => (BlockKind::Preamble, closed.unwrap_or(start.next)),
            ("string", Some(open)) => {
                let (body, end) = self.body(start, open, closed);
                (BlockKind::String(body), end)
            }
            (_, Some(open)) => {
                let (body, end) = self.body(start, open, closed);
                (BlockKind::Entry(body), end)
            }
        };
        self.push(start.at..end, kind);
        end
    }

    /// The body behind the brace at `open`, and where the block ends: a broken one at its closing
    /// brace, unless another begins before.
    fn body(&mut self, start: &Start, open: usize, closed: Option<usize>) -> (Body, usize) {
        let is_string = self.text[start.word.clone()].eq_ignore_ascii_case("string");
        let (mut body, close) = body::read(self.text, &self.braces, open, is_string);
        body.kind = start.word.clone();
        let end = match &body.fault {
            None => close + 1,
            Some(_) => closed.unwrap_or(start.next).min(start.next),
        };
        if let Some(fault) = &mut body.fault {
            fault.at = fault.at.min(end);
            body.fields.retain(|field| field.value.end <= end);
            body.end = body.fields.last().map_or(body.key.end, |field| field.value.end);
            fault.line = self.line(fault.at);
        }
        (body, end)
    }
}

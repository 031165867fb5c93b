use std::ops::Range;

/// What a stretch of a text is, beyond its characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Style {
    /// Italic.
    Italic,
    /// Bold.
    Bold,
    /// Small capitals.
    SmallCaps,
    /// Subscript.
    Sub,
    /// Superscript.
    Sup,
    /// Mathematics. The value is its LaTeX source without the dollars; the characters under the
    /// mark are what one reads in plain text. Sub- and superscripts of that reading are marks
    /// within this one: a format that prints the source leaves out everything up to its end.
    Math(Box<str>),
    /// The case of the letters carries meaning (`DNA`) and must not be changed.
    Protect,
}

/// A style and the stretch of bytes of the plain text that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where, in bytes of [`Text::plain`]; never empty, on character boundaries.
    pub range: Range<usize>,
    /// What.
    pub style: Style,
}

impl Mark {
    /// Marks stand in this order: by their beginning, outer before inner.
    fn order(&self) -> (usize, usize) {
        (self.range.start, usize::MAX - self.range.end)
    }
}

/// A piece of a text in reading order, as [`Text::pieces`] gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece<'a> {
    /// A style begins.
    Open(&'a Style),
    /// Characters to be printed; inside [`Style::Math`] they are the plain reading.
    Chars(&'a str),
    /// The style that was opened last ends.
    Close(&'a Style),
}

/// A text of one line with marks for italics, sub- and superscripts and mathematics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    plain: String,
    marks: Vec<Mark>,
}

impl From<&str> for Text {
    fn from(plain: &str) -> Text {
        Text { plain: plain.to_owned(), marks: Vec::new() }
    }
}

impl From<String> for Text {
    fn from(plain: String) -> Text {
        Text { plain, marks: Vec::new() }
    }
}

impl Text {
    /// A text with marks. Marks that are empty, leave the text or cut a character are dropped.
    pub fn new(plain: String, mut marks: Vec<Mark>) -> Text {
        marks.retain(|m| m.range.start < m.range.end && plain.get(m.range.clone()).is_some());
        marks.sort_by_key(Mark::order);
        Text { plain, marks }
    }

    /// The characters alone.
    pub fn plain(&self) -> &str {
        &self.plain
    }

    /// The characters alone, without their marks.
    pub fn into_plain(self) -> String {
        self.plain
    }

    /// The marks, those that begin first before those that begin later, outer before inner.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// True where there is no character.
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// Marks a stretch with a style.
    pub fn mark(&mut self, range: Range<usize>, style: Style) {
        let fits = range.start < range.end && self.plain.get(range.clone()).is_some();
        if fits {
            let mark = Mark { range, style };
            let place = self.marks.partition_point(|m| m.order() <= mark.order());
            self.marks.insert(place, mark);
        }
    }

    /// The part of the text in `range`, with the marks that lie in it cut to it.
    pub fn slice(&self, range: Range<usize>) -> Text {
        let cut = |at: usize| at.clamp(range.start, range.end) - range.start;
        let marks = self
            .marks
            .iter()
            .map(|m| Mark { range: cut(m.range.start)..cut(m.range.end), style: m.style.clone() });
        Text::new(self.plain[range.clone()].to_owned(), marks.collect())
    }

    /// The text in reading order, styles properly nested: where two marks overlap, the inner one
    /// is closed and opened again.
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        let mut pieces = Vec::with_capacity(1 + 3 * self.marks.len());
        let mut open: Vec<&Mark> = Vec::new();
        let mut next = 0;
        let mut at = 0;
        loop {
            let begin = self.marks.get(next).map_or(usize::MAX, |m| m.range.start);
            let end = open.iter().map(|m| m.range.end).min().unwrap_or(usize::MAX);
            let to = begin.min(end).min(self.plain.len());
            if to > at {
                pieces.push(Piece::Chars(&self.plain[at..to]));
                at = to;
            }
            if end == at && !open.is_empty() {
                close_at(at, &mut open, &mut pieces);
            } else if begin == at && next < self.marks.len() {
                open.push(&self.marks[next]);
                pieces.push(Piece::Open(&self.marks[next].style));
                next += 1;
            } else {
                return pieces;
            }
        }
    }
}

/// Closes every style that ends at `at`, and opens those again that had to be closed with it.
fn close_at<'a>(at: usize, open: &mut Vec<&'a Mark>, pieces: &mut Vec<Piece<'a>>) {
    let first = open.iter().position(|m| m.range.end == at).unwrap_or(open.len());
    let closing = open.split_off(first);
    pieces.extend(closing.iter().rev().map(|m| Piece::Close(&m.style)));
    for mark in closing.into_iter().filter(|m| m.range.end > at) {
        pieces.push(Piece::Open(&mark.style));
        open.push(mark);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &Text) -> String {
        let show = |piece: &Piece| match piece {
            Piece::Open(style) => format!("<{style:?}>"),
            Piece::Chars(chars) => chars.to_string(),
            Piece::Close(style) => format!("</{style:?}>"),
        };
        text.pieces().iter().map(show).collect()
    }

    #[test]
    fn pieces_nest_whatever_the_marks() {
        let mut text = Text::from("abcdef");
        assert_eq!(shown(&text), "abcdef");
        text.mark(1..4, Style::Italic);
        assert_eq!(shown(&text), "a<Italic>bcd</Italic>ef");
        text.mark(1..2, Style::Sub);
        assert_eq!(shown(&text), "a<Italic><Sub>b</Sub>cd</Italic>ef");
        let mut text = Text::from("abcdef");
        text.mark(0..3, Style::Italic);
        text.mark(2..6, Style::Bold);
        assert_eq!(shown(&text), "<Italic>ab<Bold>c</Bold></Italic><Bold>def</Bold>");
        text.mark(0..6, Style::Sup);
        assert_eq!(shown(&text), "<Sup><Italic>ab<Bold>c</Bold></Italic><Bold>def</Bold></Sup>");
    }

    #[test]
    fn marks_that_do_not_fit_are_dropped() {
        let mut text = Text::from("é");
        text.mark(0..1, Style::Italic);
        text.mark(0..0, Style::Italic);
        text.mark(0..9, Style::Italic);
        assert_eq!(text.marks(), []);
    }

    #[test]
    fn a_slice_keeps_its_marks() {
        let mut text = Text::from("The Escherichia coli gene");
        text.mark(4..20, Style::Italic);
        let part = text.slice(0..15);
        assert_eq!(shown(&part), "The <Italic>Escherichia</Italic>");
    }
}

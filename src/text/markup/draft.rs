//! A text in the making: characters and marks, and the means to rewrite the first while the
//! second stay where they belong.

use std::ops::Range;

use crate::model::{Mark, Style, Text};

/// Characters and marks that have not been checked yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub text: String,
    pub marks: Vec<Mark>,
}

impl Draft {
    /// A draft without marks.
    pub fn plain(text: impl Into<String>) -> Draft {
        Draft { text: text.into(), marks: Vec::new() }
    }

    /// Puts another draft behind this one.
    pub fn append(&mut self, other: &Draft) {
        let by = self.text.len();
        self.text.push_str(&other.text);
        self.marks.extend(
            other.marks.iter().map(|m| Mark {
                range: m.range.start + by..m.range.end + by,
                style: m.style.clone(),
            }),
        );
    }

    /// Marks everything from `start` to the end.
    pub fn mark_from(&mut self, start: usize, style: Style) {
        if start < self.text.len() {
            self.marks.push(Mark { range: start..self.text.len(), style });
        }
    }

    /// The finished text: blanks at the ends go, and no mark begins or ends with a blank.
    pub fn finish(mut self) -> Text {
        let end = self.text.trim_end_matches(' ').len();
        self.text.truncate(end);
        let text = self.text;
        let tight = |m: Mark| {
            let range = m.range.start.min(end)..m.range.end.min(end);
            let inner = text.get(range.clone())?;
            let start = range.start + inner.len() - inner.trim_start_matches(' ').len();
            let stop = start + inner.trim_matches(' ').len();
            Some(Mark { range: start..stop, style: m.style })
        };
        let marks: Vec<Mark> = self.marks.into_iter().filter_map(tight).collect();
        Text::new(text, marks)
    }
}

/// Builds a new text out of an old one and remembers what went where.
pub(super) struct Rewrite<'a> {
    source: &'a str,
    taken: usize,
    out: String,
    /// What was replaced, (where in the old text, where in the new), in order.
    spans: Vec<(Range<usize>, Range<usize>)>,
    marks: Vec<Mark>,
}

impl<'a> Rewrite<'a> {
    /// Begins to rewrite a text.
    pub fn new(source: &'a str) -> Rewrite<'a> {
        Rewrite { source, taken: 0, out: String::new(), spans: Vec::new(), marks: Vec::new() }
    }

    /// Replaces a stretch that lies behind all earlier ones.
    pub fn replace(&mut self, old: Range<usize>, new: &str) {
        if self.spans.is_empty() {
            // Most texts are never changed, and need no room.
            self.out.reserve(self.source.len() + new.len());
        }
        self.out.push_str(&self.source[self.taken..old.start]);
        let start = self.out.len();
        self.out.push_str(new);
        self.taken = old.end;
        self.spans.push((old, start..self.out.len()));
    }

    /// Replaces a stretch by text with marks of its own; `whole` is a style for all of it.
    pub fn replace_marked(&mut self, old: Range<usize>, new: &Draft, whole: Option<Style>) {
        self.replace(old, &new.text);
        let by = self.out.len() - new.text.len();
        if let Some(style) = whole.filter(|_| !new.text.is_empty()) {
            self.marks.push(Mark { range: by..self.out.len(), style });
        }
        self.marks.extend(
            new.marks.iter().map(|m| Mark {
                range: m.range.start + by..m.range.end + by,
                style: m.style.clone(),
            }),
        );
    }

    /// The new text; `marks` are those of the old one and go along. `None` if nothing changed.
    pub fn finish(mut self, marks: &[Mark]) -> Option<Draft> {
        if self.spans.is_empty() {
            return None;
        }
        self.out.push_str(&self.source[self.taken..]);
        let spans = &self.spans;
        let moved = |m: &Mark| {
            let range = new_place(spans, m.range.start, true)..new_place(spans, m.range.end, false);
            Mark { range, style: m.style.clone() }
        };
        let mut all: Vec<Mark> = marks.iter().map(moved).collect();
        all.append(&mut self.marks);
        Some(Draft { text: self.out, marks: all })
    }
}

/// Where a place of the old text is in the new one. A place inside a replaced stretch goes to
/// its end. Text put in at the very place stands before what begins and behind what ends there.
fn new_place(spans: &[(Range<usize>, Range<usize>)], at: usize, begins: bool) -> usize {
    let before = |(old, _): &(Range<usize>, Range<usize>)| {
        old.start < at || (begins && old.start == at && old.end == at)
    };
    match spans[..spans.partition_point(before)].last() {
        None => at,
        Some((old, new)) => new.end + at.saturating_sub(old.end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_move_with_their_words() {
        let mut rewrite = Rewrite::new("a  bcd e");
        rewrite.replace(1..3, " ");
        rewrite.replace(4..5, "XYZ");
        let marks = vec![
            Mark { range: 0..1, style: Style::Bold },
            Mark { range: 2..6, style: Style::Italic },
            Mark { range: 7..8, style: Style::Sub },
        ];
        let draft = rewrite.finish(&marks).unwrap();
        assert_eq!(draft.text, "a bXYZd e");
        let words: Vec<&str> = draft.marks.iter().map(|m| &draft.text[m.range.clone()]).collect();
        assert_eq!(words, ["a", "bXYZd", "e"]);
    }

    #[test]
    fn marks_lose_the_blanks_at_their_ends() {
        let mut draft = Draft::plain("E. coli gene  ");
        draft.marks.push(Mark { range: 0..8, style: Style::Italic });
        draft.marks.push(Mark { range: 12..14, style: Style::Bold });
        let text = draft.finish();
        assert_eq!(text.plain(), "E. coli gene");
        assert_eq!(text.marks(), [Mark { range: 0..7, style: Style::Italic }]);
    }
}

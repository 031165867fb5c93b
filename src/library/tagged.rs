//! How a file of tagged lines writes its records: RIS and EndNote's own format.

use super::edit::{Edit, New, Style, are_apart, lead, newline};
use crate::source::span::Span;

/// The style of a tagged file.
pub struct Tagged {
    newline: &'static str,
    apart: bool,
    /// What stands between tag and value.
    between: &'static str,
}

impl Tagged {
    /// The style of a RIS file.
    pub fn ris(text: &str, spans: &[Span]) -> Tagged {
        let newline = if text.contains(['\n', '\r']) { newline(text) } else { "\r\n" };
        Tagged { newline, apart: are_apart(text, spans), between: "  - " }
    }

    /// The style of EndNote's tagged format.
    pub fn enw(text: &str, _: &[Span]) -> Tagged {
        // An empty line is what ends a record.
        Tagged { newline: newline(text), apart: true, between: " " }
    }

    /// A line for each value.
    pub fn lines(&self, fields: &[New]) -> String {
        let line = |(tag, value): &New| format!("{tag}{}{value}{}", self.between, self.newline);
        fields.iter().map(line).collect()
    }
}

impl Style for Tagged {
    fn put_in(&self, text: &str, span: &Span, fields: &[New]) -> Vec<Edit> {
        let ended = text[..span.end].ends_with(['\n', '\r']);
        let lead = if ended { "" } else { self.newline };
        let text = format!("{lead}{}", self.lines(fields));
        vec![Edit { range: span.end..span.end, text }]
    }

    fn restyled(&self, rendered: &str) -> String {
        rendered.trim_end_matches(['\n', '\r']).lines().collect::<Vec<_>>().join(self.newline)
    }

    fn append(&self, text: &str, _: &[Span], entries: &[String]) -> Result<Edit, String> {
        let between = if self.apart { self.newline.repeat(2) } else { self.newline.to_owned() };
        let entries = entries.join(&between);
        let lead = lead(text, self.newline, self.apart);
        let at = text.len();
        Ok(Edit { range: at..at, text: format!("{lead}{entries}{}", self.newline) })
    }
}

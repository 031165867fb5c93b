//! How a CSL-JSON file writes its items.

use super::edit::{Edit, New, Style, most, newline, separators};
use crate::source::span::Span;

/// The style of a CSL-JSON file.
pub struct CslJson {
    newline: &'static str,
    /// What stands before an item in its line, and before a member; none where items are on one line.
    indents: Option<(String, String)>,
    /// What stands between two items.
    between: String,
    colon: String,
}

impl CslJson {
    /// The style that most items of a text have.
    pub fn of(text: &str, spans: &[Span]) -> CslJson {
        let newline = newline(text);
        let indent = |at: usize| {
            let before = &text[..at];
            let line = &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
            line.chars().all(|c| c == ' ' || c == '\t').then(|| line.to_owned())
        };
        let indents = spans.iter().map(|span| {
            let member = span.fields.first().and_then(|field| indent(field.start))?;
            let line = text[..span.range.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
            let item = &text[line..span.range.start];
            let blanks = item.len() - item.trim_start_matches([' ', '\t']).len();
            Some((item[..blanks].to_owned(), member))
        });
        let gaps = spans.windows(2).filter_map(|pair| {
            text.get(pair[0].range.end..pair[1].range.start).filter(|gap| is_gap(gap))
        });
        let line = spans.iter().find_map(|span| indent(span.range.start));
        let alone = match (spans.len(), line) {
            (0, _) => format!(",{newline}"),
            (_, Some(indent)) => format!(",{newline}{indent}"),
            (_, None) => ", ".to_owned(),
        };
        let between = most(gaps).map_or(alone, str::to_owned);
        let standard = Some(("  ".to_owned(), "    ".to_owned()));
        let indents = if spans.is_empty() { standard } else { most(indents).flatten() };
        let colons = spans.iter().flat_map(|span| &span.fields).filter_map(|field| {
            let named = &text[field.start..field.value.start];
            Some(&named[named.rfind('"')? + 1..])
        });
        let colon = most(colons).unwrap_or(": ").to_owned();
        CslJson { newline, indents, between, colon }
    }
}

/// True for what can stand between items: a comma in an array, a line end between lines.
fn is_gap(gap: &str) -> bool {
    gap.chars().all(|c| c == ',' || c.is_ascii_whitespace())
}

/// Why nothing can be put behind the last item, and the way out.
fn no_place(text: &str, last: &Span, rest: &str) -> String {
    let line = memchr::memchr_iter(b'\n', &text.as_bytes()[..last.range.end]).count() + 1;
    match () {
        () if rest.starts_with(',') => format!(
            "line {line}: expected `]` or an item behind the last one, found a comma alone; take the \
             comma out"
        ),
        () if rest.is_empty() && text.trim_start().starts_with('[') => {
            format!("line {line}: the array is not closed; put `]` behind the last item")
        }
        () => "an item alone has no place for others; put it into an array: `[…]`".to_owned(),
    }
}

impl Style for CslJson {
    fn put_in(&self, text: &str, span: &Span, fields: &[New]) -> Vec<Edit> {
        let separator = most(separators(text, span)).map_or_else(
            || match (&self.indents, span.fields.is_empty()) {
                (Some((_, member)), _) => format!(",{}{member}", self.newline),
                (None, _) => ", ".to_owned(),
            },
            str::to_owned,
        );
        let member = |(name, value): &New| format!("\"{name}\"{}{value}", self.colon);
        let mut members = fields.iter().map(member).collect::<Vec<_>>().join(&separator);
        if !span.separated {
            members.insert_str(0, &separator);
        }
        vec![Edit { range: span.end..span.end, text: members }]
    }

    fn restyled(&self, rendered: &str) -> String {
        let lines = rendered.trim().lines().map(str::trim);
        let Some((item, member)) = &self.indents else {
            // Strings hold no line end.
            return lines.collect::<Vec<_>>().join(" ").replacen("{ ", "{", 1);
        };
        let lines = lines.map(|line| match line {
            "{" => "{".to_owned(),
            "}" => format!("{item}}}"),
            line => format!("{member}{line}"),
        });
        lines.collect::<Vec<_>>().join(self.newline)
    }

    fn append(&self, text: &str, spans: &[Span], entries: &[String]) -> Result<Edit, String> {
        let all = entries.join(&self.between);
        let Some(last) = spans.last() else {
            let indent = self.indents.as_ref().map_or("", |(item, _)| item);
            let (start, end) = (text.find('['), text.rfind(']'));
            return match (start, end) {
                (Some(start), Some(end))
                    if start < end && text[start + 1..end].trim().is_empty() =>
                {
                    Ok(Edit {
                        range: start + 1..end,
                        text: format!("{0}{indent}{all}{0}", self.newline),
                    })
                }
                (None, None) if text.trim_start_matches('\u{FEFF}').trim().is_empty() => {
                    let at = text.len();
                    let text = format!("[{0}{indent}{all}{0}]{0}", self.newline);
                    Ok(Edit { range: at..at, text })
                }
                _ => Err("there is no array of items to add to; make it `[]`".to_owned()),
            };
        };
        let rest = text[last.range.end..].trim_start();
        let lines = self.between.trim().is_empty();
        if !(rest.starts_with(']') || rest.is_empty() && lines && spans.len() > 1) {
            return Err(no_place(text, last, rest));
        }
        let at = last.range.end;
        Ok(Edit { range: at..at, text: format!("{}{all}", self.between) })
    }
}

//! The TeX of a field as a clean text.

mod command;

use crate::diagnostic::{Code, Finding};
use crate::model::{Mark, Style, Text};
use crate::text::markup::{self, Cleaned};

/// Groups nested deeper than this are read as if their braces were not there.
const DEEPEST: usize = 40;

/// Reads what stands between the delimiters of a field: accents, commands, mathematics, and braces
/// that keep the case of letters, which become marks.
///
/// What no command is known for keeps its argument, and is told. Mark-up of HTML that publishers
/// leave in their files is read where there is no TeX beside it.
pub fn text(raw: &str) -> Cleaned {
    let mut reader = Reader::default();
    reader.read(raw, 0);
    // Of marks around the same words the outer one stands first; it was read last.
    reader.marks.reverse();
    let text = Text::new(reader.out, reader.marks);
    let mut cleaned = html(&text).unwrap_or_else(|| markup::tidy(&text));
    reader.findings.append(&mut cleaned.findings);
    Cleaned { text: cleaned.text, findings: reader.findings }
}

/// The text without the mark-up of HTML in it; `None` where there is none, or TeX beside it.
fn html(text: &Text) -> Option<Cleaned> {
    let plain = text.plain();
    let tex = text.marks().iter().any(|mark| mark.style != Style::Protect);
    if tex || !plain.contains(['<', '&']) || plain.contains(['$', '\\', '{']) {
        return None;
    }
    let cleaned = markup::to_text(plain);
    (cleaned.text.plain() != markup::tidy(text).text.plain()).then_some(cleaned)
}

/// The characters alone.
pub fn plain(raw: &str) -> String {
    text(raw).text.plain().to_owned()
}

/// The value of a field that TeX does not read, such as a DOI or an address: managers escape what
/// is special all the same (`10.1/a\_b`, `{\%}20`).
pub fn verbatim(raw: &str) -> String {
    let mut rest = raw.trim();
    if let Some(inner) = rest.strip_prefix("\\url{").and_then(|r| r.strip_suffix('}')) {
        rest = inner;
    }
    let mut out = String::with_capacity(rest.len());
    while let Some(c) = rest.chars().next() {
        let escaped = rest.strip_prefix('\\').and_then(|r| r.chars().next());
        let length = match (c, escaped) {
            (_, Some(sign)) if "_%#&$~{}".contains(sign) => {
                out.push(sign);
                1 + sign.len_utf8()
            }
            ('\\', _) if rest.starts_with("\\textasciitilde") => {
                out.push('~');
                let name = "\\textasciitilde".len();
                name + if rest[name..].starts_with("{}") { 2 } else { 0 }
            }
            ('{' | '}', _) => 1,
            (c, _) => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    out
}

#[derive(Default)]
struct Reader {
    out: String,
    /// The inner ones before the outer ones.
    marks: Vec<Mark>,
    findings: Vec<Finding>,
}

impl Reader {
    /// Reads a group without its braces.
    fn read(&mut self, raw: &str, depth: usize) {
        // `{\it …}`: a declaration holds to the end of its group.
        let mut declared: Vec<(usize, Style)> = Vec::new();
        let mut rest = raw;
        while let Some(c) = rest.chars().next() {
            let after = &rest[c.len_utf8()..];
            rest = match c {
                '\\' => self.backslash(after, depth, &mut declared),
                '$' => self.math(after),
                '{' => self.group(after, depth),
                '}' => after,
                '~' => self.blank(after),
                '-' if after.starts_with("--") => self.put("—", &after[2..]),
                '-' if after.starts_with('-') => self.put("–", &after[1..]),
                '`' if after.starts_with('`') => self.put("“", &after[1..]),
                '`' => self.put("‘", after),
                '\'' if after.starts_with('\'') => self.put("”", &after[1..]),
                c if c.is_whitespace() => self.blank(after.trim_start()),
                c => {
                    self.out.push(c);
                    after
                }
            };
        }
        for (start, style) in declared {
            self.mark(start, style);
        }
    }

    fn put<'r>(&mut self, text: &str, rest: &'r str) -> &'r str {
        self.out.push_str(text);
        rest
    }

    fn blank<'r>(&mut self, rest: &'r str) -> &'r str {
        if !self.out.ends_with(' ') {
            self.out.push(' ');
        }
        rest
    }

    fn mark(&mut self, start: usize, style: Style) {
        let range = start..self.out.len();
        if !range.is_empty() {
            self.marks.push(Mark { range, style });
        }
    }

    /// `{…}`: what stands in it keeps its case, unless it is there for a command (`{\'e}`, which
    /// BibTeX calls a special character).
    fn group<'r>(&mut self, rest: &'r str, depth: usize) -> &'r str {
        let (inner, behind) = braced(rest);
        if depth >= DEEPEST {
            self.out.push_str(&inner.replace(['{', '}'], ""));
            return behind;
        }
        let (start, marks) = (self.out.len(), self.marks.len());
        self.read(inner, depth + 1);
        let special = inner.starts_with('\\') && !command::is_escape(inner);
        // A formula has no case that could change.
        let range = start..self.out.len();
        let formula = |m: &Mark| m.range == range && matches!(m.style, Style::Math(_));
        if !special && !self.marks[marks..].iter().any(formula) {
            self.mark(start, Style::Protect);
        }
        behind
    }

    /// `$…$` and `$$…$$`; a dollar that no other one closes is one.
    fn math<'r>(&mut self, rest: &'r str) -> &'r str {
        let double = rest.starts_with('$');
        let body = if double { &rest[1..] } else { rest };
        let mut end = 0;
        while let Some(at) = body[end..].find('$').map(|at| end + at) {
            if !body[..at].ends_with('\\') {
                self.formula(&body[..at]);
                let behind = &body[at + 1..];
                return if double { behind.strip_prefix('$').unwrap_or(behind) } else { behind };
            }
            end = at + 1;
        }
        self.put("$", rest)
    }

    fn formula(&mut self, source: &str) {
        let read = markup::formula(source);
        let by = self.out.len();
        self.out.push_str(read.text.plain());
        self.marks.extend(read.text.marks().iter().rev().map(|mark| Mark {
            range: mark.range.start + by..mark.range.end + by,
            style: mark.style.clone(),
        }));
        self.findings.extend(read.findings);
    }

    fn unknown(&mut self, name: &str) {
        let done = "its name was left out, what it applies to was kept";
        self.findings.push(Finding::new(Code::CommandUnknown, format!("\\{name}"), done));
    }
}

/// What stands before the brace that closes the group, and what follows it. An escaped brace
/// counts as any other, as in BibTeX; what never closes ends with the text.
fn braced(rest: &str) -> (&str, &str) {
    let mut depth = 0usize;
    for at in memchr::memchr2_iter(b'{', b'}', rest.as_bytes()) {
        match rest.as_bytes()[at] {
            // `\{` in our own files has its partner `\}`.
            b'{' => depth += 1,
            _ if depth == 0 => return (&rest[..at], &rest[at + 1..]),
            _ => depth -= 1,
        }
    }
    (rest, "")
}

#[cfg(test)]
mod tests;

//! The plain reading of a stretch of LaTeX mathematics, and whether its source is sound.

use super::super::formula::{Part, accented, fraction, is_function, root};
use super::symbols;
use crate::model::Style;

/// Groups nested deeper than this are not read.
const DEEPEST: usize = 32;

/// What was read.
pub(super) struct Reading {
    /// What one reads.
    pub part: Part,
    /// The source can be given to LaTeX: every command is known, has its arguments and does no
    /// harm, braces and `\left … \right` are balanced, and all is ASCII.
    pub sound: bool,
    /// The first command that is not known.
    pub unknown: Option<String>,
}

/// Reads mathematics without its delimiters.
pub(super) fn read(source: &str) -> Reading {
    let mut reader =
        Reader { source, rest: source, depth: 0, fences: 0, sound: true, unknown: None };
    let mut part = Part::default();
    // A brace too many ends a row; what follows is read all the same.
    loop {
        part.append(&reader.row());
        if reader.rest.is_empty() {
            break;
        }
        reader.sound = false;
        reader.rest = &reader.rest[1..];
    }
    let plain = source.bytes().all(|b| (b' '..=b'~').contains(&b) && !b"$%#&~".contains(&b));
    let sound = reader.sound && reader.fences == 0 && plain;
    Reading { part, sound, unknown: reader.unknown }
}

struct Reader<'a> {
    source: &'a str,
    rest: &'a str,
    depth: usize,
    fences: i32,
    sound: bool,
    unknown: Option<String>,
}

impl<'a> Reader<'a> {
    /// Reads up to the closing brace of the group, or the end.
    fn row(&mut self) -> Part {
        let mut row = Part::default();
        let mut last: Option<Part> = None;
        // Which scripts the last atom has already: a second one is an error to LaTeX.
        let mut has = [false; 2];
        while let Some(c) = self.rest.chars().next() {
            let style = match c {
                '}' => break,
                '_' => Style::Sub,
                '^' => Style::Sup,
                _ => {
                    let next = self.atom();
                    push(&mut row, last.replace(next));
                    has = [false; 2];
                    continue;
                }
            };
            self.rest = &self.rest[1..];
            let script = self.argument();
            let which = usize::from(style == Style::Sup);
            self.sound &= !has[which];
            has[which] = true;
            let script = if script.draft.text == "∘" { Part::symbol("°") } else { script };
            last.get_or_insert_default().script(&script, style);
        }
        push(&mut row, last);
        row
    }

    /// Reads one symbol, command or group.
    fn atom(&mut self) -> Part {
        let Some(c) = self.rest.chars().next() else { return Part::default() };
        match c {
            '\\' => self.command(),
            '{' => self.group(),
            '0'..='9' => {
                let is_number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
                let all = self.rest.find(|c| !is_number(c)).unwrap_or(self.rest.len());
                let end = self.rest[..all].trim_end_matches(['.', ',']).len();
                Part::symbol(self.take(end))
            }
            '\'' => self.one("′"),
            '~' => self.one(" "),
            '&' => self.one(" "),
            _ if c.is_whitespace() => {
                let end = self.rest.find(|c: char| !c.is_whitespace()).unwrap_or(self.rest.len());
                self.take(end);
                Part::symbol(" ")
            }
            _ => Part::symbol(self.take(c.len_utf8())),
        }
    }

    fn take(&mut self, end: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn one(&mut self, text: &str) -> Part {
        self.rest = &self.rest[1..];
        Part::symbol(text)
    }

    /// Reads `{…}`.
    fn group(&mut self) -> Part {
        if self.depth >= DEEPEST {
            self.sound = false;
            return self.one("");
        }
        self.rest = &self.rest[1..];
        self.depth += 1;
        let row = self.row();
        self.depth -= 1;
        match self.rest.strip_prefix('}') {
            Some(rest) => self.rest = rest,
            None => self.sound = false,
        }
        row
    }

    /// Reads what a command or script applies to.
    fn argument(&mut self) -> Part {
        self.rest = self.rest.trim_start();
        match self.rest.chars().next() {
            None | Some('}' | '_' | '^') => {
                self.sound = false;
                Part::default()
            }
            // A number is one atom to us, but an argument takes one digit.
            Some('0'..='9') => Part::symbol(self.take(1)),
            // `x^\frac12` is an error to LaTeX, but can be read.
            Some('\\') if self.depth >= DEEPEST => {
                self.sound = false;
                self.one("")
            }
            Some(_) => {
                self.depth += 1;
                let part = self.atom();
                self.depth -= 1;
                part
            }
        }
    }

    /// Reads the text of `\text{…}` letter by letter, blanks and all.
    fn text_argument(&mut self) -> Part {
        self.rest = self.rest.trim_start();
        let body = self.rest.strip_prefix('{').and_then(|body| body.split_once(['{', '}']));
        match body {
            Some((text, _)) if self.rest[text.len() + 1..].starts_with('}') => {
                if text.contains(['\\', '^', '_']) {
                    return self.argument();
                }
                self.rest = &self.rest[text.len() + 2..];
                Part::symbol(text)
            }
            _ => self.argument(),
        }
    }

    /// Reads a command with its arguments.
    fn command(&mut self) -> Part {
        let body = &self.rest[1..];
        let letters = body.bytes().take_while(u8::is_ascii_alphabetic).count();
        if letters == 0 {
            return self.sign();
        }
        let name = &body[..letters];
        let start = self.source.len() - self.rest.len();
        let apart = self.source[..start].ends_with(' ');
        self.rest = &body[letters..];
        if let Some(text) = symbols::symbol(name) {
            // `10 \mu m` is `10 μm`, but `x \leq y` is `x ≤ y`.
            if !apart || text.starts_with(char::is_alphabetic) {
                self.skip_blank_before_letter();
            }
            return Part::symbol(text);
        }
        if symbols::is_font(name) {
            return self.text_argument();
        }
        if let Some(sign) = symbols::accent(name) {
            let base = self.argument();
            return accented(&base, sign).unwrap_or(base);
        }
        if is_function(name) {
            let blank = self.rest.starts_with(|c: char| c.is_alphanumeric() || c == '\\');
            return Part::symbol(if blank { format!("{name} ") } else { name.to_owned() });
        }
        self.structure(name)
    }

    fn structure(&mut self, name: &str) -> Part {
        match name {
            "frac" | "dfrac" | "tfrac" => {
                let (over, under) = (self.argument(), self.argument());
                fraction(&over, &under)
            }
            "sqrt" => {
                let index = self.index();
                root(&self.argument(), index.as_ref())
            }
            "left" | "right" => {
                self.fences += if name == "left" { 1 } else { -1 };
                self.sound &= self.fences >= 0;
                self.rest = self.rest.strip_prefix('.').unwrap_or(self.rest);
                Part::default()
            }
            "quad" | "qquad" => Part::symbol(" "),
            "big" | "Big" | "bigg" | "Bigg" | "bigl" | "bigr" | "Bigl" | "Bigr"
            | "displaystyle" | "textstyle" | "scriptstyle" | "rm" | "bf" | "it" | "limits"
            | "nolimits" | "cal" => {
                self.skip_blank_before_letter();
                Part::default()
            }
            "not" => {
                let base = self.argument();
                Part::symbol(format!("{}\u{338}", base.draft.text))
            }
            _ => {
                self.sound = false;
                self.unknown.get_or_insert_with(|| name.to_owned());
                Part::symbol(name)
            }
        }
    }

    /// The `[3]` of `\sqrt[3]{x}`.
    fn index(&mut self) -> Option<Part> {
        let (index, rest) = self.rest.strip_prefix('[')?.split_once(']')?;
        let simple = index.len() < 8 && index.bytes().all(|b| b.is_ascii_alphanumeric());
        simple.then(|| {
            self.rest = rest;
            Part::symbol(index)
        })
    }

    /// Reads a command that is a sign: `\,`, `\{`, `\%`.
    fn sign(&mut self) -> Part {
        let c = self.rest[1..].chars().next();
        self.rest = &self.rest[1 + c.map_or(0, char::len_utf8)..];
        match c {
            Some(',' | ';' | ':' | ' ' | '\\' | '>') => Part::symbol(" "),
            Some('!' | '/') => Part::default(),
            Some('|') => Part::symbol("‖"),
            Some(c @ ('{' | '}' | '%' | '&' | '#' | '$' | '_')) => Part::symbol(c),
            other => {
                self.sound = false;
                Part::symbol(other.map(String::from).unwrap_or_default())
            }
        }
    }

    /// A blank that only ends a command's name is none: `\alpha x`.
    fn skip_blank_before_letter(&mut self) {
        let rest = self.rest.trim_start();
        if rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '^') {
            self.rest = rest;
        }
    }
}

fn push(row: &mut Part, atom: Option<Part>) {
    if let Some(atom) = atom {
        row.append(&atom);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings() {
        for (source, plain, sound) in [
            (r"\alpha", "α", true),
            ("H_2O", "H2O", true),
            (r"x^{2}+y^2", "x2+y2", true),
            (r"\frac{a+b}{2}", "(a+b)/2", true),
            (r"\sqrt{n}", "√n", true),
            (r"\sqrt[3]{x y}", "∛(x y)", true),
            (r"\mathrm{NO}_x", "NOx", true),
            (r"1.7 \text{pA}/\sqrt{\text{Hz}}", "1.7 pA/√Hz", true),
            (r"10\,\mu m", "10 μm", true),
            (r"x \leq 5", "x ≤ 5", true),
            (r"x \leq a", "x ≤ a", true),
            (r"\bar{x}", "x\u{304}", true),
            (r"\log n", "log n", true),
            (r"O(n \log n)", "O(n log n)", true),
            (r"\left(x\right)", "(x)", true),
            (r"90^\circ", "90°", true),
            (r"\{x\}", "{x}", true),
            (r"\input{file}", "inputfile", false),
            (r"\foo", "foo", false),
            (r"x^2^3", "x23", false),
            (r"x^", "x", false),
            ("{x", "x", false),
            ("x}y", "xy", false),
            ("α", "α", false),
            (r"50\%", "50%", false),
            (r"\", "", false),
            (r"\left(x", "(x", false),
        ] {
            let reading = read(source);
            assert_eq!(reading.part.draft.text, plain, "{source}");
            assert_eq!(reading.sound, sound, "{source}");
        }
    }
}

//! The commands of TeX that stand in a field.

use biblatex::{Bibliography, ChunksExt};

use super::{DEEPEST, Reader, braced};
use crate::diagnostic::{Code, Finding};
use crate::model::Style;

/// The accents that are written with a sign: `\'e`.
const ACCENTS: &str = "'`\"^~=.";

/// What a command with an argument makes of it.
enum Effect {
    /// Letters of a style.
    Styled(Style),
    /// Nothing but the argument.
    Plain,
    /// The argument between two signs.
    Between(&'static str, &'static str),
    /// Nothing at all: it sorts, or defines.
    Dropped,
    /// The argument is mathematics.
    Math,
    /// The argument is an address.
    Verbatim,
    /// The first argument is an address, the second its text.
    Link,
}

/// The commands with an argument (LaTeX 2e unofficial reference manual, "Font styles"; biblatex
/// manual §4.6; csquotes).
fn effect(name: &str) -> Option<Effect> {
    Some(match name {
        "textit" | "emph" | "textsl" | "mkbibemph" | "mkbibitalic" => Effect::Styled(Style::Italic),
        "textbf" | "mkbibbold" => Effect::Styled(Style::Bold),
        "textsc" => Effect::Styled(Style::SmallCaps),
        "textsubscript" => Effect::Styled(Style::Sub),
        "textsuperscript" | "mkbibsuperscript" => Effect::Styled(Style::Sup),
        "textrm" | "textup" | "texttt" | "textsf" | "textnormal" | "textmd" | "text" | "mbox"
        | "hbox" | "uppercase" | "lowercase" | "nocase" | "bibstring" | "MakeUppercase"
        | "underline" | "mkbibparens" | "autocap" => Effect::Plain,
        "enquote" | "mkbibquote" => Effect::Between("“", "”"),
        "noopsort" | "label" | "index" | "vspace" | "hspace" | "SortNoop" => Effect::Dropped,
        "ensuremath" => Effect::Math,
        "url" | "path" | "nolinkurl" => Effect::Verbatim,
        "href" => Effect::Link,
        _ => return None,
    })
}

/// The style of a declaration, which holds to the end of its group: `{\it …}`.
fn declaration(name: &str) -> Option<Option<Style>> {
    Some(match name {
        "it" | "itshape" | "em" | "sl" | "slshape" => Some(Style::Italic),
        "bf" | "bfseries" => Some(Style::Bold),
        "sc" | "scshape" => Some(Style::SmallCaps),
        "rm" | "rmfamily" | "tt" | "ttfamily" | "sf" | "sffamily" | "upshape" | "normalfont"
        | "relax" | "protect" | "small" | "footnotesize" | "large" | "unskip" | "ignorespaces"
        | "noindent" | "nolinebreak" | "allowbreak" | "hyphenation" => None,
        _ => return None,
    })
}

/// Signs that the `biblatex` crate does not know.
fn sign(name: &str) -> Option<&'static str> {
    Some(match name {
        "ldots" | "textellipsis" => "…",
        "j" => "ȷ",
        "textmu" => "µ",
        "textdegree" | "degree" => "°",
        "textpm" => "±",
        "texttimes" => "×",
        "textperthousand" => "‰",
        "texteuro" | "euro" => "€",
        "textbackslash" => "\\",
        "textquotesingle" => "'",
        "slash" => "/",
        "hyphen" => "-",
        "lbrace" => "{",
        "rbrace" => "}",
        "quad" | "qquad" | "space" | "nobreakspace" | "newline" | "linebreak" | "par"
        | "addspace" => " ",
        _ => return None,
    })
}

/// True for a backslash and a sign that stand for the sign: `\&`.
pub fn is_escape(text: &str) -> bool {
    let mut signs = text.chars();
    signs.next() == Some('\\') && signs.next().is_some_and(|c| "&%#_${}".contains(c))
}

impl Reader {
    /// Reads what follows a backslash, and gives what follows that.
    pub(super) fn backslash<'r>(
        &mut self,
        rest: &'r str,
        depth: usize,
        declared: &mut Vec<(usize, Style)>,
    ) -> &'r str {
        let Some(c) = rest.chars().next() else { return rest };
        let after = &rest[c.len_utf8()..];
        match c {
            '&' | '%' | '#' | '_' | '$' | '{' | '}' => {
                self.out.push(c);
                after
            }
            '-' | '/' | '!' | '@' => after,
            '\\' | ',' | ';' | ':' | '>' => self.blank(after),
            '(' | '[' => {
                let close = if c == '(' { "\\)" } else { "\\]" };
                match after.split_once(close) {
                    Some((source, behind)) => {
                        self.formula(source);
                        behind
                    }
                    None => self.put(&c.to_string(), after),
                }
            }
            c if ACCENTS.contains(c) => self.accent(c, after, depth),
            c if c.is_ascii_alphabetic() => self.word(rest, depth, declared),
            c if c.is_whitespace() => self.blank(after.trim_start()),
            _ => self.put(&format!("\\{c}"), after),
        }
    }

    /// `\textit{…}`, `\ss`, `\v{s}`, `\it`.
    fn word<'r>(
        &mut self,
        rest: &'r str,
        depth: usize,
        declared: &mut Vec<(usize, Style)>,
    ) -> &'r str {
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, behind) = rest.split_at(length);
        let behind = behind.strip_prefix('*').unwrap_or(behind).trim_start();
        if let Some(style) = declaration(name) {
            declared.extend(style.map(|style| (self.out.len(), style)));
            return behind;
        }
        if let Some(sign) = sign(name) {
            return self.put(sign, behind);
        }
        if let Some(effect) = effect(name) {
            return self.applied(&effect, behind, depth);
        }
        // `\c{c}`, `\c c`: an accent over a letter; `\o` and `\ss` are letters themselves.
        if matches!(name, "b" | "c" | "d" | "H" | "k" | "r" | "t" | "u" | "v") {
            return self.accent_named(name, behind, depth);
        }
        match known(&format!("\\{name} ")) {
            Some(letters) => self.put(&letters, behind),
            None => {
                self.unknown(name);
                behind
            }
        }
    }

    fn applied<'r>(&mut self, effect: &Effect, rest: &'r str, depth: usize) -> &'r str {
        let (argument, behind) = argument(rest);
        let start = self.out.len();
        match effect {
            Effect::Styled(style) => {
                self.nested(argument, depth);
                self.mark(start, style.clone());
            }
            Effect::Plain => self.nested(argument, depth),
            Effect::Between(before, after) => {
                self.out.push_str(before);
                self.nested(argument, depth);
                self.out.push_str(after);
            }
            Effect::Dropped => {}
            Effect::Math => self.formula(argument.trim_matches('$')),
            Effect::Verbatim => self.out.push_str(&super::verbatim(argument)),
            Effect::Link => {
                let address = super::verbatim(argument);
                let (text, behind) = super::command::argument(behind);
                self.nested(text, depth);
                let words = &self.out[start..];
                if words != address && !address.is_empty() {
                    let done = format!("left out: `{words}` stands without it");
                    self.findings.push(Finding::new(Code::LinkInText, address, done));
                }
                return behind;
            }
        }
        behind
    }

    fn nested(&mut self, argument: &str, depth: usize) {
        match depth < DEEPEST {
            true => self.read(argument, depth + 1),
            false => self.out.push_str(&argument.replace(['{', '}'], "")),
        }
    }

    fn accent<'r>(&mut self, sign: char, rest: &'r str, depth: usize) -> &'r str {
        self.accent_named(sign.encode_utf8(&mut [0; 4]), rest, depth)
    }

    fn accent_named<'r>(&mut self, name: &str, rest: &'r str, depth: usize) -> &'r str {
        let (argument, behind) = argument(rest);
        let mut inner = Reader::default();
        inner.nested(argument, depth);
        let base = inner.out.trim();
        let plain = base.chars().all(|c| c.is_alphanumeric());
        match known(&format!("\\{name}{{{base}}}")).filter(|_| plain) {
            Some(letters) => self.out.push_str(&letters),
            // `\t{oo}`: the tie is lost, the letters are not.
            None => self.out.push_str(base),
        }
        self.findings.append(&mut inner.findings);
        behind
    }
}

/// The argument of a command: a group, a command, or one character.
fn argument(rest: &str) -> (&str, &str) {
    let rest = rest.trim_start();
    if let Some(inner) = rest.strip_prefix('{') {
        return braced(inner);
    }
    let name = rest.strip_prefix('\\').unwrap_or_default();
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters > 0 {
        // A blank behind a name only ends it.
        let (command, behind) = rest.split_at(1 + letters);
        return (command, behind.trim_start());
    }
    let escaped = usize::from(rest.starts_with('\\'));
    let first = rest[escaped..].chars().next().filter(|c| *c != '}');
    rest.split_at(escaped + first.map_or(0, char::len_utf8))
}

/// What the `biblatex` crate makes of a command; `None` where it leaves it as it is.
fn known(command: &str) -> Option<String> {
    let entry = format!("@a{{a,a={{{command}}}}}");
    let bibliography = Bibliography::parse(&entry).ok()?;
    let made = bibliography.iter().next()?.get("a")?.format_verbatim();
    (!made.starts_with('\\')).then_some(made)
}

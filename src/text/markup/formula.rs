//! What MathML and LaTeX share when they become one line of characters.

use super::draft::Draft;
use crate::model::Style;

/// A part of a formula in plain reading.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub draft: Draft,
    /// How many symbols stand side by side in it; one needs no parentheses.
    pub atoms: usize,
}

impl Part {
    /// One symbol, number or word.
    pub fn symbol(text: impl Into<String>) -> Part {
        let draft = Draft::plain(text);
        let atoms = usize::from(!draft.text.trim().is_empty());
        Part { draft, atoms }
    }

    /// Puts another part behind this one.
    pub fn append(&mut self, other: &Part) {
        self.draft.append(&other.draft);
        self.atoms += other.atoms;
    }

    /// Parts side by side.
    pub fn row(parts: &[Part]) -> Part {
        let mut row = Part::default();
        parts.iter().for_each(|p| row.append(p));
        row
    }

    /// True where nothing is to be seen.
    pub fn is_blank(&self) -> bool {
        self.draft.text.trim().is_empty()
    }

    /// Puts a sub- or superscript behind this part. A prime is one already by its form.
    pub fn script(&mut self, script: &Part, style: Style) {
        let start = self.draft.text.len();
        self.draft.append(&script.draft);
        let primes = script.draft.text.chars().all(|c| matches!(c, '′' | '″' | '‴' | '°'));
        if !primes {
            self.draft.mark_from(start, style);
        }
        self.atoms = self.atoms.max(1);
    }

    fn wrapped(&self) -> Part {
        let closed = self.draft.text.starts_with('(') && self.draft.text.ends_with(')');
        if self.atoms <= 1 || (closed && self.draft.text.matches('(').count() == 1) {
            return self.clone();
        }
        Part::row(&[Part::symbol("("), self.clone(), Part::symbol(")")])
    }
}

/// `a/b`, with parentheses around what is more than one symbol.
pub(super) fn fraction(over: &Part, under: &Part) -> Part {
    let mut whole = Part::row(&[over.wrapped(), Part::symbol("/"), under.wrapped()]);
    // In a product or another fraction it needs parentheses of its own.
    whole.atoms = 2;
    whole
}

/// `√x`, `√(x+1)`, `∛x`; another index stands before the sign as a superscript.
pub(super) fn root(inner: &Part, index: Option<&Part>) -> Part {
    let mut whole = Part::default();
    let sign = match index.map(|i| i.draft.text.trim()) {
        None | Some("" | "2") => "√",
        Some("3") => "∛",
        Some("4") => "∜",
        Some(_) => {
            whole.script(index.unwrap_or(&Part::default()), Style::Sup);
            "√"
        }
    };
    whole.append(&Part::symbol(sign));
    whole.append(&inner.wrapped());
    whole.atoms = 1;
    whole
}

/// A letter with an accent above it, `x̄`; `None` where the sign is no accent or the base is
/// more than a letter.
pub(super) fn accented(base: &Part, sign: &str) -> Option<Part> {
    let mut letters = base.draft.text.chars();
    let letter = letters.next().filter(|c| c.is_alphabetic() && letters.next().is_none())?;
    let combining = match sign.trim() {
        "¯" | "‾" | "_" | "-" | "−" | "–" | "—" | "―" => '\u{304}',
        "^" | "ˆ" | "\u{302}" => '\u{302}',
        "~" | "˜" | "∼" | "\u{303}" => '\u{303}',
        "→" | "⃗" => '\u{20D7}',
        "˙" | "." | "·" | "\u{307}" => '\u{307}',
        "¨" | ".." | "\u{308}" => '\u{308}',
        "ˇ" => '\u{30C}',
        "˘" => '\u{306}',
        "´" => '\u{301}',
        "`" => '\u{300}',
        _ => return None,
    };
    let marks = base.draft.marks.is_empty();
    marks.then(|| Part::symbol(format!("{letter}{combining}")))
}

/// Functions whose name stands apart from its argument.
pub(super) fn is_function(word: &str) -> bool {
    const NAMES: &[&str] = &[
        "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det",
        "dim", "exp", "gcd", "hom", "inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log",
        "max", "min", "mod", "sec", "sin", "sinh", "sup", "tan", "tanh",
    ];
    NAMES.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_and_roots_take_parentheses_where_needed() {
        let x = Part::symbol("x");
        let sum = Part::row(&[Part::symbol("x"), Part::symbol("+"), Part::symbol("1")]);
        assert_eq!(fraction(&x, &sum).draft.text, "x/(x+1)");
        assert_eq!(fraction(&fraction(&x, &x), &x).draft.text, "(x/x)/x");
        assert_eq!(root(&sum, None).draft.text, "√(x+1)");
        assert_eq!(root(&x, Some(&Part::symbol("3"))).draft.text, "∛x");
        assert_eq!(accented(&x, "¯").unwrap().draft.text, "x\u{304}");
        assert!(accented(&sum, "¯").is_none());
    }

    #[test]
    fn every_function_is_found() {
        for name in ["arccos", "cos", "exp", "log", "sup", "tanh", "deg"] {
            assert!(is_function(name), "{name}");
        }
        assert!(!is_function("Na"));
    }
}

//! MathML (version 3) as one line of characters with sub- and superscripts.

use super::draft::Draft;
use super::formula::{Part, accented, fraction, is_function, root};
use super::lex::{Tag, Token};
use crate::model::Style;

/// Elements nested deeper than this are read as rows; no real formula comes near.
const DEEPEST: usize = 64;

/// A formula that was read.
#[derive(Debug, Default)]
pub(super) struct Formula {
    /// What one reads.
    pub draft: Draft,
    /// The LaTeX that was annotated.
    pub tex: Option<String>,
}

struct Frame<'a> {
    name: &'static str,
    tag: Option<&'a Tag<'a>>,
    text: String,
    children: Vec<Part>,
}

/// Reads what stands between `<math>` and `</math>`.
pub(super) fn read(tokens: &[Token]) -> Formula {
    let mut reader = Reader { stack: Vec::new(), too_deep: 0, tex: None };
    reader.push("math", None);
    for token in tokens {
        match token {
            Token::Text { text, .. } => reader.text(text),
            Token::Tag(tag) if tag.empty => {
                reader.push(tag.name, Some(tag));
                reader.pop();
            }
            Token::Tag(tag) if tag.opens && reader.stack.len() >= DEEPEST => reader.too_deep += 1,
            Token::Tag(tag) if tag.opens => reader.push(tag.name, Some(tag)),
            Token::Tag(_) if reader.too_deep > 0 => reader.too_deep -= 1,
            Token::Tag(tag) => reader.close(tag.name),
        }
    }
    while reader.stack.len() > 1 {
        reader.pop();
    }
    let children = reader.stack.pop().map(|frame| frame.children).unwrap_or_default();
    Formula { draft: row(&children).draft, tex: reader.tex }
}

struct Reader<'a> {
    stack: Vec<Frame<'a>>,
    too_deep: usize,
    tex: Option<String>,
}

impl<'a> Reader<'a> {
    fn push(&mut self, name: &'static str, tag: Option<&'a Tag<'a>>) {
        self.stack.push(Frame { name, tag, text: String::new(), children: Vec::new() });
    }

    fn text(&mut self, text: &str) {
        let Some(frame) = self.stack.last_mut() else { return };
        if matches!(frame.name, "mi" | "mn" | "mo" | "mtext" | "ms" | "annotation") {
            frame.text.push_str(text);
        } else if !text.trim().is_empty() {
            frame.children.push(Part::symbol(text.trim()));
        }
    }

    fn close(&mut self, name: &str) {
        let Some(depth) = self.stack[1..].iter().rev().position(|f| f.name == name) else { return };
        for _ in 0..=depth {
            self.pop();
        }
    }

    /// Makes a part of the innermost element and hands it to the one around it.
    fn pop(&mut self) {
        let Some(frame) = self.stack.pop() else { return };
        if frame.name == "annotation" {
            let kind = frame.tag.and_then(|t| t.attribute("encoding")).unwrap_or_default();
            if kind.to_ascii_lowercase().contains("tex") && !frame.text.trim().is_empty() {
                self.tex = Some(frame.text);
            }
            return;
        }
        let part = part(&frame);
        let stray = |parent: &Frame| frame.name == "mprescripts" && parent.name != "mmultiscripts";
        if let Some(parent) = self.stack.last_mut().filter(|parent| !stray(parent)) {
            parent.children.push(part);
        }
    }
}

/// The reading of one element.
fn part(frame: &Frame) -> Part {
    let [first, second, third] = [0, 1, 2].map(|i| frame.children.get(i));
    match (frame.name, first, second, third) {
        ("mi" | "mn" | "mo" | "mtext" | "ms", ..) => leaf(frame),
        ("annotation-xml" | "mphantom" | "mspace" | "none", ..) => Part::default(),
        ("mprescripts", ..) => Part::symbol(PRESCRIPTS),
        ("msub" | "munder", Some(base), Some(sub), _) => scripts(base, Some(sub), None),
        ("msup", Some(base), Some(sup), _) => scripts(base, None, Some(sup)),
        ("mover", Some(base), Some(sign), _) => {
            accented(base, &sign.draft.text).unwrap_or_else(|| scripts(base, None, Some(sign)))
        }
        ("msubsup" | "munderover", Some(base), Some(sub), Some(sup)) => {
            scripts(base, Some(sub), Some(sup))
        }
        ("mmultiscripts", Some(base), ..) => multiscripts(base, &frame.children[1..]),
        ("mfrac", Some(over), Some(under), _) if is_binomial(frame) => {
            Part::row(&[over.clone(), Part::symbol(" choose "), under.clone()])
        }
        ("mfrac", Some(over), Some(under), _) => fraction(over, under),
        ("msqrt", Some(_), ..) => root(&row(&frame.children), None),
        ("mroot", Some(inner), Some(index), _) => root(inner, Some(index)),
        ("mfenced", ..) => fenced(frame),
        ("mtr" | "mlabeledtr", ..) => joined(&frame.children, ", "),
        ("mtable", ..) => joined(&frame.children, "; "),
        _ => row(&frame.children),
    }
}

/// Stands for `<mprescripts/>` among the children of `<mmultiscripts>`; removed with them.
const PRESCRIPTS: &str = "\u{FFFF}";

fn is_binomial(frame: &Frame) -> bool {
    let thickness = frame.tag.and_then(|t| t.attribute("linethickness"));
    thickness.is_some_and(|t| t.trim().trim_end_matches("px").trim_end_matches("pt") == "0")
}

/// A symbol, number or word.
fn leaf(frame: &Frame) -> Part {
    let text = frame.text.trim_matches(|c: char| c.is_ascii_whitespace());
    match (frame.name, text) {
        // Function application, times, separator and plus that are not to be seen.
        ("mo" | "mi", "\u{2061}" | "\u{2062}" | "\u{2063}" | "\u{2064}") => Part::default(),
        ("mo", "," | ";") => Part::symbol(format!("{text} ")),
        // The blanks of a text are meant: `if x > 0`.
        ("mtext", _) => Part::symbol(frame.text.as_str()),
        _ => Part::symbol(text),
    }
}

/// Parts side by side; a function's name keeps a blank from its argument.
fn row(parts: &[Part]) -> Part {
    let mut row = Part::default();
    let mut after_function = false;
    for part in parts.iter().filter(|p| !p.draft.text.is_empty()) {
        if after_function && part.draft.text.starts_with(char::is_alphanumeric) {
            row.draft.text.push(' ');
        }
        row.append(part);
        after_function = is_function(&part.draft.text);
    }
    row
}

fn scripts(base: &Part, sub: Option<&Part>, sup: Option<&Part>) -> Part {
    let mut whole = base.clone();
    if let Some(sub) = sub {
        whole.script(sub, Style::Sub);
    }
    if let Some(sup) = sup {
        whole.script(sup, Style::Sup);
    }
    whole.atoms = base.atoms.max(1);
    whole
}

/// `<mmultiscripts>`: pairs of sub- and superscript, those after `<mprescripts/>` before the base.
fn multiscripts(base: &Part, rest: &[Part]) -> Part {
    let cut = rest.iter().position(|p| p.draft.text == PRESCRIPTS).unwrap_or(rest.len());
    let (after, before) = (&rest[..cut], rest.get(cut + 1..).unwrap_or(&[]));
    let mut whole = Part::default();
    let put = |whole: &mut Part, pairs: &[Part]| {
        for (i, script) in pairs.iter().enumerate() {
            whole.script(script, if i % 2 == 0 { Style::Sub } else { Style::Sup });
        }
    };
    put(&mut whole, before);
    whole.append(base);
    put(&mut whole, after);
    whole.atoms = 1;
    whole
}

fn fenced(frame: &Frame) -> Part {
    let fence = |name, usual: &str| {
        let value = frame.tag.and_then(|t| t.attribute(name));
        Part::symbol(value.unwrap_or_else(|| usual.to_owned()))
    };
    Part::row(&[fence("open", "("), joined(&frame.children, ", "), fence("close", ")")])
}

fn joined(parts: &[Part], between: &str) -> Part {
    let mut whole = Part::default();
    for part in parts.iter().filter(|p| !p.is_blank()) {
        if whole.atoms > 0 {
            whole.draft.text.push_str(between);
        }
        whole.append(part);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::super::lex::lex;
    use super::*;

    /// `_{…}` and `^{…}` for the marks.
    fn shown(raw: &str) -> String {
        let formula = read(&lex(raw));
        let text = formula.draft.finish();
        let piece = |p: &crate::model::Piece| match p {
            crate::model::Piece::Open(Style::Sub) => "_{".to_owned(),
            crate::model::Piece::Open(_) => "^{".to_owned(),
            crate::model::Piece::Chars(chars) => (*chars).to_owned(),
            crate::model::Piece::Close(_) => "}".to_owned(),
        };
        text.pieces().iter().map(piece).collect()
    }

    #[test]
    fn formulas_become_a_line() {
        for (raw, expected) in [
            ("<msup><mi>x</mi><mn>2</mn></msup>", "x^{2}"),
            (
                "<mml:msub><mml:mi>H</mml:mi><mml:mn>2</mml:mn></mml:msub><mml:mi>O</mml:mi>",
                "H_{2}O",
            ),
            ("<msubsup><mi>a</mi><mi>i</mi><mn>2</mn></msubsup>", "a_{i}^{2}"),
            ("<mi>p</mi><mo>&lt;</mo><mn>0.05</mn>", "p<0.05"),
            ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2"),
            ("<msqrt><mi>n</mi></msqrt>", "√n"),
            ("<msqrt><mi>n</mi><mo>-</mo><mn>1</mn></msqrt>", "√(n-1)"),
            ("<mover><mi>x</mi><mo>¯</mo></mover>", "x\u{304}"),
            ("<mover><mi>A</mi><mi>n</mi></mover>", "A^{n}"),
            ("<mmultiscripts><mi>C</mi><mprescripts/><none/><mn>13</mn></mmultiscripts>", "^{13}C"),
            ("<mi>log</mi><mo>\u{2061}</mo><mi>n</mi>", "log n"),
            ("<mi>f</mi><mo>(</mo><mi>x</mi><mo>,</mo><mi>y</mi><mo>)</mo>", "f(x, y)"),
            ("<mfenced><mi>x</mi><mi>y</mi></mfenced>", "(x, y)"),
            ("<semantics><mi>ɛ</mi><annotation>e</annotation></semantics>", "ɛ"),
            ("<msup><mi>f</mi><mo>′</mo></msup>", "f′"),
            ("<mi>x", "x"),
            ("</msup></mrow>", ""),
            ("<mfrac linethickness=\"0\"><mi>n</mi><mi>k</mi></mfrac>", "n choose k"),
        ] {
            assert_eq!(shown(raw), expected, "{raw}");
        }
    }

    #[test]
    fn an_annotation_in_latex_is_kept_aside() {
        let raw = "<mi></mi><annotation encoding=\"application/x-tex\">\\alpha</annotation>";
        assert_eq!(read(&lex(raw)).tex.as_deref(), Some("\\alpha"));
    }
}

//! From tags and text to one line with marks.

use super::draft::Draft;
use super::element::{Letters, Role};
use super::lex::{Tag, Token};
use crate::diagnostic::Finding;
use crate::model::Style;

mod foreign;
mod formulas;

/// How many open elements are searched for the one an end tag closes; keeps this linear.
const LOOK_BACK: usize = 64;

/// Sub- and superscripts nested deeper than this are not told apart any more.
const DEEPEST_SCRIPT: u32 = 4;

/// Makes one line of the pieces of a source.
pub(super) fn build(tokens: &[Token], findings: &mut Vec<Finding>) -> Draft {
    let builder = Builder {
        tokens,
        ends: ends(tokens),
        out: Draft::plain(String::with_capacity(length(tokens))),
        open: Vec::new(),
        depth: [0; 5],
        gap: Gap::None,
        removed: false,
        plain_until: 0,
        kept_until: 0,
        findings,
    };
    builder.run()
}

/// How long the text of the pieces is, which is about what comes out.
fn length(tokens: &[Token]) -> usize {
    let text = |token: &Token| match token {
        Token::Text { text, .. } => text.len() + 1,
        Token::Tag(_) => 0,
    };
    tokens.iter().map(text).sum()
}

/// For every start tag the place of its end tag.
fn ends(tokens: &[Token]) -> Vec<Option<usize>> {
    let mut ends = vec![None; tokens.len()];
    // The names are few, so that a list of them is searched faster than a map is made.
    let mut open: Vec<(&str, Vec<usize>)> = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let Token::Tag(tag) = token else { continue };
        let named = open.iter_mut().find(|(name, _)| *name == tag.name).map(|(_, starts)| starts);
        match named {
            Some(starts) if tag.opens && !tag.empty => starts.push(i),
            None if tag.opens && !tag.empty => open.push((tag.name, vec![i])),
            Some(starts) => {
                if let Some(start) = starts.pop().filter(|_| !tag.opens) {
                    ends[start] = Some(i);
                }
            }
            None => {}
        }
    }
    ends
}

/// What belongs between what stands there and what comes.
#[derive(Clone, Copy, PartialEq)]
enum Gap {
    None,
    Blank,
    /// The end of a heading.
    Heading,
}

struct Element {
    name: &'static str,
    role: Role,
    letters: Option<Letters>,
    start: usize,
}

struct Builder<'a, 'f> {
    tokens: &'a [Token<'a>],
    ends: Vec<Option<usize>>,
    out: Draft,
    open: Vec<Element>,
    /// How many elements of each style are open.
    depth: [u32; 5],
    gap: Gap,
    /// Something vanished at the end of what stands there.
    removed: bool,
    /// Formulas up to this token are known to be plain text.
    plain_until: usize,
    /// Elements that are no formatting are known to hold nothing but text up to this token.
    kept_until: usize,
    findings: &'f mut Vec<Finding>,
}

impl Builder<'_, '_> {
    fn run(mut self) -> Draft {
        let mut i = 0;
        while i < self.tokens.len() {
            i = match &self.tokens[i] {
                Token::Text { text, .. } => {
                    self.text(text);
                    i + 1
                }
                Token::Tag(tag) if tag.opens => self.open(i, tag),
                Token::Tag(tag) => {
                    self.close(tag);
                    i + 1
                }
            };
        }
        while let Some(element) = self.open.pop() {
            self.mark(&element);
        }
        self.out
    }

    /// Puts text at the end, with the gap that is due.
    fn text(&mut self, text: &str) {
        let text = if self.gap == Gap::None { text } else { text.trim_start() };
        if let Some(first) = text.chars().next() {
            self.settle(first);
            self.out.text.push_str(text);
        }
    }

    /// Puts a formula at the end.
    fn formula(&mut self, formula: &Draft, style: Option<Style>) {
        let Some(first) = formula.text.trim_start().chars().next() else { return };
        self.settle(first);
        let start = self.out.text.len();
        self.out.append(formula);
        if let Some(style) = style {
            self.out.mark_from(start, style);
        }
    }

    /// Closes the gap before text that begins with `first`.
    fn settle(&mut self, first: char) {
        let joins = matches!(first, ',' | '.' | ';' | ':' | ')' | '，' | '。' | '；' | '：');
        if self.removed && joins {
            self.trim_end();
        }
        self.removed = false;
        let out = &mut self.out.text;
        let bare = out.is_empty() || joins;
        match self.gap {
            Gap::Heading if !bare => out.push_str(colon(out)),
            Gap::Blank if !bare && !out.ends_with(char::is_whitespace) => out.push(' '),
            _ => {}
        }
        self.gap = Gap::None;
    }

    /// Takes the blanks off the end, and what begins or ends in them along.
    fn trim_end(&mut self) {
        let end = self.out.text.trim_end().len();
        self.out.text.truncate(end);
        for element in self.open.iter_mut().rev().take_while(|e| e.start > end) {
            element.start = end;
        }
        for mark in self.out.marks.iter_mut().rev().take_while(|m| m.range.end > end) {
            mark.range.end = end;
            mark.range.start = mark.range.start.min(end);
        }
    }

    /// Takes in a start tag; gives the place to go on from.
    fn open(&mut self, i: usize, tag: &Tag) -> usize {
        let end = self.ends[i];
        let after = end.map_or(i + 1, |end| end + 1);
        match tag.role {
            _ if self.is_named(i, tag) => self.text(&tag.raw),
            Role::Block => self.gap = self.gap.max_blank(),
            Role::Heading => {
                self.gap = self.gap.max_blank();
                self.push(tag, None);
            }
            Role::Styled(letters) if !tag.empty => self.push(tag, Some(letters)),
            Role::ByAttribute if !tag.empty => return self.by_attribute(i, tag),
            Role::Code => return self.code(i, tag, after),
            Role::Foreign => return self.foreign(i, tag, after),
            Role::Figure => return after,
            Role::Picture => {
                self.lose("a picture", &tag.raw);
                return after;
            }
            Role::MathJax => return self.mathjax(i),
            Role::Math if end.is_some() => return self.math(i, after),
            Role::Tex if end.is_some() => {
                self.tex(i + 1..after - 1);
                return after;
            }
            Role::Formula if end.is_some() && i >= self.plain_until => return self.alternatives(i),
            _ => {}
        }
        i + 1
    }

    /// Remembers an element that is open. A style within the same style adds nothing.
    fn push(&mut self, tag: &Tag, letters: Option<Letters>) {
        let most = match letters {
            Some(Letters::Sub | Letters::Sup) => DEEPEST_SCRIPT,
            _ => 1,
        };
        let letters = letters.filter(|l| self.depth[*l as usize] < most);
        if let Some(letters) = letters {
            self.depth[letters as usize] += 1;
        }
        let start = self.out.text.len();
        self.open.push(Element { name: tag.name, role: tag.role, letters, start });
    }

    fn close(&mut self, tag: &Tag) {
        if tag.role == Role::Block {
            self.gap = self.gap.max_blank();
        }
        let place = self.open.iter().rev().take(LOOK_BACK).position(|e| e.name == tag.name);
        let Some(place) = place else {
            if matches!(tag.role, Role::Code | Role::Foreign) {
                self.text(&tag.raw);
            }
            return;
        };
        let element = self.open.remove(self.open.len() - 1 - place);
        self.mark(&element);
        if element.role == Role::Heading {
            let filled = !self.out.text[element.start..].trim().is_empty();
            self.gap = if filled { Gap::Heading } else { self.gap.max_blank() };
        }
    }

    fn mark(&mut self, element: &Element) {
        if let Some(letters) = element.letters {
            self.depth[letters as usize] -= 1;
            self.out.mark_from(element.start, letters.style());
        }
    }
}

impl Gap {
    fn max_blank(self) -> Gap {
        if self == Gap::None { Gap::Blank } else { self }
    }
}

/// What stands between a heading and its text: nothing new where the heading has its own sign.
fn colon(heading: &str) -> &'static str {
    match heading.trim_end().chars().next_back() {
        Some(c) if super::super::script::is_han(c) => "：",
        Some(c) if c.is_alphanumeric() || matches!(c, ')' | ']' | '"' | '”') => ": ",
        _ => " ",
    }
}

#[cfg(test)]
mod tests {
    use super::super::lex::lex;
    use super::*;

    fn built(raw: &str) -> (String, usize) {
        let mut findings = Vec::new();
        let draft = build(&lex(raw), &mut findings);
        (draft.finish().plain().to_owned(), findings.len())
    }

    #[test]
    fn elements_become_a_line() {
        for (raw, expected, found) in [
            ("<p><p>One</p><p>two</p>", "One two", 0),
            ("<h3 data-test='x'>Context</h3><p>Addiction is", "Context: Addiction is", 0),
            ("<h3>What is it?</h3><p>Magnesium", "What is it? Magnesium", 0),
            ("<title>背景</title><p>镁", "背景：镁", 0),
            ("<h1>Whole title</h1>", "Whole title", 0),
            ("one<br>two<br/>three", "one two three", 0),
            ("<div>x</div>, y", "x, y", 0),
            ("<a>a</a> <s> b", "a <s> b", 0),
            ("x<script>alert(1)</script>y<style>p{}</style>", "xy", 2),
            ("through <script> tags", "through <script> tags", 0),
            ("The <title> element", "The <title> element", 0),
            ("use of <form>s in <table>s", "use of <form>s in <table>s", 0),
            ("The <div> and (<span>) elements", "The <div> and (<span>) elements", 0),
            ("The <img> and <code> tags", "The <img> and <code> tags", 0),
            ("Use of the <table>", "Use of the <table>", 0),
            ("论<form>标签", "论<form>标签", 0),
            ("<title>Foo</title>", "Foo", 0),
            ("<title>Foo", "Foo", 0),
            ("<div>Foo <p>bar", "Foo bar", 0),
            ("On <p> values, <br> and <li> more", "On values, and more", 0),
            ("Foo. <sec> <title>Methods</title>", "Foo. Methods", 0),
            ("Foo: <div>We found", "Foo: We found", 0),
            ("Foo <div class='x'> bar", "Foo bar", 0),
            ("Foo<div> bar", "Foo bar", 0),
            ("<script> and </script>, </style>", "<script> and </script>, </style>", 0),
            ("the <input> or <svg> tag", "the <input> or <svg> tag", 0),
            ("a <meta name='x'>b<script src=x>c", "a bc", 1),
            ("<svg width=1><title>A</title>b</svg>c", "A: bc", 0),
            ("a<svg><path d='M0'/></svg>, b", "a, b", 1),
            ("<head>x</head><button>y</button> <button> z", "xy <button> z", 0),
            ("<select><select>x</select></select>", "x", 0),
            ("<iframe src='a'></iframe>x", "x", 1),
            ("<script type='math/tex'>\\alpha</script>", "α", 0),
            ("x <!-- no --> y", "x  y", 0),
            ("by <img src='a.png'>, and", "by, and", 1),
            ("a <img><h1>，</h1>", "a，", 1),
            ("<i>a </i><img>, b", "a, b", 1),
            ("<p>a</p><math><mtext> if x</mtext></math>", "a  if x", 0),
            ("<inline-formula>H<sub>2</sub>O</inline-formula>", "H2O", 0),
            ("<figure><div><picture><img></picture></div></figure>a", "a", 0),
            (
                "n = <mjx-container><mjx-math><mjx-mi></mjx-mi></mjx-math></mjx-container> m",
                "n =  m",
                1,
            ),
            (
                "<mjx-container><mjx-c>q</mjx-c><mjx-assistive-mml><math><mi>ɛ</mi></math>\
                 </mjx-assistive-mml></mjx-container>",
                "ɛ",
                0,
            ),
            (
                "<inline-formula><alternatives><tex-math>$x$</tex-math><math><mi>x</mi></math>\
                 </alternatives></inline-formula>y",
                "xy",
                0,
            ),
            ("<math></math>.", ".", 1),
            ("<math alttext='x+y'></math>", "x+y", 0),
            (
                "<span class=katex><span class='katex-mathml'><math><mi>x</mi></math></span>\
              <span class='katex-html'>x</span></span>",
                "x",
                0,
            ),
        ] {
            assert_eq!(built(raw), (expected.to_owned(), found), "{raw}");
        }
    }
}

//! LaTeX in running text: mathematics between dollars, Greek letters, accents, braces.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use self::read::Reading;
use super::draft::{Draft, Rewrite};
use crate::diagnostic::{Code, Finding};
use crate::model::Style;

mod read;
mod restore;
mod symbols;
mod words;

/// No formula in a line of text is longer (in bytes).
const LONGEST: usize = 2000;

/// Makes characters and marks of the LaTeX in a text; `None` where there is none.
pub(super) fn apply(draft: &Draft, findings: &mut Vec<Finding>) -> Option<Draft> {
    let text = draft.text.as_str();
    memchr::memchr3(b'$', b'\\', b'{', text.as_bytes())?;
    let mut edges: Vec<usize> =
        draft.marks.iter().flat_map(|m| [m.range.start, m.range.end]).collect();
    edges.sort_unstable();
    let mut rewrite = Rewrite::new(text);
    let mut at = 0;
    while let Some(next) = memchr::memchr3(b'$', b'\\', b'{', &text.as_bytes()[at..]) {
        let start = at + next;
        let found = math(text, start).or_else(|| words::find(text, start));
        let inner = |f: &Found| {
            let first = edges.partition_point(|&e| e <= start);
            edges.get(first).is_none_or(|&e| e >= f.end)
        };
        match found.filter(inner) {
            Some(found) => {
                rewrite.replace_marked(start..found.end, &found.draft, found.style);
                findings.extend(found.finding);
                at = found.end;
            }
            // `\\` and `\$` are no beginning of anything that follows.
            None => at = start + skip(&text[start..]),
        }
    }
    rewrite.finish(&draft.marks)
}

fn skip(rest: &str) -> usize {
    let escaped = rest.starts_with("\\\\") || rest.starts_with("\\{");
    if escaped { 2 } else { 1 }
}

/// A stretch of LaTeX and what becomes of it.
struct Found {
    end: usize,
    draft: Draft,
    style: Option<Style>,
    finding: Option<Finding>,
}

impl Found {
    fn plain(end: usize, text: impl Into<String>) -> Found {
        Found { end, draft: Draft::plain(text), style: None, finding: None }
    }
}

/// The formula that begins with the delimiter at `start`.
fn math(text: &str, start: usize) -> Option<Found> {
    let rest = &text[start..];
    let (open, close) = [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")]
        .into_iter()
        .find(|(open, _)| rest.starts_with(open))?;
    let body = &rest[open.len()..];
    let mut within = body.len().min(LONGEST);
    while !body.is_char_boundary(within) {
        within -= 1;
    }
    let length = closing(&body[..within], close)?;
    let end = start + open.len() + length + close.len();
    let source = &body[..length];
    let dollars = open.starts_with('$');
    let sane = !dollars || is_math(&text[..start], source, &text[end..]);
    if source.trim().is_empty() || !balanced(source) || super::super::script::has_han(source) {
        return None;
    }
    if sane && (source.contains('\\') || !dollars || !restore::is_wrecked(source)) {
        return Some(formula(source, end));
    }
    // `$Sigma $` and `$text{pA}$` have lost their backslashes on the way.
    let restored = dollars.then(|| restore::restore(source)).flatten()?;
    let part = read::read(&restored).part;
    let done = format!("backslashes of LaTeX were lost; read as {}", part.draft.text.trim());
    let finding = Some(Finding::new(Code::TitleGuessed, &text[start..end], done));
    Some(Found { end, draft: part.draft, style: None, finding })
}

/// Where the closing delimiter is; an escaped one does not count.
fn closing(body: &str, close: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memmem::find(&body.as_bytes()[from..], close.as_bytes())?;
        if close.starts_with('\\') || !body[..at].ends_with('\\') {
            return Some(at);
        }
        from = at + 1;
    }
}

/// The formula with `source` as a draft, marked as mathematics where its source is sound.
fn formula(source: &str, end: usize) -> Found {
    let source = source.trim();
    let Reading { part, sound, unknown } = read::read(source);
    let style = sound.then(|| Style::Math(with_pairs(source).into()));
    let finding = unknown.map(|name| {
        let done = format!("\\{name} is no known command; its name was kept");
        Finding::new(Code::TitleGuessed, source, done)
    });
    let mut draft = part.draft;
    trim(&mut draft);
    Found { end, draft, style, finding }
}

/// The reading of a formula, its mark where the source is sound, and what is not known in it.
pub(super) fn source(source: &str) -> (Draft, Option<Style>, Option<Finding>) {
    let Found { draft, style, finding, .. } = formula(source, 0);
    (draft, style, finding)
}

/// The source with names for its escaped braces where they do not pair: `\left\{ x \right.` BibTeX counts
/// braces behind a backslash too ("BibTeXing" §2), and one alone would open or close the entry.
fn with_pairs(source: &str) -> Cow<'_, str> {
    let mut depth = 0i32;
    let falls = source.bytes().any(|byte| {
        depth += i32::from(byte == b'{') - i32::from(byte == b'}');
        depth < 0
    });
    match falls || depth != 0 {
        true => source.replace("\\{", "\\lbrace{}").replace("\\}", "\\rbrace{}").into(),
        false => source.into(),
    }
}

/// Takes the blanks off the ends of a reading.
fn trim(draft: &mut Draft) {
    let text = std::mem::take(&mut draft.text);
    let lead = text.len() - text.trim_start().len();
    draft.text.push_str(text.trim());
    for mark in &mut draft.marks {
        mark.range.start = mark.range.start.saturating_sub(lead);
        mark.range.end = mark.range.end.saturating_sub(lead).min(draft.text.len());
    }
}

/// True where what stands between two dollars is mathematics and not the price of something:
/// `costs $5 and $10` is not, `$k$-means` is.
fn is_math(before: &str, source: &str, after: &str) -> bool {
    // A `$` before a digit begins an amount of money; one after a letter belongs to `US$`.
    if after.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let commands = source.contains(['\\', '_', '^']);
    if commands || restore::is_wrecked(source) {
        return commands && !has_words(source);
    }
    let attached = before.ends_with(|c: char| c.is_alphanumeric() || c == '$');
    let tight = !source.starts_with(' ') && !source.ends_with(' ');
    tight && !attached && !has_words(source)
}

/// True for words of a language: two or more letters, no command and no function. Letters in
/// braces, as in `\text{…}`, are not looked at.
fn has_words(source: &str) -> bool {
    let mut depth = 0;
    let mut words = 0;
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        let from = if c == '\\' { 1 } else { 0 };
        let length = rest[from..].find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len() - from);
        let word = &rest[from..from + length];
        let counts = depth == 0 && from == 0 && word.chars().count() > 1;
        if counts && !super::formula::is_function(word) && !is_product(word) {
            words += 1;
        }
        rest = &rest[(from + length).max(c.len_utf8())..];
    }
    words > 0
}

/// Letters side by side that can be a product or a formula: `ab`, `NaCl`, `LaTiO`.
fn is_product(word: &str) -> bool {
    let capitals = word.chars().skip(1).any(char::is_uppercase);
    capitals || matches!(word.len(), 2 if !COMMON.contains(&word))
}

/// The words of two letters that stand between two prices.
const COMMON: [&str; 18] = [
    "an", "as", "at", "by", "do", "if", "in", "is", "it", "me", "my", "no", "of", "on", "or", "so",
    "to", "us",
];

/// True where every brace has its partner.
fn balanced(source: &str) -> bool {
    let mut depth = 0usize;
    let mut escaped = false;
    for b in source.bytes() {
        match b {
            b'{' if !escaped => depth += 1,
            b'}' if !escaped && depth == 0 => return false,
            b'}' if !escaped => depth -= 1,
            _ => {}
        }
        escaped = b == b'\\' && !escaped;
    }
    depth == 0
}

/// The content of `<tex-math>`, an annotation or a MathJax script: mathematics by its place.
/// `None` where there is nothing in it.
pub(super) fn element(
    content: &str,
    findings: &mut Vec<Finding>,
) -> Option<(Draft, Option<Style>)> {
    let source = bare(content);
    if source.is_empty() {
        return None;
    }
    if source.len() > LONGEST || !balanced(source) {
        findings.push(Finding::new(Code::TitleGuessed, source, "kept as plain text"));
        return Some((Draft::plain(source), None));
    }
    let restored = if source.contains('\\') { None } else { restore::restore(source) };
    let found = formula(restored.as_deref().unwrap_or(source), 0);
    if restored.is_some() {
        let done = format!("backslashes of LaTeX were lost; read as {}", found.draft.text);
        findings.push(Finding::new(Code::TitleGuessed, source, done));
        return Some((found.draft, None));
    }
    findings.extend(found.finding);
    Some((found.draft, found.style))
}

/// What stands in the innermost of `\begin{document}…`, `\begin{equation}…`, `$$…$$`, `\(…\)`.
fn bare(content: &str) -> &str {
    const FRAMES: [(&str, &str); 9] = [
        ("\\begin{document}", "\\end{document}"),
        ("\\begin{equation*}", "\\end{equation*}"),
        ("\\begin{equation}", "\\end{equation}"),
        ("\\begin{gather*}", "\\end{gather*}"),
        ("$$", "$$"),
        ("$", "$"),
        ("\\(", "\\)"),
        ("\\[", "\\]"),
        ("\\displaystyle", ""),
    ];
    let mut source = content.trim();
    if let Some((_, document)) = source.split_once(FRAMES[0].0) {
        source = document.split_once(FRAMES[0].1).map_or(document, |(inner, _)| inner).trim();
    }
    for (open, close) in &FRAMES[1..] {
        let inner = source.strip_prefix(open).and_then(|s| s.strip_suffix(close));
        source = inner.map_or(source, str::trim);
    }
    source
}

/// What stands in the braces that open at `open`, if they close within so many bytes.
fn group(text: &str, open: usize, within: usize) -> Option<Range<usize>> {
    let mut depth = 0usize;
    for (i, b) in text.as_bytes()[open..].iter().take(within).enumerate() {
        depth += usize::from(*b == b'{');
        depth -= usize::from(*b == b'}');
        if depth == 0 {
            return Some(open + 1..open + i);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut findings = Vec::new();
        let draft = Draft::plain(text);
        let text = apply(&draft, &mut findings).unwrap_or(draft).finish();
        let mut out = text.plain().to_owned();
        for mark in text.marks() {
            let what = match &mark.style {
                Style::Math(source) => format!(" [{source}]"),
                other => format!(" {other:?}"),
            };
            out.push_str(&what);
        }
        for finding in findings {
            out.push_str(&format!(" !{}", finding.code.word()));
        }
        out
    }

    #[test]
    fn mathematics_is_told_from_money() {
        for (text, expected) in [
            (r"$\alpha$-synuclein", r"α-synuclein [\alpha]"),
            ("$H_2O$ ice", "H2O ice [H_2O] Sub"),
            (r"\(x\) and \[y\]", "x and y [x] [y]"),
            ("$k$-means", "k-means [k]"),
            ("$p=0.05$", "p=0.05 [p=0.05]"),
            ("$O(n \\log n)$ time", "O(n log n) time [O(n \\log n)]"),
            ("costs $5 and $10", "costs $5 and $10"),
            ("from $5 to 10$ a day", "from $5 to 10$ a day"),
            ("the $5 bill", "the $5 bill"),
            ("US$ 5 or A$ 7", "US$ 5 or A$ 7"),
            ("A$AP and Ke$ha", "A$AP and Ke$ha"),
            ("$1 trillion in $", "$1 trillion in $"),
            ("$100 million-$1 billion", "$100 million-$1 billion"),
            ("$$", "$$"),
            ("$ $", "$ $"),
            (r"$50\%$", "50%"),
            (r"$\input{x}$", "inputx !title-guessed"),
            (r"$\}$a", r"}a [\rbrace{}]"),
            (r"$\{x\}$ and $\}\{$", r"{x} and }{ [\{x\}] [\rbrace{}\lbrace{}]"),
            (r"$\foo_1$", "foo1 Sub !title-guessed"),
            (r"a \$5 bill", "a $5 bill"),
            ("1.7 $1.7 text{pA}/sqrt{text{Hz}}$ x", "1.7 1.7 pA/√Hz x !title-guessed"),
            ("$Sigma $-protocol", "Σ-protocol !title-guessed"),
            ("the $alpha and $beta variables", "the $alpha and $beta variables"),
            ("中 $中$ 文", "中 $中$ 文"),
            (r"$\mathcal{O}$ and $x", r"O and $x [\mathcal{O}]"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn text_commands() {
        for (text, expected) in [
            (r"17\beta-estradiol", r"17β-estradiol [\beta]"),
            (r"{\'e}t{\'e}", "été"),
            (r#"Schr\"odinger"#, "Schrödinger !title-guessed"),
            (r"Poincar\'{e} and \v{S}", "Poincaré and Š"),
            (r"Stra{\ss}e, {\O}re", "Straße, Øre"),
            (r#"the \"used\" car"#, r#"the \"used\" car"#),
            (r"don\'t d\'analyse", r"don\'t d\'analyse"),
            (r"L\'evy", r"L\'evy"),
            ("a {DNA} gel", "a DNA gel Protect"),
            ("{111} planes {a, b}", "{111} planes {a, b}"),
            (r"\textit{E. coli} gene", "E. coli gene Italic"),
            (r"AT\&T", "AT&T"),
            (r"line\nbreak C:\temp", r"line\nbreak C:\temp"),
            (r"C:\beta\x", r"C:\beta\x"),
            ("{", "{"),
            ("\\", "\\"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn the_source_of_an_element_is_laid_bare() {
        for (content, expected) in [
            ("$Sigma $", "Sigma"),
            (r"\documentclass{a} \usepackage{b} \begin{document}$$x$$\end{document}", "x"),
            (r"\begin{equation} y \end{equation}", "y"),
            (r"\(z\)", "z"),
            ("  ", ""),
        ] {
            assert_eq!(bare(content), expected, "{content}");
        }
    }
}

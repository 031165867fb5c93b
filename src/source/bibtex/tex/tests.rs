use super::*;
use crate::model::Piece;

fn shown(raw: &str) -> String {
    let read = text(raw).text;
    let show = |piece: &Piece| match piece {
        Piece::Open(Style::Protect) => "{".to_owned(),
        Piece::Close(Style::Protect) => "}".to_owned(),
        Piece::Open(Style::Math(source)) => format!("<Math {source}>"),
        Piece::Close(Style::Math(_)) => "</Math>".to_owned(),
        Piece::Open(style) => format!("<{style:?}>"),
        Piece::Chars(chars) => chars.to_string(),
        Piece::Close(style) => format!("</{style:?}>"),
    };
    read.pieces().iter().map(show).collect()
}

#[test]
fn tex_becomes_text() {
    for (raw, expected) in [
        ("plain", "plain"),
        ("G\\\"odel, G{\\\"o}del, G\\\"{o}del, G{\\\"{o}}del", "Gödel, Gödel, Gödel, Gödel"),
        ("\\'{\\i}ndice na\\\"\\i ve", "índice naïve"),
        ("\\v{S}kvorecky \\v Z", "Škvorecky Ž"),
        ("\\c{c} \\c c \\k{a} \\H{o} \\r{a} \\.z \\u{g} \\d{h} \\=a", "ç ç ą ő å ż ğ ḥ ā"),
        ("\\o{}re \\ss \\L{}odz \\aa, {\\AE}on", "øre ßŁodz å, Æon"),
        ("Stra\\ss e", "Straße"),
        ("\\t{oo}", "oo"),
        ("AT\\&T 100\\% \\#1 a\\_b \\$5", "AT&T 100% #1 a_b $5"),
        ("a\\textbackslash{}b\\textasciitilde{}c\\textasciicircum{}2", "a\\b~c^2"),
        ("\\{a\\}", "{a}"),
        ("a\\textbraceright{}\\textbraceleft{}b", "a}{b"),
        ("{DNA} and {RNA}s", "{DNA} and {RNA}s"),
        ("{{Whole}}", "{{Whole}}"),
        (
            "\\textit{E. coli} \\emph{x} {\\em y} {\\bf z}w",
            "<Italic>E. coli</Italic> <Italic>x</Italic> <Italic>y</Italic> <Bold>z</Bold>w",
        ),
        ("H\\textsubscript{2}O 10\\textsuperscript{5}", "H<Sub>2</Sub>O 10<Sup>5</Sup>"),
        ("\\textit{a \\textbf{b}}", "<Italic>a <Bold>b</Bold></Italic>"),
        ("$x^2$ and $\\alpha$", "<Math x^2>x<Sup>2</Sup></Math> and <Math \\alpha>α</Math>"),
        ("costs $5", "costs $5"),
        ("\\(n\\) \\ensuremath{k}", "<Math n>n</Math> <Math k>k</Math>"),
        ("1--2 --- 3 ``q'' `s'", "1–2 — 3 “q” ‘s'"),
        ("a~b\n   c\\ d\\,e", "a b c d e"),
        (
            "\\enquote{x} \\url{http://a.b/c\\_d%20} \\href{http://a}{text}",
            "“x” http://a.b/c_d%20 text",
        ),
        ("{\\noopsort{1973b}}1973", "1973"),
        ("\\foo{bar} \\baz", "{bar}"),
        ("un\\-break\\/able", "unbreakable"),
        ("H<sub>2</sub>O &amp; more", "H<Sub>2</Sub>O & more"),
        ("\\LaTeX{} and \\TeX", "LaTeX and TeX"),
        ("\\textendash\\ \\textemdash{} \\dots \\copyright", "– — …©"),
        ("}", ""),
        ("{", ""),
        ("\\", ""),
        ("$", "$"),
        ("\\'", ""),
        ("镁在{成瘾}中", "镁在{成瘾}中"),
    ] {
        assert_eq!(shown(raw), expected, "{raw}");
    }
}

#[test]
fn what_is_not_known_is_told() {
    let codes = |raw| text(raw).findings.iter().map(|f| f.code).collect::<Vec<_>>();
    assert_eq!(codes("\\foo{bar}"), [Code::CommandUnknown]);
    assert_eq!(codes("\\'e \\o{} \\textit{x} $x$ \\copyright"), []);
}

#[test]
fn verbatim_values_lose_their_escapes() {
    for (raw, expected) in [
        ("10.1/a_b", "10.1/a_b"),
        ("10.1/a\\_b{\\%}20", "10.1/a_b%20"),
        ("\\url{http://a.b/\\textasciitilde{}c}", "http://a.b/~c"),
        ("{http://a.b}", "http://a.b"),
    ] {
        assert_eq!(verbatim(raw), expected);
    }
}

#[test]
fn deep_nesting_is_read() {
    for part in ["{", "\\textit{", "\\'{", "\\foo{", "$", "\\"] {
        let raw = format!("{}x", part.repeat(20_000));
        assert!(text(&raw).text.plain().contains(['x', '$', '\\']) || part == "\\", "{part}");
    }
}

#[test]
fn an_address_behind_words_is_told() {
    for (raw, plain, told) in [
        ("See \\href{https://x.org/a\\_b}{this page}", "See this page", Some("https://x.org/a_b")),
        ("\\href{https://x.org/}{\\url{https://x.org/}}", "https://x.org/", None),
        ("\\url{https://x.org/}", "https://x.org/", None),
    ] {
        let read = text(raw);
        let found = read.findings.iter().find(|finding| finding.code == Code::LinkInText);
        assert_eq!(read.text.plain(), plain);
        assert_eq!(found.map(|finding| finding.found.as_str()), told, "{raw}");
    }
}

#[test]
fn signs_that_are_kept_apart_stay_signs() {
    for (raw, plain) in [("a-{}-b-{}-{}-c", "a--b---c"), ("d'{}'", "d''"), ("?{}`", "?‘")] {
        assert_eq!(text(raw).text.plain(), plain);
    }
}

//! Tests of the whole way from source to text.

use proptest::prelude::*;

use super::*;
use crate::model::{Piece, Style};
use crate::text::script::is_han;

/// The text with its marks as tags, and the codes of the findings.
fn shown(raw: &str) -> String {
    let cleaned = to_text(raw);
    let name = |style: &Style| match style {
        Style::Italic => "i".to_owned(),
        Style::Bold => "b".to_owned(),
        Style::SmallCaps => "sc".to_owned(),
        Style::Sub => "sub".to_owned(),
        Style::Sup => "sup".to_owned(),
        Style::Math(source) => format!("math {source}"),
        Style::Protect => "nocase".to_owned(),
    };
    let piece = |p: &Piece| match p {
        Piece::Open(style) => format!("[{}]", name(style)),
        Piece::Chars(chars) => (*chars).to_owned(),
        Piece::Close(Style::Math(_)) => "[/math]".to_owned(),
        Piece::Close(style) => format!("[/{}]", name(style)),
    };
    let mut out: String = cleaned.text.pieces().iter().map(piece).collect();
    for finding in &cleaned.findings {
        out.push_str(&format!(" !{}", finding.code.word()));
    }
    out
}

#[test]
fn sources_as_they_stand() {
    for (raw, expected) in [
        ("Magnesium in addiction - a general view.", "Magnesium in addiction - a general view."),
        ("Science &a\0mp; Technology &l\u{AD}t; 5", "Science & Technology < 5"),
        ("镁在成瘾中的作用——一般观点。", "镁在成瘾中的作用——一般观点。"),
        ("<p><p>Addiction is a dysregulation.</p>", "Addiction is a dysregulation."),
        ("<div>\0 \0 <p>Text</p>\0 </div>", "Text"),
        ("<i> <b>A</i> b</b> c", "[b][i]A[/i] b[/b] c"),
        ("foo <i> bar </i> baz", "foo [i]bar[/i] baz"),
        ("CO<SUB>2</SUB> and 10<sup>&#x2212;3</sup>", "CO[sub]2[/sub] and 10[sup]−3[/sup]"),
        ("<span style=\"font-variant: small-caps\">d</span>-Glucose", "[sc]d[/sc]-Glucose"),
        ("<jats:italic>In vivo</jats:italic> study", "[i]In vivo[/i] study"),
        ("A < B and p<0.05 and x <y> z", "A < B and p<0.05 and x <y> z"),
        ("Using &lt;script&gt; safely", "Using <script> safely"),
        ("Using <script> safely", "Using <script> safely"),
        ("A<script>x()</script> b", "A b !formula-lost"),
        ("&lt;i&gt;Escherichia coli&lt;/i&gt; O157", "[i]Escherichia coli[/i] O157"),
        ("H&amp;lt;sub&amp;gt;2&amp;lt;/sub&amp;gt;O", "H[sub]2[/sub]O"),
        ("AT&T and R&amp;D; Q&amp;amp;A", "AT&T and R&D; Q&A"),
        ("<i>unclosed", "[i]unclosed[/i]"),
        ("stray</i> close</p>", "stray close"),
        ("the <span><math><mi>ɛ</mi></math></span>-Nash property", "the ɛ-Nash property"),
        ("18.64<span>(%)</span>", "18.64(%)"),
        ("[<span>1</span>]. Authors", "[1]. Authors"),
        (
            "a <inline-formula> <tex-math>$Sigma $ </tex-math></inline-formula>-protocol",
            "a Σ-protocol !title-guessed",
        ),
        (
            "<tex-math>\\documentclass{x}\\begin{document}$$\\alpha_2$$\\end{document}</tex-math>",
            "[math \\alpha_2]α[sub]2[/sub][/math]",
        ),
        ("<italic>$\\alpha$-synuclein</italic>", "[i][math \\alpha]α[/math]-synuclein[/i]"),
        ("$H<sub>2</sub>O$", "$H[sub]2[/sub]O$"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup></math>", "x[sup]2[/sup]"),
        ("<i>e</i>\u{301}x", "[i]é[/i]x"),
        ("$\\bar{a}$", "[math \\bar{a}]ā[/math]"),
        ("", ""),
        ("  ", ""),
        ("<p></p>", ""),
        ("text cut <math altimg=\"urn:x-wiley:spe:med", "text cut"),
        ("<![CDATA[a < b]]>", "a < b"),
        ("literal\\nnewline", "literal\\nnewline"),
        ("\u{FEFF}Title\u{2029}two", "Title two"),
        ("broken \u{FFFD}", "broken \u{FFFD} !character-broken"),
    ] {
        assert_eq!(shown(raw), expected, "{raw}");
    }
}

#[test]
fn hostile_input_is_linear() {
    let long = 1 << 18;
    for seed in [
        "<",
        "<i>",
        "<i a=\"",
        "<i a='<i b=\"",
        "</i>",
        "<!--",
        "<p>",
        "&amp;",
        "&lt;i&gt;",
        "$",
        "\\(",
        "{",
        "{\\",
        "\\'",
        "<math><mrow>",
        "<mjx-container>",
        "<sub>",
        "\u{301}",
        "<b><i></b>",
        "<inline-formula>",
        "&lt;math&gt;",
        "\\textit{",
        "&#",
        "<h1>",
        "a\u{301}",
        "<i a b c ",
        "<script> ",
        "<svg>",
        "<svg a='b'>",
        "</select>",
    ] {
        // A debug build takes two seconds for the slowest; what is quadratic takes minutes.
        let cleaned = to_text(&seed.repeat(long / seed.len()));
        assert!(!cleaned.text.plain().contains(char::is_control), "{seed}");
    }
    let nested =
        format!("{}x{}", "<mjx-container>".repeat(20_000), "</mjx-container>".repeat(20_000));
    assert_eq!(to_text(&nested).text.plain(), "x");
    for name in ["svg", "select", "button"] {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let nested = format!("{}x{}", open.repeat(20_000), close.repeat(20_000));
        assert_eq!(to_text(&nested).text.plain(), "x");
    }
    let nested =
        format!("{}x{}", "<inline-formula>".repeat(20_000), "</inline-formula>".repeat(20_000));
    assert_eq!(to_text(&nested).text.plain(), "x");
}

/// Text with the pieces that have meaning in it.
fn messy() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[a-zA-Z0-9 .,]{1,6}",
        prop::sample::select(vec![
            "<i>",
            "</i>",
            "<p>",
            "</p>",
            "&lt;",
            "&gt;",
            "&amp;",
            "<sub>",
            "</sub>",
            "<select>",
            "</select>",
            "$",
            "\\alpha",
            "{",
            "}",
            "镁",
            "中文",
            "（",
            "，",
            "<math>",
            "</math>",
            "<mi>",
            "</mi>",
            "\\",
            "\u{301}",
            "\u{200D}",
            "_",
            "^",
            "\\frac",
            "<h3>",
            "</h3>",
            "\0",
            "  ",
            "<mfrac>",
            "</mfrac>",
            "&amp;nbsp;",
            "\u{3000}",
            "\\(",
            "\\)",
            "[",
            "]",
        ])
        .prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn the_short_ways_say_what_the_long_way_says(
        raw in "(<p>){0,2}([a-z]{1,40}|<p>|</p>| |\\x00|–|镁|，|。|Ａ|é|e\u{301}|\u{301}|α|&amp;|<i>|<script>|</script>|<svg>|</svg>|‐|·){0,8}(</p>){0,2}"
    ) {
        prop_assert_eq!(to_text(&raw), read_markup(&raw));
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(raw in messy()) {
        let once = to_text(&raw);
        let plain = once.text.plain();
        prop_assert!(!plain.starts_with(' ') && !plain.ends_with(' ') && !plain.contains("  "));
        prop_assert!(!plain.contains(|c: char| c.is_control()));
        // What is left of markup and LaTeX was literal text, and would be read again.
        if !plain.contains(['<', '&', '$', '\\', '{']) {
            let twice = to_text(plain);
            prop_assert_eq!(twice.text.plain(), plain);
        }
    }

    #[test]
    fn chinese_characters_are_never_lost(raw in "[镁中a-z<>&;$_^{}/ \\\\。，]{0,40}") {
        let count = |text: &str| text.chars().filter(|&c| is_han(c)).count();
        prop_assert_eq!(count(to_text(&raw).text.plain()), count(&raw));
    }

    #[test]
    fn formulas_for_latex_do_no_harm(raw in messy()) {
        for mark in to_text(&raw).text.marks() {
            if let Style::Math(source) = &mark.style {
                prop_assert!(source.bytes().all(|b| (b' '..=b'~').contains(&b)));
                prop_assert!(!source.contains(['$', '%', '#']));
                prop_assert_eq!(source.matches('{').count() - source.matches("\\{").count(),
                    source.matches('}').count() - source.matches("\\}").count());
            }
        }
    }
}

use proptest::prelude::*;

use super::*;

/// The blocks in short: a letter for each, `!` behind a broken one.
fn shown(text: &str) -> String {
    let show = |block: &Block| match &block.kind {
        BlockKind::Text => "t".to_owned(),
        BlockKind::Comment => "c".to_owned(),
        BlockKind::Preamble => "p".to_owned(),
        BlockKind::String(body) => format!("s{}", if body.fault.is_some() { "!" } else { "" }),
        BlockKind::Entry(body) => {
            let fields = body.fields.iter().map(|f| &text[f.name.clone()]).collect::<Vec<_>>();
            let fault = if body.fault.is_some() { "!" } else { "" };
            format!("e({}:{}){fault}", &text[body.key.clone()], fields.join(","))
        }
    };
    split(text).iter().map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn files_are_taken_apart() {
    for (text, expected) in [
        ("", ""),
        ("no entry", "t"),
        ("@article{k, a = {x}}", "e(k:a)"),
        ("@article{k, a = {x},}", "e(k:a)"),
        ("@article(k, a = {x)}, b = \")\")", "e(k:a,b)"),
        ("@misc{k}", "e(k:)"),
        ("@misc{k,}", "e(k:)"),
        ("@misc{, a = 1}", "e(:a)"),
        ("@misc { k , A-b:c = 1 # jan # \"x\" }", "e(k:A-b:c)"),
        (
            "% c\n@string{a = \"x\"}\n@preamble{\"\\newcommand\"}@comment{jabref: {x}} @misc{k}",
            "t s t p c t e(k:)",
        ),
        ("@comment no braces\n@misc{k}", "c t e(k:)"),
        ("@comment{open\n@misc{k}", "c t e(k:)"),
        ("@comment{@misc{k}}", "c"),
        ("%@misc{a}\n  % @misc{b}\n@misc{c}", "t e(c:)"),
        ("someone@example.org {x} @misc{c}", "t e(c:)"),
        ("me@home{x} @misc{c}", "t e(c:)"),
        ("@misc{k, % a note\n a = {x} % another\n}", "e(k:a)"),
        ("@misc{k, a = \"{\"}\"}", "e(k:a)"),
        ("@misc{k, a = {\\}}", "e(k:a)"),
        // What is broken ends at its brace, or where the next one begins.
        ("@misc{k, a = {x}\n@misc{l, b = 1}", "e(k:a)! e(l:b)"),
        ("@misc{k, a = {x\n@misc{l, b = 1}", "e(k:)! e(l:b)"),
        ("@misc{k, a = {x}}}\n@misc{l, b = 1}", "e(k:a) t e(l:b)"),
        ("@misc{k, a = {x} b = {y}}\n@misc{l}", "e(k:a)! t e(l:)"),
        ("@misc{k, a = }\n@misc{l}", "e(k:)! t e(l:)"),
        ("@misc{k a, b = 1}\n@misc{l}", "e(k:)! t e(l:)"),
        ("@misc{k, a = {{x}, b = \"y\"}\n  @misc{l}", "e(k:a)! e(l:)"),
        ("@misc{k, a = \"x}\n@misc{l}", "e(k:)! t e(l:)"),
        ("@misc{k, {a} = 1}", "e(k:)!"),
        ("@misc{", "e(:)!"),
        ("@misc{k, a = {x}", "e(k:a)!"),
        ("@misc(k, a = {x}\n@misc{l}", "e(k:a)! e(l:)"),
        ("@string{a}\n@misc{l}", "s! t e(l:)"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn ranges_and_lines_are_those_of_the_file() {
    let text = "% one\n@article{ key ,\n  title = {A {B}} # s,\n  year=2001\n}\n\n@misc{b,\n x y}\n@misc{c}";
    let blocks = split(text);
    let lines: Vec<usize> = blocks.iter().map(|b| b.line).collect();
    assert_eq!(lines, [1, 2, 5, 7, 8, 9]);
    let body = blocks[1].entry().unwrap();
    assert_eq!(&text[body.kind.clone()], "article");
    assert_eq!(&text[body.key.clone()], "key");
    let title = body.field(text, "TITLE").unwrap();
    assert_eq!(&text[title.value.clone()], "{A {B}} # s");
    let Piece::Text(inner) = &title.pieces[0] else { panic!("{title:?}") };
    assert_eq!(&text[inner.clone()], "A {B}");
    assert!(matches!(&title.pieces[1], Piece::Name(name) if &text[name.clone()] == "s"));
    assert!(matches!(&body.fields[1].pieces[0], Piece::Number(n) if &text[n.clone()] == "2001"));
    assert_eq!((&text[body.end..], body.comma), (&text[text.find("2001").unwrap() + 4..], false));
    let fault = blocks[3].entry().unwrap().fault.clone().unwrap();
    assert_eq!((&text[fault.at..fault.at + 1], fault.line), ("x", 8));
}

/// A file is taken apart in time that grows with its length alone.
#[test]
fn hostile_files_take_no_longer_than_others() {
    for part in [
        "@a{k, t={",
        "@a(k, t=\"",
        "@comment(",
        "@comment{",
        "@preamble{",
        "@a{",
        "@",
        "{",
        "}",
        "\"",
        "@a{k,t=\"{",
        "% @a{\n",
        "   @a ",
        "\n\n",
        "@a{k,t=a#",
        "@string(",
    ] {
        let text = part.repeat(200_000);
        assert_eq!(split(&text).last().map_or(0, |b| b.range.end), text.len(), "{part}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn the_blocks_are_the_file(parts in prop::collection::vec(part(), 0..30)) {
        let text = parts.concat();
        let blocks = split(&text);
        let mut at = 0;
        for block in &blocks {
            prop_assert_eq!(block.range.start, at);
            prop_assert!(block.range.end > at);
            prop_assert_eq!(block.line, 1 + text[..at].matches('\n').count());
            at = block.range.end;
            if let BlockKind::Entry(body) | BlockKind::String(body) = &block.kind {
                let mut from = body.key.end;
                for field in &body.fields {
                    prop_assert!(from <= field.name.start && field.name.end < field.value.start);
                    prop_assert!(field.value.end <= block.range.end);
                    from = field.value.end;
                    prop_assert!(text.get(field.value.clone()).is_some());
                }
            }
        }
        prop_assert_eq!(at, text.len());
    }

    /// A whole entry on lines of its own is found, whatever stands before it.
    #[test]
    fn a_whole_entry_is_found_behind_any_other(before in prop::collection::vec(part(), 0..12)) {
        let text = format!("{}\n@misc{{whole, title = {{T}}}}\n", before.concat());
        let found = split(&text).iter().any(|b| {
            b.entry().is_some_and(|e| e.fault.is_none() && &text[e.key.clone()] == "whole")
        });
        let swallowed = before.concat().matches('{').count() + before.concat().matches('"').count();
        prop_assert!(found || swallowed > 0, "{}", text);
    }
}

fn part() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec![
            "@article{", "@misc(", "@string{", "@comment{", "@preamble{", "@", "key,", "title", " = ", "{",
            "}", "\"", "#", ",", "\n", "%", "\\", "(", ")", "1", "jan", "镁", "\\}", "\r\n", "@misc{k, a={b}}\n",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
    ]
}

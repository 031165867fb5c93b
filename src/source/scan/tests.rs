use super::*;

fn found(input: &str) -> Vec<(String, Option<Fault>, usize)> {
    let text = |raw: Raw| String::from_utf8_lossy(&raw.json).into_owned();
    Scanner::new(input.as_bytes()).map(|r| (text(r.clone()), r.fault, r.line)).collect()
}

fn whole(input: &str) -> Vec<String> {
    found(input).into_iter().filter(|f| f.1.is_none()).map(|f| f.0).collect()
}

const A: &str = r#"{"title":"A","doi":"10.1/a"}"#;
const B: &str = r#"{"title":"B {x} \"{\\\"title\\\":1}\"","journal":{"name":"J"}}"#;

#[test]
fn records_are_found_wherever_they_stand() {
    for (input, expected) in [
        (A.to_owned(), vec![A]),
        (format!("[{A},\n {B}]"), vec![A, B]),
        (format!("{A}\n{B}\n"), vec![A, B]),
        (format!("{A}{B}"), vec![A, B]),
        (format!("最新文献 {{x}}\n<div>{A}</div> loose \" text {B} more"), vec![A, B]),
        (format!("{{\"data\":{{\"list\":[{A},{B}],\"n\":2}}}}"), vec![A, B]),
        (r#"{"title":"alone"}"#.to_owned(), vec![r#"{"title":"alone"}"#]),
        (r#"{"title":"Home","href":"/"}"#.to_owned(), vec![]),
        (r#"{"TitleCN":"A","id":1}"#.to_owned(), vec![r#"{"TitleCN":"A","id":1}"#]),
        (format!("{{\"resultStr\":null,\"code\":0,\"data\":[{A},{B}]}}"), vec![A, B]),
        ("no record at all".to_owned(), vec![]),
        (String::new(), vec![]),
    ] {
        assert_eq!(whole(&input), expected, "{input}");
    }
}

#[test]
fn a_record_that_is_cut_off_is_reported_and_costs_no_other() {
    for cut in [
        r#"{"title":"C","doi":"10.1/c","abstract":"cut here"#,
        r#"{"title":"C","doi":"10.1/c","#,
        r#"{"title":"C","doi":"10.1/c","journal":{"name":"J","#,
        r#"{"title":"C","doi":"10.1/c","abstract":"cut \"#,
        r#"{"title":"C","doi":"10.1/c","journal":"#,
        r#"{"title":"C","doi""#,
        r#"{"title":"C","doi"#,
    ] {
        for gap in ["", "\n", "\n引用次数: 0\nNext\n"] {
            let input = format!("{A}\n{cut}{gap}{B}\nend");
            assert_eq!(whole(&input), [A, B], "{input}");
            assert_eq!(found(&input).iter().filter(|f| f.1.is_some()).count(), 1, "{input}");
        }
    }
}

#[test]
fn what_stands_in_another_object_is_no_loose_text() {
    let input = format!("before {{\"note\":\"inside\",\"list\":[{A},{B}]}} after {A}");
    let loose = |raw: Raw| String::from_utf8_lossy(&raw.loose).into_owned();
    let found: Vec<String> = Scanner::new(input.as_bytes()).map(loose).collect();
    assert_eq!(found[..2], ["before ", ""]);
    assert!(found[2].ends_with(" after "));
}

#[test]
fn records_are_found_whose_quotes_are_entities() {
    let coded = |json: &str| json.replace('&', "&amp;").replace('"', "&quot;");
    let (a, b) = (coded(A), coded(B));
    let cut = coded(r#"{"title":"C","doi":"10.1/c","abstract":"cut"#);
    for (input, expected, faults) in [
        (format!("<li data-x=\"{a}\">\n{B}</li>"), vec![A, B], 0),
        (format!("{B}\n<pre>{{&quot;list&quot;:[{a}, {b}]}}</pre>"), vec![B, A, B], 0),
        (format!("<pre>{a}\n{cut}</pre>\n{b}"), vec![A, B], 1),
        (format!("<li data-x=\"{cut}\">{B}"), vec![B], 1),
        (format!("{cut}\n{A}"), vec![A], 1),
        (format!("{{\"title\":\"{a}\"}}"), vec![&*format!("{{\"title\":\"{a}\"}}")], 0),
        (coded(&a), vec![], 0),
    ] {
        assert_eq!(whole(&input), expected, "{input}");
        assert_eq!(found(&input).iter().filter(|f| f.1.is_some()).count(), faults, "{input}");
    }
    let raws: Vec<Raw> = Scanner::new(b"x\n{&quot;title&quot;:1} y\n{\"title\":2}").collect();
    assert_eq!(raws.iter().map(|raw| raw.line).collect::<Vec<_>>(), [2, 3]);
    assert_eq!((&*raws[0].loose, &*raws[1].loose), (&b"x\n"[..], &b" y\n"[..]));
}

#[test]
fn lines_are_counted() {
    let lines: Vec<usize> = found(&format!("a\r\n\r\n{A}\n\n{B}")).iter().map(|f| f.2).collect();
    assert_eq!(lines, [3, 5]);
}

#[test]
fn braces_without_end_take_linear_time() {
    for part in ["{", "[{", "{\"a\":", "{\"title\":{", "{\"title\":\"", "{ ", "\\\"{", "{&quot;"] {
        // Long enough that squared time would not end.
        let input = part.repeat(1_000_000);
        assert!(Scanner::new(input.as_bytes()).all(|raw| raw.fault.is_some()), "{part}");
    }
}

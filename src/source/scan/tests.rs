use super::string::sign;
use super::*;

/// What a scanner gives of an input that comes in pieces of `piece` bytes: the records, their loose
/// texts, faults and lines.
fn in_pieces(input: &[u8], piece: usize) -> Vec<(String, String, Option<Fault>, usize)> {
    in_pieces_within(Limits::default(), input, piece)
}

fn in_pieces_within(
    limits: Limits,
    input: &[u8],
    piece: usize,
) -> Vec<(String, String, Option<Fault>, usize)> {
    let mut scanner = Scanner::new(limits);
    let mut all = Vec::new();
    let mut rest = input;
    loop {
        let (now, later) = rest.split_at(piece.min(rest.len()));
        rest = later;
        scanner.text().extend(now);
        if rest.is_empty() {
            scanner.end();
        }
        let raws: Vec<Raw> = std::iter::from_fn(|| scanner.next()).collect();
        let text = if raws.is_empty() {
            scanner.drop_text();
            Vec::new()
        } else {
            scanner.take_text()
        };
        let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        all.extend(raws.into_iter().map(|raw| {
            let json = raw.own.unwrap_or_else(|| text[raw.range].to_vec());
            (shown(&json), shown(&text[raw.loose]), raw.fault, raw.line)
        }));
        if rest.is_empty() {
            return all;
        }
    }
}

fn found(input: &str) -> Vec<(String, Option<Fault>, usize)> {
    let all = in_pieces(input.as_bytes(), usize::MAX);
    // However the input comes, what is found in it is the same.
    for piece in [1, 2, 7, 64] {
        if input.len() < 2_000 {
            assert_eq!(in_pieces(input.as_bytes(), piece), all, "in pieces of {piece}: {input}");
        }
    }
    all.into_iter().map(|(json, _, fault, line)| (json, fault, line)).collect()
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
    let all = in_pieces(input.as_bytes(), 5);
    let found: Vec<String> = all.into_iter().map(|raw| raw.1).collect();
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
    let raws = in_pieces(b"x\n{&quot;title&quot;:1} y\n{\"title\":2}", 3);
    assert_eq!(raws.iter().map(|raw| raw.3).collect::<Vec<_>>(), [2, 3]);
    assert_eq!((&*raws[0].1, &*raws[1].1), ("x\n", " y\n"));
}

#[test]
fn records_are_found_in_strings() {
    let coded = |json: &str| json.replace('\\', "\\\\").replace('"', "\\\"").replace('/', "\\/");
    let (a, b) = (coded(A), coded(B));
    let quoted = r#"{"title":"A \"quoted\" \\ word}","doi":"10.1/c"}"#;
    let cut = coded(r#"{"title":"C","doi":"10.1/c","abstract":"cut"#);
    for (input, expected, faults) in [
        (format!("var a = JSON.parse(\"{a}\");\n{B}"), vec![A, B], 0),
        (format!("{{\"code\":200,\"data\":\"[{a},{b}]\"}}"), vec![A, B], 0),
        (format!("{{\"code\":[{{\"data\":\"{a}\"}}],\"x\":\"{{\"}}\n{B}"), vec![A, B], 0),
        (format!("f([1,\"5:{{\\\"list\\\":[{a}]}}\"])"), vec![A], 0),
        (format!("\"{}\"", coded(quoted)), vec![quoted], 0),
        (format!("\"{cut}\" and {B}"), vec![B], 1),
        (format!("{{\"data\":\"{cut}\"}}\n{B}"), vec![B], 1),
        (format!("\"{cut}\n{A}"), vec![A], 1),
        (format!("M{{\\\"u}}ller {a}"), vec![A], 0),
        (format!("f(\"{}\")", coded(&a)), vec![A], 0),
        (format!("{{\"data\":\"{}\"}}", coded(&coded(&a))), vec![A], 0),
        (format!("\"{}\"", a.replace("\\\"", "\\u0022")), vec![A], 0),
        (format!("\"{}\"", a.replace("\\\"", "\\x22")), vec![A], 0),
        (format!("{{\"html\":\"<p data-x='{}'>\"}}", A.replace('"', "&quot;")), vec![A], 0),
        (format!("1,\"{}\",2\n{B}", A.replace('"', "\"\"")), vec![A, B], 0),
        (
            format!("f('{}')", r#"{"title":"It\'s","doi":"\\"10"}"#),
            vec![r#"{"title":"It's","doi":"\"10"}"#],
            0,
        ),
        (
            format!("('{}')", r#"[{"title":"It''s"},{"title":"B"}]"#),
            vec![r#"{"title":"It's"}"#, r#"{"title":"B"}"#],
            0,
        ),
        (format!("f('{B}')"), vec![B], 0),
        (
            r#"the authors' {"title":"5''-UTR and 3'-end"}"#.to_owned(),
            vec![r#"{"title":"5''-UTR and 3'-end"}"#],
            0,
        ),
        (
            r#"the authors'{"title":"5''-UTR and 3'-end"}"#.to_owned(),
            vec![r#"{"title":"5''-UTR and 3'-end"}"#],
            0,
        ),
        (format!("1,\"{}\n{A}\n{B}", cut.replace("\\\"", "\"\"")), vec![A, B], 1),
        (format!("{{\"title\":\"Found\",\"a\":[\"{a}\"],\"b\":Bad(1)}}\n{B}"), vec![A, B], 0),
        (format!("{{\"title\":\"Found\",\"a\":[\"{a}\"],\"b\":NaN}}\n{B}"), vec![A, B], 0),
        // Whatever else the object holds, and however it ends.
        (format!("{{\"a\":[\"{a}\",{B},\"{a}\"]}}"), vec![A, B, A], 0),
        (format!("{{\"a\":\"{a}\",\"t\":new Date()}}\n{B}"), vec![A, B], 0),
        (format!("{{\"a\":\"{a}\",\"n\":1"), vec![A], 0),
        (format!("{{\"title\":\"Found\",\"list\":\"[{a}]\"}}"), vec![A], 0),
        (format!("{{\"title\":\"C\",\"doi\":\"cut\nf(\"{a}\")\n{B}"), vec![A, B], 1),
        // A record is one with what its strings hold.
        (format!("{{\"title\":\"{a}\"}}"), vec![&*format!("{{\"title\":\"{a}\"}}")], 0),
        (format!("{{\"title\":\"C\",\"resultStr\":\"{a}\",\"doi\" \n"), vec![], 1),
        (format!("{{\"title\":\"C\",\"doi\" {{\"x\":\"{a}\"}},\"authors\":\"D\"}}"), vec![], 1),
    ] {
        assert_eq!(whole(&input), expected, "{input}");
        assert_eq!(found(&input).iter().filter(|f| f.1.is_some()).count(), faults, "{input}");
    }
    let input = format!("x\n\"{a}\" y\n{{\"n\":1,\"s\":\"{}\"}} z\n{B}", b.replace(',', ",\\n"));
    let raws = in_pieces(input.as_bytes(), 3);
    assert_eq!(raws.iter().map(|raw| raw.3).collect::<Vec<_>>(), [2, 3, 4]);
    assert_eq!(raws.iter().map(|raw| &*raw.1).collect::<Vec<_>>(), ["x\n\"", "\" y\n", " z\n"]);
}

#[test]
fn lines_are_counted() {
    let lines: Vec<usize> = found(&format!("a\r\n\r\n{A}\n\n{B}")).iter().map(|f| f.2).collect();
    assert_eq!(lines, [3, 5]);
}

#[test]
fn braces_without_end_take_linear_time() {
    for part in [
        "{",
        "[{",
        "{\"a\":",
        "{\"title\":{",
        "{\"title\":\"",
        "{ ",
        "\\\"{",
        "{&quot;",
        "{\\\"a\\\":",
        "{\"a\":\"{\\\"a\\\":\"",
        "{\"title\":\"{",
        "[\"{title",
        "'{\"",
        "''{\"",
        "\\'{\"",
        "'{\"a\":''}",
        "{\"\"a\"\":",
        "{\\\\\\\"a",
        "{\"a\":NaN,",
        "{//\n",
        "{\"authors\":\"Li\",\"doi\":\"10.1/c\"},",
        "{\"d\":[{\"authors\":\"Li\",\"doi\":\"10.1/c\"},",
        "{\"d\":\"{title\",\"e\":",
    ] {
        // Long enough that squared time would not end.
        let input = part.repeat(50_000);
        for piece in [input.len(), 20_000] {
            let found = in_pieces(input.as_bytes(), piece);
            assert!(found.iter().all(|raw| raw.2.is_some()), "{part}");
        }
    }
}

#[test]
fn a_record_with_a_fault_is_given_whole() {
    for fault in [
        r#"{"title":"C" "doi":"10.1/c","journal":{"name":"J"},"abstract":"c"}"#,
        r#"{"title":"C","doi":"10.1/c","journal" {"name":"J"},"abstract":"c"}"#,
        r#"{"title":"C","doi":'10.1/c',"journal":{"name":"J"},"abstract":"c"}"#,
        r#"{"title":"C","journal"={"name":"J"},"doi":"10.1/c"}"#,
        r#"{"title":"A "quoted" word","doi":"10.1/c","journal":{"name":"J"},"abstract":"c"}"#,
        r#"{"title":"An odd " quote","doi":"10.1/c","journal":{"name":"J"},"abstract":"c"}"#,
        r#"{"title":"C","doi":"10.1/c" // why","journal":{"name":"J"},"abstract":"c"}"#,
        r#"{"title" "C","doi":"10.1/c","journal":{"name":"J"}}"#,
        r#"{"title:"C","doi":"10.1/c","journal":{"name":"J"}}"#,
        r#"{"abstract":"its title stands behind the fault" "title":"C"}"#,
        r#"{"title":"C" "rel":{"title":"R","doi":"10.1/r"},"list":[1,{"title":"S"}]}"#,
        r#"{"title":"C","journal":{"name":"J","doi":"10.1/c","resultStr":"{\"title\":\"I\"}"}"#,
        "{\"title\":\"C\"\n  \"doi\":\"10.1/c\",\n  \"journal\":\n  {\n    \"name\":\"J\"\n  }\n}",
        r#"{"title":"C","n":1,"m" 2,"authors":"Its members stand behind the fault"}"#,
        "{\n \"title\":\"C\"\n \"n\":[\n  1,\n  2],\n \"list\":[\n  {\"title\":\"R\"},\n  {\"title\":\"S\"}]\n}",
    ] {
        for (before, behind) in [("", "\n"), ("Text {\n", "\nText\n"), ("[", ",\n")] {
            let input = format!("{A}\n{before}{fault}{behind}{B}\nend");
            let found: Vec<_> = found(&input).into_iter().map(|f| f.0).collect();
            let fault = match behind {
                // What does not close ends with its line.
                ",\n" if !is_closed(fault.as_bytes()) => &format!("{fault},"),
                _ => fault,
            };
            assert_eq!(found, [A, fault, B], "{input}");
        }
    }
}

#[test]
fn a_remark_about_a_rejected_record_is_none() {
    let input = format!("#: a.txt:1: record 1: loss[record-cut-off]: {{\"title\":\"C\n{A}\n");
    assert_eq!(found(&input), [(A.to_owned(), None, 2)]);
}

/// The records of an input that comes in pieces, with limits of `record_size` bytes and a depth of 6.
fn within(record_size: usize, input: &str, piece: usize) -> Vec<Raw> {
    let mut scanner = Scanner::new(Limits { record_size, depth: 6, ..Limits::default() });
    let mut raws = Vec::new();
    for part in input.as_bytes().chunks(piece) {
        scanner.text().extend(part);
        raws.extend(std::iter::from_fn(|| scanner.next()));
    }
    scanner.end();
    raws.extend(std::iter::from_fn(|| scanner.next()));
    raws
}

#[test]
fn a_record_over_a_limit_is_passed_over_whatever_stands_in_it() {
    let long = "x".repeat(300_000);
    let inside = r#""rel":{"title":"R","doi":"10.1/r"},"more":[{"title":"S"}]"#;
    for (over, fault) in [
        (format!(r#"{{"title":"L","abstract":"{long}",{inside}}}"#), Fault::Size),
        (format!(r#"{{"abstract":"{long}",{inside},"title":"L"}}"#), Fault::Size),
        (
            format!(r#"{{"title":"L","n":[[[[[[1]]]]]],"abstract":"{long}",{inside}}}"#),
            Fault::Depth,
        ),
    ] {
        for behind in ["", "\n"] {
            let input = format!("{A}\n{over}{behind}{B}\n");
            let mut all = Vec::new();
            for piece in [1000, 100_000, usize::MAX] {
                all.push(within(2_000, &input, piece));
            }
            assert_eq!(
                all[0].iter().map(|r| r.fault).collect::<Vec<_>>(),
                [None, Some(fault), None]
            );
            assert!(all.iter().all(|raws| *raws == all[0]), "{fault:?}");
        }
    }
}

#[test]
fn a_record_over_a_limit_costs_no_other() {
    let long = format!("{{\"title\":\"{}\",\"doi\":\"10.1/l\"}}", "x".repeat(300));
    let deep = format!("{{\"title\":\"D\",\"doi\":{}{}}}", "[".repeat(9), "]".repeat(9));
    for (over, fault) in [(long, Fault::Size), (deep, Fault::Depth)] {
        let input = format!("[{A},\n{over},\n{B}]\n{over}{A}");
        for piece in [1, 13, 1000] {
            let raws = within(200, &input, piece);
            let faults: Vec<Option<Fault>> = raws.iter().map(|raw| raw.fault).collect();
            assert_eq!(faults, [None, Some(fault), None, Some(fault), None], "{input}");
        }
    }
}

#[test]
fn what_was_given_out_is_forgotten() {
    for frame in ["", "[", "{\"data\":["] {
        let mut scanner = Scanner::new(Limits::default());
        scanner.text().extend(frame.bytes());
        for n in 0..2_000 {
            scanner.text().extend(format!("{B},\n").bytes());
            let mut given = 0;
            while scanner.next().is_some() {
                given += 1;
            }
            if given > 0 {
                scanner.take_text();
            }
            // Of an object it has to be seen first whether it is a record itself.
            let most = if frame.contains('{') { LOOSE + 1_000 } else { 1_000 };
            assert!(scanner.text().len() < most, "{frame}: {} after {n}", scanner.text().len());
        }
    }
    let mut scanner = Scanner::new(Limits::default());
    for _ in 0..100 {
        scanner.text().extend(" no record here { \n".repeat(10_000).bytes());
        assert!(scanner.next().is_none());
        scanner.drop_text();
        assert!(scanner.text().len() <= 2 * LOOSE);
    }
}

#[test]
fn the_first_sign_is_found_wherever_it_stands() {
    for length in 0..200 {
        for (at, byte) in (0..length).flat_map(|at| b"\"\\\n".map(|byte| (at, byte))) {
            let mut text = b"\x0b#]\x8a\xa2\xdc!\x00".repeat(25)[..length].to_vec();
            assert_eq!(sign(&text), None);
            text[at] = byte;
            assert_eq!(sign(&text), Some(at));
            text[at..].fill(byte);
            assert_eq!(sign(&text), Some(at));
        }
    }
}

#[test]
fn what_is_nearly_a_record_is_found_whole_wherever_the_input_is_cut() {
    let headless = r#""title":"C","journal" : {"name":"J {"},"doi":"10.1/c"}"#;
    let untitled = r#"{"authors":["Li"],"doi":"10.1/c"}"#;
    let csl = r#"{"title":"C","DOI":"10.1/c","author":[]}"#;
    let other = r#"{"authors":[],"doi":-1} { "doi": 1 } } {"sort":{"authors":1,"journal":"J"}}"#;
    for (input, expected) in [
        (headless.to_owned(), vec![(headless, Some(Fault::Headless))]),
        (format!("{A}\n{headless}"), vec![(A, None), (headless, Some(Fault::Headless))]),
        (format!("a {{ b }} {headless}{A}"), vec![(headless, Some(Fault::Headless)), (A, None)]),
        (format!("f() {{ x {headless}{A}"), vec![(A, None)]),
        (format!("[{untitled},{A}]"), vec![(untitled, Some(Fault::Untitled)), (A, None)]),
        (
            format!("{{\"data\":{{\"list\":[{A},{untitled},{csl}]}}}}"),
            vec![(A, None), (untitled, Some(Fault::Untitled)), (csl, Some(Fault::Csl))],
        ),
        (
            format!("{{\"data\":{{\"list\":[{untitled}]}}}}"),
            vec![(untitled, Some(Fault::Untitled))],
        ),
        (format!("{other}{A}{other}"), vec![(A, None)]),
        (format!("#: x:1: {headless}\n{A}"), vec![(A, None)]),
        (
            "\"resultStr\":\"{\n&quot;\"}".to_owned(),
            vec![("\"resultStr\":\"{\n&quot;\"}", Some(Fault::Headless))],
        ),
    ] {
        let all = found(&input);
        let all: Vec<_> = all.iter().map(|(json, fault, _)| (json.as_str(), *fault)).collect();
        assert_eq!(all, expected, "{input}");
    }
    let record = format!("{{\"references\":[{untitled}],\"title\":\"A\",\"doi\":\"10.1/a\"}}");
    assert_eq!(whole(&record), [&*record]);
}

#[test]
fn the_members_of_an_object_come_in_any_order() {
    let title = r#"{"title":"Vol. 3"}"#;
    let untold = r#"{"authors":"C","doi":"10.1/u"}"#;
    for (input, expected) in [
        (format!("[{{\"issue\":{title},\"title\":\"C\",\"doi\":\"10.1/c\"}},{A}]"), 2),
        (
            format!(
                "{{\"list\":[{{\"id\":1,\"rel\":[{A},{B}],\"title\":\"C\",\"authors\":\"D\"}},{A}]}}"
            ),
            2,
        ),
        (
            format!(
                "{{\"x\":\"{{title}}\",\"rel\":[{untold}],\"title\":\"C\",\"doi\":\"10.1/c\"}}"
            ),
            1,
        ),
        // What has a title inside of it, and nothing else.
        (r#"{"title":"C","journal":{"title":"J"},"publicationDate":"2020"}"#.to_owned(), 1),
        (
            r#"{"TitleCN":"甲","PeriodicalId":1,"crumbs":[{"title":"Home","url":"/"}]}"#.to_owned(),
            1,
        ),
        (r#"{"TitleCN":"甲","PMCID":"PMC1","category":{"title":"Medicine"}}"#.to_owned(), 1),
        // A journal with its records, and a page of them.
        (format!("{{\"PeriodicalId\":1,\"title\":\"J\",\"journal\":{{}},\"list\":[{A},{B}]}}"), 2),
        (format!("{{\"list\":[{A},{B}],\"title\":\"Found\",\"journal\":{{}}}}"), 2),
    ] {
        assert_eq!(whole(&input).len(), expected, "{input}");
        assert!(found(&input).iter().all(|f| f.1.is_none()), "{input}");
    }
}

#[test]
fn a_fault_before_the_first_known_member_is_told() {
    let rest = r#""title":"C","authors":"D","doi":"10.1/c"}"#;
    for begin in [
        "{\"n\":NaN,",
        "{ // first\n",
        "{ /* { */ # second\n",
        "{\n\u{A0}\u{A0}",
        "{\u{3000}\u{200B}",
        "{\"n\":Infinity,/* why */",
    ] {
        let input = format!("{A}\n{begin}{rest}\n{B}");
        let found = found(&input);
        assert!(found.len() == 3 && found.iter().all(|f| f.1.is_none()), "{input}: {found:?}");
    }
    for begin in
        ["{\"_id\" : ObjectId(\"5f0\"), ", "{\"n\" 5,", "{\"n\":{\"a\":1},\"d\":new Date(1),"]
    {
        let input = format!("{A}\n{begin}{rest}\n{B}");
        let faults: Vec<_> = found(&input).into_iter().map(|f| f.1).collect();
        assert_eq!(faults, [None, Some(Fault::Syntax), None], "{input}");
    }
    // Not all of it need be here, nor near.
    for (long, faults) in [(70_000, [None, None]), (60_000, [None, None])] {
        let long = "x".repeat(long);
        let input = format!(
            "{{\"n\":NaN,\"title\":\"C\",\"doi\":\"10.1/c\",\"abstract\":\"{long}\"}}\n{B}"
        );
        let found: Vec<_> = found(&input).into_iter().map(|f| f.1).collect();
        assert_eq!(found, faults);
    }
    let cut = format!("{{\"n\":NaN,\"title\":\"C\",\"doi\":\"10.1/c\",\"abs\n<p>{B}");
    assert_eq!(found(&cut).iter().filter(|f| f.1.is_some()).count(), 1);
    for wrong in ["NaN", "5, // why\n\u{A0}\"v\":6"] {
        for list in [
            format!("{{\"PeriodicalId\":{wrong},\"title\":\"J\",\"list\":[{A},{B}]}}"),
            format!("{{\"title\":\"Found\",\"took\":{wrong},\"rows\":[{A},{B}]}}"),
        ] {
            assert_eq!(whole(&list), [A, B], "{list}");
        }
    }
    // What the records came in is none.
    for begin in ["{\"n\":NaN,", "{\"n\":N,"] {
        let list = format!("{begin}\"title\":\"Found\",\"list\":[{A},{B}]}}");
        assert_eq!(whole(&list), [A, B], "{list}");
    }
}

#[test]
fn behind_a_number_no_value_is_waited_for() {
    let input = format!("{{\"title\":\"C\",\"authors\":\"D\",\"year\":2020\n{A}\n{B}");
    let faults: Vec<_> = found(&input).into_iter().map(|f| f.1).collect();
    assert_eq!(faults, [Some(Fault::Syntax), None, None]);
}

#[test]
fn citations_far_before_a_record_are_kept() {
    let far = "x".repeat(2 * LOOSE);
    let citation = "\n@article{k, title={T}}\n";
    for input in [
        format!("{A}{citation}{far}{B}"),
        format!("{citation}{far}{A}"),
        format!("{A}{citation}{far}"),
    ] {
        let mut scanner = Scanner::new(Limits::default());
        scanner.text().extend(input.bytes());
        scanner.end();
        while scanner.next().is_some() {}
        scanner.tail();
        let missed = scanner.take_missed();
        let line = if input.starts_with(A) { 1 } else { 2 };
        assert_eq!(missed.len(), 1, "{line}");
        assert!(String::from_utf8_lossy(&missed[0].1).contains("@article"));
    }
}

/// A list of records that is longer than what is kept back for an object around it.
fn long_list() -> (usize, String) {
    let long = "x".repeat(1_000);
    let inner = format!("{{\"title\":\"C\",\"doi\":\"10.1/c\",\"abstract\":\"{long}\"}}");
    (100, vec![inner.as_str(); 100].join(",\n"))
}

#[test]
fn an_object_that_tells_behind_its_records_that_it_is_one_is_told() {
    let (count, list) = long_list();
    let own = "\"title\":\"Late\",\"doi\":\"10.1/late\",\"year\":2020";
    let inner = "{\"title\":\"In\",\"doi\":\"10.1/in\"";
    let long = "y".repeat(2 * LOOSE);
    // All of it is told, also where other records stand in it; a fault ends no earlier than it does.
    for (end, told, fault) in [
        (format!("{own}}}"), format!("{own}}}"), Fault::Late),
        (format!("\"n\":[1],{own}}}"), format!("{own}}}"), Fault::Late),
        (format!("{own},\"n\":[\"{long}\"]}}"), format!("{own},\"n\":[\"{long}\"]}}"), Fault::Late),
        (format!("{own},\"c\":[{inner}}}]}}"), format!("{own},\"c\":[{inner}}}]}}"), Fault::Late),
        (
            format!("{own},\"resultStr\":\"{{\\\"title\\\":\\\"Late\\\"}}\"}}"),
            format!("{own},\"resultStr\":\"{{\\\"title\\\":\\\"Late\\\"}}\"}}"),
            Fault::Late,
        ),
        (format!("{own},"), format!("{own},"), Fault::Syntax),
        (
            format!("{own},\"n\":NaN,\"pages\":\"1\"}}"),
            format!("{own},\"n\":NaN,\"pages\":\"1\"}}"),
            Fault::Syntax,
        ),
        (
            format!("{own},\"c\":[{inner},\"n\":NaN}}]}}"),
            format!("{own},\"c\":[{inner},\"n\":NaN}}]}}"),
            Fault::Syntax,
        ),
    ] {
        let input = format!("{A}\n{{\"id\":1,\"cited\":[{list}],\n{end}\n{B}");
        let mut all = found(&input);
        for piece in [1_000, 4_096, 100_000] {
            let pieces = in_pieces(input.as_bytes(), piece);
            let pieces: Vec<_> = pieces.into_iter().map(|f| (f.0, f.2, f.3)).collect();
            assert_eq!(pieces, all, "in pieces of {piece}: {end}");
        }
        let (text, why, line) = all.remove(1 + count);
        assert_eq!((text.trim_end(), why, line), (&*told, Some(fault), 102), "{end}");
        assert_eq!(all.len(), 2 + count, "{end}");
        assert!(all.iter().all(|f| f.1.is_none()), "{end}");
    }
    // It is no loose text of a record that is found behind.
    let input = format!(
        "{{\"cited\":[{list}],\"name\":\"N\",\"title\":\"Found\",\"more\":[{B}]}} text {A}"
    );
    let all = in_pieces(input.as_bytes(), usize::MAX);
    let loose: Vec<_> = all[count..].iter().map(|f| (&*f.0, &*f.1)).collect();
    assert_eq!(loose, [(B, ""), (A, " text ")]);
    // What only the records came in is none, nor their journal, nor what says nothing.
    for end in [
        "\"title\":\"Found\",\"total\":100",
        "\"title\":\"J\",\"PeriodicalId\":1",
        "\"title\":\"Found\",\"doi\":null,\"abstract\": \"\"",
    ] {
        let all = found(&format!("{{\"cited\":[{list}],{end}}}\n{B}"));
        assert_eq!(all.len(), 1 + count, "{end}");
        assert!(all.iter().all(|f| f.1.is_none()), "{end}");
    }
}

#[test]
fn what_records_came_in_can_be_longer_than_a_record_may_be() {
    let (count, list) = long_list();
    for input in [
        format!("{{\"title\":\"Export\",\"items\":[{list}],\"total\":100}}{A}"),
        format!("{{\"title\":\"Export\",\"items\":[{list}],\"title\":\"E\",\"n\":[{A}]}}"),
        format!("{{\"journal\":\"J\",\"all\":{{\"title\":\"1\",\"items\":[{list}]}}}}{A}"),
    ] {
        for piece in [1_000, 10_000, usize::MAX] {
            let limits = Limits { record_size: 20_000, ..Limits::default() };
            let all = in_pieces_within(limits, input.as_bytes(), piece);
            let faults: Vec<_> = all.into_iter().map(|f| f.2).collect();
            assert_eq!(faults, vec![None; 1 + count], "in pieces of {piece}");
        }
    }
}

#[test]
fn members_that_say_nothing_make_no_work_of_what_records_came_in() {
    for (nothing, whole_list) in [
        ("null", true),
        (" null", true),
        ("\"\"", true),
        ("\"10.1/x\"", false),
        ("\"null\"", false),
    ] {
        for input in [
            format!("{{\"title\":\"Found\",\"doi\":{nothing},\"items\":[{A},{B}]}}"),
            format!("{{\"items\":[{A},{B}],\"title\":\"Found\",\"doi\":{nothing}}}"),
        ] {
            let expected = if whole_list { vec![A, B] } else { vec![&*input] };
            assert_eq!(whole(&input), expected, "{input}");
        }
        // With no record inside it is one.
        let alone = format!("{{\"title\":\"T\",\"doi\":{nothing},\"n\":1}}");
        assert_eq!(whole(&alone), [&*alone]);
    }
}

#[test]
fn a_fault_in_a_part_of_a_record_costs_no_member_before_it() {
    for fault in ["NaN", "1 // impact\n", "\"a\nb\""] {
        for input in [
            format!(
                "{{\"doi\":\"10.1/own\",\"authors\":\"B\",\"refs\":[{{\"title\":\"In\",\"doi\":\"10.1/in\",\
                 \"n\":{fault}}}],\"title\":\"Own\",\"year\":2020}}"
            ),
            format!(
                "{{\"authors\":\"B\",\"refs\":[{A},{{\"title\":\"In\",\"doi\":\"10.1/in\",\"n\":{fault}}},{A}],\
                 \"title\":\"Own\",\"resultStr\":\"{{\\\"title\\\":\\\"Own\\\"}}\",\"doi\":\"10.1/own\"}}"
            ),
        ] {
            let all = found(&format!("{input}\n{B}"));
            let [(own, None, 1), (b, None, _)] = &all[..] else { panic!("{input}: {all:?}") };
            assert!(own.contains("10.1/own") && own.contains("\"Own\"") && b == B, "{own}");
        }
    }
}

#[test]
fn members_in_a_list_are_told_where_a_bracket_is_lost() {
    let own = "\"title\":\"Own\",\"doi\":\"10.1/own\"}";
    for input in [
        format!("{{\"year\":2020,\"refs\":[{A},{own}\n{B}"),
        format!("{{\"list\":[{A},\n{own},\n{B}]}}"),
        format!("{{\"title\":\"Found\",\"list\":[{A},\n{own},\n{B}]}}"),
        format!("[{A},\n{own},\n{B}]"),
    ] {
        let all: Vec<_> = found(&input).into_iter().map(|f| (f.0, f.1)).collect();
        let told = (own.to_owned(), Some(Fault::Headless));
        assert_eq!(all, [(A.to_owned(), None), told, (B.to_owned(), None)], "{input}");
    }
}

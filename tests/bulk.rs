//! Many records: the same bytes whatever the cores, constant memory, limits, rejects, and runs that
//! are stopped.

mod support;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use support::{Run, bibilingual, bibilingual_with, cases, data_dir};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn read(folder: &tempfile::TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

/// A record of a page, `n` telling it from others.
fn record(n: usize) -> String {
    format!(
        "{{\"title\":\"镁在成瘾中的作用 {n}\",\"authors\":\"Ann Lee, Bo Yu\",\"doi\":\"10.1/{n}\",\
         \"publicationDate\":\"2020-01-01\",\"resultStr\":\"{{\\\"title\\\":\\\"Magnesium {n}\\\"}}\"}}\n"
    )
}

fn records(range: std::ops::Range<usize>) -> String {
    range.map(record).collect()
}

/// Every input of the test data one behind the other, several times: more than fits into one batch.
fn everything() -> Vec<u8> {
    let inputs = cases().into_iter().map(|case| fs::read(case.folder.join(&case.input)).unwrap());
    let once: Vec<u8> = inputs.flat_map(|input| [input, b"\n\n".to_vec()]).flatten().collect();
    once.repeat(1 + 600_000 / once.len())
}

#[test]
fn the_bytes_are_the_same_whatever_the_jobs() {
    let folder = folder();
    fs::write(folder.path().join("in.txt"), everything()).unwrap();
    for options in [&[][..], &["--no-join"], &["--stream"], &["--stream", "--key-suffix", "hash"]] {
        let mut runs = Vec::new();
        for jobs in ["1", "2", "7"] {
            let out: Vec<String> = ["bib", "ris", "json"].map(|e| format!("{jobs}.{e}")).into();
            let mut args = vec!["convert", "in.txt", "--jobs", jobs];
            args.extend(out.iter().flat_map(|out| ["-o", out]));
            args.extend(options);
            let run = bibilingual(folder.path(), &args);
            assert!(run.code < 2, "{}", run.stderr);
            assert!(!run.stderr.contains(['\r', '\u{1b}']), "a progress bar in a pipe");
            let out: Vec<String> = out.iter().map(|out| read(&folder, out)).collect();
            runs.push((run.code, run.stderr, out));
        }
        for run in &runs[1..] {
            assert!(run == &runs[0], "{options:?}");
        }
    }
}

#[test]
fn more_jobs_than_there_can_be_threads_give_the_same_bytes() {
    let folder = folder();
    fs::write(folder.path().join("in.txt"), records(0..300)).unwrap();
    let one = bibilingual(folder.path(), &["convert", "in.txt", "--jobs", "1"]);
    let jobs = usize::MAX.to_string();
    let many = bibilingual(folder.path(), &["convert", "in.txt", "--jobs", &jobs, "-o", "a.bib"]);
    assert_eq!((many.code, many.stderr), (0, one.stderr));
    assert!(read(&folder, "a.bib") == one.stdout);
    assert_eq!(support::file_names(folder.path()), ["a.bib", "in.txt"]);
}

#[test]
fn a_stream_gives_what_reading_the_whole_gives_where_nothing_is_joined() {
    let folder = folder();
    fs::write(folder.path().join("in.txt"), everything()).unwrap();
    let whole = bibilingual(folder.path(), &["convert", "in.txt", "-q", "--no-join"]);
    let stream = bibilingual(folder.path(), &["convert", "in.txt", "-q", "--stream"]);
    assert!(whole.stdout.len() > 200_000);
    assert!(whole.stdout == stream.stdout && whole.code == stream.code);
}

#[test]
fn a_stream_tells_repeated_dois_and_keeps_both() {
    let input = record(1) + &record(2) + &record(1).replace("2020", "2021");
    let run = bibilingual_with(Path::new("."), &["convert", "--stream"], input.as_bytes());
    assert_eq!((run.code, run.stdout.matches("@article").count()), (0, 3), "{}", run.stderr);
    let told = "standard input:3: record 3: doi: warning[repeated]: 10.1/1: kept: ";
    assert!(run.stderr.contains(told), "{}", run.stderr);
}

#[test]
fn arrays_and_wrapped_arrays_of_any_length_are_streamed() {
    let many: Vec<String> = (0..3_000).map(record).collect();
    let expected = bibilingual_with(Path::new("."), &["convert", "-q"], many.concat().as_bytes());
    for input in [
        format!("[{}]", many.join(",")),
        format!("{{\"code\":0,\"data\":{{\"list\":[{}]}},\"total\":3000}}", many.join(",")),
        format!("最新文献\n{}", many.join("引用次数: 0\n")),
    ] {
        let run =
            bibilingual_with(Path::new("."), &["convert", "-q", "--stream"], input.as_bytes());
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        assert!(run.stdout == expected.stdout, "{}", &input[..60]);
    }
}

#[test]
fn compressed_files_are_read_and_written() {
    let folder = folder();
    let input = records(0..2_000);
    let plain = bibilingual_with(folder.path(), &["convert", "-q"], input.as_bytes()).stdout;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&input.as_bytes()[..1_000]).unwrap();
    // Two members behind each other, as `cat a.gz b.gz` makes them.
    let mut members = gzip.finish().unwrap();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&input.as_bytes()[1_000..]).unwrap();
    members.extend(gzip.finish().unwrap());
    fs::write(folder.path().join("in.jsonl.gz"), &members).unwrap();
    let packed = zstd::encode_all(input.as_bytes(), 1).unwrap();
    fs::write(folder.path().join("in.jsonl.zst"), &packed).unwrap();
    for name in ["in.jsonl.gz", "in.jsonl.zst"] {
        let args = ["convert", "-q", name, "-o", "a.bib.gz", "-o", "a.bib.zst", "-o", "a.bib"];
        let run = bibilingual(folder.path(), &args);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{name}");
        let file = |name: &str| fs::read(folder.path().join(name)).unwrap();
        let mut unpacked = String::new();
        let gzip = file("a.bib.gz");
        flate2::read::GzDecoder::new(&gzip[..]).read_to_string(&mut unpacked).unwrap();
        assert!(unpacked == plain, "{name}");
        assert!(zstd::decode_all(&file("a.bib.zst")[..]).unwrap() == plain.as_bytes(), "{name}");
        assert!(file("a.bib") == plain.as_bytes(), "{name}");
    }
    // pzstd begins with a frame that is to be skipped; tapes fill up with zeros.
    let frame = [&[0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4][..], &packed].concat();
    let zeros = [&members[..], &[0; 70_000]].concat();
    for (name, bytes) in [("pzstd.zst", frame), ("tape.gz", zeros)] {
        fs::write(folder.path().join(name), bytes).unwrap();
        let run = bibilingual(folder.path(), &["convert", "-q", name]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{name}");
        assert!(run.stdout == plain, "{name}");
    }
    for rest in [&b"x"[..], &[0, 0, 1], &[&[0][..], &members].concat()] {
        fs::write(folder.path().join("rest.gz"), [&members[..], rest].concat()).unwrap();
        let run = bibilingual(folder.path(), &["convert", "-q", "rest.gz"]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert!(run.stderr.starts_with("rest.gz: cannot be read: "), "{}", run.stderr);
        assert!(run.stdout == plain);
    }
    // One that breaks off gives what stands before, and says so.
    fs::write(folder.path().join("cut.gz"), &members[..members.len() / 2]).unwrap();
    let run = bibilingual(folder.path(), &["convert", "cut.gz", "-o", "cut.bib"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("cut.gz: cannot be read: "), "{}", run.stderr);
    let entries = read(&folder, "cut.bib").matches("@article").count();
    assert!((100..2_000).contains(&entries), "{entries}");
}

#[test]
fn a_page_that_was_saved_as_one_file_is_read() {
    let folder = folder();
    let page = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\nMIME-Version: 1.0\r\n\
                Content-Type: multipart/related;\r\n\tboundary=3D\"----x\"\r\n\r\n------x\r\n\
                Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                <pre>{\"title\":\"=E9=95=81=E5=9C=A8=E6=88=90=E7=98=BE\",\"doi\":\"10.1000/a\",\"result=\r\nStr\":\"{\\\"title\\\":\\\"A =\r\n=3D B of magnesium=\r\n\\\"}\"}</pre>\r\n------x\r\n\
                Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------x--\r\n\
                \u{9995}: not ASCII, as it is; {\"title\":\"\u{9995}\",\"doi\":\"10.1000/b\"}\r\n";
    fs::write(folder.path().join("page.mhtml"), page).unwrap();
    let run = bibilingual(folder.path(), &["convert", "page.mhtml"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for line in ["title = {A = {B} of magnesium}", "titletranslation = {镁在成瘾}", "title = {馕}"]
    {
        assert!(run.stdout.contains(line), "{line}: {}", run.stdout);
    }
}

#[test]
fn rejects_can_be_mended_where_they_stand() {
    let folder = folder();
    let cut = "{\"title\":\"Cut off\",\"doi\":\"10.1/cut\",\"abstract\":\"it ends he";
    let broken = "{\"title\":\"Broken\",\"doi\":\"10.1/broken\",\"authors\":tru}";
    let loose = "Broken 破损的记录\nJournal of Loss Pub Date : 2021-02-03 DOI: 10.1/broken";
    let input = format!("{}{cut}\n{}{loose}\n{broken}\n{}", record(1), record(2), record(3));
    fs::write(folder.path().join("in.txt"), &input).unwrap();
    let args = ["convert", "in.txt", "-o", "a.bib", "--rejects", "rejects.txt"];
    let run = bibilingual(folder.path(), &args);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(read(&folder, "a.bib").matches("@article").count(), 3);
    let rejects = read(&folder, "rejects.txt");
    let (first, second) = rejects.split_once("\n\n").unwrap();
    assert!(first.starts_with("#: in.txt:2: record 2: loss[record-cut-off]: "), "{rejects}");
    assert!(first.ends_with(&format!("\n{cut}")), "{rejects}");
    assert!(second.starts_with("#: in.txt:6: record 4: loss[record-broken]: "), "{rejects}");
    assert!(second.ends_with(&format!("\n{loose}\n{broken}\n\n")), "{rejects}");

    let mended = rejects.replace("it ends he", "it ends here\"}").replace(":tru}", ":\"A Lee\"}");
    fs::write(folder.path().join("mended.txt"), mended).unwrap();
    let args = ["convert", "mended.txt", "-o", "b.bib", "--rejects", "rejects.txt"];
    let run = bibilingual(folder.path(), &args);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let bib = read(&folder, "b.bib");
    for line in ["abstract = {it ends here}", "titletranslation = {破损的记录}", "year = {2021}"]
    {
        assert!(bib.contains(line), "{line}: {bib}");
    }
    assert!(!bib.contains("#:"), "{bib}");
    assert_eq!(read(&folder, "rejects.txt"), "", "nothing was rejected");

    // What nothing could be made of is there to be mended all the same.
    fs::write(folder.path().join("in.txt"), cut).unwrap();
    let run = bibilingual(folder.path(), &["convert", "in.txt", "--rejects", "rejects.txt"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    assert!(read(&folder, "rejects.txt").ends_with(&format!("\n{cut}\n\n")));
}

#[test]
fn rejects_of_records_in_strings_hold_them_alone() {
    let folder = folder();
    let untitled = "{\"authors\":\"A Lee\",\"doi\":\"10.1/u\",\"abstract\":\"None\"}";
    let cut = "{\"title\":\"Cut\",\"doi\":\"10.1/cut";
    let list = format!("{{\"list\":[{},{untitled},{}]}}", record(1).trim(), record(2).trim());
    let coded = |json: &str| json.replace('\\', "\\\\").replace('"', "\\\"");
    let input = format!("f(\"{}\");\ng(\"{}\");\n", coded(&list), coded(cut));
    fs::write(folder.path().join("in.html"), &input).unwrap();
    let args = ["convert", "in.html", "-o", "a.bib", "--rejects", "rejects.txt"];
    let run = bibilingual(folder.path(), &args);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(read(&folder, "a.bib").matches("@article").count(), 2);
    let rejects = read(&folder, "rejects.txt");
    let (first, second) = rejects.split_once("\n\n").unwrap();
    assert!(first.starts_with("#: in.html:1: record 2: loss[record-broken]: "), "{rejects}");
    assert!(first.ends_with(&format!("\n{untitled}")), "{rejects}");
    assert!(second.starts_with("#: in.html:2: record 4: loss[record-cut-off]: "), "{rejects}");
    assert!(second.ends_with(&format!("\n{cut}\n\n")), "{rejects}");
}

#[test]
fn strings_of_a_wrapper_longer_than_a_record_may_be_are_all_read() {
    let folder = folder();
    let coded = |n: usize| format!("{{\"json\":{:?}}}", record(n).trim());
    let rows: Vec<String> = (0..500).map(coded).collect();
    fs::write(folder.path().join("in.json"), format!("{{\"rows\":[{}]}}", rows.join(","))).unwrap();
    for stream in [&["--stream"][..], &[]] {
        let args = ["convert", "in.json", "-o", "a.bib", "--max-record-size", "8K"];
        let run = bibilingual(folder.path(), &[&args, stream].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(read(&folder, "a.bib").matches("@article").count(), 500);
    }
}

#[test]
fn a_record_whose_title_stands_behind_many_others_is_told_and_goes_out_when_it_is_mended() {
    let folder = folder();
    let cited = records(0..1000).trim_end().replace('\n', ",\n");
    let own = "\"title\":\"A late title\",\"doi\":\"10.1/late\",\"authors\":\"A Lee\"}";
    let input = format!("{{\"id\":1,\"cited\":[\n{cited}],\n{own}\n");
    fs::write(folder.path().join("in.json"), input).unwrap();
    for stream in [&[][..], &["--stream"]] {
        let args = ["convert", "in.json", "-o", "a.bib", "--rejects", "rejects.txt"];
        let run = bibilingual(folder.path(), &[&args, stream].concat());
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert_eq!(read(&folder, "a.bib").matches("\n@").count(), 999);
        let rejects = read(&folder, "rejects.txt");
        let told = "#: in.json:1002: record 1001: loss[record-broken]: \"title\":\"A late title\",";
        assert!(rejects.starts_with(told), "{rejects}");
        assert_eq!(rejects.split_once('\n').unwrap().1, format!("{own}\n\n"));
        fs::write(folder.path().join("mended.txt"), rejects.replace(own, &format!("{{{own}")))
            .unwrap();
        let args = ["convert", "mended.txt", "-o", "b.bib", "--rejects", "rejects.txt"];
        let run = bibilingual(folder.path(), &args);
        assert_eq!((run.code, &*read(&folder, "rejects.txt")), (0, ""), "{}", run.stderr);
        assert!(read(&folder, "b.bib").contains("A late title"));
    }
}

#[test]
fn a_record_with_a_fault_goes_into_the_rejects_whole_and_goes_out_when_it_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let good = r#"{"title":"Ducks","authors":"Ann Lee","doi":"10.1234/d"}"#;
    let comma = r#"{"title":"Geese","authors":"Bo Yu" "journal":{"name":"J"},"doi":"10.1234/g"}"#;
    let brace = r#"{"title":"Swans","journal":{"name":"J","authors":"Bo Yu","doi":"10.1234/s","resultStr":"{\"title\":\"Inside\"}"}"#;
    fs::write(folder.path().join("in.jsonl"), format!("{good}\n{comma}\n{brace}\n")).unwrap();
    let args = ["convert", "in.jsonl", "-o", "a.ris", "--rejects", "rejects.txt"];
    let run = bibilingual(folder.path(), &args);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("loss[record-broken]: expected `,` or `}`"), "{}", run.stderr);
    assert_eq!(read(&folder, "a.ris").matches("TY  - ").count(), 1);
    let rejects = read(&folder, "rejects.txt");
    let lines: Vec<&str> = rejects.lines().filter(|line| line.starts_with('{')).collect();
    assert_eq!(lines, [comma, brace]);
    // The remarks show the beginning of the records, and are none themselves.
    let mended =
        rejects.replace("\" \"journal", "\",\"journal").replace("\"J\",\"auth", "\"J\"},\"auth");
    fs::write(folder.path().join("mended.txt"), mended).unwrap();
    let args = ["convert", "mended.txt", "-o", "b.ris", "--rejects", "rejects.txt"];
    let run = bibilingual(folder.path(), &args);
    assert_eq!((run.code, &*read(&folder, "rejects.txt")), (0, ""), "{}", run.stderr);
    assert!(run.stderr.contains("2 records, 2 entries"), "{}", run.stderr);
}

#[test]
fn what_a_template_rejects_is_in_the_rejects_once() {
    let folder = folder();
    fs::write(folder.path().join("t.bib.j2"), "@article{ {{- entry.key }},\n}{{ entry.doi }}")
        .unwrap();
    let input = record(1) + &record(2);
    let args = ["convert", "--template", "t.bib.j2", "-o", "a.bib", "--rejects", "r.txt"];
    let run = bibilingual_with(folder.path(), &args, input.as_bytes());
    assert_eq!(run.code, 2, "{}", run.stderr);
    let rejects = read(&folder, "r.txt");
    assert_eq!(rejects.matches("loss[not-read-back]").count(), 2, "{rejects}");
    assert!(rejects.contains(record(1).trim_end()) && rejects.contains(record(2).trim_end()));
    let run = bibilingual(folder.path(), &["convert", "r.txt", "-q"]);
    let direct = bibilingual_with(folder.path(), &["convert", "-q"], input.as_bytes());
    assert_eq!((run.code, run.stdout), (0, direct.stdout));
}

#[test]
fn a_record_over_a_limit_is_rejected_with_its_place_and_the_rest_goes_on() {
    let long = record(2).replace("镁", &"镁".repeat(2_000));
    let deep = record(3).replace("\"Ann Lee, Bo Yu\"", "[[[[\"Ann Lee\"]]]]");
    let many = record(4).replace("Ann Lee", &vec!["Ann Lee"; 40].join(", "));
    let input = [record(1), long, deep, many, record(5)].concat();
    let limits = ["--max-record-size", "4K", "--max-depth", "4", "--max-authors", "40"];
    let args = [&["convert"][..], &limits].concat();
    let run = bibilingual_with(Path::new("."), &args, input.as_bytes());
    assert_eq!((run.code, run.stdout.matches("@article").count()), (1, 2), "{}", run.stderr);
    for told in [
        ":2: record 2: loss[over-limit]: ",
        "longer than 4096 bytes: raise --max-record-size",
        ":3: record 3: loss[over-limit]: ",
        "more than 4 deep",
        ":4: record 4: authors: loss[over-limit]: 41 authors: left out; the limit is 40: raise --max-authors",
    ] {
        assert!(run.stderr.contains(told), "{told}\n{}", run.stderr);
    }
    let run = bibilingual_with(Path::new("."), &["convert", "-q"], input.as_bytes());
    assert_eq!(run.stdout.matches("@article").count(), 5);
    let one = record(1).replace("Ann Lee, Bo Yu", "Ann Lee");
    let args = ["convert", "--max-authors", "0"];
    let run = bibilingual_with(Path::new("."), &args, one.as_bytes());
    assert!(run.stderr.contains("loss[over-limit]: 1 author: left out"), "{}", run.stderr);
}

#[test]
fn rejects_of_reference_files_hold_the_record_and_no_neighbour() {
    let folder = folder();
    let item = |key: &str, rest: &str| format!("{{\"id\":\"{key}\",\"type\":\"book\"{rest}}}");
    let people = |n: usize| vec!["{\"family\":\"Q\"}"; n].join(",");
    let (one, many) =
        (format!(",\"author\":[{}]", people(1)), format!(",\"author\":[{}]", people(3)));
    let ris = |n: usize| format!("TY  - BOOK\nTI  - T {n}\n{}ER  -", "AU  - Q, R\n".repeat(n));
    let enw = |n: usize| format!("%0 Book\n%T T {n}\n{}", "%A Q, R\n".repeat(n));
    for (name, input, rejected) in [
        (
            "a.bib",
            "@misc{a, title={A}} @misc{b, title={x} y} @misc{c, title={C}}".to_owned(),
            "@misc{b, title={x} y}".to_owned(),
        ),
        (
            "b.bib",
            "@misc{a, author={Q}} @misc{b, author={Q and R and S}} @misc{c, author={Q}}".to_owned(),
            "@misc{b, author={Q and R and S}}".to_owned(),
        ),
        (
            "c.csljson",
            format!("[{}, {}, {}]", item("a", &one), item("b", &many), item("c", &one)),
            item("b", &many),
        ),
        ("d.csljson", format!("[{}, {{}}, {}]", item("a", ""), item("c", "")), "{}".to_owned()),
        ("e.ris", format!("{}\n{}\n{}\n", ris(1), ris(3), ris(2)), ris(3)),
        ("f.enw", format!("{}\n{}\n{}", enw(1), enw(3), enw(2)), enw(3)),
    ] {
        fs::write(folder.path().join(name), input).unwrap();
        let args = ["convert", name, "--max-authors", "2", "--rejects", "rejects.txt"];
        let run = bibilingual(folder.path(), &args);
        assert_eq!(run.code, 1, "{name}: {}", run.stderr);
        let rejects = read(&folder, "rejects.txt");
        let text: Vec<&str> = rejects.lines().filter(|line| !line.starts_with("#: ")).collect();
        assert_eq!(text.join("\n").trim(), rejected.trim(), "{name}: {rejects}");
        assert!(rejects.starts_with(&format!("#: {name}:")), "{name}: {rejects}");
    }
}

#[test]
fn rejects_of_a_bib_have_the_strings_that_they_name_and_their_order() {
    let folder = folder();
    let input = "@string{jx = {Journal of X}}\n@string{other = {Y}}\n@string(both = jx # \" and \" # jx)\n\
                 @article{many, title={T}, author={A and B and C}, journal = JX}\n@misc{good, title={jx}}\n\
                 @article{broken, title={x} y, journal = {In } # both}\n\
                 @misc{too, title={jx = other}, author={A and B and C}}\n";
    fs::write(folder.path().join("in.bib"), input).unwrap();
    let args = ["convert", "in.bib", "--max-authors", "2", "--rejects", "r.bib", "-o", "a.ris"];
    assert_eq!(bibilingual(folder.path(), &args).code, 1);
    let rejects = read(&folder, "r.bib");
    for (string, times) in [("@string{jx", 2), ("@string(both", 1), ("@string{other", 1)] {
        assert_eq!(rejects.matches(string).count(), times, "{string}: {rejects}");
    }
    let at = |key: &str| rejects.find(key).unwrap();
    assert!(at("{many") < at("{broken") && at("{broken") < at("{too"), "{rejects}");
    fs::write(folder.path().join("m.bib"), rejects.replace("{x} y", "{x y}")).unwrap();
    let run = bibilingual(folder.path(), &["convert", "m.bib", "--to", "ris"]);
    assert_eq!((run.code, run.stderr.contains("string-unknown")), (0, false), "{}", run.stderr);
    for journal in ["T2  - Journal of X\r\n", "T2  - In Journal of X and Journal of X\r\n"] {
        assert!(run.stdout.contains(journal), "{}", run.stdout);
    }
}

#[test]
fn rejects_of_csl_json_can_be_mended_where_they_stand() {
    let folder = folder();
    let input = "[\n  {\"id\":\"a\" \"type\":\"book\"},\n  {\"id\":\"b\",\"type\":\"book\"},\n  \
                 {\"id\":\"c\" \"type\":\"book\"}\n]\n";
    fs::write(folder.path().join("in.json"), input).unwrap();
    let args = ["convert", "in.json", "-o", "a.csl.json", "--rejects", "rejects.txt"];
    assert_eq!(bibilingual(folder.path(), &args).code, 1);
    let mended = read(&folder, "rejects.txt").replace("\" \"type", "\", \"type");
    assert_eq!(mended.matches("#: in.json:").count(), 2, "{mended}");
    // Some take the first remark out with the fault that it told of.
    let without_first = mended.split_once('\n').unwrap().1.to_owned();
    for (mended, line) in [(mended, 5), (without_first, 4)] {
        let broken = mended.replace("\"c\",", "\"c\"");
        for (text, code, ids) in [(mended, 0, "a c"), (broken, 1, "a")] {
            fs::write(folder.path().join("mended.json"), text).unwrap();
            let run = bibilingual(folder.path(), &["convert", "mended.json", "-o", "b.csl.json"]);
            assert_eq!(run.code, code, "{}", run.stderr);
            let items: serde_json::Value =
                serde_json::from_str(&read(&folder, "b.csl.json")).unwrap();
            let found: Vec<&str> =
                items.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
            assert_eq!(found.join(" "), ids, "{}", run.stderr);
            let place = format!("mended.json:{line}: record 2: ");
            assert!(code == 0 || run.stderr.contains(&place), "{}", run.stderr);
        }
    }
}

#[test]
fn no_broken_item_of_csl_json_costs_another_one() {
    let folder = folder();
    let good = "{\"id\":\"good\",\"type\":\"book\",\"title\":\"A\"}";
    let comma = "{\"id\":\"a\",\"type\":\"book\",},\n";
    let args = ["convert", "in.csljson", "-o", "a.csl.json", "--rejects", "rejects.txt"];
    for many in [63, 64, 200] {
        let text = format!("[{}{good}]", comma.repeat(many));
        fs::write(folder.path().join("in.csljson"), text).unwrap();
        let run = bibilingual(folder.path(), &args);
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert!(read(&folder, "a.csl.json").contains("\"good\""), "{}", run.stderr);
        let rejects = read(&folder, "rejects.txt");
        assert_eq!(
            rejects.lines().filter(|line| *line == comma.trim_end_matches(",\n")).count(),
            many
        );
    }
    // Each that never closes costs a look at all the rest, so this ends somewhere, and says where.
    let text = format!("[{good},\n{}{good}]", "{\"id\":[\n".repeat(20_000));
    fs::write(folder.path().join("in.csljson"), &text).unwrap();
    let run = bibilingual(folder.path(), &args);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("left out with all that follows"), "{}", run.stderr);
    let rejects = read(&folder, "rejects.txt");
    let open = rejects.lines().filter(|line| !line.starts_with("#: "));
    assert_eq!(open.filter(|line| line.contains("{\"id\":[")).count(), 20_000);
    assert!(rejects.contains(good), "{rejects}");
}

#[test]
fn a_line_of_a_record_that_looks_like_a_remark_is_a_part_of_it() {
    let folder = folder();
    let text = "#: in.bib:1: record 1: loss\n#: more\n@misc{a, title={A},\n note={x\n#: y}}\n\n#: z\n@misc{b, title={B}}\n";
    fs::write(folder.path().join("in.bib"), text).unwrap();
    let run = bibilingual(folder.path(), &["convert", "in.bib", "-q"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("#: y"), "{}", run.stdout);
    assert_eq!(run.stdout.matches("@misc").count(), 2, "{}", run.stdout);
}

/// The keys of the entries in a `.bib` file.
fn keys(bib: &str) -> Vec<&str> {
    bib.lines().filter_map(|line| line.strip_prefix("@article{")?.strip_suffix(',')).collect()
}

#[test]
fn keys_with_a_hash_depend_on_the_record_alone() {
    let args = ["convert", "-q", "--key-suffix", "hash"];
    let keys_of = |input: String| {
        let run = bibilingual_with(Path::new("."), &args, input.as_bytes());
        keys(&run.stdout).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let together = keys_of(records(0..50));
    let apart = [keys_of(records(25..50)), keys_of(records(0..25))];
    assert_eq!(together[..25], apart[1]);
    assert_eq!(together[25..], apart[0]);
    let all: std::collections::HashSet<&String> = together.iter().collect();
    assert_eq!(all.len(), 50);
    assert!(together[0].starts_with("lee2020magnesium-"), "{}", together[0]);
    // The same on every machine and in every version: files that are out there refer to them.
    assert_eq!(together[0], "lee2020magnesium-ohzob4cp3abh");
    // What changes with the day of storing is no part of it, what the entry says is.
    let with = |more: &str| keys_of(record(1).replacen('{', &format!("{{{more},"), 1));
    assert_eq!(with("\"citationCount\":\"6\",\"PeriodicalIF\":2.5"), together[1..2]);
    assert_ne!(with("\"abstract\":\"Text.\""), together[1..2]);
}

#[test]
fn a_record_that_stands_twice_word_for_word_goes_out_once_with_hashed_keys() {
    let input = record(1) + &record(2) + &record(1);
    let args = ["convert", "--stream", "--key-suffix", "hash"];
    let run = bibilingual_with(Path::new("."), &args, input.as_bytes());
    assert_eq!((run.code, keys(&run.stdout).len()), (0, 2), "{}", run.stderr);
    assert!(
        run.stderr.contains(":3: record 3: note[same-record]: lee2020magnesium-"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_record_that_differs_in_what_was_measured_is_left_out_with_hashed_keys_and_told_so() {
    let folder = folder();
    let with = |more: &str| record(1).replacen('{', &format!("{{{more},"), 1);
    let [few, many] = [with("\"citationCount\":3"), with("\"citationCount\":9,\"RegionNum\":2")];
    fs::write(folder.path().join("in.txt"), [&*few, &many, &few, &record(1)].concat()).unwrap();
    fs::write(folder.path().join("one.txt.j2"), "{{ entry.key }} {{ entry.citations }}\n").unwrap();
    let all = "{% for e in entries %}{{ e.key }} {{ e.citations }}\n{% endfor %}";
    fs::write(folder.path().join("all.txt.j2"), all).unwrap();
    let args = ["convert", "in.txt", "--no-join", "--key-suffix", "hash", "--rejects", "r.txt"];
    let run = bibilingual(folder.path(), &args);
    assert_eq!((run.code, keys(&run.stdout).len()), (0, 1), "{}", run.stderr);
    let told = ": zone 2, citations 9: left out: an earlier record says the same but for these\n";
    assert!(run.stderr.contains(":2: record 2: note[metrics-differ]: lee2020magnesium-"));
    assert!(run.stderr.contains(told), "{}", run.stderr);
    assert_eq!(run.stderr.matches("note[same-record]").count(), 2, "{}", run.stderr);
    assert_eq!(read(&folder, "r.txt"), "");
    for template in ["one.txt.j2", "all.txt.j2"] {
        let args = [&args[..], &["--template", template]].concat();
        let run = bibilingual(folder.path(), &args);
        assert_eq!((run.code, run.stdout.lines().count()), (1, 1), "{}", run.stderr);
        assert!(run.stderr.contains(":2: record 2: loss[metrics-lost]: "), "{}", run.stderr);
        assert!(run.stderr.contains("leave --key-suffix hash out to keep both\n"));
        let rejects = read(&folder, "r.txt");
        assert!(rejects.starts_with("#: in.txt:2: record 2: loss[metrics-lost]: "), "{rejects}");
        assert!(rejects.ends_with(&format!("\n{many}\n")), "{rejects}");
    }
}

#[test]
fn entries_that_differ_in_markup_have_hashed_keys_of_their_own() {
    let title = |title: &str| record(1).replace("Magnesium 1", title);
    let titles = ["<i>Magnesium</i> 1", "Magnesium 1", "<b>Magnesium</b> 1", "Magnesium 1"];
    let input = titles.map(title).concat();
    let args = ["convert", "--stream", "--key-suffix", "hash"];
    let run = bibilingual_with(Path::new("."), &args, input.as_bytes());
    let mut keys = keys(&run.stdout);
    keys.sort_unstable();
    keys.dedup();
    assert_eq!((run.code, keys.len()), (0, 3), "{}{}", run.stdout, run.stderr);
    assert_eq!(run.stderr.matches("note[same-record]").count(), 1, "{}", run.stderr);
}

#[test]
fn entries_that_differ_in_fields_that_were_kept_have_hashed_keys_of_their_own() {
    let entry = |more: &str| format!("@book{{a, title = {{Magnesium}}, year = 2020{more}}}\n");
    let entries = ["", ", publisher = {A}", ", publisher = {B}", ", editor = {B}"].map(entry);
    // The type of the work can be what was kept, and what stands twice still goes out once.
    let other = entries[0].replace("@book", "@mvbook");
    let input = entries.concat() + &other + &entries[1];
    let args = ["convert", "--stream", "--key-suffix", "hash"];
    let run = bibilingual_with(Path::new("."), &args, input.as_bytes());
    let keys = |text: &str| -> std::collections::HashSet<String> {
        let key = |line: &str| Some(line.split_once("book{")?.1.to_owned());
        text.lines().filter_map(key).collect()
    };
    assert_eq!((run.code, keys(&run.stdout).len()), (0, 5), "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains(":6: record 6: note[same-record]: a-"), "{}", run.stderr);
    assert_eq!(run.stderr.matches("same-record").count(), 1, "{}", run.stderr);
}

#[test]
fn a_record_of_ris_whose_tags_nobody_reads_is_lost_and_can_be_mended() {
    let folder = folder();
    let text =
        "TY  - JOUR\nTI  - One\nty - JOUR\nti - Two\nER - \nTY  - JOUR\nTI  - Three\nER  - \n";
    fs::write(folder.path().join("in.ris"), text).unwrap();
    let args = ["convert", "in.ris", "--rejects", "r.ris", "-o", "a.bib"];
    let run = bibilingual(folder.path(), &args);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("in.ris:3: loss[record-broken]: ty - JOUR: "), "{}", run.stderr);
    let rejects = fs::read_to_string(folder.path().join("r.ris")).unwrap();
    assert!(rejects.contains("\nty - JOUR\nti - Two\nER -\n"), "{rejects}");
    assert!(!rejects.contains("Three"), "{rejects}");
    let mended = rejects.replace("ty - ", "TY  - ").replace("ti - ", "TI  - ");
    fs::write(folder.path().join("r.ris"), mended).unwrap();
    let run = bibilingual(folder.path(), &["convert", "r.ris", "-q"]);
    assert!(run.stdout.contains("title = {Two}"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_template_that_makes_a_text_without_end_is_stopped() {
    let folder = folder();
    let doubles = "{% set n = namespace(x=\"xx\") %}{% for i in range(60) %}\
                   {% set n.x = n.x ~ n.x %}{% endfor %}{{ entry.key|verbatim }}";
    fs::write(folder.path().join("t.txt.j2"), doubles).unwrap();
    let args = ["convert", "--template", "t.txt.j2", "-o", "a.txt"];
    let run = bibilingual_with(folder.path(), &args, record(1).as_bytes());
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("ran out of fuel"), "{}", run.stderr);
}

#[test]
fn a_stream_has_no_template_over_all_entries() {
    let folder = folder();
    fs::write(folder.path().join("t.txt.j2"), "{% for e in entries %}{{ e.key }}{% endfor %}")
        .unwrap();
    let args = ["convert", "--stream", "--template", "t.txt.j2", "-o", "a.txt"];
    let run = bibilingual_with(folder.path(), &args, record(1).as_bytes());
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("--stream: the template "), "{}", run.stderr);
}

#[test]
fn a_template_that_calls_itself_for_ever_is_stopped_on_every_core() {
    let folder = folder();
    let template = "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(entry.key) }}";
    fs::write(folder.path().join("t.txt.j2"), template).unwrap();
    for jobs in ["1", "2"] {
        let args = ["convert", "--template", "t.txt.j2", "-o", "a.txt", "--jobs", jobs];
        let run = bibilingual_with(folder.path(), &args, record(1).as_bytes());
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains("recursion"), "{}", run.stderr);
    }
}

#[test]
fn rejects_are_no_output_and_no_input() {
    let folder = folder();
    fs::write(folder.path().join("in.txt"), record(1)).unwrap();
    let other_spelling = format!("../{}/a.bib", folder.path().file_name().unwrap().display());
    for (rejects, told) in [
        ("in.txt", "is an input too"),
        ("a.bib", "is an output too"),
        ("./a.bib", "is an output too"),
        (&*other_spelling, "is an output too"),
    ] {
        let args = ["convert", "in.txt", "-o", "a.bib", "--rejects", rejects];
        let run = bibilingual(folder.path(), &args);
        assert!(run.code == 2 && run.stderr.contains(told), "{}", run.stderr);
    }
    let run = bibilingual(folder.path(), &["convert", "in.txt", "-o", "a.bib", "-o", "./a.bib"]);
    assert!(run.code == 2 && run.stderr.contains("given twice"), "{}", run.stderr);
    assert_eq!(read(&folder, "in.txt"), record(1));
    assert!(!folder.path().join("a.bib").exists());
}

#[test]
fn a_check_streams_too() {
    let input = record(1) + &record(1);
    let run = bibilingual_with(Path::new("."), &["check", "--stream"], input.as_bytes());
    assert_eq!(run.code, 0);
    assert!(run.stdout.contains("warning[repeated]"), "{}", run.stdout);
    assert!(run.stdout.ends_with("2 records, 2 entries, 1 warning\n"), "{}", run.stdout);
}

#[test]
fn every_input_of_the_test_data_is_found_in_its_batches() {
    for case in cases() {
        let path = data_dir().join(&case.name).join(&case.input);
        let stream: Run = bibilingual(&case.folder, &["check", "--stream", path.to_str().unwrap()]);
        assert!(stream.code < 2, "{}: {}", case.name, stream.stderr);
    }
}

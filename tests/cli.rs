//! The command line, by running the program: exit codes, files, messages.

mod support;

use std::fs;

use support::{Run, bibilingual, bibilingual_with, data_dir};

const GOOD: &str =
    r#"{"title":"Good","authors":"Ann Lee","doi":"10.1/a","publicationDate":"2020-01-01"}"#;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn seed() -> String {
    fs::read_to_string(data_dir().join("seed/input.txt")).unwrap()
}

/// The names of the files in a folder.
fn files(folder: &tempfile::TempDir) -> Vec<String> {
    support::file_names(folder.path())
}

#[test]
fn rejects_go_into_a_file() {
    let folder = folder();
    let run = bibilingual_with(folder.path(), &["convert", "--rejects", "-"], GOOD.as_bytes());
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.starts_with("--rejects: `-` is standard output"), "{}", run.stderr);
    assert!(files(&folder).is_empty());
}

#[cfg(unix)]
#[test]
fn a_name_cannot_steer_the_terminal() {
    let folder = folder();
    let name = "a\u{1b}[31m\u{202e}.txt";
    fs::write(folder.path().join(name), GOOD.replace("Ann Lee", "A B")).unwrap();
    let (shown, none) = ("a\\u{1b}[31m\\u{202e}.txt", "none\u{1b}c.txt");
    let known = ["convert", "check"].map(|command| vec![command, name, none]).into_iter();
    let known = known.chain([vec!["explain", "--entry", "anngood", name, none]]);
    let merge = ["merge", name, none].to_vec();
    for args in known.chain([merge, vec!["diff", name, none], vec!["convert", "-o", none, none]]) {
        let run = bibilingual(folder.path(), &args);
        let told = format!("{}{}", run.stdout, run.stderr);
        assert!(!told.contains(['\u{1b}', '\u{202e}']), "{args:?}: {told:?}");
        assert!(told.contains(shown) || told.contains("none\\u{1b}c.txt"), "{args:?}: {told}");
    }
    let run = bibilingual(folder.path(), &["check", name, "--messages", "json"]);
    let line = run.stdout.lines().chain(run.stderr.lines()).next().unwrap();
    let told: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!(told["file"], name);
}

#[test]
fn one_run_writes_every_format() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), seed()).unwrap();
    let run = bibilingual(
        folder.path(),
        &["convert", "page.txt", "-o", "a.bib", "-o", "a.RIS", "-o", "a.json"],
    );
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    for (file, golden) in
        [("a.bib", "expected.bib"), ("a.RIS", "expected.ris"), ("a.json", "expected.csl.json")]
    {
        let found = fs::read_to_string(folder.path().join(file)).unwrap();
        let expected = fs::read_to_string(data_dir().join("seed").join(golden)).unwrap();
        assert_eq!(found, expected, "{file}");
    }
    assert_eq!(files(&folder), ["a.RIS", "a.bib", "a.json", "page.txt"]);
}

#[test]
fn a_bib_file_is_biblatex_when_to_says_so() {
    let folder = folder();
    let run = bibilingual_with(
        folder.path(),
        &["convert", "--to", "biblatex", "-o", "a.bib", "-o", "a.ris"],
        seed().as_bytes(),
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = fs::read_to_string(folder.path().join("a.bib")).unwrap();
    assert!(text.contains("journaltitle = {Magnesium research}"), "{text}");
}

#[test]
fn standard_input_is_read_when_no_file_or_a_dash_is_named() {
    let folder = folder();
    for args in [vec!["convert"], vec!["convert", "-"], vec!["convert", "-o", "-"]] {
        let run = bibilingual_with(folder.path(), &args, GOOD.as_bytes());
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stdout.starts_with("@article{lee2020good,"), "{}", run.stdout);
    }
}

#[test]
fn several_files_make_one_output_in_their_order() {
    let folder = folder();
    fs::write(folder.path().join("b.json"), GOOD.replace("Good", "First")).unwrap();
    fs::write(folder.path().join("a.json"), GOOD.replace("Good", "Second")).unwrap();
    let run = bibilingual(folder.path(), &["convert", "--no-join", "b.json", "a.json"]);
    let (first, second) = (run.stdout.find("First"), run.stdout.find("Second"));
    assert!(first.is_some() && first < second, "{}", run.stdout);
}

#[test]
fn an_input_without_records_is_an_error_that_says_what_was_looked_for() {
    let folder = folder();
    for (bytes, hint) in [
        (&b"no records {here}"[..], "name that with --from"),
        (b"", "the file is empty"),
        (b"\xff\xfet\0", "UTF-16"),
        (b"{'title': 'A', 'authors': 'B'}", "JavaScript or Python"),
        (b"\xc4\xe3\xba\xc3", "not in UTF-8"),
        // The first part that is looked at ends within a character.
        ("镁".repeat(100_000).as_bytes(), "name that with --from"),
        (b"\xfd7zXZ\0\0\x04", "compressed with xz: unpack it first"),
        (b"BZh91AY&SY\0\xff", "compressed with bzip2: unpack it first"),
        (b"PK\x03\x04\x14\0\xff", "a zip archive: unpack it first"),
    ] {
        fs::write(folder.path().join("page.txt"), bytes).unwrap();
        let run = bibilingual(folder.path(), &["convert", "page.txt", "-o", "a.bib"]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        assert!(
            run.stderr.starts_with("page.txt: no record found; looked for JSON objects"),
            "{}",
            run.stderr
        );
        assert!(run.stderr.contains(hint), "{}", run.stderr);
        assert_eq!(files(&folder), ["page.txt"]);
    }
}

#[test]
fn an_input_that_cannot_be_read_does_not_stop_the_others() {
    let folder = folder();
    fs::write(folder.path().join("good.json"), GOOD).unwrap();
    let run = bibilingual(folder.path(), &["convert", "missing.json", "good.json"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("lee2020good"), "{}", run.stdout);
    assert!(run.stderr.starts_with("missing.json: cannot be read:"), "{}", run.stderr);
    let run = bibilingual(folder.path(), &["convert", "missing.json"]);
    assert_eq!(run.code, 2);
}

#[test]
fn a_broken_record_is_told_with_its_place_and_the_others_go_out() {
    let folder = folder();
    let page = format!(
        "loose\n{GOOD}\n{{\"title\":\"B\",\"doi\":\"10.1/b\",\"abst\n{}\n",
        GOOD.replace("Good", "Other")
    );
    fs::write(folder.path().join("page.txt"), page).unwrap();
    let run = bibilingual(folder.path(), &["convert", "--no-join", "page.txt"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.starts_with("page.txt:3: record 2: loss[record-cut-off]: "),
        "{}",
        run.stderr
    );
    assert!(run.stdout.contains("Good") && run.stdout.contains("Other"), "{}", run.stdout);
}

#[test]
fn a_failed_run_leaves_the_old_file_as_it_was() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), GOOD).unwrap();
    fs::write(folder.path().join("old.bib"), "old").unwrap();
    fs::write(folder.path().join("bad.j2"), "\n\n{{ entry.titel }}").unwrap();
    let run = bibilingual(
        folder.path(),
        &["convert", "page.txt", "--template", "bad.j2", "--to", "bibtex", "-o", "old.bib"],
    );
    assert_eq!(run.code, 2);
    assert_eq!(run.stderr, "bad.j2:3: an entry has no field `titel`; did you mean `title`?\n");
    assert_eq!(fs::read_to_string(folder.path().join("old.bib")).unwrap(), "old");
    assert_eq!(files(&folder), ["bad.j2", "old.bib", "page.txt"]);
    // A run that has no entry to write is a failed one.
    fs::write(folder.path().join("cut.json"), &GOOD[..GOOD.len() - 1]).unwrap();
    fs::write(folder.path().join("bad.j2"), "no entry: {{ entry.title }}").unwrap();
    let bad = ["page.txt", "--template", "bad.j2", "--to", "bibtex"];
    for (args, told) in [(&["cut.json"][..], "record-cut-off"), (&bad[..], "not-read-back")] {
        let run = bibilingual(folder.path(), &[&["convert", "-o", "old.bib"], args].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
        assert!(run.stderr.contains(told), "{}", run.stderr);
        assert!(run.stderr.ends_with("1 record, 0 entries, 1 loss\n"), "{}", run.stderr);
        assert_eq!(fs::read_to_string(folder.path().join("old.bib")).unwrap(), "old");
    }
    fs::remove_file(folder.path().join("cut.json")).unwrap();
    // One output that cannot be written keeps the others from their places too.
    let run =
        bibilingual(folder.path(), &["convert", "page.txt", "-o", "old.bib", "-o", "none/a.ris"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("none/a.ris: cannot be written: "), "{}", run.stderr);
    assert_eq!(fs::read_to_string(folder.path().join("old.bib")).unwrap(), "old");
    assert_eq!(files(&folder), ["bad.j2", "old.bib", "page.txt"]);
}

#[test]
fn wrong_usage_ends_with_2_and_says_the_way_out() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), GOOD).unwrap();
    fs::write(folder.path().join("t.j2"), "{% if %}").unwrap();
    for (args, told) in [
        (
            vec!["convert", "page.txt", "--to", "bibtexx"],
            "possible values: bibtex, biblatex, ris, csl-json",
        ),
        (
            vec!["convert", "page.txt", "-o", "a.docx"],
            "a.docx: its ending tells no format; say --to FORMAT",
        ),
        (
            vec!["convert", "page.txt", "-o", "a.bib", "--to", "ris"],
            "--to: ris: no output is of this format",
        ),
        (
            vec!["convert", "page.txt", "-o", "a.bib", "-o", "a.bib"],
            "a.bib: given twice as an output",
        ),
        (
            vec!["convert", "page.txt", "-t", "ris", "-o", "-", "-o", "-"],
            "-: given twice as an output",
        ),
        (vec!["convert", "page.txt", "-o", "page.txt", "--to", "ris"], "page.txt: is an input too"),
        (
            vec!["convert", "page.txt", "--omit", "abstrakt"],
            "--omit: no field `abstrakt` to leave out",
        ),
        (vec!["convert", "page.txt", "--omit", "kind"], "--omit: every entry needs its `kind`"),
        (vec!["convert", "page.txt", "--template", "t.j2"], "t.j2:1: "),
        (vec!["convert", "page.txt", "--template", "none.j2"], "none.j2: cannot be read: "),
        (vec!["convert", "page.txt", "--key-template", "entry.("], "--key-template:1: "),
        (vec!["convert", "page.txt", "--key-template", "entry.autors"], "did you mean `authors`?"),
        (vec!["convert", "page.txt", "--key-template", "entry.authors[0].famly"], "undefined"),
        (vec!["convert", "page.txt", "--to", "ris", "-o", "."], "cannot be written: "),
        (
            vec!["convert", "page.txt", "-o", "none/a.bib"],
            "none/a.bib: cannot be written: there is no folder none; make it first; nothing was \
             changed there\n",
        ),
        (vec!["template", "x"], "possible values: bibtex"),
        (vec![], "Usage: bibilingual"),
    ] {
        let Run { stdout, stderr, code } = bibilingual(folder.path(), &args);
        assert_eq!((code, stdout.as_str()), (2, ""), "{args:?} {stderr}");
        assert!(stderr.contains(told), "{args:?} {stderr}");
    }
    assert_eq!(files(&folder), ["page.txt", "t.j2"]);
    assert_eq!(fs::read_to_string(folder.path().join("page.txt")).unwrap(), GOOD);
}

#[test]
fn what_one_entry_lacks_does_not_stop_the_others() {
    let folder = folder();
    let page = format!("{{\"title\":\"Alone\",\"doi\":\"10.1/x\"}}\n{GOOD}");
    fs::write(folder.path().join("page.txt"), page).unwrap();
    let readme = "entry.authors[0].family ~ entry.date.year";
    for (expression, keys, told) in [
        (readme, ["alone", "Lee2020"], 1),
        ("entry.volume ~ 'x'", ["x", "xa"], 0),
        ("entry.volume", ["alone", "lee2020good"], 2),
        ("1 // 0", ["alone", "lee2020good"], 2),
        ("range(100000000)|join('x')", ["alone", "lee2020good"], 2),
    ] {
        let run =
            bibilingual(folder.path(), &["convert", "page.txt", "--key-template", expression]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let found = keys.map(|key| run.stdout.contains(&format!("{{{key},\n")));
        assert_eq!(found, [true, true], "{expression} {}", run.stdout);
        let count = run.stderr.matches(": key: warning[key-default]: --key-template: ").count();
        assert_eq!(count, told, "{expression} {}", run.stderr);
        let first = "page.txt:1: record 1: key: warning[key-default]: --key-template: ";
        assert!(told == 0 || run.stderr.contains(first), "{}", run.stderr);
        assert!(told == 0 || run.stderr.contains(": alone in its place, as without "));
    }
    let template = "{{ entry.title }} by {{ entry.authors[0].family }}\n";
    fs::write(folder.path().join("mine.txt.j2"), template).unwrap();
    let run = bibilingual(folder.path(), &["convert", "page.txt", "--template", "mine.txt.j2"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, "Good by Lee\n"), "{}", run.stderr);
    assert!(run.stderr.contains("page.txt:1: record 1: text: loss[not-rendered]: mine.txt.j2:1: "));
}

#[test]
fn every_field_can_be_left_out_of_every_format_and_the_rest_reads_back() {
    let folder = folder();
    for field in bibilingual::view::FIELDS.iter().map(|field| field.name) {
        if bibilingual::view::fields_of(field).is_empty() {
            continue;
        }
        for format in bibilingual::FORMATS {
            let args =
                ["convert", "--to", format.name, "--omit", field, "--verify", "--main", "zh"];
            let run = bibilingual_with(folder.path(), &args, seed().as_bytes());
            assert_eq!(run.code, 0, "{} without {field}: {}", format.name, run.stderr);
            assert!(run.stdout.len() > 100, "{}", run.stdout);
        }
    }
}

#[test]
fn a_template_of_ones_own_starts_from_a_printed_one() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), seed()).unwrap();
    for (format, golden) in [
        ("bibtex", "expected.bib"),
        ("biblatex", "expected.biblatex.bib"),
        ("ris", "expected.ris"),
        ("csl-json", "expected.csl.json"),
    ] {
        let template = bibilingual(folder.path(), &["template", format]).stdout;
        fs::write(folder.path().join("mine.j2"), template).unwrap();
        let run = bibilingual(
            folder.path(),
            &["convert", "page.txt", "--to", format, "--template", "mine.j2"],
        );
        let expected = fs::read_to_string(data_dir().join("seed").join(golden)).unwrap();
        assert_eq!((run.code, run.stdout), (0, expected), "{}", run.stderr);
    }
}

#[test]
fn a_template_over_all_entries_and_one_for_html_are_escaped_by_their_names() {
    let folder = folder();
    fs::write(
        folder.path().join("page.txt"),
        GOOD.replace("Good", "&lt;script&gt;a&lt;/script&gt; &amp; b"),
    )
    .unwrap();
    fs::write(
        folder.path().join("list.html.j2"),
        "<ol>{% for e in entries %}<li>{{ e.title }} {{ e.date.year }}</li>{% endfor %}</ol>\n",
    )
    .unwrap();
    let run = bibilingual(folder.path(), &["convert", "page.txt", "--template", "list.html.j2"]);
    assert_eq!(
        run.stdout, "<ol><li>&lt;script&gt;a&lt;/script&gt; &amp; b 2020</li></ol>\n",
        "{}",
        run.stderr
    );
    fs::write(
        folder.path().join("one.txt.j2"),
        "{{ entry.authors[0].family }}: {{ entry.doi }}{{ entry.volume }}\n",
    )
    .unwrap();
    let run = bibilingual(folder.path(), &["convert", "page.txt", "--template", "one.txt.j2"]);
    assert_eq!(run.stdout, "Lee: 10.1/a\n", "{}", run.stderr);
}

#[test]
fn what_is_absent_is_never_printed_as_none() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), GOOD).unwrap();
    let template = "[{{ 'v. ' ~ entry.volume }}|{{ entry.titles.zh }}|{{ entry.volume is none }}|\
        {% for k in entry.keywords or [] %}{{ k }}{% endfor %}|{{ entry.issue|default('n', true) }}]\n";
    fs::write(folder.path().join("t.txt.j2"), template).unwrap();
    let run = bibilingual(folder.path(), &["convert", "page.txt", "--template", "t.txt.j2"]);
    assert_eq!(run.stdout, "[v. ||true||n]\n", "{}", run.stderr);
}

#[test]
fn a_template_that_breaks_its_format_loses_the_entry_and_says_so() {
    let folder = folder();
    fs::write(
        folder.path().join("page.txt"),
        format!("{GOOD}\n{}", GOOD.replace("10.1/a", "10.1/b").replace("Good", "x}")),
    )
    .unwrap();
    let template = "@article{ {{- entry.key -}} ,\n  title = { {{- entry.title|safe -}} }\n}\n";
    fs::write(folder.path().join("mine.bib.j2"), template).unwrap();
    let run = bibilingual(
        folder.path(),
        &["convert", "page.txt", "--template", "mine.bib.j2", "-o", "a.bib"],
    );
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(
        run.stderr
            .starts_with("page.txt:2: record 2: bibtex: loss[not-read-back]: entry lee2020: "),
        "{}",
        run.stderr
    );
    let text = fs::read_to_string(folder.path().join("a.bib")).unwrap();
    assert_eq!(text, "@article{lee2020good,\n  title = {Good}\n}\n");
    let run = bibilingual(
        folder.path(),
        &["convert", "page.txt", "--template", "mine.bib.j2", "--no-verify"],
    );
    assert_eq!(run.code, 0);
}

#[test]
fn a_template_without_end_is_stopped() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), GOOD).unwrap();
    let loops =
        "{% for a in range(100000) %}{% for b in range(100000) %}{{ b }}{% endfor %}{% endfor %}";
    fs::write(folder.path().join("long.j2"), loops).unwrap();
    let run = bibilingual(folder.path(), &["convert", "page.txt", "--template", "long.j2"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.starts_with("long.j2:1: "), "{}", run.stderr);
}

#[test]
fn messages_for_programs_are_json_lines_and_quiet_is_quiet() {
    let folder = folder();
    let args = ["convert", "--messages", "json"];
    let run = bibilingual_with(folder.path(), &args, seed().as_bytes());
    let lines: Vec<serde_json::Value> =
        run.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["code"], "pirate-link");
    assert_eq!(lines[0]["file"], "standard input");
    assert_eq!(lines.last().unwrap()["summary"]["entries"], 1);
    let run = bibilingual_with(folder.path(), &["convert", "--quiet"], seed().as_bytes());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
}

#[test]
fn lists_and_helps_print_data_on_standard_output() {
    let folder = folder();
    for (args, told) in [
        (vec!["formats"], "csl-json (.json)"),
        (vec!["formats", "--fields"], "entry.title_translation"),
        (vec!["template", "ris"], "TY  - {{ entry.kind|kind }}"),
        (vec!["completions", "bash"], "bibilingual"),
        (vec!["completions", "zsh"], "#compdef bibilingual"),
        (vec!["--help"], "Examples:"),
        (vec!["convert", "--help"], "Exit codes:"),
        (vec!["--version"], env!("CARGO_PKG_VERSION")),
    ] {
        let run = bibilingual(folder.path(), &args);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{args:?}");
        assert!(run.stdout.contains(told), "{args:?} {}", run.stdout);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn errors_that_cannot_be_told_still_have_their_exit_code() {
    let folder = folder();
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    fs::write(folder.path().join("page.txt"), GOOD).unwrap();
    for args in [
        &["convert", "missing.txt"][..],
        &["check", "page.txt"][..],
        &["explain", "page.txt", "--entry", "none"][..],
        &["formats"][..],
    ] {
        let status = std::process::Command::new(env!("CARGO_BIN_EXE_bibilingual"))
            .current_dir(folder.path())
            .args(args)
            .stdout(full())
            .stderr(full())
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn what_is_no_file_is_written_through() {
    let folder = folder();
    let run = bibilingual_with(
        folder.path(),
        &["convert", "-o", "/dev/stdout", "--to", "ris"],
        GOOD.as_bytes(),
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.starts_with("TY  - JOUR\r\n"), "{}", run.stdout);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("page.txt"), GOOD).unwrap();
    fs::write(at("real.bib"), "old").unwrap();
    fs::set_permissions(at("real.bib"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.bib", at("link.bib")).unwrap();
    let run = bibilingual(folder.path(), &["convert", "page.txt", "-o", "link.bib"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(fs::symlink_metadata(at("link.bib")).unwrap().is_symlink());
    assert!(fs::read_to_string(at("real.bib")).unwrap().starts_with("@article"));
    assert_eq!(fs::metadata(at("real.bib")).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn check_prints_the_diagnostics_only_and_ends_with_1_where_something_was_lost() {
    let folder = folder();
    fs::write(folder.path().join("good.json"), GOOD).unwrap();
    let run = bibilingual(folder.path(), &["check", "good.json"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, "1 record, 1 entry\n"));
    fs::write(folder.path().join("cut.json"), format!("{GOOD}\n{}", &GOOD[..40])).unwrap();
    let run = bibilingual(folder.path(), &["check", "cut.json"]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    assert!(
        run.stdout.starts_with("cut.json:2: record 2: loss[record-cut-off]: "),
        "{}",
        run.stdout
    );
    assert!(run.stdout.ends_with("2 records, 1 entry, 1 loss\n"), "{}", run.stdout);
    // What is lost of a record that goes out counts here too.
    fs::write(folder.path().join("doi.json"), GOOD.replace("10.1/a", "not known")).unwrap();
    assert_eq!(bibilingual(folder.path(), &["check", "doi.json"]).code, 1);
    assert_eq!(bibilingual(folder.path(), &["convert", "doi.json"]).code, 0);
    let run = bibilingual(folder.path(), &["check", "--messages", "json", "doi.json"]);
    let first: serde_json::Value =
        serde_json::from_str(run.stdout.lines().next().unwrap()).unwrap();
    assert_eq!(first["code"], "doi-invalid");
    assert_eq!(bibilingual(folder.path(), &["check", "none.json"]).code, 2);
}

#[test]
fn explain_shows_where_each_value_came_from() {
    let folder = folder();
    let page = "Good work 好的工作\nJournal of Goods Pub Date : 2020-01-01 DOI: 10.1/a\nAnn Lee\n\
        {\"title\":\"Good work\",\"authors\":\"A. Lee\",\"doi\":\"10.1/a\",\"volume\":1}\n";
    let detail = r#"{"title":"Good work","authors":"Ann Lee","DOIUrl":"https://doi.org/10.1/A"}"#;
    fs::write(folder.path().join("page.txt"), format!("{page}{detail}")).unwrap();
    let run = bibilingual(folder.path(), &["explain", "page.txt", "--entry", "lee2020good"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for told in [
        "lee2020good\n  page.txt:4: record 1\n  page.txt:5: record 2\n",
        "title\n    Good work\n    from page.txt:4: record 1: title: Good work\n    from page.txt:5: record 2: title: Good work\n",
        "title_translation\n    好的工作\n    from page.txt:4: record 1: page: title: 好的工作\n",
        "authors\n    Ann Lee\n    from page.txt:4: record 1: authors: A. Lee\n    from page.txt:5: record 2: authors: Ann Lee\n",
        "date\n    2020-01-01\n    from page.txt:4: record 1: page: publicationDate: 2020-01-01\n",
        "key\n    lee2020good\n    made of the other values\n",
        "page.txt:4: record 1: volume: note[member-unknown]: 1: left out",
    ] {
        assert!(run.stdout.contains(told), "{told}\n{}", run.stdout);
    }
    let run = bibilingual(folder.path(), &["explain", "page.txt", "--entry", "lee"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert_eq!(run.stderr, "--entry: no entry has the key lee; there are lee2020good\n");
    let text = fs::read(folder.path().join("page.txt")).unwrap();
    let run = bibilingual_with(folder.path(), &["explain", "--entry", "lee2020good"], &text);
    assert!(
        run.stdout.contains("from standard input:5: record 2: authors: Ann Lee"),
        "{}",
        run.stdout
    );
}

#[test]
fn explain_names_the_fields_of_every_source() {
    let folder = folder();
    let values = [
        ("title", "Good work"),
        ("authors", "Ann Lee"),
        ("container_title", "Acta Bona"),
        ("date", "2020"),
        ("volume", "3"),
        ("issue", "4"),
        ("pages", "5-9"),
        ("doi", "10.1000/2"),
    ];
    for (name, text, fields) in [
        (
            "a.bib",
            "@article{k, title={Good work}, author={Lee, Ann}, journal={Acta Bona}, year=2020, volume=3, \
             number=4, pages={5--9}, doi={10.1000/2}}",
            ["title", "author", "journal", "year", "volume", "number", "pages", "doi"],
        ),
        (
            "a.ris",
            "TY  - JOUR\nID  - k\nTI  - Good work\nAU  - Lee, Ann\nJF  - Acta Bona\nPY  - 2020\nVL  - 3\n\
             IS  - 4\nSP  - 5\nEP  - 9\nDO  - 10.1000/2\nER  - \n",
            ["TI", "AU", "JF", "PY", "VL", "IS", "SP", "DO"],
        ),
        (
            "a.enw",
            "%0 Journal Article\n%F k\n%T Good work\n%A Lee, Ann\n%J Acta Bona\n%D 2020\n%V 3\n%N 4\n\
             %P 5-9\n%R 10.1000/2\n",
            ["%T", "%A", "%J", "%D", "%V", "%N", "%P", "%R"],
        ),
        (
            "a.json",
            "[{\"id\":\"k\",\"type\":\"article-journal\",\"title\":\"Good work\",\
             \"author\":[{\"family\":\"Lee\",\"given\":\"Ann\"}],\"container-title\":\"Acta Bona\",\
             \"issued\":{\"date-parts\":[[2020]]},\"volume\":\"3\",\"issue\":\"4\",\"page\":\"5-9\",\
             \"DOI\":\"10.1000/2\"}]",
            ["title", "author", "container-title", "issued", "volume", "issue", "page", "DOI"],
        ),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
        let run = bibilingual(folder.path(), &["explain", name, "--entry", "k"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        for ((field, value), member) in values.iter().zip(fields) {
            let told = format!("{field}\n    {value}\n    from {name}:1: record 1: {member}: ");
            assert!(run.stdout.contains(&told), "{told}\n{}", run.stdout);
        }
    }
}

#[test]
fn explain_tells_each_thing_once() {
    let link = r#""openAccessPdf":"https://sci-hub.se/10.1000/2""#;
    let inner = format!("{{\"title\":\"好的工作\",{link}}}").replace('"', "\\\"");
    let text = format!("{{\"title\":\"Good work\",{link},\"resultStr\":\"{inner}\"}}");
    let args = ["explain", "--entry", "goodwork"];
    let run = bibilingual_with(folder().path(), &args, text.as_bytes());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout.matches("note[pirate-link]").count(), 1, "{}", run.stdout);
}

#[test]
fn readings_that_cannot_be_read_name_file_and_line() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), GOOD).unwrap();
    fs::write(folder.path().join("readings.txt"), "曾 zeng\nnonsense\n").unwrap();
    let run = bibilingual(folder.path(), &["convert", "page.txt", "--readings", "readings.txt"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("--readings: readings.txt:2: "), "{}", run.stderr);
}

#[test]
fn files_with_one_work_are_joined_under_the_key_of_a_file_and_tell_what_is_left_out() {
    let folder = folder();
    let ris =
        "TY  - JOUR\nTI  - Deep nets\nAU  - Smith, Ann\nDO  - 10.1/a\nM1  - something\nER  - \n";
    let bib = "@article{mykey, title={Deep nets}, author={Smith, Ann}, doi={10.1/a}, note={One}}\n\
        @article{second, title={Deep nets}, author={Smith, Ann}, doi={10.1/a}, note={Two}, file={b.pdf}}\n";
    fs::write(folder.path().join("a.ris"), ris.replace("M1  - something\n", "")).unwrap();
    fs::write(folder.path().join("b.bib"), bib).unwrap();
    fs::write(folder.path().join("c.ris"), ris).unwrap();
    let run = bibilingual(folder.path(), &["convert", "a.ris", "b.bib", "c.ris"]);
    assert!(run.stdout.starts_with("@article{mykey,"), "{}", run.stdout);
    assert!(run.stdout.contains("note = {One}"), "{}", run.stdout);
    assert!(run.stdout.contains("file = {b.pdf}"), "{}", run.stdout);
    for told in [
        "b.bib:2: record 2: note[joined]: 10.1/a: joined with a.ris:1: record 1; its key is mykey, and second is left out",
        "b.bib:2: record 2: note: loss[field-lost]: {Two}: left out: a.ris:1: record 1 has another",
        "c.ris:1: record 1: M1: loss[field-lost]: something: left out: a.ris:1: record 1 has fields of another format",
    ] {
        assert!(run.stderr.contains(told), "{}", run.stderr);
    }
    assert_eq!(run.stderr.matches("field-lost").count(), 2, "{}", run.stderr);
}

#[test]
fn a_file_that_is_read_is_never_written_over() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let template = bibilingual(folder.path(), &["template", "bibtex"]).stdout;
    let files = [
        ("page.txt", GOOD),
        ("mine.bib.j2", &*template),
        ("readings.txt", "曾 zeng\n"),
        ("refs.bib", "@misc{old, title = {Old}}\n"),
        ("refs.bib~", GOOD),
    ];
    for (name, text) in files {
        fs::write(at(name), text).unwrap();
    }
    let convert =
        ["convert", "page.txt", "--template", "mine.bib.j2", "--readings", "readings.txt"];
    let merge = ["merge", "refs.bib", "page.txt", "--readings", "readings.txt"];
    let (no_template, no_readings) =
        ("is the file of --template too", "is the file of --readings too");
    for (command, more, told) in [
        (&convert[..], &["-o", "mine.bib.j2"][..], no_template),
        (&convert[..], &["-o", "./readings.txt", "--to", "bibtex"][..], no_readings),
        (&convert[..], &["-o", "a.bib", "--rejects", "mine.bib.j2"][..], no_template),
        (&convert[..], &["-o", "a.bib", "--rejects", "readings.txt"][..], no_readings),
        (&merge[..], &["-o", "readings.txt"][..], no_readings),
        (&merge[..], &["refs.bib~", "--backup"][..], "refs.bib~: is an input too"),
    ] {
        let run = bibilingual(folder.path(), &[command, more].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{more:?}");
        assert!(run.stderr.contains(told), "{more:?}: {}", run.stderr);
    }
    for (name, text) in files {
        assert_eq!(fs::read_to_string(at(name)).unwrap(), text, "{name}");
    }
    assert!(!at("a.bib").exists());
}

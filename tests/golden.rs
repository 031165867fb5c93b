//! Every case in `tests/data` through the program, in every format: a folder with an input, the
//! options in `args.txt` where it needs some, and what comes out. The expected files can be opened
//! in Zotero, JabRef or EndNote. `UPDATE_GOLDEN=1 cargo test` rewrites them; read `git diff` then.

mod support;

use support::{bibilingual, cases, golden, golden_files};

#[test]
fn every_case_comes_out_as_expected_in_every_format() {
    let cases = cases();
    assert!(cases.len() > 10, "only {} cases found", cases.len());
    for case in &cases {
        for (format, file) in golden_files() {
            let run = bibilingual(&case.folder, &case.args(format));
            golden(&case.folder.join(file), &run.stdout);
            if format == "bibtex" {
                let told = format!("{}exit code {}\n", run.stderr, run.code);
                golden(&case.folder.join("expected.messages.txt"), &told);
            }
        }
    }
}

#[test]
fn reading_back_accepts_every_case() {
    for case in cases() {
        for (format, file) in golden_files() {
            let mut args = case.args(format);
            args.push("--verify".into());
            let run = bibilingual(&case.folder, &args);
            assert!(!run.stderr.contains("not-read-back"), "{}: {file}: {}", case.name, run.stderr);
        }
    }
}

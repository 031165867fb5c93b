//! Every case in `tests/diff` through the program: a folder with `a.*` and `b.*`, and what differs, for
//! people and for programs. `UPDATE_GOLDEN=1 cargo test` rewrites it; read `git diff` then.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::{bibilingual, cases, golden};

fn folders() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    folders
}

fn file(folder: &Path, letter: &str) -> String {
    let mut names = fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name());
    let name = names.find(|name| name.to_string_lossy().starts_with(letter));
    name.unwrap_or_else(|| panic!("{}: no {letter}*", folder.display())).into_string().unwrap()
}

#[test]
fn every_case_comes_out_as_expected() {
    let folders = folders();
    assert!(folders.len() > 4, "only {} cases", folders.len());
    for folder in folders {
        let (a, b) = (file(&folder, "a."), file(&folder, "b."));
        let run = bibilingual(&folder, &["diff", &a, &b]);
        let told = format!("{}{}exit code {}\n", run.stdout, run.stderr, run.code);
        golden(&folder.join("expected.txt"), &told);
        let json = bibilingual(&folder, &["diff", &a, &b, "--messages", "json"]);
        golden(&folder.join("expected.json"), &json.stdout);
        for line in json.stdout.lines() {
            assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
        }
        assert_eq!(run.code, json.code);
        // The other way round it is the same number of lines with the other sign.
        let back = bibilingual(&folder, &["diff", &b, &a]);
        let signs =
            |text: &str, sign| text.lines().filter(|l| l.trim_start().starts_with(sign)).count();
        assert_eq!(signs(&run.stdout, '-'), signs(&back.stdout, '+'), "{}", folder.display());
        assert_eq!(signs(&run.stdout, '+'), signs(&back.stdout, '-'), "{}", folder.display());
    }
}

#[test]
fn a_file_is_the_same_as_itself() {
    for case in cases().iter().filter(|case| !case.name.starts_with("hostile")) {
        for file in ["expected.bib", "expected.biblatex.bib", "expected.ris", "expected.csl.json"] {
            let file = case.folder.join(file);
            if fs::metadata(&file).unwrap().len() > 3 {
                let run = bibilingual(&case.folder, &["diff".as_ref(), &*file, &*file]);
                assert_eq!(
                    (run.code, run.stdout.as_str()),
                    (0, ""),
                    "{}: {}",
                    case.name,
                    run.stderr
                );
            }
        }
    }
}

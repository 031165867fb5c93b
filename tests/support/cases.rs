//! The cases of `tests/data`, and the program to run them through.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::data_dir;

/// A folder of `tests/data`.
pub struct Case {
    /// Its name: what it shows.
    pub name: String,
    /// The folder.
    pub folder: PathBuf,
    /// The file name of the input.
    pub input: String,
}

/// Every case, by name.
pub fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = fs::read_dir(data_dir())
        .expect("tests/data")
        .map(|entry| entry.expect("tests/data").path())
        .filter(|path| path.is_dir())
        .map(Case::of)
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// The formats and the file of a case that holds what comes out in each.
pub fn golden_files() -> [(&'static str, &'static str); 7] {
    [
        ("bibtex", "expected.bib"),
        ("biblatex", "expected.biblatex.bib"),
        ("ris", "expected.ris"),
        ("csl-json", "expected.csl.json"),
        ("enw", "expected.enw"),
        ("noteexpress", "expected.net"),
        ("hayagriva", "expected.yml"),
    ]
}

impl Case {
    fn of(folder: PathBuf) -> Case {
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let files = fs::read_dir(&folder).expect("a case").map(|f| f.expect("a file").file_name());
        let mut inputs =
            files.filter_map(|f| f.into_string().ok()).filter(|f| f.starts_with("input."));
        let input = inputs.next().unwrap_or_else(|| panic!("{name} has no input"));
        Case { name, folder, input }
    }

    /// The arguments that convert the case to a format.
    pub fn args(&self, format: &str) -> Vec<String> {
        let mut args: Vec<String> =
            ["convert", &self.input, "--to", format].map(str::to_owned).into();
        if let Ok(more) = fs::read_to_string(self.folder.join("args.txt")) {
            args.extend(more.lines().map(str::to_owned));
        }
        args
    }
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Run {
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// The exit code.
    pub code: i32,
}

/// Runs the program in a folder.
pub fn bibilingual<S: AsRef<std::ffi::OsStr>>(folder: &Path, args: &[S]) -> Run {
    bibilingual_with(folder, args, b"")
}

/// Runs the program in a folder with a standard input.
pub fn bibilingual_with<S: AsRef<std::ffi::OsStr>>(folder: &Path, args: &[S], stdin: &[u8]) -> Run {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_bibilingual"))
        .current_dir(folder)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    // A program that reads no input has closed its end.
    let _ = child.stdin.take().expect("standard input").write_all(stdin);
    let output = child.wait_with_output().expect("the program ends");
    Run {
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        code: output.status.code().expect("an exit code"),
    }
}

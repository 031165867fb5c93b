//! Runs an adapter: a script that hands one file to one program and prints what it holds.
//!
//! `ADAPTER FORMAT FILE` prints one JSON object:
//! `records`, a list of objects with `key` (absent where the format or the program has none), the
//! fields of [`super::meant::FIELDS`] that the program holds, `authors` being a list of CSL names,
//! and `prints`, the text it typesets, where it does; `complaints`, a list of what it said.
//! Exit code 77: the program is not installed, and standard error names it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// What came of running a program.
pub enum Run {
    /// It is not installed; what is missing.
    Missing(String),
    /// It read the file; the object that the adapter printed.
    Read(Value),
    /// It refused the file, or ended without a word; what it said.
    Refused(String),
}

/// The exit code of an adapter whose program is not installed, as the tests of automake have it.
const MISSING: i32 = 77;

/// Runs the adapter `script` of `tests/programs` over a file.
pub fn run(script: &str, format: &str, file: &Path) -> Run {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs").join(script);
    let interpreter = interpreter(&script);
    let output = Command::new(&interpreter)
        .arg(&script)
        .args([Path::new(format), file])
        .env("BIBILINGUAL_TOOLS", tools())
        .env("PYTHONIOENCODING", "utf-8")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output();
    match output {
        Err(_) => Run::Missing(interpreter.display().to_string()),
        Ok(output) => of_output(&output),
    }
}

fn of_output(output: &Output) -> Run {
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if output.status.code() == Some(MISSING) {
        return Run::Missing(said);
    }
    if !output.status.success() {
        return Run::Refused(said);
    }
    serde_json::from_slice(&output.stdout)
        .map_or_else(|e| Run::Refused(format!("no JSON printed: {e}; {said}")), Run::Read)
}

/// Where `.ci/programs` installs what Debian has not.
fn tools() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/programs")
}

fn interpreter(script: &Path) -> PathBuf {
    if script.extension().is_some_and(|e| e == "cjs") {
        return "node".into();
    }
    let ours = tools().join("python/bin/python");
    if ours.exists() { ours } else { "python3".into() }
}

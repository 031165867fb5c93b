//! Golden files: the output a person has read and accepted.

use super::line_diff;
use std::env;
use std::fs;
use std::path::Path;

/// Compares `found` with the golden file at `path`, byte for byte.
///
/// With `UPDATE_GOLDEN=1` the file is written instead; read its diff before you commit it.
///
/// # Panics
///
/// If they differ, or there is no such file: with the diff and the command to accept it.
pub fn golden(path: &Path, found: &str) {
    let update = env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1");
    if let Err(message) = golden_as(path, found, update) {
        panic!("{message}");
    }
}

/// What [`golden`] does, with the wish to write the file given and the failure handed back.
///
/// # Errors
///
/// The message for the person who reads the test's output.
pub fn golden_as(path: &Path, found: &str, update: bool) -> Result<(), String> {
    let place = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(path).display();
    if update {
        return write(path, found).map_err(|e| format!("{place}: {e}"));
    }
    let expected = match fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|e| format!("{place}: {e}"))?,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            return Err(format!("{place}: no such golden file\n{}{ACCEPT}", line_diff("", found)));
        }
        Err(e) => return Err(format!("{place}: {e}")),
    };
    if expected == found {
        return Ok(());
    }
    Err(format!("{place}: not as expected (-), but (+)\n{}{ACCEPT}", line_diff(&expected, found)))
}

const ACCEPT: &str =
    "If the new text is right: UPDATE_GOLDEN=1 cargo test, then read `git diff`.\n";

/// A file that is right already keeps its time of change.
fn write(path: &Path, found: &str) -> std::io::Result<()> {
    if fs::read(path).is_ok_and(|old| old == found.as_bytes()) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, found)
}

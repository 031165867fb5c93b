use std::io;

use bibilingual::diagnostic::Severity;

use super::input::InputArgs;
use super::report::{Messages, Summary, tell};
use super::{ALL, NOTHING, SOME};

/// `bibilingual check`.
pub fn run(input: &InputArgs, messages: Messages) -> u8 {
    let input = input.read();
    if input.records == 0 {
        return NOTHING;
    }
    let summary = Summary { records: input.records, entries: input.found.len() };
    match messages.write(&mut io::stdout().lock(), &input.diagnostics, &summary) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            tell(&format_args!("standard output: cannot be written: {e}"));
            return NOTHING;
        }
        _ => {}
    }
    let lost = input.diagnostics.iter().any(|d| d.code.severity() == Severity::Loss);
    if lost || input.failed { SOME } else { ALL }
}

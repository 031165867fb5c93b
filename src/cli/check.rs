use std::io;

use bibilingual::Error;
use bibilingual::export::{Options, Plan, run as export};

use super::input::InputArgs;
use super::progress::Progress;
use super::report::{Messages, Reporter, tell};
use super::{ALL, NOTHING, SOME};

/// `bibilingual check`.
pub fn run(input: &InputArgs, stream: bool, messages: Messages) -> u8 {
    let options = Options { no_join: input.no_join, ..Options::default() };
    let plan = Plan { stream, jobs: input.jobs(), ..Plan::new(&options) };
    let mut reporter = Reporter::new(io::stdout(), messages);
    let mut progress = Progress::new(input.total(), false);
    let batches = input.batches(input.options(false), progress.read.clone());
    let (mut failed, mut written) = (false, Ok(()));
    let result = export(batches, &plan, &mut |part| {
        if let Some(error) = &part.failure {
            failed = true;
            progress.apart(|| tell(error));
        }
        reporter.records += part.records;
        reporter.entries += part.entries;
        written = progress.apart(|| reporter.tell(&part.diagnostics));
        progress.advance(part.records);
        match written {
            Ok(()) => Ok(()),
            Err(_) => Err(Error::Closed),
        }
    });
    drop(progress);
    if let Err(error) = result.or_else(|e| if matches!(e, Error::Closed) { Ok(()) } else { Err(e) })
    {
        tell(&error);
        return NOTHING;
    }
    let (records, lost) = (reporter.records, reporter.lost());
    if records == 0 {
        return NOTHING;
    }
    match written.and_then(|()| reporter.finish()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            tell(&format_args!("standard output: cannot be written: {e}"));
            return NOTHING;
        }
        _ => {}
    }
    if lost || failed { SOME } else { ALL }
}

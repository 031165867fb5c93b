use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How far a run has come, for a person at a terminal; in a pipe it shows nothing.
pub struct Progress {
    bar: Option<ProgressBar>,
    /// The bytes of the inputs that have been read, as they stand on disk.
    pub read: Arc<AtomicU64>,
    records: usize,
    start: Instant,
}

/// A run that is over before this shows nothing.
const SHOWN_AFTER: Duration = Duration::from_millis(500);

impl Progress {
    /// `total` is the length of all inputs in bytes, where it is known.
    pub fn new(total: Option<u64>, quiet: bool) -> Progress {
        let shown = !quiet && std::io::stderr().is_terminal();
        let bar = shown.then(|| {
            // Four times a second, so that a terminal far away is not slowed down.
            let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(4));
            let template = match total {
                Some(_) => "{bytes} of {total_bytes} {wide_bar} {msg}, {eta} left",
                None => "{bytes} {spinner} {msg}",
            };
            let style = ProgressStyle::with_template(template);
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Progress { bar, read: Arc::default(), records: 0, start: Instant::now() }
    }

    /// Shows how far the run is, `records` further.
    pub fn advance(&mut self, records: usize) {
        self.records += records;
        let elapsed = self.start.elapsed();
        let Some(bar) = self.bar.as_ref().filter(|_| elapsed > SHOWN_AFTER) else { return };
        bar.set_position(self.read.load(Ordering::Relaxed));
        let rate = self.records as f64 / elapsed.as_secs_f64();
        bar.set_message(format!("{} records, {rate:.0}/s", self.records));
    }

    /// Writes to the terminal without the bar in between.
    pub fn apart<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

//! Ctrl-C, SIGTERM and a terminal that is closed: what was begun is taken away, and what stood there before is as it was.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The files that are being written and have not taken their places yet.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// As long as it is held, an interrupt waits: files take their places all or none.
pub struct Hold(MutexGuard<'static, Vec<PathBuf>>);

/// Keeps interrupts waiting.
pub fn hold() -> Hold {
    Hold(UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner))
}

impl Hold {
    /// A file that is to be taken away on an interrupt.
    pub fn begin(&mut self, path: &Path) {
        self.0.push(path.to_owned());
    }

    /// A file that has taken its place, or is gone.
    pub fn end(&mut self, path: &Path) {
        self.0.retain(|unfinished| unfinished != path);
    }
}

/// Waits for signals from now on. A run that cannot wait for them goes on without: the system ends it, and
/// only temporary files stay behind.
#[cfg(unix)]
pub fn watch() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;

    // A file over the size that the system allows is an error of writing like a full disk.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
    // What whoever started the program has told it to ignore, as nohup does, it goes on to ignore.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = ignored(&status);
    let wanted = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|n| (ignored >> (n - 1)) & 1 == 0);
    let Ok(mut signals) = Signals::new(wanted) else { return };
    let _ = std::thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            let unfinished = hold();
            let files = unfinished.0.iter().filter(|file| std::fs::remove_file(file).is_ok());
            let word = match signal {
                SIGINT => "interrupted",
                SIGHUP => "the terminal was closed (SIGHUP)",
                _ => "told to end (SIGTERM)",
            };
            let what = match files.count() {
                0 => "stopped here",
                _ => "nothing was written; what stood there before is as it was",
            };
            super::report::tell(&format_args!("bibilingual: {word}: {what}"));
            // Whoever has started the program sees that a signal ended it.
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
}

/// The mask of the signals that are ignored, from `/proc/self/status` (proc(5)); none where there is no such file.
#[cfg(unix)]
fn ignored(status: &str) -> u64 {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

/// Interrupts end the program at once; only temporary files stay behind.
#[cfg(not(unix))]
pub fn watch() {}

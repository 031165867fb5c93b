use std::io::{self, Write};

use clap::{Args, ValueEnum};

use bibilingual::diagnostic::{Diagnostic, Severity};

/// Prints an error. Standard error that cannot be written leaves nobody to tell; the exit code
/// still does.
pub fn tell(error: &dyn std::fmt::Display) {
    let _ = writeln!(io::stderr(), "{error}");
}

/// How diagnostics are told.
#[derive(Args)]
pub struct ReportArgs {
    /// How to print diagnostics on standard error
    #[arg(long, value_enum, default_value_t = Messages::Text)]
    messages: Messages,
    /// Print no diagnostics and no summary, only errors
    #[arg(long, short)]
    quiet: bool,
}

/// The form of diagnostics.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Messages {
    #[default]
    /// One line each, for people
    Text,
    /// One JSON object a line, for programs
    Json,
}

/// What became of a run, for the last line.
#[derive(Default)]
pub struct Summary {
    pub records: usize,
    pub entries: usize,
}

impl ReportArgs {
    /// Prints diagnostics and summary to standard error.
    pub fn print(&self, diagnostics: &[Diagnostic], summary: &Summary) {
        if self.quiet {
            return;
        }
        let mut out = io::BufWriter::new(io::stderr().lock());
        // Standard error that cannot be written leaves nobody to tell.
        let _ = self.messages.write(&mut out, diagnostics, summary);
        let _ = out.flush();
    }
}

impl Messages {
    /// Writes diagnostics and the summary.
    ///
    /// # Errors
    /// `out` cannot be written.
    pub fn write(
        self,
        out: &mut dyn Write,
        diagnostics: &[Diagnostic],
        summary: &Summary,
    ) -> io::Result<()> {
        match self {
            Messages::Text => text(out, diagnostics, summary),
            Messages::Json => json(out, diagnostics, summary),
        }
    }
}

/// Diagnostics of each severity, the worst first.
fn counts(diagnostics: &[Diagnostic]) -> [(Severity, usize); 3] {
    [Severity::Loss, Severity::Warning, Severity::Note].map(|severity| {
        (severity, diagnostics.iter().filter(|d| d.code.severity() == severity).count())
    })
}

fn text(out: &mut dyn Write, diagnostics: &[Diagnostic], summary: &Summary) -> io::Result<()> {
    for diagnostic in diagnostics {
        writeln!(out, "{diagnostic}")?;
    }
    let mut parts = vec![
        counted(summary.records, "record", "records"),
        counted(summary.entries, "entry", "entries"),
    ];
    for (severity, count) in counts(diagnostics) {
        if count > 0 {
            let word = severity.word();
            let many =
                if severity == Severity::Loss { "losses".into() } else { format!("{word}s") };
            parts.push(counted(count, word, &many));
        }
    }
    writeln!(out, "{}", parts.join(", "))
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn json(out: &mut dyn Write, diagnostics: &[Diagnostic], summary: &Summary) -> io::Result<()> {
    for d in diagnostics {
        let object = serde_json::json!({
            "severity": d.code.severity().word(),
            "code": d.code.word(),
            "file": d.place.file,
            "line": d.place.line,
            "record": d.place.record,
            "field": d.field,
            "found": d.found,
            "done": d.done,
        });
        writeln!(out, "{object}")?;
    }
    let [losses, warnings, notes] = counts(diagnostics).map(|(_, count)| count);
    let object = serde_json::json!({
        "summary": {
            "records": summary.records,
            "entries": summary.entries,
            "losses": losses,
            "warnings": warnings,
            "notes": notes,
        }
    });
    writeln!(out, "{object}")
}

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use bibilingual::diagnostic::{Diagnostic, Severity, escaped};

/// Prints an error. Standard error that cannot be written leaves nobody to tell; the exit code
/// still does.
pub fn tell(error: &dyn std::fmt::Display) {
    let text = error.to_string();
    // An error of a template has several lines.
    let lines = text.split('\n').map(escaped).collect::<Vec<_>>().join("\n");
    let _ = writeln!(io::stderr(), "{lines}");
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

/// Tells diagnostics as they come, and sums them up at the end.
pub struct Reporter<W: Write> {
    out: W,
    messages: Messages,
    /// Nothing is told.
    quiet: bool,
    /// How many records there were.
    pub records: usize,
    /// How many entries went out.
    pub entries: usize,
    losses: usize,
    warnings: usize,
    notes: usize,
}

impl ReportArgs {
    /// Tells on standard error.
    pub fn reporter(&self) -> Reporter<io::Stderr> {
        Reporter { quiet: self.quiet, ..Reporter::new(io::stderr(), self.messages) }
    }

    /// True where only errors are told.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }
}

impl<W: Write> Reporter<W> {
    /// Tells to `out`.
    pub fn new(out: W, messages: Messages) -> Reporter<W> {
        let (records, entries, losses, warnings, notes) = (0, 0, 0, 0, 0);
        Reporter { out, messages, quiet: false, records, entries, losses, warnings, notes }
    }

    /// True where something was lost.
    pub fn lost(&self) -> bool {
        self.losses > 0
    }

    /// Tells diagnostics.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn tell(&mut self, diagnostics: &[Diagnostic]) -> io::Result<()> {
        for diagnostic in diagnostics {
            match diagnostic.code.severity() {
                Severity::Loss => self.losses += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Note => self.notes += 1,
            }
        }
        if self.quiet || diagnostics.is_empty() {
            return Ok(());
        }
        let mut text = Vec::new();
        for diagnostic in diagnostics {
            match self.messages {
                Messages::Text => writeln!(text, "{diagnostic}")?,
                Messages::Json => writeln!(text, "{}", json(diagnostic))?,
            }
        }
        self.out.write_all(&text)
    }

    /// Tells the sum.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        let line = match self.messages {
            Messages::Text => self.sum(),
            Messages::Json => serde_json::json!({
                "summary": {
                    "records": self.records,
                    "entries": self.entries,
                    "losses": self.losses,
                    "warnings": self.warnings,
                    "notes": self.notes,
                }
            })
            .to_string(),
        };
        writeln!(self.out, "{line}")?;
        self.out.flush()
    }

    /// Tells a sum of another kind: a line for people, counts for programs.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish_with(mut self, text: &str, counts: &[(&str, usize)]) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        let counts = || counts.iter().map(|(name, count)| ((*name).to_owned(), (*count).into()));
        let line = match self.messages {
            Messages::Text => escaped(text).into_owned(),
            Messages::Json => {
                let counts = serde_json::Value::Object(counts().collect());
                serde_json::json!({ "summary": counts }).to_string()
            }
        };
        writeln!(self.out, "{line}")?;
        self.out.flush()
    }

    fn sum(&self) -> String {
        let mut parts = vec![
            counted(self.records, "record", "records"),
            counted(self.entries, "entry", "entries"),
        ];
        let counts = [
            (self.losses, "loss", "losses"),
            (self.warnings, "warning", "warnings"),
            (self.notes, "note", "notes"),
        ];
        let told = counts.into_iter().filter(|(count, ..)| *count > 0);
        parts.extend(told.map(|(count, one, many)| counted(count, one, many)));
        parts.join(", ")
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn json(d: &Diagnostic) -> serde_json::Value {
    serde_json::json!({
        "severity": d.code.severity().word(),
        "code": d.code.word(),
        "file": &*d.place.file,
        "line": d.place.line,
        "record": d.place.record,
        "field": d.field,
        "found": d.found,
        "done": d.done,
    })
}

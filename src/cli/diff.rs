//! `bibilingual diff`.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bibilingual::Error;
use bibilingual::diagnostic::{Place, visible};
use bibilingual::library::diff::{Difference, diff};
use bibilingual::source::{Batches, Found, Options, Reading};
use clap::Args;

use super::convert::is_of_record;
use super::input::open;
use super::report::{Messages, tell};
use super::{ALL, NOTHING, SOME};

/// The help behind the options.
pub const EXAMPLES: &str = "\
Examples:
  bibilingual diff refs.bib refs.ris        what the one says and the other does not
  bibilingual diff old.bib new.bib --messages json

Entries are matched as in a merge, and values are compared as they are meant: {DNA} is DNA, and --
is -. What only one dialect has a field for is compared within that dialect.

Exit codes:
  0  both say the same
  1  they differ
  2  wrong usage, or a record could not be read";

/// What a comparison needs.
#[derive(Args)]
pub struct DiffArgs {
    /// A file with records: pages of booksci.cn, .bib, RIS, CSL-JSON, .enw
    first: PathBuf,
    /// The file to compare with; `-` for standard input
    second: PathBuf,
    /// How to print what differs
    #[arg(long, value_enum, default_value_t)]
    messages: Messages,
}

/// `bibilingual diff`.
pub fn run(args: &DiffArgs) -> u8 {
    match compare(args) {
        Ok(code) => code,
        Err(error) => {
            tell(&error);
            NOTHING
        }
    }
}

fn compare(args: &DiffArgs) -> Result<u8, Error> {
    let (first, broken) = read(&args.first)?;
    let (second, also) = read(&args.second)?;
    let differences = diff(&first, &second);
    let mut out = String::new();
    for difference in &differences {
        match args.messages {
            Messages::Text => text(difference, &mut out),
            Messages::Json => json(difference, &mut out),
        }
    }
    match io::stdout().write_all(out.as_bytes()).and_then(|()| io::stdout().flush()) {
        Err(source) if source.kind() != io::ErrorKind::BrokenPipe => {
            return Err(Error::Write { name: "standard output".to_owned(), source });
        }
        _ => {}
    }
    Ok(match differences.is_empty() {
        _ if broken || also => NOTHING,
        true => ALL,
        false => SOME,
    })
}

/// The entries of a file, and whether a record in it could not be read.
fn read(path: &Path) -> Result<(Vec<Found>, bool), Error> {
    let (name, input) = open(path, Arc::default());
    let input = input.map_err(|source| Error::Read { name: name.clone(), source })?;
    let mut all = Reading::default();
    for batch in Batches::new(input, &name, Options::default()) {
        all.extend(batch?.read()?);
    }
    let broken: Vec<_> = all.diagnostics.iter().filter(|d| is_of_record(d.code)).collect();
    broken.iter().for_each(|broken| tell(broken));
    Ok((all.found, !broken.is_empty()))
}

/// What one calls an entry: its key, else its title.
fn label(found: &Found) -> String {
    let entry = &found.entry;
    let title =
        || entry.title.en.as_ref().or(entry.title.zh.as_ref()).map(|t| t.plain().to_owned());
    match entry.key.is_empty() {
        true => visible(&title().or_else(|| entry.doi.clone()).unwrap_or_default()),
        false => visible(&entry.key),
    }
}

fn text(difference: &Difference<'_>, out: &mut String) {
    let line = match difference {
        Difference::OnlyFirst(found) => format!("- {} ({})\n", label(found), found.place),
        Difference::OnlySecond(found) => format!("+ {} ({})\n", label(found), found.place),
        Difference::Fields(first, second, sure, fields) => {
            let places = format!("{} and {}", first.place, second.place);
            let mut lines = format!("  {} ({places}: {})\n", label(first), sure.word());
            for field in fields {
                for (sign, value) in [('-', &field.first), ('+', &field.second)] {
                    if let Some(value) = value {
                        let name = visible(&field.field);
                        let _ = writeln!(lines, "    {sign} {name}: {}", visible(value));
                    }
                }
            }
            lines
        }
    };
    out.push_str(&line);
}

fn json(difference: &Difference<'_>, out: &mut String) {
    let place = |place: &Place| serde_json::json!({ "file": &*place.file, "line": place.line, "record": place.record });
    let mut push = |value: serde_json::Value| {
        let _ = writeln!(out, "{value}");
    };
    match difference {
        Difference::OnlyFirst(found) => push(serde_json::json!({
            "only": "first", "entry": label(found), "first": place(&found.place),
        })),
        Difference::OnlySecond(found) => push(serde_json::json!({
            "only": "second", "entry": label(found), "second": place(&found.place),
        })),
        Difference::Fields(first, second, sure, fields) => {
            for field in fields {
                push(serde_json::json!({
                    "entry": label(first),
                    "match": sure.word(),
                    "first": place(&first.place),
                    "second": place(&second.place),
                    "field": field.field,
                    "old": field.first,
                    "new": field.second,
                }));
            }
        }
    }
}

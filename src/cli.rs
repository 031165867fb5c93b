//! The commands and their options; this struct is the manual.

mod check;
mod convert;
mod diff;
mod explain;
mod input;
mod interrupt;
mod list;
mod merge;
mod output;
mod packed;
mod progress;
mod report;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use bibilingual::FORMATS;
use bibilingual::format::{RECEIVERS, template_names};

/// All entries went out.
pub const ALL: u8 = 0;
/// Some records did not go out; the others did.
pub const SOME: u8 = 1;
/// Wrong usage, nothing could be read or nothing could be written.
pub const NOTHING: u8 = 2;

const EXAMPLES: &str = "\
Examples:
  bibilingual convert page.txt                         BibTeX on standard output
  bibilingual convert page.txt -o refs.bib -o refs.ris -o refs.json
  bibilingual convert *.txt --to biblatex -o refs.bib  BibLaTeX in refs.bib
  bibilingual convert page.txt --for zotero -o refs.json
  cat page.txt | bibilingual convert --to csl-json --main zh
  bibilingual convert refs.bib -o refs.ris -o refs.json
  bibilingual merge refs.bib page.txt --backup         see bibilingual merge --help
  bibilingual template bibtex > mine.bib.j2            then edit it, and
  bibilingual convert page.txt --template mine.bib.j2 -o refs.bib

Exit codes:
  0  everything went out
  1  some records did not go out, the others did
  2  wrong usage, or nothing could be read or written";

/// Bilingual (Chinese and English) literature records to BibTeX, BibLaTeX, RIS and CSL-JSON, with
/// both titles in separate fields.
#[derive(Parser)]
#[command(version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Convert the records in files or on standard input
    #[command(after_help = EXAMPLES)]
    Convert(ConvertArgs),
    /// Put records into a library: fill what its entries lack, add what is new, change nothing else
    #[command(after_help = merge::EXAMPLES)]
    Merge(merge::MergeArgs),
    /// Show what differs between two files, by entry and field, across formats
    #[command(after_help = diff::EXAMPLES)]
    Diff(diff::DiffArgs),
    /// Print what was guessed, lost or found in contradiction, and convert nothing; ends with 1 if
    /// anything was lost
    Check {
        #[command(flatten)]
        input: input::InputArgs,
        /// Check in constant memory; repeated DOIs are told, records are not joined
        #[arg(long)]
        stream: bool,
        /// How to print the diagnostics
        #[arg(long, value_enum, default_value_t)]
        messages: report::Messages,
    },
    /// Show for one entry where each of its values came from
    Explain {
        #[command(flatten)]
        input: input::InputArgs,
        /// The citation key of the entry
        #[arg(long, value_name = "KEY")]
        entry: String,
        #[command(flatten)]
        choice: input::ChoiceArgs,
    },
    /// List the formats, their file endings and what they are for
    Formats {
        /// List the fields that templates and --omit can name instead
        #[arg(long)]
        fields: bool,
    },
    /// List the programs that --for knows, and what each keeps and drops of the second language
    Receivers,
    /// Print a built-in template, as a starting point for one's own
    Template {
        /// A format, or a format for a receiver, such as zotero.ris
        #[arg(value_parser = clap::builder::PossibleValuesParser::new(template_names()))]
        name: String,
    },
    /// Print the completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Args)]
struct ConvertArgs {
    #[command(flatten)]
    input: input::InputArgs,
    /// The format on standard output; beside -o, the format of files whose ending does not tell
    /// (`.bib` is BibTeX unless this says biblatex) [default: bibtex]
    #[arg(long, short = 't', value_name = "FORMAT", value_parser = format_names())]
    to: Option<String>,
    /// Write to FILE, in the format of its ending; can stand several times
    #[arg(long, short, value_name = "FILE")]
    output: Vec<PathBuf>,
    /// Write what PROGRAM reads best: its format and the place where it looks for the second title
    #[arg(long = "for", value_name = "PROGRAM", value_parser = receiver_names())]
    receiver: Option<String>,
    /// Both languages in the fields of one entry, or two linked entries (BibTeX and BibLaTeX)
    /// [default: fields; pair for --for biblatex-gb7714]
    #[arg(long, value_enum)]
    bilingual: Option<Bilingual>,
    #[command(flatten)]
    choice: input::ChoiceArgs,
    /// Render entries with this template in place of the built-in one
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// Leave out a field, such as abstract; can stand several times
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    omit: Vec<String>,
    /// Read every entry back and leave out those that are not what was meant [default: only with
    /// --template]
    #[arg(long, overrides_with = "no_verify")]
    verify: bool,
    /// Do not read entries back
    #[arg(long)]
    no_verify: bool,
    /// Convert inputs of any length in constant memory (other files than those of booksci.cn are in
    /// memory whole); records of the same work are not joined, those that repeat a DOI are told
    #[arg(long)]
    stream: bool,
    /// Write the records that could not go out to FILE, word for word, with the reason above each: mend
    /// them there and convert that file
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    #[command(flatten)]
    report: report::ReportArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Bilingual {
    /// One entry with both titles
    Fields,
    /// An entry for each language, linked by `related`
    Pair,
}

fn receiver_names() -> clap::builder::PossibleValuesParser {
    RECEIVERS.iter().map(|receiver| receiver.name).collect::<Vec<_>>().into()
}

fn format_names() -> clap::builder::PossibleValuesParser {
    FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().into()
}

impl Cli {
    /// Runs the command and gives the exit code.
    pub fn run(self) -> ExitCode {
        interrupt::watch();
        let code = match self.command {
            Command::Convert(args) => convert::run(&args),
            Command::Merge(args) => merge::run(&args),
            Command::Diff(args) => diff::run(&args),
            Command::Check { input, stream, messages } => check::run(&input, stream, messages),
            Command::Explain { input, entry, choice } => explain::run(&input, &entry, &choice),
            Command::Formats { fields: false } => list::formats(),
            Command::Formats { fields: true } => list::fields(),
            Command::Receivers => list::receivers(),
            Command::Template { name } => list::template(&name),
            Command::Completions { shell } => list::completions(shell),
        };
        ExitCode::from(code)
    }
}

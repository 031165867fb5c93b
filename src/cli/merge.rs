//! `bibilingual merge`.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bibilingual::diagnostic::Severity;
use bibilingual::export::Options;
use bibilingual::format::{Receiver, Renderer};
use bibilingual::join::join;
use bibilingual::library::{Library, Merged, Plan, Prefer};
use bibilingual::source::Reading;
use bibilingual::{Error, Format};
use clap::{Args, ValueEnum};
use similar::TextDiff;

use super::convert::{is_of_record, refuse_read};
use super::input::{ChoiceArgs, InputArgs};
use super::interrupt::hold;
use super::output::{Pending, Whole, same_file};
use super::packed::{unpacked, without_ending};
use super::report::{ReportArgs, tell};
use super::{ALL, NOTHING, SOME, format_names, receiver_names};

/// The help behind the options.
pub const EXAMPLES: &str = "\
Examples:
  bibilingual merge refs.bib page.txt --diff       show what would change
  bibilingual merge refs.bib page.txt --backup     change refs.bib, keep refs.bib~
  bibilingual merge refs.ris *.txt -o new.ris      leave refs.ris as it is
  cat page.txt | bibilingual merge refs.bib --dry-run

A record is taken for an entry by its DOI (or number in PubMed Central or arXiv), else by the title
in either language with year and first author. What the entry lacks is put in, in the style of the
file; what is in no entry is added at the end. Nothing else changes, not a byte.

Exit codes:
  0  everything went in
  1  some records did not go in, the others did
  2  wrong usage, or nothing could be read or written";

/// What a merge needs.
#[derive(Args)]
pub struct MergeArgs {
    /// The file that gets the records: .bib, RIS, CSL-JSON or .enw
    library: PathBuf,
    #[command(flatten)]
    input: InputArgs,
    /// Write to FILE and leave the library as it is; `-` for standard output
    #[arg(long, short, value_name = "FILE", conflicts_with = "backup")]
    output: Option<PathBuf>,
    /// Print what would change as a unified diff; nothing is written without -o
    #[arg(long)]
    diff: bool,
    /// Report what would be done, and write nothing
    #[arg(long, conflicts_with_all = ["output", "backup"])]
    dry_run: bool,
    /// Keep the old library beside the new one: refs.bib~
    #[arg(long)]
    backup: bool,
    /// Which value stays where the library and a record disagree
    #[arg(long, value_enum, default_value_t)]
    prefer: PreferArg,
    /// Leave a library as it is where it is broken, and change the rest; without this a library that
    /// cannot be read whole is not written
    #[arg(long)]
    allow_broken: bool,
    /// What is added to a .bib is BibTeX or BibLaTeX [default: told by its fields]
    #[arg(long, short, value_name = "FORMAT", value_parser = format_names())]
    to: Option<String>,
    /// Put in what PROGRAM reads best
    #[arg(long = "for", value_name = "PROGRAM", value_parser = receiver_names())]
    receiver: Option<String>,
    /// Put in no such field, such as abstract; can stand several times
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    omit: Vec<String>,
    #[command(flatten)]
    choice: ChoiceArgs,
    #[command(flatten)]
    report: ReportArgs,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum PreferArg {
    /// That of the library; the other one is told
    #[default]
    Old,
    /// That of the record
    New,
}

/// `bibilingual merge`.
pub fn run(args: &MergeArgs) -> u8 {
    match merge(args) {
        Ok(code) => code,
        Err(error) => {
            tell(&error);
            NOTHING
        }
    }
}

fn merge(args: &MergeArgs) -> Result<u8, Error> {
    let path = &args.library;
    let name = path.display().to_string();
    let refused = |what: String| Error::Output { name: name.clone(), what };
    if args.diff && args.output.as_deref().is_some_and(|out| out.as_os_str() == "-") {
        let what = "the new file would be on standard output too; give -o a file".to_owned();
        return Err(Error::Option { option: "--diff", what });
    }
    refuse_output(args, &name)?;
    let bytes = read(path, &name)?;
    let text = unpack(&bytes).map_err(|source| Error::Read { name: name.clone(), source })?;
    let library = Library::open(&text, &without_packing(path)).map_err(|error| match error {
        // The file has the ending that tells how it is packed.
        Error::Output { what, .. } => refused(what),
        error => error,
    })?;
    if !library.broken.is_empty() && !args.allow_broken {
        library.broken.iter().for_each(|broken| tell(broken));
        return Err(refused(format!(
            "not written: {} of it cannot be read (see above); mend it, or say --allow-broken to \
             leave that as it is",
            if library.broken.len() == 1 { "a part" } else { "parts" }
        )));
    }
    let receiver = args.receiver.as_deref().and_then(Receiver::by_name);
    let format = library.format(args.to.as_deref().and_then(Format::by_name))?;
    refuse_ending(args.output.as_deref(), format, &name)?;
    let renderer = match receiver {
        Some(receiver) => Renderer::for_receiver(format, receiver),
        None => Renderer::built_in(format),
    };
    let options = Options { omit: args.omit.clone(), ..args.choice.options()? };
    let prefer = match args.prefer {
        PreferArg::Old => Prefer::First,
        PreferArg::New => Prefer::Second,
    };
    let mut reporter = args.report.reporter();
    let (reading, failed) = records(&args.input);
    if reading.records == 0 {
        return Ok(NOTHING);
    }
    let _ = reporter.tell(&reading.diagnostics);
    let lost = reading.diagnostics.iter();
    let lost = lost.filter(|d| d.code.severity() == Severity::Loss && is_of_record(d.code)).count();
    let merged =
        library.merge(reading.found, &Plan { options: &options, renderer: &renderer, prefer })?;
    let _ = reporter.tell(&merged.diagnostics);
    write(args, &bytes, &text, merged.text.as_bytes())?;
    let _ = reporter
        .finish_with(&summary(&name, reading.records, &merged), &counts(&reading.records, &merged));
    Ok(if failed || lost > 0 || merged.left_out > 0 { SOME } else { ALL })
}

/// An output that is an input would be gone before anyone sees what it was; a pipe has no place where
/// a new library could stand.
fn refuse_output(args: &MergeArgs, name: &str) -> Result<(), Error> {
    let (path, out) = (&args.library, args.output.as_deref());
    let out = out.filter(|out| out.as_os_str() != "-");
    let backup = args.backup.then(|| beside(path));
    for written in out.into_iter().chain(backup.as_deref()) {
        refuse_read(written, &args.input, args.choice.reads())?;
    }
    let only_shown = args.dry_run || args.diff && args.output.is_none();
    let in_place = args.output.is_none() || out.is_some_and(|out| same_file(out, path));
    let is_pipe = fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir());
    match in_place && !only_shown && is_pipe {
        true => {
            let what = "is no regular file, and cannot be written again; give -o a file";
            Err(Error::Output { name: name.to_owned(), what: what.to_owned() })
        }
        false => Ok(()),
    }
}

/// What is written is in the format of the library, and its name may not say another one.
fn refuse_ending(out: Option<&Path>, format: &Format, library: &str) -> Result<(), Error> {
    let Some(out) = out else { return Ok(()) };
    let ending = without_ending(out).extension().and_then(OsStr::to_str);
    let Some((ending, other)) = ending.and_then(|e| Some((e, Format::by_extension(e)?))) else {
        return Ok(());
    };
    if format.extensions.iter().any(|own| own.eq_ignore_ascii_case(ending)) {
        return Ok(());
    }
    let what = format!(
        "its ending says {}, and {library} is in the format {}; give it the ending .{}, or convert \
         the library first",
        other.name, format.name, format.extensions[0]
    );
    Err(Error::Output { name: out.display().to_string(), what })
}

fn summary(name: &str, records: usize, merged: &Merged) -> String {
    let mut parts = vec![
        format!("{} added", merged.added),
        format!("{} filled", merged.filled),
        format!("{} with nothing new", merged.same),
    ];
    for (count, what) in [(merged.conflicts, "in conflict"), (merged.left_out, "left out")] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    let records = format!("{records} record{}", if records == 1 { "" } else { "s" });
    format!("{name}: {records}: {}", parts.join(", "))
}

fn counts(records: &usize, merged: &Merged) -> [(&'static str, usize); 6] {
    [
        ("records", *records),
        ("added", merged.added),
        ("filled", merged.filled),
        ("same", merged.same),
        ("conflicts", merged.conflicts),
        ("left_out", merged.left_out),
    ]
}

/// The bytes of the library.
fn read(path: &Path, name: &str) -> Result<Vec<u8>, Error> {
    let refused = |what: String| Error::Output { name: name.to_owned(), what };
    if path.as_os_str() == "-" {
        let what = "a library is a file; name it, and give the new records on standard input";
        return Err(refused(what.to_owned()));
    }
    fs::read(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => refused(format!(
            "there is no such library; `bibilingual convert … -o {name}` makes one"
        )),
        _ => Error::Read { name: name.to_owned(), source },
    })
}

fn unpack(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    unpacked(Cursor::new(bytes.to_vec()))?.read_to_end(&mut text)?;
    Ok(text)
}

/// The name of a library without the ending that says how it is compressed.
fn without_packing(path: &Path) -> String {
    path.with_file_name(without_ending(path).file_name().unwrap_or_default()).display().to_string()
}

/// The records of every input, and whether one could not be read.
fn records(input: &InputArgs) -> (Reading, bool) {
    let (mut all, mut failed) = (Reading::default(), false);
    for batch in input.batches(input.options(false), Arc::default()) {
        match batch.and_then(|batch| batch.read()) {
            Ok(reading) => all.extend(reading),
            Err(error) => {
                failed = true;
                tell(&error);
            }
        }
    }
    if !input.no_join {
        all.found = join(all.found, &mut all.diagnostics);
    }
    (all, failed)
}

/// Writes what is asked for: a diff, the new file, the old one beside it.
fn write(args: &MergeArgs, bytes: &[u8], old: &[u8], new: &[u8]) -> Result<(), Error> {
    let path = &args.library;
    if args.diff {
        print_diff(path, old, new)?;
    }
    if args.dry_run || args.diff && args.output.is_none() {
        return Ok(());
    }
    let standard = args.output.as_deref().is_some_and(|out| out.as_os_str() == "-");
    let out = args.output.as_deref().unwrap_or(path);
    let in_place = !standard && same_file(out, path);
    if in_place && old == new {
        return Ok(());
    }
    let target = Some(out).filter(|_| !standard);
    let name = if standard { "standard output".to_owned() } else { out.display().to_string() };
    let failed = |source| Error::Write { name: name.clone(), source };
    let file = match written(target, new) {
        // Whoever reads standard output has had enough.
        Err(e) if standard && e.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
        file => file.map_err(failed)?,
    };
    let backup = match args.backup && in_place {
        true => Some(backup(path, bytes)?),
        false => None,
    };
    let mut hold = hold();
    if in_place && fs::read(path).map_err(failed)? != bytes {
        let what = "changed while records were merged into it; nothing was written: run again";
        return Err(Error::Output { name, what: what.to_owned() });
    }
    if let Some(backup) = backup {
        backup.persist(&mut hold).map_err(failed)?;
    }
    file.persist(&mut hold).map_err(failed)
}

fn written(path: Option<&Path>, bytes: &[u8]) -> io::Result<Whole> {
    let mut pending = Pending::open(path)?;
    pending.write_all(bytes)?;
    pending.finish()
}

/// Where the old library is kept: `refs.bib~`.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("~");
    PathBuf::from(name)
}

/// The old bytes in `refs.bib~`, which nobody can read who could not read them before.
fn backup(path: &Path, bytes: &[u8]) -> Result<Whole, Error> {
    let beside = beside(path);
    let write = || {
        let file = written(Some(&beside), bytes)?;
        if let Whole::File(file, _) = &file {
            file.as_file().set_permissions(fs::metadata(path)?.permissions())?;
        }
        Ok(file)
    };
    write().map_err(|source| Error::Write { name: beside.display().to_string(), source })
}

fn print_diff(path: &Path, old: &[u8], new: &[u8]) -> Result<(), Error> {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let name = path.display().to_string();
    let diff = TextDiff::from_lines(&*old, &*new);
    let text = diff.unified_diff().header(&name, &name).to_string();
    match io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()) {
        Err(source) if source.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::Write { name: "standard output".to_owned(), source })
        }
        _ => Ok(()),
    }
}

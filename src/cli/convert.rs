use std::io;
use std::path::{Path, PathBuf};

use bibilingual::diagnostic::{Code, Diagnostic, Finding, Place, Severity};
use bibilingual::export::{self, Options, Ready, WriteError};
use bibilingual::format::{Dialect, Receiver, Renderer};
use bibilingual::view::View;
use bibilingual::{Error, Format, key};

use super::input::read_text;
use super::output::{Pending, Target, Wish, same_file, targets};
use super::report::{Summary, tell};
use super::{ALL, Bilingual, ConvertArgs, NOTHING, SOME};

/// `bibilingual convert`.
pub fn run(args: &ConvertArgs) -> u8 {
    match convert(args) {
        Ok(code) => code,
        Err(error) => {
            tell(&error);
            NOTHING
        }
    }
}

fn convert(args: &ConvertArgs) -> Result<u8, Error> {
    // Whatever can be wrong with the options is found before anything is read.
    let template = args.template.as_deref().map(read_template).transpose()?;
    let name = template.as_ref().map(|(name, _)| name.as_str());
    let receiver = args.receiver.as_deref().and_then(Receiver::by_name);
    let to = args.to.as_deref().and_then(Format::by_name);
    let targets = targets(&args.output, Wish { to, receiver, template: name })?;
    let renderers = renderers(&targets, template.as_ref(), receiver)?;
    let pair = pair(args.bilingual, receiver, &targets)?;
    let options = Options { omit: args.omit.clone(), ..args.choice.options()? };
    for target in &targets {
        refuse_input(target, &args.input.input)?;
    }

    let mut input = args.input.read();
    if input.found.is_empty() {
        if input.records > 0 {
            let summary = Summary { records: input.records, entries: 0 };
            args.report.print(&input.diagnostics, &summary);
        }
        return Ok(NOTHING);
    }
    let diagnostics = &mut input.diagnostics;
    let ready = export::prepare(input.found, &options, &mut key::Keys::default(), diagnostics)?;
    if let Some(receiver) = receiver {
        diagnostics.extend(targets.iter().flat_map(|target| drops(receiver, target, &ready)));
    }
    let verify = !args.no_verify && (args.verify || args.template.is_some());
    let entries = write_all(&ready, &targets, &renderers, Writing { verify, pair }, diagnostics)?;

    let lost = |d: &Diagnostic| d.code.severity() == Severity::Loss && is_of_record(d.code);
    let some = input.failed || input.diagnostics.iter().any(lost);
    args.report.print(&input.diagnostics, &Summary { records: input.records, entries });
    Ok(match (entries, some) {
        (0, _) => NOTHING,
        (_, true) => SOME,
        (_, false) => ALL,
    })
}

/// True for the codes that say that a record did not go out at all.
fn is_of_record(code: Code) -> bool {
    matches!(code, Code::RecordCutOff | Code::RecordBroken | Code::NotReadBack | Code::NotRendered)
}

fn read_template(path: &Path) -> Result<(String, String), Error> {
    Ok((path.display().to_string(), read_text(path)?))
}

fn renderers(
    targets: &[Target],
    template: Option<&(String, String)>,
    receiver: Option<&'static Receiver>,
) -> Result<Vec<Renderer>, Error> {
    if template.is_some() && targets.len() > 1 {
        let what =
            "one template makes one format; give one output, and run once for each".to_owned();
        return Err(Error::Option { option: "--template", what });
    }
    let renderer = |target: &Target| match template {
        Some((name, text)) => Ok(Renderer::new(target.format, name, text.clone())?),
        None => Ok(match receiver {
            Some(receiver) => Renderer::for_receiver(target.format, receiver),
            None => Renderer::built_in(target.format),
        }),
    };
    targets.iter().map(renderer).collect()
}

/// Whether to write pairs: what the user says, else what serves the receiver.
fn pair(
    wish: Option<Bilingual>,
    receiver: Option<&Receiver>,
    targets: &[Target],
) -> Result<bool, Error> {
    let linking = targets.iter().any(|target| target.format.dialect == Some(Dialect::Bib));
    if wish == Some(Bilingual::Pair) && !linking {
        let what = "pair: only BibTeX and BibLaTeX link entries; write a .bib file".to_owned();
        return Err(Error::Option { option: "--bilingual", what });
    }
    Ok(match wish {
        Some(wish) => wish == Bilingual::Pair,
        None => receiver.is_some_and(|receiver| receiver.pair),
    })
}

/// What the receiver will drop of an output, where there is something to drop.
fn drops(receiver: &Receiver, target: &Target, ready: &[Ready]) -> Vec<Diagnostic> {
    let place = Place { file: target.name(), ..Place::default() };
    let tell = |found: String, done: String| {
        Diagnostic::new(place.clone(), "", Finding::new(Code::ReceiverDrops, found, done))
    };
    let count = |has: &dyn Fn(&View) -> bool| ready.iter().filter(|r| has(&r.view)).count();
    let entries = |count: usize| match count {
        1 => "1 entry".to_owned(),
        _ => format!("{count} entries"),
    };
    if !receiver.reads(target.format) {
        let titles = count(&|view| view.title_other().is_some());
        let formats: Vec<&str> = receiver.formats.iter().map(|(name, _)| *name).collect();
        let (name, format) = (receiver.name, target.format.name);
        let found =
            format!("{name} drops the second title of a {format} file ({})", entries(titles));
        let done = format!("written all the same; it keeps it from {}", formats.join(" or "));
        return if titles > 0 { vec![tell(found, done)] } else { Vec::new() };
    }
    let dropped = receiver.drops.iter().map(|(what, has)| (what, count(has)));
    let told = dropped.filter(|(_, count)| *count > 0).map(|(what, count)| {
        let found = format!("{} drops {what} ({})", receiver.name, entries(count));
        tell(found, "written all the same".to_owned())
    });
    told.collect()
}

/// How entries are written.
#[derive(Clone, Copy)]
struct Writing {
    /// Each is read back first.
    verify: bool,
    /// Those with two titles become two linked entries, where the format links.
    pair: bool,
}

/// An output that is also an input would be gone before it is read again.
fn refuse_input(target: &Target, inputs: &[PathBuf]) -> Result<(), Error> {
    let Some(path) = &target.path else { return Ok(()) };
    match inputs.iter().any(|input| same_file(input, path)) {
        false => Ok(()),
        true => {
            let what = "is an input too; write to another file".to_owned();
            Err(Error::Output { name: target.name(), what })
        }
    }
}

/// Writes every output, and puts the files into their places only when all are whole and none is
/// without entries. Gives the number of entries in the output that has the fewest.
fn write_all(
    ready: &[Ready],
    targets: &[Target],
    renderers: &[Renderer],
    how: Writing,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<usize, Error> {
    let failed = |target: &Target, source| Error::Write { name: target.name(), source };
    let mut pending = Vec::new();
    let mut fewest = usize::MAX;
    for (target, renderer) in targets.iter().zip(renderers) {
        let mut out = Pending::open(target).map_err(|e| failed(target, e))?;
        let paired = match how.pair && target.format.dialect == Some(Dialect::Bib) {
            true => Some(export::pairs(ready, diagnostics)),
            false => None,
        };
        let ready = paired.as_deref().unwrap_or(ready);
        match export::write(ready, renderer, how.verify, &mut out) {
            Ok(written) => {
                fewest = fewest.min(written.entries);
                diagnostics.extend(written.diagnostics);
                pending.push((target, out));
            }
            Err(WriteError::Template(error)) => return Err(error.into()),
            Err(WriteError::Io(e)) if is_closed_pipe(target, &e) => {}
            Err(WriteError::Io(e)) => return Err(failed(target, e)),
        }
    }
    if fewest == 0 {
        return Ok(0);
    }
    for (target, out) in pending {
        match out.finish() {
            Err(e) if !is_closed_pipe(target, &e) => return Err(failed(target, e)),
            _ => {}
        }
    }
    Ok(if fewest == usize::MAX { ready.len() } else { fewest })
}

/// A reader that has closed its end, such as `head`, has had enough: no error.
fn is_closed_pipe(target: &Target, error: &io::Error) -> bool {
    target.path.is_none() && error.kind() == io::ErrorKind::BrokenPipe
}

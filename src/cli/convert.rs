use std::io;
use std::path::{Path, PathBuf};

use bibilingual::diagnostic::{Code, Diagnostic, Severity};
use bibilingual::export::{self, Options, Ready, WriteError};
use bibilingual::format::Renderer;
use bibilingual::{Error, key};

use super::input::read_text;
use super::output::{Pending, Target, same_file, targets};
use super::report::{Summary, tell};
use super::{ALL, ConvertArgs, NOTHING, SOME};

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
    let targets = targets(&args.output, args.to.as_deref(), name)?;
    let renderers = renderers(&targets, template.as_ref())?;
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
    let ready = export::prepare(input.found, &options, &mut key::Keys::default())?;
    let verify = !args.no_verify && (args.verify || args.template.is_some());
    let entries = write_all(&ready, &targets, &renderers, verify, &mut input.diagnostics)?;

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
) -> Result<Vec<Renderer>, Error> {
    if template.is_some() && targets.len() > 1 {
        let what =
            "one template makes one format; give one output, and run once for each".to_owned();
        return Err(Error::Option { option: "--template", what });
    }
    let renderer = |target: &Target| match template {
        Some((name, text)) => Ok(Renderer::new(target.format, name, text.clone())?),
        None => Ok(Renderer::built_in(target.format)),
    };
    targets.iter().map(renderer).collect()
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
    verify: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<usize, Error> {
    let failed = |target: &Target, source| Error::Write { name: target.name(), source };
    let mut pending = Vec::new();
    let mut fewest = ready.len();
    for (target, renderer) in targets.iter().zip(renderers) {
        let mut out = Pending::open(target).map_err(|e| failed(target, e))?;
        match export::write(ready, renderer, verify, &mut out) {
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
    Ok(fewest)
}

/// A reader that has closed its end, such as `head`, has had enough: no error.
fn is_closed_pipe(target: &Target, error: &io::Error) -> bool {
    target.path.is_none() && error.kind() == io::ErrorKind::BrokenPipe
}

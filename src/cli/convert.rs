mod run;

use std::path::Path;

use bibilingual::diagnostic::{Code, Diagnostic, Finding, Place};
use bibilingual::export::{Options, Plan, run as export};
use bibilingual::format::{Dialect, Receiver, Renderer};
use bibilingual::view::View;
use bibilingual::{Error, Format};
use run::Run;

use super::input::{InputArgs, read_text};
use super::output::{Target, Wish, same_file, targets};
use super::report::tell;
use super::{Bilingual, ConvertArgs, NOTHING};

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
    let options =
        Options { omit: args.omit.clone(), no_join: args.input.no_join, ..args.choice.options()? };
    let rejects = args.rejects.as_deref();
    for path in targets.iter().filter_map(|target| target.path.as_deref()).chain(rejects) {
        let template = args.template.as_deref().map(|read| ("--template", read));
        refuse_read(path, &args.input, template.into_iter().chain(args.choice.reads()))?;
    }
    if let Some(path) = rejects {
        if path.as_os_str() == "-" {
            let what = "`-` is standard output, where entries go; give the rejects a file";
            return Err(Error::Option { option: "--rejects", what: what.to_owned() });
        }
        refuse_output(path, &targets)?;
    }
    if let Some(renderer) = renderers.iter().find(|r| args.stream && r.takes_all()) {
        let what = format!(
            "the template for {} uses `entries`, which are all in memory at once; use `entry`, or \
             leave --stream out",
            renderer.format().name
        );
        return Err(Error::Option { option: "--stream", what });
    }
    let verify = !args.no_verify && (args.verify || args.template.is_some());
    let counts = receiver.map(counts).unwrap_or_default();
    let plan = Plan {
        renderers: &renderers,
        verify,
        pair,
        stream: args.stream,
        counts: &counts,
        jobs: args.input.jobs(),
        ..Plan::new(&options)
    };
    let mut run = Run::begin(args, &targets, &renderers, counts.len())?;
    let batches =
        args.input.batches(args.input.options(rejects.is_some()), run.progress.read.clone());
    match export(batches, &plan, &mut |part| run.take(part)) {
        Ok(()) | Err(Error::Closed) => {}
        Err(error) => return Err(error),
    }
    run.end(receiver)
}

/// True for the codes that say that a record did not go out at all.
pub fn is_of_record(code: Code) -> bool {
    matches!(
        code,
        Code::RecordCutOff
            | Code::RecordBroken
            | Code::OverLimit
            | Code::MetricsLost
            | Code::NotReadBack
            | Code::NotRendered
    )
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

/// What has to be counted to tell what a receiver drops: entries with a second title, then those
/// that have what it drops.
fn counts(receiver: &Receiver) -> Vec<fn(&View) -> bool> {
    let second: fn(&View) -> bool = |view| view.title_other().is_some();
    std::iter::once(second).chain(receiver.drops.iter().map(|drop| drop.has)).collect()
}

/// What the receiver will drop of an output, where there is something to drop; `counts` are those of [`counts`].
fn drops(
    receiver: &Receiver,
    target: &Target,
    renderer: &Renderer,
    counts: &[usize],
) -> Vec<Diagnostic> {
    let place = Place { file: target.name().into(), ..Place::default() };
    let tell = |found: String, done: String| {
        Diagnostic::new(place.clone(), "", Finding::new(Code::ReceiverDrops, found, done))
    };
    let entries = |count: usize| match count {
        1 => "1 entry".to_owned(),
        _ => format!("{count} entries"),
    };
    if !receiver.reads(target.format) {
        let titles = counts[0];
        let formats: Vec<&str> = receiver.formats.iter().map(|(name, _)| *name).collect();
        let (name, format) = (receiver.name, target.format.name);
        let found =
            format!("{name} drops the second title of a {format} file ({})", entries(titles));
        let done = format!("written all the same; it keeps it from {}", formats.join(" or "));
        return if titles > 0 { vec![tell(found, done)] } else { Vec::new() };
    }
    let dropped = receiver.drops.iter().zip(&counts[1..]);
    let told = dropped.filter(|(_, count)| **count > 0).map(|(drop, count)| {
        let found = format!("{} drops {} ({})", receiver.name, drop.what, entries(*count));
        let left_out = |field: &&str| renderer.leaves_out(field);
        let done = match !drop.fields.is_empty() && drop.fields.iter().all(left_out) {
            true => format!("left out, {} has no place for it", target.format.name),
            false => "written all the same".to_owned(),
        };
        tell(found, done)
    });
    told.collect()
}

/// An output that is also read would be gone before it is read again. `others` are files that options
/// name, with their options.
pub(super) fn refuse_read<'a>(
    path: &Path,
    inputs: &InputArgs,
    mut others: impl Iterator<Item = (&'static str, &'a Path)>,
) -> Result<(), Error> {
    let is_input = inputs.input.iter().any(|input| same_file(input, path));
    let what = match is_input {
        true => "is an input too; write to another file".to_owned(),
        false => match others.find(|(_, read)| same_file(read, path)) {
            Some((option, _)) => format!("is the file of {option} too; write to another file"),
            None => return Ok(()),
        },
    };
    Err(Error::Output { name: path.display().to_string(), what })
}

fn refuse_output(rejects: &Path, targets: &[Target]) -> Result<(), Error> {
    let mut outputs = targets.iter().filter_map(|target| target.path.as_deref());
    match outputs.any(|output| same_file(output, rejects)) {
        false => Ok(()),
        true => {
            let what = "is an output too; give --rejects a file of its own".to_owned();
            Err(Error::Output { name: rejects.display().to_string(), what })
        }
    }
}

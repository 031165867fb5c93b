//! The pipeline: records in, keys, views, rendered entries out.

mod draft;
mod pairs;
mod parallel;
mod register;
mod repeats;
mod run;

use std::sync::Arc;

pub use pairs::pairs;
pub use run::{Output, Part, Plan, Rendered, run};

use draft::Draft;

use crate::diagnostic::{Code, Diagnostic, Finding, Place};
use crate::error::Error;
use crate::format::{Dialect, Expression, Format, Renderer, TemplateError};
use crate::key::{Keys, Suffix};
use crate::source::{self, Batches, Found, Verbatim};
use crate::text::pinyin::Overrides;
use crate::view::{Main, View};

/// What a user can choose about every entry, whatever the format.
#[derive(Default)]
pub struct Options {
    /// Which language the main title has.
    pub main: Main,
    /// Records of the same work stay apart.
    pub no_join: bool,
    /// Names of fields to leave out, each with its other forms: see [`crate::view::fields_of`].
    pub omit: Vec<String>,
    /// What makes a key the only one.
    pub suffix: Suffix,
    /// An expression for citation keys in place of the built-in rule.
    pub key: Option<Expression>,
    /// Chinese authors whom the source gives in characters alone get a form in pinyin.
    pub pinyin: bool,
    /// Readings of Chinese characters that go before the built-in ones.
    pub readings: Overrides,
}

/// An entry ready to be rendered, and where its record stands.
#[derive(Clone, Debug)]
pub struct Ready {
    /// The view.
    pub view: View,
    /// The place of the record.
    pub place: Place,
    /// The places of the records that were joined with it.
    pub others: Vec<Place>,
    /// The records as they stand, where they were asked for.
    pub verbatim: Vec<Verbatim>,
}

/// Gives each entry its key and its main language.
///
/// # Errors
/// The key expression names a field that there is not, or an option has a value that it cannot
/// have.
pub fn prepare(
    found: Vec<Found>,
    options: &Options,
    keys: &mut Keys,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<Ready>, Error> {
    let omitted = omitted(&options.omit)?;
    let mut ready = Vec::with_capacity(found.len());
    for one in found {
        let mut draft = Draft::new(one, options, diagnostics)?;
        draft.give_key(options, keys, diagnostics);
        ready.push(draft.ready(options, &omitted));
    }
    Ok(ready)
}

/// Entries one after another as text of the renderer's format, without what stands between them.
/// Nothing but the keys is kept from one to the next. An entry that cannot be rendered is an error in
/// its place, and the others go on.
///
/// ```
/// use bibilingual::export::{Options, rendered};
/// use bibilingual::format::Renderer;
/// use bibilingual::source::{self, Batches};
/// use bibilingual::Format;
///
/// let input = "{\"title\":\"One\"}\n{\"title\":\"Two\"}\n";
/// let batches = Batches::new(input.as_bytes(), "input", source::Options::default());
/// let found = batches.flatten().flat_map(|batch| batch.read()).flat_map(|part| part.found);
/// let (renderer, options) = (Renderer::built_in(Format::by_name("bibtex").unwrap()), Options::default());
/// let entries: Vec<String> = rendered(found, &renderer, &options)?.collect::<Result<_, _>>()?;
/// assert!(entries[1].starts_with("@article{two,\n  title = {Two}"));
/// # Ok::<(), bibilingual::Error>(())
/// ```
///
/// # Errors
/// An option has a value that it cannot have.
pub fn rendered<'a>(
    found: impl Iterator<Item = Found> + 'a,
    renderer: &'a Renderer,
    options: &'a Options,
) -> Result<impl Iterator<Item = Result<String, Error>> + 'a, Error> {
    let omitted = omitted(&options.omit)?;
    let mut keys = Keys::default();
    Ok(found.map(move |one| {
        let mut told = Vec::new();
        let mut draft = Draft::new(one, options, &mut told)?;
        draft.give_key(options, &mut keys, &mut told);
        Ok(renderer.entry(&draft.ready(options, &omitted).view)?)
    }))
}

pub(crate) fn omitted(names: &[String]) -> Result<Arc<[&'static str]>, Error> {
    let mut omitted = Vec::new();
    for name in names {
        let fields = crate::view::fields_of(name);
        if fields.is_empty() {
            let what = match crate::view::FIELDS.iter().any(|field| field.name == name) {
                true => format!("every entry needs its `{name}`; leave out another field"),
                false => format!(
                    "no field `{name}` to leave out; `bibilingual formats --fields` lists them"
                ),
            };
            return Err(Error::Option { option: "--omit", what });
        }
        omitted.extend(fields);
    }
    Ok(omitted.into())
}

/// Why an entry was not rendered.
enum NotRendered {
    /// The template is wrong for every entry.
    Fatal(TemplateError),
    /// This entry is left out.
    Entry(Finding),
}

/// Renders an entry behind what stands in `out`, and reads it back where there is a dialect.
fn render(
    renderer: &Renderer,
    dialect: Option<Dialect>,
    view: &View,
    out: &mut String,
) -> Result<(), NotRendered> {
    let start = out.len();
    renderer.entry_into(view, out).map_err(|error| match error.fatal {
        true => NotRendered::Fatal(error),
        false => NotRendered::Entry(Finding::new(Code::NotRendered, error.to_string(), "left out")),
    })?;
    let Some(dialect) = dialect else { return Ok(()) };
    crate::verify::verify(dialect, &out[start..], view, &|field| renderer.asks(field)).map_err(
        |difference| {
            let found = format!("entry {}: {difference}", view.entry().key);
            let done = "left out: see the template";
            NotRendered::Entry(Finding::new(Code::NotReadBack, found, done))
        },
    )
}

/// What a conversion gave.
#[derive(Debug)]
pub struct Converted {
    /// The file, in the format asked for.
    pub text: String,
    /// How many entries are in it.
    pub entries: usize,
    /// How many records the input held, broken ones too.
    pub records: usize,
    /// What was guessed, lost or found in contradiction.
    pub diagnostics: Vec<Diagnostic>,
}

/// Converts the records in a text to one of the built-in formats.
///
/// `name` stands for the text in messages.
///
/// # Errors
/// [`Error::NoRecord`] where the text holds none, [`Error::Option`] and [`Error::Template`] for an
/// option that cannot be.
pub fn convert(
    input: &[u8],
    name: &str,
    format: &'static Format,
    options: &Options,
) -> Result<Converted, Error> {
    let renderers = [Renderer::built_in(format)];
    let plan = Plan { renderers: &renderers, ..Plan::new(options) };
    let mut all = Converted { text: String::new(), entries: 0, records: 0, diagnostics: vec![] };
    let batches = Batches::new(input, name, source::Options::default());
    let mut output = Output::new(&renderers[0]);
    run(batches, &plan, &mut |part| {
        if let Some(error) = part.failure {
            return Err(error);
        }
        all.records += part.records;
        all.diagnostics.extend(part.diagnostics);
        let rendered = part.rendered.into_iter().next().unwrap_or_default();
        output.lead(&rendered).into_iter().for_each(|text| all.text.push_str(text));
        Ok(())
    })?;
    all.text.push_str(output.end());
    all.entries = output.entries;
    Ok(all)
}

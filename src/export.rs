//! The pipeline: records in, keys, views, rendered entries out.

mod parallel;
mod repeats;
mod run;

use std::sync::Arc;

pub use run::{Output, Part, Plan, Rendered, run};

use crate::diagnostic::{Code, Diagnostic, Finding, Place};
use crate::error::Error;
use crate::format::{Dialect, Expression, Format, Renderer, TemplateError};
use crate::key::{self, Keys, Suffix};
use crate::model::Entry;
use crate::source::{self, Batches, Found, Verbatim};
use crate::text::pinyin::{self, Overrides};
use crate::view::{Main, View, second_key};

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

/// An entry with the key that it would have alone. It is made of what it was found with, and of
/// nothing else, so that drafts can be made on all cores at once.
struct Draft {
    found: Found,
    /// The key that it has in its file, where it has one and no other was asked for.
    own: Option<String>,
    /// The hash of its DOI.
    doi: Option<u64>,
    /// The key of the second entry, where it becomes a pair.
    second_key: Option<String>,
}

impl Draft {
    /// # Errors
    /// The key expression names a field that there is not.
    fn new(
        mut found: Found,
        options: &Options,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Draft, Error> {
        let Found { entry, place, .. } = &mut found;
        if options.pinyin {
            romanize(entry, place, &options.readings, diagnostics);
        }
        let own = std::mem::take(&mut entry.key);
        entry.key = match own.is_empty() {
            true => key::base(entry, &options.readings),
            false => key::of_file(&own),
        };
        if let Some(expression) = &options.key {
            let view = View::new(Arc::from(entry.clone()), options.main, Arc::from([]));
            let finding = match expression.eval(&view) {
                Ok(made) if !made.is_empty() => {
                    entry.key = key::tidy(&made);
                    None
                }
                Err(error) if error.fatal => return Err(error.into()),
                // An entry that lacks what the expression wants keeps its own or the built-in key.
                Ok(_) => Some(no_key("it gives nothing for this entry", &entry.key)),
                Err(error) => Some(no_key(&error.message, &entry.key)),
            };
            let told = finding.map(|finding| Diagnostic::new(place.clone(), "key", finding));
            diagnostics.extend(told);
        }
        if options.suffix == Suffix::Hash {
            entry.key = key::with_hash(&entry.key, entry);
        }
        let doi = entry.doi.as_deref().map(key::folded_hash);
        let own = Some(own).filter(|own| !own.is_empty() && options.key.is_none());
        Ok(Draft { found, own, doi, second_key: None })
    }

    /// Gives the entry a key that no other has.
    fn give_key(&mut self, options: &Options, keys: &mut Keys, diagnostics: &mut Vec<Diagnostic>) {
        let Found { entry, place, .. } = &mut self.found;
        if options.suffix == Suffix::Letters {
            entry.key = keys.unique(std::mem::take(&mut entry.key));
        }
        if let Some(own) = self.own.take().filter(|own| *own != entry.key) {
            let finding = Finding::new(Code::KeyChanged, own, format!("changed to {}", entry.key));
            diagnostics.push(Diagnostic::new(place.clone(), "key", finding));
        }
    }

    /// Gives the second entry of the pair that the entry will be a key that no other has. One with a
    /// hash is the only one anyway.
    fn give_second_key(
        &mut self,
        options: &Options,
        keys: &mut Keys,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if options.suffix == Suffix::Letters {
            let Found { entry, place, .. } = &self.found;
            let usual = second_key(entry, options.main);
            self.second_key = usual.map(|usual| second(usual, keys, place, diagnostics));
        }
    }

    fn ready(self, options: &Options, omitted: &Arc<[&'static str]>) -> Ready {
        let Found { entry, place, others, verbatim } = self.found;
        let mut view = View::new(Arc::from(entry), options.main, omitted.clone());
        self.second_key.into_iter().for_each(|key| view.set_second_key(key));
        Ready { view, place, others, verbatim }
    }
}

/// What is told of an entry for which the expression for keys gives none.
fn no_key(why: &str, key: &str) -> Finding {
    let done = format!("{key} in its place, as without --key-template");
    Finding::new(Code::KeyDefault, format!("--key-template: {why}"), done)
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

/// Gives Chinese names a form in pinyin, and tells that it was made.
fn romanize(
    entry: &mut Entry,
    place: &Place,
    readings: &Overrides,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut made = Vec::new();
    for name in entry.authors.iter_mut().filter(|name| name.other.is_none()) {
        if let Some(form) = pinyin::romanize(name, readings) {
            made.push(format!("{} {}", form.family, form.given.as_deref().unwrap_or_default()));
            name.other = Some(Box::new(form));
        }
    }
    if !made.is_empty() {
        let finding = Finding::new(Code::PinyinMade, made.join(", "), "made from the characters");
        diagnostics.push(Diagnostic::new(place.clone(), "authors", finding));
    }
}

/// The key of the second entry of a pair, told where it is not the usual one. It gives way to keys that
/// a file has.
fn second(
    usual: String,
    keys: &mut Keys,
    place: &Place,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let key = keys.made(usual.clone());
    if key != usual {
        let done = format!("changed to {key}, for the entry in the other language");
        let finding = Finding::new(Code::KeyChanged, usual, done);
        diagnostics.push(Diagnostic::new(place.clone(), "key", finding));
    }
    key
}

/// Two linked entries for each that has two titles, see [`View::pair`]; the others stay one, which
/// is told. `keys` are those that [`prepare`] gave: the second entries get others.
pub fn pairs(
    mut ready: Vec<Ready>,
    options: &Options,
    keys: &mut Keys,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Ready> {
    for Ready { view, place, .. } in &mut ready {
        if let Some(usual) = second_key(view.entry(), options.main) {
            view.set_second_key(second(usual, keys, place, diagnostics));
        }
    }
    paired(&ready, diagnostics)
}

fn paired(ready: &[Ready], diagnostics: &mut Vec<Diagnostic>) -> Vec<Ready> {
    let mut out = Vec::with_capacity(2 * ready.len());
    for one in ready {
        match one.view.pair() {
            Some((first, second)) => {
                diagnostics.extend(unlinked(one));
                out.push(Ready { view: first, ..one.clone() });
                out.push(Ready { view: second, ..one.clone() });
            }
            None => {
                let key = one.view.entry().key.clone();
                let finding = Finding::new(Code::NoPair, key, "one entry: there is one title");
                diagnostics.push(Diagnostic::new(one.place.clone(), "title", finding));
                out.push(one.clone());
            }
        }
    }
    out
}

/// Tells which links to other entries give way to the one between the entries of a pair.
fn unlinked(ready: &Ready) -> impl Iterator<Item = Diagnostic> {
    let done = "left out: the entry is linked to the one in the other language; leave --bilingual \
                pair out to keep it";
    ready.view.unlinked().into_iter().map(move |(field, value)| {
        let finding = Finding::new(Code::FieldLost, value, done);
        Diagnostic::new(ready.place.clone(), &field, finding)
    })
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

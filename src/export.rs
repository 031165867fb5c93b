//! The pipeline: records in, keys, views, rendered entries out.

use std::io::{self, Write};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Finding, Place};
use crate::error::Error;
use crate::format::{Dialect, Expression, Format, Renderer, TemplateError};
use crate::join::join;
use crate::key::{self, Keys};
use crate::model::Entry;
use crate::source::{self, Found};
use crate::text::pinyin::{self, Overrides};
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
    for Found { mut entry, place, others } in found {
        if options.pinyin {
            romanize(&mut entry, &place, &options.readings, diagnostics);
        }
        let own = std::mem::take(&mut entry.key);
        entry.key = match own.is_empty() {
            true => key::base(&entry, &options.readings),
            false => key::of_file(&own),
        };
        if let Some(expression) = &options.key {
            let view = View::new(Arc::new(entry.clone()), options.main, Arc::from([]));
            entry.key = match expression.eval(&view) {
                Ok(made) if !made.is_empty() => key::tidy(&made),
                Err(error) if error.fatal => return Err(error.into()),
                // An entry that lacks what the expression wants keeps the built-in key.
                Ok(_) | Err(_) => entry.key,
            };
        }
        entry.key = keys.unique(entry.key);
        if !own.is_empty() && own != entry.key && options.key.is_none() {
            let done = format!("changed to {}", entry.key);
            let finding = Finding::new(Code::KeyChanged, own, done);
            diagnostics.push(Diagnostic::new(place.clone(), "key", finding));
        }
        let view = View::new(Arc::new(entry), options.main, omitted.clone());
        ready.push(Ready { view, place, others });
    }
    Ok(ready)
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

/// Two linked entries for each that has two titles, see [`View::pair`]; the others stay one, which
/// is told.
pub fn pairs(ready: &[Ready], diagnostics: &mut Vec<Diagnostic>) -> Vec<Ready> {
    let mut out = Vec::with_capacity(2 * ready.len());
    for one in ready {
        match one.view.pair() {
            Some((first, second)) => {
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

fn omitted(names: &[String]) -> Result<Arc<[&'static str]>, Error> {
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

/// What became of the entries of one output.
#[derive(Debug, Default)]
pub struct Written {
    /// How many entries went out.
    pub entries: usize,
    /// Those that did not, and why.
    pub diagnostics: Vec<Diagnostic>,
}

/// Renders entries and writes them to `out`, the good ones in order. With `verify` each is read
/// back first, and left out where it is not what was meant.
///
/// # Errors
/// The template is wrong for every entry, or `out` cannot be written.
pub fn write(
    ready: &[Ready],
    renderer: &Renderer,
    verify: bool,
    out: &mut dyn Write,
) -> Result<Written, WriteError> {
    let mut written = Written::default();
    if renderer.takes_all() {
        let views = ready.iter().map(|ready| ready.view.clone()).collect();
        out.write_all(renderer.entries(views)?.as_bytes())?;
        written.entries = ready.len();
        ready.iter().for_each(|one| lost(renderer, one, &mut written));
        return Ok(written);
    }
    let dialect = renderer.format().dialect.filter(|_| verify);
    let [before, between, after] = renderer.frame();
    for one in ready {
        let Ready { view, place, .. } = one;
        match render(renderer, dialect, view) {
            Ok(text) => {
                let lead = if written.entries == 0 { before } else { between };
                out.write_all(lead.as_bytes())?;
                out.write_all(text.as_bytes())?;
                written.entries += 1;
                lost(renderer, one, &mut written);
            }
            Err(Rejected::Fatal(error)) => return Err(error.into()),
            Err(Rejected::Entry(finding)) => {
                written.diagnostics.push(Diagnostic::new(
                    place.clone(),
                    renderer.format().name,
                    finding,
                ));
            }
        }
    }
    let end = if written.entries > 0 { after } else { renderer.empty() };
    out.write_all(end.as_bytes())?;
    Ok(written)
}

/// Tells what of the input's own dialect the output has no place for.
fn lost(renderer: &Renderer, ready: &Ready, written: &mut Written) {
    let told = renderer.lost(&ready.view).into_iter();
    written
        .diagnostics
        .extend(told.map(|(field, finding)| Diagnostic::new(ready.place.clone(), &field, finding)));
}

/// What stops the writing of an output.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The template is wrong.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The output cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

enum Rejected {
    Fatal(TemplateError),
    Entry(Finding),
}

fn render(renderer: &Renderer, dialect: Option<Dialect>, view: &View) -> Result<String, Rejected> {
    let text = renderer.entry(view).map_err(|error| match error.fatal {
        true => Rejected::Fatal(error),
        false => Rejected::Entry(Finding::new(Code::NotRendered, error.to_string(), "left out")),
    })?;
    if let Some(dialect) = dialect {
        crate::verify::verify(dialect, &text, view, &|field| renderer.asks(field)).map_err(
            |difference| {
                let found = format!("entry {}: {difference}", view.entry().key);
                Rejected::Entry(Finding::new(
                    Code::NotReadBack,
                    found,
                    "left out: see the template",
                ))
            },
        )?;
    }
    Ok(text)
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
    let reading = source::read(input, name)?;
    let mut diagnostics = reading.diagnostics;
    let found = match options.no_join {
        true => reading.found,
        false => join(reading.found, &mut diagnostics),
    };
    let ready = prepare(found, options, &mut Keys::default(), &mut diagnostics)?;
    let mut text = Vec::new();
    let written =
        write(&ready, &Renderer::built_in(format), false, &mut text).map_err(|e| match e {
            WriteError::Template(error) => Error::Template(error),
            WriteError::Io(source) => Error::Write { name: format.name.to_owned(), source },
        })?;
    diagnostics.extend(written.diagnostics);
    let text = String::from_utf8_lossy(&text).into_owned();
    Ok(Converted { text, entries: written.entries, records: reading.records, diagnostics })
}

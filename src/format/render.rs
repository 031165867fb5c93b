//! The template environment of a format, and what renders entries with it.

use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::ValueKind;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, Value};

use super::inline::decode;
use super::print::{check, print};
use super::receiver::Receiver;
use super::specimen::specimen;
use super::table::Table;
use super::template_error::{TemplateError, misspelt};
use super::value::{EntryValue, Root};
use super::{Format, built_in_template, chains, filters};
use crate::view::View;

/// The steps one rendering may take: far beyond any real template, near enough to stop a
/// template that would never end. The engine takes one for 64 bytes of text too, so that a text that
/// doubles with each step is stopped at about 256 MB.
const FUEL: u64 = 4_000_000;

/// The steps of a template that renders all entries at once: enough for millions of them.
const FUEL_FOR_ALL: u64 = 100_000_000_000;

/// How deep a user's macros may call each other: beyond any real template, within any thread's stack.
const RECURSION: usize = 200;

/// A template made ready to render entries in one format.
pub struct Renderer {
    environment: Environment<'static>,
    format: &'static Format,
    name: String,
    takes_all: bool,
    /// The template as a table, where it is a built-in one and no more than that.
    table: Option<Table>,
    /// The fields of `entry` that it asks for.
    asked: Vec<String>,
}

impl Renderer {
    /// The built-in template of a format.
    pub fn built_in(format: &'static Format) -> Renderer {
        Renderer::trusted(format, format.name, format.template)
    }

    /// The template of a format for a receiver.
    pub fn for_receiver(format: &'static Format, receiver: &Receiver) -> Renderer {
        let (name, template) = receiver.template(format).unwrap_or((format.name, format.template));
        Renderer::trusted(format, name, template)
    }

    fn trusted(format: &'static Format, name: &str, template: &str) -> Renderer {
        match Renderer::compiled(format, &format!("{name} (built in)"), template.to_owned()) {
            Ok(mut renderer) => {
                // They end, and counting their steps would take longer than some of the steps.
                renderer.environment.set_fuel(None);
                renderer.table = Table::of(format, template);
                renderer
            }
            Err(e) => unreachable!("a test compiles every built-in template: {e}"),
        }
    }

    /// A user's template. `name` stands in messages.
    ///
    /// # Errors
    /// The template does not parse, or names what no entry has; the message names template and
    /// line.
    pub fn new(
        format: &'static Format,
        name: &str,
        template: String,
    ) -> Result<Renderer, TemplateError> {
        let renderer = Renderer::compiled(format, name, template)?;
        renderer.check()?;
        Ok(renderer)
    }

    fn compiled(
        format: &'static Format,
        name: &str,
        template: String,
    ) -> Result<Renderer, TemplateError> {
        chains::check_template(name, &template)?;
        let mut environment = environment(format);
        environment
            .add_template_owned(name.to_owned(), template.clone())
            .map_err(|e| TemplateError::of(name, &e))?;
        let names = environment
            .get_template(name)
            .map_err(|e| TemplateError::of(name, &e))?
            .undeclared_variables(true);
        let mut names = names;
        names.extend(inherited(&environment, &template));
        if let Some(error) = names.iter().find_map(|path| misspelt(name, &template, path)) {
            return Err(error);
        }
        // A template over all entries takes its steps for each of them.
        let takes_all = names.iter().any(|path| path.split('.').next() == Some("entries"));
        if takes_all {
            environment.set_fuel(Some(FUEL_FOR_ALL));
        }
        let field =
            |path: &String| path.strip_prefix("entry.")?.split('.').next().map(str::to_owned);
        let asked = names.iter().filter_map(field).collect();
        Ok(Renderer { environment, format, name: name.to_owned(), takes_all, table: None, asked })
    }

    /// What fails for an entry that has everything fails for every entry: a misspelt member or
    /// filter. What fails only for some, which lack what the template wants, is told for each.
    fn check(&self) -> Result<(), TemplateError> {
        let context = match self.takes_all {
            true => entries_context(vec![specimen()]),
            false => Root::of(Arc::new(EntryValue(specimen()))),
        };
        let error = self.rendered(context).err();
        error.and_then(|e| TemplateError::of_specimen(&self.name, &e)).map_or(Ok(()), Err)
    }

    /// The format.
    pub fn format(&self) -> &'static Format {
        self.format
    }

    /// What stands before the first entry, between two, and after the last.
    pub fn frame(&self) -> [&'static str; 3] {
        self.format.frame
    }

    /// The file without entries.
    pub fn empty(&self) -> &'static str {
        match self.format.frame {
            ["[\n", ..] => "[]\n",
            _ => "",
        }
    }

    /// True where the template wants all entries at once, as `entries`.
    pub fn takes_all(&self) -> bool {
        self.takes_all
    }

    /// True where the template asks for `entry.FIELD`.
    pub fn asks(&self, field: &str) -> bool {
        self.asked.iter().any(|asked| asked == field)
    }

    /// True where the format has no place for the field and the template does not ask for it.
    pub fn leaves_out(&self, field: &str) -> bool {
        self.format().lacks.contains(&field) && !self.asks(field)
    }

    /// True where the template can print the field: it names it, of `entry` or of something else.
    pub fn names(&self, field: &str) -> bool {
        let template = self.environment.get_template(&self.name);
        self.asks(field) || template.is_ok_and(|template| template.source().contains(field))
    }

    /// Renders one entry, without what stands between entries.
    ///
    /// # Errors
    /// The template failed on this entry.
    pub fn entry(&self, view: &View) -> Result<String, TemplateError> {
        let mut text = String::with_capacity(2048);
        self.entry_into(view, &mut text)?;
        Ok(text)
    }

    /// Renders one entry behind what stands in `out`.
    ///
    /// # Errors
    /// The template failed on this entry; `out` is as it was.
    pub fn entry_into(&self, view: &View, out: &mut String) -> Result<(), TemplateError> {
        let entry = Arc::new(EntryValue(view.clone()));
        let start = out.len();
        match self.table.as_ref().map(|table| table.write(&entry, out)) {
            Some(Ok(())) => self.end(start, out, self.format.newline),
            _ => {
                out.truncate(start);
                out.push_str(&self.render(Root::of(entry))?);
            }
        }
        Ok(())
    }

    /// Renders a template that takes all entries.
    ///
    /// # Errors
    /// The template failed.
    pub fn entries(&self, views: Vec<View>) -> Result<String, TemplateError> {
        self.render(entries_context(views))
    }

    fn rendered(&self, context: Value) -> Result<String, Error> {
        self.environment.get_template(&self.name)?.render(context)
    }

    fn render(&self, context: Value) -> Result<String, TemplateError> {
        let text = self.rendered(context).map_err(|e| TemplateError::of(&self.name, &e))?;
        Ok(self.finished(text))
    }

    /// The text of one entry, or of all, with the ends of lines that the format wants.
    fn finished(&self, mut text: String) -> String {
        self.end(0, &mut text, "\n");
        match self.format.newline {
            "\n" => text,
            // No value holds a line end in such a format: what is there is the template's.
            newline => text.replace("\r\n", "\n").replace('\n', newline),
        }
    }

    /// Ends what stands from `start`: without ends of lines where the frame has its own.
    pub(super) fn end(&self, start: usize, text: &mut String, newline: &str) {
        if self.format.keeps == Some("bib") {
            close_key(start, text);
        }
        if !self.takes_all && !self.format.frame[1].is_empty() {
            while text[start..].ends_with(newline) {
                text.truncate(text.len() - newline.len());
            }
        }
    }
}

/// Puts the comma behind the key of a `.bib` entry that got no field: BibTeX reads it without one,
/// btparse (of biber) and the `biblatex` crate do not.
fn close_key(start: usize, text: &mut String) {
    let Some((head, rest)) = text[start..].split_once('\n') else { return };
    if head.starts_with('@') && !head.ends_with(',') && rest.trim_end() == "}" {
        text.insert(start + head.len(), ',');
    }
}

fn entries_context(views: Vec<View>) -> Value {
    let entries = Value::make_object_iterable(Arc::new(views), |views| {
        Box::new(views.iter().map(|view| Value::from_object(EntryValue(view.clone()))))
    });
    Value::from_pairs([("entries", entries)])
}

/// What messages call the expression for citation keys.
const KEY_TEMPLATE: &str = "--key-template";

/// A template expression over one entry, for citation keys.
pub struct Expression {
    environment: Environment<'static>,
    source: String,
}

impl Expression {
    /// An expression such as `entry.authors[0].family ~ entry.date.year`.
    ///
    /// # Errors
    /// It does not parse, or names what no entry has.
    pub fn new(source: &str) -> Result<Expression, TemplateError> {
        chains::check_expression(KEY_TEMPLATE, source)?;
        let environment = environment(&super::plain::TEXT);
        let names = environment
            .compile_expression(source)
            .map_err(|e| TemplateError::of(KEY_TEMPLATE, &e))?
            .undeclared_variables(true);
        if let Some(error) = names.iter().find_map(|path| misspelt(KEY_TEMPLATE, source, path)) {
            return Err(error);
        }
        let expression = Expression { environment, source: source.to_owned() };
        let error = expression.value(&specimen()).err();
        error.and_then(|e| TemplateError::of_specimen(KEY_TEMPLATE, &e)).map_or(Ok(expression), Err)
    }

    fn value(&self, view: &View) -> Result<Value, Error> {
        let value = self
            .environment
            .compile_expression(&self.source)?
            .eval(Root::of(Arc::new(EntryValue(view.clone()))))?;
        check(&value).map(|()| value)
    }

    /// The value of the expression for an entry, as text; empty where it is none.
    ///
    /// # Errors
    /// It cannot be worked out for this entry.
    pub fn eval(&self, view: &View) -> Result<String, TemplateError> {
        let value = self.value(view).map_err(|e| TemplateError::of(KEY_TEMPLATE, &e))?;
        Ok(match value.kind() {
            ValueKind::None | ValueKind::Undefined => String::new(),
            _ => decode(&value.to_string()).plain().to_owned(),
        })
    }
}

/// What the built-in template asks for that a template extends.
fn inherited(environment: &Environment<'_>, template: &str) -> Vec<String> {
    let parent =
        template.split_once("extends").and_then(|(_, rest)| rest.split(['"', '\'']).nth(1));
    let Some(source) = parent.and_then(built_in_template) else { return Vec::new() };
    let mut names = match parent.and_then(|name| environment.get_template(name).ok()) {
        Some(template) => template.undeclared_variables(true).into_iter().collect(),
        None => Vec::new(),
    };
    names.extend(inherited(environment, source));
    names
}

fn environment(format: &'static Format) -> Environment<'static> {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    if let Ok(syntax) = syntax {
        environment.set_syntax(syntax);
    }
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("format".into()));
    // A template can extend a built-in one, which is compiled only then.
    environment.set_loader(|name| Ok(built_in_template(name).map(str::to_owned)));
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(RECURSION);
    environment.set_formatter(move |out, _, value| {
        if let Some(text) = value.as_str().filter(|text| value.is_safe() || text.is_empty()) {
            return out.write_str(text).map_err(Error::from);
        }
        let mut text = String::new();
        print(format, value, &mut text)?;
        out.write_str(&text).map_err(Error::from)
    });
    filters::add_all(&mut environment, format);
    environment
}

//! `line(pattern)`: the function of templates that makes the function `field`.
//!
//! A macro of the engine would do the same and takes ten times as long: each of its calls opens a
//! frame and a capture, and an entry has some thirty of them.

use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr};
use minijinja::{Error, ErrorKind, State, Value};

use super::Format;
use super::print::{check, invalid, print};
use super::value::absent;

/// The words of a pattern that stand for the name of a field and its value.
const NAME: &str = "NAME";
const VALUE: &str = "VALUE";

/// A function of a name and a value: gives the pattern with both filled in where the value says
/// something, else nothing. The value is printed as the format prints it.
pub struct Line {
    format: &'static Format,
    before: String,
    between: String,
    after: String,
}

/// The function for a pattern such as `\n  NAME = {VALUE}`.
///
/// # Errors
/// The pattern does not hold NAME and, behind it, VALUE.
pub fn line(format: &'static Format, pattern: &str) -> Result<Value, Error> {
    let line = Line::new(format, pattern);
    line.map(Value::from_object)
        .ok_or_else(|| invalid("`line` takes a pattern with NAME and then VALUE in it"))
}

impl Object for Line {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let [name, value] = args else {
            let kind = if args.len() < 2 {
                ErrorKind::MissingArgument
            } else {
                ErrorKind::TooManyArguments
            };
            return Err(Error::from(kind));
        };
        let name = name.as_str().ok_or_else(|| invalid("the name of a field is a string"))?;
        // Room for a few escapes, so that long values seldom move.
        let length = value.as_str().map_or(32, |text| text.len() + text.len() / 64 + 16);
        let frame = self.before.len() + self.between.len() + self.after.len();
        let mut out = String::new();
        if value.is_true() {
            out.reserve(frame + name.len() + length);
        }
        self.write(name, value, &mut out)?;
        Ok(if out.is_empty() { absent() } else { Value::from_safe_string(out) })
    }
}

impl Line {
    /// The line of a pattern; `None` where it does not hold NAME and, behind it, VALUE.
    pub fn new(format: &'static Format, pattern: &str) -> Option<Line> {
        let (before, rest) = pattern.split_once(NAME)?;
        let (between, after) = rest.split_once(VALUE)?;
        let [before, between, after] = [before, between, after].map(str::to_owned);
        Some(Line { format, before, between, after })
    }

    /// What stands before the value.
    pub fn lead(&self, name: &str) -> String {
        let mut lead = self.before.clone();
        self.name(name, &mut lead);
        lead.push_str(&self.between);
        lead
    }

    /// What stands behind the value.
    pub fn after(&self) -> &str {
        &self.after
    }

    /// Writes the line where the value says something.
    ///
    /// # Errors
    /// The value cannot be printed.
    pub fn write(&self, name: &str, value: &Value, out: &mut String) -> Result<(), Error> {
        check(value)?;
        if !value.is_true() {
            return Ok(());
        }
        out.push_str(&self.before);
        self.name(name, out);
        out.push_str(&self.between);
        print(self.format, value, out)?;
        out.push_str(&self.after);
        Ok(())
    }

    /// The name of a field as the template has it; escaped where it is none.
    fn name(&self, name: &str, out: &mut String) {
        let plain = |b| {
            matches!(b, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b' ' | b'-' | b'_')
                || matches!(b, b':' | b'.' | b'%' | b'~' | b']')
        };
        // What was a name in a `.bib` is one in this.
        let raw = self.format.keeps == Some("bib")
            && !name.contains(|c: char| "=,{}()\"#%@'\\".contains(c) || c.is_whitespace());
        match raw || name.bytes().all(plain) {
            true => out.push_str(name),
            false => (self.format.escape)(name, out),
        }
    }
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "line({:?})",
            [&self.before, NAME, &self.between, VALUE, &self.after].map(|s: &str| s).concat()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::specimen::specimen;
    use super::super::{FORMATS, Format, Renderer};

    /// The macros that stood in the templates before there was `line`, as users still have them.
    const MACROS: [(&str, &str, &str); 4] = [
        (
            "bibtex",
            "{% set field = line(\",\\n  NAME = {VALUE}\") %}",
            "{% macro field(name, value) %}{% if value %},\n  {{ name|safe }} = { {{- value -}} }{% endif %}{% endmacro %}",
        ),
        (
            "bibtex",
            "{% set bare = line(\",\\n  NAME = VALUE\") %}",
            "{% macro bare(name, value) %}{% if value %},\n  {{ name|safe }} = {{ value }}{% endif %}{% endmacro %}",
        ),
        (
            "ris",
            "{% set field = line(\"\\nNAME  - VALUE\") %}",
            "{% macro field(tag, value) %}{% if value %}\n\n{{ tag }}  - {{ value }}{% endif %}{% endmacro %}",
        ),
        (
            "csl-json",
            "{% set field = line(',\\n    \"NAME\": VALUE') %}",
            "{% macro field(name, value) %}{% if value %},\n    {{ name }}: {{ value }}{% endif %}{% endmacro %}",
        ),
    ];

    #[test]
    fn a_macro_in_the_place_of_a_line_gives_the_same() {
        for (name, line, own) in MACROS {
            let format = Format::by_name(name).unwrap();
            assert!(format.template.contains(line), "{name}");
            let template = format.template.replace(line, own);
            let renderer = Renderer::new(format, "own", template).unwrap();
            let expected = Renderer::built_in(format).entry(&specimen()).unwrap();
            assert_eq!(renderer.entry(&specimen()).unwrap(), expected);
        }
    }

    #[test]
    fn a_line_is_written_where_there_is_a_value_and_everything_in_it_is_escaped() {
        let bibtex = &FORMATS[0];
        for (call, expected) in [
            (r#"f("a", "x}")"#, "a={x\\textbraceright{}}"),
            (r#"f("a_b", 5)"#, "a_b={5}"),
            (r#"f("a", "")"#, ""),
            (r#"f("a", none)"#, ""),
            (r#"f("a{", "x")"#, "a\\textbraceleft{}={x}"),
            (r#"f("a", entry.key) ~ "%""#, "a={specimen}\\%"),
        ] {
            let template = format!("{{% set f = line(\"NAME={{VALUE}}\") %}}{{{{ {call} }}}}");
            let renderer = Renderer::new(bibtex, "own", template).unwrap();
            assert_eq!(renderer.entry(&specimen()).unwrap(), expected, "{call}");
        }
        for call in [
            "line(\"NAME\")",
            "line(\"VALUE NAME\")",
            "line(\"NAME VALUE\")(\"a\", entry.date.yaer)",
        ] {
            let failed = Renderer::new(bibtex, "own", format!("\n{{{{ {call} }}}}"))
                .and_then(|renderer| renderer.entry(&specimen()));
            assert_eq!(failed.unwrap_err().line, Some(2), "{call}");
        }
    }
}

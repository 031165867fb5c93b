//! What can be wrong with a template, in words that name template and line.

use minijinja::{Error, ErrorKind};

use crate::view::FIELDS;

/// The error of a template that asks for a field that no entry has; found before any entry is
/// rendered, and so in branches too that few entries reach.
pub fn misspelt(name: &str, template: &str, path: &str) -> Option<TemplateError> {
    let field = path.strip_prefix("entry.")?.split('.').next()?;
    if FIELDS.iter().any(|f| f.name == field) {
        return None;
    }
    let asked = format!("entry.{field}");
    let line = template.lines().position(|line| line.contains(&asked)).map(|at| at + 1);
    let message = unknown_field(field);
    Some(TemplateError { template: name.to_owned(), line, message, fatal: true })
}

fn unknown_field(name: &str) -> String {
    let near: Vec<&str> = FIELDS.iter().map(|f| f.name).filter(|f| is_near(f, name)).collect();
    let hint = match near.is_empty() {
        true => "`bibilingual formats --fields` lists them".to_owned(),
        false => format!("did you mean `{}`?", near.join("` or `")),
    };
    format!("an entry has no field `{name}`; {hint}")
}

/// True where two names begin alike, hold the same letters, or differ by one letter too few.
fn is_near(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let sorted = |s: &str| {
        let mut letters: Vec<char> = s.chars().collect();
        letters.sort_unstable();
        letters
    };
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    let one_less = (0..long.len()).any(|at| {
        let mut letters = long.as_bytes().to_vec();
        letters.remove(at);
        letters == short.as_bytes()
    });
    common >= 4 || sorted(a) == sorted(b) || one_less
}

/// What went wrong in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// The template's name.
    pub template: String,
    /// The line in it, where known.
    pub line: Option<usize>,
    /// What.
    pub message: String,
    /// The template itself is wrong, whatever the entry: a misspelt field, a syntax error. What an
    /// entry lacks is no such error.
    pub fatal: bool,
}

impl TemplateError {
    /// The error on an entry that has everything, where it tells that the template is wrong: what
    /// is not there has been misspelt. Other errors can be the specimen's own.
    pub(crate) fn of_specimen(template: &str, error: &Error) -> Option<TemplateError> {
        let undefined = innermost(error).kind() == ErrorKind::UndefinedError;
        let found = TemplateError::of(template, error);
        (undefined || found.fatal).then_some(TemplateError { fatal: true, ..found })
    }

    /// The error of the engine, with the template's name.
    pub(crate) fn of(template: &str, error: &Error) -> TemplateError {
        let cause = innermost(error);
        let message = match cause.detail() {
            Some(detail) => detail.to_owned(),
            None => cause.kind().to_string(),
        };
        let fatal = matches!(
            cause.kind(),
            ErrorKind::SyntaxError
                | ErrorKind::UnknownFilter
                | ErrorKind::UnknownFunction
                | ErrorKind::UnknownTest
                | ErrorKind::UnknownMethod
                | ErrorKind::TemplateNotFound
                | ErrorKind::OutOfFuel
        );
        TemplateError { template: template.to_owned(), line: error.line(), message, fatal }
    }
}

/// The innermost cause holds the message; the outer ones say where it passed through.
fn innermost(error: &Error) -> &Error {
    let mut cause = error;
    while let Some(inner) = std::error::Error::source(cause).and_then(|e| e.downcast_ref()) {
        cause = inner;
    }
    cause
}

impl std::fmt::Display for TemplateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.template, self.message),
            None => write!(f, "{}: {}", self.template, self.message),
        }
    }
}

impl std::error::Error for TemplateError {}

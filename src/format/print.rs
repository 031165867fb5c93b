//! Writes values as data of a format: the one place where everything printed is escaped.

use std::borrow::Cow;

use minijinja::value::ValueKind;
use minijinja::{Error, ErrorKind, Value};

use super::Format;
use super::inline::{Token, Tokens, is_marked};
use super::value::{DateValue, KindValue, LangValue, PagesValue, is_absent};
use crate::model::Style;

/// Writes a value as data of the format.
pub fn print(format: &Format, value: &Value, out: &mut String) -> Result<(), Error> {
    check(value)?;
    match value.kind() {
        ValueKind::None => Ok(()),
        _ if value.is_safe() => {
            out.push_str(value.as_str().unwrap_or_default());
            Ok(())
        }
        _ if format.json => print_json(format, value, out),
        ValueKind::String => {
            write_text(format, value.as_str().unwrap_or_default(), out);
            Ok(())
        }
        ValueKind::Bool => {
            out.push_str(truth(value));
            Ok(())
        }
        ValueKind::Number => {
            write_text(format, &value.to_string(), out);
            Ok(())
        }
        _ => match printed(format, value) {
            Some(text) => {
                write_text(format, &text, out);
                Ok(())
            }
            None => Err(invalid("a list or a map cannot be printed; join it or take a member")),
        },
    }
}

/// A truth value as JSON spells it (RFC 8259 §3); the engine would write `True`.
fn truth(value: &Value) -> &'static str {
    if value.is_true() { "true" } else { "false" }
}

/// The values that are more than a string but print as one.
fn printed(format: &Format, value: &Value) -> Option<String> {
    if let Some(kind) = value.downcast_object_ref::<KindValue>() {
        return Some(kind.word(format).to_owned());
    }
    if let Some(lang) = value.downcast_object_ref::<LangValue>() {
        return Some(lang.0.tag().to_owned());
    }
    if let Some(pages) = value.downcast_object_ref::<PagesValue>() {
        return Some(pages.0.join("-"));
    }
    value.downcast_object_ref::<DateValue>().map(|date| date.0.join('-'))
}

fn print_json(format: &Format, value: &Value, out: &mut String) -> Result<(), Error> {
    let text = value.as_str().map(Cow::Borrowed);
    if let Some(text) = text.or_else(|| printed(format, value).map(Cow::Owned)) {
        out.push('"');
        write_text(format, &text, out);
        out.push('"');
        return Ok(());
    }
    let is_map = value.kind() == ValueKind::Map;
    match value.kind() {
        ValueKind::Bool => out.push_str(truth(value)),
        ValueKind::Number => out.push_str(&value.to_string()),
        ValueKind::Map | ValueKind::Seq | ValueKind::Iterable => {
            out.push(if is_map { '{' } else { '[' });
            let mut first = true;
            for item in value.try_iter()? {
                let member = if is_map { value.get_item(&item)? } else { item.clone() };
                if is_absent(&member) {
                    continue;
                }
                if !std::mem::take(&mut first) {
                    out.push_str(", ");
                }
                if is_map {
                    print_json(format, &item, out)?;
                    out.push_str(": ");
                }
                print(format, &member, out)?;
            }
            out.push(if is_map { '}' } else { ']' });
        }
        _ => return Err(invalid("this value has no form in JSON")),
    }
    Ok(())
}

/// Writes a string with marks: characters escaped, styles as the format has them.
pub fn write_text(format: &Format, text: &str, out: &mut String) {
    if !is_marked(text) {
        return (format.escape)(text, out);
    }
    let mut open: Vec<Style> = Vec::new();
    let mut in_math = false;
    for token in Tokens(text) {
        match token {
            Token::Math(source) => match (format.style)(&Style::Math("".into())) {
                Some((before, after)) => {
                    in_math = true;
                    out.extend([before, source, after]);
                }
                None => open.push(Style::Math("".into())),
            },
            Token::MathEnd if in_math => in_math = false,
            _ if in_math => {}
            Token::MathEnd => open.retain(|s| !matches!(s, Style::Math(_))),
            Token::Open(style) => {
                out.push_str((format.style)(&style).map_or("", |s| s.0));
                open.push(style);
            }
            Token::Close(style) if open.last() == Some(&style) => {
                open.pop();
                out.push_str((format.style)(&style).map_or("", |s| s.1));
            }
            Token::Close(_) => {} // a template cut the string: closed at the end
            Token::Chars(chars) if is_plain_sup(format, &open) => {
                (format.escape)(&raised(chars), out);
            }
            Token::Chars(chars) => (format.escape)(chars, out),
        }
    }
    for style in open.iter().rev() {
        out.push_str((format.style)(style).map_or("", |s| s.1));
    }
}

/// True where a superscript would lose its meaning: the format has no form for it.
fn is_plain_sup(format: &Format, open: &[Style]) -> bool {
    open.last() == Some(&Style::Sup) && (format.style)(&Style::Sup).is_none()
}

/// Raised digits and signs as the Unicode characters for them: 10⁵ is not 105. Other characters
/// can be read on the line, and stay.
fn raised(chars: &str) -> String {
    const LINE: &str = "0123456789+-−()";
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾";
    let raise = |c| LINE.chars().position(|l| l == c).and_then(|at| RAISED.chars().nth(at));
    chars.chars().map(raise).collect::<Option<String>>().unwrap_or_else(|| chars.to_owned())
}

/// Fails on what strict templates do not take: a name that is not there.
pub fn check(value: &Value) -> Result<(), Error> {
    match value.is_undefined() {
        true => Err(Error::from(ErrorKind::UndefinedError)),
        false => Ok(()),
    }
}

/// An error of a template that asks for what a value cannot give.
pub fn invalid(message: &'static str) -> Error {
    Error::new(ErrorKind::InvalidOperation, message)
}

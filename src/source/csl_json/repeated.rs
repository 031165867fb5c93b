//! Members that stand twice within the value of a variable.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::distinct::distinct;
use crate::source::json::Json;

/// Leaves the first of each name that says something, as among the variables of an item. What the others
/// say goes to `repeated`, by the name; paths would grow with what they lead through. True where any name
/// stood twice.
pub fn first_of_each(value: &mut Json<'_>, repeated: &mut Vec<(String, String)>) -> bool {
    let mut twice = false;
    match value {
        Json::List(items) => {
            items.iter_mut().for_each(|item| twice |= first_of_each(item, repeated))
        }
        Json::Object(members) => {
            members.iter_mut().for_each(|(_, value)| twice |= first_of_each(value, repeated));
            let mut names: Vec<&str> = members.iter().map(|(name, _)| &**name).collect();
            distinct(&mut names);
            if names.len() < members.len() {
                let all = std::mem::take(members);
                *members = first(all, repeated);
                twice = true;
            }
        }
        _ => {}
    }
    twice
}

type Members<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

fn first<'a>(all: Members<'a>, repeated: &mut Vec<(String, String)>) -> Members<'a> {
    let (mut members, mut places) = (Members::new(), HashMap::new());
    for (name, value) in all {
        let at = *places.entry(name.clone()).or_insert(members.len());
        match members.get_mut(at) {
            None => members.push((name, value)),
            Some((_, there)) if there.is_empty() => *there = value,
            Some((_, there)) if value.is_empty() || *there == value => {}
            Some(_) => repeated.push((name.into_owned(), value.to_string())),
        }
    }
    members
}

/// A value as JSON.
pub fn written(value: &Json<'_>) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Json<'_>, out: &mut String) {
    match value {
        Json::Text(text) => out.push_str(&string(text)),
        Json::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                write(item, out);
            }
            out.push(']');
        }
        Json::Object(members) => {
            out.push('{');
            for (at, (name, value)) in members.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                out.push_str(&string(name));
                out.push_str(": ");
                write(value, out);
            }
            out.push('}');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_says_something_stays() {
        let raw =
            r#"[{"a": "", "b": 1, "a": {"c": [2], "c": [2], "c": 3}, "b": 4, "b": null, "a": 5}]"#;
        let (mut value, mut repeated) = (Json::parse(raw).unwrap(), Vec::new());
        assert!(first_of_each(&mut value, &mut repeated));
        assert!(!first_of_each(&mut value.clone(), &mut repeated));
        assert_eq!(value, Json::parse(r#"[{"a": {"c": [2]}, "b": 1}]"#).unwrap());
        let again = r#"[{"a": {"c": [2]}, "b": 1}]"#;
        assert_eq!(written(&value), again);
        let told: Vec<_> = repeated.iter().map(|(name, v)| (name.as_str(), v.as_str())).collect();
        assert_eq!(told, [("c", "3"), ("b", "4"), ("a", "5")]);
    }

    #[test]
    fn a_value_is_written_as_it_is_read() {
        let raw = r#"{"a\"": ["\u0001\\", 1.5, -2, true, null, {}, []], "镁": ""}"#;
        assert_eq!(written(&Json::parse(raw).unwrap()), raw);
    }
}

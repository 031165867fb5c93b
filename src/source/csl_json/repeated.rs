//! Members that stand twice within the value of a variable.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::distinct::distinct;
use crate::source::json::Json;

/// Leaves the first of each name that says something, as among the variables of an item. What the others
/// say goes to `repeated`, by the name; paths would grow with what they lead through.
pub fn first_of_each(value: &mut Json<'_>, repeated: &mut Vec<(String, String)>) {
    match value {
        Json::List(items) => {
            items.iter_mut().for_each(|item| first_of_each(item, repeated));
        }
        Json::Object(members) => {
            members.iter_mut().for_each(|(_, value)| first_of_each(value, repeated));
            let mut names: Vec<&str> = members.iter().map(|(name, _)| &**name).collect();
            distinct(&mut names);
            if names.len() < members.len() {
                let all = std::mem::take(members);
                *members = first(all, repeated);
            }
        }
        _ => {}
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_says_something_stays() {
        let raw =
            r#"[{"a": "", "b": 1, "a": {"c": [2], "c": [2], "c": 3}, "b": 4, "b": null, "a": 5}]"#;
        let (mut value, mut repeated) = (Json::parse(raw).unwrap(), Vec::new());
        first_of_each(&mut value, &mut repeated);
        assert_eq!(value, Json::parse(r#"[{"a": {"c": [2]}, "b": 1}]"#).unwrap());
        let told: Vec<_> = repeated.iter().map(|(name, v)| (name.as_str(), v.as_str())).collect();
        assert_eq!(told, [("c", "3"), ("b", "4"), ("a", "5")]);
    }
}

//! JSON values that borrow from the input.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::csl_json::items::Members;

/// A JSON value. Sources put strings where numbers belong and the other way round, so a record
/// takes any value in any place, and the reader decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Json<'a> {
    /// `null`, or no such member.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, in digits.
    Number(String),
    /// A number that may have had other digits: more than a float holds.
    Rounded(String),
    /// A string.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Json<'a>>),
    /// An object, its members in order.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl<'a> Json<'a> {
    /// True for what says nothing: `null`, `""`, `[]`, `{}`.
    pub fn is_empty(&self) -> bool {
        match self {
            Json::Null => true,
            // Most strings begin with a sign, and every member is asked several times.
            Json::Text(text) => {
                !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
            }
            Json::List(items) => items.is_empty(),
            Json::Object(members) => members.is_empty(),
            Json::Bool(_) | Json::Number(_) | Json::Rounded(_) => false,
        }
    }

    /// Reads a value, its numbers with every digit.
    ///
    /// # Errors
    /// It is not JSON.
    pub fn parse(raw: &'a str) -> serde_json::Result<Json<'a>> {
        let value: Json<'a> = serde_json::from_str(raw)?;
        if value.rounded().is_some() { exact(raw) } else { Ok(value) }
    }

    /// The first number in it that may have had other digits.
    pub fn rounded(&self) -> Option<&str> {
        match self {
            Json::Rounded(digits) => Some(digits),
            Json::List(items) => items.iter().find_map(Json::rounded),
            Json::Object(members) => members.iter().find_map(|(_, value)| value.rounded()),
            _ => None,
        }
    }

    /// The value as text, where it is a string or a number.
    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            Json::Number(digits) | Json::Rounded(digits) => Some(digits),
            _ => None,
        }
    }

    /// The member of that name, where the value is an object that has it; where it stands twice,
    /// the last that says something.
    pub fn member(&self, name: &str) -> &Json<'a> {
        const NULL: &Json<'static> = &Json::Null;
        match self {
            Json::Object(members) => {
                let mut named = members.iter().rev().filter(|(n, _)| n == name).map(|(_, v)| v);
                named.clone().find(|value| !value.is_empty()).or(named.next()).unwrap_or(NULL)
            }
            _ => NULL,
        }
    }

    /// What kind of value it is, for messages.
    pub fn type_name(&self) -> &'static str {
        match self {
            Json::Null => "null",
            Json::Bool(_) => "a truth value",
            Json::Number(_) | Json::Rounded(_) => "a number",
            Json::Text(_) => "a string",
            Json::List(_) => "a list",
            Json::Object(_) => "an object",
        }
    }
}

impl fmt::Display for Json<'_> {
    /// A string as it is, a list by its items, an object by its members.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(truth) => write!(f, "{truth}"),
            Json::Number(text) | Json::Rounded(text) => f.write_str(text),
            Json::Text(text) => f.write_str(text),
            Json::List(items) => items.iter().try_for_each(|item| write!(f, "[{item}]")),
            Json::Object(members) => {
                members.iter().try_for_each(|(name, value)| write!(f, "{{{name}: {value}}}"))
            }
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json<'a>, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(truth))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json<'de>, E> {
        let digits = number.to_string();
        // As many digits are held whatever the number, with sign and point.
        let held = number.is_normal() && number.abs() < INTEGERS && digits.len() <= 16;
        Ok(if held { Json::Number(digits) } else { Json::Rounded(digits) })
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json<'de>, A::Error> {
        let mut object = Vec::new();
        while let Some((Name(name), value)) = members.next_entry()? {
            object.push((name, value));
        }
        Ok(Json::Object(object))
    }
}

/// Every integer below is a float too.
const INTEGERS: f64 = (1u64 << 53) as f64;

/// A value whose numbers keep the digits that stand there.
pub fn exact<'a>(raw: &'a str) -> serde_json::Result<Json<'a>> {
    Ok(match raw.as_bytes().first() {
        Some(b'{') => {
            let Members(members) = serde_json::from_str(raw)?;
            let exact = |(name, raw): (String, &'a RawValue)| Ok((name.into(), exact_of(raw)?));
            Json::Object(members.into_iter().map(exact).collect::<serde_json::Result<_>>()?)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(raw)?;
            Json::List(items.into_iter().map(exact_of).collect::<serde_json::Result<_>>()?)
        }
        _ => match serde_json::from_str(raw)? {
            // `0.0` has no digits that `0` has not.
            Json::Rounded(digits) if raw.strip_suffix(".0") == Some(&digits) => {
                Json::Number(digits)
            }
            Json::Rounded(_) => Json::Number(raw.to_owned()),
            value => value,
        },
    })
}

fn exact_of(raw: &RawValue) -> serde_json::Result<Json<'_>> {
    exact(raw.get())
}

/// A member's name, borrowed where it holds no escapes.
pub struct Name<'a>(pub Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Name<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Name<'a>, D::Error> {
        match deserializer.deserialize_str(JsonVisitor)? {
            Json::Text(name) => Ok(Name(name)),
            _ => Ok(Name(Cow::Borrowed(""))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_holds_blanks_at_most() {
        for (text, empty) in
            [("", true), (" ", true), ("\u{3000}\n", true), (" a", false), ("镁", false)]
        {
            assert_eq!(Json::Text(text.into()).is_empty(), empty, "{text:?}");
        }
    }
}

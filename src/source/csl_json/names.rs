//! Name variables.

use std::borrow::Cow;

use crate::model::{Name, Script};
use crate::source::json::Json;
use crate::source::work::clean;
use crate::text::names;
use crate::text::script::has_han;

/// A name and, where CSL-M gives one, its other form. `None` where the object names nobody.
pub fn name(value: &Json<'_>) -> Option<Name> {
    let mut name = plain(value)?;
    // CSL-M: `multi: {main: "zh", _key: {"zh-Latn": {family, given}}}`.
    if let Json::Object(forms) = value.member("multi").member("_key") {
        name.other = forms.iter().find_map(|(_, form)| plain(form)).map(Box::new);
    }
    Some(name)
}

/// What of a name has no place in the model: names and values of members.
pub fn unread(value: &Json<'_>) -> Vec<(String, String)> {
    let Json::Object(members) = value else { return Vec::new() };
    let mut unread = Vec::new();
    for (name, value) in members.iter().filter(|(name, _)| !READ.contains(&&**name)) {
        match (&**name, value) {
            ("multi", Json::Object(forms)) => unread.extend(unread_forms(forms)),
            (name, value) => unread.push((name.to_owned(), value)),
        }
    }
    let said = unread.into_iter().filter(|(_, value)| !value.is_empty());
    said.map(|(name, value)| (name, value.to_string())).collect()
}

/// Of the other forms of a name all but the first are.
fn unread_forms<'v, 'a>(multi: &'v [(Cow<'a, str>, Json<'a>)]) -> Vec<(String, &'v Json<'a>)> {
    let mut unread = Vec::new();
    for (name, value) in multi.iter().filter(|(name, _)| name != "main") {
        match (&**name, value) {
            ("_key", Json::Object(forms)) => {
                let taken = forms.iter().position(|(_, form)| plain(form).is_some());
                let rest = forms.iter().enumerate().filter(|(at, _)| Some(*at) != taken);
                unread.extend(rest.map(|(_, (tag, form))| (format!("multi.{tag}"), form)));
            }
            (name, value) => unread.push((format!("multi.{name}"), value)),
        }
    }
    unread
}

/// The members of a name that are read, and those that say how a style prints it.
const READ: &[&str] = &[
    "family",
    "given",
    "literal",
    "dropping-particle",
    "non-dropping-particle",
    "suffix",
    "comma-suffix",
    "static-ordering",
    "static-particles",
    "parse-names",
    "isInstitution",
];

fn plain(value: &Json<'_>) -> Option<Name> {
    if let Json::Text(text) = value {
        return literal(&clean(text)?);
    }
    let part = |member: &str| value.member(member).text().and_then(clean);
    if let Some(text) = part("literal") {
        return literal(&text);
    }
    let (family, given) = (part("family"), part("given"));
    let (family, given) = match (family, given) {
        (Some(family), given) => (family, given),
        (None, Some(given)) => (given, None),
        (None, None) => return None,
    };
    if has_han(&family) {
        return match given {
            Some(given) if has_han(&given) => {
                Some(Name { script: Script::Han, given: Some(given), ..Name::whole(family) })
            }
            None => literal(&family),
            given => Some(Name { family, given, ..Name::default() }),
        };
    }
    let particles = [part("dropping-particle"), part("non-dropping-particle")];
    let particles = particles.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let words: Vec<&str> = particles.split(' ').filter(|word| !word.is_empty()).collect();
    // In the model a particle with a capital is part of the family name: `La Fontaine`.
    let capital = words.iter().position(|word| word.starts_with(char::is_uppercase));
    let (small, capitals) = words.split_at(capital.unwrap_or(words.len()));
    let mut name = Name {
        family: capitals.iter().chain([&family.as_str()]).copied().collect::<Vec<_>>().join(" "),
        given,
        prefix: (!small.is_empty()).then(|| small.join(" ")),
        suffix: part("suffix"),
        ..Name::default()
    };
    // Zotero knows two parts: `given: "John, Jr."`.
    let behind = name.given.as_deref().and_then(|given| given.rsplit_once(','));
    let behind = behind.filter(|(_, suffix)| names::is_suffix(suffix.trim()));
    if let (None, Some((given, suffix))) = (&name.suffix, behind) {
        (name.suffix, name.given) = (Some(suffix.trim().into()), Some(given.trim_end().into()));
    }
    Some(name)
}

/// A literal is whole, unless it is a person's name in Chinese, which is written so because it must
/// not be turned around.
fn literal(text: &str) -> Option<Name> {
    match has_han(text) {
        true => names::one_author(text).names.pop(),
        false => Some(Name::whole(text)),
    }
}

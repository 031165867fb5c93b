//! An entry on its way: from what was found to what can be rendered.

use std::sync::Arc;

use super::pairs::second;
use super::{Options, Ready};
use crate::diagnostic::{Code, Diagnostic, Finding, Place};
use crate::error::Error;
use crate::key::{self, Keys, Suffix};
use crate::model::Entry;
use crate::source::Found;
use crate::text::pinyin::{self, Overrides};
use crate::view::{View, second_key};

/// An entry with the key that it would have alone. It is made of what it was found with, and of
/// nothing else, so that drafts can be made on all cores at once.
pub struct Draft {
    pub found: Found,
    /// The key that it has in its file, where it has one and no other was asked for.
    own: Option<String>,
    /// The hash of its DOI.
    pub doi: Option<u64>,
    /// The key of the second entry, where it becomes a pair.
    second_key: Option<String>,
}

impl Draft {
    /// # Errors
    /// The key expression names a field that there is not.
    pub fn new(
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
    pub fn give_key(
        &mut self,
        options: &Options,
        keys: &mut Keys,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
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
    pub fn give_second_key(
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

    pub fn ready(self, options: &Options, omitted: &Arc<[&'static str]>) -> Ready {
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

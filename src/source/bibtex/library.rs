//! A whole `.bib` file: its strings, and what an entry takes from others.

use std::collections::{HashMap, HashSet};

use super::kinds::{NOT_INHERITED, title_of_parent};
use super::split::{Block, BlockKind, Body, Field, Piece, split};
use crate::diagnostic::{Code, Finding};
use crate::distinct::Names;

/// No value is longer when its strings are put in: strings made of strings could grow without end.
const LONGEST: usize = 1 << 20;
/// So many others give fields to one entry at most.
const PARENTS: usize = 32;

/// A file and what its entries have in common.
pub struct Library<'t> {
    text: &'t str,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    strings: HashMap<String, String>,
    /// The block of each key, in lower case as BibTeX compares them.
    keys: HashMap<String, usize>,
}

/// A field as an entry has it.
#[derive(Clone, Debug)]
pub struct Value {
    /// The name, in lower case.
    pub name: String,
    /// What stands between the delimiters, strings put in.
    pub content: String,
    /// The value as it can be written again, without need of any string.
    pub raw: String,
    /// It comes from the entry of `crossref`.
    pub inherited: bool,
}

/// Where what was found goes: the field and the finding.
pub type Tell<'f> = dyn FnMut(&str, Finding) + 'f;

impl<'t> Library<'t> {
    /// Takes a file apart. The strings that are not as they should be are told.
    pub fn new(text: &'t str, tell: &mut dyn FnMut(usize, Finding)) -> Library<'t> {
        let blocks = split(text);
        let mut library =
            Library { text, blocks: Vec::new(), strings: HashMap::new(), keys: HashMap::new() };
        for (at, block) in blocks.iter().enumerate() {
            match &block.kind {
                BlockKind::String(body) => match (&body.fault, &body.fields[..]) {
                    (None, [field]) => {
                        let mut told = |_: &str, finding| tell(block.line, finding);
                        let content = library.value(field, &mut told).content;
                        let name = text[field.name.clone()].to_lowercase();
                        library.strings.insert(name, content);
                    }
                    _ => {
                        let found = text[block.range.clone()].trim();
                        let done = "left out: expected @string{name = {text}}";
                        tell(block.line, Finding::new(Code::RecordBroken, found, done));
                    }
                },
                BlockKind::Entry(body) if body.fault.is_none() => {
                    let key = text[body.key.clone()].to_lowercase();
                    library.keys.entry(key).or_insert(at);
                }
                _ => {}
            }
        }
        library.blocks = blocks;
        library
    }

    /// The word for an entry's type, as it stands there.
    pub fn kind(&self, body: &Body) -> &'t str {
        &self.text[body.kind.clone()]
    }

    /// The cite key.
    pub fn key(&self, body: &Body) -> &'t str {
        &self.text[body.key.clone()]
    }

    /// The fields of an entry, with those that it takes from others behind its own.
    pub fn fields(&self, body: &Body, tell: &mut Tell<'_>) -> Vec<Value> {
        let (mut values, mut names) = (Vec::new(), Names::default());
        for field in &body.fields {
            let value = self.value(field, tell);
            if let Some(again) = add(&mut values, value, &mut names) {
                let done = "left out: the field stands twice, and BibTeX takes the first";
                tell(&again.name, Finding::new(Code::Contradiction, again.content, done));
            }
        }
        let mut seen = HashSet::from([body.key.start]);
        self.take_data(&mut values, &mut seen, tell);
        self.inherit(self.kind(body), &mut values, &mut seen, tell);
        values
    }

    /// The entry that a key names.
    fn find(&self, key: &str) -> Option<&Body> {
        let at = *self.keys.get(&key.trim().to_lowercase())?;
        self.blocks[at].entry()
    }

    /// `xdata`: the fields of the entries that it names are this entry's own.
    fn take_data(&self, values: &mut Vec<Value>, seen: &mut HashSet<usize>, tell: &mut Tell<'_>) {
        while let Some(at) = values.iter().position(|value| value.name == "xdata") {
            let named = values.remove(at).content;
            for key in named.split(',').filter(|key| !key.trim().is_empty()) {
                let Some(data) = self.find(key) else {
                    tell("xdata", unknown(key));
                    continue;
                };
                if seen.len() < PARENTS && seen.insert(data.key.start) {
                    let mut names = Names::default();
                    for value in data.fields.iter().map(|field| self.value(field, tell)) {
                        add(values, value, &mut names);
                    }
                }
            }
        }
    }

    /// `crossref`: what the entry lacks comes from the one it refers to.
    fn inherit(
        &self,
        kind: &str,
        values: &mut Vec<Value>,
        seen: &mut HashSet<usize>,
        tell: &mut Tell<'_>,
    ) {
        let mut kind = kind.to_owned();
        let mut reference = content(values, "crossref");
        while let Some(key) = reference.take() {
            let Some(parent) = self.find(&key) else {
                tell("crossref", unknown(&key));
                return;
            };
            if seen.len() >= PARENTS || !seen.insert(parent.key.start) {
                return;
            }
            let mut theirs: Vec<Value> =
                parent.fields.iter().map(|field| self.value(field, tell)).collect();
            self.take_data(&mut theirs, seen, tell);
            reference = content(&theirs, "crossref");
            let dated = ["date", "year"].iter().any(|name| content(values, name).is_some());
            let prefix = title_of_parent(&kind);
            let (mut titles, mut names) = (Vec::new(), Names::default());
            for mut value in theirs {
                value.inherited = true;
                if value.name == "title" || value.name == "subtitle" {
                    value.name.insert_str(0, prefix);
                    titles.push(value);
                    continue;
                }
                let name = value.name.as_str();
                let dates = matches!(name, "date" | "year" | "month");
                let own = NOT_INHERITED.contains(&name) || (dated && dates);
                if !own {
                    add(values, value, &mut names);
                }
            }
            // A `booktitle` that the other entry has for those in it goes before its title.
            for value in titles {
                add(values, value, &mut names);
            }
            kind = self.kind(parent).to_owned();
        }
    }

    /// The value of a field, its strings put in.
    fn value(&self, field: &Field, tell: &mut Tell<'_>) -> Value {
        let name = self.text[field.name.clone()].to_lowercase();
        let mut content = String::new();
        let mut needs_strings = false;
        for piece in &field.pieces {
            match piece {
                Piece::Text(range) | Piece::Number(range) => {
                    content.push_str(&self.text[range.clone()]);
                }
                Piece::Name(range) => {
                    let word = &self.text[range.clone()];
                    let string = self.strings.get(&word.to_lowercase());
                    needs_strings |= string.is_some() || !is_month(word);
                    match string {
                        Some(string) if content.len() + string.len() <= LONGEST => {
                            content.push_str(string);
                        }
                        Some(_) => {
                            let done = "left out: the value would be too long";
                            tell(&name, Finding::new(Code::ValueLost, word, done));
                        }
                        None => {
                            content.push_str(word);
                            if !is_month(word) {
                                let done = "no @string has that name; the name itself was taken";
                                tell(&name, Finding::new(Code::StringUnknown, word, done));
                            }
                        }
                    }
                }
            }
        }
        let raw = match needs_strings {
            true => format!("{{{content}}}"),
            false => self.text[field.value.clone()].to_owned(),
        };
        Value { name, content, raw, inherited: false }
    }
}

/// The months that every style defines.
fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word))
}

fn content(values: &[Value], name: &str) -> Option<String> {
    values.iter().find(|value| value.name == name).map(|value| value.content.clone())
}

/// Puts a value behind the others, or gives it back where one has its name. `names` is made anew where
/// one has been taken out since.
fn add(values: &mut Vec<Value>, value: Value, names: &mut Names) -> Option<Value> {
    if !names.is_new(&value.name, values.iter().map(|known| &*known.name)) {
        return Some(value);
    }
    values.push(value);
    None
}

fn unknown(key: &str) -> Finding {
    let done = "no entry of the file has that key; nothing was taken from it";
    Finding::new(Code::ReferenceUnknown, key.trim(), done)
}

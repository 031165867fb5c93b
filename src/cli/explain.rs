use std::sync::Arc;

use bibilingual::Error;
use bibilingual::diagnostic::{escaped, visible};
use bibilingual::explain::{Explained, explain};
use bibilingual::export::{self, Ready};
use bibilingual::join::join;
use bibilingual::key::Keys;
use bibilingual::source::Reading;

use super::input::{ChoiceArgs, InputArgs};
use super::report::tell;
use super::{NOTHING, list};

/// `bibilingual explain`.
pub fn run(input: &InputArgs, key: &str, choice: &ChoiceArgs) -> u8 {
    match text(input, key, choice) {
        Ok(text) => list::print(&text),
        Err(error) => {
            tell(&error);
            NOTHING
        }
    }
}

fn text(input: &InputArgs, key: &str, choice: &ChoiceArgs) -> Result<String, Error> {
    let options = choice.options()?;
    let (mut all, mut layers) = (Reading::default(), Vec::new());
    for batch in input.batches(input.options(false), Arc::default()) {
        match batch.and_then(|batch| batch.read_in_layers()) {
            Ok((reading, parts)) => {
                all.extend(reading);
                layers.extend(parts);
            }
            Err(error) => tell(&error),
        }
    }
    if !input.no_join {
        all.found = join(all.found, &mut all.diagnostics);
    }
    let entries = export::prepare(all.found, &options, &mut Keys::default(), &mut all.diagnostics)?;
    let Some(ready) = entries.iter().find(|ready| ready.view.entry().key == key) else {
        return Err(Error::Option { option: "--entry", what: unknown(key, &entries) });
    };
    let mut out = format!("{key}\n");
    for place in std::iter::once(&ready.place).chain(&ready.others) {
        out.push_str(&format!("  {place}\n"));
    }
    for explained in explain(ready, &layers) {
        out.push_str(&lines(&explained));
    }
    // Two layers of a record can say the same.
    let mut told: Vec<String> = Vec::new();
    for diagnostic in &all.diagnostics {
        let own = diagnostic.place == ready.place || ready.others.contains(&diagnostic.place);
        let line = own.then(|| format!("{diagnostic}\n")).filter(|line| !told.contains(line));
        told.extend(line);
    }
    Ok(out + &told.concat())
}

fn unknown(key: &str, entries: &[Ready]) -> String {
    const SHOWN: usize = 10;
    let keys: Vec<&str> =
        entries.iter().take(SHOWN).map(|ready| ready.view.entry().key.as_str()).collect();
    let more = if entries.len() > SHOWN { ", …" } else { "" };
    format!("no entry has the key {key}; there are {}{more}", keys.join(", "))
}

fn lines(explained: &Explained) -> String {
    let mut out = format!("{}\n    {}\n", explained.field, one_line(&explained.value));
    if explained.origins.is_empty() {
        out.push_str("    made of the other values\n");
    }
    for origin in &explained.origins {
        let (place, member, raw) = (&origin.place, escaped(&origin.member), one_line(&origin.raw));
        out.push_str(&format!("    from {place}: {member}: {raw}\n"));
    }
    out
}

/// A value on one line, not longer than one reads.
fn one_line(text: &str) -> String {
    const LONGEST: usize = 200;
    let line: String = visible(text).chars().take(LONGEST).collect();
    let more = if text.chars().nth(LONGEST).is_some() { "…" } else { "" };
    line + more
}

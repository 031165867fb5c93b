use biblatex::{Bibliography, Chunk, ChunksRef, Person};

use super::ReadBack;

/// Reads an entry of BibTeX or BibLaTeX with the parser of the `biblatex` crate.
pub fn read(rendered: &str) -> Result<ReadBack, String> {
    closes_at_end(rendered)?;
    let bibliography = Bibliography::parse(rendered).map_err(|e| format!("does not parse: {e}"))?;
    let mut entries = bibliography.iter();
    let entry = match (entries.next(), entries.next()) {
        (Some(entry), None) => entry,
        (found, _) => {
            let found = if found.is_some() { "several" } else { "none" };
            return Err(format!("expected one entry, read back {found}"));
        }
    };
    let text = |name: &str| entry.get(name).map(spelled);
    Ok(ReadBack {
        key: Some(entry.key.clone()),
        title: text("title"),
        other_titles: ["titletranslation", "origtitle"].into_iter().filter_map(text).collect(),
        authors: authors(entry),
        values: entry.fields.values().map(|chunks| spelled(chunks)).collect(),
    })
}

fn authors(entry: &biblatex::Entry) -> Vec<String> {
    let written = entry.get("author").unwrap_or_default();
    // The parser takes a `=` for the sign of `family=…, given=…`, also in braces.
    if spelled(written).contains('=') {
        return between_ands(written);
    }
    match entry.get_as::<Vec<Person>>("author") {
        Ok(people) => people.iter().map(inverted).collect(),
        Err(_) => Vec::new(),
    }
}

/// The names as they stand, apart at each `and` that is in no braces; a suffix between two commas comes last.
fn between_ands(chunks: ChunksRef<'_>) -> Vec<String> {
    // No value holds the end of a line or a tab.
    let marked = |chunk: &biblatex::Spanned<Chunk>| match &chunk.v {
        Chunk::Normal(text) => text.replace(" and ", "\n").replace(", ", "\t"),
        other => other.get().to_owned(),
    };
    let written: String = chunks.iter().map(marked).collect();
    let inverted = |name: &str| match name.split('\t').collect::<Vec<_>>()[..] {
        [family, suffix, given] => format!("{family} {given} {suffix}"),
        _ => name.to_owned(),
    };
    written.split('\n').map(inverted).collect()
}

/// The brace of the entry closes at its end and not before, as BibTeX counts braces: also those
/// behind a backslash. Parsers pass over what stands between entries, and so over what has fallen
/// out of one.
fn closes_at_end(rendered: &str) -> Result<(), String> {
    let mut depth = 0usize;
    let text = rendered.trim_end();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 && at + 1 < text.len() => {
                return Err("the entry's brace closes before its end".to_owned());
            }
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    match depth {
        0 => Ok(()),
        _ => Err("the entry's brace does not close".to_owned()),
    }
}

fn spelled(chunks: ChunksRef<'_>) -> String {
    let chunk = |chunk: &biblatex::Spanned<Chunk>| match &chunk.v {
        Chunk::Math(_) => "$".to_owned(),
        other => other.get().to_owned(),
    };
    chunks.iter().map(chunk).collect()
}

fn inverted(person: &Person) -> String {
    format!("{} {} {} {}", person.prefix, person.name, person.given_name, person.suffix)
}

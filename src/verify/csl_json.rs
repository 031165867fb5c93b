use serde::Deserialize;
use serde_json::Value;

use super::ReadBack;

#[derive(Deserialize)]
struct Item {
    id: String,
    #[serde(rename = "type")]
    _kind: String,
    title: Option<String>,
    #[serde(rename = "original-title")]
    original_title: Option<String>,
    #[serde(default)]
    author: Vec<Author>,
    note: Option<String>,
    custom: Option<Value>,
}

#[derive(Deserialize)]
struct Author {
    family: Option<String>,
    given: Option<String>,
    literal: Option<String>,
    suffix: Option<String>,
    #[serde(rename = "non-dropping-particle")]
    particle: Option<String>,
}

/// Reads an item of CSL-JSON. What `keeps` names is as it stood in a file, and no title of ours.
pub fn read(rendered: &str, keeps: &dyn Fn(&str) -> bool) -> Result<ReadBack, String> {
    let item: Item = serde_json::from_str(rendered).map_err(|e| format!("does not parse: {e}"))?;
    let note = item.note.filter(|_| !keeps("note"));
    let translation = note.as_deref().and_then(|note| {
        note.lines().find_map(|line| line.strip_prefix("titleTranslation: ")).map(str::to_owned)
    });
    let custom = item.custom.filter(|_| !keeps("custom"));
    let custom = custom.and_then(|mut custom| custom.get_mut("title").map(Value::take));
    let custom = strings(custom.unwrap_or_default());
    Ok(ReadBack {
        key: Some(item.id),
        title: item.title,
        other_titles: item.original_title.into_iter().chain(translation).chain(custom).collect(),
        authors: item.author.into_iter().map(inverted).collect(),
        values: strings(serde_json::from_str(rendered).unwrap_or_default()),
    })
}

/// Every string in a value, however deep.
fn strings(value: Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.into_iter().flat_map(strings).collect(),
        Value::Object(members) => members.into_iter().flat_map(|(_, v)| strings(v)).collect(),
        _ => Vec::new(),
    }
}

fn inverted(author: Author) -> String {
    let parts = [author.literal, author.particle, author.family, author.given, author.suffix];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{ReadBack, reduced};

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
    #[serde(default)]
    custom: Custom,
}

#[derive(Default, Deserialize)]
struct Custom {
    #[serde(default)]
    title: BTreeMap<String, String>,
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

/// Reads an item of CSL-JSON.
pub fn read(rendered: &str) -> Result<ReadBack, String> {
    let item: Item = serde_json::from_str(rendered).map_err(|e| format!("does not parse: {e}"))?;
    let translation = item.note.as_deref().and_then(|note| {
        note.lines().find_map(|line| line.strip_prefix("titleTranslation: ")).map(str::to_owned)
    });
    let title_other = item.original_title.or(translation);
    let both = [item.title.as_deref(), title_other.as_deref()].map(|t| t.map(reduced));
    if let Some(odd) = item.custom.title.values().find(|t| !both.contains(&Some(reduced(t)))) {
        return Err(format!("custom.title: “{odd}” is neither title"));
    }
    Ok(ReadBack {
        key: Some(item.id),
        title: item.title,
        title_other,
        authors: item.author.into_iter().map(inverted).collect(),
    })
}

fn inverted(author: Author) -> String {
    let parts = [author.literal, author.particle, author.family, author.given, author.suffix];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

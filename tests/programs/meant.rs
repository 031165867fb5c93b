//! What an entry holds, as we meant it: read from the CSL-JSON of the case, the one of our formats
//! with a place for everything and no escaping but that of JSON.

use std::collections::BTreeMap;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// The fields that are compared, as the adapters name them. `authors` is a list.
pub const FIELDS: [&str; 10] = [
    "authors",
    "date",
    "doi",
    "issue",
    "journal",
    "number",
    "other-title",
    "pages",
    "title",
    "volume",
];

/// The values of an entry; a field without a value is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meant(pub BTreeMap<&'static str, Vec<String>>);

impl Meant {
    /// The entry of a CSL-JSON item, in the form a format has for it: BibLaTeX and hayagriva keep
    /// the number of an article apart from the pages, and the mark of more authors is a person
    /// called "others" in .bib.
    pub fn of(item: &Value, format: &str) -> Meant {
        let mut meant = Meant::default();
        let mut put = |field, value: Option<String>| {
            meant.0.extend(value.map(|value| (field, vec![tidy(&value)])));
        };
        let bib = format.starts_with("bib");
        let text = |name: &str| item[name].as_str().map(unmarked);
        // CSL-JSON has the number of an article among the pages too, and that of a preprint in
        // the same place.
        let number = text("number").filter(|n| format == "csl-json" || !n.starts_with("arXiv:"));
        let apart = matches!(format, "biblatex" | "biblatex-pair" | "hayagriva");
        let pages = text("page").filter(|pages| !apart || Some(pages) != number.as_ref());
        put("title", text("title"));
        put("other-title", other_of(item, "title"));
        put("journal", text("container-title"));
        put("volume", text("volume"));
        put("issue", text("issue"));
        put("pages", pages);
        put("number", number);
        put("doi", item["DOI"].as_str().map(|doi| if bib { in_bib(doi) } else { doi.to_owned() }));
        put("date", date(&item["issued"]));
        let mut authors: Vec<_> =
            item["author"].as_array().into_iter().flatten().map(name).collect();
        if bib && !authors.is_empty() && item["custom"]["et-al"] == Value::Bool(true) {
            authors.push("others".into());
        }
        if !authors.is_empty() {
            meant.0.insert("authors", authors);
        }
        meant
    }

    /// The entry of a pair that holds the main title.
    pub fn first_half(&self) -> Meant {
        let mut half = self.clone();
        half.0.remove("other-title");
        half
    }

    /// The entry of a pair that holds the other title, with journal and authors in that language
    /// where they are known in it, and no DOI.
    pub fn second_half(item: &Value, format: &str) -> Meant {
        let mut half = Meant::of(item, format);
        half.0.remove("doi");
        let title = half.0.remove("other-title");
        half.0.extend(title.map(|title| ("title", title)));
        let journal = other_of(item, "container-title");
        half.0.extend(journal.map(|journal| ("journal", vec![tidy(&journal)])));
        let authors = item["custom"]["author"].as_array();
        half.0.extend(authors.map(|names| ("authors", names.iter().map(name).collect())));
        half
    }

    /// The value of a field.
    pub fn get(&self, field: &str) -> &[String] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }
}

/// The text of the pair in `custom` that is not the main one.
fn other_of(item: &Value, field: &str) -> Option<String> {
    let pair = item["custom"][field].as_object()?;
    pair.values().filter(|v| **v != item[field]).find_map(|v| v.as_str()).map(unmarked)
}

/// A DOI in .bib, where braces have to balance and nothing is escaped: a link to it still works.
fn in_bib(doi: &str) -> String {
    doi.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}

fn date(issued: &Value) -> Option<String> {
    let parts = issued["date-parts"][0].as_array()?;
    let numbers = parts.iter().filter_map(Value::as_i64);
    let parts: Vec<_> = numbers.map(|n| format!("{n:02}")).collect();
    Some(parts.join("-"))
}

/// `Family, Given, Suffix`, the particle before the family name.
pub fn name(name: &Value) -> String {
    let part = |key: &str| name[key].as_str().filter(|part| !part.is_empty());
    if let Some(literal) = part("literal") {
        return tidy(literal);
    }
    let particles = [part("dropping-particle"), part("non-dropping-particle"), part("family")];
    let family = particles.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let family = family.replace("' ", "'").replace("’ ", "’").replace("- ", "-");
    let parts = [Some(family.as_str()), part("given"), part("suffix")];
    tidy(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// The text without the tags of rich text that CSL-JSON allows; a `<` of the text stays.
fn unmarked(text: &str) -> String {
    let tags = ["i", "b", "sub", "sup", "sc"];
    let ends = tags.iter().map(|tag| format!("</{tag}>"));
    let starts = tags.iter().map(|tag| format!("<{tag}>"));
    let spans = ["<span class=\"nocase\">", "<span style=\"font-variant:small-caps;\">", "</span>"];
    let all = starts.chain(ends).chain(spans.map(str::to_owned));
    all.fold(text.to_owned(), |text, tag| text.replace(&tag, ""))
}

/// What no program is asked to keep: runs of white space, which of two forms of a character, and
/// that a digit is raised or lowered (RIS has Unicode for it, the other formats have tags).
pub fn tidy(text: &str) -> String {
    let digit = |c: char| {
        let raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻".chars().zip("0123456789+-".chars());
        let lowered = "₀₁₂₃₄₅₆₇₈₉₊₋".chars().zip("0123456789+-".chars());
        raised
            .chain(lowered)
            .chain([('−', '-')])
            .find_map(|(from, to)| (from == c).then_some(to))
            .unwrap_or(c)
    };
    let text: String = text.nfc().map(digit).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Straight quotes, short dashes, three dots, plain blanks.
pub fn plain(text: &str) -> String {
    let text = text.replace(['‘', '’'], "'").replace(['“', '”'], "\"").replace('…', "...");
    let text = text.replace("``", "\"").replace("''", "\"").replace('`', "'");
    let text = text.replace("---", "-").replace("--", "-");
    text.replace(['–', '—', '‐', '−'], "-").replace("--", "-").replace('\u{a0}', " ")
}

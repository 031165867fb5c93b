//! What a program holds, beside what we meant.

use std::collections::BTreeMap;

use serde_json::Value;

use super::meant::{FIELDS, Meant, name, plain, tidy};

/// One value that is not what we meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The key of the entry, behind the name of its case; empty for a complaint.
    pub key: String,
    /// The field; `entry` for a whole entry, `complaint` for what the program said.
    pub field: String,
    /// What the whole entry should hold.
    pub meant: Meant,
    /// What the program holds in this field.
    pub held: Vec<String>,
}

/// Every difference between the records that an adapter printed and the entries we meant.
pub fn differences(
    read: &Value,
    meant: &BTreeMap<&str, &Meant>,
    order: &[&str],
) -> Vec<Difference> {
    let mut found: Vec<_> = texts(&read["complaints"]).into_iter().map(complaint).collect();
    let records = read["records"].as_array().map_or(&[][..], Vec::as_slice);
    let mut missing: BTreeMap<&str, &Meant> = meant.clone();
    for (at, record) in records.iter().enumerate() {
        let key = record["key"].as_str().or(order.get(at).copied()).unwrap_or("one too many");
        match missing.remove(key) {
            Some(meant) => found.extend(of_record(key, meant, record)),
            None => found.push(whole(key, &Meant::default(), vec![record.to_string()])),
        }
    }
    found.extend(missing.into_iter().map(|(key, meant)| whole(key, meant, Vec::new())));
    found
}

fn complaint(text: String) -> Difference {
    let field = "complaint".into();
    Difference { key: String::new(), field, meant: Meant::default(), held: vec![text] }
}

fn whole(key: &str, meant: &Meant, held: Vec<String>) -> Difference {
    Difference { key: key.into(), field: "entry".into(), meant: meant.clone(), held }
}

fn of_record(key: &str, meant: &Meant, record: &Value) -> Vec<Difference> {
    let prints = record["prints"].as_str().map(tidy);
    let mut found = Vec::new();
    for field in FIELDS {
        let wanted = meant.get(field);
        let held = match &prints {
            Some(text) => printed(field, wanted, text),
            None if field == "authors" => names(&record[field]),
            None => texts(&record[field]),
        };
        let same = |a: &[String], b: &[String]| {
            a.iter().map(|v| comparable(field, v)).eq(b.iter().map(|v| comparable(field, v)))
        };
        if !same(&held, wanted) {
            let (key, field) = (key.to_owned(), field.to_owned());
            found.push(Difference { key, field, meant: meant.clone(), held });
        }
    }
    found
}

/// What a typeset reference shows of a field: the wanted value if it stands in it. Names are
/// looked for by their family names, in their order, the first three; dates by the year; letters
/// in either case, quotes and dashes in any form, blanks not at all: styles change them.
fn printed(field: &str, wanted: &[String], text: &str) -> Vec<String> {
    let close = |text: &str| plain(&comparable(field, text)).to_lowercase().replace(' ', "");
    let mut rest = close(text);
    let parts: Vec<String> = match field {
        "authors" => wanted.iter().take(3).map(|name| family(name)).collect(),
        "date" => wanted.iter().map(|date| date[..4].to_owned()).collect(),
        _ => wanted.to_vec(),
    };
    for part in parts.iter().filter(|part| *part != "others") {
        let part = close(part);
        match rest.find(&part) {
            Some(at) => rest.drain(..at + part.len()),
            None => return Vec::new(),
        };
    }
    wanted.to_vec()
}

fn family(name: &str) -> String {
    name.split(", ").next().unwrap_or_default().to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::String(text) => {
            Some(tidy(text)).filter(|text| !text.is_empty()).into_iter().collect()
        }
        Value::Null => Vec::new(),
        other => vec![other.to_string()],
    }
}

fn names(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(name).collect()
}

/// A range of pages is the same with any dash and in any number of them.
fn comparable(field: &str, text: &str) -> String {
    let text = tidy(text);
    if field != "pages" {
        return text;
    }
    let text = text.replace(['\u{2013}', '\u{2014}'], "-");
    let mut out = text.replace("--", "-");
    while out.contains("--") {
        out = out.replace("--", "-");
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn meant() -> Meant {
        let item = json!({"id": "a", "title": "A <i>view</i>", "page": "1-2", "DOI": "10.1/X",
            "author": [{"family": "Li", "given": "Wei"}, {"literal": "张三"}]});
        Meant::of(&item, "biblatex")
    }

    fn fields(record: Value) -> Vec<String> {
        let meant = meant();
        let all = differences(&json!({"records": [record]}), &[("a", &meant)].into(), &["a"]);
        all.into_iter().map(|d| d.field).collect()
    }

    #[test]
    fn what_is_the_same_is_no_difference() {
        let authors = json!([{"family": "Li", "given": "Wei"}, {"family": "张三"}]);
        let record =
            json!({"title": "A  view", "pages": "1–2", "doi": "10.1/X", "authors": authors});
        assert_eq!(fields(record), [""; 0]);
        assert_eq!(fields(json!({"prints": "LI W, 张三. A view. 1–2. 10.1/x"})), [""; 0]);
    }

    #[test]
    fn what_is_lost_changed_swapped_or_added_is_one() {
        let turned = json!([{"family": "张三"}, {"family": "Li", "given": "Wei"}]);
        let record = json!({"title": "A View", "doi": "10.1/x", "volume": "1", "authors": turned});
        assert_eq!(fields(record), ["authors", "doi", "pages", "title", "volume"]);
        assert_eq!(fields(json!({"prints": "张三, LI W. A view. 1-2. 10.1/x"})), ["authors"]);
    }

    #[test]
    fn an_entry_lost_or_added_is_one_and_so_is_a_complaint() {
        let meant = meant();
        let meant = [("a", &meant)].into();
        let read = json!({"records": [{"key": "b"}], "complaints": ["odd"]});
        let found = differences(&read, &meant, &["a"]);
        let told: Vec<_> = found.iter().map(|d| (d.field.as_str(), d.key.as_str())).collect();
        assert_eq!(told, [("complaint", ""), ("entry", "b"), ("entry", "a")]);
    }
}

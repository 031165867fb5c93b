//! What holds for libraries: files of BibTeX, RIS, CSL-JSON and EndNote, of any bytes.

use bibilingual::diagnostic::Code;
use bibilingual::export::{Options, Plan, run};
use bibilingual::library::{self, Library, Prefer};
use bibilingual::model::{Bilingual, Entry, Kept, Text};
use bibilingual::source::{self, Batches, Reading, Rejected, Source};
use bibilingual::text::script::is_chinese;
use bibilingual::{Error, Format};

use super::{is_clean_entry, renderer};

fn reading(source: &'static Source, data: &[u8]) -> Option<Reading> {
    let options = source::Options { verbatim: true, from: Some(source), ..Default::default() };
    let mut all = Reading::default();
    for batch in Batches::new(data, "input", options) {
        match batch.expect("bytes can be read").read() {
            Ok(part) => all.extend(part),
            Err(Error::NoRecord { .. }) => return None,
            Err(error) => panic!("{error}"),
        }
    }
    Some(all)
}

/// Every record becomes an entry, a part of one, or is told of; what is clean goes out in the formats that the
/// source has, and comes in again.
pub fn read(source: &str, formats: &[&str], data: &[u8]) {
    let source = Source::by_name(source).expect("a source");
    let all = reading(source, data);
    if let (Ok(text), Some(spans)) = (std::str::from_utf8(data), source.spans) {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let records = all.as_ref().map_or(0, |all| all.records);
        // Lines that begin with a remark are read as blanks.
        assert!(text.contains(source::Rejected::REMARK.trim()) || spans(text).len() == records);
    }
    let Some(all) = all else { return };
    let joined: usize = all.found.iter().map(|found| found.others.len()).sum();
    // What only looks like the beginning of a record has no number.
    let numbered = |rejected: &&Rejected| rejected.reasons.iter().any(|told| told.place.record > 0);
    let rejected = all.rejected.iter().filter(numbered).count();
    assert_eq!(all.found.len() + joined + rejected, all.records, "{:?}", all.diagnostics);
    all.found.iter().for_each(|found| is_clean_entry(&found.entry));
    // Left open: where a file has a note and a custom of its own, there is no place for a second title.
    let is_full = |kept: &Kept| ["note", "custom"].iter().all(|name| kept.get(name).is_some());
    if all.found.iter().any(|found| is_full(&found.entry.kept)) {
        return;
    }
    if all.found.iter().any(|found| is_in_another_script(&found.entry)) {
        return;
    }
    for format in formats {
        let text = written(format, source, data, all.found.len());
        if !all.found.is_empty() {
            let again = reading(source, text.as_bytes()).expect("records");
            assert_eq!(again.records, all.found.len(), "{text}");
            assert!(again.rejected.is_empty(), "{text}");
            // Of keys that stood twice one is left: a pair finds its other half only now.
            if again.found.len() < all.found.len() {
                continue;
            }
            for (there, meant) in again.found.iter().zip(&all.found) {
                let (there, meant) = (&there.entry, &meant.entry);
                let same = titles(there) == titles(meant) || looks_like_markup(meant);
                assert!(same, "{there:?} of {text}");
            }
        }
    }
}

/// The titles of an entry, whichever the main one, its DOI and its volume.
fn titles(entry: &Entry) -> Vec<String> {
    let titles = [&entry.title.zh, &entry.title.en].into_iter().flatten();
    let mut titles: Vec<String> = titles.map(|title| on_the_line(title.plain())).collect();
    titles.sort_unstable();
    titles.extend([&entry.doi, &entry.volume].into_iter().flatten().cloned());
    titles
}

/// A text with raised digits on the line: a format without superscripts has them as characters.
fn on_the_line(text: &str) -> String {
    let raised = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |c: char| raised.iter().zip('0'..='9').find(|(r, _)| **r == c).map(|(_, d)| d);
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

/// True where what is left of markup and mathematics spells other ones: those are read the next time.
fn looks_like_markup(entry: &Entry) -> bool {
    let titles = [&entry.title.zh, &entry.title.en].into_iter().flatten().map(Text::plain);
    let mut texts = titles.chain(entry.volume.as_deref());
    texts.any(|text| text.contains(['<', '&', '$', '\\', '{']))
}

/// True where a title is not in the script of the language that its place names. Files that do not name
/// the language go by the script, and two titles in one script have one place.
fn is_in_another_script(entry: &Entry) -> bool {
    let Bilingual { zh, en } = &entry.title;
    zh.as_ref().is_some_and(|title| !is_chinese(title.plain()))
        || en.as_ref().is_some_and(|title| is_chinese(title.plain()))
}

/// The entries of a library in a format, each read back by a reader that knows nothing of the crate.
fn written(format: &str, source: &'static Source, data: &[u8], expected: usize) -> String {
    let renderers = std::slice::from_ref(renderer(Format::by_name(format).expect("a format")));
    let options = Options { no_join: true, ..Options::default() };
    let plan = Plan { renderers, verify: true, ..Plan::new(&options) };
    let from = source::Options { from: Some(source), ..Default::default() };
    let [before, between, after] = renderers[0].frame();
    let (mut text, mut entries) = (before.to_owned(), 0);
    run(Batches::new(data, "input", from), &plan, &mut |part| {
        let lost = |code| matches!(code, Code::NotReadBack | Code::NotRendered);
        let told: Vec<_> = part.diagnostics.iter().filter(|d| lost(d.code)).collect();
        assert!(told.is_empty(), "{told:?}");
        for rendered in part.rendered.iter().filter(|rendered| rendered.entries > 0) {
            text.push_str(if entries > 0 { between } else { "" });
            text.push_str(&rendered.text);
            entries += rendered.entries;
        }
        Ok(())
    })
    .expect("nothing that stops a run");
    assert_eq!(entries, expected, "{text}");
    text + after
}

/// A record put into a library of any text: what was there stays, the record is found again, and a second
/// time changes nothing.
pub fn merge(data: &[u8]) {
    const FILES: [&str; 4] = ["a.bib", "a.ris", "a.json", "a.enw"];
    let Some((first, rest)) = data.split_first() else { return };
    let name = FILES[usize::from(first % 4)];
    let prefer = if first & 4 == 0 { Prefer::First } else { Prefer::Second };
    let mut parts = rest.split(|b| *b == 0x1E);
    let library = parts.next().unwrap_or_default();
    let records: Vec<String> = parts.map(record).collect();
    let Ok(new) = source::read(records.join("\n").as_bytes(), "new.jsonl") else { return };
    let Ok(opened) = Library::open(library, name) else { return };
    let renderer = renderer(opened.format(None).expect("a format"));
    let options = Options::default();
    let plan = library::Plan { options: &options, renderer, prefer };
    let Ok(merged) = opened.merge(new.found.clone(), &plan) else { return };

    let again = Library::open(merged.text.as_bytes(), name).expect("still a library");
    assert_eq!(again.broken.len(), opened.broken.len(), "{}", merged.text);
    let told = merged.diagnostics.iter().filter(|d| d.code == Code::Added).count();
    assert_eq!(merged.added, told, "{:?}", merged.diagnostics);
    if prefer == Prefer::First {
        let mut rest = merged.text.bytes();
        let kept = valued(library, name).all(|byte| rest.any(|other| other == byte));
        assert!(kept, "something is gone from\n{}", merged.text);
    }
    let second = again.merge(new.found, &plan).expect("the same again");
    assert_eq!(second.text, merged.text, "{:?}", second.diagnostics);
}

/// A record of four lines: title, Chinese title, DOI, date.
fn record(lines: &[u8]) -> String {
    let text = String::from_utf8_lossy(lines);
    let mut lines = text.split('\n');
    let mut record = serde_json::Map::new();
    for member in ["title", "TitleCN", "doi", "publicationDate", "authors", "abstract"] {
        record.insert(member.into(), lines.next().unwrap_or_default().into());
    }
    serde_json::Value::from(record).to_string()
}

/// The bytes of a library without the values that say nothing, which give way to others.
fn valued(library: &[u8], name: &str) -> impl Iterator<Item = u8> {
    let text = std::str::from_utf8(library).expect("an open library");
    let plain = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let by_text = source::SOURCES[1..].iter().find(|s| (s.looks_like)(plain.as_bytes()));
    let ending = name.rsplit('.').next().unwrap_or_default();
    let source =
        by_text.or_else(|| Source::by_extension(if ending == "json" { "csljson" } else { ending }));
    let spans = source.and_then(|source| source.spans).map_or_else(Vec::new, |spans| spans(plain));
    let said = |value: &str| {
        let inner = value.trim_matches(['{', '}', '"', '[', ']']).trim();
        !inner.is_empty() && inner != "null"
    };
    let mut bytes = plain.as_bytes().to_vec();
    let values = spans.into_iter().flat_map(|span| span.fields).map(|field| field.value);
    values.filter(|value| !said(&plain[value.clone()])).for_each(|value| bytes[value].fill(0));
    bytes.into_iter().filter(|byte| *byte != 0)
}

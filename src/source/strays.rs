//! Records of another kind than the file that they stand in: nobody reads them, and they must not be
//! lost for that.

use std::ops::Range;

use super::limits::Limits;
use super::literals::{self, Literal};
use super::scan::Scanner;
use super::table::ReadWhole;
use super::{Found, bibtex, csl_json, enw, ris};
use crate::diagnostic::{Code, Finding};
use crate::model::{Bilingual, Entry, Text};
use crate::text::doi;

/// A record among those of another kind.
#[derive(Debug, PartialEq, Eq)]
pub struct Stray {
    /// Where it begins.
    pub at: usize,
    /// What it is of.
    pub kind: &'static str,
}

/// What begins with a line of its own: its name, what tells it, its reader.
type Citation = (&'static str, fn(&[u8]) -> bool, ReadWhole);

const CITATIONS: [Citation; 3] = [
    ("BibTeX", bibtex::looks_like, bibtex::read),
    ("RIS", ris::looks_like, ris::read),
    ("EndNote", enw::looks_like, enw::read),
];

impl Stray {
    /// The first record in a text that is passed over.
    pub fn first(text: &str) -> Option<Stray> {
        let json = json(text).map(|at| Stray { at, kind: "JSON" });
        [Stray::tagged(text), json].into_iter().flatten().min_by_key(|stray| stray.at)
    }

    /// The first one of those that begin with a line of their own.
    pub fn tagged(text: &str) -> Option<Stray> {
        lines(text).find_map(|line| {
            let bytes = &text.as_bytes()[line.clone()];
            let (kind, ..) = CITATIONS.into_iter().find(|(_, looks_like, _)| looks_like(bytes))?;
            Some(Stray { at: line.start, kind })
        })
    }

    /// What is told of it.
    pub fn told(&self, text: &str) -> Finding {
        let line = text[self.at..].lines().next().unwrap_or_default();
        let done = format!(
            "left out with what follows: a record of {} in a file of another kind; take them apart into \
             files of their own, or say --from",
            self.kind
        );
        Finding::new(Code::RecordBroken, line.trim(), done)
    }
}

/// The lines of a text, with CR, LF or both behind them.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split(['\n', '\r']).map(|line| {
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        start..start + line.len()
    })
}

/// Where the first record of JSON stands, of booksci.cn or of CSL.
fn json(text: &str) -> Option<usize> {
    let brace = memchr::memchr(b'{', text.as_bytes())?;
    let mut scanner = Scanner::new(Limits::default());
    scanner.text().extend_from_slice(&text.as_bytes()[brace..]);
    scanner.end();
    let own = scanner.next().map(|raw| brace + raw.range.start);
    let csl = lines(text).find(|line| text[line.clone()].trim_start().starts_with(['[', '{']));
    let csl = csl.filter(|line| csl_json::looks_like(&text.as_bytes()[line.start..]));
    own.into_iter().chain(csl.map(|line| line.start)).min()
}

/// True where a line of the text can begin a citation, or an object in it is a record that nobody reads.
pub fn may_cite(text: &[u8]) -> bool {
    let begins = || CITATIONS.iter().any(|(_, looks_like, _)| looks_like(text));
    text.len() > 2 && (begins() || literals::stand_in(text))
}

/// What is told of the citations, and of objects in scripts, in the loose text beside records, and where:
/// programs that export them write the work of the page itself, and what is another work is lost.
pub fn cited(loose: &str, beside: &[&Entry]) -> Option<(usize, Finding)> {
    let told = [citations(loose, beside), literal(loose, beside)];
    let is_lost = |told: &(usize, Finding)| told.1.code == Code::RecordBroken;
    // What is lost goes before a note, and what stands first is told for all.
    told.into_iter().flatten().min_by_key(|told| (!is_lost(told), told.0))
}

fn citations(loose: &str, beside: &[&Entry]) -> Option<(usize, Finding)> {
    let stray = Stray::tagged(loose)?;
    let (mut records, mut known) = (0, 0);
    let kinds = CITATIONS.iter().filter(|(_, looks_like, _)| looks_like(loose.as_bytes()));
    for (_, _, read) in kinds {
        let reading = read(loose.as_bytes(), "", None);
        let is_known = |found: &&Found| beside.iter().any(|entry| is_same(&found.entry, entry));
        records += reading.records;
        known += reading.found.iter().filter(is_known).count();
    }
    if records == 0 {
        return None;
    }
    if known < records {
        return Some((stray.at, stray.told(loose)));
    }
    let line = loose[stray.at..].lines().next().unwrap_or_default();
    let done = format!("passed over: it is the record once more, of {}", stray.kind);
    Some((stray.at, Finding::new(Code::TextOutside, line.trim(), done)))
}

/// The first object in a script that is a work of its own.
fn literal(loose: &str, beside: &[&Entry]) -> Option<(usize, Finding)> {
    let is_known = |literal: &Literal<'_>| {
        let doi = literal.doi.and_then(doi::doi);
        let title = Bilingual { en: Some(Text::from(literal.title)), zh: None };
        let entry = Entry { doi, title, ..Entry::default() };
        beside.iter().any(|other| is_same(&entry, other))
    };
    let found = literals::all(loose).into_iter().find(|literal| !is_known(literal))?;
    let start: String = loose[found.at..].chars().take(60).collect();
    let done = "left out with what follows: the names of its members do not stand in double quotes, so that it \
                is no JSON; write it as JSON and try again";
    Some((found.at, Finding::new(Code::RecordBroken, start, done)))
}

/// True for entries with one DOI, or one title where there is no DOI to compare.
fn is_same(one: &Entry, other: &Entry) -> bool {
    if let (Some(one), Some(other)) = (&one.doi, &other.doi) {
        return one.eq_ignore_ascii_case(other);
    }
    let folded = |text: &Text| {
        let letters = text.plain().chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    let titles =
        |both: &Bilingual<Text>| [both.zh.as_ref().map(folded), both.en.as_ref().map(folded)];
    let others = titles(&other.title);
    titles(&one.title).iter().flatten().any(|title| others.iter().flatten().any(|o| o == title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Place};

    #[test]
    fn what_is_lost_is_told_before_what_is_known() {
        let title = |text: &str| Bilingual { en: Some(Text::from(text)), zh: None };
        let beside = Entry { title: title("Known"), ..Entry::default() };
        let (known, lost) = ("@article{k, title={Known}}\n", "@article{l, title={Lost}}\n");
        let literal = "x={title:\"Gone\",doi:\"10.1/g\"}\n";
        for (text, at) in [
            (format!("{known}{literal}"), Some((known.len() + 2, true))),
            (format!("{literal}{lost}"), Some((2, true))),
            (format!("{lost}{literal}"), Some((0, true))),
            (known.to_owned(), Some((0, false))),
            ("text".to_owned(), None),
        ] {
            let told = cited(&text, &[&beside]);
            let told = told.map(|(at, finding)| (at, finding.code == Code::RecordBroken));
            assert_eq!(told, at, "{text}");
        }
    }

    #[test]
    fn records_of_every_kind_are_seen_and_what_looks_like_one_is_not() {
        for (text, expected) in [
            ("a\n@article{k, title={T}}", Some((2, "BibTeX"))),
            ("a\r\nTY  - JOUR\r\n", Some((3, "RIS"))),
            ("%0 Book\n%T A", Some((0, "EndNote"))),
            ("x\n{\"title\":\"A\",\"doi\":\"10.1/2\"}", Some((2, "JSON"))),
            ("x {\"title\":\"A\",\"authors\":\"B", Some((2, "JSON"))),
            ("x\n[{\"type\":\"book\",\"title\":\"A\"}]", Some((2, "JSON"))),
            ("{&quot;title&quot;:&quot;A&quot;,&quot;doi&quot;:&quot;1&quot;}", Some((0, "JSON"))),
            ("{\"title\":\"A\",\"doi\":\"1\"}\nTY  - JOUR", Some((0, "JSON"))),
            ("% a comment\nwrite to a@b.org {\"size\": 3}, {title} and {\"menu\":[]}", None),
            ("", None),
        ] {
            let found = Stray::first(text).map(|stray| (stray.at, stray.kind));
            assert_eq!(found, expected, "{text}");
            let told = Stray::first(text).map(|stray| stray.told(text));
            let line = told.map(|told| Diagnostic::new(Place::default(), "", told).to_string());
            assert!(line.is_none_or(|line| line.ends_with("or say --from")), "{text}");
        }
    }
}

//! Records of another kind than the file that they stand in: nobody reads them, and they must not be
//! lost for that.

use std::ops::Range;

use memchr::memmem;

use super::limits::Limits;
use super::scan::{Frame, Scanner};
use super::table::Source;
use super::{Found, Rejected, bibtex, csl_json, enw, ris};
use crate::diagnostic::{Code, Finding};
use crate::model::{Bilingual, Entry, Text};

/// A record among those of another kind.
#[derive(Debug, PartialEq, Eq)]
pub struct Stray {
    /// Where it begins.
    pub at: usize,
    /// What it is of.
    pub kind: &'static str,
}

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
            let kinds = [
                ("BibTeX", bibtex::looks_like(bytes)),
                ("RIS", ris::looks_like(bytes)),
                ("EndNote", enw::looks_like(bytes)),
            ];
            let (kind, _) = kinds.into_iter().find(|(_, is)| *is)?;
            Some(Stray { at: line.start, kind })
        })
    }

    /// The first line with a member of a record that has lost its brace, or has no title. One member alone
    /// is none: pages hold other objects, too.
    pub fn members(text: &str) -> Option<usize> {
        let (mut at, mut seen) = (None, Vec::new());
        for line in lines(text).filter(|line| !text[line.clone()].starts_with(Rejected::REMARK)) {
            let bytes = &text.as_bytes()[line.clone()];
            // With its brace, what has a title and more is a record.
            let headless = &bytes[..memchr::memchr(b'{', bytes).unwrap_or(bytes.len())];
            let names = Frame::BOOKISH.into_iter().map(|name| (name, bytes));
            for (name, part) in names.chain(OTHERS.map(|name| (name, headless))) {
                if !seen.contains(&name) && memmem::find(part, name).is_some() {
                    seen.push(name);
                    at = at.or(Some(line.start));
                }
            }
        }
        at.filter(|_| seen.len() > 1 && seen.iter().any(|name| Frame::BOOKISH.contains(name)))
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

/// Members that other objects have, too.
const OTHERS: [&[u8]; 3] = [b"\"title\":", b"\"TitleCN\":", b"\"publicationDate\":"];

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

/// What is told of the citations in the loose text beside a record, and where: programs that export them
/// write the work of the page itself, and what is another work is lost.
pub fn cited(loose: &str, entry: Option<&Entry>) -> Option<(usize, Finding)> {
    let stray = Stray::tagged(loose)?;
    let sources = ["bibtex", "ris", "enw"].into_iter().filter_map(Source::by_name);
    let mut sources = sources.filter(|source| (source.looks_like)(loose.as_bytes()));
    let is_known = |source: &Source| {
        let reading = source.read.map(|read| read(loose.as_bytes(), "", None)).unwrap_or_default();
        let is_same = |found: &&Found| entry.is_some_and(|entry| is_same(&found.entry, entry));
        reading.records == reading.found.iter().filter(is_same).count()
    };
    if !sources.all(is_known) {
        return Some((stray.at, stray.told(loose)));
    }
    let line = loose[stray.at..].lines().next().unwrap_or_default();
    let done = format!("passed over: it is the record once more, of {}", stray.kind);
    Some((stray.at, Finding::new(Code::TextOutside, line.trim(), done)))
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

//! The sources, and how one is told from another.

use super::span::Span;
use super::{Layer, Reading, bibtex, booksci, csl_json, enw, ris, whole};

/// A kind of file that records can be read from.
pub struct Source {
    /// Its name on the command line: `bibtex`.
    pub name: &'static str,
    /// What it is, in one line.
    pub purpose: &'static str,
    /// The endings of files that are of this kind, without the dot, where their text does not tell.
    pub extensions: &'static [&'static str],
    /// True where a text is of this kind, seen by its signs and not by whether all of it is right.
    pub looks_like: fn(&[u8]) -> bool,
    /// What the records of it are, for a text without any.
    pub(super) records: &'static str,
    /// Reads every record of a whole text; what is wrong with one is told, and costs no other. None
    /// for the source whose records are found piece by piece, however long the text.
    pub(super) read: Option<ReadWhole>,
    /// Where the records of a text stand, in the order and number in which they are read, for a
    /// source whose files can be added to.
    pub spans: Option<fn(&str) -> Vec<Span>>,
}

/// What reads a whole text: without byte order mark, its name, and where layers go.
pub type ReadWhole = fn(&[u8], &str, Option<&mut Vec<Layer>>) -> Reading;

/// Every source there is. A text that looks like several is of the first: pages of booksci.cn can
/// quote anything in their loose text, and are told by the names of their members.
pub static SOURCES: &[Source] = &[
    Source {
        name: "booksci",
        purpose: "pages of booksci.cn with JSON records in them, JSON, JSON Lines",
        extensions: &["json", "jsonl", "ndjson", "txt", "html", "htm"],
        looks_like: booksci::looks_like,
        records: "JSON objects with a member \"title\", \"TitleCN\" or \"resultStr\" and others such as \
                  \"authors\", \"doi\" or \"journal\" anywhere in the text, and for entries of BibTeX, RIS, \
                  CSL-JSON and EndNote",
        read: None,
        spans: None,
    },
    Source {
        name: "bibtex",
        purpose: "BibTeX and BibLaTeX",
        extensions: &["bib", "bibtex", "biblatex"],
        looks_like: bibtex::looks_like,
        records: "entries such as @article{key, …}",
        read: Some(bibtex::read),
        spans: Some(bibtex::spans),
    },
    Source {
        name: "csl-json",
        purpose: "CSL-JSON of Zotero, pandoc and other CSL processors",
        extensions: &["csljson"],
        looks_like: csl_json::looks_like,
        records: "JSON objects with members such as \"type\" and \"title\"",
        read: Some(csl_json::read),
        spans: Some(csl_json::spans),
    },
    Source {
        name: "ris",
        purpose: "RIS, of both specifications",
        extensions: &["ris"],
        looks_like: ris::looks_like,
        records: "lines such as `TY  - JOUR`",
        read: Some(ris::read),
        spans: Some(ris::spans),
    },
    Source {
        name: "enw",
        purpose: "EndNote's tagged format",
        extensions: &["enw"],
        looks_like: enw::looks_like,
        records: "lines such as `%0 Journal Article`",
        read: Some(enw::read),
        spans: Some(enw::spans),
    },
];

impl Source {
    /// The source whose records are found piece by piece.
    pub(super) fn booksci() -> &'static Source {
        &SOURCES[0]
    }

    /// The source of that name.
    pub fn by_name(name: &str) -> Option<&'static Source> {
        SOURCES.iter().find(|source| source.name == name)
    }

    /// The source of files that end in `.extension`, in either case.
    pub fn by_extension(extension: &str) -> Option<&'static Source> {
        let fits = |s: &&Source| s.extensions.iter().any(|e| e.eq_ignore_ascii_case(extension));
        SOURCES.iter().find(fits)
    }

    /// The source that a text is of, by the text and then by the ending of its name.
    pub fn of(input: &[u8], name: &str) -> &'static Source {
        let text = unmarked(input);
        let name = name.strip_suffix(".gz").or(name.strip_suffix(".zst")).unwrap_or(name);
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let text = whole::without_remarks(text);
        let looks_like = SOURCES.iter().find(|source| (source.looks_like)(&text));
        looks_like.or_else(|| Source::by_extension(ending)).unwrap_or(&SOURCES[0])
    }
}

/// A text without byte order mark; also a line, which has one where files were put one behind the other.
pub fn unmarked(text: &[u8]) -> &[u8] {
    text.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(text)
}

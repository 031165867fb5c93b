//! The types of entries.

use crate::model::Kind;
use crate::source::kinds::Row;

/// The type that a word means, and whether the word says more than the type, so that it has to be
/// kept ("BibTeXing" §3.1; biblatex manual §2.1).
pub const KINDS: &[Row] = &[
    ("article", Kind::Article, false),
    ("suppperiodical", Kind::Article, true),
    // The review of another work, which is no review article.
    ("review", Kind::Article, true),
    ("inproceedings", Kind::ConferencePaper, false),
    ("conference", Kind::ConferencePaper, false),
    ("book", Kind::Book, false),
    ("mvbook", Kind::Book, true),
    ("booklet", Kind::Book, true),
    ("collection", Kind::Book, true),
    ("mvcollection", Kind::Book, true),
    ("reference", Kind::Book, true),
    ("mvreference", Kind::Book, true),
    ("proceedings", Kind::Book, true),
    ("mvproceedings", Kind::Book, true),
    ("incollection", Kind::Chapter, false),
    ("inbook", Kind::Chapter, true),
    ("bookinbook", Kind::Chapter, true),
    ("suppbook", Kind::Chapter, true),
    ("suppcollection", Kind::Chapter, true),
    ("inreference", Kind::Chapter, true),
    ("phdthesis", Kind::Thesis, false),
    ("mastersthesis", Kind::Thesis, true),
    ("thesis", Kind::Thesis, true),
    ("dataset", Kind::Dataset, false),
    ("misc", Kind::Other, false),
    ("online", Kind::Other, true),
    ("electronic", Kind::Other, true),
    ("www", Kind::Other, true),
    ("techreport", Kind::Other, true),
    ("report", Kind::Other, true),
    ("manual", Kind::Other, true),
    ("unpublished", Kind::Other, true),
    ("patent", Kind::Other, true),
    ("periodical", Kind::Other, true),
    ("software", Kind::Other, true),
    ("artwork", Kind::Other, true),
    ("audio", Kind::Other, true),
    ("bibnote", Kind::Other, true),
    ("commentary", Kind::Other, true),
    ("image", Kind::Other, true),
    ("jurisdiction", Kind::Other, true),
    ("legislation", Kind::Other, true),
    ("legal", Kind::Other, true),
    ("letter", Kind::Other, true),
    ("movie", Kind::Other, true),
    ("music", Kind::Other, true),
    ("performance", Kind::Other, true),
    ("set", Kind::Other, true),
    ("standard", Kind::Other, true),
    ("video", Kind::Other, true),
];

/// The type of an entry. An arXiv number makes a preprint of what has no other place.
///
/// `None` for a word that is not in the table.
pub fn kind(word: &str, arxiv: bool) -> Option<(Kind, bool)> {
    let word = word.to_ascii_lowercase();
    let (_, kind, more) = KINDS.iter().find(|(known, ..)| *known == word)?;
    let preprint = arxiv && matches!(word.as_str(), "misc" | "online" | "unpublished");
    Some(if preprint { (Kind::Preprint, word == "unpublished") } else { (*kind, *more) })
}

/// The field in which an entry of this type inherits the title of the one it refers to (biblatex
/// manual, appendix B): what stands in a book has it as the title of the book.
pub fn title_of_parent(child: &str) -> &'static str {
    match child.to_ascii_lowercase().as_str() {
        "article" | "suppperiodical" | "review" => "journal",
        "book" | "collection" | "proceedings" | "reference" => "main",
        _ => "book",
    }
}

/// Fields that belong to one entry alone and are never inherited (biblatex manual, appendix B).
pub const NOT_INHERITED: &[&str] = &[
    "ids",
    "crossref",
    "xref",
    "xdata",
    "entryset",
    "entrysubtype",
    "execute",
    "label",
    "options",
    "presort",
    "related",
    "relatedoptions",
    "relatedstring",
    "relatedtype",
    "shortauthor",
    "shorthand",
    "shorthandintro",
    "shorttitle",
    "sortkey",
    "indextitle",
    "indexsorttitle",
    "sorttitle",
    "key",
    "abstract",
    "keywords",
    "note",
    "annotation",
    "annote",
    "doi",
    "url",
    "pages",
    "eid",
    "file",
    "langid",
];

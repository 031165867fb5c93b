//! The tags whose values mean the same in every format of tags and lines.

use super::Record;
use super::values::{name, plain, text};
use crate::diagnostic::{Code, Finding};
use crate::distinct::distinct;
use crate::model::Entry;
use crate::source::Sink;
use crate::source::carrier::{Carrier, What};
use crate::source::kinds::{self, Row};
use crate::source::languages::language;
use crate::source::links::{self, take_doi, take_url};
use crate::source::work::{Work, words};

/// Takes a note; false where it is to be kept.
pub type Note = fn(&str, &str, &mut Work, &mut Sink<'_>) -> bool;

/// The names of the tags in a format. Where there are several, a later specification has another one
/// for the same.
pub struct Tags {
    /// The type of the work, and its words.
    pub kind: (&'static str, &'static [Row]),
    /// An author each.
    pub authors: &'static [&'static str],
    /// The language of the work.
    pub language: &'static str,
    /// The abstract.
    pub abstracts: &'static [&'static str],
    /// A keyword each, or several with semicolons between.
    pub keywords: &'static str,
    /// Volume, issue, number of the article.
    pub numbers: [&'static str; 3],
    /// The number in PubMed Central, where it is one.
    pub pmcid: &'static str,
    /// The name of a database, and the number of the work in it.
    pub database: [&'static str; 2],
    /// What should be a DOI.
    pub dois: &'static [&'static str],
    /// An address.
    pub url: &'static str,
    /// The places for the other language.
    pub carriers: &'static [Carrier],
    /// Notes, and what can be read of them.
    pub notes: &'static [(&'static str, Note)],
}

/// Reads every tag of the list; what it leaves in the record is the format's own.
pub fn of_tags(tags: &Tags, record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    let (tag, rows) = tags.kind;
    let word = record.take(tag).into_iter().next().unwrap_or_default();
    kinds::take(rows, tag, word, work, sink);
    for tag in tags.authors {
        for value in record.take(tag) {
            work.entry.authors.extend(name(tag, &value, sink));
        }
    }
    if let Some(word) = record.take_one(tags.language) {
        work.language_named = true;
        work.entry.language = language(&word);
        if work.entry.language.is_none() {
            let done = "kept as it stands, for files of this kind alone";
            sink.add(tags.language, Finding::new(Code::FieldKept, &word, done));
            record.fields.push((tags.language.into(), word));
        }
    }
    for tag in tags.abstracts {
        for value in record.take(tag) {
            let text = text(tag, &value, sink);
            work.main(What::Abstract, tag, text, sink);
        }
    }
    for value in record.take(tags.keywords) {
        work.entry.keywords.extend(words(&value, &[';']));
    }
    distinct(&mut work.entry.keywords);
    numbers(tags, record, &mut work.entry, sink);
    other_language(tags, record, work, sink);
}

fn numbers(tags: &Tags, record: &mut Record, entry: &mut Entry, sink: &mut Sink<'_>) {
    let [volume, issue, article] = tags.numbers;
    entry.volume = plain(volume, record.take_one(volume), sink);
    entry.issue = plain(issue, record.take_one(issue), sink);
    entry.article_number = plain(article, record.take_one(article), sink);
    let central = |value: &str| value.to_ascii_uppercase().starts_with("PMC");
    if record.fields.iter().any(|(tag, value)| tag == tags.pmcid && central(value)) {
        entry.pmcid = plain(tags.pmcid, record.take_one(tags.pmcid), sink);
    }
    let [database, accession] = tags.database;
    let arxiv =
        |(tag, value): &(String, String)| tag == database && value.eq_ignore_ascii_case("arxiv");
    if record.fields.iter().any(arxiv) && record.has(accession) {
        record.take_one(database);
        entry.arxiv = plain(accession, record.take_one(accession), sink);
    }
    for tag in tags.dois {
        record.offer(tag, |value| value.is_empty() || take_doi(tag, value, entry, sink));
    }
    record.offer(tags.url, |value| value.is_empty() || take_url(tags.url, value, entry, sink));
    // The second specification puts other things into the place that was once for DOIs.
    if let Some((tag, value)) = record.fields.iter().find(|(tag, _)| tags.dois[0] == tag) {
        let done = "kept as it stands, for files of this kind alone: it is not a DOI";
        sink.add(tag, Finding::new(Code::FieldKept, value, done));
    }
    links::arxiv(entry);
}

fn other_language(tags: &Tags, record: &mut Record, work: &mut Work, sink: &mut Sink<'_>) {
    for row in tags.carriers {
        for value in record.take(row.name) {
            if row.what == What::Authors {
                if let Some(name) = name(row.name, &value, sink) {
                    work.other_author(row.name, name);
                }
            } else {
                let text = text(row.name, &value, sink);
                work.other(row.what, row.role, row.lang, row.name, text);
            }
        }
    }
    for (tag, take) in tags.notes {
        record.offer(tag, |value| take(tag, value, work, sink));
    }
}

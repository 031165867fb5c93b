//! DOI and address of a file of references.

use super::Sink;
use crate::diagnostic::{Code, Finding};
use crate::model::{Entry, Kind};
use crate::text::doi;
use crate::text::locator::arxiv_of_doi;
use crate::text::url::{self, Link};

/// Takes a value that should be a DOI; false where it is none.
pub fn take_doi(field: &str, raw: &str, entry: &mut Entry, sink: &mut Sink<'_>) -> bool {
    let Some(found) = doi::doi(raw) else { return false };
    sink.add_all(field, cut_off(raw, &found));
    match &entry.doi {
        None => entry.doi = Some(found),
        Some(there) if doi::same(there, &found) => {}
        Some(there) => sink.add(field, two(there, &found)),
    }
    true
}

/// Takes a value that should be an address; false where it is none, or no more than is there.
pub fn take_url(field: &str, raw: &str, entry: &mut Entry, sink: &mut Sink<'_>) -> bool {
    match url::link(raw) {
        Link::None => true,
        Link::Doi(found) => take_doi(field, &found, entry, sink),
        Link::Pirate(url) => {
            sink.add(field, Finding::new(Code::PirateLink, url, "left out"));
            true
        }
        Link::Invalid(_) => false,
        Link::Good(url) => match &entry.url {
            None => {
                entry.url = Some(url);
                true
            }
            Some(there) => *there == url,
        },
    }
}

/// What is told where a DOI may go on behind what was taken for it.
pub fn cut_off(raw: &str, found: &str) -> Option<Finding> {
    doi::cut_off(raw, found)?;
    let done = format!("cut off: {found} was taken as the DOI; look it up");
    Some(Finding::new(Code::DoiInvalid, raw, done))
}

fn two(first: &str, second: &str) -> Finding {
    let found = format!("{first} and {second}");
    Finding::new(Code::Contradiction, found, "the first was taken as the DOI")
}

/// The number of an arXiv preprint from its DOI, where the file does not give it.
pub fn arxiv(entry: &mut Entry) {
    if entry.arxiv.is_none()
        && let Some(number) = entry.doi.as_deref().and_then(arxiv_of_doi)
    {
        entry.arxiv = Some(number);
        if entry.kind == Kind::Article {
            entry.kind = Kind::Preprint;
        }
    }
}

//! DOI and addresses of a record.

use super::{Reader, Record};
use crate::diagnostic::{Code, Finding};
use crate::model::{Entry, Kind};
use crate::source::json::Json;
use crate::source::links::cut_off;
use crate::text::doi;
use crate::text::locator::arxiv_of_doi;
use crate::text::plain::{is_nothing, plain};
use crate::text::url::{self, Link};

impl Reader<'_, '_> {
    pub fn links(&mut self, record: &Record<'_>, entry: &mut Entry) {
        if let Some(raw) = self.raw("doi", &record.doi) {
            entry.doi = doi::doi(raw);
            if let Some((first, second)) =
                entry.doi.as_ref().and_then(|first| Some((first, doi::second(raw, first)?)))
            {
                let both = format!("{first} and {second}");
                let done = "the first was taken as the DOI";
                self.sink.add("doi", Finding::new(Code::Contradiction, both, done));
            }
            let cut = entry.doi.as_ref().and_then(|found| cut_off(raw, found));
            self.sink.add_all("doi", cut);
            // `-` and `n/a` say that there is none.
            if entry.doi.is_none() && !is_nothing(&plain(raw)) {
                self.sink
                    .add("doi", Finding::new(Code::DoiInvalid, raw, "left out: it is not a DOI"));
            }
        }
        for (field, value) in
            [("DOIUrl", &record.doi_url), ("ListUrlMain", &record.list_url), ("url", &record.url)]
        {
            if let Some(raw) = self.raw(field, value) {
                self.link(field, raw, url::link(raw), entry);
            }
        }
        if let Some(number) = entry.doi.as_deref().and_then(arxiv_of_doi) {
            entry.arxiv.get_or_insert(number);
            if entry.kind == Kind::Article {
                entry.kind = Kind::Preprint;
            }
        }
        let open = record.is_open_access == Json::Bool(true)
            || record.is_open_access.text().is_some_and(|t| t.eq_ignore_ascii_case("true"));
        let Some(raw) = self.raw("openAccessPdf", &record.pdf) else { return };
        let link = url::link(raw);
        if open || matches!(link, Link::Pirate(_)) {
            self.link("openAccessPdf", raw, link, entry);
        } else {
            let done = "left out: the record does not say that it is open access";
            self.sink.add("openAccessPdf", Finding::new(Code::LinkClosed, raw, done));
        }
    }

    fn link(&mut self, field: &str, raw: &str, link: Link, entry: &mut Entry) {
        match link {
            Link::None => {}
            Link::Doi(found) => self.doi_of_link(field, raw, found, entry),
            Link::Good(url) => {
                // A publisher's address often holds the DOI.
                if entry.doi.is_none()
                    && let Some(found) = doi::doi(&url)
                {
                    self.doi_of_link(field, raw, found, entry);
                }
                match &entry.url {
                    Some(there) if *there == url => {}
                    Some(there) => {
                        let done = format!("left out: the entry has the address {there}");
                        self.sink.add(field, Finding::new(Code::LinkSecond, url, done));
                    }
                    None => entry.url = Some(url),
                }
            }
            Link::Pirate(url) => {
                self.sink.add(field, Finding::new(Code::PirateLink, url, "left out"));
            }
            Link::Invalid(text) => {
                self.sink.add(
                    field,
                    Finding::new(Code::LinkInvalid, text, "left out: it is no web address"),
                );
            }
        }
    }

    fn doi_of_link(&mut self, field: &str, raw: &str, found: String, entry: &mut Entry) {
        match &entry.doi {
            Some(there) if doi::same(there, &found) => {}
            Some(there) => {
                let both = format!("{there} and {found}");
                let done = "the first was taken as the DOI";
                self.sink.add(field, Finding::new(Code::Contradiction, both, done));
            }
            None => {
                self.sink.add(field, Finding::new(Code::DoiFromUrl, raw, "taken as the DOI"));
                entry.doi = Some(found);
            }
        }
    }
}

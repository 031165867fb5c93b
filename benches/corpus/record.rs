//! Records: how the source tells of a work, in JSON and in the loose text around it.

use std::fmt::Write;

use super::people::separator;
use super::random::Random;
use super::text::{OPENINGS, Opening, wrapped};
use super::words::JOURNALS;
use super::work::Work;

/// The two families of records (FINDINGS, 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Of a detail page: title in Chinese, the English record as a string in `resultStr`.
    Detail,
    /// Of a list page: title in English, the Chinese one in the loose text of the page.
    List,
}

/// A record, the loose text around it and what it means.
pub struct Record {
    /// The record in JSON, on one line.
    pub json: String,
    /// The lines before it on a page.
    pub before: String,
    /// The lines behind it on a page.
    pub behind: String,
    /// The number of its work.
    pub number: u64,
    /// The work.
    pub work: Work,
    /// Of which family it is.
    pub family: Family,
    /// The lines before it hold both titles.
    pub titled: bool,
}

impl Record {
    /// The record of a work.
    pub fn new(random: &mut Random, number: u64, work: Work, family: Family) -> Record {
        // The one detail record that was seen whole has an abstract of PubMed's.
        let opening = match family {
            Family::Detail => Opening::PubMed,
            Family::List => *random.weighted(OPENINGS),
        };
        let stop = opening == Opening::PubMed && !work.title_en.ends_with('?');
        let told = Told {
            family,
            title_en: format!("{}{}", work.title_en, if stop { "." } else { "" }),
            title_zh: format!("{}{}", work.title_zh, if stop { "。" } else { "" }),
            authors: authors(random, &work),
            doi: doi(random, &work.doi, family),
            abstract_text: wrapped(&work.sentences, opening),
            factor: random.between(3, 120),
            citations: random.below(40),
            paper: 20_000_000 + number,
            pdf: pdf(random, &work.doi, family),
            bare_url: random.chance(10, 58),
            work: &work,
        };
        let json = told.json();
        let (before, behind, titled) = told.page(random);
        Record { json, before, behind, number, work, family, titled }
    }
}

fn authors(random: &mut Random, work: &Work) -> String {
    let names: Vec<String> = work.authors.iter().map(|person| person.spelled()).collect();
    names.join(separator(random))
}

/// The member `doi`: bare, but for the one in 62 that was an address.
fn doi(random: &mut Random, doi: &str, family: Family) -> String {
    match family == Family::List && random.chance(1, 62) {
        true => format!("https://dl.acm.org/doi/{doi}"),
        false => doi.to_owned(),
    }
}

/// The member `openAccessPdf`: empty in 14 of 17 list records; the site's links are not open access.
fn pdf(random: &mut Random, doi: &str, family: Family) -> String {
    let pirate = || format!("https://sci-hub-pdf.com/{doi}");
    match (family, random.below(17)) {
        (Family::Detail, _) | (_, 0) => pirate(),
        (_, 1) => format!("https://link.springer.com/content/pdf/{doi}.pdf"),
        (_, 2) => format!("https://repository.example.org/{doi}.pdf"),
        _ => String::new(),
    }
}

/// What the source writes of a work.
struct Told<'w> {
    family: Family,
    title_en: String,
    title_zh: String,
    authors: String,
    doi: String,
    abstract_text: String,
    factor: u64,
    citations: u64,
    paper: u64,
    pdf: String,
    bare_url: bool,
    work: &'w Work,
}

impl Told<'_> {
    fn json(&self) -> String {
        match self.family {
            Family::List => self.object(&self.title_en, None),
            Family::Detail => {
                let inner = self.object(&self.title_en, None);
                self.object(&self.title_zh, Some(&inner))
            }
        }
    }

    /// The members in the order in which every record has them.
    fn object(&self, title: &str, result: Option<&str>) -> String {
        let detail = self.family == Family::Detail;
        let (name, id, zone, category, jcr, jcr_name) = JOURNALS[self.work.journal];
        let either = |in_detail: String, in_list: String| if detail { in_detail } else { in_list };
        let only = |in_detail: String| either(in_detail, "null".into());
        let url = format!("https://doi.org/{}", self.work.doi);
        let list_url = if self.bare_url || self.doi != self.work.doi { &self.doi } else { &url };
        let known = if zone == 0 { 0 } else { self.factor };
        let factor = format!("{}.{}", known / 10, known % 10);
        let journal = format!(
            r#"{{"name":{},"volume":{},"pages":{}}}"#,
            quoted(name),
            optional(self.work.locator.volume_raw.as_deref()),
            optional(self.work.locator.pages_raw.as_deref()),
        );
        let members = [
            ("title", quoted(title)),
            ("authors", quoted(&self.authors)),
            ("doi", quoted(&self.doi)),
            ("DOIUrl", either("null".into(), quoted(list_url))),
            ("url", "null".into()),
            ("abstract", quoted(&self.abstract_text)),
            ("PeriodicalId", id.to_string()),
            ("journal", journal),
            ("PeriodicalIF", either(factor.clone() + "000", factor)),
            ("publicationDate", quoted(&self.work.date_raw())),
            ("publicationTypes", quoted("Journal Article")),
            ("fieldsOfStudy", "null".into()),
            ("isOpenAccess", "false".into()),
            ("openAccessPdf", quoted(&self.pdf)),
            ("citationCount", only(quoted(&self.citations.to_string()))),
            ("resultStr", optional(result)),
            ("platform", quoted("Semanticscholar")),
            ("paperid", either("null".into(), quoted(&self.paper.to_string()))),
            ("PeriodicalName", only(quoted(name))),
            ("FirstCategoryId", only(quoted("3"))),
            ("ListUrlMain", only(quoted(&url))),
            ("RegionNum", zone.to_string()),
            ("RegionCategory", quoted(category)),
            ("ArticlePicture", "[]".into()),
            ("TitleCN", "null".into()),
            ("AbstractTextCN", "null".into()),
            ("PMCID", either("null".into(), quoted(""))),
            ("EPubDate", only(quoted(""))),
            ("PubModel", only(quoted(""))),
            ("JCR", only(quoted(jcr))),
            ("JCRName", only(quoted(jcr_name))),
            ("Score", "null".into()),
            ("Total", "0".into()),
        ];
        let mut object = String::with_capacity(6000);
        for (name, value) in members {
            let lead = if object.is_empty() { '{' } else { ',' };
            let _ = write!(object, r#"{lead}"{name}":{value}"#);
        }
        object + "}"
    }

    /// The lines before and behind the record on a page, and whether those before hold both titles
    /// (FINDINGS, 9).
    fn page(&self, random: &mut Random) -> (String, String, bool) {
        let (name, _, zone, category, _, jcr_name) = JOURNALS[self.work.journal];
        let authors = self.authors.replace("&nbsp;", " ");
        let factor = format!("IF {}.{}", self.factor / 10, self.factor % 10);
        let date = self.work.date_raw();
        let doi = &self.doi;
        if self.family == Family::Detail {
            let measures = match zone {
                0 => String::new(),
                _ => format!("{factor} {zone}区 {category} Q1 {jcr_name}\n"),
            };
            let before = format!("{}\n\n{measures}{authors}\n", self.title_zh);
            let text = self.work.sentences.join(" ");
            let behind = format!("{text}\n期刊介绍:\n{name} publishes original work.\n");
            return (before, behind, false);
        }
        let behind = "引用次数: 0\n".to_owned();
        // Of 60 list records, six stood on pages without titles in the loose text.
        if random.chance(6, 60) {
            let text = self.work.sentences.join(" ");
            return (format!("Pub Date : {date}DOI: {doi}\n{authors}\n{text}\n"), behind, false);
        }
        let titled = !random.chance(3, 53);
        let translation = if titled { format!(" {}", self.title_zh) } else { String::new() };
        let measures = match zone {
            0 => String::new(),
            _ if random.chance(1, 10) => format!("{factor}\n"),
            _ => format!("{factor} {zone}区 {category}\n"),
        };
        let blank = if random.chance(1, 54) { "" } else { " " };
        let facts = format!("{name}{blank}Pub Date : {date}{blank}DOI: {doi}");
        (format!("{}{translation}\n{measures}{facts}\n{authors}\n", self.title_en), behind, titled)
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a string is JSON")
}

fn optional(text: Option<&str>) -> String {
    text.map_or_else(|| "null".to_owned(), quoted)
}

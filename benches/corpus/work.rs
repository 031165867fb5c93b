//! Works: what a record tells of, and what has to come out of it.

use super::people::{Person, people};
use super::random::Random;
use super::text::{sentences, titles};
use super::words::JOURNALS;

/// A work, as the generator means it.
#[derive(Clone, Debug)]
pub struct Work {
    /// The title in English, without a stop.
    pub title_en: String,
    /// The title in Chinese, without a stop.
    pub title_zh: String,
    /// The authors in order.
    pub authors: Vec<Person>,
    /// The DOI, bare.
    pub doi: String,
    /// The row of [`JOURNALS`].
    pub journal: usize,
    /// Volume, issue and pages.
    pub locator: Locator,
    /// Year, month, day.
    pub date: [u64; 3],
    /// The abstract, without tags around it.
    pub sentences: Vec<String>,
}

/// Volume, issue and pages: what they are, and how the source writes them.
#[derive(Clone, Debug, Default)]
pub struct Locator {
    /// The volume.
    pub volume: Option<String>,
    /// The issue.
    pub issue: Option<String>,
    /// First and last page.
    pub pages: Option<(String, String)>,
    /// The number of the article.
    pub article: Option<String>,
    /// The member `volume`.
    pub volume_raw: Option<String>,
    /// The member `pages`.
    pub pages_raw: Option<String>,
}

impl Work {
    /// The work of a number; its DOI holds the number, so that no two have the same.
    pub fn new(random: &mut Random, number: u64) -> Work {
        let (title_en, title_zh) = titles(random);
        let date = date(random);
        Work {
            title_en,
            title_zh,
            authors: people(random),
            doi: doi(random, date[0], number),
            journal: random.below(JOURNALS.len() as u64) as usize,
            locator: locator(random),
            date,
            sentences: sentences(random),
        }
    }

    /// The date as the source writes it.
    pub fn date_raw(&self) -> String {
        let [year, month, day] = self.date;
        format!("{year}-{month:02}-{day:02}")
    }
}

fn date(random: &mut Random) -> [u64; 3] {
    let year =
        if random.chance(1, 4) { random.between(2010, 2019) } else { random.between(2020, 2026) };
    // The source writes the first of the month where it knows no day.
    let day = if random.chance(1, 6) { 1 } else { random.between(1, 28) };
    [year, random.between(1, 12), day]
}

/// The forms of DOIs that were seen (FINDINGS, 6), under the prefix that Crossref keeps for tests.
/// `{n}` is the number of the work, `{y}` the year.
const DOIS: &[&str] = &[
    "10.5555/TBCAS.{y}.{n}",
    "10.5555/tse.{y}.{n}",
    "10.5555/LRA.{y}.{n}",
    "10.5555/1351847X.{y}.{n}",
    "10.5555/1351847x.{y}.{n}",
    "10.5555/s026357472{n}",
    "10.5555/S014641162{n}",
    "10.5555/evco_a_{n}",
    "10.5555/evco.a.{n}",
    "10.5555/j.se.{y}1001.{n}",
    "10.5555/j.cose.{y}.{n}",
    "10.5555/s10664-024-{n}-z",
    "10.5555/rnc.{n}",
    "10.5555/sfw2.{n}",
    "10.5555/CSCWD57460.{y}.{n}",
    "10.5555/{n}.3418930",
];

fn doi(random: &mut Random, year: u64, number: u64) -> String {
    random.one_of(DOIS).replace("{y}", &year.to_string()).replace("{n}", &format!("{number:07}"))
}

/// The 25 pairs of volume and pages that were seen (FINDINGS, 3).
const LOCATORS: &[(u64, Form)] = &[
    (6, Form { volume: Number::Any, issue: Number::Any, pages: Pages::Range("-") }),
    (2, Form { volume: Number::Any, issue: Number::Any, pages: Pages::Range(" - ") }),
    (1, Form { volume: Number::Any, issue: Number::Any, pages: Pages::Word }),
    (1, Form { volume: Number::Any, issue: Number::Any, pages: Pages::Empty }),
    (5, Form { volume: Number::Any, issue: Number::One, pages: Pages::Empty }),
    (2, Form { volume: Number::One, issue: Number::One, pages: Pages::Empty }),
    (1, Form { volume: Number::One, issue: Number::One, pages: Pages::FromOne }),
    (1, Form { volume: Number::Any, issue: Number::None, pages: Pages::Article }),
    (1, Form { volume: Number::Any, issue: Number::None, pages: Pages::Range("-") }),
    (1, Form { volume: Number::Any, issue: Number::None, pages: Pages::Empty }),
    (2, Form { volume: Number::Early, issue: Number::None, pages: Pages::Empty }),
    (2, Form { volume: Number::None, issue: Number::None, pages: Pages::Null }),
];

struct Form {
    volume: Number,
    issue: Number,
    pages: Pages,
}

enum Number {
    None,
    /// 1, which is often a filler.
    One,
    Any,
    /// `PP`: IEEE's early access.
    Early,
}

enum Pages {
    Null,
    Empty,
    Range(&'static str),
    FromOne,
    /// `Pages 69-83`.
    Word,
    /// `Article 104324`.
    Article,
}

fn locator(random: &mut Random) -> Locator {
    let form = random.weighted(LOCATORS);
    let mut number = |number: &Number, most| match number {
        Number::None | Number::Early => None,
        Number::One => Some("1".to_owned()),
        Number::Any => Some(random.between(2, most).to_string()),
    };
    let (volume, issue) = (number(&form.volume, 160), number(&form.issue, 12));
    let volume_raw = match (&form.volume, &volume) {
        (Number::Early, _) => Some("PP ".to_owned()),
        (_, None) => None,
        (_, Some(volume)) => Some(format!("{volume} {}", issue.as_deref().unwrap_or_default())),
    };
    let first = if matches!(form.pages, Pages::FromOne) { 1 } else { random.between(2, 9000) };
    let (first, last) = (first.to_string(), (first + random.between(5, 40)).to_string());
    let mut found = Locator { volume, issue, volume_raw, ..Locator::default() };
    found.pages_raw = match form.pages {
        Pages::Null => None,
        Pages::Empty => Some(String::new()),
        Pages::Range(dash) => Some(format!("{first}{dash}{last}")),
        Pages::FromOne => Some(format!("{first}-{last}")),
        Pages::Word => Some(format!("Pages {first}-{last}")),
        Pages::Article => {
            let article = random.between(100_000, 129_999).to_string();
            let raw = format!("Article {article}");
            found.article = Some(article);
            Some(raw)
        }
    };
    let paged = matches!(form.pages, Pages::Range(_) | Pages::FromOne | Pages::Word);
    found.pages = paged.then_some((first, last));
    found
}

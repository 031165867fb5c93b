//! The entry and its values. This module knows no file, no source and no format.

mod bilingual;
mod date;
mod kept;
mod kind;
mod lang;
mod name;
mod pages;
mod text;

pub use bilingual::Bilingual;
pub use date::Date;
pub use kept::Kept;
pub use kind::Kind;
pub use lang::Lang;
pub use name::{Name, Script};
pub use pages::Pages;
pub use text::{Mark, Piece, Style, Text};

/// One work of the literature, as a careful librarian would have typed it.
///
/// Every value is clean: no markup, no entities, no control characters, no blanks at the
/// ends. What the source did not say is `None` or empty, never `""`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The citation key: the one the work has in the file it comes from, or `[a-z0-9]` from
    /// [`crate::key`], and empty until that has given one.
    pub key: String,
    /// What kind of work it is.
    pub kind: Kind,
    /// The language the work is written in, found from evidence; `None` where there is none.
    pub language: Option<Lang>,
    /// The title, without the stop at its end.
    pub title: Bilingual<Text>,
    /// The journal, proceedings or book that holds the work.
    pub container_title: Bilingual<Text>,
    /// The abstract, paragraphs joined by one blank.
    pub abstract_text: Bilingual<Text>,
    /// The authors in the order of the source.
    pub authors: Vec<Name>,
    /// The list of authors ends in "et al.", 等 or "and others".
    pub more_authors: bool,
    /// When the work was published, as far as the source tells.
    pub date: Option<Date>,
    /// When it first stood online, where the source tells that apart.
    pub epub_date: Option<Date>,
    /// The volume, as text: `31`, `e31`.
    pub volume: Option<String>,
    /// The issue, as text: `3`, `3-4`, `Suppl 1`.
    pub issue: Option<String>,
    /// The pages.
    pub pages: Option<Pages>,
    /// The number of an article that has no pages: `104324`, `e1023`.
    pub article_number: Option<String>,
    /// The DOI, bare and in the case of the source: `10.1684/mrh.2018.0443`.
    pub doi: Option<String>,
    /// An address of the work other than its DOI, and never of a pirate site.
    pub url: Option<String>,
    /// The number in PubMed Central: `PMC1234567`.
    pub pmcid: Option<String>,
    /// The number of an arXiv preprint: `1706.03762`.
    pub arxiv: Option<String>,
    /// Keywords, as the source gives them.
    pub keywords: Vec<String>,
    /// The source's own number of the work.
    pub source_id: Option<String>,
    /// What the source measures about journal and work; for users' own templates.
    pub metrics: Metrics,
    /// What the file said beyond these fields, in its own dialect.
    pub kept: Kept,
}

/// Measures of a journal or a work. No built-in template prints them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metrics {
    /// The journal's impact factor, as a number in digits: `1.5`.
    pub impact_factor: Option<String>,
    /// The quartile in the Journal Citation Reports: `Q4`.
    pub jcr: Option<String>,
    /// The category of that quartile: `BIOCHEMISTRY & MOLECULAR BIOLOGY`.
    pub jcr_category: Option<String>,
    /// The zone (分区) of the Chinese Academy of Sciences, `1` to `4`.
    pub zone: Option<String>,
    /// The category of that zone, in Chinese: `医学`.
    pub zone_category: Option<String>,
    /// How often the work was cited when the source stored it.
    pub citations: Option<String>,
}

impl Metrics {
    /// What was measured, by the names that templates have for it.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let Metrics { impact_factor, jcr, jcr_category, zone, zone_category, citations } = self;
        let all = [
            ("impact_factor", impact_factor),
            ("jcr", jcr),
            ("jcr_category", jcr_category),
            ("zone", zone),
            ("zone_category", zone_category),
            ("citations", citations),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)))
    }
}

/// What kind of work an entry is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An article in a journal; also what a record is that does not say.
    #[default]
    Article,
    /// A review article: surveys other works.
    Review,
    /// An editorial in a journal.
    Editorial,
    /// A letter or comment in a journal.
    Letter,
    /// A paper in the proceedings of a conference.
    ConferencePaper,
    /// A book.
    Book,
    /// A chapter in a book.
    Chapter,
    /// A thesis.
    Thesis,
    /// A text that stands online before any journal took it.
    Preprint,
    /// A set of data.
    Dataset,
    /// Anything else.
    Other,
}

impl Kind {
    /// Every kind, for tables and tests.
    pub const ALL: [Kind; 11] = [
        Kind::Article,
        Kind::Review,
        Kind::Editorial,
        Kind::Letter,
        Kind::ConferencePaper,
        Kind::Book,
        Kind::Chapter,
        Kind::Thesis,
        Kind::Preprint,
        Kind::Dataset,
        Kind::Other,
    ];

    /// The word by which users' templates can ask for the kind.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Review => "review",
            Kind::Editorial => "editorial",
            Kind::Letter => "letter",
            Kind::ConferencePaper => "conference-paper",
            Kind::Book => "book",
            Kind::Chapter => "chapter",
            Kind::Thesis => "thesis",
            Kind::Preprint => "preprint",
            Kind::Dataset => "dataset",
            Kind::Other => "other",
        }
    }
}

//! What a reader guessed, lost or found in contradiction.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A guess that is nearly always right, or a value kept in another place.
    Note,
    /// A guess that can be wrong, or two values of which one had to be chosen.
    Warning,
    /// Something of the input is not in the output.
    Loss,
}

impl Severity {
    /// The word that stands in a message.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Loss => "loss",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $word:literal, $severity:ident;)+) => {
        /// The stable code of a diagnostic.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[doc = $doc])+ $variant,)+ }

        impl Code {
            /// Every code, for tables and tests.
            pub const ALL: &[Code] = &[$(Code::$variant,)+];

            /// The code as printed: `issue-filler`. It does not change between versions.
            pub fn word(self) -> &'static str {
                match self { $(Code::$variant => $word,)+ }
            }

            /// How much it matters.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)+ }
            }

            /// What it means, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$variant => concat!($($doc),+).trim_ascii(),)+ }
            }
        }
    };
}

codes! {
    /// A record stops before its closing brace.
    RecordCutOff = "record-cut-off", Loss;
    /// A record is longer, deeper or has more authors than is taken.
    OverLimit = "over-limit", Loss;
    /// A record cannot be read: it is broken, or of another kind than the file.
    RecordBroken = "record-broken", Loss;
    /// A record held raw control characters, broken escapes or half surrogates in its strings and could be
    /// read without them.
    RecordRepaired = "record-repaired", Warning;
    /// A record has no title in either language.
    NoTitle = "no-title", Warning;
    /// `resultStr` is no record; the outer record counts alone.
    ResultStrBroken = "result-str-broken", Loss;
    /// `resultStr` holds a record within a record; the innermost was read.
    ResultStrNested = "result-str-nested", Note;
    /// A value has another JSON type than expected; it was kept as text.
    ValueType = "value-type", Warning;
    /// A value, or some digits of it, cannot be read from its JSON type.
    ValueLost = "value-lost", Loss;
    /// The language of the work was guessed from weak evidence.
    LanguageGuessed = "language-guessed", Note;
    /// The list of authors could be split in more than one way.
    AuthorsGuessed = "authors-guessed", Warning;
    /// A name was taken for an organisation.
    Organisation = "organisation", Note;
    /// A degree, a role or an affiliation mark beside a name was left out.
    AuthorMark = "author-mark", Note;
    /// The volume is not of a known form; it was kept as text.
    VolumeText = "volume-text", Warning;
    /// An issue "1" beside empty pages, or in a volume "1" from page 1, is a known filler; it was kept.
    IssueFiller = "issue-filler", Warning;
    /// The volume "PP" means early access; there is no volume yet.
    EarlyAccess = "early-access", Note;
    /// The pages are not of a known form; they were kept as text.
    PagesText = "pages-text", Warning;
    /// An abbreviated last page was written in full.
    PagesExpanded = "pages-expanded", Note;
    /// The DOI was taken from an address because the field was empty.
    DoiFromUrl = "doi-from-url", Note;
    /// The DOI, or what stands behind it, is not one; it was left out.
    DoiInvalid = "doi-invalid", Loss;
    /// The date, or a part of it, does not exist.
    DateInvalid = "date-invalid", Loss;
    /// The date says more than can be kept, or could be read in two ways; the sure part was kept.
    DateReduced = "date-reduced", Warning;
    /// There is a date online and no date of publication, which the first is not; the entry has none.
    DateOnlineOnly = "date-online-only", Warning;
    /// The type of the work is unknown; the general one was taken.
    TypeUnknown = "type-unknown", Warning;
    /// A link to a pirate site was left out.
    PirateLink = "pirate-link", Note;
    /// A link of no known form was left out.
    LinkInvalid = "link-invalid", Loss;
    /// A link to a PDF that is not said to be open access was left out.
    LinkClosed = "link-closed", Note;
    /// An entry holds one address; a second one was left out.
    LinkSecond = "link-second", Note;
    /// The address behind some words of a text was left out; the words were kept.
    LinkInText = "link-in-text", Loss;
    /// A member of the record that this program has no field for was left out.
    MemberUnknown = "member-unknown", Note;
    /// The text of a title could be read in more than one way.
    TitleGuessed = "title-guessed", Warning;
    /// A formula or picture that holds no characters, or code that is no text, was left out.
    FormulaLost = "formula-lost", Loss;
    /// A character was lost before the record was made, or is none that can be written.
    CharacterBroken = "character-broken", Loss;
    /// A value was taken from the loose text of the page.
    FromPage = "from-page", Note;
    /// A record has the DOI of an earlier one, and records are not joined; both were kept.
    Repeated = "repeated", Warning;
    /// A record says the same as an earlier one in everything; one of them was left out.
    SameRecord = "same-record", Note;
    /// A record says the same as an earlier one but for what was measured, which no output prints; it was left out.
    MetricsDiffer = "metrics-differ", Note;
    /// A record says the same as an earlier one but for what was measured; it was left out.
    MetricsLost = "metrics-lost", Loss;
    /// Two records of the same work were joined.
    Joined = "joined", Note;
    /// Two sources of one value disagree; one was chosen.
    Contradiction = "contradiction", Warning;
    /// Chinese names were romanised by this program, as the user asked.
    PinyinMade = "pinyin-made", Note;
    /// An entry has one title; it is one entry, not a pair.
    NoPair = "no-pair", Note;
    /// The receiving program drops something of the second language.
    ReceiverDrops = "receiver-drops", Warning;
    /// A field of the input's own dialect, or of the model, has no place in the output.
    FieldLost = "field-lost", Loss;
    /// A value of a field could not be typed; it was kept as it stood.
    FieldKept = "field-kept", Note;
    /// A citation key of the input had to be changed.
    KeyChanged = "key-changed", Warning;
    /// The expression for keys failed or gave nothing for an entry; the key is the one that it has without it.
    KeyDefault = "key-default", Warning;
    /// A TeX command is not known; what it applies to was kept.
    CommandUnknown = "command-unknown", Warning;
    /// An abbreviation has no `@string`; its name was taken.
    StringUnknown = "string-unknown", Warning;
    /// The entry that this one refers to is not in the input.
    ReferenceUnknown = "reference-unknown", Warning;
    /// Two linked entries for one work became one.
    PairJoined = "pair-joined", Note;
    /// Text that stands outside the records was passed over.
    TextOutside = "text-outside", Note;
    /// A record does not end as it should; the next one ended it.
    RecordEnd = "record-end", Warning;
    /// A record was added to the library.
    Added = "added", Note;
    /// A field was put into an entry of the library.
    Filled = "filled", Note;
    /// A value of the library was replaced, as the user asked.
    Replaced = "replaced", Warning;
    /// The library and a new record disagree; one value was chosen.
    Conflict = "conflict", Warning;
    /// A new record is like an entry of the library, but not enough to be taken for it.
    NearMatch = "near-match", Warning;
    /// A value had no place in the entry of the library.
    NoPlace = "no-place", Warning;
    /// A new record has nothing to tell it from others, and did not go into the library.
    Unmatchable = "unmatchable", Loss;
    /// A rendered entry did not read back as it was meant.
    NotReadBack = "not-read-back", Loss;
    /// A record could not be rendered.
    NotRendered = "not-rendered", Loss;
}

/// Where something stands in the input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file, or `standard input`; shared by all places in it.
    pub file: Arc<str>,
    /// The line on which the record begins, from 1; 0 where none is known.
    pub line: usize,
    /// The number of the record in its file, from 1; 0 where there is none.
    pub record: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&escaped(&self.file))?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if self.record > 0 {
            write!(f, ": record {}", self.record)?;
        }
        Ok(())
    }
}

/// What a cleaning function found in one value. The reader adds place and field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub code: Code,
    /// What stood there.
    pub found: String,
    /// What was done about it.
    pub done: String,
}

impl Finding {
    /// A finding.
    pub fn new(code: Code, found: impl Into<String>, done: impl Into<String>) -> Finding {
        Finding { code, found: found.into(), done: done.into() }
    }
}

/// One thing that a reader or writer has to say about the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where.
    pub place: Place,
    /// In which field of the record; empty where it is the record as a whole.
    pub field: String,
    /// What it is.
    pub code: Code,
    /// What stood there.
    pub found: String,
    /// What was done about it.
    pub done: String,
}

impl Diagnostic {
    /// A finding with its place.
    pub fn new(place: Place, field: &str, finding: Finding) -> Diagnostic {
        let Finding { code, found, done } = finding;
        Diagnostic { place, field: field.to_owned(), code, found, done }
    }
}

impl fmt::Display for Diagnostic {
    /// One line: `page.txt:3: record 2: journal.volume: warning[issue-filler]: 1 1: kept; …`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        if !self.field.is_empty() {
            write!(f, "{}: ", escaped(&self.field))?;
        }
        let (severity, code) = (self.code.severity().word(), self.code.word());
        write!(f, "{severity}[{code}]: {}: {}", short(&self.found), short(&self.done))
    }
}

/// A value on one line and of a length that one reads, for messages.
fn short(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 160;
    let end = match text.len() > LONGEST {
        true => text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at),
        false => text.len(),
    };
    match end < text.len() {
        true => Cow::Owned(visible(&text[..end]) + "…"),
        false if is_visible(text) => Cow::Borrowed(text),
        false => Cow::Owned(visible(text)),
    }
}

/// A value on one line, for people. Control characters and signs that turn the writing direction
/// could make a terminal show something else.
pub fn visible(text: &str) -> String {
    if is_visible(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    out.extend(text.chars().map(shown));
    out
}

/// True for text of ASCII that can be shown as it is, as most is.
fn is_visible(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' '..=b'~'))
}

/// A name on one line, for people: what a terminal would obey stands there as it is written in Rust,
/// `\u{1b}`, so that the name can be told from others.
pub fn escaped(name: &str) -> Cow<'_, str> {
    if name.chars().all(|c| c == ' ' || shown(c) != ' ') {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len() + 8);
    for c in name.chars() {
        match c != ' ' && shown(c) == ' ' {
            true if c.is_control() => out.extend(c.escape_default()),
            true => out.extend(c.escape_unicode()),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn shown(c: char) -> char {
    let turns =
        matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if c.is_control() || turns { ' ' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_word_of_its_own_and_a_meaning() {
        let mut words: Vec<&str> = Code::ALL.iter().map(|code| code.word()).collect();
        for (code, word) in Code::ALL.iter().zip(&words) {
            assert!(word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{word}");
            assert!(code.meaning().ends_with('.'), "{word}: {}", code.meaning());
        }
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Code::ALL.len());
    }

    #[test]
    fn a_diagnostic_is_one_line_that_begins_with_the_place() {
        let place = Place { file: "page.txt".into(), line: 3, record: 2 };
        let finding = Finding::new(Code::IssueFiller, "1\n1\u{202E}", "kept");
        let line = Diagnostic::new(place, "journal.volume", finding).to_string();
        assert_eq!(line, "page.txt:3: record 2: journal.volume: warning[issue-filler]: 1 1 : kept");
        let place = Place { file: "a\u{1b}[31m b\n.txt".into(), line: 1, record: 0 };
        let finding = Finding::new(Code::NoTitle, "x", "y");
        let line = Diagnostic::new(place, "\u{202E}f", finding).to_string();
        assert_eq!(line, "a\\u{1b}[31m b\\n.txt:1: \\u{202e}f: warning[no-title]: x: y");
        let long = Finding::new(Code::NoTitle, "x".repeat(9999), "y");
        let line = Diagnostic::new(Place::default(), "", long).to_string();
        assert!(line.len() < 300, "{line}");
    }
}

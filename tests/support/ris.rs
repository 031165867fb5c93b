//! A strict reader of RIS files, written from the specification and from nothing else.
//!
//! Source: RIS Format Specifications (Reference Manager, 2001), "Tag Format" and what follows,
//! <https://web.archive.org/web/20110925024348/http://www.refman.com/support/risformat_intro.asp>,
//! with the tags and types that the direct export tables of 2011 add. Where we want more or less
//! than the specification, the rule says so.
//!
//! It does not hold files to two of its limits, which no program of today keeps: 255 characters
//! for names and keywords, and `ID` of at most 20 capitals and digits.

use super::word_set;
use std::collections::HashSet;
use std::fmt;
use std::sync::LazyLock;

/// A record: its tags and values in order, from `TY` to `ER`.
pub type Record = Vec<(String, String)>;

/// A rule that a file breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The specification asks for Windows ANSI; nobody follows it, and Chinese does not fit in.
    Utf8,
    /// Ours: with a byte order mark in front, some readers do not see the first `TY`.
    ByteOrderMark,
    /// "preceded by a carriage return/line feed (ANSI 13 10)".
    LineEnd,
    /// Characters are "from space (character 32)" on. The Unicode line separators are ours: some
    /// readers end a line at them.
    Control,
    /// "Tag Format". The specification allows a value to go on in the next line; some readers fail
    /// at that, so we don't.
    Form,
    /// Ours: what is absent has no line.
    EmptyValue,
    /// The tag is in no specification.
    Tag,
    /// The type is in no specification.
    Type,
    /// "the first tag of each reference […] must be TY".
    NoType,
    /// A second `TY` before the `ER`.
    TypeWithin,
    /// "the last tag of each reference […] must be ER".
    NoEnd,
    /// `ER` ends the record and says nothing.
    EndValue,
    /// Ours: an empty line ends the record for some readers; it stands between records or after
    /// the last one.
    EmptyLine,
    /// "the asterisk (character 42) is not allowed in the author, keywords, or periodical name
    /// fields".
    Asterisk,
}

impl Rule {
    /// Every rule, so that a test can ask whether each is tested.
    pub const ALL: [Rule; 14] = [
        Rule::Utf8,
        Rule::ByteOrderMark,
        Rule::LineEnd,
        Rule::Control,
        Rule::Form,
        Rule::EmptyValue,
        Rule::Tag,
        Rule::Type,
        Rule::NoType,
        Rule::TypeWithin,
        Rule::NoEnd,
        Rule::EndValue,
        Rule::EmptyLine,
        Rule::Asterisk,
    ];

    /// The rule as a sentence.
    pub fn text(self) -> &'static str {
        match self {
            Rule::Utf8 => "the file is UTF-8",
            Rule::ByteOrderMark => "there is no byte order mark",
            Rule::LineEnd => "every line ends with CR LF, the last one too",
            Rule::Control => "there is no control character and no line separator",
            Rule::Form => "a line is `XX  - value` and does not go on in the next",
            Rule::EmptyValue => "every tag but ER has a value",
            Rule::Tag => "the tag is in tests/words/ris-tags.txt",
            Rule::Type => "the type is in tests/words/ris.txt",
            Rule::NoType => "a record begins with TY",
            Rule::TypeWithin => "TY stands only at the beginning of a record",
            Rule::NoEnd => "a record ends with ER",
            Rule::EndValue => "ER has no value",
            Rule::EmptyLine => "an empty line stands only after ER",
            Rule::Asterisk => "names, keywords and periodicals have no asterisk",
        }
    }
}

/// Where a file breaks which rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RisError {
    /// The line, from 1.
    pub line: usize,
    /// The rule.
    pub rule: Rule,
    /// The line as it is.
    pub found: String,
}

impl fmt::Display for RisError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}, found {:?}", self.line, self.rule.text(), self.found)
    }
}

/// Reads a whole file. A file of no bytes has no records.
///
/// # Errors
///
/// The first line that breaks a rule, and which.
pub fn read(bytes: &[u8]) -> Result<Vec<Record>, RisError> {
    let text = std::str::from_utf8(bytes).map_err(|e| not_utf8(bytes, e.valid_up_to()))?;
    let mut records = Vec::new();
    let mut open: Option<Record> = None;
    let mut line_number = 0;
    for line in text.split_inclusive('\n') {
        line_number += 1;
        let step = read_line(line, &mut open, &mut records);
        step.map_err(|rule| RisError { line: line_number, rule, found: line.into() })?;
    }
    match open {
        None => Ok(records),
        Some(_) => Err(RisError { line: line_number + 1, rule: Rule::NoEnd, found: String::new() }),
    }
}

fn not_utf8(bytes: &[u8], at: usize) -> RisError {
    let line = 1 + bytes[..at].iter().filter(|&&byte| byte == b'\n').count();
    let found = bytes.split(|&byte| byte == b'\n').nth(line - 1).unwrap_or_default();
    RisError { line, rule: Rule::Utf8, found: String::from_utf8_lossy(found).into() }
}

fn read_line(line: &str, open: &mut Option<Record>, records: &mut Vec<Record>) -> Result<(), Rule> {
    let line = content(line)?;
    if line.is_empty() {
        let after_end = open.is_none() && !records.is_empty();
        return if after_end { Ok(()) } else { Err(Rule::EmptyLine) };
    }
    let (tag, value) = tag_and_value(line)?;
    let field = (tag.to_owned(), value.to_owned());
    match (tag, open.as_mut()) {
        ("TY", Some(_)) => return Err(Rule::TypeWithin),
        ("TY", None) if !TYPES.contains(value) => return Err(Rule::Type),
        ("TY", None) => *open = Some(vec![field]),
        (_, None) => return Err(Rule::NoType),
        (_, Some(record)) => record.push(field),
    }
    if tag == "ER" {
        records.extend(open.take());
    }
    Ok(())
}

/// The line without its end; its characters are allowed ones.
fn content(line: &str) -> Result<&str, Rule> {
    let line = line.strip_suffix("\r\n").ok_or(Rule::LineEnd)?;
    if line.contains('\r') {
        return Err(Rule::LineEnd);
    }
    if line.contains('\u{feff}') {
        return Err(Rule::ByteOrderMark);
    }
    if line.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err(Rule::Control);
    }
    Ok(line)
}

/// "Character 1: uppercase alphabetic; character 2: uppercase alphabetic or numeric; characters 3
/// and 4: spaces; character 5: dash; character 6: space."
fn tag_and_value(line: &str) -> Result<(&str, &str), Rule> {
    let [first, second, b' ', b' ', b'-', b' ', ..] = line.as_bytes() else {
        return Err(Rule::Form);
    };
    if !first.is_ascii_uppercase() || !(second.is_ascii_uppercase() || second.is_ascii_digit()) {
        return Err(Rule::Form);
    }
    let (tag, value) = (&line[..2], &line[6..]);
    if !TAGS.contains(tag) {
        return Err(Rule::Tag);
    }
    match (tag, value.trim().is_empty()) {
        ("ER", _) if !value.is_empty() => Err(Rule::EndValue),
        ("ER", _) => Ok((tag, value)),
        (_, true) => Err(Rule::EmptyValue),
        _ if value.contains('*') && NO_ASTERISK.contains(&tag) => Err(Rule::Asterisk),
        _ => Ok((tag, value)),
    }
}

static TYPES: LazyLock<HashSet<String>> = LazyLock::new(|| word_set("ris"));
static TAGS: LazyLock<HashSet<String>> = LazyLock::new(|| word_set("ris-tags"));

/// The tags of authors, keywords and periodical names in the specification of 2001.
const NO_ASTERISK: [&str; 11] = ["A1", "AU", "A2", "ED", "A3", "KW", "JF", "JO", "JA", "J1", "J2"];

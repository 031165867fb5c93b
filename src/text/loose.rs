//! The loose text that stands before a record on a page of booksci.cn.

use super::plain::{entity, is_dash};
use super::script::{has_han, is_han};
use super::{date, doi};
use crate::model::Date;

/// What loose text tells about the record behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loose {
    /// Lines that may be the title (English, or English and Chinese with a blank between), raw.
    pub titles: Vec<String>,
    /// The DOI, bare.
    pub doi: Option<String>,
    /// The date behind `Pub Date`.
    pub date: Option<Date>,
    /// The date behind `Epub Date`.
    pub epub_date: Option<Date>,
    /// The journal that stands before `Pub Date`, raw.
    pub journal: Option<String>,
}

/// Reads the lines before a record: title, `IF …`, `JOURNAL Pub Date : … DOI: …`, authors.
/// What belongs to the record before (all up to its `引用次数`) does not count, and of several
/// `Pub Date` lines only the last.
pub fn read(lines: &str) -> Loose {
    let mut loose = Loose::default();
    let (mut open, mut dated) = (true, false);
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with("引用次数") {
            (loose, open, dated) = (Loose::default(), true, false);
        } else if let Some(at) = line.find(PUB_DATE) {
            let titles = if dated { Vec::new() } else { loose.titles };
            loose = Loose { titles, ..facts(line, at) };
            (open, dated) = (false, true);
        } else if loose.doi.is_none() && label(line, "DOI") {
            loose.doi = doi::find_in(line);
            open = false;
        } else if is_measure(line) {
            open = false;
        } else if open && !is_furniture(line) {
            loose.titles.push(line.to_owned());
        }
    }
    loose
}

const PUB_DATE: &str = "Pub Date";
const EPUB_DATE: &str = "Epub Date";

/// The line with `Pub Date` at `at`: the journal before it, dates and DOI behind.
fn facts(line: &str, at: usize) -> Loose {
    let behind = &line[at + PUB_DATE.len()..];
    let (first, epub) = behind.split_once(EPUB_DATE).unwrap_or((behind, ""));
    let journal = line[..at].trim();
    // On the newer pages menu, title and measures stand before it on the same line.
    let sure = !journal.is_empty() && !journal.contains(['>', '\t']) && !has_measure(journal);
    Loose {
        titles: Vec::new(),
        doi: doi::find_in(behind),
        date: date_in(first),
        epub_date: date_in(epub),
        journal: sure.then(|| journal.to_owned()),
    }
}

/// The date behind a colon and before the DOI.
fn date_in(text: &str) -> Option<Date> {
    let text = text.split("DOI").next().unwrap_or(text);
    date::date(text.trim_start_matches([' ', ':', '：'])).0
}

fn label(line: &str, word: &str) -> bool {
    line.strip_prefix(word).is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
}

/// `IF 4.2 3区 计算机科学`.
fn is_measure(line: &str) -> bool {
    let number = line.strip_prefix("IF ").map(str::trim_start);
    number.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()))
}

fn has_measure(text: &str) -> bool {
    text.match_indices("IF ").any(|(at, _)| is_measure(&text[at..]))
}

/// Headers, menus and records that are no title.
fn is_furniture(line: &str) -> bool {
    line.ends_with(LATEST)
        || line.starts_with(['{', '}'])
        || line.starts_with("首页")
        || matches!(line, "筛选" | "英文" | "中文" | "英文 中文" | "期刊介绍:" | "期刊介绍：")
}

const LATEST: &str = "最新文献";

/// The Chinese title on a list page, raw: what follows the English title and a blank on the
/// last line that begins with it. Titles are compared without regard to case, width of blanks,
/// kind of quotes and dashes, tags, entities and a stop at the end.
///
/// `None` where the line may only begin like the title: what stands before the first Chinese
/// character must be words of the title (`CloudSim express:用于…`) or a name glued to it.
pub fn chinese_title<'a>(loose: &'a str, english_title: &str) -> Option<&'a str> {
    let mut title: Vec<char> = Folded::new(english_title).map(|(c, _)| c).collect();
    while title.last().is_some_and(|c| matches!(c, '.' | ' ')) {
        title.pop();
    }
    if title.is_empty() {
        return None;
    }
    let rest = loose.lines().rev().find_map(|line| rest_of(line, &title))?;
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    let latest = rest.ends_with(LATEST) || rest.starts_with("引用次数");
    (has_han(rest) && !latest && begins_chinese(rest, english_title)).then_some(rest)
}

/// What follows the title on a line that begins with it: empty at the line's end, otherwise
/// with a blank before it.
fn rest_of<'a>(line: &'a str, title: &[char]) -> Option<&'a str> {
    let mut folded = Folded::new(line).peekable();
    if title.iter().any(|wanted| folded.next().is_none_or(|(c, _)| c != *wanted)) {
        return None;
    }
    folded.next_if(|(c, _)| *c == '.');
    match folded.next() {
        None => Some(""),
        Some((' ', end)) => Some(&line[end..]),
        Some(_) => None,
    }
}

/// True where the words before the first Chinese character are the title's own, or the last of
/// them is short and glued to it (`AI驱动的…`).
fn begins_chinese(rest: &str, title: &str) -> bool {
    let head = rest.split(is_han).next().unwrap_or("");
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let known: std::collections::HashSet<String> = words(title).into_iter().collect();
    let head_words = words(head);
    let glued = head.ends_with(|c: char| c.is_alphanumeric());
    let sure =
        head_words.len() - usize::from(glued && head_words.last().is_some_and(|w| w.len() <= 8));
    head_words[..sure].iter().all(|word| known.contains(word))
}

/// The characters of a line as they are compared, each with the byte where it ends.
struct Folded<'a> {
    text: &'a str,
    at: usize,
    /// What one character became in lower case and is still to be given.
    lower: Option<std::char::ToLowercase>,
    /// The last one given was a blank, or none was given yet.
    blank: bool,
}

impl<'a> Folded<'a> {
    fn new(text: &'a str) -> Folded<'a> {
        Folded { text, at: 0, lower: None, blank: true }
    }

    /// The next character, tags skipped and entities decoded.
    fn next_char(&mut self) -> Option<char> {
        loop {
            let rest = &self.text[self.at..];
            let first = rest.chars().next()?;
            if let Some(length) = tag(rest) {
                self.at += length;
                continue;
            }
            let name = rest
                .strip_prefix('&')
                .and_then(|r| r.get(..r.bytes().take(10).position(|b| b == b';')?));
            let Some((c, name)) = name.and_then(|name| Some((entity(name)?, name))) else {
                self.at += first.len_utf8();
                return Some(first);
            };
            self.at += name.len() + 2;
            return Some(c);
        }
    }
}

impl Iterator for Folded<'_> {
    type Item = (char, usize);

    fn next(&mut self) -> Option<(char, usize)> {
        loop {
            if let Some(c) = self.lower.as_mut().and_then(Iterator::next) {
                return Some((c, self.at));
            }
            let c = match self.next_char()? {
                c if c.is_whitespace() || c.is_control() => ' ',
                c if is_dash(c) => '-',
                '‘' | '’' | '‛' | 'ʼ' | '`' | '´' => '\'',
                '“' | '”' | '„' | '‟' => '"',
                '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}' => continue,
                c => c,
            };
            if c == ' ' && self.blank {
                continue;
            }
            self.blank = c == ' ';
            self.lower = Some(c.to_lowercase());
        }
    }
}

/// The length of an HTML tag at the beginning of a text.
fn tag(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let end = inner.bytes().take(200).position(|b| b == b'>')?;
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(end + 2)
}

#[cfg(test)]
mod tests;

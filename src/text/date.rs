//! Dates of publication.

use super::plain::{is_nothing, plain};
use crate::diagnostic::{Code, Finding};
use crate::model::Date;

/// The date in a value, as far as it is sure, and what had to be left out.
///
/// Year first (`2018-8-1`, `2018年8月1日`, `20180801`, `2018 Aug 1`, with or without a time) and
/// English months (`1 Aug 2018`, `August 1st, 2018`) are read; months and days `00` are unknown
/// ones. `03/04/2018` and ranges give what is sure beside [`Code::DateReduced`].
pub fn date(raw: &str) -> (Option<Date>, Vec<Finding>) {
    if let Some(date) = iso(raw) {
        return (Some(date), Vec::new());
    }
    let text = plain(raw);
    let zeros = text.contains('0') && text.chars().all(|c| matches!(c, '0' | '-' | '/' | '.'));
    if is_nothing(&text) || zeros {
        return (None, Vec::new());
    }
    let (date, code) = match read(&tokens(without_time(&text))) {
        Reading::Sure(date) => (Some(date), None),
        Reading::Part(date) => (Some(date), Some(Code::DateReduced)),
        Reading::Wrong(date) => (date, Some(Code::DateInvalid)),
    };
    let done = date.map_or("left out".to_owned(), |d| format!("kept {}", d.join('-')));
    (date, code.map(|code| Finding::new(code, &*text, done)).into_iter().collect())
}

/// `2018-08-01`, the form of nearly every record.
fn iso(raw: &str) -> Option<Date> {
    let b = raw.as_bytes();
    let shape = b.len() == 10 && b[4] == b'-' && b[7] == b'-' && raw != FILLER;
    let part = |from, to| raw.get(from..to).filter(|p| digits(p))?.parse::<u16>().ok();
    let year = part(0, 4).filter(|year| shape && *year <= LAST_YEAR)?;
    Date::new(year, Some(part(5, 7)? as u8), Some(part(8, 10)? as u8))
}

/// What a database writes for an empty date.
const FILLER: &str = "0001-01-01";
/// No work of the literature is from later; `9999-12-31` is a filler.
const LAST_YEAR: u16 = 2100;

enum Reading {
    Sure(Date),
    Part(Date),
    Wrong(Option<Date>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'a> {
    /// Four digits.
    Year(u16),
    /// One or two digits.
    Small(u8),
    /// The name of a month.
    Month(u8),
    /// Any other word or number.
    Word(&'a str),
    /// What stands between two numbers, where it is not a blank.
    Sep(char),
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Cuts off a time of day: `T00:00:00Z`, ` 12:30`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let hours = text[..colon].trim_end_matches(|c: char| c.is_ascii_digit());
    let cut = hours.trim_end_matches(['T', 't', ' ']);
    let is_time = colon - hours.len() <= 2
        && colon > hours.len()
        && cut.len() < hours.len()
        && text[colon..].chars().all(|c| c.is_ascii_digit() || ":.+-Zz ".contains(c));
    if is_time && cut.ends_with(|c: char| c.is_ascii_digit() || c == '日') { cut } else { text }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    // No date has more parts; what is longer is no date, whatever follows.
    while let Some(c) = rest.chars().next().filter(|_| tokens.len() < 24) {
        let class = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        let run = rest.find(|d| class(d) != class(c)).unwrap_or(rest.len());
        let (head, tail) =
            rest.split_at(if "年月日号".contains(c) { c.len_utf8() } else { run });
        rest = tail;
        match class(c) {
            (true, _) => tokens.push(number(head)),
            (_, true) => tokens.extend(word(head, tokens.last())),
            _ => tokens.extend(separator(head)),
        }
    }
    while let Some(Token::Sep(_)) = tokens.last() {
        tokens.pop();
    }
    let first = tokens.iter().position(|t| !matches!(t, Token::Sep(_))).unwrap_or(0);
    tokens.split_off(first)
}

fn number(text: &str) -> Token<'_> {
    match (text.len(), text.parse::<u16>()) {
        (4, Ok(year)) => Token::Year(year),
        (1 | 2, Ok(small)) => Token::Small(small as u8),
        _ => Token::Word(text),
    }
}

/// A comma, a stop behind a month and a blank mean nothing; the rest can mean a range.
fn separator(text: &str) -> Option<Token<'_>> {
    text.chars().find(|&c| !matches!(c, ' ' | ',' | ':' | '(' | ')' | '[' | ']')).map(Token::Sep)
}

/// A word; labels, days of the week and the `st` of `1st` are dropped.
fn word<'a>(text: &'a str, before: Option<&Token>) -> Option<Token<'a>> {
    const LABELS: &str = "pub date dates published publication publish epub online print issued \
        available on in of the first copyright year c mon tue tues wed thu thur thurs fri sat sun \
        monday tuesday wednesday thursday friday saturday sunday \
        发布日期 出版日期 发表日期 发表时间 出版时间 发布时间";
    let is = |word: &&str| word.eq_ignore_ascii_case(text);
    let ordinal = ["st", "nd", "rd", "th"].iter().any(is);
    if LABELS.split(' ').any(|w| is(&w)) || (ordinal && matches!(before, Some(Token::Small(_)))) {
        return None;
    }
    Some(month(text).map_or(Token::Word(text), Token::Month))
}

/// The number of an English month, in full or cut to three letters (`Sept` too).
fn month(text: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let is = |name: &str| {
        text.eq_ignore_ascii_case(name)
            || text.eq_ignore_ascii_case(&name[..3])
            || (text.eq_ignore_ascii_case("sept") && name == "September")
    };
    MONTHS.iter().position(|name| is(name)).map(|at| at as u8 + 1)
}

fn read(all: &[Token]) -> Reading {
    use Token::{Sep, Small, Word, Year};
    let dots: Vec<Token> = all.iter().filter(|t| **t != Sep('.')).copied().collect();
    match *all {
        [Year(y)] | [Year(y), Word("年")] => of(y, 0, 0),
        [Year(y), Sep('-' | '/' | '.'), Small(m)] => of(y, m, 0),
        [Year(y), Small(m)] | [Year(y), Word("年"), Small(m), Word("月")] => of(y, m, 0),
        [Year(y), Sep(a @ ('-' | '/' | '.')), Small(m), Sep(b), Small(d)] if a == b => of(y, m, d),
        [Year(y), Small(m), Small(d)] => of(y, m, d),
        [Year(y), Word("年"), Small(m), Word("月"), Small(d), Word("日" | "号")] => of(y, m, d),
        // Which is the month? Only sure where the other can't be one, or both are the same.
        [Small(a), Sep('-' | '/' | '.'), Small(b), Sep('-' | '/' | '.'), Year(y)] => match (a, b) {
            (13.., _) => of(y, b, a),
            (_, 13..) => of(y, a, b),
            _ if a == b => of(y, a, b),
            _ => part(y, 0),
        },
        [Small(m), Sep('-' | '/' | '.'), Year(y)] => of(y, m, 0),
        [Word(compact)] if compact.len() == 8 && digits(compact) => eight(compact),
        [Word(compact)] if compact.len() == 6 && digits(compact) => six(compact),
        _ => named(&dots),
    }
}

/// Forms with the name of a month, and what is left.
fn named(tokens: &[Token]) -> Reading {
    use Token::{Month, Sep, Small, Word, Year};
    // A hyphen between day, month and year (`01-Aug-2018`) says no more than a blank, unless
    // two of one kind stand beside it.
    let bare: Vec<Token> =
        tokens.iter().filter(|t| !matches!(t, Sep('-' | '/'))).copied().collect();
    match bare[..] {
        [Month(m), Year(y)] | [Year(y), Month(m)] => of(y, m, 0),
        [Month(m), Small(d), Year(y)] | [Small(d), Month(m), Year(y)] => of(y, m, d),
        [Year(y), Month(m), Small(d)] => of(y, m, d),
        // Ranges: the first month is sure.
        [Year(y), Month(m), Month(_)] | [Month(m), Month(_), Year(y)] => part(y, m),
        [Year(y), Month(m), Small(_), ..] | [Month(m), Small(_), Small(_), Year(y)] => part(y, m),
        [Small(_), Small(_), Month(m), Year(y)] => part(y, m),
        [Year(y), Word("年"), Small(m), Small(_), Word("月")] => part(y, m),
        [Year(y), Word("年"), Small(m), Word("月"), ..] => part(y, m),
        [Year(y), Small(m), Small(_)] => part(y, m),
        _ => only_year(&bare),
    }
}

/// The one year among words (`Spring 2018`), the first of two that follow one another.
fn only_year(tokens: &[Token]) -> Reading {
    let year = |t: &Token| match t {
        Token::Year(y @ 1400..=LAST_YEAR) => Some(*y),
        _ => None,
    };
    let years: Vec<u16> = tokens.iter().filter_map(year).collect();
    match years[..] {
        [y] => part(y, 0),
        [y, next] if next == y || next == y + 1 => part(y, 0),
        _ => Reading::Wrong(None),
    }
}

fn eight(text: &str) -> Reading {
    let number = |part: &str| part.parse::<u16>().unwrap_or(0);
    let (y, m, d) = (number(&text[..4]), number(&text[4..6]), number(&text[6..]));
    let date =
        Date::new(y, Some(m as u8), Some(d as u8)).filter(|_| (1400..=LAST_YEAR).contains(&y));
    date.map_or(Reading::Wrong(None), Reading::Sure)
}

/// `201808`, where it can't be day and month behind a year of two digits, as `201208` can.
fn six(text: &str) -> Reading {
    let number = |part: &str| part.parse::<u16>().unwrap_or(0);
    let (year, month, other) = (number(&text[..4]), number(&text[4..]), number(&text[2..4]));
    let sure = (1400..=LAST_YEAR).contains(&year) && other > 12;
    let date = Date::new(year, Some(month as u8), None).filter(|_| sure);
    date.map_or(Reading::Wrong(None), Reading::Sure)
}

/// A date from numbers; 0 is an unknown month or day. What does not exist is cut off.
fn of(year: u16, month: u8, day: u8) -> Reading {
    let known = |n: u8| (n > 0).then_some(n);
    let year = if year > LAST_YEAR { 0 } else { year };
    let filler = (year, month, day) == (1, 1, 1);
    match Date::new(year, known(month), known(day)) {
        _ if filler => Reading::Wrong(None),
        Some(date) => Reading::Sure(date),
        None => {
            let month = Date::new(year, known(month), None);
            Reading::Wrong(month.or_else(|| Date::new(year, None, None)))
        }
    }
}

fn part(year: u16, month: u8) -> Reading {
    match of(year, month, 0) {
        Reading::Sure(date) => Reading::Part(date),
        other => other,
    }
}

#[cfg(test)]
mod tests;

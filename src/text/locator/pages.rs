mod article;

use article::{after, article, article_behind, is_article_number, pages_of_article};

use super::number::{digits, hyphenated, roman};
use crate::diagnostic::{Code, Finding};
use crate::model::Pages;
use crate::text::plain::{is_nothing, plain};

/// What a value for pages holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locator {
    /// The pages.
    pub pages: Option<Pages>,
    /// The number of an article without pages: `104324`, `e1023`.
    pub article_number: Option<String>,
    /// Guesses and losses.
    pub findings: Vec<Finding>,
}

/// Reads pages or the number of an article: `90-98`, `Pages 69-83`, `123-30`, `S12-S19`,
/// `35-38+80`, `Article 104324`, `e1023`.
///
/// A number alone is an article's where it has five digits or more, a letter `e`, or letters
/// and three digits (`bbab123`); otherwise it is a page. What is of no known form is kept: one
/// word as the article number, several as the first page.
pub fn pages(raw: &str) -> Locator {
    if let Some(pages) = simple(raw) {
        return Locator { pages: Some(pages), ..Locator::default() };
    }
    let text = plain(raw);
    if is_nothing(&text) {
        return Locator::default();
    }
    let even = hyphenated(&text);
    let (bare, count) = without_count(trimmed(&even));
    let mut locator = read(bare).unwrap_or_else(|| kept(&text));
    if count {
        let done = "the number of pages left out";
        locator.findings.push(Finding::new(Code::PagesText, &*text, done));
    }
    locator
}

/// The value without stops behind it and brackets around it.
fn trimmed(text: &str) -> &str {
    let text = text.trim_end_matches([',', ';', ' ']);
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    let text = inner.filter(|t| !t.contains(['(', ')'])).unwrap_or(text);
    // The stop of "12 p." belongs to its word.
    text.strip_suffix('.').filter(|t| t.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(text)
}

/// The value without a number of pages in brackets behind it: `105001 (12 pp.)`.
fn without_count(text: &str) -> (&str, bool) {
    let counted =
        text.strip_suffix(')').and_then(|t| t.rsplit_once('(')).filter(|(head, count)| {
            !head.trim().is_empty()
                && without_word_behind(count)
                    .is_some_and(|bare| digits(bare.trim_start_matches('共')))
        });
    counted.map_or((text, false), |(head, _)| (head.trim_end(), true))
}

/// `7851-7858`, the form of most records.
fn simple(raw: &str) -> Option<Pages> {
    let (first, last) = raw.split_once('-')?;
    let small = |p: &str| digits(p) && p.len() < 10 && !p.starts_with('0');
    let rising = small(first) && small(last) && (first.len(), first) < (last.len(), last);
    rising.then(|| Pages { first: first.into(), last: Some(last.into()), more: None })
}

fn left_out(text: &str, done: &str) -> Locator {
    let findings = vec![Finding::new(Code::PagesText, text, done)];
    Locator { findings, ..Locator::default() }
}

/// Text of no known form.
fn kept(text: &str) -> Locator {
    let is_word = !text.contains(' ') && text.contains(|c: char| c.is_ascii_digit());
    let place = if is_word { "the article number" } else { "the first page" };
    let mut locator = left_out(text, &format!("kept as {place}"));
    if is_word {
        locator.article_number = Some(text.to_owned());
    } else {
        locator.pages = Some(Pages { first: text.to_owned(), last: None, more: None });
    }
    locator
}

fn read(text: &str) -> Option<Locator> {
    if let Some((number, rest)) = article(text) {
        // Two articles are no pages; and a value of nothing but labels would fill the stack.
        if article(rest).is_some() {
            return None;
        }
        let mut locator = if rest.is_empty() { Locator::default() } else { read(rest)? };
        let twice = locator.article_number.replace(number.to_owned()).is_some();
        return (!twice).then_some(locator);
    }
    if let Some((head, tail)) = article_behind(text) {
        let Locator { article_number, .. } = read(tail)?;
        return read(head)
            .filter(|locator| locator.article_number.is_none())
            .map(|locator| Locator { article_number, ..locator });
    }
    if let Some(found) = pages_of_article(text) {
        return Some(found);
    }
    let (bare, labelled) = match without_label(text) {
        Some(bare) => (bare, true),
        None => (text, false),
    };
    let (bare, word_behind) = match without_word_behind(bare) {
        Some(bare) => (bare, true),
        None => (bare, false),
    };
    if bare.chars().all(|c| c == '0' || c == '-') && bare.contains('0') {
        return Some(left_out(text, "left out: stands for no pages"));
    }
    // "12 pages" says how long the work is, not where it stands; 第12页 and "p. 12" where.
    if word_behind && !labelled && digits(bare) {
        return Some(left_out(text, "left out: tells how many pages there are"));
    }
    if !labelled && is_article_number(bare) {
        return Some(Locator { article_number: Some(bare.to_owned()), ..Locator::default() });
    }
    list(text, bare)
}

/// The value without `Pages`, `pp.`, `p.` or 第 before it.
fn without_label(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('第').or_else(|| text.strip_prefix("页码")) {
        return Some(rest.trim_start_matches([' ', ':']));
    }
    let rest = ["page(s)", "pages", "page", "pgs", "pg", "pp"].iter().find_map(|l| after(text, l));
    // A capital P glued to its number can be part of it: P12-P15.
    rest.or_else(|| after(text, "p").filter(|_| !glued(text))).filter(|rest| !rest.is_empty())
}

fn glued(text: &str) -> bool {
    text.starts_with('P') && text[1..].starts_with(|c: char| c.is_ascii_digit())
}

/// The value without `pages`, `pp.` or 页 behind it.
fn without_word_behind(text: &str) -> Option<&str> {
    let text = text.trim_end_matches('.');
    let text = text.strip_prefix('共').unwrap_or(text);
    let bare = text.strip_suffix('页').or_else(|| {
        let at = text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        let word = text[at..].to_ascii_lowercase();
        ["pages", "page", "pp", "p", "pgs", "pg"].contains(&word.as_str()).then(|| &text[..at])
    })?;
    Some(bare.trim_end()).filter(|bare| bare.ends_with(|c: char| c.is_ascii_digit()))
}

/// One range, and others behind it after `+`, `,` or `;`.
fn list(text: &str, bare: &str) -> Option<Locator> {
    // 1,234-1,245: the commas may stand within numbers.
    let thousands = bare.split_once(',').is_some_and(|(head, tail)| {
        digits(head) && head.len() <= 3 && tail.get(..3).is_some_and(digits)
    });
    if thousands {
        return None;
    }
    let mut findings = Vec::new();
    let mut parts =
        bare.split([',', ';', '+', '&']).map(|part| range(part.trim(), text, &mut findings));
    let first = parts.next()??;
    let mut more = parts.collect::<Option<Vec<Pages>>>()?;
    let number = first.last.is_none() && is_article_number(&first.first);
    if let ([Pages { last: Some(_), .. }], true) = (&more[..], number) {
        // 104324, 1-15
        return Some(Locator { article_number: Some(first.first), pages: more.pop(), findings });
    }
    let number = number && more.is_empty();
    let more: Vec<String> = more.iter().map(|p| p.join("-")).collect();
    let more = (!more.is_empty()).then(|| more.join(", "));
    if number {
        // 104324-104324
        return Some(Locator { article_number: Some(first.first), findings, pages: None });
    }
    let odd = more.is_some() && findings.iter().any(|f| f.code == Code::PagesText);
    (!odd).then_some(Locator {
        pages: Some(Pages { more, ..first }),
        findings,
        article_number: None,
    })
}

/// A page taken apart: what stands before its number (`S`, `1:`), the number, what follows (`.e5`).
#[derive(Clone, Copy)]
struct Page<'a> {
    whole: &'a str,
    before: &'a str,
    number: &'a str,
    behind: &'a str,
}

fn page(text: &str) -> Option<Page<'_>> {
    if roman(text).is_some() {
        return Some(Page { whole: text, before: text, number: "", behind: "" });
    }
    // ACM and LIPIcs count the pages within the article: 17:1.
    let article = text.split_once(':').filter(|(a, _)| digits(a)).map_or(0, |(a, _)| a.len() + 1);
    let head = text[article..].trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let (before, rest) = text.split_at(text.len() - head.len());
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, behind) = rest.split_at(end);
    let dotted =
        behind.strip_prefix('.').map(|b| b.trim_start_matches(|c: char| c.is_ascii_alphabetic()));
    let behind_fits = behind.is_empty()
        || (behind.len() == 1 && behind.bytes().all(|b| b.is_ascii_alphabetic()))
        || dotted.is_some_and(|number| digits(number) && behind.len() <= 6);
    let fits =
        behind_fits && before.len() - article <= 4 && !number.is_empty() && number.len() < 10;
    fits.then_some(Page { whole: text, before, number, behind })
}

/// `90-98`, `123-30`, `5`, `1-`. A range that does not rise is kept with a finding.
fn range(part: &str, text: &str, findings: &mut Vec<Finding>) -> Option<Pages> {
    let only = |p: Page| Pages { first: p.whole.to_owned(), last: None, more: None };
    let Some((first, last)) = part.split_once('-') else { return page(part).map(only) };
    let first = page(first)?;
    if last.is_empty() || last == first.whole {
        return Some(only(first));
    }
    // p12-p15, of which the first p was a label.
    let last =
        last.strip_prefix('p').filter(|l| first.before.is_empty() && digits(l)).unwrap_or(last);
    let last = page(last)?;
    let full = expanded(first, last);
    if let Some(full) = &full {
        let done = format!("{}-{full}", first.whole);
        findings.push(Finding::new(Code::PagesExpanded, text, done));
    } else if !rises(first, last) {
        findings.push(Finding::new(
            Code::PagesText,
            text,
            "kept as it is: the range does not rise",
        ));
    }
    let last = full.unwrap_or_else(|| last.whole.to_owned());
    Some(Pages { last: Some(last), ..only(first) })
}

/// The last page in full where its beginning was left out (`123-30`, `S123-30`, `17:1-23`) and
/// there is one sensible way to write it.
fn expanded(first: Page, last: Page) -> Option<String> {
    let same_before = first.before.eq_ignore_ascii_case(last.before);
    let usual = first.behind.is_empty() && !first.number.is_empty() && !last.number.is_empty();
    if !usual || !(last.before.is_empty() || same_before) {
        return None;
    }
    let missing = first.number.len().saturating_sub(last.number.len());
    let number = format!("{}{}", &first.number[..missing], last.number);
    let (a, b, short) = (value(first.number), value(&number), value(last.number));
    // 100-99 is rather a slip than 100-199; a work of 500 pages is rather two numbers.
    let sensible = b > a && (missing == 0 || (b - a <= 500 && a > short + 2));
    let changed = missing > 0 || (last.before.is_empty() && !first.before.is_empty());
    (sensible && changed).then(|| format!("{}{number}{}", first.before, last.behind))
}

/// Fewer than ten digits, as [`page`] sees to.
fn value(number: &str) -> u64 {
    number.parse().unwrap_or(0)
}

fn rises(first: Page, last: Page) -> bool {
    if let (Some(a), Some(b)) = (roman(first.whole), roman(last.whole)) {
        return a < b;
    }
    // From the Roman pages of the front on to the others.
    if roman(first.whole).is_some() {
        return last.before.is_empty();
    }
    let same_before = first.before.eq_ignore_ascii_case(last.before);
    let (a, b) = (value(first.number), value(last.number));
    let parts = a == b && !last.behind.is_empty() && first.behind != last.behind;
    same_before && roman(last.whole).is_none() && (a < b || parts)
}

#[cfg(test)]
mod tests;

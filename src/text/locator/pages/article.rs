//! Numbers of articles, alone and beside pages.

use super::Locator;
use crate::diagnostic::{Code, Finding};
use crate::model::Pages;
use crate::text::locator::number::digits;

/// `Article 104324`, `Art. no. e3`, `Article 5, 1-23`: the number and what follows it.
pub(super) fn article(text: &str) -> Option<(&str, &str)> {
    const LABELS: [&str; 9] =
        ["article", "art", "artn", "paper", "论文编号", "文章编号", "文章号", "文献号", "eid"];
    const MORE: [&str; 6] = ["number", "num", "no", "nr", "id", "#"];
    let rest = LABELS.iter().find_map(|label| after(text, label))?;
    let rest = MORE.iter().find_map(|label| after(rest, label)).unwrap_or(rest);
    let (number, rest) = rest.split_once([',', ';', ' ']).unwrap_or((rest, ""));
    let fits = number.contains(|c: char| c.is_ascii_digit())
        && number
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | ':'));
    fits.then(|| (number.trim_end_matches('.'), rest.trim_start_matches([' ', ','])))
}

/// `1-15, Article 104324`, `1-12 (Article 5)`: the pages and the article with its label.
pub(super) fn article_behind(text: &str) -> Option<(&str, &str)> {
    let (head, tail) = text.split_at_checked(text.find([',', ';', '('])?)?;
    let tail = tail.trim_start_matches([',', ';', '(', ' ']).trim_end_matches(')');
    let alone = article(tail).is_some_and(|(_, rest)| rest.is_empty());
    (alone && !head.trim().is_empty()).then(|| (head.trim_end(), tail))
}

/// The pages counted within an article, as physicists' and engineers' journals print them:
/// `021001-1-021001-7`, `021001-1-7`; and `e00123-18` of the American Society for Microbiology,
/// of which 18 is the year.
pub(super) fn pages_of_article(text: &str) -> Option<Locator> {
    let parts: Vec<&str> = text.split('-').collect();
    let (number, first, last) = match parts[..] {
        [a, b, c, d] if a == c => (a, b, Some(d)),
        [a, b, c] if digits(b) && digits(a) => (a, b, Some(c)),
        [a, _] if a.len() == 6 && a.starts_with('e') => (text, "0", None),
        _ => return None,
    };
    let counted = digits(first) && first.len() < 5 && last.is_none_or(|l| digits(l) && l.len() < 5);
    let year = last.is_some() || parts[1].len() == 2;
    if !is_article_number(parts[0]) || !counted || !year || parts[1..].iter().any(|p| p.is_empty())
    {
        return None;
    }
    let (first, mut findings) = (first.to_owned(), Vec::new());
    let pages = last.map(|last| {
        let done = format!("article {number}, of it the pages {first} to {last}");
        findings.push(Finding::new(Code::PagesText, text, done));
        Pages { first, last: Some(last.to_owned()), more: None }
    });
    Some(Locator { article_number: Some(number.to_owned()), pages, findings })
}

/// What follows a label; a letter may not follow it without a blank or stop between.
pub(super) fn after<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let head = text.get(..label.len())?;
    let rest = &text[label.len()..];
    let fits =
        head.eq_ignore_ascii_case(label) && !rest.starts_with(|c: char| c.is_ascii_alphabetic());
    fits.then(|| rest.trim_start_matches(['.', ':', ' ', '_']))
}

/// A number alone that is an article's: `104324`, `e1023`, `P06009`, `bbab123`.
pub(super) fn is_article_number(text: &str) -> bool {
    let number = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = &text[..text.len() - number.len()];
    digits(number)
        && match letters.len() {
            0 => number.len() >= 5,
            1 => letters.eq_ignore_ascii_case("e") || number.len() >= 5,
            2..=8 => number.len() >= 3,
            _ => false,
        }
}

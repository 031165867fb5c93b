mod words;

use words::{ISSUE, is_volume, issue_of, labelled, unglued, without_label};

use super::arxiv;
use super::number::{digits, hyphenated, is_unit};
use crate::diagnostic::{Code, Finding};
use crate::text::plain::{is_nothing, plain};

/// What a value for volume and issue holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Volume {
    /// The volume: `31`, `e31`, `31-32`; the whole text where it is of no known form.
    pub volume: Option<String>,
    /// The issue: `3`, `3-4`, `Suppl 1`.
    pub issue: Option<String>,
    /// The number of an arXiv preprint, which DBLP writes as a volume: `1706.03762`.
    pub arxiv: Option<String>,
    /// Guesses and losses.
    pub findings: Vec<Finding>,
}

/// Reads volume and issue from the one value in which the source has both, a blank between.
/// Other spellings (`31(3)`, `Vol. 31, No. 3`, `第31卷第3期`) are read too.
pub fn volume(raw: &str) -> Volume {
    // "31 3", "41 ": nearly every record.
    let (first, second) = raw.split_once(' ').unwrap_or((raw, ""));
    let usual = |part: &str| digits(part) && part.len() < 6 && !part.starts_with('0');
    if usual(first) && (second.is_empty() || usual(second)) {
        let issue = (!second.is_empty()).then(|| second.to_owned());
        return Volume { volume: Some(first.to_owned()), issue, ..Volume::default() };
    }
    let text = plain(raw);
    if is_nothing(&text) {
        return Volume::default();
    }
    if let Some(early) = early_access(&text).or_else(|| preprint(&text)) {
        return early;
    }
    let parts = parts(&text).or_else(|| dated(&text)).or_else(|| glued(&text));
    let parts = parts.or_else(|| labelled(&text)).unwrap_or_else(|| Volume {
        volume: Some(text.to_string()),
        findings: vec![Finding::new(Code::VolumeText, &*text, "kept as the volume")],
        ..Volume::default()
    });
    without_zeros(parts, &text)
}

/// The forms that are sure.
fn parts(text: &str) -> Option<Volume> {
    let sure = |found: &Volume| found.findings.is_empty();
    chinese(text).or_else(|| slashed(text)).or_else(|| labelled(text).filter(sure))
}

/// Volume and issue with the year before or behind them, which the record has elsewhere:
/// `2018, 31(3)`, `2018年第3期`, `31 3 2018`. Only where the rest is whole without it.
fn dated(text: &str) -> Option<Volume> {
    let is_year =
        |t: &str| digits(t) && t.len() == 4 && (t.starts_with("19") || t.starts_with("20"));
    let before = text
        .split_at_checked(4)
        .filter(|(year, rest)| is_year(year) && rest.starts_with(['年', ',', ';', '.', ':', ' ']));
    let before = before.map(|(_, rest)| rest.trim_start_matches(['年', ',', ';', '.', ':', ' ']));
    let behind = text.len().checked_sub(4).and_then(|at| text.split_at_checked(at));
    let behind = behind.filter(|(rest, year)| is_year(year) && rest.ends_with([' ', ',']));
    let behind = behind.map(|(rest, _)| rest.trim_end_matches([' ', ',', ';']));
    let mut found = [before, behind].into_iter().flatten().find_map(|rest| {
        let chinese = rest.contains('期');
        parts(rest).filter(|v| v.issue.is_some() && (v.volume.is_some() || chinese))
    })?;
    found.findings.push(split(text, &found, "the year left out"));
    Some(found)
}

/// `31-3` and `31.3`, which can be nothing but volume and issue: a range would rise, and no
/// volume has decimals.
fn glued(text: &str) -> Option<Volume> {
    let text = hyphenated(text);
    let (volume, issue) = text.split_once(['-', '.'])?;
    let value = |text: &str| text.parse::<u32>().unwrap_or(0);
    let number = |part: &str, most| digits(part) && part.len() <= most && value(part) > 0;
    let fits = number(volume, 4) && number(issue, 3);
    if !fits || (text.contains('-') && value(volume) < value(issue)) {
        return None;
    }
    let (volume, issue) = (Some(volume.to_owned()), Some(issue.to_owned()));
    let mut found = Volume { volume, issue, ..Volume::default() };
    found.findings.push(split(&text, &found, "a guess"));
    Some(found)
}

/// The finding for a value that was taken apart by a guess.
fn split(text: &str, found: &Volume, how: &str) -> Finding {
    let part = |name: &str, value: &Option<String>| {
        value.as_ref().map_or(String::new(), |value| format!("{name} {value}, "))
    };
    let done = part("volume", &found.volume) + &part("issue", &found.issue) + how;
    Finding::new(Code::VolumeText, text, done)
}

/// `03` is `3`, as Chinese databases pad it. A zero alone is a filler, with which publishers mark
/// what is not yet in an issue (`0 0`, `0(0)`).
fn without_zeros(mut found: Volume, text: &str) -> Volume {
    for place in [&mut found.volume, &mut found.issue] {
        let Some(number) = place.as_ref().filter(|n| digits(n) && n.starts_with('0')) else {
            continue;
        };
        let bare = number.trim_start_matches('0').to_owned();
        if bare.is_empty() {
            let done = "the zero left out: stands for no number";
            if found.findings.is_empty() {
                found.findings.push(Finding::new(Code::VolumeText, text, done));
            }
        }
        *place = Some(bare).filter(|n| !n.is_empty());
    }
    found
}

/// Reads an issue from a field of its own: `3`, `No. 3`, `第3期`, `Suppl 1`.
pub fn issue(raw: &str) -> Volume {
    let text = plain(raw);
    if is_nothing(&text) {
        return Volume::default();
    }
    let text = hyphenated(&text);
    let chinese = text.strip_prefix('第').unwrap_or(&text).trim_end_matches('期').trim();
    let words: Vec<&str> = chinese.split_whitespace().collect();
    match issue_of(without_label(&words, ISSUE)) {
        Some(issue) => Volume { issue: Some(issue), ..Volume::default() },
        None => Volume {
            findings: vec![Finding::new(Code::VolumeText, &*text, "kept as the issue")],
            issue: Some(text),
            ..Volume::default()
        },
    }
}

/// True for an issue "1" that is likely a filler of booksci.cn's list pages: beside pages that say
/// nothing, or in a volume "1" too with pages that begin at 1, as a work online before its issue has
/// them. Whether it counts is for the caller to decide.
pub fn is_filler(volume: Option<&str>, issue: Option<&str>, pages_raw: &str) -> bool {
    let pages = plain(pages_raw);
    let from_one = || volume == Some("1") && hyphenated(&pages).starts_with("1-");
    issue == Some("1") && (is_nothing(&pages) || from_one())
}

/// `PP` (IEEE, with the issue 99 or 1) and words for a work that has no volume yet. A volume
/// that stands before the words is kept.
fn early_access(text: &str) -> Option<Volume> {
    const WORDS: [&str; 13] = [
        "aheadofprint",
        "epubaheadofprint",
        "onlineaheadofprint",
        "inpress",
        "articleinpress",
        "onlinefirst",
        "earlyaccess",
        "earlyview",
        "advanceonlinepublication",
        "advancearticle",
        "justaccepted",
        "forthcoming",
        "pp",
    ];
    let (number, words) = text
        .split_once([' ', '(', ',', ':', ';', '['])
        .filter(|(n, _)| digits(n))
        .unwrap_or(("", text));
    let letters = words.chars().filter(|c| c.is_alphanumeric()).take(30);
    let letters: String = letters.flat_map(char::to_lowercase).collect();
    let pp = text.strip_prefix("PP").is_some_and(|rest| {
        rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | ','))
    });
    (pp || WORDS.contains(&letters.as_str())).then(|| Volume {
        volume: (!pp && !number.is_empty()).then(|| number.to_owned()),
        findings: vec![Finding::new(Code::EarlyAccess, text, "left out: not yet in an issue")],
        ..Volume::default()
    })
}

/// An arXiv number; without a mark (`1706.03762`) it is a guess.
fn preprint(text: &str) -> Option<Volume> {
    if let Some(number) = arxiv::marked(text) {
        return Some(Volume { arxiv: Some(number), ..Volume::default() });
    }
    let guess = Finding::new(Code::VolumeText, text, "taken for an arXiv number");
    arxiv::new(text).map(|n| Volume { arxiv: Some(n), findings: vec![guess], ..Volume::default() })
}

/// `第31卷第3期`, `31卷3期`, `第3期`.
fn chinese(text: &str) -> Option<Volume> {
    if !text.contains(['卷', '期']) {
        return None;
    }
    let text = hyphenated(text);
    let bare = |part: &str| part.trim_matches([' ', ',', '第']).to_owned();
    let (volume, rest) = match text.split_once('卷') {
        Some((volume, rest)) => (Some(bare(volume)), rest),
        None => (None, text.as_str()),
    };
    let issue = bare(rest.trim_end_matches([' ', '.', '。']).trim_end_matches('期'));
    let issue = issue.trim_matches(['(', ')']);
    let issue_fits = issue.is_empty() || (issue_of(&[issue]).is_some() && unglued(issue) == issue);
    let fits = volume.as_deref().is_none_or(is_volume) && issue_fits;
    let issue = (!issue.is_empty()).then(|| issue.to_owned());
    fits.then(|| Volume { volume, issue, ..Volume::default() })
}

/// `31/3`. Where the second number follows the first (`31/32`) it may be a double volume.
fn slashed(text: &str) -> Option<Volume> {
    let (volume, issue) = text.split_once('/')?;
    let (volume, issue) = (volume.trim(), issue.trim());
    let value = |text: &str| text.parse::<u64>().unwrap_or(0);
    let following = value(volume).checked_add(1) == Some(value(issue));
    (digits(volume) && volume.len() < 10 && is_unit(issue) && unglued(issue) == issue && !following)
        .then(|| Volume {
            volume: Some(volume.to_owned()),
            issue: Some(issue.to_owned()),
            ..Volume::default()
        })
}

#[cfg(test)]
mod tests;

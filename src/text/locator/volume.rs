use super::arxiv;
use super::number::{digits, hyphenated, is_number, is_unit};
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
    if digits(first)
        && first.len() < 6
        && (second.is_empty() || (digits(second) && second.len() < 6))
    {
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
    let parts = chinese(&text).or_else(|| slashed(&text)).or_else(|| labelled(&text));
    parts.unwrap_or_else(|| Volume {
        volume: Some(text.to_string()),
        findings: vec![Finding::new(Code::VolumeText, &*text, "kept as the volume")],
        ..Volume::default()
    })
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

/// True for an issue "1" beside pages that say nothing: a known filler of booksci.cn's list
/// pages. Whether it counts is for the caller to decide.
pub fn is_filler(issue: Option<&str>, pages_raw: &str) -> bool {
    issue == Some("1") && is_nothing(&plain(pages_raw))
}

/// `PP` (IEEE, with the issue 99 or 1) and words for a work that has no volume yet. A volume
/// that stands before the words is kept.
fn early_access(text: &str) -> Option<Volume> {
    const WORDS: [&str; 12] = [
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
    ];
    let (number, words) = text.split_once(' ').filter(|(n, _)| digits(n)).unwrap_or(("", text));
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
    let following = value(volume) + 1 == value(issue);
    (digits(volume) && volume.len() < 10 && is_unit(issue) && unglued(issue) == issue && !following)
        .then(|| Volume {
            volume: Some(volume.to_owned()),
            issue: Some(issue.to_owned()),
            ..Volume::default()
        })
}

const VOLUME: &[&str] = &["vol", "vols", "volume", "volumes", "bd", "band", "tome", "卷"];
const ISSUE: &[&str] = &[
    "no", "nos", "nr", "num", "number", "numbers", "iss", "issue", "issues", "heft", "n°", "№",
    "期",
];

/// Volume and issue with or without labels, whatever stands between them.
fn labelled(text: &str) -> Option<Volume> {
    let text = hyphenated(text);
    let spaced = text.replace(['(', ')', ',', ':', ';', '[', ']'], " ");
    let spaced = unglued(&spaced);
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let rest = without_label(&words, VOLUME);
    let marked = rest.len() < words.len();
    // "No. 3" and "Suppl 1" alone are issues.
    if !marked && let Some(issue) = lone_issue(&words) {
        return Some(Volume { issue: Some(issue), ..Volume::default() });
    }
    let (&volume, rest) = rest.split_first().filter(|(v, _)| is_volume(v))?;
    let volume = Some(volume.to_owned());
    let rest_words = without_label(rest, ISSUE);
    if rest_words.is_empty() && rest.is_empty() {
        return Some(Volume { volume, ..Volume::default() });
    }
    if let Some(issue) = issue_of(rest_words) {
        return Some(Volume { volume, issue: Some(issue), ..Volume::default() });
    }
    // The volume is sure; a short rest can only be some name of an issue.
    let issue = (rest.len() <= 3).then(|| rest.join(" "))?;
    let done = format!("volume {}, issue {issue}", volume.as_deref().unwrap_or(""));
    let findings = vec![Finding::new(Code::VolumeText, text, done)];
    Some(Volume { volume, issue: Some(issue), findings, ..Volume::default() })
}

/// `31/32` may be volume and issue or two volumes, `PP` is none.
fn is_volume(text: &str) -> bool {
    is_number(text) && !text.contains('/') && !text.starts_with("PP") && unglued(text) == text
}

fn lone_issue(words: &[&str]) -> Option<String> {
    let bare = without_label(words, ISSUE);
    let named = words.first().is_some_and(|first| is_issue_word(first));
    if bare.len() < words.len() || named { issue_of(bare) } else { None }
}

/// The words without a label at their front.
fn without_label<'a, 'b>(words: &'a [&'b str], labels: &[&str]) -> &'a [&'b str] {
    let is_label = |word: &str| {
        labels.iter().any(|label| word.trim_end_matches('.').eq_ignore_ascii_case(label))
    };
    match words.split_first() {
        Some((first, rest)) if is_label(first) => rest,
        _ => words,
    }
}

/// Puts a blank between a label and its number: `Vol.31`, `no3`.
fn unglued(text: &str) -> String {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let at = word.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        let head = word[..at].trim_end_matches('.').to_lowercase();
        let label = VOLUME.contains(&head.as_str()) || ISSUE.contains(&head.as_str());
        if label {
            words.push(&word[..at]);
        }
        words.push(if label { &word[at..] } else { word });
    }
    words.join(" ")
}

/// An issue of a known form: a number, a word such as `Suppl`, or both (`3 Suppl 1`), or the
/// name that ACM gives to issues of its proceedings (`OOPSLA2`).
fn issue_of(words: &[&str]) -> Option<String> {
    let name =
        |w: &str| w.len() <= 12 && w.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let fits = match words {
        [] => false,
        // A label without its number.
        [_] if without_label(words, ISSUE).is_empty() => false,
        [one] => is_number(one) || is_issue_word(one) || name(one),
        _ => {
            let twice = words.windows(2).any(|pair| is_number(pair[0]) && is_number(pair[1]));
            words.len() <= 6 && !twice && words.iter().all(|w| is_number(w) || is_issue_word(w))
        }
    };
    fits.then(|| words.join(" "))
}

/// `Suppl`, `Suppl.`, `Supplement_1`, `Pt`, `增刊1`.
fn is_issue_word(word: &str) -> bool {
    const WORDS: [&str; 18] = [
        "suppl",
        "suppls",
        "supplement",
        "supplements",
        "supp",
        "sup",
        "pt",
        "part",
        "parts",
        "spec",
        "special",
        "sp",
        "iss",
        "issue",
        "no",
        "增刊",
        "特刊",
        "专刊",
    ];
    let end = word.find(|c: char| c == '.' || c == '_' || c.is_ascii_digit());
    let (head, tail) = word.split_at(end.unwrap_or(word.len()));
    let tail = tail.trim_matches(['.', '_']);
    WORDS.iter().any(|w| w.eq_ignore_ascii_case(head)) && (tail.is_empty() || is_number(tail))
}

#[cfg(test)]
mod tests;

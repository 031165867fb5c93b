//! Volume and issue told by their words: `Vol. 31, No. 3`, `31 Suppl 1`.

use super::Volume;
use crate::diagnostic::{Code, Finding};
use crate::text::locator::number::{hyphenated, is_number};

const VOLUME: &[&str] = &["v", "vol", "vols", "volume", "volumes", "bd", "band", "tome", "卷"];
pub(super) const ISSUE: &[&str] = &[
    "no", "nos", "nr", "num", "number", "numbers", "iss", "issue", "issues", "heft", "n°", "№",
    "期",
];

/// Volume and issue with or without labels, whatever stands between them.
pub(super) fn labelled(text: &str) -> Option<Volume> {
    let text = hyphenated(text);
    // Publishers' file names have an underscore for the blank: Supplement_1, 1_suppl.
    let spaced = text.replace(['(', ')', ',', ':', ';', '[', ']', '_'], " ");
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
        let findings = far_range(volume.as_deref()).into_iter().collect();
        return Some(Volume { volume, findings, ..Volume::default() });
    }
    if let Some(issue) = issue_of(rest_words) {
        return Some(Volume { volume, issue: Some(issue), ..Volume::default() });
    }
    // The volume is sure; a short rest can only be some name of an issue.
    let issue = (rest.len() <= 3).then(|| double(rest_words).unwrap_or_else(|| rest.join(" ")))?;
    let done = format!("volume {}, issue {issue}", volume.as_deref().unwrap_or(""));
    let findings = vec![Finding::new(Code::VolumeText, text, done)];
    Some(Volume { volume, issue: Some(issue), findings, ..Volume::default() })
}

/// `1-12`: volumes that were bound as one follow one another; these may be volume and issue.
fn far_range(volume: Option<&str>) -> Option<Finding> {
    let (a, b) = volume?.split_once('-')?;
    let (a, b) = (a.parse::<u32>().ok()?, b.parse::<u32>().ok()?);
    (a + 1 != b).then(|| Finding::new(Code::VolumeText, volume.unwrap_or(""), "kept as the volume"))
}

/// A double issue with another sign than a hyphen: `3 & 4`, `3, 4`, `3+4`.
fn double(words: &[&str]) -> Option<String> {
    let numbers = words.iter().flat_map(|word| word.split('+')).filter(|w| !matches!(*w, "&" | ""));
    let numbers: Vec<&str> = numbers.collect();
    let [a, b] = numbers[..] else { return None };
    let follows = a.parse::<u32>().ok()?.checked_add(1)? == b.parse::<u32>().ok()?;
    follows.then(|| format!("{a}-{b}"))
}

/// `31/32` may be volume and issue or two volumes, `PP` is none.
pub(super) fn is_volume(text: &str) -> bool {
    is_number(text) && !text.contains('/') && !text.starts_with("PP") && unglued(text) == text
}

fn lone_issue(words: &[&str]) -> Option<String> {
    let bare = without_label(words, ISSUE);
    let named = words.first().is_some_and(|first| is_issue_word(first));
    if bare.len() < words.len() || named { issue_of(bare) } else { None }
}

/// The words without a label at their front.
pub(super) fn without_label<'a, 'b>(words: &'a [&'b str], labels: &[&str]) -> &'a [&'b str] {
    let is_label = |word: &str| {
        labels.iter().any(|label| word.trim_end_matches('.').eq_ignore_ascii_case(label))
    };
    match words.split_first() {
        Some((first, rest)) if is_label(first) => rest,
        _ => words,
    }
}

/// Puts a blank between a label and its number: `Vol.31`, `no3`.
pub(super) fn unglued(text: &str) -> String {
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
pub(super) fn issue_of(words: &[&str]) -> Option<String> {
    let name = |w: &str| {
        w.len() <= 12
            && w != "PP"
            && w.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    let fits = match words {
        [] => false,
        // A label without its number.
        [_] if without_label(words, ISSUE).is_empty() => false,
        [one] => is_number(one) || is_issue_word(one) || name(one),
        _ => {
            let twice = words.windows(2).any(|pair| is_number(pair[0]) && is_number(pair[1]));
            // A part or supplement can have a letter: 12 Pt B.
            let letter = |at: usize| {
                words[at].len() == 1
                    && words[at].bytes().all(|b| b.is_ascii_uppercase())
                    && at > 0
                    && is_issue_word(words[at - 1])
            };
            let known = |at: usize| is_number(words[at]) || is_issue_word(words[at]) || letter(at);
            let label = without_label(words, ISSUE).len() < words.len();
            words.len() <= 6 && !twice && !label && (0..words.len()).all(known)
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

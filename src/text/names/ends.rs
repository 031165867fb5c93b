//! What stands at the ends of lists and names and is no name: "et al.", 等, affiliation marks.

use super::{Authors, clean::mark, organisation, words};

/// Signs that refer from a name to an affiliation or a note.
const MARKS: [char; 12] = ['*', '†', '‡', '§', '¶', '#', '∗', '⁎', '✉', '¹', '²', '³'];

/// The list without the stop of its sentence: `Xiangyu Zhang.`, but not `Jane D.` and `Acme Inc.`
fn without_stop(text: &str) -> &str {
    let last = text.rsplit([' ', ',', ';', '-']).next().unwrap_or("");
    let Some(word) = last.strip_suffix('.') else { return text };
    let kept = words::is_suffix(last)
        || words::is_degree(last)
        || organisation::is_organisation(&format!("X {last}"));
    let spoken = word.chars().count() > 2 && word.chars().all(char::is_alphabetic);
    if spoken && !kept && !organisation::is_legal_form(last) {
        &text[..text.len() - 1]
    } else {
        text
    }
}

/// The list without the "et al." at its very end.
pub fn without_etc<'a>(text: &'a str, authors: &mut Authors) -> &'a str {
    let text = text.trim_matches([' ', ',', ';', '\n', '、']);
    let chinese = ["等人", "等著", "等"].iter().find_map(|etc| text.strip_suffix(etc));
    if let Some(rest) = chinese {
        let last = rest.rsplit([',', ';', '、', '\n']).next().unwrap_or("").trim();
        // 李等 may be a name; a name of two characters before it is one without it.
        if last.is_empty() || last.chars().count() > 1 {
            authors.more = true;
            return rest.trim_end();
        }
    }
    let rest = text.trim_end_matches(['…', ' ', '.']);
    let stops = &text[rest.len()..];
    if stops.contains('…') || stops.contains("...") {
        authors.more = true;
        return rest.trim_end_matches([',', ';', '、']);
    }
    without_stop(text)
}

/// A part without "et al."; `None` where there is none.
pub fn without_et_al(part: &str) -> Option<&str> {
    let text = part.trim_end_matches(['.', ' ', ')', ']', ',']);
    for etc in ["et al", "et. al", "et alii", "et alia", "et al.."] {
        let Some(start) = text.len().checked_sub(etc.len()) else { continue };
        let here = text.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(etc));
        if here && (start == 0 || text[..start].ends_with([' ', '(', '['])) {
            return Some(text[..start].trim_end_matches([' ', '(', '[', ',']));
        }
    }
    None
}

/// A part without affiliation marks and the stop at the end of the list.
pub fn trimmed<'a>(text: &'a str, authors: &mut Authors) -> &'a str {
    let is_mark =
        |c: char| c.is_numeric() && !('一'..='龥').contains(&c) && c != '〇' || MARKS.contains(&c);
    let bare = text.trim_matches(|c| is_mark(c) || c == ' ');
    // `1. John Smith`
    let bare = bare.strip_prefix(". ").filter(|_| !text.starts_with('.')).unwrap_or(bare);
    if bare.len() < text.trim().len() {
        let start = text.find(bare).unwrap_or(0);
        let (before, after) = (text[..start].trim(), text[start + bare.len()..].trim());
        authors.findings.extend([before, after].into_iter().filter(|m| !m.is_empty()).map(mark));
    }
    bare
}

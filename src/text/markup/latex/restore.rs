//! Formulas whose backslashes were lost on the way: `$1.7 text{pA}/sqrt{text{Hz}}$`.

use super::super::formula::is_function;
use super::symbols;

/// True where a formula has groups but no command that could take them.
pub(super) fn is_wrecked(source: &str) -> bool {
    !source.contains('\\') && restore(source).is_some()
}

/// Puts the backslashes back; `None` where it is not sure enough that any were lost. Evidence
/// is a known command before a brace, or a Greek letter's name that stands alone.
pub(super) fn restore(source: &str) -> Option<String> {
    if source.contains('\\') {
        return None;
    }
    let trimmed = source.trim();
    let first = trimmed.split(['_', '^']).next().unwrap_or_default();
    let mut evidence = is_long_greek(first) && !trimmed.contains(' ');
    let mut out = String::with_capacity(source.len() + 8);
    let (mut rest, mut depth, mut text_depth) = (trimmed, 0i32, None);
    while let Some(c) = rest.chars().next() {
        let length = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        if length < 2 {
            depth += i32::from(c == '{') - i32::from(c == '}');
            text_depth = text_depth.filter(|&d| depth > d);
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let (word, after) = rest.split_at(length);
        rest = after;
        let takes_group = after.starts_with('{') && takes_argument(word);
        if text_depth.is_some() && !takes_group {
            out.push_str(word);
            continue;
        }
        evidence |= takes_group;
        if takes_group && symbols::is_font(word) {
            text_depth.get_or_insert(depth);
        }
        if takes_group || symbols::symbol(word).is_some() || is_function(word) {
            out.push('\\');
        } else if word.len() > 3 {
            // A word of a language: this is no formula.
            return None;
        }
        out.push_str(word);
    }
    evidence.then_some(out)
}

fn takes_argument(word: &str) -> bool {
    matches!(word, "sqrt" | "frac" | "dfrac" | "tfrac")
        || (symbols::is_font(word) && word != "underline" && word != "emph")
}

/// A Greek letter's name that is no English word or abbreviation.
fn is_long_greek(word: &str) -> bool {
    word.len() > 2 && symbols::is_greek(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backslashes_come_back_only_where_they_were() {
        for (source, expected) in [
            ("1.7 text{pA}/sqrt{text{Hz}}", Some(r"1.7 \text{pA}/\sqrt{\text{Hz}}")),
            ("Sigma ", Some(r"\Sigma")),
            ("alpha_1", Some(r"\alpha_1")),
            ("alpha and ", None),
            ("x+y", None),
            ("5 million in text", None),
            (r"\alpha", None),
            ("the text{x} here", None),
        ] {
            assert_eq!(restore(source).as_deref(), expected, "{source}");
        }
    }
}

//! LaTeX of running text: accents, braces, commands for letters. Only what can be nothing else.

use unicode_normalization::char::compose;

use super::super::draft::Draft;
use super::super::formula::Part;
use super::{Found, group, read, symbols};
use crate::diagnostic::{Code, Finding};
use crate::model::{Mark, Style};

/// The longest group that is taken for a word or a letter, and the longest that is styled (in
/// bytes, braces included).
const LONGEST_WORD: usize = 42;
const LONGEST_STYLED: usize = 500;

/// What begins at `start` with a backslash or a brace.
pub(super) fn find(text: &str, start: usize) -> Option<Found> {
    let rest = &text[start..];
    if rest.starts_with('{') {
        return accented_group(text, start).or_else(|| protected(text, start));
    }
    let next = rest.strip_prefix('\\')?.chars().next()?;
    if matches!(next, '&' | '%' | '#' | '$' | '_') {
        return Some(Found::plain(start + 2, next));
    }
    if next.is_ascii_alphabetic() {
        return accent(text, start).or_else(|| command(text, start));
    }
    accent(text, start).or_else(|| bare_accent(text, start))
}

/// `{\'e}`, `{\"{u}}`, `{\ss}`: a group that holds one letter made by a command.
fn accented_group(text: &str, start: usize) -> Option<Found> {
    if !text[start..].starts_with("{\\") {
        return None;
    }
    let inner = group(text, start, LONGEST_WORD)?;
    let body = text[inner.clone()].trim_end();
    let name = &body[1..];
    if let Some(letter) = letter(name) {
        return Some(Found::plain(inner.end + 1, letter));
    }
    let mut signs = name.chars();
    let combining = combining(signs.next()?)?;
    let spaced = body[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    let rest = signs.as_str();
    // `\c c` needs its blank, `\'e` does not.
    let base = if spaced { rest.strip_prefix(['{', ' '])? } else { rest };
    let base = base.trim_start_matches('{').trim_end_matches('}');
    Some(Found::plain(inner.end + 1, with_accent(base, combining)?))
}

/// `\'{e}`, `\c{c}`, `\ss{}`.
fn accent(text: &str, start: usize) -> Option<Found> {
    let body = &text[start + 1..];
    let sign = body.chars().next()?;
    let after = &body[sign.len_utf8()..];
    if after.starts_with('{') {
        let inner = group(text, start + 1 + sign.len_utf8(), LONGEST_WORD)?;
        let composed = with_accent(&text[inner.clone()], combining(sign)?)?;
        return Some(Found::plain(inner.end + 1, composed));
    }
    let letters = body.bytes().take_while(u8::is_ascii_alphabetic).count();
    let closed = body[letters..].starts_with("{}");
    let letter = letter(&body[..letters]).filter(|_| closed)?;
    Some(Found::plain(start + 1 + letters + 2, letter))
}

/// `Schr\"odinger`: without braces it counts only within a word, and not where the backslash
/// can have been put before a quote (`d\'analyse`, `the \"used\" car`).
fn bare_accent(text: &str, start: usize) -> Option<Found> {
    let mut signs = text[start + 1..].chars();
    let (sign, base) = (signs.next()?, signs.next()?);
    let before = &text[..start];
    let from = before
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[from..];
    let elided = sign == '\'' && is_elision(word);
    let quotes = sign == '"' && word.is_empty();
    if elided || quotes || word.is_empty() || !"aeiouyAEIOUY".contains(base) {
        return None;
    }
    let composed = compose(base, combining(sign).filter(|_| !sign.is_alphabetic())?)?;
    let end = start + 1 + sign.len_utf8() + base.len_utf8();
    let done = format!("read as {word}{composed}");
    let finding = Finding::new(Code::TitleGuessed, format!("{word}{}", &text[start..end]), done);
    let draft = Draft::plain(composed);
    Some(Found { end, draft, style: None, finding: Some(finding) })
}

/// Words that lose their vowel before an apostrophe in French and Italian, and O'… of Ireland.
fn is_elision(word: &str) -> bool {
    const LONG: [&str; 14] = [
        "qu", "dell", "all", "nell", "sull", "dall", "un", "quest", "quell", "jusqu", "lorsqu",
        "puisqu", "presqu", "aujourd",
    ];
    word.chars().count() < 2 || LONG.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// The base letter with its accent as one character, if there is one.
fn with_accent(base: &str, combining: char) -> Option<char> {
    let base = match base {
        "\\i" => "i",
        "\\j" => "j",
        other => other,
    };
    let mut letters = base.chars();
    let letter =
        letters.next().filter(|c| c.is_ascii_alphabetic() && letters.as_str().is_empty())?;
    compose(letter, combining)
}

/// The combining character of an accent command.
fn combining(sign: char) -> Option<char> {
    Some(match sign {
        '`' => '\u{300}',
        '\'' => '\u{301}',
        '^' => '\u{302}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        'u' => '\u{306}',
        '.' => '\u{307}',
        '"' => '\u{308}',
        'r' => '\u{30A}',
        'H' => '\u{30B}',
        'v' => '\u{30C}',
        'd' => '\u{323}',
        'c' => '\u{327}',
        'k' => '\u{328}',
        _ => return None,
    })
}

/// Letters that have a command of their own.
fn letter(name: &str) -> Option<&'static str> {
    Some(match name {
        "ss" => "ß",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "aa" => "å",
        "AA" => "Å",
        "o" => "ø",
        "O" => "Ø",
        "l" => "ł",
        "L" => "Ł",
        "i" => "ı",
        _ => return None,
    })
}

/// `{DNA}`: braces that keep the case of a word.
fn protected(text: &str, start: usize) -> Option<Found> {
    let inner = group(text, start, LONGEST_WORD)?;
    let body = &text[inner.clone()];
    // `\foo{DNA}` is the argument of something unknown; `{111}` and `{hkl}` are crystal planes.
    let argument = text[..start].ends_with(|c: char| c.is_alphanumeric() || "\\}]^_".contains(c));
    let word = body.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && body.bytes().any(|b| b.is_ascii_uppercase());
    (word && !argument)
        .then(|| Found { style: Some(Style::Protect), ..Found::plain(inner.end + 1, body) })
}

/// `\textit{…}` with its style, and a Greek letter outside mathematics: `17\beta-estradiol`.
fn command(text: &str, start: usize) -> Option<Found> {
    let body = &text[start + 1..];
    let letters = body.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, after) = body.split_at(letters);
    if after.starts_with('{') {
        return styled(text, start, name);
    }
    let path = after.starts_with('\\') || text[..start].ends_with(['\\', ':', '/', '.']);
    let in_word = text[..start].ends_with(char::is_alphabetic);
    if path || in_word || !symbols::is_greek(name) {
        return None;
    }
    let Part { draft, .. } = read::read(&body_command(name)).part;
    let style = Some(Style::Math(body_command(name).into()));
    // A blank that only ends the command's name stays: in text it was most likely meant.
    Some(Found { end: start + 1 + letters, draft, style, finding: None })
}

fn body_command(name: &str) -> String {
    format!("\\{name}")
}

fn styled(text: &str, start: usize, name: &str) -> Option<Found> {
    let style = match name {
        "textit" | "emph" | "textsl" => Some(Style::Italic),
        "textbf" => Some(Style::Bold),
        "textsc" => Some(Style::SmallCaps),
        "textsubscript" => Some(Style::Sub),
        "textsuperscript" => Some(Style::Sup),
        "textrm" | "texttt" | "textsf" | "textnormal" | "mbox" | "text" => None,
        _ => return None,
    };
    let inner = group(text, start + 1 + name.len(), LONGEST_STYLED)?;
    let body = &text[inner.clone()];
    // Commands within commands are left as they are: what they mean is not certain.
    if body.contains(['\\', '{', '$']) || body.is_empty() {
        return None;
    }
    let draft = Draft {
        text: body.to_owned(),
        marks: style.into_iter().map(|style| Mark { range: 0..body.len(), style }).collect(),
    };
    Some(Found { end: inner.end + 1, draft, style: None, finding: None })
}

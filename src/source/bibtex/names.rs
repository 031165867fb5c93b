//! Names as BibTeX takes them apart ("BibTeXing" §4; Markey, "Tame the BeaST", §11; biblatex manual
//! §2.3.3).

use super::tex;
use crate::diagnostic::{Code, Finding};
use crate::model::{Name, Script};
use crate::text::names::{self, Authors};
use crate::text::script::has_han;

/// The people in a field, between ` and `s that stand in no braces. `others` says that there are
/// more.
pub fn list(raw: &str) -> Authors {
    let mut authors = Authors::default();
    for name in parts(raw, Between::And) {
        if name.eq_ignore_ascii_case("others") {
            authors.more = true;
        } else if !name.is_empty() {
            let name = one(name, &mut authors.findings);
            authors.names.extend(name);
        }
    }
    authors
}

fn one(raw: &str, findings: &mut Vec<Finding>) -> Option<Name> {
    let read = tex::text(raw);
    findings.extend(read.findings);
    let plain = read.text.plain();
    if plain.is_empty() {
        return None;
    }
    if let Some(name) = extended(raw) {
        return Some(name);
    }
    let commas = parts(raw, Between::Comma);
    let han = has_han(plain) && (commas.len() == 1 || is_group(raw));
    if han {
        return Some(chinese(plain, findings));
    }
    if is_group(raw) {
        return Some(Name::whole(plain));
    }
    let tokens: Vec<Vec<Token>> = commas.iter().map(|part| words(part)).collect();
    Some(match &tokens[..] {
        [all] => first_last(all),
        [last, first] => inverted(last, None, first),
        [last, suffix, first] => inverted(last, Some(suffix), first),
        _ => {
            let done = "kept whole: a name has two commas at most";
            findings.push(Finding::new(Code::AuthorsGuessed, plain, done));
            Name::whole(plain)
        }
    })
    .filter(|name| !name.family.is_empty())
}

/// `张三`, `{张三}`, `张, 三`: BibTeX has no way to write such a name, so braces do not mean that it
/// is an organisation's.
fn chinese(plain: &str, findings: &mut Vec<Finding>) -> Name {
    let mut read = names::one_author(plain);
    // What was guessed about one is told; what is left out of it is kept here.
    findings.append(&mut read.findings);
    read.names.pop().unwrap_or_else(|| Name::whole(plain))
}

/// True for what stands as a whole in one pair of braces.
fn is_group(raw: &str) -> bool {
    let Some(inner) = raw.strip_prefix('{').and_then(|r| r.strip_suffix('}')) else { return false };
    let mut depth = 0i32;
    let closes = inner.bytes().any(|b| {
        depth += i32::from(b == b'{') - i32::from(b == b'}');
        depth < 0
    });
    !closes && !inner.starts_with('\\')
}

/// `family=van der Vet, given=Freek` (biblatex manual, "Extended name format").
fn extended(raw: &str) -> Option<Name> {
    let mut name = Name::default();
    for part in parts(raw, Between::Comma) {
        let (key, value) = part.split_once('=')?;
        let value = tex::plain(value.trim().trim_matches('"'));
        match key.trim() {
            "family" => name.family = value,
            "given" => name.given = Some(value),
            "prefix" => name.prefix = Some(value),
            "suffix" => name.suffix = Some(value),
            "useprefix"
            | "given-i"
            | "family-i"
            | "prefix-i"
            | "suffix-i"
            | "id"
            | "sortingnamekeytemplatename" => {}
            _ => return None,
        }
    }
    (!name.family.is_empty()).then_some(name)
}

/// A word of a name.
struct Token {
    text: String,
    /// Its first letter outside braces is a small one.
    small: bool,
}

fn words(part: &str) -> Vec<Token> {
    let word = |raw: &str| {
        let text = tex::plain(raw);
        Token { small: is_small(raw, &text), text }
    };
    parts(part, Between::Words).into_iter().map(word).filter(|t| !t.text.is_empty()).collect()
}

/// True where the first letter that decides the case is a small one: braces hide letters, but not
/// those of a special character (`{\'e}tienne`).
fn is_small(raw: &str, text: &str) -> bool {
    if raw.starts_with('\\') || raw.starts_with("{\\") {
        return text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    }
    let mut depth = 0usize;
    let open = |c: &char| {
        depth += usize::from(*c == '{');
        depth = depth.saturating_sub(usize::from(*c == '}'));
        depth == 0 && c.is_alphabetic()
    };
    raw.chars().find(open).is_some_and(char::is_lowercase)
}

fn join(tokens: &[Token]) -> String {
    tokens.iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn some(tokens: &[Token]) -> Option<String> {
    (!tokens.is_empty()).then(|| join(tokens))
}

/// `First von Last`.
fn first_last(tokens: &[Token]) -> Name {
    let last = tokens.len().saturating_sub(1);
    let first_small = tokens[..last].iter().position(|t| t.small);
    let last_small = tokens[..last].iter().rposition(|t| t.small);
    let (von, family) = match (first_small, last_small) {
        (Some(from), Some(to)) => (from, to + 1),
        _ => (last, last),
    };
    let mut name = family_of(&tokens[family..], von == family);
    name.given = some(&tokens[..von]);
    name.prefix = some(&tokens[von..family]).or(name.prefix);
    name
}

/// `von Last, Jr, First`.
fn inverted(last: &[Token], suffix: Option<&[Token]>, given: &[Token]) -> Name {
    let before = last.len().saturating_sub(1);
    let family = last[..before].iter().rposition(|t| t.small).map_or(0, |at| at + 1);
    let mut name = Name {
        given: some(given),
        suffix: suffix.and_then(some),
        ..family_of(&last[family..], family == 0)
    };
    name.prefix = some(&last[..family]).or(name.prefix);
    name
}

/// The family name; an attached particle (`d'Alembert`) is told from it where no other one stands
/// before it.
fn family_of(tokens: &[Token], alone: bool) -> Name {
    let whole = join(tokens);
    match tokens {
        [only] if alone && only.small => names::family(&whole),
        _ => Name { script: Script::Latin, family: whole, ..Name::default() },
    }
}

/// What stands between two parts of a list or a name.
#[derive(Clone, Copy, PartialEq)]
enum Between {
    And,
    Comma,
    Words,
}

/// The parts, without blanks around them; only what stands in no braces parts them.
fn parts(raw: &str, between: Between) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut start, mut escaped) = (0usize, 0, false);
    for (at, c) in raw.char_indices() {
        let blank = c.is_whitespace() || (c == '~' && between == Between::Words);
        let parted = match between {
            Between::And => blank && is_and(&raw[at..]) && at >= start,
            Between::Comma => c == ',',
            // `\ss ler` and `\v c` are one word.
            Between::Words => blank && !ends_in_command(&raw[start.min(at)..at]),
        };
        match c {
            '{' if !escaped => depth += 1,
            '}' if !escaped => depth = depth.saturating_sub(1),
            _ if parted && depth == 0 && !escaped => {
                found.push(raw[start..at].trim());
                let length =
                    if between == Between::And { and_length(&raw[at..]) } else { c.len_utf8() };
                start = at + length;
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    found.push(raw.get(start..).unwrap_or_default().trim());
    if between != Between::Comma {
        found.retain(|part| !part.is_empty());
    }
    found
}

/// True where ` and ` begins here; another one may follow it at once.
fn is_and(rest: &str) -> bool {
    let word = rest.trim_start();
    let and = word.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("and"));
    and && word[3..].chars().next().is_none_or(char::is_whitespace)
}

/// Up to the end of the word, so that the blank behind it can begin the next one.
fn and_length(rest: &str) -> usize {
    rest.len() - rest.trim_start().len() + 3
}

fn ends_in_command(word: &str) -> bool {
    let name = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    name.len() < word.len() && name.ends_with('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Given names | particles | family name | suffix, `*` before a whole name.
    fn shown(raw: &str) -> String {
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        let show = |name: &Name| match name.script {
            Script::Latin => format!(
                "{}|{}|{}|{}",
                part(&name.given),
                part(&name.prefix),
                name.family,
                part(&name.suffix)
            ),
            Script::Han => format!("{}/{}", name.family, part(&name.given)),
            Script::Whole => format!("*{}", name.family),
        };
        let authors = list(raw);
        let mut names: Vec<String> = authors.names.iter().map(show).collect();
        if authors.more {
            names.push("...".into());
        }
        names.join("; ")
    }

    #[test]
    fn names_come_apart_as_in_bibtex() {
        for (raw, expected) in [
            ("Donald E. Knuth", "Donald E.||Knuth|"),
            ("Knuth, Donald E.", "Donald E.||Knuth|"),
            ("Freek van der Vet", "Freek|van der|Vet|"),
            ("van der Vet, Freek", "Freek|van der|Vet|"),
            ("King, Jr., Martin Luther", "Martin Luther||King|Jr."),
            (
                "de la Vall{\\'e}e Poussin, Charles Louis Xavier Joseph",
                "Charles Louis Xavier Joseph|de la|Vallée Poussin|",
            ),
            ("Charles Louis de la Vall{\\'e}e Poussin", "Charles Louis|de la|Vallée Poussin|"),
            (
                "Ludwig van Beethoven and {\\'E}tienne {\\O}re and others",
                "Ludwig|van|Beethoven|; Étienne||Øre|; ...",
            ),
            ("{Barnes and Noble, Inc.} and Ann Lee", "*Barnes and Noble, Inc.; Ann||Lee|"),
            ("{World Health Organization}", "*World Health Organization"),
            ("Plato", "||Plato|"),
            ("van der Vet", "|van der|Vet|"),
            ("Jean d'Alembert", "Jean|d'|Alembert|"),
            ("d'Alembert, Jean", "Jean|d'|Alembert|"),
            ("{hooks}, bell", "bell||hooks|"),
            ("{García de la Cruz}, M.", "M.||García de la Cruz|"),
            ("de {Ortega y Gasset}, J.", "J.|de|Ortega y Gasset|"),
            ("{张三} and 李四 and 欧阳修 and 王, 五", "张/三; 李/四; 欧阳/修; 五||王|"),
            ("{中国科学院}", "*中国科学院"),
            ("A AND B and and C", "||A|; ||B|; ||C|"),
            ("Anderson, Andy and Sandy Land", "Andy||Anderson|; Sandy||Land|"),
            ("family=Vet, given=Freek, prefix=van der", "Freek|van der|Vet|"),
            ("R{\\\"o}mer, A. and \\v{S}vec~B", "A.||Römer|; Švec||B|"),
            ("Ma\\ss mann, H.", "H.||Maßmann|"),
            ("a, b, c, d", "*a, b, c, d"),
            ("", ""),
            (" and ", ""),
            (", x", ""),
            ("O\\textbraceright{}Brien, A", "A||O}Brien|"),
            ("others", "..."),
            ("{others}", "*others"),
        ] {
            assert_eq!(shown(raw), expected, "{raw}");
        }
    }
}

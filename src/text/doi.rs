//! DOI names: found in any form, out bare. Syntax and encoding after the DOI Handbook (2.2
//! "Syntax of a DOI name"; appendix "DOI name encoding rules for URL presentation").

use std::fmt::Write;

use super::markup;
use super::plain::plain;

/// The DOI in a value that should be one, bare and in the case of the source; `None` where the
/// value is no DOI.
///
/// Takes the bare name, labels (`doi:10…`, `info:doi/10…`), addresses of doi.org and of
/// publishers, percent-encoding and entities. Off go stops, quotes and unbalanced brackets at
/// the end, and from addresses query, fragment and the word for a view (`/full`, `/pdf`).
pub fn doi(raw: &str) -> Option<String> {
    let text = plain(raw);
    if let Some(bare) = simple(&text) {
        return Some(bare);
    }
    let mut text = text.as_ref();
    let decoded;
    if let Some(at) = text.find('%').filter(|&at| !text[..at].contains("10.")) {
        // A whole address was encoded: https%3A%2F%2Fdoi.org%2F10.
        decoded = decode(&text[at..]).map(|tail| format!("{}{tail}", &text[..at]))?;
        text = &decoded;
    }
    let start = name_start(text, 1)?;
    let (before, name) = text.split_at(start);
    let name = first_word(name)?;
    if is_address(before) {
        from_address(before, name)
    } else {
        labelled(before).then(|| bare(name))?
    }
}

/// Another DOI in a value from which `first` was taken: `10.1109/x; 10.1109/y`.
pub fn second(raw: &str, first: &str) -> Option<String> {
    let parts = |c| matches!(c, ',' | ';' | '|' | ' ');
    if raw == first && !raw.contains(parts) {
        return None;
    }
    let starts = |part: &str| {
        part.len() <= first.len()
            && first.as_bytes()[..part.len()].eq_ignore_ascii_case(part.as_bytes())
    };
    // The parts of a SICI are no DOIs, or the beginning of the first.
    let parts = raw.split(parts).filter(|part| part.contains("10."));
    parts.filter_map(doi).find(|found| !starts(found))
}

/// What was cut off behind `first`, which was taken from a value, where it says more than tags do,
/// `<b>y` of `10.1000/x<b>y`, or may be a part that was torn off: `2018.1` of `10.1000/x. 2018.1`. The DOI may
/// be another one then.
pub fn cut_off(raw: &str, first: &str) -> Option<String> {
    let cuts = |b: u8| b <= b' ' || !b.is_ascii() || matches!(b, b'<' | b'&' | b'%');
    if !raw.bytes().any(cuts) {
        return None;
    }
    let text = decode(&plain(raw))?;
    let at = text.find(first)? + first.len();
    let rest = &text[at..];
    if let Some(torn) =
        rest.trim_start_matches(['.', ',', ';']).strip_prefix(' ').filter(|t| may_be_torn(t))
    {
        return Some(torn.to_owned());
    }
    let rest = rest.split(' ').next().unwrap_or_default();
    let says = |text: &str| markup::to_text(text).text.plain().contains(char::is_alphanumeric);
    (rest.starts_with('<') && says(rest)).then(|| rest.to_owned())
}

/// True for what can be a part of a name behind a blank: it holds no blanks, it begins with a digit or with
/// brackets around digits, and it is not just a year or a volume.
fn may_be_torn(text: &str) -> bool {
    let begins = text.trim_start_matches('(').starts_with(|c: char| c.is_ascii_digit());
    let signs = |c: char| matches!(c, '.' | '-' | '/' | ')');
    let inner = text.trim_matches(|c: char| "().,;".contains(c));
    begins && !text.contains(' ') && inner.contains(signs) && !inner.contains("10.")
}

/// The longest word of loose text that is looked at, in bytes.
const LONGEST: usize = 2000;

/// The first DOI in loose text such as `Pub Date : 2010-11-01DOI: 10.1109/…`. The registrant
/// must have four digits at least, so that `10.5/3 mg` is none.
pub fn find_in(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some(start) = name_start(rest, 4) {
        let head = &rest[..start];
        // Nothing longer than this stands before the DOI in an address.
        let from = head.char_indices().rev().take(200).find(|(_, c)| ends_name(*c));
        let before = &head[from.map_or(0, |(at, c)| at + c.len_utf8())..];
        let name = &rest[start..];
        // A longer word is no DOI; without the limit hostile text would be read many times.
        let length = name.char_indices().take(LONGEST).find(|(_, c)| ends_name(*c));
        let length = length.map(|(at, _)| at).or((name.len() <= LONGEST).then_some(name.len()));
        let word = plain(&name[..length.unwrap_or(0)]);
        let found = if is_address(before) { from_address(before, &word) } else { bare(&word) };
        if found.is_some() {
            return found;
        }
        rest = &rest[start + 3..];
    }
    None
}

/// True where two DOIs are the same name: they are compared without the case of ASCII letters
/// (DOI Handbook 2.4).
pub fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// The address of a DOI: `https://doi.org/` and the name, with the characters encoded that the
/// handbook's tables list (mandatory and recommended), and all that is not ASCII.
pub fn url_of(doi: &str) -> String {
    const ENCODED: &[u8] = b"%\"# ?<>{}^[]`|\\+";
    let mut url = String::with_capacity(16 + doi.len());
    url.push_str("https://doi.org/");
    for (at, byte) in doi.bytes().enumerate() {
        // `/./` and `/../` would be taken for steps in a path.
        let after_dots = byte == b'/' && (doi[..at].ends_with("/.") || doi[..at].ends_with("/.."));
        if after_dots || ENCODED.contains(&byte) || !byte.is_ascii_graphic() {
            let _ = write!(url, "%{byte:02X}");
        } else {
            url.push(char::from(byte));
        }
    }
    url
}

/// The usual bare name, which needs no work: `10.1049/sfw2.12091`.
pub(super) fn simple(text: &str) -> Option<String> {
    let (prefix, suffix) = text.split_once('/')?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'/');
    let fits = is_prefix(prefix)
        && suffix.bytes().all(plain)
        && suffix.ends_with(|c: char| c.is_ascii_alphanumeric());
    fits.then(|| text.to_owned())
}

/// `10.` and digits, with optional further groups of digits: `10.1000.10`.
fn is_prefix(prefix: &str) -> bool {
    let group = |g: &str| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit());
    prefix.strip_prefix("10.").is_some_and(|registrant| registrant.split('.').all(group))
}

/// Where the first `10.1234/` (or `10.1234%2F`) begins that is no part of a longer number or
/// word, its registrant having `least` digits.
fn name_start(text: &str, least: usize) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text[from..].find("10.") {
        let at = from + found;
        let tail = &text[at + 3..];
        let registrant = |b: &u8| b.is_ascii_digit() || *b == b'.';
        let length = tail.bytes().take(40).take_while(registrant).count();
        let digits = tail.bytes().take(40).take_while(u8::is_ascii_digit).count();
        let slash = &tail[length..];
        let slashed = slash.starts_with('/')
            || slash.starts_with("\\/")
            || slash.get(..3).is_some_and(|s| s.eq_ignore_ascii_case("%2f"));
        if digits >= least && slashed && begins_name(&text[..at]) {
            return Some(at);
        }
        from = at + 3;
    }
    None
}

fn begins_name(before: &str) -> bool {
    let ends = |word: &str| {
        let tail = before.len().checked_sub(word.len()).and_then(|at| before.get(at..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(word))
    };
    let word = before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
    // Behind `//` it is the address of a machine.
    !ends("//") && (!word || ["doi", "doi.", "%2f", "%3d", "%3a", "%20"].iter().any(|w| ends(w)))
}

/// The name up to the first blank. What follows must be another matter (`. Epub 2018`,
/// `[doi]`); a name that was torn apart is none.
fn first_word(name: &str) -> Option<&str> {
    let Some((word, rest)) = name.split_once(' ') else { return Some(name) };
    (word.ends_with(['.', ',', ';']) || rest.starts_with(['[', '('])).then_some(word)
}

/// Characters that end a DOI in loose text: blanks, quotes, and Chinese with its punctuation.
fn ends_name(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '"' | '“' | '”' | '«' | '»' | '\u{2E80}'..)
}

fn is_address(before: &str) -> bool {
    let host = before.split('/').next().unwrap_or(before);
    let bare_host = host.contains('.') && host.len() < before.len() && !host.contains(' ');
    before.contains("://") || bare_host
}

/// True where nothing but the word DOI stands before the name.
fn labelled(before: &str) -> bool {
    let letters = before.chars().filter(|c| c.is_alphanumeric()).take(32);
    let letters: String = letters.flat_map(char::to_lowercase).collect();
    const LABELS: [&str; 6] =
        ["", "doi", "infodoi", "urndoi", "digitalobjectidentifier", "digitalobjectidentifierdoi"];
    LABELS.contains(&letters.as_str())
}

/// The name in an address, from where it begins there.
fn from_address(before: &str, name: &str) -> Option<String> {
    let host = before.rsplit_once("://").map_or(before, |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or(host).to_ascii_lowercase();
    let query = before.contains('?');
    // The check character of a SICI can be a `#` that nobody encoded.
    let hash = name.find('#').filter(|&at| !(name[..at].ends_with(";2-") && name.len() == at + 1));
    let name = &name[..hash.unwrap_or(name.len())];
    let name = name.split(if query { '&' } else { '?' }).next().unwrap_or(name);
    if matches!(host.as_str(), "doi.org" | "dx.doi.org" | "www.doi.org") {
        return bare(name);
    }
    let name = decode(name)?;
    bare(without_view(&host, &name))
}

/// Takes off what publishers put behind the DOI in their addresses.
fn without_view<'a>(host: &str, name: &'a str) -> &'a str {
    const VIEWS: [&str; 19] = [
        "/full",
        "/pdf",
        "/abstract",
        "/abs",
        "/epdf",
        "/full/html",
        "/full/pdf",
        "/html",
        "/epub",
        "/fulltext",
        "/summary",
        "/meta",
        "/references",
        "/citations",
        "/tables",
        "/figures",
        "/pdfdirect",
        ".pdf",
        ".html",
    ];
    let mut name = name.split("/suppl_file").next().unwrap_or(name).trim_end_matches('/');
    while let Some(view) =
        VIEWS.iter().find(|view| name.len() > view.len() && name.ends_with(**view))
    {
        name = &name[..name.len() - view.len()];
    }
    let cut = |name: &'a str, before: char| {
        let (head, tail) = name.rsplit_once(before)?;
        (!tail.is_empty() && tail.bytes().all(|b| b.is_ascii_digit())).then_some(head)
    };
    if host.ends_with("biorxiv.org") || host.ends_with("medrxiv.org") {
        // …/10.1101/2020.01.01.123456v1.full: the version is no part of the DOI.
        name = name.strip_suffix(".full").unwrap_or(name);
        return cut(name, 'v').unwrap_or(name);
    }
    if host.ends_with("academic.oup.com") {
        // …/doi/10.1093/brain/awz001/5304003: the number of the page.
        return cut(name, '/').filter(|head| head.matches('/').count() > 1).unwrap_or(name);
    }
    name
}

/// Decodes, cuts off what is not of the name, and checks the syntax.
fn bare(name: &str) -> Option<String> {
    let mut name = before_second(decode(name)?);
    // Cutting can leave half a tag behind, or text where what was cut off could not be decoded; a name
    // that is not clean after a few rounds is none.
    let mut rounds = 0..6;
    loop {
        rounds.next()?;
        let cut = before_second(decode(trim_end(before_tag(&name)))?);
        if cut == name {
            break;
        }
        name = cut;
    }
    let (prefix, suffix) = name.split_once('/')?;
    let printable = |c: char| !c.is_whitespace() && !c.is_control();
    (is_prefix(prefix) && !suffix.is_empty() && suffix.chars().all(printable)).then_some(name)
}

/// Cuts where a second DOI begins behind a comma or semicolon, and takes the backslashes away that JSON
/// may put before a slash and careless readers leave there.
fn before_second(mut name: String) -> String {
    while name.contains("\\/") {
        name = name.replace("\\/", "/");
    }
    let second = |at: usize| {
        let rest = &name[at + 1..];
        rest.starts_with("10.") && name_start(&rest[..rest.floor_char_boundary(60)], 4) == Some(0)
    };
    if let Some((at, _)) = name.match_indices([',', ';', '|']).find(|&(at, _)| second(at)) {
        name.truncate(at);
    }
    name
}

/// Cuts at an HTML tag and where none ends, but not at the `<1381::AID-JCLP6>` of a SICI, the `<0217:ROT>`
/// of the American Meteorological Society or a `<1&2>`: no tag begins with a digit or holds a colon.
fn before_tag(name: &str) -> &str {
    let mut from = 0;
    while let Some(found) = name[from..].find('<') {
        let at = from + found;
        let inner = name[at + 1..].split('>').next().unwrap_or("");
        let tag = inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?'));
        let tag = tag && !inner.contains(':') || inner.is_empty() || inner.starts_with('/');
        if tag || inner.len() == name.len() - at - 1 {
            return &name[..at];
        }
        from = at + 1 + inner.len();
    }
    name
}

/// Takes stops, quotes, slashes and unbalanced brackets off the end.
fn trim_end(name: &str) -> &str {
    const PAIRS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')];
    let count = |c: char| name.matches(c).count() as isize;
    let mut surplus = PAIRS.map(|(open, close)| count(close) - count(open));
    let mut name = name;
    while let Some(last) = name.chars().next_back() {
        let stop = matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '/' | '\'' | '"' | '`')
            || matches!(last, '‘'..='”' | '»' | '。' | '、' | '》' | '」' | '】' | '…');
        let opening = PAIRS.iter().position(|&(open, _)| open == last);
        let closing = PAIRS.iter().position(|&(_, close)| close == last);
        if let Some(kind) = opening {
            surplus[kind] += 1;
        } else if let Some(kind) = closing.filter(|&kind| surplus[kind] > 0) {
            surplus[kind] -= 1;
        } else if !stop {
            break;
        }
        name = &name[..name.len() - last.len_utf8()];
    }
    name
}

/// Percent-decodes until nothing is left to decode (`%253C` is `<` encoded twice; no DOI is
/// known to hold a `%`), from the end so that one pass is enough. What does not become text
/// stays as it is.
fn decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut stack: Vec<u8> = Vec::with_capacity(text.len());
    for byte in text.bytes().rev() {
        stack.push(byte);
        while let [.., low, high, b'%'] = stack[..] {
            let Some(byte) = hex(high, low) else { break };
            stack.truncate(stack.len() - 3);
            stack.push(byte);
        }
    }
    stack.reverse();
    let decoded = String::from_utf8(stack).ok().or_else(|| decode_in_part(text))?;
    // Encoded entities, as in 10.1002/…%26lt;1381.
    Some(plain(&decoded).into_owned())
}

/// Decodes as often as what comes out is text: `%25A2` is the `%A2` that it was made of.
fn decode_in_part(text: &str) -> Option<String> {
    const TIMES: usize = 6;
    let mut text = text.to_owned();
    for _ in 0..TIMES {
        let mut once = Vec::with_capacity(text.len());
        let mut rest = text.as_bytes();
        while let [byte, tail @ ..] = rest {
            let decoded = match rest {
                [b'%', high, low, tail @ ..] => hex(*high, *low).map(|byte| (byte, tail)),
                _ => None,
            };
            let (byte, tail) = decoded.unwrap_or((*byte, tail));
            once.push(byte);
            rest = tail;
        }
        match String::from_utf8(once) {
            Ok(once) => text = once,
            Err(_) => return Some(text),
        }
    }
    None
}

/// The byte that two hexadecimal digits say.
fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |b: u8| char::from(b).to_digit(16).map(|d| d as u8);
    Some(digit(high)? * 16 + digit(low)?)
}

#[cfg(test)]
mod tests;

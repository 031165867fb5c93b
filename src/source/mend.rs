//! Mends the JSON of records that pages have damaged.

use super::limits::Limits;

/// What came of mending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mend {
    /// The record with its faults mended, and the bytes of the input that it took.
    Mended(Vec<u8>, usize),
    /// The text ends before the record does.
    Unfinished,
    /// Nothing had to be mended, or mending would not make a record of it.
    Not,
}

/// Mends the faults that pages make in the record that begins here: raw control characters in
/// strings (a page that was wrapped or copied: line ends and tabs become blanks), half surrogates (a text that was cut in the middle
/// of a character), backslashes before signs that JSON does not escape (LaTeX). Between strings, blanks that
/// are none of JSON (a page that was copied), comments, and `NaN` and `Infinity` (Python's `json.dumps`), which
/// say nothing.
pub fn mend(json: &[u8]) -> Mend {
    let mut out = Vec::with_capacity(json.len().min(1 << 16));
    let (mut depth, mut in_string, mut mended) = (0usize, false, false);
    let (mut start, mut names) = (0, None);
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        at += 1;
        match byte {
            b'\\' if in_string => {
                let Some((taken, changed)) = escape(&json[at..], &mut out) else {
                    return Mend::Unfinished;
                };
                at += taken;
                mended |= changed;
                continue;
            }
            // Where a string was cut off, the quote that seems to end it begins another one.
            b'"' if in_string && !may_end(&json[at..]) => return Mend::Not,
            b'"' => {
                in_string = !in_string;
                (start, names) = (at, None);
            }
            b'\n' | b'\r' | b'\t' if in_string => {
                let names = *names.get_or_insert_with(|| is_line_by_line(&json[start..]));
                match byte {
                    b'\n' if names => out.extend(b"\\n"),
                    _ if out.ends_with(b" ") => {}
                    _ => out.push(b' '),
                }
                mended = true;
                continue;
            }
            0..=0x1F if in_string => {
                out.extend(format!("\\u{byte:04x}").bytes());
                mended = true;
                continue;
            }
            _ if in_string => {}
            // Deeper is no record, and braces without end are not looked at again and again.
            b'{' | b'[' if depth == Limits::MAX_DEPTH => return Mend::Not,
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return Mend::Not,
            b'}' | b']' => depth -= 1,
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => {}
            b'N' | b'I' | b'-' if let Some(length) = no_number(&json[at - 1..]) => {
                out.extend(b"null");
                at += length - 1;
                mended = true;
                continue;
            }
            b'0'..=b'9' | b'-' | b'+' | b'.' | b'a'..=b'z' | b'E' => {}
            _ => match gap(&json[at - 1..]) {
                0 if is_cut(&json[at - 1..]) => return Mend::Unfinished,
                0 => return Mend::Not,
                length => {
                    at += length - 1;
                    mended = true;
                    continue;
                }
            },
        }
        out.push(byte);
        if depth == 0 {
            return if mended { Mend::Mended(out, at) } else { Mend::Not };
        }
    }
    Mend::Unfinished
}

/// The length of one of [`NO_NUMBERS`].
fn no_number(text: &[u8]) -> Option<usize> {
    NO_NUMBERS.iter().find(|name| text.starts_with(name.as_bytes())).map(|name| name.len())
}

/// How many bytes at the beginning are blanks and comments, as they stand between the signs of JSON in pages.
pub fn blanks(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        match gap(&text[at..]) {
            0 => return at,
            length => at += length,
        }
    }
}

/// The length of one of them.
fn gap(text: &[u8]) -> usize {
    let blank = || BLANKS.iter().find(|blank| text.starts_with(blank.as_bytes()));
    match text.first() {
        Some(b' ' | b'\t' | b'\r' | b'\n') => 1,
        Some(b'/' | b'#') => comment(text),
        _ => blank().map_or(0, |blank| blank.len()),
    }
}

/// The no-break, ideographic and zero-width blanks that copied text has in the place of those of JSON.
const BLANKS: [&str; 4] = ["\u{A0}", "\u{3000}", "\u{200B}", "\u{FEFF}"];

/// What Python writes for numbers that are none.
const NO_NUMBERS: [&str; 3] = ["NaN", "Infinity", "-Infinity"];

/// The longest comment that is passed over.
const LONGEST: usize = 120;

/// True for the beginning of what can stand between the signs of JSON, where the text ends in it.
fn is_cut(text: &[u8]) -> bool {
    let mut whole = BLANKS.iter().chain(&NO_NUMBERS);
    let comment = matches!(text, [b'#', ..] | [b'/'] | [b'/', b'/' | b'*', ..]);
    comment && text.len() < LONGEST || whole.any(|whole| whole.as_bytes().starts_with(text))
}

/// The length of a comment, as far as it is a short one.
fn comment(text: &[u8]) -> usize {
    let text = &text[..text.len().min(LONGEST)];
    let end = match text {
        [b'/', b'/', ..] | [b'#', ..] => memchr::memchr(b'\n', text),
        [b'/', b'*', rest @ ..] => memchr::memmem::find(rest, b"*/").map(|at| at + 4),
        _ => None,
    };
    end.unwrap_or(0)
}

/// True for a string with a name on each line: nothing else parts them, and no line holds half a name.
fn is_line_by_line(string: &[u8]) -> bool {
    let end = memchr::memchr_iter(b'"', string).find(|at| !string[..*at].ends_with(b"\\"));
    let text = String::from_utf8_lossy(&string[..end.unwrap_or(string.len())]);
    let mut lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
    let whole = |line: &str| line.contains(' ') || !line.is_ascii();
    !text.contains([',', ';', '，', '；', '、', '|']) && lines.all(whole)
}

/// True where a string can end before this.
fn may_end(rest: &[u8]) -> bool {
    let next = &rest[blanks(rest)..];
    is_cut(next) || next.first().is_none_or(|b| matches!(b, b':' | b',' | b'}' | b']'))
}

/// Copies what stands behind a backslash, mended. Gives the bytes taken, and whether they changed.
fn escape(rest: &[u8], out: &mut Vec<u8>) -> Option<(usize, bool)> {
    match rest.first()? {
        b'u' => {
            let unit = hex(rest.get(1..5)?);
            let next = rest.get(5..11).filter(|n| n.starts_with(b"\\u")).and_then(|n| hex(&n[2..]));
            match (unit, next) {
                (None, _) => {
                    out.extend(b"\\\\");
                    Some((0, true))
                }
                (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => {
                    out.push(b'\\');
                    out.extend(&rest[..11]);
                    Some((11, false))
                }
                (Some(0xD800..=0xDFFF), _) => {
                    out.extend(b"\\ufffd");
                    Some((5, true))
                }
                (Some(_), _) => {
                    out.push(b'\\');
                    out.extend(&rest[..5]);
                    Some((5, false))
                }
            }
        }
        &known @ (b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
            out.extend([b'\\', known]);
            Some((1, false))
        }
        _ => {
            out.extend(b"\\\\");
            Some((0, true))
        }
    }
}

/// The number that some hexadecimal digits write.
pub fn hex(digits: &[u8]) -> Option<u32> {
    let all = digits.iter().all(u8::is_ascii_hexdigit);
    let digits = std::str::from_utf8(digits).ok().filter(|_| all)?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::{Mend, mend};

    #[test]
    fn what_pages_damage_is_mended() {
        for (json, expected) in [
            ("{\"a\":\"x\ny\"} rest", Some("{\"a\":\"x y\"}")),
            ("{\"a\":\"A B, C\r\n\tD \nE\"}", Some("{\"a\":\"A B, C D E\"}")),
            ("{\"a\":\"A B\r\nC D\"}", Some("{\"a\":\"A B \\nC D\"}")),
            (
                "{\"a\":\"张三\n李四\",\"b\":\"x\ny\"}",
                Some("{\"a\":\"张三\\n李四\",\"b\":\"x y\"}"),
            ),
            ("{\"a\":\"A B\tC\"}", Some("{\"a\":\"A B C\"}")),
            ("{\"a\":\"x\u{0}y\u{1}\"}", Some("{\"a\":\"x\\u0000y\\u0001\"}")),
            ("{\"a\":\"\\ud83d\"}", Some("{\"a\":\"\\ufffd\"}")),
            ("{\"a\":\"\\udc00x\"}", Some("{\"a\":\"\\ufffdx\"}")),
            ("{\"a\":\"\\sigma {\"}", Some("{\"a\":\"\\\\sigma {\"}")),
            ("{\"a\":\"\\upsilon\"}", Some("{\"a\":\"\\\\upsilon\"}")),
            (
                "{ // why\n\"a\":NaN, /* { */\"b\":-Infinity,\u{A0}\u{3000}\"c\":\"d\"\u{A0}# e\n}",
                Some("{ \n\"a\":null, \"b\":null,\"c\":\"d\"\n}"),
            ),
            ("{\"a\":N}", None),
            ("{\"a\":1 / 2}", None),
            ("{\"a\":\"\\ud83d\\ude00\"}", None), // nothing to mend
            ("{\"a\":\"x", None),
            ("}", None),
            ("", None),
        ] {
            let found = match mend(json.as_bytes()) {
                Mend::Mended(out, _) => Some(String::from_utf8(out).unwrap()),
                _ => None,
            };
            assert_eq!(found.as_deref(), expected, "{json}");
        }
        assert!(matches!(mend(b"{\"a\":\"x\ty\"} rest"), Mend::Mended(_, 11)));
        assert_eq!(mend(b"{\"a\":\"x\n"), Mend::Unfinished);
        assert_eq!(mend(b"{\"a\":\"x\n{\"title\":\"y\"}"), Mend::Not);
    }
}

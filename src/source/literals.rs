//! Objects of JavaScript and Python that say what a record says: `{title: "…", doi: "…"}`,
//! `{'title': '…', 'authors': None}`. Their values can be names and expressions, so that nobody reads them; they
//! must not be lost for that.

use memchr::memmem;

/// An object that says of a work its title, and who wrote it or its DOI.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal<'t> {
    /// Where its brace stands.
    pub at: usize,
    /// Its title, as it stands there.
    pub title: &'t str,
    /// Its DOI, as it stands there.
    pub doi: Option<&'t str>,
}

/// True where one stands in a text.
pub fn stand_in(text: &[u8]) -> bool {
    let has = |name: &str| memmem::find(text, name.as_bytes()).is_some();
    let may = (has("title") || has("TitleCN")) && (has("authors") || has("doi"));
    may && !all(&String::from_utf8_lossy(text)).is_empty()
}

/// Those in a text, as they end. Objects of JSON are none.
pub fn all(text: &str) -> Vec<Literal<'_>> {
    let mut walk = Walk { text, open: Vec::new(), found: Vec::new(), last: 0 };
    let mut at = 0;
    while let Some(&sign) = text.as_bytes().get(at) {
        at = walk.step(sign, at);
    }
    walk.found
}

/// An object that is open.
struct Open<'t> {
    at: usize,
    title: Option<&'t str>,
    doi: Option<&'t str>,
    authors: bool,
}

struct Walk<'t> {
    text: &'t str,
    open: Vec<Open<'t>>,
    found: Vec<Literal<'t>>,
    /// The sign before, blanks aside.
    last: u8,
}

impl<'t> Walk<'t> {
    /// Takes what stands at a place; the place behind it.
    fn step(&mut self, sign: u8, at: usize) -> usize {
        let mut end = at + 1;
        match sign {
            b'{' => self.open.push(Open { at, title: None, doi: None, authors: false }),
            b'}' => {
                let literal = self.open.pop().and_then(Open::literal);
                self.found.extend(literal);
            }
            _ if self.open.is_empty() || sign.is_ascii_whitespace() => return end,
            b'"' | b'\'' | b'`' => {
                let string = string(&self.text[at..]);
                end = at + string.map_or_else(|length| length, |text| text.len() + 2);
                if let (Ok(name), b'\'' | b'`') = (string, sign) {
                    self.member(name, end);
                }
            }
            _ if is_part(&sign) => {
                let part = self.text.as_bytes()[at..].iter().take_while(|b| is_part(b));
                end = at + part.count();
                self.member(&self.text[at..end], end);
            }
            _ => {}
        }
        self.last = sign;
        end
    }

    /// Takes a member whose name ends at `end`, if it is one.
    fn member(&mut self, name: &str, end: usize) {
        let value = self.text[end..].trim_start().strip_prefix(':').map(str::trim_start);
        let (Some(open), Some(value), b'{' | b',') = (self.open.last_mut(), value, self.last)
        else {
            return;
        };
        let said = string(value).ok().filter(|text| !text.trim().is_empty());
        match name {
            "title" | "TitleCN" => open.title = open.title.or(said),
            "doi" => open.doi = open.doi.or(said.filter(|text| text.contains("10."))),
            "authors" => open.authors |= said.is_some() || value.starts_with('['),
            _ => {}
        }
    }
}

impl<'t> Open<'t> {
    fn literal(self) -> Option<Literal<'t>> {
        let Open { at, title, doi, authors } = self;
        let title = title.filter(|_| authors || doi.is_some())?;
        Some(Literal { at, title, doi })
    }
}

/// A part of a name that stands without quotes.
fn is_part(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$')
}

/// What stands between the quotes at the beginning; how far it was looked for where they do not close on
/// their line.
fn string(text: &str) -> Result<&str, usize> {
    let bytes = text.as_bytes();
    let quote = *bytes.first().filter(|byte| b"\"'`".contains(byte)).ok_or(1usize)?;
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            _ if byte == quote => return Ok(&text[1..at]),
            b'\n' if quote != b'`' => return Err(at),
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii) => at += 2,
            _ => at += 1,
        }
    }
    Err(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_enough_is_seen_and_no_other_object_is() {
        for (text, expected) in [
            ("x={title:\"A\",authors:\"B\"}", Some((2, "A", None))),
            (
                "{'doi': '10.1/a', 'title' : \"It's {A}\", 'n': None}",
                Some((0, "It's {A}", Some("10.1/a"))),
            ),
            ("{id:1,\n title:`A\nB`, authors:[{name:\"B\"}]}", Some((0, "A\nB", None))),
            (
                "{list:[{title:'A\\'s',doi:'https://doi.org/10.1/a'}]}",
                Some((7, "A\\'s", Some("https://doi.org/10.1/a"))),
            ),
            ("don't {TitleCN:'甲',authors:'乙'}", Some((6, "甲", None))),
            ("{title:\"\",authors:\"\",doi:\"\"}", None),
            ("{title:e.title,authors:e.authors,doi:\"10.1/a\"}", None),
            ("{title:\"Home\",url:\"/\"}", None),
            ("{title:\"A\",meta:{authors:\"B\"}}", None),
            ("{\"title\":\"A\",\"authors\":\"B\",\"doi\":\"10.1/a\"}", None),
            ("f(title:\"A\",doi:\"10.1/a\") {a ? title : \"A\", b ? doi : \"10.1/a\"}", None),
            ("{title:\"A\",authors:\"B\"", None),
            ("{title:'A\n,authors:'B'}", None),
            ("}{'é'", None),
        ] {
            let found = all(text);
            let first = found.first().map(|one| (one.at, one.title, one.doi));
            assert_eq!(first, expected, "{text}");
            assert_eq!(stand_in(text.as_bytes()), expected.is_some(), "{text}");
        }
    }

    #[test]
    fn any_text_takes_linear_time() {
        for part in ["{a:", "{'", "{a:'\\'", "{,a", "{a:`", "},{"] {
            all(&part.repeat(1 << 18));
        }
    }
}

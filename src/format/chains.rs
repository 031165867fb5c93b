//! How long the chains in a template are. The engine takes `a|b|c` and `{% elif %}` apart by a call for
//! each link, and a chain without end would use up its thread's stack.

use super::template_error::TemplateError;

/// How many links may hang on each other: half of what a stack of 2 MB takes where nothing is optimised.
const MOST: usize = 400;

/// Refuses a template with a chain that is too long.
pub fn check_template(name: &str, template: &str) -> Result<(), TemplateError> {
    // The `elif`s of each `if` that is open: each stands within the one before.
    let mut elifs = vec![0];
    for tag in (Tags { text: template, at: 0 }) {
        match tag.word {
            "if" => elifs.push(0),
            "elif" => *elifs.last_mut().unwrap_or(&mut 0) += 1,
            "endif" if elifs.len() > 1 => drop(elifs.pop()),
            _ => {}
        }
        if elifs.iter().sum::<usize>() + tag.links > MOST {
            let line = template[..tag.start].matches('\n').count() + 1;
            return Err(too_long(name, line));
        }
    }
    Ok(())
}

/// Refuses an expression with a chain that is too long.
pub fn check_expression(name: &str, expression: &str) -> Result<(), TemplateError> {
    let (_, links) = inside(expression, None);
    if links > MOST { Err(too_long(name, 1)) } else { Ok(()) }
}

fn too_long(name: &str, line: usize) -> TemplateError {
    let message = format!(
        "more than {MOST} operators, filters or `elif`s hang on each other; cut them into parts, as with \
         `{{% set part = … %}}`"
    );
    TemplateError { template: name.to_owned(), line: Some(line), message, fatal: true }
}

/// A tag `{{ … }}` or `{% … %}`.
struct Tag<'a> {
    /// Where it begins.
    start: usize,
    /// Its first word where it is a `{% … %}`.
    word: &'a str,
    /// The links of the longest chain in it.
    links: usize,
}

/// The tags of a template, without those in comments and in `{% raw %}`.
struct Tags<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let start = self.at + self.text[self.at..].find('{')?;
            let rest = &self.text[start + 1..];
            self.at = start + 1;
            let end = match rest.as_bytes().first() {
                Some(b'{') => "}}",
                Some(b'%') => "%}",
                Some(b'#') => {
                    self.at += rest.find("#}").map_or(rest.len(), |at| at + 2);
                    continue;
                }
                _ => continue,
            };
            let (length, links) = inside(&rest[1..], Some(end));
            let word = if end == "%}" { first_word(&rest[1..]) } else { "" };
            self.at = (start + 2 + length + end.len()).min(self.text.len());
            if word == "raw" {
                self.skip_raw();
            }
            return Some(Tag { start, word, links });
        }
    }
}

impl Tags<'_> {
    /// Goes on behind the next `{% endraw %}`.
    fn skip_raw(&mut self) {
        let text = self.text;
        let mut tags = text[self.at..].match_indices("{%").map(|(at, _)| self.at + at + 2);
        self.at = tags.find(|at| first_word(&text[*at..]) == "endraw").unwrap_or(text.len());
    }
}

/// The first word of a `{% … %}`.
fn first_word(inside: &str) -> &str {
    let inside = inside.strip_prefix(['-', '+']).unwrap_or(inside).trim_ascii_start();
    let end = inside.bytes().position(|b| !is_of_word(b)).unwrap_or(inside.len());
    &inside[..end]
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// How long the inside of a tag is, up to its `end`, and how many links its longest chain has.
fn inside(text: &str, end: Option<&str>) -> (usize, usize) {
    let bytes = text.as_bytes();
    // The links of the chain at hand in each bracket that is open.
    let mut chains = Chains { levels: vec![0], sum: 0, most: 0 };
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if chains.levels.len() == 1 && end.is_some_and(|end| rest.starts_with(end.as_bytes())) {
            break;
        }
        at += match rest[0] {
            quote @ (b'"' | b'\'') => string(rest, quote),
            byte if is_of_word(byte) => {
                let length = rest.iter().position(|b| !is_of_word(*b)).unwrap_or(rest.len());
                if matches!(&rest[..length], b"and" | b"or" | b"not" | b"is" | b"if" | b"else") {
                    chains.link();
                }
                length
            }
            byte => {
                chains.sign(byte);
                1
            }
        };
    }
    (at.min(bytes.len()), chains.most)
}

/// The length of a string with its quotes.
fn string(text: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < text.len() && text[at] != quote {
        at += if text[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

struct Chains {
    levels: Vec<usize>,
    /// The links of all levels.
    sum: usize,
    /// The largest sum.
    most: usize,
}

impl Chains {
    fn link(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            *level += 1;
            self.sum += 1;
        }
        self.most = self.most.max(self.sum);
    }

    fn sign(&mut self, sign: u8) {
        match sign {
            b'(' | b'[' | b'{' => {
                self.link();
                self.levels.push(0);
            }
            b')' | b']' | b'}' if self.levels.len() > 1 => {
                self.sum -= self.levels.pop().unwrap_or_default();
            }
            // The members of a list do not hang on each other.
            b',' => self.sum -= self.levels.last_mut().map(std::mem::take).unwrap_or_default(),
            b'.' | b'|' | b'~' | b'+' | b'-' | b'*' | b'/' | b'%' => self.link(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::format::{Expression, FORMATS, Renderer};

    /// Every way to a chain: what stands before it, a link, what stands behind.
    const CHAINS: [(&str, &str, &str); 21] = [
        ("{{ entry.title", "|d", " }}"),
        ("{{ entry.title", "|d('}}')", " }}"),
        ("{{ 1", "+1", " }}"),
        ("{{ 1", "**1", " }}"),
        ("{{ 1", "//1", " }}"),
        ("{{ 1", " ~ 1", " }}"),
        ("{{ 1", " and 1", " }}"),
        ("{{ 1", " or 1", " }}"),
        ("{{ ", "-", "1 }}"),
        ("{{ ", "not ", "1 }}"),
        ("{{ entry", ".a", " }}"),
        ("{{ entry", "[0]", " }}"),
        ("{{ entry", "(1, 2)", " }}"),
        ("{{ 1", " is odd", " }}"),
        ("{{ 1", " if 1 else 1", " }}"),
        ("{{ 1", " if 1", " }}"),
        ("{% set a", ".a", " = 1 %}"),
        ("{{ {'a': '}}'", " ~ 1", "} }}"),
        ("{% filter upper", "|d", " %}a{% endfilter %}"),
        ("{% if 1 %}", "{% elif 1 %}", "{% endif %}"),
        ("{% raw %}{{ '{%+ endraw %}{{ 1", "+1", " }}"),
    ];

    /// Makes a renderer on the smallest stack that threads usually have; what went wrong.
    fn made(template: String) -> String {
        let make = move || Renderer::new(&FORMATS[0], "t", template).err();
        let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(make).unwrap();
        thread.join().unwrap().map(|e| e.to_string()).unwrap_or_default()
    }

    #[test]
    fn chains_that_would_use_up_the_stack_are_refused() {
        // What the engine bounds itself can stand around them.
        let (ifs, ends) = ("{% if 1 %}".repeat(70), "{% endif %}".repeat(70));
        let (open, close) = (format!("{{{{ {}", "-(".repeat(70)), ")".repeat(70) + " }}");
        for (before, link, after) in CHAINS {
            for links in [450, 100_000] {
                let error = made(format!("\n{before}{}{after}", link.repeat(links)));
                assert!(error.starts_with("t:2: more than 400 "), "{before}{link}: {error}");
            }
            let signs = link.matches(['.', '|', '(', '[', '+', '-', '*', '/']).count();
            let fits = link.repeat(240 / signs.max(if link.contains("else") { 2 } else { 1 }));
            let nested = before.starts_with("{{ ");
            let before = if nested { before.replacen("{{ ", &open, 1) } else { before.to_owned() };
            let after = if nested { after.replace(" }}", &close) } else { after.to_owned() };
            let error = made(format!("{ifs}{before}{fits}{after}{ends}"));
            assert!(!error.contains("more than 400"), "{before}{link}: {error}");
        }
    }

    #[test]
    fn a_long_expression_is_refused_and_long_lists_are_not() {
        let error = Expression::new(&format!("1{}", " ~ 1".repeat(16_000))).err().unwrap();
        assert!(error.to_string().starts_with("--key-template:1: more than 400 "), "{error}");
        let list = "'a-b': [1.5, '}}', \"it\\\"s\"], ".repeat(2_000);
        assert_eq!(made(format!("{{% set list = {{ {list} }} %}}{{{{ entry.title }}}}")), "");
        assert_eq!(made("{{ entry.title|upper }}{# {{ #}{% if 1 %}{% endif %}".repeat(900)), "");
        let raw = "{% raw %}{{ it's {% x {%- endraw -%}";
        assert_eq!(made(raw.repeat(900) + &"{{ 1 - 1 }}".repeat(900)), "");
    }
}

//! Markup that was encoded once too often: `&lt;i&gt;Escherichia coli&lt;/i&gt;`.
//!
//! An encoded tag is markup only where it is one of a pair that styles something; alone it is
//! what the author wrote (`The <b> tag in HTML`).

use std::borrow::Cow;
use std::ops::Range;

use super::element::Role;
use super::lex::{self, Tag, Token};

/// How far down a stack the tag is looked for that an end tag closes; keeps this linear.
const LOOK_BACK: usize = 16;

/// A known tag in decoded text: in which token, where, and what.
struct Candidate {
    token: usize,
    range: Range<usize>,
    tag: Tag<'static>,
    accepted: bool,
}

/// Turns the encoded tags of a source that come in proper pairs into tags.
pub(super) fn resolve(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let has_encoded = |t: &Token| matches!(t, Token::Text { encoded: true, .. });
    if !tokens.iter().any(has_encoded) {
        return tokens;
    }
    let mut candidates = candidates(&tokens);
    pair(&tokens, &mut candidates);
    candidates.retain(|c| c.accepted);
    if candidates.is_empty() { tokens } else { split(tokens, candidates) }
}

/// Every known tag in text that was decoded.
fn candidates(tokens: &[Token]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (token, content) in tokens.iter().enumerate() {
        let Token::Text { text, encoded: true } = content else { continue };
        let mut at = 0;
        while let Some(next) = memchr::memchr(b'<', &text.as_bytes()[at..]) {
            let start = at + next;
            at = start + 1;
            if let Some((tag, length)) = lex::tag(&text[start..]) {
                at = start + length;
                let raw = Cow::Owned(tag.raw.into_owned());
                let tag = Tag { raw, ..tag };
                found.push(Candidate { token, range: start..at, tag, accepted: false });
            }
        }
    }
    found
}

/// Accepts the pairs. Within an accepted container (`<math>`, a whole `<p>`) all is markup.
fn pair(tokens: &[Token], candidates: &mut [Candidate]) {
    let mut open: Vec<usize> = Vec::new();
    // How many containers begin and end at each candidate.
    let mut edges = vec![0i32; candidates.len() + 1];
    for i in 0..candidates.len() {
        let tag = &candidates[i].tag;
        if tag.opens {
            if !tag.empty {
                open.push(i);
            }
            continue;
        }
        let depth =
            open.iter().rev().take(LOOK_BACK).position(|&o| candidates[o].tag.name == tag.name);
        let Some(depth) = depth else { continue };
        let partner = open[open.len() - 1 - depth];
        open.truncate(open.len() - 1 - depth);
        if is_container(&candidates[partner], tokens) {
            edges[partner] += 1;
            edges[i + 1] -= 1;
        } else if is_style(&candidates[partner].tag)
            && !is_loose(tokens, &candidates[partner], &candidates[i])
        {
            candidates[partner].accepted = true;
            candidates[i].accepted = true;
        }
    }
    let mut depth = 0;
    for (candidate, edge) in candidates.iter_mut().zip(edges) {
        depth += edge;
        candidate.accepted |= depth > 0;
    }
}

fn is_style(tag: &Tag) -> bool {
    matches!(tag.role, Role::Styled(_))
}

/// An element nobody writes about without meaning it: mathematics, JATS, or the paragraph that
/// begins the text.
fn is_container(open: &Candidate, tokens: &[Token]) -> bool {
    let first = || open.token == 0 && text_of(tokens, open)[..open.range.start].trim().is_empty();
    match open.tag.role {
        Role::Math | Role::Formula | Role::Tex => true,
        Role::Block => first(),
        _ => false,
    }
}

/// True for `<b> and </b>`: a pair with blanks on both inner sides names the tags.
fn is_loose(tokens: &[Token], open: &Candidate, close: &Candidate) -> bool {
    let (from, to) = (open.range.end, close.range.start);
    if open.token == close.token && from == to {
        return true;
    }
    let opens_loose = text_of(tokens, open)[from..].starts_with(char::is_whitespace);
    opens_loose && text_of(tokens, close)[..to].ends_with(char::is_whitespace)
}

fn text_of<'a>(tokens: &'a [Token], candidate: &Candidate) -> &'a str {
    match &tokens[candidate.token] {
        Token::Text { text, .. } => text,
        Token::Tag(_) => "",
    }
}

/// Cuts the accepted tags out of their texts.
fn split<'a>(tokens: Vec<Token<'a>>, candidates: Vec<Candidate>) -> Vec<Token<'a>> {
    let mut out = Vec::with_capacity(tokens.len() + 2 * candidates.len());
    let mut candidates = candidates.into_iter().peekable();
    for (i, token) in tokens.into_iter().enumerate() {
        let Token::Text { text, .. } = &token else {
            out.push(token);
            continue;
        };
        if candidates.peek().is_none_or(|c| c.token != i) {
            out.push(token);
            continue;
        }
        let mut at = 0;
        let piece = |range: Range<usize>| Token::Text {
            text: Cow::Owned(text[range].to_owned()),
            encoded: false,
        };
        while let Some(candidate) = candidates.next_if(|c| c.token == i) {
            if at < candidate.range.start {
                out.push(piece(at..candidate.range.start));
            }
            at = candidate.range.end;
            out.push(Token::Tag(candidate.tag));
        }
        if at < text.len() {
            out.push(piece(at..text.len()));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(raw: &str) -> String {
        let show = |token: &Token| match token {
            Token::Text { text, .. } => text.to_string(),
            Token::Tag(tag) => format!("[{}{}]", if tag.opens { "" } else { "/" }, tag.name),
        };
        resolve(lex::lex(raw)).iter().map(show).collect()
    }

    #[test]
    fn pairs_are_markup_and_lone_tags_are_text() {
        for (raw, expected) in [
            ("&lt;i&gt;E. coli&lt;/i&gt; x", "[i]E. coli[/i] x"),
            ("CO&amp;lt;sub&amp;gt;2&amp;lt;/sub&amp;gt;", "CO[sub]2[/sub]"),
            ("The &lt;b&gt; tag", "The <b> tag"),
            ("The &lt;b&gt; and &lt;/b&gt; tags", "The <b> and </b> tags"),
            ("&lt;script&gt;x&lt;/script&gt;", "<script>x</script>"),
            ("&lt;i&gt;a &lt;b&gt; b&lt;/i&gt;", "[i]a <b> b[/i]"),
            ("&lt;p&gt;a&lt;br/&gt;b&lt;/p&gt;", "[p]a[br]b[/p]"),
            ("the &lt;p&gt;a&lt;/p&gt; tag", "the <p>a</p> tag"),
            ("&lt;i&gt;&lt;/i&gt;", "<i></i>"),
            ("&lt;math&gt;&lt;mi&gt;x&lt;/mi&gt;&lt;/math&gt;", "[math][mi]x[/mi][/math]"),
            ("a &lt; b", "a < b"),
        ] {
            assert_eq!(shown(raw), expected, "{raw}");
        }
    }
}

//! The elements that titles and abstracts are marked up with, and what each is to us.
//!
//! Sources: the HTML standard (section 4), JATS 1.3, MathML 3, and the elements of Elsevier,
//! Wiley and Springer that stand in the wild. A name that is not here is no tag but text.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::Style;

/// What an element is to a line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A paragraph or the like: a blank on both sides.
    Block,
    /// The heading of a section.
    Heading,
    /// A part of a line; the tag goes, the text stays.
    Inline,
    /// As `Inline`, but so short a name that it must be closed to count as a tag.
    Closed,
    /// A style of letters.
    Styled(Letters),
    /// `span` and `emphasis`: an attribute tells.
    ByAttribute,
    /// Code: goes with everything in it.
    Code,
    /// No formatting: its tag goes, its text stays where it is nothing but text.
    Foreign,
    /// Says something to a browser and holds no text.
    Technical,
    /// A picture: goes, and something was there.
    Picture,
    /// A figure: goes, and no word of the text with it.
    Figure,
    /// The root of MathML.
    Math,
    /// An element within MathML.
    MathPart,
    /// LaTeX.
    Tex,
    /// A formula that can be given in more than one way.
    Formula,
    /// The tree of MathJax.
    MathJax,
    /// The MathML that MathJax keeps for screen readers.
    Assistive,
}

/// A style that a tag can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    Italic,
    Bold,
    SmallCaps,
    Sub,
    Sup,
}

impl Letters {
    /// The style of the model.
    pub fn style(self) -> Style {
        match self {
            Letters::Italic => Style::Italic,
            Letters::Bold => Style::Bold,
            Letters::SmallCaps => Style::SmallCaps,
            Letters::Sub => Style::Sub,
            Letters::Sup => Style::Sup,
        }
    }
}

/// Prefixes of namespaces that are met without their declaration.
const PREFIXES: [&str; 7] = ["jats:", "mml:", "m:", "ce:", "sb:", "xhtml:", "html:"];

/// Groups of names with the same role.
const GROUPS: &[(Role, &str)] = &[
    (
        Role::Block,
        "p para div br hr li ul ol dl dt dd blockquote section sec article aside header footer \
         main nav pre address center table tbody thead tfoot tr td th caption figcaption form \
         fieldset details summary list list-item break abstract disp-quote def-list def-item \
         fn html body simple-para abstract-sec disp-formula-group",
    ),
    (Role::Heading, "h1 h2 h3 h4 h5 h6 title section-title subtitle"),
    (
        Role::Inline,
        "abbr acronym bdi bdo big cite code data del dfn font ins kbd label mark nobr rt rp rb ruby \
         samp small strike time tt var wbr monospace roman sans-serif underline \
         overline ext-link uri xref named-content styled-content email article-title \
         trans-title term def hsp vsp inter-ref cross-ref intra-ref chem-struct alternatives \
         private-char",
    ),
    (Role::Closed, "a q s u button object noscript"),
    (Role::Styled(Letters::Italic), "i em italic"),
    (Role::Styled(Letters::Bold), "b strong bold"),
    (Role::Styled(Letters::SmallCaps), "sc scp small-caps smallcaps"),
    (Role::Styled(Letters::Sub), "sub inf subscript"),
    (Role::Styled(Letters::Sup), "sup superscript"),
    (Role::ByAttribute, "span emphasis"),
    (Role::Code, "script style"),
    (Role::Foreign, "head template svg iframe audio video canvas select textarea object-id"),
    (Role::Technical, "link meta input source embed param track area base"),
    (Role::Inline, "col colgroup"),
    (Role::Picture, "img inline-graphic graphic"),
    (Role::Figure, "figure fig picture"),
    (Role::Math, "math"),
    (
        Role::MathPart,
        "mi mn mo mtext ms mspace mrow mstyle mpadded mphantom merror menclose mfenced msub \
         msup msubsup munder mover munderover mmultiscripts mprescripts none mfrac msqrt mroot \
         mtable mtr mtd mlabeledtr maction semantics annotation annotation-xml maligngroup \
         malignmark mglyph",
    ),
    (Role::Tex, "tex-math tex latex"),
    (Role::Formula, "inline-formula disp-formula"),
    (Role::MathJax, "mjx-container"),
    (Role::Assistive, "mjx-assistive-mml"),
];

/// The same by name.
static TABLE: LazyLock<HashMap<&'static [u8], (&'static str, Role)>> = LazyLock::new(|| {
    let row = |name: &'static str, role| (name.as_bytes(), (name, role));
    let rows = GROUPS
        .iter()
        .flat_map(|(role, names)| names.split_ascii_whitespace().map(move |name| row(name, *role)));
    rows.collect()
});

/// The longest name that is looked up.
const LONGEST: usize = 24;

/// The element a tag's name belongs to: its name in lower case without prefix, and its role.
pub(super) fn find(name: &str) -> Option<(&'static str, Role)> {
    let bare = || PREFIXES.iter().find_map(|p| strip_prefix(name, p));
    let name = if name.contains(':') { bare().unwrap_or(name) } else { name };
    if name.len() > LONGEST {
        return None;
    }
    let mut lower = [0; LONGEST];
    let lower = &mut lower[..name.len()];
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    // Every `mjx-…` that is not in the table draws a glyph with CSS.
    let glyph = || strip_prefix(name, "mjx-").map(|_| ("mjx", Role::Inline));
    TABLE.get(&*lower).copied().or_else(glyph)
}

fn strip_prefix<'a>(name: &'a str, prefix: &str) -> Option<&'a str> {
    let fits = name.get(..prefix.len())?.eq_ignore_ascii_case(prefix);
    fits.then(|| &name[prefix.len()..])
}

/// True for elements that never have an end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "hr"
            | "img"
            | "wbr"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "embed"
            | "param"
            | "track"
            | "col"
            | "area"
            | "base"
            | "break"
            | "mspace"
            | "mprescripts"
            | "none"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_twice() {
        let all: Vec<&str> =
            GROUPS.iter().flat_map(|(_, names)| names.split_ascii_whitespace()).collect();
        for (i, name) in all.iter().enumerate() {
            assert!(!all[..i].contains(name), "{name}");
            assert!(name.len() <= LONGEST, "{name}");
        }
    }

    #[test]
    fn names_are_found_whatever_their_case() {
        assert_eq!(find("I"), Some(("i", Role::Styled(Letters::Italic))));
        assert_eq!(find("jats:italic"), Some(("italic", Role::Styled(Letters::Italic))));
        assert_eq!(find("mml:msup"), Some(("msup", Role::MathPart)));
        assert_eq!(find("mjx-c"), Some(("mjx", Role::Inline)));
        for name in ["y", "word", "script2", "", "mjx", "0"] {
            assert_eq!(find(name), None, "{name}");
        }
    }
}

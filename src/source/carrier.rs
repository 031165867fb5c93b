//! The places in which files carry the other language, one row each.

use crate::model::Lang;

/// What a place carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A title.
    Title,
    /// The authors.
    Authors,
    /// The name of a journal, proceedings or book.
    Container,
    /// An abstract.
    Abstract,
}

/// What the text there is to the one in the main place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Its translation.
    Translation,
    /// What it is the translation of.
    Original,
    /// The one or the other: the place is used for both.
    Either,
}

/// A place with its name in a dialect.
pub struct Carrier {
    /// The name. In a `.bib`, `title_translation_` has the language behind it; in a note it is the
    /// label, in Extra the key.
    pub name: &'static str,
    /// What it carries.
    pub what: What,
    /// What that is to the main one.
    pub role: Role,
    /// The language, where the name means one.
    pub lang: Option<Lang>,
}

const fn row(name: &'static str, what: What, role: Role) -> Carrier {
    Carrier { name, what, role, lang: None }
}

use Role::{Either, Original, Translation};

/// The fields of BibTeX and BibLaTeX. `titletranslation` and its like are ours; `origtitle` is in the
/// biblatex manual (§2.2.2), `englishtitle` in apacite, `title_translation_en` in biblatex-ms,
/// `transtitle` in biblatex-philosophy.
pub const BIB: &[Carrier] = &[
    row("titletranslation", What::Title, Translation),
    row("title_translation_", What::Title, Translation),
    row("origtitle", What::Title, Original),
    row("original-title", What::Title, Original),
    Carrier { name: "englishtitle", what: What::Title, role: Translation, lang: Some(Lang::En) },
    row("transtitle", What::Title, Translation),
    row("translatedtitle", What::Title, Translation),
    row("authortranslation", What::Authors, Translation),
    row("author_transliteration_", What::Authors, Translation),
    row("author_translation_", What::Authors, Translation),
    row("journaltranslation", What::Container, Translation),
    row("journaltitle_translation_", What::Container, Translation),
    row("journal_translation_", What::Container, Translation),
    row("booktitle_translation_", What::Container, Translation),
    row("abstracttranslation", What::Abstract, Translation),
    row("abstract_translation_", What::Abstract, Translation),
];

/// The tags of RIS (EndNote's export of 2011).
pub const RIS: &[Carrier] = &[
    row("TT", What::Title, Either),
    row("OP", What::Title, Original),
    row("TA", What::Authors, Either),
];

/// The tags of EndNote's own import format.
pub const ENW: &[Carrier] = &[row("%Q", What::Title, Either), row("%H", What::Authors, Either)];

/// The labels of notes, as our own files have them: `Translated title (zh): …`.
pub const LABELS: &[Carrier] = &[
    row("Translated title", What::Title, Translation),
    row("Original title", What::Title, Original),
    row("Authors", What::Authors, Either),
    row("Journal", What::Container, Either),
    row("Abstract", What::Abstract, Either),
];

/// The keys of lines in Zotero's Extra: those of Translate for Zotero, and those of CSL that the
/// zotero-chinese styles use for translations too.
pub const EXTRA: &[Carrier] = &[
    row("titleTranslation", What::Title, Translation),
    row("abstractTranslation", What::Abstract, Translation),
    row("original-title", What::Title, Either),
    row("original-author", What::Authors, Either),
    row("original-container-title", What::Container, Either),
];

/// The carrier of a field of a `.bib`, in lower case, and the language that its name ends in.
pub fn of_field(name: &str) -> Option<(&'static Carrier, Option<Lang>)> {
    BIB.iter().find_map(|row| match name.strip_prefix(row.name)? {
        "" if !row.name.ends_with('_') => Some((row, row.lang)),
        tag if row.name.ends_with('_') && !tag.is_empty() => Some((row, Some(of_tag(tag)?))),
        _ => None,
    })
}

/// The language of a note `Translated title (zh): …`, and what it says.
pub fn of_note(note: &str) -> Option<(&'static Carrier, Option<Lang>, &str)> {
    LABELS.iter().find_map(|row| {
        let rest = note.strip_prefix(row.name)?.strip_prefix(" (")?;
        let (tag, value) = rest.split_once("): ")?;
        Some((row, Some(of_tag(tag)?), value))
    })
}

/// The line of Extra, `titleTranslation: …`; the case of the key and blanks in it do not matter
/// (Zotero's `extractExtraFields`).
pub fn of_extra(line: &str) -> Option<(&'static Carrier, &str)> {
    let (key, value) = line.split_once(':').or_else(|| line.split_once('：'))?;
    let folded = |key: &str| key.trim().to_lowercase().replace([' ', '-', '_'], "");
    let key = folded(key);
    let row = EXTRA.iter().find(|row| folded(row.name) == key)?;
    Some((row, value.trim()))
}

/// The place for a language that a tag names: Chinese or the other one. `None` for a third
/// language, for which an entry has no place of its own.
fn of_tag(tag: &str) -> Option<Lang> {
    let first = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    match first.as_str() {
        // Pinyin is Chinese in Latin letters.
        "zh" | "chi" | "zho" if tag.to_ascii_lowercase().ends_with("latn") => Some(Lang::En),
        "zh" | "chi" | "zho" | "chinese" => Some(Lang::Zh),
        "en" | "eng" | "english" => Some(Lang::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fields_are_told() {
        let lang = |name| of_field(name).map(|(row, lang)| (row.what, lang));
        assert_eq!(lang("titletranslation"), Some((What::Title, None)));
        assert_eq!(lang("title_translation_zh-hans"), Some((What::Title, Some(Lang::Zh))));
        assert_eq!(lang("author_transliteration_zh-latn"), Some((What::Authors, Some(Lang::En))));
        assert_eq!(lang("englishtitle"), Some((What::Title, Some(Lang::En))));
        for none in ["title", "title_translation_", "title_translation_de", "titletranslations"] {
            assert_eq!(lang(none), None, "{none}");
        }
    }

    #[test]
    fn every_row_is_tested_with_a_file() {
        let rows = include_str!("../../tests/carriers.rs");
        for row in [BIB, RIS, ENW, LABELS, EXTRA].into_iter().flatten() {
            let known = rows.to_lowercase().contains(&row.name.to_lowercase());
            assert!(known, "{} stands in no row of tests/carriers.rs", row.name);
        }
    }

    #[test]
    fn labels_and_keys_are_told() {
        let note =
            of_note("Translated title (zh): 镁: 一").map(|(row, lang, v)| (row.what, lang, v));
        assert_eq!(note, Some((What::Title, Some(Lang::Zh), "镁: 一")));
        assert!(of_note("Journal of (zh): x").is_none());
        let line = of_extra("Original Title: A: b").map(|(row, value)| (row.name, value));
        assert_eq!(line, Some(("original-title", "A: b")));
        assert!(of_extra("PMID: 5").is_none());
    }
}

//! The programs that read what is written, and what each keeps of the second language.

use super::Format;
use crate::view::{Datum, View};

/// Something that a program drops.
pub struct Dropped {
    /// What it is.
    pub what: &'static str,
    /// The fields of an entry that hold it and nothing else, where a format can lack them.
    pub fields: &'static [&'static str],
    /// Whether an entry has it.
    pub has: fn(&View) -> bool,
}

/// A program that reads citation files.
pub struct Receiver {
    /// The name on the command line: `zotero`.
    pub name: &'static str,
    /// The formats that carry most to it, the best first, each with a template of its own where
    /// the built-in one would lose something.
    pub formats: &'static [(&'static str, Option<&'static str>)],
    /// What it keeps of the second title, and where.
    pub keeps: &'static str,
    /// What it drops of the second language.
    pub drops: &'static [Dropped],
    /// Two linked entries carry more to it than one.
    pub pair: bool,
}

/// The templates of receivers, which extend those of the formats, by name.
const TEMPLATES: &[(&str, &str)] = &[
    ("zotero.csl-json", include_str!("../../templates/zotero.csl-json.j2")),
    ("zotero.ris", include_str!("../../templates/zotero.ris.j2")),
    ("endnote.ris", include_str!("../../templates/endnote.ris.j2")),
    ("juris-m.csl-json", include_str!("../../templates/juris-m.csl-json.j2")),
];

/// Every receiver. What each keeps was read in its source or seen by running it
/// (`tests/programs`), but for EndNote and NoteExpress, which are closed: their field names are
/// those of their own exports.
pub static RECEIVERS: &[Receiver] = &[
    Receiver {
        name: "zotero",
        formats: &[("csl-json", Some("zotero.csl-json")), ("ris", Some("zotero.ris"))],
        keeps: "the second title and abstract in Extra (titleTranslation, or original-title with authors and journal)",
        drops: &[Dropped {
            what: "second authors and journal, unless it gets both of them",
            fields: &[],
            has: |view| {
                let other = has(view, "authors_other") || has(view, "container_title_other");
                other && !view.extra_lines().iter().any(|line| line.starts_with("original-author"))
            },
        }],
        pair: false,
    },
    Receiver {
        name: "endnote",
        formats: &[("ris", Some("endnote.ris")), ("enw", None)],
        keeps: "second title and authors in Translated Title and Translated Author",
        drops: &[],
        pair: false,
    },
    Receiver {
        name: "noteexpress",
        formats: &[("noteexpress", None)],
        keeps: "second title, authors and journal in its fields for translations",
        drops: &[],
        pair: false,
    },
    Receiver {
        name: "jabref",
        formats: &[("biblatex", None), ("bibtex", None)],
        keeps: "everything, as fields of the entry",
        drops: &[],
        pair: false,
    },
    Receiver {
        name: "typst",
        formats: &[("hayagriva", None), ("biblatex", None)],
        keeps: "an original title, where the main one is a translation",
        drops: &[
            Dropped {
                what: "a translated title (--bilingual pair in a .bib gives two entries)",
                fields: &[],
                has: |view| has(view, "title_translation"),
            },
            MORE,
        ],
        pair: false,
    },
    Receiver {
        name: "pandoc",
        formats: &[("csl-json", None), ("biblatex", None)],
        keeps: "the second title as a variable that no style prints (titletranslation)",
        drops: &[MORE],
        pair: false,
    },
    Receiver {
        name: "juris-m",
        formats: &[("csl-json", Some("juris-m.csl-json"))],
        keeps: "title, journal and authors in both languages (multi)",
        drops: &[
            Dropped {
                what: "the second abstract",
                fields: &["abstract_other"],
                has: |view| has(view, "abstract_other"),
            },
            Dropped {
                what: "that there are more authors (et al.)",
                fields: &[],
                has: |view| view.entry().more_authors,
            },
        ],
        pair: false,
    },
    Receiver {
        name: "biblatex-gb7714",
        formats: &[("biblatex", None), ("bibtex", None)],
        keeps: "both languages, printed under one number (two linked entries)",
        drops: &[],
        pair: true,
    },
];

fn has(view: &View, field: &str) -> bool {
    !matches!(view.get(field), None | Some(Datum::Absent))
}

/// More than the title in a second language.
const MORE: Dropped = Dropped {
    what: "second authors, journal and abstract",
    fields: MORE_FIELDS,
    has: |view| MORE_FIELDS.iter().any(|field| has(view, field)),
};

const MORE_FIELDS: &[&str] = &["authors_other", "container_title_other", "abstract_other"];

impl Receiver {
    /// The receiver of that name.
    pub fn by_name(name: &str) -> Option<&'static Receiver> {
        RECEIVERS.iter().find(|receiver| receiver.name == name)
    }

    /// The format that carries most to it.
    pub fn best_format(&self) -> Option<&'static Format> {
        self.formats.first().and_then(|(name, _)| Format::by_name(name))
    }

    /// The template for a format, by name and text, where it has one of its own.
    pub fn template(&self, format: &Format) -> Option<(&'static str, &'static str)> {
        let name = self.formats.iter().find(|(name, _)| *name == format.name)?.1?;
        TEMPLATES.iter().find(|(known, _)| *known == name).copied()
    }

    /// True where it reads the format.
    pub fn reads(&self, format: &Format) -> bool {
        self.formats.iter().any(|(name, _)| *name == format.name)
    }
}

/// A built-in template by name: that of a format, or one of a receiver that extends it.
pub fn built_in_template(name: &str) -> Option<&'static str> {
    let of_receiver = TEMPLATES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
    of_receiver.or_else(|| Format::by_name(name).map(|format| format.template))
}

/// The names of all built-in templates.
pub fn template_names() -> Vec<&'static str> {
    let formats = super::FORMATS.iter().map(|format| format.name);
    formats.chain(TEMPLATES.iter().map(|(name, _)| *name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_receiver_has_formats_and_templates_that_exist() {
        for receiver in RECEIVERS {
            assert!(receiver.best_format().is_some(), "{}", receiver.name);
            for (name, template) in receiver.formats {
                let format = Format::by_name(name).unwrap();
                assert!(receiver.reads(format));
                assert_eq!(receiver.template(format).map(|t| t.0), *template);
            }
        }
    }

    #[test]
    fn every_template_of_a_receiver_is_used() {
        let used = |name| RECEIVERS.iter().any(|r| r.formats.iter().any(|f| f.1 == Some(name)));
        assert!(TEMPLATES.iter().all(|(name, _)| used(*name)));
    }
}

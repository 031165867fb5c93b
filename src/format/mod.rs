//! The formats: one value each, in one list.

mod bib;
mod biblatex;
mod bibtex;
mod chains;
mod csl_json;
mod enw;
mod filters;
mod hayagriva;
mod inline;
mod kept;
mod line;
mod name_form;
mod noteexpress;
mod plain;
mod print;
mod receiver;
mod render;
mod ris;
mod specimen;
mod table;
mod template_error;
mod value;

pub(crate) use filters::as_html;
pub use receiver::{Dropped, RECEIVERS, Receiver, built_in_template, template_names};
pub use render::{Expression, Renderer};
pub use template_error::TemplateError;

use self::name_form::NameForm;
use crate::model::{Kind, Lang, Style};

/// An output format: what differs between formats, and nothing else. Its field table is the
/// template.
pub struct Format {
    /// The name on the command line: `bibtex`.
    pub name: &'static str,
    /// What it is for, in one line.
    pub purpose: &'static str,
    /// The endings of files that choose the format, without the dot, the usual one first; none where
    /// another format has the better claim.
    pub extensions: &'static [&'static str],
    /// The built-in template.
    pub template: &'static str,
    /// What stands before the first entry, between two, and after the last.
    pub(crate) frame: [&'static str; 3],
    /// The end of a line.
    pub(crate) newline: &'static str,
    /// The word for a type of work.
    pub(crate) kind: fn(Kind) -> &'static str,
    /// The word for a language.
    pub(crate) lang: fn(Lang) -> &'static str,
    /// How the format spells a name.
    pub(crate) name_form: NameForm,
    /// The last item of a list of names that is not complete, where the format has one.
    pub(crate) others: Option<&'static str>,
    /// Characters as data of the format.
    pub(crate) escape: fn(&str, &mut String),
    /// A value that the format does not escape, such as a DOI; still no syntax of the format.
    pub(crate) verbatim: fn(&str, &mut String),
    /// What opens and closes a style; `None` where the format has no such style.
    pub(crate) style: fn(&Style) -> Option<(&'static str, &'static str)>,
    /// Values are written as JSON: strings in quotes, lists, objects.
    pub(crate) json: bool,
    /// The name of the dialect whose kept fields ([`crate::model::Kept`]) can be written as they are.
    pub keeps: Option<&'static str>,
    /// The fields of [`crate::view::FIELDS`] that the format has no place for.
    pub(crate) lacks: &'static [&'static str],
    /// How an entry is read back.
    pub dialect: Option<Dialect>,
}

/// The grammar by which a written entry is read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// BibTeX and BibLaTeX.
    Bib,
    /// RIS.
    Ris,
    /// CSL-JSON.
    CslJson,
}

/// Every format there is.
pub static FORMATS: &[Format] = &[
    bibtex::FORMAT,
    biblatex::FORMAT,
    ris::FORMAT,
    csl_json::FORMAT,
    enw::FORMAT,
    noteexpress::FORMAT,
    hayagriva::FORMAT,
];

impl Format {
    /// The format of that name.
    pub fn by_name(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The format of files that end in `.extension`, in either case.
    pub fn by_extension(extension: &str) -> Option<&'static Format> {
        let fits = |f: &&Format| f.extensions.iter().any(|e| e.eq_ignore_ascii_case(extension));
        FORMATS.iter().find(fits)
    }

    /// What a template for no known format is escaped for: HTML where its name ends in `.html`,
    /// `.htm` or `.xml` (before `.j2`), else nothing.
    pub fn of_template(name: &str) -> &'static Format {
        let name = name.strip_suffix(".j2").unwrap_or(name);
        match name.rsplit('.').next() {
            Some("html" | "htm" | "xml") => &plain::HTML,
            Some(extension) => Format::by_extension(extension).unwrap_or(&plain::TEXT),
            None => &plain::TEXT,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn words(list: &'static str) -> HashSet<&'static str> {
        list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
    }

    /// The types that a format's specification knows.
    fn kinds(format: &Format) -> HashSet<&'static str> {
        words(match format.name {
            "bibtex" => include_str!("../../tests/words/bibtex.txt"),
            "biblatex" => include_str!("../../tests/words/biblatex.txt"),
            "ris" => include_str!("../../tests/words/ris.txt"),
            "csl-json" => include_str!("../../tests/words/csl-types.txt"),
            "enw" => include_str!("../../tests/words/enw.txt"),
            "noteexpress" => include_str!("../../tests/words/noteexpress.txt"),
            "hayagriva" => include_str!("../../tests/words/hayagriva.txt"),
            other => panic!("no list of types for {other}"),
        })
    }

    /// The fields that a format's specification knows, and those of ours that it does not.
    fn fields(format: &Format) -> (HashSet<&'static str>, &'static [&'static str]) {
        let (list, ours): (_, &[&str]) = match format.name {
            "bibtex" => (
                include_str!("../../tests/words/bibtex-fields.txt"),
                &[
                    "authortranslation",
                    "journaltranslation",
                    "titletranslation",
                    "origtitle",
                    "day",
                    "pmcid",
                    "related",
                    "relatedtype",
                    "abstracttranslation",
                ],
            ),
            "biblatex" => (
                include_str!("../../tests/words/biblatex-fields.txt"),
                &[
                    "authortranslation",
                    "journaltranslation",
                    "titletranslation",
                    "pmcid",
                    "abstracttranslation",
                ],
            ),
            "ris" => (include_str!("../../tests/words/ris-tags.txt"), &[]),
            "csl-json" => (include_str!("../../tests/words/csl-variables.txt"), &[]),
            other => panic!("no list of fields for {other}"),
        };
        (words(list), ours)
    }

    #[test]
    fn every_type_of_work_has_a_word_of_the_specification() {
        for format in FORMATS {
            let known = kinds(format);
            for kind in Kind::ALL {
                let word = (format.kind)(kind);
                assert!(known.contains(word), "{}: {kind:?} is {word}", format.name);
            }
        }
    }

    #[test]
    fn every_language_has_a_word_of_the_specification() {
        let babel = words(include_str!("../../tests/words/babel-languages.txt"));
        let tags = words(include_str!("../../tests/words/bcp47.txt"));
        for format in FORMATS {
            let known = if format.dialect == Some(Dialect::Bib) { &babel } else { &tags };
            for lang in Lang::ALL {
                let word = (format.lang)(lang);
                assert!(known.contains(word), "{}: {lang:?} is {word}", format.name);
            }
        }
    }

    #[test]
    fn every_field_of_a_template_is_one_of_the_specification_or_one_of_ours() {
        // Of the other formats there is no specification to list the fields from.
        for format in FORMATS.iter().filter(|format| format.dialect.is_some()) {
            let (known, ours) = fields(format);
            let calls = format.template.split("field(\"").chain(format.template.split("bare(\""));
            let names: Vec<&str> =
                calls.skip(1).filter_map(|call| call.split('"').next()).collect();
            assert!(names.len() > 15, "{}: {names:?}", format.name);
            for name in names.iter().filter(|n| n.chars().all(|c| c.is_alphanumeric() || c == '-'))
            {
                let fine = known.contains(name) || ours.contains(name);
                assert!(fine, "{}: {name} is no field", format.name);
            }
            for name in ours {
                assert!(names.contains(name), "{}: {name} is not written", format.name);
                assert!(!known.contains(name), "{}: {name} is in the list", format.name);
            }
        }
    }

    #[test]
    fn names_and_endings_tell_formats_apart() {
        for (at, format) in FORMATS.iter().enumerate() {
            assert!(std::ptr::eq(Format::by_name(format.name).unwrap(), format));
            for extension in format.extensions {
                let found = Format::by_extension(&extension.to_uppercase()).unwrap();
                assert!(std::ptr::eq(found, format), "{}", format.name);
            }
            assert!(FORMATS[..at].iter().all(|other| other.name != format.name));
        }
        assert_eq!(Format::of_template("a/list.html.j2").name, "html");
        assert_eq!(Format::of_template("mine.bib.j2").name, "bibtex");
        assert_eq!(Format::of_template("mine.j2").name, "text");
    }
}

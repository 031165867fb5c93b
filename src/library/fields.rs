//! Which fields of a dialect hold the same datum, so that one is not added beside another.

/// What is to be known of the fields of a dialect.
pub struct Fields {
    /// Names of which one is enough: what ends in `_` stands for all names that begin so.
    groups: &'static [&'static [&'static str]],
    /// Fields of which the dialect has one for each value.
    repeated: &'static [&'static str],
    /// Repeated fields in which anything can stand beside anything.
    notes: &'static [&'static str],
    /// Where the title in the main place stands.
    pub title: &'static [&'static str],
    /// What names the language of the work.
    pub language: &'static [&'static str],
}

/// BibTeX and BibLaTeX.
pub static BIB: Fields = Fields {
    groups: &[
        &["journal", "journaltitle"],
        &["year", "date"],
        &["date", "year"],
        &["month", "date"],
        &["day", "date"],
        &["number", "issue"],
        &["langid", "language", "hyphenation"],
        &["archiveprefix", "eprinttype"],
        &[
            "titletranslation",
            "origtitle",
            "title_translation_",
            "original-title",
            "englishtitle",
            "transtitle",
            "translatedtitle",
        ],
        &["authortranslation", "author_transliteration_", "author_translation_"],
        &[
            "journaltranslation",
            "journaltitle_translation_",
            "journal_translation_",
            "booktitle_translation_",
        ],
        &["abstracttranslation", "abstract_translation_"],
    ],
    repeated: &[],
    notes: &[],
    title: &["title"],
    language: &["langid", "language", "hyphenation"],
};

/// RIS.
pub static RIS: Fields = Fields {
    groups: &[
        &["TI", "T1", "CT"],
        &["TT", "OP"],
        &["AU", "A1"],
        &["T2", "JF", "JO", "JA", "J2", "J1", "BT"],
        &["BT", "T2"],
        &["PY", "Y1", "DA"],
        &["DA", "Y1"],
        &["AB", "N2"],
    ],
    repeated: &["AU", "A1", "KW", "N1"],
    notes: &["N1"],
    title: &["TI", "T1", "CT", "BT"],
    language: &["LA"],
};

/// EndNote's tagged format.
pub static ENW: Fields = Fields {
    groups: &[&["%J", "%B"], &["%B", "%J"]],
    repeated: &["%A", "%H", "%K", "%Z"],
    notes: &["%Z"],
    title: &["%T"],
    language: &["%G"],
};

/// CSL-JSON.
pub static CSL_JSON: Fields =
    Fields { groups: &[], repeated: &[], notes: &[], title: &["title"], language: &["language"] };

impl Fields {
    /// The fields of the source's dialect.
    pub fn of(source: &str) -> Option<&'static Fields> {
        Some(match source {
            "bibtex" => &BIB,
            "ris" => &RIS,
            "enw" => &ENW,
            "csl-json" => &CSL_JSON,
            _ => return None,
        })
    }

    /// True where a field of that name is there already when `known` is.
    pub fn is_same(&self, known: &str, name: &str) -> bool {
        let is = |pattern: &str| match pattern.strip_suffix('_') {
            Some(beginning) => {
                let head = known.get(..beginning.len() + 1);
                head.is_some_and(|head| head.eq_ignore_ascii_case(pattern))
            }
            None => known.eq_ignore_ascii_case(pattern),
        };
        known.eq_ignore_ascii_case(name)
            || self.groups.iter().any(|group| group[0] == name && group.iter().any(|p| is(p)))
            || self.is_other_title(name) && self.is_other_title(known)
    }

    /// The names of the second title are one datum, whatever it is to the first.
    fn is_other_title(&self, name: &str) -> bool {
        let titles = self.groups.iter().find(|group| group.contains(&"origtitle"));
        titles.is_some_and(|group| group.iter().any(|known| known.eq_ignore_ascii_case(name)))
    }

    /// True where each value has a field of its own.
    pub fn is_repeated(&self, name: &str) -> bool {
        self.repeated.contains(&name)
    }

    /// True where a value can stand beside any other.
    pub fn is_note(&self, name: &str) -> bool {
        self.notes.contains(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_datum_has_many_names() {
        for (fields, known, name, expected) in [
            (&BIB, "Title_Translation_en", "titletranslation", true),
            (&BIB, "englishtitle", "origtitle", true),
            (&BIB, "titletranslation", "origtitle", true),
            (&BIB, "DATE", "year", true),
            (&BIB, "year", "month", false),
            (&BIB, "title_translation", "titletranslation", false),
            (&BIB, "镁", "journal", false),
            (&RIS, "JO", "T2", true),
            (&RIS, "PY", "DA", false),
            (&CSL_JSON, "doi", "DOI", true),
        ] {
            assert_eq!(fields.is_same(known, name), expected, "{known} {name}");
        }
    }
}

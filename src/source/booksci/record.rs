//! A record that takes any value in any place.

use std::borrow::Cow;
use std::fmt;

use memchr::memmem;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use crate::by_name::ByName;
use crate::distinct::stand_in;
use crate::source::json::{Json, Name, exact};

macro_rules! record {
    ($($(#[doc = $doc:literal])+ $field:ident = $name:literal;)+ ignored: $($ignored:literal)+) => {
        /// A record as booksci.cn writes it (`records/FINDINGS.md` of the project's survey).
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Record<'a> {
            $($(#[doc = $doc])+ pub $field: Json<'a>,)+
            /// Members that no other record of the source had, and that say something.
            pub unknown: Vec<(Cow<'a, str>, Json<'a>)>,
            /// What stood in a member before the same name came again with another value.
            pub repeated: Vec<(Cow<'a, str>, Json<'a>)>,
            /// The members with a number that may have had other digits, and the number.
            pub rounded: Vec<(Cow<'a, str>, String)>,
        }

        /// The members that are known, under the names of the fields of [`Record`].
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy, Debug, PartialEq)]
        enum Member { $($field,)+ Ignored }

        const MEMBERS: &[(&str, Member)] =
            &[$(($name, Member::$field),)+ $(($ignored, Member::Ignored),)+];

        static ROWS: ByName<128> = ByName::of(&[$($name,)+ $($ignored,)+]);

        impl<'a> Record<'a> {
            /// Takes a member. Where a name comes twice, the last value that says something stays.
            fn set(&mut self, name: Cow<'a, str>, value: Json<'a>) {
                if let Some(digits) = value.rounded() {
                    self.rounded.push((name.clone(), digits.to_owned()));
                }
                let place = match member(&name) {
                    $(Some(Member::$field) => &mut self.$field,)+
                    Some(Member::Ignored) => return,
                    None if value.is_empty() => return,
                    None => return self.unknown.push((name, value)),
                };
                if let Json::Null = place {
                    *place = value;
                } else if !value.is_empty() {
                    let there = std::mem::replace(place, value);
                    if !there.is_empty() && there != *place {
                        self.repeated.push((name, there));
                    }
                }
            }

            /// The members that say something, those of the journal as `journal.name`.
            pub fn members(&self) -> Vec<(String, String)> {
                let mut all = Vec::new();
                $(match &self.$field {
                    Json::Object(members) => all.extend(members.iter().map(|(name, value)| {
                        (format!("{}.{name}", $name), value.to_string())
                    })),
                    value if value.is_empty() => {}
                    value => all.push(($name.to_owned(), value.to_string())),
                })+
                all
            }

            /// Forgets what says the same as `other`, so that it is not cleaned twice.
            pub fn forget_same(&mut self, other: &Record<'_>) {
                $(if self.$field == other.$field {
                    self.$field = Json::Null;
                })+
                let mut known = stand_in(&self.unknown, &other.unknown).into_iter();
                self.unknown.retain(|_| known.next() != Some(true));
            }
        }
    };
}

record! {
    /// The title, Chinese or English.
    title = "title";
    /// The title in Chinese; null wherever it was seen.
    title_cn = "TitleCN";
    /// The authors in one string.
    authors = "authors";
    /// The DOI, bare.
    doi = "doi";
    /// The DOI as an address, or bare.
    doi_url = "DOIUrl";
    /// An address; null wherever it was seen.
    url = "url";
    /// The publisher's address of the work, mostly the DOI's.
    list_url = "ListUrlMain";
    /// The abstract.
    abstract_text = "abstract";
    /// The abstract in Chinese; null wherever it was seen.
    abstract_cn = "AbstractTextCN";
    /// The journal: `name`, `volume`, `pages`.
    journal = "journal";
    /// The journal's name once more.
    periodical_name = "PeriodicalName";
    /// The date of publication.
    date = "publicationDate";
    /// The date of publication online.
    epub_date = "EPubDate";
    /// The types of the work.
    types = "publicationTypes";
    /// Fields of study.
    fields_of_study = "fieldsOfStudy";
    /// Whether `openAccessPdf` is one.
    is_open_access = "isOpenAccess";
    /// A link to a PDF, often to a pirate site.
    pdf = "openAccessPdf";
    /// How often the work was cited.
    citations = "citationCount";
    /// The same record once more as a string, with the title in the language of the work.
    result_str = "resultStr";
    /// The source's number of the work.
    paper_id = "paperid";
    /// The number in PubMed Central.
    pmcid = "PMCID";
    /// The impact factor.
    impact_factor = "PeriodicalIF";
    /// The quartile in the Journal Citation Reports.
    jcr = "JCR";
    /// The category of that quartile.
    jcr_name = "JCRName";
    /// The zone of the Chinese Academy of Sciences.
    region_num = "RegionNum";
    /// The category of that zone.
    region_category = "RegionCategory";
    // What the site needs for itself, and no citation does.
    ignored: "PeriodicalId" "platform" "FirstCategoryId" "ArticlePicture" "PubModel" "Score" "Total"
}

/// The member of that name, where it is known.
fn member(name: &str) -> Option<Member> {
    ROWS.row(name, |row| MEMBERS[row].0 == name).map(|row| MEMBERS[row].1)
}

impl<'a> From<Vec<(Cow<'a, str>, Json<'a>)>> for Record<'a> {
    fn from(members: Vec<(Cow<'a, str>, Json<'a>)>) -> Record<'a> {
        let mut record = Record::default();
        for (name, value) in members {
            record.set(name, value);
        }
        record
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Record<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Record<'a>, D::Error> {
        deserializer.deserialize_map(RecordVisitor)
    }
}

struct RecordVisitor;

impl<'de> Visitor<'de> for RecordVisitor {
    type Value = Record<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Record<'de>, A::Error> {
        let mut record = Record::default();
        while let Some((Name(name), value)) = members.next_entry()? {
            record.set(name, value);
        }
        Ok(record)
    }
}

impl<'a> Record<'a> {
    /// Reads a record.
    ///
    /// # Errors
    /// It is not JSON, or not in UTF-8.
    pub fn parse(json: &'a [u8]) -> serde_json::Result<Record<'a>> {
        // Looked at once, and not string by string; where it is broken, serde_json tells the place.
        match std::str::from_utf8(json) {
            Ok(text) => Record::parse_text(text),
            Err(_) => serde_json::from_slice(json),
        }
    }

    /// Reads a record, its numbers with every digit. Few have one that a float does not hold, and
    /// only these are read twice.
    ///
    /// # Errors
    /// It is not JSON.
    pub fn parse_text(text: &'a str) -> serde_json::Result<Record<'a>> {
        let mut record: Record<'a> = serde_json::from_str(text)?;
        if record.rounded.is_empty() {
            return Ok(record);
        }
        // `0.0000` is common, and nothing but nought unless it is too small for a float.
        let nought = |(_, digits): &(Cow<'_, str>, String)| matches!(&**digits, "0" | "-0");
        if record.rounded.iter().all(nought) && !may_be_tiny(text) {
            record.rounded.clear();
            return Ok(record);
        }
        match exact(text.trim_ascii_start())? {
            Json::Object(members) => Ok(Record::from(members)),
            _ => Ok(record),
        }
    }
}

/// True where a number can stand in the text that is too small for a float: one with an exponent below nought,
/// or with many noughts.
fn may_be_tiny(text: &str) -> bool {
    let bytes = text.as_bytes();
    let exponent = |sign: &[u8]| {
        memmem::find_iter(bytes, sign).any(|at| {
            let behind = bytes.get(at + sign.len());
            at > 0 && bytes[at - 1].is_ascii_digit() && behind.is_some_and(u8::is_ascii_digit)
        })
    };
    exponent(b"e-") || exponent(b"E-") || memmem::find(bytes, &[b'0'; 16]).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_is_found_by_its_name_and_nothing_else_is() {
        for &(name, known) in MEMBERS {
            assert_eq!(member(name), Some(known), "{name}");
            for wrong in [name.to_uppercase(), format!("{name}s_"), name[1..].to_owned()] {
                let listed = MEMBERS.iter().find(|(name, _)| *name == wrong).map(|row| row.1);
                assert_eq!(member(&wrong), listed, "{wrong}");
            }
        }
        assert_eq!(member(""), None);
    }

    #[test]
    fn bytes_are_read_as_serde_json_reads_them() {
        for json in ["{\"title\":\"é\"}", "{\"title\":5,}", "{\"title\":\"a", "[]", ""] {
            let ours = Record::parse(json.as_bytes()).map_err(|e| e.to_string());
            let theirs = serde_json::from_slice(json.as_bytes()).map_err(|e| e.to_string());
            assert_eq!(ours, theirs, "{json}");
        }
        let broken = b"{\"title\":\"\xFF\"}";
        let theirs = serde_json::from_slice::<Record>(broken).unwrap_err().to_string();
        assert_eq!(Record::parse(broken).unwrap_err().to_string(), theirs);
    }

    #[test]
    fn any_value_is_taken_in_any_place() {
        let text = r#"{"title":5,"authors":["A",{"name":"B"}],"doi":null,"journal":"J","title":null,
            "title":6,"pages":{},"isOpenAccess":"true","PeriodicalIF":1.5000,"issn":"1234","Total":0}"#;
        let record: Record = serde_json::from_str(text).unwrap();
        assert_eq!(record.title, Json::Number("6".into()));
        assert_eq!(record.repeated, [("title".into(), Json::Number("5".into()))]);
        assert_eq!(record.impact_factor, Json::Number("1.5".into()));
        assert_eq!(record.journal.text(), Some("J"));
        assert_eq!(record.unknown, [("issn".into(), Json::Text("1234".into()))]);
        let Json::List(authors) = record.authors else { panic!("authors are a list") };
        assert_eq!(authors[1].member("name").text(), Some("B"));
    }

    #[test]
    fn numbers_keep_the_digits_that_stand_there() {
        for digits in [
            "123456789012345678901234567890",
            "10000000000000001",
            "-1.5e-400",
            "-9223372036854775809",
            "0.30000000000000004",
            "5",
            "1.5",
        ] {
            let text = format!(" {{\"title\":{digits},\"journal\":{{\"volume\":[{digits}]}}}}");
            let record = Record::parse(text.as_bytes()).unwrap();
            assert_eq!(record.title, Json::Number(digits.into()));
            let Json::List(volume) = record.journal.member("volume") else { panic!("{digits}") };
            assert_eq!(volume[0], record.title);
            assert_eq!(record.rounded, []);
            assert_eq!(Json::parse(digits).unwrap(), record.title);
        }
        let record = Record::parse(b"{\"title\":0.0,\"doi\":1.50,\"url\":-0.0}").unwrap();
        assert_eq!(record.title.text(), Some("0"));
        assert_eq!(record.doi.text(), Some("1.5"));
        assert_eq!(record.url.text(), Some("-0"));
    }

    #[test]
    fn strings_are_borrowed_where_they_can_be() {
        let record: Record = serde_json::from_str(r#"{"title":"A","doi":"1\n"}"#).unwrap();
        assert!(matches!(record.title, Json::Text(Cow::Borrowed("A"))));
        assert!(matches!(record.doi, Json::Text(Cow::Owned(_))));
    }
}

//! JSON values that borrow from the input, and a record that takes any of them in any place.

use std::borrow::Cow;
use std::fmt;

use crate::by_name::ByName;
use crate::distinct::stand_in;
use memchr::memmem;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::csl_json::items::Members;

/// A JSON value. Sources put strings where numbers belong and the other way round, so a record
/// takes any value in any place, and the reader decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Json<'a> {
    /// `null`, or no such member.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, in digits.
    Number(String),
    /// A number that may have had other digits: more than a float holds.
    Rounded(String),
    /// A string.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Json<'a>>),
    /// An object, its members in order.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl<'a> Json<'a> {
    /// True for what says nothing: `null`, `""`, `[]`, `{}`.
    pub fn is_empty(&self) -> bool {
        match self {
            Json::Null => true,
            // Most strings begin with a sign, and every member is asked several times.
            Json::Text(text) => {
                !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
            }
            Json::List(items) => items.is_empty(),
            Json::Object(members) => members.is_empty(),
            Json::Bool(_) | Json::Number(_) | Json::Rounded(_) => false,
        }
    }

    /// Reads a value, its numbers with every digit.
    ///
    /// # Errors
    /// It is not JSON.
    pub fn parse(raw: &'a str) -> serde_json::Result<Json<'a>> {
        let value: Json<'a> = serde_json::from_str(raw)?;
        if value.rounded().is_some() { exact(raw) } else { Ok(value) }
    }

    /// The first number in it that may have had other digits.
    fn rounded(&self) -> Option<&str> {
        match self {
            Json::Rounded(digits) => Some(digits),
            Json::List(items) => items.iter().find_map(Json::rounded),
            Json::Object(members) => members.iter().find_map(|(_, value)| value.rounded()),
            _ => None,
        }
    }

    /// The value as text, where it is a string or a number.
    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            Json::Number(digits) | Json::Rounded(digits) => Some(digits),
            _ => None,
        }
    }

    /// The member of that name, where the value is an object that has it; where it stands twice,
    /// the last that says something.
    pub fn member(&self, name: &str) -> &Json<'a> {
        const NULL: &Json<'static> = &Json::Null;
        match self {
            Json::Object(members) => {
                let mut named = members.iter().rev().filter(|(n, _)| n == name).map(|(_, v)| v);
                named.clone().find(|value| !value.is_empty()).or(named.next()).unwrap_or(NULL)
            }
            _ => NULL,
        }
    }

    /// What kind of value it is, for messages.
    pub fn type_name(&self) -> &'static str {
        match self {
            Json::Null => "null",
            Json::Bool(_) => "a truth value",
            Json::Number(_) | Json::Rounded(_) => "a number",
            Json::Text(_) => "a string",
            Json::List(_) => "a list",
            Json::Object(_) => "an object",
        }
    }
}

impl fmt::Display for Json<'_> {
    /// A string as it is, a list by its items, an object by its members.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(truth) => write!(f, "{truth}"),
            Json::Number(text) | Json::Rounded(text) => f.write_str(text),
            Json::Text(text) => f.write_str(text),
            Json::List(items) => items.iter().try_for_each(|item| write!(f, "[{item}]")),
            Json::Object(members) => {
                members.iter().try_for_each(|(name, value)| write!(f, "{{{name}: {value}}}"))
            }
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json<'a>, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(truth))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json<'de>, E> {
        let digits = number.to_string();
        // As many digits are held whatever the number, with sign and point.
        let held = number.is_normal() && number.abs() < INTEGERS && digits.len() <= 16;
        Ok(if held { Json::Number(digits) } else { Json::Rounded(digits) })
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json<'de>, A::Error> {
        let mut object = Vec::new();
        while let Some((Name(name), value)) = members.next_entry()? {
            object.push((name, value));
        }
        Ok(Json::Object(object))
    }
}

/// Every integer below is a float too.
const INTEGERS: f64 = (1u64 << 53) as f64;

/// A value whose numbers keep the digits that stand there.
fn exact<'a>(raw: &'a str) -> serde_json::Result<Json<'a>> {
    Ok(match raw.as_bytes().first() {
        Some(b'{') => {
            let Members(members) = serde_json::from_str(raw)?;
            let exact = |(name, raw): (String, &'a RawValue)| Ok((name.into(), exact_of(raw)?));
            Json::Object(members.into_iter().map(exact).collect::<serde_json::Result<_>>()?)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(raw)?;
            Json::List(items.into_iter().map(exact_of).collect::<serde_json::Result<_>>()?)
        }
        _ => match serde_json::from_str(raw)? {
            // `0.0` has no digits that `0` has not.
            Json::Rounded(digits) if raw.strip_suffix(".0") == Some(&digits) => {
                Json::Number(digits)
            }
            Json::Rounded(_) => Json::Number(raw.to_owned()),
            value => value,
        },
    })
}

fn exact_of(raw: &RawValue) -> serde_json::Result<Json<'_>> {
    exact(raw.get())
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

/// A member's name, borrowed where it holds no escapes.
struct Name<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Name<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Name<'a>, D::Error> {
        match deserializer.deserialize_str(JsonVisitor)? {
            Json::Text(name) => Ok(Name(name)),
            _ => Ok(Name(Cow::Borrowed(""))),
        }
    }
}

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
    fn what_is_empty_holds_blanks_at_most() {
        for (text, empty) in
            [("", true), (" ", true), ("\u{3000}\n", true), (" a", false), ("镁", false)]
        {
            assert_eq!(Json::Text(text.into()).is_empty(), empty, "{text:?}");
        }
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

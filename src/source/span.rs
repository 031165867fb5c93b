//! Where the records of a text stand in it, byte by byte, for those who change one and nothing else.

use std::ops::Range;

/// A record of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where it stands.
    pub range: Range<usize>,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// The word for its type and its citation key, where they stand outside of the fields.
    pub key: Range<usize>,
    /// Its fields in their order.
    pub fields: Vec<FieldSpan>,
    /// Where another field can be put.
    pub end: usize,
    /// A separator stands before [`Span::end`] already.
    pub separated: bool,
    /// What else of the text it cannot be read without, in the order of the text.
    pub needs: Vec<Range<usize>>,
    /// False where it is broken.
    pub whole: bool,
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldSpan {
    /// Its name, as it stands there.
    pub name: String,
    /// Where it begins: with its name or the quotation mark before that.
    pub start: usize,
    /// Its value, delimiters included.
    pub value: Range<usize>,
}

impl Span {
    /// The fields of that name, in either case.
    pub fn named<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s FieldSpan> {
        self.fields.iter().filter(move |field| field.name.eq_ignore_ascii_case(name))
    }
}

//! Pure functions on strings: what cleans the values of a source. No I/O, no source, no format.

pub mod case;
pub mod date;
pub mod doi;
pub mod kind;
pub(crate) mod lengths;
pub mod locator;
pub mod loose;
pub mod markup;
pub mod names;
pub mod phrases;
pub mod pinyin;
pub(crate) mod plain;
pub(crate) mod scan;
pub mod script;
pub mod surnames;
pub mod title;
pub mod url;

//! Bilingual literature records, Chinese and English, to BibTeX, BibLaTeX, RIS and CSL-JSON, with
//! both titles in separate fields.
//!
//! ```
//! use bibilingual::{Format, Options, convert};
//!
//! let page = r#"最新文献
//! {"title":"镁在成瘾中的作用。","authors":"Mihai Nechifor","doi":"10.1684/mrh.2018.0443",
//!  "journal":{"name":"Magnesium research","volume":"31 3","pages":"90-98"},
//!  "publicationDate":"2018-08-01",
//!  "resultStr":"{\"title\":\"Magnesium in addiction - a general view.\"}"}
//! 引用次数: 6"#;
//!
//! let bibtex = Format::by_name("bibtex").unwrap();
//! let converted = convert(page.as_bytes(), "page", bibtex, &Options::default())?;
//! assert!(converted.text.starts_with("@article{nechifor2018magnesium,"));
//! assert!(converted.text.contains("title = {Magnesium in addiction - a general view}"));
//! assert!(converted.text.contains("titletranslation = {镁在成瘾中的作用}"));
//! # Ok::<(), bibilingual::Error>(())
//! ```
//!
//! The doors:
//! - [`convert`]: a text with records in it to a file of one format.
//! - [`source::Batches`] and [`export::rendered`]: the same as an iterator, with templates of one's own.
//! - [`export::run`]: all of it on all cores, to several outputs, in memory or in a stream.
//! - [`Entry`](model::Entry): the model in the middle.
//! - [`FORMATS`]: the formats; a format is a value and a template.
//! - [`Diagnostic`](diagnostic::Diagnostic): what was guessed, lost or found in contradiction.

mod by_name;
pub mod diagnostic;
mod distinct;
mod error;
pub mod explain;
pub mod export;
pub mod format;
pub mod join;
pub mod key;
pub mod library;
mod merge;
pub mod model;
pub mod source;
pub mod text;
pub mod verify;
pub mod view;

pub use error::Error;
pub use export::{Converted, Options, convert};
pub use format::{FORMATS, Format};

/// The examples of the README are compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

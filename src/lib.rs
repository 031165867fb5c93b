//! Bilingual literature records, Chinese and English, to BibTeX, BibLaTeX, RIS and CSL-JSON, with
//! both titles in separate fields.

pub mod diagnostic;
pub mod format;
pub mod model;
pub mod text;
pub mod view;

//! BibTeX and BibLaTeX.

pub mod split;

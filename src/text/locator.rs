//! Where in its journal a work stands: volume, issue, pages, article number.

mod arxiv;
mod number;
mod pages;
mod volume;

pub use arxiv::arxiv_of_doi;
pub use pages::{Locator, pages};
pub use volume::{Volume, is_filler, issue, volume};

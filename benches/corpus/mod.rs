//! Corpora of any size, the same for the same seed, made in constant memory from the shapes of
//! real records: two families, the separators, volumes, pages, DOIs, dates and oddities that a
//! survey of 62 records of booksci.cn has seen, as often as it has seen them. ("FINDINGS" in the comments
//! is that survey.) Their text is made of a vocabulary of our own. Record `i` depends on the seed and
//! `i` alone: a longer corpus begins with the shorter one.
//!
//! `examples/corpus.rs` is the program; benches and tests take this module in with `#[path]`.

// Every bench and test takes only a part of it.
#![allow(dead_code)]

mod people;
mod random;
mod record;
mod text;
mod words;
mod work;

use std::io::{self, Write};

use clap::ValueEnum;

use random::{Part, Random};
pub use record::{Family, Record};
pub use work::Work;

/// Which records are in a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// Of detail pages: Chinese title, the English record in `resultStr`, about 4.3 KB each
    Detail,
    /// Of list pages: English title, no `resultStr`, about 2 KB each
    List,
    /// Half of each
    Mixed,
}

/// How the records stand in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Layout {
    /// A record a line
    Jsonl,
    /// One JSON array
    Array,
    /// Pages of loose text with the records in it, as a browser copies them
    Page,
}

/// A corpus without end.
#[derive(Clone, Copy, Debug)]
pub struct Corpus {
    /// Which records are in it.
    pub shape: Shape,
    /// Another seed, another corpus.
    pub seed: u64,
    /// How many records of a hundred tell of a work of which one before has told.
    pub repeats: u64,
}

impl Corpus {
    /// A corpus without repeats.
    pub fn new(shape: Shape, seed: u64) -> Corpus {
        Corpus { shape, seed, repeats: 0 }
    }

    /// The record of a number, from 0.
    pub fn record(&self, index: u64) -> Record {
        let number = self.work_of(index);
        let work = Work::new(&mut Random::new(self.seed, Part::Work, number), number);
        let mut random = Random::new(self.seed, Part::Record, index);
        let detail = random.chance(1, 2);
        let family = match self.shape {
            Shape::Detail => Family::Detail,
            Shape::Mixed if detail => Family::Detail,
            Shape::List | Shape::Mixed => Family::List,
        };
        Record::new(&mut random, number, work, family)
    }

    /// The work of which a record tells: the record's own, or that of one before.
    pub fn work_of(&self, index: u64) -> u64 {
        let mut random = Random::new(self.seed, Part::Choice, index);
        match index > 0 && random.chance(self.repeats, 100) {
            true => self.work_of(random.below(index)),
            false => index,
        }
    }

    /// Writes some records.
    ///
    /// # Errors
    /// `out` cannot be written.
    pub fn write(
        &self,
        layout: Layout,
        records: std::ops::Range<u64>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let first = records.start;
        for index in records {
            let Record { json, before, behind, .. } = self.record(index);
            match layout {
                Layout::Jsonl => writeln!(out, "{json}")?,
                Layout::Array => {
                    let lead = if index == first { "[\n" } else { ",\n" };
                    write!(out, "{lead}{json}")?;
                }
                Layout::Page => {
                    let head = index % PAGE == 0 && self.shape != Shape::Detail;
                    let head = if head { HEAD } else { "" };
                    write!(out, "{head}{before}{json}\n{behind}")?;
                }
            }
        }
        if layout == Layout::Array {
            out.write_all(b"\n]\n")?;
        }
        out.flush()
    }

    /// Some records in one text.
    pub fn text(&self, layout: Layout, records: u64) -> String {
        let mut text = Vec::new();
        self.write(layout, 0..records, &mut text).expect("memory takes everything");
        String::from_utf8(text).expect("records are in UTF-8")
    }
}

/// How many records a list page has.
const PAGE: u64 = 10;

const HEAD: &str = "Letters in Field Robotics最新文献\n\n筛选\n英文 中文\n";

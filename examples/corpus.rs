//! Writes a corpus of made records, for measuring: see `benches/README.md`.
//!
//! `cargo run --release --example corpus -- --records 100000 --shape detail > corpus.jsonl`

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use std::io::{self, BufWriter, ErrorKind};
use std::process::ExitCode;

use clap::Parser;
use corpus::{Corpus, Layout, Shape};

/// Write a corpus of made records to standard output; the same options give the same bytes.
#[derive(Parser)]
struct Args {
    /// How many records
    #[arg(long, default_value_t = 1000)]
    records: u64,
    /// The number of the first, from 0: a corpus can be made in parts
    #[arg(long, default_value_t = 0)]
    first: u64,
    /// Which records
    #[arg(long, value_enum, default_value_t = Shape::Mixed)]
    shape: Shape,
    /// How they stand in the file
    #[arg(long, value_enum, default_value_t = Layout::Jsonl)]
    layout: Layout,
    /// Another seed, another corpus
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many records of a hundred tell of a work of which one before has told
    #[arg(long, value_name = "PERCENT", default_value_t = 0,
          value_parser = clap::value_parser!(u64).range(..=100))]
    repeat_dois: u64,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let corpus = Corpus { shape: args.shape, seed: args.seed, repeats: args.repeat_dois };
    let records = args.first..args.first.saturating_add(args.records);
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    match corpus.write(args.layout, records, &mut out) {
        // A reader that has closed its end, such as `head`, has had enough.
        Err(e) if e.kind() != ErrorKind::BrokenPipe => {
            eprintln!("standard output: {e}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

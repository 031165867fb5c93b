//! The fuzz targets over their corpus and over changed pieces of it, with the toolchain of every day.
//! `fuzz/README.md` tells how to look for more.

#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use targets::TARGETS;

fn corpus(folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(folder);
    let files = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut all: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    all.sort();
    all.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

/// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// Pieces that readers stumble over.
const PIECES: &[&[u8]] = &[
    b"{",
    b"}",
    b"\"",
    b"\\",
    b"$",
    b"&nbsp;",
    b"<p>",
    b"</i>",
    b"\0",
    b"\n",
    b"ER  - ",
    b" and ",
    b", ",
    b"\\textit{",
    b"&lt;",
    b"<sub>",
    b"\xE9\x95\x81",
    b"\xE2\x80\x8F",
    b"%",
    b"--",
    b"10.1/",
    b"\x1E",
    b"\xFF",
    b"et al",
    b"https://doi.org/",
    b"{&quot;",
    b"{\"title\":",
    b"{\\\"title\\\":",
    b"{title:\"",
    b"{\"\"title\"\":",
    b"{\\u0022title\\u0022:",
    b"('{\"title\":",
    b"{\"n\":NaN,",
    b"{\"data\":\"{\\\"title\\\":",
    b"{\"journal\":{\"title\":",
    b"// ",
    b"\xC2\xA0",
    b"2020-02-30",
    b"[Article in Chinese]",
    b"\xF0\x9F\x98\x80",
];

/// A change such as fuzzers make: bytes taken away, doubled, swapped with others, or put in.
fn change(data: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    let at = random.below(data.len() + 1);
    let end = (at + random.below(16)).min(data.len());
    match random.below(5) {
        0 => drop(data.drain(at..end)),
        1 => data.splice(at..at, data[at..end].to_vec()).for_each(drop),
        2 => {
            data.splice(at..end, PIECES[random.below(PIECES.len())].iter().copied()).for_each(drop)
        }
        3 => data.splice(at..at, PIECES[random.below(PIECES.len())].iter().copied()).for_each(drop),
        _ => {
            let from = random.below(other.len() + 1);
            data.truncate(at);
            data.extend(&other[from..]);
        }
    }
}

fn holds(target: fn(&[u8]), data: &[u8], what: &str) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| target(data))) {
        eprintln!("{what}: does not hold for {:?}", String::from_utf8_lossy(data));
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn every_target_holds_for_its_corpus_and_for_changes_of_it() {
    // `BIBILINGUAL_FUZZ=100000 cargo test --release --test fuzz` looks longer and elsewhere.
    let rounds = std::env::var("BIBILINGUAL_FUZZ").ok().and_then(|n| n.parse().ok());
    for (name, folder, target) in TARGETS {
        let corpus = corpus(folder);
        assert!(!corpus.is_empty(), "{name} has no corpus");
        for (path, data) in &corpus {
            holds(*target, data, &path.display().to_string());
        }
        let mut random = Random(rounds.unwrap_or(1) as u64);
        for round in 0..rounds.unwrap_or(300) {
            let mut data = corpus[random.below(corpus.len())].1.clone();
            for _ in 0..1 + random.below(6) {
                change(&mut data, &corpus[random.below(corpus.len())].1.clone(), &mut random);
            }
            holds(*target, &data, &format!("{name}, round {round}"));
        }
    }
}

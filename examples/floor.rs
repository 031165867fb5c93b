//! The floor under every conversion: both layers of each record of a file of JSON Lines parsed by
//! serde_json into the program's own structs, and nothing else. `benches/compare.sh` holds the
//! program against it.
//!
//! `cargo run --release --example floor -- corpus.jsonl`

use std::fs::File;
use std::io::{self, Read};
use std::process::ExitCode;

use bibilingual::source::floor;

/// So many bytes are read at a time: a buffer of the size of the file would have its pages faulted
/// in one by one, and the floor would look slow.
const BATCH: usize = 1 << 20;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: floor FILE");
        return ExitCode::from(2);
    };
    match File::open(&path).and_then(parse) {
        Ok((records, layers)) => {
            println!("{records} records, {layers} layers");
            ExitCode::SUCCESS
        }
        Err(e) => {
            eprintln!("{}: {e}", path.display());
            ExitCode::FAILURE
        }
    }
}

/// How many records and layers there are, read in batches of whole lines.
fn parse(mut file: File) -> io::Result<(usize, usize)> {
    let (mut records, mut layers) = (0, 0);
    let mut buffer = vec![0; BATCH];
    let mut filled = 0;
    loop {
        if filled == buffer.len() {
            // A line longer than the buffer.
            buffer.resize(2 * filled, 0);
        }
        let read = file.read(&mut buffer[filled..])?;
        filled += read;
        let whole = match buffer[..filled].iter().rposition(|byte| *byte == b'\n') {
            _ if read == 0 => filled,
            Some(end) => end + 1,
            None => continue,
        };
        let (more, inner) = floor(&buffer[..whole]);
        (records, layers) = (records + more, layers + inner);
        if read == 0 {
            return Ok((records, layers));
        }
        buffer.copy_within(whole..filled, 0);
        filled -= whole;
    }
}

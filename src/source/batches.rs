//! An input, part by part.

use std::io::Read;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;

use super::scan::{Raw, Scanner};
use super::span::Span;
use super::table::{ReadWhole, Source};
use super::{Layer, Options, Reading, booksci, literals, whole};
use crate::error::Error;

/// A part of an input with whole records in it, not yet read.
pub struct Batch {
    pub(super) file: Arc<str>,
    pub(super) text: Vec<u8>,
    pub(super) options: Options,
    source: &'static Source,
    records: Records,
}

/// The records of a batch.
enum Records {
    /// A stretch of the input. Where the records stand in it is known.
    Found { raws: Vec<Raw>, before: Before, tail: Option<Tail> },
    /// The whole input, for a reader that finds them itself.
    Whole(ReadWhole),
}

/// What stands before a stretch of an input.
#[derive(Default)]
pub(super) struct Before {
    /// How many records.
    pub(super) records: usize,
    /// The last one of them.
    pub(super) last: Vec<u8>,
    /// Loose texts with citations in them, and the lines on which they begin.
    pub(super) missed: Vec<(usize, Vec<u8>)>,
}

/// The loose text behind the last record of an input.
pub(super) struct Tail {
    /// Where it stands in the text of its batch.
    pub(super) range: Range<usize>,
    /// The line on which it begins, from 1.
    pub(super) line: usize,
}

impl Batch {
    /// Reads its records. This is the larger part of the work, and batches can be read at once.
    ///
    /// # Errors
    /// [`Error::NoRecord`] where it is a whole input without even a broken record.
    pub fn read(&self) -> Result<Reading, Error> {
        self.read_with(None)
    }

    /// Reads its records, and what each part of each record gives by itself.
    ///
    /// # Errors
    /// As [`Batch::read`].
    pub fn read_in_layers(&self) -> Result<(Reading, Vec<Layer>), Error> {
        let mut layers = Vec::new();
        let reading = self.read_with(Some(&mut layers))?;
        Ok((reading, layers))
    }

    /// What knows where the records of a text of its source stand.
    pub(super) fn spans(&self) -> Option<fn(&str) -> Vec<Span>> {
        self.source.spans
    }

    fn read_with(&self, layers: Option<&mut Vec<Layer>>) -> Result<Reading, Error> {
        let reading = self.read_any(layers);
        match &self.records {
            Records::Whole(_) if reading.records == 0 => {
                Err(no_record(&self.file, self.source, hint(&self.text)))
            }
            _ => Ok(reading),
        }
    }

    /// Reads its records, also where there are none: what stands between them can be told of.
    pub(super) fn read_any(&self, layers: Option<&mut Vec<Layer>>) -> Reading {
        match &self.records {
            Records::Found { raws, before, tail } => {
                let mut reading = booksci::read(self, raws, before, layers);
                if let Some(tail) = tail {
                    booksci::read_tail(self, tail, before, &mut reading);
                }
                reading
            }
            Records::Whole(read) => whole::read(*read, self, layers),
        }
    }
}

/// How much of an input is read at once, in bytes.
const CHUNK: usize = 256 << 10;

/// An input, batch by batch. One of booksci.cn takes memory that does not depend on its length; of
/// every other source the whole input is one batch.
///
/// The source is told by how the input begins. An error is an item: [`Error::Read`] where the input
/// cannot be read on, behind the records that stand before; [`Error::NoRecord`] at the end of an
/// input without even a broken record.
pub struct Batches<R> {
    input: R,
    scanner: Scanner,
    file: Arc<str>,
    options: Options,
    records: usize,
    /// The record that was given out last.
    last: Vec<u8>,
    hint: &'static str,
    state: State,
    failed: Option<Error>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing has been read yet.
    New,
    Reading,
    /// The input has ended, the records in what was read have not.
    Ended,
    Done,
}

impl<R: Read> Batches<R> {
    /// The batches of an input; `name` stands for it in messages, and its ending tells the source
    /// where the text does not. It is text in UTF-8, with or without byte order mark.
    pub fn new(input: R, name: &str, options: Options) -> Batches<R> {
        let scanner = Scanner::new(options.limits);
        let (file, state) = (Arc::from(name), State::New);
        let last = Vec::new();
        Batches { input, scanner, file, options, records: 0, last, hint: "", state, failed: None }
    }

    /// Reads `wanted` more bytes to the text; true where the input has more. An error ends it.
    fn read_on(&mut self, wanted: usize) -> bool {
        let text = self.scanner.text();
        if wanted < usize::MAX {
            text.reserve_exact(wanted);
        }
        let wanted = wanted as u64;
        match self.input.by_ref().take(wanted).read_to_end(text) {
            Ok(length) => length as u64 == wanted,
            Err(source) => {
                self.failed = Some(Error::Read { name: self.file.to_string(), source });
                false
            }
        }
    }

    /// Reads the beginning, which tells the source: a batch where it is one that is read whole.
    fn begin(&mut self) -> Option<Batch> {
        let mut more = self.read_on(CHUNK);
        let mut source = self.source();
        if source.read.is_some() {
            // A page can begin like anything. Now that all of it is here, all of it is looked at.
            more &= self.read_on(usize::MAX);
            source = self.source();
        }
        let text = self.scanner.text();
        self.hint = hint(text);
        if text.starts_with(b"\xEF\xBB\xBF") {
            text.drain(..3);
        }
        if let Some(read) = source.read {
            self.state = State::Done;
            let (text, records) = (std::mem::take(text), Records::Whole(read));
            let (file, options) = (self.file.clone(), self.options);
            return Some(Batch { file, text, options, source, records });
        }
        self.go_on(more);
        self.found()
    }

    fn source(&mut self) -> &'static Source {
        let (from, file) = (self.options.from, self.file.clone());
        from.unwrap_or_else(|| Source::of(self.scanner.text(), &file))
    }

    fn go_on(&mut self, more: bool) {
        self.state = if more { State::Reading } else { State::Ended };
        if !more {
            self.scanner.end();
        }
    }

    /// The records that have been found in the text, and what stands behind the last one of all.
    fn found(&mut self) -> Option<Batch> {
        let raws: Vec<Raw> = std::iter::from_fn(|| self.scanner.next()).collect();
        let mut before = Before { records: self.records, ..Before::default() };
        self.records += raws.len();
        let tail = (self.state == State::Ended && self.records > 0).then(|| self.scanner.tail());
        let tail = tail.map(|(range, line)| Tail { range, line });
        before.missed = self.scanner.take_missed();
        if raws.is_empty() && tail.is_none() && before.missed.is_empty() {
            self.scanner.drop_text();
            return None;
        }
        // A name of its own for each batch: threads that count the users of one and the same wait for
        // each other.
        let (file, text) = (Arc::from(&*self.file), self.scanner.take_text());
        before.last.clone_from(&self.last);
        if let Some(raw) = raws.last() {
            self.last.clear();
            self.last.extend_from_slice(raw.own.as_deref().unwrap_or(&text[raw.range.clone()]));
        }
        let (options, records) = (self.options, Records::Found { raws, before, tail });
        Some(Batch { file, text, options, source: Source::booksci(), records })
    }
}

impl<R: Read> Iterator for Batches<R> {
    type Item = Result<Batch, Error>;

    fn next(&mut self) -> Option<Result<Batch, Error>> {
        loop {
            let batch = match self.state {
                State::New => self.begin(),
                State::Reading => {
                    // As much as is held, so that a record of any length takes linear time.
                    let wanted = self.scanner.text().len().max(CHUNK);
                    let more = self.read_on(wanted);
                    self.go_on(more);
                    self.found()
                }
                State::Ended if self.records == 0 && self.failed.is_none() => {
                    self.state = State::Done;
                    return Some(Err(no_record(&self.file, Source::booksci(), self.hint)));
                }
                State::Ended | State::Done => {
                    self.state = State::Done;
                    return self.failed.take().map(Err);
                }
            };
            if batch.is_some() {
                return batch.map(Ok);
            }
        }
    }
}

fn no_record(name: &str, source: &Source, hint: &'static str) -> Error {
    Error::NoRecord { name: name.to_owned(), wanted: source.records, hint }
}

/// What may be wrong with an input that holds no record.
fn hint(input: &[u8]) -> &'static str {
    if let Some(packed) = packed(input) {
        return packed;
    }
    match input {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "; the file is in UTF-16: save it as UTF-8",
        [] => "; the file is empty",
        _ if input.contains(&0) => "; the file may be in UTF-16: save it as UTF-8",
        // The last character may be here in part alone.
        _ if std::str::from_utf8(input).is_err_and(|e| e.error_len().is_some()) => {
            "; the file is not in UTF-8: save it as UTF-8"
        }
        // Asked of every input: what has names of JSON is not looked through.
        _ if memmem::find(input, b"\"title\"").is_none() && literals::stand_in(input) => {
            "; it holds objects of JavaScript or Python: write them as JSON"
        }
        _ => "; if it is of another kind, name that with --from",
    }
}

/// How an input is compressed, where its first bytes say so, and what to do about it.
pub(crate) fn packed(input: &[u8]) -> Option<&'static str> {
    let hint = match input {
        [0x1F, 0x8B, ..] => "; the file is compressed with gzip: unpack it first",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "; the file is compressed with zstd: unpack it first",
        _ if input.starts_with(b"\xFD7zXZ\0") => {
            "; the file is compressed with xz: unpack it first"
        }
        // The digit is the size of its blocks; the rest is how the first one begins.
        [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..] if rest.starts_with(b"1AY&SY") => {
            "; the file is compressed with bzip2: unpack it first"
        }
        _ if input.starts_with(b"PK\x03\x04") => "; the file is a zip archive: unpack it first",
        _ => return None,
    };
    Some(hint)
}

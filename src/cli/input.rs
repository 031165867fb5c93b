//! What every command that reads records shares.

use std::fs;
use std::io::{self, Read};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use bibilingual::Error;
use bibilingual::export::Options;
use bibilingual::format::Expression;
use bibilingual::key::Suffix;
use bibilingual::source::{self, Batch, Batches, Limits, SOURCES, Source};
use bibilingual::text::pinyin::Overrides;
use bibilingual::view::Main;
use clap::{Args, ValueEnum};

use super::packed::unpacked;

/// Where records come from.
#[derive(Args)]
pub struct InputArgs {
    /// Files with records in them: pages of booksci.cn, .bib, RIS, CSL-JSON, .enw, also compressed
    /// (gzip, zstd); `-` or none for standard input
    pub input: Vec<PathBuf>,
    /// What the inputs are, where it is not to be told by their text
    #[arg(long, value_name = "SOURCE", value_parser = source_names())]
    from: Option<String>,
    /// Keep records of the same work apart (those with the same DOI or number of the source)
    #[arg(long)]
    pub no_join: bool,
    /// How many records to work on at once, 512 at most [default: one for each core]
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZero<usize>>,
    /// Reject records of pages that are longer than this; K, M and G stand for 1024, 1024² and 1024³ bytes
    #[arg(long, value_name = "BYTES", default_value = "16M", value_parser = bytes)]
    max_record_size: usize,
    /// Reject records of pages in which objects and lists stand deeper in each other than this
    #[arg(long, value_name = "N", default_value_t = Limits::MAX_DEPTH as u8,
          value_parser = clap::value_parser!(u8).range(1..=Limits::MAX_DEPTH as i64))]
    max_depth: u8,
    /// Reject records with more authors than this
    #[arg(long, value_name = "N", default_value_t = Limits::default().authors)]
    max_authors: usize,
}

fn source_names() -> clap::builder::PossibleValuesParser {
    let value = |s: &Source| clap::builder::PossibleValue::new(s.name).help(s.purpose);
    SOURCES.iter().map(value).collect::<Vec<_>>().into()
}

/// A number of bytes such as `512K`.
fn bytes(text: &str) -> Result<usize, String> {
    let (digits, shift) = match text.char_indices().last() {
        Some((at, 'k' | 'K')) => (&text[..at], 10),
        Some((at, 'm' | 'M')) => (&text[..at], 20),
        Some((at, 'g' | 'G')) => (&text[..at], 30),
        _ => (text, 0),
    };
    let number = digits.parse().ok().filter(|n| *n > 0);
    let bytes = number.and_then(|n: usize| n.checked_mul(1 << shift));
    bytes.ok_or_else(|| "expected a number of bytes such as 500000, 512K, 16M or 1G".to_owned())
}

/// What a user can choose about every entry.
#[derive(Args)]
pub struct ChoiceArgs {
    /// The language of the main title
    #[arg(long, value_enum, default_value_t = MainArg::Original)]
    main: MainArg,
    /// Make citation keys with an expression, such as
    /// "entry.authors[0].family ~ entry.date.year"
    #[arg(long, value_name = "EXPRESSION")]
    key_template: Option<String>,
    /// What makes a citation key the only one
    #[arg(long, value_enum, default_value_t = SuffixArg::Letters)]
    key_suffix: SuffixArg,
    /// Give Chinese authors whom the source names in characters alone a form in pinyin
    #[arg(long)]
    pinyin: bool,
    /// Readings of Chinese characters for citation keys and --pinyin that go before the built-in ones: a line
    /// each, such as "曾 zeng" or "重庆 chong qing"
    #[arg(long, value_name = "FILE")]
    readings: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum MainArg {
    /// The language of the work
    Original,
    /// Chinese
    Zh,
    /// English
    En,
}

#[derive(Clone, Copy, ValueEnum)]
enum SuffixArg {
    /// a, b, … where the key is taken
    Letters,
    /// A hash of the record behind every key: parts of a corpus that are converted apart have no
    /// key in common
    Hash,
}

impl ChoiceArgs {
    /// The options of the library.
    ///
    /// # Errors
    /// The expression does not parse; the readings cannot be read.
    pub fn options(&self) -> Result<Options, Error> {
        let main = match self.main {
            MainArg::Original => Main::Original,
            MainArg::Zh => Main::Zh,
            MainArg::En => Main::En,
        };
        let key = self.key_template.as_deref().map(Expression::new).transpose()?;
        let readings = self.readings.as_deref().map(read_readings).transpose()?.unwrap_or_default();
        let suffix = match self.key_suffix {
            SuffixArg::Letters => Suffix::Letters,
            SuffixArg::Hash => Suffix::Hash,
        };
        Ok(Options { main, suffix, key, readings, pinyin: self.pinyin, ..Options::default() })
    }

    /// The files that it reads, each with its option.
    pub fn reads(&self) -> impl Iterator<Item = (&'static str, &Path)> {
        self.readings.as_deref().map(|path| ("--readings", path)).into_iter()
    }
}

fn read_readings(path: &Path) -> Result<Overrides, Error> {
    let text = read_text(path)?;
    Overrides::parse(&text).map_err(|(line, what)| {
        let what = format!("{}:{line}: {what}", path.display());
        Error::Option { option: "--readings", what }
    })
}

/// A text file that the user names in an option, without byte order mark.
///
/// # Errors
/// It cannot be read, or is not in UTF-8.
pub fn read_text(path: &Path) -> Result<String, Error> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|source| Error::Read { name, source })?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

impl InputArgs {
    /// The inputs, standard input where none is named.
    fn paths(&self) -> Vec<PathBuf> {
        match self.input.is_empty() {
            true => vec![PathBuf::from("-")],
            false => self.input.clone(),
        }
    }

    /// How many records are worked on at once.
    pub fn jobs(&self) -> usize {
        let cores = || thread::available_parallelism().map_or(1, NonZero::get);
        self.jobs.map_or_else(cores, NonZero::get)
    }

    /// How records are read.
    pub fn options(&self, verbatim: bool) -> source::Options {
        let (record_size, depth) = (self.max_record_size, usize::from(self.max_depth));
        let limits = Limits { record_size, depth, authors: self.max_authors };
        let from = self.from.as_deref().and_then(Source::by_name);
        source::Options { limits, verbatim, from }
    }

    /// The length of all inputs in bytes, as they stand on disk, where all of them are files.
    pub fn total(&self) -> Option<u64> {
        let length = |path: &PathBuf| {
            fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|file| file.len())
        };
        self.paths().iter().map(length).sum()
    }

    /// The records of every input. One that cannot be read is told in its place and does not stop
    /// the others. The bytes that have been read are counted in `read`.
    pub fn batches(
        &self,
        options: source::Options,
        read: Arc<AtomicU64>,
    ) -> impl Iterator<Item = Result<Batch, Error>> + Send + use<> {
        let open = move |path: PathBuf| {
            let (name, input) = open(&path, read.clone());
            let (batches, error) = match input {
                Ok(input) => (Some(Batches::new(input, &name, options)), None),
                Err(source) => (None, Some(Err(Error::Read { name, source }))),
            };
            batches.into_iter().flatten().chain(error)
        };
        self.paths().into_iter().flat_map(open)
    }
}

/// The name of an input, and its text.
pub fn open(path: &Path, read: Arc<AtomicU64>) -> (String, io::Result<Box<dyn Read + Send>>) {
    if path.as_os_str() == "-" {
        return ("standard input".to_owned(), unpacked(Counted { input: io::stdin(), read }));
    }
    let file = fs::File::open(path);
    let input = file.and_then(|input| unpacked(Counted { input, read }));
    (path.display().to_string(), input)
}

/// An input whose bytes are counted.
struct Counted<R> {
    input: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        self.read.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes_are_read() {
        for (text, size) in [
            ("1", Some(1)),
            ("512K", Some(512 << 10)),
            ("16m", Some(16 << 20)),
            ("1G", Some(1 << 30)),
            ("0", None),
            ("", None),
            ("K", None),
            ("-1", None),
            ("99999999999999999999", None),
            ("99999999999999G", None),
        ] {
            assert_eq!(bytes(text).ok(), size, "{text}");
        }
    }
}

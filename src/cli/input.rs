//! What every command that reads records shares.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use bibilingual::Error;
use bibilingual::diagnostic::Diagnostic;
use bibilingual::export::Options;
use bibilingual::format::Expression;
use bibilingual::join::join;
use bibilingual::source::{self, Found};
use bibilingual::text::pinyin::Overrides;
use bibilingual::view::Main;
use clap::{Args, ValueEnum};

use super::report::tell;

/// Where records come from.
#[derive(Args)]
pub struct InputArgs {
    /// Files with records in them: pages of text, JSON, JSON Lines; `-` or none for standard input
    pub input: Vec<PathBuf>,
    /// Keep records of the same work apart (those with the same DOI or number of the source)
    #[arg(long)]
    pub no_join: bool,
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
        Ok(Options { main, key, readings, pinyin: self.pinyin, ..Options::default() })
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

/// What all inputs gave together.
#[derive(Default)]
pub struct Input {
    /// The entries, joined unless the user wants them apart.
    pub found: Vec<Found>,
    /// How many records there were.
    pub records: usize,
    /// What was guessed, lost or found in contradiction.
    pub diagnostics: Vec<Diagnostic>,
    /// An input could not be read or held nothing.
    pub failed: bool,
}

impl InputArgs {
    /// The inputs, standard input where none is named.
    fn paths(&self) -> Vec<PathBuf> {
        match self.input.is_empty() {
            true => vec![PathBuf::from("-")],
            false => self.input.clone(),
        }
    }

    /// Reads every input. What cannot be read is told and does not stop the others.
    pub fn read(&self) -> Input {
        self.read_with(|_, _| ())
    }

    /// Reads every input and shows its name and bytes to `see` as well.
    pub fn read_with(&self, mut see: impl FnMut(&str, &[u8])) -> Input {
        let mut all = Input::default();
        for path in self.paths() {
            let reading = read_bytes(&path).and_then(|(name, bytes)| {
                see(&name, &bytes);
                source::read(&bytes, &name)
            });
            match reading {
                Ok(reading) => {
                    all.found.extend(reading.found);
                    all.records += reading.records;
                    all.diagnostics.extend(reading.diagnostics);
                }
                Err(error) => {
                    tell(&error);
                    all.failed = true;
                }
            }
        }
        if !self.no_join {
            all.found = join(all.found, &mut all.diagnostics);
        }
        all
    }
}

/// The name and the bytes of an input.
///
/// # Errors
/// It cannot be read.
fn read_bytes(path: &Path) -> Result<(String, Vec<u8>), Error> {
    let (name, bytes) = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().read_to_end(&mut bytes);
        ("standard input".to_owned(), read.map(|_| bytes))
    } else {
        (path.display().to_string(), fs::read(path))
    };
    match bytes {
        Ok(bytes) => Ok((name, bytes)),
        Err(source) => Err(Error::Read { name, source }),
    }
}

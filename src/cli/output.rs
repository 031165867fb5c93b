//! Where entries go: standard output, or files that are written beside their place and renamed.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use bibilingual::format::Receiver;
use bibilingual::{Error, FORMATS, Format};
use tempfile::NamedTempFile;

use super::interrupt::{Hold, hold};
use super::packed::{Packed, without_ending};

/// An output of a run and its format.
pub struct Target {
    /// The file, or `None` for standard output.
    pub path: Option<PathBuf>,
    /// The format.
    pub format: &'static Format,
}

impl Target {
    /// The name in messages.
    pub fn name(&self) -> String {
        match &self.path {
            Some(path) => path.display().to_string(),
            None => "standard output".to_owned(),
        }
    }
}

/// What a user has said about formats.
#[derive(Clone, Copy, Default)]
pub struct Wish<'a> {
    /// `--to`.
    pub to: Option<&'static Format>,
    /// `--for`.
    pub receiver: Option<&'static Receiver>,
    /// The name of a template of their own.
    pub template: Option<&'a str>,
}

impl Wish<'_> {
    /// The format of standard output.
    fn of_standard_output(&self) -> &'static Format {
        let of_receiver = self.receiver.and_then(Receiver::best_format);
        let of_template = self.template.map(Format::of_template);
        self.to.or(of_receiver).or(of_template).unwrap_or(&FORMATS[0])
    }

    /// The format of a file.
    fn of_file(&self, path: &Path) -> Result<&'static Format, Error> {
        let by_ending =
            without_ending(path).extension().and_then(OsStr::to_str).and_then(Format::by_extension);
        let of_receiver = self.receiver.and_then(Receiver::best_format);
        match (by_ending, self.to.or(of_receiver)) {
            // BibTeX and BibLaTeX share their ending, and `--to` or `--for` tells which.
            (Some(ending), Some(wish))
                if ending.dialect == wish.dialect && wish.dialect.is_some() =>
            {
                Ok(wish)
            }
            (Some(ending), _) => Ok(ending),
            (None, Some(wish)) => Ok(wish),
            (None, None) => self.template.map(Format::of_template).ok_or_else(|| {
                let what =
                    "its ending tells no format; say --to FORMAT, or use .bib, .ris or .json";
                Error::Output { name: path.display().to_string(), what: what.to_owned() }
            }),
        }
    }
}

/// The outputs that a user has asked for.
///
/// # Errors
/// An ending tells no format, an option has nothing to act on, or two outputs are one file.
pub fn targets(outputs: &[PathBuf], wish: Wish<'_>) -> Result<Vec<Target>, Error> {
    if outputs.is_empty() {
        return Ok(vec![Target { path: None, format: wish.of_standard_output() }]);
    }
    let mut targets: Vec<Target> = Vec::new();
    for path in outputs {
        let standard = path.as_os_str() == "-";
        let same = |t: &Target| t.path.as_ref().map_or(standard, |p| same_file(p, path));
        if targets.iter().any(same) {
            let what = "given twice as an output; leave one out".to_owned();
            return Err(Error::Output { name: path.display().to_string(), what });
        }
        let format = match standard {
            true => wish.of_standard_output(),
            false => wish.of_file(path)?,
        };
        let path = Some(path.clone()).filter(|_| !standard);
        targets.push(Target { path, format });
    }
    if let Some(to) = wish.to.filter(|to| !targets.iter().any(|t| t.format.name == to.name)) {
        let what =
            format!("{}: no output is of this format; add one with -o, or leave --to out", to.name);
        return Err(Error::Option { option: "--to", what });
    }
    Ok(targets)
}

/// True where two paths are one file, also by links, and also where it does not exist yet.
pub fn same_file(a: &Path, b: &Path) -> bool {
    whole(a) == whole(b)
}

/// A path from the root; of a file that does not exist yet the folder is followed, and the name kept.
fn whole(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = || folder.unwrap_or(Path::new(".")).canonicalize().ok();
    let there = path.canonicalize().ok();
    there.or_else(|| Some(folder()?.join(path.file_name()?))).unwrap_or_else(|| path.to_owned())
}

/// A file that takes its place only when it is whole.
pub enum Pending {
    /// Standard output, or what is no file, such as a pipe or a device: written as it comes.
    Direct(Packed<Box<dyn Write>>),
    /// A file beside its place, and the place.
    File(Packed<NamedTempFile>, PathBuf),
}

/// A file that is whole, and may take its place.
pub enum Whole {
    /// It stands there already.
    Direct,
    File(NamedTempFile, PathBuf),
}

impl Pending {
    /// Opens standard output, or a file. It is compressed where the ending says so.
    ///
    /// # Errors
    /// The folder does not exist or cannot be written to.
    pub fn open(path: Option<&Path>) -> io::Result<Pending> {
        let direct = |out: Box<dyn Write>, path| Packed::new(out, path).map(Pending::Direct);
        let Some(path) = path else { return direct(Box::new(io::stdout()), Path::new("")) };
        // A link stays a link: the file behind it is replaced.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        match fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => return Err(io::Error::from(io::ErrorKind::IsADirectory)),
            Ok(meta) if !meta.is_file() => {
                let file = fs::OpenOptions::new().write(true).open(&path)?;
                return direct(Box::new(file), &path);
            }
            // A file that its owner has protected is not replaced behind their back.
            Ok(meta) if meta.permissions().readonly() => {
                return Err(io::Error::from(io::ErrorKind::PermissionDenied));
            }
            _ => {}
        }
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".bibilingual-").suffix(".tmp");
        match fs::metadata(&path) {
            Ok(meta) => drop(builder.permissions(meta.permissions())),
            #[cfg(unix)]
            Err(_) => drop(builder.permissions(new_file_permissions())),
            #[cfg(not(unix))]
            Err(_) => {}
        };
        let mut hold = hold();
        if !folder.is_dir() {
            let what = format!("there is no folder {}; make it first", folder.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, what));
        }
        let file = builder.tempfile_in(folder).map_err(without_path)?;
        hold.begin(file.path());
        Ok(Pending::File(Packed::new(file, &path)?, path))
    }

    /// Writes out what is held back. A file is on the disk then, and may take its place.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(self) -> io::Result<Whole> {
        Ok(match self {
            Pending::Direct(out) => {
                out.finish()?.flush()?;
                Whole::Direct
            }
            Pending::File(out, path) => {
                let file = out.finish()?;
                file.as_file().sync_all()?;
                Whole::File(file, path)
            }
        })
    }
}

impl Whole {
    /// Puts the file into its place.
    ///
    /// # Errors
    /// The file cannot be renamed.
    pub fn persist(self, hold: &mut Hold) -> io::Result<()> {
        let Whole::File(file, path) = self else { return Ok(()) };
        hold.end(file.path());
        file.persist(path).map(drop).map_err(|e| e.error)
    }
}

/// The error without the name of the temporary file, which the user never gave.
fn without_path(error: io::Error) -> io::Error {
    let told = error.to_string();
    match told.rsplit_once(" at path ") {
        Some((what, _)) => io::Error::new(error.kind(), what.to_owned()),
        None => error,
    }
}

/// What every program gives a new file; the system takes off what the user's umask says.
#[cfg(unix)]
fn new_file_permissions() -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    fs::Permissions::from_mode(0o666)
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Pending::Direct(out) => out.write(bytes),
            Pending::File(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Pending::Direct(out) => out.flush(),
            Pending::File(out, _) => out.flush(),
        }
    }
}

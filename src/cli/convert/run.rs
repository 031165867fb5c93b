//! What a conversion writes and tells, part by part.

use std::io::{self, Write};
use std::path::Path;

use bibilingual::Error;
use bibilingual::diagnostic::{Diagnostic, Severity};
use bibilingual::export::{Output, Part};
use bibilingual::format::{Receiver, Renderer};
use bibilingual::view::View;

use super::super::interrupt::hold;
use super::super::output::{Pending, Target, Whole};
use super::super::progress::Progress;
use super::super::report::{Reporter, tell};
use super::super::{ALL, ConvertArgs, NOTHING, SOME};
use super::{drops, is_of_record};

/// An output that is being written.
struct Out<'a> {
    target: &'a Target,
    renderer: &'a Renderer,
    output: Output<'a>,
    /// `None` where nobody reads on.
    pending: Option<Pending>,
    /// The entries, where the template wants all of them at once.
    views: Vec<View>,
}

/// A run under way.
pub struct Run<'a> {
    outs: Vec<Out<'a>>,
    rejects: Option<(&'a Path, Pending)>,
    reporter: Reporter<io::Stderr>,
    /// How far it is.
    pub progress: Progress,
    counts: Vec<usize>,
    /// Something did not go out.
    some: bool,
}

impl<'a> Run<'a> {
    /// Opens every output.
    ///
    /// # Errors
    /// One of them cannot be written.
    pub fn begin(
        args: &'a ConvertArgs,
        targets: &'a [Target],
        renderers: &'a [Renderer],
        counts: usize,
    ) -> Result<Run<'a>, Error> {
        let mut outs = Vec::new();
        for (target, renderer) in targets.iter().zip(renderers) {
            let pending = open(target.path.as_deref())?;
            let (output, views) = (Output::new(renderer), Vec::new());
            outs.push(Out { target, renderer, output, pending: Some(pending), views });
        }
        let rejects = match args.rejects.as_deref() {
            Some(path) => Some((path, open(Some(path))?)),
            None => None,
        };
        let reporter = args.report.reporter();
        let progress = Progress::new(args.input.total(), args.report.is_quiet());
        Ok(Run { outs, rejects, reporter, progress, counts: vec![0; counts], some: false })
    }

    /// Writes a part and tells of it.
    ///
    /// # Errors
    /// An output cannot be written; [`Error::Closed`] where nobody reads any of them on.
    pub fn take(&mut self, part: Part) -> Result<(), Error> {
        if let Some(error) = &part.failure {
            self.some = true;
            self.progress.apart(|| tell(error));
        }
        self.reporter.records += part.records;
        self.tell(&part.diagnostics);
        if let Some((path, pending)) = &mut self.rejects {
            let written = part.rejected.iter().try_for_each(|rejected| rejected.write(pending));
            written.map_err(|source| failed(path, source))?;
        }
        for (sum, count) in self.counts.iter_mut().zip(&part.counts) {
            *sum += count;
        }
        for (out, rendered) in self.outs.iter_mut().zip(&part.rendered) {
            for text in out.output.lead(rendered) {
                out.write(text)?;
            }
            if out.renderer.takes_all() {
                out.views.extend_from_slice(&part.views);
            }
        }
        self.progress.advance(part.records);
        match self.outs.iter().all(|out| out.pending.is_none()) {
            true => Err(Error::Closed),
            false => Ok(()),
        }
    }

    /// Tells diagnostics. Standard error that cannot be written leaves nobody to tell; the exit
    /// code still does.
    fn tell(&mut self, diagnostics: &[Diagnostic]) {
        let lost = |d: &Diagnostic| d.code.severity() == Severity::Loss && is_of_record(d.code);
        self.some |= diagnostics.iter().any(lost);
        let _ = self.progress.apart(|| self.reporter.tell(diagnostics));
    }

    /// Writes what stands at the end, and puts the files into their places: only when all are
    /// whole and none is without entries. Gives the exit code.
    ///
    /// # Errors
    /// An output cannot be written, or the template over all entries failed.
    pub fn end(mut self, receiver: Option<&Receiver>) -> Result<u8, Error> {
        if let Some(receiver) = receiver {
            let dropped =
                self.outs.iter().flat_map(|o| drops(receiver, o.target, o.renderer, &self.counts));
            let dropped: Vec<Diagnostic> = dropped.collect();
            self.tell(&dropped);
        }
        let fewest = self.outs.iter().map(|out| out.output.entries).min().unwrap_or_default();
        let mut files = Vec::new();
        for out in self.outs.iter_mut().filter(|_| fewest > 0) {
            files.extend(out.finish()?.map(|file| (out.target.path.as_deref(), file)));
        }
        // What did not go out is to be mended, also where nothing went out.
        if let Some((path, pending)) = self.rejects.filter(|_| self.reporter.records > 0) {
            files.push((Some(path), pending.finish().map_err(|source| failed(path, source))?));
        }
        let mut hold = hold();
        for (path, file) in files {
            let place = path.unwrap_or(Path::new("standard output"));
            file.persist(&mut hold).map_err(|source| failed(place, source))?;
        }
        drop(hold);
        drop(self.progress);
        if self.reporter.records > 0 {
            self.reporter.entries = fewest;
            let _ = self.reporter.finish();
        }
        Ok(match (fewest, self.some) {
            (0, _) => NOTHING,
            (_, true) => SOME,
            (_, false) => ALL,
        })
    }
}

impl Out<'_> {
    /// A reader that has closed its end, such as `head`, has had enough: no error.
    fn write(&mut self, text: &str) -> Result<(), Error> {
        let Some(pending) = &mut self.pending else { return Ok(()) };
        match pending.write_all(text.as_bytes()) {
            Ok(()) => Ok(()),
            Err(e) if self.is_closed_pipe(&e) => {
                self.pending = None;
                Ok(())
            }
            Err(source) => Err(self.failed(source)),
        }
    }

    fn finish(&mut self) -> Result<Option<Whole>, Error> {
        if self.renderer.takes_all() {
            let text = self.renderer.entries(std::mem::take(&mut self.views))?;
            self.write(&text)?;
        } else {
            self.write(self.output.end())?;
        }
        match self.pending.take().map(Pending::finish).transpose() {
            Err(e) if self.is_closed_pipe(&e) => Ok(None),
            Err(source) => Err(self.failed(source)),
            Ok(whole) => Ok(whole),
        }
    }

    fn is_closed_pipe(&self, error: &io::Error) -> bool {
        self.target.path.is_none() && error.kind() == io::ErrorKind::BrokenPipe
    }

    fn failed(&self, source: io::Error) -> Error {
        Error::Write { name: self.target.name(), source }
    }
}

fn failed(path: &Path, source: io::Error) -> Error {
    Error::Write { name: path.display().to_string(), source }
}

fn open(path: Option<&Path>) -> Result<Pending, Error> {
    Pending::open(path).map_err(|source| failed(path.unwrap_or(Path::new("-")), source))
}

//! A whole run: from the batches of all inputs to the text of all outputs.

use std::sync::Arc;

use super::draft::Draft;
use super::pairs::paired;
use super::parallel::ordered;
use super::register::Register;
use super::{NotRendered, Options, Ready, omitted, render};
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::format::{Dialect, Renderer};
use crate::join::Works;
use crate::key::{self, Keys, Suffix};
use crate::source::{Batch, Found, Reading, Rejected};
use crate::view::View;

/// What is to be done with the entries.
#[derive(Clone, Copy)]
pub struct Plan<'a> {
    /// What holds for every entry.
    pub options: &'a Options,
    /// The outputs.
    pub renderers: &'a [Renderer],
    /// Each entry is read back before it goes out.
    pub verify: bool,
    /// An entry with two titles becomes two linked ones, where the format links.
    pub pair: bool,
    /// Nothing is kept beyond the batch in hand but the keys: records are not joined, and those
    /// that repeat a DOI are told.
    pub stream: bool,
    /// How many entries have each of these is counted.
    pub counts: &'a [fn(&View) -> bool],
    /// How many records are parsed and rendered at once.
    pub jobs: usize,
}

impl<'a> Plan<'a> {
    /// One job, in memory, no output yet.
    pub fn new(options: &'a Options) -> Plan<'a> {
        let (verify, pair, stream, jobs) = (false, false, false, 1);
        Plan { options, renderers: &[], verify, pair, stream, counts: &[], jobs }
    }

    /// True where entries with two titles become two in that output.
    fn pairs_in(&self, renderer: &Renderer) -> bool {
        self.pair && !renderer.takes_all() && renderer.format().dialect == Some(Dialect::Bib)
    }

    /// True where they do in any output.
    pub fn pairs(&self) -> bool {
        self.renderers.iter().any(|renderer| self.pairs_in(renderer))
    }
}

/// What a part of the input gave, in the order of the input.
#[derive(Debug, Default)]
pub struct Part {
    /// How many records it held, broken ones too.
    pub records: usize,
    /// How many entries were made of records.
    pub entries: usize,
    /// What was guessed, lost or found in contradiction.
    pub diagnostics: Vec<Diagnostic>,
    /// The records that did not go out, where they were asked for.
    pub rejected: Vec<Rejected>,
    /// An input that cannot be read, or holds nothing.
    pub failure: Option<Error>,
    /// What goes to each output.
    pub rendered: Vec<Rendered>,
    /// Of each of [`Plan::counts`], how many entries have it.
    pub counts: Vec<usize>,
    /// The entries themselves, where an output wants all of them at once.
    pub views: Vec<View>,
}

/// Entries in the format of an output.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The entries, with what stands between them.
    pub text: String,
    /// How many.
    pub entries: usize,
}

/// What stands around the parts of an output.
pub struct Output<'a> {
    renderer: &'a Renderer,
    /// How many entries have gone out.
    pub entries: usize,
}

impl<'a> Output<'a> {
    /// An output without entries.
    pub fn new(renderer: &'a Renderer) -> Output<'a> {
        Output { renderer, entries: 0 }
    }

    /// A part with what stands before it.
    pub fn lead<'t>(&mut self, part: &'t Rendered) -> [&'t str; 2] {
        let [before, between, _] = self.renderer.frame();
        let lead = match (part.entries, self.entries) {
            (0, _) => "",
            (_, 0) => before,
            _ => between,
        };
        self.entries += part.entries;
        [lead, &part.text]
    }

    /// What stands at the end.
    pub fn end(&self) -> &'static str {
        let [_, _, after] = self.renderer.frame();
        if self.entries > 0 { after } else { self.renderer.empty() }
    }
}

/// What comes out of an input before entries have keys.
#[derive(Default)]
pub struct Drafts {
    pub drafts: Vec<Draft>,
    pub part: Part,
}

/// Reads `batches`, joins records of the same work unless the options say otherwise, gives keys, and
/// renders. `last` gets what comes of it, part by part in the order of the input, the same parts
/// whatever [`Plan::jobs`] is.
///
/// # Errors
/// What `last` gives; an option that cannot be; a template that is wrong for every entry.
pub fn run<I>(
    batches: I,
    plan: &Plan<'_>,
    last: &mut dyn FnMut(Part) -> Result<(), Error>,
) -> Result<(), Error>
where
    I: Iterator<Item = Result<Batch, Error>> + Send,
{
    let run = Run { plan, omitted: omitted(&plan.options.omit)? };
    if plan.stream {
        let keys = Keys::default();
        return run.render(keys, batches, |batch| run.drafts_of(read(batch)), last);
    }
    let mut found = Vec::new();
    let mut works = Works::default();
    let gather = |(reading, failure): (Reading, Option<Error>)| {
        found.extend(reading.found);
        if !plan.options.no_join {
            works.see(&found);
        }
        let Reading { records, diagnostics, rejected, .. } = reading;
        last(Part { records, diagnostics, rejected, failure, ..Part::default() })
    };
    ordered(plan.jobs, batches, read, |reading| reading, |reading| reading, gather)?;
    if !plan.options.no_join {
        let mut diagnostics = Vec::new();
        found = works.join(found, &mut diagnostics);
        last(Part { diagnostics, ..Part::default() })?;
    }
    let keys = run.reserved(&found);
    let mut found = found.into_iter();
    let chunks = std::iter::from_fn(|| {
        let chunk: Vec<Found> = found.by_ref().take(AT_ONCE).collect();
        (!chunk.is_empty()).then_some(chunk)
    });
    let alone = |found| (Reading { found, ..Reading::default() }, None);
    run.render(keys, chunks, |chunk| run.drafts_of(alone(chunk)), last)
}

/// How many entries of those in memory are rendered in one task.
const AT_ONCE: usize = 128;

/// How many bytes are set aside for their text at most; for longer entries there is more as it is needed.
const MOST_ROOM: usize = 1 << 20;

/// Reads a batch; an input that cannot be read says so in the place of its records.
fn read(batch: Result<Batch, Error>) -> (Reading, Option<Error>) {
    match batch.and_then(|batch| batch.read()) {
        Ok(reading) => (reading, None),
        Err(error) => (Reading::default(), Some(error)),
    }
}

struct Run<'a> {
    plan: &'a Plan<'a>,
    omitted: Arc<[&'static str]>,
}

impl Run<'_> {
    /// Drafts, keys, rendering: the first and the last on all cores.
    fn render<I: Send>(
        &self,
        keys: Keys,
        items: impl Iterator<Item = I> + Send,
        drafts: impl Fn(I) -> Result<Drafts, Error> + Sync,
        last: &mut dyn FnMut(Part) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut register = Register::new(self.plan, keys);
        let middle = |drafts: Result<Drafts, Error>| drafts.map(|drafts| register.keyed(drafts));
        let second =
            |drafts: Result<Drafts, Error>| drafts.and_then(|drafts| self.rendered(drafts));
        ordered(self.plan.jobs, items, drafts, middle, second, |part| last(part?))
    }

    /// The keys that stand in files, which those made for the second entries of pairs give way to.
    fn reserved(&self, found: &[Found]) -> Keys {
        let mut keys = Keys::default();
        let Plan { options, .. } = self.plan;
        if self.plan.pairs() && options.key.is_none() && options.suffix == Suffix::Letters {
            let own = found.iter().map(|one| &one.entry.key).filter(|key| !key.is_empty());
            own.for_each(|key| keys.reserve(&key::of_file(key)));
        }
        keys
    }

    fn drafts_of(&self, (reading, failure): (Reading, Option<Error>)) -> Result<Drafts, Error> {
        let Reading { found, records, mut diagnostics, rejected } = reading;
        let mut drafts = Vec::with_capacity(found.len());
        for one in found {
            drafts.push(Draft::new(one, self.plan.options, &mut diagnostics)?);
        }
        let part = Part { records, diagnostics, rejected, failure, ..Part::default() };
        Ok(Drafts { drafts, part })
    }

    fn rendered(&self, Drafts { drafts, mut part }: Drafts) -> Result<Part, Error> {
        let (plan, omitted) = (self.plan, &self.omitted);
        let ready: Vec<Ready> =
            drafts.into_iter().map(|draft| draft.ready(plan.options, omitted)).collect();
        let count = |has: &fn(&View) -> bool| ready.iter().filter(|r| has(&r.view)).count();
        part.entries = ready.len();
        part.counts = plan.counts.iter().map(count).collect();
        for renderer in plan.renderers {
            if renderer.takes_all() {
                part.rendered.push(Rendered { text: String::new(), entries: ready.len() });
                ready.iter().for_each(|one| lost(renderer, one, &mut part.diagnostics));
                continue;
            }
            let linked = match plan.pairs_in(renderer) {
                true => Some(paired(&ready, &mut part.diagnostics)),
                false => None,
            };
            self.render_all(renderer, linked.as_deref().unwrap_or(&ready), &mut part)?;
        }
        if plan.renderers.iter().any(Renderer::takes_all) {
            part.views = ready.into_iter().map(|ready| ready.view).collect();
        }
        Ok(part)
    }

    fn render_all(
        &self,
        renderer: &Renderer,
        ready: &[Ready],
        part: &mut Part,
    ) -> Result<(), Error> {
        let dialect = renderer.format().dialect.filter(|_| self.plan.verify);
        let [_, between, _] = renderer.frame();
        let mut rendered = Rendered::default();
        for one in ready {
            let Ready { view, place, verbatim, .. } = one;
            let end = rendered.text.len();
            if rendered.entries > 0 {
                rendered.text.push_str(between);
            }
            match render(renderer, dialect, view, &mut rendered.text) {
                Ok(()) => {
                    if rendered.entries == 0 {
                        // The others are about as long as the first one.
                        let room = ready.len() * (rendered.text.len() + 64);
                        rendered.text.reserve(room.min(MOST_ROOM));
                    }
                    rendered.entries += 1;
                    lost(renderer, one, &mut part.diagnostics);
                }
                Err(NotRendered::Fatal(error)) => return Err(error.into()),
                Err(NotRendered::Entry(finding)) => {
                    rendered.text.truncate(end);
                    let reason = Diagnostic::new(place.clone(), renderer.format().name, finding);
                    // A record that two outputs reject is one record to be mended.
                    let same = |r: &&mut Rejected| r.reasons.iter().any(|d| d.place == *place);
                    match part.rejected.iter_mut().find(same) {
                        Some(rejected) => rejected.reasons.push(reason.clone()),
                        None if verbatim.is_empty() => {}
                        None => part.rejected.push(Rejected {
                            reasons: vec![reason.clone()],
                            verbatim: verbatim.clone(),
                        }),
                    }
                    part.diagnostics.push(reason);
                }
            }
        }
        part.rendered.push(rendered);
        Ok(())
    }
}

/// Tells what of the input's own dialect the output has no place for.
fn lost(renderer: &Renderer, ready: &Ready, diagnostics: &mut Vec<Diagnostic>) {
    let told = renderer.lost(&ready.view).into_iter();
    diagnostics
        .extend(told.map(|(field, finding)| Diagnostic::new(ready.place.clone(), &field, finding)));
}

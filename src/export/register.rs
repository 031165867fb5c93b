//! What is remembered from one entry to the next: keys, and what repeats.

use super::draft::Draft;
use super::repeats::Repeats;
use super::run::{Drafts, Part, Plan};
use crate::diagnostic::{Code, Diagnostic, Finding};
use crate::format::Renderer;
use crate::key::{self, Keys, Suffix, folded_hash};
use crate::model::Entry;
use crate::source::{Found, Rejected};

/// What is remembered of the entries before.
pub struct Register<'a> {
    plan: &'a Plan<'a>,
    keys: Keys,
    /// The DOIs that came before, where records that repeat one are told.
    dois: Option<Repeats>,
    /// The entries that came before, where keys depend on the record alone.
    same: Option<Same>,
}

/// What is remembered of entries to know those that say the same.
#[derive(Default)]
struct Same {
    /// By their keys, which tell nothing of what was measured.
    keys: Repeats,
    /// By their keys and what was measured.
    metrics: Repeats,
}

impl Register<'_> {
    /// Nothing is remembered yet but the keys that are taken.
    pub fn new<'a>(plan: &'a Plan<'a>, keys: Keys) -> Register<'a> {
        let dois = plan.stream.then(Repeats::default);
        let same = (plan.options.suffix == Suffix::Hash).then(Same::default);
        Register { plan, keys, dois, same }
    }

    /// Gives each entry a key that no other has, and tells of those that repeat another.
    pub fn keyed(&mut self, Drafts { mut drafts, mut part }: Drafts) -> Drafts {
        drafts.retain(|draft| self.is_new(draft, &mut part));
        let pairs = self.plan.pairs();
        for draft in &mut drafts {
            draft.give_key(self.plan.options, &mut self.keys, &mut part.diagnostics);
            if pairs {
                draft.give_second_key(self.plan.options, &mut self.keys, &mut part.diagnostics);
            }
        }
        Drafts { drafts, part }
    }

    /// False where the entry says what one before has said: its key would be the same, and two entries
    /// with one key break the file for BibTeX and biber.
    fn is_new(&mut self, draft: &Draft, part: &mut Part) -> bool {
        let Found { entry, place, verbatim, .. } = &draft.found;
        if let Some(finding) = self.same(entry) {
            let reason = Diagnostic::new(place.clone(), "", finding);
            if reason.code == Code::MetricsLost && !verbatim.is_empty() {
                let (reasons, verbatim) = (vec![reason.clone()], verbatim.clone());
                part.rejected.push(Rejected { reasons, verbatim });
            }
            part.diagnostics.push(reason);
            return false;
        }
        if let (Some(dois), Some(doi), Some(hash)) = (&mut self.dois, &entry.doi, draft.doi)
            && dois.repeats(hash)
        {
            let done = "kept: an earlier record has this DOI; run without --stream to join them";
            let finding = Finding::new(Code::Repeated, doi, done);
            part.diagnostics.push(Diagnostic::new(place.clone(), "doi", finding));
        }
        true
    }

    /// What is to be told of an entry that says what one before has said.
    fn same(&mut self, entry: &Entry) -> Option<Finding> {
        let same = self.same.as_mut()?;
        let in_all = same.metrics.repeats(key::hash_with_metrics(entry));
        if !same.keys.repeats(folded_hash(&entry.key)) {
            return None;
        }
        let metrics: Vec<(&str, &str)> = entry.metrics.named().collect();
        if in_all || metrics.is_empty() {
            let done = "left out: an earlier record says the same";
            return Some(Finding::new(Code::SameRecord, &entry.key, done));
        }
        let values: Vec<String> =
            metrics.iter().map(|(name, value)| format!("{name} {value}")).collect();
        let found = format!("{}: {}", entry.key, values.join(", "));
        let printed = |renderer: &Renderer| metrics.iter().any(|(name, _)| renderer.names(name));
        Some(match self.plan.renderers.iter().any(printed) {
            true => {
                let done = "left out: an earlier record says the same but for these; leave \
                            --key-suffix hash out to keep both";
                Finding::new(Code::MetricsLost, found, done)
            }
            false => {
                let done = "left out: an earlier record says the same but for these";
                Finding::new(Code::MetricsDiffer, found, done)
            }
        })
    }
}

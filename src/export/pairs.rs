//! Two linked entries for a work, one for each language.

use super::{Options, Ready};
use crate::diagnostic::{Code, Diagnostic, Finding, Place};
use crate::key::Keys;
use crate::view::second_key;

/// The key of the second entry of a pair, told where it is not the usual one. It gives way to keys that
/// a file has.
pub(super) fn second(
    usual: String,
    keys: &mut Keys,
    place: &Place,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let key = keys.made(usual.clone());
    if key != usual {
        let done = format!("changed to {key}, for the entry in the other language");
        let finding = Finding::new(Code::KeyChanged, usual, done);
        diagnostics.push(Diagnostic::new(place.clone(), "key", finding));
    }
    key
}

/// Two linked entries for each that has two titles, see [`View::pair`](crate::view::View::pair); the
/// others stay one, which is told. `keys` are those that [`prepare`](super::prepare) gave: the second
/// entries get others.
pub fn pairs(
    mut ready: Vec<Ready>,
    options: &Options,
    keys: &mut Keys,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Ready> {
    for Ready { view, place, .. } in &mut ready {
        if let Some(usual) = second_key(view.entry(), options.main) {
            view.set_second_key(second(usual, keys, place, diagnostics));
        }
    }
    paired(&ready, diagnostics)
}

pub(super) fn paired(ready: &[Ready], diagnostics: &mut Vec<Diagnostic>) -> Vec<Ready> {
    let mut out = Vec::with_capacity(2 * ready.len());
    for one in ready {
        match one.view.pair() {
            Some((first, second)) => {
                diagnostics.extend(unlinked(one));
                out.push(Ready { view: first, ..one.clone() });
                out.push(Ready { view: second, ..one.clone() });
            }
            None => {
                let key = one.view.entry().key.clone();
                let finding = Finding::new(Code::NoPair, key, "one entry: there is one title");
                diagnostics.push(Diagnostic::new(one.place.clone(), "title", finding));
                out.push(one.clone());
            }
        }
    }
    out
}

/// Tells which links to other entries give way to the one between the entries of a pair.
fn unlinked(ready: &Ready) -> impl Iterator<Item = Diagnostic> {
    let done = "left out: the entry is linked to the one in the other language; leave --bilingual \
                pair out to keep it";
    ready.view.unlinked().into_iter().map(move |(field, value)| {
        let finding = Finding::new(Code::FieldLost, value, done);
        Diagnostic::new(ready.place.clone(), &field, finding)
    })
}

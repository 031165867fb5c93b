//! Records that stand in a text as something else stands in it: in the value of an attribute, in a string.

mod entities;
mod escapes;

/// How the quotes of a record are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// As entities: `{&quot;title&quot;:…}`.
    Entities,
    /// Behind backslashes: `{\"title\":…}`.
    Escapes,
}

/// Where an object ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoded {
    /// Behind its brace, or before what cannot stand in it.
    Ends(usize),
    /// The text ends before the object does.
    Unfinished(usize),
}

/// How far behind a brace has to be looked to tell how the quotes of its object are written.
pub const AHEAD: usize = 128;

impl Coding {
    /// How the quotes are written of the object whose brace stands before a text; `None` where it is no
    /// object, or its quotes are quotes.
    pub fn of(behind_brace: &[u8]) -> Option<Coding> {
        match behind_brace {
            text if entities::begins(text) => Some(Coding::Entities),
            text if escapes::begins(&text[..text.len().min(AHEAD)]) => Some(Coding::Escapes),
            _ => None,
        }
    }

    /// Where the object ends that begins here.
    pub fn end(self, text: &[u8]) -> Encoded {
        match self {
            Coding::Entities => entities::end(text),
            Coding::Escapes => escapes::end(text),
        }
    }

    /// The text as it was before it was put where it stands.
    pub fn decoded(self, text: &[u8]) -> Vec<u8> {
        match self {
            Coding::Entities => entities::decoded(text),
            Coding::Escapes => escapes::decoded(text),
        }
    }
}

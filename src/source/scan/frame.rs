//! What tells a record from any other object.

use super::Fault;

/// An object or an array that is open.
#[derive(Default)]
pub struct Frame {
    pub start: usize,
    pub is_object: bool,
    /// It has a member that can hold a title.
    pub titled: bool,
    /// It has another member of a record.
    pub bookish: bool,
    /// It has one that tells of a work, and not of the journal that it is in, and says something.
    pub work: bool,
    /// It has a member that only records of the source have.
    pub own: bool,
    /// It has a member that no record has.
    pub foreign: bool,
    /// How many members it has that most records have.
    pub parts: u8,
    /// How many members it has that items of CSL-JSON have.
    pub csl: u8,
    /// The sign read last was the colon behind a name.
    pub colon: bool,
    /// That name is `journal`.
    pub journal: bool,
    /// It is the journal of a record, and no record itself.
    pub of_journal: bool,
    /// How many records had been found when it opened; those after it are inside it.
    pub found: usize,
    /// Records inside it were given out: it is what they came in.
    pub gave: bool,
    /// It is what stands behind those in their object, from the first member of a record on.
    pub late: bool,
}

impl Frame {
    /// Members that records have, in their quotes; those that most have.
    pub const BOOKISH: [&[u8]; 6] = [
        b"\"authors\"",
        b"\"doi\"",
        b"\"abstract\"",
        b"\"journal\"",
        b"\"resultStr\"",
        b"\"DOIUrl\"",
    ];

    /// A title alone makes a record only where nothing else stands beside it: pages hold menus
    /// and other objects with titles too. The source's own members make one, too, and those of a journal,
    /// unless records are `inside` it, or were: then it is what the records came in.
    pub fn is_record(&self, inside: impl FnOnce() -> bool) -> bool {
        let may = self.bookish || self.own || !self.foreign;
        let none_inside = || !self.late && !inside();
        self.titled && !self.gave && !self.of_journal && may && (self.work || none_inside())
    }

    /// It is a record, whatever follows.
    pub fn is_surely_record(&self) -> bool {
        self.is_record(|| true)
    }

    /// It may be a record, and so what it holds is not given out before its end is known.
    pub fn may_be_record(&self) -> bool {
        !self.gave && (self.titled || self.bookish)
    }

    /// What is left of an object that gave records out, where a member stands at `start` that records have:
    /// that is looked for as if it began there.
    pub fn behind_records(
        &self,
        start: usize,
        found: usize,
        name: &[u8],
        says: bool,
    ) -> Option<Frame> {
        if !self.gave {
            return None;
        }
        let mut late = Frame { start, is_object: true, found, late: true, ..Frame::default() };
        late.of_journal = self.of_journal;
        late.member(name, says);
        late.may_be_record().then_some(late)
    }

    /// True for a member that tells of a work, and not of the journal that it is in.
    pub fn tells_of_work(name: &[u8]) -> bool {
        matches!(
            name,
            b"authors"
                | b"doi"
                | b"abstract"
                | b"DOIUrl"
                | b"publicationDate"
                | b"publicationTypes"
                | b"paperid"
                | b"AbstractTextCN"
                | b"PMCID"
        )
    }

    /// Takes a member by its name; `says` where its value says something.
    pub fn member(&mut self, name: &[u8], says: bool) {
        self.journal = name == b"journal";
        let of_work = Frame::tells_of_work(name);
        self.work |= says && of_work;
        match name {
            // Where the record was cut off, the next one stands there.
            b"title" => (self.titled, self.of_journal) = (true, false),
            b"TitleCN" | b"resultStr" => (self.titled, self.own) = (true, true),
            b"authors" | b"doi" | b"abstract" | b"journal" => {
                self.bookish = true;
                self.parts = self.parts.saturating_add(1);
            }
            b"PeriodicalId" | b"PeriodicalName" | b"ListUrlMain" => self.bookish = true,
            _ if of_work => self.bookish = true,
            b"url" => {}
            _ => {
                self.foreign = true;
                let csl = matches!(name, b"DOI" | b"author" | b"container-title" | b"issued");
                self.csl = self.csl.saturating_add(u8::from(csl));
            }
        }
    }

    /// Why it is none, of an object without a record in it that is nearly one.
    pub fn near(&self) -> Option<Fault> {
        match () {
            () if !self.is_object || self.gave || self.late || self.of_journal => None,
            () if !self.titled && self.parts > 1 => Some(Fault::Untitled),
            () if self.titled && !self.bookish && self.csl > 1 => Some(Fault::Csl),
            () => None,
        }
    }
}

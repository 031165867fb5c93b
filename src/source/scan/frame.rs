//! What tells a record from any other object.

/// An object or an array that is open.
#[derive(Default)]
pub struct Frame {
    pub start: usize,
    pub is_object: bool,
    /// It has a member that can hold a title.
    pub titled: bool,
    /// It has another member of a record.
    pub bookish: bool,
    /// It has a member that only records of the source have.
    pub own: bool,
    /// It has a member that no record has.
    pub foreign: bool,
    /// The sign read last was the colon behind a name.
    pub colon: bool,
    /// How many records had been found when it opened; those after it are inside it.
    pub found: usize,
    /// Records inside it were given out: it is what they came in.
    pub gave: bool,
}

impl Frame {
    /// Members that records have, as they stand in a text; those that most have.
    pub const BOOKISH: [&[u8]; 6] = [
        b"\"authors\":",
        b"\"doi\":",
        b"\"abstract\":",
        b"\"journal\":",
        b"\"resultStr\":",
        b"\"DOIUrl\":",
    ];

    /// A title alone makes a record only where nothing else stands beside it: pages hold menus
    /// and other objects with titles too. The source's own members make one, too, unless there
    /// are `inside` records in it: then it is what the records came in.
    pub fn is_record(&self, inside: usize) -> bool {
        let inside = inside > 0 || self.gave;
        self.titled && !self.gave && (self.bookish || !self.foreign || (self.own && !inside))
    }

    /// It may be a record, and so what it holds is not given out before its end is known.
    pub fn may_be_record(&self) -> bool {
        self.titled || self.bookish
    }

    pub fn member(&mut self, name: &[u8]) {
        match name {
            b"title" => self.titled = true,
            b"TitleCN" | b"resultStr" => (self.titled, self.own) = (true, true),
            b"authors" | b"doi" | b"DOIUrl" | b"abstract" | b"journal" | b"publicationDate"
            | b"publicationTypes" | b"paperid" | b"PeriodicalId" | b"PeriodicalName"
            | b"ListUrlMain" | b"AbstractTextCN" | b"PMCID" => self.bookish = true,
            b"url" => {}
            _ => self.foreign = true,
        }
    }
}

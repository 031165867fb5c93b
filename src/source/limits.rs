/// How much of one record is taken, against input that would use up memory or time. A record over
/// a limit is rejected with its place, and the rest goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The length of one record, in bytes, from brace to brace.
    pub record_size: usize,
    /// How deep objects and arrays may stand in each other, at most [`Limits::MAX_DEPTH`].
    pub depth: usize,
    /// How many authors a record may name.
    pub authors: usize,
}

impl Limits {
    /// What the JSON parser takes (serde_json: a recursion limit of 128).
    pub const MAX_DEPTH: usize = 127;
}

impl Default for Limits {
    /// 16 MiB, some thousand times a usual record; the parser's depth; 20,000 authors, four times the longest list
    /// that was ever printed (Aad et al. 2015, 10.1103/PhysRevLett.114.191803: 5,154).
    fn default() -> Limits {
        Limits { record_size: 16 << 20, depth: Limits::MAX_DEPTH, authors: 20_000 }
    }
}

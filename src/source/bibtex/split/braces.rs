//! Which brace closes which, found once for the whole file.

/// The pairs of braces of a text.
pub struct Braces {
    /// Where each opening brace stands that is closed, and where its partner does; in order.
    pairs: Vec<(usize, usize)>,
}

impl Braces {
    /// Finds the pairs. What closes a brace depends only on what follows it, so that one pass
    /// over the text is enough, whatever is broken in it.
    pub fn of(text: &str) -> Braces {
        let mut pairs = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for at in memchr::memchr2_iter(b'{', b'}', text.as_bytes()) {
            if text.as_bytes()[at] == b'{' {
                open.push(pairs.len());
                pairs.push((at, usize::MAX));
            } else if let Some(pair) = open.pop() {
                pairs[pair].1 = at;
            }
        }
        pairs.retain(|(_, close)| *close != usize::MAX);
        Braces { pairs }
    }

    /// Where the brace closes that opens at `open`.
    pub fn close(&self, open: usize) -> Option<usize> {
        let found = self.pairs.binary_search_by_key(&open, |(at, _)| *at).ok()?;
        Some(self.pairs[found].1)
    }

    /// Behind the brace that closes what opens at `open`; a parenthesis must close before `until`.
    pub fn end(&self, text: &str, open: usize, until: usize) -> Option<usize> {
        let close = match text.as_bytes().get(open)? {
            b'{' => self.close(open),
            _ => self.find(&text[..until], open + 1, b')'),
        };
        close.map(|close| close + 1)
    }

    /// The first `sign` from `from` on that does not stand in braces; `None` where a brace before
    /// it has no partner.
    pub fn find(&self, text: &str, from: usize, sign: u8) -> Option<usize> {
        let mut at = from;
        loop {
            at += memchr::memchr3(b'{', b'}', sign, text.as_bytes().get(at..)?)?;
            match text.as_bytes()[at] {
                b'{' => at = self.close(at)? + 1,
                b'}' => return None,
                _ => return Some(at),
            }
        }
    }
}

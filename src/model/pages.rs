/// The pages of a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    /// The first page: `90`, `S12`, `iv`.
    pub first: String,
    /// The last page, written in full: `98`. `None` where there is one page or the end is not known.
    pub last: Option<String>,
    /// What follows the range in the source and is not contiguous with it: `80` in `35-38+80`.
    pub more: Option<String>,
}

impl Pages {
    /// The pages with `dash` between first and last: `90-98`, `35--38, 80`.
    pub fn join(&self, dash: &str) -> String {
        let mut text = self.first.clone();
        if let Some(last) = &self.last {
            text.push_str(dash);
            text.push_str(last);
        }
        if let Some(more) = &self.more {
            text.push_str(", ");
            text.push_str(more);
        }
        text
    }

    /// What stands before the dash where first and last page are apart, as in RIS.
    pub fn start(&self) -> String {
        let alone = self.more.as_ref().filter(|_| self.last.is_none());
        alone.map_or_else(|| self.first.clone(), |more| format!("{}, {more}", self.first))
    }

    /// What stands behind the dash, with the pages that are not contiguous: `38, 80`. Readers of
    /// RIS put a dash between the two and so have all pages again.
    pub fn end(&self) -> Option<String> {
        let last = self.last.as_ref()?;
        Some(self.more.as_ref().map_or_else(|| last.clone(), |more| format!("{last}, {more}")))
    }
}

//! The language of the work, from the evidence in the order of the design.

use super::Reader;
use crate::diagnostic::{Code, Finding};
use crate::model::{Entry, Lang, Name, Script, Text};
use crate::text::script;

/// What tells the language of the work, strongest first.
#[derive(Default)]
pub struct Evidence {
    /// PubMed says "[Article in …]".
    pub marked: Option<Lang>,
    /// PubMed puts the English title of a work in another language into brackets.
    pub bracketed: bool,
    /// The language of the title of the innermost record.
    pub inner: Option<Lang>,
}

impl Reader<'_, '_> {
    /// The language of the work, from the evidence in the order of the design.
    pub fn language(&mut self, entry: &Entry) -> Option<Lang> {
        if self.evidence.marked.is_some() {
            return self.evidence.marked;
        }
        let journal_zh = entry.container_title.zh.is_some();
        let authors_zh = entry.authors.iter().any(|name| name.script == Script::Han);
        if journal_zh || authors_zh {
            return Some(Lang::Zh);
        }
        let journal = entry.container_title.en.as_ref().map(Text::plain).unwrap_or_default();
        if self.evidence.bracketed {
            let chinese = is_pinyin_journal(journal);
            let done = if chinese {
                "taken as Chinese, for the journal's name"
            } else {
                "the language of the work is left open"
            };
            let found = "brackets around the English title: the work is not in English";
            self.sink.add("title", Finding::new(Code::LanguageGuessed, found, done));
            return chinese.then_some(Lang::Zh);
        }
        let latin = |name: &Name| name.script == Script::Latin;
        if !journal.is_empty() || entry.authors.iter().any(latin) {
            return Some(Lang::En);
        }
        if self.evidence.inner.is_some() {
            return self.evidence.inner;
        }
        let (only, name) = match (&entry.title.zh, &entry.title.en) {
            (Some(_), None) => (Lang::Zh, "taken as Chinese, for the title"),
            (None, Some(_)) => (Lang::En, "taken as English, for the title"),
            _ => return None,
        };
        let found = "no journal, no authors, one title";
        self.sink.add("title", Finding::new(Code::LanguageGuessed, found, name));
        Some(only)
    }
}

/// PubMed names Chinese journals in pinyin: `Zhonghua wai ke za zhi`.
fn is_pinyin_journal(name: &str) -> bool {
    let name = name.to_lowercase();
    ["zhonghua", "zhongguo", "za zhi", "zazhi", "xue bao", "xuebao"]
        .iter()
        .any(|w| name.contains(w))
}

/// The language of a title or a name, by its script.
pub fn lang_of(text: &str) -> Lang {
    match script::is_chinese(text) {
        true => Lang::Zh,
        false => Lang::En,
    }
}

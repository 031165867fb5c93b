//! Two linked entries for one work, one for each language.

use std::sync::Arc;

use super::{Main, View, main_lang, other, other_text};
use crate::model::{Bilingual, Entry, Kept, Lang, Script, Text};

/// The key that the second entry of a pair has where no other entry has it: `KEY-en`. `None` where there
/// is one title.
pub fn second_key(entry: &Entry, main: Main) -> Option<String> {
    let main = main_lang(entry, main);
    other_text(&entry.title, main)?;
    Some(format!("{}-{}", entry.key, other(main).code()))
}

/// The fields that link entries, and those that say how the link is to be printed.
const LINK: [&str; 2] = ["related", "relatedtype"];
const OF_LINK: [&str; 2] = ["relatedstring", "relatedoptions"];

/// Takes out what a file said of another entry to which it links this one: the link of the pair stands in
/// the same fields.
fn unlink(kept: &mut Kept) -> Vec<(String, String)> {
    let linked = kept.get("related").is_some();
    let goes = |name: &str| LINK.contains(&name) || linked && OF_LINK.contains(&name);
    if !kept.fields.iter().any(|(name, _)| goes(name)) {
        return Vec::new();
    }
    let (gone, left) = std::mem::take(&mut kept.fields).into_iter().partition(|(n, _)| goes(n));
    kept.fields = left;
    gone
}

impl View {
    /// What a file said of another entry that is linked to this one, and has no place where the entry
    /// becomes a pair: names and values.
    pub fn unlinked(&self) -> Vec<(String, String)> {
        unlink(&mut self.entry.kept.clone())
    }

    /// Gives the second entry of the pair another key than the usual one.
    pub fn set_second_key(&mut self, key: String) {
        self.second_key = Some(key);
    }

    /// The entry in the main language and the one in the other, or `None` where there is one title.
    ///
    /// The first has `related` with the key of the second, `KEY-en` or what
    /// [`View::set_second_key`] gave; nothing else links them, see [`View::unlinked`].
    /// DOI, address and numbers stand only in the first: managers would take the second for a
    /// duplicate, and GB/T 7714 styles would print them twice.
    pub fn pair(&self) -> Option<(View, View)> {
        self.title_other()?;
        let main = self.main_lang();
        let second = other(main);
        let usual = || format!("{}-{}", self.entry.key, second.code());
        let key = self.second_key.clone().unwrap_or_else(usual);

        let mut first_entry = (*self.entry).clone();
        let mut second_entry = (*self.entry).clone();
        for (entry, lang) in [(&mut first_entry, main), (&mut second_entry, second)] {
            only(&mut entry.title, lang);
            only(&mut entry.abstract_text, lang);
            one_of(&mut entry.container_title, lang);
            for name in &mut entry.authors {
                let wanted = if lang == Lang::Zh { Script::Han } else { Script::Latin };
                match name.other.take() {
                    Some(form) if form.script == wanted => *name = *form,
                    _ => {}
                }
            }
        }
        let language = |lang: Lang| if lang == main { self.entry.language } else { Some(lang) };
        unlink(&mut first_entry.kept);
        first_entry.language = language(main);
        second_entry.language = language(second);
        second_entry.key.clone_from(&key);
        second_entry.doi = None;
        second_entry.url = None;
        second_entry.pmcid = None;
        second_entry.arxiv = None;
        second_entry.keywords.clear();
        second_entry.kept = Default::default();

        let view = |entry, lang| {
            let main = if lang == Lang::Zh { Main::Zh } else { Main::En };
            View::new(Arc::new(entry), main, self.omitted.clone())
        };
        let mut first = view(first_entry, main);
        first.related = Some(key);
        Some((first, view(second_entry, second)))
    }
}

/// Keeps the value in one language.
fn only(both: &mut Bilingual<Text>, lang: Lang) {
    *both.get_mut(other(lang)) = None;
}

/// Keeps the value in one language, where there is one; a journal with one name has it in both.
fn one_of(both: &mut Bilingual<Text>, lang: Lang) {
    if both.get(lang).is_some() {
        only(both, lang);
    }
}

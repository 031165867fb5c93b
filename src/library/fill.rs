//! What an entry lacks and a new record has. Nothing that is there gives way, unless the new values
//! are preferred.

use super::matching::may_be_same;
use crate::join::are_alike;
use crate::merge::{Prefer, are_crossed, evidence, folded};
use crate::model::{Bilingual, Date, Entry, Kept, Lang, Name, Pages, Script, Text};
use crate::text::doi;

/// What holds for an entry of a library.
#[derive(Clone, Copy)]
pub struct Standing {
    /// The language of the title in the main place.
    pub main: Lang,
    /// The file names the language of the work.
    pub language_named: bool,
}

/// Where a disagreement goes: the field, what the library says, what the record says.
pub type Report<'r> = dyn FnMut(&str, String, String) + 'r;

/// Fills `into` with what `from` has and it has not. Where both say something else, `report` is told,
/// and `prefer` decides. Gives back what was kept of the record's file and has no place here.
pub fn fill(
    into: &mut Entry,
    from: &Entry,
    standing: Standing,
    prefer: Prefer,
    report: &mut Report<'_>,
) -> Kept {
    let mut filler = Filler { main: standing.main, prefer, report };
    filler.language(into, from, standing);
    let title = |known: &Text, new: &Text| same_title(known, new);
    filler.texts("title", &mut into.title, &from.title, title);
    let (to, new) = (&mut into.container_title, &from.container_title);
    filler.texts("container_title", to, new, same_container);
    let (to, new) = (&mut into.abstract_text, &from.abstract_text);
    filler.texts("abstract", to, new, |a, b| match are_alike(&folded(a), &folded(b)) {
        true => Said::Same,
        false => Said::Other,
    });
    filler.authors(into, from);
    filler.value("date", &mut into.date, from.date.as_ref(), said_date, |d| d.join('-'));
    filler.locators(into, from);
    for (field, place, new) in [
        ("volume", &mut into.volume, &from.volume),
        ("issue", &mut into.issue, &from.issue),
        ("doi", &mut into.doi, &from.doi),
        ("pmcid", &mut into.pmcid, &from.pmcid),
        ("arxiv", &mut into.arxiv, &from.arxiv),
    ] {
        let same = |a: &String, b: &String| {
            said(a.eq_ignore_ascii_case(b) || (field == "doi" && doi::same(a, b)))
        };
        filler.value(field, place, new.as_ref(), same, String::clone);
    }
    // Addresses of one work are many, and each can be right.
    into.url = into.url.take().or_else(|| from.url.clone());
    if into.keywords.is_empty() {
        into.keywords.clone_from(&from.keywords);
    }
    filler.kept(&mut into.kept, &from.kept)
}

/// What a new value says beside the one that is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    /// The same, or less.
    Same,
    /// The same and more.
    More,
    /// Something else.
    Other,
}

fn said(same: bool) -> Said {
    if same { Said::Same } else { Said::Other }
}

struct Filler<'r, 'f> {
    main: Lang,
    prefer: Prefer,
    report: &'r mut Report<'f>,
}

impl Filler<'_, '_> {
    fn value<T: Clone>(
        &mut self,
        field: &'static str,
        place: &mut Option<T>,
        new: Option<&T>,
        compare: impl Fn(&T, &T) -> Said,
        show: impl Fn(&T) -> String,
    ) {
        let Some(new) = new else { return };
        let said = place.as_ref().map(|there| compare(there, new));
        let wins = self.prefer == Prefer::Second && said != Some(Said::Same);
        // Month and last page have fields of their own, which can be empty.
        let more = said == Some(Said::More) && matches!(field, "date" | "pages");
        let left = said == Some(Said::More) && !wins && !more;
        if let Some(there) = place.as_ref().filter(|_| said == Some(Said::Other) || left) {
            (self.report)(field, show(there), show(new));
        }
        if place.is_none() || wins || more {
            *place = Some(new.clone());
        }
    }

    /// The language of the work decides whether the second title is a translation. It is filled where
    /// the file does not name it and shows it no better than the record, and only as long as that
    /// changes no field that is there.
    fn language(&mut self, into: &mut Entry, from: &Entry, standing: Standing) {
        let Some(new) = from.language else { return };
        let both = into.title.zh.is_some() && into.title.en.is_some();
        let open = !standing.language_named && !both;
        match into.language {
            _ if open && evidence(into) <= evidence(from) => into.language = Some(new),
            None => into.language = Some(new),
            Some(there) if standing.language_named && there != new => {
                (self.report)("language", there.tag().to_owned(), new.tag().to_owned());
                if self.prefer == Prefer::Second {
                    into.language = Some(new);
                }
            }
            Some(_) => {}
        }
    }

    fn texts(
        &mut self,
        field: &'static str,
        into: &mut Bilingual<Text>,
        from: &Bilingual<Text>,
        compare: impl Fn(&Text, &Text) -> Said,
    ) {
        // What stands in the main place is in the other language: it stays there, alone.
        let taken = into.get(self.main).is_none() && !into.is_empty();
        for lang in [Lang::Zh, Lang::En] {
            if taken && into.get(lang).is_none() {
                continue;
            }
            let show = |text: &Text| text.plain().to_owned();
            self.value(field, into.get_mut(lang), from.get(lang), &compare, show);
        }
    }

    /// Pages, or the number of an article that has none.
    fn locators(&mut self, into: &mut Entry, from: &Entry) {
        let none = into.pages.is_none() && into.article_number.is_none();
        if none || into.pages.is_some() {
            let (place, new) = (&mut into.pages, from.pages.as_ref());
            self.value("pages", place, new, said_pages, |p| p.join("-"));
        }
        if none || into.article_number.is_some() {
            let (place, new) = (&mut into.article_number, from.article_number.as_ref());
            self.value("article_number", place, new, |a, b| said(a == b), String::clone);
        }
    }

    /// What stands in fields without a place in the model, where both are of one dialect. Gives back what
    /// is lost and was not reported.
    fn kept(&mut self, into: &mut Kept, from: &Kept) -> Kept {
        let mut reported = Vec::new();
        let words = |raw: &str| raw.split_whitespace().collect::<Vec<_>>().join(" ");
        for (name, new) in from.fields.iter().filter(|_| into.dialect == from.dialect) {
            let mut there = into.fields.iter_mut().filter(|(known, _)| known == name);
            // A field that stands several times says as many things.
            let (Some((_, there)), None) = (there.next(), there.next()) else { continue };
            if words(there) != words(new) && from.get(name) == Some(new) {
                (self.report)(name, there.clone(), new.clone());
                reported.push(name);
                if self.prefer == Prefer::Second {
                    there.clone_from(new);
                }
            }
        }
        let mut left = into.fill(from.clone());
        left.fields.retain(|(name, _)| !reported.contains(&name));
        left
    }

    fn authors(&mut self, into: &mut Entry, from: &Entry) {
        if from.authors.is_empty() {
            return;
        }
        if into.authors.is_empty() {
            into.authors.clone_from(&from.authors);
            into.more_authors = from.more_authors;
            return;
        }
        let (known, new) = (into.authors.len(), from.authors.len());
        let fits = into.authors.iter().zip(&from.authors).all(|(a, b)| may_be_same(a, b))
            && !are_crossed(&into.authors, &from.authors);
        let cut = known < new && into.more_authors || new < known && from.more_authors;
        if !fits || known != new && !cut {
            (self.report)("authors", shown(&into.authors), shown(&from.authors));
        }
        if known == new && fits {
            into.authors.iter_mut().zip(&from.authors).for_each(|(a, b)| other_form(a, b));
        } else if self.prefer == Prefer::Second && (!fits || new > known || !cut) {
            into.authors.clone_from(&from.authors);
            into.more_authors = from.more_authors;
        }
    }
}

/// Gives a name its form in the other script; the one that is there stays the main one.
fn other_form(name: &mut Name, new: &Name) {
    if name.other.is_some() || name.script == Script::Whole {
        return;
    }
    let forms = std::iter::once(new).chain(new.other.as_deref());
    let mut forms = forms.filter(|form| form.script != Script::Whole && form.script != name.script);
    name.other = forms.next().map(|form| Box::new(Name { other: None, ..form.clone() }));
}

fn shown(names: &[Name]) -> String {
    names.iter().map(Name::display).collect::<Vec<_>>().join("; ")
}

/// The same letters say the same, also where one goes on.
fn same_title(known: &Text, new: &Text) -> Said {
    let (known, new) = (folded(known), folded(new));
    match new.starts_with(&known) {
        _ if known.starts_with(&new) => Said::Same,
        true => Said::More,
        false => Said::Other,
    }
}

/// An abbreviation says the same: `J Magn Res` and `Journal of Magnesium Research`.
fn same_container(known: &Text, new: &Text) -> Said {
    let said = same_title(known, new);
    let abbreviated = abbreviates(known, new) || abbreviates(new, known);
    if said == Said::Other && abbreviated { Said::Same } else { said }
}

fn abbreviates(short: &Text, long: &Text) -> bool {
    let words = |text: &Text| -> Vec<String> {
        let words = text.plain().split(|c: char| !c.is_alphanumeric());
        words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let mut long = words(long).into_iter();
    let short = words(short);
    short.len() > 1 && short.iter().all(|word| long.any(|whole| whole.starts_with(word)))
}

fn said_pages(known: &Pages, new: &Pages) -> Said {
    match known.start() == new.start() {
        true if known.end() == new.end() || new.end().is_none() => Said::Same,
        true if known.end().is_none() => Said::More,
        _ => Said::Other,
    }
}

fn said_date(known: &Date, new: &Date) -> Said {
    let within = |a: &Date, b: &Date| b.join('-').starts_with(&a.join('-'));
    match within(known, new) {
        _ if within(new, known) => Said::Same,
        true => Said::More,
        false => Said::Other,
    }
}

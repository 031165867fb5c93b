//! Whether two records stand in one journal, book or volume.

use super::matching::Agree;
use crate::merge::folded;
use crate::model::{Entry, Kind, Pages, Text};
use crate::text::script::has_han;

/// What speaks against two records with one title being one work: where they stand, and their kind.
pub fn differs(a: &Entry, b: &Entry) -> Option<&'static str> {
    if container(a, b) == Agree::No {
        return Some("the same title, but another journal or book");
    }
    if let (Some(a), Some(b)) = (shelf(a), shelf(b))
        && a != b
    {
        return Some("the same title, but another kind of work");
    }
    let differ = |a: Option<String>, b: Option<String>| a.is_some() && b.is_some() && a != b;
    if differ(volume(a), volume(b)) {
        return Some("the same title, but another volume");
    }
    differ(first_page(a), first_page(b)).then_some("the same title, but another first page")
}

/// The volume, as it is compared.
pub fn volume(entry: &Entry) -> Option<String> {
    number(entry.volume.as_deref())
}

/// The first page, as it is compared.
pub fn first_page(entry: &Entry) -> Option<String> {
    number(entry.pages.as_ref().map(Pages::start).as_deref())
}

/// A volume or page without what does not tell it from others: case and zeros before it.
fn number(text: Option<&str>) -> Option<String> {
    text.map(|text| text.trim().trim_start_matches('0').to_lowercase())
}

/// Whether the names of journal or book agree, in a language that both have.
pub fn container(a: &Entry, b: &Entry) -> Agree {
    let (a, b) = (&a.container_title, &b.container_title);
    let same = |a: &Option<Text>, b: &Option<Text>| Some(is_same(a.as_ref()?, b.as_ref()?));
    let both = [same(&a.zh, &b.zh), same(&a.en, &b.en)];
    match () {
        () if both.contains(&Some(true)) => Agree::Yes,
        () if both.contains(&Some(false)) => Agree::No,
        () if a.is_empty() && b.is_empty() => Agree::Neither,
        () => Agree::Unknown,
    }
}

/// True where the letters are the same, or one is an abbreviation or the beginning of the other.
fn is_same(a: &Text, b: &Text) -> bool {
    let (x, y) = (folded(a), folded(b));
    if x.starts_with(&y) || y.starts_with(&x) {
        return true;
    }
    let latin = !has_han(&x) && !has_han(&y);
    latin && (is_short_for(a, b) || is_short_for(b, a))
}

/// True for `Magn Res` and `Magnesium Research`, `JAMA` and the name that it stands for: each word is
/// short for one word of the other name, or its letters are those with which the words there begin.
fn is_short_for(short: &Text, long: &Text) -> bool {
    let (short, long) = (words(short), words(long));
    let mut rest = long.iter();
    if short.iter().all(|word| rest.any(|long| is_word_short_for(word, long))) {
        return true;
    }
    let mut rest = long.iter();
    let [letters] = &short[..] else { return false };
    letters.chars().count() > 1 && letters.chars().all(|c| rest.any(|word| word.starts_with(c)))
}

/// The letters of `short` come in `long` in their order, with the first one at its beginning.
fn is_word_short_for(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    rest.clone().next() == short.chars().next() && short.chars().all(|c| rest.any(|l| l == c))
}

fn words(text: &Text) -> Vec<String> {
    let words = text.plain().split(|c: char| !c.is_alphanumeric());
    words.map(|word| folded(&Text::from(word))).filter(|word| !word.is_empty()).collect()
}

/// Where works of a kind stand. An article that names no journal is what says nothing of its kind.
pub fn shelf(entry: &Entry) -> Option<Kind> {
    match entry.kind {
        Kind::Article if entry.container_title.is_empty() => None,
        Kind::Article | Kind::Review | Kind::Editorial | Kind::Letter => Some(Kind::Article),
        Kind::ConferencePaper | Kind::Preprint | Kind::Dataset | Kind::Other => None,
        kind @ (Kind::Book | Kind::Chapter | Kind::Thesis) => Some(kind),
    }
}

/// True where two records say the same in all that tells a work from others.
pub fn is_twin(a: &Entry, b: &Entry) -> bool {
    twin(a) == twin(b)
}

/// What tells a work from others of its title: journal or book in both languages, volume, issue and
/// number, pages, and whether there are authors.
pub type Twin = ([Option<String>; 2], [Option<String>; 3], Option<Pages>, bool);

/// What tells a record from others of its title.
pub fn twin(entry: &Entry) -> Twin {
    let name = |text: &Option<Text>| text.as_ref().map(folded);
    let Entry { container_title: held, volume, issue, pages, article_number, .. } = entry;
    let held = [name(&held.zh), name(&held.en)];
    let numbers = [volume, issue, article_number].map(Clone::clone);
    (held, numbers, pages.clone(), entry.authors.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abbreviation_is_the_same_journal() {
        for (a, b, same) in [
            ("Magn. Res.", "Magnesium Research", true),
            (
                "Proc Natl Acad Sci U S A",
                "Proceedings of the National Academy of Sciences of the United States of America",
                true,
            ),
            ("JAMA", "Journal of the American Medical Association", true),
            ("The Lancet", "Lancet", true),
            ("Nature", "Nature (London)", true),
            ("Journal A", "Journal B", false),
            ("Physical Review A", "Physical Review B", false),
            ("Digging Letters", "Magnesium Research", false),
            ("计算机学报", "计算机研究与发展", false),
            ("中华医学杂志", "中华医学杂志(英文版)", true),
        ] {
            assert_eq!(is_same(&Text::from(a), &Text::from(b)), same, "{a} and {b}");
            assert_eq!(is_same(&Text::from(b), &Text::from(a)), same, "{b} and {a}");
        }
    }
}

//! Two names of one person become one, in which nothing of either is lost.

use unicode_normalization::char::is_combining_mark;

use super::{is_same_person, letters};
use crate::model::{Name, Script};

/// True where two names can be joined and nothing of either is lost: forms in one script say the same,
/// one of them perhaps more, and there are two scripts at most.
pub fn fit(a: &Name, b: &Name) -> bool {
    let of_two = |name: &Name| name.script != Script::Whole;
    let mut alike = forms(a).flat_map(|x| forms(b).map(move |y| (x, y)));
    let same = alike.all(|(x, y)| x.script != y.script || is_same_form(x, y));
    let known = |form: &Name| forms(a).any(|x| x.script == form.script);
    let new = forms(b).filter(|form| !known(form));
    let room = 2 - forms(a).count();
    same && (a.script == b.script || of_two(a) && of_two(b)) && new.count() <= room
}

/// Puts a name that fits to the one that is there: of each script the fuller form stays, and the
/// Chinese form is the main one where they had another.
pub fn join(there: &mut Name, mut new: Name) {
    let mixed = there.script != new.script;
    let other = new.other.take().map(|other| *other);
    for form in std::iter::once(new).chain(other) {
        match &mut there.other {
            _ if there.script == form.script => fill(there, form),
            Some(other) if other.script == form.script => fill(other, form),
            other => *other = Some(Box::new(form)),
        }
    }
    if mixed
        && there.script != Script::Han
        && let Some(main) = there.other.take()
    {
        let other = std::mem::replace(there, *main);
        there.other = Some(Box::new(other));
    }
}

fn forms(name: &Name) -> impl Iterator<Item = &Name> {
    std::iter::once(name).chain(name.other.as_deref())
}

/// Takes what another form in the same script says more.
fn fill(there: &mut Name, new: Name) {
    let (old, given) = (given(there), given(&new));
    let fuller = match (is_short_for(&old, &given), is_short_for(&given, &old)) {
        // The same letters: the one with hyphens or accents.
        (true, true) => length(&new) > length(there),
        (fuller, _) => fuller,
    };
    if fuller {
        there.given = new.given;
    }
    there.suffix = there.suffix.take().or(new.suffix);
    there.prefix = there.prefix.take().or(new.prefix);
}

fn length(name: &Name) -> usize {
    name.given.as_ref().map_or(0, String::len)
}

fn is_same_form(a: &Name, b: &Name) -> bool {
    let agree = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => part(a) == part(b),
        _ => true,
    };
    let (x, y) = (given(a), given(b));
    is_same_person(a, b)
        && (is_short_for(&x, &y) || is_short_for(&y, &x))
        && agree(&a.suffix, &b.suffix)
        && agree(&a.prefix, &b.prefix)
}

/// A suffix or particle in its letters.
fn part(text: &str) -> String {
    match letters(text).as_str() {
        "junior" => "jr".to_owned(),
        "senior" => "sr".to_owned(),
        other => other.to_owned(),
    }
}

/// The given names in words, initials that stand together (`JP`) one by one.
fn given(name: &Name) -> Vec<String> {
    const MOST_INITIALS: usize = 3;
    let given = name.given.as_deref().unwrap_or_default();
    let mut words = Vec::new();
    for word in given.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)) {
        let length = word.chars().count();
        if (2..=MOST_INITIALS).contains(&length) && word.chars().all(char::is_uppercase) {
            words.extend(word.chars().map(|c| letters(c.encode_utf8(&mut [0; 4]))));
        } else {
            words.push(letters(word));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// True where a full form says all that a short one says: `M. L.` of `Minli` and of `Min-li`, `John` of
/// `John Andrew`.
fn is_short_for(short: &[String], full: &[String]) -> bool {
    if full.concat().starts_with(&short.concat()) {
        return true;
    }
    let pairs = short.iter().zip(full);
    let all = pairs.clone().all(|(short, full)| full.starts_with(short.as_str()));
    if short.len() <= full.len() || full.is_empty() {
        return all;
    }
    // More initials than words: they stand for syllables of the last word.
    let last = &full[full.len() - 1];
    let behind = short[full.len() - 1].chars().count();
    let mut rest = last.chars().skip(behind);
    let initials = short[full.len()..].iter();
    all && initials.clone().all(|word| word.chars().count() == 1)
        && initials.flat_map(|word| word.chars()).all(|initial| rest.any(|c| c == initial))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(family: &str, given: &str, suffix: &str) -> Name {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Name {
            family: family.to_owned(),
            given: some(given),
            suffix: some(suffix),
            ..Name::default()
        }
    }

    fn of(given: &str) -> Name {
        name("Zhang", given, "")
    }

    #[test]
    fn the_fuller_given_names_stay() {
        for (a, b, fuller) in [
            ("", "S.", "S."),
            ("S.", "San", "San"),
            ("M. L.", "Minli", "Minli"),
            ("ML", "Minli", "Minli"),
            ("M.-L.", "Min-li", "Min-li"),
            ("John", "John Andrew", "John Andrew"),
            ("J. A.", "John", ""),
            ("J. H.", "John", "John"),
            ("Jose", "José", "José"),
            ("MINLI", "Minli", "MINLI"),
            ("Chris", "Christopher", "Christopher"),
            ("W. B.", "Wei", ""),
            ("John A.", "J. Andrew", ""),
            ("John A.", "John B.", ""),
            ("John", "Jane", ""),
            ("J.", "Kim", ""),
        ] {
            for (first, second) in [(a, b), (b, a)] {
                let mut there = of(first);
                assert_eq!(fit(&there, &of(second)), !fuller.is_empty(), "{first} and {second}");
                if !fuller.is_empty() {
                    join(&mut there, of(second));
                    let same = given(&of(a)) == given(&of(b)) && length(&of(a)) == length(&of(b));
                    let expected = if same { first } else { fuller };
                    assert_eq!(there, of(expected), "{first} and {second}");
                }
            }
        }
    }

    #[test]
    fn suffixes_and_particles_contradict_each_other() {
        for (a, b, fits) in [
            ("Jr.", "Junior", true),
            ("Jr.", "", true),
            ("Jr.", "Sr.", false),
            ("II", "III", false),
        ] {
            assert_eq!(fit(&name("A", "B.", a), &name("A", "B.", b)), fits, "{a} and {b}");
        }
        let prefixed = |prefix: &str| Name { prefix: Some(prefix.to_owned()), ..of("A.") };
        assert!(fit(&prefixed("Van"), &prefixed("van")));
        assert!(fit(&prefixed("van"), &of("A.")));
        assert!(!fit(&prefixed("van"), &prefixed("de la")));
    }

    #[test]
    fn the_fuller_form_in_each_script_stays() {
        let han = Name { script: Script::Han, ..name("张", "三", "") };
        let both = |latin: Name| Name { other: Some(Box::new(latin)), ..han.clone() };
        let latin_first = Name { other: Some(Box::new(han.clone())), ..of("San") };
        let full = both(of("San"));
        for (a, b) in [
            (full.clone(), of("S.")),
            (of("S."), full.clone()),
            (both(of("S.")), of("San")),
            (of("San"), both(of("S."))),
            (full.clone(), both(of("S."))),
            (both(of("S.")), full.clone()),
            (han.clone(), of("San")),
            (of("San"), han.clone()),
            (han.clone(), latin_first.clone()),
            (full.clone(), han.clone()),
        ] {
            let mut there = a.clone();
            assert!(fit(&a, &b), "{a:?} and {b:?}");
            join(&mut there, b.clone());
            assert_eq!(there, full, "{a:?} and {b:?}");
        }
        let mut there = latin_first.clone();
        join(&mut there, of("S."));
        assert_eq!(there, latin_first);
        assert!(!fit(&full, &of("Q.")));
        assert!(!fit(&both(Name::whole("Acme")), &of("S.")));
        assert!(!fit(&Name::whole("Acme"), &of("S.")));
    }
}

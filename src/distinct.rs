//! What stands twice in a list: few are compared one by one, of many a set is made, so that a long list
//! does not take time by the square of its length.

use std::collections::HashSet;
use std::hash::Hash;

/// Up to so many, comparing is as fast as a set, and needs no room.
const FEW: usize = 64;

/// Leaves what stands in the list for the first time.
pub fn distinct<T: Eq + Hash>(list: &mut Vec<T>) {
    let first: Vec<bool> = match list.len() <= FEW {
        true => (0..list.len()).map(|at| !list[..at].contains(&list[at])).collect(),
        false => {
            let mut seen = HashSet::with_capacity(list.len());
            list.iter().map(|one| seen.insert(one)).collect()
        }
    };
    let mut first = first.into_iter();
    list.retain(|_| first.next().unwrap_or(true));
}

/// For each of a list whether it stands in the other one.
pub fn stand_in<T: Eq + Hash>(list: &[T], other: &[T]) -> Vec<bool> {
    if list.len() <= FEW || other.len() <= FEW {
        return list.iter().map(|one| other.contains(one)).collect();
    }
    let other: HashSet<&T> = other.iter().collect();
    list.iter().map(|one| other.contains(one)).collect()
}

/// The names in a list that only grows.
#[derive(Default)]
pub struct Names(HashSet<String>);

impl Names {
    /// True where `name` is not among those `listed`; then it has to be put into the list.
    pub fn is_new<'n>(
        &mut self,
        name: &str,
        mut listed: impl ExactSizeIterator<Item = &'n str>,
    ) -> bool {
        if listed.len() <= FEW {
            return listed.all(|one| one != name);
        }
        if self.0.is_empty() {
            self.0.extend(listed.map(str::to_owned));
        }
        self.0.insert(name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words() -> impl Strategy<Value = Vec<String>> {
        proptest::collection::vec("[a-e]{1,3}", 0..4 * FEW)
    }

    proptest! {
        #[test]
        fn a_set_gives_what_comparing_gives(list in words(), other in words()) {
            let (mut firsts, mut named, mut names) = (Vec::new(), Vec::new(), Names::default());
            for word in &list {
                if !firsts.contains(word) {
                    firsts.push(word.clone());
                }
                if names.is_new(word, named.iter().map(String::as_str)) {
                    named.push(word.clone());
                }
            }
            let mut found = list.clone();
            distinct(&mut found);
            prop_assert_eq!(&found, &firsts);
            prop_assert_eq!(&named, &firsts);
            let expected: Vec<bool> = list.iter().map(|word| other.contains(word)).collect();
            prop_assert_eq!(stand_in(&list, &other), expected);
        }
    }
}

/// What a file said of a work beyond the fields of the model, as it stood there.
///
/// It can be written only where the same dialect is written: names and values are that dialect's
/// own, delimiters and escapes included. Every other output leaves it out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The name of the dialect; empty where nothing was kept.
    pub dialect: &'static str,
    /// The dialect's word for the type of the work, where [`Kind`](super::Kind) says less.
    pub kind: Option<String>,
    /// Names and raw values, in the order of the file. A name can come more than once where the
    /// dialect repeats its fields.
    pub fields: Vec<(String, String)>,
}

impl Kept {
    /// True where there is nothing to be written back.
    pub fn is_empty(&self) -> bool {
        self.kind.is_none() && self.fields.is_empty()
    }

    /// The first value of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The word for the type, where `dialect` is the one that has it.
    pub fn kind_in(&self, dialect: &str) -> Option<&str> {
        self.kind.as_deref().filter(|_| self.dialect == dialect)
    }

    /// Takes what the other has and this one has not, and gives back what has no place: fields that
    /// say something else here, and all of another dialect, unless there is nothing here yet.
    pub fn fill(&mut self, other: Kept) -> Kept {
        if self.is_empty() {
            *self = other;
            return Kept::default();
        }
        if self.dialect != other.dialect {
            return other;
        }
        let mut left = Kept { dialect: other.dialect, ..Kept::default() };
        match &self.kind {
            None => self.kind = other.kind,
            Some(kind) => left.kind = other.kind.filter(|other| other != kind),
        }
        let known = self.fields.len();
        for (name, value) in other.fields {
            let mut there = self.fields[..known].iter().filter(|(known, _)| *known == name);
            match there.clone().next() {
                None => self.fields.push((name, value)),
                Some(_) if there.any(|(_, there)| same_words(there, &value)) => {}
                Some(_) => left.fields.push((name, value)),
            }
        }
        left
    }
}

/// True where two values differ in nothing but blanks and line ends.
fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::Kept;

    fn kept(dialect: &'static str, fields: &[(&str, &str)]) -> Kept {
        let fields = fields.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        Kept { dialect, kind: None, fields }
    }

    #[test]
    fn only_the_same_dialect_fills_what_is_there() {
        let mut one = kept("a", &[("x", "1 1")]);
        let left = one.fill(kept("a", &[("x", "1\n1"), ("x", "2"), ("y", "3"), ("y", "4")]));
        assert_eq!(one, kept("a", &[("x", "1 1"), ("y", "3"), ("y", "4")]));
        assert_eq!(left, kept("a", &[("x", "2")]));
        let other = kept("b", &[("z", "4")]);
        assert_eq!(one.fill(other.clone()), other);
        assert_eq!(one.get("z"), None);
        let mut none = Kept::default();
        assert!(none.fill(other).is_empty());
        assert_eq!(none.dialect, "b");
    }

    #[test]
    fn a_type_that_has_no_place_is_given_back() {
        let of_kind = |kind: &str| Kept { kind: Some(kind.to_owned()), ..kept("a", &[]) };
        let mut one = kept("a", &[("x", "1")]);
        assert!(one.fill(of_kind("online")).is_empty());
        assert!(one.fill(of_kind("online")).is_empty());
        assert_eq!(one.fill(of_kind("manual")).kind.as_deref(), Some("manual"));
        assert_eq!(one.kind.as_deref(), Some("online"));
    }
}

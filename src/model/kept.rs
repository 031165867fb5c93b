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

    /// Takes what the other has and this one has not. What is of another dialect stays out, unless
    /// there is nothing here yet.
    pub fn fill(&mut self, other: Kept) {
        if self.is_empty() {
            *self = other;
        } else if self.dialect == other.dialect {
            self.kind = self.kind.take().or(other.kind);
            for (name, value) in other.fields {
                if self.get(&name).is_none() {
                    self.fields.push((name, value));
                }
            }
        }
    }
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
        let mut one = kept("a", &[("x", "1")]);
        one.fill(kept("a", &[("x", "2"), ("y", "3")]));
        assert_eq!(one, kept("a", &[("x", "1"), ("y", "3")]));
        one.fill(kept("b", &[("z", "4")]));
        assert_eq!(one.get("z"), None);
        let mut none = Kept::default();
        none.fill(kept("b", &[("z", "4")]));
        assert_eq!(none.dialect, "b");
    }
}

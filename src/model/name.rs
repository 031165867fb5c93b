/// How a name is spelled, and so how its parts go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Script {
    /// A person in Latin (or Cyrillic, Greek, …) letters: `given prefix family suffix`.
    #[default]
    Latin,
    /// A person in Chinese characters: family name first, no blank between.
    Han,
    /// A name that has no parts: an organisation, or a name that could not be taken apart.
    Whole,
}

/// An author.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// How the name is spelled.
    pub script: Script,
    /// The family name (`Vet`, `张`); the whole name where `script` is [`Script::Whole`], and
    /// for Chinese characters that were not split (`买买提·吐尔逊`).
    pub family: String,
    /// The given names or initials: `Freek`, `A. V.`, `三`.
    pub given: Option<String>,
    /// The particles before the family name, in lower case: `van der`, `de`, `al-`, `d'`. One
    /// that the source writes with a capital is part of the family name (`Le Traon`).
    pub prefix: Option<String>,
    /// What follows the name: `Jr.`, `III`.
    pub suffix: Option<String>,
    /// The same person in the other script, where the source gives both.
    pub other: Option<Box<Name>>,
}

impl Name {
    /// A name without parts, such as an organisation's.
    pub fn whole(name: impl Into<String>) -> Name {
        Name { script: Script::Whole, family: name.into(), ..Name::default() }
    }

    /// The name as one reads it: `Freek van der Vet Jr.`, `张三`, `World Health Organization`.
    pub fn display(&self) -> String {
        if self.script == Script::Han {
            return format!("{}{}", self.family, self.given.as_deref().unwrap_or(""));
        }
        let family = self.full_family();
        let parts = [self.given.as_deref(), Some(family.as_str()), self.suffix.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The family name with its particles: `van der Vet`.
    pub fn full_family(&self) -> String {
        match &self.prefix {
            Some(prefix) if prefix.ends_with(['-', '\'', '’']) => {
                format!("{prefix}{}", self.family)
            }
            Some(prefix) => format!("{prefix} {}", self.family),
            None => self.family.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Name, Script};

    #[test]
    fn names_read_as_their_bearers_write_them() {
        let name = |given: &str, prefix: &str, family: &str, suffix: &str| {
            let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let (given, prefix, suffix) = (part(given), part(prefix), part(suffix));
            Name { given, prefix, family: family.to_owned(), suffix, ..Name::default() }
        };
        for (name, display) in [
            (name("Freek", "van der", "Vet", "Jr."), "Freek van der Vet Jr."),
            (name("Jean", "d'", "Alembert", ""), "Jean d'Alembert"),
            (name("Ahmed", "al-", "Rashid", ""), "Ahmed al-Rashid"),
            (name("", "", "Plato", ""), "Plato"),
            (Name { script: Script::Han, ..name("三", "", "张", "") }, "张三"),
            (Name::whole("World Health Organization"), "World Health Organization"),
        ] {
            assert_eq!(name.display(), display);
        }
    }
}

//! What a file of references says of one work, and how it becomes an entry: which text is in which
//! language, whose names belong together, what language the work is in.

use super::Sink;
use super::carrier::{Role, What};
use crate::diagnostic::{Code, Finding};
use crate::distinct::distinct;
use crate::model::{Bilingual, Entry, Kept, Lang, Name, Script, Text};
use crate::text::markup;
use crate::text::script::is_chinese;

/// A work as a reader has it before its texts are sorted by language.
#[derive(Debug, Default)]
pub struct Work {
    /// What needs no sorting.
    pub entry: Entry,
    /// The file names a language, known to the model or not.
    pub language_named: bool,
    title: Texts,
    container: Texts,
    summary: Texts,
    /// The authors in their other form.
    other_authors: Vec<Name>,
    /// The place that they come from.
    other_authors_of: String,
}

/// A text in its main place, and what stands in places for another language.
#[derive(Debug, Default)]
struct Texts {
    main: Option<Text>,
    others: Vec<Other>,
}

#[derive(Debug)]
struct Other {
    text: Text,
    role: Role,
    lang: Option<Lang>,
    field: String,
}

impl Work {
    /// Takes the text of a main place; a second one in the other script is the other language, any
    /// other is told.
    pub fn main(&mut self, what: What, field: &str, text: Text, sink: &mut Sink<'_>) {
        if text.is_empty() {
            return;
        }
        let texts = self.texts(what);
        match &texts.main {
            None => texts.main = Some(text),
            Some(there) if there.plain() == text.plain() => {}
            Some(there) if is_chinese(there.plain()) != is_chinese(text.plain()) => {
                self.other(what, Role::Either, None, field, text);
            }
            Some(there) => sink.add(field, contradiction(there.plain(), text.plain())),
        }
    }

    /// Takes a text in the other language. `lang` is given where the place names it.
    pub fn other(&mut self, what: What, role: Role, lang: Option<Lang>, field: &str, text: Text) {
        if !text.is_empty() {
            let field = field.to_owned();
            self.texts(what).others.push(Other { text, role, lang, field });
        }
    }

    /// Takes an author in the other form, one by one in their order. Where several places give them,
    /// the first one counts.
    pub fn other_author(&mut self, field: &str, name: Name) {
        if self.other_authors.is_empty() {
            self.other_authors_of = field.to_owned();
        }
        if self.other_authors_of == field {
            self.other_authors.push(name);
        }
    }

    /// True where a text stands in the main place already.
    pub fn has(&self, what: What) -> bool {
        match what {
            What::Title => self.title.main.is_some(),
            What::Container => self.container.main.is_some(),
            What::Abstract => self.summary.main.is_some(),
            What::Authors => !self.entry.authors.is_empty(),
        }
    }

    fn texts(&mut self, what: What) -> &mut Texts {
        match what {
            What::Title => &mut self.title,
            What::Container => &mut self.container,
            What::Abstract | What::Authors => &mut self.summary,
        }
    }

    /// The entry, each text in the place of its language.
    pub fn finish(mut self, sink: &mut Sink<'_>) -> Entry {
        self.pair_authors(sink);
        if self.entry.language.is_none() && !self.language_named {
            self.entry.language = self.language(sink);
        }
        let language = self.entry.language;
        let Work { mut entry, title, container, summary, .. } = self;
        title.place("title", language, &mut entry.title, sink);
        container.place("container title", language, &mut entry.container_title, sink);
        summary.place("abstract", language, &mut entry.abstract_text, sink);
        if entry.kept.is_empty() {
            entry.kept = Kept::default();
        }
        if entry.title.is_empty() {
            sink.add("title", Finding::new(Code::NoTitle, "nothing", "the entry has no title"));
        }
        entry
    }

    /// The language of the work where the file does not name it, from the evidence in the order of
    /// the design: the original title, the script of the journal and of the authors, and last the
    /// title in the main place, where the title in the language of the work stands.
    fn language(&self, sink: &mut Sink<'_>) -> Option<Lang> {
        let original = self.title.others.iter().find(|other| other.role == Role::Original);
        if let Some(original) = original {
            return Some(lang_of(&original.text));
        }
        let han = |name: &Name| name.script == Script::Han;
        let chinese = self.container.main.as_ref().is_some_and(|text| lang_of(text) == Lang::Zh);
        if chinese || self.entry.authors.iter().any(han) {
            return Some(Lang::Zh);
        }
        let title = self.title.main.as_ref()?;
        let named = self.container.main.is_some()
            || self.entry.authors.iter().any(|name| name.script == Script::Latin);
        if self.title.others.is_empty() && named {
            return Some(Lang::En);
        }
        let lang = lang_of(title);
        if self.title.others.is_empty() {
            let done = format!("taken as {}, for the title", lang.english_name());
            let found = "no language, no journal, no authors";
            sink.add("title", Finding::new(Code::LanguageGuessed, found, done));
        }
        Some(lang)
    }

    /// Gives each author the other form of the name. A list of another length belongs to nobody.
    fn pair_authors(&mut self, sink: &mut Sink<'_>) {
        let others = std::mem::take(&mut self.other_authors);
        if others.is_empty() {
            return;
        }
        if others.len() != self.entry.authors.len() {
            let found = others.iter().map(Name::display).collect::<Vec<_>>().join("; ");
            let done = "left out: there are not as many as authors";
            sink.add("authors", Finding::new(Code::ValueLost, found, done));
            return;
        }
        for (name, other) in self.entry.authors.iter_mut().zip(others) {
            let same = (&name.family, &name.given) == (&other.family, &other.given);
            if !same && name.other.is_none() {
                name.other = Some(Box::new(other));
            }
        }
    }
}

impl Texts {
    /// Puts each text into the place of its language.
    fn place(
        self,
        field: &str,
        language: Option<Lang>,
        both: &mut Bilingual<Text>,
        sink: &mut Sink<'_>,
    ) {
        let Texts { main, mut others } = self;
        // What names its language goes before what says the same without.
        others.sort_by_key(|other| other.lang.is_none());
        if let Some(main) = main {
            // A place for both languages says which one the main text is.
            let same = |other: &Other| other.text.plain() == main.plain();
            let named = others.iter().find(|other| same(other)).and_then(|other| other.lang);
            others.retain(|other| !same(other));
            let lang = match named {
                Some(lang) if !others.is_empty() => slot(lang),
                _ => main_lang(&main, others.first(), language),
            };
            *both.get_mut(lang) = Some(main);
            for other in others {
                let field = if other.field.is_empty() { field } else { &other.field };
                put(both.get_mut(opposite(lang)), lang, field, &other, sink);
            }
            return;
        }
        for other in others {
            let lang = other.lang.unwrap_or_else(|| lang_of(&other.text));
            put(both.get_mut(lang), opposite(lang), &other.field, &other, sink);
        }
    }
}

/// The language of the text in the main place, beside another text or alone.
fn main_lang(main: &Text, other: Option<&Other>, language: Option<Lang>) -> Lang {
    let by_script = lang_of(main);
    let Some(other) = other else { return by_script };
    match other.lang {
        // The place says that the other one is Chinese, so this one is not.
        Some(Lang::Zh) => Lang::En,
        Some(_) if by_script == Lang::En && language == Some(Lang::Zh) => Lang::Zh,
        Some(_) => by_script,
        None if lang_of(&other.text) != by_script => by_script,
        None if by_script == Lang::En && language == Some(Lang::Zh) => Lang::Zh,
        None => by_script,
    }
}

/// Fills the place of the other language, or tells why it cannot be filled.
fn put(place: &mut Option<Text>, main: Lang, field: &str, other: &Other, sink: &mut Sink<'_>) {
    match place {
        // Two texts in one script: a translation from one language of Latin script to another.
        None if other.lang.map_or_else(|| lang_of(&other.text), slot) == main => {
            let done = "left out: the entry has places for Chinese and one other language";
            sink.add(field, Finding::new(Code::ValueLost, other.text.plain(), done));
        }
        None => *place = Some(other.text.clone()),
        Some(there) if there.plain() == other.text.plain() => {
            // The same words with their marks say more.
            if there.marks().len() < other.text.marks().len() {
                *there = other.text.clone();
            }
        }
        // A carrier of plain text has the words without what marks and mathematics add.
        Some(there) if same_words(there, &other.text) => {}
        Some(there) => sink.add(field, contradiction(there.plain(), other.text.plain())),
    }
}

fn same_words(a: &Text, b: &Text) -> bool {
    let letters =
        |text: &Text| -> String { text.plain().chars().filter(|c| c.is_alphanumeric()).collect() };
    letters(a) == letters(b)
}

fn contradiction(first: &str, second: &str) -> Finding {
    let found = format!("{first} and {second}");
    Finding::new(Code::Contradiction, found, "the first was taken")
}

/// The place of a language in a bilingual value.
fn slot(lang: Lang) -> Lang {
    if lang == Lang::Zh { Lang::Zh } else { Lang::En }
}

fn opposite(lang: Lang) -> Lang {
    if lang == Lang::Zh { Lang::En } else { Lang::Zh }
}

/// The language of a text, by its script.
pub fn lang_of(text: &Text) -> Lang {
    if is_chinese(text.plain()) { Lang::Zh } else { Lang::En }
}

/// A short value in clean characters; `None` where nothing stands there.
pub fn clean(raw: &str) -> Option<String> {
    let text = markup::to_text(raw).text.into_plain();
    (!text.is_empty()).then_some(text)
}

/// The words of a list in one text, by the signs that stand between them. References are read first: the
/// semicolon of `Science &amp; Technology` stands between nothing.
pub fn words(raw: &str, signs: &[char]) -> Vec<String> {
    let text = clean(raw);
    let mut words = text.iter().flat_map(|text| text.split(signs)).filter_map(clean).collect();
    distinct(&mut words);
    words
}

//! What does not come back, by name: a row for each loss, with the formats that have it, what comes
//! back in its place, and an entry that shows it.

use bibilingual::key;
use bibilingual::model::{
    Bilingual, Date, Entry, Kept, Kind, Lang, Mark, Metrics, Name, Pages, Script, Style, Text,
};
use bibilingual::text::pinyin::Overrides;
use bibilingual::text::{case, locator, markup, names, script};

/// The formats that can be read again.
pub const FORMATS: [&str; 5] = ["bibtex", "biblatex", "ris", "csl-json", "enw"];
const BIB: &[&str] = &["bibtex", "biblatex"];
const TAGGED: &[&str] = &["ris", "enw"];

/// A loss.
pub struct Loss {
    /// Its name.
    pub name: &'static str,
    /// The formats that have it.
    pub formats: &'static [&'static str],
    /// What comes back of an entry, as far as this loss goes.
    pub change: fn(&mut Entry, &str),
    /// An entry that loses something.
    pub example: fn() -> Entry,
}

/// What comes back of an entry.
pub fn expected(entry: &Entry, format: &str) -> Entry {
    fold(entry, format, LOSSES.iter())
}

/// What would come back of an entry with these losses alone. They are taken in the order of the table.
pub fn fold<'l>(entry: &Entry, format: &str, losses: impl Iterator<Item = &'l Loss>) -> Entry {
    let mut entry = entry.clone();
    for loss in losses.filter(|loss| loss.formats.contains(&format)) {
        (loss.change)(&mut entry, format);
    }
    entry
}

/// A work that every format brings back as it is.
pub fn work() -> Entry {
    Entry {
        key: "nechifor2018magnesium".into(),
        language: Some(Lang::En),
        title: both("镁在成瘾中的作用", "Magnesium in addiction"),
        container_title: both("镁研究", "Magnesium Research"),
        authors: vec![latin("Nechifor", Some("Mihai"))],
        date: Date::new(2018, Some(8), None),
        ..Entry::default()
    }
}

fn both(zh: &str, en: &str) -> Bilingual<Text> {
    Bilingual { zh: Some(Text::from(zh)), en: Some(Text::from(en)) }
}

fn latin(family: &str, given: Option<&str>) -> Name {
    Name { family: family.into(), given: given.map(str::to_owned), ..Name::default() }
}

fn with(change: impl FnOnce(&mut Entry)) -> Entry {
    let mut entry = work();
    change(&mut entry);
    entry
}

fn english(title: Text) -> Entry {
    with(|entry| entry.title = Bilingual { zh: None, en: Some(title) })
}

/// Every loss. Later rows see what earlier ones have left.
pub const LOSSES: &[Loss] = &[
    Loss {
        name: "an entry without key gets one",
        formats: &["bibtex", "biblatex", "csl-json", "enw"],
        change: |entry, _| {
            if entry.key.is_empty() {
                entry.key = key::base(entry, &Overrides::default());
            }
        },
        example: || with(|entry| entry.key.clear()),
    },
    Loss {
        name: "measures, the source's number and the date online are in no format",
        formats: &FORMATS,
        change: |entry, _| {
            (entry.epub_date, entry.source_id, entry.metrics) = (None, None, Metrics::default());
        },
        example: || with(|entry| entry.source_id = Some("5".into())),
    },
    Loss {
        name: "fields of another dialect",
        formats: &FORMATS,
        change: |entry, format| {
            if entry.kept.dialect != dialect(format) {
                entry.kept = Kept::default();
            }
        },
        example: || {
            with(|entry| {
                entry.kept =
                    Kept { dialect: "another", kind: None, fields: vec![("a".into(), "b".into())] }
            })
        },
    },
    Loss {
        name: "the key stands in RIS only where it came from there",
        formats: &["ris"],
        change: |entry, _| entry.key = entry.kept.get("ID").unwrap_or_default().to_owned(),
        example: work,
    },
    Loss {
        name: "a list of authors that is not complete needs an author in a .bib",
        formats: BIB,
        change: |entry, _| entry.more_authors &= !entry.authors.is_empty(),
        example: || with(|entry| (entry.authors, entry.more_authors) = (Vec::new(), true)),
    },
    Loss {
        name: "reviews, editorials and letters are articles",
        formats: &FORMATS,
        change: |entry, _| {
            if matches!(entry.kind, Kind::Review | Kind::Editorial | Kind::Letter) {
                entry.kind = Kind::Article;
            }
        },
        example: || with(|entry| entry.kind = Kind::Review),
    },
    Loss {
        name: "what is in misc is a preprint where it has an arXiv number, else anything",
        formats: &["bibtex"],
        change: |entry, _| {
            if matches!(entry.kind, Kind::Preprint | Kind::Dataset | Kind::Other) {
                entry.kind = if entry.arxiv.is_some() { Kind::Preprint } else { Kind::Other };
            }
        },
        example: || with(|entry| entry.kind = Kind::Dataset),
    },
    Loss {
        name: "online and misc are a preprint where there is an arXiv number, else anything",
        formats: &["biblatex"],
        change: |entry, _| match (entry.kind, entry.arxiv.is_some()) {
            (Kind::Preprint, false) => {
                entry.kind = Kind::Other;
                (entry.kept.dialect, entry.kept.kind) = ("bib", Some("online".into()));
            }
            (Kind::Other, true) => entry.kind = Kind::Preprint,
            _ => {}
        },
        example: || with(|entry| entry.kind = Kind::Preprint),
    },
    Loss {
        name: "beside pages the number of what is no article may be that of a report",
        formats: &["csl-json"],
        change: |entry, _| {
            let article =
                matches!(entry.kind, Kind::Article | Kind::ConferencePaper | Kind::Preprint);
            if let (Some(number), Some(_), false) = (&entry.article_number, &entry.pages, article) {
                entry.kept.dialect = "csl-json";
                let mut kept = vec![("number".into(), format!("\"{number}\""))];
                if let Some(arxiv) = entry.arxiv.take() {
                    kept.push(("archive".into(), "\"arXiv\"".into()));
                    kept.push(("archive_location".into(), format!("\"{arxiv}\"")));
                }
                entry.kept.fields.splice(0..0, kept);
                entry.article_number = None;
            }
        },
        example: || {
            with(|entry| {
                entry.kind = Kind::Book;
                entry.article_number = Some("104324".into());
                entry.pages = Some(Pages { first: "1".into(), last: Some("9".into()), more: None });
            })
        },
    },
    Loss {
        name: "pages that look like the number of an article are read as one",
        formats: &FORMATS,
        change: |entry, _| {
            let read = entry.pages.as_ref().map(|pages| locator::pages(&pages.join("-")));
            if let Some(read) = read {
                let number = read.article_number;
                entry.pages = read.pages;
                entry.article_number = entry.article_number.take().or(number);
            }
        },
        example: || {
            with(|entry| {
                entry.pages = Some(Pages { first: "104324".into(), last: None, more: None })
            })
        },
    },
    Loss {
        name: "keywords are parted at signs that stand in them",
        formats: &FORMATS,
        change: |entry, format| {
            let words: Vec<String> = match TAGGED.contains(&format) {
                true => entry.keywords.iter().flat_map(|w| w.split(';')).map(trimmed).collect(),
                false => {
                    let all = entry.keywords.join(", ");
                    all.split([',', ';']).map(trimmed).collect()
                }
            };
            entry.keywords.clear();
            for word in words.into_iter().filter(|word| !word.is_empty()) {
                if !TAGGED.contains(&format) || !entry.keywords.contains(&word) {
                    entry.keywords.push(word);
                }
            }
        },
        example: || with(|entry| entry.keywords = vec!["a; b".into(), "c".into()]),
    },
    Loss {
        name: "a grave accent opens a quotation for TeX",
        formats: BIB,
        change: |entry, _| {
            let lang = main_lang(entry);
            // Its braces are set before TeX sees the signs.
            let title = entry.title.get(lang).map(|title| {
                let (plain, set) = (with_signs(title), with_signs(&case::protect(title)));
                match plain.plain() == title.plain() {
                    true => title.clone(),
                    false => unset(&set),
                }
            });
            each_text(entry, &with_signs);
            *entry.title.get_mut(lang) = title;
            each_name(entry, &|part| tex_signs(part));
        },
        example: || english(Text::from("One ` two")),
    },
    Loss {
        name: "a combining mark alone is no part of a name",
        formats: &["bibtex", "biblatex", "csl-json"],
        change: |entry, _| {
            each_name_whole(entry, &|name| {
                let lone =
                    |part: &String| part.chars().all(|c| ('\u{300}'..'\u{370}').contains(&c));
                name.given = name.given.take().filter(|given| !lone(given));
            })
        },
        example: || with(|entry| entry.authors = vec![latin("Combining", Some("\u{301}"))]),
    },
    Loss {
        name: "italics, mathematics and the like are plain in lines of tags",
        formats: TAGGED,
        change: |entry, _| each_text(entry, &|text| Text::from(printed_plain(text))),
        example: || english(marked("On growth", 3..9, Style::Italic)),
    },
    Loss {
        name: "mathematics is its plain reading, and protected letters are letters, in CSL",
        formats: &["csl-json"],
        change: |entry, _| {
            each_text(entry, &|text| {
                let keep = |m: &&Mark| !matches!(m.style, Style::Math(_) | Style::Protect);
                Text::new(text.plain().into(), text.marks().iter().filter(keep).cloned().collect())
            })
        },
        example: || english(marked("On growth", 3..9, Style::Math("g".into()))),
    },
    Loss {
        name: "text that looks like mark-up of HTML or LaTeX is read as such",
        formats: &FORMATS,
        change: |entry, format| {
            let read = |text: &Text| match format {
                "bibtex" | "biblatex" => html_in_tex(text),
                "csl-json" => unless_same(text, &printed_csl(text)),
                _ => unless_same(text, text.plain()),
            };
            each_text(entry, &read);
            each_name(entry, &|part| match read(&Text::from(part)) {
                nothing if nothing.is_empty() => part.to_owned(),
                read => read.plain().to_owned(),
            });
        },
        example: || english(Text::from("On <b>x</b> &amp; y")),
    },
    Loss {
        name: "braces that this program sets by itself are not those of the source",
        formats: BIB,
        change: |entry, _| {
            // The main title alone gets them.
            let lang = main_lang(entry);
            let title = entry.title.get(lang).map(|title| unset(&case::protect(title)));
            *entry.title.get_mut(lang) = title;
        },
        example: || english(marked("On DNA growth", 3..6, Style::Protect)),
    },
    Loss {
        name: "Chinese names are parted by the table of surnames, organisations told from people",
        formats: &FORMATS,
        change: |entry, _| {
            for name in &mut entry.authors {
                let han = script::has_han(&name.display());
                if han && let Some(read) = names::one_author(&name.display()).names.pop() {
                    let other = name.other.take();
                    *name = Name { other, ..read };
                }
            }
        },
        example: || {
            with(|entry| {
                let name =
                    Name {
                        script: Script::Han, given: Some("阳修".into()), ..Name::whole("欧")
                    };
                (entry.language, entry.authors) = (Some(Lang::Zh), vec![name]);
            })
        },
    },
    Loss {
        name: "a Latin name without a given name is whole where it has several words",
        formats: &["bibtex", "biblatex", "ris", "enw"],
        change: |entry, format| each_name_whole(entry, &|name| several_words(name, format)),
        example: || with(|entry| entry.authors = vec![latin("García de la Cruz", None)]),
    },
    Loss {
        name: "one word without comma is a family name in RIS, and an asterisk is no part of a name",
        formats: &["ris"],
        change: |entry, _| each_name_whole(entry, &ris_name),
        example: || with(|entry| entry.authors = vec![Name::whole("CERN")]),
    },
    Loss {
        name: "a comma in a whole name parts it in RIS, but for that before Inc. and the like",
        formats: &["ris"],
        change: |entry, _| {
            each_name_whole(entry, &|name| {
                let parts: Vec<String> = name.family.split(',').map(trimmed).collect();
                let whole = name.script == Script::Whole && !script::has_han(&name.family);
                match &parts[..] {
                    [family, given] if whole && !names::is_legal_form(given) => {
                        *name = Name { other: name.other.take(), ..latin(family, Some(given)) };
                    }
                    _ => {}
                }
            })
        },
        example: || with(|entry| entry.authors = vec![Name::whole("Corbet, Johnathan")]),
    },
    Loss {
        name: "particles before the comma are told by their words",
        formats: TAGGED,
        change: |entry, _| {
            each_name_whole(entry, &|name| {
                if name.script == Script::Latin {
                    let read = names::family(&name.full_family());
                    (name.prefix, name.family) = (read.prefix, read.family);
                }
            })
        },
        example: || {
            with(|entry| {
                entry.authors =
                    vec![Name { prefix: Some("foo".into()), ..latin("Bar", Some("Ann")) }];
            })
        },
    },
    Loss {
        name: "the language of a work that no field names is found from evidence",
        formats: &FORMATS,
        change: |entry, _| {
            // A language that the model does not know stands in a field that was kept.
            let named =
                ["langid", "language", "LA", "%G"].iter().any(|f| entry.kept.get(f).is_some());
            if entry.language.is_none() && !named {
                entry.language = evidence(entry);
            }
        },
        example: || with(|entry| entry.language = None),
    },
];

fn dialect(format: &str) -> &str {
    if BIB.contains(&format) { "bib" } else { format }
}

fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

fn marked(plain: &str, range: std::ops::Range<usize>, style: Style) -> Text {
    Text::new(plain.into(), vec![Mark { range, style }])
}

fn each_text(entry: &mut Entry, change: &dyn Fn(&Text) -> Text) {
    for both in [&mut entry.title, &mut entry.container_title, &mut entry.abstract_text] {
        for text in [&mut both.zh, &mut both.en].into_iter().flatten() {
            *text = change(text);
        }
    }
}

/// Every name, and the other form of each.
fn each_name_whole(entry: &mut Entry, change: &dyn Fn(&mut Name)) {
    for name in &mut entry.authors {
        change(name);
        if let Some(other) = &mut name.other {
            change(other);
        }
    }
}

fn each_name(entry: &mut Entry, change: &dyn Fn(&str) -> String) {
    each_name_whole(entry, &|name| {
        name.family = change(&name.family);
        for part in [&mut name.given, &mut name.prefix, &mut name.suffix].into_iter().flatten() {
            *part = change(part);
        }
    });
}

/// HTML is read where no TeX is beside it.
fn html_in_tex(text: &Text) -> Text {
    let tex = !text.marks().is_empty() || text.plain().contains(['$', '\\', '{']);
    if tex { text.clone() } else { unless_same(text, text.plain()) }
}

/// What is read of a printed text, where that is not the text itself.
fn unless_same(text: &Text, printed: &str) -> Text {
    let read = markup::to_text(printed).text;
    if read.plain() == text.plain() { text.clone() } else { read }
}

/// The sign that is another one to TeX (The TeXbook, chapter 2); those that it joins are kept apart.
fn tex_signs(text: &str) -> String {
    text.replace('`', "‘")
}

/// The signs in every stretch between two braces or commands; in mathematics they mean what they are.
fn with_signs(text: &Text) -> Text {
    use bibilingual::model::Piece::{Chars, Close, Open};
    let (mut plain, mut marks, mut open) = (String::new(), Vec::new(), Vec::new());
    for piece in text.pieces() {
        let in_math = open.iter().any(|(_, style)| matches!(style, Style::Math(_)));
        match piece {
            Open(style) => open.push((plain.len(), style.clone())),
            Close(_) => {
                let (start, style) = open.pop().expect("open");
                marks.push(Mark { range: start..plain.len(), style });
            }
            Chars(chars) if in_math => plain.push_str(chars),
            Chars(chars) => plain.push_str(&tex_signs(chars)),
        }
    }
    if plain == text.plain() { text.clone() } else { Text::new(plain, marks) }
}

/// A title without the braces that this program sets by itself.
fn unset(title: &Text) -> Text {
    let keep = |m: &&Mark| m.style != Style::Protect;
    let bare =
        Text::new(title.plain().into(), title.marks().iter().filter(keep).cloned().collect());
    if case::protect(&bare) == *title { bare } else { title.clone() }
}

/// A text without marks, raised digits as the characters for them.
fn printed_plain(text: &Text) -> String {
    const LINE: &str = "0123456789+-−()";
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾";
    let raise = |c| LINE.chars().position(|l| l == c).and_then(|at| RAISED.chars().nth(at));
    let mut out = String::new();
    let mut open: Vec<&Style> = Vec::new();
    for piece in text.pieces() {
        use bibilingual::model::Piece::{Chars, Close, Open};
        match piece {
            Open(style) => open.push(style),
            Close(_) => {
                open.pop();
            }
            Chars(chars) if open.last() == Some(&&Style::Sup) => {
                let raised: Option<String> = chars.chars().map(raise).collect();
                out.push_str(&raised.unwrap_or_else(|| chars.to_owned()));
            }
            Chars(chars) => out.push_str(chars),
        }
    }
    out
}

fn printed_csl(text: &Text) -> String {
    use bibilingual::model::Piece::{Chars, Close, Open};
    let tags = |style: &Style| match style {
        Style::Italic => ("<i>", "</i>"),
        Style::Bold => ("<b>", "</b>"),
        Style::SmallCaps => ("<span style=\"font-variant:small-caps;\">", "</span>"),
        Style::Sub => ("<sub>", "</sub>"),
        Style::Sup => ("<sup>", "</sup>"),
        Style::Math(_) | Style::Protect => ("", ""),
    };
    let show = |piece: &bibilingual::model::Piece<'_>| match piece {
        Open(style) => tags(style).0.to_owned(),
        Close(style) => tags(style).1.to_owned(),
        Chars(chars) => chars.to_string(),
    };
    text.pieces().iter().map(show).collect()
}

/// The language of the main title, as the view has it.
fn main_lang(entry: &Entry) -> Lang {
    let wanted = match entry.language {
        Some(Lang::Zh) => Lang::Zh,
        _ => Lang::En,
    };
    match (entry.title.get(wanted), wanted) {
        (Some(_), _) => wanted,
        (None, Lang::Zh) => Lang::En,
        (None, _) => Lang::Zh,
    }
}

fn several_words(name: &mut Name, format: &str) {
    if name.script != Script::Latin || name.given.is_some() {
        return;
    }
    let words = match (BIB.contains(&format), &name.suffix) {
        (_, Some(_)) => true,
        // `van der Vet` is taken apart as it was put together.
        (true, None) => {
            let lower = name.family.split_whitespace().any(|w| w.starts_with(char::is_lowercase));
            name.prefix.is_none() && (lower || name.family.contains(' '))
        }
        (false, None) => names::family(&name.full_family()).family.contains(' '),
    };
    if words {
        *name = Name { other: name.other.take(), ..Name::whole(name.display()) };
    }
}

fn ris_name(name: &mut Name) {
    name.family = name.family.replace('*', "");
    let one = name.script == Script::Whole && !name.family.contains([' ', ',']);
    if one && !script::has_han(&name.family) {
        name.script = Script::Latin;
    }
}

/// The language of a work from what is written of it.
fn evidence(entry: &Entry) -> Option<Lang> {
    let main = main_lang(entry);
    let other = if main == Lang::Zh { Lang::En } else { Lang::Zh };
    let container = entry.container_title.get(main).or(entry.container_title.get(other));
    let lang_of = |text: &Text| if script::is_chinese(text.plain()) { Lang::Zh } else { Lang::En };
    if container.is_some_and(|text| lang_of(text) == Lang::Zh)
        || entry.authors.iter().any(|name| name.script == Script::Han)
    {
        return Some(Lang::Zh);
    }
    let title = entry.title.get(main)?;
    let named = container.is_some() || entry.authors.iter().any(|n| n.script == Script::Latin);
    let alone = entry.title.get(other).is_none();
    Some(if alone && named { Lang::En } else { lang_of(title) })
}

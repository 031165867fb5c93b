//! Both titles, both lists of authors, both journals and abstracts come back from every place that
//! carries one: those that we write and those that others do. A row a carrier.

use bibilingual::diagnostic::{Code, Place};
use bibilingual::export::{Options, pairs, prepare};
use bibilingual::format::{RECEIVERS, Renderer};
use bibilingual::key::Keys;
use bibilingual::model::{Bilingual, Date, Entry, Kind, Lang, Name, Script, Text};
use bibilingual::source::{self, Found, SOURCES, Source};
use bibilingual::{FORMATS, Format};

const ZH: &str = "超声速短化喷管的设计";
const EN: &str = "Design of supersonic nozzles";

/// The field, the file around `@`, what is carried, and the language of the work.
type Row = (&'static str, &'static str, What, Option<Lang>);

#[derive(Clone, Copy, Debug, PartialEq)]
enum What {
    /// The Chinese title is carried, the English one is in the main place.
    Chinese,
    /// The other way round.
    English,
    Authors,
    Journal,
    Abstract,
}

const ROWS: &[Row] = &[
    ("bib", "titletranslation = {@}, langid = {english}", What::Chinese, Some(Lang::En)),
    ("bib", "TitleTranslation = \"@\", langid = {chinese}", What::English, Some(Lang::Zh)),
    ("bib", "title_translation_zh-hans = {@}", What::Chinese, Some(Lang::En)),
    ("bib", "title_translation_en = {@}, language = {zh-CN}", What::English, Some(Lang::Zh)),
    ("bib", "englishtitle = {@}, langid = {chinese}", What::English, Some(Lang::Zh)),
    ("bib", "transtitle = {@}", What::Chinese, Some(Lang::En)),
    ("bib", "translatedtitle = {@}", What::Chinese, Some(Lang::En)),
    // The main title is the translation.
    ("bib", "origtitle = {@}", What::Chinese, Some(Lang::Zh)),
    ("bib", "original-title = {@}", What::Chinese, Some(Lang::Zh)),
    ("bib", "authortranslation = {Zhang, Minli and Yi, Shihe}", What::Authors, Some(Lang::Zh)),
    (
        "bib",
        "author_transliteration_zh-latn = {Zhang, Minli and Yi, Shihe}",
        What::Authors,
        Some(Lang::Zh),
    ),
    ("bib", "author_translation_en = {Minli Zhang and Shihe Yi}", What::Authors, Some(Lang::Zh)),
    ("bib", "journaltranslation = {Acta Aerodynamica Sinica}", What::Journal, Some(Lang::Zh)),
    (
        "bib",
        "journaltitle_translation_en = {Acta Aerodynamica Sinica}",
        What::Journal,
        Some(Lang::Zh),
    ),
    ("bib", "journal_translation_en = {Acta Aerodynamica Sinica}", What::Journal, Some(Lang::Zh)),
    ("bib", "booktitle_translation_en = {Acta Aerodynamica Sinica}", What::Journal, Some(Lang::Zh)),
    ("bib", "abstracttranslation = {An abstract}", What::Abstract, Some(Lang::Zh)),
    ("bib", "abstract_translation_en = {An abstract}", What::Abstract, Some(Lang::Zh)),
    ("ris", "TT  - @", What::Chinese, Some(Lang::En)),
    ("ris", "TT  - @\nLA  - zh", What::English, Some(Lang::Zh)),
    ("ris", "OP  - @", What::Chinese, Some(Lang::Zh)),
    ("ris", "N1  - Translated title (zh): @", What::Chinese, Some(Lang::En)),
    ("ris", "N1  - Original title (zh): @", What::Chinese, Some(Lang::Zh)),
    ("ris", "M2  - titleTranslation: @", What::Chinese, Some(Lang::En)),
    ("ris", "M2  - original-title: @\nLA  - zh-CN", What::English, Some(Lang::Zh)),
    ("ris", "TA  - Zhang, Minli\nTA  - Yi, Shihe", What::Authors, Some(Lang::Zh)),
    ("ris", "N1  - Authors (en): Zhang, Minli; Yi, Shihe", What::Authors, Some(Lang::Zh)),
    (
        "ris",
        "M2  - original-author: Zhang || Minli\nM2  - original-author: Yi || Shihe",
        What::Authors,
        Some(Lang::Zh),
    ),
    ("ris", "N1  - Journal (en): Acta Aerodynamica Sinica", What::Journal, Some(Lang::Zh)),
    (
        "ris",
        "M2  - original-container-title: Acta Aerodynamica Sinica",
        What::Journal,
        Some(Lang::Zh),
    ),
    ("ris", "N1  - Abstract (en): An abstract", What::Abstract, Some(Lang::Zh)),
    ("ris", "M2  - abstractTranslation: An abstract", What::Abstract, Some(Lang::Zh)),
    ("csl", "\"note\": \"titleTranslation: @\"", What::Chinese, Some(Lang::En)),
    (
        "csl",
        "\"note\": \"Original Title: @\", \"language\": \"zh-CN\"",
        What::English,
        Some(Lang::Zh),
    ),
    ("csl", "\"original-title\": \"@\"", What::Chinese, Some(Lang::Zh)),
    ("csl", "\"custom\": {\"title\": {\"zh\": \"@\"}}", What::Chinese, Some(Lang::En)),
    (
        "csl",
        "\"custom\": {\"title-translation\": {\"zh-Hans\": \"@\"}}",
        What::Chinese,
        Some(Lang::En),
    ),
    (
        "csl",
        "\"multi\": {\"main\": {\"title\": \"en\"}, \"_keys\": {\"title\": {\"zh-CN\": \"@\"}}}",
        What::Chinese,
        Some(Lang::En),
    ),
    (
        "csl",
        "\"note\": \"original-author: Zhang || Minli\\noriginal-author: Yi || Shihe\"",
        What::Authors,
        Some(Lang::Zh),
    ),
    (
        "csl",
        "\"custom\": {\"author\": [{\"family\": \"Zhang\", \"given\": \"Minli\"}, {\"family\": \"Yi\", \"given\": \"Shihe\"}]}",
        What::Authors,
        Some(Lang::Zh),
    ),
    (
        "csl",
        "\"note\": \"original-container-title: Acta Aerodynamica Sinica\"",
        What::Journal,
        Some(Lang::Zh),
    ),
    (
        "csl",
        "\"custom\": {\"container-title\": {\"en\": \"Acta Aerodynamica Sinica\"}}",
        What::Journal,
        Some(Lang::Zh),
    ),
    (
        "csl",
        "\"multi\": {\"_keys\": {\"container-title\": {\"en\": \"Acta Aerodynamica Sinica\"}}}",
        What::Journal,
        Some(Lang::Zh),
    ),
    ("csl", "\"note\": \"abstractTranslation: An abstract\"", What::Abstract, Some(Lang::Zh)),
    (
        "csl",
        "\"custom\": {\"abstract\": {\"en\": \"An abstract\"}}",
        What::Abstract,
        Some(Lang::Zh),
    ),
    ("enw", "%Q @", What::Chinese, Some(Lang::En)),
    ("enw", "%H Zhang, Minli\n%H Yi, Shihe", What::Authors, Some(Lang::Zh)),
    ("enw", "%Z Journal (en): Acta Aerodynamica Sinica", What::Journal, Some(Lang::Zh)),
    // As Wanfang writes it.
    ("enw", "%J Acta Aerodynamica Sinica", What::Journal, Some(Lang::Zh)),
    ("enw", "%Z Abstract (en): An abstract", What::Abstract, Some(Lang::Zh)),
];

/// A file with the carrier in it; the main places are those of a work in the language that leaves the
/// carrier's text to be the other one.
fn file(dialect: &str, carrier: &str, what: What) -> String {
    let (main, other) = if what == What::Chinese { (EN, ZH) } else { (ZH, EN) };
    let carrier = carrier.replace('@', other);
    let chinese = !matches!(what, What::Chinese | What::English);
    let (authors, journal, summary) = ("张敏莉", "空气动力学学报", "摘要与结论");
    match (dialect, chinese) {
        ("bib", false) => format!("@article{{k, title = {{{main}}}, {carrier}}}"),
        ("bib", true) => format!(
            "@article{{k, title = {{{main}}}, author = {{{authors} and 易仕和}}, journal = {{{journal}}},
              abstract = {{{summary}}}, {carrier}}}"
        ),
        ("ris", false) => format!("TY  - JOUR\nTI  - {main}\n{carrier}\nER  - \n"),
        ("ris", true) => format!(
            "TY  - JOUR\nTI  - {main}\nAU  - {authors}\nAU  - 易仕和\nT2  - {journal}\nAB  - {summary}\n{carrier}\nER  - \n"
        ),
        ("csl", false) => {
            format!("[{{\"type\": \"article-journal\", \"title\": \"{main}\", {carrier}}}]")
        }
        ("csl", true) => format!(
            "[{{\"type\": \"article-journal\", \"title\": \"{main}\", \"author\": [{{\"literal\": \"{authors}\"}},
              {{\"literal\": \"易仕和\"}}], \"container-title\": \"{journal}\", \"abstract\": \"{summary}\", {carrier}}}]"
        ),
        (_, false) => format!("%0 Journal Article\n%T {main}\n{carrier}\n"),
        (_, true) => format!(
            "%0 Journal Article\n%T {main}\n%A {authors}\n%A 易仕和\n%J {journal}\n%X {summary}\n{carrier}\n"
        ),
    }
}

#[test]
fn every_carrier_gives_back_what_it_carries() {
    for (dialect, carrier, what, language) in ROWS {
        let text = file(dialect, carrier, *what);
        let reading = source::read(text.as_bytes(), "file").expect("a record");
        let entry = &reading.found[0].entry;
        let plain = |text: &Option<Text>| text.as_ref().map(|t| t.plain().to_owned());
        assert_eq!(entry.language, *language, "{text}");
        match what {
            What::Chinese | What::English => {
                let found = (plain(&entry.title.zh), plain(&entry.title.en));
                assert_eq!(found, (Some(ZH.into()), Some(EN.into())), "{text}");
            }
            What::Authors => {
                let other = |name: &Name| name.other.as_ref().map(|other| other.display());
                let found: Vec<_> = entry.authors.iter().map(other).collect();
                assert_eq!(found, [Some("Minli Zhang".into()), Some("Shihe Yi".into())], "{text}");
            }
            What::Journal => {
                let both = &entry.container_title;
                assert_eq!(plain(&both.zh).as_deref(), Some("空气动力学学报"), "{text}");
                assert_eq!(plain(&both.en).as_deref(), Some("Acta Aerodynamica Sinica"), "{text}");
            }
            What::Abstract => {
                let both = &entry.abstract_text;
                assert_eq!(plain(&both.zh).as_deref(), Some("摘要与结论"), "{text}");
                assert_eq!(plain(&both.en).as_deref(), Some("An abstract"), "{text}");
            }
        }
        assert!(entry.kept.fields.is_empty(), "{text}: {:?}", entry.kept);
    }
}

/// A Chinese work with everything in English too.
fn work() -> Entry {
    let both = |zh: &str, en: &str| Bilingual { zh: Some(zh.into()), en: Some(en.into()) };
    let pinyin = Name { family: "Zhang".into(), given: Some("Minli".into()), ..Name::default() };
    Entry {
        key: "zhang2007".into(),
        kind: Kind::Article,
        language: Some(Lang::Zh),
        title: both(ZH, EN),
        container_title: both("空气动力学学报", "Acta Aerodynamica Sinica"),
        abstract_text: both("摘要与结论", "An abstract"),
        authors: vec![Name {
            script: Script::Han,
            given: Some("敏莉".into()),
            other: Some(Box::new(pinyin)),
            ..Name::whole("张")
        }],
        date: Date::new(2007, None, None),
        ..Entry::default()
    }
}

fn written(entry: Entry, renderer: &Renderer, pair: bool) -> String {
    let found = vec![Found {
        entry: Box::new(entry),
        place: Place::default(),
        others: Vec::new(),
        verbatim: Vec::new(),
    }];
    let mut told = Vec::new();
    let (options, mut keys) = (Options::default(), Keys::default());
    let ready = prepare(found, &options, &mut keys, &mut told).expect("ready");
    let ready = if pair { pairs(ready, &options, &mut keys, &mut told) } else { ready };
    let [before, between, after] = renderer.frame();
    let texts = ready.iter().map(|one| renderer.entry(&one.view).expect("rendered"));
    format!("{before}{}{after}", texts.collect::<Vec<_>>().join(between))
}

#[test]
fn both_titles_come_back_from_every_file_for_every_program() {
    let mut count = 0;
    for receiver in RECEIVERS {
        for (name, _) in receiver.formats {
            let format = Format::by_name(name).expect("a format");
            if format.keeps.is_none() {
                continue; // no reader of ours
            }
            for english in [false, true] {
                let mut entry = work();
                if english {
                    entry.language = Some(Lang::En);
                }
                let text = written(
                    entry.clone(),
                    &Renderer::for_receiver(format, receiver),
                    receiver.pair,
                );
                let reading = source::read(text.as_bytes(), "file").expect("a record");
                assert_eq!(reading.found.len(), 1, "{}: {text}", receiver.name);
                let found = &reading.found[0].entry;
                assert_eq!(found.title, entry.title, "{}: {text}", receiver.name);
                assert_eq!(found.language, entry.language, "{}: {text}", receiver.name);
                count += 1;
            }
        }
    }
    assert!(count > 16, "{count}");
}

#[test]
fn two_linked_entries_become_one_again() {
    for format in FORMATS.iter().filter(|format| format.keeps == Some("bib")) {
        let text = written(work(), &Renderer::built_in(format), true);
        assert_eq!(text.matches("@article").count(), 2, "{text}");
        let reading = source::read(text.as_bytes(), "file").expect("a record");
        assert_eq!(reading.found.len(), 1);
        assert_eq!(*reading.found[0].entry, work(), "{text}");
        assert_eq!(reading.found[0].others.len(), 1);
        assert!(reading.diagnostics.iter().any(|d| d.code == Code::PairJoined));
    }
}

#[test]
fn every_kind_comes_back_from_every_format_or_a_more_general_one() {
    for format in FORMATS.iter().filter(|format| format.keeps.is_some()) {
        for kind in Kind::ALL {
            let text = written(Entry { kind, ..work() }, &Renderer::built_in(format), false);
            let found = &source::read(text.as_bytes(), "file").expect("a record").found[0].entry;
            let general = match kind {
                Kind::Review | Kind::Editorial | Kind::Letter => Kind::Article,
                Kind::Preprint if format.keeps == Some("bib") => Kind::Other,
                Kind::Dataset if format.name == "bibtex" => Kind::Other,
                kind => kind,
            };
            assert_eq!(found.kind, general, "{}: {kind:?}", format.name);
            // What is written once more has the word that it had.
            let again = written(Entry::clone(found), &Renderer::built_in(format), false);
            assert_eq!(again, text, "{}", format.name);
        }
    }
}

/// The types that a format's specification lists.
fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[test]
fn every_type_of_every_specification_is_known_and_written_back() {
    type File = fn(&str) -> String;
    let lists: [(&str, &str, File); 5] = [
        ("bibtex", include_str!("words/bibtex.txt"), |w| format!("@{w}{{k, title = {{T}}}}")),
        ("biblatex", include_str!("words/biblatex.txt"), |w| format!("@{w}{{k, title = {{T}}}}")),
        ("ris", include_str!("words/ris.txt"), |w| format!("TY  - {w}\nTI  - T\nER  - \n")),
        ("csl-json", include_str!("words/csl-types.txt"), |w| {
            format!("[{{\"id\": \"k\", \"type\": \"{w}\", \"title\": \"T\"}}]")
        }),
        ("enw", include_str!("words/enw.txt"), |w| format!("%0 {w}\n%T T\n")),
    ];
    for (name, list, file) in lists {
        let format = Format::by_name(name).expect("a format");
        for word in words(list).filter(|word| *word != "xdata") {
            let reading = source::read(file(word).as_bytes(), "file").expect("a record");
            let unknown = reading.diagnostics.iter().any(|d| d.code == Code::TypeUnknown);
            // biblatex leaves types to its users.
            assert!(!unknown || word.starts_with("custom"), "{name}: {word}");
            let text = written(*reading.found[0].entry.clone(), &Renderer::built_in(format), false);
            let back = &source::read(text.as_bytes(), "file").expect("a record").found[0].entry;
            assert_eq!(back.kind, reading.found[0].entry.kind, "{name}: {word}");
            let same = match word {
                "conference" => "inproceedings",
                // BibTeX has the older words for it.
                word => word,
            };
            assert!(text.contains(same), "{name}: {word} in {text}");
        }
    }
}

#[test]
fn an_unknown_type_is_told_and_kept() {
    for (name, text, word) in [
        ("bibtex", "@blogpost{k, title = {T}}", "@blogpost{"),
        ("ris", "TY  - XYZ\nTI  - T\nER  - \n", "TY  - XYZ"),
        (
            "csl-json",
            "[{\"type\": \"article\", \"title\": \"T\"}, {\"type\": \"xyz\", \"title\": \"T\"}]",
            "\"xyz\"",
        ),
        ("enw", "%0 Xyz\n%T T\n", "%0 Xyz"),
    ] {
        let reading = source::read(text.as_bytes(), "file").expect("a record");
        let entry = reading.found.last().expect("an entry").entry.clone();
        assert_eq!(entry.kind, Kind::Other);
        assert!(reading.diagnostics.iter().any(|d| d.code == Code::TypeUnknown), "{text}");
        let format = Format::by_name(name).expect("a format");
        assert!(written(*entry, &Renderer::built_in(format), false).contains(word), "{text}");
    }
}

#[test]
fn every_source_reads_what_a_format_of_its_dialect_writes() {
    for format in FORMATS {
        let text = written(work(), &Renderer::built_in(format), false);
        let found = Source::of(text.as_bytes(), "file");
        match format.keeps {
            Some("bib") => assert_eq!(found.name, "bibtex"),
            Some(dialect) => assert_eq!(found.name, dialect),
            None => assert!(!(found.looks_like)(text.as_bytes()), "{}", format.name),
        }
    }
    let mut names: Vec<&str> = SOURCES.iter().map(|source| source.name).collect();
    let mut endings: Vec<&str> = SOURCES.iter().flat_map(|s| s.extensions).copied().collect();
    for list in [&mut names, &mut endings] {
        let count = list.len();
        list.sort_unstable();
        list.dedup();
        assert_eq!(list.len(), count);
    }
}

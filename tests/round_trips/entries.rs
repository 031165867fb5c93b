//! Entries as a source could give them: clean, and else as odd as they can be.

use bibilingual::model::{
    Bilingual, Date, Entry, Kept, Kind, Lang, Mark, Metrics, Name, Pages, Script, Style, Text,
};
use bibilingual::text::{doi, locator, markup, script, url};
use proptest::option;
use proptest::prelude::*;

/// Words of a text: those of a language, and those that mean something to some format.
fn word(chinese: bool) -> impl Strategy<Value = String> {
    let own: Vec<&str> = match chinese {
        true => vec![
            "镁在成瘾中的作用",
            "超声速喷管",
            "——一般观点",
            "研究",
            "：设计",
            "（上）",
            "，与",
            "DNA甲基化",
        ],
        false => vec![
            "Magnesium",
            "in",
            "the",
            "DNA",
            "E. coli",
            "effects:",
            "a",
            "naïve",
            "Čech",
            "mRNA-seq",
            "of",
            "α-helix",
            "(II)",
            "and",
            "et al.",
            "“quoted”",
            "1999–2003",
        ],
    };
    prop_oneof![
        8 => prop::sample::select(own).prop_map(str::to_owned),
        1 => prop::sample::select(vec![
            "}", "{", "{x}", "\\input{/etc/passwd}", "\\", "$5", "100%", "#1", "a_b", "x^2", "a~b", "A&B",
            "<script>", "</b>", "p < 0.05", "&amp;", "ER  -", "TY  - JOUR", "%0", "@article{x,", "a = b", "\"q\"",
            "--", "---", "``x''", "'s", ";", "x,", "|", "*", "Translated title (zh): x", "titleTranslation: y",
            "// [",
        ]).prop_map(str::to_owned),
        1 => "[a-zA-Z0-9.,:;!?()\\[\\]{}\\\\$&#%_^~\"<>|@=/*+]{1,5}",
    ]
}

/// A clean text in one of the two languages, without marks.
fn plain(chinese: bool) -> impl Strategy<Value = String> {
    let words = prop::collection::vec(word(chinese), 1..6).prop_map(|words| words.join(" "));
    words
        .prop_map(move |text| {
            let head =
                if chinese { "镁与钙的研究进展和临床应用综述文章" } else { "On" };
            let whole = format!("{head} {text}");
            let text = markup::tidy(&Text::from(whole)).text;
            text.plain().to_owned()
        })
        .prop_filter("in its language", move |text| script::is_chinese(text) == chinese)
}

/// A text with marks whose characters no format takes for its own.
fn marked(chinese: bool) -> impl Strategy<Value = Text> {
    let piece = prop::sample::select(match chinese {
        true => vec!["镁", "在成瘾中", "的作用"],
        false => vec!["growth", "of", "Escherichia coli", "under", "stress"],
    });
    let style = prop_oneof![
        3 => Just(None),
        1 => prop::sample::select(vec![Style::Italic, Style::Bold, Style::SmallCaps, Style::Sub, Style::Sup])
            .prop_map(Some),
    ];
    let formula = prop::sample::select(vec!["x^2", "\\alpha", "n", "\\frac{a}{b}", "H_2O"]);
    let part = prop_oneof![
        4 => (piece, style).prop_map(|(piece, style)| {
            let marks = style.into_iter().map(|style| Mark { range: 0..piece.len(), style }).collect();
            Text::new(piece.to_owned(), marks)
        }),
        1 => formula.prop_map(|source| markup::formula(source).text),
    ];
    prop::collection::vec(part, 1..5).prop_map(move |parts| {
        let mut plain = if chinese {
            "镁与钙的研究进展和临床应用综述文章".to_owned()
        } else {
            "On".to_owned()
        };
        let mut marks = Vec::new();
        for part in parts {
            plain.push(' ');
            let by = plain.len();
            marks.extend(part.marks().iter().map(|m| Mark {
                range: m.range.start + by..m.range.end + by,
                style: m.style.clone(),
            }));
            plain.push_str(part.plain());
        }
        Text::new(plain, marks)
    })
}

fn text(chinese: bool) -> impl Strategy<Value = Text> {
    prop_oneof![2 => plain(chinese).prop_map(Text::from), 1 => marked(chinese)]
}

fn both() -> impl Strategy<Value = Bilingual<Text>> {
    (option::of(text(true)), option::of(text(false))).prop_map(|(zh, en)| Bilingual { zh, en })
}

fn latin() -> impl Strategy<Value = Name> {
    let some = |list: &[&'static str]| option::of(prop::sample::select(list.to_vec()));
    let families = [
        "Nechifor",
        "O'Brien",
        "Le Traon",
        "García de la Cruz",
        "hooks",
        "Vet",
        "Ortega y Gasset",
        "Zhang",
        "Smith-Jones",
        "Ødegård",
        "O}Brien",
        "A&B",
        "Müller",
        "Šimek",
        "Ng",
        "Lee and Sons",
        "x_y",
        "St. John",
    ];
    (
        prop::sample::select(families.to_vec()),
        some(&["Mihai", "J. A.", "Jean-Paul", "Élise", "M{", "bell", "Minli"]),
        some(&["van der", "de", "d'", "von", "al-"]),
        some(&["Jr.", "III"]),
    )
        .prop_map(|(family, given, prefix, suffix): (&str, Option<&str>, Option<&str>, _)| {
            // Nobody is called `d'Le Traon`, and `van hooks` has no family name.
            let joins = prefix.is_some_and(|prefix| prefix.ends_with(['\'', '-']));
            let apart = family.contains(' ') && (joins || given.is_none());
            let prefix = prefix.filter(|_| !apart && !family.starts_with(char::is_lowercase));
            Name {
                family: family.into(),
                given: given.map(str::to_owned),
                prefix: prefix.map(str::to_owned),
                suffix: suffix.map(|suffix: &str| suffix.to_owned()),
                ..Name::default()
            }
        })
}

fn han() -> impl Strategy<Value = Name> {
    let names =
        [("张", "三"), ("张", "敏莉"), ("欧阳", "修"), ("易", "仕和"), ("买买提·吐尔逊", "")];
    prop::sample::select(names.to_vec()).prop_map(|(family, given)| Name {
        script: Script::Han,
        given: (!given.is_empty()).then(|| given.to_owned()),
        ..Name::whole(family)
    })
}

fn name() -> impl Strategy<Value = Name> {
    let whole = [
        "World Health Organization",
        "Barnes and Noble, Inc.",
        "CERN",
        "中国科学院",
        "others",
        "Wu & Wu",
    ];
    let whole = prop::sample::select(whole.to_vec()).prop_map(Name::whole);
    let pinyin = latin().prop_map(|name| Name { prefix: None, suffix: None, ..name });
    prop_oneof![
        4 => latin(),
        2 => han(),
        2 => (han(), pinyin).prop_map(|(name, other)| Name { other: Some(Box::new(other)), ..name }),
        1 => whole,
    ]
}

fn date() -> impl Strategy<Value = Date> {
    (1500u16..=2100, option::of((1u8..=12, option::of(1u8..=28)))).prop_map(|(year, rest)| {
        Date::new(year, rest.map(|r| r.0), rest.and_then(|r| r.1)).expect("a date")
    })
}

fn pages() -> impl Strategy<Value = Pages> {
    let all =
        ["90-98", "S12-S19", "iv-x", "35-38+80", "7", "7, 9", "1:1-1:20", "e3-e9", "123-9999"];
    prop::sample::select(all.to_vec()).prop_filter_map("pages", |raw| locator::pages(raw).pages)
}

fn some(list: &[&'static str]) -> impl Strategy<Value = Option<String>> {
    option::of(prop::sample::select(list.to_vec()).prop_map(str::to_owned))
}

fn kept() -> impl Strategy<Value = Kept> {
    let of = |dialect: &'static str, kind: Option<&str>, fields: &[(&str, &str)]| Kept {
        dialect,
        kind: kind.map(str::to_owned),
        fields: fields.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect(),
    };
    prop_oneof![
        6 => Just(Kept::default()),
        1 => Just(of("bib", None, &[("publisher", "{ACM {Press} \\& Co.}"), ("note", "\"a \" # jan"), ("x-y", "12")])),
        1 => Just(of("ris", None, &[("PB", "ACM * {Press}"), ("N1", "a note"), ("N1", "another: note")])),
        1 => Just(of("csl-json", None, &[("publisher", "\"ACM \\u00e9\""), ("editor", "[{\"family\": \"E\",\n  \"given\": \"F\"}]")])),
        1 => Just(of("enw", None, &[("%I", "ACM"), ("%Z", "a note"), ("%9", "x %0 y")])),
    ]
}

/// What an entry says besides its texts and people.
#[derive(Debug, Clone)]
struct Numbers(Entry);

fn numbers() -> impl Strategy<Value = Numbers> {
    let dois = [
        "10.1684/mrh.2018.0443",
        "10.1000/a_b(c)<d>;2-x",
        "10.1002/(SICI)1:3<2::A>3.0.CO;2-#",
        "10.1/%7e&x=y",
    ];
    let urls = [
        "https://example.org/a_b?c=d&e=%20f#g",
        "http://a.example/~x/(y)",
        "https://例子.example/{x}",
    ];
    let url = prop::sample::select(urls.to_vec()).prop_filter_map("an address", |raw| {
        match url::link(raw) {
            url::Link::Good(url) => Some(url),
            _ => None,
        }
    });
    let doi = prop::sample::select(dois.to_vec()).prop_filter_map("a DOI", doi::doi);
    let words = ["magnesium", "镁", "drug; abuse", "a, b", "C++", "x_y", "A & B"];
    (
        (option::of(date()), option::of(date())),
        (some(&["31", "e31", "A&B", "31-32", "PP"]), some(&["3", "3-4", "Suppl 1", "S_1"])),
        (option::of(pages()), some(&["104324", "e1023", "bbab123"])),
        (option::of(doi), option::of(url)),
        (some(&["PMC1234567"]), some(&["1706.03762", "math/0601001"])),
        prop::collection::btree_set(prop::sample::select(words.to_vec()), 0..4),
        some(&["12"]),
    )
        .prop_map(|(dates, places, pages, links, ids, keywords, metric)| {
            Numbers(Entry {
                date: dates.0,
                epub_date: dates.1,
                volume: places.0,
                issue: places.1,
                pages: pages.0,
                article_number: pages.1,
                doi: links.0,
                url: links.1,
                pmcid: ids.0,
                arxiv: ids.1,
                keywords: keywords.into_iter().map(str::to_owned).collect(),
                source_id: metric.clone(),
                metrics: Metrics { citations: metric, ..Metrics::default() },
                ..Entry::default()
            })
        })
}

/// Any entry.
pub fn entry() -> impl Strategy<Value = Entry> {
    (
        prop::sample::select(vec!["k", "li2020a", "Knuth:1984-a/b", "张2007", "A+B"]),
        prop::sample::select(Kind::ALL.to_vec()),
        option::of(prop::sample::select(Lang::ALL.to_vec())),
        (both(), both(), both()),
        (prop::collection::vec(name(), 0..4), any::<bool>()),
        numbers(),
        kept(),
    )
        .prop_map(|(key, kind, language, texts, people, Numbers(entry), kept)| Entry {
            key: key.into(),
            kind,
            language,
            title: texts.0,
            container_title: texts.1,
            abstract_text: texts.2,
            authors: people.0,
            more_authors: people.1,
            kept,
            ..entry
        })
}

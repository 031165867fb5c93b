use std::sync::Arc;

use super::*;
use crate::format::{FORMATS, Format, Renderer};
use crate::model::{Bilingual, Entry, Lang};
use crate::view::Main;

fn view() -> View {
    let mut en = Text::from("Effects of H2O & {DNA} on \\E. coli 10^5");
    en.mark(12..13, Style::Sub);
    en.mark(28..35, Style::Italic);
    let entry = Entry {
        key: "a1".into(),
        language: Some(Lang::En),
        title: Bilingual {
            zh: Some("镁在成瘾中的作用——一般观点".into()), en: Some(en)
        },
        authors: vec![
            Name {
                family: "Vet".into(),
                given: Some("F.".into()),
                prefix: Some("van der".into()),
                ..Name::default()
            },
            Name { script: Script::Han, given: Some("三".into()), ..Name::whole("张") },
            Name::whole("Barnes and Noble, Inc."),
        ],
        ..Entry::default()
    };
    View::new(Arc::new(entry), Main::Original, Arc::from([]))
}

#[test]
fn what_was_written_is_accepted_in_every_format() {
    let view = view();
    for format in FORMATS.iter().filter(|format| format.dialect.is_some()) {
        let rendered = Renderer::built_in(format).entry(&view).unwrap();
        let dialect = format.dialect.unwrap();
        assert_eq!(verify(dialect, &rendered, &view, &|_| true), Ok(()), "{rendered}");
    }
}

#[test]
fn what_was_changed_is_rejected_in_every_format() {
    let view = view();
    for format in FORMATS.iter().filter(|format| format.dialect.is_some()) {
        let rendered = Renderer::built_in(format).entry(&view).unwrap();
        for (from, to) in
            [("coli", "cola"), ("镁", "锰"), ("Vet", "Wet"), ("张三", "张"), ("\n", "\n\n}\"")]
        {
            let changed = rendered.replacen(from, to, 1);
            assert!(changed != rendered, "{from} in {rendered}");
            let found = verify(format.dialect.unwrap(), &changed, &view, &|_| true);
            assert!(found.is_err(), "{}: {from} to {to}", format.name);
        }
    }
}

/// Verifies what a template of a user's makes of [`view`].
fn verified(name: &str, template: &str, view: &View) -> Result<(), String> {
    let format = Format::of_template(name);
    let renderer = Renderer::new(format, name, template.to_owned()).unwrap();
    let rendered = renderer.entry(view).unwrap();
    verify(format.dialect.unwrap(), &rendered, view, &|field| renderer.asks(field))
}

#[test]
fn a_template_puts_titles_where_its_user_wants_them() {
    for (name, template) in [
        (
            "a.bib",
            "@misc{ {{entry.key}}, title={ {{entry.title}} }, note={ {{entry.title_other}} } }",
        ),
        ("a.bib", "@misc{ {{entry.key}}, title={ {{entry.title}} [{{entry.title_other}}] } }"),
        ("a.bib", "@misc{ {{entry.key}}, title={ {{entry.titles.zh}} } }"),
        ("a.bib", "@misc{x{{entry.source_id or 1}}, title={ {{entry[\"title\"]}} } }"),
        (
            "a.bib",
            "{% set e = entry %}@misc{a1, title={ {{e.title}} }, author={ {{e.authors|names|and}} } }",
        ),
        ("a.ris", "TY  - JOUR\nT1  - {{entry.title}}\nM1  - {{entry.title_other}}\nER  - "),
        ("a.ris", "TY  - JOUR\n{% for a in entry.authors|names %}A1  - {{a}}\n{% endfor %}ER  - "),
        ("a.json", "{\"id\": {{entry.key}}, \"type\": \"book\", \"note\": {{entry.title_other}}}"),
    ] {
        assert_eq!(verified(name, template, &view()), Ok(()), "{template}");
    }
    for (name, template) in [
        (
            "a.bib",
            "@misc{ {{entry.key}}, title={ {{entry.title}} }, note={ {{entry.title_other and 1}} } }",
        ),
        ("a.bib", "@misc{ {{entry.key}}, title={ {{entry.title}} and more } }"),
        ("a.bib", "@misc{ {{entry.key}}, title={ {{entry[\"title\"]|upper}} } }"),
        ("a.bib", "@misc{ {{entry.key}}, author={ {{entry[\"authors\"][0].family}} } }"),
        ("a.ris", "TY  - JOUR\nT1  - {{entry.title_other}}{{ entry.title and 1 }}\nER  - "),
        ("a.json", "{\"id\": {{entry.key}}, \"type\": \"book\", \"title\": {{entry.kind}}}"),
    ] {
        assert!(verified(name, template, &view()).is_err(), "{template}");
    }
}

#[test]
fn mathematics_and_odd_names_read_back() {
    let mut title = Text::from("The α2 of x");
    title.mark(4..7, Style::Math("\\alpha^2".into()));
    let odd = Name { family: "B = C".into(), given: Some("Ann".into()), ..Name::default() };
    let authors = vec![
        Name::whole("others"),
        Name::whole("x = {y}"),
        Name::whole("A}"),
        Name::whole("A = B and C, Inc."),
        Name { suffix: Some("Jr.".into()), ..odd },
    ];
    let entry = Entry {
        key: "a1".into(),
        title: Bilingual { zh: None, en: Some(title) },
        authors,
        more_authors: true,
        ..Entry::default()
    };
    let view = View::new(Arc::new(entry), Main::Original, Arc::from([]));
    for format in FORMATS.iter().filter(|format| format.dialect.is_some()) {
        let rendered = Renderer::built_in(format).entry(&view).unwrap();
        let found = verify(format.dialect.unwrap(), &rendered, &view, &|_| true);
        assert_eq!(found, Ok(()), "{rendered}");
    }
}

#[test]
fn what_spells_a_command_or_a_dash_only_without_its_marks_reads_back() {
    let mut title = Text::from("Of \\textsuperscript, <sup> and -- or - --- ----");
    title.mark(12..18, Style::Bold);
    title.mark(25..26, Style::Italic);
    title.mark(32..33, Style::Sub);
    let title = Bilingual { zh: None, en: Some(title) };
    let entry = Entry { key: "a1".into(), title, ..Entry::default() };
    let view = View::new(Arc::new(entry), Main::Original, Arc::from([]));
    for format in FORMATS.iter().filter(|format| format.dialect.is_some()) {
        let rendered = Renderer::built_in(format).entry(&view).unwrap();
        let found = verify(format.dialect.unwrap(), &rendered, &view, &|_| true);
        assert_eq!(found, Ok(()), "{rendered}");
    }
}

use std::sync::Arc;

use super::*;
use crate::format::{FORMATS, Renderer};
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

use std::path::Path;

use super::*;
use crate::format::specimen::specimen;
use crate::format::{FORMATS, Renderer};
use crate::model::{Entry, Text};
use crate::view::{FIELDS, Main, View};

/// The built-in formats whose template is a table.
fn tables() -> Vec<(&'static Format, Table)> {
    let all = FORMATS.iter().filter_map(|f| Some((f, Table::of(f, f.template)?)));
    let all: Vec<_> = all.collect();
    let names: Vec<&str> = all.iter().map(|(format, _)| format.name).collect();
    assert_eq!(names, ["bibtex", "biblatex"]);
    all
}

/// The same entry by the table and by the engine.
fn assert_same(format: &'static Format, view: &View) {
    let engine = Renderer::new(format, "engine", format.template.to_owned()).unwrap();
    assert_all_same(format, &engine, std::slice::from_ref(view));
}

fn assert_all_same(format: &'static Format, engine: &Renderer, views: &[View]) {
    let table = Renderer::built_in(format);
    for view in views {
        assert_eq!(table.entry(view), engine.entry(view), "{} {}", format.name, view.entry().key);
    }
}

#[test]
fn an_entry_is_the_same_by_the_table_with_each_field_and_without_it() {
    for (format, table) in tables() {
        let mut text = String::new();
        table.write(&Arc::new(EntryValue(specimen())), &mut text).unwrap();
        assert!(text.contains("specimen") && text.len() > 500, "{text}");
        assert_same(format, &specimen());
        for field in FIELDS {
            let entry = Arc::new(specimen().entry().clone());
            assert_same(format, &View::new(entry, Main::Original, Arc::from([field.name])));
        }
        assert_same(format, &View::new(Arc::new(Entry::default()), Main::Zh, Arc::from([])));
    }
}

#[test]
fn every_record_of_the_test_data_is_the_same_by_the_table() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let cases = std::fs::read_dir(data).unwrap().flat_map(|case| case.unwrap().path().read_dir());
    let files = cases.flatten().map(|file| file.unwrap().path());
    let inputs: Vec<_> =
        files.filter(|file| file.file_stem().is_some_and(|s| s == "input")).collect();
    assert!(inputs.len() > 100);
    let found = inputs.iter().filter_map(|file| {
        let text = std::fs::read(file).unwrap();
        crate::source::read(&text, "input").ok().map(|reading| reading.found)
    });
    let entries: Vec<Entry> = found.flatten().map(|found| *found.entry).collect();
    for (format, _) in tables() {
        let engine = Renderer::new(format, "engine", format.template.to_owned()).unwrap();
        for main in [Main::Original, Main::Zh, Main::En] {
            let view = |entry: &Entry| View::new(Arc::new(entry.clone()), main, Arc::from([]));
            let views: Vec<View> = entries.iter().map(view).collect();
            assert_all_same(format, &engine, &views);
        }
    }
}

#[test]
fn what_is_more_than_a_table_is_left_to_the_engine() {
    let format = &FORMATS[0];
    for template in [
        "{{ entry.title }}",
        "a {{- entry.title|protect|verbatim -}} b",
        "{#- note -#}\n{% set f = line(\"NAME VALUE\") %}\n{{ f(\"a\", entry.date and entry.date.year or \"x\") }}",
    ] {
        assert!(Table::of(format, template).is_some(), "{template}");
    }
    for template in [
        "{% if entry.title %}x{% endif %}",
        "{{ entry.title }}{% set x = 1 %}",
        "{{ entry.titel }}",
        "{{ entry.title|upper }}",
        "{{ entry.title ~ entry.key }}",
        "{{ entry.authors[0] }}",
        "{{ entry.title|dashes }}",
        "{{ \"a\\\"b\" }}",
        "{{ f(\"a\", entry.title) }}",
        "{{ title }}",
        "{{ entry.title",
        "{# note #}{{ entry.title }}",
        "{% set f = 1 %}\n{{ f(\"a\", entry.title) }}",
    ] {
        assert!(Table::of(format, template).is_none(), "{template}");
    }
}

#[test]
fn whitespace_goes_where_the_engine_takes_it() {
    let format = &FORMATS[0];
    let mut entry = Entry { key: "k".into(), ..Entry::default() };
    entry.title.en = Some(Text::from("T"));
    let view = View::new(Arc::new(entry), Main::Original, Arc::from([]));
    for template in [
        "a \n {{- entry.key -}} \n b\n",
        " {{ entry.key }} \n",
        "{ {{- entry.key }} }",
        "{#- note -#} \n x {{ entry.key }}",
        "{% set f = line(\"\\nNAME: VALUE\") %}\n{{ f(\"a\", entry.title) }}\n",
    ] {
        let engine = Renderer::new(format, "engine", template.to_owned()).unwrap();
        let table = Table::of(format, template).unwrap();
        let mut text = String::new();
        table.write(&Arc::new(EntryValue(view.clone())), &mut text).unwrap();
        assert_eq!(text.trim_end_matches('\n'), engine.entry(&view).unwrap(), "{template:?}");
    }
}

#[test]
fn signs_of_marks_in_the_values_are_dropped_by_the_table_too() {
    let marked = |text: &str| format!("{text}\u{FDD0}X\u{FDD1} & Y");
    let mut entry = Entry { more_authors: true, ..specimen().entry().clone() };
    for text in [&mut entry.title, &mut entry.container_title, &mut entry.abstract_text] {
        for text in [&mut text.zh, &mut text.en].into_iter().flatten() {
            *text = Text::from(marked(text.plain()));
        }
    }
    for value in [&mut entry.doi, &mut entry.url, &mut entry.volume].into_iter().flatten() {
        *value = marked(value);
    }
    entry.authors.iter_mut().for_each(|name| name.family = marked(&name.family));
    let nobody = Entry { more_authors: true, ..Entry::default() };
    for (format, _) in tables() {
        for entry in [&entry, &nobody] {
            assert_same(format, &View::new(Arc::new(entry.clone()), Main::Original, Arc::from([])));
        }
    }
}

#[test]
fn an_entry_goes_behind_what_stands_there() {
    for format in FORMATS {
        let renderer = Renderer::built_in(format);
        let mut out = "before\n".to_owned();
        renderer.entry_into(&specimen(), &mut out).unwrap();
        assert_eq!(out, format!("before\n{}", renderer.entry(&specimen()).unwrap()));
    }
    let template = "x{{ entry.authors[0].family }}".to_owned();
    let failing = Renderer::new(&FORMATS[0], "own", template).unwrap();
    let mut out = "before".to_owned();
    let nothing = View::new(Arc::new(Entry::default()), Main::Original, Arc::from([]));
    assert!(failing.entry_into(&nothing, &mut out).is_err());
    assert_eq!(out, "before");
}

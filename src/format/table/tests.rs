use std::path::Path;

use super::*;
use crate::format::specimen::specimen;
use crate::format::{FORMATS, Renderer, built_in_template, template_names};
use crate::model::{Entry, Name, Text};
use crate::view::{FIELDS, Main, View, fields_of};

/// A built-in template, by the table and by the engine.
struct Both {
    name: &'static str,
    table: Table,
    engine: Renderer,
}

impl Both {
    fn assert_same(&self, view: &View) {
        let expected = self.engine.entry(view).unwrap();
        let mut text = String::new();
        self.table.write(&Arc::new(EntryValue(view.clone())), &mut text).unwrap();
        self.engine.end(0, &mut text, self.table.format.newline);
        assert_eq!(text, expected, "{} {}", self.name, view.entry().key);
    }
}

/// The built-in templates that are a table: all but one, which has a map within a map.
fn tables() -> Vec<Both> {
    let names = template_names();
    let read = |name: &&'static str| {
        let (name, template) = (*name, built_in_template(name)?);
        let format = Format::by_name(name.rsplit('.').next()?)?;
        let table = Table::of(format, template)?;
        let engine = Renderer::new(format, name, template.to_owned()).unwrap();
        Some(Both { name, table, engine })
    };
    let tables: Vec<Both> = names.iter().filter_map(read).collect();
    let is_table = |name: &&str| tables.iter().any(|both| both.name == *name);
    let others: Vec<_> = names.iter().filter(|name| !is_table(name)).collect();
    assert_eq!(others, [&"juris-m.csl-json"]);
    tables
}

#[test]
fn an_entry_is_the_same_by_the_table_with_each_field_and_without_it() {
    for both in tables() {
        assert!(both.engine.entry(&specimen()).unwrap().len() > 500, "{}", both.name);
        both.assert_same(&specimen());
        // Without a field that every entry has a template fails, which the table may not see.
        for field in FIELDS.iter().filter(|field| !fields_of(field.name).is_empty()) {
            let entry = Arc::new(specimen().entry().clone());
            both.assert_same(&View::new(entry, Main::Original, Arc::from([field.name])));
        }
        both.assert_same(&View::new(Arc::new(Entry::default()), Main::Zh, Arc::from([])));
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
    for both in tables() {
        for main in [Main::Original, Main::Zh, Main::En] {
            let view = |entry: &Entry| View::new(Arc::new(entry.clone()), main, Arc::from([]));
            entries.iter().map(view).for_each(|view| both.assert_same(&view));
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
        "{# note #}{{ not entry.title|after('a' ~ entry.title_language.code) }}",
        "{%- if entry.title %}x{% if entry.doi %}y{% endif %}{% endif %}",
        "{% block a %}{{ entry.title }}{% endblock %}",
        "{% set f = line(\"NAME VALUE\") %}{% for a in entry.keywords or [] %}{{ f(\"a\", a) }}{% endfor %}",
        "{#- note -#}\n{% extends \"ris\" %}\n{% block notes %}{% endblock %}",
    ] {
        assert!(Table::of(format, template).is_some(), "{template}");
    }
    for template in [
        "{% if entry.title %}x{% else %}y{% endif %}",
        "{% if entry.title %}x",
        "{% if entry.title %}x{% endblock %}",
        "  {% if entry.title %}x{% endif %}",
        "{% for a in entry.keywords %}{{ a }}{% endfor %}",
        "{% set f = line(\"NAME VALUE\") %}{% for a in entry.keywords %}{{ f(\"a\", b) }}{% endfor %}",
        "{#- note -#}\n{% extends \"ris\" %}\n{{ entry.title }}",
        "{#- note -#}\n{% extends \"own\" %}\n{% block notes %}{% endblock %}",
        "{{ {\"a\": entry.title}|present }}", // not in a format of JSON
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
        "{# note #}\n\nx {{ entry.key }}\n{% if entry.title %}\n\na\n{%- endif %}\n\n b",
        "x\n{%- if entry.doi %}y{% endif -%}\n z{% block a %}\n b \n{%- endblock %}c",
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
    // Words of nothing but signs are no words.
    let signs = Entry { key: "\u{FDD0}".into(), doi: Some("\u{FDD0}".into()), ..Entry::default() };
    let mut signs = Entry { keywords: vec!["\u{FDD0}".into(), "a\nb".into()], ..signs };
    signs.title.en = Some(Text::from("\u{FDD1}"));
    signs.authors = vec![Name::whole("*"), Name::whole("\u{FDD0}"), Name::default()];
    for both in tables() {
        for entry in [&entry, &nobody, &signs] {
            both.assert_same(&View::new(Arc::new(entry.clone()), Main::Original, Arc::from([])));
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

#[test]
fn no_filter_makes_something_of_nothing() {
    let nothing = Value::from("");
    for format in FORMATS {
        for (name, _, filter) in filters::FILTERS {
            let made = filter(format, &nothing, "a");
            assert!(!made.is_ok_and(|made| made.is_true()), "{} {name}", format.name);
        }
    }
}

#[test]
fn a_condition_holds_for_the_same_values() {
    let signs = Entry {
        doi: Some("\u{FDD0}".into()),
        volume: Some("\u{FDD0}1".into()),
        issue: Some(String::new()),
        ..Entry::default()
    };
    let entries = [signs, Entry::default(), specimen().entry().clone()];
    for field in FIELDS {
        let template = format!("{{% if entry.{} %}}yes{{% endif %}}", field.name);
        let engine = Renderer::new(&FORMATS[0], "engine", template.clone()).unwrap();
        let table = Table::of(&FORMATS[0], &template).unwrap();
        for entry in &entries {
            let view = View::new(Arc::new(entry.clone()), Main::Original, Arc::from([]));
            let mut text = String::new();
            table.write(&Arc::new(EntryValue(view.clone())), &mut text).unwrap();
            assert_eq!(text, engine.entry(&view).unwrap(), "{}", field.name);
        }
    }
}

//! What the README says of the program is so.

mod support;

use std::fs;
use std::path::Path;

use bibilingual::FORMATS;
use support::{bibilingual, data_dir};

fn readme(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

const BOTH: [&str; 2] = ["README.md", "README.zh-CN.md"];

/// The rows of the table under a heading, as cells.
fn table(text: &str, columns: usize) -> Vec<Vec<String>> {
    let rows = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("|---"));
    let cells = |row: &str| -> Vec<String> {
        row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    rows.map(cells).filter(|cells| cells.len() == columns).skip(1).collect()
}

#[test]
fn the_table_of_formats_is_the_list_of_formats() {
    let text = readme("README.md");
    let found = table(text.split("## Programs").next().unwrap(), 3);
    let expected = FORMATS.iter().map(|format| {
        let ending = format.extensions.first().map_or(String::new(), |e| format!("`.{e}`"));
        vec![format!("`{}`", format.name), ending, format.purpose.to_owned()]
    });
    assert_eq!(found, expected.collect::<Vec<_>>());
}

#[test]
fn every_field_of_a_template_stands_in_the_table_of_fields_and_the_other_way_round() {
    let rows = table(&readme("README.md"), 5);
    for (column, format) in FORMATS.iter().enumerate().take(4) {
        let calls = format.template.split("field(\"").chain(format.template.split("bare(\""));
        let mut written: Vec<&str> =
            calls.filter_map(|call| call.split_once("\", ")).map(|(name, _)| name).collect();
        written.retain(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)));
        let told: Vec<String> = rows
            .iter()
            .flat_map(|row| row[column + 1].split('`').skip(1).step_by(2).map(str::to_owned))
            .map(|field| field.split([':', '.']).next().unwrap().to_owned())
            .collect();
        for name in &written {
            assert!(told.iter().any(|t| t == name), "{}: {name} is not told", format.name);
        }
        for name in told {
            assert!(written.contains(&name.as_str()), "{}: {name} is not written", format.name);
        }
    }
}

#[test]
fn the_table_of_programs_is_the_list_of_receivers() {
    for name in BOTH {
        let rows = table(&readme(name), 3);
        let found: Vec<&str> = rows
            .iter()
            .skip(FORMATS.len() + 1)
            .map(|row| row[0].as_str())
            .take_while(|name| name.starts_with('`'))
            .collect();
        let expected: Vec<String> =
            bibilingual::format::RECEIVERS.iter().map(|r| format!("`{}`", r.name)).collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn the_chinese_twin_has_the_same_code_and_the_same_fields() {
    let [english, chinese] = BOTH.map(readme);
    let blocks = |text: &str| -> Vec<String> {
        text.split("```").skip(1).step_by(2).map(str::to_owned).collect()
    };
    assert_eq!(blocks(&english), blocks(&chinese));
    let codes = |text: &str, columns| -> Vec<Vec<String>> {
        let rows =
            table(text, columns).into_iter().filter(|row| row[0].starts_with('`') || columns > 3);
        rows.map(|row| row[1..columns.min(if columns == 3 { 2 } else { 5 })].to_vec()).collect()
    };
    for columns in [3, 5] {
        assert_eq!(codes(&english, columns), codes(&chinese, columns));
    }
    let headings = |text: &str| text.lines().filter(|line| line.starts_with('#')).count();
    assert_eq!(headings(&english), headings(&chinese));
}

#[test]
fn the_first_command_works_as_written() {
    for name in BOTH {
        let text = readme(name);
        let command = text.lines().find(|line| line.starts_with("cargo run")).unwrap();
        let args: Vec<&str> = command.split(" -- ").nth(1).unwrap().split(' ').collect();
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("tests/data/seed");
        fs::create_dir_all(&data).unwrap();
        fs::copy(data_dir().join("seed/input.txt"), data.join("input.txt")).unwrap();
        let run = bibilingual(folder.path(), &args);
        assert_eq!(run.code, 0, "{}", run.stderr);
        for file in ["refs.bib", "refs.ris", "refs.json"] {
            assert!(folder.path().join(file).is_file(), "{file}");
        }
        // The result that stands at the top, but for what is left out there.
        let bib = fs::read_to_string(folder.path().join("refs.bib")).unwrap();
        let shown = text.split("```bibtex\n").nth(1).unwrap().split("```").next().unwrap();
        for part in shown.split(['\n', ',']).filter(|part| part.contains(" = ")) {
            assert!(bib.contains(part.trim().trim_end_matches('…').trim()), "{part}");
        }
    }
}

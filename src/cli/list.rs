use std::io::{self, Write};

use clap::CommandFactory;

use bibilingual::format::{RECEIVERS, built_in_template};
use bibilingual::view::FIELDS;
use bibilingual::{FORMATS, Format};

use super::report::tell;
use super::{ALL, Cli, NOTHING};

/// Prints data. A reader that has gone away has had enough: no error.
pub fn print(text: &str) -> u8 {
    match io::stdout().write_all(text.as_bytes()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            tell(&format_args!("standard output: cannot be written: {e}"));
            NOTHING
        }
        _ => ALL,
    }
}

/// Two columns, the first as wide as its widest cell.
fn table(rows: impl Iterator<Item = [String; 2]> + Clone) -> String {
    let width = rows.clone().map(|row| row[0].len()).max().unwrap_or(0);
    rows.map(|[name, meaning]| format!("{name:width$}  {meaning}\n")).collect()
}

pub fn formats() -> u8 {
    let row = |format: &Format| {
        let ending = format.extensions.first().map_or(String::new(), |e| format!(" (.{e})"));
        [format!("{}{ending}", format.name), format.purpose.to_owned()]
    };
    print(&table(FORMATS.iter().map(row)))
}

pub fn fields() -> u8 {
    print(&table(FIELDS.iter().map(|f| [format!("entry.{}", f.name), f.meaning.to_owned()])))
}

pub fn template(name: &str) -> u8 {
    print(built_in_template(name).unwrap_or_default())
}

pub fn completions(shell: clap_complete::Shell) -> u8 {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "bibilingual", &mut text);
    print(&String::from_utf8_lossy(&text))
}

pub fn receivers() -> u8 {
    let mut text = String::new();
    for receiver in RECEIVERS {
        let formats: Vec<&str> = receiver.formats.iter().map(|(name, _)| *name).collect();
        text.push_str(&format!("{} ({})\n", receiver.name, formats.join(", ")));
        text.push_str(&format!("  keeps: {}\n", receiver.keeps));
        if !receiver.drops.is_empty() {
            let drops: Vec<&str> = receiver.drops.iter().map(|drop| drop.what).collect();
            text.push_str(&format!("  drops: {}\n", drops.join("; ")));
        }
    }
    print(&text)
}

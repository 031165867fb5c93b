//! What is written for each program that `--for` knows: an English work with a Chinese title (a) and
//! a Chinese work with an English title (b), in each format that the program reads; and pairs.

mod support;

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use bibilingual::Format;
use bibilingual::format::RECEIVERS;
use support::{bibilingual, data_dir, golden, golden_files};

/// The two works, by letter.
const WORKS: [(&str, &str); 2] = [("a", "seed"), ("b", "join-names-in-two-scripts")];

fn expected(work: &str, name: &str, format: &str) -> PathBuf {
    let file = golden_files().into_iter().find(|(f, _)| *f == format).unwrap().1;
    let ending = file.strip_prefix("expected.").unwrap();
    data_dir().with_file_name("receivers").join(format!("{work}.{name}.{ending}"))
}

#[test]
fn every_receiver_gets_what_it_reads() {
    for receiver in RECEIVERS {
        for (work, case) in WORKS {
            for (format, _) in receiver.formats {
                let args = ["convert", "input.txt", "--for", receiver.name, "--to", format];
                let run = bibilingual(&data_dir().join(case), &args);
                assert_eq!(run.code, 0, "{}", run.stderr);
                golden(&expected(work, receiver.name, format), &run.stdout);
            }
        }
    }
}

#[test]
fn a_pair_is_two_entries_that_only_related_links() {
    for (work, case) in WORKS {
        for format in ["bibtex", "biblatex"] {
            let args = ["convert", "input.txt", "--bilingual", "pair", "--to", format];
            let run = bibilingual(&data_dir().join(case), &args);
            golden(&expected(work, "pair", format), &run.stdout);
            let entries = biblatex::Bibliography::parse(&run.stdout).unwrap();
            let keys: Vec<&str> = entries.keys().collect();
            assert_eq!(keys.len(), 2);
            let related = entries.get(keys[0]).unwrap().get("related");
            assert_eq!(related.map(biblatex::ChunksExt::format_verbatim).as_deref(), Some(keys[1]));
            assert_eq!(run.stdout.matches("related").count(), 2); // related and relatedtype
            assert_eq!(run.stdout.matches("doi = ").count(), 1);
        }
    }
}

#[test]
fn pinyin_is_made_only_when_asked_for_and_told() {
    let folder = data_dir().join("work-in-chinese");
    let args = ["convert", "input.json", "--bilingual", "pair", "--pinyin", "--to", "biblatex"];
    let run = bibilingual(&folder, &args);
    golden(&expected("b", "pair-pinyin", "biblatex"), &run.stdout);
    assert!(
        run.stderr.contains("authors: note[pinyin-made]: Zhang Minli, Yi Shihe, Zhao Yuxin: "),
        "{}",
        run.stderr
    );
    let run = bibilingual(&folder, &["convert", "input.json", "--bilingual", "pair"]);
    assert!(!run.stdout.contains("Minli"), "{}", run.stdout);
}

#[test]
fn a_pair_for_an_entry_with_one_title_is_one_entry_and_a_diagnostic() {
    let folder = data_dir().join("result-str-missing");
    let run = bibilingual(&folder, &["convert", "input.json", "--bilingual", "pair"]);
    assert_eq!((run.code, run.stdout.matches("@article").count()), (0, 1));
    assert!(run.stderr.contains("title: note[no-pair]: "), "{}", run.stderr);
    assert!(!run.stdout.contains("related"), "{}", run.stdout);
}

#[test]
fn zotero_is_told_of_more_authors_and_what_it_holds_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let more = data_dir().join("more-authors");
    for (format, file) in [("csl-json", "a.csl.json"), ("ris", "a.ris")] {
        let run = bibilingual(
            &more,
            &["convert", "input.json", "--for", "zotero", "--to", format, "--verify"],
        );
        assert_eq!(run.code, 0, "{}", run.stderr);
        let told = "The list of authors is not complete (et al.)";
        assert_eq!(run.stdout.matches(told).count(), 1, "{}", run.stdout);
        fs::write(folder.path().join(file), run.stdout).unwrap();
        let run = bibilingual(folder.path(), &["convert", file, "--to", "bibtex"]);
        assert!(run.stdout.contains("and Doe, Jane and others}"), "{}", run.stdout);
        assert!(run.stdout.contains("titletranslation = "), "{}", run.stdout);
        assert!(!run.stdout.contains(told), "{}", run.stdout);
    }
    let run = bibilingual(&more, &["convert", "input.json", "--for", "juris-m"]);
    assert!(run.stderr.contains("juris-m drops that there are more authors"), "{}", run.stderr);
}

#[test]
fn what_the_yaml_of_hayagriva_has_no_place_for_is_told() {
    let folder = data_dir().join("numbers-side-by-side");
    let run = bibilingual(&folder, &["convert", "input.txt", "--to", "hayagriva"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for told in [
        "keywords: loss[field-lost]: Physics; Optics: ",
        "authors_other: loss[field-lost]: Minli Zhang: ",
        "container_title_other: loss[field-lost]: Acta Optica Sinica: ",
        "abstract_other: loss[field-lost]: We study light.: ",
    ] {
        assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
    }
    let run =
        bibilingual(&folder, &["convert", "input.txt", "--to", "hayagriva", "--omit", "keywords"]);
    assert!(!run.stderr.contains("keywords: "), "{}", run.stderr);
}

#[test]
fn no_entry_of_a_pair_has_the_key_of_another_entry() {
    let folder = tempfile::tempdir().unwrap();
    let two = |key: &str| {
        format!(
            "@article{{{key}, title={{{key} net}}, titletranslation={{深网{key}}}, langid={{english}}}}\n"
        )
    };
    let one = |key: &str| format!("@article{{{key}, title={{{key}}}}}\n");
    let many: String = (0..300).map(|n| two("n") + &one("n-zh") + &one(&format!("m{n}"))).collect();
    for (name, input) in [
        ("first.bib", two("a") + &one("a-zh") + &one("b")),
        ("second.bib", one("A-ZH") + &two("a") + &one("b")),
        ("twice.bib", two("a") + &two("a") + &two("a-zh")),
        ("many.bib", many),
    ] {
        fs::write(folder.path().join(name), input).unwrap();
        let args =
            ["convert", name, "--to", "biblatex", "--bilingual", "pair", "--no-join", "--jobs"];
        let run = |more: &[&str]| bibilingual(folder.path(), &[&args[..], more].concat());
        for stream in [&[][..], &["--stream"]] {
            let alone = run(&[&["1"], stream].concat());
            assert_eq!(alone.code, 0, "{}", alone.stderr);
            let lower = alone.stdout.to_lowercase();
            let keys = || lower.lines().filter_map(|line| line.strip_prefix("@article{"));
            let distinct: HashSet<&str> = keys().collect();
            assert_eq!(keys().count(), distinct.len(), "{name}: {lower}");
            let related =
                || lower.lines().filter_map(|line| line.trim().strip_prefix("related = {"));
            assert!(related().count() > 0, "{lower}");
            for key in related() {
                assert!(distinct.contains(&*key.replace('}', "")), "{name}: {key}");
            }
            assert!(alone.stderr.contains("warning[key-changed]: "), "{name}: {}", alone.stderr);
            assert_eq!(run(&[&["3"], stream].concat()).stdout, alone.stdout, "{name} {stream:?}");
            // The keys that come later are known in memory alone.
            if name == "first.bib" {
                let stays = lower.contains("@article{a-zh,\n  title = {a-zh}");
                assert_eq!(stays, stream.is_empty(), "{lower}");
            }
        }
    }
}

#[test]
fn a_warning_names_what_the_program_will_drop() {
    let folder = data_dir().join("seed");
    for (args, told) in [
        (
            ["--for", "typst", "--to", "hayagriva"],
            "warning[receiver-drops]: typst drops a translated title",
        ),
        (
            ["--for", "zotero", "--to", "bibtex"],
            "warning[receiver-drops]: zotero drops the second title of a bibtex file (1 entry): written all the same; it keeps it from csl-json or ris",
        ),
    ] {
        let run = bibilingual(&folder, &[&["convert", "input.txt"][..], &args].concat());
        assert!(run.stderr.contains(told), "{}", run.stderr);
    }
    for receiver in ["zotero", "endnote", "jabref", "noteexpress", "biblatex-gb7714"] {
        let run = bibilingual(&folder, &["convert", "input.txt", "--for", receiver]);
        assert!(!run.stderr.contains("receiver-drops"), "{}", run.stderr);
    }
}

#[test]
fn a_warning_says_whether_what_is_dropped_is_written() {
    let folder = data_dir().join("join-names-in-two-scripts");
    for (format, done) in [
        ("hayagriva", "left out, hayagriva has no place for it"),
        ("biblatex", "written all the same"),
    ] {
        let run = bibilingual(&folder, &["convert", "input.txt", "--for", "typst", "--to", format]);
        let told = format!("typst drops second authors, journal and abstract (1 entry): {done}\n");
        assert!(run.stderr.contains(&told), "{}", run.stderr);
    }
}

#[test]
fn an_unknown_receiver_lists_the_known_ones_and_a_pair_needs_a_format_that_links() {
    let folder = data_dir().join("seed");
    let run = bibilingual(&folder, &["convert", "input.txt", "--for", "zottero"]);
    assert_eq!(run.code, 2);
    for receiver in RECEIVERS {
        assert!(run.stderr.contains(receiver.name), "{}", run.stderr);
    }
    let run = bibilingual(&folder, &["convert", "input.txt", "--bilingual", "pair", "--to", "ris"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.starts_with("--bilingual: pair: only BibTeX and BibLaTeX link entries"),
        "{}",
        run.stderr
    );
}

#[test]
fn receivers_lists_each_with_what_it_keeps_and_drops() {
    let run = bibilingual(&data_dir(), &["receivers"]);
    for receiver in RECEIVERS {
        assert!(run.stdout.contains(&format!("{} (", receiver.name)), "{}", run.stdout);
        assert!(run.stdout.contains(receiver.keeps), "{}", run.stdout);
        for dropped in receiver.drops {
            assert!(run.stdout.contains(dropped.what), "{}", run.stdout);
        }
    }
}

#[test]
fn zoteros_lines_are_all_three_or_none_and_hold_no_brace() {
    let run = bibilingual(
        &data_dir().join("join-names-in-two-scripts"),
        &["convert", "input.txt", "--for", "zotero"],
    );
    let items: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let lines: Vec<&str> = items[0]["note"].as_str().unwrap().lines().collect();
    let keys: Vec<&str> = lines.iter().map(|line| line.split_once(": ").unwrap().0).collect();
    let author = "original-author";
    assert_eq!(keys, [author, author, author, "original-title", "original-container-title"]);
    assert!(lines[0].contains("Zhang || Minli"));
    assert!(Format::by_name("csl-json").is_some());
    let run = bibilingual(
        &data_dir().join("hostile-title"),
        &["convert", "input.json", "--for", "zotero"],
    );
    let items: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(!items[0]["note"].as_str().unwrap().contains(['{', '}']), "{}", run.stdout);
}

#[test]
fn zotero_gets_particles_and_suffixes_where_it_reads_them() {
    let record =
        br#"{"title":"A","authors":"Freek van der Vet, Martin L. King Jr., \u5f20\u4e09"}"#;
    let run = support::bibilingual_with(&data_dir(), &["convert", "--for", "zotero"], record);
    let items: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let expected = serde_json::json!([
        {"family": "van der Vet", "given": "Freek"},
        {"family": "King", "given": "Martin L., Jr."},
        {"literal": "\u{5f20}\u{4e09}"},
    ]);
    assert_eq!(items[0]["author"], expected);
    // A template for all programs keeps them apart, as the schema has them.
    let run = support::bibilingual_with(&data_dir(), &["convert", "--to", "csl-json"], record);
    assert!(run.stdout.contains("\"non-dropping-particle\": \"van der\""), "{}", run.stdout);
}

/// The text of a piece of HTML.
fn text_of_html(html: &str) -> String {
    html5gum::Tokenizer::new(html)
        .filter_map(|token| match token {
            Ok(html5gum::Token::String(text)) => Some(String::from_utf8(text.value.0).unwrap()),
            _ => None,
        })
        .collect()
}

#[test]
fn zotero_reads_ris_as_html_and_gets_it_so() {
    let record = "{\"title\":\"Values a<b of AT&T, R &amp;lt; S & 5<6 (<!x) &copy y\",\"authors\":\"Li Bo\",\
        \"abstract\":\"Values a<b and more\",\"journal\":{\"name\":\"A<b &sect Letters\"},\"fieldsOfStudy\":[\"x<y\"],\
        \"url\":\"https://example.org/?a=1&section=2&copy=3\",\"doi\":\"10.1002/(SICI)1097(1998)17:15/16<a61::AID>3.0.CO;2-2\",\
        \"resultStr\":\"{\\\"title\\\":\\\"\u{5c0f}\u{4e8e} a<b \u{7684}\u{503c}\\\"}\"}";
    let lines = |args: &[&str]| -> Vec<(String, String)> {
        let args = [&["convert", "--to", "ris"], args].concat();
        let run = support::bibilingual_with(&data_dir(), &args, record.as_bytes());
        assert_eq!(run.code, 0, "{}", run.stderr);
        let pairs = run.stdout.lines().filter_map(|line| line.split_once("  - "));
        pairs.map(|(tag, value)| (tag.to_owned(), value.to_owned())).collect()
    };
    let (all, zotero) = (lines(&[]), lines(&["--for", "zotero", "--verify"]));
    for tag in ["TI", "T2", "DO", "UR", "KW", "AB", "M2"] {
        let find = |lines: &[(String, String)]| {
            lines.iter().find(|(known, _)| known == tag).map(|(_, value)| value.clone())
        };
        let written = find(&zotero).unwrap_or_else(|| panic!("{tag}"));
        let read = match tag {
            "AB" => written.clone(),
            _ => text_of_html(&written),
        };
        let meant = match tag {
            "M2" => "titleTranslation: \u{5c0f}\u{4e8e} a<b \u{7684}\u{503c}".to_owned(),
            _ => find(&all).unwrap(),
        };
        assert_eq!(read, meant, "{tag}");
        // Without it something would be gone.
        assert!(tag == "AB" || text_of_html(&meant) != meant, "{tag}");
    }
}

//! Every case in `tests/merge` through the program: a folder with `library.*`, what is new in `new.*`,
//! the options in `args.txt` where it needs some, and what comes of it: `expected.*` and the report.
//! `UPDATE_GOLDEN=1 cargo test` rewrites what is expected; read `git diff` then.
//!
//! What comes out is read by readers that know nothing of the crate, and a second run changes nothing.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use bibilingual::Format;
use bibilingual::export::Options;
use bibilingual::format::Renderer;
use bibilingual::library::{Library, Plan, Prefer};
use bibilingual::source;
use bibilingual::source::bibtex::split::BlockKind;
use biblatex::Bibliography;
use proptest::prelude::*;
use support::{Run, bibilingual, csl_errors, golden, ris};

struct Case {
    name: String,
    folder: PathBuf,
    library: String,
    new: Vec<String>,
    args: Vec<String>,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/merge");
    let mut cases: Vec<Case> = fs::read_dir(folder)
        .expect("tests/merge")
        .map(|entry| entry.expect("tests/merge").path())
        .filter(|path| path.is_dir())
        .map(|folder| {
            let files = fs::read_dir(&folder).expect("a case");
            let mut files: Vec<String> =
                files.map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
            files.sort();
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            let library = files.iter().find(|f| f.starts_with("library.")).expect("a library");
            let new: Vec<String> = files.iter().filter(|f| f.starts_with("new")).cloned().collect();
            assert!(!new.is_empty(), "{name}: nothing new");
            let args = fs::read_to_string(folder.join("args.txt")).unwrap_or_default();
            let args = args.lines().map(str::to_owned).collect();
            Case { library: library.clone(), new, args, name, folder }
        })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

impl Case {
    /// The case in a folder of its own, with `library` as its library.
    fn run(&self, library: &[u8], more: &[&str]) -> (Run, Vec<u8>) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(&self.library), library).unwrap();
        for new in &self.new {
            fs::copy(self.folder.join(new), folder.path().join(new)).unwrap();
        }
        let mut args = vec!["merge", &self.library];
        args.extend(self.new.iter().map(String::as_str));
        args.extend(self.args.iter().map(String::as_str));
        args.extend(more);
        let run = bibilingual(folder.path(), &args);
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(left.len(), 1 + self.new.len(), "{}: {left:?}", self.name);
        (run, fs::read(folder.path().join(&self.library)).unwrap())
    }

    fn old(&self) -> Vec<u8> {
        fs::read(self.folder.join(&self.library)).unwrap()
    }

    fn ending(&self) -> &str {
        self.library.rsplit('.').next().unwrap()
    }
}

#[test]
fn every_case_comes_out_as_expected_and_a_second_run_changes_nothing() {
    let cases = cases();
    assert!(cases.len() > 25, "only {} cases found", cases.len());
    for case in &cases {
        let old = case.old();
        let (run, new) = case.run(&old, &[]);
        let told = format!("{}exit code {}\n", run.stderr, run.code);
        golden(&case.folder.join("expected.txt"), &told);
        assert_eq!(run.stdout, "", "{}", case.name);
        if run.code == 2 {
            assert!(old == new, "{}: changed by a run that failed", case.name);
            continue;
        }
        let text = std::str::from_utf8(&new).expect("UTF-8");
        golden(&case.folder.join(format!("expected.{}", case.ending())), text);
        let (again, same) = case.run(&new, &[]);
        assert!(same == new, "{}: changed again: {}", case.name, again.stderr);
        assert!(!again.stderr.contains("[added]"), "{}: {}", case.name, again.stderr);
        assert!(!again.stderr.contains("[filled]"), "{}: {}", case.name, again.stderr);
        assert!(!again.stderr.contains("[replaced]"), "{}: {}", case.name, again.stderr);
        // What has no place has none the second time either.
        let no_place = |run: &Run| run.stderr.matches("[no-place]").count();
        assert_eq!(no_place(&again), no_place(&run), "{}: {}", case.name, again.stderr);
    }
}

#[test]
fn a_diff_and_a_dry_run_write_nothing_and_tell_the_same() {
    for case in cases() {
        let old = case.old();
        let (run, new) = case.run(&old, &[]);
        let (dry, unchanged) = case.run(&old, &["--dry-run"]);
        assert!(unchanged == old, "{}: written by --dry-run", case.name);
        assert_eq!((&dry.stderr, dry.code), (&run.stderr, run.code), "{}", case.name);
        let (diff, unchanged) = case.run(&old, &["--diff"]);
        assert!(unchanged == old, "{}: written by --diff", case.name);
        assert_eq!(diff.stdout.is_empty(), new == old, "{}: {}", case.name, diff.stdout);
        // Without --prefer new things are only put in: what was there is there, in its order. A value
        // that says nothing gives way.
        let fills = case.name == "empty-fields-are-filled";
        if !case.args.iter().any(|arg| arg == "new") && !fills {
            let mut rest = new.iter();
            let kept = old.iter().all(|byte| rest.any(|other| other == byte));
            assert!(kept, "{}: something is gone", case.name);
        }
    }
}

#[test]
fn what_comes_out_is_read_by_others() {
    let mut read = 0;
    for case in cases() {
        let path = case.folder.join(format!("expected.{}", case.ending()));
        // A run that is refused leaves what was there.
        let Ok(bytes) = fs::read(path) else { continue };
        let (before, text) = (case.old(), std::str::from_utf8(&bytes).expect("UTF-8"));
        // What others could not read before need not be readable now.
        match case.ending() {
            "bib" if Bibliography::parse(&String::from_utf8_lossy(&before)).is_ok() => {
                let parsed = Bibliography::parse(text);
                assert!(parsed.is_ok(), "{}: {:?}", case.name, parsed.err());
            }
            "ris" if ris::read(&before).is_ok() => {
                let parsed = ris::read(&bytes);
                assert!(parsed.is_ok(), "{}: {:?}", case.name, parsed.err());
            }
            "json" if csl_errors(&String::from_utf8_lossy(&before)).is_empty() => {
                assert_eq!(csl_errors(text), Vec::<String>::new(), "{}", case.name);
            }
            _ => continue,
        }
        read += 1;
    }
    assert!(read > 15, "only {read} libraries were read");
}

/// Texts that are or look like parts of a `.bib`.
fn bib() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("@article{a1,\n  title = {Magnesium in addiction},\n  year = 2018\n}\n".to_owned()),
        Just("@ARTICLE{ a2 , title=\"Robots that dig tunnels\",year={2020},}".to_owned()),
        Just(
            "@article(a3, title = {镁在成瘾中的作用}, date = {2018-08}, langid = {chinese})"
                .to_owned()
        ),
        Just("@misc{a4}\n".to_owned()),
        Just("@misc{a5, title = {A, b}\n\n, doi = {10.1/x}\n}\r\n\r\n".to_owned()),
        Just("@misc{a6, title = {Open}, % a comment\n}".to_owned()),
        Just("@string{mr = {Magnesium research}}\n".to_owned()),
        Just("@comment{jabref-meta: x}\n\n".to_owned()),
        Just("@preamble{\"\\newcommand\"}".to_owned()),
        Just("% a line\n".to_owned()),
        Just("@article{broken, title = {\n".to_owned()),
        "[ \n\t,a-z镁{}%@\"]{0,12}",
    ];
    prop::collection::vec(part, 0..7).prop_map(|parts| parts.concat())
}

/// Records of booksci.cn with any title.
fn records() -> impl Strategy<Value = String> {
    let title = prop_oneof![
        Just("Magnesium in addiction".to_owned()),
        Just("镁在成瘾中的作用".to_owned()),
        Just("Robots that dig tunnels".to_owned()),
        "\\PC{1,20}",
        "[a-z{}\\\\%@,\"#$ &~^_]{1,16}",
    ];
    let inner = prop_oneof![Just(String::new()), "\\PC{1,12}", Just("镁与成瘾".to_owned())];
    let record = (title, inner, 2016..2021u32, "(10\\.1/[a-c{}]{1,3})?", any::<bool>());
    let record = record.prop_map(|(title, inner, year, doi, dated)| {
        let date = if dated { format!("{year}-05-01") } else { String::new() };
        let result = serde_json::json!({ "title": inner }).to_string();
        serde_json::json!({
            "title": title, "authors": "Mihai Nechifor", "doi": doi, "publicationDate": date,
            "resultStr": if inner.is_empty() { String::new() } else { result },
        })
        .to_string()
    });
    prop::collection::vec(record, 1..4).prop_map(|records| records.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn whatever_the_library_only_what_is_new_changes(
        library in bib(), records in records(), prefer in any::<bool>(),
    ) {
        let library = format!("\n{library}");
        let prefer = if prefer { Prefer::Second } else { Prefer::First };
        let Ok(reading) = source::read(records.as_bytes(), "new.txt") else { return Ok(()) };
        let opened = Library::open(library.as_bytes(), "refs.bib").unwrap();
        let format = opened.format(None).unwrap();
        let renderer = Renderer::built_in(format);
        let options = Options::default();
        let plan = Plan { options: &options, renderer: &renderer, prefer };
        // What would not be read as before is refused.
        let Ok(merged) = opened.merge(reading.found.clone(), &plan) else {
            prop_assert!(!opened.broken.is_empty() || library.contains(['{', '"']), "{library}");
            return Ok(());
        };
        // Every block that got nothing is there byte for byte, in its place.
        let blocks = source::bibtex::split::split(&library);
        let after = source::bibtex::split::split(&merged.text);
        // What is added begins with a line end behind the text before it.
        let mut rest = after.iter().map(|block| &merged.text[block.range.clone()]);
        let changed = blocks.iter().enumerate().filter(|(at, block)| {
            let old = &library[block.range.clone()];
            let can_grow = at + 1 == blocks.len() || block.kind == BlockKind::Text;
            let mut look = rest.clone();
            let found = look.any(|new| new == old || can_grow && new.starts_with(old));
            if found {
                rest = look;
            }
            !found
        });
        let changed = changed.count();
        prop_assert!(after.len() >= blocks.len());
        prop_assert!(changed <= merged.filled, "{changed} changed of\n{library}\nin\n{}", merged.text);
        // It is read, and a second run changes nothing.
        let again = Library::open(merged.text.as_bytes(), "refs.bib").unwrap();
        prop_assert_eq!(again.broken.len(), opened.broken.len());
        prop_assert_eq!(again.format(None).unwrap().name, format.name);
        let second = again.merge(reading.found, &plan).unwrap();
        prop_assert_eq!(second.text, merged.text);
    }

    #[test]
    fn what_went_in_is_found_again_in_every_format(records in records(), format in 0..4usize) {
        let (name, empty) =
            [("bibtex", ""), ("ris", ""), ("csl-json", "[]"), ("enw", "")][format];
        let file = ["a.bib", "a.ris", "a.json", "a.enw"][format];
        let Ok(reading) = source::read(records.as_bytes(), "new.txt") else { return Ok(()) };
        let renderer = Renderer::built_in(Format::by_name(name).unwrap());
        let options = Options::default();
        let plan = Plan { options: &options, renderer: &renderer, prefer: Prefer::First };
        let library = Library::open(empty.as_bytes(), file).unwrap();
        let merged = library.merge(reading.found.clone(), &plan).unwrap();
        prop_assert_eq!(merged.added + merged.same + merged.left_out > 0, true);
        let again = Library::open(merged.text.as_bytes(), file).unwrap();
        let second = again.merge(reading.found, &plan).unwrap();
        prop_assert_eq!(&second.text, &merged.text);
        prop_assert_eq!(second.added, 0);
    }
}

const NEW: &str = r#"{"title":"Robots that dig tunnels","authors":"Wei Li","doi":"10.1/r","publicationDate":"2021-02-01"}"#;
const OLD: &str = "@misc{a, title = {One}}\n";

fn folder(library: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("refs.bib"), library).unwrap();
    fs::write(folder.path().join("new.txt"), NEW).unwrap();
    folder
}

fn files(folder: &tempfile::TempDir) -> Vec<String> {
    support::file_names(folder.path())
}

#[test]
fn a_backup_holds_the_old_bytes_and_is_made_only_where_something_changes() {
    let folder = folder(OLD);
    let args = ["merge", "refs.bib", "new.txt", "--backup"];
    assert_eq!(bibilingual(folder.path(), &args).code, 0);
    assert_eq!(fs::read_to_string(folder.path().join("refs.bib~")).unwrap(), OLD);
    let merged = fs::read_to_string(folder.path().join("refs.bib")).unwrap();
    assert!(merged.starts_with(OLD) && merged.contains("@article{li2021robots,"), "{merged}");
    assert_eq!(bibilingual(folder.path(), &args).code, 0);
    assert_eq!(fs::read_to_string(folder.path().join("refs.bib~")).unwrap(), OLD);
    assert_eq!(files(&folder), ["new.txt", "refs.bib", "refs.bib~"]);
}

#[test]
fn another_output_leaves_the_library_as_it_is() {
    let folder = folder(OLD);
    let run = bibilingual(folder.path(), &["merge", "refs.bib", "new.txt", "-o", "-", "-q"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let run_to_file =
        bibilingual(folder.path(), &["merge", "refs.bib", "new.txt", "-o", "out.bib", "--diff"]);
    assert!(run_to_file.stdout.contains("+@article{li2021robots,"), "{}", run_to_file.stdout);
    assert_eq!(fs::read_to_string(folder.path().join("out.bib")).unwrap(), run.stdout);
    assert_eq!(fs::read_to_string(folder.path().join("refs.bib")).unwrap(), OLD);
    assert_eq!(files(&folder), ["new.txt", "out.bib", "refs.bib"]);
}

#[test]
fn what_cannot_be_is_told_with_the_way_out() {
    for (args, expected) in [
        (
            vec!["merge", "none.bib", "new.txt"],
            "none.bib: there is no such library; `bibilingual convert",
        ),
        (vec!["merge", "-", "new.txt"], "-: a library is a file"),
        (vec!["merge", "refs.bib", "none.txt"], "none.txt: cannot be read"),
        (
            vec!["merge", "refs.bib", "new.txt", "--diff", "-o", "-"],
            "--diff: the new file would be",
        ),
        (vec!["merge", "refs.bib", "new.txt", "--omit", "titel"], "--omit: no field `titel`"),
        (
            vec!["merge", "refs.bib", "new.txt", "-o", "new.txt"],
            "new.txt: is an input too; write to another file",
        ),
        (
            vec!["merge", "refs.bib", "new.txt", "-o", "x.json.gz"],
            "x.json.gz: its ending says csl-json, and refs.bib is in the format bibtex; give it",
        ),
        (vec!["merge", "new.txt", "refs.bib"], "new.txt: is no library"),
        (vec!["diff", "refs.bib", "none.bib"], "none.bib: cannot be read"),
    ] {
        let folder = folder(OLD);
        let run = bibilingual(folder.path(), &args);
        assert_eq!(run.code, 2, "{args:?}: {}", run.stderr);
        assert!(run.stderr.starts_with(expected), "{args:?}: {}", run.stderr);
        assert_eq!(fs::read_to_string(folder.path().join("refs.bib")).unwrap(), OLD, "{args:?}");
        assert_eq!(files(&folder), ["new.txt", "refs.bib"], "{args:?}");
    }
}

#[test]
fn the_sum_is_for_programs_too_and_records_come_on_standard_input() {
    let folder = folder(OLD);
    let args = ["merge", "refs.bib", "--messages", "json", "--dry-run"];
    let run = support::bibilingual_with(folder.path(), &args, NEW.as_bytes());
    let lines: Vec<serde_json::Value> =
        run.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["code"], "added");
    assert_eq!(lines[1]["summary"]["added"], 1);
    assert_eq!(run.code, 0);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(OLD);
    let (real, link) = (folder.path().join("refs.bib"), folder.path().join("link.bib"));
    fs::set_permissions(&real, fs::Permissions::from_mode(0o600)).unwrap();
    symlink(&real, &link).unwrap();
    let run = bibilingual(folder.path(), &["merge", "link.bib", "new.txt", "--backup"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&real).unwrap().len() > OLD.len());
    for file in [&real, &folder.path().join("link.bib~")] {
        assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_compressed_library_stays_compressed() {
    let folder = folder(OLD);
    let run = bibilingual(folder.path(), &["convert", "new.txt", "-o", "refs.bib.gz"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let more = NEW.replace("Robots", "Moles").replace("10.1/r", "10.1/m");
    fs::write(folder.path().join("new.txt"), more).unwrap();
    let run = bibilingual(folder.path(), &["merge", "refs.bib.gz", "new.txt"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let bytes = fs::read(folder.path().join("refs.bib.gz")).unwrap();
    assert_eq!(bytes[..2], [0x1F, 0x8B]);
    let run = bibilingual(folder.path(), &["convert", "refs.bib.gz", "-q"]);
    assert_eq!(run.stdout.matches("@article").count(), 2, "{}", run.stdout);
}

#[test]
fn a_packed_file_that_is_no_library_is_told_by_its_own_name() {
    let folder = folder(OLD);
    fs::write(folder.path().join("two.gz"), "neither packed nor a library").unwrap();
    let run = bibilingual(folder.path(), &["merge", "two.gz", "new.txt"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("two.gz: is no library"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_not_opened_for_writing() {
    let folder = folder(OLD);
    let run = bibilingual(folder.path(), &["merge", "/dev/null", "new.txt"]);
    assert_eq!(run.code, 2);
    let expected = "/dev/null: is no regular file, and cannot be written again; give -o a file";
    assert!(run.stderr.starts_with(expected), "{}", run.stderr);
}

#[test]
fn a_page_that_begins_like_a_bib_is_told_by_all_of_it() {
    let folder = folder(OLD);
    // More than is read at once.
    let page = format!("{}{NEW}\n", "@media{x}\n".repeat(40_000));
    fs::write(folder.path().join("page.html"), page).unwrap();
    let run = bibilingual(folder.path(), &["convert", "page.html", "-q", "--stream"]);
    assert!(run.stdout.starts_with("@article{li2021robots,"), "{}", run.stderr);
    let run = bibilingual(folder.path(), &["check", "page.html", "--from", "bibtex"]);
    assert!(run.stdout.contains("40000 records"), "{}", run.stdout.len());
}

#[test]
fn what_is_broken_in_a_bib_can_be_mended_in_the_rejects() {
    let folder =
        folder("@misc{a, title = {One}}\n@misc{b, title = {Two\n\n@misc{c, title = {Three}}\n");
    let run = bibilingual(
        folder.path(),
        &["convert", "refs.bib", "--rejects", "rejects.bib", "-o", "out.ris"],
    );
    assert_eq!(run.code, 1, "{}", run.stderr);
    let rejects = fs::read_to_string(folder.path().join("rejects.bib")).unwrap();
    assert!(rejects.starts_with("#: refs.bib:2: record 2: loss[record-broken]"), "{rejects}");
    fs::write(folder.path().join("rejects.bib"), rejects.replace("{Two", "{Two}}")).unwrap();
    let run = bibilingual(folder.path(), &["convert", "rejects.bib", "-q"]);
    assert!(run.stdout.contains("title = {Two}"), "{} {}", run.stdout, run.stderr);
}

//! Runs that are stopped, at any moment and by anything: the old file is whole, nothing else is left.
#![cfg(unix)]

mod support;

use std::fs;
use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use support::file_names as names;

fn program(folder: &Path, args: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_bibilingual"))
        .current_dir(folder)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn signal(child: &Child, name: &str) {
    let status = Command::new("kill").arg(name).arg(child.id().to_string()).status().unwrap();
    assert!(status.success());
}

fn records(count: usize) -> String {
    let one = |n| {
        let text = "An abstract of some length. ".repeat(20);
        format!("{{\"title\":\"Title {n}\",\"doi\":\"10.1/{n}\",\"abstract\":\"{text}\"}}\n")
    };
    (0..count).map(one).collect()
}

const OLD: &str = "@misc{old, title = {Old}}\n";

/// Waits until the run has begun to write, for a minute at most.
fn begun(folder: &Path) {
    for _ in 0..6_000 {
        if names(folder).iter().any(|name| name.ends_with(".tmp")) {
            return;
        }
        sleep(Duration::from_millis(10));
    }
    panic!("the run does not begin to write: {:?}", names(folder));
}

/// True for a signal that this process ignores, as `nohup` does, where the system tells.
fn is_ignored(number: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask & (1 << (number - 1)) != 0
}

#[test]
fn an_interrupt_leaves_the_old_file_and_nothing_else() {
    let signals = [("-INT", 2, "interrupted"), ("-TERM", 15, "SIGTERM"), ("-HUP", 1, "SIGHUP")];
    // What `nohup` has these tests ignore, the program ignores too.
    for (name, number, word) in signals.into_iter().filter(|(_, number, _)| !is_ignored(*number)) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.bib"), OLD).unwrap();
        let args = ["convert", "--stream", "-o", "a.bib", "-o", "b.ris", "--rejects", "r.txt"];
        let mut child = program(folder.path(), &args);
        // The input does not end: the program waits for more of it when the signal comes.
        let mut input = child.stdin.take().unwrap();
        input.write_all(records(1_000).as_bytes()).unwrap();
        begun(folder.path());
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        drop(input);
        assert_eq!(output.status.signal(), Some(number));
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(word) && told.contains("as it was"), "{told}");
        assert_eq!(names(folder.path()), ["a.bib"]);
        assert_eq!(fs::read_to_string(folder.path().join("a.bib")).unwrap(), OLD);
    }
}

#[test]
fn killed_at_any_moment_the_file_is_the_old_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.bib");
    fs::write(folder.path().join("in.jsonl"), records(2_000)).unwrap();
    let args = ["convert", "-q", "in.jsonl", "-o", "a.bib"];
    assert!(program(folder.path(), &args).wait_with_output().unwrap().status.success());
    let new = fs::read_to_string(&path).unwrap();
    for (round, wait) in (0..24).map(|round| (round, Duration::from_millis(12 * round))) {
        let signals = ["-KILL", "-INT", "-TERM"];
        fs::write(&path, OLD).unwrap();
        let child = program(folder.path(), &args);
        sleep(wait);
        signal(&child, signals[round as usize % 3]);
        child.wait_with_output().unwrap();
        let found = fs::read_to_string(&path).unwrap();
        assert!(found == OLD || found == new, "round {round}: {} bytes", found.len());
        if round % 3 > 0 {
            let left = names(folder.path());
            assert!(!left.iter().any(|n| n.ends_with(".tmp")), "round {round}: {left:?}");
        }
        // What nobody can take away after a kill is only this.
        for name in names(folder.path()).iter().filter(|name| name.ends_with(".tmp")) {
            fs::remove_file(folder.path().join(name)).unwrap();
        }
    }
}

#[test]
fn a_full_disk_is_told_and_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.bib"), OLD).unwrap();
    fs::write(folder.path().join("in.jsonl"), records(3_000)).unwrap();
    // The system refuses files over 64 blocks of 512 or 1024 bytes, as a full disk would.
    let script = "ulimit -f 64; exec \"$0\" convert -q in.jsonl -o a.bib";
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_bibilingual")])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.starts_with("a.bib: cannot be written: "), "{told}");
    assert!(told.trim_end().ends_with("; nothing was changed there"), "{told}");
    assert_eq!(names(folder.path()), ["a.bib", "in.jsonl"]);
    assert_eq!(fs::read_to_string(folder.path().join("a.bib")).unwrap(), OLD);
}

#[test]
fn a_closed_pipe_ends_the_run_without_a_word() {
    for options in [&[][..], &["--stream"], &["--stream", "--jobs", "3"]] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("in.jsonl"), records(5_000)).unwrap();
        let args = [&["convert", "-q", "in.jsonl"][..], options].concat();
        let mut child = program(folder.path(), &args);
        let mut begin = [0; 100];
        child.stdout.take().unwrap().read_exact(&mut begin).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{options:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{options:?}");
    }
}

#[test]
fn an_input_that_becomes_unreadable_is_told_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.jsonl"), records(10)).unwrap();
    for args in [["convert", "in.jsonl", "."], ["convert", "in.jsonl", "missing"]] {
        let output = program(folder.path(), &args).wait_with_output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains(&format!("{}: cannot be read: ", args[2])), "{told}");
        assert_eq!(String::from_utf8(output.stdout).unwrap().matches("@article").count(), 10);
    }
}

#[test]
fn a_signal_that_is_ignored_from_the_start_stays_so() {
    let folder = tempfile::tempdir().unwrap();
    let script = "trap '' HUP; exec \"$0\" convert -q --stream -o a.bib"; // as nohup does it
    let mut child = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_bibilingual")])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(records(1_000).as_bytes()).unwrap();
    begun(folder.path());
    signal(&child, "-HUP");
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(names(folder.path()), ["a.bib"]);
}

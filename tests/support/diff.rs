//! A line diff to read in a terminal.

use std::fmt::Write;

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// Above this many pairs of lines the changed part is shown as all old, then all new.
const MOST_PAIRS: usize = 4_000_000;

/// One line of a diff: its mark (` `, `-`, `+`), its number (in the new text for `+`, else in the
/// old) and the line.
type Row<'a> = (char, usize, &'a str);

/// How `found` differs from `expected`, as lines with `-` and `+`; empty if they are the same.
///
/// What an eye can't see is written out: `\r`, `\t`, `\u{feff}`, and a blank at a line's end as `·`.
pub fn line_diff(expected: &str, found: &str) -> String {
    if expected == found {
        return String::new();
    }
    let rows = rows(&lines(expected), &lines(found));
    let mut out = String::new();
    let mut last_shown = None;
    for (i, (mark, number, line)) in rows.iter().enumerate() {
        let from = i.saturating_sub(CONTEXT);
        let to = (i + CONTEXT + 1).min(rows.len());
        if rows[from..to].iter().all(|row| row.0 == ' ') {
            continue;
        }
        if last_shown.is_some_and(|last: usize| last + 1 != i) {
            out.push_str("      ...\n");
        }
        last_shown = Some(i);
        let _ = writeln!(out, "{number:>5} {mark} {}", visible(line));
    }
    out
}

/// The lines with what ends them, so that a missing last line end is a difference too.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn rows<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Row<'a>> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let old_middle = &old_rest[..old_rest.len() - tail];
    let new_middle = &new_rest[..new_rest.len() - tail];

    let same = |from: usize| move |(i, line): (usize, &&'a str)| (' ', from + i + 1, *line);
    let mut rows: Vec<Row> = old[..head].iter().enumerate().map(same(0)).collect();
    rows.extend(middle(old_middle, new_middle, head));
    let tail_at = old.len() - tail;
    rows.extend(old[tail_at..].iter().enumerate().map(same(tail_at)));
    rows
}

/// The part between the common head and the common tail, by the longest common subsequence.
fn middle<'a>(old: &[&'a str], new: &[&'a str], head: usize) -> Vec<Row<'a>> {
    let keep = if old.len() * new.len() > MOST_PAIRS { None } else { Some(common(old, new)) };
    let (mut i, mut j) = (0, 0);
    let mut rows = Vec::new();
    while i < old.len() || j < new.len() {
        let equal = keep.is_some() && i < old.len() && j < new.len() && old[i] == new[j];
        if equal {
            rows.push((' ', head + i + 1, old[i]));
            i += 1;
            j += 1;
        } else if i < old.len()
            && (j == new.len() || keep.as_ref().is_none_or(|k| k[i + 1][j] >= k[i][j + 1]))
        {
            rows.push(('-', head + i + 1, old[i]));
            i += 1;
        } else {
            rows.push(('+', head + j + 1, new[j]));
            j += 1;
        }
    }
    rows
}

/// `table[i][j]`: how many lines `old[i..]` and `new[j..]` have in common, in order.
fn common(old: &[&str], new: &[&str]) -> Vec<Vec<u32>> {
    let mut table = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            table[i][j] = if old[i] == new[j] {
                table[i + 1][j + 1] + 1
            } else {
                table[i + 1][j].max(table[i][j + 1])
            };
        }
    }
    table
}

fn visible(line: &str) -> String {
    let (text, end) = match line.strip_suffix('\n') {
        Some(text) => (text, ""),
        None => (line, " (no line end)"),
    };
    let (text, return_) = match text.strip_suffix('\r') {
        Some(text) => (text, "\\r"),
        None => (text, ""),
    };
    let body = text.trim_end_matches(' ');
    let mut out = String::with_capacity(line.len());
    for c in body.chars() {
        if c.is_control()
            || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}')
        {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out.extend(std::iter::repeat_n('·', text.len() - body.len()));
    out + return_ + end
}

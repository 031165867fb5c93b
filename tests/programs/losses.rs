//! The table of known losses, `known-losses.tsv`: a difference that no row covers fails, and so
//! does a row that covers none.

use unicode_normalization::UnicodeNormalization;

use super::compare::Difference;
use super::meant::plain;

const TABLE: &str = include_str!("known-losses.tsv");
const HEAD: &str = "program\tformat\tfield\tkind\twhere\treason";

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The program, by the name of its test.
    pub program: &'static str,
    /// The format it reads.
    pub format: &'static str,
    /// A field, or `entry`, `complaint`, `file`.
    pub field: &'static str,
    /// How what the program holds follows from what we meant: a name of [`KINDS`], `= TEXT` for
    /// just this value, or `~ TEXT` for one with this text in it.
    pub kind: &'static str,
    /// The key of the entry behind the name of its case; a final `*` stands for anything.
    pub place: &'static str,
    /// Why it is so.
    pub reason: &'static str,
}

type Follows = fn(&Difference) -> bool;

/// The kinds of loss.
const KINDS: &[(&str, Follows)] = &[
    ("absent", |d| d.held.is_empty()),
    ("invented", |d| meant(d).is_empty()),
    ("refused", |d| d.held == ["refused"]),
    ("year", |d| cut(d, 4)),
    ("month", |d| cut(d, 7)),
    ("doubled", doubled),
    ("case", |d| same(d, |text| text.to_lowercase())),
    ("typography", |d| same(d, plain)),
    ("case-and-typography", |d| same(d, |text| plain(text).to_lowercase())),
    // Its signs, formulas and commands are lost or changed, its letters and digits are not.
    ("signs", |d| same(d, letters) || same(d, |text| letters(&text.replace('\\', "")))),
    // In each name, the same words in another order.
    ("words", |d| same(d, words)),
    ("swapped", |d| {
        *d.held == *d.meant.get(if d.field == "title" { "other-title" } else { "title" })
    }),
    ("no-others", |d| {
        meant(d).split_last().is_some_and(|(l, rest)| l == "others" && rest == d.held)
    }),
];

fn meant(difference: &Difference) -> &[String] {
    difference.meant.get(&difference.field)
}

fn same(difference: &Difference, fold: fn(&str) -> String) -> bool {
    difference.held.iter().map(|t| fold(t)).eq(meant(difference).iter().map(|t| fold(t)))
}

fn cut(difference: &Difference, length: usize) -> bool {
    let part = meant(difference).first().and_then(|date| date.get(..length));
    part.is_some_and(|part| difference.held == [part])
}

/// The year, and the whole date as its month.
fn doubled(difference: &Difference) -> bool {
    let date = meant(difference).first();
    date.is_some_and(|d| difference.held == [format!("{}-{}", &d[..4], d.replace('-', "/"))])
}

/// The letters and digits, without commands of TeX and what stands for some of them: Greek letters,
/// and the accent that decoders take for a circumflex.
fn letters(text: &str) -> String {
    let mut out = String::new();
    let mut command = false;
    for c in text.nfkc() {
        command = c == '\\' || command && c.is_ascii_alphabetic();
        let sign = matches!(c, 'ˆ' | '\u{370}'..='\u{3ff}');
        out.extend((c.is_alphanumeric() && !command && !sign).then_some(c));
    }
    out
}

fn words(text: &str) -> String {
    let text = plain(text).replace("'", "' ").replace(['"', ','], " ");
    let mut words: Vec<_> = text.split_whitespace().collect();
    words.sort_unstable();
    words.join(" ")
}

impl Loss {
    /// Whether the row covers the difference.
    pub fn covers(&self, difference: &Difference) -> bool {
        let place = match self.place.strip_suffix('*') {
            Some(start) => difference.key.starts_with(start),
            None => difference.key == self.place,
        };
        place && self.field == difference.field && self.follows(difference)
    }

    fn follows(&self, difference: &Difference) -> bool {
        let held = difference.held.join("; ");
        if let Some(text) = self.kind.strip_prefix("= ") {
            return held == text;
        }
        if let Some(text) = self.kind.strip_prefix("~ ") {
            return held.contains(text);
        }
        KINDS.iter().any(|(kind, follows)| *kind == self.kind && follows(difference))
    }

    fn line(&self) -> String {
        [self.program, self.format, self.field, self.kind, self.place, self.reason].join("\t")
    }
}

/// The rows of the table.
pub fn table() -> Vec<Loss> {
    let mut lines = TABLE.lines();
    assert_eq!(lines.next(), Some(HEAD), "known-losses.tsv");
    lines.map(row).collect()
}

fn row(line: &'static str) -> Loss {
    let cells: Vec<_> = line.split('\t').collect();
    let [program, format, field, kind, place, reason] = cells[..] else {
        panic!("known-losses.tsv: not six cells: {line}");
    };
    Loss { program, format, field, kind, place, reason }
}

/// The rows of a program in a format.
pub fn of(program: &str, format: &str) -> Vec<Loss> {
    table().into_iter().filter(|row| row.program == program && row.format == format).collect()
}

/// What is wrong: differences that no row covers, rows that cover no difference. A line each.
pub fn judge(differences: &[Difference], rows: &[Loss]) -> Vec<String> {
    let known = |d: &Difference| rows.iter().any(|row| row.covers(d));
    let unknown = differences.iter().filter(|d| !known(d)).map(|d| {
        let meant = meant(d).join("; ");
        format!(
            "not in the table: {} {}: held {:?}, meant {meant:?}",
            d.key,
            d.field,
            d.held.join("; ")
        )
    });
    let gone = rows.iter().filter(|row| !differences.iter().any(|d| row.covers(d)));
    unknown
        .chain(gone.map(|row| format!("in the table, but lost no more: {}", row.line())))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::corpus::FORMATS;
    use super::super::meant::{FIELDS, Meant};
    use super::*;

    fn difference(field: &str, held: &str) -> Difference {
        let item = json!({"title": "A ‘view’", "issued": {"date-parts": [[2018, 8, 1]]},
            "custom": {"title": {"en": "A ‘view’", "zh": "镁"}}});
        let held = Some(held).filter(|h| !h.is_empty()).map(str::to_owned);
        let meant = Meant::of(&item, "ris");
        Difference {
            key: "case.key".into(),
            field: field.into(),
            meant,
            held: held.into_iter().collect(),
        }
    }

    fn loss(field: &'static str, kind: &'static str, place: &'static str) -> Loss {
        Loss { program: "p", format: "ris", field, kind, place, reason: "r" }
    }

    #[test]
    fn a_kind_covers_what_it_says_and_no_more() {
        let rows = [
            ("title", "absent", "", "A"),
            ("date", "year", "2018", "2019"),
            ("date", "month", "2018-08", "2018"),
            ("date", "doubled", "2018-2018/08/01", "2018"),
            ("title", "case", "a ‘view’", "a 'view'"),
            ("title", "typography", "A 'view'", "a 'view'"),
            ("title", "case-and-typography", "a 'view'", "a view"),
            ("title", "swapped", "镁", "A"),
            ("title", "signs", "A \\textbraceleft view", "A views"),
            ("title", "signs", "$\\mathrm A$ ‘view’ \\", "$\\mathrm$ ‘view’"),
            ("title", "words", "‘view’ A", "view B"),
            ("volume", "invented", "1", ""),
            ("title", "= B", "B", "BB"),
            ("title", "~ B", "ABC", "AC"),
        ];
        for (field, kind, covered, other) in rows {
            let row = loss(field, kind, "*");
            assert!(row.covers(&difference(field, covered)), "{kind}: {covered}");
            let also = kind == "invented" || row.covers(&difference(field, other));
            assert!(kind == "invented" || !also, "{kind}: {other}");
        }
    }

    #[test]
    fn a_place_is_a_key_or_the_beginning_of_one() {
        for (place, covers) in
            [("case.key", true), ("case.*", true), ("case.k", false), ("b*", false)]
        {
            assert_eq!(
                loss("title", "absent", place).covers(&difference("title", "")),
                covers,
                "{place}"
            );
        }
    }

    #[test]
    fn an_unlisted_loss_and_a_listed_one_that_is_gone_are_both_told() {
        let rows = [loss("title", "absent", "*"), loss("date", "year", "*")];
        let told = judge(&[difference("title", ""), difference("date", "")], &rows);
        let starts =
            ["not in the table: case.key date", "in the table, but lost no more: p\tris\tdate"];
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().zip(starts).all(|(told, start)| told.starts_with(start)), "{told:?}");
    }

    #[test]
    fn the_table_is_in_order_and_says_only_what_is_known_here() {
        let rows = table();
        let lines: Vec<_> = rows.iter().map(Loss::line).collect();
        assert!(lines.is_sorted(), "sort known-losses.tsv below its head with LC_ALL=C sort");
        for row in rows {
            let line = row.line();
            let known = row.kind.starts_with("= ") || row.kind.starts_with("~ ");
            assert!(known || KINDS.iter().any(|(kind, _)| *kind == row.kind), "kind: {line}");
            assert!(FORMATS.contains(&row.format), "format: {line}");
            let others = ["entry", "complaint", "file"];
            assert!(FIELDS.contains(&row.field) || others.contains(&row.field), "field: {line}");
            assert!(
                super::super::PROGRAMS.iter().any(|p| p.name == row.program),
                "program: {line}"
            );
            assert!(!row.reason.is_empty(), "reason: {line}");
        }
    }
}

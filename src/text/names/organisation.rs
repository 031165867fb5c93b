//! Organisations that stand among authors.

use crate::text::lengths::Lengths;
use crate::text::script::{has_han, is_han};
use crate::text::surnames;

/// Words that no person is called; one of them is enough.
const STRONG: &[&str] = &[
    "organization",
    "organisation",
    "university",
    "universität",
    "université",
    "universidad",
    "institute",
    "institutes",
    "institut",
    "instituto",
    "consortium",
    "committee",
    "collaboration",
    "collaborators",
    "society",
    "association",
    "ministry",
    "inc",
    "ltd",
    "gmbh",
    "llc",
    "corp",
    "corporation",
    "department",
    "agency",
    "bureau",
    "commission",
    "academy",
    "laboratory",
    "laboratories",
    "federation",
    "foundation",
    "initiative",
    "investigators",
    "taskforce",
    "group",
    "team",
    "network",
    "programme",
    "hospital",
    "authority",
    "administration",
    "museum",
    "partnership",
    "alliance",
    "secretariat",
    "faculty",
    "directorate",
];

/// Words that are also family names (`Bank`, `Council`, `Center`); they need a word of
/// [`QUALIFIERS`] beside them.
const WEAK: &[&str] = &[
    "bank", "council", "board", "center", "centre", "centers", "centres", "college", "school",
    "union", "office", "house", "press", "church", "library", "project", "program", "service",
    "services", "trust", "company", "study", "trial", "force", "nations", "survey", "fund",
    "party", "register", "registry", "clinic",
];

const QUALIFIERS: &[&str] = &[
    "of",
    "for",
    "on",
    "the",
    "and",
    "national",
    "international",
    "world",
    "european",
    "american",
    "royal",
    "federal",
    "state",
    "medical",
    "research",
    "development",
    "united",
    "global",
    "central",
    "public",
    "health",
    "chinese",
    "china",
    "task",
    "clinical",
    "cancer",
    "asian",
    "african",
    "british",
    "human",
    "genome",
];

/// Words that begin the name of an organisation and of no person: `International Business Machines`.
const FIRST: &[&str] = &[
    "international",
    "national",
    "european",
    "global",
    "federal",
    "united",
    "world",
    "intergovernmental",
];

/// Words at the end of an organisation's Chinese name, from 4 characters on.
const HAN_ENDS: &[&str] = &[
    "大学",
    "大學",
    "学院",
    "研究所",
    "研究院",
    "中心",
    "委员会",
    "委員會",
    "公司",
    "学会",
    "學會",
    "协会",
    "協會",
    "医院",
    "醫院",
    "实验室",
    "编辑部",
    "编委会",
    "编写组",
    "课题组",
    "协作组",
    "小组",
    "集团",
    "联盟",
    "基金会",
    "银行",
    "政府",
    "中学",
    "小学",
    "出版社",
    "图书馆",
    "博物馆",
    "组织",
    "組織",
    "局",
    "部",
    "组",
    "厅",
    "署",
    "院",
    "社",
    "馆",
    "会",
    "科学院",
    "联合会",
    "研究会",
    "所",
    "队",
    "处",
    "系",
];

/// Organisations whose short Chinese name looks like a person's.
const HAN_NAMES: &[&str] = &[
    "教育部",
    "卫生部",
    "财政部",
    "外交部",
    "国防部",
    "公安部",
    "商务部",
    "科技部",
    "农业部",
    "国务院",
    "中科院",
    "环保部",
    "统计局",
    "新华社",
    "发改委",
    "卫健委",
    "联合国",
];

/// Forms of companies that stand after a comma: `Barnes and Noble, Inc.`
const LEGAL: &[&str] =
    &["inc", "ltd", "llc", "gmbh", "corp", "co", "plc", "ag", "s.a", "co., ltd", "llp", "bv"];

/// The tables of Latin words.
static LISTED: Lengths = Lengths::of(&[STRONG, WEAK, QUALIFIERS, FIRST]);

/// The forms of companies.
static LEGAL_LENGTHS: Lengths = Lengths::of(&[LEGAL]);

/// True where a name is an organisation's.
pub fn is_organisation(name: &str) -> bool {
    if has_han(name) { is_han_organisation(name) } else { is_latin_organisation(name) }
}

/// The words that join a group to the authors who write for it, and the group:
/// `on behalf of the GUSTO Investigators`.
pub fn on_behalf(text: &str) -> Option<(&str, &str)> {
    let words = ["on behalf of the ", "on behalf of ", "for the "];
    let words = words.into_iter().find(|words| text.starts_with(words))?;
    let (words, group) = text.split_at(words.len());
    (!group.trim().is_empty()).then_some((words.trim_end(), group.trim()))
}

/// True for what a company adds to its name after a comma.
pub fn is_legal_form(text: &str) -> bool {
    let text = text.trim_end_matches('.');
    LEGAL_LENGTHS.may_hold(text) && LEGAL.iter().any(|form| form.eq_ignore_ascii_case(text))
}

/// False for a word of a name that is written with `-` and `.` alone where no part of it stands in
/// one of the tables of Latin words.
pub fn may_be_listed(word: &str) -> bool {
    let part = |part: &str| LISTED.may_hold_any(part.trim_end_matches('.'));
    match word.bytes().any(|b| matches!(b, b'-' | b'.')) {
        true => word.split('-').any(part),
        false => LISTED.may_hold_any(word),
    }
}

/// The same for a name without Chinese characters.
pub fn is_latin_organisation(name: &str) -> bool {
    if on_behalf(name).is_some() {
        return true;
    }
    let (mut words, mut strong, mut weak, mut qualified) = (0, false, false, false);
    let parts = |c| matches!(c, ' ' | ',' | '/' | '(' | ')' | '-');
    for word in name.split(parts).filter(|word| !word.is_empty()) {
        let word = word.trim_end_matches(['.', ';', ':']);
        let among = |table: &[&str]| table.iter().any(|entry| entry.eq_ignore_ascii_case(word));
        words += 1;
        if !LISTED.may_hold(word) {
            continue;
        }
        strong |= words == 1 && among(FIRST);
        let named = word.chars().next().is_some_and(char::is_uppercase);
        strong |= named && among(STRONG);
        weak |= named && among(WEAK);
        qualified |= among(QUALIFIERS);
    }
    words > 1 && (strong || (weak && qualified))
}

fn is_han_organisation(name: &str) -> bool {
    if HAN_NAMES.contains(&name) {
        return true;
    }
    let length = name.chars().filter(|c| is_han(*c)).count();
    // Nobody's name has 5 characters, unless it is written with a dot; with 4 it has a surname of 2.
    let person = name.contains('·') || (length == 4 && surnames::compound(name).is_some());
    length >= 4 && !person && HAN_ENDS.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisations_are_told_from_people() {
        for (name, organisation) in [
            ("World Health Organization", true),
            ("The COVID-19 Genomics UK Consortium", true),
            ("World Bank", true),
            ("International Business Machines", true),
            ("European Molecular Biology", true),
            ("Royal Smith", false),
            ("United Nations", true),
            ("Centers for Disease Control and Prevention", true),
            ("on behalf of the X Study Group", true),
            ("on behalf of ", false),
            ("ATLAS Collaboration", true),
            ("Acme, Inc.", true),
            ("Peter Bank", false),
            ("John Council", false),
            ("Mary Ann Church", false),
            ("Bo Yu", false),
            ("Society", false),
            ("中国科学院计算技术研究所", true),
            ("北京大学", true),
            ("教育部", true),
            ("世界卫生组织", true),
            ("李卫部", false),
            ("欧阳建会", false),
            ("张三", false),
            ("", false),
        ] {
            assert_eq!(is_organisation(name), organisation, "{name}");
        }
    }
}

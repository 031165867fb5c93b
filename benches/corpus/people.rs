//! Authors, and the ways in which the source strings them together.

use super::random::Random;

/// An author, as the generator means one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Given names or initials.
    pub given: String,
    /// Particles in lower case.
    pub prefix: Option<&'static str>,
    /// Family name.
    pub family: &'static str,
}

impl Person {
    /// The name as the source spells it: first name first.
    pub fn spelled(&self) -> String {
        let parts = [Some(self.given.as_str()), self.prefix, Some(self.family)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// The separators, with how often each was seen (FINDINGS, 2; four records had one author).
const SEPARATORS: &[(u64, &str)] = &[(34, ", "), (12, ";"), (7, ",&nbsp;"), (4, " ,&nbsp;")];

/// How many authors a record has; the longest list seen has eleven.
const COUNTS: &[(u64, u64)] =
    &[(4, 1), (8, 2), (15, 3), (14, 4), (9, 5), (5, 6), (3, 7), (2, 8), (1, 11)];

/// Where a name is from.
const ORIGINS: &[(u64, Origin)] = &[(60, Origin::China), (37, Origin::West), (3, Origin::Particle)];

enum Origin {
    China,
    West,
    Particle,
}

/// The separator of a list.
pub fn separator(random: &mut Random) -> &'static str {
    random.weighted::<&str>(SEPARATORS)
}

/// The authors of a work.
pub fn people(random: &mut Random) -> Vec<Person> {
    let count = *random.weighted(COUNTS);
    // In 9 of 61 records the source has cut given names to one initial, of about two in each.
    let cut = random.chance(9, 61);
    (0..count).map(|_| person(random, cut)).collect()
}

fn person(random: &mut Random, cut: bool) -> Person {
    let (given, prefix, family) = match random.weighted(ORIGINS) {
        Origin::China => (chinese(random), None, *random.one_of(CHINESE_FAMILIES)),
        Origin::West => ((*random.one_of(GIVEN)).to_owned(), None, *random.one_of(FAMILIES)),
        Origin::Particle => {
            let (prefix, family) = *random.one_of(PARTICLES);
            ((*random.one_of(GIVEN)).to_owned(), prefix, family)
        }
    };
    let initial = || given.chars().next().expect("a given name");
    let given = match random.below(100) {
        _ if cut && random.chance(2, 3) => format!("{}.", initial()),
        0 => format!("{}. {}.", initial(), random.one_of(INITIALS)),
        1 => format!("{given} {}", random.one_of(INITIALS)),
        2 | 3 => format!("{given} {}.", random.one_of(INITIALS)),
        _ => given,
    };
    Person { given, prefix, family }
}

/// A given name in pinyin: `Min`, `Xiaotian`, `Zhao-Hui`, `MinFeng`.
fn chinese(random: &mut Random) -> String {
    let first = *random.one_of(SYLLABLES);
    if random.chance(1, 3) {
        return first.to_owned();
    }
    let second = *random.one_of(SYLLABLES);
    match random.below(40) {
        0 | 1 => format!("{first}-{second}"),
        2 => format!("{first}{second}"),
        _ => format!("{first}{}", second.to_lowercase()),
    }
}

const INITIALS: &[&str] = &["A", "B", "E", "H", "J", "L", "M", "P", "R", "V"];

const SYLLABLES: &[&str] = &[
    "Bin", "Chao", "Cong", "Dan", "Fang", "Guang", "Hai", "Hong", "Hui", "Jia", "Jian", "Jing",
    "Jun", "Kai", "Lei", "Liang", "Long", "Mei", "Min", "Ming", "Na", "Ning", "Peng", "Qing",
    "Rong", "Rui", "Shan", "Shu", "Tao", "Ting", "Wei", "Wen", "Xiang", "Xiao", "Xin", "Yan",
    "Yang", "Yi", "Ying", "Yong", "Yuan", "Yun", "Ze", "Zhao", "Zhen", "Zhi",
];

const CHINESE_FAMILIES: &[&str] = &[
    "Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Huang", "Zhao", "Wu", "Zhou", "Xu", "Sun", "Ma",
    "Zhu", "Hu", "Guo", "He", "Lin", "Gao", "Luo", "Zheng", "Liang", "Xie", "Song", "Tang", "Xu",
    "Han", "Feng", "Deng", "Cao", "Peng", "Zeng", "Xiao", "Tian", "Dong", "Pan", "Yuan", "Cai",
    "Jiang", "Yu", "Du", "Ye", "Cheng", "Wei", "Su", "Lu", "Ding", "Ren", "Yao", "Shen", "Zhong",
    "Cui", "Tan", "Fan", "Liao", "Shi", "Jin", "Jia", "Xia", "Fu", "Fang", "Zou", "Xiong", "Bai",
    "Meng", "Qin", "Qiu", "Hou", "Jiang", "Yin", "Xue", "Yan", "Lei", "Long", "Tao", "Shi", "Gu",
    "Mao", "Hao", "Gong", "Shao", "Wan", "Qian", "Dai", "Mo", "Kong", "Xiang", "Chang",
];

const GIVEN: &[&str] = &[
    "Conall", "Heiko", "Lisa", "Mohammed", "Rafał", "Giomara", "Américo", "Diana", "Andrew",
    "Matthew", "Mitchell", "Annibale", "Taha", "Vijay", "Tharindu", "Rodrigo", "Philip", "Theresa",
    "Oliver", "Marcel", "Peter", "Martin", "Kaisa", "Leslie", "Jeff", "Irina", "Renan", "Anna",
    "Sofia", "Elena", "Hannah", "Jürgen", "Søren", "Zoë", "Łukasz", "Ingrid", "Pavel", "Beatriz",
    "Kenji", "Yuki", "Hyunsoo", "Sangtae", "Fatima", "Omar", "Amara", "Jasper", "Nikolai", "Ewa",
];

const FAMILIES: &[&str] = &[
    "O'Sullivan",
    "Enderling",
    "Rossi",
    "Haddad",
    "Biedrzycki",
    "Lárraga",
    "Krajník",
    "Johnston",
    "Olsthoorn",
    "Panichella",
    "Chettibi",
    "Rathod",
    "Hewage",
    "Buyya",
    "Dames",
    "Noegel",
    "Sura",
    "Hoffmann",
    "Gulden",
    "Vossiek",
    "Miettinen",
    "Lambert",
    "Kramer",
    "Magee",
    "Favero",
    "Vivian",
    "Papadopoulos",
    "Sørensen",
    "Müller",
    "García",
    "Fernández",
    "Nowak",
    "Kowalski",
    "Ivanova",
    "Smirnov",
    "Novák",
    "Tanaka",
    "Sato",
    "Kwon",
    "Okafor",
    "Patel",
    "Sharma",
    "Gupta",
    "Singh",
    "Andersson",
    "Virtanen",
    "Dubois",
    "Moreau",
    "Schneider",
    "Weber",
    "Becker",
    "Costa",
    "Silva",
    "Oliveira",
    "Rodriguez",
    "Hernández",
    "Brown",
    "Wilson",
    "Taylor",
    "Harris",
    "Clarke",
    "Walker",
    "Hughes",
    "Edwards",
    "Green",
    "Wood",
    "Marun",
    "Scherer",
    "Levin",
    "Bongard",
    "Kriegman",
];

/// Particles before the family name, or with a capital as a part of it.
const PARTICLES: &[(Option<&str>, &str)] = &[
    (Some("van der"), "Vet"),
    (Some("van"), "Deursen"),
    (Some("de"), "Vries"),
    (Some("von"), "Ahlen"),
    (None, "Le Traon"),
    (None, "Le Gentil"),
    (None, "Brito e Abreu"),
];

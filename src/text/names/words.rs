//! The words that tell the parts of a Latin name: particles, suffixes, degrees, initials.

use crate::text::lengths::Lengths;

/// Particles that stand before a family name in lower case.
const PARTICLES: &[&str] = &[
    "van", "von", "vom", "zu", "zum", "zur", "und", "der", "den", "dem", "de", "del", "della",
    "dello", "dei", "degli", "delle", "di", "da", "dal", "dalla", "do", "dos", "das", "du", "des",
    "la", "le", "les", "las", "los", "lo", "ter", "ten", "te", "tot", "op", "in", "aan", "uit",
    "'t", "’t", "het", "bin", "ibn", "bint", "ben", "bar", "abu", "al", "el", "ul", "af", "av",
    "ould", "ap", "am", "san", "st", "st.", "d", "d'", "d’",
];

/// Particles that are part of the family name where they have a capital: `Le Traon`, `De Luca`.
const CAPITALS: &[&str] = &[
    "Van", "Von", "Vander", "Der", "Den", "De", "Del", "Della", "Dello", "Dei", "Degli", "Di",
    "Da", "Dal", "Dalla", "Dos", "Das", "Du", "Des", "La", "Le", "Las", "Los", "Ter", "Ten", "Al",
    "El", "St", "St.", "Saint", "Mac", "Mc", "Ibn", "Abu",
];

/// Particles that are written together with the name.
const ATTACHED: &[&str] = &[
    "al-", "el-", "as-", "ad-", "an-", "ar-", "ash-", "at-", "az-", "d'", "d’", "l'", "l’",
    "dell'", "dell’", "dall'", "dall’",
];

/// Words that join the two halves of a family name: `Brito e Abreu`, `Ramón y Cajal`.
const JOINERS: &[&str] = &["e", "y", "i"];

const SUFFIXES: &[&str] =
    &["Jr", "Jr.", "jr", "jr.", "Sr", "Sr.", "sr.", "II", "III", "IV", "2nd", "3rd", "4th"];

const DEGREES: &[&str] = &[
    "PhD", "Ph.D.", "Ph.D", "MD", "M.D.", "M.D", "MSc", "M.Sc.", "BSc", "B.Sc.", "MPH", "M.P.H.",
    "DPhil", "D.Phil.", "MBBS", "MBA", "DDS", "DVM", "PharmD", "Pharm.D.", "FRCP", "FACS", "DSc",
    "D.Sc.", "Esq.", "MEng", "EdD", "PsyD",
];

const TITLES: &[&str] = &["Dr", "Dr.", "Prof", "Prof.", "Professor", "Mr.", "Mrs.", "Ms.", "Sir"];

/// Family names from Vietnam; there `Van`, `Le` and `La` are names of their own.
const VIETNAMESE: &[&str] = &[
    "nguyen", "nguyễn", "tran", "trần", "le", "lê", "pham", "phạm", "hoang", "hoàng", "huynh",
    "phan", "vu", "vũ", "vo", "võ", "dang", "đặng", "bui", "bùi", "do", "đỗ", "ho", "hồ", "ngo",
    "ngô", "duong", "dương", "dinh", "đinh", "truong", "doan", "trinh", "dao", "mai",
];

/// Those of them that nobody else is called.
const SURELY_VIETNAMESE: &[&str] = &[
    "nguyen", "nguyễn", "tran", "trần", "lê", "pham", "phạm", "huynh", "huỳnh", "hoàng", "vũ",
    "võ", "đặng", "bùi", "đỗ", "ngô", "dương", "đinh", "trương", "trịnh",
];

/// Given names borne so often that one tells `Smith, John` from a list of two. Sorted.
const GIVEN: &[&str] = &[
    "adam",
    "alan",
    "albert",
    "alex",
    "alexander",
    "alice",
    "amy",
    "ana",
    "andrea",
    "andrew",
    "angela",
    "ann",
    "anna",
    "anne",
    "anthony",
    "antonio",
    "barbara",
    "ben",
    "benjamin",
    "brian",
    "carlos",
    "carol",
    "catherine",
    "charles",
    "chris",
    "christian",
    "christopher",
    "claudia",
    "daniel",
    "david",
    "deborah",
    "diana",
    "donald",
    "edward",
    "elena",
    "elizabeth",
    "emily",
    "emma",
    "eric",
    "eva",
    "francisco",
    "frank",
    "gary",
    "george",
    "hans",
    "helen",
    "henry",
    "ian",
    "jack",
    "james",
    "jan",
    "jane",
    "janet",
    "jason",
    "javier",
    "jean",
    "jeff",
    "jennifer",
    "jessica",
    "joan",
    "joao",
    "john",
    "jonathan",
    "jorge",
    "jose",
    "joseph",
    "josé",
    "juan",
    "julia",
    "karen",
    "kate",
    "kevin",
    "laura",
    "lawrence",
    "leslie",
    "linda",
    "lisa",
    "louis",
    "lucy",
    "luis",
    "manuel",
    "marco",
    "margaret",
    "maria",
    "marie",
    "mark",
    "martin",
    "mary",
    "matthew",
    "michael",
    "michelle",
    "miguel",
    "mohamed",
    "mohammad",
    "mohammed",
    "muhammad",
    "nancy",
    "nicholas",
    "nicolas",
    "olga",
    "pablo",
    "patricia",
    "patrick",
    "paul",
    "paula",
    "pedro",
    "peter",
    "philip",
    "pierre",
    "rachel",
    "rafael",
    "rebecca",
    "ricardo",
    "richard",
    "robert",
    "roger",
    "ronald",
    "rosa",
    "ryan",
    "samuel",
    "sandra",
    "sara",
    "sarah",
    "scott",
    "sergey",
    "sergio",
    "simon",
    "sofia",
    "stefan",
    "stephen",
    "steven",
    "susan",
    "thomas",
    "timothy",
    "victor",
    "vladimir",
    "walter",
    "william",
];

/// The words with a meaning of their own that begin with a letter.
static APART: Lengths = Lengths::of(&[SUFFIXES, DEGREES, TITLES, CAPITALS]);
static VIETNAMESE_LENGTHS: Lengths = Lengths::of(&[SURELY_VIETNAMESE]);

/// False for a word that begins with a letter of ASCII and is no suffix, degree, title or particle
/// with a capital.
pub fn may_be_apart(word: &str) -> bool {
    APART.may_hold(word) || !word.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// True for a particle in lower case.
pub fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// True for a particle that begins with a capital.
pub fn is_capital_particle(word: &str) -> bool {
    CAPITALS.contains(&word)
}

/// The length of a particle that a word begins with, where a name with a capital follows.
pub fn attached(word: &str) -> Option<usize> {
    let length = ATTACHED.iter().find(|particle| word.starts_with(*particle))?.len();
    word[length..].starts_with(char::is_uppercase).then_some(length)
}

/// True for the word between the halves of a family name.
pub fn is_joiner(word: &str) -> bool {
    JOINERS.contains(&word)
}

/// True for `Jr.`, `III` and the like.
pub fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&word)
}

/// True for a degree: `PhD`.
pub fn is_degree(word: &str) -> bool {
    DEGREES.contains(&word)
}

/// True for a title before a name: `Dr.`
pub fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

/// True for a family name from Vietnam.
pub fn is_vietnamese(word: &str) -> bool {
    VIETNAMESE.contains(&word.to_lowercase().as_str())
}

/// True for a family name from Vietnam that is no word of another language.
pub fn is_surely_vietnamese(word: &str) -> bool {
    match word.is_ascii() {
        true => {
            VIETNAMESE_LENGTHS.may_hold(word)
                && SURELY_VIETNAMESE.iter().any(|name| name.eq_ignore_ascii_case(word))
        }
        false => SURELY_VIETNAMESE.contains(&word.to_lowercase().as_str()),
    }
}

/// True for one of the most frequent given names.
pub fn is_given(word: &str) -> bool {
    GIVEN.binary_search(&word.to_lowercase().as_str()).is_ok()
}

/// True for initials with stops: `J.`, `J.A.`, `J.-P.`
pub fn is_dotted(word: &str) -> bool {
    let mut letter = false;
    for c in word.chars() {
        match c {
            '.' if letter => letter = false,
            '-' if !letter => {}
            c if c.is_uppercase() && !letter => letter = true,
            _ => return false,
        }
    }
    !letter && word.ends_with('.')
}

/// True for initials without stops: `J`, `JA`, `J-P`.
pub fn is_bare(word: &str) -> bool {
    let letters = word.chars().filter(|c| *c != '-').count();
    (1..=3).contains(&letters)
        && word.starts_with(char::is_uppercase)
        && word.ends_with(char::is_uppercase)
        && word.chars().all(|c| c.is_uppercase() || c == '-')
}

/// True for initials of either kind.
pub fn is_initials(word: &str) -> bool {
    is_dotted(word) || is_bare(word)
}

/// True for a word of two or more letters, all of them capitals.
pub fn is_capitals(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1
        && word.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '\'' | '’'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known() {
        assert!(GIVEN.is_sorted());
        for (word, dotted, bare) in [
            ("J.", true, false),
            ("J.A.", true, false),
            ("J.-P.", true, false),
            ("J", false, true),
            ("JA", false, true),
            ("J-P", false, true),
            ("Jo.", false, false),
            ("JABC", false, false),
            ("-", false, false),
            (".", false, false),
            ("", false, false),
            ("É.", true, false),
        ] {
            assert_eq!((is_dotted(word), is_bare(word)), (dotted, bare), "{word}");
        }
    }
}

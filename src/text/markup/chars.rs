//! The characters of a text: blanks, controls, invisible signs, full-width forms, NFC.

use std::borrow::Cow;

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc, is_nfc_quick};

use super::super::scan::{not_ascii, printable};
use super::super::script::{is_han, is_kana_or_hangul};
use super::draft::{Draft, Rewrite};
use crate::diagnostic::{Code, Finding};

/// Cleans the characters of a draft; marks stay on their words.
pub(super) fn clean(mut draft: Draft, findings: &mut Vec<Finding>) -> Draft {
    if let Some(cleaned) = tidy(&draft, findings) {
        draft = cleaned;
    }
    if !is_surely_nfc(&draft.text) && !is_nfc(&draft.text) {
        draft = compose(&draft).unwrap_or(draft);
    }
    draft
}

/// True for a text of characters that are left as they are, whatever stands beside them. It need not
/// know all of them: those of most texts are enough.
pub(super) fn all_stay(text: &str) -> bool {
    let (mut at, mut blank, mut chinese, mut wide) = (0, true, false, false);
    loop {
        at += printable(&text.as_bytes()[at..], blank);
        let mut chars = text[at..].chars();
        let Some(c) = chars.next() else { return !wide || chinese };
        match c {
            '\u{4E00}'..='\u{9FFF}' => chinese = true,
            // Punctuation that stays where there is Chinese, see `full_width`.
            '。' | '、' | '，' | '：' | '；' | '？' | '！' | '（' | '）' => wide = true,
            'À'..='ſ' | '°' | '±' | '·' | 'Α'..='Ρ' | 'Σ'..='Ω' | 'α'..='ω' => {}
            '–' | '—' | '‘' | '’' | '“' | '”' | '…' | '《' | '》' => {}
            _ => return false,
        }
        blank = false;
        at = text.len() - chars.as_str().len();
    }
}

/// True for a text of characters of which everybody knows that NFC leaves them alone: the table
/// need not be asked. UAX 15, section 9: none below U+0300 changes.
fn is_surely_nfc(text: &str) -> bool {
    let sure = |c| {
        matches!(c, '\u{80}'..='\u{2FF}' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3029}'
            | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}')
    };
    text.is_ascii() || not_ascii(text).all(sure)
}

/// A text without the characters that are left out wherever they stand.
pub(super) fn without_dropped(text: &str) -> Cow<'_, str> {
    match holds_dropped(text) {
        true => text.replace(is_dropped, "").into(),
        false => text.into(),
    }
}

/// True for a text with such a character in it. It is looked for by the bytes that they begin with, many
/// bytes at once.
fn holds_dropped(text: &str) -> bool {
    const AT_ONCE: usize = 64;
    let first =
        |b: &u8| matches!(b, 0..=0x08 | 0x0E..=0x1F | 0x7F | 0xC2 | 0xD8 | 0xE1 | 0xE2 | 0xEF);
    text.as_bytes().chunks(AT_ONCE).enumerate().any(|(chunk, bytes)| {
        let mut firsts = bytes.iter().enumerate().filter(|(_, b)| first(b)).map(|(at, _)| at);
        bytes.iter().fold(false, |found, b| found | first(b))
            && firsts.any(|at| text[chunk * AT_ONCE + at..].starts_with(is_dropped))
    })
}

/// True for a character that is left out wherever it stands.
fn is_dropped(c: char) -> bool {
    match c {
        '\t'..='\r' => false,
        '\0'..='\u{1F}' | '\u{7F}' => true,
        // Soft hyphen, zero width, marks of direction, byte order, old format characters.
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' => true,
        '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' => true,
        _ => false,
    }
}

/// What becomes of a character.
enum Fate {
    Keep,
    Blank,
    Drop,
    Become(&'static str),
    /// The ASCII character for a full-width one, and whether it needs a blank before or after.
    Ascii(char, bool, bool),
    /// The source lost it already, or it is no character.
    Broken(&'static str),
}

fn tidy(draft: &Draft, findings: &mut Vec<Finding>) -> Option<Draft> {
    let text = draft.text.as_str();
    let east_asian = !text.is_ascii() && not_ascii(text).any(|c| is_han(c) || is_kana_or_hangul(c));
    let mut rewrite = Rewrite::new(text);
    let mut state = State { last: None, east_asian, broken: None };
    let mut at = 0;
    loop {
        // Printable ASCII with single blanks is kept, and is nearly all there is.
        let kept = printable(&text.as_bytes()[at..], matches!(state.last, None | Some(' ')));
        if kept > 0 {
            at += kept;
            state.last = Some(char::from(text.as_bytes()[at - 1]));
        }
        // So are the Chinese characters of nearly every text.
        let mut chars = text[at..].chars();
        let mut next = chars.next();
        while let Some(c @ '\u{4E00}'..='\u{9FFF}') = next {
            at += c.len_utf8();
            state.last = Some(c);
            next = chars.next();
        }
        let Some(c) = next else { break };
        let fate = state.fate(c, chars.next());
        state.carry_out(fate, c, at, &mut rewrite);
        at += c.len_utf8();
    }
    // The first is told; one broken character seldom comes alone.
    findings.extend(state.broken.map(|(c, done)| {
        Finding::new(Code::CharacterBroken, format!("U+{:04X}", u32::from(c)), done)
    }));
    rewrite.finish(&draft.marks)
}

const KEPT: &str = "kept; the source has lost a character here";
const LEFT_OUT: &str = "left out";

struct State {
    /// The last character that was put out; `None` at the start.
    last: Option<char>,
    east_asian: bool,
    /// The first broken character, and what was done about it.
    broken: Option<(char, &'static str)>,
}

impl State {
    /// Does with the character at `at` what was decided.
    fn carry_out(&mut self, fate: Fate, c: char, at: usize, rewrite: &mut Rewrite) {
        let here = at..at + c.len_utf8();
        let blank_before = matches!(self.last, None | Some(' '));
        match fate {
            Fate::Keep => self.last = Some(c),
            Fate::Drop => rewrite.replace(here, ""),
            Fate::Blank if blank_before => rewrite.replace(here, ""),
            Fate::Blank => {
                self.last = Some(' ');
                if c != ' ' {
                    rewrite.replace(here, " ");
                }
            }
            Fate::Become(other) => {
                self.last = other.chars().next_back();
                rewrite.replace(here, other);
            }
            Fate::Ascii(c, before, after) => {
                let before = if before && !blank_before { " " } else { "" };
                let after = if after { " " } else { "" };
                rewrite.replace(here, &format!("{before}{c}{after}"));
                self.last = Some(if after.is_empty() { c } else { ' ' });
            }
            Fate::Broken(done) => {
                self.broken.get_or_insert((c, done));
                if done == KEPT {
                    self.last = Some(c);
                } else {
                    rewrite.replace(here, "");
                }
            }
        }
    }

    fn fate(&self, c: char, next: Option<char>) -> Fate {
        match c {
            '!'..='~' => Fate::Keep,
            '\t'..='\r' | '\u{85}' => Fate::Blank,
            _ if is_dropped(c) => Fate::Drop,
            // Windows-1252 that was taken for Latin-1, as the HTML standard reads it.
            '\u{80}'..='\u{9F}' => windows(c).map_or(Fate::Drop, Fate::Become),
            _ if c.is_whitespace() => Fate::Blank,
            '\u{E0000}'..='\u{E007F}' => self.joined(is_flag(self.last)),
            '\u{200C}' | '\u{200D}' => self.joined(joins(self.last) && joins(next)),
            '\u{2010}' | '\u{2011}' => Fate::Become("-"),
            '\u{FB00}'..='\u{FB06}' => Fate::Become(ligature(c)),
            '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' => Fate::Broken(KEPT),
            '\u{FDD0}'..='\u{FDEF}' => Fate::Broken(LEFT_OUT),
            _ if u32::from(c) & 0xFFFE == 0xFFFE => Fate::Broken(LEFT_OUT),
            _ if self.last.is_none() && is_combining_mark(c) => Fate::Broken(LEFT_OUT),
            '。' | '、' | '\u{FF01}'..='\u{FF5E}' => self.full_width(c, next),
            _ => Fate::Keep,
        }
    }

    fn joined(&self, meant: bool) -> Fate {
        if meant { Fate::Keep } else { Fate::Drop }
    }

    /// Letters and digits have no meaning of their own in full width; punctuation belongs to
    /// East Asian text and becomes ASCII only where there is none.
    fn full_width(&self, c: char, next: Option<char>) -> Fate {
        let ascii = match c {
            '。' => '.',
            '、' => ',',
            _ => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        };
        if ascii.is_ascii_alphanumeric() {
            return Fate::Ascii(ascii, false, false);
        }
        if self.east_asian {
            return Fate::Keep;
        }
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
        let between_digits = digit(self.last) && digit(next);
        match ascii {
            ',' | ';' | ':' | '.' | '!' | '?' => {
                Fate::Ascii(ascii, false, word(next) && !between_digits)
            }
            '(' | '[' => Fate::Ascii(ascii, word(self.last), false),
            ')' | ']' => Fate::Ascii(ascii, false, word(next)),
            _ => Fate::Ascii(ascii, false, false),
        }
    }
}

/// The characters of Windows-1252 where Latin-1 has controls.
fn windows(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{80}' => "€",
        '\u{82}' => "‚",
        '\u{84}' => "„",
        '\u{8A}' => "Š",
        '\u{8C}' => "Œ",
        '\u{8E}' => "Ž",
        '\u{91}' => "‘",
        '\u{92}' => "’",
        '\u{93}' => "“",
        '\u{94}' => "”",
        '\u{95}' => "•",
        '\u{96}' => "–",
        '\u{97}' => "—",
        '\u{99}' => "™",
        '\u{9A}' => "š",
        '\u{9C}' => "œ",
        '\u{9E}' => "ž",
        '\u{9F}' => "Ÿ",
        _ => return None,
    })
}

fn ligature(c: char) -> &'static str {
    ["ff", "fi", "fl", "ffi", "ffl", "st", "st"][(u32::from(c) - 0xFB00) as usize % 7]
}

/// True after the black flag or another tag: the flags of England, Scotland and Wales.
fn is_flag(last: Option<char>) -> bool {
    last.is_some_and(|c| c == '\u{1F3F4}' || ('\u{E0020}'..='\u{E007F}').contains(&c))
}

/// True for what joiners stand between: Arabic to Myanmar, Khmer, Mongolian, and emoji.
fn joins(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        matches!(c, '\u{620}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{2600}'..='\u{27BF}'
            | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
    })
}

/// NFC, stretch by stretch, so that marks stay where they are.
fn compose(draft: &Draft) -> Option<Draft> {
    let text = draft.text.as_str();
    let mut rewrite = Rewrite::new(text);
    let mut start = 0;
    let ends = text.char_indices().skip(1).filter(|&(_, c)| is_stable(c)).map(|(at, _)| at);
    for end in ends.chain([text.len()]) {
        let stretch = &text[start..end];
        if !is_nfc(stretch) {
            rewrite.replace(start..end, &stretch.nfc().collect::<String>());
        }
        start = end;
    }
    rewrite.finish(&draft.marks)
}

/// True where NFC never joins a character to what stands before it (UAX 15, section 9.1).
fn is_stable(c: char) -> bool {
    canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_that_is_dropped_begins_with_a_byte_that_is_looked_for() {
        let dropped = (char::MIN..=char::MAX).filter(|c| is_dropped(*c));
        assert!(dropped.clone().count() > 40);
        for length in [0, 61, 64, 200] {
            let before = "–".repeat(length / 3) + &"a".repeat(length % 3);
            assert!(!holds_dropped(&format!("{before}镁 and é: \t\n\r~—“")));
            assert!(dropped.clone().all(|c| holds_dropped(&format!("{before}{c}a"))));
        }
    }

    #[test]
    fn characters() {
        for (text, expected, found) in [
            ("plain text", "plain text", false),
            ("  a\t\nb\u{A0}\u{2009}c\u{3000}d ", "a b c d ", false),
            ("a\0\u{1}b\u{7F}", "ab", false),
            ("it\u{92}s", "it’s", false),
            ("soft\u{AD}ware \u{200B}\u{FEFF}x\u{200E}", "software x", false),
            ("Model\u{2010}based", "Model-based", false),
            ("e\u{301}te\u{301}", "été", false),
            ("\u{301}a", "a", true),
            ("a\u{FFFD}b", "a\u{FFFD}b", true),
            ("a\u{FFFE}b", "ab", true),
            ("a\u{2028}b", "a b", false),
            ("Ｄeep（ＤＬ）for，１：２", "Deep (DL) for, 1:2", false),
            ("中文，（ＣＯ２）：文", "中文，（CO2）：文", false),
            ("中文\u{3000}中文", "中文 中文", false),
            ("ﬁrst eﬃcient", "first efficient", false),
            ("क\u{94D}\u{200D}ष", "क\u{94D}\u{200D}ष", false),
            ("a\u{200D}b", "ab", false),
            ("👩\u{200D}🔬", "👩\u{200D}🔬", false),
            ("\u{1112}\u{1161}\u{11AB}", "한", false),
        ] {
            let mut findings = Vec::new();
            let cleaned = clean(Draft::plain(text), &mut findings);
            assert_eq!(cleaned.text, expected, "{text:?}");
            assert_eq!(!findings.is_empty(), found, "{text:?}");
        }
    }

    #[test]
    fn what_stays_is_left_alone() {
        let stays = |c: &char| all_stay(&format!("{c}镁"));
        let mut count = 0;
        for c in ('\0'..=char::MAX).filter(stays) {
            for text in
                [format!("{c}镁"), format!("镁{c}镁"), format!("x {c} {c}"), format!("镁{c}")]
            {
                if all_stay(&text) {
                    count += 1;
                    let (mut findings, draft) = (Vec::new(), Draft::plain(text.as_str()));
                    assert_eq!(clean(draft, &mut findings).text, text);
                    assert!(findings.is_empty(), "{text}");
                }
            }
        }
        assert!(count > 60_000, "{count}");
        for text in ["a  b", " a", "a，b", "e\u{301}", "a\u{A0}b", "\u{AD}", "镁\0"] {
            assert!(!all_stay(text), "{text:?}");
        }
    }

    #[test]
    fn what_is_surely_nfc_is_nfc() {
        for c in ('\0'..=char::MAX).filter(|c| is_surely_nfc(&c.to_string())) {
            assert!(is_stable(c) && is_nfc(&c.to_string()), "{c:?}");
        }
        assert!(!is_surely_nfc("e\u{301}"));
    }

    #[test]
    fn every_ligature_has_its_letters() {
        let all: String = ('\u{FB00}'..='\u{FB06}').map(ligature).collect();
        assert_eq!(all, "fffiflffifflstst");
    }
}

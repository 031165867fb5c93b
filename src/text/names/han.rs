//! Names in Chinese characters, alone or beside their Latin form.

use super::{Hints, clean::mark, latin, organisation};
use crate::diagnostic::{Code, Finding};
use crate::model::{Name, Script};
use crate::text::pinyin::{self, Overrides};
use crate::text::script::{has_han, is_han};
use crate::text::surnames;

/// What stands behind a name in the catalogues of libraries: author, editor, translator.
const ROLES: &[&str] = &["著", "编", "主编", "编著", "译", "编译", "校", "著者", "译者", "编者"];

/// The signs that are written for the dot between the parts of a foreign name.
const DOTS: [char; 7] = ['·', '•', '・', '‧', '∙', '⋅', '･'];

/// A name that holds at least one Chinese character.
pub fn name(text: &str, hints: Hints, findings: &mut Vec<Finding>) -> Name {
    let text = without_role(without_country(text, findings), findings);
    if text.chars().any(|c| c.is_alphabetic() && !is_han(c))
        && let Some(name) = two_forms(text, hints, findings)
    {
        return name;
    }
    person(text, findings)
}

/// The name without the country that Chinese books put before it: `[美] 约翰·史密斯`.
fn without_country<'a>(text: &'a str, findings: &mut Vec<Finding>) -> &'a str {
    let end = match text.chars().next() {
        Some('[' | '(' | '【' | '〔') => text.find([']', ')', '】', '〕']),
        _ => None,
    };
    let Some(end) = end else { return text };
    let (country, rest) = text.split_at(end);
    let rest = rest.trim_start_matches([']', ')', '】', '〕', ' ']);
    if !has_han(rest) || !(2..=4).contains(&country.chars().count()) || !has_han(country) {
        return text;
    }
    findings.push(mark(country));
    rest
}

/// The name without the role that stands behind a blank: `张三 主编`.
fn without_role<'a>(text: &'a str, findings: &mut Vec<Finding>) -> &'a str {
    match text.rsplit_once(' ') {
        // `张 校` is a name.
        Some((name, role)) if ROLES.contains(&role) && name.chars().count() > 1 => {
            findings.push(mark(role));
            name.trim_end()
        }
        _ => text,
    }
}

/// `张三 (Zhang San)`: one name in two forms, the Chinese one first. `None` where the text is not
/// just that.
fn two_forms(text: &str, hints: Hints, findings: &mut Vec<Finding>) -> Option<Name> {
    let first = text.find(is_han)?;
    let last = text.rfind(is_han)?;
    let end = last + text[last..].chars().next()?.len_utf8();
    let outer = [' ', '(', ')', '/', '[', ']', '|', ','];
    let chinese = text[first..end].trim_matches(outer);
    let (before, after) = (text[..first].trim_matches(outer), text[end..].trim_matches(outer));
    let latin = if before.is_empty() { after } else { before };
    let inner = chinese.chars().all(|c| is_han(c) || c == ' ' || DOTS.contains(&c));
    let words =
        latin.split(' ').filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1);
    if !inner || (!before.is_empty() && !after.is_empty()) || words.count() < 2 {
        return None;
    }
    if organisation::is_organisation(chinese) || organisation::is_organisation(latin) {
        let other = Some(Box::new(Name::whole(latin)));
        return Some(Name { other, ..Name::whole(chinese) });
    }
    let main = person(chinese, findings);
    let other = Some(Box::new(latin_form(latin, &main, hints, findings)));
    Some(Name { other, ..main })
}

/// The Latin form of a name; the Chinese one tells which end the family name stands at.
fn latin_form(text: &str, main: &Name, hints: Hints, findings: &mut Vec<Finding>) -> Name {
    if let Some((family, given)) = text.split_once(',') {
        return latin::last_first(family, given);
    }
    let reading = pinyin::surname(&main.family, &Overrides::default());
    let same = |word: &str| pinyin::surname(word, &Overrides::default()) == reading;
    match text.split_once(' ') {
        Some((family, given)) if same(family) && !given.rsplit(' ').next().is_some_and(same) => {
            latin::last_first(&latin::title_case(family), given)
        }
        _ => latin::first_last(text, hints, findings),
    }
}

/// A person's name in Chinese characters.
fn person(text: &str, findings: &mut Vec<Finding>) -> Name {
    if text.contains(DOTS) {
        return dotted(text);
    }
    if let Some((family, given)) = text.split_once(' ') {
        let given = given.replace(' ', "");
        let few = given.chars().count() <= 3 && text.split(' ').count() <= 3;
        let alone = family.chars().count() == 1 || surnames::compound(family) == Some(family);
        if alone && few && given.chars().all(is_han) {
            return split(family, &given);
        }
    }
    match family_end(text) {
        Some(end) => split(&text[..end], &text[end..]),
        None => {
            findings.push(Finding::new(
                Code::AuthorsGuessed,
                text,
                "kept whole: no surname was found in it",
            ));
            unsplit(text.to_owned())
        }
    }
}

fn split(family: &str, given: &str) -> Name {
    let given = Some(given.to_owned());
    Name { script: Script::Han, family: family.to_owned(), given, ..Name::default() }
}

fn unsplit(family: String) -> Name {
    Name { script: Script::Han, family, ..Name::default() }
}

/// A name of parts that are not surname and given name: kept whole, the dot as U+00B7.
fn dotted(text: &str) -> Name {
    let parts: Vec<&str> =
        text.split(DOTS).map(str::trim).filter(|part| !part.is_empty()).collect();
    unsplit(parts.join("·"))
}

/// Where the surname ends in two to four Chinese characters without a blank.
fn family_end(name: &str) -> Option<usize> {
    let mut ends = [0; 4];
    let mut count = 0;
    for (start, c) in name.char_indices() {
        if !is_han(c) || count == 4 {
            return None;
        }
        ends[count] = start + c.len_utf8();
        count += 1;
    }
    let compound = surnames::compound(name).is_some();
    let mut common = name.chars().map(surnames::is_common);
    let single = name.chars().next().is_some_and(surnames::is_single);
    match count {
        3 | 4 if compound => Some(ends[1]),
        // Rare surnames are many; names without a surname (Tibetan ones) of this length are few,
        // but those would be taken apart in silence.
        2 | 3 if single => Some(ends[0]),
        // 陈方安生: the husband's surname, then her own.
        4 if common.next() == Some(true) && common.next() == Some(true) => Some(ends[1]),
        _ => None,
    }
}

/// True for two to four Chinese characters that begin with a surname and hold more than it.
pub fn is_plausible(text: &str) -> bool {
    surnames::compound(text) != Some(text) && family_end(text).is_some()
}

/// The people in `张三和李四` and `张三 李四`; the text itself where it is one name.
pub fn people(text: &str) -> Vec<&str> {
    let spaced: Vec<&str> = text.split(' ').filter(|part| !part.is_empty()).collect();
    if spaced.len() > 1 && spaced.iter().all(|part| is_plausible(part)) {
        return spaced;
    }
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((left, right)) = conjunction(rest) {
        found.push(left);
        rest = right;
    }
    found.push(rest);
    found
}

/// The text on both sides of the first 和 or 与 that parts two names or two organisations.
fn conjunction(text: &str) -> Option<(&str, &str)> {
    let organisation = organisation::is_organisation(text);
    // 信息与通信工程学院: what ends as an organisation is one, unless its beginning is another.
    let named =
        |part: &str| organisation::is_organisation(part) || (!organisation && is_plausible(part));
    // Nothing that is named is longer: this bounds the work on long text.
    text.char_indices().take(40).filter(|(_, c)| matches!(c, '和' | '与' | '與')).find_map(
        |(at, c)| {
            let (left, right) = (text[..at].trim(), text[at + c.len_utf8()..].trim());
            let next = right.split(['和', '与', '與']).next().unwrap_or("").trim();
            (named(left) && (named(next) || named(right))).then_some((left, right))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> String {
        let name = name(text, Hints::default(), &mut Vec::new());
        let other = name
            .other
            .map_or(String::new(), |o| format!(" = {}/{}", o.given.unwrap_or_default(), o.family));
        format!("{}/{}{other}", name.family, name.given.unwrap_or_default())
    }

    #[test]
    fn surnames_are_found() {
        for (text, expected) in [
            ("张三", "张/三"),
            ("張敏莉", "張/敏莉"),
            ("欧阳修", "欧阳/修"),
            ("欧阳修文", "欧阳/修文"),
            ("东方", "东/方"),
            ("东方朔", "东方/朔"),
            ("陈方安生", "陈方/安生"),
            ("田中太郎", "田中太郎/"),
            ("买买提·吐尔逊", "买买提·吐尔逊/"),
            ("买买提 • 吐尔逊", "买买提·吐尔逊/"),
            ("张 三", "张/三"),
            ("张 三 丰", "张/三丰"),
            ("欧阳 修", "欧阳/修"),
            ("张 伟 王 芳", "张 伟 王 芳/"),
            ("[美] 约翰·史密斯", "约翰·史密斯/"),
            ("张三 主编", "张/三"),
            ("张 校", "张/校"),
            ("张三 (Zhang San)", "张/三 = San/Zhang"),
            ("(, Zhang San) 张三", "张/三 = San/Zhang"),
            ("Zhang San (张三)", "张/三 = San/Zhang"),
            ("San Zhang 张三", "张/三 = San/Zhang"),
            ("张敏莉 ZHANG Min-li", "张/敏莉 = Min-li/Zhang"),
            ("张三 Zhang, San", "张/三 = San/Zhang"),
            ("陈大文 (Tai Man Chan)", "陈/大文 = Tai Man/Chan"),
            ("J.K.罗琳", "J.K.罗琳/"),
            ("张", "张/"),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn conjunctions_part_names_only() {
        for (text, expected) in [
            ("张三和李四", "张三|李四"),
            ("李和平和王五", "李和平|王五"),
            ("张和平", "张和平"),
            ("欧阳和平", "欧阳和平"),
            ("张三与李四和王五", "张三|李四|王五"),
            ("教育部和财政部", "教育部|财政部"),
            ("信息与通信工程学院", "信息与通信工程学院"),
            ("张三 李四", "张三|李四"),
            ("欧阳 修文", "欧阳 修文"),
            ("张 三", "张 三"),
        ] {
            assert_eq!(people(text).join("|"), expected, "{text}");
        }
    }
}

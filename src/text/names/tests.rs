use proptest::prelude::*;

use super::*;
use crate::model::Script;
use crate::text::script::is_han;

/// A name as `given|prefix family|suffix`; `[whole]`; `family/given` in Chinese.
fn show(name: &Name) -> String {
    let other = name.other.as_deref().map_or(String::new(), |other| format!(" = {}", show(other)));
    let given = name.given.as_deref().unwrap_or("");
    let own = match name.script {
        Script::Whole => format!("[{}]", name.family),
        Script::Han => format!("{}/{given}", name.family),
        Script::Latin => match &name.suffix {
            Some(suffix) => format!("{given}|{}|{suffix}", name.full_family()),
            None => format!("{given}|{}", name.full_family()),
        },
    };
    own + &other
}

fn shown(authors: &Authors) -> String {
    let names: Vec<String> = authors.names.iter().map(show).collect();
    names.join("; ") + if authors.more { " ++" } else { "" }
}

fn codes(authors: &Authors) -> String {
    let words: Vec<&str> = authors.findings.iter().map(|finding| finding.code.word()).collect();
    words.join(" ")
}

#[test]
fn lists_are_split() {
    for (text, expected, findings) in [
        // as the source has them
        ("Bo Yu, T. Mak, Xiangyu Li", "Bo|Yu; T.|Mak; Xiangyu|Li", ""),
        ("Xiao Jia;Xiaotian Pan;Kun Liang", "Xiao|Jia; Xiaotian|Pan; Kun|Liang", ""),
        ("Heiko Enderling,&nbsp;Olaf Wolkenhauer", "Heiko|Enderling; Olaf|Wolkenhauer", ""),
        ("Min Li ,&nbsp;Na Li ,&nbsp;Zhen Wu", "Min|Li; Na|Li; Zhen|Wu", ""),
        ("Leslie Lamport", "Leslie|Lamport", ""),
        ("Américo Rio, Fernando Brito e Abreu", "Américo|Rio; Fernando|Brito e Abreu", ""),
        ("Siyu Jiang, Yuwen Chen, Le Ma", "Siyu|Jiang; Yuwen|Chen; Le|Ma", ""),
        ("Yves Le Traon, Freek van der Vet", "Yves|Le Traon; Freek|van der Vet", ""),
        ("Jian-tao Zhou,&nbsp;Conall O&#39;Sullivan", "Jian-tao|Zhou; Conall|O'Sullivan", ""),
        // other separators
        ("A. Smith and B. Jones", "A.|Smith; B.|Jones", ""),
        ("A. Smith, B. Jones, and C. Doe", "A.|Smith; B.|Jones; C.|Doe", ""),
        ("A. Smith &amp; B. Jones", "A.|Smith; B.|Jones", ""),
        ("Bo Yu\nT. Mak\n", "Bo|Yu; T.|Mak", ""),
        ("Bo Yu,\n  T. Mak", "Bo|Yu; T.|Mak", ""),
        ("Bo Yu\tT. Mak", "Bo|Yu; T.|Mak", ""),
        ("Bo Yu;\nT. Mak;", "Bo|Yu; T.|Mak", ""),
        ("Bo Yu • T. Mak", "Bo|Yu; T.|Mak", ""),
        ("Bo Yu | T. Mak", "Bo|Yu; T.|Mak", ""),
        (",, Bo Yu, ,T. Mak,", "Bo|Yu; T.|Mak", ""),
        ("Bo Yu, T. Mak; Xiangyu Li", "Bo|Yu; T.|Mak; Xiangyu|Li", ""),
        ("Bo Yu, Bo Yu", "Bo|Yu; Bo|Yu", ""),
        ("", "", ""),
        ("&nbsp;", "", ""),
        ("Bo Yu, T. Mak and", "Bo|Yu; T.|Mak", ""),
        ("1. John Smith, 2. Jane Doe", "John|Smith; Jane|Doe", "author-mark author-mark"),
        ("김민수, 이영희", "|김민수; |이영희", ""),
        ("Smith John A, Doe Jane B", "A|Smith John; B|Doe Jane", "authors-guessed authors-guessed"),
        ("Jane Doe MD, Bo Yu", "Jane|Doe; Bo|Yu", "author-mark"),
        // last names first
        ("Zhang, San; Li, Si", "San|Zhang; Si|Li", ""),
        ("Smith, John and Doe, Jane", "John|Smith; Jane|Doe", ""),
        (
            "Garcia Lopez, Juan and Perez Ruiz, Ana Maria",
            "Juan|Garcia Lopez; Ana Maria|Perez Ruiz",
            "",
        ),
        ("Bo Yu, T. Mak and Xiangyu Li", "Bo|Yu; T.|Mak; Xiangyu|Li", ""),
        ("Smith, Chas., Doe, Jane A.", "Chas.|Smith; Jane A.|Doe", ""),
        ("Bo Yu, Acme Inc.", "Bo|Yu; [Acme Inc.]", "organisation"),
        ("Smith, John A. and Doe, Jane B.", "John A.|Smith; Jane B.|Doe", ""),
        ("Smith, J., Doe, J. A.", "J.|Smith; J. A.|Doe", ""),
        ("Smith, J., Doe, J. A., and Roe, B.", "J.|Smith; J. A.|Doe; B.|Roe", ""),
        ("Smith, J., & Doe, J. A.", "J.|Smith; J. A.|Doe", ""),
        ("Smith, John", "John|Smith", "authors-guessed"),
        ("Smith, John, and Jane Doe", "John|Smith; Jane|Doe", "authors-guessed"),
        ("Smith JA, Doe B", "JA|Smith; B|Doe", ""),
        ("van der Vet, Freek; Le Traon, Yves", "Freek|van der Vet; Yves|Le Traon", ""),
        ("ZHANG Min-li, LI Na, WU Bo", "Min-li|Zhang; Na|Li; Bo|Wu", ""),
        ("JOHN SMITH, JANE DOE", "JOHN|SMITH; JANE|DOE", ""),
        // suffixes, degrees, marks
        ("John Smith, Jr., Jane Doe", "John|Smith|Jr.; Jane|Doe", ""),
        ("Smith, John, Jr.; Doe, Jane", "John|Smith|Jr.; Jane|Doe", ""),
        ("Smith, Jr., John; Doe, Jane", "John|Smith|Jr.; Jane|Doe", ""),
        ("John Smith III, Jane Doe", "John|Smith|III; Jane|Doe", ""),
        ("John Smith, MD, PhD, Jane Doe", "John|Smith; Jane|Doe", "author-mark author-mark"),
        ("Bo Yu<sup>1,2</sup>, T. Mak<sup>*</sup>", "Bo|Yu; T.|Mak", "author-mark author-mark"),
        ("张三1,2,李四*", "张/三; 李/四", "author-mark author-mark author-mark"),
        ("Bo Yu, T. Mak.", "Bo|Yu; T.|Mak", ""),
        ("Bo Yu, Xiangyu Zhang.", "Bo|Yu; Xiangyu|Zhang", ""),
        // more authors
        ("Bo Yu, T. Mak, et al.", "Bo|Yu; T.|Mak ++", ""),
        ("Smith J et al", "J|Smith ++", ""),
        ("Smith, J., et al.", "J.|Smith ++", ""),
        ("Bo Yu and others", "Bo|Yu ++", ""),
        ("Bo Yu, T. Mak & others", "Bo|Yu; T.|Mak ++", ""),
        ("Bo Yu, T. Mak, ...", "Bo|Yu; T.|Mak ++", ""),
        ("Bo Yu, T. Mak…", "Bo|Yu; T.|Mak ++", ""),
        ("张三、李四等", "张/三; 李/四 ++", ""),
        ("张三,李四,等", "张/三; 李/四 ++", ""),
        ("张三等人", "张/三 ++", ""),
        ("李等", "李/等", ""),
        ("et al.", " ++", ""),
        // Chinese
        ("张三,李四;王五", "张/三; 李/四; 王/五", ""),
        ("张三，李四、欧阳修", "张/三; 李/四; 欧阳/修", ""),
        ("张三；李四", "张/三; 李/四", ""),
        ("张三和李四", "张/三; 李/四", ""),
        ("张三、李四和张和平", "张/三; 李/四; 张/和平", ""),
        ("张三、和李四", "张/三; 李/四", ""),
        ("和平、张三", "和/平; 张/三", ""),
        ("张 三, 欧阳 修", "张/三; 欧阳/修", ""),
        ("张三 李四", "张/三; 李/四", ""),
        ("买买提·吐尔逊, 张三", "买买提·吐尔逊/; 张/三", ""),
        ("张三 (Zhang San), 李四 (Li Si)", "张/三 = San|Zhang; 李/四 = Si|Li", ""),
        ("张三 (Zhang, San)", "张/三 = San|Zhang", ""),
        // organisations
        ("World Health Organization", "[World Health Organization]", "organisation"),
        ("Barnes and Noble, Inc.", "[Barnes and Noble, Inc.]", "organisation"),
        ("Jane Doe and Acme, Inc.", "Jane|Doe; [Acme, Inc.]", "organisation"),
        (
            "Bo Yu, on behalf of the X Study Group",
            "Bo|Yu; [X Study Group]",
            "author-mark organisation",
        ),
        (
            "Bo Yu on behalf of the X Study Group",
            "Bo|Yu; [X Study Group]",
            "author-mark organisation",
        ),
        (
            "Centers for Disease Control and Prevention, Bo Yu",
            "[Centers for Disease Control and Prevention]; Bo|Yu",
            "organisation",
        ),
        (
            "Bo Yu and World Health Organization",
            "Bo|Yu; [World Health Organization]",
            "organisation",
        ),
        ("张三,中国科学院计算技术研究所", "张/三; [中国科学院计算技术研究所]", "organisation"),
        (
            "International Business Machines, Bo Yu",
            "[International Business Machines]; Bo|Yu",
            "organisation",
        ),
        // family names first, in the order of the East
        ("Zhang Minli, Yi Shihe", "Minli|Zhang; Shihe|Yi", "authors-guessed authors-guessed"),
        ("Zhang Minli, Wang Fang", "Minli|Zhang; Fang|Wang", "authors-guessed authors-guessed"),
        ("Zhang Minli, Bo Yu", "Minli|Zhang; Bo|Yu", "authors-guessed"),
        ("Li Na, Wu Bo", "Li|Na; Wu|Bo", ""),
        ("Nguyen Van Hung, Jane Doe", "Van Hung|Nguyen; Jane|Doe", "authors-guessed"),
        // neither names nor parts of names
        ("Bo Yu, bo.yu@example.org, T. Mak", "Bo|Yu; T.|Mak", "author-mark"),
        ("Bo Yu, 0000-0002-1825-0097; T. Mak", "Bo|Yu; T.|Mak", "author-mark"),
        (
            "Bo Yu (bo@yu.org), T. Mak (ORCID: 0000-0002-1825-0097)",
            "Bo|Yu; T.|Mak",
            "author-mark author-mark",
        ),
        ("St. John, Mary", "Mary|St. John", ""),
        ("12", "[12]", "authors-guessed"),
        ("bo@yu.org", "", "author-mark"),
        // several lists in one
        (
            "Bo Yu, T. Mak;Xiangyu Li ,&nbsp;Fei Xia and C. Poon",
            "Bo|Yu; T.|Mak; Xiangyu|Li; Fei|Xia; C.|Poon",
            "",
        ),
        (
            "García Márquez, Gabriel José; Vargas Llosa, Mario",
            "Gabriel José|García Márquez; Mario|Vargas Llosa",
            "authors-guessed",
        ),
        // one word, and nothing known
        ("Plato", "|Plato", ""),
        ("Suhartono, Dedy Prastyo", "|Suhartono; Dedy|Prastyo", "authors-guessed"),
        ("Jane (Smith)", "[Jane (Smith)]", "authors-guessed"),
    ] {
        let authors = split_authors(text);
        assert_eq!(shown(&authors), expected, "{text}");
        assert_eq!(codes(&authors), findings, "{text}");
    }
}

#[test]
fn one_name_is_read_alone() {
    for (text, expected) in [
        ("Smith, John", "John|Smith"),
        ("van der Vet, Freek", "Freek|van der Vet"),
        ("Smith, John, Jr.", "John|Smith|Jr."),
        ("John Smith, Jr.", "John|Smith|Jr."),
        ("Bo Yu", "Bo|Yu"),
        ("Min&nbsp;Li", "Min|Li"),
        ("张三", "张/三"),
        ("Acme, Inc.", "[Acme, Inc.]"),
        ("on behalf of the X Study Group", "[X Study Group]"),
        (
            "Department of Health, Education, and Welfare",
            "[Department of Health, Education, and Welfare]",
        ),
        ("", "[]"),
    ] {
        assert_eq!(show(&name(text)), expected, "{text}");
    }
    assert!(one_author("et al.").more && one_author("et al.").names.is_empty());
}

/// The letters of all names, in order of the alphabet.
fn letters(authors: &Authors) -> Vec<char> {
    let mut found = Vec::new();
    let mut names: Vec<&Name> = authors.names.iter().collect();
    while let Some(name) = names.pop() {
        found.extend(
            name.display().chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase),
        );
        names.extend(name.other.as_deref());
    }
    found.sort_unstable();
    found
}

fn person() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "Bo Yu",
        "T. Mak",
        "Freek van der Vet",
        "Yves Le Traon",
        "A. V. Smirnov",
        "张三",
        "欧阳修",
        "Smith",
        "Smith JA",
        "J.",
        "ZHANG Min-li",
        "Fernando Brito e Abreu",
        "Ahmed al-Rashid",
        "买买提·吐尔逊",
        "张 三",
        "John Smith Jr.",
        "Plato",
        "World Health Organization",
        "北京大学",
        "张三 (Zhang San)",
        "Jane",
        "LI Na",
        "Jean d'Alembert",
    ])
}

proptest! {
    #[test]
    fn no_letter_is_lost(people in prop::collection::vec(person(), 0..8), separator in "(, |;|,| ,&nbsp;|; |\n|、)") {
        let list = people.join(&separator);
        let mut expected: Vec<char> =
            people.concat().chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        expected.sort_unstable();
        prop_assert_eq!(letters(&split_authors(&list)), expected, "{}", list);
    }

    #[test]
    fn full_names_stay_in_number_and_order(
        people in prop::collection::vec(prop::sample::select(vec![
            "Bo Yu", "T. Mak", "Freek van der Vet", "Yves Le Traon", "张三", "欧阳修", "北京大学", "Min Li",
        ]), 0..9),
        separator in "(, |;|,| ,&nbsp;|; |\n|、)",
    ) {
        let authors = split_authors(&people.join(&separator));
        let names: Vec<String> = authors.names.iter().map(Name::display).collect();
        prop_assert_eq!(names, people);
    }

    #[test]
    fn the_short_way_gives_what_the_long_way_gives(
        list in "(((Bo|T\\.|Jane|A|O'Brien|Zhao-Hui|JA|De|Le|St\\.|Min|Zhang|Minli|Kim|Min-su|Nguyen|World|Bank|Jr|III|PhD|Dr|Smith|Inc|Group|J\\.-P\\.|van|de|der|e|y|in|and|Acme|Du\\.|Al-Rashid|Rafał|Lárraga|Émile|Đặng|Ł|É\\.|Øster|Lü|Müller-Ößi|İnan|[A-ZÀ-Ž][a-zà-ž]{0,5}) ?){1,4}(,|;|)( ?|&nbsp;)){1,4}"
    ) {
        prop_assert_eq!(split_authors(&list), split_closely(&list), "{}", list);
    }

    #[test]
    fn any_text_is_read(text in "([\\PC]|[张三李四和等与,;、()·&<. \\n]|and | et al| Jr\\.|[A-Z][a-z]* ){0,30}") {
        let authors = split_authors(&text);
        let han = |text: &str| text.chars().filter(|c| is_han(*c) && !"和与等".contains(*c)).count();
        let kept: usize = authors.names.iter().map(|name| {
            han(&name.display()) + name.other.as_deref().map_or(0, |other| han(&other.display()))
        }).sum();
        let told: usize = authors.findings.iter().map(|finding| han(&finding.found)).sum();
        prop_assert!(kept + told >= han(&text) || text.contains(['<', '&']), "{:?}", authors);
        prop_assert!(authors.names.iter().all(|name| !name.family.is_empty()), "{:?}", authors);
        let one = one_author(&text);
        prop_assert!(one.names.len() <= 1);
    }

    #[test]
    fn reading_a_name_twice_is_reading_it_once(person in person()) {
        let once = name(person);
        if once.other.is_none() {
            prop_assert_eq!(name(&once.display()).display(), once.display());
        }
    }
}

#[test]
fn long_hostile_lists_take_no_long_time() {
    for piece in ["和", "&amp;", "<", "(", "张和", " and ", ",", "J.", "et al", "Inc.,", "·", "\n"]
    {
        let text = piece.repeat(40_000);
        // What is quadratic would take minutes here.
        let authors = split_authors(&text);
        assert!(authors.names.iter().all(|name| !name.family.is_empty()), "{piece:?}");
    }
}

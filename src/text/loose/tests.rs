use super::*;
use proptest::prelude::*;

fn date(year: u16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, Some(month), Some(day))
}

#[test]
fn a_list_page_gives_titles_journal_date_and_doi() {
    let text = "IET Software最新文献\n\n筛选\n英文 中文\nScientific programming 科学编程\n\
                IF 1.6 4区 计算机科学\nIET Software Pub Date : 2023-01-06 DOI: 10.1049/sfw2.12091\n\
                Muhammad Shafiq, Tahir Kamal\n";
    let expected = Loose {
        titles: vec!["Scientific programming 科学编程".into()],
        doi: Some("10.1049/sfw2.12091".into()),
        date: date(2023, 1, 6),
        epub_date: None,
        journal: Some("IET Software".into()),
    };
    assert_eq!(read(text), expected);
    let second = format!(
        "{text}引用次数: 0\nActivists in courts\n\nIF 2.3 2区 社会学 Q1 LAW\nFreek van der Vet\n"
    );
    let expected = Loose { titles: vec!["Activists in courts".into()], ..Loose::default() };
    assert_eq!(read(&second), expected);
}

#[test]
fn lines_with_the_date_in_every_spelling() {
    for (line, journal, day, epub, doi) in [
        (
            "Soft RoboticsPub Date : 2023-08-01DOI: 10.1089/soro.2022.1",
            Some("Soft Robotics"),
            date(2023, 8, 1),
            None,
            Some("10.1089/soro.2022.1"),
        ),
        ("Pub Date : 2010-11-01DOI: 10.1109/x", None, date(2010, 11, 1), None, Some("10.1109/x")),
        (
            "J Pub Date : 2026-03-01 Epub Date: 2026-01-25 DOI: https://dl.acm.org/doi/10.1145/1",
            Some("J"),
            date(2026, 3, 1),
            date(2026, 1, 25),
            Some("10.1145/1"),
        ),
        ("J Pub Date :  DOI: ", Some("J"), None, None, None),
        (
            "首页 > 最新文献 A IF 8.2 1区 计算机科学 Q1 LAW Pub Date : 2024-12-11 DOI: 10.1109/y",
            None,
            date(2024, 12, 11),
            None,
            Some("10.1109/y"),
        ),
        ("A title IF 8.2 1区 Pub Date : 2024-12-11", None, date(2024, 12, 11), None, None),
    ] {
        let expected = Loose {
            titles: vec![],
            doi: doi.map(str::to_owned),
            date: day,
            epub_date: epub,
            journal: journal.map(str::to_owned),
        };
        assert_eq!(read(line), expected, "{line}");
    }
}

#[test]
fn the_last_date_line_counts() {
    let found = read("A\nJ Pub Date : 2020-01-01 DOI: 10.1109/x\nNames\nK Pub Date : 2021-01-01");
    let expected = Loose { journal: Some("K".into()), date: date(2021, 1, 1), ..Loose::default() };
    assert_eq!(found, expected);
}

#[test]
fn the_chinese_title_follows_the_english_one() {
    for (loose, title, expected) in [
        (
            "Magnesium in addiction 镁在成瘾中的作用",
            "Magnesium in addiction",
            Some("镁在成瘾中的作用"),
        ),
        ("Magnesium. 镁。", "Magnesium.", Some("镁。")),
        ("Magnesium 镁。", "Magnesium.", Some("镁。")),
        ("Magnesium. 镁。", "Magnesium", Some("镁。")),
        ("MAGNESIUM  in\u{A0}Addiction 镁", " Magnesium in addiction ", Some("镁")),
        ("All models wrong? 是不是?", "All models wrong?", Some("是不是?")),
        ("“Model‐based” R&D 测试", "\"Model-based\" R&amp;D", Some("测试")),
        ("E. coli in CO2 研究", "<i>E. coli</i> in CO<sub>2</sub>", Some("研究")),
        ("<i>E. coli</i> 研究", "E. coli", Some("研究")),
        (
            "CloudSim express: A framework CloudSim express:用于快速",
            "CloudSim express: A framework",
            Some("CloudSim express:用于快速"),
        ),
        ("Artificial minds AI驱动的思维", "Artificial minds", Some("AI驱动的思维")),
        ("Title one 一\nx\nTitle one 二\nTitle two 三", "Title one", Some("二")),
        // Only the same beginning.
        ("Deep learning for games 用于游戏的深度学习", "Deep learning", None),
        ("Deep learning in MRI MRI中的深度学习", "Deep learning", None),
        ("Deep learnings 深度学习", "Deep learning", None),
        ("Deep learning: 深度学习", "Deep learning", None),
        ("Deep learning深度学习", "Deep learning", None),
        // Headers and lines without Chinese.
        ("IET Software最新文献", "IET Software", None),
        ("IET Software 最新文献", "IET Software", None),
        ("Deep learning IF 4.2 3区 计算机科学", "Deep learning", None),
        ("Deep learning", "Deep learning", None),
        ("Deep learning 深度学习\nDeep learning", "Deep learning", None),
        ("Deep", "Deep learning", None),
        ("深度学习", "", None),
        (" 深度学习", " . ", None),
    ] {
        assert_eq!(chinese_title(loose, title), expected, "{loose:?} {title:?}");
    }
}

proptest! {
    #[test]
    fn what_stands_behind_the_title_is_found(title in "[A-Za-z][a-z ,'()-]{0,30}[a-z?]", zh in "[一-十]{1,9}") {
        let loose = format!("J最新文献\n{title} {zh}\nIF 1.0 1区\n");
        prop_assert_eq!(chinese_title(&loose, &title), Some(zh.as_str()));
    }

    #[test]
    fn whatever_comes_is_taken_from_the_text(text in "(\\PC|\n|Pub Date|Epub Date|DOI:|IF 2|<i>|&amp;|T 中){0,20}") {
        let found = read(&text);
        prop_assert!(found.titles.iter().chain(&found.journal).all(|part| text.contains(part.as_str())));
        prop_assert!(chinese_title(&text, "T").is_none_or(|zh| has_han(zh) && text.contains(zh)));
    }
}

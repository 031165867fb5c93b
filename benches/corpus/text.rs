//! Titles and abstracts.

use super::random::Random;
use super::words::{CONDITIONS, KINDS, METHODS, Pair, SENTENCES, THINGS};

/// Patterns of titles, English and Chinese; `{k}` and `{l}` are kinds, `{m}` a method, `{t}` a
/// thing, `{c}` a condition. Two of 62 titles were questions.
const TITLES: &[(u64, Pair)] = &[
    (16, ("{k} {m} for {t} under {c}", "{c}下{t}的{k}{m}")),
    (14, ("{k} approaches to {m} of {t}", "{t}{m}的{k}方法")),
    (10, ("{m} for {t}: the {k} view", "{t}的{m}:{k}视角")),
    (8, ("{k} and {l} {m} of {t} with {c}", "考虑{c}的{t}{k}和{l}{m}")),
    (6, ("toward {k} {m} in {t}", "面向{t}的{k}{m}")),
    (6, ("{t} with {c}: {k} {m} revisited", "{c}下的{t}:重新审视{k}{m}")),
    (2, ("how do {t} respond to {c}?", "{t}如何应对{c}?")),
];

/// Words that stay small in Title Case.
const SMALL: &[&str] = &["a", "and", "for", "in", "of", "the", "to", "under", "with"];

/// An English title and its translation, without stops at the end.
pub fn titles(random: &mut Random) -> (String, String) {
    let (english, chinese) = *random.weighted(TITLES);
    let (kind, method) = (random.one_of(KINDS), random.one_of(METHODS));
    let (thing, condition) = (random.one_of(THINGS), random.one_of(CONDITIONS));
    let words = [
        ("{k}", kind),
        ("{l}", random.one_of(KINDS)),
        ("{m}", method),
        ("{t}", thing),
        ("{c}", condition),
    ];
    let mut english = english.to_owned();
    let mut chinese = chinese.to_owned();
    for (place, (en, zh)) in words {
        english = english.replace(place, en);
        chinese = chinese.replace(place, zh);
    }
    let title_case = random.chance(1, 2);
    let mut words = english.split(' ').enumerate().map(|(at, word)| {
        let capital = at == 0 || (title_case && !SMALL.contains(&word));
        if capital { capitalised(word) } else { word.to_owned() }
    });
    let first = words.next().unwrap_or_default();
    (words.fold(first, |line, word| line + " " + &word), chinese)
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// How abstracts begin, with how often it was seen (FINDINGS, 8).
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// No tags around the text.
    Plain,
    /// A paragraph or two.
    Paragraphs,
    /// `<p><p>…</p>`, as PubMed's abstracts come: their titles end in a stop.
    PubMed,
    /// `<div><p>…</p></div>`.
    DivParagraph,
    /// `<div><div>…</div></div>`.
    DivDiv,
    /// Headings between the parts.
    Headings,
    /// NUL characters where line ends were.
    Nul,
    /// There is no abstract.
    Empty,
}

/// How often each was seen.
pub const OPENINGS: &[(u64, Opening)] = &[
    (31, Opening::Plain),
    (13, Opening::Paragraphs),
    (5, Opening::PubMed),
    (5, Opening::DivParagraph),
    (3, Opening::Empty),
    (2, Opening::DivDiv),
    (1, Opening::Headings),
    (1, Opening::Nul),
];

/// The sentences of an abstract of about 1.3 KB, with what is odd in it, and without tags around.
pub fn sentences(random: &mut Random) -> Vec<String> {
    let length = random.between(1000, 1600) as usize;
    let mut list = Vec::new();
    while list.iter().map(String::len).sum::<usize>() < length {
        list.push(sentence(random));
    }
    let at = random.below(list.len() as u64) as usize;
    let odd = *random.weighted(ODDITIES);
    list[at] += odd;
    if let Some(last) = list.last_mut().filter(|_| random.chance(2, 61)) {
        // The source has cut the abstract off.
        last.truncate(last.len() - 12);
        last.push_str("...");
    }
    list
}

/// What else was seen in the 61 abstracts of which something was seen: behind a sentence.
const ODDITIES: &[(u64, &str)] = &[
    (42, ""),
    (2, " The gut of <i>Escherichia coli</i> (<i>E. coli</i>) served as a model."),
    (2, " Earlier work is listed elsewhere [<span>1</span>], and criticised in [<span>2</span>]."),
    (1, " The scheme is called <italic>early braking</italic> (EB)."),
    (1, " Its code is available as <monospace>harbour-sim</monospace>."),
    (2, " With a factor <span><math><mi>ɛ</mi></math></span> the bound is tight."),
    (
        1,
        " A term <math altimg=\"urn:x-wiley:spe:media:math-0001\"><mi>n</mi><mo>=</mo><mn>3</mn></math> is small.",
    ),
    (
        1,
        "<div><figure><div><div><picture><source><img></source></picture></div></div></figure></div>",
    ),
    (1, " This gives a <inline-formula> <tex-math>$Sigma $ </tex-math></inline-formula>-protocol."),
    (
        1,
        " The mean lifespan (<span data-altimg=\"/cms/asset/00000000-0000-0000-0000-000000000000/math-0001.png\"></span><mjx-container ctxtmenu_counter=\"1\" jax=\"CHTML\" role=\"application\" style=\"font-size: 103%; position: relative;\" tabindex=\"0\"><mjx-math aria-hidden=\"true\"><mjx-semantics><mjx-msub data-semantic-role=\"latinletter\"><mjx-mi><mjx-c></mjx-c></mjx-mi></mjx-msub></mjx-semantics></mjx-math></mjx-container>) was kept.",
    ),
    (1, " A noise of $1.7 text{pA}/sqrt{text{Hz}}$ was measured."),
    (1, " It was 18.64<span>(%)</span> in the mean."),
    (1, " The ratio was &gt; 3 in all runs."),
    (2, " The authors’ “second look” at it—unspaced, or – spaced – came later."),
    (1, " It was found before [69]."),
    (1, "The blank before this sentence is missing, and t1 stands for a subscript."),
];

fn sentence(random: &mut Random) -> String {
    let mut text = String::new();
    let mut rest = *random.one_of(SENTENCES);
    while let Some((before, place)) = rest.split_once('{') {
        text.push_str(before);
        match place.as_bytes()[0] {
            b'k' => text.push_str(random.one_of(KINDS).0),
            b'm' => text.push_str(random.one_of(METHODS).0),
            b't' => text.push_str(random.one_of(THINGS).0),
            b'c' => text.push_str(random.one_of(CONDITIONS).0),
            _ => text.push_str(&random.between(2, 99).to_string()),
        }
        rest = &place[2..];
    }
    text + rest
}

/// The abstract as the record has it.
pub fn wrapped(sentences: &[String], opening: Opening) -> String {
    let text = sentences.join(" ");
    let (first, second) = sentences.split_at(sentences.len() / 2);
    let (first, second) = (first.join(" "), second.join(" "));
    match opening {
        Opening::Plain => text,
        Opening::Paragraphs => format!("<p>{first}</p><p>{second}</p>"),
        Opening::PubMed => format!("<p><p>{text}</p>"),
        Opening::DivParagraph => format!("<div><p>{text}</p></div>"),
        Opening::DivDiv => format!("<div><div>{text}</div></div>"),
        Opening::Headings => {
            let heading = |word| format!("<h3 data-test=\"abstract-sub-heading\">{word}</h3>");
            format!("{}<p>{first}</p>{}<p>{second}</p>", heading("Context"), heading("Results"))
        }
        Opening::Nul => format!("<div>\0 \0 <p>{text}</p>\0 </div>"),
        Opening::Empty => String::new(),
    }
}

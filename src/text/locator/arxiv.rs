//! Numbers of arXiv preprints, after <https://info.arxiv.org/help/arxiv_identifier.html>.

/// The archives of the scheme before April 2007.
const ARCHIVES: [&str; 38] = [
    "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn",
    "chem-ph", "cmp-lg", "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex",
    "hep-lat", "hep-ph", "hep-th", "math", "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th",
    "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio", "q-fin", "quant-ph", "solv-int", "stat",
    "supr-con", "econ", "eess",
];

/// The number behind `arXiv:`, `abs/` or the address of a page; the version stays. The class of
/// an old number (`math.CA/0611800`) goes: arXiv's preferred form is without it.
pub(super) fn marked(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let mut rest = lower.as_str();
    const MARKS: [&str; 10] =
        ["https://", "http://", "www.", "corr", "arxiv", ".org", ":", "preprint", "abs/", "pdf/"];
    for mark in MARKS {
        rest = rest.trim_start().strip_prefix(mark).unwrap_or(rest).trim_start_matches(['/', ' ']);
    }
    let rest = rest.strip_prefix("arxiv:").unwrap_or(rest);
    if rest.len() == lower.len() {
        return None;
    }
    // The stamp on arXiv's pages names the class: arXiv:0706.0001v1 [q-bio.CB].
    let number = rest.split(" [").next().unwrap_or(rest);
    new(number).or_else(|| old(number))
}

/// The number in the DOI that arXiv registers for each of its preprints
/// (<https://info.arxiv.org/help/doi.html>): `10.48550/arXiv.1706.03762`.
pub fn arxiv_of_doi(doi: &str) -> Option<String> {
    const PREFIX: &str = "10.48550/arxiv.";
    let head = doi.get(..PREFIX.len()).filter(|head| head.eq_ignore_ascii_case(PREFIX))?;
    let number = doi[head.len()..].to_ascii_lowercase();
    new(&number).or_else(|| old(&number))
}

/// A number of the scheme since April 2007: `0706.0001`, `1706.03762v2`.
pub(super) fn new(text: &str) -> Option<String> {
    let (stem, version) = split_version(text)?;
    let (month, number) = stem.split_once('.')?;
    let date = month_of(month)?;
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    let length = if date < 1501 { 4 } else { 5 };
    let fits = date >= 704 && digits && number.len() == length && number.bytes().any(|b| b != b'0');
    fits.then(|| format!("{stem}{version}"))
}

/// A number of the scheme from 1991 to March 2007: `hep-th/9901001`.
fn old(text: &str) -> Option<String> {
    let (archive, number) = text.split_once('/')?;
    let archive = archive.split_once('.').map_or(archive, |(archive, _)| archive);
    let (stem, version) = split_version(number)?;
    let digits = stem.len() == 7 && stem.bytes().all(|b| b.is_ascii_digit());
    let date = month_of(stem.get(..4)?)?;
    let fits = digits && (date >= 9107 || date <= 703) && ARCHIVES.contains(&archive);
    fits.then(|| format!("{archive}/{stem}{version}"))
}

/// `1706` as a number where its last two digits are a month.
fn month_of(text: &str) -> Option<u16> {
    let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|n| digits && (1..=12).contains(&(n % 100)))
}

/// Number and version, the version with its `v` or empty.
fn split_version(text: &str) -> Option<(&str, &str)> {
    let Some(at) = text.find('v') else { return Some((text, "")) };
    let digits = &text[at + 1..];
    let fits = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    (fits && !digits.is_empty()).then(|| text.split_at(at))
}

#[cfg(test)]
mod tests {
    use super::{arxiv_of_doi, marked};

    #[test]
    fn numbers_in_dois() {
        for (doi, expected) in [
            ("10.48550/arXiv.1706.03762", Some("1706.03762")),
            ("10.48550/ARXIV.1706.03762", Some("1706.03762")),
            ("10.48550/arXiv.hep-th/9901001", Some("hep-th/9901001")),
            ("10.48550/arXiv", None),
            ("10.48550/x", None),
            ("10.1109/arXiv.1706.03762", None),
        ] {
            assert_eq!(arxiv_of_doi(doi).as_deref(), expected, "{doi}");
        }
    }

    #[test]
    fn numbers_of_both_schemes() {
        for (text, expected) in [
            ("abs/1706.03762", Some("1706.03762")),
            ("arXiv:1706.03762v2", Some("1706.03762v2")),
            ("arXiv preprint arXiv:1706.03762", Some("1706.03762")),
            ("arXiv 1706.03762", Some("1706.03762")),
            ("CoRR abs/1706.03762", Some("1706.03762")),
            ("https://arxiv.org/abs/1706.03762", Some("1706.03762")),
            ("arXiv:0706.0001v1 [q-bio.CB] 1 Jun 2007", Some("0706.0001v1")),
            ("abs/cs/0701001", Some("cs/0701001")),
            ("arXiv:hep-th/9901001v1", Some("hep-th/9901001v1")),
            ("arXiv:math.CA/0611800", Some("math/0611800")),
            ("1706.03762", None),
            ("abs/1713.03762", None),
            ("abs/1706.0376", None),
            ("abs/0706.00011", None),
            ("abs/0703.0001", None),
            ("abs/1706.00000", None),
            ("abs/1706.03762v0", None),
            ("abs/cs/0704001", None),
            ("abs/xx/0701001", None),
            ("cs/0701001", None),
            ("arXiv", None),
            ("abs/v", None),
            ("", None),
        ] {
            assert_eq!(marked(text).as_deref(), expected, "{text:?}");
        }
    }
}

//! Links: which may go into the output, and how they are spelled there.

use std::fmt::Write;

use super::doi;
use super::plain::{is_nothing, plain};

/// What a link of the source is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// There is none.
    None,
    /// An address, fit to be printed.
    Good(String),
    /// Only the address of a DOI; the DOI, bare.
    Doi(String),
    /// An address at a pirate site.
    Pirate(String),
    /// No address of the web.
    Invalid(String),
}

/// Tells what a link is. Only `http` and `https` count as addresses; characters that may not
/// stand in one (RFC 3986) or that would break a format are percent-encoded.
pub fn link(raw: &str) -> Link {
    // The address that most records have: nothing in it needs a closer look.
    if let Some(name) = raw.strip_prefix("https://doi.org/").filter(|name| name.len() <= 40)
        && let Some(bare) = doi::simple(name)
    {
        return Link::Doi(bare);
    }
    // So is the one that most records have beside it: its host begins with the name of a pirate.
    let sign = |b: u8| matches!(b, b'!'..=b'~') && !matches!(b, b'&' | b'@');
    if raw.strip_prefix("https://sci-hub").is_some_and(|rest| rest.bytes().all(sign)) {
        return Link::Pirate(raw.to_owned());
    }
    link_closely(raw)
}

/// The long way, for every link.
fn link_closely(raw: &str) -> Link {
    let text = plain(raw);
    if is_nothing(&text) || text == "#" {
        return Link::None;
    }
    let found = text.to_string();
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, text.strip_prefix("//").unwrap_or(&text)),
    };
    let authority = rest.split(['/', '?', '#', '\\', ' ']).next().unwrap_or("");
    if is_pirate(host_of(authority)) {
        return Link::Pirate(found);
    }
    let web = scheme.is_some_and(|s| ["http", "https"].iter().any(|w| s.eq_ignore_ascii_case(w)));
    let at_doi = ["doi.org", "dx.doi.org", "www.doi.org"]
        .iter()
        .any(|host| host_of(authority).eq_ignore_ascii_case(host));
    if at_doi || !web {
        return doi::doi(&text).map_or(Link::Invalid(found), Link::Doi);
    }
    // Two addresses in one value can't be told apart, and NUL stands where a character was lost.
    let broken = raw.trim_matches(|c: char| c.is_whitespace() || c == '\0').contains('\0');
    if broken || !is_authority(authority) || rest.contains(" http") {
        return Link::Invalid(found);
    }
    let head = found.len() - rest.len() + authority.len();
    Link::Good(encoded(&found, head))
}

/// The host alone: no name of a user, no port, no stop at its end.
fn host_of(authority: &str) -> &str {
    let host = authority.rsplit('@').next().unwrap_or(authority);
    host.split(':').next().unwrap_or(host).trim_end_matches('.')
}

/// True for `host.domain` with an optional port. No user names: they are there to deceive.
fn is_authority(authority: &str) -> bool {
    let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
    let host = host.strip_suffix('.').unwrap_or(host);
    let part = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    host.contains('.')
        && host.split('.').all(part)
        && !port.is_empty()
        && port.bytes().all(|b| b.is_ascii_digit())
}

/// True for Sci-Hub, Library Genesis, Z-Library, Anna's Archive and the names they moved to.
/// The path says nothing: an article can be about them.
fn is_pirate(host: &str) -> bool {
    const HOSTS: [&str; 10] = [
        "library.lol",
        "gen.lib.rus.ec",
        "booksdl.org",
        "sci-net.xyz",
        "tesble.com",
        "wellesu.com",
        "b-ok.cc",
        "b-ok.org",
        "bookzz.org",
        "bookfi.net",
    ];
    let host = host.to_ascii_lowercase();
    let inside = |site: &&str| {
        host.strip_suffix(*site).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    HOSTS.iter().any(inside) || host.split('.').any(is_pirate_label)
}

/// One label of a host's name, in lower case. `zlib.net` is the compression library and
/// `booksci.cn` our source, so those two are compared whole.
fn is_pirate_label(label: &str) -> bool {
    const STARTS: [&str; 8] = [
        "z-lib",
        "zlibrary",
        "library-genesis",
        "librarygenesis",
        "libgenesis",
        "annas-archive",
        "annasarchive",
        "singlelogin",
    ];
    let libgen = label.strip_prefix("libgen");
    // A search of the standard library costs more to set up than such short texts are worth.
    let holds = |name: &[u8]| label.as_bytes().windows(name.len()).any(|part| part == name);
    holds(b"sci-hub")
        || holds(b"scihub")
        || libgen.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        || STARTS.iter().any(|start| label.starts_with(start))
        || matches!(label, "booksc" | "1lib" | "2lib" | "3lib" | "b-ok")
}

/// The address with what follows `head` percent-encoded where it has to be; a `%` that begins
/// no code too.
fn encoded(url: &str, head: usize) -> String {
    let mut text = String::with_capacity(url.len());
    text.push_str(&url[..head]);
    let bytes = &url.as_bytes()[head..];
    for (at, &byte) in bytes.iter().enumerate() {
        let code = bytes.get(at + 1..at + 3).is_some_and(|c| c.iter().all(u8::is_ascii_hexdigit));
        let unsafe_here = b"\"'<>{}[]\\^`| ".contains(&byte) || !byte.is_ascii_graphic();
        if unsafe_here || (byte == b'%' && !code) {
            let _ = write!(text, "%{byte:02X}");
        } else {
            text.push(char::from(byte));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn links_are_good_or_named() {
        let good = |s: &str| Link::Good(s.into());
        let doi = |s: &str| Link::Doi(s.into());
        let bad = |s: &str| Link::Invalid(s.into());
        for (raw, expected) in [
            ("", Link::None),
            (" ", Link::None),
            ("null", Link::None),
            ("#", Link::None),
            ("https://a.org/x.pdf", good("https://a.org/x.pdf")),
            ("HTTP://a.org", good("HTTP://a.org")),
            (" https://a.org/x?a=1&amp;b=2#c ", good("https://a.org/x?a=1&b=2#c")),
            ("https://a.org/x y", good("https://a.org/x%20y")),
            ("https://a.org/{x}\\\"'<[", good("https://a.org/%7Bx%7D%5C%22%27%3C%5B")),
            ("https://a.org/50%", good("https://a.org/50%25")),
            ("https://a.org/%41%E4", good("https://a.org/%41%E4")),
            ("https://a.org/论文", good("https://a.org/%E8%AE%BA%E6%96%87")),
            ("https://a.org:8080/x", good("https://a.org:8080/x")),
            ("https://dl.acm.org/doi/10.1145/1", good("https://dl.acm.org/doi/10.1145/1")),
            ("https://doi.org/10.1145/1", doi("10.1145/1")),
            ("http://DX.doi.org/10.1145/1", doi("10.1145/1")),
            ("10.1109/TRO.2025.3600164", doi("10.1109/TRO.2025.3600164")),
            ("doi:10.1109/x", doi("10.1109/x")),
            ("https://doi.org/", bad("https://doi.org/")),
            ("www.a.org/x", bad("www.a.org/x")),
            ("ftp://a.org/x", bad("ftp://a.org/x")),
            ("javascript:alert(1)", bad("javascript:alert(1)")),
            ("https://localhost/x", bad("https://localhost/x")),
            ("https:///x", bad("https:///x")),
            ("https://u:p@a.org/x", bad("https://u:p@a.org/x")),
            ("https://a..org/x", bad("https://a..org/x")),
            ("https://a.org/x https://b.org/y", bad("https://a.org/x https://b.org/y")),
            ("https://a.org/x\0y", bad("https://a.org/x y")),
        ] {
            assert_eq!(link(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn pirates_are_known_by_their_host() {
        for (raw, pirate) in [
            ("https://sci-hub-pdf.com/10.1080/1351847X.2021.1910057", true),
            ("https://sci-hub.se/10.1/x", true),
            ("http://www.SCI-HUB.tw:80/10.1/x", true),
            ("//sci-hub.ru/10.1/x", true),
            ("sci-hub.st/10.1/x", true),
            ("https://dacemirror.sci-hub.se/x.pdf", true),
            ("https://a.org@sci-hub.se/x", true),
            ("https://sci-hub.se\\x", true),
            ("https://scihub.wikicn.top/x", true),
            ("https://libgen.is/x", true),
            ("https://libgen.rs.", true),
            ("http://libgen-mirror.org", true),
            ("http://gen.lib.rus.ec/x", true),
            ("http://library.lol/main/x", true),
            ("https://z-lib.org/x", true),
            ("https://z-library.sk", true),
            ("https://annas-archive.org/md5/x", true),
            ("https://booksc.org/book/1", true),
            ("https://booksci.cn/literature/1.htm", false),
            ("https://zlib.net/x", false),
            ("https://libgenetics.org/x", false),
            ("https://a.org/sci-hub.se/x", false),
            ("https://en.wikipedia.org/wiki/Sci-Hub", false),
            ("https://a.org/?u=https://sci-hub.se", false),
            ("https://notlibrary.lol/x", false),
        ] {
            assert_eq!(matches!(link(raw), Link::Pirate(_)), pirate, "{raw:?}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_gives_what_the_long_way_gives(
            name in "10\\.[0-9.]{1,5}/([a-zA-Z0-9]{1,4}[._/()%-]?){1,5}(\\.pdf|/full|v2|/10\\.1000/1)?"
        ) {
            let address = format!("https://doi.org/{name}");
            prop_assert_eq!(link(&address), link_closely(&address));
        }

        #[test]
        fn a_good_link_is_clean_and_stays(tail in "(\\PC|%|[a-f0-9]|&amp;|\"|\\\\|\\{| ){0,20}") {
            if let Link::Good(url) = link(&format!("https://a.org/{tail}")) {
                let unsafe_here = |b: u8| !b.is_ascii_graphic() || b"\"'<>{}[]\\^`|".contains(&b);
                let clean = !url.bytes().any(unsafe_here);
                prop_assert!(clean);
                prop_assert_eq!(link(&url), Link::Good(url));
            }
        }
    }
}

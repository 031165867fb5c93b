//! Files that are compressed, `.gz` (RFC 1952) and `.zst` (RFC 8878), and pages that a browser has saved as one
//! file, `.mhtml` (RFC 2557).

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use memchr::memmem;
use quoted_printable::ParseMode;

/// How much of an input tells what it is packed in: more than browsers write before the first part.
const HEAD: u64 = 4 << 10;

/// The text of an input, unpacked where its first bytes say that it is compressed or a saved page, whatever
/// its name.
///
/// # Errors
/// It cannot be read.
pub fn unpacked(mut input: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    let mut head = Vec::new();
    input.by_ref().take(HEAD).read_to_end(&mut head)?;
    let gzip = head.starts_with(&[0x1F, 0x8B]);
    let zstd = is_zstd(&head);
    let page = is_saved_page(&head);
    let input = io::Cursor::new(head).chain(input);
    Ok(match () {
        () if gzip => Box::new(Gzip { member: Some(GzDecoder::new(BufReader::new(input))) }),
        () if zstd => Box::new(zstd::Decoder::new(input)?),
        () if page => {
            Box::new(Quoted { lines: BufReader::new(input), line: io::Cursor::default() })
        }
        () => Box::new(input),
    })
}

/// True for the headers of a page that a browser has saved with what belongs to it (RFC 2557, section 7).
fn is_saved_page(head: &[u8]) -> bool {
    let head = head.to_ascii_lowercase();
    let name = head.iter().take_while(|b| b.is_ascii_alphabetic() || **b == b'-').count();
    let has = |text: &str| memmem::find(&head, text.as_bytes()).is_some();
    head.get(name) == Some(&b':') && has("mime-version:") && has("multipart/related")
}

/// The lines of a saved page, taken out of quoted-printable (RFC 2045, section 6.7). Parts in another encoding
/// are no text: what becomes of them does not matter.
struct Quoted<R> {
    lines: R,
    line: io::Cursor<Vec<u8>>,
}

impl<R: BufRead> Read for Quoted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        const LONGEST: u64 = 64 << 10;
        loop {
            let length = self.line.read(buffer)?;
            if length > 0 || buffer.is_empty() {
                return Ok(length);
            }
            let mut line = Vec::new();
            if self.lines.by_ref().take(LONGEST).read_until(b'\n', &mut line)? == 0 {
                return Ok(0);
            }
            // The decoder leaves out what is not ASCII, which such lines have not.
            let decoded =
                line.is_ascii().then(|| quoted_printable::decode(&line, ParseMode::Robust));
            self.line = io::Cursor::new(decoded.and_then(Result::ok).unwrap_or(line));
        }
    }
}

/// True for how a frame of zstd begins, and one that is to be skipped, which pzstd puts before the others.
fn is_zstd(head: &[u8]) -> bool {
    matches!(head, [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..])
}

/// The members of a gzip file, one behind the other. Zeros behind the last one, which tapes add, are none.
struct Gzip<R> {
    /// `None` behind the last one.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let length = member.read(buffer)?;
            if length > 0 || buffer.is_empty() {
                return Ok(length);
            }
            self.member = self.member.take().map(next_member).transpose()?.flatten();
        }
        Ok(0)
    }
}

/// The member behind one that has been read.
fn next_member<R: BufRead>(read: GzDecoder<R>) -> io::Result<Option<GzDecoder<R>>> {
    let mut input = read.into_inner();
    let mut zeros = false;
    loop {
        let rest = input.fill_buf()?;
        match rest.iter().position(|byte| *byte != 0) {
            _ if rest.is_empty() => return Ok(None),
            None => {
                zeros = true;
                let length = rest.len();
                input.consume(length);
            }
            Some(0) if !zeros => return Ok(Some(GzDecoder::new(input))),
            Some(_) => {
                let what = "something stands behind the zeros at the end of the gzip file";
                return Err(io::Error::new(io::ErrorKind::InvalidData, what));
            }
        }
    }
}

/// The name of a file without the ending that says how it is compressed.
pub fn without_ending(path: &Path) -> &Path {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("gz" | "zst") => Path::new(path.file_stem().unwrap_or_default()),
        _ => path,
    }
}

/// A file, compressed as its ending says.
pub enum Packed<W: Write> {
    Plain(BufWriter<W>),
    Gzip(GzEncoder<BufWriter<W>>),
    Zstd(zstd::Encoder<'static, BufWriter<W>>),
}

impl<W: Write> Packed<W> {
    /// # Errors
    /// There is no memory to compress.
    pub fn new(file: W, path: &Path) -> io::Result<Packed<W>> {
        let file = BufWriter::with_capacity(1 << 13, file);
        Ok(match path.extension().and_then(|ending| ending.to_str()) {
            Some("gz") => Packed::Gzip(GzEncoder::new(file, Compression::default())),
            // 0 is the usual level of zstd.
            Some("zst") => Packed::Zstd(zstd::Encoder::new(file, 0)?),
            _ => Packed::Plain(file),
        })
    }

    /// The file, with everything in it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(self) -> io::Result<W> {
        let file = match self {
            Packed::Plain(file) => file,
            Packed::Gzip(encoder) => encoder.finish()?,
            Packed::Zstd(encoder) => encoder.finish()?,
        };
        file.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

impl<W: Write> Write for Packed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Packed::Plain(file) => file.write(bytes),
            Packed::Gzip(encoder) => encoder.write(bytes),
            Packed::Zstd(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Packed::Plain(file) => file.flush(),
            Packed::Gzip(encoder) => encoder.flush(),
            Packed::Zstd(encoder) => encoder.flush(),
        }
    }
}

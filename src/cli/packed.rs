//! Files that are compressed: `.gz` (RFC 1952) and `.zst` (RFC 8878).

use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

/// The text of an input, unpacked where its first bytes say that it is compressed, whatever its
/// name.
///
/// # Errors
/// It cannot be read.
pub fn unpacked(mut input: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    let mut magic = Vec::new();
    input.by_ref().take(4).read_to_end(&mut magic)?;
    let gzip = magic.starts_with(&[0x1F, 0x8B]);
    let zstd = magic == [0x28, 0xB5, 0x2F, 0xFD];
    let input = io::Cursor::new(magic).chain(input);
    Ok(match (gzip, zstd) {
        (true, _) => Box::new(MultiGzDecoder::new(input)),
        (_, true) => Box::new(zstd::Decoder::new(input)?),
        _ => Box::new(input),
    })
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

//! Opening a file: unpacked, in UTF-8, hashed on the way, its form guessed from its name and first bytes.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use encoding_rs_io::DecodeReaderBytesBuilder;
use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use sha2::{Digest, Sha256};

use super::coded::{Signature, coding_of, column_name};
use super::columns::Column;

/// How many bytes at the start tell a file's form.
const HEAD: usize = 8 * 1024;

/// A file being read: its bytes unpacked and in UTF-8 (invalid ones are left as they are).
pub(super) struct Opened {
    pub(super) reader: Box<dyn BufRead + Send>,
    pub(super) head: Vec<u8>,
    digest: Arc<Mutex<Sha256>>,
    raw_left: Arc<Mutex<Box<dyn Read + Send>>>,
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opened")
    }
}

/// What a file seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    Text,
    Table(u8),
    /// One JSON object a line.
    Lines,
    /// JSON objects one after another, in an array or not.
    Objects,
    /// The features of a GeoJSON collection.
    Features,
    Refused(&'static str),
}

/// The raw bytes of a file, shared so that they can be hashed to the end after their decoder is gone.
struct Raw {
    inner: Arc<Mutex<Box<dyn Read + Send>>>,
    digest: Arc<Mutex<Sha256>>,
}

impl Read for Raw {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.lock().unwrap_or_else(PoisonError::into_inner).read(buffer)?;
        self.digest.lock().unwrap_or_else(PoisonError::into_inner).update(&buffer[..n]);
        Ok(n)
    }
}

impl Opened {
    /// Reads what is left of the raw bytes and gives the SHA-256 of all of them in hex.
    pub(super) fn finish(self) -> String {
        drop(self.reader);
        let mut raw = Raw { inner: self.raw_left, digest: Arc::clone(&self.digest) };
        // A file that breaks off while it is hashed was already noticed where it was read.
        let _ = io::copy(&mut raw, &mut io::sink());
        let digest = self.digest.lock().unwrap_or_else(PoisonError::into_inner).clone();
        digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Opens a file, or standard input for None.
pub(super) fn open(path: Option<&Path>) -> io::Result<Opened> {
    let source: Box<dyn Read + Send> = match path {
        Some(path) => Box::new(File::open(path)?),
        None => Box::new(io::stdin()),
    };
    let inner = Arc::new(Mutex::new(source));
    let digest = Arc::new(Mutex::new(Sha256::new()));
    let raw = Raw { inner: Arc::clone(&inner), digest: Arc::clone(&digest) };
    let (magic, raw) = peek(raw, 4)?;
    let unpacked: Box<dyn Read + Send> = match magic.as_slice() {
        [0x1f, 0x8b, ..] => Box::new(MultiGzDecoder::new(raw)),
        [0x28, 0xb5, 0x2f, 0xfd] => Box::new(Zstd::open(Box::new(raw))?),
        _ => Box::new(raw),
    };
    let utf8 = DecodeReaderBytesBuilder::new()
        .bom_sniffing(true)
        .strip_bom(true)
        .utf8_passthru(true)
        .build(BufReader::new(unpacked));
    let (head, reader) = peek(utf8, HEAD)?;
    Ok(Opened {
        reader: Box::new(BufReader::with_capacity(64 * 1024, reader)),
        head,
        digest,
        raw_left: inner,
    })
}

/// The first bytes of a stream, and the stream with them still in it.
fn peek<R: Read>(mut stream: R, most: usize) -> io::Result<(Vec<u8>, impl Read)> {
    let mut head = Vec::with_capacity(most);
    stream.by_ref().take(most as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Cursor::new(head).chain(stream)))
}

/// A Zstandard stream of one frame or several.
struct Zstd(Option<StreamingDecoder<Box<dyn Read + Send>, ruzstd::decoding::FrameDecoder>>);

impl Zstd {
    fn open(packed: Box<dyn Read + Send>) -> io::Result<Zstd> {
        StreamingDecoder::new(packed).map(|d| Zstd(Some(d))).map_err(io::Error::other)
    }
}

impl Read for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(decoder) = &mut self.0 {
            let n = decoder.read(buffer)?;
            if n > 0 || buffer.is_empty() {
                return Ok(n);
            }
            let Some(ended) = self.0.take() else { break };
            let (magic, rest) = peek(ended.into_inner(), 4)?;
            if !magic.is_empty() {
                *self = Zstd::open(Box::new(rest))?;
            }
        }
        Ok(0)
    }
}

/// The extension of a file's name in small letters, before that of its packing.
fn extension(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let stem = lower.strip_suffix(".gz").or_else(|| lower.strip_suffix(".zst")).unwrap_or(&lower);
    stem.rsplit_once('.').map_or("", |(_, e)| e).to_owned()
}

/// Whether the name of a file in a folder says that it holds coded events as a layer.
pub(super) fn is_named_as_layer(name: &str) -> bool {
    extension(name) == "geojson"
}

/// Whether the name of a file in a folder says that it holds reports.
pub(super) fn is_named_as_input(name: &str) -> bool {
    matches!(extension(name).as_str(), "txt" | "md" | "csv" | "tsv" | "jsonl" | "ndjson" | "json")
}

/// What a file seems to be, from its name and first bytes.
pub(super) fn form_of(name: &str, opened: &mut Opened, signatures: &[Signature]) -> Guess {
    let head = opened.head.as_slice();
    let extension = extension(name);
    if head.is_empty() {
        return Guess::Refused("is empty; there is nothing to read");
    }
    if head.contains(&0) {
        return Guess::Refused("holds binary bytes; give text, CSV or JSON in UTF-8 or UTF-16");
    }
    if !signatures.is_empty() && matches!(&*extension, "geojson" | "json" | "") && is_collection(head) {
        return Guess::Features;
    }
    match extension.as_str() {
        "txt" | "md" => Guess::Text,
        "csv" | "tsv" => Guess::Table(delimiter(head)),
        "jsonl" | "ndjson" => Guess::Lines,
        "json" => Guess::Objects,
        "html" | "htm" | "xml" | "rss" | "atom" => Guess::Refused(MARKUP),
        _ => sniffed(head, signatures),
    }
}

fn is_collection(head: &[u8]) -> bool {
    const KIND: &[u8] = b"\"FeatureCollection\"";
    head.trim_ascii_start().starts_with(b"{") && head.windows(KIND.len()).any(|w| w == KIND)
}

const MARKUP: &str = "is HTML or XML, which this version does not read; save its text as .txt";

fn sniffed(head: &[u8], signatures: &[Signature]) -> Guess {
    let head = head.trim_ascii_start();
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
    if head.starts_with(b"{") && line.trim_ascii_end().ends_with(b"}") {
        return Guess::Lines;
    }
    if head.starts_with(b"{") || head.starts_with(b"[{") || head.starts_with(b"[\n") {
        return Guess::Objects;
    }
    if head.starts_with(b"<") {
        return Guess::Refused(MARKUP);
    }
    let separator = delimiter(head);
    let line = String::from_utf8_lossy(line);
    let cells = || line.split(char::from(separator)).map(|c| c.trim().trim_matches('"'));
    let names: Vec<String> = cells().map(column_name).collect();
    let is_coded = coding_of(signatures, names.iter()).is_some();
    let is_table = line.contains(char::from(separator)) && (is_coded || cells().any(Column::is_text));
    if is_table { Guess::Table(separator) } else { Guess::Text }
}

/// What separates the cells of a table: the commonest candidate of its first line.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |c: u8| line.iter().filter(|b| **b == c).count();
    // The last of equal maxima wins, so the comma stands last.
    [b'|', b';', b'\t', b','].into_iter().max_by_key(|c| count(*c)).unwrap_or(b',')
}

//! Opening a file: unpacked, in UTF-8, hashed on the way.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use sha2::{Digest, Sha256};

use super::decode::{Decoding, Note};

/// How many bytes at the start tell a file's form.
const HEAD: usize = 8 * 1024;
/// Unpacked, a file may have so many bytes whatever its packed size.
const HARMLESS: u64 = 1 << 30;
/// Beyond that it may be so many times as long as packed: text packs to a third or a tenth, copies of it to a hundredth.
const RATIO: u64 = 200;

/// A file being read: its bytes unpacked and in UTF-8.
pub(super) struct Opened {
    pub(super) reader: Box<dyn BufRead + Send>,
    pub(super) head: Vec<u8>,
    digest: Arc<Mutex<Sha256>>,
    raw_left: Arc<Mutex<Box<dyn Read + Send>>>,
    note: Note,
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opened")
    }
}

/// The raw bytes of a file, shared so that they can be hashed to the end after their decoder is gone.
struct Raw {
    inner: Arc<Mutex<Box<dyn Read + Send>>>,
    digest: Arc<Mutex<Sha256>>,
    count: Arc<AtomicU64>,
}

impl Read for Raw {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.lock().unwrap_or_else(PoisonError::into_inner).read(buffer)?;
        self.digest.lock().unwrap_or_else(PoisonError::into_inner).update(&buffer[..n]);
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl Opened {
    /// What a user should know of how the file was decoded: a line, counted from 1, and a message.
    pub(super) fn note(&self) -> Option<(Option<u64>, String)> {
        self.note.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Reads what is left of the raw bytes and gives the SHA-256 of all of them in hex.
    pub(super) fn finish(self) -> String {
        drop(self.reader);
        let count = Arc::default();
        let mut raw = Raw { inner: self.raw_left, digest: Arc::clone(&self.digest), count };
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
    open_stream(source)
}

fn open_stream(source: Box<dyn Read + Send>) -> io::Result<Opened> {
    let inner = Arc::new(Mutex::new(source));
    let digest = Arc::new(Mutex::new(Sha256::new()));
    let count = Arc::default();
    let raw = Raw { inner: Arc::clone(&inner), digest: Arc::clone(&digest), count: Arc::clone(&count) };
    let (magic, raw) = peek(raw, 4);
    let unpacked: Box<dyn Read + Send> = match magic.as_slice() {
        [0x1f, 0x8b, ..] => Box::new(Swelling { inner: MultiGzDecoder::new(raw), packed: count, given: 0 }),
        [0x28, 0xb5, 0x2f, 0xfd] => {
            Box::new(Swelling { inner: Zstd::open(Box::new(raw))?, packed: count, given: 0 })
        }
        _ => Box::new(raw),
    };
    let note = Note::default();
    let (head, mut reader) = peek(Decoding::new(unpacked, &note), HEAD);
    // What has not even a beginning cannot be read.
    if let Some(problem) = reader.failed.take_if(|_| head.is_empty()) {
        return Err(problem);
    }
    let reader = Box::new(BufReader::with_capacity(64 * 1024, reader));
    Ok(Opened { reader, head, digest, raw_left: inner, note })
}

/// The first bytes of a stream, and the stream with them still in it.
fn peek<R: Read>(mut stream: R, most: usize) -> (Vec<u8>, Peeked<R>) {
    let mut head = Vec::with_capacity(most);
    // Where it breaks off, that shows when it is read on.
    let failed = stream.by_ref().take(most as u64).read_to_end(&mut head).err();
    (head.clone(), Peeked { head: Cursor::new(head), failed, stream })
}

/// A stream whose first bytes were looked at.
struct Peeked<R> {
    head: Cursor<Vec<u8>>,
    failed: Option<io::Error>,
    stream: R,
}

impl<R: Read> Read for Peeked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.head.read(buffer)?;
        match (n, self.failed.take()) {
            (0, None) => self.stream.read(buffer),
            (0, Some(e)) => Err(e),
            (n, failed) => {
                self.failed = failed;
                Ok(n)
            }
        }
    }
}

/// An unpacked stream that ends in an error once it swells out of all proportion.
struct Swelling<R> {
    inner: R,
    packed: Arc<AtomicU64>,
    given: u64,
}

impl<R: Read> Read for Swelling<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given > HARMLESS && self.given / RATIO > self.packed.load(Ordering::Relaxed) {
            let message =
                format!("it unpacks to more than {RATIO} times its size; unpack it to see what it is");
            return Err(io::Error::other(message));
        }
        let n = self.inner.read(buffer)?;
        self.given += n as u64;
        Ok(n)
    }
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
            let (magic, rest) = peek(ended.into_inner(), 4);
            if !magic.is_empty() {
                *self = Zstd::open(Box::new(rest))?;
            }
        }
        Ok(0)
    }
}

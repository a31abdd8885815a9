//! Bytes of any common encoding as UTF-8: by byte order mark, by what the file declares, else by what its bytes look like.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

/// What a user should know of how a file was decoded, and the line, counted from 1.
pub(super) type Note = Arc<Mutex<Option<(Option<u64>, String)>>>;

/// Bytes read at a time, and judged where they are not UTF-8.
const CHUNK: usize = 64 * 1024;
/// Bytes at the start that may declare an encoding or show two bytes a letter.
const DECLARED: usize = 1024;

/// A stream as UTF-8, whatever its encoding; what cannot be decoded becomes U+FFFD.
pub(super) struct Decoding<R> {
    inner: R,
    /// Read and not decoded yet.
    raw: Vec<u8>,
    /// Decoded, and how much of it was given.
    out: String,
    given: usize,
    /// None while all was UTF-8.
    decoder: Option<Decoder>,
    declared: Option<&'static Encoding>,
    started: bool,
    ended: bool,
    failed: Option<io::Error>,
    /// Letters of several bytes were seen that are right in UTF-8.
    seen_utf8: bool,
    lines: u64,
    note: Note,
}

impl<R: Read> Decoding<R> {
    pub(super) fn new(inner: R, note: &Note) -> Decoding<R> {
        Decoding {
            inner,
            raw: Vec::new(),
            out: String::new(),
            given: 0,
            decoder: None,
            declared: None,
            started: false,
            ended: false,
            failed: None,
            seen_utf8: false,
            lines: 1,
            note: Arc::clone(note),
        }
    }

    /// Reads until `raw` has so many bytes, or there are no more.
    fn gather(&mut self, least: usize) {
        while self.raw.len() < least && !self.ended {
            let have = self.raw.len();
            self.raw.resize(have + CHUNK, 0);
            let read = self.inner.read(&mut self.raw[have..]);
            self.raw.truncate(have + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(n) => self.ended = n == 0,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => (self.ended, self.failed) = (true, Some(e)),
            }
        }
    }

    fn start(&mut self) {
        self.started = true;
        self.gather(DECLARED);
        if let Some((encoding, length)) = Encoding::for_bom(&self.raw) {
            self.raw.drain(..length);
            self.decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
            return;
        }
        let head = &self.raw[..self.raw.len().min(DECLARED)];
        if let Some(encoding) = two_bytes_a_letter(head) {
            self.take(encoding, None);
        } else {
            self.declared = declared(head);
        }
    }

    /// Decodes with this encoding from here on.
    fn take(&mut self, encoding: &'static Encoding, line: Option<u64>) {
        let message = if encoding == UTF_8 {
            "is not all UTF-8: bytes were replaced; save it as UTF-8".to_owned()
        } else {
            let name = encoding.name();
            format!("is not UTF-8 and is read as {name}; save it as UTF-8 if its letters look wrong")
        };
        *self.note.lock().unwrap_or_else(PoisonError::into_inner) = Some((line, message));
        self.decoder = Some(encoding.new_decoder_without_bom_handling());
    }

    /// Decodes what is at hand.
    fn fill(&mut self) {
        self.out.clear();
        self.given = 0;
        if !self.started {
            self.start();
        }
        self.gather(1);
        if self.decoder.is_none() {
            self.fill_utf8();
        }
        if let Some(decoder) = &mut self.decoder {
            loop {
                self.out.reserve(decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(CHUNK));
                let (result, used, _) = decoder.decode_to_string(&self.raw, &mut self.out, self.ended);
                self.raw.drain(..used);
                if result == CoderResult::InputEmpty {
                    break;
                }
            }
        }
        if self.ended {
            self.raw.clear();
        }
    }

    /// Passes on what is UTF-8, and settles the encoding where it is not.
    fn fill_utf8(&mut self) {
        let (good, cut) = match std::str::from_utf8(&self.raw) {
            Ok(text) => (text, false),
            Err(e) => {
                let good = std::str::from_utf8(&self.raw[..e.valid_up_to()]).unwrap_or_default();
                (good, e.error_len().is_none() && !self.ended)
            }
        };
        let length = good.len();
        self.out.push_str(good);
        self.seen_utf8 |= !good.is_ascii();
        self.lines += good.bytes().filter(|b| *b == b'\n').count() as u64;
        self.raw.drain(..length);
        if self.raw.is_empty() {
            return;
        }
        // A letter may be cut by the end of the chunk.
        if cut {
            if length == 0 {
                self.gather(CHUNK.max(self.raw.len() + 1));
            }
            return;
        }
        self.gather(CHUNK);
        let encoding = self.settle();
        // A declaration is nobody's guess.
        let quiet = self.declared == Some(encoding) && encoding != UTF_8;
        if quiet {
            self.decoder = Some(encoding.new_decoder_without_bom_handling());
        } else {
            self.take(encoding, (encoding == UTF_8).then_some(self.lines));
        }
    }

    /// The encoding of `raw`, which does not begin with UTF-8.
    fn settle(&self) -> &'static Encoding {
        if let Some(declared) = self.declared.filter(|d| *d != UTF_8) {
            return declared;
        }
        if self.seen_utf8 || is_mostly_utf8(&self.raw) {
            return UTF_8;
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(&self.raw, true);
        // Reports are English, with names and quotes in Arabic script at most; the rest of the Western family
        // differs from Windows-1252 in letters that English does not have.
        let guess = detector.guess(None, Utf8Detection::Deny);
        if guess == WINDOWS_1256 { WINDOWS_1256 } else { WINDOWS_1252 }
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.out.len() {
            if self.ended && self.raw.is_empty() && self.started {
                return self.failed.take().map_or(Ok(0), Err);
            }
            self.fill();
        }
        let rest = &self.out.as_bytes()[self.given..];
        let n = rest.len().min(buffer.len());
        buffer[..n].copy_from_slice(&rest[..n]);
        self.given += n;
        Ok(n)
    }
}

/// UTF-16 without a byte order mark: English has a zero for every second byte.
fn two_bytes_a_letter(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if pairs < 2 => None,
        () if odd * 10 > pairs * 7 && even * 20 <= pairs => Some(UTF_16LE),
        () if even * 10 > pairs * 7 && odd * 20 <= pairs => Some(UTF_16BE),
        () => None,
    }
}

/// The encoding that a page or feed says it has.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let labels = ["charset", "encoding"].iter().filter_map(|key| {
        let (_, rest) = head.split_once(key)?;
        let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        rest.split(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).next()
    });
    labels.filter_map(|label| Encoding::for_label(label.as_bytes())).find(|e| e.is_ascii_compatible())
}

/// Whether more letters of several bytes are right in UTF-8 than wrong.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

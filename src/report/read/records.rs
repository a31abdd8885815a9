//! JSON reports: one object a line, or objects one after another, in an array or not.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use serde_json::Value;

use super::LONGEST_TEXT;
use super::coded::{CodedRow, Signature, cells_of, coding_of, properties_of};
use super::inputs::Entry;
use super::open::Opened;
use super::wrapped;
use crate::error::Notice;

/// JSON objects being read.
#[derive(Debug)]
pub(super) struct Records {
    by_line: bool,
    /// Ways in which events may be coded.
    signatures: Arc<[Signature]>,
    /// They are a list within an object, which goes on behind it.
    listed: bool,
    number: u64,
    line: u64,
}

/// Three times the longest text: six bytes may spell a letter of two.
const LONGEST_RECORD: usize = 3 * LONGEST_TEXT;
/// A record of more commas and brackets would take many times its length.
const MOST_VALUES: usize = 2_000_000;

/// A record as cut from the stream.
enum Cut {
    End,
    Blank,
    Bytes(Vec<u8>),
    /// With so many breaks of lines in it.
    TooLong(u64),
}

impl Records {
    /// One object a line; a broken line costs only itself.
    pub(super) fn by_line(signatures: &Arc<[Signature]>) -> Records {
        Records { by_line: true, signatures: Arc::clone(signatures), listed: false, number: 0, line: 1 }
    }

    /// Objects between braces, whatever the lines.
    pub(super) fn by_brace(signatures: &Arc<[Signature]>) -> Records {
        Records { by_line: false, signatures: Arc::clone(signatures), listed: false, number: 0, line: 1 }
    }

    /// Reads one object; false at the end.
    pub(super) fn next_record(&mut self, opened: &mut Opened, file: &str, out: &mut VecDeque<Entry>) -> bool {
        let cut = if self.by_line { line(&mut opened.reader) } else { self.braces(&mut opened.reader) };
        let at = self.line;
        let skip = |message: String| Entry::Notice(Notice::skipped(file, message).at_line(at));
        match cut {
            Err(e) => {
                out.push_back(skip(format!("the file breaks off: {e}; the records before it were read")));
                return false;
            }
            Ok(Cut::End) => return false,
            Ok(Cut::Blank) => {}
            Ok(Cut::TooLong(lines)) => {
                self.number += 1;
                out.push_back(skip("the record is longer than 16 MB; split it into reports".to_owned()));
                self.line += lines;
            }
            Ok(Cut::Bytes(bytes)) => {
                let lines = bytes.iter().filter(|b| **b == b'\n').count() as u64;
                let values = bytes.iter().filter(|b| matches!(**b, b',' | b'[' | b'{')).count();
                match serde_json::from_slice::<Value>(&bytes) {
                    _ if values > MOST_VALUES => {
                        out.push_back(skip(format!(
                            "the record has over {MOST_VALUES} values; split it into reports"
                        )));
                    }
                    Ok(value) => self.value(value, file, out),
                    Err(e) => out.push_back(skip(format!("is not valid JSON: {e}; one object a record"))),
                }
                self.line += if self.by_line { 0 } else { lines };
            }
        }
        self.line += u64::from(self.by_line);
        true
    }

    fn value(&mut self, value: Value, file: &str, out: &mut VecDeque<Entry>) {
        self.number += 1;
        let Some(value) = self.uncoded(value, file, out) else { return };
        let problem = match value {
            Value::Object(mut fields) => {
                let wrapped =
                    if wrapped::has_text(&fields) { Vec::new() } else { wrapped::take(&mut fields) };
                if !wrapped.is_empty() {
                    self.number -= 1;
                    return wrapped.into_iter().for_each(|record| self.value(record, file, out));
                }
                match wrapped::row_of(fields) {
                    Some(row) => return row.into_entries(file, self.number, self.line, out),
                    None => "has no text; name a field text, body or content",
                }
            }
            _ => "is not a JSON object; give objects with a field text, body or content",
        };
        out.push_back(Entry::Notice(Notice::skipped(file, problem).at_line(self.line)));
    }

    /// Passes a coded event on; gives back what is none.
    fn uncoded(&self, value: Value, file: &str, out: &mut VecDeque<Entry>) -> Option<Value> {
        if self.signatures.is_empty() {
            return Some(value);
        }
        let fields = properties_of(&value).or_else(|| value.as_object().cloned());
        let mut cells = cells_of(fields.unwrap_or_default());
        let Some(coding) = coding_of(&self.signatures, &|name| cells.contains_key(name)) else {
            return Some(value);
        };
        cells.values_mut().for_each(|cell| *cell = cell.trim().to_owned());
        cells.retain(|_, cell| !cell.is_empty());
        out.push_back(Entry::Coded(CodedRow { file: file.to_owned(), line: self.line, coding, cells }));
        None
    }

    /// Passes over all that stands before a list of records, which is called `key`.
    pub(super) fn skip_to_list(&mut self, reader: &mut dyn BufRead, key: &str) -> io::Result<()> {
        self.listed = true;
        let key = format!("\"{key}\"").into_bytes();
        let mut seen: Vec<u8> = Vec::with_capacity(key.len());
        let mut byte = [0];
        let mut found = false;
        while reader.read(&mut byte)? == 1 {
            self.line += u64::from(byte[0] == b'\n');
            match byte[0] {
                b'[' if found => return Ok(()),
                b':' if found => {}
                b if b.is_ascii_whitespace() => {}
                b => {
                    if seen.len() == key.len() {
                        seen.remove(0);
                    }
                    seen.push(b);
                    found = seen == key;
                }
            }
        }
        Ok(())
    }

    /// The next `{...}` of the stream; commas and brackets between objects are passed over.
    fn braces(&mut self, reader: &mut dyn BufRead) -> io::Result<Cut> {
        let mut bytes = Vec::new();
        let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
        // Lines of a record that is too long to be kept.
        let mut lost: Option<u64> = None;
        loop {
            let buffer = reader.fill_buf()?;
            if buffer.is_empty() {
                let nothing = bytes.trim_ascii().is_empty();
                return Ok(lost.map_or(if nothing { Cut::End } else { Cut::Bytes(bytes) }, Cut::TooLong));
            }
            let mut used = 0;
            let mut ended = false;
            for byte in buffer {
                used += 1;
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' if quoted => escaped = true,
                    b'"' => quoted = !quoted,
                    b'{' if !quoted => depth += 1,
                    b'}' if !quoted => {
                        depth = depth.saturating_sub(1);
                        ended = depth == 0;
                    }
                    b'\n' if lost.is_some() => lost = lost.map(|lines| lines + 1),
                    b'\n' if bytes.is_empty() => self.line += 1,
                    b']' if self.listed && bytes.is_empty() => return Ok(Cut::End),
                    _ => {}
                }
                let between = depth == 0 && !ended && !quoted;
                if between && (byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']')) {
                    ended = !bytes.is_empty() || lost.is_some();
                } else if lost.is_none() {
                    bytes.push(*byte);
                }
                if ended {
                    break;
                }
            }
            reader.consume(used);
            if ended {
                return Ok(lost.map_or(Cut::Bytes(bytes), Cut::TooLong));
            }
            if bytes.len() > LONGEST_RECORD {
                lost = Some(bytes.iter().filter(|b| **b == b'\n').count() as u64);
                bytes = Vec::new();
            }
        }
    }
}

/// The next line of the stream.
fn line(reader: &mut dyn BufRead) -> io::Result<Cut> {
    let mut bytes = Vec::new();
    let n = reader.take(LONGEST_RECORD as u64 + 1).read_until(b'\n', &mut bytes)?;
    if n == 0 {
        return Ok(Cut::End);
    }
    if n > LONGEST_RECORD {
        reader.skip_until(b'\n')?;
        return Ok(Cut::TooLong(0));
    }
    if bytes.trim_ascii().is_empty() {
        return Ok(Cut::Blank);
    }
    bytes.truncate(bytes.trim_ascii_end().len());
    Ok(Cut::Bytes(bytes))
}

//! A text file, which is one report.

use std::collections::VecDeque;
use std::io::Read;

use super::LONGEST_TEXT;
use super::columns::admit;
use super::inputs::Entry;
use super::open::Opened;
use crate::error::Notice;
use crate::report::Report;

/// Reads the file into one report.
pub(super) fn read(opened: &mut Opened, name: &str, out: &mut VecDeque<Entry>) {
    let mut bytes = Vec::new();
    // One byte more than allowed is enough to refuse it.
    let read = opened.reader.by_ref().take(LONGEST_TEXT as u64 + 1).read_to_end(&mut bytes);
    if let Err(e) = read {
        let message = format!("breaks off: {e}; check the file");
        return out.push_back(Entry::Notice(Notice::skipped(name, message)));
    }
    let text = lossy(bytes, name, None, out);
    admit(Report { id: name.to_owned(), text, ..Report::default() }, name, None, out);
}

/// The bytes as text, what is not UTF-8 replaced with U+FFFD, of which a notice is given.
pub(super) fn lossy(bytes: Vec<u8>, name: &str, line: Option<u64>, out: &mut VecDeque<Entry>) -> String {
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => {
            let good = e.utf8_error().valid_up_to();
            let bytes = e.into_bytes();
            let within = bytes[..good].iter().filter(|b| **b == b'\n').count() as u64;
            let message = "is not all UTF-8: bytes were replaced; save it as UTF-8";
            let notice = Notice::remark(name, message).at_line(line.unwrap_or(1) + within);
            out.push_back(Entry::Notice(notice));
            String::from_utf8_lossy(&bytes).into_owned()
        }
    }
}

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
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    if let Err(e) = read {
        // A sentence that was cut may tell the contrary of what it told.
        let whole = text.rfind('\n').or_else(|| text.rfind(". ").map(|at| at + 1)).unwrap_or(0);
        text.truncate(whole);
        let message = format!("breaks off: {e}; ");
        if text.trim().is_empty() {
            return out.push_back(Entry::Notice(Notice::skipped(name, message + "check the file")));
        }
        let line = text.bytes().filter(|b| *b == b'\n').count() as u64 + 1;
        let message = message + "what stands before was read; fetch the whole file";
        out.push_back(Entry::Notice(Notice::remark(name, message).at_line(line)));
    }
    admit(Report { id: name.to_owned(), text, ..Report::default() }, name, None, out);
}

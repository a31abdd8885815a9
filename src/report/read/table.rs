//! Tables of reports: comma, tab or semicolon between cells, a header line above.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use csv::ByteRecord;

use super::LONGEST_TEXT;
use super::coded::{CodedRow, Signature, coding_of, column_name};
use super::columns::{Column, Row};
use super::form::named_separator;
use super::inputs::Entry;
use super::open::Opened;
use crate::error::Notice;

/// A table being read.
#[derive(Debug)]
pub(super) struct Table {
    reader: csv::Reader<Limited>,
    columns: Columns,
    rows: u64,
    /// Lines above the header.
    above: u64,
}

/// What the columns of a table hold.
#[derive(Debug)]
enum Columns {
    /// One report a row.
    Reports(Vec<Option<(Column, usize)>>),
    /// One event a row, as somebody coded it.
    Coded(Arc<str>, Vec<String>),
}

impl Columns {
    fn count(&self) -> usize {
        match self {
            Columns::Reports(columns) => columns.len(),
            Columns::Coded(_, names) => names.len(),
        }
    }
}

/// A stream that ends in an error once a single row takes too much of it: a quote that is never closed would
/// otherwise swallow the rest of the file.
struct Limited {
    inner: Box<dyn BufRead + Send>,
    left: usize,
}

/// Twice the longest text: quotes within a cell are doubled.
const LONGEST_ROW: usize = 2 * LONGEST_TEXT;
/// A notice lists at most so many columns.
const NAMED: usize = 30;

impl std::fmt::Debug for Limited {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Limited({})", self.left)
    }
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other("a row is longer than 16 MB; close its quote or split it"));
        }
        let most = buffer.len().min(self.left);
        let n = self.inner.read(&mut buffer[..most])?;
        self.left -= n;
        Ok(n)
    }
}

impl Table {
    /// Reads the header of a table of reports, or of events coded in one of these ways.
    pub(super) fn open(
        opened: &mut Opened,
        delimiter: u8,
        signatures: &[Signature],
    ) -> Result<Table, String> {
        let mut inner = std::mem::replace(&mut opened.reader, Box::new(io::empty()));
        let names_separator =
            opened.head.split(|b| *b == b'\n').next().is_some_and(|l| named_separator(l).is_some());
        if names_separator {
            // As long as its head, at most.
            inner.skip_until(b'\n').map_err(|e| format!("cannot be read: {e}"))?;
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(Limited { inner, left: LONGEST_ROW });
        let header = reader.byte_headers().map_err(|e| format!("has no readable header: {e}"))?;
        let names: Vec<String> =
            header.iter().map(|c| String::from_utf8_lossy(c).trim().to_owned()).collect();
        let lower: Vec<String> = names.iter().map(|name| column_name(name)).collect();
        if let Some(coding) = coding_of(signatures, &|name| lower.iter().any(|l| l == name)) {
            return Ok(Table {
                reader,
                columns: Columns::Coded(coding, lower),
                rows: 0,
                above: u64::from(names_separator),
            });
        }
        if !names.iter().any(|name| Column::is_text(name)) {
            return Err(format!(
                "has no text column; name one of its columns text, body or content (it has {})",
                names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ")
            ));
        }
        let columns = Columns::Reports(names.iter().map(|name| Column::named(name)).collect());
        Ok(Table { reader, columns, rows: 0, above: u64::from(names_separator) })
    }

    /// Reads one row; false at the end.
    pub(super) fn next_row(&mut self, file: &str, out: &mut VecDeque<Entry>) -> bool {
        self.reader.get_mut().left = LONGEST_ROW;
        let mut record = ByteRecord::new();
        match self.reader.read_byte_record(&mut record) {
            Ok(false) => return false,
            Ok(true) => {}
            Err(e) => {
                let line = e.position().map_or(0, csv::Position::line).max(self.reader.position().line())
                    + self.above;
                let message = format!("the table breaks off: {e}; the rows before it were read");
                out.push_back(Entry::Notice(Notice::skipped(file, message).at_line(line)));
                return false;
            }
        }
        self.rows += 1;
        let line = record.position().map_or(0, csv::Position::line) + self.above;
        if record.len() != self.columns.count() {
            let message = format!(
                "the row has {} cells and the header {}; check its quotes and separators",
                record.len(),
                self.columns.count()
            );
            out.push_back(Entry::Notice(Notice::skipped(file, message).at_line(line)));
            return true;
        }
        match &self.columns {
            Columns::Reports(columns) => {
                let mut row = Row::default();
                for (column, cell) in columns.iter().zip(&record) {
                    if let Some(column) = column {
                        row.put(*column, String::from_utf8_lossy(cell).into_owned());
                    }
                }
                row.into_entries(file, self.rows, line, out);
            }
            Columns::Coded(coding, names) => {
                let mut cells = BTreeMap::new();
                for (name, cell) in names.iter().zip(&record) {
                    if !cell.trim_ascii().is_empty() {
                        cells.insert(name.clone(), String::from_utf8_lossy(cell.trim_ascii()).into_owned());
                    }
                }
                let coding = Arc::clone(coding);
                out.push_back(Entry::Coded(CodedRow { file: file.to_owned(), line, coding, cells }));
            }
        }
        true
    }
}

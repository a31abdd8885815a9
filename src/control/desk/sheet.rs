//! Sheets: an editor's file as entries of named cells, each with its line, whatever the file's format.

use std::collections::BTreeMap;

use csv::{Position, StringRecord};
use jiff::civil::Date;

use crate::error::Notice;

/// What a message repeats of a cell, in characters.
const SHOWN: usize = 60;

/// A value under a name.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) line: u64,
    pub(super) text: String,
}

impl Cell {
    /// The cell as a message repeats it.
    pub(super) fn shown(&self) -> String {
        let mut shown: String = self.text.chars().take(SHOWN).collect();
        if shown.len() < self.text.len() {
            shown.push('…');
        }
        format!("{shown:?}")
    }

    /// The day that the cell holds.
    pub(super) fn day(&self, name: &str) -> Result<Date, Fault> {
        let whole = self.text.len() == "2021-07-07".len();
        self.text
            .parse()
            .ok()
            .filter(|_| whole)
            .ok_or_else(|| self.fault(format!("{name} {} is no day; write it as 2021-07-07", self.shown())))
    }

    pub(super) fn fault(&self, problem: String) -> Fault {
        Fault { line: self.line, problem }
    }
}

/// What is wrong with an entry, and where.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) line: u64,
    pub(super) problem: String,
}

impl Fault {
    pub(super) fn skipped(self, file: &str) -> Notice {
        Notice::skipped(file, self.problem).at_line(self.line)
    }
}

/// A row of a table.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) line: u64,
    pub(super) cells: BTreeMap<&'static str, Cell>,
}

impl Entry {
    pub(super) fn get(&self, name: &str) -> Option<&Cell> {
        self.cells.get(name)
    }

    /// A cell that must be there.
    pub(super) fn need(&self, name: &str, remedy: &str) -> Result<&Cell, Fault> {
        self.get(name).ok_or_else(|| Fault { line: self.line, problem: format!("has no {name}; {remedy}") })
    }
}

/// The rows of a CSV table that can be read, and what is wrong with the others. `columns` are those it may have, the
/// first of which it must have.
pub(super) fn csv(file: &str, text: &str, columns: &[&'static str]) -> (Vec<Entry>, Vec<Notice>) {
    let (mut entries, mut notices) = (Vec::new(), Vec::new());
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|name| name.trim().to_lowercase()).collect(),
        Err(e) => return (entries, vec![Notice::skipped(file, format!("has no readable header: {e}"))]),
    };
    let all = columns.join(", ");
    let known: Vec<Option<&'static str>> =
        header.iter().map(|n| columns.iter().copied().find(|c| c == n)).collect();
    if !known.contains(&Some(columns[0])) {
        let problem = format!("has no column {}; begin the file with a header of {all}", columns[0]);
        return (entries, vec![Notice::skipped(file, problem).at_line(1)]);
    }
    for (i, name) in header.iter().enumerate() {
        let problem = match known[i] {
            None if name.is_empty() => continue,
            None => format!("the column {name:?} is unknown and is not read; the columns are {all}"),
            Some(_) if header[..i].contains(name) => {
                format!("the column {name} stands twice; the first is read, take the other out")
            }
            Some(_) => continue,
        };
        notices.push(Notice::skipped(file, problem).at_line(1));
    }
    let mut record = StringRecord::new();
    while matches!(reader.read_record(&mut record), Ok(true)) {
        let line = record.position().map_or(0, Position::line);
        if record.len() != header.len() {
            let (cells, columns) = (record.len(), header.len());
            let problem =
                format!("the row has {cells} cells and the header {columns}; check its quotes and commas");
            notices.push(Notice::skipped(file, problem).at_line(line));
            continue;
        }
        let mut cells = BTreeMap::new();
        for (name, text) in known.iter().zip(&record) {
            if let (Some(name), false) = (name, text.trim().is_empty()) {
                cells.entry(*name).or_insert_with(|| Cell { line, text: text.trim().to_owned() });
            }
        }
        entries.push(Entry { line, cells });
    }
    (entries, notices)
}

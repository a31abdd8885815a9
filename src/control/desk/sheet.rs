//! Sheets: an editor's file as entries of named cells, each with its line, whatever the file's format.

use std::collections::BTreeMap;
use std::ops::Range;

use csv::{Position, StringRecord};
use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use crate::error::Notice;

/// What a message repeats of a cell, in characters.
const SHOWN: usize = 60;
/// Between the values of a cell that holds several.
const BETWEEN: char = ';';

/// A value under a name.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) line: u64,
    pub(super) text: String,
}

impl Cell {
    /// The values of a cell that may hold several.
    pub(super) fn values(&self) -> impl Iterator<Item = &str> {
        self.text.split(BETWEEN).map(str::trim).filter(|v| !v.is_empty())
    }

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
    /// What is wrong with its cells, and those under a name that no column has.
    pub(super) faults: Vec<Fault>,
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
        let (mut cells, mut faults) = (BTreeMap::new(), Vec::new());
        for (i, text) in record.iter().map(str::trim).enumerate().filter(|(_, text)| !text.is_empty()) {
            match known[i] {
                Some(name) => {
                    cells.entry(name).or_insert_with(|| Cell { line, text: text.to_owned() });
                }
                None => faults.push(unknown(line, &header[i], &all)),
            }
        }
        entries.push(Entry { line, cells, faults });
    }
    (entries, notices)
}

fn unknown(line: u64, name: &str, all: &str) -> Fault {
    Fault { line, problem: format!("{name:?} is unknown; correct it to one of {all}, or take it out") }
}

/// The tables of an array of a TOML file that can be read, and what is wrong with the rest. A table that the format
/// itself finds fault with is left out.
pub(super) fn toml(
    file: &str,
    text: &str,
    array: &str,
    columns: &[&'static str],
) -> (Vec<Entry>, Vec<Notice>) {
    let line_of = |at: usize| 1 + text.bytes().take(at).filter(|b| *b == b'\n').count() as u64;
    let (document, errors) = DeTable::parse_recoverable(text);
    let broken: Vec<u64> = errors.iter().filter_map(|e| e.span()).map(|s| line_of(s.start)).collect();
    let mut notices: Vec<Notice> = errors
        .iter()
        .map(|e| {
            let at = e.span().map_or(1, |s| line_of(s.start));
            Notice::skipped(file, format!("is no TOML: {}; what it stands in is left out", e.message()))
                .at_line(at)
        })
        .collect();
    let mut tables: Vec<(u64, &DeTable<'_>)> = Vec::new();
    for (key, value) in document.get_ref() {
        let line = line_of(key.span().start);
        match value.get_ref() {
            DeValue::Array(items) if key.get_ref() == array => {
                for item in items.iter() {
                    match item.get_ref() {
                        DeValue::Table(table) => tables.push((line_of(item.span().start), table)),
                        _ => notices.push(outside(file, line_of(item.span().start), array, array)),
                    }
                }
            }
            _ => notices.push(outside(file, line, key.get_ref(), array)),
        }
    }
    let ends: Vec<u64> = tables.iter().skip(1).map(|(line, _)| *line).chain([u64::MAX]).collect();
    let whole = tables.iter().zip(ends).filter(|((from, _), to)| !broken.iter().any(|b| b >= from && b < to));
    let entries = whole.map(|((line, table), _)| entry(*line, table, columns, line_of)).collect();
    (entries, notices)
}

fn outside(file: &str, line: u64, name: &str, array: &str) -> Notice {
    let message = format!("{name:?} stands outside; write each under a heading [[{array}]] of its own");
    Notice::skipped(file, message).at_line(line)
}

fn entry(line: u64, table: &DeTable<'_>, columns: &[&'static str], line_of: impl Fn(usize) -> u64) -> Entry {
    let (mut cells, mut faults) = (BTreeMap::new(), Vec::new());
    for (key, value) in table {
        let at = |span: Range<usize>| line_of(span.start);
        let name = key.get_ref();
        let Some(column) = columns.iter().find(|c| *c == name) else {
            faults.push(unknown(at(key.span()), name, &columns.join(", ")));
            continue;
        };
        let text = match value.get_ref() {
            DeValue::String(text) => Some(text.trim().to_owned()),
            DeValue::Datetime(day) => Some(day.to_string()),
            DeValue::Array(items) => items
                .iter()
                .map(|item| item.get_ref().as_str().map(str::to_owned))
                .collect::<Option<Vec<String>>>()
                .map(|texts| texts.join("; ")),
            _ => None,
        };
        match text {
            None => faults.push(Fault {
                line: at(value.span()),
                problem: format!("{name} is no text; put it in quotes"),
            }),
            Some(text) if text.is_empty() => {}
            Some(text) => {
                cells.insert(*column, Cell { line: at(value.span()), text });
            }
        }
    }
    Entry { line, cells, faults }
}

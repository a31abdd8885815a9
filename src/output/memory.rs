//! What reports told an earlier run, so that a later one need not read them again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::Notice;
use crate::event::{Event, on_one_line};
use crate::report::Report;

/// Its name in the output folder. It is no part of the run's output: without it all reports are read afresh.
pub(super) const READ: &str = ".read";

/// What its first line begins with; another form of the rest has another number.
const FORM: &str = "naqsha-read 1";

/// Identifies a report by all that it holds.
type Key = [u8; 32];

/// What reports told, by what they hold; the default keeps nothing. The sentences themselves stand in the reports, and here only where they end.
#[derive(Debug, Default)]
pub struct Memory {
    made_by: String,
    /// What an earlier run left, each as it is stored.
    earlier: BTreeMap<Key, Vec<u8>>,
    /// The same of this run.
    told: BTreeMap<Key, Vec<u8>>,
    fresh: usize,
}

/// What one report told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldBy {
    /// Its events.
    pub events: Vec<Event>,
    /// What was left out or put right.
    pub notices: Vec<Notice>,
}

impl Memory {
    /// Nothing yet. `made_by` stands for all that decides how reports are read: the program and its tables.
    #[must_use]
    pub fn new(made_by: &str) -> Memory {
        Memory { made_by: made_by.to_owned(), ..Memory::default() }
    }

    /// What is stored in bytes, if they were made by the same; Err where they are broken.
    pub(super) fn from_bytes(made_by: &str, bytes: &[u8]) -> Result<Memory, ()> {
        let end = bytes.iter().position(|b| *b == b'\n').ok_or(())?;
        let (head, rest) = (&bytes[..end], &bytes[end + 1..]);
        let head = str::from_utf8(head).map_err(drop)?;
        let (maker, hash) = head.strip_prefix(FORM).ok_or(())?.trim_start().split_once(' ').ok_or(())?;
        if hash != hex(&Sha256::digest(rest)) {
            return Err(());
        }
        let earlier =
            if maker == made_by { postcard::from_bytes(rest).map_err(drop)? } else { BTreeMap::new() };
        Ok(Memory { earlier, ..Memory::new(made_by) })
    }

    /// Its bytes as a file, with what this run asked for or was told and nothing else.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let rest = postcard::to_allocvec(&self.told).unwrap_or_default();
        let mut bytes = format!("{FORM} {} {}\n", self.made_by, hex(&Sha256::digest(&rest))).into_bytes();
        bytes.extend(rest);
        bytes
    }

    /// Whether it is to be stored: this run was told other things than the one before.
    pub(super) fn is_new(&self) -> bool {
        !self.made_by.is_empty() && (self.fresh > 0 || self.told.len() != self.earlier.len())
    }

    /// How many reports this run had to read.
    #[must_use]
    pub fn fresh(&self) -> usize {
        self.fresh
    }

    /// What a report told an earlier run.
    #[must_use]
    pub fn recall(&mut self, report: &Report) -> Option<ToldBy> {
        let key = key(report);
        let stored = self.earlier.get(&key)?;
        let mut told: ToldBy = postcard::from_bytes(stored).ok()?;
        for event in &mut told.events {
            if event.quote.is_empty() {
                event.quote = on_one_line(report.text.get(event.quote_start..event.quote_end)?);
            }
        }
        self.told.insert(key, stored.clone());
        Some(told)
    }

    /// Keeps what a report told this run.
    pub fn keep(&mut self, report: &Report, told: &ToldBy) {
        self.fresh += 1;
        if self.made_by.is_empty() {
            return;
        }
        let mut told = told.clone();
        for event in &mut told.events {
            let sentence = report.text.get(event.quote_start..event.quote_end).map(on_one_line);
            match sentence {
                Some(sentence) if sentence == event.quote => event.quote.clear(),
                // It could not be told from one that stands in the report: such a report is read again.
                _ if event.quote.is_empty() => return,
                _ => {}
            }
        }
        if let Ok(stored) = postcard::to_allocvec(&told) {
            self.told.insert(key(report), stored);
        }
    }
}

fn key(report: &Report) -> Key {
    let mut digest = Sha256::new();
    let published = report.published.map(|d| d.to_string());
    let parts = [Some(&report.id), report.source.as_ref(), report.url.as_ref(), report.title.as_ref()];
    for part in parts.into_iter().chain([published.as_ref(), Some(&report.text)]) {
        // The length before each, so that no two reports are written alike.
        digest.update(part.map_or(u64::MAX, |p| p.len() as u64).to_le_bytes());
        digest.update(part.map_or("", |p| p));
    }
    digest.finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

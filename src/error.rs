//! What can go wrong: an `Error` when the run cannot go on, a `Notice` when a part was left out.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The run cannot go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input cannot be read at all.
    #[error("cannot read {}: {source}; check that the path exists and may be read", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// An output cannot be written.
    #[error("cannot write {}: {source}; {}", path.display(), remedy(path))]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another run writes to the same folder.
    #[error("another naqsha writes to {}; wait until it has ended, give --wait SECONDS, or another -o", path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// A table that the program needs (bundled, or from --data) is malformed.
    #[error("{file}{}: {problem}", line.map(|l| format!(", line {l}")).unwrap_or_default())]
    Data {
        /// Path inside the data folder.
        file: String,
        /// Line, counted from 1, where known.
        line: Option<u64>,
        /// What is wrong and what was expected.
        problem: String,
    },
    /// The command line asks for something impossible.
    #[error("{0}")]
    Usage(String),
}

/// Where data goes on standard output, in messages.
pub const STDOUT: &str = "standard output";

fn remedy(path: &Path) -> &'static str {
    if path == Path::new(STDOUT) {
        "check that where it goes takes it and has space"
    } else {
        "check that the folder exists, may be written and has space"
    }
}

/// What became of the thing a notice speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// A report or row was left out.
    Skipped,
    /// It was read, with something missing or put right.
    Remark,
}

/// Something a user should know that did not stop the run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Notice {
    /// The file or report it speaks of.
    pub subject: String,
    /// Line, counted from 1, where known.
    pub line: Option<u64>,
    /// What became of it.
    pub kind: NoticeKind,
    /// What is wrong, and the remedy.
    pub message: String,
}

impl Notice {
    /// A report or row that was left out.
    #[must_use]
    pub fn skipped(subject: impl Into<String>, message: impl Into<String>) -> Notice {
        Notice { subject: subject.into(), line: None, kind: NoticeKind::Skipped, message: message.into() }
    }

    /// Something put right or missing in what was read.
    #[must_use]
    pub fn remark(subject: impl Into<String>, message: impl Into<String>) -> Notice {
        Notice { subject: subject.into(), line: None, kind: NoticeKind::Remark, message: message.into() }
    }

    /// The same notice, naming a line (counted from 1).
    #[must_use]
    pub fn at_line(self, line: u64) -> Notice {
        Notice { line: Some(line), ..self }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.subject, self.message),
            None => write!(f, "{}: {}", self.subject, self.message),
        }
    }
}

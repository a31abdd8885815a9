//! The journal: what a run has written before its manifest says so, for the run after one that died.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Its name in the output folder; it is there only while a run writes, or after one that died.
const JOURNAL: &str = ".journal";

/// A file that is about to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// Its path inside the output folder.
    pub(super) path: String,
    /// The hash of its bytes.
    pub(super) sha256: String,
    /// A hash of all that decides its bytes, of a drawn file.
    pub(super) source: Option<String>,
}

/// The journal of a run.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: Option<File>,
}

impl Journal {
    /// That of a folder.
    pub(super) fn of(root: &Path) -> Journal {
        Journal { path: root.join(JOURNAL), file: None }
    }

    /// What a run that died had written or was about to. A line that it left half written is none.
    pub(super) fn entries(&self) -> Vec<Entry> {
        let told = fs::read(&self.path).unwrap_or_default();
        told.split(|b| *b == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect()
    }

    /// Adds a file, before it is written.
    pub(super) fn add(&mut self, entry: &Entry) -> io::Result<()> {
        // The line before may have been left half written.
        let mut line = b"\n".to_vec();
        line.append(&mut serde_json::to_vec(entry)?);
        let file = match self.file.take() {
            Some(file) => file,
            None => {
                if fs::symlink_metadata(&self.path).is_ok_and(|m| !m.is_file()) {
                    fs::remove_file(&self.path)?;
                }
                OpenOptions::new().create(true).append(true).open(&self.path)?
            }
        };
        self.file.insert(file).write_all(&line)
    }

    /// Ends it: the manifest tells all that it told.
    pub(super) fn end(self) -> io::Result<()> {
        drop(self.file);
        match fs::remove_file(&self.path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
            _ => Ok(()),
        }
    }
}

//! What drawn files were drawn from, so that a later run need not draw them again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

/// Its name in the output folder. It is no part of the run's output: without it everything is drawn afresh.
pub(super) const DRAWN: &str = ".drawn";

/// A drawn file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Drawn {
    /// A hash of all that decides its bytes.
    pub(super) source: String,
    /// The hash of its bytes.
    pub(super) sha256: String,
    /// How it lay there when it was written or last looked at.
    pub(super) stamp: Option<Stamp>,
}

/// How a file lies there: who changes it changes this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stamp {
    bytes: u64,
    /// Nanoseconds since 1970.
    written: u64,
}

impl Stamp {
    /// That of a file; None where it is none, or the system does not tell.
    pub(super) fn of(path: &Path) -> Option<Stamp> {
        let meta = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
        let written = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
        Some(Stamp { bytes: meta.len(), written: u64::try_from(written).ok()? })
    }
}

/// The drawn files of an earlier run in a folder, by path; none where that is not told.
pub(super) fn drawn(root: &Path) -> BTreeMap<String, Drawn> {
    let told = fs::read(root.join(DRAWN)).ok();
    told.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

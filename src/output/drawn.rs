//! What drawn files were drawn from, so that a later run need not draw them again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

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
}

/// The drawn files of an earlier run in a folder, by path; none where that is not told.
pub(super) fn drawn(root: &Path) -> BTreeMap<String, Drawn> {
    let told = fs::read(root.join(DRAWN)).ok();
    told.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

//! The manifest: what a run was made from and every file it wrote, with hashes; no clock and no path of a machine.

use std::fs;
use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::control::{ControlStatus, Fate};
use crate::data::DataFiles;
use crate::error::Error;
use crate::map::Origin;
use crate::report::InputHash;

/// Its name in the output folder.
pub(super) const MANIFEST: &str = "manifest.json";

/// What a run was made from and what it wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// The program.
    pub tool: &'static str,
    /// Its version.
    pub version: &'static str,
    /// SHA-256 over all tables and layers that it used.
    pub data_sha256: String,
    /// First day written.
    pub from: Option<Date>,
    /// Last day written.
    pub to: Option<Date>,
    /// Reports read.
    pub reports: usize,
    /// Rows of coded events read, those that were left out included.
    #[serde(skip_serializing_if = "is_none")]
    pub coded_rows: usize,
    /// Merged events.
    pub events: usize,
    /// What was declared before the first report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<BaselineUsed>,
    /// The file of corrections, and what became of each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrections: Option<CorrectionsUsed>,
    /// The district boundaries, where a user imported them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boundaries: Option<Origin>,
    /// The files that were read, by name.
    pub inputs: Vec<InputHash>,
    /// The files that were written, by path; this one left out.
    pub files: Vec<OutputFile>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// The baseline of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum BaselineUsed {
    /// A status for every unit.
    Everywhere(ControlStatus),
    /// A table.
    File(InputHash),
}

/// The corrections of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionsUsed {
    /// The file.
    #[serde(flatten)]
    pub file: InputHash,
    /// The corrections that apply, by what they do.
    pub applied: Vec<Fate>,
}

/// A file of a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OutputFile {
    /// Its path inside the output folder, `/` between the parts.
    pub path: String,
    /// 64 hex digits.
    pub sha256: String,
}

impl Manifest {
    /// A manifest of this program with these tables, without a run yet.
    ///
    /// # Errors
    /// `Error::Data` where a table that is listed is missing.
    pub fn of(data: &DataFiles) -> Result<Manifest, Error> {
        let mut digest = Sha256::new();
        for path in data.under("") {
            let bytes = data.bytes(path)?;
            digest.update(format!("{path}\n{}\n", bytes.len()));
            digest.update(bytes);
        }
        let data_sha256 = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let (tool, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let (inputs, files) = (Vec::new(), Vec::new());
        Ok(Manifest {
            tool,
            version,
            data_sha256,
            from: None,
            to: None,
            reports: 0,
            coded_rows: 0,
            events: 0,
            baseline: None,
            corrections: None,
            boundaries: Origin::of(data)?,
            inputs,
            files,
        })
    }

    /// Its bytes as a file.
    pub(super) fn to_json(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// The files that the manifest in a folder lists; none where there is no manifest that can be read.
    pub(super) fn files_of(root: &Path) -> Vec<OutputFile> {
        #[derive(Deserialize)]
        struct Listed {
            tool: String,
            files: Vec<OutputFile>,
        }
        let listed =
            fs::read(root.join(MANIFEST)).ok().and_then(|b| serde_json::from_slice::<Listed>(&b).ok());
        listed.filter(|l| l.tool == env!("CARGO_PKG_NAME")).map(|l| l.files).unwrap_or_default()
    }
}

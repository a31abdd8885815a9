//! The output folder: files that are old or new but never half written, and nothing left over from an earlier run.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};
use tempfile::{Builder, NamedTempFile};

use super::drawn::{DRAWN, Drawn, drawn};
use super::manifest::{MANIFEST, Manifest, OutputFile};
use crate::error::Error;

/// A folder that a run writes to.
///
/// Each file is written beside its place under a temporary name and renamed, so that a run that dies leaves each file
/// as it was or as it should be. A file that already holds the right bytes is not touched.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    files: Mutex<BTreeMap<String, Written>>,
    /// Of an earlier run.
    drawn: BTreeMap<String, Drawn>,
}

#[derive(Debug)]
struct Written {
    sha256: String,
    changed: bool,
    /// What it was drawn from.
    source: Option<String>,
}

/// What a run did to its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Files of the run.
    pub files: usize,
    /// Those whose bytes are new.
    pub changed: usize,
    /// Files of an earlier run that this one does not write, removed.
    pub removed: usize,
}

impl Folder {
    /// Opens the folder, making it where it does not exist, and tries whether it can be written.
    ///
    /// # Errors
    /// `Error::Write` where it cannot.
    pub fn open(root: &Path) -> Result<Folder, Error> {
        fs::create_dir_all(root).map_err(|e| cannot_write(root, e))?;
        temporary(root).map_err(|e| cannot_write(root, e))?;
        Ok(Folder { root: root.to_owned(), files: Mutex::default(), drawn: drawn(root) })
    }

    /// Puts a file at a path inside the folder, `/` between its parts. Any thread may. Takes what the writers of
    /// this module give.
    ///
    /// # Errors
    /// `Error::Write` where it cannot be written.
    pub fn put(&self, path: &str, bytes: io::Result<Vec<u8>>) -> Result<(), Error> {
        self.put_drawn(path, bytes, None)
    }

    /// As [`Folder::put`]. `source`, a hash of all that decides the bytes, lets [`Folder::keeps`] of a later run know
    /// the file.
    ///
    /// # Errors
    /// As `put`.
    pub fn put_drawn(
        &self,
        path: &str,
        bytes: io::Result<Vec<u8>>,
        source: Option<String>,
    ) -> Result<(), Error> {
        let target = self.root.join(path);
        let bytes = bytes.map_err(|e| cannot_write(&target, e))?;
        let changed = replace(&target, &bytes).map_err(|e| cannot_write(&target, e))?;
        self.note(path, Written { sha256: hex(&bytes), changed, source });
        Ok(())
    }

    /// Whether an earlier run drew a file from this source and it lies there as it left it. Then it is this run's too.
    pub fn keeps(&self, path: &str, source: &str) -> bool {
        let Some(old) = self.drawn.get(path).filter(|d| d.source == source) else { return false };
        let same = fs::read(self.root.join(path)).is_ok_and(|bytes| hex(&bytes) == old.sha256);
        if same {
            let source = Some(old.source.clone());
            self.note(path, Written { sha256: old.sha256.clone(), changed: false, source });
        }
        same
    }

    fn note(&self, path: &str, written: Written) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), written);
    }

    /// Ends a run that has written nothing: a folder that holds nothing is removed again.
    pub fn discard(self) {
        // One that is not empty stays, and so does one that cannot be removed.
        let _ = fs::remove_dir(&self.root);
    }

    /// Ends the run: removes what the manifest of an earlier run lists and this run did not write, unless somebody
    /// changed it since, then writes the manifest. What `replaces` says of a path decides whether it was this run's
    /// to write; what was not stays, and stays listed.
    ///
    /// # Errors
    /// `Error::Write` where a file cannot be removed or the manifest cannot be written.
    pub fn close(self, manifest: Manifest, replaces: impl Fn(&str) -> bool) -> Result<Tally, Error> {
        let files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut tally = Tally { files: files.len() + 1, ..Tally::default() };
        tally.changed = files.values().filter(|f| f.changed).count();
        let (mut listed, mut drawn) = (BTreeMap::new(), self.drawn);
        for (path, file) in files {
            match file.source {
                Some(source) => {
                    drawn.insert(path.clone(), Drawn { source, sha256: file.sha256.clone() });
                }
                None => {
                    drawn.remove(&path);
                }
            }
            listed.insert(path, file.sha256);
        }
        for old in Manifest::files_of(&self.root) {
            if listed.contains_key(&old.path) {
                continue;
            }
            if !replaces(&old.path) {
                listed.insert(old.path, old.sha256);
            } else if remove(&self.root, &old)? {
                tally.removed += 1;
            }
        }
        drawn.retain(|path, _| listed.contains_key(path));
        if !drawn.is_empty() || self.root.join(DRAWN).exists() {
            let target = self.root.join(DRAWN);
            let bytes = serde_json::to_vec(&drawn).unwrap_or_default();
            replace(&target, &bytes).map_err(|e| cannot_write(&target, e))?;
        }
        let files = listed.into_iter().map(|(path, sha256)| OutputFile { path, sha256 }).collect();
        let bytes = Manifest { files, ..manifest }.to_json();
        let target = self.root.join(MANIFEST);
        tally.changed += usize::from(replace(&target, &bytes).map_err(|e| cannot_write(&target, e))?);
        Ok(tally)
    }
}

/// Writes bytes to a file unless it holds them already; true where it did not.
fn replace(target: &Path, bytes: &[u8]) -> io::Result<bool> {
    if holds(target, bytes) {
        return Ok(false);
    }
    let dir = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(dir)?;
    let mut file = temporary(dir)?;
    file.write_all(bytes)?;
    file.flush()?;
    file.persist(target).map_err(|e| e.error)?;
    Ok(true)
}

fn holds(target: &Path, bytes: &[u8]) -> bool {
    let same_length = fs::metadata(target).is_ok_and(|m| m.is_file() && m.len() == bytes.len() as u64);
    same_length && fs::read(target).is_ok_and(|old| old == bytes)
}

/// A file that vanishes unless it is given its name, readable by whoever the user's mask allows.
fn temporary(dir: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".naqsha-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(dir)
}

/// Removes a file of an earlier run if it is still as that run wrote it, and its folder if that leaves it empty.
fn remove(root: &Path, old: &OutputFile) -> Result<bool, Error> {
    let inside = Path::new(&old.path).components().all(|c| matches!(c, Component::Normal(_)));
    let target = root.join(&old.path);
    let real = target.canonicalize().ok().zip(root.canonicalize().ok());
    if !inside || !real.is_some_and(|(file, root)| file.starts_with(root)) {
        return Ok(false);
    }
    if !fs::read(&target).is_ok_and(|bytes| hex(&bytes) == old.sha256) {
        return Ok(false);
    }
    fs::remove_file(&target).map_err(|e| cannot_write(&target, e))?;
    if let Some(dir) = target.parent().filter(|dir| *dir != root) {
        // A folder that still holds something stays.
        let _ = fs::remove_dir(dir);
    }
    Ok(true)
}

fn cannot_write(path: &Path, source: io::Error) -> Error {
    Error::Write { path: path.to_owned(), source }
}

/// The SHA-256 of bytes in hex.
fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

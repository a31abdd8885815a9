//! The output folder: files that are old or new but never half written, and nothing left over from an earlier run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tempfile::{Builder, NamedTempFile};

use super::drawn::{DRAWN, Drawn, Stamp, drawn};
use super::journal::{Entry, Journal};
use super::lock::{self, Lock};
use super::manifest::{MANIFEST, Manifest, OutputFile};
use super::memory::{Memory, READ};
use crate::error::{Error, Notice};

/// What the names of files begin with that are not finished.
const UNFINISHED: &str = ".naqsha-";

/// A folder that a run writes to, and no other run meanwhile.
///
/// Each file is written under a temporary name and renamed, so that a run that dies leaves each file as it was or as
/// it should be; the next run goes on where it died. A file that already holds the right bytes is not touched.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// There was none before.
    is_new: bool,
    /// A file that lies as it was written is not read.
    trusts: bool,
    files: Mutex<BTreeMap<String, Written>>,
    /// Of an earlier run.
    drawn: BTreeMap<String, Drawn>,
    /// The files of earlier runs, those of one that died last.
    earlier: Vec<OutputFile>,
    journal: Mutex<Journal>,
    /// Held until the folder is done with, where the file system knows locks.
    _lock: Option<Lock>,
}

#[derive(Debug)]
struct Written {
    sha256: String,
    changed: bool,
    /// What it was drawn from.
    source: Option<String>,
    /// How it lies there, of a drawn one.
    stamp: Option<Stamp>,
}

/// What a run did to its folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Files of the run.
    pub files: usize,
    /// Those whose bytes are new.
    pub changed: usize,
    /// Files of an earlier run that this one does not write, removed.
    pub removed: usize,
    /// The paths of what is new or removed, the manifest left out.
    pub touched: BTreeSet<String>,
}

impl Folder {
    /// Opens the folder, making it where it does not exist, and tries whether it can be written.
    ///
    /// # Errors
    /// `Error::Write` where it cannot, `Error::Busy` where another run writes to it.
    pub fn open(root: &Path) -> Result<Folder, Error> {
        Folder::open_within(root, Duration::ZERO)
    }

    /// The same, waiting for another run to end, but no longer than this.
    ///
    /// # Errors
    /// As `open`.
    pub fn open_within(root: &Path, wait: Duration) -> Result<Folder, Error> {
        let is_new = !root.exists();
        if root.is_file() {
            let told = format!("{} is a file; name a folder to write to", root.display());
            return Err(Error::Usage(told));
        }
        fs::create_dir_all(root).map_err(|e| cannot_write(root, e))?;
        temporary(root).map_err(|e| cannot_write(root, e))?;
        let lock = lock::take(root, wait)?;
        if lock.is_some() {
            clear_unfinished(root);
        }
        let journal = Journal::of(root);
        let (mut drawn, mut earlier) = (drawn(root), Manifest::files_of(root));
        for Entry { path, sha256, source } in journal.entries() {
            if !is_as(&root.join(&path), &sha256) {
                continue;
            }
            if let Some(source) = source {
                drawn.insert(path.clone(), Drawn { source, sha256: sha256.clone(), stamp: None });
            }
            earlier.push(OutputFile { path, sha256 });
        }
        Ok(Folder {
            root: root.to_owned(),
            is_new,
            trusts: false,
            files: Mutex::default(),
            drawn,
            earlier,
            journal: Mutex::new(journal),
            _lock: lock,
        })
    }

    /// The same, taking a file of an earlier run for what it was if its length and its time are as that run left them.
    #[must_use]
    pub fn trusting(self) -> Folder {
        Folder { trusts: true, ..self }
    }

    /// What reports told an earlier run into this folder; nothing, and why, where that is broken.
    #[must_use]
    pub fn memory(&self, made_by: &str) -> (Memory, Option<Notice>) {
        let path = self.root.join(READ);
        let Ok(bytes) = fs::read(&path) else { return (Memory::new(made_by), None) };
        match Memory::from_bytes(made_by, &bytes) {
            Ok(memory) => (memory, None),
            Err(()) => {
                let message = "is broken and is made anew; all reports are read";
                let notice = Notice::remark(path.to_string_lossy(), message);
                (Memory::new(made_by), Some(notice))
            }
        }
    }

    /// Stores what reports told this run for the next one.
    ///
    /// # Errors
    /// `Error::Write` where it cannot be written.
    pub fn remember(&self, memory: &Memory) -> Result<(), Error> {
        if memory.is_new() {
            renew(&self.root, READ, &memory.to_bytes())?;
        }
        Ok(())
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
        let target = self.place(path)?;
        let bytes = bytes.map_err(|e| cannot_write(&target, e))?;
        let sha256 = hex(&bytes);
        let changed = !holds(&target, &bytes);
        if changed || source.is_some() {
            let entry = Entry { path: path.to_owned(), sha256: sha256.clone(), source: source.clone() };
            held(&self.journal).add(&entry).map_err(|e| cannot_write(&self.root, e))?;
        }
        if changed {
            replace(&self.root, &target, &bytes).map_err(|e| cannot_write(&target, e))?;
        }
        let stamp = source.as_ref().and_then(|_| Stamp::of(&target));
        self.note(path, Written { sha256, changed, source, stamp });
        Ok(())
    }

    /// Where a path inside the folder lies. A link on the way would lead out of it.
    fn place(&self, path: &str) -> Result<PathBuf, Error> {
        let target = self.root.join(path);
        let mut between = target.ancestors().skip(1).take_while(|dir| *dir != self.root);
        match between.find(|dir| fs::symlink_metadata(dir).is_ok_and(|m| !m.is_dir())) {
            Some(dir) => Err(Error::Usage(format!("{} is no folder of its own; remove it", dir.display()))),
            None => Ok(target),
        }
    }

    /// Whether an earlier run drew a file from this source and it lies there as it left it. Then it is this run's too.
    pub fn keeps(&self, path: &str, source: &str) -> bool {
        let Some(old) = self.drawn.get(path).filter(|d| d.source == source) else { return false };
        let target = self.root.join(path);
        let stamp = Stamp::of(&target);
        let untouched = self.trusts && stamp.is_some() && stamp == old.stamp;
        let same = self.place(path).is_ok() && (untouched || is_as(&target, &old.sha256));
        if same {
            let source = Some(old.source.clone());
            self.note(path, Written { sha256: old.sha256.clone(), changed: false, source, stamp });
        }
        same
    }

    fn note(&self, path: &str, written: Written) {
        held(&self.files).insert(path.to_owned(), written);
    }

    /// Ends a run that has written nothing: a folder that it made is removed again.
    pub fn discard(self) {
        let Folder { root, is_new, _lock, .. } = self;
        if is_new {
            // A folder that holds something stays, and so does one that cannot be removed.
            let _ = fs::remove_file(root.join(READ));
            drop(_lock);
            let _ = fs::remove_dir(&root);
        }
    }

    /// Ends the run: removes what the manifest of an earlier run lists and this run did not write, unless somebody
    /// changed it since, then writes the manifest. What `replaces` says of a path decides whether it was this run's
    /// to write; what was not stays, and stays listed.
    ///
    /// # Errors
    /// `Error::Write` where a file cannot be removed or the manifest cannot be written.
    pub fn close(self, manifest: Manifest, replaces: impl Fn(&str) -> bool) -> Result<Tally, Error> {
        let Folder { root, files, mut drawn, earlier, journal, _lock, .. } = self;
        let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut tally = Tally { files: files.len() + 1, ..Tally::default() };
        let mut listed = BTreeMap::new();
        for (path, Written { sha256, changed, source, stamp }) in files {
            if changed {
                tally.touched.insert(path.clone());
            }
            drawn.remove(&path);
            if let Some(source) = source {
                drawn.insert(path.clone(), Drawn { source, sha256: sha256.clone(), stamp });
            }
            listed.insert(path, sha256);
        }
        tally.changed = tally.touched.len();
        let left: Vec<OutputFile> =
            earlier.into_iter().filter(|old| !listed.contains_key(&old.path)).collect();
        for old in left {
            if !replaces(&old.path) {
                listed.insert(old.path, old.sha256);
            } else if remove(&root, &old)? {
                tally.removed += 1;
                tally.touched.insert(old.path);
            }
        }
        drawn.retain(|path, _| listed.contains_key(path));
        if !drawn.is_empty() || root.join(DRAWN).exists() {
            let bytes = serde_json::to_vec(&drawn).unwrap_or_default();
            renew(&root, DRAWN, &bytes)?;
        }
        let files = listed.into_iter().map(|(path, sha256)| OutputFile { path, sha256 }).collect();
        let bytes = Manifest { files, ..manifest }.to_json();
        tally.changed += usize::from(renew(&root, MANIFEST, &bytes)?);
        let journal = journal.into_inner().unwrap_or_else(PoisonError::into_inner);
        journal.end().map_err(|e| cannot_write(&root, e))?;
        Ok(tally)
    }
}

/// Writes a file of the folder unless it holds these bytes already; true where it did not.
fn renew(root: &Path, name: &str, bytes: &[u8]) -> Result<bool, Error> {
    let target = root.join(name);
    if holds(&target, bytes) {
        return Ok(false);
    }
    replace(root, &target, bytes).map_err(|e| cannot_write(&target, e))?;
    Ok(true)
}

/// Writes bytes to a file of the folder, whatever it holds.
fn replace(root: &Path, target: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(target.parent().unwrap_or(root))?;
    let mut file = temporary(root)?;
    file.write_all(bytes)?;
    file.flush()?;
    file.persist(target).map_err(|e| e.error)?;
    Ok(())
}

/// A link holds nothing: what it leads to is no file of the folder.
fn holds(target: &Path, bytes: &[u8]) -> bool {
    let same = fs::symlink_metadata(target).is_ok_and(|m| m.is_file() && m.len() == bytes.len() as u64);
    same && fs::read(target).is_ok_and(|old| old == bytes)
}

/// Whether a file of the folder has bytes with this hash.
fn is_as(target: &Path, sha256: &str) -> bool {
    let is_file = fs::symlink_metadata(target).is_ok_and(|m| m.is_file());
    is_file && fs::read(target).is_ok_and(|bytes| hex(&bytes) == sha256)
}

/// Removes what a run that died has left unfinished. Only who holds the lock may.
fn clear_unfinished(root: &Path) {
    let Ok(entries) = fs::read_dir(root) else { return };
    for entry in entries.flatten() {
        let is_file = entry.file_type().is_ok_and(|t| t.is_file());
        if is_file && entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            // One that stays is in nobody's way.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that vanishes unless it is given its name, readable by whoever the user's mask allows.
fn temporary(dir: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(UNFINISHED);
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
    if !is_as(&target, &old.sha256) {
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

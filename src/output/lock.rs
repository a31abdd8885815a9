//! The lock of an output folder: two runs never write to one at the same time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::error::Error;

/// Its name in the output folder. The system holds it, so that it ends with its process, however that ends.
const LOCK: &str = ".lock";

/// How often a run that waits looks again.
const AGAIN: Duration = Duration::from_millis(100);

/// The lock while it is held. Its file goes with it.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// Held open and locked.
    _file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A file that stays is no lock.
        let _ = fs::remove_file(&self.path);
    }
}

/// Takes the lock of a folder, waiting for it as long as told. None where the file system knows no locks.
///
/// # Errors
/// `Error::Busy` where another run holds it, `Error::Write` where it cannot be made.
pub(super) fn take(root: &Path, wait: Duration) -> Result<Option<Lock>, Error> {
    let path = root.join(LOCK);
    let until = Instant::now().checked_add(wait);
    loop {
        match tried(&path) {
            Ok(Some(file)) => return Ok(Some(Lock { path, _file: file })),
            Ok(None) => {}
            Err(TryLockError::WouldBlock) if until.is_some_and(|u| Instant::now() >= u) => {
                return Err(Error::Busy { path: root.to_owned() });
            }
            Err(TryLockError::WouldBlock) => sleep(AGAIN),
            Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => return Ok(None),
            Err(TryLockError::Error(source)) => return Err(Error::Write { path, source }),
        }
    }
}

/// The file, locked; None where the run that held it removed it meanwhile, so that another is to be made.
fn tried(path: &Path) -> Result<Option<File>, TryLockError> {
    if fs::symlink_metadata(path).is_ok_and(|m| !m.is_file()) {
        let problem = "is no plain file; remove it";
        return Err(TryLockError::Error(io::Error::new(io::ErrorKind::AlreadyExists, problem)));
    }
    let options = OpenOptions::new().create(true).truncate(false).write(true).open(path);
    let file = options.map_err(TryLockError::Error)?;
    file.try_lock()?;
    Ok(is_same(&file, path).then_some(file))
}

#[cfg(unix)]
fn is_same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let here = file.metadata().map(|m| (m.dev(), m.ino())).ok();
    let there = fs::metadata(path).map(|m| (m.dev(), m.ino())).ok();
    here.is_some() && here == there
}

#[cfg(not(unix))]
fn is_same(_: &File, path: &Path) -> bool {
    path.exists()
}

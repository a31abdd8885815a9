//! Who makes a run: this program with its tables. What another one made is not taken for its own.

use std::fmt::{self, Write as _};
use std::fs::File;
use std::io::{self, Read as _};

use naqsha::control::Day;
use naqsha::data::DataFiles;
use naqsha::error::Error;
use naqsha::output::Manifest;
use sha2::{Digest, Sha256};

/// This program with its tables.
pub(super) struct Maker {
    /// The manifest of a run that has not begun.
    pub(super) manifest: Manifest,
    /// None where the program cannot be read: then nothing is known again.
    digest: Option<Sha256>,
}

impl Maker {
    /// This program with these tables.
    pub(super) fn of(data: &DataFiles) -> Result<Maker, Error> {
        let (manifest, program) = rayon::join(|| Manifest::of(data), program);
        let manifest = manifest?;
        let digest = program.ok().map(|program| program.chain_update(&manifest.data_sha256));
        Ok(Maker { manifest, digest })
    }

    /// A hash of the program, its tables, a day, and what is told beside; None where that cannot be told.
    pub(super) fn with_day(&self, told: fmt::Arguments<'_>, day: &Day) -> Option<String> {
        let day = postcard::to_allocvec(day).ok()?;
        Some(hashed(
            self.digest.clone()?.chain_update((day.len() as u64).to_le_bytes()).chain_update(day),
            told,
        ))
    }

    /// A hash of the program, its tables and what is told beside.
    pub(super) fn with(&self, told: fmt::Arguments<'_>) -> Option<String> {
        Some(hashed(self.digest.clone()?, told))
    }
}

fn hashed(digest: Sha256, told: fmt::Arguments<'_>) -> String {
    struct Sink(Sha256);
    impl fmt::Write for Sink {
        fn write_str(&mut self, part: &str) -> fmt::Result {
            self.0.update(part);
            Ok(())
        }
    }
    let mut sink = Sink(digest);
    // A sink that takes everything cannot fail.
    let _ = sink.write_fmt(told);
    sink.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of this program. A version would not do: another build of the same one may read or draw otherwise.
fn program() -> io::Result<Sha256> {
    let mut file = File::open(std::env::current_exe()?)?;
    let (mut digest, mut piece) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(digest),
            n => digest.update(&piece[..n]),
        }
    }
}

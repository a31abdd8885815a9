//! The pinned packages: opened from a folder, checked by hash, read by the names of the files in them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use naqsha::error::Error;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::tables::{malformed, rows};

const TABLE: &str = "build/packages.csv";

/// Where a package comes from, and with it how its archive is packed.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Origin {
    Npm,
    Pypi,
    Debian,
}

impl Origin {
    /// The registry, as it is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Origin::Npm => "npm",
            Origin::Pypi => "PyPI",
            Origin::Debian => "Debian",
        }
    }
}

/// A row of `packages.csv`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) origin: Origin,
    pub(crate) version: String,
    file: String,
    pub(crate) sha256: String,
    pub(crate) licence: String,
    pub(crate) attribution: String,
}

impl Package {
    /// The command that fetches the archive into the current folder.
    fn fetch_command(&self) -> String {
        let Package { name, version, .. } = self;
        match self.origin {
            Origin::Npm => format!("npm pack {name}@{version}"),
            Origin::Pypi => format!("pip download --no-deps {name}=={version}"),
            Origin::Debian => format!("apt-get download {name}={version}"),
        }
    }
}

/// The archives of a folder.
pub(crate) struct Packages {
    folder: PathBuf,
    rows: Vec<Package>,
}

impl Packages {
    /// Reads the list of packages; archives are opened only when something is read from them.
    pub(crate) fn open(data: &Path, folder: &Path) -> Result<Packages, Error> {
        Ok(Packages { folder: folder.to_owned(), rows: rows(data, TABLE)? })
    }

    /// The row of a package.
    pub(crate) fn get(&self, name: &str) -> Result<&Package, Error> {
        self.rows.iter().find(|p| p.name == name).ok_or_else(|| malformed(TABLE, &format!("has no {name}")))
    }

    /// One file out of a package, by its path inside the archive.
    pub(crate) fn read(&self, name: &str, file: &str) -> Result<Vec<u8>, Error> {
        let mut files = self.read_all(name, &[file])?;
        Ok(files.swap_remove(0))
    }

    /// Several files out of a package in one pass, in the order asked for.
    pub(crate) fn read_all(&self, name: &str, files: &[&str]) -> Result<Vec<Vec<u8>>, Error> {
        let package = self.get(name)?;
        let path = self.checked(package)?;
        let read = |source| Error::Read { path: path.clone(), source };
        let archive = File::open(&path).map_err(read)?;
        let mut found = match package.origin {
            Origin::Npm => from_tar(flate2::read::GzDecoder::new(archive), files).map_err(read)?,
            Origin::Debian => from_deb(archive, files).map_err(read)?,
            Origin::Pypi => from_zip(archive, files).map_err(|e| malformed(&package.file, &e))?,
        };
        files
            .iter()
            .map(|f| found.remove(*f).ok_or_else(|| malformed(&package.file, &format!("has no {f}"))))
            .collect()
    }

    /// The path of the archive, once its hash is found to be the pinned one.
    fn checked(&self, package: &Package) -> Result<PathBuf, Error> {
        let path = self.folder.join(&package.file);
        let bytes = fs::read(&path).map_err(|e| {
            let remedy = format!("{}: {e}; in that folder run: {}", path.display(), package.fetch_command());
            Error::Usage(remedy)
        })?;
        let hash = hex(&bytes);
        if hash == package.sha256 {
            return Ok(path);
        }
        Err(malformed(&package.file, &format!("has sha256 {hash}, pinned is {}", package.sha256)))
    }
}

/// The sha256 of some bytes, in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

type Found = BTreeMap<String, Vec<u8>>;

fn from_tar(reader: impl Read, wanted: &[&str]) -> std::io::Result<Found> {
    let mut found = Found::new();
    for entry in tar::Archive::new(reader).entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().trim_start_matches("./").to_owned();
        if wanted.contains(&path.as_str()) {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            found.insert(path, bytes);
        }
    }
    Ok(found)
}

fn from_deb(archive: File, wanted: &[&str]) -> std::io::Result<Found> {
    let mut members = ar::Archive::new(archive);
    while let Some(member) = members.next_entry() {
        let member = member?;
        if member.header().identifier() == b"data.tar.xz" {
            return from_tar(lzma_rust2::XzReader::new(member, true), wanted);
        }
    }
    Ok(Found::new())
}

fn from_zip(archive: File, wanted: &[&str]) -> zip::result::ZipResult<Found> {
    let mut archive = zip::ZipArchive::new(archive)?;
    let mut found = Found::new();
    for name in wanted {
        let mut bytes = Vec::new();
        archive.by_name(name)?.read_to_end(&mut bytes)?;
        found.insert((*name).to_owned(), bytes);
    }
    Ok(found)
}

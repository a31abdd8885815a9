//! The list of what each data file was made from.

use std::fs;
use std::path::Path;

use naqsha::error::Error;
use serde::{Deserialize, Serialize};

use crate::packages::{Packages, hex};
use crate::tables::{malformed, rows};
use crate::write;

const LIST: &str = "SOURCES.csv";
const BY_HAND: &str = "written for this project";
const OWN_LICENCE: &str = "MIT OR Apache-2.0";

/// A file, or a folder ending in `/`, and one package that went into it; no package where a table written by hand did.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Made {
    file: String,
    source: Option<String>,
}

/// A row of `SOURCES.csv`. Hashes are given for what is built, since what is written by hand changes by hand.
#[derive(Serialize)]
struct Row {
    file: String,
    sha256: String,
    origin: String,
    package: String,
    version: String,
    package_sha256: String,
    licence: String,
    attribution: String,
}

/// Writes `SOURCES.csv`, once all other files are written.
pub(crate) fn build(packages: &Packages, data: &Path) -> Result<(), Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for made in rows::<Made>(data, "build/sources.csv")? {
        let row = match &made.source {
            None => by_hand(made.file),
            Some(package) => from_package(packages, package, made.file, data)?,
        };
        writer.serialize(row).map_err(|e| malformed(LIST, &e))?;
    }
    let bytes = writer.into_inner().map_err(|e| malformed(LIST, &e))?;
    write(data, LIST, &bytes)
}

fn by_hand(file: String) -> Row {
    Row {
        file,
        sha256: String::new(),
        origin: BY_HAND.to_owned(),
        package: String::new(),
        version: String::new(),
        package_sha256: String::new(),
        licence: OWN_LICENCE.to_owned(),
        attribution: String::new(),
    }
}

fn from_package(packages: &Packages, name: &str, file: String, data: &Path) -> Result<Row, Error> {
    let path = data.join(&file);
    let bytes = fs::read(&path).map_err(|source| Error::Read { path, source })?;
    let package = packages.get(name)?;
    Ok(Row {
        file,
        sha256: hex(&bytes),
        origin: package.origin.name().to_owned(),
        package: package.name.clone(),
        version: package.version.clone(),
        package_sha256: package.sha256.clone(),
        licence: package.licence.clone(),
        attribution: package.attribution.clone(),
    })
}

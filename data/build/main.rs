//! Builds the tables, layers and fonts under `data/` from packages pinned by version and sha256.
//!
//!     cargo run --example build_data -- DOWNLOADS_DIR
//!
//! `DOWNLOADS_DIR` holds the archives that `packages.csv` lists; for one that is missing, the command
//! that fetches it is told. The same packages give the same bytes.

mod countries;
mod districts;
mod fonts;
mod gazetteer;
mod globe;
mod layer;
mod packages;
mod power;
mod provinces;
mod rivers;
mod sources;
mod tables;
mod topology;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use naqsha::error::Error;

use packages::Packages;

fn main() -> ExitCode {
    let Some(downloads) = std::env::args_os().nth(1) else {
        return refuse("which folder holds the packages? cargo run --example build_data -- DOWNLOADS_DIR");
    };
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    match build(&data, Path::new(&downloads)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => refuse(&error.to_string()),
    }
}

fn build(data: &Path, downloads: &Path) -> Result<(), Error> {
    let packages = Packages::open(data, downloads)?;
    fonts::build(&packages, data)?;
    let provinces = provinces::read(&packages)?;
    let areas = provinces::areas(&provinces, data)?;
    provinces::build(&areas, data)?;
    districts::build(&areas, data)?;
    countries::build(&packages, &provinces.outline()?, data)?;
    rivers::build(&packages, data)?;
    globe::build(&packages, data)?;
    gazetteer::build(&packages, data)?;
    sources::build(&packages, data)
}

fn refuse(problem: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "{problem}");
    ExitCode::FAILURE
}

/// Writes a file under the data folder, making the folders on the way.
fn write(data: &Path, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let path = data.join(name);
    let done = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, bytes));
    done.map_err(|source| Error::Write { path, source })
}

//! `naqsha boundaries`: district boundaries of one's own, checked and stored, and where they are found.

use std::env;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use etcetera::BaseStrategy as _;
use naqsha::boundaries::{self, Source, Stored};
use naqsha::data::DataFiles;
use naqsha::error::Error;
use tempfile::Builder;

use super::words::{Words, counted};
use super::{Common, Outcome, to_stdout};

/// Store district boundaries of your own, from which maps then draw exact lines
///
/// The bundled district areas are approximate. Files of real ones, such as geoBoundaries AFG ADM2 or OCHA COD-AB, are
/// checked, matched to the districts by code or by name, and kept in the data folder of the user, or where --to says.
/// From then on every command draws them, credits them and names them in manifest.json; --boundaries none leaves them
/// out.
#[derive(Debug, Args)]
pub(super) struct Boundaries {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Check a file of district areas and store it in the place of an earlier one
    Import(Import),
    /// Say which boundaries are stored
    List,
    /// Remove what is stored; maps go back to the approximate areas
    Remove,
}

/// Shown under the help.
const EXAMPLES: &str = "\
Examples:
  naqsha boundaries import geoBoundaries-AFG-ADM2.topojson
  naqsha boundaries import afg_admbnda_adm2.shp --credit \"OCHA COD-AB (CC BY-IGO)\" --to districts
  naqsha build reports/ --boundaries districts";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
struct Import {
    /// GeoJSON, TopoJSON, or a Shapefile (.shp, with its .dbf beside it), in longitude and latitude
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Whom the maps credit, as "geoBoundaries (CC BY 4.0)"; what is known of the file if not given
    #[arg(long, value_name = "TEXT")]
    credit: Option<String>,
    /// Folder to store in instead of the user's data folder; `--boundaries DIR` uses it
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

/// Names the boundaries to use, where --boundaries does not.
const VARIABLE: &str = "NAQSHA_BOUNDARIES";

/// Uses none.
const NONE: &str = "none";

impl Boundaries {
    pub(super) fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        match &self.what {
            What::Import(import) => import.run(common, words),
            What::List => list(common),
            What::Remove => remove(words),
        }
    }
}

impl Import {
    fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        let read =
            |path: &Path| fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source });
        let bytes = read(&self.file)?;
        let beside = ["dbf", "DBF"].map(|e| self.file.with_extension(e));
        let dbf = beside.iter().find(|p| p.is_file()).map(|p| read(p)).transpose()?;
        let name = self.file.file_name().unwrap_or(self.file.as_os_str()).to_string_lossy();
        let source =
            Source { name: &name, bytes: &bytes, dbf: dbf.as_deref(), credit: self.credit.as_deref() };
        let (stored, notices) = boundaries::import(&common.own_data()?, source)?;
        words.notices(&notices);
        let folder = match &self.to {
            Some(folder) => folder.clone(),
            None => folder()?,
        };
        let target = folder.join(Stored::FILE);
        store(&folder, &target, &stored.to_bytes())
            .map_err(|source| Error::Write { path: target.clone(), source })?;
        words.line(format_args!(
            "{} of {name} stored in {}; maps credit {}",
            counted(stored.origin.districts, "district", "districts"),
            target.display(),
            stored.origin.credit,
        ));
        if self.to.is_none() && env::var_os(VARIABLE).is_some() {
            words.line(format_args!(
                "{VARIABLE} is set and says which boundaries are used; unset it to use these"
            ));
        }
        Ok(Outcome::Done)
    }
}

fn list(common: &Common) -> Result<Outcome, Error> {
    let Some((path, stored)) = in_force(common.boundaries.as_deref())? else { return Ok(Outcome::Nothing) };
    let origin = &stored.origin;
    writeln!(
        io::stdout(),
        "{}\t{}\t{}\t{}\t{}",
        origin.name,
        counted(origin.districts, "district", "districts"),
        origin.credit,
        origin.sha256,
        path.display()
    )
    .map_err(to_stdout)?;
    Ok(Outcome::Done)
}

fn remove(words: &mut Words) -> Result<Outcome, Error> {
    let path = folder()?.join(Stored::FILE);
    match fs::remove_file(&path) {
        Ok(()) => {
            words.line(format_args!("{} removed", path.display()));
            Ok(Outcome::Done)
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            words.line("no boundaries are stored");
            Ok(Outcome::Nothing)
        }
        Err(source) => Err(Error::Write { path, source }),
    }
}

/// The data with the boundaries that are asked for, or stored.
pub(super) fn lay_over(data: DataFiles, asked: Option<&Path>) -> Result<DataFiles, Error> {
    Ok(match in_force(asked)? {
        Some((_, stored)) => stored.lay_over(data),
        None => data,
    })
}

/// The boundaries in force and where they lie: those of --boundaries, of the variable, or of the user's data folder.
fn in_force(asked: Option<&Path>) -> Result<Option<(PathBuf, Stored)>, Error> {
    let variable = env::var_os(VARIABLE).filter(|v| !v.is_empty());
    let asked = asked.map(|p| p.as_os_str().to_owned()).or(variable);
    let path = match asked {
        Some(none) if none == NONE => return Ok(None),
        Some(path) => {
            let path = PathBuf::from(path);
            if path.is_dir() { path.join(Stored::FILE) } else { path }
        }
        None => match folder() {
            Ok(folder) if folder.join(Stored::FILE).is_file() => folder.join(Stored::FILE),
            // A user without a home has stored nothing.
            Ok(_) | Err(_) => return Ok(None),
        },
    };
    let bytes = fs::read(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
    let stored = Stored::from_bytes(&path.to_string_lossy(), &bytes)?;
    Ok(Some((path, stored)))
}

/// The folder of the platform for data of this program.
fn folder() -> Result<PathBuf, Error> {
    let base = etcetera::base_strategy::choose_native_strategy().map_err(|e| {
        Error::Usage(format!("no data folder of yours is known: {e}; name one with --to and --boundaries"))
    })?;
    Ok(base.data_dir().join(env!("CARGO_PKG_NAME")))
}

/// Writes a file whole or not at all.
fn store(folder: &Path, target: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut builder = Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Readable by whoever the user's mask allows.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.flush()?;
    file.persist(target).map_err(|e| e.error)?;
    Ok(())
}

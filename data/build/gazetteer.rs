//! The gazetteer's tables, out of the packages and the hand-written tables beside this file.

use std::path::Path;

use naqsha::error::Error;

use crate::packages::Packages;

/// Writes the tables under `gazetteer/`.
pub(crate) fn build(_packages: &Packages, _data: &Path) -> Result<(), Error> {
    Ok(())
}

//! Imported boundaries as they are stored: one file that holds where they come from and the layers they replace.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::data::DataFiles;
use crate::error::Error;
use crate::map::Origin;

/// The shape of the file; another is of another version of the program.
const FORMAT: u32 = 1;

const ORIGIN: &str = "basemap/origin.json";

/// Imported boundaries.
///
/// They are laid over the bundled data with [`Stored::lay_over`]: maps, layers and the page then draw them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stored {
    format: u32,
    /// Where they come from.
    pub origin: Origin,
    /// By path inside the data folder, a layer.
    layers: BTreeMap<String, Value>,
}

impl Stored {
    /// The name of the file in the folder it is stored in.
    pub const FILE: &'static str = "boundaries.json";

    pub(super) fn new(origin: Origin, layers: BTreeMap<String, Value>) -> Stored {
        Stored { format: FORMAT, origin, layers }
    }

    /// Reads the file that [`Stored::to_bytes`] gives; `name` is its name in messages.
    ///
    /// # Errors
    /// `Error::Data` where it is something else, or of another version of the program.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Stored, Error> {
        let wrong = |problem: String| Error::Data { file: name.to_owned(), line: None, problem };
        let stored: Stored = serde_json::from_slice(bytes)
            .map_err(|e| wrong(format!("is not what naqsha boundaries import writes ({e}); import again")))?;
        if stored.format != FORMAT {
            return Err(wrong("is of another version of naqsha; import again".to_owned()));
        }
        let known = |path: &String| DataFiles::bundled().bytes(path).is_ok();
        match stored.layers.keys().find(|path| !known(path)) {
            Some(path) => Err(wrong(format!("holds a layer {path} that is not known; import again"))),
            None => Ok(stored),
        }
    }

    /// Its bytes as a file: the same for the same boundaries.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// The data with these boundaries in the place of its own.
    #[must_use]
    pub fn lay_over(&self, mut data: DataFiles) -> DataFiles {
        for (path, layer) in &self.layers {
            data = data.with(path, layer.to_string().into_bytes());
        }
        data.with(ORIGIN, serde_json::to_vec(&self.origin).unwrap_or_default())
    }
}

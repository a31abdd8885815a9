//! The tables written by hand for the builder, read by serde.

use std::path::Path;

use naqsha::error::Error;
use serde::de::DeserializeOwned;

/// The rows of a CSV table, by its path inside the data folder.
pub(crate) fn rows<T: DeserializeOwned>(data: &Path, table: &str) -> Result<Vec<T>, Error> {
    let mut reader = csv::Reader::from_path(data.join(table)).map_err(|e| malformed(table, &e))?;
    reader.deserialize().collect::<Result<_, _>>().map_err(|e| malformed(table, &e))
}

/// An input is not what the builder expects.
pub(crate) fn malformed(file: &str, problem: &dyn std::fmt::Display) -> Error {
    Error::Data { file: file.to_owned(), line: None, problem: problem.to_string() }
}

//! Events that somebody coded already: rows of naqsha's own tables, of ACLED, UCDP GED and GTD become events.
//!
//! What a column, a kind, a precision or a party means stands in `data/coded/`. A row that cannot be translated is left
//! out, by name or in a count with the remedy; nothing in it is guessed.

mod actors;
mod codebook;
mod coder;
mod dates;
mod own;
mod placing;
mod sources;
mod tally;

pub use coder::{Coder, signatures};

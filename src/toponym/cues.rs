//! The words around a name that say what it is (data/lexicon/en/toponyms.toml).

use serde::Deserialize;

use crate::data::DataFiles;
use crate::error::Error;
use crate::text::{WordMap, WordSet as Words};

/// Words around a name that say what it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cues {
    pub(super) ordinary: Words,
    pub(super) never: Words,
    pub(super) elsewhere: Words,
    pub(super) izafa: Words,
    pub(super) transparent_before: Words,
    pub(super) transparent_after: Words,
    pub(super) firm: Words,
    pub(super) small: Words,
    pub(super) landmark: Words,
    pub(super) seat: Words,
    pub(super) office: Words,
    pub(super) person_title: Words,
    pub(super) person_part: Words,
    pub(super) person_role: Words,
    pub(super) speaks: Words,
    pub(super) auxiliary: Words,
    pub(super) metonym: Words,
    pub(super) wants: Words,
    pub(super) befalls: Words,
    pub(super) willing: Words,
    pub(super) compound: Words,
    pub(super) within: Words,
    pub(super) stance: Words,
    pub(super) addresses: Words,
    pub(super) dealing: Words,
    pub(super) relations: Words,
    pub(super) party: Words,
    pub(super) rule: Words,
    pub(super) foreign: WordMap<String>,
    pub(super) buildings: Vec<Vec<String>>,
    pub(super) ordinals: Vec<String>,
    pub(super) city_first: Words,
    pub(super) urban: Words,
    pub(super) afghan: Words,
    pub(super) containment: Words,
    pub(super) part: Words,
    pub(super) preposition: Words,
    pub(super) near: Words,
    pub(super) direction_of: Words,
    pub(super) measure: Words,
    pub(super) way: Words,
}

impl Cues {
    /// Loads `lexicon/en/toponyms.toml`.
    ///
    /// # Errors
    /// `Error::Data` where it is malformed.
    pub fn from_data(data: &DataFiles) -> Result<Cues, Error> {
        const FILE: &str = "lexicon/en/toponyms.toml";
        toml::from_str(data.text(FILE)?).map_err(|e| Error::Data {
            file: FILE.to_owned(),
            line: None,
            problem: e.to_string(),
        })
    }
}

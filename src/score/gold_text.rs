//! The text of a line of gold: what was marked, whatever was marked in it.

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Which text a line of gold speaks of. Fields that it does not know are passed over.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldText {
    /// Names the text, in messages and among the reports.
    pub id: Option<String>,
    /// The day it was printed.
    pub published: Option<Date>,
    /// The outlet.
    pub source: Option<String>,
    /// The text itself. All offsets count its bytes.
    pub text: Option<String>,
    /// Where the text stands instead: a path beside the gold file.
    pub text_file: Option<String>,
}

impl GoldText {
    /// Reads one line.
    ///
    /// # Errors
    /// What is wrong with it, and the remedy.
    pub fn parse(line: &[u8]) -> Result<GoldText, String> {
        let gold: GoldText = object(line)?;
        if gold.text.is_some() && gold.text_file.is_some() {
            return Err("has both text and text_file; keep one of them".to_owned());
        }
        Ok(gold)
    }
}

/// The object on a line.
pub(super) fn object<T: DeserializeOwned>(line: &[u8]) -> Result<T, String> {
    let broken = |why: &str| format!("is no line of gold: {why}; give one JSON object a line, in UTF-8");
    if !line.trim_ascii_start().starts_with(b"{") {
        return Err(broken("it is no object"));
    }
    // The parser counts from the start of this line, the message names its line in the file.
    serde_json::from_slice(line).map_err(|e| broken(&e.to_string().replace("at line 1 column", "at column")))
}

//! Gold lines: texts with what people marked in them, as they stand in a file of JSON lines.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A line of a gold file of places. Fields that it does not know are passed over: the same line may hold gold of events.
///
/// ```
/// use naqsha::score::PlaceGold;
/// let line = r#"{"id": "a", "text": "Calm in Herat.", "spans": [{"start": 8, "end": 13, "place_id": "AF-HER"}]}"#;
/// assert_eq!(PlaceGold::parse(line.as_bytes()).unwrap().id.as_deref(), Some("a"));
/// assert!(PlaceGold::parse(b"{\"text\": 1}").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PlaceGold {
    /// Names the text in messages.
    pub id: Option<String>,
    /// The day it was printed.
    pub published: Option<Date>,
    /// The outlet.
    pub source: Option<String>,
    /// The text itself. All offsets count its bytes.
    pub text: Option<String>,
    /// Where the text stands instead: a path beside the gold file.
    pub text_file: Option<String>,
    /// Every place name in the text, and names that look like one.
    pub spans: Option<Vec<GoldSpan>>,
    /// The Afghan places it names, once each, for texts without spans.
    pub places_mentioned: Option<Vec<String>>,
    /// Names in the text that are not (or not here) that place: neither wanted nor wrong where there are no spans.
    #[serde(default)]
    pub must_not: Vec<String>,
}

/// A name where it stands in the text: with a place, with a position, or a trap.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldSpan {
    /// First byte of the name.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The name as printed, to check the offsets.
    pub surface: Option<String>,
    /// The place it means.
    pub place_id: Option<String>,
    /// Other places that an honest reader would accept.
    #[serde(default)]
    pub also: Vec<String>,
    /// WGS 84 degrees, where the place has no id.
    pub longitude: Option<f64>,
    /// WGS 84 degrees, where the place has no id.
    pub latitude: Option<f64>,
    /// It must not be read as a place of this country.
    pub trap: Option<Trap>,
}

/// Why a name that looks like an Afghan place is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trap {
    /// A person, or a part of their name.
    Person,
    /// A newspaper, agency or broadcaster.
    Outlet,
    /// A party, team, company, university.
    Organisation,
    /// People of a place: "Panjshiris".
    Demonym,
    /// A government by its capital: "Kabul rejected".
    Metonym,
    /// An ordinary word.
    Word,
    /// A hashtag or handle.
    Hashtag,
    /// A place in another country.
    Abroad,
    /// An Afghan name of which nobody can tell which place it is.
    Ambiguous,
}

impl Trap {
    /// As spelled in gold files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Trap::Person => "person",
            Trap::Outlet => "outlet",
            Trap::Organisation => "organisation",
            Trap::Demonym => "demonym",
            Trap::Metonym => "metonym",
            Trap::Word => "word",
            Trap::Hashtag => "hashtag",
            Trap::Abroad => "abroad",
            Trap::Ambiguous => "ambiguous",
        }
    }
}

impl PlaceGold {
    /// Reads one line.
    ///
    /// # Errors
    /// What is wrong with it, and the remedy.
    pub fn parse(line: &[u8]) -> Result<PlaceGold, String> {
        let broken = |why: &str| format!("is no line of gold: {why}; give one JSON object a line, in UTF-8");
        if !line.trim_ascii_start().starts_with(b"{") {
            return Err(broken("it is no object"));
        }
        // The parser counts from the start of this line, the message names its line in the file.
        let gold: PlaceGold = serde_json::from_slice(line)
            .map_err(|e| broken(&e.to_string().replace("at line 1 column", "at column")))?;
        match (&gold.text, &gold.text_file) {
            (None, None) => Err("has neither text nor text_file; give one of them".to_owned()),
            (Some(_), Some(_)) => Err("has both text and text_file; keep one of them".to_owned()),
            _ if gold.spans.is_none() && gold.places_mentioned.is_none() => {
                Err("has neither spans nor places_mentioned; mark its places, or say [] if it has none"
                    .to_owned())
            }
            _ => Ok(gold),
        }
    }
}

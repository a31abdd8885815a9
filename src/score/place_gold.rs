//! Gold of places, as it stands in a file of JSON lines.

use serde::{Deserialize, Serialize};

use super::gold_text::object;

/// What a line of gold says of places. Fields that it does not know are passed over: the same line may hold events.
///
/// ```
/// use naqsha::score::PlaceGold;
/// let line = r#"{"text": "Calm in Herat.", "spans": [{"start": 8, "end": 13, "place_id": "AF-HER"}]}"#;
/// assert_eq!(PlaceGold::parse(line.as_bytes()).unwrap().spans.unwrap().len(), 1);
/// assert!(PlaceGold::parse(b"{\"text\": \"\"}").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PlaceGold {
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
        let gold: PlaceGold = object(line)?;
        if gold.spans.is_none() && gold.places_mentioned.is_none() {
            return Err("has neither spans nor places_mentioned; mark its places, or say [] if it has none"
                .to_owned());
        }
        Ok(gold)
    }
}

//! A toponym: a place name in a report, and what it was taken for.

use std::ops::Range;

use super::GeoPrecision;
use crate::gazetteer::PlaceRef;

/// How the text relates to the place it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It speaks of the place itself.
    At,
    /// It uses the place to locate another: "near Kabul", "12 km west of Herat".
    Near,
    /// It names an end of a road: "the Kabul-Kandahar highway", "between Qalat and Shah Joy".
    Way,
    /// It names what contains the place spoken of: "Imam Sahib, a town in Kunduz".
    Container,
}

/// A place name in a report, and what it was taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct Toponym {
    /// The tokens of the name, without type words.
    pub tokens: Range<usize>,
    /// The tokens with type words and containment: "Nerkh district, Wardak province".
    pub phrase: Range<usize>,
    /// The place, None where rivals cannot be told apart.
    pub place: Option<PlaceRef>,
    /// How precisely it places what happens there.
    pub precision: GeoPrecision,
    /// How the text relates to it.
    pub relation: Relation,
    /// The name is a province's and its capital's, and nothing says which is meant.
    pub level_open: bool,
    /// The places it may be, best first, where they cannot be told apart.
    pub rivals: Vec<PlaceRef>,
    /// Confidence in the choice, 0 to 1.
    pub score: f64,
    /// Why.
    pub reasons: Vec<&'static str>,
}

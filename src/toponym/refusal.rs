//! Refusals: names that sound like places and are not taken for one, each with the reason.

use std::ops::Range;

/// Why a name is not taken for a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// An ordinary word that sounds like a place.
    Word,
    /// A handle, an address or a tag outside any sentence.
    Tag,
    /// A person.
    Person,
    /// A name in quotation marks of its own.
    Quoted,
    /// Part of a compound that tells of somebody else: "Kabul-trained".
    Compound,
    /// A capital that stands for its government.
    Government,
    /// Part of a longer name: a firm, a team, a person.
    LongerName,
    /// A village, a river or a word that could be one, and nothing says that it is meant.
    Unsupported,
    /// It is said to lie in another country.
    Abroad,
    /// The report is about another country.
    OtherCountry,
}

/// A name that sounds like a place and is not taken for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The tokens of the name.
    pub tokens: Range<usize>,
    /// Why it is none.
    pub why: Refusal,
}

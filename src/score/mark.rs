//! Marks: gold checked against its text and the gazetteer.

use std::collections::BTreeSet;

use geo::Point;

use super::{GoldSpan, PlaceGold, Trap};
use crate::gazetteer::{Gazetteer, PlaceRef, spelling_key};
use crate::text::{Span, Tokens};

/// What people marked in a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Marks {
    /// Every name, where it stands.
    Spans(Vec<Mark>),
    /// Only which places are named.
    Names {
        /// Those that are.
        wanted: Vec<Named>,
        /// Names that are neither wanted nor wrong.
        neutral: Vec<Named>,
    },
}

/// A marked name.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where it stands.
    pub span: Span,
    /// What it means.
    pub meaning: Meaning,
}

/// What a marked name means.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// A place; those after the first are accepted as well.
    Place(Vec<PlaceRef>),
    /// A place without an id, at this position.
    At(Point),
    /// No place of this country.
    Trap(Trap),
}

/// A place known by name alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The name as given.
    pub name: String,
    /// Its spelling key.
    pub spelling: String,
    /// Every place that bears it.
    pub places: BTreeSet<PlaceRef>,
}

impl Marks {
    /// The marks of a gold line, whose text is `text`.
    ///
    /// # Errors
    /// What is wrong with a mark, and the remedy: offsets that are no part of the text, an id that the gazetteer does
    /// not hold, not just one of a place, a position and a trap.
    pub fn of(gold: &PlaceGold, text: &str, gazetteer: &Gazetteer) -> Result<Marks, String> {
        if let Some(spans) = &gold.spans {
            return spans
                .iter()
                .map(|s| mark(s, text, gazetteer))
                .collect::<Result<_, _>>()
                .map(Marks::Spans);
        }
        let named = |names: &[String]| names.iter().map(|n| Named::of(n, gazetteer)).collect();
        let wanted = gold.places_mentioned.as_deref().unwrap_or_default();
        Ok(Marks::Names { wanted: named(wanted), neutral: named(&gold.must_not) })
    }
}

impl Named {
    fn of(name: &str, gazetteer: &Gazetteer) -> Named {
        let candidates = gazetteer.locate(name, None).candidates;
        Named {
            name: name.to_owned(),
            spelling: spelling(name),
            places: candidates.iter().filter_map(|c| gazetteer.by_id(&c.place_id)).collect(),
        }
    }
}

/// The spelling key of a whole name.
pub(super) fn spelling(name: &str) -> String {
    let tokens = Tokens::of(name);
    spelling_key((0..tokens.len()).map(|i| tokens.fold(i)))
}

fn mark(gold: &GoldSpan, text: &str, gazetteer: &Gazetteer) -> Result<Mark, String> {
    let (start, end) = (gold.start, gold.end);
    let span = Span::new(text, start, end).filter(|_| start < end).ok_or_else(|| {
        format!(
            "the span {start}..{end} is no part of its text of {} bytes; count bytes of UTF-8",
            text.len()
        )
    })?;
    if let Some(surface) = gold.surface.as_deref().filter(|s| *s != span.of(text)) {
        let found = span.of(text);
        return Err(format!(
            "the span {start}..{end} holds {found:?}, not {surface:?}; count bytes of UTF-8"
        ));
    }
    let meaning = match (&gold.place_id, gold.longitude, gold.latitude, gold.trap) {
        (Some(id), None, None, None) => Meaning::Place(places(id, &gold.also, gazetteer)?),
        (None, Some(x), Some(y), None) if (-180.0..=180.0).contains(&x) && (-90.0..=90.0).contains(&y) => {
            Meaning::At(Point::new(x, y))
        }
        (None, Some(x), Some(y), None) => {
            return Err(format!(
                "the span {start}..{end} lies at {x}, {y}; give degrees, longitude and latitude"
            ));
        }
        (None, None, None, Some(trap)) => Meaning::Trap(trap),
        _ => {
            return Err(format!(
                "the span {start}..{end} needs just one of place_id, longitude with latitude, and trap"
            ));
        }
    };
    Ok(Mark { span, meaning })
}

fn places(id: &str, also: &[String], gazetteer: &Gazetteer) -> Result<Vec<PlaceRef>, String> {
    let known = |id: &str| match gazetteer.by_id(id) {
        Some(place) if gazetteer.get(place).is_abroad() => {
            Err(format!("{id} lies abroad; mark it as a trap, abroad"))
        }
        Some(place) => Ok(place),
        None => Err(format!("the gazetteer holds no place {id}; look the id up with naqsha locate")),
    };
    std::iter::once(id).chain(also.iter().map(String::as_str)).map(known).collect()
}

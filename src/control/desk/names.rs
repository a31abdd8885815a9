//! Names: the one place that an editor means by an id or a name, or why there is none.

use std::collections::BTreeSet;

use super::sheet::{Cell, Fault};
use crate::control::ControlStatus;
use crate::gazetteer::{Candidate, Gazetteer, PlaceKind, PlaceRef};

/// A candidate that scores so much lower than the best is not meant.
const FAR: f64 = 0.25;
/// Candidates below this share no more than the consonants of the name.
const LIKE: f64 = 0.3;
/// Candidates that a message lists.
const LISTED: usize = 4;

/// The place that an id or a name means. A name may carry its type or province ("Kunduz province", "Surobi, Kabul").
/// A district and its centre are the district, a capital and its district the capital, unless an id says otherwise.
pub(super) fn place(gazetteer: &Gazetteer, text: &str) -> Result<PlaceRef, String> {
    if let Some(place) = gazetteer.by_id(text).filter(|p| !gazetteer.get(*p).is_abroad()) {
        return Ok(place);
    }
    let located = gazetteer.locate(text, None);
    if located.is_abroad {
        return Err(format!("{text:?} lies abroad; name a place in Afghanistan"));
    }
    let best = located.candidates.first().map_or(0.0, |c| c.score);
    let near: Vec<&Candidate> =
        located.candidates.iter().filter(|c| c.score >= LIKE && c.score > best - FAR).collect();
    let places: Vec<PlaceRef> = near.iter().filter_map(|c| gazetteer.by_id(&c.place_id)).collect();
    let meant: Vec<(&Candidate, PlaceRef)> = near
        .iter()
        .zip(&places)
        .filter(|(_, place)| !places.iter().any(|other| stands_for(gazetteer, *other, **place)))
        .map(|(c, p)| (*c, *p))
        .collect();
    match meant.as_slice() {
        [(_, place)] => Ok(*place),
        [] => Err(unknown(text, &located.candidates, &located.did_you_mean)),
        several => {
            let rivals: Vec<String> = several.iter().take(LISTED).map(|(c, _)| described(c)).collect();
            Err(format!("{text:?} may mean {}; write the id of one", rivals.join(" or ")))
        }
    }
}

/// The unit that shares the status of a place: a capital's district stands under its capital.
pub(super) fn unit_of(gazetteer: &Gazetteer, place: PlaceRef) -> PlaceRef {
    let is_district = gazetteer.get(place).kind == PlaceKind::District;
    let capital = gazetteer
        .province_of(place)
        .and_then(|p| gazetteer.seat_of(&gazetteer.get(p).id))
        .filter(|c| is_district && gazetteer.district_of(*c) == Some(place));
    capital.unwrap_or(place)
}

/// Whether, of two places of one name, `place` is left to `other`.
fn stands_for(gazetteer: &Gazetteer, other: PlaceRef, place: PlaceRef) -> bool {
    if other == place {
        return false;
    }
    if gazetteer.is_capital(other) {
        return gazetteer.get(place).kind == PlaceKind::District
            && gazetteer.district_of(other) == Some(place);
    }
    let settled = matches!(gazetteer.get(place).kind, PlaceKind::City | PlaceKind::Village);
    settled && !gazetteer.is_capital(place) && gazetteer.district_of(place) == Some(other)
}

fn described(c: &Candidate) -> String {
    let within = c.admin1.as_deref().filter(|_| c.kind != PlaceKind::Province);
    let within = within.map(|p| format!(" in {p}")).unwrap_or_default();
    format!("{} {}{within} ({})", c.name, c.kind.as_str(), c.place_id)
}

fn unknown(text: &str, alike: &[Candidate], names: &[String]) -> String {
    let listed: Vec<String> =
        if alike.is_empty() { names.to_vec() } else { alike.iter().take(LISTED).map(described).collect() };
    if listed.is_empty() {
        format!("no place {text:?} is known; `naqsha locate` finds ids")
    } else {
        format!("no place {text:?} is known; did you mean {}?", listed.join(", "))
    }
}

/// The unit that a cell names: a place that can have a status.
pub(super) fn unit(gazetteer: &Gazetteer, cell: &Cell) -> Result<PlaceRef, Fault> {
    use PlaceKind as K;
    let place = place(gazetteer, &cell.text).map_err(|problem| cell.fault(problem))?;
    match gazetteer.get(place).kind {
        K::Province | K::District | K::City | K::Village | K::Facility | K::Crossing => {
            Ok(unit_of(gazetteer, place))
        }
        kind => Err(cell.fault(format!(
            "{} is a {} and has no status; name a district, town, facility or province",
            cell.shown(),
            kind.as_str()
        ))),
    }
}

/// The status that a cell names.
pub(super) fn status(cell: &Cell) -> Result<ControlStatus, Fault> {
    ControlStatus::named(&cell.text.to_lowercase()).ok_or_else(|| {
        let all: Vec<&str> = ControlStatus::ALL.iter().map(|s| s.as_str()).collect();
        cell.fault(format!("status {} is unknown; write one of {}", cell.shown(), all.join(", ")))
    })
}

/// The capital of a province and each of its other districts.
pub(super) fn units_within(gazetteer: &Gazetteer, province: PlaceRef) -> BTreeSet<PlaceRef> {
    let id = &gazetteer.get(province).id;
    let districts =
        gazetteer.places().filter(|p| p.kind == PlaceKind::District && p.admin1.as_ref() == Some(id));
    let units = districts.filter_map(|d| gazetteer.by_id(d.id.as_str())).map(|d| unit_of(gazetteer, d));
    units.chain(gazetteer.seat_of(id)).collect()
}

/// A path's last part.
pub(super) fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

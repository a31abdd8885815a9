//! What place a name given on the command line means, or why it means none.

use std::collections::BTreeSet;

use naqsha::error::Error;
use naqsha::gazetteer::{Candidate, Gazetteer, Located, PlaceKind, PlaceRef};

/// A candidate of `locate` whose score is lower by so much is no rival.
pub(super) const LEAD: f64 = 0.09;

/// The place that a map is to show: of places that lie in one another, the widest ("Kunduz" is the province) or, where
/// the map shows what lies around it, the town.
pub(super) fn shown(gazetteer: &Gazetteer, name: &str, around: bool) -> Result<PlaceRef, Error> {
    let name = name.trim();
    if let Some(place) = gazetteer.by_id(name) {
        return Ok(place);
    }
    let located = gazetteer.locate(name, None);
    let Some(best) = located.candidates.first() else {
        return Err(unknown(name, "", &located, "ask `naqsha locate`, or give its id"));
    };
    let near = || located.candidates.iter().filter(|c| best.score - c.score < LEAD);
    let places: Vec<PlaceRef> = near().filter_map(|c| gazetteer.by_id(&c.place_id)).collect();
    let holds = |outer: &PlaceRef| places.iter().all(|p| p == outer || gazetteer.contains(*outer, *p));
    if let Some(widest) = places.iter().copied().find(holds) {
        let is_town = |p: &PlaceRef| matches!(gazetteer.get(*p).kind, PlaceKind::City | PlaceKind::Village);
        return Ok(places.iter().copied().find(is_town).filter(|_| around).unwrap_or(widest));
    }
    let rivals: Vec<&Candidate> = near().skip(1).collect();
    Err(ambiguous(name, best, &rivals, &format!("as \"{name}, PROVINCE\"")))
}

/// No place has the name, `within` what was given.
pub(super) fn unknown(name: &str, within: &str, located: &Located, remedy: &str) -> Error {
    if located.is_abroad {
        return Error::Usage(format!("{name:?} lies abroad; name a place in Afghanistan"));
    }
    let alike = located.did_you_mean.join(", ");
    let remedy = match alike.as_str() {
        "" => remedy.to_owned(),
        _ => format!("did you mean {alike}?"),
    };
    Error::Usage(format!("no place {name:?}{within} is known; {remedy}"))
}

/// What tells the places apart that a name may mean; `by_province` is how the command takes a province.
pub(super) fn ambiguous(name: &str, best: &Candidate, rivals: &[&Candidate], by_province: &str) -> Error {
    let all = || std::iter::once(best).chain(rivals.iter().copied());
    let named: Vec<String> = all().map(described).collect();
    let provinces: BTreeSet<Option<&str>> = all().map(|c| c.admin1.as_deref()).collect();
    let kinds: BTreeSet<&str> = all().map(|c| c.kind.as_str()).collect();
    let by_province = (provinces.len() > 1).then(|| by_province.to_owned());
    let by_kind = (kinds.len() > 1).then(|| format!("as \"{name} {}\"", best.kind.as_str()));
    let ways: Vec<String> = by_province.into_iter().chain(by_kind).chain(["by its id".to_owned()]).collect();
    Error::Usage(format!("{name:?} may mean {}; say which {}", named.join(" or "), ways.join(", or ")))
}

/// "Muqur, district in Ghazni (AF1115)".
fn described(c: &Candidate) -> String {
    let within = c.admin1.as_ref().filter(|p| **p != c.name).map(|p| format!(" in {p}")).unwrap_or_default();
    format!("{}, {}{within} ({})", c.name, c.kind.as_str(), c.place_id)
}

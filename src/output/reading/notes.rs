//! Notes: what was made of a name, a time expression or an act, in words for people.

use std::fmt::Write as _;

use crate::date::{DateMention, DatePrecision, EventDate, Meaning};
use crate::event::{Act, Actor, Effect, Event, Fate, Interest, Makes, Modality, Range, Scope};
use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::output::PlaceRecord;
use crate::toponym::{Refusal, Relation, Toponym};

/// "Zaranj, city in Nimroz (gn1120985); precision 1, exact; score 0.92; an event happens there; spelled so".
pub(super) fn place(toponym: &Toponym, record: &PlaceRecord<'_>, places: &Gazetteer) -> String {
    let Some(found) = toponym.place else {
        let rivals: Vec<String> = toponym.rivals.iter().map(|p| full_name(*p, places)).collect();
        return format!("ambiguous, so that nothing is told of it: {}", rivals.join(" or "));
    };
    let mut note = full_name(found, places);
    let _ = write!(note, "; {}; score {:.2}", precision(record.geo_precision), record.score);
    if !toponym.reasons.is_empty() {
        let _ = write!(note, " ({})", toponym.reasons.join(", "));
    }
    if record.role != "mention" {
        let _ = write!(note, "; {}", role(record.role));
    }
    let relation = match toponym.relation {
        Relation::At => None,
        Relation::Near => Some("only locates another place"),
        Relation::Way => Some("an end of a road"),
        Relation::Container => Some("contains the place spoken of"),
    };
    let open = toponym.level_open.then_some("province or capital is not said");
    for more in relation.into_iter().chain(open) {
        let _ = write!(note, "; {more}");
    }
    note
}

fn role(role: &str) -> &str {
    match role {
        "event" => "an event happens there",
        "dateline" => "where the writer sat",
        "abroad" => "lies abroad",
        other => other,
    }
}

fn precision(precision: Option<u8>) -> &'static str {
    match precision {
        Some(1) => "precision 1, exact",
        Some(2) => "precision 2, near it",
        Some(3) => "precision 3, the district",
        Some(4) => "precision 4, the province",
        Some(5) => "precision 5, part of a province or a road",
        Some(6) => "precision 6, the region",
        _ => "precision 7, the country",
    }
}

/// "Zaranj, city in Nimroz (gn1120985)".
fn full_name(place: PlaceRef, places: &Gazetteer) -> String {
    let found = places.get(place);
    let province = places.province_of(place).filter(|p| *p != place);
    let within = province.map(|p| format!(" in {}", places.get(p).name)).unwrap_or_default();
    format!("{}, {}{within} ({})", found.name, found.kind.as_str(), found.id)
}

/// Why a name is no place.
pub(super) fn veto(why: Refusal) -> &'static str {
    match why {
        Refusal::Word => "no place: an ordinary word",
        Refusal::Tag => "no place: a handle, an address or a tag",
        Refusal::Person => "no place: a person",
        Refusal::Quoted => "no place: a name in quotation marks of its own",
        Refusal::Compound => "no place: part of a compound that tells of somebody else",
        Refusal::Government => "no place: a seat that stands for a government",
        Refusal::LongerName => "no place: part of a longer name, of a firm, a body or a person",
        Refusal::Unsupported => "no place: nothing says that a place of this name is meant",
        Refusal::Abroad => "no place here: it is said to lie abroad",
        Refusal::OtherCountry => "no place here: the report is about another country",
    }
}

/// What a time expression means, and the acts that it dates.
pub(super) fn date(mention: &DateMention, dated: &[&str]) -> String {
    let mut note = match mention.meaning {
        Meaning::On(date) => days(date),
        Meaning::Future(date) => format!("{}, still to come", days(date)),
        Meaning::History => "long ago: what is told of it is no event".to_owned(),
        Meaning::SameDay => "the day of the act told before".to_owned(),
        Meaning::Offset(by) => {
            let side = if by < 0 { "before" } else { "after" };
            let unit = if by.abs() == 1 { "day" } else { "days" };
            format!("{} {unit} {side} the act told before", by.abs())
        }
        Meaning::Unresolved => "counts from a day that is not known".to_owned(),
        Meaning::TimeOfDay(_) => "a time of day, which dates nothing".to_owned(),
    };
    if mention.ambiguous {
        note.push_str("; day and month could be read the other way round");
    }
    match dated {
        _ if matches!(mention.meaning, Meaning::TimeOfDay(_)) => {}
        [] => note.push_str("; dates no act"),
        acts => {
            let _ = write!(note, "; dates: {}", acts.join(", "));
        }
    }
    note
}

fn days(date: EventDate) -> String {
    let range = date.in_words();
    match date.precision {
        DatePrecision::Day | DatePrecision::Days => range,
        DatePrecision::Week => format!("{range}, a week"),
        DatePrecision::Month => format!("{range}, a month"),
        DatePrecision::Longer => format!("{range}, some time within"),
        DatePrecision::Assumed => format!("{range}, assumed from publication"),
    }
}

/// What became of an act that gave `events` of those listed.
pub(super) fn act(act: &Act, events: usize) -> String {
    let what = format!("{}; rule \"{}\"", act.kind.as_str(), act.rule);
    let why = match act.fate {
        Fate::Told(_) if events == 0 => "the sentence has told it already",
        Fate::Told(_) if events == 1 => return format!("{what}; 1 event"),
        Fate::Told(_) => return format!("{what}; {events} events"),
        Fate::Cued(makes) => cue(makes),
        Fate::NotNow => "long past or still to come",
        Fate::NoPlace => "no Afghan place can be told",
        Fate::NoParty => "nobody is told who could have done it",
        Fate::Toll => "the toll of another act",
        Fate::Title => "part of a title or name",
    };
    format!("{what}; no event: {why}")
}

fn cue(makes: Makes) -> &'static str {
    match makes {
        Makes::Negated => "negated",
        Makes::Planned => "planned, not done",
        Makes::Attempted => "only attempted",
        Makes::Hypothetical => "possible, feared or asked for",
        Makes::Historical => "history",
        Makes::Generic => "done now and again, at no one time",
        Makes::Accident => "an accident",
        Makes::Figurative => "a figure of speech",
        Makes::Aggregate => "told of many places at once",
        Makes::Denied => "denied",
        Makes::Done => "done",
    }
}

/// An event in one line: place, days, parties, effect, who says so, toll, confidence.
pub(super) fn event(event: &Event) -> String {
    let place = &event.place;
    let mut note = format!("{}, {}", place.name, place.kind.as_str());
    if let Some(province) = place.admin1_name.as_ref().filter(|_| place.admin1.as_ref() != Some(&place.id)) {
        let _ = write!(note, " in {province}");
    }
    match place.scope {
        Scope::Place => {}
        Scope::AllDistricts => note.push_str(", all its districts"),
        Scope::DistrictsOutsideCapital => note.push_str(", all its districts but the capital's"),
    }
    let when = event.when.map_or("no date".to_owned(), days);
    let _ = write!(note, "; {when}; {}", parties(event.actor1.as_ref(), event.actor2.as_ref()));
    if let Some(effect) = event.effect {
        let held = match effect {
            Effect::Taliban => "then held by the Taliban",
            Effect::Government => "then held by the government",
            Effect::Contested => "then contested",
        };
        let _ = write!(note, "; {held}");
    }
    let _ = write!(note, "; {}", vouched(event));
    for (what, range) in [("killed", event.killed), ("wounded", event.wounded)] {
        if let Some(Range { low, high }) = range {
            let most = if high == low { String::new() } else { format!(" to {high}") };
            let _ = write!(note, "; {low}{most} {what}");
        }
    }
    let _ = write!(note, "; confidence {:.2}", event.confidence);
    note
}

fn parties(actor1: Option<&Actor>, actor2: Option<&Actor>) -> String {
    let named = |a: &Actor| {
        let alike = a.name.to_lowercase().contains(a.side.as_str());
        if alike { a.name.to_string() } else { format!("{} ({})", a.name, a.side.as_str()) }
    };
    match (actor1.map(named), actor2.map(named)) {
        (Some(a), Some(b)) => format!("{a} against {b}"),
        (Some(a), None) => format!("by {a}"),
        (None, Some(b)) => format!("against {b}"),
        (None, None) => "parties unknown".to_owned(),
    }
}

fn vouched(event: &Event) -> String {
    let claimant = event.attribution.claimant.as_deref();
    let by = claimant.map(|c| format!(" by {c}")).unwrap_or_default();
    let interest = match event.attribution.interest {
        Interest::SelfServing => " (self-serving)",
        Interest::Against => " (against its interest)",
        Interest::Neutral => "",
    };
    match event.modality {
        Modality::Asserted if claimant.is_none() => "asserted by the outlet".to_owned(),
        Modality::Asserted => format!("asserted{by}{interest}"),
        Modality::Claimed => format!("claimed{by}{interest}"),
        Modality::ConfirmedByLoser => format!("confirmed{by}, the loser{interest}"),
        Modality::Denied => format!("denied{by}{interest}"),
    }
}

//! naqsha's own events, read back.

use geo::Point;
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as ValueError, StrDeserializer};

use super::coder::{Coded, Coder};
use crate::date::{DatePrecision, EventDate};
use crate::error::NoticeKind;
use crate::event::{
    Actor, Attribution, Effect, Event, EventId, EventKind, EventPlace, Interest, Modality, Range, Scope,
    Side, SourceRef, Telling, Voice,
};
use crate::gazetteer::PlaceRef;
use crate::report::CodedRow;
use crate::toponym::GeoPrecision;

const DATES: [DatePrecision; 6] = [
    DatePrecision::Day,
    DatePrecision::Days,
    DatePrecision::Week,
    DatePrecision::Month,
    DatePrecision::Longer,
    DatePrecision::Assumed,
];

const PLACES: [GeoPrecision; 7] = [
    GeoPrecision::Exact,
    GeoPrecision::Near,
    GeoPrecision::District,
    GeoPrecision::Province,
    GeoPrecision::Part,
    GeoPrecision::Region,
    GeoPrecision::Country,
];

/// What the record of the contract cannot hold.
const MERGED: &str = "such records do not hold how each report tells the event, so that statuses may differ from \
                      those of the run; what naqsha extract --what tellings writes gives the same";

/// A row of which fields are taken by name.
struct Fields<'r>(&'r CodedRow);

impl<'r> Fields<'r> {
    /// The text, without the apostrophe that keeps spreadsheets from running it.
    fn text(&self, name: &str) -> Option<&'r str> {
        let cell = self.0.cells.get(name)?.as_str();
        let guarded =
            cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r']));
        Some(guarded.unwrap_or(cell))
    }

    fn read<T>(&self, name: &str, what: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, String> {
        let Some(text) = self.text(name) else { return Ok(None) };
        read(text).map(Some).ok_or_else(|| format!("{name} is {text:?}; give {what}"))
    }

    /// A word of an enumeration.
    fn word<T: for<'de> Deserialize<'de>>(&self, name: &str) -> Result<Option<T>, String> {
        self.read(name, "a word that naqsha writes there", |text| {
            let text: StrDeserializer<'_, ValueError> = text.into_deserializer();
            T::deserialize(text).ok()
        })
    }

    fn day(&self, name: &str) -> Result<Option<Date>, String> {
        self.read(name, "a day as 2021-07-07", |text| text.parse().ok())
    }

    /// A number, or true or false.
    fn number<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, String> {
        self.read(name, "a number", |text| text.parse().ok())
    }

    fn one_of<T: Copy>(&self, name: &str, of: &[T]) -> Result<Option<T>, String> {
        let at = |text: &str| text.parse::<usize>().ok()?.checked_sub(1);
        self.read(name, &format!("1 to {}", of.len()), |text| of.get(at(text)?).copied())
    }

    fn actor(&self, name: &str, side: &str) -> Result<Option<Actor>, String> {
        let side = self.word(side)?.unwrap_or(Side::Unknown);
        Ok(self.text(name).map(|name| Actor { name: name.into(), side }))
    }

    fn range(&self, low: &str, high: &str) -> Result<Option<Range>, String> {
        Ok(self.number(low)?.zip(self.number(high)?).map(|(low, high)| Range { low, high }))
    }

    fn when(&self) -> Result<Option<EventDate>, String> {
        let Some(from) = self.day("event_date")? else { return Ok(None) };
        let to = self.day("end_date")?.unwrap_or(from);
        if to < from {
            return Err(format!("ends on {to}, before it begins on {from}; check the two dates"));
        }
        let range = EventDate::range(from, to);
        Ok(Some(match self.one_of("date_precision", &DATES)? {
            Some(precision) => EventDate { precision, ..range },
            None => range,
        }))
    }

    /// `Reuters 2021-07-07; AFP`
    fn sources(&self) -> Vec<SourceRef> {
        let source = |text: &str| {
            let dated = text.rsplit_once(' ').and_then(|(outlet, day)| Some((outlet, day.parse().ok()?)));
            match dated {
                Some((outlet, day)) => SourceRef { outlet: outlet.to_owned(), date: Some(day) },
                None => SourceRef { outlet: text.to_owned(), date: None },
            }
        };
        let listed = self.text("sources").into_iter().flat_map(|all| all.split("; "));
        listed.filter(|s| !s.trim().is_empty()).map(source).collect()
    }
}

impl Coder<'_> {
    /// The event of a row of naqsha's own, told by each of its sources.
    pub(super) fn own(&mut self, row: &CodedRow) -> Result<Option<Coded>, String> {
        let fields = Fields(row);
        let id = fields.text("event_id").ok_or_else(|| "has no event_id; leave none out".to_owned())?;
        if !self.is_new(row, id)? {
            return Ok(None);
        }
        let named = |why: String| format!("event {id}: {why}");
        let kind: EventKind =
            fields.word("kind").map_err(named)?.ok_or_else(|| named("has no kind; give one".to_owned()))?;
        let event = self.own_event(&fields, id, kind).map_err(named)?;
        if fields.text("told_as").is_none() {
            self.tally.count(row, NoticeKind::Remark, MERGED.to_owned());
        }
        Ok(Some((tellings(event), None)))
    }

    fn own_event(&self, fields: &Fields<'_>, id: &str, kind: EventKind) -> Result<Event, String> {
        let modality = fields.word("modality")?.unwrap_or(Modality::Asserted);
        let effect: Option<Effect> = fields.word("control_effect")?;
        let claimant = fields.text("claimed_by").map(str::to_owned);
        let interest = fields.word("interest")?.unwrap_or(Interest::Neutral);
        let told_as: Option<Voice> = fields.word("told_as")?;
        let voice = told_as.unwrap_or(match (modality, &claimant) {
            (Modality::Claimed, _) => Voice::Party,
            (Modality::ConfirmedByLoser, _) => Voice::Admission,
            (Modality::Denied, Some(_)) => Voice::Party,
            (Modality::Asserted, Some(_)) => Voice::ThirdParty,
            (Modality::Asserted | Modality::Denied, None) => Voice::Outlet,
        });
        let side = match told_as {
            Some(_) => fields.word("claimed_by_side")?,
            None => speaker(voice, modality, effect),
        };
        let inside = effect == Some(Effect::Contested);
        let telling = Telling {
            order: fields.number("told_order")?.unwrap_or(0),
            reversed: fields.number("told_reversed")?.unwrap_or(false),
            inside: fields.number("told_inside")?.unwrap_or(inside),
        };
        let quote = fields.text("quote").unwrap_or_default().to_owned();
        let sources = fields.sources();
        Ok(Event {
            id: EventId(id.to_owned()),
            doc_id: fields.text("doc_id").unwrap_or(id).to_owned(),
            published: fields.day("published")?,
            source: fields.text("source").map(str::to_owned),
            url: fields.text("url").map(str::to_owned),
            when: fields.when()?,
            kind,
            actor1: fields.actor("actor1", "actor1_side")?,
            actor2: fields.actor("actor2", "actor2_side")?,
            place: self.own_place(fields)?,
            effect,
            modality,
            attribution: Attribution { claimant, side, interest, voice },
            killed: fields.range("killed_low", "killed_high")?,
            wounded: fields.range("wounded_low", "wounded_high")?,
            confidence: fields.number("reading")?.or(fields.number("confidence")?).unwrap_or(1.0),
            telling,
            n_reports: fields.number("n_reports")?.unwrap_or(1),
            n_independent: fields.number("n_independent")?.unwrap_or(1),
            lineage: fields.text("lineage").unwrap_or(id).to_owned(),
            sources,
            quote_start: fields.number("quote_start")?.unwrap_or(0),
            quote_end: fields.number("quote_end")?.unwrap_or(quote.len()),
            quote,
            corrections: Default::default(),
        })
    }

    fn own_place(&self, fields: &Fields<'_>) -> Result<EventPlace, String> {
        let gazetteer = self.ground.gazetteer;
        let id = fields.text("place_id").ok_or_else(|| "has no place_id; give one".to_owned())?;
        let at = gazetteer.by_id(id).ok_or_else(|| {
            format!("its place {id:?} is not known; give the same --gazetteer as when it was written")
        })?;
        let place = gazetteer.get(at);
        let admin = |p: Option<PlaceRef>| p.map(|p| gazetteer.get(p));
        let (admin1, admin2) = (admin(gazetteer.province_of(at)), admin(gazetteer.district_of(at)));
        let position = fields.number("longitude")?.zip(fields.number("latitude")?);
        Ok(EventPlace {
            id: place.id.clone(),
            name: place.name.clone(),
            kind: place.kind,
            scope: fields.word("scope")?.unwrap_or(Scope::Place),
            admin1: admin1.map(|p| p.id.clone()),
            admin1_name: admin1.map(|p| p.name.clone()),
            admin2: admin2.map(|p| p.id.clone()),
            admin2_name: admin2.map(|p| p.name.clone()),
            position: position.map_or(place.position, |(x, y)| Point::new(x, y)),
            precision: fields
                .one_of("geo_precision", &PLACES)?
                .unwrap_or(GeoPrecision::Exact.within(place.kind)),
        })
    }
}

/// The side that speaks: whoever claims gains, whoever admits loses, and whoever denies does not want it so.
fn speaker(voice: Voice, modality: Modality, effect: Option<Effect>) -> Option<Side> {
    let gains = match effect? {
        Effect::Taliban => Side::Taliban,
        Effect::Government => Side::Government,
        Effect::Contested => return None,
    };
    let loses = if gains == Side::Taliban { Side::Government } else { Side::Taliban };
    match voice {
        Voice::Party if modality == Modality::Denied => Some(loses),
        Voice::Party => Some(gains),
        Voice::Admission => Some(loses),
        _ => None,
    }
}

/// A merged event as each of its outlets told it, which the record does not hold. Its own word is one outlet's; another
/// gives its own voice where the record counts it as a source of its own and stands on better than a claim.
fn tellings(event: Event) -> Vec<Event> {
    if event.sources.len() < 2 {
        return vec![event];
    }
    let own = usize::try_from(event.n_independent).unwrap_or(usize::MAX);
    let claim = event.attribution.voice == Voice::Party || event.modality == Modality::Denied;
    let plain = Attribution { claimant: None, side: None, interest: Interest::Neutral, voice: Voice::Outlet };
    let told = |(at, source): (usize, &SourceRef)| {
        let another = at > 0 && at < own && !claim;
        Event {
            id: EventId::of(&[&event.id.0, &at.to_string()]),
            source: Some(source.outlet.clone()),
            published: source.date,
            sources: vec![source.clone()],
            modality: if another { Modality::Asserted } else { event.modality },
            attribution: if another { plain.clone() } else { event.attribution.clone() },
            n_reports: 1,
            n_independent: 1,
            ..event.clone()
        }
    };
    event.sources.iter().enumerate().map(told).collect()
}

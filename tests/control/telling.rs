//! Telling: the acts that a test lets reports tell, and what they are weighed with.

use std::sync::LazyLock;

use jiff::civil::Date;
use naqsha::control::{Clock, Control};
use naqsha::data::DataFiles;
use naqsha::date::{DatePrecision, EventDate};
use naqsha::event::{
    Actor, Attribution, Cluster, Effect, Event, EventId, EventKind, EventPlace, Interest, Modality, Outlets,
    Scope, Side, SourceRef, Telling, Voice, clusters,
};
use naqsha::gazetteer::{Gazetteer, PlaceKind, PlaceRef, sound_key};
use naqsha::toponym::GeoPrecision;
use serde::Deserialize;

/// One act as one report tells it.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tell {
    /// Day of printing.
    pub(crate) on: Date,
    pub(crate) doc: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) kind: EventKind,
    /// A place id, `seat:ID` for the centre of a unit, `town:NAME` or `name:NAME` for a facility.
    pub(crate) at: String,
    #[serde(default)]
    pub(crate) scope: Option<Scope>,
    /// A day, or `DAY..DAY`; the day of printing where there is none.
    pub(crate) when: Option<String>,
    pub(crate) effect: Option<Effect>,
    pub(crate) by: Option<Side>,
    pub(crate) voice: Option<Voice>,
    pub(crate) claimant: Option<String>,
    pub(crate) side: Option<Side>,
    #[serde(default)]
    pub(crate) denied: bool,
    #[serde(default)]
    pub(crate) reversed: bool,
    #[serde(default)]
    pub(crate) order: u32,
    pub(crate) quote: Option<String>,
}

pub(crate) fn place(gazetteer: &Gazetteer, at: &str) -> PlaceRef {
    let found = match at.split_once(':') {
        Some(("seat", unit)) => gazetteer.by_id(unit).and_then(|u| gazetteer.seat_of(&gazetteer.get(u).id)),
        Some((sort, name)) => {
            let settlement = |k| matches!(k, PlaceKind::City | PlaceKind::Village);
            let facility = |k| matches!(k, PlaceKind::Facility | PlaceKind::Crossing);
            let sound = |name: &str| {
                let folded = naqsha::text::fold(name);
                sound_key(folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()))
            };
            gazetteer
                .places()
                .filter(|p| if sort == "town" { settlement(p.kind) } else { facility(p.kind) })
                .filter(|p| sound(&p.name) == sound(name))
                .max_by_key(|p| p.population)
                .and_then(|p| gazetteer.by_id(p.id.as_str()))
        }
        _ => gazetteer.by_id(at),
    };
    found.unwrap_or_else(|| panic!("no place {at}"))
}

pub(crate) fn event_place(gazetteer: &Gazetteer, at: &str, scope: Scope) -> EventPlace {
    let r = place(gazetteer, at);
    let p = gazetteer.get(r);
    let name = |r: Option<PlaceRef>| r.map(|r| gazetteer.get(r).name.clone());
    EventPlace {
        id: p.id.clone(),
        name: p.name.clone(),
        kind: p.kind,
        scope,
        admin1: p.admin1.clone(),
        admin1_name: name(gazetteer.province_of(r)),
        admin2: p.admin2.clone(),
        admin2_name: name(gazetteer.district_of(r)),
        position: p.position,
        precision: match p.kind {
            PlaceKind::Province => GeoPrecision::Province,
            PlaceKind::District => GeoPrecision::District,
            _ => GeoPrecision::Exact,
        },
    }
}

pub(crate) fn date(told: &str) -> EventDate {
    let (from, to) = told.split_once("..").unwrap_or((told, told));
    let mut date =
        EventDate { from: from.parse().unwrap(), to: to.parse().unwrap(), precision: DatePrecision::Day };
    date.precision = match date.days() {
        1 => DatePrecision::Day,
        2..=6 => DatePrecision::Days,
        7..=10 => DatePrecision::Week,
        11..=31 => DatePrecision::Month,
        _ => DatePrecision::Longer,
    };
    date
}

pub(crate) fn event(gazetteer: &Gazetteer, tell: &Tell, n: usize) -> Event {
    let doc_id = tell.doc.clone().unwrap_or_else(|| format!("report {n}"));
    let voice = tell.voice.unwrap_or(Voice::Outlet);
    let (modality, interest) = match voice {
        _ if tell.denied => (Modality::Denied, Interest::SelfServing),
        Voice::Party => (Modality::Claimed, Interest::SelfServing),
        Voice::Admission => (Modality::ConfirmedByLoser, Interest::Against),
        _ => (Modality::Asserted, Interest::Neutral),
    };
    let holder = match tell.effect {
        Some(Effect::Taliban) => Some(Side::Taliban),
        Some(Effect::Government) => Some(Side::Government),
        _ => None,
    };
    let actor = tell.by.or(holder);
    Event {
        id: EventId(format!("{doc_id} {n}")),
        published: Some(tell.on),
        source: tell.outlet.clone(),
        url: None,
        when: Some(tell.when.as_deref().map_or(EventDate::day(tell.on), date)),
        kind: tell.kind,
        actor1: actor.map(|side| Actor { name: side.as_str().into(), side }),
        actor2: None,
        place: event_place(gazetteer, &tell.at, tell.scope.unwrap_or(Scope::Place)),
        effect: tell.effect,
        modality,
        attribution: Attribution { claimant: tell.claimant.clone(), side: tell.side, interest, voice },
        killed: None,
        wounded: None,
        confidence: 0.9,
        telling: Telling {
            order: tell.order,
            reversed: tell.reversed,
            inside: tell.effect == Some(Effect::Contested),
        },
        n_reports: 1,
        n_independent: 1,
        lineage: String::new(),
        sources: vec![SourceRef {
            outlet: tell.outlet.clone().unwrap_or_else(|| doc_id.clone()),
            date: Some(tell.on),
        }],
        quote: tell.quote.clone().unwrap_or_else(|| format!("Sentence {n}.")),
        quote_start: n,
        quote_end: n + 1,
        corrections: std::collections::BTreeSet::new(),
        doc_id,
    }
}

/// Loaded once for all scenarios of a test.
pub(crate) struct Bench {
    pub(crate) gazetteer: Gazetteer,
    pub(crate) outlets: Outlets,
    data: DataFiles,
}

impl Bench {
    pub(crate) fn new() -> Bench {
        let data = DataFiles::bundled();
        Bench {
            gazetteer: Gazetteer::from_data(&data).unwrap(),
            outlets: Outlets::from_data(&data).unwrap(),
            data,
        }
    }

    pub(crate) fn control(&self, clock: Clock) -> Control {
        Control::from_data(&self.data).unwrap().with_clock(clock)
    }

    pub(crate) fn events(&self, tell: &[Tell]) -> Vec<Event> {
        tell.iter().enumerate().map(|(n, t)| event(&self.gazetteer, t, n)).collect()
    }

    pub(crate) fn clusters(&self, tell: &[Tell]) -> Vec<Cluster> {
        clusters(self.events(tell), &self.outlets)
    }
}

pub(crate) static BENCH: LazyLock<Bench> = LazyLock::new(Bench::new);

pub(crate) fn tell(corpus: &str) -> Vec<Tell> {
    #[derive(Deserialize)]
    struct Tells {
        tell: Vec<Tell>,
    }
    toml::from_str::<Tells>(corpus).unwrap().tell
}

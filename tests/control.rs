//! Control against tables: what reports tell, and the statuses that must come of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where something is amiss, and says where it was skipped"
)]

use jiff::ToSpan;
use jiff::civil::Date;
use naqsha::control::{Basis, Clock, Control, ControlStatus, Pressure, Timeline, UnitStatus, span};
use naqsha::data::DataFiles;
use naqsha::date::{DatePrecision, EventDate};
use naqsha::event::{
    Actor, Attribution, Cluster, Effect, Event, EventId, EventKind, EventPlace, Interest, Modality, Outlets,
    Range, Scope, Side, SourceRef, Telling, Voice, clusters,
};
use naqsha::gazetteer::{Gazetteer, PlaceKind, PlaceRef, sound_key};
use naqsha::toponym::GeoPrecision;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpus {
    scenario: Vec<Scenario>,
}

/// Reports, and what is expected of some units on some days.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    name: String,
    /// Only by this clock; by both where there is none.
    clock: Option<String>,
    tell: Vec<Tell>,
    /// `DAY UNIT STATUS [since=DAY] [before=SIDE] [pressure=SORT] [n=COUNT] [conflict|settled] [stale] [derived]`
    expect: Vec<String>,
}

/// One act as one report tells it.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
struct Tell {
    /// Day of printing.
    on: Date,
    doc: Option<String>,
    outlet: Option<String>,
    kind: EventKind,
    /// A place id, `seat:ID` for the centre of a unit, `town:NAME` or `name:NAME` for a facility.
    at: String,
    #[serde(default)]
    scope: Option<Scope>,
    /// A day, or `DAY..DAY`; the day of printing where there is none.
    when: Option<String>,
    effect: Option<Effect>,
    by: Option<Side>,
    voice: Option<Voice>,
    claimant: Option<String>,
    side: Option<Side>,
    #[serde(default)]
    denied: bool,
    #[serde(default)]
    reversed: bool,
    #[serde(default)]
    order: u32,
    quote: Option<String>,
}

fn place(gazetteer: &Gazetteer, at: &str) -> PlaceRef {
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

fn event_place(gazetteer: &Gazetteer, at: &str, scope: Scope) -> EventPlace {
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

fn date(told: &str) -> EventDate {
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

fn event(gazetteer: &Gazetteer, tell: &Tell, n: usize) -> Event {
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
        actor1: actor.map(|side| Actor { name: side.as_str().to_owned(), side }),
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
        doc_id,
    }
}

/// Loaded once for all scenarios of a test.
struct Bench {
    gazetteer: Gazetteer,
    outlets: Outlets,
    data: DataFiles,
}

impl Bench {
    fn new() -> Bench {
        let data = DataFiles::bundled();
        Bench {
            gazetteer: Gazetteer::from_data(&data).unwrap(),
            outlets: Outlets::from_data(&data).unwrap(),
            data,
        }
    }

    fn control(&self, clock: Clock) -> Control {
        Control::from_data(&self.data).unwrap().with_clock(clock)
    }

    fn events(&self, tell: &[Tell]) -> Vec<Event> {
        tell.iter().enumerate().map(|(n, t)| event(&self.gazetteer, t, n)).collect()
    }

    fn clusters(&self, tell: &[Tell]) -> Vec<Cluster> {
        clusters(self.events(tell), &self.outlets)
    }
}

fn day(timeline: &Timeline, date: Date) -> &naqsha::control::Day {
    timeline.days().iter().find(|d| d.date == date).unwrap()
}

/// What a status says, in the words of the expectation.
fn unmet(status: Option<&UnitStatus>, wanted: &str) -> Option<String> {
    let side = |s: Side| s.as_str();
    let got = status.map_or("unknown", |s| s.status.as_str());
    let met = |word: &str| match (word.split_once('='), status) {
        (None, s) => match word {
            "conflict" => s.is_some_and(|s| s.conflict),
            "settled" => s.is_none_or(|s| !s.conflict),
            "stale" => s.is_some_and(|s| s.stale),
            "fresh" => s.is_none_or(|s| !s.stale),
            "derived" => s.is_some_and(|s| s.basis == Basis::Derived),
            "reported" => s.is_some_and(|s| s.basis == Basis::Reported),
            status => status == got,
        },
        (Some(("since", day)), Some(s)) => s.since.is_some_and(|d| d.to_string() == day),
        (Some(("until", day)), Some(s)) => s.valid_to.is_some_and(|d| d.to_string() == day),
        (Some(("before", wanted)), Some(s)) => s.before.map_or("none", side) == wanted,
        (Some(("n", n)), Some(s)) => s.n_independent.to_string() == n,
        (Some(("before" | "pressure", wanted)), None) => wanted == "none",
        (Some(("pressure", wanted)), Some(s)) => {
            let sort = match s.pressure {
                None => "none",
                Some(Pressure::Approach) => "approach",
                Some(Pressure::Siege) => "siege",
                Some(Pressure::Advance) => "advance",
            };
            sort == wanted
        }
        _ => false,
    };
    wanted.split_whitespace().find(|w| !met(w)).map(str::to_owned)
}

fn check(bench: &Bench, scenario: &Scenario, clock: Clock) -> Vec<String> {
    let clusters = bench.clusters(&scenario.tell);
    let days: Vec<Date> = scenario.expect.iter().map(|e| e[..10].parse().unwrap()).collect();
    let (from, to) = (*days.iter().min().unwrap(), *days.iter().max().unwrap());
    let timeline = bench.control(clock).timeline(&bench.gazetteer, &clusters, from, to);
    let mut wrong = Vec::new();
    for (line, date) in scenario.expect.iter().zip(days) {
        let (unit, wanted) = line[11..].split_once(' ').unwrap();
        let unit = &bench.gazetteer.get(place(&bench.gazetteer, unit)).id;
        let status = day(&timeline, date).statuses.iter().find(|s| s.unit == *unit);
        if let Some(word) = unmet(status, wanted) {
            wrong.push(format!("{} ({clock:?}): {line}\n  not {word}: {status:?}", scenario.name));
        }
    }
    wrong
}

#[test]
fn scenarios() {
    let bench = Bench::new();
    let corpus: Corpus = toml::from_str(include_str!("corpus/control.toml")).unwrap();
    let mut wrong = Vec::new();
    for scenario in &corpus.scenario {
        let clocks = match scenario.clock.as_deref() {
            None => vec![Clock::AsHappened, Clock::AsKnown],
            Some("as_happened") => vec![Clock::AsHappened],
            Some("as_known") => vec![Clock::AsKnown],
            Some(other) => panic!("{}: no clock {other}", scenario.name),
        };
        wrong.extend(clocks.into_iter().flat_map(|c| check(&bench, scenario, c)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn tell(corpus: &str) -> Vec<Tell> {
    #[derive(Deserialize)]
    struct Tells {
        tell: Vec<Tell>,
    }
    toml::from_str::<Tells>(corpus).unwrap().tell
}

/// The acts that tellings are merged into: place, kind, days, reports and independent sources.
fn merged(bench: &Bench, corpus: &str) -> Vec<String> {
    let record = |c: &Cluster| {
        let e = &c.event;
        let when = e.when.unwrap();
        let days =
            if when.from == when.to { when.from.to_string() } else { format!("{}..{}", when.from, when.to) };
        format!(
            "{} {} {days} reports={} sources={}",
            e.place.id,
            e.kind.as_str(),
            e.n_reports,
            e.n_independent
        )
    };
    bench.clusters(&tell(corpus)).iter().map(record).collect()
}

#[test]
fn one_act_from_many_reports() {
    let bench = Bench::new();
    let assault = r#"
        [[tell]]
        on = "2021-07-07"
        kind = "clash"
        at = "AF3102"
        by = "taliban"
        outlet = "AFP"
        [[tell]]
        on = "2021-07-07"
        kind = "assault"
        at = "AF3102"
        by = "taliban"
        outlet = "TRT World"
        [[tell]]
        on = "2021-07-08"
        when = "2021-07-06..2021-07-07"
        kind = "assault"
        at = "AF3102"
        outlet = "Reuters"
        by = "taliban"
        [[tell]]
        on = "2021-07-08"
        when = "2021-07-07"
        kind = "assault"
        at = "AF3102"
        outlet = "UrduPoint"
        by = "unknown"
        [[tell]]
        on = "2021-07-08"
        when = "2021-07-07"
        kind = "operation"
        at = "AF-BDG"
        outlet = "Pajhwok"
        by = "taliban"
    "#;
    assert_eq!(merged(&bench, assault), ["AF3102 assault 2021-07-07 reports=5 sources=4"]);
}

#[test]
fn a_long_siege_is_not_one_act_and_neither_are_two_sides() {
    let bench = Bench::new();
    let mut corpus = String::new();
    for day in 1..=6 {
        corpus += &format!(
            "[[tell]]\non = \"2021-07-0{day}\"\nkind = \"siege\"\nat = \"AF3102\"\nby = \"taliban\"\noutlet = \"AP\"\n"
        );
    }
    let found = merged(&bench, &corpus);
    assert_eq!(found.len(), 3, "{found:?}");
    let sides = r#"
        [[tell]]
        on = "2021-07-07"
        kind = "captured"
        at = "AF3102"
        effect = "taliban"
        [[tell]]
        on = "2021-07-07"
        kind = "recaptured"
        at = "AF3102"
        effect = "government"
        [[tell]]
        on = "2021-07-07"
        kind = "captured"
        at = "AF-BDG"
        scope = "all_districts"
        effect = "taliban"
        [[tell]]
        on = "2021-07-07"
        kind = "captured"
        at = "AF-BDG"
        effect = "taliban"
    "#;
    assert_eq!(merged(&bench, sides).len(), 4);
}

#[test]
fn a_shared_quotation_makes_an_unlisted_outlet_a_copy() {
    let bench = Bench::new();
    let corpus = r#"
        [[tell]]
        on = "2021-07-07"
        kind = "captured"
        at = "AF3102"
        effect = "taliban"
        outlet = "AFP"
        quote = "The district fell: \"we had no food and no water for three days\", a soldier said."
        [[tell]]
        on = "2021-07-07"
        kind = "captured"
        at = "AF3102"
        effect = "taliban"
        outlet = "Some Blog"
        quote = "A soldier told of hunger: “We had no food and no water for three days”."
        [[tell]]
        on = "2021-07-07"
        kind = "captured"
        at = "AF3102"
        effect = "taliban"
        outlet = "Other Blog"
        quote = "It is lost."
    "#;
    assert_eq!(merged(&bench, corpus), ["AF3102 captured 2021-07-07 reports=3 sources=2"]);
    let clusters = bench.clusters(&tell(corpus));
    let agencies: Vec<_> = clusters[0].voices.iter().map(|v| v.agency.as_deref()).collect();
    assert_eq!(agencies, [Some("AFP"), Some("AFP"), None]);
}

#[test]
fn a_merged_record_is_as_precise_as_all_agree_and_keeps_the_range() {
    let bench = Bench::new();
    let corpus = r#"
        [[tell]]
        on = "2021-07-09"
        when = "2021-07-01..2021-07-08"
        kind = "assault"
        at = "AF3102"
        [[tell]]
        on = "2021-07-08"
        when = "2021-07-06..2021-07-07"
        kind = "assault"
        at = "AF3102"
        by = "taliban"
    "#;
    let mut events = bench.events(&tell(corpus));
    events[0].killed = Some(Range { low: 3, high: 3 });
    events[1].killed = Some(Range { low: 5, high: 8 });
    let found = clusters(events, &bench.outlets);
    let event = &found[0].event;
    assert_eq!((found.len(), event.when), (1, Some(date("2021-07-06..2021-07-07"))));
    assert_eq!(event.killed, Some(Range { low: 3, high: 8 }));
    assert_eq!(event.published, Some("2021-07-08".parse().unwrap()));
    assert_eq!(event.actor1.as_ref().map(|a| a.side), Some(Side::Taliban));
    assert_eq!(event.id.0.len(), 16);
}

#[test]
fn the_span_of_a_run() {
    let bench = Bench::new();
    let days = |corpus: &str| span(&bench.events(&tell(corpus))).map(|(from, to)| format!("{from} {to}"));
    let one = |on: &str, when: &str| {
        format!("[[tell]]\non = \"{on}\"\nwhen = \"{when}\"\nkind = \"clash\"\nat = \"AF3102\"\n")
    };
    let news = one("2021-07-08", "2021-07-07") + &one("2021-07-07", "2021-06-29");
    assert_eq!(days(&news).as_deref(), Some("2021-06-29 2021-07-08"));
    let old = one("2021-07-08", "2021-01-07") + &one("2021-07-07", "2021-06-01..2021-06-30");
    assert_eq!(days(&old).as_deref(), Some("2021-06-06 2021-07-08"));
    let vague = one("2021-07-08", "2021-06-01..2021-06-30");
    assert_eq!(days(&vague).as_deref(), Some("2021-07-08 2021-07-08"));
    assert_eq!(days("tell = []"), None);
}

/// Some report about one of four places in July 2021.
fn any_tell() -> impl Strategy<Value = Tell> {
    let kinds = prop_oneof![
        Just(("captured", Some("taliban"))),
        Just(("recaptured", Some("government"))),
        Just(("repelled", Some("government"))),
        Just(("holds", Some("taliban"))),
        Just(("abandoned", Some("contested"))),
        Just(("clash", Some("contested"))),
        Just(("clash", None)),
        Just(("siege", None)),
        Just(("facility_seized", Some("taliban"))),
    ];
    let places = prop_oneof![
        Just(("AF3102", false)),
        Just(("seat:AF-BDG", false)),
        Just(("AF-BDG", true)),
        Just(("AF-BDG", false))
    ];
    let voices = prop_oneof![
        Just((Voice::Outlet, None)),
        Just((Voice::Admission, Some(Side::Government))),
        Just((Voice::Party, Some(Side::Taliban))),
        Just((Voice::ThirdParty, None)),
        Just((Voice::Headline, None))
    ];
    let outlets = prop_oneof![Just(Some("AFP")), Just(Some("Reuters")), Just(Some("A Blog")), Just(None)];
    (kinds, places, voices, outlets, 1..28i64, 0..4i64, any::<(bool, bool)>()).prop_map(
        |((kind, effect), (at, all), (voice, side), outlet, day, age, (denied, reversed))| {
            let on = jiff::civil::date(2021, 7, 1).saturating_add(day.days());
            Tell {
                on,
                doc: None,
                outlet: outlet.map(str::to_owned),
                kind: serde_json::from_value(kind.into()).unwrap(),
                at: at.to_owned(),
                scope: all.then_some(Scope::AllDistricts),
                when: Some(on.saturating_sub(age.days()).to_string()),
                effect: effect.map(|e| serde_json::from_value(e.into()).unwrap()),
                by: None,
                voice: Some(voice),
                claimant: side.map(|s| format!("{} spokesman", s.as_str())),
                side,
                denied: denied && voice == Voice::Party,
                reversed,
                order: 0,
                quote: None,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_always_holds(
        tells in prop::collection::vec(any_tell(), 1..25),
        seed in any::<prop::sample::Index>(),
    ) {
        let bench = &*BENCH;
        let events = bench.events(&tells);
        let mut moved = events.clone();
        moved.rotate_left(seed.index(events.len()));
        moved.reverse();
        let (from, to) = ("2021-06-25".parse().unwrap(), "2021-08-31".parse().unwrap());
        let found = clusters(events.clone(), &bench.outlets);
        prop_assert_eq!(&found, &clusters(moved, &bench.outlets));
        let voices: usize = found.iter().map(|c| c.voices.len()).sum();
        prop_assert_eq!(voices, events.len());
        prop_assert!(found.iter().all(|c| c.event.n_independent <= c.event.n_reports));
        for clock in [Clock::AsHappened, Clock::AsKnown] {
            let control = bench.control(clock);
            let timeline = control.timeline(&bench.gazetteer, &found, from, to);
            let mut reversed = found.clone();
            reversed.reverse();
            prop_assert_eq!(&timeline, &control.timeline(&bench.gazetteer, &reversed, from, to));
            holds_always(&timeline, &events)?;
        }
    }
}

/// No status without evidence, and silence flips nothing.
fn holds_always(timeline: &Timeline, events: &[Event]) -> Result<(), TestCaseError> {
    use ControlStatus::{Government, Taliban, Unknown};
    let last = events.iter().filter_map(|e| e.published.max(e.when.map(|w| w.to))).max().unwrap();
    for days in timeline.days().windows(2) {
        for status in &days[1].statuses {
            let known = status.status != Unknown;
            let said = known || status.pressure.is_some() || status.conflict;
            prop_assert!(!said || !status.evidence.is_empty(), "{:?}", status);
            prop_assert!((0.0..=1.0).contains(&status.confidence), "{:?}", status);
            prop_assert!(status.valid_from <= days[1].date, "{:?}", status);
            prop_assert!(status.valid_to.is_none_or(|to| days[1].date <= to), "{:?}", status);
            let before = days[0].statuses.iter().find(|s| s.unit == status.unit);
            let changed = before.map_or(Unknown, |b| b.status) != status.status;
            prop_assert_eq!(changed, days[1].changed.contains(&status.unit), "{:?}", status);
            if changed && days[1].date > last && status.shares.is_none() {
                let holder = before.and_then(|b| b.before);
                let returned = match holder {
                    Some(Side::Taliban) => Taliban,
                    Some(_) => Government,
                    None => Unknown,
                };
                prop_assert_eq!(status.status, returned, "{:?} after {:?}", status, before);
            }
        }
    }
    Ok(())
}

static BENCH: std::sync::LazyLock<Bench> = std::sync::LazyLock::new(Bench::new);

#[test]
#[ignore = "measures: cargo test --release --test control -- --ignored --nocapture"]
fn measure() {
    let bench = &*BENCH;
    let places: Vec<String> = bench
        .gazetteer
        .places()
        .filter(|p| matches!(p.kind, PlaceKind::District | PlaceKind::City) && !p.is_abroad())
        .map(|p| p.id.as_str().to_owned())
        .collect();
    let kinds = [
        ("clash", Some(Effect::Contested)),
        ("captured", Some(Effect::Taliban)),
        ("recaptured", Some(Effect::Government)),
        ("siege", None),
    ];
    let outlets = ["AFP", "Reuters", "A Blog", "Pajhwok", "UrduPoint"];
    let tell = |n: usize, span: usize| {
        let (kind, effect) = kinds[n / 3 % kinds.len()];
        let on = jiff::civil::date(2021, 6, 1).saturating_add(((n * 31 / 7 % span) as i64).days());
        Tell {
            on,
            doc: Some(format!("doc {}", n / 5)),
            outlet: Some(outlets[n / 5 % outlets.len()].to_owned()),
            kind: serde_json::from_value(kind.into()).unwrap(),
            at: places[n * 7 % places.len()].clone(),
            scope: None,
            when: n.is_multiple_of(3).then(|| on.saturating_sub(1.day()).to_string()),
            effect,
            by: None,
            voice: None,
            claimant: None,
            side: None,
            denied: false,
            reversed: false,
            order: 0,
            quote: Some(format!(
                "Fighters came at dawn from {} sides and told people of the place to stay in their homes, {} said, \"we heard shots all the night long in {}\".",
                n % 11,
                n % 17,
                n % 23
            )),
        }
    };
    for (events, span) in [(5_000, 70), (100_000, 70), (100_000, 1_500)] {
        let events = bench.events(&(0..events).map(|n| tell(n, span)).collect::<Vec<_>>());
        let started = std::time::Instant::now();
        let found = clusters(events, &bench.outlets);
        println!("{} clusters in {:?}", found.len(), started.elapsed());
        for clock in [Clock::AsHappened, Clock::AsKnown] {
            let started = std::time::Instant::now();
            let (from, to) = (jiff::civil::date(2021, 6, 1), jiff::civil::date(2021, 8, 10));
            let timeline = bench.control(clock).timeline(&bench.gazetteer, &found, from, to);
            println!("{clock:?}: {} days in {:?}", timeline.days().len(), started.elapsed());
        }
    }
}

//! Days made by hand, to draw: a quiet one, a busy one, the day Kabul fell, and one with hostile names.

use jiff::civil::{Date, date};
use naqsha::control::{Basis, Change, ChangeKind, ControlStatus, Day, Level, UnitStatus};
use naqsha::date::EventDate;
use naqsha::event::{
    Actor, Attribution, Effect, Event, EventId, EventKind, EventPlace, Interest, Modality, Range, Scope,
    Side, SourceRef, Telling, Voice,
};
use naqsha::gazetteer::{Gazetteer, Place, PlaceId, PlaceKind};
use naqsha::toponym::GeoPrecision;

/// The place with this name in this province, the larger kind of unit first.
pub(crate) fn place<'a>(g: &'a Gazetteer, name: &str, province: &str, kinds: &[PlaceKind]) -> &'a Place {
    let in_province = |p: &&Place| p.admin1.as_ref().is_some_and(|a| a.as_str() == province);
    let found = kinds
        .iter()
        .find_map(|kind| g.places().filter(in_province).find(|p| p.kind == *kind && p.name == name));
    found.unwrap_or_else(|| panic!("no {name} in {province}"))
}

/// The capital of a province.
pub(crate) fn capital<'a>(g: &'a Gazetteer, province: &str) -> &'a Place {
    g.get(g.seat_of(&PlaceId::new(province)).unwrap_or_else(|| panic!("no seat of {province}")))
}

fn province_name(g: &Gazetteer, place: &Place) -> Option<String> {
    place.admin1.as_ref().and_then(|id| g.by_id(id.as_str())).map(|p| g.get(p).name.clone())
}

pub(crate) fn event(g: &Gazetteer, on: Date, kind: EventKind, place: &Place) -> Event {
    Event {
        id: EventId(format!(
            "{:016x}",
            place.id.as_str().bytes().fold(kind as u64, |h, b| h.wrapping_mul(31) + u64::from(b))
        )),
        doc_id: "made.txt".into(),
        published: Some(on),
        source: Some("Pajhwok".into()),
        url: None,
        when: Some(EventDate::day(on)),
        kind,
        actor1: None,
        actor2: None,
        place: EventPlace {
            id: place.id.clone(),
            name: place.name.clone(),
            kind: place.kind,
            scope: Scope::Place,
            admin1: place.admin1.clone(),
            admin1_name: province_name(g, place),
            admin2: place.admin2.clone(),
            admin2_name: None,
            position: place.position,
            precision: if place.kind == PlaceKind::Province {
                GeoPrecision::Province
            } else {
                GeoPrecision::Exact
            },
        },
        effect: None,
        modality: Modality::Asserted,
        attribution: Attribution {
            claimant: None,
            side: None,
            interest: Interest::Neutral,
            voice: Voice::Outlet,
        },
        killed: None,
        wounded: None,
        confidence: 0.8,
        telling: Telling::default(),
        n_reports: 1,
        n_independent: 1,
        lineage: String::new(),
        sources: vec![SourceRef { outlet: "Pajhwok".into(), date: Some(on) }],
        quote: String::new(),
        quote_start: 0,
        quote_end: 0,
        corrections: std::collections::BTreeSet::new(),
    }
}

fn actor(name: &str, side: Side) -> Option<Actor> {
    Some(Actor { name: name.into(), side })
}

pub(crate) fn taliban() -> Option<Actor> {
    actor("Taliban", Side::Taliban)
}

pub(crate) fn government() -> Option<Actor> {
    actor("Government forces", Side::Government)
}

pub(crate) fn status(place: &Place, level: Level, status: ControlStatus, since: Date) -> UnitStatus {
    UnitStatus {
        unit: place.id.clone(),
        name: place.name.clone(),
        level,
        status,
        before: None,
        since: Some(since),
        valid_from: since,
        valid_to: None,
        known_since: None,
        confidence: 0.7,
        basis: Basis::Reported,
        origin: None,
        stale: false,
        pressure: None,
        conflict: false,
        n_independent: 1,
        evidence: Vec::new(),
        shares: None,
    }
}

fn sources(list: &[(&str, Date)]) -> Vec<SourceRef> {
    list.iter().map(|(o, d)| SourceRef { outlet: (*o).into(), date: Some(*d) }).collect()
}

fn province<'a>(g: &'a Gazetteer, id: &str) -> &'a Place {
    g.get(g.by_id(id).unwrap_or_else(|| panic!("no {id}")))
}

/// A unit passed to the Taliban by an event.
#[allow(dead_code, reason = "each test file takes what it needs")]
pub(crate) fn change(place: &Place, level: Level, event: &Event) -> Change {
    let mut change = changed_hands(vec![place.id.clone()]).remove(0);
    (change.name, change.level) = (place.name.clone(), level);
    change.evidence = vec![event.id.clone()];
    change
}

fn changed_hands(mut units: Vec<PlaceId>) -> Vec<Change> {
    units.sort();
    let change = |unit: PlaceId| Change {
        name: unit.as_str().to_owned(),
        unit,
        level: Level::Province,
        admin1: None,
        admin1_name: None,
        kind: ChangeKind::ChangedHands,
        before: ControlStatus::Government,
        after: ControlStatus::Taliban,
        since: Some(date(2021, 8, 15)),
        evidence: Vec::new(),
    };
    units.into_iter().map(change).collect()
}

fn day(date: Date, mut statuses: Vec<UnitStatus>, events: Vec<Event>, changed: &[&str]) -> Day {
    statuses.sort_by(|a, b| a.unit.cmp(&b.unit));
    let changes = changed_hands(changed.iter().map(|c| PlaceId::new(c)).collect());
    Day { date, statuses, events, changes, sources: Vec::new() }
}

/// Two provinces with a status, one bomb.
pub(crate) fn quiet(g: &Gazetteer) -> Day {
    let on = date(2021, 6, 22);
    let statuses = vec![
        status(province(g, "AF-KDZ"), Level::Province, ControlStatus::Contested, on),
        status(province(g, "AF-KAB"), Level::Province, ControlStatus::Government, on),
    ];
    let mut bomb = event(g, on, EventKind::Ied, capital(g, "AF-GHA"));
    bomb.killed = Some(Range { low: 2, high: 2 });
    Day { sources: sources(&[("Pajhwok", on)]), ..day(on, statuses, vec![bomb], &[]) }
}

/// Twelve provinces with a status and eight events, as on 7 July 2021.
pub(crate) fn busy(g: &Gazetteer) -> Day {
    use ControlStatus as C;
    let on = date(2021, 7, 7);
    let given = [
        ("AF-BDS", C::ClaimedTaliban),
        ("AF-TAK", C::Taliban),
        ("AF-KDZ", C::Taliban),
        ("AF-BDG", C::Contested),
        ("AF-LAG", C::Contested),
        ("AF-KAN", C::ClaimedTaliban),
        ("AF-ZAB", C::Taliban),
        ("AF-HEL", C::Contested),
        ("AF-KAB", C::Government),
        ("AF-PAR", C::Government),
        ("AF-NAN", C::Government),
        ("AF-FRA", C::ClaimedGovernment),
    ];
    let mut statuses: Vec<UnitStatus> =
        given.iter().map(|(id, s)| status(province(g, id), Level::Province, *s, on)).collect();
    statuses[6].stale = true;
    let base = place(g, "Bagram Air Base", "AF-PAR", &[PlaceKind::Facility]);
    statuses.push(status(base, Level::Facility, C::Government, on));
    statuses.push(status(capital(g, "AF-BDG"), Level::Capital, C::Contested, on));
    Day {
        sources: sources(&[
            ("AFP", on),
            ("Khaama Press", on),
            ("Pajhwok", date(2021, 7, 6)),
            ("Reuters", date(2021, 7, 8)),
            ("TRT World", on),
        ]),
        ..day(on, statuses, busy_events(g, on), &["AF-BDG", "AF-LAG"])
    }
}

fn busy_events(g: &Gazetteer, on: Date) -> Vec<Event> {
    let mut storm = event(g, on, EventKind::Assault, capital(g, "AF-BDG"));
    storm.actor1 = taliban();
    storm.actor2 = government();
    storm.telling.inside = true;
    storm.n_independent = 3;
    storm.sources = sources(&[("AFP", on), ("Khaama Press", on), ("Reuters", on), ("TRT World", on)]);
    let mut escape = event(g, on, EventKind::PrisonBreak, capital(g, "AF-BDG"));
    escape.sources = sources(&[("Reuters", on)]);
    let alishing = place(g, "Alishing", "AF-LAG", &[PlaceKind::District]);
    let mut operation = event(g, on, EventKind::Operation, alishing);
    operation.actor1 = government();
    operation.actor2 = taliban();
    operation.modality = Modality::Claimed;
    operation.attribution.claimant = Some("the Ministry of Defence".into());
    operation.attribution.side = Some(Side::Government);
    operation.killed = Some(Range { low: 10, high: 14 });
    operation.place.precision = GeoPrecision::District;
    let mut bomb = event(g, on, EventKind::CarBomb, capital(g, "AF-KAN"));
    bomb.actor2 = government();
    bomb.killed = Some(Range { low: 3, high: 3 });
    bomb.wounded = Some(Range { low: 11, high: 11 });
    let mut strike = event(g, on, EventKind::Airstrike, capital(g, "AF-HEL"));
    strike.actor1 = government();
    strike.actor2 = taliban();
    let mut claim = event(g, on, EventKind::Captured, province(g, "AF-BDS"));
    claim.actor1 = taliban();
    claim.modality = Modality::Claimed;
    claim.attribution.claimant = Some("Taliban".into());
    claim.attribution.side = Some(Side::Taliban);
    let mut leave = event(
        g,
        on,
        EventKind::ForeignWithdrawal,
        place(g, "Bagram Air Base", "AF-PAR", &[PlaceKind::Facility]),
    );
    leave.actor1 = actor("US forces", Side::UsNato);
    let flee = event(g, on, EventKind::Displacement, capital(g, "AF-KDZ"));
    vec![storm, escape, operation, bomb, strike, claim, leave, flee]
}

/// All provinces but Panjshir Taliban, as on 15 August 2021.
#[allow(dead_code, reason = "each test file takes what it needs")]
pub(crate) fn fall(g: &Gazetteer) -> Day {
    let on = date(2021, 8, 15);
    let provinces: Vec<&Place> = g.places().filter(|p| p.kind == PlaceKind::Province).collect();
    let status_of = |p: &Place| match p.id.as_str() {
        "AF-PAN" => ControlStatus::Government,
        "AF-NUR" | "AF-BAM" => ControlStatus::ClaimedTaliban,
        _ => ControlStatus::Taliban,
    };
    let mut statuses: Vec<UnitStatus> =
        provinces.iter().map(|p| status(p, Level::Province, status_of(p), on)).collect();
    for p in &provinces {
        let seat = g.seat_of(&p.id).map(|s| g.get(s));
        if let Some(seat) = seat.filter(|s| s.name != "Bazarak") {
            statuses.push(status(seat, Level::Capital, ControlStatus::Taliban, on));
        }
    }
    let mut enter = event(g, on, EventKind::Captured, capital(g, "AF-KAB"));
    enter.actor1 = taliban();
    enter.n_independent = 4;
    enter.sources = sources(&[("AP", on), ("BBC", on), ("Reuters", on)]);
    let mut jalalabad = event(g, on, EventKind::Surrendered, capital(g, "AF-NAN"));
    jalalabad.actor1 = government();
    jalalabad.actor2 = taliban();
    jalalabad.modality = Modality::ConfirmedByLoser;
    jalalabad.attribution.claimant = Some("the governor".into());
    let mut bagram =
        event(g, on, EventKind::Surrendered, place(g, "Bagram Air Base", "AF-PAR", &[PlaceKind::Facility]));
    bagram.actor1 = government();
    bagram.actor2 = taliban();
    let mut rest: Vec<Event> = ["AF-WAR", "AF-KHO", "AF-KAP", "AF-DAY"]
        .iter()
        .map(|id| {
            let mut taken = event(g, on, EventKind::Captured, capital(g, id));
            taken.actor1 = taliban();
            taken
        })
        .collect();
    let mut events = vec![enter, jalalabad, bagram];
    events.append(&mut rest);
    for event in &mut events {
        event.effect = Some(Effect::Taliban);
    }
    let changed = ["AF-KAB", "AF-NAN", "AF-WAR", "AF-KHO", "AF-KAP", "AF-DAY", "AF-PAR"];
    Day {
        sources: sources(&[("AP", on), ("BBC", on), ("Pajhwok", on), ("Reuters", on)]),
        ..day(on, statuses, events, &changed)
    }
}

/// Names and outlets that hold markup.
#[allow(dead_code, reason = "each test file takes what it needs")]
pub(crate) fn hostile(g: &Gazetteer) -> Day {
    let mut made = busy(g);
    for event in &mut made.events {
        event.place.name = "<script>alert(\"1\")</script> & \u{7}sons".into();
        event.attribution.claimant = Some("</text><a href='x'>".into());
        for source in &mut event.sources {
            source.outlet = "A & B <i>Post</i>".into();
        }
    }
    made.sources = made.events[0].sources.clone();
    made
}

/// More than any page can hold: an event of some kind in every capital, many of them in crowded places.
pub(crate) fn crowded(g: &Gazetteer) -> Day {
    let on = date(2021, 8, 6);
    let capitals: Vec<&Place> = g
        .places()
        .filter(|p| p.kind == PlaceKind::Province)
        .filter_map(|p| g.seat_of(&p.id))
        .map(|s| g.get(s))
        .collect();
    let events = capitals
        .iter()
        .enumerate()
        .map(|(i, place)| {
            let mut made = event(g, on, EventKind::ALL[i % EventKind::ALL.len()], place);
            made.actor1 = taliban();
            made.actor2 = government();
            made.attribution.claimant = Some("a spokesman of the provincial council of the province".into());
            made.modality = [Modality::Asserted, Modality::Claimed, Modality::ConfirmedByLoser][i % 3];
            made.sources = sources(&[
                ("An Outlet With a Rather Long Name of Its Own", on),
                ("Another Outlet, Longer Still Than the First", on),
            ]);
            made
        })
        .collect();
    let statuses = capitals
        .iter()
        .enumerate()
        .map(|(i, p)| {
            status(p, Level::Capital, [ControlStatus::Taliban, ControlStatus::Contested][i % 2], on)
        })
        .collect();
    let list: Vec<String> = (1..30).map(|i| format!("Outlet Number {i}")).collect();
    let named: Vec<(&str, Date)> = list.iter().map(|o| (o.as_str(), on)).collect();
    Day { sources: sources(&named), ..day(on, statuses, events, &[]) }
}

/// The busy day, told by districts: one province Taliban around a contested capital, one claimed, scattered others.
pub(crate) fn districts(g: &Gazetteer) -> Day {
    let on = date(2021, 7, 7);
    let mut made = busy(g);
    let in_province = |id: &'static str| {
        g.places().filter(move |p| {
            p.kind == PlaceKind::District && p.admin1.as_ref().is_some_and(|a| a.as_str() == id)
        })
    };
    let mut add = |place: &Place, what: ControlStatus, stale: bool| {
        let mut given = status(place, Level::District, what, on);
        given.stale = stale;
        made.statuses.push(given);
    };
    for place in in_province("AF-BDG") {
        let capital = capital(g, "AF-BDG").admin2.as_ref() == Some(&place.id);
        add(place, if capital { ControlStatus::Contested } else { ControlStatus::Taliban }, false);
    }
    in_province("AF-BDS").for_each(|p| add(p, ControlStatus::ClaimedTaliban, false));
    in_province("AF-HEL").take(8).for_each(|p| add(p, ControlStatus::Taliban, true));
    in_province("AF-KDZ").take(4).for_each(|p| add(p, ControlStatus::Taliban, false));
    in_province("AF-NAN").step_by(3).for_each(|p| add(p, ControlStatus::Government, false));
    in_province("AF-FRA").step_by(2).for_each(|p| add(p, ControlStatus::ClaimedGovernment, false));
    made.statuses.retain(|s| s.level != Level::Province || s.status == ControlStatus::Government);
    made.statuses.sort_by(|a, b| a.unit.cmp(&b.unit));
    made.changes = changed_hands(in_province("AF-BDG").map(|p| p.id.clone()).collect());
    made
}

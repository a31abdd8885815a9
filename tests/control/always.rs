//! What holds whatever the reports tell, and in whatever order they come.

use jiff::ToSpan;
use naqsha::control::{Clock, ControlStatus, Timeline};
use naqsha::event::{Event, Scope, Side, Voice, clusters};
use naqsha::output::{event_table, timeline_table};
use proptest::prelude::*;

use crate::telling::{BENCH, Tell};

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

/// Reports, the order in which they come, and which of them come twice.
fn in_some_order() -> impl Strategy<Value = (Vec<Tell>, Vec<usize>, Vec<prop::sample::Index>)> {
    prop::collection::vec(any_tell(), 1..25).prop_flat_map(|tells| {
        let order: Vec<usize> = (0..tells.len()).collect();
        let again = prop::collection::vec(any::<prop::sample::Index>(), 0..6);
        (Just(tells), Just(order).prop_shuffle(), again)
    })
}

/// The tables of a run over events that come in some parts.
fn tables(parts: &[Vec<Event>], clock: Clock) -> [Vec<u8>; 2] {
    let (from, to) = ("2021-06-25".parse().unwrap(), "2021-08-31".parse().unwrap());
    let found = clusters(parts.concat(), &BENCH.outlets);
    let timeline = BENCH.control(clock).timeline(&BENCH.gazetteer, &found, from, to);
    [event_table(&timeline.events).unwrap(), timeline_table(&timeline).unwrap()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shuffling_duplicating_and_splitting_changes_no_byte((tells, order, again) in in_some_order()) {
        let events = BENCH.events(&tells);
        let mut moved: Vec<Event> = order.iter().map(|i| events[*i].clone()).collect();
        moved.extend(again.iter().map(|i| i.get(&events).clone()));
        let rest = moved.split_off(again.first().map_or(0, |i| i.index(moved.len())));
        for clock in [Clock::AsHappened, Clock::AsKnown] {
            let once = tables(std::slice::from_ref(&events), clock);
            prop_assert!(once == tables(&[moved.clone(), rest.clone()], clock));
            prop_assert!(once == tables(&[rest.clone(), moved.clone()], clock));
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
            prop_assert_eq!(changed, days[1].has_changed(&status.unit), "{:?}", status);
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

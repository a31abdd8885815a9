//! Each action, where it applies and where it does not, and the order in which a file gives them.

use naqsha::control::{Basis, Origin, Timeline};
use naqsha::event::{Event, EventKind};
use proptest::prelude::*;

use super::{PLACES, corrected, events, on, said};

/// Two reports of one fall, one of another, and a fight.
const REPORTS: &str = "
a AFP | 2021-07-10 | The Taliban captured Nad Ali district of Helmand province on Saturday.
b Reuters | 2021-07-10 | Taliban fighters seized Nad Ali district in Helmand province on Saturday.
c AFP | 2021-07-14 | The Taliban captured Sangin district of Helmand province on Wednesday.
d AFP | 2021-07-14 | Taliban fighters and government forces clashed in Garmser district of Helmand province on Wednesday.
";

fn id(name: &str) -> String {
    let found = PLACES.locate(name, Some("Helmand")).candidates;
    found.into_iter().find(|c| c.kind.as_str() == "district").unwrap().place_id
}

/// The id of the first event of a report.
fn event(report: &str) -> String {
    told_by(report).id.0
}

fn told_by(report: &str) -> Event {
    events(REPORTS).into_iter().find(|e| e.doc_id == report).unwrap()
}

fn with(corrections: &str) -> (Timeline, Vec<String>) {
    corrected(events(REPORTS), "desk.toml", corrections)
}

/// A table with a reason.
fn table(keys: &str) -> String {
    format!("[[correction]]\nreason = \"seen otherwise\"\n{keys}\n")
}

#[test]
fn what_is_suppressed_is_no_evidence() {
    let sangin = id("Sangin");
    let (timeline, notices) = with("");
    assert_eq!((said(&timeline, "2021-07-14", &sangin), notices.len()), ("taliban reported".to_owned(), 0));
    let by_id = table(&format!("action = \"suppress\"\nevent = \"{}\"", event("c")));
    let by_report =
        table("action = \"suppress\"\nreport = \"c\"\nplace = \"Sangin district\"\nkind = \"captured\"");
    for text in [by_id, by_report] {
        let (timeline, notices) = with(&text);
        assert_eq!(notices, Vec::<String>::new());
        assert_eq!(said(&timeline, "2021-07-14", &sangin), "none");
        assert!(timeline.events.iter().all(|e| e.doc_id != "c"));
        assert_eq!(timeline.applied.values().copied().collect::<Vec<_>>(), [1]);
    }
    let (timeline, notices) = with(&table("action = \"suppress\"\nevent = \"00000000000000aa\""));
    assert_eq!(notices.len(), 1);
    assert!(notices[0].starts_with("desk.toml:1: suppress event 00000000000000aa: no event"), "{notices:?}");
    assert_eq!(said(&timeline, "2021-07-14", &sangin), "taliban reported");
    let elsewhere =
        table("action = \"suppress\"\nreport = \"c\"\nplace = \"Nad Ali district\"\nkind = \"captured\"");
    assert!(with(&elsewhere).1[0].contains("no report of these inputs tells that"));
}

#[test]
fn a_merged_event_is_suppressed_with_all_its_tellings() {
    let (timeline, _) = with("");
    let merged = timeline.events.iter().find(|e| e.n_reports == 2).unwrap().id.0.clone();
    let (timeline, notices) = with(&table(&format!("action = \"suppress\"\nevent = \"{merged}\"")));
    assert_eq!(notices, Vec::<String>::new());
    assert_eq!(said(&timeline, "2021-07-10", &id("Nad Ali")), "none");
    assert_eq!(timeline.applied.values().copied().collect::<Vec<_>>(), [2]);
}

#[test]
fn an_event_that_other_corrections_make_is_found_as_well() {
    let suppress = table(&format!("action = \"suppress\"\nevent = \"{}\"", event("a")));
    let (timeline, _) = with(&suppress);
    let left = timeline.events.iter().find(|e| e.doc_id == "b").unwrap().id.0.clone();
    for text in [
        format!(
            "{suppress}{}",
            table(&format!("action = \"date\"\nevent = \"{left}\"\nto = \"2021-07-09\""))
        ),
        format!(
            "{}{suppress}",
            table(&format!("action = \"date\"\nevent = \"{left}\"\nto = \"2021-07-09\""))
        ),
    ] {
        let (timeline, notices) = with(&text);
        assert_eq!(notices, Vec::<String>::new());
        assert_eq!(said(&timeline, "2021-07-09", &id("Nad Ali")), "taliban reported");
    }
}

#[test]
fn what_is_moved_happened_elsewhere() {
    let (sangin, kajaki) = (id("Sangin"), id("Kajaki"));
    let (timeline, notices) =
        with(&table(&format!("action = \"move\"\nevent = \"{}\"\nto = \"Kajaki district\"", event("c"))));
    assert_eq!(notices, Vec::<String>::new());
    assert_eq!(said(&timeline, "2021-07-14", &sangin), "none");
    assert_eq!(said(&timeline, "2021-07-14", &kajaki), "taliban reported");
    let moved = timeline.events.iter().find(|e| e.doc_id == "c").unwrap();
    assert_eq!(
        (moved.place.id.as_str(), moved.place.admin2.as_ref().unwrap().as_str()),
        (&*kajaki, &*kajaki)
    );
    assert_eq!(moved.corrections.len(), 1);
    let (_, notices) =
        with(&table(&format!("action = \"move\"\nevent = \"{}\"\nto = \"{sangin}\"", event("c"))));
    assert!(notices[0].contains("the reports are read so already; take it out"), "{notices:?}");
}

#[test]
fn what_is_dated_happened_then() {
    let sangin = id("Sangin");
    let date = |to: &str| with(&table(&format!("action = \"date\"\nevent = \"{}\"\nto = {to}", event("c"))));
    for to in ["\"2021-07-12\"", "2021-07-12"] {
        let (timeline, notices) = date(to);
        assert_eq!(notices, Vec::<String>::new());
        assert_eq!(said(&timeline, "2021-07-12", &sangin), "taliban reported");
    }
    let (timeline, _) = date("\"2021-07-10..2021-07-12\"");
    let status = on(&timeline, "2021-07-12", &sangin).unwrap();
    assert_eq!(status.since, Some(super::date("2021-07-10")));
    assert!(date("\"2021-07-14\"").1[0].contains("read so already"));
}

#[test]
fn what_is_of_another_kind_says_who_holds_the_place() {
    let garmser = id("Garmser");
    let kind = |keys: &str| with(&table(&format!("action = \"kind\"\nevent = \"{}\"\n{keys}", event("d"))));
    let (timeline, notices) = kind("to = \"captured\"\neffect = \"government\"");
    assert_eq!(notices, Vec::<String>::new());
    assert_eq!(said(&timeline, "2021-07-14", &garmser), "government reported");
    let (timeline, _) = kind("to = \"airstrike\"");
    assert_eq!(said(&timeline, "2021-07-14", &garmser), "none");
    assert!(kind("to = \"clash\"").1[0].contains("read so already"));
    let retaken = table(&format!("action = \"kind\"\nevent = \"{}\"\nto = \"abandoned\"", event("c")));
    let (timeline, _) = with(&retaken);
    let event = timeline.events.iter().find(|e| e.doc_id == "c").unwrap();
    assert_eq!(event.kind, EventKind::Abandoned);
}

#[test]
fn a_kind_without_a_holder_asks_for_one() {
    let lines = "e AFP | 2021-07-14 | A roadside bomb killed three people in Garmser district of Helmand province on Wednesday.";
    let told = events(lines);
    let keys = format!("action = \"kind\"\nevent = \"{}\"\nto = \"captured\"", told[0].id.0);
    let (timeline, notices) = corrected(told, "desk.toml", &table(&keys));
    assert!(notices[0].contains("add effect = \"taliban\""), "{notices:?}");
    assert_eq!(timeline.events[0].kind, EventKind::Ied);
}

#[test]
fn tellings_are_split_and_merged() {
    let (a, b, c) = (event("a"), event("b"), event("c"));
    let count = |timeline: &Timeline| timeline.events.len();
    let before = count(&with("").0);
    let (timeline, notices) = with(&table(&format!("action = \"split\"\nevent = \"{b}\"")));
    assert_eq!((count(&timeline), notices), (before + 1, Vec::new()));
    let (timeline, notices) = with(&table(&format!("action = \"merge\"\nevents = [\"{b}\", \"{c}\"]")));
    assert_eq!((count(&timeline), notices), (before - 1, Vec::new()));
    let all = timeline.events.iter().find(|e| e.n_reports == 3).unwrap();
    assert_eq!(all.corrections.len(), 1);
    let (_, notices) = with(&table(&format!("action = \"merge\"\nevents = [\"{a}\", \"{b}\"]")));
    assert!(notices[0].contains("these are one event already"), "{notices:?}");
    let (_, notices) = with(&table(&format!("action = \"split\"\nevent = \"{c}\"")));
    assert!(notices[0].contains("an event of its own already"), "{notices:?}");
}

#[test]
fn a_pin_goes_over_the_evidence_on_its_days() {
    let nad_ali = id("Nad Ali");
    let pin = |keys: &str| with(&table(&format!("action = \"pin\"\nunit = \"{nad_ali}\"\n{keys}")));
    let (timeline, notices) = pin("status = \"contested\"\nfrom = 2021-07-12\nuntil = 2021-07-13");
    assert_eq!(notices, Vec::<String>::new());
    for (day, wanted) in [
        ("2021-07-09", "none"),
        ("2021-07-11", "taliban reported"),
        ("2021-07-12", "contested editor"),
        ("2021-07-13", "contested editor"),
        ("2021-07-14", "taliban reported"),
    ] {
        assert_eq!(said(&timeline, day, &nad_ali), wanted, "{day}");
    }
    let pinned = on(&timeline, "2021-07-12", &nad_ali).unwrap();
    let Some(Origin::Correction { id, .. }) = &pinned.origin else { panic!("{pinned:?}") };
    assert!(timeline.applied.contains_key(id));
    assert_eq!((pinned.evidence.len(), pinned.stale, pinned.conflict), (0, false, false));
    let (timeline, _) = pin("status = \"claimed_government\"\nfrom = 2021-07-12");
    let pinned = on(&timeline, "2021-07-31", &nad_ali).unwrap();
    assert_eq!(
        (pinned.basis, pinned.before.map(naqsha::event::Side::as_str)),
        (Basis::Editor, Some("taliban"))
    );
    let (timeline, _) = pin("status = \"unknown\"\nfrom = 2021-07-12");
    assert_eq!(said(&timeline, "2021-07-12", &nad_ali), "unknown editor");
}

#[test]
fn a_pin_that_says_nothing_new_or_is_spoken_against_is_named() {
    let (nad_ali, sangin) = (id("Nad Ali"), id("Sangin"));
    let pin =
        |unit: &str, keys: &str| with(&table(&format!("action = \"pin\"\nunit = \"{unit}\"\n{keys}"))).1;
    let same = pin(&nad_ali, "status = \"taliban\"\nfrom = 2021-07-12");
    assert!(same[0].contains("the evidence says the same; take it out"), "{same:?}");
    let against = pin(&sangin, "status = \"government\"\nfrom = 2021-07-10");
    assert!(against[0].contains("the evidence says taliban from 2021-07-14 on"), "{against:?}");
    assert!(pin(&sangin, "status = \"government\"\nfrom = 2021-07-10\nuntil = 2021-07-20").is_empty());
    let late = pin(&sangin, "status = \"government\"\nfrom = 2021-09-10");
    assert!(late[0].contains("begins after the last day"), "{late:?}");
}

#[test]
fn an_open_pin_ends_where_the_next_begins_and_a_province_is_its_units() {
    let (nad_ali, kajaki) = (id("Nad Ali"), id("Kajaki"));
    let pins = [
        table("action = \"pin\"\nunit = \"Helmand province\"\nstatus = \"government\"\nfrom = 2021-07-08"),
        table(&format!("action = \"pin\"\nunit = \"{nad_ali}\"\nstatus = \"contested\"\nfrom = 2021-07-09")),
        table(&format!("action = \"pin\"\nunit = \"{nad_ali}\"\nstatus = \"taliban\"\nfrom = 2021-07-20")),
    ];
    let (timeline, _) = with(&pins.concat());
    assert_eq!(said(&timeline, "2021-07-08", &nad_ali), "government editor");
    assert_eq!(said(&timeline, "2021-07-19", &nad_ali), "contested editor");
    assert_eq!(said(&timeline, "2021-07-20", &nad_ali), "taliban editor");
    assert_eq!(said(&timeline, "2021-07-20", &kajaki), "government editor");
    assert_eq!(said(&timeline, "2021-07-08", "AF-HEL"), "government editor");
}

/// Corrections of which no two contradict each other.
fn several() -> Vec<String> {
    let (a, c, d) = (event("a"), event("c"), event("d"));
    let (nad_ali, sangin) = (id("Nad Ali"), id("Sangin"));
    vec![
        table(&format!("action = \"date\"\nevent = \"{a}\"\nto = \"2021-07-09\"")),
        table(&format!("action = \"move\"\nevent = \"{c}\"\nto = \"Kajaki district\"")),
        table(&format!("action = \"kind\"\nevent = \"{c}\"\nto = \"holds\"")),
        table(&format!("action = \"date\"\nevent = \"{c}\"\nto = \"2021-07-13\"")),
        table(&format!("action = \"suppress\"\nevent = \"{d}\"")),
        table("action = \"split\"\nreport = \"b\"\nplace = \"Nad Ali district\"\nkind = \"captured\""),
        table(&format!("action = \"pin\"\nunit = \"{nad_ali}\"\nstatus = \"contested\"\nfrom = 2021-07-20")),
        table(&format!("action = \"pin\"\nunit = \"{nad_ali}\"\nstatus = \"taliban\"\nfrom = 2021-07-25")),
        table(&format!("action = \"pin\"\nunit = \"{sangin}\"\nstatus = \"government\"\nfrom = 2021-07-10")),
        table(
            "action = \"pin\"\nunit = \"Helmand province\"\nstatus = \"claimed_taliban\"\nfrom = 2021-07-29",
        ),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_the_file_changes_nothing(order in Just(several()).prop_shuffle()) {
        let (wanted, _) = with(&several().concat());
        let (found, _) = with(&order.concat());
        prop_assert_eq!(wanted.days(), found.days());
        prop_assert_eq!(&wanted.events, &found.events);
        prop_assert_eq!(&wanted.applied, &found.applied);
    }
}

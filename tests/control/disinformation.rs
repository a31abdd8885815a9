//! Disinformation: a statement repeated often, and outlets that nobody knows, against a provincial capital.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use naqsha::control::{Clock, ControlStatus};
use naqsha::data::DataFiles;
use naqsha::event::{Event, Reader, clusters};
use naqsha::report::Report;

use crate::telling::{BENCH, place};

const DAY: Date = date(2021, 8, 8);
const NEXT: Date = date(2021, 8, 9);

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::from_data(&DataFiles::bundled()).unwrap());

/// One claim in many words, with and without a headline.
const CLAIM: [(Option<&str>, &str); 10] = [
    (None, "The Taliban said on Sunday that they had captured the city of Kunduz."),
    (
        Some("Taliban claim Kunduz"),
        "Kunduz city was under Taliban control, a spokesman for the Taliban said on Sunday.",
    ),
    (Some("Kunduz captured, Taliban say"), "The Taliban claimed on Sunday to have seized Kunduz city."),
    (
        Some("Taliban take Kunduz"),
        "A Taliban spokesman claimed on Sunday that their fighters had taken the city of Kunduz.",
    ),
    (None, "In a statement on Sunday the Taliban claimed the capture of Kunduz city."),
    (
        Some("Claim over Kunduz"),
        "Zabihullah Mujahid, the spokesman of the Taliban, said that the city of Kunduz was captured on Sunday.",
    ),
    (None, "The insurgents say they seized the city of Kunduz on Sunday, according to their spokesman."),
    (
        Some("Taliban seize Kunduz city"),
        "The Taliban have captured Kunduz city, the group's spokesman Zabihullah Mujahid wrote on Sunday.",
    ),
    (None, "\"Our fighters have captured the city of Kunduz,\" a Taliban spokesman said on Sunday."),
    (None, "According to a Taliban spokesman, their fighters took control of the city of Kunduz on Sunday."),
];

/// Agencies, papers, partisan outlets and ones that nobody listed.
const CARRIERS: [&str; 10] = [
    "Reuters",
    "Voice of Jihad",
    "AP",
    "Emirate Bulletin",
    "Gulf Observer",
    "Frontier Eye",
    "Asia Mirror",
    "Al Emarah",
    "Truth From The Hills",
    "Hindu Kush Wire",
];

fn report(n: usize, outlet: &str, day: Date, (title, text): (Option<&str>, &str)) -> Report {
    Report {
        id: format!("report {n}"),
        source: Some(outlet.to_owned()),
        published: Some(day),
        title: title.map(str::to_owned),
        text: text.to_owned(),
        ..Report::default()
    }
}

fn copies() -> Vec<Report> {
    let outlet = |n: usize| match CARRIERS[(n + n / 10) % 10] {
        unlisted if unlisted.contains("The") => format!("{unlisted} {n}"),
        listed => listed.to_owned(),
    };
    (0..50).map(|n| report(n, &outlet(n), DAY, CLAIM[n % 10])).collect()
}

/// What is said of the city of Kunduz at the end, by both clocks.
fn kunduz(reports: &[Report]) -> [ControlStatus; 2] {
    let events: Vec<Event> = reports.iter().flat_map(|r| READER.events(r).0).collect();
    let silent = reports.iter().filter(|r| events.iter().all(|e| e.doc_id != r.id));
    assert_eq!(silent.count(), 0, "each report tells something");
    let found = clusters(events, &BENCH.outlets);
    let city = &BENCH.gazetteer.get(place(&BENCH.gazetteer, "seat:AF-KDZ")).id;
    [Clock::AsHappened, Clock::AsKnown].map(|clock| {
        let timeline = BENCH.control(clock).timeline(&BENCH.gazetteer, &found, DAY, NEXT);
        let day = timeline.days().last().unwrap();
        day.statuses.iter().find(|s| s.unit == *city).map_or(ControlStatus::Unknown, |s| s.status)
    })
}

#[test]
fn fifty_copies_of_one_claim_leave_a_capital_claimed() {
    assert_eq!(kunduz(&copies()), [ControlStatus::ClaimedTaliban; 2]);
}

#[test]
fn an_admission_and_one_neutral_outlet_turn_it() {
    let admission =
        (None, "The city of Kunduz fell to the Taliban on Sunday, the deputy governor of Kunduz said.");
    let own = (None, "The Taliban captured the city of Kunduz on Sunday.");
    let mut reports = copies();
    reports.push(report(50, "Meridian News", DAY, admission));
    assert_eq!(kunduz(&reports), [ControlStatus::Taliban; 2]);
    reports.push(report(51, "Northern Press Agency", DAY, own));
    assert_eq!(kunduz(&reports), [ControlStatus::Taliban; 2]);
    let bare = [report(0, "Meridian News", DAY, admission), report(1, "Northern Press Agency", DAY, own)];
    assert_eq!(kunduz(&bare), [ControlStatus::Taliban; 2]);
    assert_eq!(kunduz(&bare[..1]), [ControlStatus::ClaimedTaliban; 2]);
    assert_eq!(kunduz(&bare[1..]), [ControlStatus::ClaimedTaliban; 2]);
}

#[test]
fn fifty_outlets_that_nobody_knows_never_turn_a_capital() {
    const OWN: [(Option<&str>, &str); 5] = [
        (None, "The Taliban captured the city of Kunduz on Sunday."),
        (Some("Kunduz falls"), "Kunduz city fell to the Taliban on Sunday."),
        (None, "Fighters of the Taliban seized Kunduz city on Sunday after an hour of fighting."),
        (
            Some("Taliban seize Kunduz city"),
            "The city of Kunduz is in the hands of the Taliban since Sunday.",
        ),
        (None, "On Sunday the Taliban took control of the city of Kunduz."),
    ];
    let sock = |n: usize| report(n, &format!("Hill Blog {n}"), DAY, OWN[n % 5]);
    let mut reports: Vec<Report> = (0..50).map(sock).collect();
    assert_eq!(kunduz(&reports), [ControlStatus::ClaimedTaliban; 2]);
    reports.extend(copies().into_iter().map(|r| Report { id: format!("copy {}", r.id), ..r }));
    assert_eq!(kunduz(&reports), [ControlStatus::ClaimedTaliban; 2]);
    reports.push(report(50, "Reuters", DAY, OWN[0]));
    assert_eq!(kunduz(&reports), [ControlStatus::ClaimedTaliban; 2]);
}

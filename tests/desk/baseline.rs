//! The state before the first report.

use naqsha::control::{Baseline, Basis, Clock, ControlStatus, Origin, Timeline};
use naqsha::error::NoticeKind;
use naqsha::event::Event;
use naqsha::map::Frame;

use super::{PLACES, date, events, mapper, on, said, told};

/// Nad Ali, Sangin and Nawa of Helmand; Nimroz and its capital.
const REPORTS: &str = "
a AFP | 2021-07-10 | The Taliban captured Nad Ali district of Helmand province on Saturday.
b TOLOnews | 2021-07-10 | The Taliban claimed that they had captured Sangin district of Helmand province on Saturday.
";

fn run(baseline: Baseline, events: Vec<Event>, clock: Clock) -> Timeline {
    let mapper = mapper().with_clock(clock).with_baseline(baseline);
    mapper.timeline(events, Some(date("2021-07-08")), Some(date("2021-08-01")))
}

fn id(name: &str) -> String {
    let found = PLACES.locate(name, None).candidates;
    found.into_iter().find(|c| c.kind.as_str() == "district").unwrap().place_id
}

fn table(rows: &str) -> Baseline {
    let (baseline, notices) =
        Baseline::from_csv("before.csv", &format!("unit,status,since,source\n{rows}"), &PLACES);
    assert_eq!(told(&notices), Vec::<String>::new());
    baseline
}

#[test]
fn it_holds_until_a_report_reaches_its_threshold_and_a_claim_is_drawn_over_it() {
    let (nad_ali, sangin, nawa) = (id("Nad Ali district"), id("Sangin district"), id("Garmser district"));
    for clock in [Clock::AsHappened, Clock::AsKnown] {
        let everywhere = Baseline::everywhere(&PLACES, ControlStatus::Government);
        let timeline = run(everywhere, events(REPORTS), clock);
        for unit in [&nad_ali, &sangin, &nawa] {
            assert_eq!(said(&timeline, "2021-07-09", unit), "government baseline", "{unit}");
        }
        assert_eq!(said(&timeline, "2021-07-10", &nad_ali), "taliban reported");
        assert_eq!(said(&timeline, "2021-07-10", &sangin), "claimed_taliban reported");
        assert_eq!(said(&timeline, "2021-07-10", &nawa), "government baseline");
        let claimed = on(&timeline, "2021-07-10", &sangin).unwrap();
        assert_eq!(claimed.before.map(naqsha::event::Side::as_str), Some("government"));
        assert!(!claimed.conflict);
        // Unheard of for two weeks, the claim gives way to what was declared.
        assert_eq!(said(&timeline, "2021-08-01", &sangin), "government baseline");
        let capital = PLACES.seat_of(&PLACES.get(PLACES.by_id("AF-NIM").unwrap()).id).unwrap();
        assert_eq!(said(&timeline, "2021-07-09", PLACES.get(capital).id.as_str()), "government baseline");
        assert_eq!(said(&timeline, "2021-07-09", "AF-NIM"), "government baseline");
    }
}

#[test]
fn it_is_no_report() {
    let everywhere = Baseline::everywhere(&PLACES, ControlStatus::Government);
    let timeline = run(everywhere, events(REPORTS), Clock::AsHappened);
    let status = on(&timeline, "2021-07-09", &id("Garmser district")).unwrap();
    assert_eq!((status.n_independent, status.evidence.len(), status.since), (0, 0, None));
    assert_eq!(status.origin, Some(Origin::Everywhere(ControlStatus::Government)));
    assert!(!status.stale && !status.conflict);
    assert_eq!(status.valid_from, date("2021-07-08"));
    assert!(
        timeline.days()[0].changes.is_empty(),
        "what is declared from the first day has not changed on it"
    );
    assert!(timeline.days()[0].sources.is_empty());
    let nothing = run(Baseline::default(), events(REPORTS), Clock::AsHappened);
    assert_eq!(said(&nothing, "2021-07-09", &id("Garmser district")), "none");
}

#[test]
fn a_report_that_confirms_it_takes_its_place() {
    let confirmed =
        "a AFP | 2021-07-10 | The Taliban captured Nad Ali district of Helmand province on Saturday.";
    let nad_ali = id("Nad Ali district");
    let baseline = table(&format!("{nad_ali},taliban,2021-05-20,Survey of May 2021\n"));
    let timeline = run(baseline, events(confirmed), Clock::AsHappened);
    let before = on(&timeline, "2021-07-09", &nad_ali).unwrap();
    assert_eq!((before.basis, before.since), (Basis::Baseline, Some(date("2021-05-20"))));
    assert_eq!(before.origin, Some(Origin::Baseline("Survey of May 2021".to_owned())));
    let after = on(&timeline, "2021-07-10", &nad_ali).unwrap();
    assert_eq!((after.basis, after.since, &after.origin), (Basis::Reported, Some(date("2021-07-10")), &None));
}

#[test]
fn a_province_stands_for_its_units_and_a_unit_of_its_own_row_goes_first() {
    let timeline = run(
        table("Helmand province,taliban,,\nLashkar Gah,government,,\n"),
        events(REPORTS),
        Clock::AsHappened,
    );
    assert_eq!(said(&timeline, "2021-07-09", &id("Garmser district")), "taliban baseline");
    assert_eq!(said(&timeline, "2021-07-09", &id("Lashkar Gah district")), "government baseline");
    assert_eq!(said(&timeline, "2021-07-09", "AF-HEL"), "contested baseline");
    let origin = on(&timeline, "2021-07-09", &id("Garmser district")).unwrap().origin.clone();
    assert_eq!(origin, Some(Origin::Baseline("before.csv".to_owned())), "a table without sources is its own");
}

#[test]
fn what_begins_after_the_first_report_was_not_before_it() {
    let nad_ali = id("Nad Ali district");
    let timeline =
        run(table(&format!("{nad_ali},government,2021-07-20,\n")), events(REPORTS), Clock::AsHappened);
    assert_eq!(said(&timeline, "2021-07-25", &nad_ali), "taliban reported");
    let notices = told(&timeline.notices);
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(notices[0].starts_with("before.csv:2: is not used for"), "{notices:?}");
}

#[test]
fn each_bad_row_is_named_with_its_line_and_the_rest_applies() {
    let text = "unit,status,since,source,remark\n\
        Nad Ali,taliban,,,\n\
        Atlantis,taliban,,,\n\
        Surobi,taliban,,,\n\
        Sangin,red,,,\n\
        Garmser,taliban,7 July,,\n\
        \"Nad Ali, Helmand\",taliban,,,\n\
        Zaranj,taliban,,,\n\
        \"Zaranj district, Nimroz\",government,,,\n\
        ,taliban,,,\n\
        short,row\n\
        Herat province,,,,\n";
    let (baseline, notices) = Baseline::from_csv("dir/before.csv", text, &PLACES);
    let wanted = [
        (1, "the column \"remark\" is unknown"),
        (3, "no place \"Atlantis\" is known"),
        (4, "\"Surobi\" may mean"),
        (5, "status \"red\" is unknown; write one of taliban, government, contested"),
        (6, "since \"7 July\" is no day; write it as 2021-07-07"),
        (7, "stands twice; take this line out"),
        (8, "is declared otherwise in line 9; none of them is used, keep one"),
        (9, "is declared otherwise in line 8"),
        (10, "has no unit"),
        (11, "the row has 2 cells and the header 5"),
        (12, "has no status"),
    ];
    let notices: Vec<_> = notices.iter().filter(|n| n.kind == NoticeKind::Skipped).collect();
    assert_eq!(notices.len(), wanted.len(), "{notices:#?}");
    for (notice, (line, message)) in notices.iter().zip(wanted) {
        let told = notice.to_string();
        assert!(told.starts_with(&format!("dir/before.csv:{line}: ")) && told.contains(message), "{told}");
    }
    let timeline = run(baseline, events(REPORTS), Clock::AsHappened);
    assert_eq!(said(&timeline, "2021-07-09", &id("Nad Ali district")), "taliban baseline");
    assert_eq!(said(&timeline, "2021-07-09", "AF-NIM"), "none");
}

#[test]
fn the_map_says_at_its_foot_what_was_declared() {
    let mapper = mapper().with_baseline(table("Helmand province,taliban,,Survey of May 2021\n"));
    let timeline = mapper.timeline(events(REPORTS), None, None);
    let drawing = mapper.draw(&timeline.days()[0], Frame::Article);
    assert!(drawing.to_svg().contains("Before the first report: Survey of May 2021."));
    let without = super::READER.timeline(events(REPORTS), None, None);
    assert!(!super::READER.draw(&without.days()[0], Frame::Article).to_svg().contains("Before the first"));
}

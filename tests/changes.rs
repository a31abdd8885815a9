//! What changes from day to day: each sort of change once, and the report for people.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]

use std::process::Command;

use jiff::civil::{Date, date};
use naqsha::control::{Change, ChangeKind, Concern, ControlStatus, Level, Timeline};
use naqsha::mapper::Mapper;
use naqsha::report::Report;

/// Two neutral agencies and a paper, as data/outlets.csv has them, and a party's own bulletin.
const WIRE: &str = "Hindu Kush Wire";
const PAPER: &str = "Gulf Observer";
const BULLETIN: &str = "Emirate Bulletin";

fn reports(told: &[(&str, Date, &str)]) -> Vec<Report> {
    let report = |(n, (source, day, text)): (usize, &(&str, Date, &str))| Report {
        id: format!("report {n}"),
        source: Some((*source).to_owned()),
        published: Some(*day),
        text: (*text).to_owned(),
        ..Report::default()
    };
    told.iter().enumerate().map(report).collect()
}

/// A summer in which everything happens once.
fn summer() -> Vec<Report> {
    let july = |day| date(2021, 7, day);
    reports(&[
        (WIRE, july(1), "Government forces control Kaldar district of Balkh province."),
        (WIRE, july(3), "Taliban fighters captured Kaldar district of Balkh province on Saturday."),
        (PAPER, july(5), "Government forces recaptured Kaldar district of Balkh province on Monday."),
        (
            WIRE,
            july(7),
            "Taliban fighters fought their way into Kaldar district of Balkh province on Wednesday and clashed with soldiers inside the district.",
        ),
        (
            WIRE,
            july(8),
            "Government forces repelled a Taliban attack on Kaldar district of Balkh province on Thursday.",
        ),
        (
            BULLETIN,
            july(10),
            "The mujahideen captured Chakhansur district of Nimroz province on Saturday, the Taliban spokesman said.",
        ),
        (WIRE, date(2021, 9, 20), "A road was mended in Farah province on Monday."),
    ])
}

fn timeline(mapper: &Mapper, reports: &[Report], from: Date, to: Date) -> Timeline {
    let (events, _) = mapper.events(reports);
    mapper.timeline(events, Some(from), Some(to))
}

fn of<'t>(timeline: &'t Timeline, name: &str) -> Vec<(Date, &'t Change)> {
    let days = timeline.days().iter();
    days.flat_map(|d| d.changes.iter().map(|c| (d.date, c))).filter(|(_, c)| c.name == name).collect()
}

#[test]
fn each_sort_of_change_is_told_on_its_day() {
    use ChangeKind as K;
    let mapper = Mapper::bundled().unwrap();
    let timeline = timeline(&mapper, &summer(), date(2021, 6, 30), date(2021, 9, 20));
    let found = |name| -> Vec<(Date, K)> { of(&timeline, name).iter().map(|(d, c)| (*d, c.kind)).collect() };
    let kaldar = [
        (date(2021, 7, 1), K::Reported),
        (date(2021, 7, 3), K::ChangedHands),
        (date(2021, 7, 5), K::Retaken),
        (date(2021, 7, 7), K::Contested),
        (date(2021, 7, 8), K::Held),
        (date(2021, 9, 7), K::Stale),
    ];
    assert_eq!(found("Kaldar"), kaldar);
    let claim =
        [(date(2021, 7, 10), K::Claimed), (date(2021, 7, 16), K::Stale), (date(2021, 7, 24), K::Lapsed)];
    assert_eq!(found("Chakhansur"), claim);
}

#[test]
fn a_change_leads_back_to_its_sentences() {
    let mapper = Mapper::bundled().unwrap();
    let timeline = timeline(&mapper, &summer(), date(2021, 7, 1), date(2021, 7, 31));
    let (_, change) = of(&timeline, "Kaldar")[1];
    assert_eq!((change.before, change.after), (ControlStatus::Government, ControlStatus::Taliban));
    assert_eq!(change.since, Some(date(2021, 7, 3)));
    assert_eq!(change.admin1_name.as_deref(), Some("Balkh"));
    let behind: Vec<&str> = timeline
        .events
        .iter()
        .filter(|e| change.evidence.contains(&e.id))
        .map(|e| e.quote.as_str())
        .collect();
    assert_eq!(behind, ["Taliban fighters captured Kaldar district of Balkh province on Saturday."]);
    assert!(timeline.days()[2].has_changed(&change.unit));
    assert!(!timeline.days()[3].has_changed(&change.unit));
}

#[test]
fn a_day_differs_from_another_by_what_is_left_of_the_changes_between() {
    let mapper = Mapper::bundled().unwrap();
    let timeline = timeline(&mapper, &summer(), date(2021, 7, 1), date(2021, 7, 31));
    let changes =
        |from, to| timeline.changes(mapper.gazetteer(), date(2021, 7, from), date(2021, 7, to)).unwrap();
    for day in 1..=31 {
        assert_eq!(changes(day, day), []);
    }
    // Taken on the 3rd and retaken on the 5th: nothing is left of it.
    assert!(changes(1, 6).iter().all(|c| c.name != "Kaldar"));
    assert!(changes(2, 3).iter().any(|c| c.name == "Kaldar"));
    assert!(timeline.changes(mapper.gazetteer(), date(2021, 6, 1), date(2021, 7, 1)).is_none());
}

#[test]
fn the_page_groups_changes_by_sort_and_province() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("told.csv");
    let rows: String = summer()
        .iter()
        .map(|r| {
            format!("{},{},{},\"{}\"\n", r.id, r.published.unwrap(), r.source.as_deref().unwrap(), r.text)
        })
        .collect();
    std::fs::write(&file, format!("id,date,source,text\n{rows}")).unwrap();
    let run = |format: &str| {
        let arguments = ["diff", "2021-07-02", "2021-07-10", file.to_str().unwrap(), "--format", format];
        let run = Command::new(env!("CARGO_BIN_EXE_naqsha")).args(arguments).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    };
    let wanted = "\
2021-07-02 to 2021-07-10: 1 place changed

Claimed (1)
  Nimroz
    Chakhansur (district): unknown -> claimed_taliban, since 2021-07-10
        captured 2021-07-10: “The mujahideen captured Chakhansur district of Nimroz province on
        Saturday, the Taliban spokesman said.” (Emirate Bulletin)
";
    assert_eq!(run("text"), wanted);
    let json: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!(json["changes"][0]["change"], "claimed");
    assert_eq!(json["changes"][0]["evidence"], json["events"][0]["event_id"]);
}

/// What is listed: names, sorts of concern, whether it is new.
fn listed(mapper: &Mapper, told: &[(&str, Date, &str)], on: Date) -> Vec<(String, Vec<Concern>, bool)> {
    let (events, _) = mapper.events(&reports(told));
    let merged = mapper.merge(events);
    let review = mapper.review(&merged, on);
    review.findings.into_iter().map(|f| (f.name, f.concerns, f.is_new)).collect()
}

#[test]
fn a_review_is_silent_where_sources_agree() {
    let mapper = Mapper::bundled().unwrap();
    let day = date(2021, 8, 6);
    let told = [
        (WIRE, day, "Taliban fighters captured Zaranj, the capital of Nimroz province, on Friday."),
        (
            PAPER,
            day,
            "Zaranj, the capital of Nimroz province, fell to the Taliban on Friday, the governor of Nimroz said.",
        ),
        ("Darya Post", day, "The Taliban captured Zaranj, the capital of Nimroz province, on Friday."),
    ];
    assert_eq!(listed(&mapper, &told, day), []);
    assert_eq!(listed(&mapper, &told, date(2021, 8, 7)), []);
}

#[test]
fn a_review_lists_each_sort_of_doubt() {
    use Concern as C;
    let mapper = Mapper::bundled().unwrap();
    let day = date(2021, 7, 10);
    let told = [
        (WIRE, day, "Taliban fighters captured Kaldar district of Balkh province on Saturday."),
        (
            BULLETIN,
            day,
            "The mujahideen captured Chakhansur district of Nimroz province on Saturday, the Taliban spokesman said.",
        ),
        (
            WIRE,
            day,
            "A defence ministry spokesman denied that Chakhansur district of Nimroz province had been captured.",
        ),
        (WIRE, day, "A car bomb killed 12 people in Herat city on Saturday."),
        (PAPER, day, "A car bomb killed 20 people in Herat city on Saturday."),
        (
            WIRE,
            date(2021, 7, 1),
            "Taliban fighters captured Panjwai district of Kandahar province on Thursday.",
        ),
        (PAPER, date(2021, 7, 2), "Panjwai, a district of Kandahar province, fell to the Taliban on Friday."),
    ];
    let found = listed(&mapper, &told, day);
    let of = |name: &str| {
        found.iter().find(|f| f.0 == name).cloned().unwrap_or_else(|| panic!("{name}: {found:?}"))
    };
    assert_eq!(of("Kaldar").1, [C::OneSource]);
    assert!(of("Chakhansur").1.starts_with(&[C::Conflict]), "{found:?}");
    assert_eq!(of("Herat"), ("Herat".to_owned(), vec![C::Disagreement], true));
    assert_eq!(of("Panjwai"), ("Panjwai".to_owned(), vec![C::Disagreement], false));
    // Six days on, nobody has said more of the claim; what is new stands before what is not.
    let claim = [told[1]];
    let aged = listed(&mapper, &claim, date(2021, 7, 16));
    assert_eq!(aged, [("Chakhansur".to_owned(), vec![C::Claim, C::LowConfidence, C::Stale], false)]);
    assert!(found.is_sorted_by_key(|f| !f.2));
}

#[test]
fn capitals_come_first_and_units_of_one_report_together() {
    let mapper = Mapper::bundled().unwrap();
    let day = date(2021, 7, 10);
    let told = [
        (WIRE, day, "Taliban fighters captured Kaldar district of Balkh province on Saturday."),
        (WIRE, day, "Taliban fighters captured Zaranj, the capital of Nimroz province, on Saturday."),
        (
            PAPER,
            day,
            "The Taliban captured all districts of Ghor province on Saturday, the spokesman of the governor said.",
        ),
    ];
    let found = listed(&mapper, &told, day);
    assert_eq!(found[0].0, "Zaranj");
    let ghor: Vec<&str> = found.iter().map(|f| f.0.as_str()).filter(|n| n.contains("Charsada")).collect();
    assert_eq!(ghor.len(), 1, "{found:?}");
    assert!(ghor[0].contains("Lal wa Sarjangal"), "{found:?}");
}

#[test]
fn a_status_says_since_when_it_holds_and_since_when_it_is_known() {
    let mapper = Mapper::bundled().unwrap();
    let told = reports(&[
        (WIRE, date(2021, 7, 1), "A road was mended in Farah province on Thursday."),
        (WIRE, date(2021, 7, 9), "Taliban fighters captured Kaldar district of Balkh province on July 3."),
    ]);
    let timeline = timeline(&mapper, &told, date(2021, 7, 1), date(2021, 7, 12));
    let kaldar = |day: usize| timeline.days()[day - 1].statuses.iter().find(|s| s.name == "Kaldar");
    assert!(kaldar(2).is_none());
    for day in [3, 8, 12] {
        let status = kaldar(day).unwrap();
        assert_eq!((status.valid_from, status.known_since), (date(2021, 7, 3), Some(date(2021, 7, 9))));
    }
}

#[test]
fn statistics_count_every_unit_and_all_of_the_area() {
    let mapper = Mapper::bundled().unwrap();
    let timeline = timeline(&mapper, &summer(), date(2021, 7, 1), date(2021, 7, 12));
    let statistics = mapper.statistics(&timeline);
    assert_eq!(statistics.len(), 24);
    let all = [
        ControlStatus::Taliban,
        ControlStatus::Government,
        ControlStatus::Contested,
        ControlStatus::ClaimedTaliban,
        ControlStatus::ClaimedGovernment,
        ControlStatus::Unknown,
    ];
    for tally in &statistics {
        let shares: Vec<f64> = all.iter().filter_map(|s| tally.share(*s)).collect();
        match tally.level {
            Level::Capital => assert_eq!((tally.total(), shares.len()), (34, 0)),
            _ => assert!((shares.iter().sum::<f64>() - 100.0).abs() < 1e-9, "{tally:?}"),
        }
    }
    let third = statistics.iter().find(|t| t.date == date(2021, 7, 3)).unwrap();
    assert_eq!((third.count(ControlStatus::Taliban), third.count(ControlStatus::Government)), (1, 0));
    // Kaldar has some 830 of the country's 650,000 square kilometres, as far as district areas are known.
    assert!((0.05..0.5).contains(&third.share(ControlStatus::Taliban).unwrap()), "{third:?}");
    let chart = mapper.chart(&statistics).unwrap();
    for part in
        ["role=\"img\"", "<title id=\"chart-title\">", "<desc id=\"chart-description\">", "@font-face"]
    {
        assert!(chart.to_svg().contains(part), "{part}");
    }
    assert!(chart.to_png(9.0).is_err());
    assert!(mapper.chart(&[]).is_none());
}

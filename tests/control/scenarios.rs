//! Scenarios: reports as tables, and the statuses of some units on some days.

use jiff::civil::Date;
use naqsha::control::{Basis, Clock, Pressure, Timeline, UnitStatus};
use naqsha::event::Side;
use serde::Deserialize;

use crate::telling::{BENCH, Bench, Tell, place};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpus {
    scenario: Vec<Scenario>,
}

/// How a scenario bears on its rule.
#[derive(Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Case {
    /// The rule takes effect.
    For,
    /// It comes near and does not.
    Against,
}

/// Reports, and what is expected of some units on some days.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    name: String,
    /// The numbered rule that it is a case of.
    rule: Option<u8>,
    case: Option<Case>,
    /// Only by this clock; by both where there is none.
    clock: Option<String>,
    tell: Vec<Tell>,
    /// `DAY UNIT STATUS [since=DAY] [before=SIDE] [pressure=SORT] [n=COUNT] [conflict|settled]
    /// [stale|fresh] [derived|reported] [until=DAY] [confidence=SHARE]`
    expect: Vec<String>,
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
        (Some(("confidence", share)), Some(s)) => s.confidence.to_string() == share,
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

/// What is amiss with the scenarios.
fn check_all(scenarios: &[Scenario]) {
    let mut wrong = Vec::new();
    for scenario in scenarios {
        let clocks = match scenario.clock.as_deref() {
            None => vec![Clock::AsHappened, Clock::AsKnown],
            Some("as_happened") => vec![Clock::AsHappened],
            Some("as_known") => vec![Clock::AsKnown],
            Some(other) => panic!("{}: no clock {other}", scenario.name),
        };
        wrong.extend(clocks.into_iter().flat_map(|c| check(&BENCH, scenario, c)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn scenarios(corpus: &str) -> Vec<Scenario> {
    toml::from_str::<Corpus>(corpus).unwrap().scenario
}

#[test]
fn the_walk_and_the_worked_figures() {
    check_all(&scenarios(include_str!("../corpus/control.toml")));
}

#[test]
fn every_numbered_rule_for_and_against() {
    let rules = scenarios(include_str!("../corpus/control_rules.toml"));
    check_all(&rules);
    for rule in 1..=10 {
        for case in [Case::For, Case::Against] {
            let found = rules.iter().any(|s| s.rule == Some(rule) && s.case == Some(case));
            assert!(found, "rule {rule} has no case {case:?}");
        }
    }
}

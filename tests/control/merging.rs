//! Merging: which tellings are one act, and what it comes to.

use naqsha::control::span;
use naqsha::event::{Cluster, Range, Side, clusters};

use crate::telling::{BENCH, Bench, date, tell};

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
    let bench = &*BENCH;
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
    assert_eq!(merged(bench, assault), ["AF3102 assault 2021-07-07 reports=5 sources=4"]);
}

#[test]
fn a_long_siege_is_not_one_act_and_neither_are_two_sides() {
    let bench = &*BENCH;
    let mut corpus = String::new();
    for day in 1..=6 {
        corpus += &format!(
            "[[tell]]\non = \"2021-07-0{day}\"\nkind = \"siege\"\nat = \"AF3102\"\nby = \"taliban\"\noutlet = \"AP\"\n"
        );
    }
    let found = merged(bench, &corpus);
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
    assert_eq!(merged(bench, sides).len(), 4);
}

#[test]
fn a_shared_quotation_makes_an_unlisted_outlet_a_copy() {
    let bench = &*BENCH;
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
    assert_eq!(merged(bench, corpus), ["AF3102 captured 2021-07-07 reports=3 sources=2"]);
    let clusters = bench.clusters(&tell(corpus));
    let agencies: Vec<_> = clusters[0].voices.iter().map(|v| v.agency.as_deref()).collect();
    assert_eq!(agencies, [Some("AFP"), Some("AFP"), None]);
}

#[test]
fn a_merged_record_is_as_precise_as_all_agree_and_keeps_the_range() {
    let bench = &*BENCH;
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
    let bench = &*BENCH;
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

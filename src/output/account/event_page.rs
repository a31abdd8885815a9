//! The page of an event: its reports, what they disagree on, and what it did to each unit.

use std::collections::BTreeSet;
use std::fmt;

use anstyle::Style;

use super::page::{fact, section};
use super::words;
use crate::control::{Account, Decision};
use crate::event::{Cluster, Event, EventId};
use crate::output::lines::Lines;

const NOTE: usize = 2;
const MORE: usize = 6;
const BOLD: Style = Style::new().bold();

/// What became of an event, set for a terminal. Colours are ANSI escape codes, for a writer that takes them out where they
/// are not wanted.
#[derive(Debug)]
pub struct EventPage<'a> {
    cluster: &'a Cluster,
    accounts: &'a [Account],
    width: usize,
}

/// What the reports of an event give differently.
pub(super) fn disagreements(cluster: &Cluster) -> Vec<(&'static str, BTreeSet<String>)> {
    type Field = (&'static str, fn(&Event) -> Option<String>);
    let fields: [Field; 6] = [
        ("place", |e| Some(format!("{} ({})", e.place.name, e.place.id))),
        ("days", |e| e.when.map(|w| format!("{} to {}", w.from, w.to))),
        ("kind", |e| Some(e.kind.as_str().to_owned())),
        ("actor1_side", |e| e.actor1.as_ref().map(|a| a.side.as_str().to_owned())),
        ("killed", |e| e.killed.map(|k| format!("{} to {}", k.low, k.high))),
        ("wounded", |e| e.wounded.map(|k| format!("{} to {}", k.low, k.high))),
    ];
    let values =
        |of: fn(&Event) -> Option<String>| cluster.voices.iter().filter_map(|v| of(&v.event)).collect();
    let all = fields.map(|(name, of)| (name, values(of)));
    all.into_iter().filter(|(_, values): &(_, BTreeSet<String>)| values.len() > 1).collect()
}

/// The decisions in which an event was weighed.
pub(super) fn decisions<'a>(account: &'a Account, event: &EventId) -> impl Iterator<Item = &'a Decision> {
    let event = event.clone();
    account.decisions.iter().filter(move |d| d.events.contains(&event))
}

impl<'a> EventPage<'a> {
    /// The page of an event with the accounts of the units it bears on. Less than 60 columns are taken for 60.
    #[must_use]
    pub fn new(cluster: &'a Cluster, accounts: &'a [Account], width: usize) -> EventPage<'a> {
        EventPage { cluster, accounts, width: width.max(60) }
    }

    fn head(&self, lines: &mut Lines) {
        let event = &self.cluster.event;
        lines.begin(0);
        lines.label(BOLD, "==");
        lines.words(&format!(
            "event {}: {}, {}",
            event.id.0,
            event.kind.as_str().replace('_', " "),
            event.place.name
        ));
        let place = &event.place;
        let within = place.admin1_name.as_ref().filter(|p| **p != place.name);
        let within = within.map(|p| format!(" in {p}")).unwrap_or_default();
        fact(lines, "place", &format!("{}, {}{within} ({})", place.name, place.kind.as_str(), place.id));
        let when = event.when.map_or("no date".to_owned(), |w| format!("{} to {}", w.from, w.to));
        fact(lines, "days", &when);
        let party =
            |a: Option<&crate::event::Actor>| a.map_or("nobody named".to_owned(), |a| a.name.to_string());
        fact(lines, "by", &party(event.actor1.as_ref()));
        fact(lines, "against", &party(event.actor2.as_ref()));
        fact(lines, "confidence", &format!("{:.2}", event.confidence));
        let reports = words::counted(event.n_reports, "report");
        fact(
            lines,
            "reports",
            &format!("{reports}; {}", words::counted(event.n_independent, "independent source")),
        );
    }

    fn reports(&self, lines: &mut Lines) {
        section(lines, "Reports, one source where their lineage is the same");
        for voice in &self.cluster.voices {
            let event = &voice.event;
            let outlet = event.source.as_deref().unwrap_or(&event.doc_id);
            let printed = event.published.map_or("on an unknown day".to_owned(), |d| d.to_string());
            let agency = voice.agency.as_ref().map(|a| format!(", agency {a}")).unwrap_or_default();
            lines.begin(NOTE);
            lines.words(&format!(
                "{outlet}, printed {printed}{agency}; lineage {}; id {}",
                event.lineage, event.id.0
            ));
            lines.begin(MORE);
            lines.words(&format!("\"{}\"", event.quote));
        }
    }

    fn differences(&self, lines: &mut Lines) {
        section(lines, "What they disagree on");
        let differences = disagreements(self.cluster);
        if differences.is_empty() {
            lines.begin(NOTE);
            lines.words("nothing");
        }
        for (what, values) in differences {
            let values: Vec<String> = values.into_iter().collect();
            fact(lines, what, &values.join("; "));
        }
    }

    fn units(&self, lines: &mut Lines) {
        section(lines, "What it did");
        if self.accounts.is_empty() {
            lines.begin(NOTE);
            lines.words("it bears on no place that has a status");
        }
        for account in self.accounts {
            lines.begin(NOTE);
            lines.words(&format!("{}, {} ({}):", account.name, words::level(account.level), account.unit));
            let mut any = false;
            for decision in decisions(account, &self.cluster.event.id) {
                any = true;
                lines.begin(MORE);
                lines.words(&format!("{}, rule {}: ", decision.date, decision.rule));
                let sum = decision.sum.as_ref().map(|s| format!("; {}", words::sum(s))).unwrap_or_default();
                lines.words(&format!("{}{sum} -> {}", words::means(decision.told), words::made(decision)));
            }
            if !any {
                lines.begin(MORE);
                let dated = self.cluster.event.when.is_some();
                lines.words(if dated {
                    "nothing: it tells of no control"
                } else {
                    "nothing: it has no date"
                });
            }
        }
    }
}

impl fmt::Display for EventPage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = Lines::new(self.width);
        self.head(&mut lines);
        self.reports(&mut lines);
        self.differences(&mut lines);
        self.units(&mut lines);
        lines.end();
        f.write_str(&lines.into_string())
    }
}

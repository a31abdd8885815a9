//! What two days differ in: a page for people, a record for programs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use anstyle::{AnsiColor, Style};
use jiff::civil::Date;
use serde::Serialize;

use super::lines::Lines;
use super::{ChangeRecord, EventRecord};
use crate::control::{Change, ChangeKind, ControlStatus, Level};
use crate::event::{Event, EventId};

const HEAD: Style = Style::new().bold();
/// Where a province, a unit and its events begin.
const PROVINCE: usize = 2;
const UNIT: usize = 4;
const EVENT: usize = 8;

/// What a day says otherwise than an earlier one, with the events behind it, as JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DiffRecord<'d> {
    from: Date,
    to: Date,
    changes: Vec<ChangeRecord<'d>>,
    events: Vec<EventRecord<'d>>,
}

impl<'d> DiffRecord<'d> {
    /// The record of the changes from one day to another. `events` are those of the run.
    #[must_use]
    pub fn new(from: Date, to: Date, changes: &'d [Change], events: &'d [Event]) -> DiffRecord<'d> {
        let told: BTreeSet<&EventId> = changes.iter().flat_map(|c| &c.evidence).collect();
        let behind = |e: &&Event| told.contains(&e.id);
        DiffRecord {
            from,
            to,
            changes: changes.iter().map(ChangeRecord::from).collect(),
            events: events.iter().filter(behind).map(EventRecord::from).collect(),
        }
    }
}

/// The same set for a terminal, by sort of change and province. Colours are ANSI escape codes, for a writer that takes
/// them out where they are not wanted.
#[derive(Debug)]
pub struct DiffPage<'d> {
    from: Date,
    to: Date,
    changes: &'d [Change],
    events: BTreeMap<&'d EventId, &'d Event>,
    width: usize,
}

/// What changed alike: since when, from what, to what, by which events.
type Turn<'d> = (Option<Date>, ControlStatus, ControlStatus, &'d [EventId]);

impl<'d> DiffPage<'d> {
    /// The page of the changes from one day to another. `events` are those of the run, `width` is in columns.
    #[must_use]
    pub fn new(
        from: Date,
        to: Date,
        changes: &'d [Change],
        events: &'d [Event],
        width: usize,
    ) -> DiffPage<'d> {
        let events = events.iter().map(|e| (&e.id, e)).collect();
        DiffPage { from, to, changes, events, width: width.max(60) }
    }

    fn of_kind(&self, kind: ChangeKind, lines: &mut Lines) {
        let mut provinces: BTreeMap<&str, BTreeMap<Turn<'_>, Vec<&Change>>> = BTreeMap::new();
        for change in self.changes.iter().filter(|c| c.kind == kind && c.level != Level::Province) {
            let turn: Turn<'_> = (change.since, change.before, change.after, &change.evidence);
            let province = change.admin1_name.as_deref().unwrap_or_default();
            provinces.entry(province).or_default().entry(turn).or_default().push(change);
        }
        if provinces.is_empty() {
            return;
        }
        lines.gap();
        lines.begin(0);
        lines.label(HEAD, title(kind));
        lines.words(&format!("({})", counted(self.changes.iter().filter(|c| c.kind == kind))));
        for (province, turns) in provinces {
            lines.begin(PROVINCE);
            lines.words(province);
            for changes in turns.into_values() {
                self.places(&changes, lines);
            }
        }
    }

    /// Places that changed alike, by the same events.
    fn places(&self, changes: &[&Change], lines: &mut Lines) {
        let Some(first) = changes.first() else { return };
        let mut levels: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for change in changes {
            levels.entry(&change.name).or_default().push(change.level.as_str());
        }
        let names = levels.iter().map(|(name, levels)| format!("{name} ({})", levels.join(" and ")));
        let names: Vec<String> = names.collect();
        lines.begin(UNIT);
        lines.words(&format!("{}:", names.join(", ")));
        lines.words(&turn(first));
        for event in first.evidence.iter().filter_map(|id| self.events.get(id)) {
            lines.begin(EVENT);
            lines.label(AnsiColor::Cyan.on_default(), event.kind.as_str());
            lines.words(&days(event));
            lines.words(&format!("“{}”", event.quote));
            let sources: Vec<String> = event.sources.iter().map(|s| s.outlet.clone()).collect();
            lines.words(&format!("({})", sources.join("; ")));
        }
    }

    fn provinces(&self, lines: &mut Lines) {
        let mut whole = self.changes.iter().filter(|c| c.level == Level::Province).peekable();
        if whole.peek().is_none() {
            return;
        }
        lines.gap();
        lines.begin(0);
        lines.label(HEAD, "Provinces as a whole");
        for change in whole {
            lines.begin(PROVINCE);
            lines.words(&format!("{}:", change.name));
            lines.words(&turn(change));
        }
    }
}

impl fmt::Display for DiffPage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = Lines::new(self.width);
        lines.begin(0);
        let said = match counted(self.changes.iter()) {
            0 => "nothing changed".to_owned(),
            1 => "1 place changed".to_owned(),
            n => format!("{n} places changed"),
        };
        lines.words(&format!("{} to {}: {said}", self.from, self.to));
        for kind in ChangeKind::ALL {
            self.of_kind(kind, &mut lines);
        }
        self.provinces(&mut lines);
        lines.end();
        f.write_str(&lines.into_string())
    }
}

/// How many places changed: a district and its centre of the same name are one, a province is none.
fn counted<'c>(changes: impl Iterator<Item = &'c Change>) -> usize {
    let places = changes.filter(|c| c.level != Level::Province);
    places.map(|c| (&c.admin1, &c.name)).collect::<BTreeSet<_>>().len()
}

fn title(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::ChangedHands => "Changed hands",
        ChangeKind::Retaken => "Retaken",
        ChangeKind::Contested => "Became contested",
        ChangeKind::Claimed => "Claimed",
        ChangeKind::Held => "Held",
        ChangeKind::Reported => "Reported for the first time",
        ChangeKind::Lapsed => "Lapsed for want of news",
        ChangeKind::Stale => "Went stale",
    }
}

fn turn(change: &Change) -> String {
    let since = change.since.map(|d| format!(", since {d}")).unwrap_or_default();
    if change.before == change.after {
        return format!("{}{since}", change.after.as_str());
    }
    format!("{} -> {}{since}", change.before.as_str(), change.after.as_str())
}

fn days(event: &Event) -> String {
    format!("{}:", event.when.map(|w| w.in_words()).unwrap_or_default())
}

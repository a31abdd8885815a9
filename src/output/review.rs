//! What an editor should look at: a page for people, a record for programs.

use std::collections::BTreeMap;
use std::fmt;

use anstyle::{AnsiColor, Style};
use jiff::civil::Date;
use serde::Serialize;

use super::StatusRecord;
use super::lines::Lines;
use crate::control::{Concern, Difference, Finding, Ground, Review};
use crate::event::{Event, EventKind, Interest, Modality, Range};

const HEAD: Style = Style::new().bold();
/// Where a finding, its reasons, what is said of them, and its sentences begin.
const FINDING: usize = 2;
const REASON: usize = 6;
const SAID: usize = 24;

/// What to look at on a day, as JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReviewRecord<'r> {
    date: Date,
    statuses: usize,
    findings: Vec<FindingRecord<'r>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct FindingRecord<'r> {
    name: &'r str,
    admin1: Option<&'r str>,
    is_new: bool,
    weight: i32,
    concerns: Vec<ConcernRecord>,
    units: Vec<StatusRecord<'r>>,
    evidence: Vec<GroundRecord<'r>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct ConcernRecord {
    concern: Concern,
    why: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct GroundRecord<'r> {
    event_id: &'r str,
    kind: EventKind,
    place: &'r str,
    event_date: Option<Date>,
    end_date: Option<Date>,
    differences: &'r [Difference],
    tellings: Vec<TellingRecord<'r>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct TellingRecord<'r> {
    doc_id: &'r str,
    source: Option<&'r str>,
    published: Option<Date>,
    modality: Modality,
    claimed_by: Option<&'r str>,
    interest: Interest,
    quote: &'r str,
}

impl<'r> ReviewRecord<'r> {
    /// The record of a review.
    #[must_use]
    pub fn new(review: &'r Review<'r>) -> ReviewRecord<'r> {
        let finding = |f: &'r Finding<'r>| FindingRecord {
            name: &f.name,
            admin1: f.admin1.as_deref(),
            is_new: f.is_new,
            weight: f.weight,
            concerns: f
                .concerns
                .iter()
                .map(|c| ConcernRecord { concern: *c, why: why(*c, f, review) })
                .collect(),
            units: f.units.iter().map(StatusRecord::from).collect(),
            evidence: f.grounds.iter().map(ground).collect(),
        };
        ReviewRecord {
            date: review.date,
            statuses: review.statuses,
            findings: review.findings.iter().map(finding).collect(),
        }
    }
}

fn ground<'r>(ground: &'r Ground<'r>) -> GroundRecord<'r> {
    let event = &ground.act.event;
    let telling = |e: &'r Event| TellingRecord {
        doc_id: &e.doc_id,
        source: e.source.as_deref(),
        published: e.published,
        modality: e.modality,
        claimed_by: e.attribution.claimant.as_deref(),
        interest: e.attribution.interest,
        quote: &e.quote,
    };
    GroundRecord {
        event_id: &event.id.0,
        kind: event.kind,
        place: &event.place.name,
        event_date: event.when.map(|w| w.from),
        end_date: event.when.map(|w| w.to),
        differences: &ground.differences,
        tellings: ground.act.voices.iter().map(|v| telling(&v.event)).collect(),
    }
}

/// The same set for a terminal. Colours are ANSI escape codes, for a writer that takes them out where they are not wanted.
#[derive(Debug)]
pub struct ReviewPage<'r> {
    review: &'r Review<'r>,
    width: usize,
}

impl<'r> ReviewPage<'r> {
    /// The page of a review; `width` is in columns.
    #[must_use]
    pub fn new(review: &'r Review<'r>, width: usize) -> ReviewPage<'r> {
        ReviewPage { review, width: width.max(60) }
    }

    fn finding(&self, finding: &Finding<'_>, lines: &mut Lines) {
        lines.begin(FINDING);
        lines.label(HEAD, &title(finding));
        if let Some(unit) = finding.units.first() {
            let since = unit.since.map(|d| format!(" since {d}")).unwrap_or_default();
            let before = unit.before.map(|s| format!(", held before by {}", s.as_str())).unwrap_or_default();
            lines.words(&format!("{}{since}{before}", unit.status.as_str()));
        }
        for concern in &finding.concerns {
            lines.begin(REASON);
            lines.label(AnsiColor::Yellow.on_default(), name(*concern));
            lines.tab(SAID);
            lines.words(&why(*concern, finding, self.review));
        }
        let voices = finding.grounds.iter().flat_map(|g| &g.act.voices).map(|v| &v.event);
        let mut printed: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut order: Vec<&Event> = Vec::new();
        for event in voices {
            let known = printed.entry(&event.quote).or_default();
            if known.is_empty() {
                order.push(event);
            }
            let source = source(event);
            if !known.contains(&source) {
                known.push(source);
            }
        }
        for event in order {
            lines.begin(REASON);
            lines.label(AnsiColor::Cyan.on_default(), event.kind.as_str());
            lines.tab(SAID);
            let sources = printed.get(event.quote.as_str()).map(|s| s.join("; ")).unwrap_or_default();
            lines.words(&format!("“{}” ({sources})", event.quote));
        }
    }
}

impl fmt::Display for ReviewPage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Review { date, statuses, findings, .. } = self.review;
        let mut lines = Lines::new(self.width);
        lines.begin(0);
        let count = match findings.len() {
            0 => "nothing to look at".to_owned(),
            1 => "1 thing to look at".to_owned(),
            n => format!("{n} things to look at"),
        };
        lines.words(&format!("{date}: {count}; {statuses} statuses"));
        for (is_new, head) in [(true, "New on this day"), (false, "Standing from before")] {
            let mut part = findings.iter().filter(|f| f.is_new == is_new).peekable();
            if part.peek().is_some() {
                lines.gap();
                lines.begin(0);
                lines.label(HEAD, head);
            }
            part.for_each(|finding| self.finding(finding, &mut lines));
        }
        lines.end();
        f.write_str(&lines.into_string())
    }
}

fn title(finding: &Finding<'_>) -> String {
    let mut levels: Vec<&str> = Vec::new();
    for unit in &finding.units {
        if !levels.contains(&unit.level.as_str()) {
            levels.push(unit.level.as_str());
        }
    }
    let sort = if levels.is_empty() { "event".to_owned() } else { levels.join(" and ") };
    match &finding.admin1 {
        Some(province) => format!("{} ({sort}, {province}):", finding.name),
        None => format!("{} ({sort}):", finding.name),
    }
}

fn source(event: &Event) -> String {
    let mut parts = vec![event.source.clone().unwrap_or_else(|| event.doc_id.clone())];
    parts.extend(event.published.map(|d| d.to_string()));
    match event.modality {
        Modality::Asserted => {}
        Modality::Claimed => parts.push("claimed".to_owned()),
        Modality::ConfirmedByLoser => parts.push("admitted".to_owned()),
        Modality::Denied => parts.push("denied".to_owned()),
    }
    parts.extend(event.attribution.claimant.as_ref().map(|c| format!("by {c}")));
    parts.join(", ")
}

fn name(concern: Concern) -> &'static str {
    match concern {
        Concern::Conflict => "conflict",
        Concern::OneSource => "one source",
        Concern::Claim => "claim",
        Concern::Disagreement => "disagreement",
        Concern::LowConfidence => "low confidence",
        Concern::AssumedDate => "assumed date",
        Concern::Stale => "stale",
    }
}

/// Why a finding is listed.
fn why(concern: Concern, finding: &Finding<'_>, review: &Review<'_>) -> String {
    let voices = || finding.grounds.iter().flat_map(|g| &g.act.voices).map(|v| &v.event);
    match concern {
        Concern::Conflict => "sources contradict each other, or somebody denies it".to_owned(),
        Concern::OneSource => {
            let mut outlets: Vec<&str> = voices().map(|e| e.source.as_deref().unwrap_or(&e.doc_id)).collect();
            outlets.sort_unstable();
            outlets.dedup();
            format!("nobody says so but {}", outlets.join(", "))
        }
        Concern::Claim if voices().all(|e| e.modality == Modality::Claimed) => {
            "only a side to its own credit says so".to_owned()
        }
        Concern::Claim => "fewer or weaker sources than it takes to show a holder".to_owned(),
        Concern::Disagreement => {
            let told = finding.grounds.iter().flat_map(|g| &g.differences).map(differ);
            told.collect::<Vec<_>>().join("; ")
        }
        Concern::LowConfidence => {
            let least = finding.units.iter().map(|u| u.confidence).fold(1.0, f64::min);
            format!("{least:.2}, below {:.2}", review.low_confidence)
        }
        Concern::AssumedDate => "no report gives a day; it is taken from the day of printing".to_owned(),
        Concern::Stale => "no news of it for longer than such a status keeps".to_owned(),
    }
}

fn differ(difference: &Difference) -> String {
    let ranges = |ranges: &[Range]| -> String {
        let each = ranges
            .iter()
            .map(|r| if r.low == r.high { r.low.to_string() } else { format!("{} to {}", r.low, r.high) });
        each.collect::<Vec<_>>().join(" or ")
    };
    match difference {
        Difference::Days(days) => {
            let each = days.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a} to {b}") });
            each.collect::<Vec<_>>().join(" or ")
        }
        Difference::Holder(holders) => {
            let each = holders.iter().map(|h| format!("{h:?}").to_lowercase());
            format!("held by {}", each.collect::<Vec<_>>().join(" or "))
        }
        Difference::Killed(killed) => format!("{} killed", ranges(killed)),
        Difference::Wounded(wounded) => format!("{} wounded", ranges(wounded)),
        Difference::Denied => "told and denied".to_owned(),
    }
}

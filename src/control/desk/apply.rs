//! Applying corrections to what reports tell: tellings are suppressed, moved, dated, renamed, and regrouped.

use std::collections::{BTreeMap, BTreeSet};

use super::correction::{Action, Correction, Target};
use super::corrections::Corrections;
use super::{clash, names};
use crate::error::Notice;
use crate::event::{
    Cluster, CorrectionId, Event, EventId, Outlets, Regrouping, clusters, clusters_regrouped,
};
use crate::gazetteer::Gazetteer;

/// What reports tell once it is corrected.
#[derive(Debug, Clone, Default)]
pub struct Corrected {
    /// The acts, each with its tellings.
    pub clusters: Vec<Cluster>,
    /// The acts that are suppressed, which are no evidence.
    pub suppressed: Vec<Cluster>,
    /// By correction, how many tellings it applies to.
    pub applied: BTreeMap<CorrectionId, usize>,
    /// What does not apply, or no longer, and why.
    pub notices: Vec<Notice>,
}

/// By correction, the tellings that it is about, by their ids.
type Meant = BTreeMap<CorrectionId, BTreeSet<EventId>>;

impl Corrections {
    /// The events as they are corrected, merged.
    #[must_use]
    pub fn apply(&self, events: Vec<Event>, outlets: &Outlets, gazetteer: &Gazetteer) -> Corrected {
        let of_events: Vec<&Correction> = self.all.iter().filter(|c| c.action.target().is_some()).collect();
        if of_events.is_empty() {
            return Corrected { clusters: clusters(events, outlets), ..Corrected::default() };
        }
        let (meant, gone) = self.meant(&of_events, &events, outlets, gazetteer);
        let told = of_events.into_iter().filter(|c| !meant[&c.id].is_empty()).cloned().collect();
        let (usable, clashes) = clash::resolve(told, &self.file, |c| meant[&c.id].clone());
        let mut made = Made { desk: self, gazetteer, meant, corrected: Corrected::default() };
        made.corrected.notices = gone;
        made.corrected.notices.extend(clashes);
        let (mut events, regrouping) = made.amend(events, &usable);
        made.corrected.suppressed = clusters(made.suppress(&mut events, &usable), outlets);
        made.corrected.clusters = clusters_regrouped(events.clone(), outlets, &regrouping);
        if regrouping != Regrouping::default() {
            let before = clusters(events, outlets);
            made.find_idle_regroupings(&before, &usable);
        }
        made.corrected.notices.sort_by_key(|n| n.line);
        made.corrected
    }

    /// The tellings that each correction is about. Ids of merged events are looked up among the acts that reports
    /// tell, and then among those that other corrections make of them.
    fn meant(
        &self,
        corrections: &[&Correction],
        events: &[Event],
        outlets: &Outlets,
        gazetteer: &Gazetteer,
    ) -> (Meant, Vec<Notice>) {
        let mut meant = Meant::new();
        let mut waiting: BTreeSet<(&EventId, usize)> = BTreeSet::new();
        let ids: BTreeSet<&EventId> = events.iter().map(|e| &e.id).collect();
        for (i, correction) in corrections.iter().enumerate() {
            let found = meant.entry(correction.id.clone()).or_default();
            match correction.action.target() {
                Some(Target::Events(wanted)) => {
                    let (known, others): (Vec<_>, Vec<_>) = wanted.iter().partition(|id| ids.contains(id));
                    found.extend(known.into_iter().cloned());
                    waiting.extend(others.into_iter().map(|id| (id, i)));
                }
                Some(Target::Telling { report, place, kind }) => {
                    let unit = |id: &str| gazetteer.by_id(id).map(|p| names::unit_of(gazetteer, p));
                    let there = unit(place.as_str());
                    let fits = events.iter().filter(|e| {
                        e.doc_id == *report && e.kind == *kind && unit(e.place.id.as_str()) == there
                    });
                    found.extend(fits.map(|e| e.id.clone()));
                }
                None => {}
            }
        }
        let mut acts = if waiting.is_empty() { Vec::new() } else { clusters(events.to_vec(), outlets) };
        for corrected in [false, true].into_iter().chain(std::iter::repeat(true)) {
            let before = waiting.len();
            waiting.retain(|(id, i)| {
                let act = acts.iter().find(|c| c.event.id == **id);
                let tellings = act.into_iter().flat_map(|c| &c.voices).map(|v| v.event.id.clone());
                meant.entry(corrections[*i].id.clone()).or_default().extend(tellings);
                act.is_none()
            });
            if waiting.is_empty() || corrected && waiting.len() == before {
                break;
            }
            acts = self.acts(corrections, events, &meant, outlets, gazetteer);
        }
        let gone = self.gone(corrections, &waiting, &meant);
        (meant, gone)
    }

    /// The acts that the corrections make, as far as it is known what they are about.
    fn acts(
        &self,
        corrections: &[&Correction],
        events: &[Event],
        meant: &Meant,
        outlets: &Outlets,
        gazetteer: &Gazetteer,
    ) -> Vec<Cluster> {
        let corrections: Vec<Correction> = corrections.iter().map(|c| (*c).clone()).collect();
        let mut made = Made { desk: self, gazetteer, meant: meant.clone(), corrected: Corrected::default() };
        let (mut events, regrouping) = made.amend(events.to_vec(), &corrections);
        made.suppress(&mut events, &corrections);
        clusters_regrouped(events, outlets, &regrouping)
    }

    fn gone(
        &self,
        corrections: &[&Correction],
        waiting: &BTreeSet<(&EventId, usize)>,
        meant: &Meant,
    ) -> Vec<Notice> {
        let mut notices = Vec::new();
        for (i, correction) in corrections.iter().enumerate() {
            let missing: Vec<&str> =
                waiting.iter().filter(|(_, at)| *at == i).map(|(id, _)| id.0.as_str()).collect();
            if !missing.is_empty() {
                let message = format!(
                    "no event {} is told by these inputs; take it out, or name it by report, place and kind",
                    missing.join(", ")
                );
                notices.push(self.remark(correction, &message));
            } else if meant[&correction.id].is_empty() {
                notices.push(self.remark(correction, "no report of these inputs tells that; take it out"));
            }
        }
        notices
    }
}

fn sets<'m>(
    corrections: &'m [&Correction],
    meant: &'m Meant,
    is: fn(&Action) -> bool,
) -> impl Iterator<Item = &'m BTreeSet<EventId>> {
    let those = corrections.iter().filter(move |c| is(&c.action));
    those.filter_map(|c| meant.get(&c.id)).filter(|set| !set.is_empty())
}

fn regrouped(corrections: &[&Correction], meant: &Meant) -> Regrouping {
    Regrouping {
        apart: sets(corrections, meant, |a| matches!(a, Action::Split(_))).cloned().collect(),
        together: sets(corrections, meant, |a| matches!(a, Action::Merge(_))).cloned().collect(),
    }
}

fn suppressed(corrections: &[&Correction], meant: &Meant) -> BTreeSet<EventId> {
    sets(corrections, meant, |a| matches!(a, Action::Suppress(_))).flatten().cloned().collect()
}

/// Corrections on their way.
struct Made<'d> {
    desk: &'d Corrections,
    gazetteer: &'d Gazetteer,
    meant: Meant,
    corrected: Corrected,
}

impl Made<'_> {
    /// The events with all that changes one by one, and how they are to be grouped. Places are changed before kinds,
    /// since those look at them.
    fn amend(&mut self, mut events: Vec<Event>, corrections: &[Correction]) -> (Vec<Event>, Regrouping) {
        let mut ordered: Vec<&Correction> = corrections.iter().collect();
        ordered.sort_by_key(|c| matches!(c.action, Action::Kind(..)));
        for correction in &ordered {
            let (mut applied, mut idle, mut open) = (0, 0, 0);
            for event in events.iter_mut().filter(|e| self.meant[&correction.id].contains(&e.id)) {
                match amended(event, &correction.action, self.gazetteer) {
                    Amended::Changed => {
                        event.corrections.insert(correction.id.clone());
                        applied += 1;
                    }
                    Amended::Already => idle += 1,
                    Amended::Unclear => open += 1,
                }
            }
            self.corrected.applied.insert(correction.id.clone(), applied);
            if open > 0 {
                let message = "the parties do not tell who holds the place then; add effect = \"taliban\", \
                               \"government\" or \"contested\"";
                let notice = self.desk.remark(correction, message);
                self.corrected
                    .notices
                    .push(Notice::skipped(notice.subject, notice.message).at_line(correction.line));
            } else if applied == 0 && idle > 0 {
                let message = "the reports are read so already; take it out";
                self.corrected.notices.push(self.desk.remark(correction, message));
            }
        }
        (events, regrouped(&ordered, &self.meant))
    }

    /// Takes out the events that are suppressed.
    fn suppress(&self, events: &mut Vec<Event>, corrections: &[Correction]) -> Vec<Event> {
        let corrections: Vec<&Correction> = corrections.iter().collect();
        let meant = suppressed(&corrections, &self.meant);
        events.extract_if(.., |e| meant.contains(&e.id)).collect()
    }

    /// Names the merges and splits that say what the reports come to without them.
    fn find_idle_regroupings(&mut self, before: &[Cluster], corrections: &[Correction]) {
        let acts_of = |set: &BTreeSet<EventId>| {
            before.iter().filter(|c| c.voices.iter().any(|v| set.contains(&v.event.id))).collect::<Vec<_>>()
        };
        for correction in corrections {
            let set = &self.meant[&correction.id];
            let acts = acts_of(set);
            let message = match (&correction.action, acts.as_slice()) {
                (Action::Merge(_), [_]) => "these are one event already; take it out",
                (Action::Split(_), [act]) if act.voices.iter().all(|v| set.contains(&v.event.id)) => {
                    "this is an event of its own already; take it out"
                }
                _ => continue,
            };
            self.corrected.notices.push(self.desk.remark(correction, message));
            self.corrected.applied.insert(correction.id.clone(), 0);
        }
    }
}

/// What an action does to a telling.
enum Amended {
    Changed,
    Already,
    /// It does not follow who holds the place.
    Unclear,
}

fn amended(event: &mut Event, action: &Action, gazetteer: &Gazetteer) -> Amended {
    match action {
        Action::Move(_, to) if event.place.id == *to => return Amended::Already,
        Action::Date(_, to) if event.when == Some(*to) => return Amended::Already,
        Action::Kind(_, to, effect)
            if event.kind == *to && effect.is_none_or(|e| event.effect == Some(e)) =>
        {
            return Amended::Already;
        }
        Action::Move(_, to) => {
            if let Some(place) = gazetteer.by_id(to.as_str()) {
                event.move_to(gazetteer, place);
            }
        }
        Action::Date(_, to) => event.date_to(*to),
        Action::Kind(_, to, effect) => {
            if !event.change_kind(*to, *effect) {
                return Amended::Unclear;
            }
        }
        Action::Suppress(_) | Action::Merge(_) | Action::Split(_) | Action::Pin { .. } => {}
    }
    Amended::Changed
}

//! Inquiries: the fold of one unit, gone over again with its notes kept.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::engine::{Clock, in_order};
use super::fold::Fold;
use super::note::{Note, Told};
use super::outlook::Standing;
use super::points::Heard;
use super::sense::{Sense, sense};
use super::state::State;
use super::units::{Evidence, Units};
use super::weigh::Item;
use super::weights::Weights;
use super::{
    Account, Basis, Control, ControlStatus, Corrected, Correction, Day, Decision, Level, Means, Origin,
    Piece, Sum, Telling, UnitStatus,
};
use crate::event::{Cluster, CorrectionId, Event, EventId, Witness};
use crate::gazetteer::{Gazetteer, PlaceRef};

impl Control {
    /// Why units have the statuses they have on a day, in the order given. The reasons are those by which [`Control::timeline`] decides.
    #[must_use]
    pub fn accounts(
        &self,
        gazetteer: &Gazetteer,
        corrected: &Corrected,
        units: &[PlaceRef],
        date: Date,
    ) -> Vec<Account> {
        self.inquire(gazetteer, corrected, date, |_| units.to_vec())
    }

    /// The same for each unit that a merged event bears on.
    #[must_use]
    pub fn accounts_of(
        &self,
        gazetteer: &Gazetteer,
        corrected: &Corrected,
        event: &EventId,
        date: Date,
    ) -> Vec<Account> {
        self.inquire(gazetteer, corrected, date, |evidence| {
            let of = |all: &[Evidence<'_>]| all.iter().any(|e| e.cluster.event.id == *event);
            evidence.iter().filter(|(_, all)| of(all)).map(|(unit, _)| *unit).collect()
        })
    }

    fn inquire<'c>(
        &self,
        gazetteer: &Gazetteer,
        corrected: &'c Corrected,
        date: Date,
        which: impl Fn(&BTreeMap<PlaceRef, Vec<Evidence<'c>>>) -> Vec<PlaceRef>,
    ) -> Vec<Account> {
        let sorted = in_order(&corrected.clusters);
        let suppressed: Vec<&Cluster> = corrected.suppressed.iter().collect();
        let units = Units::new(gazetteer, self.weights.facility.city_radius_km);
        let evidence = units.evidence(&sorted);
        let told = |clock| self.chronicle(&units, &sorted, &evidence, (date, date), clock).0;
        let chronicle = told(self.clock);
        let mut days = [chronicle.day(date)];
        chronicle.date_knowledge(&told(Clock::AsKnown), &mut days);
        let [Day { statuses: said, .. }] = days;
        let inquiry = Inquiry {
            control: self,
            units: &units,
            evidence: &evidence,
            suppressed: &units.evidence(&suppressed),
            said: &said,
            date,
        };
        which(&evidence).into_iter().map(|unit| inquiry.account(unit, chronicle.leader(unit))).collect()
    }
}

struct Inquiry<'i, 'g, 'a> {
    control: &'i Control,
    units: &'i Units<'g>,
    evidence: &'i BTreeMap<PlaceRef, Vec<Evidence<'a>>>,
    suppressed: &'i BTreeMap<PlaceRef, Vec<Evidence<'a>>>,
    said: &'i [UnitStatus],
    date: Date,
}

impl<'a> Inquiry<'_, '_, 'a> {
    fn account(&self, unit: PlaceRef, leader: Option<PlaceRef>) -> Account {
        let gazetteer = self.units.gazetteer;
        let place = gazetteer.get(unit);
        let of = leader.unwrap_or(unit);
        let level = self.units.level(of);
        let weights = &self.control.weights;
        let evidence = self.evidence.get(&of).map_or(&[][..], Vec::as_slice);
        let items: Vec<Item<'a>> = evidence.iter().filter_map(|e| self.item(e)).collect();
        let before = self.control.declared(self.units, of);
        let mut fold = Fold::new(level, self.date, before.clone(), weights).noting();
        fold.tell(items.clone());
        let state = fold.course.on(self.date).cloned().unwrap_or_default();
        let mut notes = fold.into_notes();
        notes.retain(|n| n.day <= self.date);
        let status = self.said.iter().find(|s| s.unit == place.id).cloned();
        let standing = Standing {
            gazetteer,
            unit: of,
            before: before.as_ref(),
            level,
            weights,
            date: self.date,
            items: &items,
            notes: &notes,
            state: &state,
        };
        // A province has the status of its units, or its own claim's where these give none.
        let own = level != Level::Province || status.as_ref().is_some_and(|s| s.status == state.status());
        let own = own && status.as_ref().is_none_or(|s| s.basis != Basis::Editor);
        let members = self.members(unit);
        let pieces = self.pieces(evidence, &items, &notes, level, status.as_ref());
        let suppressed: Vec<Event> = self.suppressed(of);
        let corrections = self.corrections(&pieces, &suppressed, status.as_ref());
        Account {
            date: self.date,
            unit: place.id.clone(),
            name: place.name.clone(),
            level: self.units.level(unit),
            province: gazetteer.province_of(unit).map(|p| gazetteer.get(p).name.clone()),
            follows: leader.map(|l| gazetteer.get(l).id.clone()),
            capital: self.capital(unit).map(|c| gazetteer.get(c).id.clone()),
            members,
            declared: before.as_ref().map_or(ControlStatus::Unknown, |(_, s)| s.status()),
            decisions: notes.iter().map(|n| decision(n, level, weights, evidence)).collect(),
            evidence: pieces,
            suppressed,
            corrections,
            returns: own.then(|| returns(&state, weights)).flatten(),
            stale_from: own.then(|| stale_from(&state, weights)).flatten(),
            outlook: standing.outlook(),
            status,
        }
    }

    /// What an editor holds to be no evidence.
    fn suppressed(&self, unit: PlaceRef) -> Vec<Event> {
        let tellings = self.suppressed.get(&unit).into_iter().flatten().flat_map(|e| &e.voices);
        tellings.map(|v| v.event.clone()).collect()
    }

    /// The corrections that made the status or the evidence what they are.
    fn corrections(
        &self,
        pieces: &[Piece],
        suppressed: &[Event],
        status: Option<&UnitStatus>,
    ) -> Vec<Correction> {
        let events = pieces.iter().map(|p| &p.event).chain(suppressed);
        let mut ids: BTreeSet<&CorrectionId> = events.flat_map(|e| &e.corrections).collect();
        if let Some(Origin::Correction { id, .. }) = status.and_then(|s| s.origin.as_ref()) {
            ids.insert(id);
        }
        self.control.corrections().iter().filter(|c| ids.contains(&c.id)).cloned().collect()
    }

    /// What counts up to the day.
    fn item(&self, evidence: &Evidence<'a>) -> Option<Item<'a>> {
        let known_by = (self.control.clock == Clock::AsKnown).then_some(self.date);
        Item::of(evidence, known_by).filter(|i| i.day <= self.date)
    }

    fn capital(&self, province: PlaceRef) -> Option<PlaceRef> {
        self.units.capital(province).filter(|_| self.units.level(province) == Level::Province)
    }

    fn members(&self, province: PlaceRef) -> Vec<UnitStatus> {
        let Some(outer) = self.units.outer.get(&province) else { return Vec::new() };
        let capital = self.units.capital(province);
        let known = |unit: PlaceRef| {
            let id = &self.units.gazetteer.get(unit).id;
            self.said.iter().find(|s| s.unit == *id).cloned()
        };
        let district = capital.and_then(|c| self.units.gazetteer.district_of(c));
        let capital = capital.and_then(known).or(district.and_then(known));
        capital.into_iter().chain(outer.iter().filter_map(|d| known(*d))).collect()
    }

    fn pieces(
        &self,
        evidence: &[Evidence<'a>],
        items: &[Item<'a>],
        notes: &[Note<'a>],
        level: Level,
        status: Option<&UnitStatus>,
    ) -> Vec<Piece> {
        let behind: BTreeSet<&EventId> = status.iter().flat_map(|s| &s.evidence).collect();
        let heard: Vec<&Heard<'_>> = notes.iter().filter_map(Note::support).flat_map(|s| &s.heard).collect();
        let mut pieces: Vec<Piece> = evidence
            .iter()
            .map(|e| {
                let item = items.iter().find(|i| i.index == e.index && i.bearing == e.bearing);
                let voices = item.map_or(&e.voices, |i| &i.voices);
                Piece {
                    event: e.cluster.event.clone(),
                    bearing: e.bearing,
                    counts_on: item.map(|i| i.day),
                    behind: behind.contains(&e.cluster.event.id),
                    tellings: voices.iter().map(|v| telling(v, level, e, &heard)).collect(),
                }
            })
            .collect();
        pieces.sort_by_key(|p| (p.counts_on.is_none(), p.counts_on));
        pieces
    }
}

fn telling(voice: &Witness, level: Level, evidence: &Evidence<'_>, heard: &[&Heard<'_>]) -> Telling {
    let own = heard.iter().find(|h| std::ptr::eq(h.voice, voice));
    let means = sense(&voice.event, level, evidence.bearing).map(|sense| match sense {
        Sense::Near(pressure) => Means::Near(pressure),
        Sense::Fight { attacker, .. } => Means::Fight(attacker),
        Sense::Act { side, .. } => Means::Act(side),
    });
    Telling {
        event: voice.event.clone(),
        agency: voice.agency.clone(),
        means,
        voice: own.map_or(voice.event.attribution.voice, |h| h.kind),
        points: own.map_or(0, |h| h.worth),
        counts: own.map(|h| h.counts),
    }
}

fn decision(note: &Note<'_>, level: Level, weights: &Weights, evidence: &[Evidence<'_>]) -> Decision {
    let told = note.told.as_ref().map(|told| match told {
        Told::Near(pressure, _) => Means::Near(*pressure),
        Told::Fight(fight) => Means::Fight(fight.attacker),
        Told::Act(act) => Means::Act(act.side),
    });
    let grounds = note.grounds();
    let needed = note.needed();
    let fights = matches!(note.told, Some(Told::Fight(_)));
    let in_conflict = note.rule(level) == 4 && needed.is_some();
    let sum = note.support().map(|s| Sum {
        points: s.points,
        points_needed: needed.map(|n| n.points).or(fights.then_some(weights.thresholds.contested)),
        sources: s.sources,
        sources_needed: needed.map_or(0, |n| n.sources),
        margin: in_conflict.then_some(weights.thresholds.margin),
        both_sides: s.both,
        denials: s.denials,
        vague_place: s.vague.place,
        vague_date: s.vague.days,
    });
    let clusters = note.clusters();
    let behind = evidence.iter().filter(|e| clusters.is_some_and(|c| c.contains(&e.index)));
    Decision {
        date: note.day,
        rule: note.rule(level),
        made: note.made,
        told,
        when: grounds.map(|g| (g.since, g.until)),
        sum,
        status: note.status,
        conflict: note.conflict,
        events: behind.map(|e| e.cluster.event.id.clone()).collect(),
    }
}

fn returns(state: &State<'_>, weights: &Weights) -> Option<(Date, ControlStatus)> {
    state.returns_on(&weights.days).map(|day| (day, state.returned().status()))
}

fn stale_from(state: &State<'_>, weights: &Weights) -> Option<Date> {
    let (grounds, half_life) = match (&state.open, &state.held) {
        (Some(open), _) => (&open.grounds, weights.days.open_half_life),
        (None, held) => (&held.as_ref()?.grounds, weights.days.holder_half_life),
    };
    // What is declared does not age.
    let news = Some(grounds.news).filter(|_| !grounds.declared)?;
    Some(news.saturating_add((i64::from(half_life) + 1).days()))
}

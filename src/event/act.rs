//! Acts: from a rule that fired to the events it tells, or the reason why it tells none.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;

use super::effect::{self, Outcome};
use super::grammar::Makes;
use super::here::Here;
use super::matching::Firing;
use super::placing::Placed;
use super::reader::Reader;
use super::reading::Fate;
use super::scene::{Spot, event_place};
use super::speech;
use super::thread::Thread;
use super::timing::Timing;
use super::{
    Actor, Attribution, Event, EventId, EventKind, Modality, Side, SourceRef, Telling, Voice, clause, toll,
};
use crate::date::DatePrecision;
use crate::gazetteer::PlaceKind;
use crate::lexicon::Slot;
use crate::report::ZoneKind;
use crate::toponym::GeoPrecision;

/// The parties of an act.
pub(super) struct Parties {
    pub(super) actor1: Option<Actor>,
    pub(super) actor2: Option<Actor>,
}

/// An act with all that its events have in common.
struct Told<'a> {
    firing: &'a Firing<'a>,
    /// The tokens of its clause.
    clause: Range<usize>,
    placed: Placed,
    parties: Parties,
    timing: Timing,
    denied: bool,
}

/// From the day after, "the government" is the Taliban's, and a place falls to either side.
const LAST_DAY_OF_THE_REPUBLIC: Date = jiff::civil::date(2021, 8, 15);

impl Reader {
    /// Reads one act, adding its events.
    pub(super) fn read_act(
        &self,
        here: &Here<'_>,
        firing: &Firing<'_>,
        thread: &mut Thread,
        events: &mut Vec<Event>,
    ) -> Fate {
        let trigger = here.trigger(firing);
        if let Some(unfit) = unfit(here, firing, thread) {
            return unfit;
        }
        let cut = here.cut;
        let sentence = &cut.sentences[here.i].tokens;
        let clause = clause::clause(&self.grammar, &cut.words, sentence, trigger);
        let makes = self.makes(here, firing, &clause);
        let denied = makes == Some(Makes::Denied);
        let posed = firing.rule.shown && makes == Some(Makes::Planned);
        if let Some(makes) = makes.filter(|_| !denied && !posed) {
            return Fate::Cued(makes);
        }
        let (timing, dated_by) = here.timing(thread, firing, &clause);
        let timing = match (timing, thread.previous) {
            (Timing::Assumed(_), Some(day)) if here.is_the_attack(firing) => Timing::Told(day),
            _ => timing,
        };
        thread.dated_by = dated_by;
        if firing.rule.toll && (here.violent || !here.names_place() && thread.spot.is_some()) {
            self.add_toll(here, thread, events);
            return Fate::Toll;
        }
        let Some(parties) = self.parties(here, firing, &clause, thread) else { return Fate::NoParty };
        let Some(placed) = self.place(here, firing, &clause, thread) else { return Fate::NoPlace };
        if effect::changes_hands(firing.rule.kind)
            && (here.is_aggregate(firing) && !self.is_enumerated(here, firing, &placed)
                || self.is_part_of_many(here, firing, &placed))
        {
            return Fate::Cued(Makes::Aggregate);
        }
        if timing == Timing::NotNow {
            return Fate::NotNow;
        }
        if let Some(fate) = self.counted_elsewhere(firing, &placed, &timing, events) {
            return fate;
        }
        thread.order += 1;
        let told = Told { firing, clause, placed, parties, timing, denied };
        let before = events.len();
        for spot in &told.placed.spots {
            if let Some(event) = self.event(here, &told, *spot, thread) {
                thread.previous = event.when.or(thread.previous);
                thread.day = match event.when {
                    Some(day) if day.precision == DatePrecision::Day => {
                        Some((cut.sentences[here.i].paragraph, day))
                    }
                    Some(day) if day.precision == DatePrecision::Assumed => None,
                    _ => thread.day,
                };
                events.push(event);
            }
        }
        if told.firing.rule.kind != EventKind::Deployment {
            thread.spot = told.placed.spots.last().map(|s| (cut.sentences[here.i].paragraph, *s));
        }
        thread.see(told.parties.actor1.iter().chain(&told.parties.actor2));
        thread.actor = told.parties.actor1.or(thread.actor.take());
        if events.len() > before { Fate::Told(events.len() - before) } else { Fate::NoParty }
    }

    /// What becomes of the dead who are no act of their own: they are part of one, or of a total.
    fn counted_elsewhere(
        &self,
        firing: &Firing<'_>,
        placed: &Placed,
        timing: &Timing,
        events: &[Event],
    ) -> Option<Fate> {
        let civilians = firing.rule.kind == EventKind::AttackOnCivilians;
        match firing.rule.toll {
            true if self.is_told(placed, timing, events) => Some(Fate::Toll),
            true if civilians && self.is_total(placed) => Some(Fate::Cued(Makes::Aggregate)),
            _ => None,
        }
    }

    /// Whether those who died there are the dead of a bomb or a strike that was told before.
    fn is_told(&self, placed: &Placed, timing: &Timing, events: &[Event]) -> bool {
        let near = |event: &Event| {
            let place = self.gazetteer.by_id(event.place.id.as_str());
            let holds = |a, b| a == b || self.gazetteer.contains(a, b);
            place.is_some_and(|p| placed.spots.iter().all(|s| holds(s.place, p) || holds(p, s.place)))
        };
        let same_day = |event: &Event| match (event.when, timing.date()) {
            (Some(a), Some(b)) => a.from <= b.to && b.from <= a.to,
            _ => true,
        };
        let bomb =
            |kind| effect::is_remote(kind) || matches!(kind, EventKind::Airstrike | EventKind::Shelling);
        events.iter().any(|e| bomb(e.kind) && near(e) && same_day(e))
    }

    /// "27 children were killed in Kandahar, Khost and Paktia": a total over provinces, not so many in each.
    fn is_total(&self, placed: &Placed) -> bool {
        let province = |s: &Spot| self.gazetteer.get(s.place).kind == PlaceKind::Province;
        placed.spots.len() > 1 && placed.spots.iter().all(province)
    }

    /// What the words around an act make of it.
    pub(super) fn makes(&self, here: &Here<'_>, firing: &Firing<'_>, clause: &Range<usize>) -> Option<Makes> {
        let (cut, trigger) = (here.cut, here.trigger(firing));
        let acted = firing.filler(&[Slot::Actor]).is_some()
            || !firing.rule.toll && firing.filler(&[Slot::Enemy]).is_some();
        let reach =
            if firing.rule.nominal { clause.end } else { here.chunks.items[firing.captures.to - 1].to };
        // What is said to be foiled is what is beaten back.
        let own = if firing.rule.kind == EventKind::Repelled { trigger..reach } else { trigger..trigger + 1 };
        let sentence = &cut.sentences[here.i].tokens;
        // Where a party acted, no accident is meant. No bomb is a figure of speech because it went off at a match.
        let deaf: &[Makes] = match firing.rule.kind {
            _ if acted => &[Makes::Accident, Makes::Figurative],
            kind if effect::is_literal(kind) => &[Makes::Figurative],
            _ => &[],
        };
        clause::modality(&self.grammar, &cut.tokens, &cut.words, sentence, &own, reach, deaf)
    }

    /// "Five people were killed": the toll of the act just told.
    fn add_toll(&self, here: &Here<'_>, thread: &Thread, events: &mut [Event]) {
        let paragraph = here.cut.sentences[here.i].paragraph;
        let told = thread.spot.is_some_and(|(p, _)| p == paragraph);
        let Some(event) = events.last_mut().filter(|e| told && effect::has_toll(e.kind)) else { return };
        let sentence = &here.cut.sentences[here.i].tokens;
        let (killed, wounded) = toll::toll(&self.grammar, &here.cut.tokens, &here.cut.words, sentence);
        event.killed = event.killed.or(killed);
        event.wounded = event.wounded.or(wounded);
    }

    pub(super) fn parties(
        &self,
        here: &Here<'_>,
        firing: &Firing<'_>,
        clause: &Range<usize>,
        thread: &Thread,
    ) -> Option<Parties> {
        let actor_of = |slots: &[Slot]| {
            firing
                .filler(slots)
                .map(|item| here.leading(item))
                .and_then(|item| here.chunks.actors[item].clone())
        };
        let reports = firing.filler(&[Slot::Enemy]).is_some_and(|item| here.reports(item));
        let carried = || carried(here, firing).filter(|_| firing.rule.kind == EventKind::Clash);
        let told = actor_of(&[Slot::Actor, Slot::Aircraft]).or_else(carried);
        let sentence = &here.cut.sentences[here.i].tokens;
        let first = || here.first_party(firing, sentence).filter(|_| firing.rule.first_suffers);
        let actor2 = actor_of(&[Slot::Enemy]).filter(|_| !reports).or_else(first);
        let rule = firing.rule;
        if !rule.only_sides.is_empty() && !told.as_ref().is_some_and(|a| rule.only_sides.contains(&a.side)) {
            return None;
        }
        let named = here.sides(firing);
        let told = match rule.kind {
            EventKind::Clash => here.fighter(told, actor2.as_ref(), &named),
            EventKind::Displacement => None,
            kind if effect::is_remote(kind) => {
                // Those whom a hidden bomb meets are often the subject: "police touched off a bomb".
                let lays = |a: &Actor| kind == EventKind::Rocket || speech::camp(a.side) != Side::Government;
                told.filter(lays).or_else(|| here.bombers(firing))
            }
            EventKind::Captured | EventKind::FacilitySeized => {
                told.or_else(|| here.coordinated(firing, clause))
            }
            EventKind::Airstrike => {
                told.or_else(|| self.grammar.party(rule.implied.filter(|_| in_the_republic(here.day))?))
            }
            // What the Republic's forces are given, and nobody is named who gives it, was their allies'.
            EventKind::Transferred if told.is_none() && in_the_republic(here.day) => {
                let given = actor2.as_ref().is_some_and(|b| speech::camp(b.side) == Side::Government);
                self.grammar.party(Side::UsNato).filter(|_| given)
            }
            EventKind::Operation | EventKind::Recaptured => told.or_else(|| here.leading_force(firing)),
            _ => told,
        };
        let speaker = here.speaker.or(thread.speaker.as_ref()).and_then(|s| s.party(&self.grammar));
        let against = |s: &Side| actor2.as_ref().is_none_or(|b| speech::camp(b.side) != speech::camp(*s));
        let implied = || rule.implied.filter(against).filter(|_| in_the_republic(here.day));
        let actor1 = told
            .or_else(|| {
                let given =
                    |a: &Actor| actor2.as_ref().is_some_and(|b| speech::camp(b.side) == speech::camp(a.side));
                let before = thread.actor.as_ref();
                effect::implied_actor(rule.kind, actor2.as_ref(), &named, before).filter(|a| !given(a))
            })
            .or_else(|| speaker.filter(|s| effect::tells_own(rule.kind, s.side)))
            .or_else(|| self.grammar.party(implied()?))
            .or_else(|| {
                let passive = rule.kind == EventKind::Captured && firing.filler(&[Slot::Subject]).is_some();
                thread.seen.iter().find(|a| passive && a.side == Side::Taliban).cloned()
            })
            .or_else(|| self.grammar.party(effect::beaten_by(rule.kind, actor2.as_ref()?)?));
        let actor2 = actor2.filter(|b| actor1.as_ref().is_none_or(|a| a.side != b.side));
        Some(Parties { actor1, actor2 })
    }

    fn event(&self, here: &Here<'_>, told: &Told<'_>, spot: Spot, thread: &Thread) -> Option<Event> {
        let Told { firing, placed, parties, .. } = told;
        let place = event_place(spot, &self.gazetteer);
        let actor1 = parties.actor1.as_ref();
        let kind = effect::kind(firing.rule.kind, &place, actor1, firing.rule.part);
        let attackers = actor1.is_some_and(|a| matches!(a.side, Side::Taliban | Side::Iskp));
        let kind = match kind {
            EventKind::Operation if attackers && in_the_republic(here.day) => EventKind::Assault,
            EventKind::Assault if !attackers && here.is_flown(firing, &told.clause) => EventKind::Airstrike,
            kind => kind,
        };
        let within =
            placed.inside && !firing.rule.toll && place.kind == PlaceKind::City && kind == EventKind::Clash;
        let inside = firing.rule.inside || within || here.says_inside(&told.clause);
        let named: Vec<Actor> = here.sides(firing).into_iter().chain(thread.seen.iter().cloned()).collect();
        let actor2 = parties.actor2.as_ref();
        let Outcome { effect, winner, loser } = effect::outcome(
            kind,
            &place,
            actor1.filter(|_| !firing.rule.gives),
            actor2,
            inside,
            firing.rule.part,
            &named,
        )?;
        let (attribution, modality) = vouched(here, told, kind, (winner, loser), spot.bridged, thread);
        let zone = &here.cut.zones[here.i];
        let sentence = &here.cut.sentences[here.i].tokens;
        let span = here.cut.span(here.i);
        let toll = || toll::toll(&self.grammar, &here.cut.tokens, &here.cut.words, sentence);
        let (killed, wounded) = if effect::has_toll(kind) { toll() } else { (None, None) };
        let source = here.cut.source.clone();
        let outlet = source.clone().unwrap_or_else(|| here.report.id.clone());
        Some(Event {
            id: EventId(String::new()),
            doc_id: here.report.id.clone(),
            published: here.cut.published,
            source,
            url: here.report.url.clone(),
            when: told.timing.date(),
            kind,
            actor1: parties.actor1.clone(),
            actor2: parties.actor2.clone(),
            confidence: self.confidence(told, spot, zone.kind),
            place,
            effect,
            modality,
            attribution,
            killed,
            wounded,
            telling: Telling { order: thread.order, reversed: here.reversed_after(firing), inside },
            n_reports: 1,
            n_independent: 1,
            lineage: String::new(),
            sources: vec![SourceRef { outlet, date: here.cut.published }],
            quote: on_one_line(span.of(&here.report.text)),
            quote_start: span.start(),
            quote_end: span.end(),
            corrections: BTreeSet::new(),
        })
    }

    fn confidence(&self, told: &Told<'_>, spot: Spot, zone: ZoneKind) -> f64 {
        let f = &self.grammar.factors;
        let Told { placed, timing, .. } = told;
        let when = |holds: bool, factor: f64| if holds { factor } else { 1.0 };
        let product = placed.factor
            * when(spot.bridged, f.bridged)
            * when(spot.open_level, f.open_level)
            * when(spot.precision == GeoPrecision::Province, f.whole_province)
            * when(matches!(timing, Timing::Assumed(_)), f.assumed_date)
            * when(*timing == Timing::Unknown, f.no_date)
            * when(zone == ZoneKind::Headline, f.headline);
        (product * 100.0).round() / 100.0
    }
}

/// Why the words alone tell no act, whatever else the sentence says.
fn unfit(here: &Here<'_>, firing: &Firing<'_>, thread: &Thread) -> Option<Fate> {
    let trigger = here.trigger(firing);
    if !firing.is_listed() && here.is_title_word(trigger) || here.is_group_word(firing) {
        return Some(Fate::Title);
    }
    if effect::needs_party(firing.rule.kind) && here.done_by_no_party(firing) {
        return Some(Fate::NoParty);
    }
    if here.befalls_people(firing) {
        return Some(Fate::NoPlace);
    }
    let told_before = firing.is_listed() || thread.actor.is_some() && here.takes_up(trigger);
    (firing.rule.agent && !here.has_agent(firing) && !told_before).then_some(Fate::NoParty)
}

/// Whether the Republic still stood; so it is taken to have, where no day is known.
fn in_the_republic(day: Option<Date>) -> bool {
    day.is_none_or(|d| d <= LAST_DAY_OF_THE_REPUBLIC)
}

/// Who says so, and how sure that makes the act.
fn vouched(
    here: &Here<'_>,
    told: &Told<'_>,
    kind: EventKind,
    (winner, loser): (Option<Side>, Option<Side>),
    bridged: bool,
    thread: &Thread,
) -> (Attribution, Modality) {
    let trigger = here.trigger(told.firing);
    let speaker = here.speaker.filter(|s| s.opens.is_none_or(|from| from < trigger));
    let (mut attribution, mut modality) = speech::attribution(speaker, winner, loser);
    if !effect::is_gain(kind) && modality != Modality::ConfirmedByLoser {
        let house = speaker.is_some() && speaker == thread.house.as_ref();
        let striker = told.parties.actor1.as_ref().map(|a| a.side).filter(|_| effect::has_toll(kind));
        modality = speech::modality_of_blow(speaker, striker, house);
    }
    if told.denied {
        modality = Modality::Denied;
    }
    if here.cut.zones[here.i].kind == ZoneKind::Headline {
        attribution.voice = Voice::Headline;
    } else if bridged && attribution.voice == Voice::Outlet {
        attribution.voice = Voice::Unattributed;
    }
    (attribution, modality)
}

/// The sentence with its line ends as blanks, those that only some programs know included.
#[must_use]
pub fn on_one_line(sentence: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let sentence = sentence.trim();
    let plain = |b: u8| matches!(b, b' '..=b'~');
    if sentence.bytes().all(plain) || !sentence.contains(breaks) {
        return sentence.to_owned();
    }
    sentence.chars().map(|c| if breaks(c) { ' ' } else { c }).collect()
}

/// "Taliban 2 June killed ten soldiers in A; 4 June killed six in B": the party that opens the list.
fn carried(here: &Here<'_>, firing: &Firing<'_>) -> Option<Actor> {
    let ahead = &here.chunks.items[..firing.captures.trigger];
    let listed = ahead.iter().any(|i| here.is(i.from, here.grammar.sets.strong_mark));
    here.first_party(firing, &here.cut.sentences[here.i].tokens).filter(|_| listed)
}

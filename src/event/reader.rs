//! The reader: from a report to the events it tells, one sentence at a time.

use std::ops::Range;

use jiff::civil::Date;

use super::chunk::{Chunker, Chunks, Target};
use super::effect::{self, Outcome};
use super::grammar::{Grammar, Makes, Valid};
use super::identity;
use super::matching::{Firing, firings};
use super::scene::{Scene, Spot, at_capital, event_place};
use super::speech::{self, Speaker};
use super::timing::{Clock, Timing};
use super::{Actor, Event, EventKind, Modality, Scope, Side, SourceRef, Telling, Voice, clause, scene, toll};
use crate::data::DataFiles;
use crate::date::{Calendar, DateMention, EventDate};
use crate::error::{Error, Notice};
use crate::gazetteer::{Gazetteer, PlaceKind};
use crate::lexicon::{Slot, WordId};
use crate::report::{Report, Zone, ZoneKind, Zoner};
use crate::text::{Sentence, Shape, Tokens};
use crate::toponym::{Relation, Resolver, Toponym};

/// Reads reports.
///
/// ```no_run
/// # fn main() -> Result<(), naqsha::error::Error> {
/// use naqsha::{data::DataFiles, event::Reader, report::Report};
/// let reader = Reader::from_data(&DataFiles::bundled())?;
/// let report = Report { text: "date 2021-08-06\nThe Taliban captured Zaranj on Friday.".into(), ..Report::default() };
/// let (events, _) = reader.events(&report);
/// assert_eq!(events[0].place.name, "Zaranj");
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Reader {
    gazetteer: Gazetteer,
    resolver: Resolver,
    calendar: Calendar,
    zoner: Zoner,
    grammar: Grammar,
}

/// A report cut up, before any event is read.
struct Cut<'t> {
    tokens: Tokens<'t>,
    words: Vec<WordId>,
    sentences: Vec<Sentence>,
    /// By sentence, its zone.
    zones: Vec<Zone>,
    toponyms: Vec<Vec<Toponym>>,
    published: Option<Date>,
    source: Option<String>,
}

/// What is carried from sentence to sentence of a story.
#[derive(Default)]
struct Thread {
    scene: Scene,
    speaker: Option<Speaker>,
    previous: Option<EventDate>,
    actor: Option<Actor>,
    spot: Option<(usize, Spot)>,
    story: usize,
    order: u32,
}

impl Reader {
    /// Loads all that reading needs.
    ///
    /// # Errors
    /// `Error::Data` names the table or rule that is malformed.
    pub fn from_data(data: &DataFiles) -> Result<Reader, Error> {
        let gazetteer = Gazetteer::from_data(data)?;
        Ok(Reader {
            resolver: Resolver::new(data, &gazetteer)?,
            gazetteer,
            calendar: Calendar::from_data(data)?,
            zoner: Zoner::from_data(data)?,
            grammar: Grammar::from_data(data)?,
        })
    }

    /// The gazetteer it resolves against.
    #[must_use]
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The events that a report tells, in the order of its text, and what should be known about the reading.
    #[must_use]
    pub fn events(&self, report: &Report) -> (Vec<Event>, Vec<Notice>) {
        let (cut, notices) = self.cut(report);
        let mut events = Vec::new();
        let mut thread = Thread::default();
        for i in 0..cut.sentences.len() {
            if cut.zones[i].story != thread.story {
                thread = Thread { story: cut.zones[i].story, ..Thread::default() };
            }
            if i == 0 || cut.zones[i].story != cut.zones[i - 1].story {
                thread.scene.first_capital = self.first_capital(&cut, i);
            }
            self.read_sentence(report, &cut, i, &mut thread, &mut events);
        }
        identity::settle(&mut events);
        (events, notices)
    }

    fn cut<'t>(&self, report: &'t Report) -> (Cut<'t>, Vec<Notice>) {
        let tokens = Tokens::of(&report.text);
        let zoned = self.zoner.zones(report, &tokens);
        let words: Vec<WordId> =
            (0..tokens.len()).map(|i| self.grammar.vocabulary.id(tokens.fold(i))).collect();
        let (mut sentences, mut zones) = (Vec::new(), Vec::new());
        for zone in zoned.zones.iter().filter(|z| is_read(z.kind)) {
            let range = tokens.at_byte(zone.span.start())..tokens.at_byte(zone.span.end());
            for sentence in tokens.sentences(range, |w| self.zoner.is_abbreviation(w)) {
                sentences.push(sentence);
                zones.push(zone.clone());
            }
        }
        let toponyms = self.resolver.resolve(&tokens, &sentences, &self.gazetteer);
        let source = report.source.clone().or(zoned.source);
        (Cut { tokens, words, sentences, zones, toponyms, published: zoned.published, source }, zoned.notices)
    }

    fn first_capital(&self, cut: &Cut<'_>, from: usize) -> Option<crate::gazetteer::PlaceRef> {
        let story = cut.zones[from].story;
        (from..cut.sentences.len())
            .take_while(|i| cut.zones[*i].story == story)
            .flat_map(|i| &cut.toponyms[i])
            .filter(|t| t.relation == Relation::At)
            .filter_map(|t| t.place)
            .find(|p| {
                self.gazetteer.is_capital(*p)
                    && self.gazetteer.get(*p).admin1.as_ref().is_none_or(|a| a.as_str() != "AF-KAB")
            })
    }

    fn read_sentence(
        &self,
        report: &Report,
        cut: &Cut<'_>,
        i: usize,
        thread: &mut Thread,
        events: &mut Vec<Event>,
    ) {
        let sentence = &cut.sentences[i].tokens;
        let toponyms = &cut.toponyms[i];
        let zone = &cut.zones[i];
        let day = zone.anchor.or(cut.published);
        let speaker = speech::speaker(&self.grammar, &cut.tokens, &cut.words, sentence, day);
        let speaker = match speaker {
            Some(speaker) => Some(speaker),
            None if speech::continues_speech(&self.grammar, &cut.tokens, &cut.words, sentence) => {
                let closing = self.closing_speaker(cut, i, day);
                closing.or_else(|| thread.speaker.clone()).map(|s| Speaker { verb: usize::MAX, ..s })
            }
            None => None,
        };
        let triggered = sentence.clone().any(|t| self.grammar.triggers.contains_key(&cut.words[t]));
        if triggered {
            let chunker = Chunker {
                grammar: &self.grammar,
                gazetteer: &self.gazetteer,
                tokens: &cut.tokens,
                words: &cut.words,
                toponyms,
                day,
                we: speaker.as_ref().and_then(Speaker::party),
                they: thread.actor.clone().or_else(|| speaker.as_ref().and_then(Speaker::party)),
            };
            let chunks = chunker.chunk(sentence.clone());
            let dates = self.calendar.find(&cut.tokens, sentence.clone(), day);
            let here =
                Here { report, cut, i, chunks: &chunks, dates: &dates, speaker: speaker.as_ref(), day };
            if std::env::var("NQ_DEBUG").is_ok() {
                for (k, it) in chunks.items.iter().enumerate() {
                    eprint!(
                        "[{}{}] ",
                        cut.tokens.span(it.from, it.to).of(cut.tokens.text()),
                        match it.slot {
                            Some(s) =>
                                format!("={s:?}{}{:?}", if it.oblique { "~" } else { "" }, chunks.targets[k]),
                            None => String::new(),
                        }
                    );
                }
                eprintln!();
            }
            thread.scene.note_speakers_province(toponyms, &self.gazetteer);
            for firing in firings(&self.grammar, &chunks) {
                if std::env::var("NQ_DEBUG").is_ok() {
                    eprintln!(
                        "FIRE {} {:?} trig {}",
                        firing.rule.name,
                        firing.captures,
                        cut.tokens.fold(chunks.items[firing.captures.trigger].from)
                    );
                }
                self.read_act(&here, &firing, thread, events);
            }
        }
        self.take_responsibility(cut, i, day, events);
        thread.scene.note(toponyms, &self.gazetteer);
        if let Some(speaker) = speaker {
            thread.speaker = Some(speaker);
        }
    }

    /// "The Taliban claimed responsibility": the party of the bombing just told.
    fn take_responsibility(&self, cut: &Cut<'_>, i: usize, day: Option<Date>, events: &mut [Event]) {
        let sentence = cut.sentences[i].tokens.clone();
        let claims = |t: usize| {
            cut.tokens.fold(t) == "responsibility"
                && matches!(
                    cut.tokens.fold(t.saturating_sub(1)),
                    "claimed" | "claims" | "claiming" | "took" | "accepted"
                )
        };
        if !sentence.clone().any(claims) {
            return;
        }
        let party = sentence.clone().find_map(|t| {
            let (_, senses) = self.grammar.actors.longest(&cut.words[t..sentence.end])?;
            senses.iter().find(|s| s.holds_on(day)).map(|s| Actor { name: s.name.clone(), side: s.side })
        });
        let unclaimed = |e: &&mut Event| e.actor1.as_ref().is_none_or(|a| a.side == Side::Unknown);
        if let Some(event) =
            events.iter_mut().rev().take(2).filter(unclaimed).find(|e| effect::is_claimed_by_bombers(e.kind))
        {
            event.actor1 = party;
        }
    }

    /// A quotation may name its speaker only at its end, some sentences on.
    fn closing_speaker(&self, cut: &Cut<'_>, i: usize, day: Option<Date>) -> Option<Speaker> {
        let paragraph = cut.sentences[i].paragraph;
        (i + 1..cut.sentences.len())
            .take_while(|k| cut.sentences[*k].paragraph == paragraph && cut.zones[*k] == cut.zones[i])
            .find_map(|k| {
                speech::speaker(&self.grammar, &cut.tokens, &cut.words, &cut.sentences[k].tokens, day)
            })
    }

    fn read_act(&self, here: &Here<'_>, firing: &Firing<'_>, thread: &mut Thread, events: &mut Vec<Event>) {
        let trigger = here.chunks.items[firing.captures.trigger].from;
        if here.is_title_word(trigger)
            || effect::needs_party(firing.rule.kind) && here.done_by_no_party(firing, here.dates)
        {
            return;
        }
        let sentence = &here.cut.sentences[here.i].tokens;
        let makes = clause::modality(&self.grammar, &here.cut.tokens, &here.cut.words, sentence, trigger);
        if makes.is_some_and(|m| m != Makes::Denied) {
            return;
        }
        let clause = clause::clause(&self.grammar, &here.cut.words, sentence, trigger);
        let clock = Clock {
            mentions: here.dates,
            anchor: here.day,
            previous: thread.previous,
            statement: here.speaker.map(|s| s.verb),
        };
        let timing = clock.bind(trigger, &clause);
        if std::env::var("NQ_DEBUG").is_ok() {
            eprintln!("  timing {timing:?} makes {makes:?}");
        }
        let Some(found) = self.parties(here, firing, thread) else { return };
        let Some(place) = self.place(here, firing, &clause, thread) else { return };
        if timing == Timing::NotNow {
            return;
        }
        thread.order += 1;
        for spot in &place.spots {
            if let Some(event) = self.event(here, firing, *spot, &place, &found, timing, makes, thread) {
                thread.previous = event.when.or(thread.previous);
                events.push(event);
            }
        }
        thread.spot = place.spots.last().map(|s| (here.cut.sentences[here.i].paragraph, *s));
        thread.actor = found.actor1.or(thread.actor.take());
    }
}

/// The sentence being read.
pub(super) struct Here<'a> {
    report: &'a Report,
    cut: &'a Cut<'a>,
    i: usize,
    chunks: &'a Chunks,
    dates: &'a [DateMention],
    speaker: Option<&'a Speaker>,
    day: Option<Date>,
}

/// The parties of an act.
struct Parties {
    actor1: Option<Actor>,
    actor2: Option<Actor>,
    /// The actor was taken from the clause or from what went before.
    inferred: bool,
}

/// Where an act is placed.
struct Placed {
    spots: Vec<Spot>,
    factor: f64,
    /// "in" or "inside" stands in front of the place.
    inside: bool,
}

impl Reader {
    fn parties(&self, here: &Here<'_>, firing: &Firing<'_>, thread: &Thread) -> Option<Parties> {
        let actor_of = |slot: Slot| {
            firing
                .filler(&[slot])
                .map(|item| here.leading(item))
                .and_then(|item| here.chunks.actors[item].clone())
        };
        let (told, actor2) = (actor_of(Slot::Actor), actor_of(Slot::Enemy));
        let rule = firing.rule;
        if !rule.only_sides.is_empty() && !told.as_ref().is_some_and(|a| rule.only_sides.contains(&a.side)) {
            return None;
        }
        let leaves =
            rule.kind == EventKind::Abandoned && told.as_ref().is_some_and(|a| a.side == Side::UsNato);
        if leaves {
            return None;
        }
        let told = match rule.kind {
            EventKind::Clash => effect::attacker(&here.sides(firing)).or(told),
            _ => told,
        };
        let inferred = told.is_none();
        let speaker = here.speaker.or(thread.speaker.as_ref()).and_then(Speaker::party);
        let named = here.sides(firing);
        let implied = || rule.implied.filter(|_| here.day.is_none_or(|d| d <= LAST_DAY_OF_THE_REPUBLIC));
        let actor1 = told
            .or_else(|| effect::implied_actor(rule.kind, actor2.as_ref(), &named, thread.actor.as_ref()))
            .or_else(|| speaker.filter(|s| effect::tells_own(rule.kind, s.side)))
            .or_else(|| implied().map(|side| Actor { name: "Taliban".to_owned(), side }));
        Some(Parties { actor1, actor2, inferred })
    }

    fn place(
        &self,
        here: &Here<'_>,
        firing: &Firing<'_>,
        clause: &Range<usize>,
        thread: &Thread,
    ) -> Option<Placed> {
        let toponyms = &here.cut.toponyms[here.i];
        let spots_of = |item: usize| -> Vec<Spot> {
            here.chunks.targets[item]
                .iter()
                .flat_map(|t| thread.scene.spots(*t, toponyms, &self.gazetteer))
                .collect()
        };
        let factors = &self.grammar.factors;
        if let Some(item) = firing.filler(&[Slot::Place, Slot::Subject]) {
            let spots = spots_of(item);
            let inside = here.preposition_before(item, &["in", "inside", "within"]);
            return self.placed(here, spots, factors.sentence, inside, firing);
        }
        let trigger = here.chunks.items[firing.captures.trigger].from;
        let places =
            || (0..here.chunks.items.len()).filter(|i| here.chunks.items[*i].slot == Some(Slot::Place));
        let in_clause = |i: &usize| clause.contains(&here.chunks.items[*i].from);
        let distance = |i: &usize| {
            let from = here.chunks.items[*i].from;
            (u8::from(!here.chunks.items[*i].oblique), u8::from(from < trigger), from.abs_diff(trigger))
        };
        let nearest = places().filter(in_clause).min_by_key(distance).map(|i| (i, factors.sentence));
        let nearest = nearest.or_else(|| places().min_by_key(distance).map(|i| (i, factors.same_sentence)));
        if let Some((item, factor)) = nearest {
            let inside = here.preposition_before(item, &["in", "inside", "within"]);
            return self.placed(here, spots_of(item), factor, inside, firing);
        }
        let paragraph = here.cut.sentences[here.i].paragraph;
        let (_, spot) =
            thread.spot.filter(|(p, _)| *p == paragraph && !here.names_abroad(&self.gazetteer))?;
        let spot = Spot { bridged: true, ..spot };
        self.placed(here, vec![spot], factors.earlier_sentence, false, firing)
    }

    fn placed(
        &self,
        here: &Here<'_>,
        spots: Vec<Spot>,
        factor: f64,
        inside: bool,
        firing: &Firing<'_>,
    ) -> Option<Placed> {
        let changes_hands = effect::changes_hands(firing.rule.kind);
        let fits = |s: &Spot| {
            let kind = self.gazetteer.get(s.place).kind;
            firing.rule.only_kinds.is_empty() || firing.rule.only_kinds.contains(&kind)
        };
        let mut spots: Vec<Spot> = spots
            .into_iter()
            .filter(fits)
            .map(|s| if changes_hands { at_capital(s, &self.gazetteer) } else { s })
            .collect();
        spots.dedup_by_key(|s| s.place);
        (!spots.is_empty()).then_some(Placed { spots, factor, inside })
    }

    /// A province gives way to the one place within it that the sentence names: "Daykundi, Kijran".
    fn refined(&self, spots: Vec<Spot>, here: &Here<'_>) -> Vec<Spot> {
        let [spot] = spots.as_slice() else { return spots };
        if self.gazetteer.get(spot.place).kind != PlaceKind::Province || spot.scope != Scope::Place {
            return spots;
        }
        let inner: Vec<Spot> = here.cut.toponyms[here.i]
            .iter()
            .filter(|t| t.relation == Relation::At)
            .filter_map(|t| scene::named(t, &self.gazetteer))
            .filter(|s| s.place != spot.place && self.gazetteer.contains(spot.place, s.place))
            .collect();
        match inner.as_slice() {
            [one] if !spot.open_level => vec![*one],
            _ => spots,
        }
    }

    #[allow(clippy::too_many_arguments, reason = "an event is made of all of these")]
    fn event(
        &self,
        here: &Here<'_>,
        firing: &Firing<'_>,
        spot: Spot,
        placed: &Placed,
        parties: &Parties,
        timing: Timing,
        makes: Option<Makes>,
        thread: &Thread,
    ) -> Option<Event> {
        let place = event_place(spot, &self.gazetteer);
        let kind = effect::kind(firing.rule.kind, &place, parties.actor1.as_ref(), firing.rule.part);
        let inside =
            firing.rule.inside || placed.inside && place.kind == PlaceKind::City || here.says_inside();
        let named: Vec<Actor> = here.sides(firing).into_iter().chain(thread.actor.clone()).collect();
        let Outcome { effect, winner, loser } = effect::outcome(
            kind,
            &place,
            parties.actor1.as_ref(),
            parties.actor2.as_ref(),
            inside,
            firing.rule.part,
            &named,
        )?;
        let (mut attribution, mut modality) = speech::attribution(here.speaker, winner, loser);
        if makes == Some(Makes::Denied) {
            modality = Modality::Denied;
        }
        let zone = &here.cut.zones[here.i];
        if zone.kind == ZoneKind::Headline {
            attribution.voice = Voice::Headline;
        } else if spot.bridged && attribution.voice == Voice::Outlet {
            attribution.voice = Voice::Unattributed;
        }
        let when = match timing {
            Timing::Told(date) | Timing::Assumed(date) => Some(date),
            Timing::Unknown | Timing::NotNow => None,
        };
        let sentence = &here.cut.sentences[here.i].tokens;
        let span = here.cut.tokens.span(sentence.start, sentence.end);
        let (killed, wounded) = toll::toll(&self.grammar, &here.cut.tokens, &here.cut.words, sentence);
        let counts = effect::has_toll(kind);
        let source = here.cut.source.clone();
        let outlet = source.clone().unwrap_or_else(|| here.report.id.clone());
        Some(Event {
            id: super::EventId(String::new()),
            doc_id: here.report.id.clone(),
            published: here.cut.published,
            source,
            url: here.report.url.clone(),
            when,
            kind,
            actor1: parties.actor1.clone(),
            actor2: parties.actor2.clone(),
            confidence: self.confidence(placed, spot, parties, timing, zone.kind),
            place,
            effect,
            modality,
            attribution,
            killed: killed.filter(|_| counts),
            wounded: wounded.filter(|_| counts),
            telling: Telling { order: thread.order, reversed: here.reversed_after(firing), inside },
            n_reports: 1,
            n_independent: 1,
            lineage: String::new(),
            sources: vec![SourceRef { outlet, date: here.cut.published }],
            quote: span.of(&here.report.text).trim().to_owned(),
            quote_start: span.start(),
            quote_end: span.end(),
        })
    }

    fn confidence(
        &self,
        placed: &Placed,
        spot: Spot,
        parties: &Parties,
        timing: Timing,
        zone: ZoneKind,
    ) -> f64 {
        let f = &self.grammar.factors;
        let when = |holds: bool, factor: f64| if holds { factor } else { 1.0 };
        let product = placed.factor
            * when(spot.bridged, f.bridged)
            * when(spot.open_level, f.open_level)
            * when(parties.actor1.is_none(), f.no_actor)
            * when(parties.actor1.is_some() && parties.inferred, f.inferred_actor)
            * when(matches!(timing, Timing::Assumed(_)), f.assumed_date)
            * when(timing == Timing::Unknown, f.no_date)
            * when(zone == ZoneKind::Headline, f.headline);
        (product * 100.0).round() / 100.0
    }
}

/// From the day after, "the government" is the Taliban's, and a place falls to either side.
const LAST_DAY_OF_THE_REPUBLIC: Date = jiff::civil::date(2021, 8, 15);

impl Here<'_> {
    /// Of parties that act together ("police, together with coalition forces") the one named first.
    fn leading(&self, item: usize) -> usize {
        let joins = |i: usize| {
            matches!(
                self.cut.tokens.fold(self.chunks.items[i].from),
                "and" | "with" | "together" | "," | "the" | "by" | "alongside" | "backed"
            )
        };
        let mut first = item;
        let mut at = item;
        while at > 0 && item - at < 8 {
            at -= 1;
            if self.chunks.items[at].slot == Some(Slot::Actor) {
                let same = self.chunks.actors[at].as_ref().map(|a| speech::camp(a.side))
                    == self.chunks.actors[item].as_ref().map(|a| speech::camp(a.side));
                if !same {
                    break;
                }
                first = at;
            } else if !joins(at) {
                break;
            }
        }
        first
    }

    /// The parties that the sentence names, nearest to the act first.
    fn sides(&self, firing: &Firing<'_>) -> Vec<Actor> {
        let trigger = firing.captures.trigger;
        let mut named: Vec<(usize, &Actor)> = self
            .chunks
            .actors
            .iter()
            .enumerate()
            .filter_map(|(i, a)| a.as_ref().map(|a| (i.abs_diff(trigger), a)))
            .collect();
        named.sort_by_key(|(distance, _)| *distance);
        named.into_iter().map(|(_, a)| a.clone()).collect()
    }

    fn preposition_before(&self, item: usize, wanted: &[&str]) -> bool {
        let from = item.saturating_sub(4);
        let folds: Vec<&str> =
            (from..item).map(|i| self.cut.tokens.fold(self.chunks.items[i].from)).collect();
        folds.iter().rev().take_while(|f| **f != ",").any(|f| wanted.contains(f))
    }

    /// The sentence puts fighters inside a town.
    fn says_inside(&self) -> bool {
        let folds = |i: usize| self.cut.tokens.fold(i);
        self.cut.sentences[self.i].tokens.clone().any(|i| {
            matches!(
                folds(i),
                "inside" | "entered" | "streets" | "downtown" | "neighbourhoods" | "neighborhoods"
            ) || folds(i) == "parts" && folds(i + 1) == "of"
        })
    }

    /// Whether a place item may be where an act that does not name its place happened.
    fn may_locate(&self, item: usize, kind: EventKind) -> bool {
        let piece = &self.chunks.items[item];
        let last = self.cut.tokens.get(piece.to - 1);
        let toponyms = &self.cut.toponyms[self.i];
        let only_near = self.chunks.targets[item]
            .iter()
            .all(|t| matches!(t, Target::Named(n) if toponyms[*n].relation == Relation::Near));
        let opens = item == 0 || self.cut.tokens.shape(self.chunks.items[item - 1].from) == Shape::Mark;
        !(last.is_some_and(|t| t.possessive)
            || only_near && (effect::changes_hands(kind) || kind == EventKind::Ceasefire))
            && (piece.oblique || opens)
    }

    /// "Besieged by dust": what stands after "by" is no party, no time and no measure.
    fn done_by_no_party(&self, firing: &Firing<'_>, dates: &[DateMention]) -> bool {
        let items = &self.chunks.items;
        let Some(by) = (firing.captures.trigger + 1..items.len().min(firing.captures.trigger + 3))
            .find(|i| self.cut.tokens.fold(items[*i].from) == "by")
        else {
            return false;
        };
        let next = items.iter().skip(by + 1).take(6);
        let party = next.clone().any(|i| i.slot == Some(Slot::Actor) || i.slot == Some(Slot::People));
        let dated =
            dates.iter().any(|d| d.tokens.start <= items[by].from + 2 && d.tokens.end > items[by].from);
        let number = next.clone().take(2).any(|i| self.cut.tokens.shape(i.from) == Shape::Number);
        !(party || dated || number)
    }

    /// A capital in mid-sentence makes it a title: 'The Fall of Kabul'.
    fn is_title_word(&self, trigger: usize) -> bool {
        let tokens = &self.cut.tokens;
        let sentence = &self.cut.sentences[self.i].tokens;
        let words = || sentence.clone().filter(|i| tokens.shape(*i) != Shape::Mark);
        let capitals = words().filter(|i| tokens.shape(*i) != Shape::Lower).count();
        let headline = capitals * 10 >= words().count() * 6;
        let opens = words().next() == Some(trigger)
            || trigger > 0 && matches!(tokens.fold(trigger - 1), "\"" | ":" | "-" | ")");
        !headline && !opens && matches!(tokens.shape(trigger), Shape::Capitalised)
    }

    fn names_abroad(&self, gazetteer: &Gazetteer) -> bool {
        self.cut.toponyms[self.i].iter().filter_map(|t| t.place).any(|p| gazetteer.get(p).is_abroad())
    }

    /// The act is undone in the same breath: "before retreating", "but were pushed back".
    fn reversed_after(&self, firing: &Firing<'_>) -> bool {
        let sentence = &self.cut.sentences[self.i].tokens;
        let trigger = self.chunks.items[firing.captures.trigger].from;
        let fold = |i: usize| self.cut.tokens.fold(i);
        let briefly = sentence.clone().any(|i| fold(i) == "briefly" && i.abs_diff(trigger) <= 4);
        let turn = (trigger..sentence.end).find(|i| matches!(fold(*i), "before" | "but"));
        let undone = turn.is_some_and(|t| {
            (t..sentence.end.min(t + 9)).any(|i| {
                matches!(
                    fold(i),
                    "retreating"
                        | "retreated"
                        | "withdrawing"
                        | "withdrew"
                        | "pushed"
                        | "beaten"
                        | "repelled"
                        | "repulsed"
                        | "driven"
                        | "expelled"
                        | "retaken"
                        | "recaptured"
                )
            })
        });
        briefly || undone
    }
}

fn is_read(kind: ZoneKind) -> bool {
    matches!(kind, ZoneKind::Body | ZoneKind::Headline | ZoneKind::Caption | ZoneKind::Post)
}

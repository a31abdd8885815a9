//! Lists: places one below the other, in brackets or in the next sentence, behind words that tell what befell them all.

use super::act::Parties;
use super::chunk::Chunks;
use super::cut::Cut;
use super::grammar::Makes;
use super::here::Here;
use super::matching::Firing;
use super::reader::Reader;
use super::reading::Fate;
use super::rule::Rule;
use super::thread::Thread;
use super::timing::Timing;
use super::{Actor, Event, clause, effect};
use crate::date::{DatePrecision, EventDate};
use crate::gazetteer::PlaceKind;
use crate::lexicon::{Captures, Slot};
use crate::text::Shape;
use crate::toponym::Relation;

/// What befell the places listed below a line: "Lost to the Taliban since Friday:".
#[derive(Debug, Clone)]
pub(super) struct Listing {
    /// Which of the grammar's rules reads the line.
    rule: usize,
    actor: Option<Actor>,
    when: Option<EventDate>,
    lies: Lies,
}

/// Where the places of a list stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lies {
    /// In the lines below the paragraph of this number.
    Below(usize),
    /// In the sentence of this number.
    In(usize),
}

/// How far from the beginning of its line a listed place may stand, behind a number or a bullet, in tokens.
const OPENING: usize = 4;

/// How long the line of a listed place may be, in tokens.
const ITEM: usize = 24;

/// How many words may lead to a list: "The three districts that fell are", and places in between that they lie in.
const LEADING: usize = 9;

/// The places of a list, each as if the rule of the words above had caught it.
pub(super) fn items<'g>(listed: Listed<'g>, chunks: &Chunks) -> Vec<Firing<'g>> {
    let places = (0..chunks.items.len()).filter(|i| chunks.items[*i].slot == Some(Slot::Place));
    places.take(listed.most).map(|place| at_place(listed.rule, place)).collect()
}

/// The rule by which the places of a sentence are read, and how many of them at most.
#[derive(Clone, Copy)]
pub(super) struct Listed<'g> {
    rule: &'g Rule,
    most: usize,
}

fn at_place(rule: &Rule, place: usize) -> Firing<'_> {
    let captures = Captures {
        from: place,
        to: place + 1,
        trigger: place,
        slots: vec![(Slot::Place, place)],
        literals: 0,
    };
    Firing { rule, captures }
}

impl Firing<'_> {
    /// Whether it is a place of a list, not words of its own.
    pub(super) fn is_listed(&self) -> bool {
        self.captures.literals == 0 && self.captures.to == self.captures.from + 1
    }
}

impl Reader {
    /// The rule by which sentence `i` is read, where it is a line of a list.
    pub(super) fn listed(&self, cut: &Cut<'_>, i: usize, thread: &mut Thread) -> Option<Listed<'_>> {
        let listing = thread.listing.as_ref()?;
        let (ends, most) = match listing.lies {
            Lies::Below(paragraph) if paragraph == cut.sentences[i].paragraph => return None,
            Lies::Below(_) if !opens_line(cut, i) || is_number(cut, i) => return None,
            Lies::Below(_) => (!is_item(cut, i), 1),
            Lies::In(sentence) => (sentence != i || !self.names_places(cut, i), usize::MAX),
        };
        if ends {
            thread.listing = None;
            return None;
        }
        thread.actor = listing.actor.clone().or(thread.actor.take());
        self.grammar.rules.get(listing.rule).map(|rule| Listed { rule, most })
    }

    /// "The districts are A and B in Badakhshan, C in Helmand", "They include A and B": a sentence that only names places.
    fn names_places(&self, cut: &Cut<'_>, i: usize) -> bool {
        let sets = &self.grammar.sets;
        let is = |t: usize, set| self.grammar.is(cut.words[t], set);
        let sentence = &cut.sentences[i].tokens;
        let opens = sentence.start..sentence.end.min(sentence.start + LEADING);
        let Some(verb) = opens.into_iter().find(|t| is(*t, sets.be) || is(*t, sets.naming)) else {
            return false;
        };
        let subject = sentence.start..verb;
        let unit = |t: usize| is(t, sets.units) || is(t, sets.one_district);
        let meant = |t: usize| unit(t) || is(t, sets.they) || is(t, sets.pronoun);
        let they = subject.len() == 1 || subject.clone().any(meant);
        let lower = subject.skip(1).all(|t| cut.tokens.shape(t) != Shape::Capitalised);
        let skipped = |t: &usize| is(*t, sets.det) || cut.tokens.shape(*t) == Shape::Mark;
        let next = (verb + 1..sentence.end).find(|t| !skipped(t));
        let named = next.is_some_and(|t| cut.tokens.shape(t) == Shape::Capitalised);
        they && lower && named && cut.toponyms[i].len() > 1
    }

    /// Reads one act. Where it is told of a line that opens a list, it is told of the places below, not of the line.
    pub(super) fn read_or_list(
        &self,
        here: &Here<'_>,
        firing: &Firing<'_>,
        thread: &mut Thread,
        events: &mut Vec<Event>,
    ) -> Fate {
        if firing.rule.heads_list && !firing.is_listed() && !heads_list(here) {
            let fate = self.read_enumerated(here, firing, thread, events);
            if fate.is_none() {
                self.open_list(here, firing, thread);
            }
            return fate.unwrap_or(Fate::NoPlace);
        }
        let before = events.len();
        let fate = self.read_act(here, firing, thread, events);
        if firing.is_listed() {
            let when = thread.listing.as_ref().and_then(|l| l.when);
            let undated = |e: &&mut Event| e.when.is_none_or(|w| w.precision == DatePrecision::Assumed);
            events[before..].iter_mut().filter(undated).for_each(|e| e.when = when.or(e.when));
            return fate;
        }
        let vague = events[before..].iter().all(|e| e.place.kind == PlaceKind::Province);
        let open = match fate {
            Fate::Told(_) => vague,
            Fate::Cued(makes) => makes == Makes::Aggregate,
            fate => fate == Fate::NoPlace,
        };
        let open = open && effect::changes_hands(firing.rule.kind);
        if open && enumerated(here, firing).is_some() && !heads_list(here) {
            events.truncate(before);
            return self.read_enumerated(here, firing, thread, events).unwrap_or(fate);
        }
        if open && self.open_list(here, firing, thread) && heads_list(here) {
            events.truncate(before);
        }
        fate
    }

    /// Expects the places of an act where the text goes on to name them; whether it may.
    fn open_list(&self, here: &Here<'_>, firing: &Firing<'_>, thread: &mut Thread) -> bool {
        let rule = self.grammar.rules.iter().position(|r| std::ptr::eq(r, firing.rule));
        let (Some(rule), Some((actor, when))) = (rule, self.heading(here, firing, thread)) else {
            return false;
        };
        let below = Lies::Below(here.cut.sentences[here.i].paragraph);
        let lies = if heads_list(here) { below } else { Lies::In(here.i + 1) };
        thread.listing = Some(Listing { rule, actor, when, lies });
        true
    }

    /// Who acted and when, as the words say that stand over a list.
    fn heading(
        &self,
        here: &Here<'_>,
        firing: &Firing<'_>,
        thread: &Thread,
    ) -> Option<(Option<Actor>, Option<EventDate>)> {
        let sentence = &here.cut.sentences[here.i].tokens;
        let clause = clause::clause(&self.grammar, &here.cut.words, sentence, here.trigger(firing));
        let done = self.makes(here, firing, &clause).is_none_or(|m| m == Makes::Aggregate);
        let Parties { actor1, .. } = self.parties(here, firing, &clause, thread).filter(|_| done)?;
        let when = match here.timing(thread, firing, &clause).0 {
            Timing::Told(date) => Some(date),
            _ => None,
        };
        Some((actor1, when))
    }

    /// "Six are held by the Taliban (A, B and C)": what is told of so many places, read of each that is listed.
    fn read_enumerated(
        &self,
        here: &Here<'_>,
        firing: &Firing<'_>,
        thread: &mut Thread,
        events: &mut Vec<Event>,
    ) -> Option<Fate> {
        let place = enumerated(here, firing)?;
        let (actor, when) = self.heading(here, firing, thread)?;
        thread.actor = actor.or(thread.actor.take());
        let before = events.len();
        let fate = self.read_act(here, &at_place(firing.rule, place), thread, events);
        let undated = |e: &&mut Event| e.when.is_none_or(|w| w.precision == DatePrecision::Assumed);
        events[before..].iter_mut().filter(undated).for_each(|e| e.when = when.or(e.when));
        Some(fate)
    }
}

/// How far behind an act the list of its places may begin, in items.
const ENUMERATED: usize = 16;

/// The list of places, in brackets or behind a colon, a dash, "are" or "include", that follows an act in its sentence.
fn enumerated(here: &Here<'_>, firing: &Firing<'_>) -> Option<usize> {
    let items = &here.chunks.items;
    let last = items.len().min(firing.captures.to + ENUMERATED);
    let sets = &here.grammar.sets;
    let opens = |i: usize| {
        let before = items[i - 1].from;
        let names = here.is(before, sets.be) || here.is(before, sets.naming);
        names || matches!(here.cut.tokens.fold(before), "(" | ":" | "-" | "–" | "—")
    };
    let listed = |i: &usize| items[*i].slot == Some(Slot::Place) && here.chunks.targets[*i].len() > 1;
    (firing.captures.trigger + 1..last).find(|i| opens(*i) && listed(i))
}

/// Whether sentence `i` opens a paragraph, its number aside.
fn opens_line(cut: &Cut<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return true };
    cut.sentences[before].paragraph != cut.sentences[i].paragraph
        || is_number(cut, before) && opens_line(cut, before)
}

/// "1.": the number of a line, which reads as a sentence.
fn is_number(cut: &Cut<'_>, i: usize) -> bool {
    let mark = |t: usize| matches!(cut.tokens.shape(t), Shape::Mark | Shape::Number);
    cut.sentences[i].tokens.clone().all(mark)
}

/// Whether the next paragraph is a line of a list.
fn heads_list(here: &Here<'_>) -> bool {
    let cut = here.cut;
    let own = cut.sentences[here.i].paragraph;
    let below = (here.i + 1..cut.sentences.len()).take_while(|i| !cut.opens_story(*i));
    let next = below.into_iter().find(|i| !is_number(cut, *i));
    next.is_some_and(|i| cut.sentences[i].paragraph != own && is_item(cut, i))
}

/// "1. Burka (Baghlan), 4 May", "- Chal and Farkhar districts": a short line that opens with a place.
fn is_item(cut: &Cut<'_>, i: usize) -> bool {
    let tokens = &cut.sentences[i].tokens;
    let place = cut.toponyms[i].first().filter(|t| t.relation == Relation::At && t.place.is_some());
    let Some(from) = place.map(|t| t.phrase.start) else { return false };
    let mark = |t: usize| matches!(cut.tokens.shape(t), Shape::Mark | Shape::Number);
    tokens.len() <= ITEM && from - tokens.start <= OPENING && (tokens.start..from).all(mark)
}

//! The sentence at hand: what its words say around an act.

use std::ops::Range;

use jiff::civil::Date;

use super::EventKind;
use super::chunk::{Chunks, Target};
use super::cut::Cut;
use super::grammar::Grammar;
use super::marks::{self, Marks};
use super::matching::Firing;
use super::speech::Speaker;
use super::thread::Thread;
use super::timing::{Clock, Timing};
use crate::date::{DateMention, DatePrecision, EventDate, Meaning};
use crate::gazetteer::Gazetteer;
use crate::lexicon::{SetId, Slot};
use crate::report::Report;
use crate::text::{Gap, Shape, Span, number};
use crate::toponym::Toponym;

/// The sentence being read.
pub(super) struct Here<'a> {
    pub(super) grammar: &'a Grammar,
    pub(super) report: &'a Report,
    pub(super) cut: &'a Cut<'a>,
    /// Its number.
    pub(super) i: usize,
    pub(super) chunks: &'a Chunks,
    pub(super) dates: &'a [DateMention],
    pub(super) speaker: Option<&'a Speaker>,
    pub(super) day: Option<Date>,
    /// The day of the story's news, where it was printed the day after.
    pub(super) news: Option<Date>,
    /// It tells of an act of violence other than somebody's death.
    pub(super) violent: bool,
}

/// How long the heading of a sentence may be, in tokens.
const HEADING: usize = 14;

/// How many words may stand between an act's article and its noun.
const QUALIFIED: usize = 4;

impl Here<'_> {
    pub(super) fn is(&self, token: usize, set: SetId) -> bool {
        self.cut.words.get(token).is_some_and(|w| self.grammar.is(*w, set))
    }

    /// Whether a party stands ahead of the act, or the rule caught one.
    pub(super) fn has_agent(&self, firing: &Firing<'_>) -> bool {
        let before = self.chunks.actors.iter().take(firing.captures.trigger).any(Option::is_some);
        before || firing.filler(&[Slot::Actor, Slot::Enemy]).is_some()
    }

    /// Whether the act's word has no subject of its own, or a pronoun: then the party is the one told of before.
    pub(super) fn takes_up(&self, trigger: usize) -> bool {
        let sets = &self.grammar.sets;
        let start = self.cut.sentences[self.i].tokens.start;
        let mut at = trigger;
        while at > start
            && (self.is(at - 1, sets.be)
                || self.is(at - 1, sets.aside)
                || self.cut.tokens.fold(at - 1).ends_with("ly"))
        {
            at -= 1;
        }
        let before = |set| at > start && self.is(at - 1, set);
        let participle = self.cut.tokens.fold(trigger).ends_with("ing");
        at == start
            || participle
            || before(sets.speaker_pronoun)
            || before(sets.pronoun_it)
            || before(sets.list_mark)
    }

    pub(super) fn names_place(&self) -> bool {
        self.chunks.items.iter().any(|i| i.slot == Some(Slot::Place))
    }

    /// The first token of the act's word.
    pub(super) fn trigger(&self, firing: &Firing<'_>) -> usize {
        self.chunks.items[firing.captures.trigger].from
    }

    /// When the act at token `trigger` happened, whose clause is `clause`.
    pub(super) fn timing(
        &self,
        thread: &Thread,
        firing: &Firing<'_>,
        clause: &Range<usize>,
    ) -> (Timing, Option<Span>) {
        let trigger = self.trigger(firing);
        let marks = Marks {
            grammar: self.grammar,
            words: &self.cut.words,
            start: self.cut.sentences[self.i].tokens.start,
            end: self.cut.sentences[self.i].tokens.end,
            is_rule: &|t| self.is(t, self.grammar.sets.field_mark),
            number: &|t| number(self.cut.tokens.fold(t)).and_then(|n| i32::try_from(n).ok()),
            is_possessive: &|t| self.cut.tokens.get(t).is_some_and(|t| t.possessive),
            heading: self.heading(),
        };
        let statement = self.speaker.map(|s| s.verb);
        let (previous, frame, period) = (thread.previous, thread.frame, thread.period);
        let (mentions, anchor, news) = (self.dates, self.day, self.news);
        let undated = self.cut.zones[self.i].undated;
        let paragraph = self.cut.sentences[self.i].paragraph;
        let back = |d: &EventDate| anchor.map_or(0, |a| (a - d.to).get_days());
        let latest = thread.day.map(|(_, day)| day);
        let definite = self.is_definite(trigger);
        let told = |(p, day): &(usize, EventDate)| {
            *p == paragraph && back(day) > marks::WEEK || definite && back(day) > 1
        };
        let narrated = thread.day.filter(told).map(|(_, day)| day);
        let narrated = narrated.filter(|_| firing.rule.kind != EventKind::Holds);
        Clock { mentions, anchor, news, undated, previous, latest, narrated, frame, period, statement, marks }
            .bind(trigger, clause)
    }

    /// "The fierce fighting", "this attack": the act at `trigger` is one that was told.
    fn is_definite(&self, trigger: usize) -> bool {
        let sets = &self.grammar.sets;
        let start = self.cut.sentences[self.i].tokens.start;
        let phrase = (start.max(trigger.saturating_sub(QUALIFIED))..trigger).rev();
        let phrase = phrase.take_while(|t| !self.is(*t, sets.preposition) && !self.is(*t, sets.comma));
        let article = phrase.into_iter().find(|t| self.is(*t, sets.det));
        let noun = self.is(trigger, sets.incident) || self.is(trigger, sets.fighting);
        noun && article.is_some_and(|t| !self.is(t, sets.some) && !self.is(t, sets.quantity))
    }

    /// The day that the sentence gives, where it tells no act, for those that go on from it.
    pub(super) fn fresh_day(&self) -> Option<EventDate> {
        let statement = self.speaker.map_or(usize::MAX, |s| s.verb);
        let days = self.dates.iter().filter(|m| m.tokens.start.abs_diff(statement) > 4);
        let on = |m: &DateMention| match m.meaning {
            Meaning::On(date) if date.precision == DatePrecision::Day => Some(date),
            _ => None,
        };
        days.rev().filter_map(on).find(|d| self.day.is_some_and(|day| d.from <= day))
    }

    /// The one day that the sentence gives, which is no day of a statement.
    pub(super) fn only_day(&self) -> Option<EventDate> {
        let start = self.cut.sentences[self.i].tokens.start;
        let said = |m: &DateMention| {
            marks::is_said_at(self.grammar, &self.cut.words, start, m.tokens.start)
                || self.speaker.is_some_and(|s| m.tokens.start.abs_diff(s.verb) <= 4)
        };
        let mut days = self.dates.iter().filter(|m| !matches!(m.meaning, Meaning::TimeOfDay(_)));
        let only = days.next().filter(|_| days.next().is_none())?;
        match only.meaning {
            Meaning::On(date) if date.precision == DatePrecision::Day && !said(only) => Some(date),
            _ => None,
        }
    }

    /// The colon within the first words of the sentence: what stands before it is a heading.
    pub(super) fn heading(&self) -> Option<usize> {
        let sentence = &self.cut.sentences[self.i].tokens;
        let colon = |i: &usize| self.cut.tokens.fold(*i) == ":" && self.cut.tokens.gap(*i + 1) != Gap::None;
        (sentence.start..sentence.end.min(sentence.start + HEADING)).find(colon)
    }

    /// "Dozens of districts in Takhar have been seized": so many places, not the one named.
    pub(super) fn is_aggregate(&self, firing: &Firing<'_>) -> bool {
        let sets = &self.grammar.sets;
        let named = firing.filler(&[Slot::Place, Slot::Subject]).filter(|_| !firing.is_listed());
        let Some(item) = named else { return false };
        let items = &self.chunks.items;
        if self.chunks.targets[item].iter().any(|t| matches!(t, Target::DistrictsOf(..))) {
            return false;
        }
        let trigger = firing.captures.trigger;
        let from = item.min(trigger).saturating_sub(7);
        let mut tokens = items[from].from..items[item.max(trigger)].from;
        let ahead = items[item].from;
        let names = |i: usize| self.is(i, sets.field_mark) || self.is(i, sets.naming);
        let listed = |t: usize| (t + 1..ahead).any(names);
        tokens.any(|t| {
            let counted = t > 0 && (self.is(t - 1, sets.quantity) || self.counts(t - 1));
            let counted = counted || t > 1 && (self.is(t - 2, sets.quantity) || self.counts(t - 2));
            let partly = t > 2 && self.is(t - 3, sets.quantity) && self.is(t - 2, sets.of);
            (counted || partly) && self.is(t, sets.units) && !listed(t)
        })
    }

    fn counts(&self, token: usize) -> bool {
        let fold = self.cut.tokens.fold(token);
        number(fold).is_some_and(|n| n > 1 && n < 500)
    }

    /// The sentence speaks of a place that is not known, or of the country at large.
    pub(super) fn is_elsewhere(&self) -> bool {
        let sentence = &self.cut.sentences[self.i].tokens;
        let unknown = self.cut.toponyms[self.i].iter().any(|t| t.place.is_none() && !t.rivals.is_empty());
        unknown || sentence.clone().any(|t| self.is(t, self.grammar.sets.elsewhere))
    }

    /// A place that only says whence or whither: "flown in from Herat", "fled to Kabul".
    pub(super) fn is_directional(&self, token: usize) -> bool {
        let sets = &self.grammar.sets;
        let mut at = token;
        let links = |i: usize| self.is(i, sets.of) || self.is(i, sets.preposition) || self.is(i, sets.comma);
        let qualifies = |i: usize| self.is(i, sets.det) || self.is(i, sets.apposition) && !links(i);
        while at > 0 && qualifies(at - 1) {
            at -= 1;
        }
        if let Some(before) = self.listed_before(at) {
            return self.is_directional(before);
        }
        let of = at > 1 && self.is(at - 1, sets.of); // "in the direction of"
        at > 0 && (self.is(at - 1, sets.origin) || of && self.is(at - 2, sets.origin))
    }

    /// "Similar to the one in Farah": where another act happened.
    pub(super) fn is_another(&self, token: usize) -> bool {
        let sets = &self.grammar.sets;
        token > 1 && self.is(token - 1, sets.into_place) && self.is(token - 2, sets.pronoun_one)
    }

    /// "From Helmand and Kandahar": where the place begins that token `at` follows in a list.
    fn listed_before(&self, at: usize) -> Option<usize> {
        let mark = at.checked_sub(1).filter(|i| self.is(*i, self.grammar.sets.list_mark))?;
        let ends = |t: &&Toponym| t.phrase.end.max(t.tokens.end) == mark;
        self.cut.toponyms[self.i].iter().find(ends).map(|t| t.phrase.start.min(t.tokens.start))
    }

    /// "Posts were attacked in Badghis and 20 soldiers were captured": people, or an area without a name, stand right
    /// ahead of the verb, not the building or place that the rule caught.
    pub(super) fn befalls_people(&self, firing: &Firing<'_>) -> bool {
        let Some(place) = firing.filler(&[Slot::Facility, Slot::Subject]) else { return false };
        let items = &self.chunks.items;
        let verbal = |i: &usize| {
            let from = items[*i].from;
            self.is(from, self.grammar.sets.be) || self.is(from, self.grammar.sets.aside)
        };
        let trigger = firing.captures.trigger;
        let subject = (place + 1..trigger).rev().find(|i| !verbal(i)).filter(|i| i + 1 < trigger);
        let acts = firing.filler(&[Slot::Actor, Slot::Enemy]);
        let suffers = |i: &usize| (i + 1..trigger).any(|a| self.is(items[a].from, self.grammar.sets.passive));
        subject.filter(|i| Some(*i) != acts).is_some_and(|i| {
            let people = matches!(items[i].slot, Some(Slot::Actor | Slot::People));
            people && suffers(&i) && !items[i].oblique || self.is(items[i].from, self.grammar.sets.area)
        })
    }

    /// "Stormed Guzara district, and troops took it back": the first place ahead of an act that names only "it".
    pub(super) fn antecedent(&self, firing: &Firing<'_>) -> Option<usize> {
        let items = &self.chunks.items;
        let after = firing.captures.trigger + 1..firing.captures.to;
        let it = after.into_iter().any(|i| self.is(items[i].from, self.grammar.sets.pronoun));
        let named = |i: &usize| {
            let target = self.chunks.targets[*i].first();
            items[*i].slot == Some(Slot::Place) && matches!(target, Some(Target::Named(_) | Target::Only(_)))
        };
        (0..firing.captures.trigger).find(named).filter(|_| it)
    }

    /// "The attack was beaten back": the one told of before.
    pub(super) fn is_the_attack(&self, firing: &Firing<'_>) -> bool {
        let from = self.chunks.items[firing.captures.from].from;
        let sets = &self.grammar.sets;
        firing.rule.kind == EventKind::Repelled
            && self.is(from, sets.incident)
            && from > 0
            && self.is(from - 1, sets.det)
            && !self.is(from - 1, sets.some)
    }

    /// "In" or the like stands a few items ahead of `item`, with no comma between.
    pub(super) fn is_put_inside(&self, item: usize) -> bool {
        (item.saturating_sub(4)..item)
            .rev()
            .map(|i| self.chunks.items[i].from)
            .take_while(|t| self.cut.tokens.fold(*t) != ",")
            .any(|t| self.is(t, self.grammar.sets.into_place))
    }

    /// The clause puts fighters inside a town.
    pub(super) fn says_inside(&self, clause: &Range<usize>) -> bool {
        clause.clone().any(|t| self.is(t, self.grammar.sets.inside_words) && !self.dated_by(t))
    }

    /// "Entered its second day": what stands next tells time.
    fn dated_by(&self, token: usize) -> bool {
        (token + 1..token + 5).any(|t| self.is(t, self.grammar.sets.lasting_day))
    }

    /// "Besieged by dust": what stands after "by" is no party, no time and no measure.
    pub(super) fn done_by_no_party(&self, firing: &Firing<'_>) -> bool {
        let items = &self.chunks.items;
        let after = firing.captures.trigger + 1..items.len().min(firing.captures.trigger + 3);
        let Some(by) = after.clone().find(|i| self.is(items[*i].from, self.grammar.sets.by)) else {
            return false;
        };
        let next = items.iter().skip(by + 1).take(6);
        let party = next.clone().any(|i| {
            i.slot == Some(Slot::Actor)
                || i.slot == Some(Slot::People)
                || self.is(i.from, self.grammar.sets.pronoun)
        });
        let dated =
            self.dates.iter().any(|d| d.tokens.start <= items[by].from + 2 && d.tokens.end > items[by].from);
        let number = next.clone().take(2).any(|i| self.cut.tokens.shape(i.from) == Shape::Number);
        !(party || dated || number)
    }

    /// A capital in mid-sentence makes it a title: 'The Fall of Kabul'.
    pub(super) fn is_title_word(&self, trigger: usize) -> bool {
        let tokens = &self.cut.tokens;
        let sentence = &self.cut.sentences[self.i].tokens;
        let words = || sentence.clone().filter(|i| tokens.shape(*i) != Shape::Mark);
        let capitals = words().filter(|i| tokens.shape(*i) != Shape::Lower).count();
        let headline = capitals * 10 >= words().count() * 6;
        let opens = words().next() == Some(trigger)
            || trigger > 0 && tokens.shape(trigger - 1) == Shape::Mark && tokens.fold(trigger - 1) != ",";
        !headline && !opens && matches!(tokens.shape(trigger), Shape::Capitalised)
    }

    /// "The suicide attack network of Baghlan": the act's word only says what sort of people these are.
    pub(super) fn is_group_word(&self, firing: &Firing<'_>) -> bool {
        let sets = &self.grammar.sets;
        let trigger = self.trigger(firing);
        let noun = firing.filler(&[Slot::Actor, Slot::Enemy]).is_none();
        let end = self.cut.sentences[self.i].tokens.end;
        let joined = |i: &usize| self.cut.tokens.shape(*i) != Shape::Mark && !self.is(*i, sets.preposition);
        let mut next = (trigger + 1..end.min(trigger + 3)).take_while(joined);
        noun && next.any(|i| self.is(i, sets.group_noun))
    }

    pub(super) fn names_abroad(&self, gazetteer: &Gazetteer) -> bool {
        self.cut.toponyms[self.i].iter().filter_map(|t| t.place).any(|p| gazetteer.get(p).is_abroad())
    }

    /// The act is undone in the same breath: "before retreating", "but were pushed back".
    pub(super) fn reversed_after(&self, firing: &Firing<'_>) -> bool {
        let sets = &self.grammar.sets;
        let sentence = &self.cut.sentences[self.i].tokens;
        let trigger = self.trigger(firing);
        let briefly = sentence.clone().any(|i| self.is(i, sets.briefly) && i.abs_diff(trigger) <= 4);
        let turn = (trigger..sentence.end).find(|i| self.is(*i, sets.turn));
        let undone = turn.is_some_and(|t| (t..sentence.end.min(t + 9)).any(|i| self.is(i, sets.undone)));
        briefly || undone
    }
}

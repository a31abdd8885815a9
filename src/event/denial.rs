//! Denials: what a sentence says of a claim that was told just before it.

use super::act::on_one_line;
use super::cut::Cut;
use super::effect::is_gain;
use super::grammar::Makes;
use super::reader::Reader;
use super::speech::{Speaker, camp};
use super::{Attribution, Event, Interest, Modality, Voice};
use crate::text::Shape;

/// How many sentences back the claim may stand.
const BACK: usize = 2;

/// Within how many words of its beginning a sentence takes up a claim: "this is not true".
const OPENING: usize = 6;

/// How far behind the verb the claim may stand that is denied: "rejected the Taliban's claim".
const OBJECT: usize = 5;

impl Reader {
    /// "The ministry denied this": of what was claimed just before, the other side says that it is not so.
    pub(super) fn take_denial(
        &self,
        cut: &Cut<'_>,
        i: usize,
        speaker: Option<&Speaker>,
        events: &mut Vec<Event>,
    ) {
        if !self.denies_what_was_told(cut, i) {
            return;
        }
        let Some((speaker, side)) = speaker.and_then(|s| Some((s, s.side?))) else {
            return self.take_back(cut, i, speaker.is_some(), events);
        };
        let start = |k: usize| cut.span(k).start();
        let Some(last) = events.last().map(|e| e.quote_start) else { return };
        let near = (i.saturating_sub(BACK)..i).any(|k| start(k) == last)
            && (i.saturating_sub(BACK)..i).filter(|k| start(*k) >= last).all(|k| !cut.opens_story(k + 1));
        let other = |e: &Event| e.attribution.side.is_none_or(|s| camp(s) != camp(side));
        let gainer = |e: &Event| e.actor1.as_ref().is_none_or(|a| camp(a.side) != camp(side));
        let claimed = |e: &&Event| {
            e.quote_start == last
                && is_gain(e.kind)
                && e.modality != Modality::Denied
                && other(e)
                && gainer(e)
        };
        let end = cut.span(i).end();
        let mut denied: Vec<Event> = events.iter().filter(claimed).filter(|_| near).cloned().collect();
        for event in &mut denied {
            event.modality = Modality::Denied;
            event.attribution = Attribution {
                claimant: Some(speaker.name.to_string()),
                side: Some(side),
                interest: Interest::SelfServing,
                voice: Voice::Party,
            };
            event.quote_end = end;
            let quote = cut.tokens.text().get(event.quote_start..end);
            event.quote = on_one_line(quote.unwrap_or_default());
        }
        events.append(&mut denied);
    }

    /// "That was wrong": the outlet itself takes back what the sentence before told.
    fn take_back(&self, cut: &Cut<'_>, i: usize, spoken: bool, events: &mut [Event]) {
        let Some(before) = i.checked_sub(1).filter(|_| !spoken && !cut.opens_story(i)) else { return };
        let start = cut.span(before).start();
        for event in events.iter_mut().filter(|e| e.quote_start == start && is_gain(e.kind)) {
            event.modality = Modality::Denied;
        }
    }

    /// "Denied this", "rejected the claim", "this is not true", "that report is false".
    fn denies_what_was_told(&self, cut: &Cut<'_>, i: usize) -> bool {
        let sets = &self.grammar.sets;
        let sentence = cut.sentences[i].tokens.clone();
        let told = |t: usize| self.grammar.is(cut.words[t], sets.told_before);
        let denies = |t: usize| {
            let cue = self.grammar.cues.longest(&cut.words[t..sentence.end]);
            cue.filter(|(_, (makes, _))| *makes == Makes::Denied).map(|(length, _)| t + length)
        };
        let opening = sentence.start..sentence.end.min(sentence.start + OPENING);
        sentence.clone().filter_map(|t| Some((t, denies(t)?))).any(|(t, end)| {
            let ends = |o: usize| {
                o + 1 >= sentence.end
                    || cut.tokens.shape(o + 1) == Shape::Mark
                    || self.grammar.is(cut.words[o + 1], sets.preposition)
                    || self.grammar.is(cut.words[o + 1], sets.boundary)
            };
            let mut object = t..sentence.end.min(end + OBJECT);
            end + 1 >= sentence.end
                || object.any(|o| told(o) && ends(o))
                || opening.clone().any(|o| o < t && t - o <= OBJECT && told(o))
        })
    }
}

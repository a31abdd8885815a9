//! The reader: from a report to the events it tells, one sentence at a time.

use std::cell::OnceCell;

use jiff::civil::Date;

use super::chunk::{self, Chunker};
use super::cut::{self, Cut};
use super::grammar::{Grammar, Valid};
use super::here::Here;
use super::identity;
use super::listing;
use super::matching::firings;
use super::reading::{Act, PlaceMention, Reading};
use super::rule::Rule;
use super::speech::{self, Continues, Speaker};
use super::thread::Thread;
use super::{Actor, Event, Outlets, effect, news};
use crate::data::DataFiles;
use crate::date::{DateMention, DateRules, EventDate};
use crate::error::{Error, Notice};
use crate::gazetteer::Gazetteer;
use crate::lexicon::WordId;
use crate::report::{Report, Undated, ZoneKind, Zoned, Zoner};
use crate::text::Tokens;
use crate::toponym::Resolver;

/// "A district" may mean the only one that the story names in so many sentences of its beginning.
const LEAD: usize = 3;

/// A quotation is at most so many sentences long.
const QUOTATION: usize = 12;

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
    pub(super) gazetteer: Gazetteer,
    pub(super) grammar: Grammar,
    pub(super) outlets: Outlets,
    pub(super) resolver: Resolver,
    pub(super) calendar: DateRules,
    pub(super) zoner: Zoner,
}

impl Reader {
    /// Loads all that reading needs.
    ///
    /// # Errors
    /// `Error::Data` names the table or rule that is malformed.
    pub fn from_data(data: &DataFiles) -> Result<Reader, Error> {
        // The gazetteer takes as long as all the rest: side by side, a short report is read in half the time.
        let (places, rules) = rayon::join(
            || Gazetteer::from_data(data).and_then(|g| Ok((Resolver::new(data, &g)?, g))),
            || {
                let mut grammar = Grammar::from_data(data)?;
                let calendar = DateRules::from_data(data, grammar.shared_vocabulary())?;
                Ok((grammar, calendar, Zoner::from_data(data)?))
            },
        );
        let (resolver, gazetteer) = places?;
        let (grammar, calendar, zoner) = rules?;
        let outlets = Outlets::from_data(data)?;
        Ok(Reader { resolver, gazetteer, calendar, zoner, grammar, outlets })
    }

    /// The gazetteer it resolves against.
    #[must_use]
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The events that a report tells, with its zones, its places and what became of each act it seems to tell.
    #[must_use]
    pub fn read(&self, report: &Report) -> Reading {
        let tokens = Tokens::of(&report.text);
        let zoned = self.zoner.zones(report, &tokens);
        let (zones, published) = (zoned.zones.clone(), zoned.published);
        let mut places = self.dateline_places(&tokens, &zoned);
        let (cut, notices) = self.cut(tokens, zoned, report);
        for (zone, toponyms) in cut.zones.iter().zip(&cut.toponyms) {
            places.extend(toponyms.iter().map(|t| PlaceMention::of(t.clone(), zone.kind, &cut.tokens)));
        }
        places.sort_by_key(|p| p.span.start());
        Reading { zones, published, places, notices, ..self.tell(report, &cut) }
    }

    /// The events and acts of a report that is cut up.
    pub(super) fn tell(&self, report: &Report, cut: &Cut<'_>) -> Reading {
        let mut reading = Reading::default();
        let mut thread = Thread::default();
        let mut story = 0;
        for i in 0..cut.sentences.len() {
            if cut.opens_story(i) {
                self.tell_alike(&mut reading.events, story);
                story = reading.events.len();
                thread = Thread::default();
                thread.lead = i + LEAD;
                thread.scene.districts = cut.districts(i, &self.gazetteer);
                thread.scene.first_capital = cut.first_capital(i, &self.gazetteer);
                thread.house = speech::house(&self.grammar, &self.outlets, cut, i);
                thread.news = self.news_day(cut, i);
                thread.period = self.period(cut, i);
            }
            if matches!(cut.zones[i].kind, ZoneKind::Caption | ZoneKind::Post) {
                let order = thread.order;
                let mut aside = Thread { order, news: None, ..thread.clone() };
                self.read_sentence(report, cut, i, &mut aside, &mut reading);
                thread.order = aside.order;
            } else {
                self.read_sentence(report, cut, i, &mut thread, &mut reading);
            }
        }
        self.tell_alike(&mut reading.events, story);
        identity::settle(&mut reading.events);
        reading
    }

    /// Dates and places of the story that begins with event `from`, as its tellings of one act complete each other.
    fn tell_alike(&self, events: &mut Vec<Event>, from: usize) {
        let mut story = events.split_off(from);
        identity::date_alike(&mut story);
        identity::party_alike(&mut story);
        identity::place_alike(&mut story, &self.gazetteer);
        events.append(&mut story);
    }

    pub(super) fn cut<'t>(
        &self,
        tokens: Tokens<'t>,
        zoned: Zoned,
        report: &Report,
    ) -> (Cut<'t>, Vec<Notice>) {
        let all_words: Vec<WordId> =
            (0..tokens.len()).map(|i| self.grammar.vocabulary.id(tokens.word(i))).collect();
        let words: Vec<WordId> = all_words.iter().map(|word| self.grammar.own(*word)).collect();
        let (mut sentences, mut zones) = (Vec::new(), Vec::new());
        for zone in zoned.zones.iter().filter(|z| is_read(z.kind)) {
            let range = tokens.at_byte(zone.span.start())..tokens.at_byte(zone.span.end());
            let before = sentences.last().map_or(0, |s: &crate::text::Sentence| s.paragraph + 1);
            for mut sentence in tokens.sentences(range, |w| self.zoner.is_abbreviation(w)) {
                sentence.paragraph += before;
                sentences.push(sentence);
                zones.push(zone.clone());
            }
        }
        let entries = cut::entries(&tokens, &sentences);
        for (zone, entry) in zones.iter_mut().zip(entries) {
            if entry && zone.undated == Undated::Unknown {
                zone.undated = Undated::Entry;
            }
        }
        let toponyms = self.resolver.resolve(&tokens, &sentences, &self.gazetteer);
        let source = report.source.clone().or(zoned.source);
        let published = zoned.published;
        let dates = vec![OnceCell::new(); sentences.len()];
        let held = sentences.iter().map(|s| self.grammar.sets_of(&words[s.tokens.clone()])).collect();
        (
            Cut { tokens, words, all_words, sentences, held, zones, toponyms, dates, published, source },
            zoned.notices,
        )
    }

    /// Places that only say where the writer sat.
    fn dateline_places(&self, tokens: &Tokens<'_>, zoned: &Zoned) -> Vec<PlaceMention> {
        let mut out = Vec::new();
        for zone in zoned.zones.iter().filter(|z| z.kind == ZoneKind::Dateline) {
            let range = tokens.at_byte(zone.span.start())..tokens.at_byte(zone.span.end());
            let sentences = tokens.sentences(range, |w| self.zoner.is_abbreviation(w));
            let toponyms = self.resolver.resolve_datelines(tokens, &sentences, &self.gazetteer);
            out.extend(toponyms.into_iter().flatten().map(|t| PlaceMention::of(t, zone.kind, tokens)));
        }
        out
    }

    fn read_sentence(
        &self,
        report: &Report,
        cut: &Cut<'_>,
        i: usize,
        thread: &mut Thread,
        reading: &mut Reading,
    ) {
        let sentence = &cut.sentences[i].tokens;
        let toponyms = &cut.toponyms[i];
        let day = cut.day(i);
        let speaker = self.speaker(cut, i, thread);
        let acts_before = reading.events.len();
        let listed = self.listed(cut, i, thread);
        let triggered = sentence.clone().any(|t| self.grammar.triggers.get(cut.words[t]).is_some());
        if triggered || listed.is_some() {
            let chunker = Chunker {
                grammar: &self.grammar,
                gazetteer: &self.gazetteer,
                tokens: &cut.tokens,
                words: &cut.words,
                toponyms,
                starts: chunk::starts(toponyms),
                districts: if i < thread.lead { &thread.scene.districts } else { &[] },
                day,
                we: speaker.as_ref().and_then(|s| s.party(&self.grammar)),
                they: self.they(cut, i, thread, reading).or_else(|| speaker.as_ref()?.party(&self.grammar)),
            };
            let chunks = chunker.chunk(sentence.clone());
            let speaker = speaker.as_ref();
            let mut firings = firings(&self.grammar, &chunks);
            firings.retain(|f| self.may_fire(f.rule, cut, i, &reading.events));
            firings.splice(0..0, listed.into_iter().flat_map(|l| listing::items(l, &chunks)));
            let undated = firings.is_empty() && thread.previous.is_some() && i >= thread.lead;
            let dates = if undated { &[] } else { self.dates(cut, i) };
            let violent = firings.iter().any(|f| !f.rule.toll && effect::has_toll(f.rule.kind));
            let here = Here {
                grammar: &self.grammar,
                report,
                cut,
                i,
                chunks: &chunks,
                dates,
                speaker,
                day,
                news: thread.news,
                violent,
            };
            let speaks = speaker.is_some_and(|s| s.verb != usize::MAX);
            thread.scene.note_speakers_province(speaks, toponyms, &self.gazetteer);
            thread.see(chunks.actors.iter().flatten());
            for firing in &firings {
                let trigger = chunks.items[firing.captures.trigger].from;
                let fate = self.read_or_list(&here, firing, thread, &mut reading.events);
                let span = cut.tokens.span(trigger, trigger + 1);
                let (rule, kind, order) = (firing.rule.name.clone(), firing.rule.kind, thread.order);
                let dated_by = thread.dated_by.take();
                reading.acts.push(Act { rule, kind, trigger: span, dated_by, order, fate });
            }
            if reading.events.len() == acts_before {
                thread.previous = thread.previous.or_else(|| here.fresh_day());
                let only = here.only_day().map(|day| (cut.sentences[i].paragraph, day));
                thread.day = only.or(thread.day);
                thread.frame = thread.frame.or_else(|| here.only_day().filter(|_| i < thread.lead));
            }
        }
        let told = reading.events.len() > acts_before;
        self.read_on(cut, i, told, speaker, thread, reading);
    }

    /// A picture is of what it shows, and "the attack took place in X" is told of an act where one was told before.
    fn may_fire(&self, rule: &Rule, cut: &Cut<'_>, i: usize, told: &[Event]) -> bool {
        let shown = !rule.shown || cut.zones[i].kind == ZoneKind::Caption;
        shown && (!rule.retells || self.taken_up(cut, i, told).is_none())
    }

    /// What a sentence adds to what was told, and leaves to those that follow.
    fn read_on(
        &self,
        cut: &Cut<'_>,
        i: usize,
        told: bool,
        speaker: Option<Speaker>,
        thread: &mut Thread,
        reading: &mut Reading,
    ) {
        let elsewhere = thread.spot.is_none_or(|(p, _)| p != cut.sentences[i].paragraph);
        if reading.acts.is_empty() || elsewhere || !told && cut.opens_with_place(i) {
            thread.set_scene(cut, i, &self.gazetteer);
        }
        if !told {
            self.take_details(cut, i, &mut reading.events);
            self.take_denial(cut, i, speaker.as_ref(), &mut reading.events);
        }
        self.take_responsibility(cut, i, &mut reading.events);
        thread.scene.note(&cut.toponyms[i], &self.gazetteer);
        let office = cut.holds(i, &[self.grammar.sets.spokesperson]);
        let named = speaker.as_ref().filter(|s| office && s.verb != usize::MAX).cloned();
        thread.office = named.or(thread.office.take());
        thread.speaker = speaker.or(thread.speaker.take());
    }

    /// The day of the news of the story of sentence `from`, as its lead tells.
    fn news_day(&self, cut: &Cut<'_>, from: usize) -> Option<Date> {
        let story = cut.zones[from].story;
        let lead = (from..cut.zones.len())
            .take_while(|i| cut.zones[*i].story == story)
            .find(|i| cut.zones[*i].kind == ZoneKind::Body)?;
        let start = cut.sentences[lead].tokens.start;
        news::news_day(&self.grammar, &cut.words, start, self.dates(cut, lead), cut.day(lead))
    }

    /// The time expressions of sentence `i`.
    pub(super) fn dates<'c>(&self, cut: &'c Cut<'_>, i: usize) -> &'c [DateMention] {
        let sentence = || cut.sentences[i].tokens.clone();
        cut.dates[i].get_or_init(|| self.calendar.find(&cut.tokens, &cut.all_words, sentence(), cut.day(i)))
    }

    /// The days that the title of the story of sentence `from` names.
    fn period(&self, cut: &Cut<'_>, from: usize) -> Option<EventDate> {
        let title = Some(from).filter(|i| cut.zones[*i].kind == ZoneKind::Headline)?;
        let dates = self.dates(cut, title);
        news::period(dates, cut.day(title))
    }

    /// Whom "they" means in sentence `i`, whoever speaks.
    fn they(&self, cut: &Cut<'_>, i: usize, thread: &Thread, reading: &Reading) -> Option<Actor> {
        self.spoken_of(cut, i, reading).or_else(|| thread.actor.clone())
    }

    /// The party that the sentence before `i` speaks of, where it tells no act and names no other.
    fn spoken_of(&self, cut: &Cut<'_>, i: usize, reading: &Reading) -> Option<Actor> {
        let before =
            i.checked_sub(1).filter(|b| cut.sentences[*b].paragraph == cut.sentences[i].paragraph)?;
        if reading.events.last().is_some_and(|e| e.quote_start == cut.span(before).start()) {
            return None;
        }
        let sentence = &cut.sentences[before].tokens;
        let (mut at, mut found) = (sentence.start, None);
        while at < sentence.end {
            let named = self.grammar.actors.longest(&cut.words[at..sentence.end]);
            let (length, sense) = named
                .map_or((1, None), |(n, senses)| (n, senses.iter().find(|s| s.holds_on(cut.day(before)))));
            at += length;
            let Some(actor) = sense.map(|s| s.actor()) else { continue };
            if found.as_ref().is_some_and(|f: &Actor| f.side != actor.side) {
                return None;
            }
            found = found.or(Some(actor));
        }
        found
    }

    /// Who speaks in sentence `i`: somebody it names, the one whose speech it goes on, or the party whose
    /// statement the report is.
    fn speaker(&self, cut: &Cut<'_>, i: usize, thread: &Thread) -> Option<Speaker> {
        self.voice(cut, i, thread).or_else(|| thread.house.clone())
    }

    fn voice(&self, cut: &Cut<'_>, i: usize, thread: &Thread) -> Option<Speaker> {
        let day = cut.day(i);
        self.named_speaker(cut, i, day).or_else(|| {
            let ahead = || self.closing_speaker(cut, i, day);
            let before = || thread.speaker.clone();
            let goes_on = match speech::continues_speech(&self.grammar, cut, i)? {
                Continues::Pronoun => before().or_else(ahead),
                Continues::Quotation => ahead().or_else(before),
                Continues::Office => thread.office.clone().or_else(before).or_else(ahead),
            };
            goes_on.map(|speaker| Speaker { verb: usize::MAX, opens: None, ..speaker })
        })
    }

    /// The speaker that sentence `i` names.
    fn named_speaker(&self, cut: &Cut<'_>, i: usize, day: Option<Date>) -> Option<Speaker> {
        let sets = &self.grammar.sets;
        let sentence = &cut.sentences[i].tokens;
        cut.holds(i, &[sets.say, sets.respond])
            .then(|| speech::speaker(&self.grammar, &cut.tokens, &cut.words, sentence, day))?
    }

    /// A quotation may name its speaker only at its end, some sentences on.
    fn closing_speaker(&self, cut: &Cut<'_>, i: usize, day: Option<Date>) -> Option<Speaker> {
        let paragraph = cut.sentences[i].paragraph;
        (i + 1..cut.sentences.len())
            .take(QUOTATION)
            .take_while(|k| cut.sentences[*k].paragraph == paragraph && cut.zones[*k] == cut.zones[i])
            .find_map(|k| self.named_speaker(cut, k, day))
    }
}

fn is_read(kind: ZoneKind) -> bool {
    matches!(kind, ZoneKind::Body | ZoneKind::Headline | ZoneKind::Caption | ZoneKind::Post)
}

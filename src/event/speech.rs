//! Speech: who says so, and what it is to him.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::cut::Cut;
use super::grammar::{Grammar, SpeakerSense, Standing, Valid};
use super::outlets::{OutletKind, Outlets};
use super::{Actor, Attribution, Interest, Modality, Side, Voice};
use crate::lexicon::{Vocabulary, WordId};
use crate::text::{Shape, Tokens};

/// Somebody who speaks in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Speaker {
    /// As named, with the place or name beside the title.
    pub(super) name: Arc<str>,
    pub(super) standing: Standing,
    pub(super) side: Option<Side>,
    /// The reporting verb's token: dates beside it date the statement.
    pub(super) verb: usize,
    /// Where he begins to speak in a clause of his own: what is told ahead of it is not his word.
    pub(super) opens: Option<usize>,
}

impl Speaker {
    /// The party that "we" means in his mouth.
    pub(super) fn party(&self, grammar: &Grammar) -> Option<Actor> {
        grammar.party(self.side.filter(|_| self.standing == Standing::Official)?)
    }
}

/// How far the title may stand from the reporting verb, in tokens.
const REACH: usize = 14;

/// How far behind its verb the title may stand: "said a spokesman", "according to the provincial governor".
const INVERTED: usize = 5;

/// The speaker of a sentence: the title nearest to its reporting verb.
pub(super) fn speaker(
    grammar: &Grammar,
    tokens: &Tokens<'_>,
    words: &[WordId],
    sentence: &Range<usize>,
    day: Option<Date>,
) -> Option<Speaker> {
    let speaks =
        |i: &usize| [grammar.sets.say, grammar.sets.respond].iter().any(|s| grammar.is(words[*i], *s));
    let mine = |v: &usize| !is_pronouns(grammar, words, sentence, *v);
    let verbs: Vec<usize> = sentence.clone().filter(speaks).filter(mine).collect();
    // "The Taliban's claim was rejected by the ministry" is the ministry's word.
    let denied = verbs.iter().any(|v| grammar.is(words[*v], grammar.sets.respond));
    let mut best: Option<(usize, Speaker)> = None;
    let mut at = sentence.start;
    while at < sentence.end {
        let Some((length, senses)) = grammar.speakers.longest(&words[at..sentence.end]) else {
            at += 1;
            continue;
        };
        let title = at..at + length;
        let party = grammar.actors.longest(&words[title.clone()]).is_some_and(|(n, _)| n == length);
        let said = |v: &usize| {
            if *v > at {
                !party || is_subject(tokens, &title, *v)
            } else {
                is_inverted(grammar, tokens, words, sentence, &title, *v)
            }
        };
        let nearest = verbs.iter().filter(|v| said(v)).map(|v| (v.abs_diff(at), *v)).min();
        let sense = senses.iter().find(|s| s.holds_on(day));
        let nearer = |d: usize| d <= REACH && best.as_ref().is_none_or(|(other, _)| d < *other);
        let owner = tokens.get(at + length - 1).is_some_and(|t| t.possessive) && denied;
        if let (Some((distance, verb)), Some(sense), false) =
            (nearest.filter(|(d, _)| nearer(*d)), sense, owner)
        {
            let span = tokens.span(named_from(tokens, at, sentence.start), at + length);
            let name = span.of(tokens.text()).into();
            let opens = turns_to(grammar, words, sentence, at).filter(|_| verb > at);
            best =
                Some((distance, Speaker { name, standing: sense.standing, side: sense.side, verb, opens }));
        }
        at += length;
    }
    best.map(|(_, s)| s)
}

/// "Six were killed when the Taliban attacked, he added": the word is his whom the pronoun means, not that of a
/// party named elsewhere in the sentence.
fn is_pronouns(grammar: &Grammar, words: &[WordId], sentence: &Range<usize>, verb: usize) -> bool {
    let person = |i: usize| sentence.contains(&i) && grammar.is(words[i], grammar.sets.speaker_pronoun);
    verb > sentence.start && person(verb - 1)
}

/// "..., but the ministry says": the word that begins the speaker's own clause, if his title stands right behind it.
fn turns_to(grammar: &Grammar, words: &[WordId], sentence: &Range<usize>, title: usize) -> Option<usize> {
    let mut at = title;
    while at > sentence.start && grammar.is(words[at - 1], grammar.sets.det) {
        at -= 1;
    }
    at.checked_sub(1).filter(|t| *t >= sentence.start && grammar.is(words[*t], grammar.sets.boundary))
}

/// "Killing 40 of the militants, the agency reports": a party speaks where nothing parts it from its verb but what two
/// commas set off.
fn is_subject(tokens: &Tokens<'_>, title: &Range<usize>, verb: usize) -> bool {
    let marks = || (title.end..verb).filter(|t| tokens.shape(*t) == Shape::Mark);
    let commas = marks().filter(|t| tokens.fold(*t) == ",").count();
    marks().count() == commas && commas != 1
}

/// "..., said a spokesman", "according to the governor": not "said the insurgents were in control".
fn is_inverted(
    grammar: &Grammar,
    tokens: &Tokens<'_>,
    words: &[WordId],
    sentence: &Range<usize>,
    title: &Range<usize>,
    verb: usize,
) -> bool {
    let sets = &grammar.sets;
    let mark = |t: usize| tokens.shape(t) == Shape::Mark;
    let near = title.start - verb <= INVERTED;
    let apart = verb == sentence.start || mark(verb - 1);
    let closes = title.end >= sentence.end || mark(title.end);
    let addressed = (verb + 1..title.start)
        .any(|t| grammar.is(words[t], sets.infinitive) || grammar.is(words[t], sets.by));
    near && (apart || closes || addressed)
}

/// So many words of a partisan's diction make a report his statement; a strong one counts for two, and one that the
/// other side uses as well only beside one of his own.
const PARTISAN: usize = 2;

/// The party whose own statement a story is: its outlet speaks for one, an office names itself ahead of a colon at
/// its start, or the words outside quotations are those of one side only.
pub(super) fn house(grammar: &Grammar, outlets: &Outlets, cut: &Cut<'_>, i: usize) -> Option<Speaker> {
    let outlet = cut.source.as_deref().and_then(|source| outlets.find(source, cut.day(i)));
    if let Some(party) = outlet.filter(|o| o.kind == OutletKind::Party) {
        let (name, side) = (party.name.as_str().into(), party.standing.side());
        return Some(Speaker { name, standing: Standing::Official, side, verb: usize::MAX, opens: None });
    }
    let first = cut.sentences[i].tokens.clone();
    let heading = (first.start..first.end.min(first.start + REACH)).find(|t| cut.tokens.fold(*t) == ":");
    let office = heading.and_then(|end| {
        let governed = |t: &usize| {
            let back = (first.start..*t).rev().find(|i| !grammar.is(cut.words[*i], grammar.sets.det));
            back.is_some_and(|i| grammar.is(cut.words[i], grammar.sets.preposition))
        };
        (first.start..end).filter(|t| !governed(t)).find_map(|t| {
            let (length, senses) = grammar.speakers.longest(&cut.words[t..end])?;
            let holds = |s: &&SpeakerSense| s.holds_on(cut.day(i)) && s.standing == Standing::Official;
            let side = senses.iter().find(holds)?.side;
            Some((cut.tokens.span(t, t + length).of(cut.tokens.text()).into(), side))
        })
    });
    let (name, side) = office.or_else(|| {
        is_partisan(grammar, cut, i)
            .then(|| grammar.party(Side::Taliban))
            .flatten()
            .map(|a| (a.name, Some(a.side)))
    })?;
    Some(Speaker { name, standing: Standing::Official, side, verb: usize::MAX, opens: None })
}

/// Whether the story of sentence `from` speaks, outside quotations, as the insurgents do.
fn is_partisan(grammar: &Grammar, cut: &Cut<'_>, from: usize) -> bool {
    let story = cut.zones[from].story;
    let spoken = || (from..cut.sentences.len()).take_while(|k| cut.zones[*k].story == story);
    let (mut own, mut shared, mut quoted) = (0, 0, false);
    let sets = &grammar.sets;
    let [plain, strong, of_both] =
        [sets.partisan, sets.partisan_strong, sets.partisan_shared].map(Vocabulary::bit);
    if !spoken().any(|k| cut.holds(k, &[sets.partisan, sets.partisan_strong])) {
        return false;
    }
    for t in spoken().flat_map(|k| cut.sentences[k].tokens.clone()) {
        quoted ^= cut.tokens.shape(t) == Shape::Mark && cut.tokens.fold(t) == "\"";
        let word = grammar.vocabulary.sets_of(cut.words[t]);
        if quoted || word & (plain | strong | of_both) == 0 {
            continue;
        }
        let says = |set| usize::from(word & set != 0);
        own += says(plain) + 2 * says(strong);
        shared += says(of_both);
    }
    own > 0 && own + shared >= PARTISAN
}

/// Takes in the capitalised words before a title: "Badghis governor".
fn named_from(tokens: &Tokens<'_>, at: usize, start: usize) -> usize {
    use crate::text::Shape::{AllCaps, Capitalised};
    let mut from = at;
    while from > start && at - from < 3 && matches!(tokens.shape(from - 1), Capitalised | AllCaps) {
        from -= 1;
    }
    from
}

/// Whether a sentence that names no speaker goes on somebody's speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Continues {
    /// A pronoun speaks, and means him who spoke before: "he said", "it said", "the spokesman said".
    Pronoun,
    /// "The spokesman conceded": the one who spoke before.
    Office,
    /// It stands within quotation marks, and him who speaks the sentences that follow may name.
    Quotation,
}

/// How far behind its verb "the spokesman" may stand who spoke before: "according to the spokesman".
const ATTRIBUTED: usize = 3;

/// Whether and how the sentence goes on a speech.
pub(super) fn continues_speech(grammar: &Grammar, cut: &Cut<'_>, i: usize) -> Option<Continues> {
    let sets = &grammar.sets;
    let (tokens, words, sentence) = (&cut.tokens, &cut.words, &cut.sentences[i].tokens);
    let says = |i: usize| i < sentence.end && grammar.vocabulary.is_in(words[i], sets.say);
    let quoted = tokens.fold(sentence.start) == "\"";
    let person = |i: usize| grammar.is(words[i], sets.speaker_pronoun);
    let body = |i: usize| quoted && grammar.is(words[i], sets.pronoun_it);
    let speaks =
        |i: usize| (person(i) || body(i)) && says(i + 1) || person(i) && i > sentence.start && says(i - 1);
    let again = |i: usize| {
        let before = i.saturating_sub(ATTRIBUTED).max(sentence.start)..i;
        i > sentence.start
            && grammar.is(words[i], sets.spokesperson)
            && grammar.is(words[i - 1], sets.det)
            && (says(i + 1) || before.clone().any(says))
    };
    let spoken = cut.holds(i, &[sets.say]);
    if spoken && sentence.clone().any(speaks) {
        return Some(Continues::Pronoun);
    }
    if spoken && sentence.clone().any(again) {
        return Some(Continues::Office);
    }
    quoted.then_some(Continues::Quotation)
}

/// What the speaker's word is worth for an act that `winner` gains by and `loser` loses by.
pub(super) fn attribution(
    speaker: Option<&Speaker>,
    winner: Option<Side>,
    loser: Option<Side>,
) -> (Attribution, Modality) {
    let Some(speaker) = speaker else {
        let own =
            Attribution { claimant: None, side: None, interest: Interest::Neutral, voice: Voice::Outlet };
        return (own, Modality::Asserted);
    };
    let same = |a: Option<Side>, b: Option<Side>| a.is_some() && a.map(camp) == b.map(camp);
    let (interest, voice, modality) = if same(speaker.side, winner) {
        (Interest::SelfServing, Voice::Party, Modality::Claimed)
    } else if same(speaker.side, loser) && speaker.standing == Standing::Official {
        (Interest::Against, Voice::Admission, Modality::ConfirmedByLoser)
    } else {
        (Interest::Neutral, Voice::ThirdParty, Modality::Asserted)
    };
    (Attribution { claimant: Some(speaker.name.to_string()), side: speaker.side, interest, voice }, modality)
}

/// How sure a fight or a blow is that nobody gains a place by: a party tells of its own blows, and of all that stands
/// in its `house`'s statement, as a claim; whoever owns to have been struck merely says so.
pub(super) fn modality_of_blow(speaker: Option<&Speaker>, striker: Option<Side>, house: bool) -> Modality {
    let official = speaker.filter(|s| s.standing == Standing::Official);
    let claims = official.and_then(|s| s.side).is_some_and(|side| {
        let fights_here = matches!(side, Side::Taliban | Side::Government | Side::Militia);
        striker.map(camp) == Some(camp(side)) || house && fights_here
    });
    if claims { Modality::Claimed } else { Modality::Asserted }
}

/// Allies share what they gain and lose.
pub(super) fn camp(side: Side) -> Side {
    match side {
        Side::Militia | Side::UsNato => Side::Government,
        side => side,
    }
}

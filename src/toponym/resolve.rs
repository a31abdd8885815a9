//! Resolution: which place each mention means, decided together over a report.

use std::collections::BTreeSet;

use super::case::Case;
use super::context::Context;
use super::find::{Finder, Mention};
use super::{Cues, Refusal, Refused, Toponym};
use crate::data::DataFiles;
use crate::error::Error;
use crate::gazetteer::Gazetteer;
use crate::text::{Sentence, Tokens};

/// Finds and resolves the places of a report.
#[derive(Debug)]
pub struct Resolver {
    finder: Finder,
    cues: Cues,
}

impl Resolver {
    /// Prepares the search for all names of a gazetteer.
    ///
    /// # Errors
    /// `Error::Data` where `lexicon/en/toponyms.toml` is malformed.
    pub fn new(data: &DataFiles, gazetteer: &Gazetteer) -> Result<Resolver, Error> {
        Ok(Resolver { finder: Finder::of(gazetteer), cues: Cues::from_data(data)? })
    }

    /// The toponyms of each sentence of a report. In a report about another country there are none.
    #[must_use]
    pub fn resolve(
        &self,
        tokens: &Tokens<'_>,
        sentences: &[Sentence],
        gazetteer: &Gazetteer,
    ) -> Vec<Vec<Toponym>> {
        let mentions = self.finder.find(tokens, sentences, gazetteer, &self.cues, |_, _| {});
        if !self.is_about_afghanistan(tokens, &mentions, gazetteer) {
            return vec![Vec::new(); sentences.len()];
        }
        self.decide(tokens, sentences, mentions, gazetteer, false)
    }

    /// Whether [`Resolver::resolve`] may find any toponym in sentences of this text: the quick look that most texts of the
    /// world need no more than.
    #[must_use]
    pub fn may_find(&self, tokens: &Tokens<'_>, gazetteer: &Gazetteer) -> bool {
        self.has_afghan_word(tokens) || self.finder.may_find(tokens, gazetteer, &self.cues)
    }

    /// The toponyms of datelines, which say where the writer sat, whatever the report is about.
    #[must_use]
    pub fn resolve_datelines(
        &self,
        tokens: &Tokens<'_>,
        sentences: &[Sentence],
        gazetteer: &Gazetteer,
    ) -> Vec<Vec<Toponym>> {
        let mentions = self.finder.find(tokens, sentences, gazetteer, &self.cues, |_, _| {});
        self.decide(tokens, sentences, mentions, gazetteer, true)
    }

    /// The names in these sentences that sound like places and are not taken for one, in their order, each with the
    /// reason. Reads the report once more: it is for those who ask.
    #[must_use]
    pub fn refused(
        &self,
        tokens: &Tokens<'_>,
        sentences: &[Sentence],
        gazetteer: &Gazetteer,
    ) -> Vec<Refused> {
        let mut out = Vec::new();
        let refuse = |mention: &Mention<'_>, why| Refused { tokens: mention.tokens.clone(), why };
        let note = |mention: &Mention<'_>, why| out.push(refuse(mention, why));
        let mentions = self.finder.find(tokens, sentences, gazetteer, &self.cues, note);
        if self.is_about_afghanistan(tokens, &mentions, gazetteer) {
            let context = Context::of(mentions, tokens, sentences, gazetteer, &self.cues);
            for (i, list) in context.mentions.iter().enumerate() {
                for (k, mention) in list.iter().enumerate() {
                    let case = self.case(tokens, sentences, &context, gazetteer, false);
                    out.extend(case(i, k).refusal().map(|why| refuse(mention, why)));
                }
            }
        } else {
            out.extend(mentions.iter().flatten().map(|m| refuse(m, Refusal::OtherCountry)));
        }
        out.sort_by_key(|r| r.tokens.start);
        out
    }

    fn case<'a, 't, 'g>(
        &'a self,
        tokens: &'a Tokens<'t>,
        sentences: &'a [Sentence],
        context: &'a Context<'g>,
        gazetteer: &'g Gazetteer,
        dateline: bool,
    ) -> impl Fn(usize, usize) -> Case<'a, 't, 'g> {
        move |i, k| Case { cues: &self.cues, tokens, gazetteer, sentences, context, dateline, i, k }
    }

    fn decide(
        &self,
        tokens: &Tokens<'_>,
        sentences: &[Sentence],
        mentions: Vec<Vec<Mention<'_>>>,
        gazetteer: &Gazetteer,
        dateline: bool,
    ) -> Vec<Vec<Toponym>> {
        let context = Context::of(mentions, tokens, sentences, gazetteer, &self.cues);
        let case = self.case(tokens, sentences, &context, gazetteer, dateline);
        let resolve = |(i, list): (usize, &Vec<Mention<'_>>)| {
            (0..list.len()).filter_map(|k| case(i, k).resolve()).collect()
        };
        context.mentions.iter().enumerate().map(resolve).collect()
    }

    /// An Afghan word, a name with its type word, two Afghan names, or a province's own name behind "in".
    fn is_about_afghanistan(
        &self,
        tokens: &Tokens<'_>,
        mentions: &[Vec<Mention<'_>>],
        gazetteer: &Gazetteer,
    ) -> bool {
        if mentions.iter().all(Vec::is_empty) {
            return false;
        }
        if self.has_afghan_word(tokens) {
            return true;
        }
        let all: Vec<&Mention<'_>> = mentions.iter().flatten().filter(|m| m.is_known(gazetteer)).collect();
        let own = all.iter().filter(|m| !m.has_namesake_abroad(gazetteer));
        let names: BTreeSet<&str> = own.map(|m| m.spelling.as_str()).collect();
        let typed = all.iter().any(|m| !m.kinds.is_empty());
        let alone = !mentions.iter().flatten().any(|m| m.is_foreign(gazetteer));
        names.len() >= 2 || typed || all.iter().any(|m| self.is_unmistakable(m, alone, tokens, gazetteer))
    }

    fn has_afghan_word(&self, tokens: &Tokens<'_>) -> bool {
        (0..tokens.len()).any(|i| self.cues.afghan.contains(tokens.word(i)))
    }

    /// A province or capital spelled just so, not found elsewhere in the world, and located or alone; a building or
    /// town of several words likewise.
    fn is_unmistakable(
        &self,
        mention: &Mention<'_>,
        alone: bool,
        tokens: &Tokens<'_>,
        gazetteer: &Gazetteer,
    ) -> bool {
        let start = mention.phrase.start;
        let tag = usize::from(start > 0 && tokens.fold(start - 1) == "#");
        let located = start > tag && self.cues.preposition.contains(tokens.word(start - 1 - tag));
        let unit = mention.province(gazetteer).is_some() || mention.places().any(|p| gazetteer.is_capital(p));
        let elsewhere = self.cues.elsewhere.contains(tokens.word(mention.tokens.start));
        let afghan = mention.places().all(|p| !gazetteer.get(p).is_abroad());
        let telling = mention.tokens.len() >= 2 && afghan && alone && located;
        let supported = if elsewhere { alone && located } else { alone || located || mention.landmark };
        (unit && supported || telling) && mention.is_spelled_so()
    }
}

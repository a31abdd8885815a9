//! A report cut up: tokens, zones, sentences and the places they name, before any act is read.

use jiff::civil::Date;

use crate::gazetteer::{Gazetteer, PlaceKind, PlaceRef};
use crate::lexicon::WordId;
use crate::report::Zone;
use crate::text::{Sentence, Tokens};
use crate::toponym::{Relation, Toponym};

pub(super) struct Cut<'t> {
    pub(super) tokens: Tokens<'t>,
    /// By token, its word.
    pub(super) words: Vec<WordId>,
    pub(super) sentences: Vec<Sentence>,
    /// By sentence, its zone.
    pub(super) zones: Vec<Zone>,
    /// By sentence, its places.
    pub(super) toponyms: Vec<Vec<Toponym>>,
    pub(super) published: Option<Date>,
    pub(super) source: Option<String>,
}

impl Cut<'_> {
    /// Whether sentence `i` opens a story.
    pub(super) fn opens_story(&self, i: usize) -> bool {
        i == 0 || self.zones[i].story != self.zones[i - 1].story
    }

    /// The day that relative dates of sentence `i` count from, and by which its sides are told.
    pub(super) fn day(&self, i: usize) -> Option<Date> {
        self.zones[i].anchor.or(self.published)
    }

    /// The districts that the story of sentence `from` names, each once.
    pub(super) fn districts(&self, from: usize, gazetteer: &Gazetteer) -> Vec<PlaceRef> {
        let story = self.zones[from].story;
        let told = (from..self.sentences.len()).take_while(|i| self.zones[*i].story == story);
        let named = told.flat_map(|i| &self.toponyms[i]).filter_map(|t| t.place);
        let mut districts: Vec<PlaceRef> =
            named.filter(|p| gazetteer.get(*p).kind == PlaceKind::District).collect();
        districts.sort_unstable();
        districts.dedup();
        districts
    }

    /// The first provincial capital, the nation's own aside, that the story of sentence `from` names.
    pub(super) fn first_capital(&self, from: usize, gazetteer: &Gazetteer) -> Option<PlaceRef> {
        let story = self.zones[from].story;
        (from..self.sentences.len())
            .take_while(|i| self.zones[*i].story == story)
            .flat_map(|i| &self.toponyms[i])
            .filter(|t| t.relation == Relation::At)
            .filter_map(|t| t.place)
            .find(|p| gazetteer.is_capital(*p) && !super::scene::is_national_capital(*p, gazetteer))
    }
}

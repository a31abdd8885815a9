//! The thread of a story: what is carried from sentence to sentence.

use jiff::civil::Date;

use super::Actor;
use super::cut::Cut;
use super::listing::Listing;
use super::scene::{self, Scene, Spot};
use super::speech::Speaker;
use crate::date::EventDate;
use crate::gazetteer::{Gazetteer, PlaceKind};
use crate::text::Span;
use crate::toponym::Relation;

/// What is carried from sentence to sentence of a story; what a caption or a post says is carried no further.
#[derive(Clone, Default)]
pub(super) struct Thread {
    pub(super) scene: Scene,
    pub(super) speaker: Option<Speaker>,
    /// The spokesman who spoke last, whom "the spokesman" means.
    pub(super) office: Option<Speaker>,
    /// The party whose own statement the report is.
    pub(super) house: Option<Speaker>,
    /// The date of the act told last.
    pub(super) previous: Option<EventDate>,
    /// The day that was named or told last, and the paragraph that did.
    pub(super) day: Option<(usize, EventDate)>,
    /// The day that its beginning gives without an act of its own.
    pub(super) frame: Option<EventDate>,
    /// The days that its title names as those it is about.
    pub(super) period: Option<EventDate>,
    /// The day of the story's news, where it was printed the day after.
    pub(super) news: Option<Date>,
    /// The party that acted last.
    pub(super) actor: Option<Actor>,
    /// Where it acted, and in which paragraph that stands.
    pub(super) spot: Option<(usize, Spot)>,
    pub(super) order: u32,
    /// The sentence after the story's lead.
    pub(super) lead: usize,
    /// The words that date the act read last.
    pub(super) dated_by: Option<Span>,
    /// The parties that the story has named, each once.
    pub(super) seen: Vec<Actor>,
    /// What befell the places that are listed below.
    pub(super) listing: Option<Listing>,
}

impl Thread {
    /// The one place that a sentence names, or the one that lies in all others, is where the sentences after it play,
    /// whether or not an act is told there.
    pub(super) fn set_scene(&mut self, cut: &Cut<'_>, i: usize, gazetteer: &Gazetteer) {
        let named = cut.toponyms[i].iter().filter(|t| t.relation == Relation::At);
        let way = |s: &Spot| matches!(gazetteer.get(s.place).kind, PlaceKind::Road | PlaceKind::River);
        let spots = named.filter_map(|t| scene::named(t, gazetteer));
        let spots: Vec<Spot> = spots.filter(|s| !way(s)).collect();
        let holds = |outer: &Spot, inner: &Spot| {
            outer.place == inner.place || gazetteer.contains(outer.place, inner.place)
        };
        let mut inner = spots.iter().filter(|s| spots.iter().all(|o| holds(o, s)));
        if let Some(spot) = inner.next() {
            self.spot = Some((cut.answered_in(i), *spot));
        }
    }

    pub(super) fn see<'a>(&mut self, actors: impl Iterator<Item = &'a Actor>) {
        for actor in actors {
            if !self.seen.contains(actor) {
                self.seen.push(actor.clone());
            }
        }
    }
}

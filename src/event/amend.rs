//! Amendments: an event with another place, date or kind, as an editor corrects it.

use super::effect::{changes_hands, outcome};
use super::speech::camp;
use super::{Effect, Event, EventKind, EventPlace, Interest, Modality, Scope, Side, Voice};
use crate::date::EventDate;
use crate::gazetteer::{Gazetteer, PlaceKind, PlaceRef};
use crate::toponym::GeoPrecision;

impl Event {
    /// Moves it to another place. Who holds what afterwards stays as told.
    pub fn move_to(&mut self, gazetteer: &Gazetteer, to: PlaceRef) {
        let place = gazetteer.get(to);
        let name = |place: Option<PlaceRef>| place.map(|p| gazetteer.get(p).name.clone());
        let both_provinces = self.place.kind == PlaceKind::Province && place.kind == PlaceKind::Province;
        self.place = EventPlace {
            id: place.id.clone(),
            name: place.name.clone(),
            kind: place.kind,
            scope: if both_provinces { self.place.scope } else { Scope::Place },
            admin1: gazetteer.province_of(to).map(|p| gazetteer.get(p).id.clone()),
            admin1_name: name(gazetteer.province_of(to)),
            admin2: gazetteer.district_of(to).map(|p| gazetteer.get(p).id.clone()),
            admin2_name: name(gazetteer.district_of(to)),
            position: place.position,
            precision: GeoPrecision::Exact.within(place.kind),
        };
    }

    /// Gives it other days.
    pub fn date_to(&mut self, to: EventDate) {
        self.when = Some(to);
    }

    /// Makes it an event of another kind, after which `effect` holds the place, or whoever must by its parties. Says
    /// false, and leaves it as it is, where that cannot be known.
    #[must_use]
    pub fn change_kind(&mut self, to: EventKind, effect: Option<Effect>) -> bool {
        let (actor1, actor2) = (self.actor1.as_ref(), self.actor2.as_ref());
        let named: Vec<_> = actor1.into_iter().chain(actor2).cloned().collect();
        let Some(outcome) = outcome(to, &self.place, actor1, actor2, self.telling.inside, false, &named)
        else {
            return false;
        };
        let holder = effect.or(outcome.effect);
        let is_of_persons = to == EventKind::Surrendered && actor1.is_some();
        if holder.is_none() && changes_hands(to) && !is_of_persons {
            return false;
        }
        let winner = match effect {
            Some(Effect::Taliban) => Some(Side::Taliban),
            Some(Effect::Government) => Some(Side::Government),
            Some(Effect::Contested) | None => outcome.winner,
        };
        self.kind = to;
        self.effect = holder;
        self.hear_again(winner);
        true
    }

    /// A party's word is a claim where it now gains, an admission where it now loses.
    fn hear_again(&mut self, winner: Option<Side>) {
        let (Some(speaker), Some(winner)) = (self.attribution.side.map(camp), winner.map(camp)) else {
            return;
        };
        let is_party = matches!(self.attribution.voice, Voice::Party | Voice::Admission);
        let fights = |side| matches!(side, Side::Taliban | Side::Government);
        if !is_party || !fights(speaker) || !fights(winner) || self.modality == Modality::Denied {
            return;
        }
        (self.attribution.interest, self.attribution.voice, self.modality) = if speaker == winner {
            (Interest::SelfServing, Voice::Party, Modality::Claimed)
        } else {
            (Interest::Against, Voice::Admission, Modality::ConfirmedByLoser)
        };
    }
}

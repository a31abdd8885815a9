//! Level: whether a name that is a province's and its capital's means the one or the other.

use super::case::Case;
use super::context::is_heading;
use super::find::Mention;
use super::{GeoPrecision, Relation, Toponym, type_words};
use crate::gazetteer::{PlaceKind, PlaceRef};
use crate::text::Shape;

impl Case<'_, '_, '_> {
    /// Settles the level and the precision of a toponym whose place is chosen.
    pub(super) fn set_level(&self, toponym: &mut Toponym) {
        let Some(place) = toponym.place else {
            toponym.precision = GeoPrecision::Part;
            return;
        };
        let mention = self.mention();
        let kind = |p| self.gazetteer.get(p).kind;
        let capital = mention.places().find(|p| self.gazetteer.is_capital(*p));
        let province = mention.province(self.gazetteer);
        let capital = capital.or_else(|| {
            self.gazetteer.seat_of(&self.gazetteer.get(province?).id).filter(|_| self.is_its_capital())
        });
        let (Some(province), Some(city)) = (province, capital) else {
            toponym.precision = match kind(place) {
                PlaceKind::Province => GeoPrecision::Province,
                _ => GeoPrecision::Exact,
            };
            return;
        };
        if ![province, city].contains(&place) && !mention.kinds.is_empty() {
            return;
        }
        if self.is_its_capital() {
            (toponym.place, toponym.precision) = (Some(city), GeoPrecision::Near);
            return;
        }
        let meant = self.means_city(toponym.relation);
        let is_city = meant.unwrap_or(false);
        toponym.level_open = meant.is_none();
        toponym.place = Some(if is_city { city } else { province });
        toponym.precision = if is_city { GeoPrecision::Exact } else { GeoPrecision::Province };
    }

    /// "Jarm district" is the district, though only its centre is known by this spelling; and the other way about.
    pub(super) fn set_called(&self, toponym: &mut Toponym) {
        let called = self.mention().called;
        let Some(place) = toponym.place.filter(|_| !called.is_empty()) else { return };
        let found = self.gazetteer.get(place);
        let meant = match found.kind {
            PlaceKind::City | PlaceKind::Village if called.contains(&PlaceKind::District) => {
                let centre = found.seat_of.is_some();
                self.gazetteer.district_of(place).filter(|_| centre)
            }
            PlaceKind::District if called.contains(&PlaceKind::City) => self.gazetteer.seat_of(&found.id),
            _ => None,
        };
        toponym.place = meant.or(toponym.place);
    }

    /// "The Helmand capital", and no name behind it.
    fn is_its_capital(&self) -> bool {
        let end = self.mention().tokens.end;
        let named = self.list().get(self.k + 1).is_some_and(|next| next.tokens.start <= end + 3);
        self.mention().kinds.is_empty() && !named && self.cues.seat.contains(self.tokens.word(end))
    }

    /// Whether the city is meant (true) or the province (false); None where nothing says.
    fn means_city(&self, relation: Relation) -> Option<bool> {
        let mention = self.mention();
        if let Some(kind) = mention.kinds.first() {
            return Some(*kind != PlaceKind::Province);
        }
        if let Some(first) = self.repeated() {
            return first.means_city(first.relation());
        }
        if self.dateline || self.lies_at_a_distance() || self.holds_quarter(relation) {
            return Some(true);
        }
        let container = relation == Relation::Container && !self.is_origin();
        if container || mention.office || self.heads_its_district() {
            return Some(false);
        }
        if let Some(kind) = self.listed_with() {
            return Some(kind == PlaceKind::City);
        }
        if self.context.by_province && is_heading(mention, self.tokens) {
            return Some(false);
        }
        let words = self.sentence().tokens.clone();
        let urban =
            mention.landmark || words.into_iter().any(|i| self.cues.urban.contains(self.tokens.word(i)));
        if urban || self.is_city_first() {
            return Some(true);
        }
        self.context.level.get(&mention.spelling).copied()
    }

    /// The bare name of the nation's capital is the city, whatever the province around it.
    fn is_city_first(&self) -> bool {
        self.cues.city_first.contains(&self.mention().spelling)
    }

    /// The mention before, which this one repeats in brackets.
    fn repeated(&self) -> Option<Self> {
        let k = self.k.checked_sub(1)?;
        let repeats = self.containment().repeats(&self.list()[k], self.mention());
        repeats.then_some(Case { k, ..*self })
    }

    /// "Ghazni, 150 km southwest of Kabul": distances are measured from towns.
    fn lies_at_a_distance(&self) -> bool {
        let end = self.mention().tokens.end;
        self.tokens.fold(end) == ","
            && self.tokens.shape(end + 1) == Shape::Number
            && self.cues.measure.contains(self.tokens.word(end + 2))
    }

    /// "Dasht-e Barchi, in the west of Kabul": what contains a quarter or a building of the city is the city.
    fn holds_quarter(&self, relation: Relation) -> bool {
        let Some(previous) = self.k.checked_sub(1).filter(|_| relation == Relation::Container) else {
            return false;
        };
        let places = || self.mention().places();
        let Some(city) = places().find(|p| self.gazetteer.is_capital(*p)) else { return false };
        let quarter = |p: PlaceRef| {
            let kind = self.gazetteer.get(p).kind;
            matches!(kind, PlaceKind::Village | PlaceKind::Facility)
                && self.gazetteer.district_of(p) == self.gazetteer.district_of(city)
                && self.gazetteer.district_of(p).is_some()
        };
        self.list()[previous].places().all(quarter)
    }

    /// "Ghazni: Ajristan fell": a heading before one of its districts.
    fn heads_its_district(&self) -> bool {
        let end = self.mention().tokens.end;
        let next = self.list().get(self.k + 1).filter(|next| next.tokens.start <= end + 2);
        let province = self.mention().province(self.gazetteer);
        let inside = |p: PlaceRef| {
            self.gazetteer.get(p).kind == PlaceKind::District && self.gazetteer.province_of(p) == province
        };
        matches!(self.tokens.fold(end), ":" | "/" | "-") && next.is_some_and(|next| next.places().any(inside))
    }

    /// The kind that the neighbours in a list have: "Helmand, Kandahar and Zabul" are provinces.
    fn listed_with(&self) -> Option<PlaceKind> {
        let list = self.list();
        let only = |m: &Mention<'_>| {
            let province = m.province(self.gazetteer).is_some();
            let capital = m.places().any(|p| self.gazetteer.is_capital(p));
            match (province, capital) {
                (true, false) => Some(PlaceKind::Province),
                (false, true) => Some(PlaceKind::City),
                _ => None,
            }
        };
        let joined = |a: usize, b: usize| type_words::is_joined(self.tokens, &list[a], &list[b]);
        let after = (self.k + 1..list.len()).take_while(|n| joined(n - 1, *n)).find_map(|n| only(&list[n]));
        let before = (0..self.k).rev().take_while(|n| joined(*n, n + 1)).find_map(|n| only(&list[n]));
        after.or(before)
    }
}

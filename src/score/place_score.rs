//! The score of places: every name that a reading took for a place, against the marks of its text.

use std::collections::BTreeMap;

use geo::{Distance, Haversine, Point};

use super::mark::{Named, spelling};
use super::{Mark, Marks, Meaning, PlaceFault, PlaceFaultKind, Share, Trap};
use crate::event::{PlaceMention, Reading};
use crate::gazetteer::{Gazetteer, Place, PlaceRef};
use crate::report::Report;

/// A place given by its position, or by its name alone, is met within so many metres.
const SAME_PLACE_M: f64 = 10_000.0;

/// What is counted over all texts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlaceScore {
    /// Texts that were compared.
    pub texts: usize,
    /// Of the names read as Afghan places: those that are right.
    pub precision: Share,
    /// Of the names marked as Afghan places: those that were read so.
    pub recall: Share,
    /// Of the marked names read as some place: those in the right province.
    pub province: Share,
    /// Of the marked names read as some place, whose place lies in a district: those in the right one.
    pub district: Share,
    /// How far off they lie, in km, as they come.
    pub errors_km: Vec<f64>,
    /// Of each kind of trap: how many were not read as an Afghan place.
    pub traps: BTreeMap<Trap, Share>,
    /// Of texts without spans: of the places read, those that are named in the gold.
    pub names_precision: Share,
    /// Of texts without spans: of the places named in the gold, those that were read.
    pub names_recall: Share,
    /// What went wrong, text by text.
    pub faults: Vec<PlaceFault>,
}

/// A text with its reading.
struct Compared<'c> {
    report: &'c Report,
    mentions: &'c [PlaceMention],
    gazetteer: &'c Gazetteer,
}

impl PlaceScore {
    /// Compares the reading of a report with the marks of its text.
    pub fn take(&mut self, marks: &Marks, report: &Report, reading: &Reading, gazetteer: &Gazetteer) {
        self.texts += 1;
        let text = Compared { report, mentions: &reading.places, gazetteer };
        match marks {
            Marks::Spans(marks) => {
                for mark in marks {
                    match &mark.meaning {
                        Meaning::Trap(trap) => self.take_trap(*trap, mark, marks, &text),
                        _ => self.take_mark(mark, &text),
                    }
                }
                self.take_mentions(marks, &text);
            }
            Marks::Names { wanted, neutral } => self.take_names(wanted, neutral, &text),
        }
    }

    fn take_mark(&mut self, mark: &Mark, text: &Compared<'_>) {
        let best = text.best(mark);
        let right = best.is_some_and(|m| text.is_right(m, mark));
        self.recall.count(right);
        let place = best.and_then(|m| m.toponym.place);
        if let Some(place) = place {
            self.errors_km.push(text.km(place, mark));
            self.take_units(place, mark, text.gazetteer);
        }
        if !right {
            let fault = if place.is_some() { PlaceFaultKind::Wrong } else { PlaceFaultKind::Missed };
            self.faults.push(text.fault(fault, mark, best));
        }
    }

    /// A road or a position has no province to be right about, and a province no district.
    fn take_units(&mut self, place: PlaceRef, mark: &Mark, gazetteer: &Gazetteer) {
        let Meaning::Place(accepted) = &mark.meaning else { return };
        let province = |p: &PlaceRef| gazetteer.province_of(*p);
        let district = |p: &PlaceRef| gazetteer.district_of(*p);
        if accepted.first().and_then(province).is_some() {
            self.province.count(accepted.iter().any(|a| province(a) == province(&place)));
        }
        if accepted.first().and_then(district).is_some() {
            self.district.count(accepted.iter().any(|a| district(a) == district(&place)));
        }
    }

    fn take_trap(&mut self, trap: Trap, mark: &Mark, marks: &[Mark], text: &Compared<'_>) {
        let taken = text.over(mark).find(|m| text.is_afghan(m) && !text.is_wanted(m, marks));
        self.traps.entry(trap).or_default().count(taken.is_none());
        if taken.is_some() {
            self.faults.push(text.fault(PlaceFaultKind::Trap, mark, taken));
        }
    }

    fn take_mentions(&mut self, marks: &[Mark], text: &Compared<'_>) {
        for mention in text.mentions.iter().filter(|m| text.is_afghan(m)) {
            self.precision.count(text.is_wanted(mention, marks));
            if !marks.iter().any(|mark| mark.span.overlaps(mention.span)) {
                self.faults.push(text.spurious(mention));
            }
        }
    }

    /// Each place counts once a text, however often it is named.
    fn take_names(&mut self, wanted: &[Named], neutral: &[Named], text: &Compared<'_>) {
        let afghan: Vec<&PlaceMention> = text.mentions.iter().filter(|m| text.is_afghan(m)).collect();
        for name in wanted {
            let found = afghan.iter().any(|m| text.is_named(m, name));
            self.names_recall.count(found);
            if !found {
                self.faults.push(PlaceFault {
                    fault: PlaceFaultKind::Missed,
                    id: text.report.id.clone(),
                    start: None,
                    end: None,
                    surface: name.name.clone(),
                    wanted: Some(name.name.clone()),
                    got: None,
                });
            }
        }
        let first = |(i, m): &(usize, &&PlaceMention)| {
            !afghan[..*i].iter().any(|before| before.toponym.place == m.toponym.place)
        };
        for (_, mention) in afghan.iter().enumerate().filter(first) {
            let known = wanted.iter().chain(neutral).any(|n| text.is_named(mention, n));
            self.names_precision.count(known);
            if !known {
                self.faults.push(text.spurious(mention));
            }
        }
    }
}

impl Compared<'_> {
    fn place(&self, mention: &PlaceMention) -> Option<&Place> {
        mention.toponym.place.map(|p| self.gazetteer.get(p))
    }

    fn is_afghan(&self, mention: &PlaceMention) -> bool {
        self.place(mention).is_some_and(|p| !p.is_abroad())
    }

    fn over(&self, mark: &Mark) -> impl Iterator<Item = &PlaceMention> {
        self.mentions.iter().filter(move |m| m.span.overlaps(mark.span))
    }

    /// Of the mentions over a mark: one that is right, else one with a place, else the first.
    fn best(&self, mark: &Mark) -> Option<&PlaceMention> {
        // Of equals the last would be taken; the first stands nearer the name's beginning.
        let rank = |m: &&PlaceMention| (self.is_right(m, mark), m.toponym.place.is_some());
        self.over(mark)
            .fold(None, |best, m| if best.is_none_or(|b| rank(&m) > rank(&b)) { Some(m) } else { best })
    }

    fn is_right(&self, mention: &PlaceMention, mark: &Mark) -> bool {
        match (&mark.meaning, mention.toponym.place) {
            (Meaning::Place(accepted), Some(place)) => accepted.contains(&place),
            (Meaning::At(_), Some(place)) => {
                self.is_afghan(mention) && self.km(place, mark) * 1000.0 <= SAME_PLACE_M
            }
            _ => false,
        }
    }

    fn is_wanted(&self, mention: &PlaceMention, marks: &[Mark]) -> bool {
        marks.iter().any(|mark| mark.span.overlaps(mention.span) && self.is_right(mention, mark))
    }

    /// From the place to the nearest that the mark accepts.
    fn km(&self, place: PlaceRef, mark: &Mark) -> f64 {
        let here = self.gazetteer.get(place).position;
        let off = |there: Point| Haversine.distance(here, there) / 1000.0;
        match &mark.meaning {
            Meaning::Place(accepted) => accepted
                .iter()
                .map(|a| if *a == place { 0.0 } else { off(self.gazetteer.get(*a).position) })
                .fold(f64::INFINITY, f64::min),
            Meaning::At(there) => off(*there),
            Meaning::Trap(_) => f64::INFINITY,
        }
    }

    fn is_named(&self, mention: &PlaceMention, name: &Named) -> bool {
        let Some(here) = mention.toponym.place else { return false };
        let place = self.gazetteer.get(here);
        let near = |p: &PlaceRef| {
            Haversine.distance(place.position, self.gazetteer.get(*p).position) <= SAME_PLACE_M
        };
        name.places.contains(&here)
            || name.spelling == spelling(&place.name)
            || name.spelling == spelling(mention.span.of(&self.report.text))
            || name.places.iter().any(near)
    }

    fn fault(&self, fault: PlaceFaultKind, mark: &Mark, mention: Option<&PlaceMention>) -> PlaceFault {
        PlaceFault {
            fault,
            id: self.report.id.clone(),
            start: Some(mark.span.start()),
            end: Some(mark.span.end()),
            surface: mark.span.of(&self.report.text).to_owned(),
            wanted: Some(match &mark.meaning {
                Meaning::Place(accepted) => self.either(accepted),
                Meaning::At(point) => format!("{}, {}", point.x(), point.y()),
                Meaning::Trap(trap) => trap.as_str().to_owned(),
            }),
            got: mention.map(|m| self.taken_for(m)),
        }
    }

    fn spurious(&self, mention: &PlaceMention) -> PlaceFault {
        PlaceFault {
            fault: PlaceFaultKind::Spurious,
            id: self.report.id.clone(),
            start: Some(mention.span.start()),
            end: Some(mention.span.end()),
            surface: mention.span.of(&self.report.text).to_owned(),
            wanted: None,
            got: Some(self.taken_for(mention)),
        }
    }

    fn taken_for(&self, mention: &PlaceMention) -> String {
        match mention.toponym.place {
            Some(place) => self.told(place),
            None if mention.toponym.rivals.is_empty() => "ambiguous".to_owned(),
            None => format!("ambiguous: {}", self.either(&mention.toponym.rivals)),
        }
    }

    fn either(&self, places: &[PlaceRef]) -> String {
        let each: Vec<String> = places.iter().map(|p| self.told(*p)).collect();
        each.join(" or ")
    }

    fn told(&self, place: PlaceRef) -> String {
        let it = self.gazetteer.get(place);
        let within = match self.gazetteer.province_of(place) {
            Some(province) if province != place => format!(", {}", self.gazetteer.get(province).name),
            _ if it.is_abroad() => ", abroad".to_owned(),
            _ => String::new(),
        };
        format!("{} {} ({}{within})", it.id, it.name, it.kind.as_str())
    }
}

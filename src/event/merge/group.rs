//! Groups: which tellings are one act.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::date::DatePrecision;
use crate::event::speech::camp;
use crate::event::{Effect, Event, EventKind, Scope, Side};
use crate::gazetteer::{PlaceId, PlaceKind};
use crate::text::fold;

/// Days that tellings of one act may lie apart: newsrooms in other time zones and late editions.
const APART_DAYS: i64 = 1;

/// A longer range is told from afar and joins what is dated better.
const WIDE_DAYS: i32 = 7;

/// Kinds that tell of one act in different words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    /// A place changes hands or is held.
    Control,
    /// The same, undone in the same breath.
    Raid,
    /// A building inside a place is taken or retaken.
    Seizure,
    /// Fighting.
    Battle,
    /// Shells and rockets.
    Guns,
    /// Planted, driven and carried bombs.
    Bomb,
    /// Violence against persons.
    Persons,
    /// A kind of its own.
    Only(EventKind),
}

fn family(event: &Event) -> Family {
    use EventKind as K;
    let named_facility = matches!(event.place.kind, PlaceKind::Facility | PlaceKind::Crossing);
    let family = match event.kind {
        K::Recaptured if event.effect == Some(Effect::Contested) => Family::Seizure,
        K::FacilitySeized if !named_facility => Family::Seizure,
        K::Surrendered if event.effect.is_none() => Family::Only(K::Surrendered),
        K::Captured
        | K::Recaptured
        | K::Surrendered
        | K::Abandoned
        | K::Transferred
        | K::Holds
        | K::FacilitySeized => Family::Control,
        K::Clash | K::Assault | K::Advance | K::Operation => Family::Battle,
        K::Shelling | K::Rocket => Family::Guns,
        K::Ied | K::CarBomb | K::SuicideBomb | K::Landmine => Family::Bomb,
        K::AttackOnCivilians | K::Assassination => Family::Persons,
        kind => Family::Only(kind),
    };
    if family == Family::Control && event.telling.reversed { Family::Raid } else { family }
}

/// Whose act it is: who gains the place, else who acts.
pub(super) fn side(event: &Event) -> Side {
    let actor = event.actor1.as_ref().map_or(Side::Unknown, |a| camp(a.side));
    match (event.kind, event.effect) {
        (EventKind::ForeignWithdrawal, _) => Side::Unknown,
        (_, Some(Effect::Taliban)) => Side::Taliban,
        (_, Some(Effect::Government)) => Side::Government,
        (EventKind::Abandoned | EventKind::Surrendered, _) => match actor {
            Side::Government => Side::Taliban,
            Side::Taliban => Side::Government,
            side => side,
        },
        _ => actor,
    }
}

/// Tellings taken for one act so far.
struct Draft {
    place: PlaceId,
    kind: PlaceKind,
    name: String,
    admin2: Option<PlaceId>,
    side: Side,
    /// The latest first day and the earliest last day; None for what has no date, which joins nothing.
    days: Option<(Date, Date)>,
    members: Vec<Event>,
}

impl Draft {
    fn of(event: Event) -> Draft {
        Draft {
            place: event.place.id.clone(),
            kind: event.place.kind,
            name: fold(&event.place.name),
            admin2: event.place.admin2.clone(),
            side: side(&event),
            days: event.when.map(|w| (w.from, w.to)),
            members: vec![event],
        }
    }

    /// How far apart the days of the two are: 0 where they meet; None where some pair of them lies too far apart
    /// or the sides differ.
    fn gap(&self, other: &Draft) -> Option<u8> {
        let sides = self.side == other.side || self.side == Side::Unknown || other.side == Side::Unknown;
        let ((from, to), (from2, to2)) = (self.days?, other.days?);
        let (latest, earliest) = (from.max(from2), to.min(to2));
        let near = latest <= earliest.saturating_add(APART_DAYS.days());
        (sides && near).then_some(u8::from(latest > earliest))
    }

    fn absorb(&mut self, other: Draft) {
        if self.side == Side::Unknown {
            self.side = other.side;
        }
        if let (Some((from, to)), Some((from2, to2))) = (self.days, other.days) {
            self.days = Some((from.max(from2), to.min(to2)));
        }
        self.members.extend(other.members);
    }

    /// Whether `self` lies in the province or district of `outer`, and what is told of `outer` may be told of it.
    fn lies_in(&self, outer: &Draft, family: Family) -> bool {
        let control = matches!(family, Family::Control | Family::Raid | Family::Only(EventKind::Repelled));
        match outer.kind {
            PlaceKind::Province => !control && self.kind != PlaceKind::Province,
            PlaceKind::District => {
                let inside = self.admin2.as_ref() == Some(&outer.place) && self.place != outer.place;
                inside && (!control || self.name == outer.name)
            }
            _ => false,
        }
    }
}

/// Acts of which only those with the same key can be one.
type Key = (PlaceId, Family, bool);

fn key(event: &Event) -> Key {
    let province = event.place.admin1.clone().unwrap_or_else(|| event.place.id.clone());
    (province, family(event), event.place.scope != Scope::Place)
}

/// The tellings of each act, each list oldest first.
pub(super) fn groups(events: Vec<Event>) -> Vec<Vec<Event>> {
    let mut keyed: Vec<(Key, Event)> = events.into_iter().map(|e| (key(&e), e)).collect();
    keyed.sort_by(|(a, e), (b, f)| a.cmp(b).then_with(|| order(e).cmp(&order(f))));
    keyed.dedup_by(|(_, a), (_, b)| a == b);
    let mut buckets: Vec<(Key, Vec<Event>)> = Vec::new();
    for (key, event) in keyed {
        match buckets.last_mut() {
            Some((same, bucket)) if *same == key => bucket.push(event),
            _ => buckets.push((key, vec![event])),
        }
    }
    buckets.into_iter().flat_map(|((_, family, _), bucket)| acts(bucket, family)).collect()
}

/// What puts tellings of one key in the order in which they are joined.
type Order<'e> = (&'e PlaceId, bool, bool, Option<(Date, Date)>, &'e str, Option<&'e str>, &'e str);

/// Places apart, those dated best first, those by a known side first; ids make the order total.
fn order(event: &Event) -> Order<'_> {
    let far = event.when.is_none_or(|w| w.precision == DatePrecision::Assumed || w.days() > WIDE_DAYS);
    let days = event.when.map(|w| (w.from, w.to));
    let unknown = side(event) == Side::Unknown;
    (&event.place.id, far, unknown, days, &event.id.0, event.source.as_deref(), &event.quote)
}

/// The acts that tellings of one key come to.
fn acts(bucket: Vec<Event>, family: Family) -> impl Iterator<Item = Vec<Event>> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut start = 0;
    for event in bucket {
        let draft = Draft::of(event);
        if drafts.get(start).is_some_and(|d| d.place != draft.place) {
            start = drafts.len();
        }
        join(&mut drafts, start, draft);
    }
    for outer in [PlaceKind::District, PlaceKind::Province] {
        refine(&mut drafts, outer, family);
    }
    drafts.into_iter().map(|d| oldest_first(d.members))
}

/// Adds a telling to the draft whose days it meets, else to one a day away, the latest of them; else it stands alone.
fn join(drafts: &mut Vec<Draft>, start: usize, draft: Draft) {
    let best = (start..drafts.len())
        .filter_map(|i| drafts[i].gap(&draft).map(|gap| (gap, std::cmp::Reverse(drafts[i].days), i)))
        .min();
    match best {
        Some((_, _, i)) => drafts[i].absorb(draft),
        None => drafts.push(draft),
    }
}

/// What is told of a district or province goes to the one act inside it that it can mean.
fn refine(drafts: &mut Vec<Draft>, outer: PlaceKind, family: Family) {
    let (broad, mut fine): (Vec<Draft>, Vec<Draft>) =
        std::mem::take(drafts).into_iter().partition(|d| d.kind == outer);
    let mut targets = Vec::with_capacity(broad.len());
    for draft in &broad {
        let mut inside =
            (0..fine.len()).filter(|i| fine[*i].lies_in(draft, family) && fine[*i].gap(draft).is_some());
        let only = inside.next().filter(|_| inside.next().is_none());
        targets.push(only);
    }
    for (draft, target) in broad.into_iter().zip(targets) {
        match target.filter(|i| fine[*i].gap(&draft).is_some()) {
            Some(i) => fine[i].absorb(draft),
            None => drafts.push(draft),
        }
    }
    drafts.append(&mut fine);
}

pub(super) fn oldest_first(mut members: Vec<Event>) -> Vec<Event> {
    members.sort_by(|a, b| {
        let age = |e: &Event| (e.published.is_none(), e.published);
        age(a)
            .cmp(&age(b))
            .then_with(|| (&a.doc_id, a.quote_start, &a.id).cmp(&(&b.doc_id, b.quote_start, &b.id)))
            .then_with(|| a.quote.cmp(&b.quote))
    });
    members
}

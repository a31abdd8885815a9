//! Effects: who holds the place after an act, who gains by it and who loses.

use super::speech::camp;
use super::{Actor, Effect, EventKind, EventPlace, Side};
use crate::gazetteer::PlaceKind;

/// Who holds the place afterwards, and whose gain and loss it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) effect: Option<Effect>,
    pub(super) winner: Option<Side>,
    pub(super) loser: Option<Side>,
}

/// Kinds by which a place may pass from one side to another.
pub(super) fn changes_hands(kind: EventKind) -> bool {
    use EventKind::{Abandoned, Captured, Holds, Recaptured, Repelled, Surrendered, Transferred};
    matches!(kind, Captured | Recaptured | Surrendered | Abandoned | Transferred | Repelled | Holds)
}

/// Kinds by which one side gains what the other loses, which both may own to.
pub(super) fn is_gain(kind: EventKind) -> bool {
    changes_hands(kind) || kind == EventKind::FacilitySeized
}

/// Kinds that a side's statement tells of itself where it names nobody.
pub(super) fn tells_own(kind: EventKind, side: Side) -> bool {
    use EventKind as K;
    match camp(side) {
        Side::Government => {
            matches!(kind, K::Operation | K::Airstrike | K::Repelled | K::Recaptured | K::Holds)
        }
        Side::Taliban => matches!(kind, K::Captured | K::FacilitySeized | K::Assault) || is_remote(kind),
        _ => false,
    }
}

/// Bombs, mines and rockets.
pub(super) fn is_remote(kind: EventKind) -> bool {
    use EventKind as K;
    matches!(kind, K::SuicideBomb | K::CarBomb | K::Ied | K::Landmine | K::Rocket)
}

/// Kinds for which somebody claims responsibility afterwards.
pub(super) fn is_claimed_by_bombers(kind: EventKind) -> bool {
    use EventKind as K;
    is_remote(kind) || matches!(kind, K::Assassination | K::AttackOnCivilians | K::Assault)
}

/// Kinds that are told of towns: a name shared by a province and its capital means the capital.
pub(super) fn is_urban(kind: EventKind) -> bool {
    use EventKind as K;
    matches!(
        kind,
        K::Assault | K::Siege | K::Advance | K::FacilitySeized | K::PrisonBreak | K::SuicideBomb | K::CarBomb
    )
}

/// Kinds by which somebody comes or goes: "from" and "to" tell where.
pub(super) fn is_movement(kind: EventKind) -> bool {
    use EventKind as K;
    matches!(
        kind,
        K::Displacement
            | K::Deployment
            | K::PrisonBreak
            | K::Abandoned
            | K::ForeignWithdrawal
            | K::Advance
            | K::Repelled
    )
}

/// Kinds that are told of buildings.
pub(super) fn is_in_buildings(kind: EventKind) -> bool {
    matches!(kind, EventKind::FacilitySeized | EventKind::PrisonBreak)
}

/// Kinds that only a party can do.
pub(super) fn needs_party(kind: EventKind) -> bool {
    changes_hands(kind) || matches!(kind, EventKind::Siege | EventKind::Assault | EventKind::FacilitySeized)
}

/// Kinds whose words are no figure of speech.
pub(super) fn is_literal(kind: EventKind) -> bool {
    use EventKind as K;
    matches!(kind, K::CarBomb | K::SuicideBomb | K::Ied | K::Landmine | K::Airstrike | K::Assassination)
}

/// Kinds that people die of.
pub(super) fn has_toll(kind: EventKind) -> bool {
    use EventKind as K;
    !matches!(
        kind,
        K::Captured
            | K::Recaptured
            | K::Transferred
            | K::Holds
            | K::Abandoned
            | K::Talks
            | K::Ceasefire
            | K::BorderClosed
            | K::ForeignWithdrawal
            | K::Deployment
            | K::Displacement
    )
}

/// The kind of record that a rule's kind gives at this place by this actor.
pub(super) fn kind(kind: EventKind, place: &EventPlace, actor: Option<&Actor>, part: bool) -> EventKind {
    let side = actor.map(|a| camp(a.side));
    match kind {
        EventKind::Captured if side == Some(Side::Government) => EventKind::Recaptured,
        EventKind::Captured if place.kind == PlaceKind::Facility && !part => EventKind::FacilitySeized,
        kind => kind,
    }
}

fn holder(side: Side) -> Option<Effect> {
    match camp(side) {
        Side::Taliban => Some(Effect::Taliban),
        Side::Government => Some(Effect::Government),
        _ => None,
    }
}

/// Whom a side fights.
pub(super) fn opponent(side: Side) -> Option<Side> {
    match camp(side) {
        Side::Taliban | Side::Iskp => Some(Side::Government),
        Side::Government => Some(Side::Taliban),
        _ => None,
    }
}

/// What the act does to the place; None where its parties make no sense of it.
pub(super) fn outcome(
    kind: EventKind,
    place: &EventPlace,
    actor1: Option<&Actor>,
    actor2: Option<&Actor>,
    inside: bool,
    part: bool,
    named: &[Actor],
) -> Option<Outcome> {
    use EventKind as K;
    let side = actor1.map(|a| a.side);
    let other = actor2.map(|a| a.side);
    let gain = |effect: Option<Effect>, winner: Option<Side>| Outcome {
        effect,
        winner,
        loser: winner.and_then(opponent),
    };
    let contested = inside.then_some(Effect::Contested);
    Some(match kind {
        K::Recaptured if part => gain(Some(Effect::Contested), side),
        K::Captured | K::Recaptured | K::Holds | K::FacilitySeized | K::Repelled => {
            if matches!(side.map(camp), Some(Side::Civilian | Side::Foreign)) {
                return None;
            }
            gain(side.and_then(holder), side)
        }
        K::Transferred => gain(other.and_then(holder), other),
        K::Surrendered => {
            let winner = other.or_else(|| side.and_then(opponent));
            let of_place = actor1.is_none() && place.kind != PlaceKind::Province;
            Outcome {
                effect: winner.and_then(holder).filter(|_| of_place),
                winner,
                loser: winner.and_then(opponent),
            }
        }
        K::Abandoned => {
            let winner = side.and_then(opponent);
            let effect = winner
                .filter(|w| named.iter().any(|a| camp(a.side) == *w))
                .and_then(holder)
                .unwrap_or(Effect::Contested);
            Outcome { effect: Some(effect), winner, loser: side }
        }
        K::ForeignWithdrawal => gain(Some(Effect::Government), None),
        K::Assault | K::Advance | K::Siege => {
            Outcome { effect: contested, winner: side, loser: side.and_then(opponent) }
        }
        K::Clash => Outcome { effect: contested, winner: None, loser: None },
        K::Operation | K::Airstrike => Outcome { effect: None, winner: side, loser: None },
        _ => Outcome { effect: None, winner: None, loser: None },
    })
}

/// Who beat back or drove out a party, where nobody is named.
pub(super) fn beaten_by(kind: EventKind, enemy: &Actor) -> Option<Side> {
    matches!(kind, EventKind::Repelled | EventKind::Recaptured | EventKind::Captured)
        .then(|| opponent(enemy.side))
        .flatten()
}

/// In a clash the insurgents count as the ones who attack.
pub(super) fn attacker(named: &[Actor]) -> Option<Actor> {
    named.iter().find(|a| matches!(a.side, Side::Taliban | Side::Iskp)).cloned()
}

/// Who acted, where the rule's own words do not say: the other party of the clause, the party of the sentence
/// before, or the only one whose acts these are.
pub(super) fn implied_actor(
    kind: EventKind,
    actor2: Option<&Actor>,
    named: &[Actor],
    before: Option<&Actor>,
) -> Option<Actor> {
    use EventKind as K;
    let in_camp = |side: Side| named.iter().find(|a| camp(a.side) == side).cloned();
    let attackers = || named.iter().find(|a| matches!(a.side, Side::Taliban | Side::Iskp)).cloned();
    match kind {
        K::Captured | K::FacilitySeized => {
            let against = actor2.and_then(|a| opponent(a.side));
            in_camp(against.unwrap_or(Side::Taliban))
                .or_else(|| before.filter(|b| camp(b.side) == Side::Taliban).cloned())
        }
        K::Recaptured | K::Operation | K::Repelled => {
            let doer = actor2.and_then(|a| opponent(a.side)).unwrap_or(Side::Government);
            in_camp(doer).or_else(|| before.filter(|b| camp(b.side) == doer).cloned())
        }
        K::Assault | K::Siege | K::Advance => {
            let insurgent = |b: &&Actor| matches!(b.side, Side::Taliban | Side::Iskp | Side::Unknown);
            in_camp(Side::Taliban).or_else(attackers).or_else(|| before.filter(insurgent).cloned())
        }
        _ if is_remote(kind) => None,
        K::Clash => in_camp(Side::Taliban),
        K::Abandoned | K::Surrendered => in_camp(Side::Government),
        K::Deployment => named.iter().find(|a| camp(a.side) != Side::Taliban).cloned(),
        K::Displacement => Some(Actor { name: "Civilians".into(), side: Side::Civilian }),
        K::Airstrike => {
            named.iter().find(|a| a.side == Side::UsNato).cloned().or_else(|| in_camp(Side::Government))
        }
        _ => named.first().cloned().filter(|a| a.side != Side::Government),
    }
}

//! Sense: what a telling means for the unit it bears on.

use super::points::{gains, party};
use super::{Bearing, Level, Pressure};
use crate::event::{Effect, Event, EventKind, Side};

/// The order of acts that one day's reports tell of one place and do not order themselves: an attack is beaten back
/// before the place falls, and it is retaken after it fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// An attack is beaten back.
    Repelled,
    /// The place passes, or is held.
    Taken,
    /// The place passes back.
    Retaken,
}

/// What a telling means for a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// Attackers are inside.
    Fight {
        /// Whose they are, where known.
        attacker: Option<Side>,
        /// Buildings inside are said to be retaken.
        retaken: bool,
    },
    /// A side holds it afterwards.
    Act {
        /// Who.
        side: Side,
        /// When among the acts of its day.
        stage: Stage,
        /// An ally hands it over: nobody loses by it who could say so.
        allied: bool,
    },
    /// Fighting comes near.
    Near(Pressure),
}

/// The sense of a telling; None where it says nothing about control.
pub(super) fn sense(event: &Event, level: Level, bearing: Bearing) -> Option<Sense> {
    use EventKind as K;
    let holder = match event.effect {
        Some(Effect::Taliban) => Some(Side::Taliban),
        Some(Effect::Government) => Some(Side::Government),
        _ => None,
    };
    let actor = gains(event);
    let giver = event.actor1.as_ref().and_then(|a| party(a.side));
    let hands_over = matches!(event.kind, K::ForeignWithdrawal | K::Transferred) && level == Level::Facility;
    let act =
        |stage| holder.map(|side| Sense::Act { side, stage, allied: hands_over && giver == Some(side) });
    let retaken = event.kind == K::Recaptured && holder.is_none();
    let fight = Some(Sense::Fight { attacker: holder.or(actor), retaken });
    let control = match event.kind {
        K::Repelled => act(Stage::Repelled),
        K::Recaptured => act(Stage::Retaken),
        K::Captured | K::Surrendered | K::Abandoned | K::Transferred | K::Holds => act(Stage::Taken),
        K::FacilitySeized | K::ForeignWithdrawal if level == Level::Facility => act(Stage::Taken),
        _ => None,
    };
    if level == Level::Province {
        return control.filter(|_| !event.telling.reversed);
    }
    if bearing == Bearing::Around {
        return fight;
    }
    match (control, event.effect, event.kind) {
        (Some(_), _, _) if event.telling.reversed => fight,
        (Some(act), _, _) => Some(act),
        (None, _, K::FacilitySeized) => fight,
        (None, Some(Effect::Contested), K::Abandoned) => {
            Some(Sense::Fight { attacker: actor.map(opponent), retaken })
        }
        (None, Some(Effect::Contested), _) => fight,
        (None, None, K::Clash | K::Assault) => Some(Sense::Near(Pressure::Approach)),
        (None, None, K::Siege) => Some(Sense::Near(Pressure::Siege)),
        (None, None, K::Advance) => Some(Sense::Near(Pressure::Advance)),
        _ => None,
    }
}

/// The other of the two sides.
pub(super) fn opponent(side: Side) -> Side {
    if side == Side::Taliban { Side::Government } else { Side::Taliban }
}

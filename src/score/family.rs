//! Families of kinds: kinds that good readers of one sentence may well tell apart differently.

use crate::event::EventKind;

/// What kinds have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    /// Who holds a place.
    Control,
    /// Forces fight or move.
    Battle,
    /// Bombs, shells and mines.
    Remote,
    /// Harm to people who fight for no side.
    Civilians,
    /// Neither of them.
    Other,
}

/// Whether two kinds share a family. A kind may belong to two: a base that is seized is fought for, too.
pub(super) fn are_akin(a: EventKind, b: EventKind) -> bool {
    families(a).iter().any(|family| families(b).contains(family))
}

fn families(kind: EventKind) -> &'static [Family] {
    use EventKind as K;
    match kind {
        K::Captured | K::Recaptured | K::Surrendered | K::Transferred | K::Holds => &[Family::Control],
        K::FacilitySeized | K::Repelled => &[Family::Control, Family::Battle],
        K::Abandoned => &[Family::Control, Family::Other],
        K::Clash | K::Siege | K::Advance | K::Operation => &[Family::Battle],
        K::Assault | K::Assassination => &[Family::Battle, Family::Civilians],
        K::Deployment => &[Family::Battle, Family::Other],
        K::Airstrike | K::Shelling | K::Landmine | K::Rocket => &[Family::Remote],
        K::Ied | K::CarBomb | K::SuicideBomb => &[Family::Remote, Family::Civilians],
        K::AttackOnCivilians | K::Abduction | K::Displacement => &[Family::Civilians],
        K::PrisonBreak | K::ForeignWithdrawal | K::BorderClosed | K::Ceasefire | K::Talks => &[Family::Other],
    }
}

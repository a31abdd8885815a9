//! The kinds of event, with their names in ACLED's code book.

use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// A place passes to a side that did not hold it.
    Captured,
    /// A place passes back to the side that had lost it.
    Recaptured,
    /// A place or its defenders give themselves up.
    Surrendered,
    /// A side leaves a place.
    Abandoned,
    /// A place is handed over.
    Transferred,
    /// An attack is beaten back.
    Repelled,
    /// A side is said to hold a place.
    Holds,
    /// Two sides fight.
    Clash,
    /// A side attacks a place.
    Assault,
    /// A place is surrounded.
    Siege,
    /// A side comes nearer to a place, or into it.
    Advance,
    /// A side clears or sweeps an area.
    Operation,
    /// A building, base or post within a place is taken.
    FacilitySeized,
    /// Bombs or missiles from the air.
    Airstrike,
    /// Mortars or artillery.
    Shelling,
    /// A planted bomb.
    Ied,
    /// A bomb in a vehicle.
    CarBomb,
    /// A bomber who dies.
    SuicideBomb,
    /// A mine.
    Landmine,
    /// Rockets.
    Rocket,
    /// Civilians are attacked.
    AttackOnCivilians,
    /// A chosen person is killed.
    Assassination,
    /// Somebody is taken away.
    Abduction,
    /// People flee.
    Displacement,
    /// Prisoners get out.
    PrisonBreak,
    /// Forces are moved or stand ready.
    Deployment,
    /// A foreign force leaves a base.
    ForeignWithdrawal,
    /// A crossing is closed.
    BorderClosed,
    /// The guns fall silent by agreement.
    Ceasefire,
    /// The parties talk.
    Talks,
}

impl EventKind {
    /// Every kind, in the order of the contract.
    pub const ALL: [EventKind; 30] = [
        EventKind::Captured,
        EventKind::Recaptured,
        EventKind::Surrendered,
        EventKind::Abandoned,
        EventKind::Transferred,
        EventKind::Repelled,
        EventKind::Holds,
        EventKind::Clash,
        EventKind::Assault,
        EventKind::Siege,
        EventKind::Advance,
        EventKind::Operation,
        EventKind::FacilitySeized,
        EventKind::Airstrike,
        EventKind::Shelling,
        EventKind::Ied,
        EventKind::CarBomb,
        EventKind::SuicideBomb,
        EventKind::Landmine,
        EventKind::Rocket,
        EventKind::AttackOnCivilians,
        EventKind::Assassination,
        EventKind::Abduction,
        EventKind::Displacement,
        EventKind::PrisonBreak,
        EventKind::Deployment,
        EventKind::ForeignWithdrawal,
        EventKind::BorderClosed,
        EventKind::Ceasefire,
        EventKind::Talks,
    ];

    /// As spelled in tables and records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            EventKind::Captured => "captured",
            EventKind::Recaptured => "recaptured",
            EventKind::Surrendered => "surrendered",
            EventKind::Abandoned => "abandoned",
            EventKind::Transferred => "transferred",
            EventKind::Repelled => "repelled",
            EventKind::Holds => "holds",
            EventKind::Clash => "clash",
            EventKind::Assault => "assault",
            EventKind::Siege => "siege",
            EventKind::Advance => "advance",
            EventKind::Operation => "operation",
            EventKind::FacilitySeized => "facility_seized",
            EventKind::Airstrike => "airstrike",
            EventKind::Shelling => "shelling",
            EventKind::Ied => "ied",
            EventKind::CarBomb => "car_bomb",
            EventKind::SuicideBomb => "suicide_bomb",
            EventKind::Landmine => "landmine",
            EventKind::Rocket => "rocket",
            EventKind::AttackOnCivilians => "attack_on_civilians",
            EventKind::Assassination => "assassination",
            EventKind::Abduction => "abduction",
            EventKind::Displacement => "displacement",
            EventKind::PrisonBreak => "prison_break",
            EventKind::Deployment => "deployment",
            EventKind::ForeignWithdrawal => "foreign_withdrawal",
            EventKind::BorderClosed => "border_closed",
            EventKind::Ceasefire => "ceasefire",
            EventKind::Talks => "talks",
        }
    }

    /// ACLED's event type and sub-event type (code book of 2019).
    #[must_use]
    pub fn acled(self) -> (&'static str, &'static str) {
        use EventKind as K;
        match self {
            K::Captured | K::FacilitySeized => ("Battles", "Non-state actor overtakes territory"),
            K::Recaptured => ("Battles", "Government regains territory"),
            K::Surrendered | K::Abandoned | K::Transferred | K::ForeignWithdrawal => {
                ("Strategic developments", "Non-violent transfer of territory")
            }
            K::Repelled | K::Clash | K::Assault | K::Siege | K::Advance | K::Operation => {
                ("Battles", "Armed clash")
            }
            K::Holds | K::Displacement | K::PrisonBreak | K::Deployment | K::BorderClosed => {
                ("Strategic developments", "Other")
            }
            K::Airstrike => ("Explosions/Remote violence", "Air/drone strike"),
            K::Shelling | K::Rocket => ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
            K::Ied | K::CarBomb | K::Landmine => {
                ("Explosions/Remote violence", "Remote explosive/landmine/IED")
            }
            K::SuicideBomb => ("Explosions/Remote violence", "Suicide bomb"),
            K::AttackOnCivilians | K::Assassination => ("Violence against civilians", "Attack"),
            K::Abduction => ("Violence against civilians", "Abduction/forced disappearance"),
            K::Ceasefire | K::Talks => ("Strategic developments", "Agreement"),
        }
    }
}

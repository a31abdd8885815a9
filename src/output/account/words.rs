//! Words for statuses, rules, points and what would change them.

use crate::control::{
    Basis, Bearing, ControlStatus, Correction, Counts, Decision, Further, Level, Made, Means, Origin,
    Outlook, Pressure, Sum, Telling,
};
use crate::event::{Interest, Modality, Side, Voice};

pub(super) fn status(status: ControlStatus) -> &'static str {
    match status {
        ControlStatus::Taliban => "held by the Taliban",
        ControlStatus::Government => "held by the government",
        ControlStatus::Contested => "contested",
        ControlStatus::ClaimedTaliban => "claimed by the Taliban",
        ControlStatus::ClaimedGovernment => "claimed by the government",
        ControlStatus::Unknown => "without a reported holder",
    }
}

pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Capital => "provincial capital",
        other => other.as_str(),
    }
}

pub(super) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Reported => "reports about the place itself",
        Basis::Derived => "reports about all districts of the province (derived)",
        Basis::Baseline => "the declared state before the first report",
        Basis::Editor => "an editor's correction",
    }
}

/// Who declared it.
pub(super) fn origin(origin: Option<&Origin>) -> String {
    match origin {
        None => String::new(),
        Some(Origin::Everywhere(of)) => format!(", every place {}", status(*of)),
        Some(Origin::Baseline(source)) => format!(", by {source}"),
        Some(Origin::Correction { id, reason, by, source }) => {
            format!(" ({}): {}", id.0, grounds(reason, by.as_deref(), source.as_deref()))
        }
    }
}

/// What an editor corrects, and why.
pub(super) fn correction(c: &Correction) -> String {
    format!("{}: {}; {}", c.id.0, c.action, grounds(&c.reason, c.by.as_deref(), c.source.as_deref()))
}

fn grounds(reason: &str, by: Option<&str>, source: Option<&str>) -> String {
    let by = by.map(|by| format!(", by {by}")).unwrap_or_default();
    let source = source.map(|source| format!(", source {source}")).unwrap_or_default();
    format!("{reason}{by}{source}")
}

pub(super) fn pressure(pressure: Pressure) -> &'static str {
    match pressure {
        Pressure::Approach => "fighting near it",
        Pressure::Advance => "forces move towards it",
        Pressure::Siege => "it is surrounded",
    }
}

/// The rules of control, by number.
pub(super) fn rule(number: u8) -> &'static str {
    match number {
        1 => "fighting inside a place makes it contested, fighting near it changes nothing",
        2 => "a place passes to a side with enough points; with fewer, the side claims it",
        3 => "what is retaken, or held against an attack, needs as many points; with fewer, it is a claim",
        4 => "sources that contradict each other keep a place contested until one side leads by the margin",
        5 => "a place that is left is its taker's, a foreign base its ally's; contested where none is named",
        6 => "a building that is taken is its taker's; the place around it is contested, no more",
        7 => "\"all districts\" tells of each of them (derived); a province alone is claimed at most",
        8 => "silence changes nothing, but what is contested or claimed lapses for want of news",
        9 => {
            "nothing is guessed: unknown, or as declared, before the first report; what is denied away changes nothing"
        }
        _ => "an agency that corrects itself withdraws its own word",
    }
}

pub(super) const PROVINCE: &str = "a province has the status that its capital and districts share, where at least half of them have one; \
     contested where they differ";

pub(super) fn side(side: Side) -> &'static str {
    match side {
        Side::Taliban => "the Taliban",
        Side::Government => "the government",
        Side::Militia => "militias on the government's side",
        Side::UsNato => "US and NATO forces",
        Side::Iskp => "Islamic State",
        Side::Civilian => "civilians",
        Side::Foreign => "another state",
        Side::Unknown => "an unknown side",
    }
}

/// "1 point", "3 points".
pub(super) fn counted(n: impl Into<i64>, what: &str) -> String {
    let n = n.into();
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// What is told, of a decision or by a report.
pub(super) fn means(means: Option<Means>) -> String {
    match means {
        None => "says nothing about who holds it".to_owned(),
        Some(Means::Near(of)) => format!("{}, not inside", pressure(of)),
        Some(Means::Fight(None)) => "fighting inside".to_owned(),
        Some(Means::Fight(Some(by))) => format!("fighting inside, attacked by {}", side(by)),
        Some(Means::Act(by)) => {
            format!("{} hold it", side(by)).replace("government hold", "government holds")
        }
    }
}

pub(super) fn made(decision: &Decision) -> String {
    let now = status(decision.status);
    match decision.made {
        Made::Pressure => "pressure, no change".to_owned(),
        Made::Boast => "only its own side says so: pressure, no change".to_owned(),
        Made::Disputed => {
            "denied, so that no points are left: no change, but a conflict of sources".to_owned()
        }
        Made::Nothing => "no points, no change".to_owned(),
        Made::Contested => "contested".to_owned(),
        Made::Conflict => "contested, against what was told before".to_owned(),
        Made::Again => format!("more of the same: {now}"),
        Made::OfCapture => format!("part of the fighting before it was taken: still {now}"),
        Made::ByHolder => format!("its holder took it: still {now}"),
        Made::Overtaken => format!("gives way to an act that is dated better: still {now}"),
        Made::Outweighed => "gives way to the stronger act of that day".to_owned(),
        Made::Held | Made::Claimed => now.to_owned(),
        Made::ClaimKept if decision.status == ControlStatus::Contested => {
            "not enough to end it: still contested".to_owned()
        }
        Made::ClaimKept => now.to_owned(),
        Made::AgainstClaim => {
            format!("not enough against the claim: still {now}, with a conflict of sources")
        }
        Made::Lapsed => format!("no news for too long: again {now}"),
    }
}

/// "5 points of 6 needed, from 2 sources of 2 needed".
pub(super) fn sum(sum: &Sum) -> String {
    let mut text = counted(sum.points, "point");
    if let Some(needed) = sum.points_needed {
        text.push_str(&format!(" of {needed} needed"));
    } else {
        text.push_str("; no number of them gives a province a holder");
    }
    if sum.sources_needed > 0 {
        text.push_str(&format!(
            ", {} of {} needed",
            counted(sum.sources as i64, "agency"),
            sum.sources_needed
        ));
        text = text.replace("agencys", "agencies");
    }
    if let Some(margin) = sum.margin {
        text.push_str(&format!(", and a lead of {margin} to end the conflict"));
    }
    let parts = [
        (sum.both_sides, "+", "both sides say it"),
        (sum.denials, "-", "denied"),
        (sum.vague_place, "-", "place not precise, or derived"),
        (sum.vague_date, "-", "dated to more than a month"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|p| p.0 > 0).map(|(n, sign, why)| format!("{sign}{n} {why}")).collect();
    if parts.is_empty() { text } else { format!("{text} ({} included)", parts.join(", ")) }
}

pub(super) fn bearing(bearing: Bearing) -> Option<&'static str> {
    match bearing {
        Bearing::Direct => None,
        Bearing::Derived => Some("told of all districts of the province"),
        Bearing::Around => Some("told of a building inside"),
    }
}

/// Who says so, and what is at stake for whom.
pub(super) fn speaker(telling: &Telling) -> String {
    let voice = &telling.event.attribution;
    let who = voice.claimant.as_deref().unwrap_or(match telling.voice {
        Voice::Outlet => "the outlet itself",
        Voice::Headline => "the headline",
        _ => "nobody named",
    });
    let of = voice.side.map(|s| format!(", of {}", side(s))).unwrap_or_default();
    let interest = match voice.interest {
        Interest::SelfServing => "self-serving",
        Interest::Against => "against its interest",
        Interest::Neutral => "neutral",
    };
    let denied = if telling.event.modality == Modality::Denied { "denied" } else { "said" };
    format!("{denied} by {who}{of} ({interest})")
}

/// What it gave, and why.
pub(super) fn points(telling: &Telling) -> String {
    let why = match telling.voice {
        Voice::Outlet if telling.agency.is_some() => "a listed outlet in its own voice",
        Voice::Outlet => "an outlet that is not listed, in its own voice",
        Voice::Admission => "the losing side admits it",
        Voice::ThirdParty if telling.event.attribution.side.is_some() => "to neither side's credit",
        Voice::ThirdParty => "somebody without a stake",
        Voice::Party => "a side to its own credit",
        Voice::Unattributed => "nobody is named, or the place was inferred",
        Voice::Headline => "a headline only",
    };
    let worth = counted(telling.points, "point");
    match telling.counts {
        None => "no points".to_owned(),
        Some(Counts::Counted) => format!("{worth}: {why}"),
        Some(Counts::Doubled) => format!("worth {worth} ({why}), not added: the same source again"),
        Some(Counts::Shortens) => format!("worth {worth} ({why}), not added: its own story tells it"),
        Some(Counts::Withdrawn) => format!("worth {worth} ({why}), not added: its outlet took it back"),
        Some(Counts::Denies) if telling.voice == Voice::Outlet => {
            "no points: it takes back what its outlet printed".to_owned()
        }
        Some(Counts::Denies) => "no points: it takes off what self-serving claims gave, 1 at most".to_owned(),
    }
}

/// Who may say that a side holds a place.
const KINDS: [Further; 4] = [Further::Claim, Further::Outlet, Further::Admission, Further::ThirdParty];

/// "one more independent outlet, or an admission by the government, would make it held by the Taliban".
pub(super) fn outlook(outlook: &Outlook) -> String {
    let mut ways: Vec<String> = outlook.any_of.iter().map(|set| together(set, outlook.side)).collect();
    let alone = |f: Further| outlook.any_of.contains(&vec![f]);
    if let Some(gains) = outlook.side.filter(|_| KINDS.into_iter().all(alone)) {
        ways = vec![format!("any one report that gives it to {}", side(gains))];
    }
    let then = match outlook.status {
        ControlStatus::Unknown => "leave it",
        _ => "make it",
    };
    let comma = if ways.len() > 1 { "," } else { "" };
    format!("{}{comma} would {then} {}", ways.join(", or "), status(outlook.status))
}

fn together(set: &[Further], gains: Option<Side>) -> String {
    let mut parts: Vec<(&Further, usize)> = Vec::new();
    for further in set {
        match parts.last_mut() {
            Some((same, n)) if *same == further => *n += 1,
            _ => parts.push((further, 1)),
        }
    }
    let (winner, loser) = match gains {
        Some(Side::Taliban) => ("the Taliban", "the government"),
        Some(_) => ("the government", "the Taliban"),
        None => ("that side", "the other side"),
    };
    let parts: Vec<String> = parts.iter().map(|(further, n)| some(further, *n, winner, loser)).collect();
    parts.join(" with ")
}

fn some(further: &Further, n: usize, winner: &str, loser: &str) -> String {
    match further {
        Further::Claim if n == 1 => format!("a claim by {winner}"),
        Further::Claim => format!("{n} claims by {winner}"),
        Further::Outlet if n == 1 => format!("one more independent outlet that gives it to {winner}"),
        Further::Outlet => format!("{n} more independent outlets that give it to {winner}"),
        Further::Admission if n == 1 => format!("an admission by {loser}"),
        Further::Admission => format!("{n} admissions by different officials of {loser}"),
        Further::ThirdParty if n == 1 => format!("a witness without a stake who gives it to {winner}"),
        Further::ThirdParty => format!("{n} witnesses without a stake who give it to {winner}"),
        Further::Fighting => "an outlet that tells of attackers inside".to_owned(),
        Further::Denial => format!("a denial by {loser}"),
        Further::Correction(agency) => format!("a correction by {agency} of its own word"),
    }
}

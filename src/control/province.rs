//! Provinces: the common status of a province's capital and districts.

use super::weights::Weights;
use super::{ControlStatus, Shares};

/// Counts the statuses of a province's units.
pub(super) fn shares(statuses: &[ControlStatus]) -> Shares {
    let mut shares = Shares::default();
    for status in statuses {
        let class = match status {
            ControlStatus::Taliban => &mut shares.taliban,
            ControlStatus::Government => &mut shares.government,
            ControlStatus::Contested => &mut shares.contested,
            ControlStatus::ClaimedTaliban | ControlStatus::ClaimedGovernment => &mut shares.claimed,
            ControlStatus::Unknown => &mut shares.unknown,
        };
        *class += 1;
    }
    shares
}

/// The status of a province from those of its units, the capital's first: what those with a status have in common,
/// if these are enough and the capital is among them; contested where they differ; else what is claimed of the
/// province as a whole. A side's holdings and claims together are its claim. The fall of all districts around a
/// capital of which nothing is heard gives the province no holder.
pub(super) fn summary(statuses: &[ControlStatus], claim: ControlStatus, weights: &Weights) -> ControlStatus {
    use ControlStatus as S;
    let known: Vec<S> = statuses.iter().copied().filter(|s| *s != S::Unknown).collect();
    let enough = known.len() as f64 >= weights.province.reported_share * statuses.len() as f64;
    let (true, Some(capital)) = (enough && !known.is_empty(), statuses.first()) else { return claim };
    let all = |of: &[S]| known.iter().all(|s| of.contains(s));
    let common = if all(&known[..1]) {
        known[0]
    } else if all(&[S::Taliban, S::ClaimedTaliban]) {
        S::ClaimedTaliban
    } else if all(&[S::Government, S::ClaimedGovernment]) {
        S::ClaimedGovernment
    } else {
        return S::Contested;
    };
    if *capital == S::Unknown { claim } else { common }
}

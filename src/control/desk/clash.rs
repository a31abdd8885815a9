//! Clashes: corrections of one file that say a thing twice, or contradict each other.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::correction::{Action, Correction};
use crate::control::ControlStatus;
use crate::error::Notice;
use crate::gazetteer::PlaceId;

/// Takes out what stands twice, and all that contradict each other by what `keys` says that each speaks of.
pub(super) fn resolve<K: Ord + Clone>(
    corrections: Vec<Correction>,
    file: &str,
    keys: impl Fn(&Correction) -> BTreeSet<K>,
) -> (Vec<Correction>, Vec<Notice>) {
    let mut notices = Vec::new();
    let mut first: BTreeMap<_, u64> = BTreeMap::new();
    let mut single = Vec::new();
    for correction in corrections {
        match first.get(&correction.id) {
            Some(line) => {
                let message = format!("says again what line {line} says; take it out");
                notices.push(Notice::skipped(file, message).at_line(correction.line));
            }
            None => {
                first.insert(correction.id.clone(), correction.line);
                single.push(correction);
            }
        }
    }
    let mut by_key: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (i, correction) in single.iter().enumerate() {
        for key in keys(correction) {
            by_key.entry(key).or_default().push(i);
        }
    }
    let mut against: BTreeMap<usize, BTreeSet<u64>> = BTreeMap::new();
    for those in by_key.values() {
        for (n, i) in those.iter().enumerate() {
            for j in &those[n + 1..] {
                if contradict(&single[*i].action, &single[*j].action) {
                    against.entry(*i).or_default().insert(single[*j].line);
                    against.entry(*j).or_default().insert(single[*i].line);
                }
            }
        }
    }
    let mut kept = Vec::new();
    for (i, correction) in single.into_iter().enumerate() {
        match against.get(&i) {
            None => kept.push(correction),
            Some(lines) => {
                let lines: Vec<String> = lines.iter().map(u64::to_string).collect();
                let message = format!(
                    "contradicts line {} ({}); none of them is used, keep one",
                    lines.join(", "),
                    correction.action
                );
                notices.push(Notice::skipped(file, message).at_line(correction.line));
            }
        }
    }
    (kept, notices)
}

/// Whether two actions on one thing cannot both be meant.
fn contradict(a: &Action, b: &Action) -> bool {
    match (a, b) {
        (Action::Move(_, x), Action::Move(_, y)) => x != y,
        (Action::Date(_, x), Action::Date(_, y)) => x != y,
        (Action::Kind(_, x, e), Action::Kind(_, y, f)) => (x, e) != (y, f),
        (Action::Merge(_), Action::Merge(_)) | (Action::Suppress(_), Action::Suppress(_)) => false,
        (Action::Split(x), Action::Split(y)) => x != y,
        (Action::Merge(_), Action::Split(_)) | (Action::Split(_), Action::Merge(_)) => true,
        (Action::Pin { from, until, .. }, Action::Pin { from: other, until: ends, .. }) => {
            meet((*from, *until), (*other, *ends))
        }
        (Action::Suppress(_), _) | (_, Action::Suppress(_)) => true,
        _ => false,
    }
}

/// A pin that says nothing of its end gives way to the next; two that begin on one day, or of which one begins within
/// the days of the other, cannot both hold.
fn meet(a: (Date, Option<Date>), b: (Date, Option<Date>)) -> bool {
    let (first, second) = if a.0 <= b.0 { (a, b) } else { (b, a) };
    first.0 == second.0 || first.1.is_some_and(|until| second.0 <= until)
}

/// A pin with the days on which it holds, by the place of its correction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    pub(super) correction: usize,
    pub(super) status: ControlStatus,
    pub(super) from: Date,
    /// The last day, by the pin itself or because the next begins.
    pub(super) to: Option<Date>,
    /// Nothing ends it.
    pub(super) open: bool,
}

/// By the unit that is named, its pins, first to last.
pub(super) fn terms(corrections: &[Correction]) -> BTreeMap<PlaceId, Vec<Term>> {
    let mut terms: BTreeMap<PlaceId, Vec<Term>> = BTreeMap::new();
    for (i, correction) in corrections.iter().enumerate() {
        if let Action::Pin { unit, status, from, until } = &correction.action {
            let term =
                Term { correction: i, status: *status, from: *from, to: *until, open: until.is_none() };
            terms.entry(unit.clone()).or_default().push(term);
        }
    }
    for terms in terms.values_mut() {
        terms.sort_by_key(|t| t.from);
        for i in 1..terms.len() {
            let before = terms[i].from.saturating_sub(1.day());
            let former = &mut terms[i - 1];
            former.to = former.to.or(Some(before));
            former.open = false;
        }
    }
    terms
}

//! Regrouping: an editor's word on which tellings are one act.

use std::collections::BTreeSet;

use super::group::oldest_first;
use crate::event::{Event, EventId};

/// Which tellings stand apart from all others, and which acts are one, by the ids of tellings. First the former, then
/// the latter; the order of the sets does not matter, as long as no two of those that stand apart meet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Regrouping {
    /// Each an act of its own.
    pub apart: Vec<BTreeSet<EventId>>,
    /// The acts that hold any of these are one.
    pub together: Vec<BTreeSet<EventId>>,
}

impl Regrouping {
    /// The groups as the editor wants them.
    pub(super) fn regroup(&self, mut groups: Vec<Vec<Event>>) -> Vec<Vec<Event>> {
        for set in &self.apart {
            let mut own = Vec::new();
            for group in &mut groups {
                own.extend(group.extract_if(.., |e| set.contains(&e.id)));
            }
            groups.push(oldest_first(own));
        }
        for set in &self.together {
            let is_meant = |group: &Vec<Event>| group.iter().any(|e| set.contains(&e.id));
            let (joined, others): (Vec<_>, Vec<_>) = groups.into_iter().partition(is_meant);
            groups = others;
            groups.push(oldest_first(joined.into_iter().flatten().collect()));
        }
        groups.retain(|group| !group.is_empty());
        groups
    }
}

//! What the page of a day takes from it.

use crate::control::{Day, UnitStatus};
use crate::event::Event;

/// The day without what no page shows: nothing else decides how it is drawn. Two days whose pages show the same are
/// equal so, though they rest on other evidence or their statuses end on other days.
#[must_use]
pub fn shown(day: &Day) -> Day {
    let mut day = day.clone();
    for status in &mut day.statuses {
        let UnitStatus { valid_from, valid_to, known_since, confidence, .. } = status;
        (*valid_from, *valid_to, *known_since, *confidence) = (day.date, None, None, 0.0);
        let UnitStatus { before, pressure, conflict, n_independent, evidence, shares, .. } = status;
        (*before, *pressure, *conflict, *n_independent, *shares) = (None, None, false, 0, None);
        evidence.clear();
    }
    for event in &mut day.events {
        let Event { published, url, confidence, n_reports, lineage, corrections, .. } = event;
        (*published, *url, *confidence, *n_reports) = (None, None, 0.0, 1);
        lineage.clear();
        corrections.clear();
        let Event { quote, quote_start, quote_end, .. } = event;
        (*quote_start, *quote_end) = (0, 0);
        quote.clear();
    }
    day
}

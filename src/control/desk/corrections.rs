//! Corrections: what an editor says otherwise than the reports, from a file that is kept beside them.
//!
//! A TOML file has a table `[[correction]]` for each, a CSV file a row, with the same keys:
//!
//! | action | keys, beside a required `reason` and optional `by` and `source` | what it does |
//! | --- | --- | --- |
//! | `suppress` | the event | it is no evidence and stands in no table |
//! | `move` | the event, `to` (a place) | it happened there |
//! | `date` | the event, `to` (`2021-08-06`, or two days with `..` between) | it happened then |
//! | `kind` | the event, `to` (a kind), `effect` where the parties do not tell who holds the place | that happened |
//! | `merge` | the events | they are one |
//! | `split` | the event or events | these tellings are an event of their own |
//! | `pin` | `unit`, `status`, `from`, `until` | the unit has this status on these days, whatever reports say |
//!
//! An event is named by `event`, its id in `extract` (one telling) or in `events.csv` (all its tellings), by `events`,
//! several of them (in CSV with `; ` between), or by `report`, `place` and `kind` as they were read. A pin of a
//! province is one of its capital and of each of its districts that has no pin of its own; one without `until` lasts
//! until the unit's next. Actions are on what the reports tell, whatever other corrections do to it, so that their
//! order does not matter.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::correction::{Action, Correction, Target};
use super::{clash, parse, sheet};
use crate::error::Notice;
use crate::event::CorrectionId;
use crate::gazetteer::Gazetteer;

/// The name of the tables of a TOML file.
const TABLE: &str = "correction";

/// The corrections of a file, without those that cannot be used.
///
/// ```
/// use naqsha::{control::Corrections, data::DataFiles, gazetteer::Gazetteer};
/// let gazetteer = Gazetteer::from_data(&DataFiles::bundled())?;
/// let file = r#"
/// [[correction]]
/// action = "pin"
/// unit   = "Zaranj"
/// status = "taliban"
/// from   = "2021-08-06"
/// reason = "Seen on video that we placed"
///
/// [[correction]]
/// action = "suppress"
/// event  = "0123456789abcdef"
/// "#;
/// let (corrections, notices) = Corrections::from_toml("desk.toml", file, &gazetteer);
/// assert_eq!(corrections.all().len(), 1);
/// assert_eq!(notices[0].to_string(), "desk.toml:9: has no reason; say why, so that others can check it");
/// # Ok::<(), naqsha::error::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Corrections {
    pub(super) file: String,
    pub(super) all: Vec<Correction>,
}

/// What became of a correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fate {
    /// Its id; statuses and events that it made refer to it.
    pub id: CorrectionId,
    /// What it does.
    pub action: Action,
    /// Why.
    pub reason: String,
    /// Who says so.
    pub by: Option<String>,
    /// What it goes by.
    pub source: Option<String>,
    /// Tellings of events, or units, that it applies to; 0 where it does not.
    pub applies_to: usize,
}

/// What two corrections of a file may both speak of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Event(String),
    Telling(Target),
    Unit(String),
}

impl Corrections {
    /// Those of a TOML file that can be used, and what is wrong with the others.
    #[must_use]
    pub fn from_toml(file: &str, text: &str, gazetteer: &Gazetteer) -> (Corrections, Vec<Notice>) {
        Corrections::from_entries(file, sheet::toml(file, text, TABLE, &parse::KEYS), gazetteer)
    }

    /// The same, of a CSV file.
    #[must_use]
    pub fn from_csv(file: &str, text: &str, gazetteer: &Gazetteer) -> (Corrections, Vec<Notice>) {
        Corrections::from_entries(file, sheet::csv(file, text, &parse::KEYS), gazetteer)
    }

    fn from_entries(
        file: &str,
        (entries, mut notices): (Vec<sheet::Entry>, Vec<Notice>),
        gazetteer: &Gazetteer,
    ) -> (Corrections, Vec<Notice>) {
        let mut all = Vec::new();
        for entry in &entries {
            match parse::correction(entry, gazetteer) {
                Ok(correction) => all.push(correction),
                Err(faults) => notices.extend(faults.into_iter().map(|f| f.skipped(file))),
            }
        }
        let (all, clashes) = clash::resolve(all, file, keys);
        notices.extend(clashes);
        notices.sort_by_key(|n| n.line);
        (Corrections { file: file.to_owned(), all }, notices)
    }

    /// The corrections, in the order of the file.
    #[must_use]
    pub fn all(&self) -> &[Correction] {
        &self.all
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// What became of each, given how many tellings or units it applies to, by what it does.
    #[must_use]
    pub fn fates(&self, applied: &BTreeMap<CorrectionId, usize>) -> Vec<Fate> {
        let mut fates: Vec<Fate> = self
            .all
            .iter()
            .map(|c| Fate {
                id: c.id.clone(),
                action: c.action.clone(),
                reason: c.reason.clone(),
                by: c.by.clone(),
                source: c.source.clone(),
                applies_to: applied.get(&c.id).copied().unwrap_or(0),
            })
            .collect();
        fates.sort_by_cached_key(|f| f.action.to_string());
        fates
    }

    /// A word on a correction.
    pub(super) fn remark(&self, correction: &Correction, message: &str) -> Notice {
        let message = format!("{}: {message}", correction.action);
        Notice::remark(&self.file, message).at_line(correction.line)
    }
}

fn keys(correction: &Correction) -> BTreeSet<Key> {
    match (&correction.action, correction.action.target()) {
        (_, Some(Target::Events(ids))) => ids.iter().map(|id| Key::Event(id.0.clone())).collect(),
        (_, Some(telling)) => BTreeSet::from([Key::Telling(telling.clone())]),
        (Action::Pin { unit, .. }, None) => BTreeSet::from([Key::Unit(unit.as_str().to_owned())]),
        (_, None) => BTreeSet::new(),
    }
}

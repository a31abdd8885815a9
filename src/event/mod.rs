//! Events: what happened, where, when, by whom, how sure. Reads sentences; decides nothing about control.

mod act;
mod actor;
mod amend;
mod chunk;
mod clause;
mod cut;
mod denial;
mod details;
mod effect;
mod gate;
mod grammar;
mod here;
mod identity;
mod inspect;
mod kind;
mod listing;
mod locus;
mod marks;
mod matching;
mod merge;
mod nearness;
mod news;
mod outlets;
mod party;
mod placing;
mod reader;
mod reading;
mod record;
mod rule;
mod scene;
mod sets;
mod speech;
mod thread;
mod timing;
mod toll;

pub use act::on_one_line;
pub use actor::{Actor, Side};
pub use grammar::Makes;
pub use inspect::{Inspection, Passage, RefusedName};
pub use kind::EventKind;
pub use merge::{Cluster, Regrouping, Witness, clusters, clusters_regrouped};
pub use outlets::{Outlet, OutletKind, Outlets, Standing};
pub use reader::Reader;
pub use reading::{Act, Fate, PlaceMention, Reading};
pub use record::{
    Attribution, CorrectionId, Effect, Event, EventId, EventPlace, Interest, Modality, Range, Scope,
    SourceRef, Telling, Voice,
};
pub use rule::{RuleText, rule_texts};

//! Events: what happened, where, when, by whom, how sure. Reads sentences; decides nothing about control.

mod actor;
mod event;
mod kind;

pub use actor::{Actor, Side};
pub use event::{
    Attribution, Effect, Event, EventId, EventPlace, Interest, Modality, Range, Scope,
    SourceRef, Telling, Voice,
};
pub use kind::EventKind;

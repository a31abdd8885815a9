//! Events: what happened, where, when, by whom, how sure. Reads sentences; decides nothing about control.

mod actor;
mod chunk;
mod clause;
mod effect;
mod event;
mod grammar;
mod identity;
mod kind;
mod matching;
mod merge;
mod reader;
mod scene;
mod speech;
mod timing;
mod toll;

pub use actor::{Actor, Side};
pub use event::{
    Attribution, Effect, Event, EventId, EventPlace, Interest, Modality, Range, Scope, SourceRef, Telling,
    Voice,
};
pub use grammar::{RuleText, rule_texts};
pub use kind::EventKind;
pub use merge::Cluster;
pub use reader::Reader;

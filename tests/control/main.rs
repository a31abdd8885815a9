//! Control against tables: what reports tell, and the statuses that must come of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]

mod always;
mod disinformation;
mod merging;
mod scenarios;
mod telling;

//! Control: who holds what on each day, folded from events. Reads no text and draws nothing.
//!
//! Units are districts, provincial capitals, other settlements and facilities; provinces summarise. Each cluster of
//! reports bears on the units it speaks of and takes effect at the end of its days, capped at its publication;
//! all that bears on a unit on one day is weighed together (`weigh`), and a unit's state passes from day to day
//! (`fold`). Every number stands in `control/weights.toml`.
//!
//! Points for a side: each source (an agency with its copies, or a speaker) gives its best voice once, sources add up.
//! A place passes with `thresholds.held` points, a capital with `thresholds.capital` and two agencies (or one that
//! quotes both sides); fewer make a claim, drawn over the holder before.
//!
//! Where the rules leave a choice:
//!
//! - A party that speaks to its own credit is one source, whoever speaks for it, and in whatever outlet of its own.
//! - Reports without an outlet are one source: nothing shows that they are two. For a capital that goes for all
//!   outlets that nobody listed.
//! - For a capital an agency that only passes on a side's claim is no source of its own; a side that admits its loss in
//!   its own statement is one, and so are two agencies of which each quotes another side.
//! - A headline over a story that tells the act itself counts as the story.
//! - An outlet's denial in its own voice withdraws all that it printed of the act by then, also what it quoted.
//! - A district and its centre share what is told of either, unless a report tells different things of the two on
//!   one day. A centre that nobody names gets no status of its own.
//! - The district of a capital follows the capital; what is told of that district counts only where nothing is told
//!   of the capital.
//! - On one day fighting comes first. Of two acts, what is retaken had fallen, and an attack is beaten back before a
//!   place falls; else the report that tells both orders them; else the stronger stands alone if it leads by the
//!   margin.
//! - Only its own word that a side is inside contests nothing; it counts as fighting near. A claim to have retaken
//!   buildings inside does.
//! - A base that an ally hands over needs only the receiver's word.
//! - Fighting whose days begin no later than the capture's belongs to the capture and contradicts nothing.
//! - An act known only to lie within several days gives way to a better dated act of the other side among them.
//! - Fighting inside by the holder's own attackers, by unknown ones, or soon after the capture is a conflict of
//!   sources; an attack on an established holder is not.
//! - A sub-threshold claim by the side that held the place, against the other side's claim, leaves that claim, with
//!   the conflict.
//! - Pressure is remembered for some days and keeps a contested unit contested.
//! - A side's holdings and claims together make a province that side's claim; a province has a holder only where its
//!   capital has a status.
//! - A declared baseline is the state before the first report. It is no source: no report contradicts it, none is
//!   counted for it, it does not age, and any act that reaches its threshold takes its place, of either side.
//! - What an editor corrects of events is corrected before they are merged; what is pinned of a unit goes over the course
//!   that the evidence gives it, which goes on below.
//! - By the clock "as known", each day is folded anew from what was printed by then.

mod account;
mod changes;
mod days;
mod desk;
mod engine;
mod fold;
mod inquiry;
mod note;
mod outlook;
mod points;
mod province;
mod review;
mod sense;
mod span;
mod state;
mod status;
mod timeline;
mod units;
mod weigh;
mod weights;

pub use account::{Account, Bearing, Decision, Means, Piece, Sum, Telling};
pub use changes::{Change, ChangeKind};
pub use desk::{Action, Baseline, Corrected, Correction, Corrections, Fate, Target};
pub use engine::{Clock, Control};
pub use note::Made;
pub use outlook::{Further, Outlook};
pub use points::Counts;
pub use review::{Concern, Difference, Finding, Ground, Review};
pub use span::span;
pub use status::{Basis, ControlStatus, Level, Origin, Pressure, Shares, UnitStatus};
pub use timeline::{Day, Timeline};

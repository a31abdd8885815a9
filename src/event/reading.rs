//! A reading: what a report tells, and what became of everything in it that looked like an act or a place.

use jiff::civil::Date;

use super::Event;
use super::grammar::Makes;
use crate::error::Notice;
use crate::report::{Zone, ZoneKind};
use crate::text::{Span, Tokens};
use crate::toponym::Toponym;

/// All that was read in a report.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The events it tells, in the order of its text.
    pub events: Vec<Event>,
    /// What should be known about the reading.
    pub notices: Vec<Notice>,
    /// When it was printed, as far as known.
    pub published: Option<Date>,
    /// Its parts.
    pub zones: Vec<Zone>,
    /// The places it names, those of datelines included.
    pub places: Vec<PlaceMention>,
    /// Every act that a rule found, with what became of it.
    pub acts: Vec<Act>,
}

/// A place name where it stands in a report.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMention {
    /// The name, without type words.
    pub span: Span,
    /// What it was taken for.
    pub toponym: Toponym,
    /// The kind of zone it stands in.
    pub zone: ZoneKind,
}

impl PlaceMention {
    pub(super) fn of(toponym: Toponym, zone: ZoneKind, tokens: &Tokens<'_>) -> PlaceMention {
        PlaceMention { span: tokens.span(toponym.tokens.start, toponym.tokens.end), toponym, zone }
    }
}

/// An act that a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// The rule's name.
    pub rule: String,
    /// The word that names the act.
    pub trigger: Span,
    /// What became of it.
    pub fate: Fate,
}

/// What became of an act that a rule found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It gave so many events.
    Told(usize),
    /// A cue in its clause makes it something else than done.
    Cued(Makes),
    /// It is long past or still to come.
    NotNow,
    /// No Afghan place could be told.
    NoPlace,
    /// Its parties make no sense of it.
    NoParty,
    /// It tells the toll of another act.
    Toll,
    /// Its word is part of a title.
    Title,
}

//! A reading: what a report tells, and what became of everything in it that looked like an act or a place.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::grammar::Makes;
use super::{Event, EventKind};
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

impl Reading {
    /// The events that sentences beginning at a byte from `start` up to `end` tell.
    #[must_use]
    pub fn events_within(&self, start: usize, end: usize) -> &[Event] {
        let from = self.events.partition_point(|e| e.quote_start < start);
        let to = self.events.partition_point(|e| e.quote_start < end);
        self.events.get(from..to).unwrap_or_default()
    }

    /// The events that an act gave; none where its sentence had told them already.
    pub fn events_of(&self, act: &Act) -> impl Iterator<Item = &Event> {
        let told = self.events_within(0, act.trigger.end());
        let sentence = told.last().map_or(0, |e| e.quote_start);
        let order = matches!(act.fate, Fate::Told(_)).then_some(act.order);
        self.events_within(sentence, act.trigger.end())
            .iter()
            .filter(move |e| Some(e.telling.order) == order && act.trigger.end() <= e.quote_end)
    }
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
    pub rule: Arc<str>,
    /// What the rule reads.
    pub kind: EventKind,
    /// The word that names the act.
    pub trigger: Span,
    /// The words by which it was dated; None where nothing says when, or where it was not asked.
    pub dated_by: Option<Span>,
    /// [`Telling::order`](super::Telling) of the events it gave.
    pub order: u32,
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
    /// Its word is part of a title, or says what sort of people somebody is.
    Title,
}

impl Fate {
    /// As spelled in records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Fate::Told(_) => "told",
            Fate::Cued(makes) => makes.as_str(),
            Fate::NotNow => "not_now",
            Fate::NoPlace => "no_place",
            Fate::NoParty => "no_party",
            Fate::Toll => "toll",
            Fate::Title => "title",
        }
    }
}

impl Serialize for Fate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

//! A report: one story as one outlet printed it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::Span;

/// One story as one outlet printed it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Its `id` column, else its file name.
    pub id: String,
    /// The outlet, where known.
    pub source: Option<String>,
    /// Where it was printed.
    pub url: Option<String>,
    /// The day it was printed, from a column or its header; None where neither says.
    pub published: Option<Date>,
    /// Its headline, where a column gives one. It is not part of `text`.
    pub title: Option<String>,
    /// The text, as read. All spans count its bytes.
    pub text: String,
}

/// What a part of a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZoneKind {
    /// The date or file header above a story.
    Header,
    /// Where and when the writer sat: `KABUL, Aug 6 (Agency) -`.
    Dateline,
    /// Who wrote it, handles included.
    Byline,
    /// The title.
    Headline,
    /// The story itself.
    Body,
    /// Text under a picture.
    Caption,
    /// A post of a social network quoted in the story.
    Post,
    /// Links, credits, calls to subscribe.
    Furniture,
}

/// A part of a report that is read in its own way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Zone {
    /// What it is for.
    pub kind: ZoneKind,
    /// Where it stands in the text.
    pub span: Span,
    /// The day its relative dates count from: that of the post, caption or story; None where unknown.
    pub anchor: Option<Date>,
    /// Which of several stories in one file it belongs to, counted from 0.
    pub story: usize,
    /// When acts happened that it tells without a date.
    pub undated: Undated,
}

/// When acts happened that a part of a report tells without a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undated {
    /// Nobody can say: the day of printing and the day before are assumed.
    #[default]
    Unknown,
    /// The release of a force that tells of its own acts: on its day or the day before.
    Release,
    /// An entry of a list by days: on its day.
    Entry,
}

//! The words that a page in a browser needs to tell a day.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Screen;
use crate::event::EventKind;
use crate::map::edition::{CLASSES, class_name};
use crate::map::furniture::MILE;

/// Words for the page's own script. Templates have slots in braces.
#[derive(Debug, Serialize)]
pub struct ScreenWords<'a> {
    /// The classes of the legend, each with its key.
    classes: Vec<[&'a str; 2]>,
    /// The groups of events, each with the name of its picture.
    groups: Vec<[&'a str; 2]>,
    months: &'a [String],
    weekdays: &'a [String],
    long_date: &'a str,
    date: &'a str,
    short_date: &'a str,
    changed: &'a str,
    stale: &'a str,
    claimed_event: &'a str,
    coarse_event: &'a str,
    scale_km: &'a str,
    scale_miles: &'a str,
    /// Kilometres a mile.
    mile: f64,
    /// What areas are called.
    unit: &'a str,
    /// Of the page itself.
    own: &'a BTreeMap<String, String>,
}

impl Screen<'_> {
    /// Words for the page's own script.
    #[must_use]
    pub fn words(&self) -> ScreenWords<'_> {
        let wording = &self.atlas.wording;
        let page = &wording.page;
        ScreenWords {
            classes: CLASSES.map(|c| [c.as_str(), class_name(c, wording)]).to_vec(),
            groups: self.atlas.glyphs.iter().map(|g| [g.name.as_str(), wording.label(&g.name)]).collect(),
            months: wording.months(),
            weekdays: wording.weekdays(),
            long_date: &page.long_date,
            date: &page.date,
            short_date: &page.short_date,
            changed: &wording.legend.changed,
            stale: &wording.legend.stale,
            claimed_event: &wording.legend.claimed_event,
            coarse_event: &wording.legend.coarse_event,
            scale_km: &wording.scale.km,
            scale_miles: &wording.scale.miles,
            mile: MILE,
            unit: self.word("unit").unwrap_or_default(),
            own: &wording.browser.words,
        }
    }

    /// A word of the page itself, by its name in `style/wording.toml`.
    #[must_use]
    pub fn word(&self, name: &str) -> Option<&str> {
        let wording = &self.atlas.wording;
        match name {
            "legend_head" => Some(&wording.legend.head),
            "events_head" => Some(&wording.legend.events),
            "unit" if self.districts => Some(&wording.legend.districts),
            "unit" => Some(&wording.legend.provinces),
            "unnamed" => Some(&wording.page.unnamed),
            "title" => Some(&wording.page.fallback_title),
            "caveat" => Some(&wording.page.caveat),
            "boundaries" => Some(&wording.page.boundaries),
            "approximate" if self.districts => Some(&wording.page.approximate),
            "approximate" => Some(""),
            _ => wording.browser.words.get(name).map(String::as_str),
        }
    }

    /// The position of a kind's group among those of the words.
    #[must_use]
    pub fn group(&self, kind: EventKind) -> usize {
        let wanted = self.atlas.wording.glyph(kind);
        self.atlas.glyphs.iter().position(|g| g.name == wanted).unwrap_or_default()
    }
}

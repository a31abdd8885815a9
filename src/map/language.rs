//! The languages of maps: their words and their names of places.

use std::borrow::Cow;

use super::fonts::in_arabic_digits;
use super::wording::Wording;
use crate::control::Day;
use crate::event::Event;
use crate::gazetteer::{Gazetteer, Place, PlaceId};

/// A language that maps are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Dari, from right to left.
    Dari,
    /// Pashto, from right to left.
    Pashto,
}

impl Language {
    /// The language with this code: `en`, `fa` or `ps` (ISO 639-1).
    ///
    /// ```
    /// use naqsha::map::Language;
    /// assert_eq!(Language::named("fa"), Some(Language::Dari));
    /// assert_eq!(Language::named("de"), None);
    /// ```
    #[must_use]
    pub fn named(code: &str) -> Option<Language> {
        match code {
            "en" => Some(Language::English),
            "fa" => Some(Language::Dari),
            "ps" => Some(Language::Pashto),
            _ => None,
        }
    }

    /// The tag of the language and its country's usage (BCP 47).
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Dari => "fa-AF",
            Language::Pashto => "ps-AF",
        }
    }

    /// The table of its words.
    pub(super) fn wording(self) -> &'static str {
        match self {
            Language::English => "style/wording.toml",
            Language::Dari => "style/wording_fa.toml",
            Language::Pashto => "style/wording_ps.toml",
        }
    }

    /// Whether its lines run from right to left, in Arabic script.
    pub(super) fn is_leftward(self) -> bool {
        self != Language::English
    }

    /// Text with the digits of the language.
    pub(super) fn written(self, text: &str) -> Cow<'_, str> {
        if self.is_leftward() { Cow::Owned(in_arabic_digits(text)) } else { Cow::Borrowed(text) }
    }

    /// What a place is called; its English name where no other is known.
    pub(super) fn name(self, place: &Place) -> &str {
        let own = match self {
            Language::English => None,
            Language::Dari => place.name_fa.as_deref(),
            Language::Pashto => place.name_ps.as_deref(),
        };
        own.unwrap_or(&place.name)
    }
}

/// The day with places and parties named as the words' language does.
pub(super) fn named<'d>(day: &'d Day, gazetteer: &Gazetteer, wording: &Wording) -> Cow<'d, Day> {
    if wording.language == Language::English {
        return Cow::Borrowed(day);
    }
    let mut day = day.clone();
    let own = |id: &PlaceId| {
        let place = gazetteer.by_id(id.as_str())?;
        Some(wording.language.name(gazetteer.get(place)).to_owned())
    };
    for change in &mut day.changes {
        change.name = own(&change.unit).unwrap_or_else(|| std::mem::take(&mut change.name));
    }
    for Event { place, actor1, actor2, .. } in &mut day.events {
        place.name = own(&place.id).unwrap_or_else(|| std::mem::take(&mut place.name));
        place.admin1_name = place.admin1.as_ref().and_then(own).or(place.admin1_name.take());
        for actor in [actor1, actor2].into_iter().flatten() {
            actor.name = wording.sides.get(&actor.side).map_or("", String::as_str).into();
        }
    }
    Cow::Owned(day)
}

//! The words of maps: templates filled from events, names of classes, dates.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::calendar::Calendar;
use super::focus::FocusWords;
use super::language::Language;
use super::style::table;
use crate::data::DataFiles;
use crate::error::Error;
use crate::event::{EventKind, Side};

const NEWS: &str = "style/news.toml";
const GLYPHS: &str = "style/glyphs.toml";

/// The words for one kind of event.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KindWords {
    kind: EventKind,
    pub(super) headline: Vec<String>,
    #[serde(default)]
    pub(super) inside: Vec<String>,
    pub(super) noun: String,
    /// "taken": of kinds that say who holds a place afterwards.
    pub(super) passive: Option<String>,
    pub(super) line: Vec<String>,
}

/// What follows a callout's first words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineWords {
    pub(super) claimed: String,
    pub(super) claimed_taliban: String,
    pub(super) claimed_government: String,
    pub(super) confirmed: String,
    pub(super) reported: String,
    pub(super) reversed: String,
    pub(super) inside: String,
    pub(super) killed: String,
    pub(super) wounded: String,
    pub(super) at_least: String,
    pub(super) between: String,
}

/// Headlines of claims, by whose they are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimWords {
    pub(super) taliban: Vec<String>,
    pub(super) government: Vec<String>,
    pub(super) militia: Vec<String>,
    pub(super) other: Vec<String>,
    pub(super) reported: Vec<String>,
    pub(super) contested: Vec<String>,
}

/// What the page says about itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PageWords {
    pub(super) fallback_title: String,
    pub(super) subtitle: String,
    pub(super) subtitle_districts: String,
    pub(super) long_date: String,
    pub(super) date: String,
    pub(super) short_date: String,
    /// None where a day cannot stand before a date for the days between.
    days_in_month: Option<String>,
    days: String,
    pub(super) province: String,
    pub(super) in_province: String,
    pub(super) sources: String,
    pub(super) and_others: String,
    pub(super) unnamed: String,
    pub(super) no_sources: String,
    pub(super) caveat: String,
    pub(super) baseline: String,
    pub(super) baseline_everywhere: String,
    pub(super) boundaries: String,
    boundaries_imported: String,
    pub(super) approximate: String,
    pub(super) projection: String,
    pub(super) description: String,
    pub(super) description_events: String,
    pub(super) description_quiet: String,
    pub(super) area_title: String,
    pub(super) area_since: String,
    pub(super) marker_title: String,
    pub(super) article: String,
}

/// Units of the scale bar.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScaleWords {
    pub(super) km: String,
    pub(super) miles: String,
}

/// The legend's words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LegendWords {
    pub(super) head: String,
    pub(super) provinces: String,
    pub(super) districts: String,
    pub(super) taliban: String,
    pub(super) contested: String,
    pub(super) claimed_taliban: String,
    pub(super) claimed_government: String,
    pub(super) government: String,
    pub(super) unknown: String,
    pub(super) changed: String,
    pub(super) stale: String,
    pub(super) place: String,
    pub(super) events: String,
    pub(super) claimed_event: String,
    pub(super) coarse_event: String,
}

/// What the page in a browser says of itself.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BrowserWords {
    /// The words of a short quote.
    pub(super) quote_words: usize,
    pub(super) words: BTreeMap<String, String>,
}

/// What the chart says of itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatisticsWords {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) areas: String,
    pub(super) capitals: String,
    pub(super) note: String,
    pub(super) description: String,
}

/// The picture and the weight of a kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindLook {
    kind: EventKind,
    glyph: String,
    weight: i32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct News {
    importance: Importance,
    kind: Vec<KindLook>,
}

/// What makes an event lead.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Importance {
    pub(super) capital: i32,
    pub(super) kabul: i32,
    pub(super) city: i32,
    pub(super) asserted: i32,
    pub(super) confirmed: i32,
    pub(super) claimed: i32,
    pub(super) inside: i32,
    pub(super) independent: i32,
    pub(super) coarse: i32,
    pub(super) hundred_killed: i32,
    pub(super) turn: i32,
}

/// How a title names several places.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeveralWords {
    pub(super) separator: String,
    pub(super) named: String,
    pub(super) capitals: String,
    pub(super) districts: String,
    pub(super) provinces: String,
    pub(super) places: String,
    /// Of zero, one, two and so on; a greater number is set in digits.
    pub(super) numbers: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names<const N: usize>
where
    [String; N]: for<'a> Deserialize<'a>,
{
    names: [String; N],
}

/// A title and a subtitle that an editor gives.
#[derive(Debug, Clone, Default)]
pub(super) struct Heading {
    pub(super) title: Option<String>,
    pub(super) subtitle: Option<String>,
}

/// All words of the maps.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wording {
    pub(super) line: LineWords,
    pub(super) claim: ClaimWords,
    pub(super) page: PageWords,
    pub(super) scale: ScaleWords,
    pub(super) focus: FocusWords,
    pub(super) legend: LegendWords,
    pub(super) several: SeveralWords,
    pub(super) glyphs: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) browser: BrowserWords,
    pub(super) statistics: StatisticsWords,
    #[serde(default)]
    pub(super) articles: BTreeMap<String, String>,
    /// How parties are called by their side; empty where they go by their own names.
    #[serde(default)]
    pub(super) sides: BTreeMap<Side, String>,
    /// Names of countries by their ISO 3166 codes, where they are not those of the basemap.
    #[serde(default)]
    pub(super) countries: BTreeMap<String, String>,
    calendar: Calendar,
    #[serde(skip)]
    pub(super) language: Language,
    /// What an editor puts in place of a day's own.
    #[serde(skip)]
    pub(super) heading: Heading,
    months: Names<12>,
    weekdays: Names<7>,
    kind: Vec<KindWords>,
    #[serde(skip)]
    looks: Vec<KindLook>,
    #[serde(skip)]
    pub(super) importance: Importance,
}

/// A picture inside a marker.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Glyph {
    pub(super) name: String,
    /// SVG path data within 16 x 16 around (0, 0), even-odd.
    pub(super) path: String,
    /// Degrees clockwise.
    #[serde(default)]
    pub(super) turn: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Glyphs {
    glyph: Vec<Glyph>,
}

impl Wording {
    /// The same where district boundaries are imported: their source is credited, and nothing is approximate.
    pub(super) fn crediting(mut self, source: Option<&str>) -> Wording {
        let page = &mut self.page;
        let credit =
            |source: &str| fill(&page.boundaries_imported, |s| (s == "source").then(|| source.to_owned()));
        if let Some(credit) = source.and_then(credit) {
            page.boundaries = credit;
            page.approximate.clear();
        }
        self
    }

    pub(super) fn from_data(data: &DataFiles, language: Language) -> Result<(Wording, Vec<Glyph>), Error> {
        let file = language.wording();
        let wording: Wording = table(data, file)?;
        let News { importance, kind: looks } = table(data, NEWS)?;
        let Glyphs { glyph } = table(data, GLYPHS)?;
        let wrong = |file: &str, problem: String| Error::Data { file: file.to_owned(), line: None, problem };
        for kind in EventKind::ALL {
            if !wording.kind.iter().any(|k| k.kind == kind) {
                return Err(wrong(file, format!("has no words for {}", kind.as_str())));
            }
            let look = looks.iter().find(|k| k.kind == kind);
            let look = look.ok_or_else(|| wrong(NEWS, format!("has no picture for {}", kind.as_str())))?;
            if !glyph.iter().any(|g| g.name == look.glyph) {
                let problem = format!("names a glyph {:?} that {GLYPHS} does not hold", look.glyph);
                return Err(wrong(NEWS, problem));
            }
        }
        if let Some(unnamed) = glyph.iter().find(|g| !wording.glyphs.contains_key(&g.name)) {
            return Err(wrong(file, format!("has no name for the glyph {:?}", unnamed.name)));
        }
        Ok((Wording { looks, importance, language, ..wording }, glyph))
    }

    /// The words for a kind; every kind has some (`from_data`).
    pub(super) fn of(&self, kind: EventKind) -> &KindWords {
        self.kind.iter().find(|k| k.kind == kind).unwrap_or(&self.kind[0])
    }

    /// The name of a kind's picture.
    pub(super) fn glyph(&self, kind: EventKind) -> &str {
        self.looks.iter().find(|k| k.kind == kind).map_or("", |k| &k.glyph)
    }

    /// What a picture is called in the legend.
    pub(super) fn label(&self, glyph: &str) -> &str {
        self.glyphs.get(glyph).map_or("", String::as_str)
    }

    /// How much an event of a kind leads.
    pub(super) fn weight(&self, kind: EventKind) -> i32 {
        self.looks.iter().find(|k| k.kind == kind).map_or(0, |k| k.weight)
    }

    /// January to December.
    pub(super) fn months(&self) -> &[String] {
        &self.months.names
    }

    /// Monday to Sunday.
    pub(super) fn weekdays(&self) -> &[String] {
        &self.weekdays.names
    }

    /// A name without the article that sentences give it.
    pub(super) fn articles_dropped<'a>(&self, name: &'a str) -> &'a str {
        name.strip_prefix(self.page.article.as_str()).unwrap_or(name)
    }

    /// A date by a template with `{weekday} {day} {month} {year}`.
    pub(super) fn date(&self, date: Date, template: &str) -> String {
        let (year, month, day) = self.calendar.parts(date);
        let weekday = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        fill(template, |slot| match slot {
            "weekday" => Some(self.weekdays.names[weekday].clone()),
            "day" => Some(day.to_string()),
            "month" => self.months.names.get(month.checked_sub(1)?).cloned(),
            "year" => Some(year.to_string()),
            _ => None,
        })
        .unwrap_or_default()
    }

    /// The days between two dates, both included.
    pub(super) fn days(&self, from: Date, to: Date) -> String {
        let page = &self.page;
        let whole = |date| self.date(date, &page.date);
        if from == to {
            return whole(from);
        }
        let ((year, month, day), (last_year, last_month, _)) =
            (self.calendar.parts(from), self.calendar.parts(to));
        let short = page.days_in_month.as_ref().filter(|_| (year, month) == (last_year, last_month));
        fill(short.unwrap_or(&page.days), |slot| match slot {
            "from" if short.is_some() => Some(day.to_string()),
            "from" => Some(whole(from)),
            "to" => Some(whole(to)),
            _ => None,
        })
        .unwrap_or_default()
    }
}

/// A template with its slots filled; None where a slot outside brackets is empty.
pub(super) fn fill(template: &str, slot: impl Fn(&str) -> Option<String> + Copy) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '[']) {
        out.push_str(&rest[..at]);
        let (close, optional) = if rest[at..].starts_with('{') { ('}', false) } else { (']', true) };
        let Some(length) = rest[at..].find(close) else { break };
        let inner = &rest[at + 1..at + length];
        if optional {
            out.push_str(&fill(inner, slot).unwrap_or_default());
        } else {
            out.push_str(&slot(inner)?);
        }
        rest = &rest[at + length + 1..];
    }
    out.push_str(rest);
    Some(out)
}

/// The first of the templates that can be filled.
pub(super) fn first(templates: &[String], slot: impl Fn(&str) -> Option<String> + Copy) -> Option<String> {
    templates.iter().find_map(|t| fill(t, slot))
}

//! The page of a reading: a report sentence by sentence, each with notes on what was found in it.

use std::collections::BTreeMap;
use std::fmt;

use anstyle::{AnsiColor, Style};

use super::notes;
use crate::event::Inspection;
use crate::gazetteer::Gazetteer;
use crate::output::PlaceRecord;
use crate::output::lines::{Ink, Lines, Mark};
use crate::report::{Report, Zone, ZoneKind};
use crate::text::Span;

/// Where the text, its notes, and their columns begin.
const TEXT: usize = 2;
const NOTE: usize = 6;
const SURFACE: usize = 13;
const FINDING: usize = 27;

/// A report as it was read, set for a terminal: its text with what was found between marks, and notes below. Colours are
/// ANSI escape codes, for a writer that takes them out where they are not wanted. What in the text would steer a terminal
/// is spelled out.
#[derive(Debug)]
pub struct ReadingPage<'r> {
    report: &'r Report,
    seen: &'r Inspection,
    places: &'r Gazetteer,
    width: usize,
}

/// A part of the text that is set in one go: a sentence, or a zone that is not read.
struct Section<'r> {
    start: usize,
    end: usize,
    opens_zone: Option<&'r Zone>,
    opens_paragraph: bool,
    is_read: bool,
}

/// A note on some words of the text.
struct Note {
    span: Span,
    ink: Ink,
    says: String,
}

impl<'r> ReadingPage<'r> {
    /// What is to be read about the marks, once, above the first page.
    pub const LEGEND: &'static str =
        "Marks: [place] {date} <act> ~a name that is no place~. Below each sentence: what was made of them.";

    /// The page of a report. `width` is in columns; less than 60 is taken for 60.
    #[must_use]
    pub fn new(
        report: &'r Report,
        seen: &'r Inspection,
        places: &'r Gazetteer,
        width: usize,
    ) -> ReadingPage<'r> {
        ReadingPage { report, seen, places, width: width.max(60) }
    }

    fn head(&self, lines: &mut Lines) {
        let (report, reading) = (self.report, &self.seen.reading);
        lines.begin(0);
        lines.label(BOLD, "==");
        lines.words(&report.id);
        lines.begin(0);
        let published = reading.published.map_or("no date".to_owned(), |d| d.to_string());
        lines.words(&format!("published: {published}"));
        let named = [("source", &self.seen.source), ("url", &report.url), ("title", &report.title)];
        for (what, value) in named {
            if let Some(value) = value {
                lines.begin(0);
                lines.words(&format!("{what}: {value}"));
            }
        }
        for notice in &reading.notices {
            lines.begin(0);
            lines.label(AnsiColor::Cyan.on_default(), "note:");
            lines.words(&notice.message);
        }
        lines.begin(0);
        lines.words(&self.tally());
        lines.end();
    }

    fn tally(&self) -> String {
        let reading = &self.seen.reading;
        let counted = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let untold = reading.acts.iter().filter(|a| reading.events_of(a).next().is_none()).count();
        let unclear = reading.places.iter().filter(|p| p.toponym.place.is_none()).count();
        let of = |n: usize, what: &str| if n == 0 { String::new() } else { format!(" ({n} {what})") };
        format!(
            "{} from {}{}; {}{}; {}; {}",
            counted(reading.events.len(), "event"),
            counted(reading.acts.len(), "act"),
            of(untold, "gave none"),
            counted(reading.places.len(), "place name"),
            of(unclear, "ambiguous"),
            counted(self.seen.dates.len(), "date"),
            counted(self.seen.refused.len(), "veto").replace("vetos", "vetoes"),
        )
    }

    fn sections(&self) -> Vec<Section<'r>> {
        let mut sections: Vec<Section<'r>> = Vec::new();
        let mut sentences = self.seen.sentences.iter().peekable();
        for zone in &self.seen.reading.zones {
            let mut first = true;
            while let Some(passage) = sentences.next_if(|p| p.span.start() < zone.span.end()) {
                sections.push(Section {
                    start: passage.span.start(),
                    end: 0,
                    opens_zone: first.then_some(zone),
                    opens_paragraph: passage.opens_paragraph,
                    is_read: true,
                });
                first = false;
            }
            if first {
                sections.push(Section {
                    start: zone.span.start(),
                    end: 0,
                    opens_zone: Some(zone),
                    opens_paragraph: true,
                    is_read: false,
                });
            }
        }
        // Each goes on to where the next begins, so that all of the text is set.
        let mut end = self.report.text.len();
        for section in sections.iter_mut().rev() {
            section.end = end;
            end = section.start;
        }
        if let Some(first) = sections.first_mut() {
            first.start = 0;
        }
        sections
    }

    fn zone_line(&self, lines: &mut Lines, section: &Section<'_>) {
        if section.opens_paragraph {
            lines.gap();
        }
        let Some(zone) = section.opens_zone else { return };
        let mut title = format!("-- {}", kind(zone.kind));
        if zone.story > 0 {
            title.push_str(&format!(", story {}", zone.story + 1));
        }
        if !section.is_read {
            title.push_str(", no acts are read here");
        } else if let Some(anchor) = zone.anchor {
            title.push_str(&format!(", days count from {anchor}"));
        }
        lines.begin(0);
        lines.label(DIM, &title);
    }

    /// The notes on all that was found, in the order of the text.
    fn notes(&self) -> Vec<Note> {
        let reading = &self.seen.reading;
        let records = PlaceRecord::all(self.report, reading, self.places);
        let places = reading.places.iter().zip(&records).map(|(mention, record)| Note {
            span: mention.span,
            ink: Ink::Place,
            says: notes::place(&mention.toponym, record, self.places),
        });
        let vetoes = self.seen.refused.iter().map(|refused| Note {
            span: refused.span,
            ink: Ink::Veto,
            says: notes::veto(refused.why).to_owned(),
        });
        let mut dated: BTreeMap<Span, Vec<&str>> = BTreeMap::new();
        for act in &reading.acts {
            if let Some(words) = act.dated_by {
                dated.entry(words).or_default().push(act.trigger.of(&self.report.text));
            }
        }
        let dates = self.seen.dates.iter().map(|mention| Note {
            span: mention.span,
            ink: Ink::Date,
            says: notes::date(mention, dated.get(&mention.span).map_or(&[], Vec::as_slice)),
        });
        let acts = reading.acts.iter().map(|act| Note {
            span: act.trigger,
            ink: Ink::Act,
            says: notes::act(act, reading.events_of(act).count()),
        });
        let mut all: Vec<Note> = places.chain(vetoes).chain(dates).chain(acts).collect();
        all.sort_by_key(|n| (n.span.start(), std::cmp::Reverse(n.span.end()), n.ink));
        all
    }

    fn section(&self, lines: &mut Lines, section: &Section<'_>, notes: &[Note]) {
        let text = &self.report.text;
        let mut marks: Vec<Mark> = notes.iter().map(|n| Mark { span: n.span, ink: n.ink }).collect();
        marks.dedup();
        lines.begin(TEXT);
        lines.marked(text.get(section.start..section.end).unwrap_or_default(), section.start, &marks);
        for note in notes {
            lines.begin(NOTE);
            lines.label(note.ink.style(), note.ink.name());
            lines.tab(SURFACE);
            lines.words(note.span.of(text));
            lines.tab(FINDING);
            lines.words(&note.says);
        }
        for event in self.seen.reading.events_within(section.start, section.end) {
            lines.begin(NOTE);
            lines.label(BOLD, "EVENT");
            lines.tab(SURFACE);
            lines.words(event.kind.as_str());
            lines.tab(FINDING);
            lines.words(&notes::event(event));
        }
    }
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

impl fmt::Display for ReadingPage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = Lines::new(self.width);
        self.head(&mut lines);
        let all = self.notes();
        let mut rest = all.as_slice();
        for section in self.sections() {
            self.zone_line(&mut lines, &section);
            let (own, others) = rest.split_at(rest.partition_point(|n| n.span.start() < section.end));
            self.section(&mut lines, &section, own);
            rest = others;
        }
        lines.end();
        f.write_str(&lines.into_string())
    }
}

fn kind(kind: ZoneKind) -> &'static str {
    match kind {
        ZoneKind::Header => "header",
        ZoneKind::Dateline => "dateline",
        ZoneKind::Byline => "byline",
        ZoneKind::Headline => "headline",
        ZoneKind::Body => "body",
        ZoneKind::Caption => "caption",
        ZoneKind::Post => "post",
        ZoneKind::Furniture => "furniture",
    }
}

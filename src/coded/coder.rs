//! The coder: rows that somebody coded become events, each on the word of the sources that its row names.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::actors::{actor, gainer, holder};
use super::codebook::{Cells, Codebook, Grain, KindRule, Shared, cell, fits};
use super::dates::when;
use super::placing::{Ground, Placed};
use super::sources::sources;
use super::tally::Tally;
use crate::data::DataFiles;
use crate::date::EventDate;
use crate::error::{Error, Notice, NoticeKind};
use crate::event::{
    Actor, Attribution, Effect, Event, EventId, EventKind, Interest, Modality, Range, SourceRef, Telling,
    Voice,
};
use crate::gazetteer::{Gazetteer, PlaceKind};
use crate::map::Basemap;
use crate::report::{CodedRow, Signature};
use crate::text::{Tokens, fold};

/// What tells tables of coded events from tables of reports.
///
/// # Errors
/// `Error::Data` names the code book that is malformed.
pub fn signatures(data: &DataFiles) -> Result<Vec<Signature>, Error> {
    let own = Shared::from_data(data)?.own;
    let own = Signature { coding: own.name.into(), columns: own.signature };
    let books = Codebook::all(data)?.into_iter();
    let of = |book: Codebook| Signature { coding: book.name.into(), columns: book.signature };
    Ok(std::iter::once(own).chain(books.map(of)).collect())
}

/// Translates rows, one after another.
#[derive(Debug)]
pub struct Coder<'m> {
    pub(super) shared: Shared,
    books: Vec<Arc<Codebook>>,
    pub(super) ground: Ground<'m>,
    pub(super) tally: Tally,
    /// By coding and id, a digest of what the row held.
    known: BTreeMap<(String, String), EventId>,
}

/// The events of a row, and what was put right in it.
pub(super) type Coded = (Vec<Event>, Option<String>);

/// What a row says of a change of hands.
struct Change {
    kind: EventKind,
    actors: [Option<Actor>; 2],
    effect: Option<Effect>,
}

impl<'m> Coder<'m> {
    /// A coder by the code books of `data`, which holds rows against these places and outlines.
    ///
    /// # Errors
    /// `Error::Data` names the code book that is malformed.
    pub fn new(data: &DataFiles, gazetteer: &'m Gazetteer, basemap: &'m Basemap) -> Result<Coder<'m>, Error> {
        Ok(Coder {
            shared: Shared::from_data(data)?,
            books: Codebook::all(data)?.into_iter().map(Arc::new).collect(),
            ground: Ground { gazetteer, basemap },
            tally: Tally::default(),
            known: BTreeMap::new(),
        })
    }

    /// The events of a row, one for each source that it names, and what is wrong with it. What many rows share is
    /// counted, for [`Coder::finish`].
    pub fn read(&mut self, row: &CodedRow) -> (Vec<Event>, Vec<Notice>) {
        let read = match self.books.iter().position(|book| *book.name == *row.coding) {
            Some(at) => {
                let book = Arc::clone(&self.books[at]);
                self.coded(&book, row)
            }
            None => self.own(row),
        };
        let (events, remark) = match read {
            Ok(Some((events, remark))) => (events, remark),
            Ok(None) => return (Vec::new(), Vec::new()),
            Err(why) => return (Vec::new(), vec![Notice::skipped(&row.file, why).at_line(row.line)]),
        };
        let remark = remark.map(|said| Notice::remark(&row.file, said).at_line(row.line));
        (events, remark.into_iter().collect())
    }

    /// What was counted of all rows, by file.
    #[must_use]
    pub fn finish(self) -> Vec<Notice> {
        self.tally.into_notices()
    }

    /// None where the row is counted and left out.
    fn coded(&mut self, book: &Codebook, row: &CodedRow) -> Result<Option<Coded>, String> {
        let cells = &row.cells;
        if !book.is_home(cells) {
            self.leave_out(row, "of other countries".to_owned());
            return Ok(None);
        }
        if let Some(left) = book.leave_out.iter().find(|left| fits(&left.when, cells)) {
            self.leave_out(row, left.because.clone());
            return Ok(None);
        }
        let Some(rule) = book.kind.iter().find(|rule| fits(&rule.when, cells)) else {
            let label = book.label(cells);
            self.leave_out(row, format!("{label:?} is no kind of event that naqsha has"));
            return Ok(None);
        };
        let id = cell(cells, &book.columns.id)
            .ok_or_else(|| format!("has no id; fill its column {}", book.columns.id.join(" or ")))?;
        if !self.is_new(row, id)? {
            return Ok(None);
        }
        let when = when(&book.date, cells).map_err(|why| format!("row {id}: {why}"))?;
        let placed =
            self.ground.place(book, &self.shared, cells).map_err(|why| format!("row {id}: {why}"))?;
        let change = self.change(book, rule, row, when, &placed);
        let remark = placed.remark.clone().map(|said| format!("row {id}: {said}"));
        Ok(Some((self.events(book, row, id, when, &placed, &change), remark)))
    }

    pub(super) fn leave_out(&mut self, row: &CodedRow, said: String) {
        self.tally.count(row, NoticeKind::Skipped, said);
    }

    /// Whether an id comes for the first time.
    pub(super) fn is_new(&mut self, row: &CodedRow, id: &str) -> Result<bool, String> {
        let key = (row.coding.to_string(), id.to_owned());
        let cells: Vec<&str> = row.cells.iter().flat_map(|(name, cell)| [name.as_str(), cell]).collect();
        let content = EventId::of(&cells);
        match self.known.get(&key) {
            Some(known) if *known == content => {
                self.tally.count(row, NoticeKind::Skipped, "given twice, counted once".to_owned());
                Ok(false)
            }
            Some(_) => {
                Err(format!("row {id} is given twice and differs; the first counts: leave one of them out"))
            }
            None => {
                self.known.insert(key, content);
                Ok(true)
            }
        }
    }

    fn change(
        &mut self,
        book: &Codebook,
        rule: &KindRule,
        row: &CodedRow,
        when: EventDate,
        placed: &Placed,
    ) -> Change {
        let actors = self.actors(book, row, when.to);
        let Some(gains) = rule.gains else { return Change { kind: rule.kind, actors, effect: None } };
        let note = cell(&row.cells, &book.columns.note).unwrap_or_default();
        if let Some(parts) =
            book.parts.as_ref().filter(|parts| tells_of_part(&parts.words, &parts.whole, note))
        {
            let said = "the note tells of a part of a place, not of the place; it counts as fighting there";
            self.tally.count(row, NoticeKind::Remark, said.to_owned());
            return Change { kind: parts.kind, actors, effect: None };
        }
        let [first, second] = &actors;
        let [winner, loser] = gainer(gains, self.shared.state_on(when.to), [first.as_ref(), second.as_ref()])
            .map(|a| a.cloned());
        let effect = winner.as_ref().and_then(|a| holder(a.side));
        let vague = !placed.is_named || is_wide(book, &row.cells);
        if effect.is_none() || vague {
            let said = if vague {
                "names no place that the gazetteer knows (--gazetteer adds places); no status follows"
            } else {
                "the party that gains is not known for certain; no status follows"
            };
            self.tally.count(row, NoticeKind::Remark, said.to_owned());
        }
        let actors = match (rule.kind, winner) {
            (_, None) => actors,
            // The giver acts, the other receives.
            (EventKind::Transferred, winner) => [loser, winner],
            (_, winner) => [winner, loser],
        };
        let kind = match (rule.kind, placed.place.kind) {
            (EventKind::Captured, PlaceKind::Facility) => EventKind::FacilitySeized,
            (kind, _) => kind,
        };
        Change { kind, actors, effect: effect.filter(|_| !vague) }
    }

    fn actors(&mut self, book: &Codebook, row: &CodedRow, day: Date) -> [Option<Actor>; 2] {
        [&book.columns.actor1, &book.columns.actor2].map(|columns| {
            let name = cell(&row.cells, columns)?;
            let (actor, is_known) = actor(&self.shared, name, day);
            if !is_known {
                let said = format!("the party {name:?} is not known: its side stays unknown");
                self.tally.count(row, NoticeKind::Remark, said);
            }
            Some(actor)
        })
    }

    /// One event for each source, or for the data set where none is named.
    fn events(
        &self,
        book: &Codebook,
        row: &CodedRow,
        id: &str,
        when: EventDate,
        placed: &Placed,
        change: &Change,
    ) -> Vec<Event> {
        let named = sources(&book.columns, &row.cells);
        let named = in_time(named, when.to, self.shared.print_lag_days);
        let unnamed = SourceRef { outlet: book.name.clone(), date: None };
        let named = if named.is_empty() { vec![unnamed] } else { named };
        let quote = cell(&row.cells, &book.columns.note).unwrap_or_default();
        let event = |source: SourceRef| Event {
            id: EventId::of(&[&book.name, id, &source.outlet]),
            doc_id: id.to_owned(),
            published: source.date,
            source: Some(source.outlet.clone()),
            url: None,
            when: Some(when),
            kind: change.kind,
            actor1: change.actors[0].clone(),
            actor2: change.actors[1].clone(),
            place: placed.place.clone(),
            effect: change.effect,
            modality: Modality::Asserted,
            attribution: Attribution {
                claimant: None,
                side: None,
                interest: Interest::Neutral,
                voice: Voice::Outlet,
            },
            killed: killed(book, &row.cells),
            wounded: number(cell(&row.cells, &book.columns.wounded)).map(|n| Range { low: n, high: n }),
            confidence: book.confidence,
            telling: Telling::default(),
            n_reports: 1,
            n_independent: 1,
            lineage: EventId::of(&[&source.outlet]).0,
            sources: vec![source],
            quote: quote.to_owned(),
            quote_start: 0,
            quote_end: quote.len(),
            corrections: Default::default(),
        };
        named.into_iter().map(event).collect()
    }
}

/// The sources that printed soon after the event; where none did, all of them, without their days.
fn in_time(named: Vec<SourceRef>, day: Date, lag_days: i32) -> Vec<SourceRef> {
    let is_late = |s: &SourceRef| s.date.is_some_and(|d| (d - day).get_days() > lag_days);
    if named.iter().all(is_late) {
        return named.into_iter().map(|s| SourceRef { date: None, ..s }).collect();
    }
    named.into_iter().filter(|s| !is_late(s)).collect()
}

/// Whether a row places its event no finer than the province.
fn is_wide(book: &Codebook, cells: &Cells) -> bool {
    let grain = cell(cells, &book.grain.columns).and_then(|code| book.grain.meaning.get(code));
    grain.is_some_and(|g| *g >= Grain::Province)
}

/// Whether a note names parts of places and calls no place taken as a whole.
fn tells_of_part(words: &[String], whole: &[String], note: &str) -> bool {
    let tokens = Tokens::of(note);
    let has = |word: &String| (0..tokens.len()).any(|i| tokens.fold(i) == word.as_str());
    let folded: String = fold(note);
    let told = |phrase: &String| folded.contains(phrase.as_str());
    words.iter().any(|w| if w.contains(' ') { told(w) } else { has(w) }) && !whole.iter().any(told)
}

fn killed(book: &Codebook, cells: &Cells) -> Option<Range> {
    let columns = &book.columns;
    let best = number(cell(cells, &columns.killed));
    let low = number(cell(cells, &columns.killed_low)).or(best)?;
    let high = number(cell(cells, &columns.killed_high)).or(best)?;
    (low <= high).then_some(Range { low, high })
}

fn number(text: Option<&str>) -> Option<u32> {
    let text = text?;
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}

//! `naqsha explain`: why a place has the status it has, or what became of an event.

use std::collections::BTreeSet;

use clap::Args;
use jiff::civil::Date;
use naqsha::control::{Account, Corrected, span};
use naqsha::error::Error;
use naqsha::event::{Cluster, EventId};
use naqsha::gazetteer::{Candidate, Gazetteer, PlaceKind, PlaceRef};
use naqsha::mapper::Mapper;
use naqsha::output::{AccountPage, AccountRecord, EventAccountRecord, EventPage};

use super::answer::{self, Format};
use super::evidence::{Evidence, Read, day};
use super::meaning::{LEAD, ambiguous, unknown};
use super::words::{Words, counted, page_width};
use super::{Common, Outcome};

/// Shown under the help.
const EXAMPLES: &str = "\
Examples:
  naqsha explain Zaranj --on 2021-08-07 reports/
  naqsha explain Muqur --in Badghis reports/
  naqsha explain faf3808ae0b0332c reports/ --format json";

/// Show why a place has the status it has: each rule, sentence and point
///
/// PLACE is a name, as `locate` takes it, a unit id as in timeline.csv, or an event id. Of a place: its status on a day, since
/// when and by which rule, what it rests on, what speaks against it and what would change it. Of an event: its reports,
/// what they disagree on, and what it did to each place. Exits with 1 when nothing is known of the place.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Explain {
    /// Name of a place, unit id or event id
    #[arg(value_name = "PLACE")]
    place: String,
    /// Only a place in this province
    #[arg(long = "in", value_name = "PROVINCE")]
    province: Option<String>,
    /// The day, as 2021-07-07; the last day of the reports if not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Date>,
    #[command(flatten)]
    evidence: Evidence,
    /// A page for people, or one JSON object
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

/// What PLACE means.
enum Subject {
    /// Units that share one status, the best first.
    Units(Vec<PlaceRef>),
    Event(EventId),
}

/// Digits of an event id.
const EVENT_ID: usize = 16;

/// Places that are named where nothing is known of the one asked for, at most.
const NAMED: usize = 10;

impl Explain {
    pub(super) fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        let data = common.data()?;
        let mut inputs = self.evidence.open(&data, None)?;
        let mapper = self.evidence.mapper(&data, words)?;
        let subject = self.subject(mapper.gazetteer())?;
        let Read { events, reports, .. } = self.evidence.read(&data, &mapper, &mut inputs, words)?;
        let read = format!(
            "read were {} and {}",
            counted(reports, "report", "reports"),
            counted(events.len(), "event", "events")
        );
        let Some(date) = self.on.or_else(|| span(&events).map(|(_, last)| last)) else {
            words.line(format_args!(
                "nothing that was read is dated, so that no day can be explained: {read}"
            ));
            return Ok(Outcome::Nothing);
        };
        let corrected = mapper.correct(events);
        words.notices(&corrected.notices);
        match subject {
            Subject::Units(units) => self.units(&mapper, &corrected, &units, date, &read, words),
            Subject::Event(id) => self.event(&mapper, &corrected, &id, date, &read, words),
        }
    }

    fn subject(&self, gazetteer: &Gazetteer) -> Result<Subject, Error> {
        let name = self.place.trim();
        if name.len() == EVENT_ID && name.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(Subject::Event(EventId(name.to_ascii_lowercase())));
        }
        if let Some(unit) = gazetteer.by_id(name) {
            return Ok(Subject::Units(vec![unit]));
        }
        let located = gazetteer.locate(name, self.province.as_deref());
        let within = self.province.as_ref().map(|p| format!(" in {p:?}")).unwrap_or_default();
        let Some(best) = located.candidates.first() else {
            let remedy = "give a name or id as in timeline.csv, or ask `naqsha locate`";
            return Err(unknown(name, &within, &located, remedy));
        };
        let place = |c: &Candidate| gazetteer.by_id(&c.place_id);
        let group = place(best).map(|p| shared(gazetteer, p));
        let (same, others): (Vec<&Candidate>, Vec<&Candidate>) =
            located.candidates.iter().partition(|c| place(c).map(|p| shared(gazetteer, p)) == group);
        let rivals: Vec<&Candidate> = others.into_iter().filter(|c| best.score - c.score < LEAD).collect();
        if !rivals.is_empty() {
            return Err(ambiguous(name, best, &rivals, "by --in PROVINCE"));
        }
        Ok(Subject::Units(same.into_iter().filter_map(place).collect()))
    }

    fn units(
        &self,
        mapper: &Mapper,
        corrected: &Corrected,
        units: &[PlaceRef],
        date: Date,
        read: &str,
        words: &Words,
    ) -> Result<Outcome, Error> {
        let accounts = mapper.accounts(corrected, units, date);
        let known = accounts.iter().find(|a| a.status.is_some());
        let Some(account) =
            known.or_else(|| accounts.iter().find(|a| !a.evidence.is_empty() || !a.suppressed.is_empty()))
        else {
            let unknown = accounts.first().map_or(self.place.as_str(), |a| &a.name);
            let nearby = accounts.first().map(|a| nearby(a, &corrected.clusters)).unwrap_or_default();
            words.line(format_args!("nothing is known of {unknown} on {date}: {read}{nearby}"));
            return Ok(Outcome::Nothing);
        };
        match self.format {
            Format::Text => answer::page(&AccountPage::new(account, page_width())),
            Format::Json => answer::lines(&AccountRecord::from(account)),
        }?;
        Ok(Outcome::Done)
    }

    fn event(
        &self,
        mapper: &Mapper,
        corrected: &Corrected,
        id: &EventId,
        date: Date,
        read: &str,
        words: &Words,
    ) -> Result<Outcome, Error> {
        let is = |c: &&Cluster| c.event.id == *id || c.voices.iter().any(|v| v.event.id == *id);
        let Some(cluster) = corrected.clusters.iter().find(is) else {
            if let Some(cluster) = corrected.suppressed.iter().find(is) {
                let of = &cluster.event;
                let ids: Vec<&str> = of.corrections.iter().map(|c| c.0.as_str()).collect();
                words.line(format_args!("event {} is suppressed by correction {}", id.0, ids.join(", ")));
                return Ok(Outcome::Nothing);
            }
            words.line(format_args!("no event {} is told: {read}", id.0));
            return Ok(Outcome::Nothing);
        };
        let accounts = mapper.accounts_of(corrected, &cluster.event.id, date);
        match self.format {
            Format::Text => answer::page(&EventPage::new(cluster, &accounts, page_width())),
            Format::Json => answer::lines(&EventAccountRecord::new(cluster, &accounts)),
        }?;
        Ok(Outcome::Done)
    }
}

/// The unit whose status a place has: a centre has that of its district.
fn shared(gazetteer: &Gazetteer, place: PlaceRef) -> PlaceRef {
    let Some(district) = gazetteer.district_of(place) else { return place };
    let (unit, own) = (gazetteer.get(district), gazetteer.get(place));
    let centre =
        gazetteer.seat_of(&unit.id) == Some(place) || unit.name == own.name && is_settlement(own.kind);
    if centre || gazetteer.is_capital(place) { district } else { place }
}

/// Which places in the same province are told of.
fn nearby(account: &Account, clusters: &[Cluster]) -> String {
    let Some(province) = &account.province else { return String::new() };
    let places: BTreeSet<&str> = clusters
        .iter()
        .map(|c| &c.event.place)
        .filter(|p| p.admin1_name.as_ref() == Some(province))
        .map(|p| p.name.as_str())
        .collect();
    let named: Vec<&str> = places.iter().copied().take(NAMED).collect();
    match places.len() {
        0 => format!(", none of them in {province}"),
        n if n > NAMED => format!("; in {province} they tell of {} and others", named.join(", ")),
        _ => format!("; in {province} they tell of {}", named.join(", ")),
    }
}

fn is_settlement(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::City | PlaceKind::Village)
}

//! Whose word a row rests on: the outlets that it names, with the day each printed.

use jiff::civil::Date;

use super::codebook::{Cells, Columns, cell};
use crate::event::SourceRef;
use crate::report::day_of;

/// The outlets that a row names, each once, in its order.
pub(super) fn sources(columns: &Columns, cells: &Cells) -> Vec<SourceRef> {
    let mut found: Vec<SourceRef> = listed(columns, cells);
    if found.is_empty() {
        let articles = cell(cells, &columns.articles).unwrap_or_default();
        found.extend(quoted_parts(articles).filter_map(article));
    }
    if found.is_empty() {
        found.extend(columns.citations.iter().filter_map(|c| cells.get(c)).filter_map(|c| citation(c)));
    }
    let mut seen: Vec<SourceRef> = Vec::new();
    for source in found {
        let known = seen.iter_mut().find(|s| s.outlet.eq_ignore_ascii_case(&source.outlet));
        match known {
            // Of several dates of one outlet the first is when it said so.
            Some(known) => known.date = earlier(known.date, source.date),
            None => seen.push(source),
        }
    }
    seen
}

fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    a.into_iter().chain(b).min()
}

/// `A; B` with the days `2021-07-07; 2021-07-08`, if there are as many.
fn listed(columns: &Columns, cells: &Cells) -> Vec<SourceRef> {
    let list = |columns: &[String]| -> Vec<&str> {
        let parts = cell(cells, columns).unwrap_or_default().split(';').map(bare);
        parts.filter(|p| !p.is_empty()).collect()
    };
    let (outlets, dates) = (list(&columns.outlets), list(&columns.outlet_dates));
    let paired = outlets.len() == dates.len();
    let date = |at: usize| dates.get(at).filter(|_| paired).and_then(|d| day_of(d));
    let named = outlets.iter().enumerate();
    named.map(|(at, outlet)| SourceRef { outlet: (*outlet).to_owned(), date: date(at) }).collect()
}

/// The parts between semicolons that stand outside quotation marks.
fn quoted_parts(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.split(move |c| {
        inside ^= c == '"';
        c == ';' && !inside
    })
}

/// `Reuters News,2021-07-07,Title`
fn article(text: &str) -> Option<SourceRef> {
    let mut parts = bare(text).split(',').map(bare);
    let outlet = parts.next().filter(|o| !o.is_empty())?;
    Some(SourceRef { outlet: outlet.to_owned(), date: parts.find_map(day_of) })
}

/// `"Title," Reuters, July 7, 2021.`
fn citation(text: &str) -> Option<SourceRef> {
    let (_, behind) = text.rsplit_once(['"', '”'])?;
    let behind = behind.trim().trim_start_matches(',').trim().trim_end_matches('.');
    let (outlet, date) = behind.split_once(',').unwrap_or((behind, ""));
    let outlet = bare(outlet);
    (!outlet.is_empty()).then(|| SourceRef { outlet: outlet.to_owned(), date: day_of(date.trim()) })
}

fn bare(text: &str) -> &str {
    text.trim().trim_matches('"').trim()
}

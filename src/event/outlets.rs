//! Outlets: who prints what, whose copy it runs and on which side it stands.

use aho_corasick::{AhoCorasick, MatchKind};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Side;
use crate::data::DataFiles;
use crate::error::Error;
use crate::text::fold;

const TABLE: &str = "outlets.csv";

/// Where an outlet stands between the parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// With neither party.
    Neutral,
    /// It speaks for the Taliban.
    Taliban,
    /// It speaks for the Republic or its allies.
    Government,
    /// It speaks for Islamic State.
    Iskp,
}

impl Standing {
    /// The side it speaks for; None where it is neutral.
    #[must_use]
    pub fn side(self) -> Option<Side> {
        match self {
            Standing::Neutral => None,
            Standing::Taliban => Some(Side::Taliban),
            Standing::Government => Some(Side::Government),
            Standing::Iskp => Some(Side::Iskp),
        }
    }
}

/// What sort of outlet it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutletKind {
    /// Sells its copy to others.
    Agency,
    /// Radio and television.
    Broadcaster,
    /// Newspapers and weeklies.
    Newspaper,
    /// Prints on the web only.
    Site,
    /// Reprints others, not always saying whom.
    Aggregator,
    /// United Nations, relief and rights organisations.
    Organisation,
    /// A party's own statements.
    Party,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlet {
    /// As it is credited.
    pub name: String,
    /// The agency whose copy it runs, or itself; None where its copy may be anybody's.
    pub agency: Option<String>,
    /// Where it stands.
    pub standing: Standing,
    /// What sort of outlet it is.
    pub kind: OutletKind,
    from: Option<Date>,
    to: Option<Date>,
}

/// The outlets that are known, found by any of their spellings.
///
/// ```
/// # fn main() -> Result<(), naqsha::error::Error> {
/// use naqsha::{data::DataFiles, event::Outlets};
/// let outlets = Outlets::from_data(&DataFiles::bundled())?;
/// let agency = outlets.find("Agence France-Presse", None).and_then(|o| o.agency.as_deref());
/// assert_eq!(agency, Some("AFP"));
/// assert_eq!(outlets.cited_in("the governor told Reuters").map(|o| o.name.as_str()), Some("Reuters"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Outlets {
    outlets: Vec<Outlet>,
    by_spelling: FxHashMap<String, Vec<usize>>,
    citations: AhoCorasick,
    /// By pattern of `citations`, the outlet.
    cited: Vec<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    aliases: String,
    cited_as: String,
    agency: Option<String>,
    standing: Standing,
    kind: OutletKind,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
}

impl Outlets {
    /// Loads `outlets.csv`.
    ///
    /// # Errors
    /// `Error::Data` names the line that is malformed.
    pub fn from_data(data: &DataFiles) -> Result<Outlets, Error> {
        let mut outlets = Vec::new();
        let mut by_spelling: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let (mut patterns, mut cited) = (Vec::new(), Vec::new());
        for row in csv::Reader::from_reader(data.bytes(TABLE)?).deserialize() {
            let row: Row = row.map_err(|e: csv::Error| malformed(e.position(), &e))?;
            let at = outlets.len();
            for spelling in list(&row.aliases).chain([row.name.as_str()]) {
                let same = by_spelling.entry(key(spelling)).or_default();
                if !same.contains(&at) {
                    same.push(at);
                }
            }
            for spelling in list(&row.cited_as) {
                patterns.push(spelling.to_owned());
                cited.push(at);
            }
            outlets.push(Outlet {
                name: row.name,
                agency: row.agency.filter(|a| !a.is_empty()),
                standing: row.standing,
                kind: row.kind,
                from: row.valid_from,
                to: row.valid_to,
            });
        }
        let citations = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns)
            .map_err(|e| malformed(None, &e))?;
        Ok(Outlets { outlets, by_spelling, citations, cited })
    }

    /// The outlet that a credit line, byline or domain means on a day; the first that is listed where it names
    /// several ("TRT World and agencies").
    #[must_use]
    pub fn find(&self, credit: &str, day: Option<Date>) -> Option<&Outlet> {
        let parts = || credit.split(['/', ',', '|', ';', '(', ')']).flat_map(|p| p.split(" and "));
        std::iter::once(credit).chain(parts()).find_map(|spelling| {
            let same = self.by_spelling.get(&key(spelling))?;
            same.iter().map(|i| &self.outlets[*i]).find(|o| o.holds_on(day))
        })
    }

    /// The outlet that a sentence credits with what it says: "told Reuters". Spellings that are also ordinary
    /// words do not count.
    #[must_use]
    pub fn cited_in(&self, sentence: &str) -> Option<&Outlet> {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        self.citations
            .find_iter(sentence)
            .find(|m| {
                !letter(sentence[..m.start()].chars().next_back())
                    && !letter(sentence[m.end()..].chars().next())
            })
            .map(|m| &self.outlets[self.cited[m.pattern().as_usize()]])
    }
}

impl Outlet {
    fn holds_on(&self, day: Option<Date>) -> bool {
        day.is_none_or(|d| self.from.is_none_or(|f| f <= d) && self.to.is_none_or(|t| d <= t))
    }
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|s| !s.is_empty())
}

/// Folded letters and digits, without the article.
fn key(spelling: &str) -> String {
    let folded = fold(spelling.trim());
    let bare = folded.strip_prefix("the ").or_else(|| folded.strip_prefix("www.")).unwrap_or(&folded);
    bare.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn malformed(position: Option<&csv::Position>, problem: &dyn std::fmt::Display) -> Error {
    Error::Data {
        file: TABLE.to_owned(),
        line: position.map(csv::Position::line),
        problem: problem.to_string(),
    }
}

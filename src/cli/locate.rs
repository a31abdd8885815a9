//! `naqsha locate`: what a name resolves to.

use std::io::{self, BufWriter, Write};

use clap::Args;
use naqsha::error::Error;
use naqsha::gazetteer::{Candidate, Gazetteer, Located, PlaceKind};

use super::answer::Format;
use super::words::Words;
use super::{Common, Outcome, to_stdout};

/// Shown under the help.
const EXAMPLES: &str = "\
Examples:
  naqsha locate \"Taluqan\" --in Takhar
  naqsha locate Zaranj Herat --format json";

/// Say what places a name may mean, best first
///
/// Exits with 1 when no place is found; names that look alike are then suggested.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Locate {
    /// Names of places in Afghanistan, in any spelling
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// Only places in this province
    #[arg(long = "in", value_name = "PROVINCE")]
    province: Option<String>,
    /// How to write the places; json is one array a name
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

impl Locate {
    pub(super) fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        let gazetteer = Gazetteer::from_data(&common.data()?)?;
        words.notices(gazetteer.notices());
        let mut out = BufWriter::new(io::stdout().lock());
        let mut outcome = Outcome::Nothing;
        let mut known = true;
        if let Some(province) = &self.province {
            if province.trim().is_empty() {
                return Err(Error::Usage("--in is empty; give it the name of a province".to_owned()));
            }
            let found = gazetteer.locate(province, None);
            known = found.candidates.iter().any(|c| c.kind == PlaceKind::Province);
            if !known {
                let alike = did_you_mean(&found.did_you_mean);
                words.line(format_args!("no province {province:?} is known{alike}"));
            }
        }
        for name in &self.names {
            let located = gazetteer.locate(name, self.province.as_deref());
            if !located.candidates.is_empty() {
                outcome = Outcome::Done;
            } else if known {
                words.line(self.not_found(name, &located));
            }
            let written = match self.format {
                Format::Json => serde_json::to_writer(&mut out, &located.candidates)
                    .map_err(io::Error::from)
                    .and_then(|()| out.write_all(b"\n")),
                Format::Text => located.candidates.iter().try_for_each(|c| line(&mut out, c)),
            };
            written.map_err(to_stdout)?;
        }
        out.flush().map_err(to_stdout)?;
        Ok(outcome)
    }

    fn not_found(&self, name: &str, located: &Located) -> String {
        let within = self.province.as_ref().map(|p| format!(" in {p}")).unwrap_or_default();
        if located.is_abroad {
            return format!("{name:?} lies abroad; naqsha answers with places in Afghanistan only");
        }
        format!("no place {name:?}{within} is known{}", did_you_mean(&located.did_you_mean))
    }
}

fn did_you_mean(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!("; did you mean {}?", names.join(", ")) }
}

fn line(out: &mut impl Write, c: &Candidate) -> io::Result<()> {
    let within: Vec<&str> = [c.admin2.as_deref(), c.admin1.as_deref()].into_iter().flatten().collect();
    let (name, kind, within, reasons) = (&c.name, c.kind.as_str(), within.join(", "), c.reasons.join(", "));
    let (lon, lat, score, id) = (c.longitude, c.latitude, c.score, &c.place_id);
    writeln!(out, "{name:<20} {kind:<9} {within:<30} {lon:>9.5} {lat:>9.5}  {score:.2}  {id}  ({reasons})")
}

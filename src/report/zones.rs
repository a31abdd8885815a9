//! temporary
use super::{Report, Zone, ZoneKind};
use crate::data::DataFiles;
use crate::error::{Error, Notice};
use crate::text::{Span, Tokens};
use jiff::civil::Date;
#[derive(Debug)]
pub struct Zoner;
pub struct Zoned {
    pub zones: Vec<Zone>,
    pub published: Option<Date>,
    pub source: Option<String>,
    pub notices: Vec<Notice>,
}
impl Zoner {
    pub fn from_data(_: &DataFiles) -> Result<Zoner, Error> {
        Ok(Zoner)
    }
    pub fn is_abbreviation(&self, w: &str) -> bool {
        matches!(w, "gen" | "lt" | "col" | "mr" | "dr" | "aug" | "sept" | "dec" | "jan" | "no")
    }
    pub fn zones(&self, r: &Report, _t: &Tokens<'_>) -> Zoned {
        let head = r
            .text
            .find("date ")
            .filter(|i| *i < 4)
            .and_then(|i| r.text.get(i + 5..i + 15))
            .and_then(|s| s.parse().ok());
        let p = r.published.or(head);
        Zoned {
            zones: vec![Zone {
                kind: ZoneKind::Body,
                span: Span::new(&r.text, 0, r.text.len()).unwrap(),
                anchor: p,
                story: 0,
            }],
            published: p,
            source: None,
            notices: vec![],
        }
    }
}

//! What a score of events comes to, as tables to read and as a record.

use std::fmt;

use serde::Serialize;

use super::share::{f1, shown};
use super::{Band, EventScore, Field, Found};
use crate::event::EventKind;

/// What a score of events comes to. A share is null where there is nothing to take it of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventFigures {
    /// Texts that were compared.
    pub texts: usize,
    /// With kinds as marked.
    pub strict: MatchFigures,
    /// With kinds of the same family.
    pub family: MatchFigures,
    /// Events told at places that must have none.
    pub forbidden: usize,
    /// Sentences that must give no event.
    pub traps: usize,
    /// Of them, those that gave none.
    pub traps_silent: Option<f64>,
    /// Of the events found, those whose field is right.
    pub fields: Vec<FieldFigures>,
    /// Strictly, each kind that is marked or told.
    pub kinds: Vec<KindFigures>,
    /// Strictly, the events told by the confidence given to them, in tenths.
    pub calibration: Vec<BandFigures>,
}

/// Precision and recall.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatchFigures {
    /// Events that must be found.
    pub wanted: usize,
    /// Of them, those that were told.
    pub found: usize,
    /// Events told.
    pub told: usize,
    /// Of them, those that somebody marked.
    pub right: usize,
    /// Right of told.
    pub precision: Option<f64>,
    /// Found of wanted.
    pub recall: Option<f64>,
    /// The harmonic mean of the two.
    pub f1: Option<f64>,
}

/// How one field fared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldFigures {
    /// The field.
    pub field: Field,
    /// Events compared.
    pub of: usize,
    /// Share that is right.
    pub right: Option<f64>,
}

/// How the events that were given about the same confidence fared: well calibrated, nine in ten of those given 0.9 are
/// right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BandFigures {
    /// The confidence, to the nearest tenth.
    pub confidence: Band,
    /// Events told.
    pub told: usize,
    /// Share of them that is right.
    pub right: Option<f64>,
}

/// How one kind fared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KindFigures {
    /// The kind.
    pub kind: EventKind,
    /// Its precision and recall.
    #[serde(flatten)]
    pub figures: MatchFigures,
}

impl From<Found> for MatchFigures {
    fn from(found: Found) -> MatchFigures {
        MatchFigures {
            wanted: found.recall.of,
            found: found.recall.hold,
            told: found.precision.of,
            right: found.precision.hold,
            precision: found.precision.rounded(),
            recall: found.recall.rounded(),
            f1: f1(found.precision, found.recall),
        }
    }
}

impl EventScore {
    /// What it comes to.
    #[must_use]
    pub fn figures(&self) -> EventFigures {
        EventFigures {
            texts: self.texts,
            strict: self.strict.into(),
            family: self.family.into(),
            forbidden: self.forbidden,
            traps: self.traps.of,
            traps_silent: self.traps.rounded(),
            fields: self
                .fields
                .iter()
                .map(|(field, s)| FieldFigures { field: *field, of: s.of, right: s.rounded() })
                .collect(),
            kinds: self
                .kinds
                .iter()
                .map(|(kind, found)| KindFigures { kind: *kind, figures: (*found).into() })
                .collect(),
            calibration: self
                .bands
                .iter()
                .map(|(band, s)| BandFigures { confidence: *band, told: s.of, right: s.rounded() })
                .collect(),
        }
    }
}

/// Tables to read: the levels, the kinds, the fields, the confidences.
impl fmt::Display for EventFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "texts {}, forbidden {}", self.texts, self.forbidden)?;
        if self.traps > 0 {
            writeln!(f, "sentences without event {}, silent {}", self.traps, shown(self.traps_silent))?;
        }
        let heads = ["wanted", "found", "told", "right", "precision", "recall", "F1"];
        let [wanted, found, told, right, precision, recall, f1] = heads;
        writeln!(
            f,
            "\n{:<22} {wanted:>6} {found:>6} {told:>6} {right:>6}  {precision:>9} {recall:>7} {f1:>7}",
            "events"
        )?;
        row(f, "strict", &self.strict)?;
        row(f, "family", &self.family)?;
        for kind in &self.kinds {
            row(f, &format!("  {}", kind.kind.as_str()), &kind.figures)?;
        }
        if !self.fields.is_empty() {
            writeln!(f, "\n{:<22} {:>6} {right:>7}", "field of those found", "of")?;
        }
        for field in &self.fields {
            writeln!(f, "{:<22} {:>6} {:>7}", field.field.as_str(), field.of, shown(field.right))?;
        }
        if self.calibration.is_empty() {
            return Ok(());
        }
        writeln!(f, "\n{:<22} {told:>6} {right:>7}", "confidence given")?;
        for band in &self.calibration {
            writeln!(f, "{:<22} {:>6} {:>7}", band.confidence.to_string(), band.told, shown(band.right))?;
        }
        Ok(())
    }
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, m: &MatchFigures) -> fmt::Result {
    let (precision, recall, f1) = (shown(m.precision), shown(m.recall), shown(m.f1));
    writeln!(
        f,
        "{name:<22} {:>6} {:>6} {:>6} {:>6}  {precision:>9} {recall:>7} {f1:>7}",
        m.wanted, m.found, m.told, m.right
    )
}

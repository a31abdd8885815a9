//! A fault of places: what a reading got wrong, and what was wanted.

use std::fmt;

use serde::Serialize;

/// What sort of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceFaultKind {
    /// A marked place was not read as any.
    Missed,
    /// A marked place was read as another.
    Wrong,
    /// An Afghan place was read where none is marked.
    Spurious,
    /// A trap was read as an Afghan place.
    Trap,
}

/// Something that went wrong.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceFault {
    /// What sort of fault it is.
    pub fault: PlaceFaultKind,
    /// The text.
    pub id: String,
    /// First byte of the name in the text; None where the gold has no spans.
    pub start: Option<usize>,
    /// One past its last byte.
    pub end: Option<usize>,
    /// The name as printed.
    pub surface: String,
    /// What was wanted.
    pub wanted: Option<String>,
    /// What was read.
    pub got: Option<String>,
}

impl fmt::Display for PlaceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.fault {
            PlaceFaultKind::Missed => "missed",
            PlaceFaultKind::Wrong => "wrong",
            PlaceFaultKind::Spurious => "spurious",
            PlaceFaultKind::Trap => "trap",
        };
        write!(f, "{what:<8} {}", self.id)?;
        if let (Some(start), Some(end)) = (self.start, self.end) {
            write!(f, " {start}..{end}")?;
        }
        write!(f, " {:?}", self.surface)?;
        if let Some(wanted) = &self.wanted {
            write!(f, "; wanted {wanted}")?;
        }
        write!(f, "; got {}", self.got.as_deref().unwrap_or("nothing"))
    }
}

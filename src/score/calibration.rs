//! Calibration: whether events are right as often as the confidence given to them says.

use std::fmt;

use serde::{Serialize, Serializer};

/// A confidence to the nearest tenth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Band(u8);

impl Band {
    /// The band of a confidence from 0 to 1.
    ///
    /// ```
    /// use naqsha::score::Band;
    /// assert_eq!(Band::of(0.87).to_string(), "0.9");
    /// ```
    #[must_use]
    pub fn of(confidence: f64) -> Band {
        Band((confidence * 10.0).round().clamp(0.0, 10.0) as u8)
    }

    fn value(self) -> f64 {
        f64::from(self.0) / 10.0
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1}", self.value())
    }
}

impl Serialize for Band {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

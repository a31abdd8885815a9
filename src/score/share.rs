//! A share: how many of how many.

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Those that hold.
    pub hold: usize,
    /// All of them.
    pub of: usize,
}

impl Share {
    pub(super) fn count(&mut self, holds: bool) {
        self.hold += usize::from(holds);
        self.of += 1;
    }

    /// Its value at four decimals.
    pub(super) fn rounded(self) -> Option<f64> {
        self.value().map(|v| round(v, 4))
    }

    /// From 0 to 1; None of nothing.
    ///
    /// ```
    /// use naqsha::score::Share;
    /// assert_eq!(Share { hold: 1, of: 4 }.value(), Some(0.25));
    /// assert_eq!(Share::default().value(), None);
    /// ```
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.of > 0).then(|| self.hold as f64 / self.of as f64)
    }
}

/// A share as tables show it: at four decimals, a dash where it is of nothing.
pub(super) fn shown(share: Option<f64>) -> String {
    share.map_or_else(|| "-".to_owned(), |v| format!("{v:.4}"))
}

/// A value at so many decimals.
pub(super) fn round(value: f64, decimals: i32) -> f64 {
    let parts = 10f64.powi(decimals);
    (value * parts).round() / parts
}

/// The harmonic mean of precision and recall, at four decimals; None where one of them is of nothing.
pub(super) fn f1(precision: Share, recall: Share) -> Option<f64> {
    let (p, r) = (precision.value()?, recall.value()?);
    Some(if p + r > 0.0 { round(2.0 * p * r / (p + r), 4) } else { 0.0 })
}

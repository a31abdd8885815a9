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

//! What a score of places comes to, as a table to read and as a record.

use std::fmt;

use serde::Serialize;

use super::share::{f1, round, shown};
use super::{PlaceScore, Share, Trap};

/// Half the way around the earth in km: the worst error there is.
const FARTHEST_KM: f64 = 20_039.0;

/// What a score of places comes to. A share is null where there is nothing to take it of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceFigures {
    /// Texts that were compared.
    pub texts: usize,
    /// Names marked as Afghan places.
    pub mentions: usize,
    /// Of them, those read as the right place.
    pub found: usize,
    /// Names read as Afghan places.
    pub told: usize,
    /// Of them, those that are right.
    pub right: usize,
    /// Right of told.
    pub precision: Option<f64>,
    /// Found of mentions.
    pub recall: Option<f64>,
    /// The harmonic mean of the two.
    pub f1: Option<f64>,
    /// Marked names read as any place; the six shares and three figures below are of them.
    pub placed: usize,
    /// In the right province, of those that lie in one.
    pub right_province: Option<f64>,
    /// In the right district, of those that lie in one.
    pub right_district: Option<f64>,
    /// No farther off than 5 km.
    pub within_5_km: Option<f64>,
    /// No farther off than 25 km.
    pub within_25_km: Option<f64>,
    /// No farther off than 161 km, the hundred miles of the literature.
    pub within_161_km: Option<f64>,
    /// Mean error.
    pub mean_error_km: Option<f64>,
    /// Median error.
    pub median_error_km: Option<f64>,
    /// Area under the curve of log errors, 0 (perfect) to 1.
    pub log_error_auc: Option<f64>,
    /// Traps.
    pub traps: usize,
    /// Traps not read as an Afghan place.
    pub traps_refused: Option<f64>,
    /// The same for each kind of trap that occurs.
    pub traps_by_kind: Vec<TrapFigures>,
    /// Places named by texts without spans.
    pub names: usize,
    /// Of them, those that were read.
    pub names_recall: Option<f64>,
    /// Of the places read in such texts, those that are named in the gold.
    pub names_precision: Option<f64>,
}

/// How one kind of trap fared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrapFigures {
    /// The kind.
    pub trap: Trap,
    /// How many there are.
    pub traps: usize,
    /// How many of them were refused.
    pub refused: usize,
}

/// The area under the sorted log errors, as a share of the worst: `ln(1 + km)`, integrated by the trapezoidal rule and
/// divided by what it comes to if all errors are 20,039 km. 0 is perfect; small errors weigh more than large ones.
///
/// Jurgens, Finethy, McCorriston, Xu and Ruths (2015), "Geolocation prediction in Twitter using social networks", ICWSM;
/// in this form Gritta, Pilehvar and Collier (2018), "Which Melbourne? Augmenting geocoding with maps", ACL, and (2020),
/// "A pragmatic guide to geoparsing evaluation", Language Resources and Evaluation 54, doi 10.1007/s10579-019-09475-3.
fn log_error_area(sorted_km: &[f64]) -> Option<f64> {
    let log = |km: &f64| libm::log1p(*km) / libm::log1p(FARTHEST_KM);
    match sorted_km {
        [] => None,
        [only] => Some(log(only)),
        [first, .., last] => {
            let inner: f64 = sorted_km[1..sorted_km.len() - 1].iter().map(log).sum();
            Some((inner + (log(first) + log(last)) / 2.0) / (sorted_km.len() - 1) as f64)
        }
    }
}

impl PlaceScore {
    /// What it comes to.
    #[must_use]
    pub fn figures(&self) -> PlaceFigures {
        let mut errors = self.errors_km.clone();
        errors.sort_by(f64::total_cmp);
        let within = |km: f64| {
            let near = errors.iter().filter(|e| **e <= km).count();
            Share { hold: near, of: errors.len() }.rounded()
        };
        let all = Share {
            hold: self.traps.values().map(|s| s.hold).sum(),
            of: self.traps.values().map(|s| s.of).sum(),
        };
        PlaceFigures {
            texts: self.texts,
            mentions: self.recall.of,
            found: self.recall.hold,
            told: self.precision.of,
            right: self.precision.hold,
            precision: self.precision.rounded(),
            recall: self.recall.rounded(),
            f1: f1(self.precision, self.recall),
            placed: errors.len(),
            right_province: self.province.rounded(),
            right_district: self.district.rounded(),
            within_5_km: within(5.0),
            within_25_km: within(25.0),
            within_161_km: within(161.0),
            mean_error_km: mean(&errors).map(|v| round(v, 2)),
            median_error_km: median(&errors).map(|v| round(v, 2)),
            log_error_auc: log_error_area(&errors).map(|v| round(v, 4)),
            traps: all.of,
            traps_refused: all.rounded(),
            traps_by_kind: self
                .traps
                .iter()
                .map(|(trap, s)| TrapFigures { trap: *trap, traps: s.of, refused: s.hold })
                .collect(),
            names: self.names_recall.of,
            names_recall: self.names_recall.rounded(),
            names_precision: self.names_precision.rounded(),
        }
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn median(sorted: &[f64]) -> Option<f64> {
    let upper = *sorted.get(sorted.len() / 2)?;
    Some(if sorted.len().is_multiple_of(2) { (sorted[sorted.len() / 2 - 1] + upper) / 2.0 } else { upper })
}

/// A table to read: one figure a line.
impl fmt::Display for PlaceFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "texts {}, mentions {}, traps {}", self.texts, self.mentions, self.traps)?;
        let share = |f: &mut fmt::Formatter<'_>, name: &str, value: Option<f64>, note: String| {
            writeln!(f, "{}", format!("{name:<16} {:>8}  {note}", shown(value)).trim_end())
        };
        share(f, "precision", self.precision, format!("{} of {} told", self.right, self.told))?;
        share(f, "recall", self.recall, format!("{} of {} marked", self.found, self.mentions))?;
        share(f, "F1", self.f1, String::new())?;
        share(f, "right province", self.right_province, format!("of {} placed", self.placed))?;
        share(f, "right district", self.right_district, String::new())?;
        share(f, "within 5 km", self.within_5_km, String::new())?;
        share(f, "within 25 km", self.within_25_km, String::new())?;
        share(f, "within 161 km", self.within_161_km, String::new())?;
        let km = |km: Option<f64>| km.map_or_else(|| "-".to_owned(), |v| format!("{v:.2}"));
        writeln!(f, "{:<16} {:>8}  km", "mean error", km(self.mean_error_km))?;
        writeln!(f, "{:<16} {:>8}  km", "median error", km(self.median_error_km))?;
        share(f, "log-error AUC", self.log_error_auc, "0 is perfect".to_owned())?;
        let refused: usize = self.traps_by_kind.iter().map(|t| t.refused).sum();
        share(f, "traps refused", self.traps_refused, format!("{refused} of {}", self.traps))?;
        for t in &self.traps_by_kind {
            let value = Share { hold: t.refused, of: t.traps }.value();
            share(f, &format!("  {}", t.trap.as_str()), value, format!("{} of {}", t.refused, t.traps))?;
        }
        if self.names > 0 || self.names_precision.is_some() {
            share(f, "names recall", self.names_recall, format!("of {} without spans", self.names))?;
            share(f, "names precision", self.names_precision, String::new())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{FARTHEST_KM, log_error_area, median};

    #[test]
    fn the_area_is_0_for_no_error_and_1_for_the_worst() {
        assert_eq!(log_error_area(&[]), None);
        assert_eq!(log_error_area(&[0.0, 0.0, 0.0]), Some(0.0));
        assert_eq!(log_error_area(&[FARTHEST_KM]), Some(1.0));
        assert!((log_error_area(&[FARTHEST_KM; 3]).unwrap_or_default() - 1.0).abs() < 1e-12);
        // The trapezoid of 0 and ln(1 + 20039), which is half of the worst.
        assert_eq!(log_error_area(&[0.0, FARTHEST_KM]), Some(0.5));
    }

    #[test]
    fn the_median_of_an_even_number_lies_between() {
        assert_eq!(median(&[1.0, 3.0]), Some(2.0));
        assert_eq!(median(&[1.0, 3.0, 9.0]), Some(3.0));
        assert_eq!(median(&[]), None);
    }
}

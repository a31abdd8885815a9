//! The Lambert conformal conic projection on the WGS 84 ellipsoid (Snyder 1987, pp. 107-109).

use geo::Coord;
use libm::{atan, atan2, cos, exp, fabs, log, pow, sin, sqrt, tan};
use serde::Deserialize;
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

/// Semi-major axis of WGS 84, metres.
const AXIS: f64 = 6_378_137.0;
/// Flattening of WGS 84.
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// A latitude is found when a step changes it by less, in radians (under a millimetre).
const SETTLED: f64 = 1e-12;

/// The eccentricity of the ellipsoid.
pub(super) fn eccentricity() -> f64 {
    sqrt(FLATTENING * (2.0 - FLATTENING))
}

/// What fixes the projection, in degrees.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conic {
    /// The parallels where the scale is true.
    pub parallels: [f64; 2],
    /// Longitude and latitude of the point that becomes (0, 0).
    pub origin: [f64; 2],
}

/// The projection, ready to use. Degrees (x = longitude) in, metres (x east, y north) out.
///
/// ```
/// use naqsha::map::{Conic, Lambert};
/// let lambert = Lambert::new(Conic { parallels: [31.0, 37.0], origin: [67.5, 34.0] });
/// let kabul = lambert.project(geo::coord! { x: 69.17, y: 34.53 });
/// assert!((kabul.x - 153_107.941).abs() < 0.01);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Lambert {
    n: f64,
    af: f64,
    rho0: f64,
    lon0: f64,
    e: f64,
}

impl Lambert {
    /// Computes the constants (equations 15-1 to 15-3, 14-15, 15-9 and 15-10).
    #[must_use]
    pub fn new(conic: Conic) -> Lambert {
        let e = eccentricity();
        let [p1, p2] = conic.parallels.map(f64::to_radians);
        let (m1, m2) = (m(p1, e), m(p2, e));
        let (t1, t2) = (t(p1, e), t(p2, e));
        let n = if fabs(p1 - p2) < SETTLED { sin(p1) } else { (log(m1) - log(m2)) / (log(t1) - log(t2)) };
        let af = AXIS * m1 / (n * pow(t1, n));
        let rho0 = af * pow(t(conic.origin[1].to_radians(), e), n);
        Lambert { n, af, rho0, lon0: conic.origin[0].to_radians(), e }
    }

    /// Degrees to metres.
    #[must_use]
    pub fn project(&self, place: Coord) -> Coord {
        let rho = self.af * pow(t(place.y.to_radians(), self.e), self.n);
        let theta = self.n * (place.x.to_radians() - self.lon0);
        Coord { x: rho * sin(theta), y: self.rho0 - rho * cos(theta) }
    }

    /// Metres to degrees (equations 14-9 to 14-11 and 7-9).
    #[must_use]
    pub fn invert(&self, metres: Coord) -> Coord {
        let (x, y) = (metres.x * self.n.signum(), (self.rho0 - metres.y) * self.n.signum());
        let rho = self.n.signum() * sqrt(x * x + y * y);
        let theta = atan2(x, y);
        let small_t = pow(rho / self.af, 1.0 / self.n);
        Coord { x: (theta / self.n + self.lon0).to_degrees(), y: latitude(small_t, self.e).to_degrees() }
    }
}

/// Equation 14-15.
fn m(phi: f64, e: f64) -> f64 {
    let es = e * sin(phi);
    cos(phi) / sqrt(1.0 - es * es)
}

/// Equation 15-9.
fn t(phi: f64, e: f64) -> f64 {
    let es = e * sin(phi);
    tan(FRAC_PI_4 - phi / 2.0) / pow((1.0 - es) / (1.0 + es), e / 2.0)
}

/// Equation 7-9, iterated from the sphere's latitude.
fn latitude(small_t: f64, e: f64) -> f64 {
    let mut phi = FRAC_PI_2 - 2.0 * atan(small_t);
    for _ in 0..16 {
        let es = e * sin(phi);
        let next = FRAC_PI_2 - 2.0 * atan(small_t * exp(e / 2.0 * log((1.0 - es) / (1.0 + es))));
        let done = fabs(next - phi) < SETTLED;
        phi = next;
        if done {
            break;
        }
    }
    phi
}

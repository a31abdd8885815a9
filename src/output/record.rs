//! Records: flat rows with the same keys in the same order, however they are written.

use std::borrow::Cow;

use geo::Point;
use jiff::civil::Date;
use serde::Serialize;

use crate::control::{Basis, ChangeKind, ControlStatus, Level, Pressure};
use crate::event::{Effect, Interest, Modality, Scope};
use crate::gazetteer::PlaceKind;

/// A flat row that can be written as a line of JSON, a row of a table or a feature.
pub trait Record: Serialize + Sized {
    /// The names of its fields, in their order.
    const COLUMNS: &'static [&'static str];

    /// Its id as a feature.
    fn id(&self) -> Cow<'_, str>;

    /// Where it lies as a feature: WGS 84 degrees, x is the longitude. None where unknown.
    fn position(&self) -> Option<Point>;

    /// The same as properties of a feature, which does not repeat its id.
    #[must_use]
    fn into_properties(self) -> Self;

    /// The same with texts from outside made safe for spreadsheets.
    #[must_use]
    fn into_cells(self) -> Self;
}

/// A struct whose field names are also known as the columns of a table, so that a table without rows has a header.
macro_rules! columns {
    ($(#[$about:meta])* pub struct $name:ident<$life:lifetime> {
        $($(#[$note:meta])* pub $field:ident: $kind:ty,)*
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        pub struct $name<$life> {
            $($(#[$note])* pub $field: $kind,)*
        }

        impl $name<'_> {
            /// The names of the fields, in their order.
            pub const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];
        }

        impl<$life> $name<$life> {
            /// What the fields hold, in their order.
            #[allow(dead_code, reason = "not every record becomes a table of typed columns")]
            pub(super) const KINDS: &'static [$crate::output::record::Kind] =
                &[$(<$kind as $crate::output::record::Typed>::KIND),*];
        }
    };
}
pub(super) use columns;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Date,
    Flag,
    Whole,
    Real,
}

/// A type of which it is known what its values are.
pub(super) trait Typed {
    const KIND: Kind;
}

impl<T: Typed> Typed for Option<T> {
    const KIND: Kind = T::KIND;
}

macro_rules! kinds {
    ($($kind:ident: $($type:ty),*;)*) => {
        $($(impl Typed for $type { const KIND: Kind = Kind::$kind; })*)*
    };
}

kinds! {
    Text: String, &str, Cow<'_, str>, PlaceKind, Scope, Effect, Modality, Interest, Level, ControlStatus, Basis, Pressure, ChangeKind;
    Date: Date;
    Flag: bool;
    Whole: u8, u32, usize;
    Real: f64;
}

/// Puts an apostrophe before a text that a spreadsheet would take for a formula: one that begins with `=`, `+`, `-`,
/// `@`, a tab or a carriage return (OWASP, CSV Injection).
pub(super) fn cell(text: &mut Cow<'_, str>) {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        *text = Cow::Owned(format!("'{text}"));
    }
}

/// Degrees at the five decimals of the contract, about a metre.
pub(super) fn degrees(value: f64) -> f64 {
    (value * 1e5).round() / 1e5
}

/// A share at two decimals.
pub(super) fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// A text, None where it is empty.
pub(super) fn text(text: Option<&str>) -> Option<Cow<'_, str>> {
    text.filter(|t| !t.is_empty()).map(Cow::Borrowed)
}

//! Symbols as QGIS writes them: layers of fills, lines and markers, each with its options and expressions.

use super::xml::Element;

/// Millimetres of a CSS pixel.
const PIXEL: f64 = 25.4 / 96.0;
/// That a property is an expression (`QgsProperty::ExpressionBasedProperty`).
const EXPRESSION: u8 = 3;

/// A length on the page, in millimetres with three decimals.
pub(super) fn millimetres(pixels: f64) -> String {
    format!("{:.3}", pixels * PIXEL)
}

/// A colour given as `#RRGGBB`, with how far it covers, as QGIS writes it.
pub(super) fn colour(hex: &str, opacity: f64) -> String {
    let part = |at: usize| hex.get(at..at + 2).and_then(|p| u8::from_str_radix(p, 16).ok()).unwrap_or(0);
    format!("{},{},{},{:.0}", part(1), part(3), part(5), opacity * 255.0)
}

/// A symbol of its layers, from the ground up. `opacity`, in percent, is an expression.
pub(super) fn symbol(
    kind: &'static str,
    name: &str,
    layers: impl IntoIterator<Item = Element>,
    opacity: Option<&str>,
) -> Element {
    let symbol = Element::new("symbol").with("type", kind).with("name", name).with("clip_to_extent", 1);
    symbol.holding(opacity.map(|o| properties(&[("alpha", o)]))).holding(layers)
}

/// A layer of a symbol, with its options and with those that are expressions.
pub(super) fn layer(
    class: &'static str,
    options: &[(&'static str, &str)],
    expressions: &[(&'static str, &str)],
) -> Element {
    let options = map(options.iter().map(|(name, value)| text(name, value)));
    let layer = Element::new("layer").with("class", class).with("enabled", 1).and(options);
    if expressions.is_empty() { layer } else { layer.and(properties(expressions)) }
}

/// Properties that are expressions.
pub(super) fn properties(expressions: &[(&'static str, &str)]) -> Element {
    let one = |(name, expression): &(&'static str, &str)| {
        let active = option("active", "bool", "true");
        map([active, text("expression", expression), option("type", "int", EXPRESSION)]).with("name", name)
    };
    let all = map(expressions.iter().map(one)).with("name", "properties");
    Element::new("data_defined_properties").and(map([all]))
}

fn map(options: impl IntoIterator<Item = Element>) -> Element {
    Element::new("Option").with("type", "Map").holding(options)
}

fn text(name: &str, value: &str) -> Element {
    option(name, "QString", value)
}

fn option(name: &str, kind: &str, value: impl std::fmt::Display) -> Element {
    Element::new("Option").with("type", kind).with("name", name).with("value", value)
}

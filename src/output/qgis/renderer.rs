//! How layers are drawn: areas and places by their status, events by their kind.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::symbol::{colour, layer, millimetres, symbol};
use super::xml::Element;
use crate::control::ControlStatus;
use crate::event::EventKind;
use crate::map::{ClassLook, Picture, Symbology};

/// Where districts are coloured, a province shows only what is said of it as a whole, and a district without a status
/// shows its province.
const BY_DISTRICT: &str = "CASE WHEN level = 'district' AND status = 'unknown' THEN NULL \
    WHEN level = 'province' AND status NOT LIKE 'claimed%' AND basis NOT IN ('editor', 'baseline') \
    THEN 'unknown' ELSE status END";
/// Where provinces are coloured, districts are not.
const BY_PROVINCE: &str = "CASE WHEN level = 'province' THEN status END";
/// Events that maps show: none that is denied, and none of which not even the province is known.
const SHOWN: &str = "CASE WHEN modality <> 'denied' AND geo_precision <= 5 THEN kind END";
const COARSE: &str = "geo_precision >= 4 OR place_kind = 'province'";

/// Areas: provinces first, districts over them.
pub(super) fn areas(look: &Symbology, by_district: bool) -> Element {
    let opacity = format!("if(stale, {:.0}, 100)", look.stale * 100.0);
    let symbols: Vec<Element> = look
        .classes
        .iter()
        .enumerate()
        .map(|(i, class)| symbol("fill", &i.to_string(), fills(class, look), Some(&opacity)))
        .collect();
    let by = if by_district { BY_DISTRICT } else { BY_PROVINCE };
    let order = Element::told("orderByClause", "level").with("asc", 0).with("nullsFirst", 0);
    categorised(by, look.classes.iter().map(by_status), symbols)
        .with("enableorderby", 1)
        .and(Element::new("orderby").and(order))
}

fn fills(class: &ClassLook, look: &Symbology) -> Vec<Element> {
    let sizes = &look.sizes;
    let ground = fill(&class.fill, &look.inks.province_line, sizes.district_line);
    let Some((lines, opacity)) = &class.hatch else { return vec![ground] };
    let (ink, width, spacing) =
        (colour(lines, *opacity), millimetres(sizes.hatch), millimetres(sizes.spacing));
    let line = symbol("line", "@hatch", [stroke(&ink, &width)], None);
    let options = [("angle", "45"), ("distance", &*spacing), ("line_width", &*width), ("color", &*ink)];
    vec![ground, layer("LinePatternFill", &options, &[]).and(line)]
}

fn stroke(ink: &str, width: &str) -> Element {
    let options =
        [("line_color", ink), ("line_width", width), ("capstyle", "square"), ("joinstyle", "round")];
    layer("SimpleLine", &options, &[])
}

fn fill(ground: &str, line: &str, width: f64) -> Element {
    let (ground, line, width) = (colour(ground, 1.0), colour(line, 1.0), millimetres(width));
    let options =
        [("color", &*ground), ("outline_color", &*line), ("outline_width", &*width), ("joinstyle", "round")];
    layer("SimpleFill", &options, &[])
}

/// The land where nothing is reported.
pub(super) fn ground(look: &Symbology) -> Element {
    single(symbol("fill", "0", [fill(&look.inks.ground, &look.inks.ground, look.sizes.province_line)], None))
}

/// The lines between provinces.
pub(super) fn outlines(look: &Symbology) -> Element {
    let (ink, width) = (colour(&look.inks.province_line, 1.0), millimetres(look.sizes.province_line));
    single(symbol("fill", "0", [stroke(&ink, &width)], None))
}

/// Towns and bases: a dot with the colour of the status, larger for a capital.
pub(super) fn places(look: &Symbology) -> Element {
    let sizes = &look.sizes;
    let size = |radius: f64| millimetres(radius * 2.0);
    let wide = format!("if(level = 'capital', {}, {})", size(sizes.capital), size(sizes.dot));
    let known = || look.classes.iter().filter(|c| c.status != ControlStatus::Unknown);
    let symbols = known().enumerate().map(|(i, class)| {
        let dot = disc(&class.dot, &look.inks.ink, "0.29", &size(sizes.dot), &[("size", &wide)]);
        symbol("marker", &i.to_string(), [dot], None)
    });
    categorised("status", known().map(by_status), symbols.collect())
}

/// Events: a disc with the picture of the kind. What one side alone says is outlined; dashed, what is known by its
/// province only. The list holds the pictures of these kinds.
pub(super) fn events(look: &Symbology, kinds: &BTreeSet<EventKind>) -> Element {
    let pictures = || look.pictures.iter().filter(|p| p.kinds.iter().any(|k| kinds.contains(k)));
    let symbols = pictures().enumerate();
    let symbols = symbols.map(|(i, p)| symbol("marker", &i.to_string(), markers(p, look), None)).collect();
    let categories = pictures().map(|picture| {
        let category = Element::new("category").with("label", &picture.label);
        match picture.kinds.as_slice() {
            [kind] => category.with("value", kind.as_str()),
            kinds => category.holding(kinds.iter().map(|k| Element::new("val").with("value", k.as_str()))),
        }
    });
    categorised(SHOWN, categories, symbols)
}

fn markers(picture: &Picture, look: &Symbology) -> [Element; 2] {
    let (inks, sizes) = (&look.inks, &look.sizes);
    let hollow = format!("modality = 'claimed' OR {COARSE}");
    let either = |hollowed: &str, plain: &str| format!("if({hollow}, '{hollowed}', '{plain}')");
    let (ground, line) = (either(&inks.picture, &inks.disc), either(&inks.disc, &inks.picture));
    let dashed = format!("if({COARSE}, 'dash', 'solid')");
    let disc = disc(
        &inks.disc,
        &inks.picture,
        &millimetres(sizes.ring),
        &millimetres(sizes.disc * 2.0),
        &[("fillColor", &ground), ("outlineColor", &line), ("outlineStyle", &dashed)],
    );
    let (ink, size) = (colour(&inks.picture, 1.0), millimetres(sizes.disc * 16.0 / 11.0));
    let options = [
        ("name", &*format!("base64:{}", STANDARD.encode(svg(picture)))),
        ("color", &*ink),
        ("outline_width", "0"),
        ("size", &*size),
    ];
    [disc, layer("SvgMarker", &options, &[("fillColor", &line)])]
}

/// The picture as a file whose colour QGIS chooses.
fn svg(picture: &Picture) -> String {
    let turn =
        if picture.turn == 0.0 { String::new() } else { format!(" transform=\"rotate({})\"", picture.turn) };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"16\" height=\"16\" viewBox=\"-8 -8 16 16\"><path fill=\"param(fill)\" fill-rule=\"evenodd\" d=\"{}\"{turn}/></svg>",
        picture.path
    )
}

fn disc(ground: &str, line: &str, width: &str, size: &str, expressions: &[(&'static str, &str)]) -> Element {
    let (ground, line) = (colour(ground, 1.0), colour(line, 1.0));
    let options = [
        ("name", "circle"),
        ("color", &*ground),
        ("outline_color", &*line),
        ("outline_width", width),
        ("size", size),
    ];
    layer("SimpleMarker", &options, expressions)
}

fn by_status(class: &ClassLook) -> Element {
    Element::new("category").with("label", &class.name).with("value", class.status.as_str())
}

fn single(symbol: Element) -> Element {
    Element::new("renderer-v2").with("type", "singleSymbol").and(Element::new("symbols").and(symbol))
}

/// A renderer that draws the categories with the symbols of their places in the list.
fn categorised(by: &str, categories: impl Iterator<Item = Element>, symbols: Vec<Element>) -> Element {
    let categories = categories.enumerate().map(|(i, c)| c.with("symbol", i).with("render", "true"));
    Element::new("renderer-v2")
        .with("type", "categorizedSymbol")
        .with("attr", by)
        .and(Element::new("categories").holding(categories))
        .and(Element::new("symbols").holding(symbols))
}

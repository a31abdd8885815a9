//! The project: the layers of a GeoPackage beside it, styled, in their order and with their days.

use std::io::{self, Cursor, Write};

use geo::{BoundingRect, CoordsIter, MultiPoint, Point, Rect};
use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::symbol::colour;
use super::xml::Element;
use super::{DISTRICT_NAMES, Style, VERSION, areas, by_district, events, ground, places, provinces};
use crate::control::Timeline;
use crate::event::Event;
use crate::map::{Areas, Basemap, Conic, Lambert, Symbology};

/// Events that a day's map may show: they end on a day that is known and span two at most.
const OWN_DAYS: &str = "\"end_date\" IS NOT NULL AND julianday(\"end_date\") - julianday(\"event_date\") < 2";
/// Free around the country, as a share of it.
const MARGIN: f64 = 0.04;
/// Steps a second when the run plays.
const PACE: u8 = 2;
/// The date of the map's day over it.
const DAY: &str = "[% format_date(@map_start_time, 'd MMMM yyyy') %]";

/// A layer of the project.
struct Layer {
    /// QGIS takes no shorter one than of eleven letters.
    id: &'static str,
    name: &'static str,
    table: &'static str,
    geometry: &'static str,
    filter: &'static str,
    style: Style,
}

/// A project for QGIS 3.22 and later that plays a run day by day, zipped (`.qgz`). It reads the layers of the
/// GeoPackage of this name beside it and draws in the projection of the maps.
///
/// # Errors
/// None in practice: memory is written to.
pub fn project(
    timeline: &Timeline,
    look: &Symbology,
    basemap: &Basemap,
    coloured: Areas,
    geopackage: &str,
) -> io::Result<Vec<u8>> {
    let days = timeline.days();
    let districts = match coloured {
        Areas::Auto => by_district(basemap, days),
        Areas::Provinces => false,
        Areas::Districts => basemap.districts().next().is_some(),
    };
    let span = days.first().zip(days.last()).map(|(first, last)| (first.date, last.date));
    let layers = layers(look, districts, &timeline.events);
    let document = document(&layers, look, (basemap, districts), span, geopackage).to_document();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    zip.start_file("timeline.qgs", options)?;
    zip.write_all(document.as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

/// The layers from the top down.
fn layers(look: &Symbology, districts: bool, told: &[Event]) -> [Layer; 5] {
    let layer = |id, name, table, geometry, style| Layer { id, name, table, geometry, filter: "", style };
    [
        Layer {
            filter: OWN_DAYS,
            ..layer("naqsha_events", "Events", "events", "Point", events(look, told, false))
        },
        layer("naqsha_places", "Towns and bases", "places", "Point", places(look)),
        layer("naqsha_provinces", "Provinces", "provinces", "Polygon", provinces(look)),
        layer(
            "naqsha_areas",
            "Control as reported",
            "areas",
            "Polygon",
            areas(look, districts, DISTRICT_NAMES),
        ),
        layer("naqsha_ground", "No report", "provinces", "Polygon", ground(look)),
    ]
}

fn document(
    layers: &[Layer],
    look: &Symbology,
    (basemap, districts): (&Basemap, bool),
    span: Option<(Date, Date)>,
    geopackage: &str,
) -> Element {
    let crs = Element::new("spatialrefsys").and(Element::told("proj4", proj(look.projection)));
    let extent = extent(basemap, look.projection);
    let credits = [&look.caveat, &look.boundaries, &look.approximate].map(String::as_str);
    let credits = credits[..if districts { 3 } else { 2 }].join(" ");
    Element::new("qgis")
        .with("version", VERSION)
        .with("projectname", &look.title)
        .and(Element::told("title", &look.title))
        .and(Element::new("projectCrs").and(crs.clone()))
        .and(tree(layers, geopackage))
        .holding(extent.map(|e| canvas(e, &crs)))
        .and(Element::new("projectlayers").holding(layers.iter().map(|l| maplayer(l, geopackage))))
        .and(
            Element::new("layerorder").holding(layers.iter().map(|l| Element::new("layer").with("id", l.id))),
        )
        .and(properties(look, &credits, span))
        .and(metadata(look, &credits))
        .holding(extent.map(|e| view(e, &crs)))
        .holding(span.map(time))
}

/// The projection as PROJ spells it.
fn proj(conic: Conic) -> String {
    let ([south, north], [longitude, latitude]) = (conic.parallels, conic.origin);
    format!(
        "+proj=lcc +lat_0={latitude} +lon_0={longitude} +lat_1={south} +lat_2={north} +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs"
    )
}

/// The box of the country on the projection, in metres, with what lies free around it.
fn extent(basemap: &Basemap, conic: Conic) -> Option<Rect> {
    let lambert = Lambert::new(conic);
    let corners = basemap.provinces().flat_map(|(_, area)| area.shape.coords_iter());
    let country: MultiPoint = corners.map(|c| Point(lambert.project(c))).collect();
    let bounds = country.bounding_rect()?;
    let free = geo::coord! { x: bounds.width() * MARGIN, y: bounds.height() * MARGIN };
    Some(Rect::new(bounds.min() - free, bounds.max() + free))
}

fn source(layer: &Layer, geopackage: &str) -> String {
    let filter = if layer.filter.is_empty() { String::new() } else { format!("|subset={}", layer.filter) };
    format!("./{geopackage}|layername={}{filter}", layer.table)
}

fn tree(layers: &[Layer], geopackage: &str) -> Element {
    let leaf = |layer: &Layer| {
        Element::new("layer-tree-layer")
            .with("id", layer.id)
            .with("name", layer.name)
            .with("source", source(layer, geopackage))
            .with("providerKey", "ogr")
            .with("checked", "Qt::Checked")
            .with("expanded", u8::from(layer.id == "naqsha_areas"))
    };
    let group = |name: &str, ids: &[&str]| {
        Element::new("layer-tree-group")
            .with("name", name)
            .with("checked", "Qt::Checked")
            .with("expanded", 1)
            .holding(layers.iter().filter(|l| ids.contains(&l.id)).map(leaf))
    };
    Element::new("layer-tree-group")
        .and(group("Reported", &["naqsha_events", "naqsha_places"]))
        .and(group("Control", &["naqsha_provinces", "naqsha_areas"]))
        .and(group("Ground", &["naqsha_ground"]))
}

fn maplayer(layer: &Layer, geopackage: &str) -> Element {
    let wgs84 = Element::new("spatialrefsys")
        .and(Element::told("proj4", "+proj=longlat +datum=WGS84 +no_defs"))
        .and(Element::told("srid", 4326))
        .and(Element::told("authid", "EPSG:4326"));
    let display = if layer.id == "naqsha_events" { "\"place\" || ': ' || \"kind\"" } else { "\"name\"" };
    Element::new("maplayer")
        .with("type", "vector")
        .with("geometry", layer.geometry)
        .with("readOnly", 0)
        .with("styleCategories", "AllStyleCategories")
        .with("labelsEnabled", u8::from(layer.style.labels.is_some()))
        .and(Element::told("id", layer.id))
        .and(Element::told("datasource", source(layer, geopackage)))
        .and(Element::told("layername", layer.name))
        .and(Element::new("srs").and(wgs84))
        .and(Element::told("provider", "ogr").with("encoding", "UTF-8"))
        .and(Element::told("previewExpression", display))
        .holding(layer.style.elements())
}

/// Named as the program's own map is, which takes it for the first view.
fn canvas(extent: Rect, crs: &Element) -> Element {
    let corners = [
        ("xmin", extent.min().x),
        ("ymin", extent.min().y),
        ("xmax", extent.max().x),
        ("ymax", extent.max().y),
    ];
    let corners = corners.map(|(name, metres)| Element::told(name, format!("{metres:.0}")));
    Element::new("mapcanvas")
        .with("name", "theMapCanvas")
        .and(Element::told("units", "meters"))
        .and(Element::new("extent").holding(corners))
        .and(Element::told("rotation", 0))
        .and(Element::new("destinationsrs").and(crs.clone()))
}

fn view(extent: Rect, crs: &Element) -> Element {
    let extent = Element::new("DefaultViewExtent")
        .with("xmin", format!("{:.0}", extent.min().x))
        .with("ymin", format!("{:.0}", extent.min().y))
        .with("xmax", format!("{:.0}", extent.max().x))
        .with("ymax", format!("{:.0}", extent.max().y))
        .and(crs.clone());
    Element::new("ProjectViewSettings").with("UseProjectScales", 0).and(extent)
}

/// The days of the run, one a step.
fn time((first, last): (Date, Date)) -> Element {
    let range = Element::new("TemporalRange")
        .and(Element::told("start", midnight(first)))
        .and(Element::told("end", evening(last)));
    Element::new("ProjectTimeSettings")
        .with("cumulativeTemporalRange", 0)
        .with("timeStepUnit", "d")
        .with("timeStep", 1)
        .with("frameRate", PACE)
        .and(range)
}

fn midnight(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

/// The last second of a day: at midnight the day itself would not be played.
fn evening(day: Date) -> String {
    format!("{day}T23:59:59Z")
}

/// What the program keeps with a project: background, relative paths, the date and the credits on the map, the
/// temporal controller ready to play.
fn properties(look: &Symbology, credits: &str, span: Option<(Date, Date)>) -> Element {
    let entry = |name, kind: &str, value: String| Element::told(name, value).with("type", kind);
    let paper = colour(&look.inks.paper, 1.0);
    let mut parts = paper.split(',');
    let mut part = |name| entry(name, "int", parts.next().unwrap_or_default().to_owned());
    let gui = [part("CanvasColorRedPart"), part("CanvasColorGreenPart"), part("CanvasColorBluePart")];
    let label = |name, text: String, corner: u8| {
        Element::new(name)
            .and(entry("Enabled", "bool", "true".to_owned()))
            .and(entry("Label", "QString", text))
            .and(entry("BackgroundColor", "QString", colour(&look.inks.paper, 0.0)))
            .and(entry("Placement", "int", corner.to_string()))
    };
    let controller = span.map(|(first, last)| {
        Element::new("TemporalControllerWidget")
            .and(entry("StartDateTime", "QString", midnight(first)))
            .and(entry("EndDateTime", "QString", evening(last)))
            .and(entry("NavigationMode", "int", "1".to_owned()))
    });
    Element::new("properties")
        .and(Element::new("Gui").holding(gui))
        .and(Element::new("Paths").and(entry("Absolute", "bool", "false".to_owned())))
        // Without it the projection is not read.
        .and(Element::new("SpatialRefSys").and(entry("ProjectionsEnabled", "int", "1".to_owned())))
        // Corners: 0 bottom left, 4 top centre.
        .and(label("TitleLabel", DAY.to_owned(), 4))
        .and(label("CopyrightLabel", credits.to_owned(), 0))
        .holding(controller)
}

fn metadata(look: &Symbology, credits: &str) -> Element {
    Element::new("projectMetadata")
        .and(Element::told("title", &look.title))
        .and(Element::told("abstract", credits))
        .and(Element::told("author", env!("CARGO_PKG_NAME")))
}

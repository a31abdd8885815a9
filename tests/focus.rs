//! Closer maps: a province, a district, or a place with what lies around it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is amiss")]

mod days;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use geo::{Coord, Intersects, Rect};
use naqsha::control::{ControlStatus, Day, Level};
use naqsha::data::DataFiles;
use naqsha::event::EventKind;
use naqsha::gazetteer::{Gazetteer, PlaceKind};
use naqsha::map::{Atlas, Drawing, Frame, Language, Look};
use resvg::usvg::{self, fontdb, roxmltree};

static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::from_data(&DataFiles::bundled()).unwrap());

const FRAMES: [Frame; 4] =
    [Frame::Article, Frame::Social, Frame::Print, Frame::Size { width: 900, height: 900 }];

/// A province, a province at the border, a district; the largest city, a town, a crossing, by radius.
const PARTS: [(&str, Option<f64>); 8] = [
    ("AF-KDZ", None),
    ("AF-NIM", None),
    ("AF1905", None),
    ("gn1138958", None),
    ("gn1135689", Some(60.0)),
    ("nq-sher-khan-bandar", None),
    ("AF-BDS", Some(500.0)),
    ("gn1138958", Some(10.0)),
];

fn focused(place: &str, radius: Option<f64>) -> Result<Atlas, naqsha::error::Error> {
    let place = GAZETTEER.by_id(place).unwrap();
    Atlas::from_data(&DataFiles::bundled()).unwrap().with_focus(&GAZETTEER, place, radius)
}

fn draw(place: &str, radius: Option<f64>, day: &Day, frame: Frame) -> Drawing {
    focused(place, radius).unwrap().draw(&GAZETTEER, day, frame)
}

fn tree(drawing: &Drawing) -> usvg::Tree {
    let data = DataFiles::bundled();
    let mut fonts = fontdb::Database::new();
    for file in data.under("fonts/").filter(|f| f.ends_with(".ttf")) {
        fonts.load_font_data(data.bytes(file).unwrap().to_vec());
    }
    let options = usvg::Options { fontdb: fonts.into(), ..usvg::Options::default() };
    usvg::Tree::from_str(drawing.to_svg(), &options).unwrap()
}

fn texts(group: &usvg::Group, each: &mut impl FnMut(&usvg::Text)) {
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => texts(inner, each),
            usvg::Node::Text(text) => each(text),
            _ => {}
        }
    }
}

/// A box without its outermost tenth of a pixel, so that boxes may touch.
fn shrunk(rect: Rect) -> Rect {
    let by = Coord { x: 0.1, y: 0.1 };
    Rect::new(rect.min() + by, rect.max() - by)
}

#[test]
fn closer_pages_are_sound() {
    let g = &GAZETTEER;
    let days = [("crowded", days::crowded(g)), ("districts", days::districts(g))];
    for (place, radius) in PARTS {
        let atlas = focused(place, radius).unwrap();
        for (name, day) in &days {
            for frame in FRAMES {
                let what = format!("{place} {radius:?}, {name} in {frame:?}");
                sound(&what, &atlas.draw(g, day, frame));
            }
        }
    }
}

/// No text covers another or leaves the page, ids are unique, and there are a scale and a locator.
fn sound(what: &str, drawing: &Drawing) {
    let boxes = drawing.text_boxes();
    for (i, (a, first)) in boxes.iter().enumerate() {
        for (b, second) in &boxes[..i] {
            let apart = !shrunk(*first).intersects(&shrunk(*second));
            assert!(apart, "{what}: {a:?} and {b:?} cover one another: {first:?} {second:?}");
        }
    }
    for part in ["scale", "locator", "legend"] {
        assert!(boxes.iter().any(|(name, _)| name == part), "{what}: no {part}");
    }
    let (w, h) = drawing.size();
    texts(tree(drawing).root(), &mut |text| {
        let b = text.abs_bounding_box();
        let inside =
            b.left() >= 2.0 && b.top() >= 2.0 && b.right() <= w as f32 - 2.0 && b.bottom() <= h as f32;
        let said: String = text.chunks().iter().map(|c| c.text()).collect();
        assert!(inside, "{what}: {said:?} at {b:?} leaves the page of {w} x {h}");
    });
    let document = roxmltree::Document::parse(drawing.to_svg()).unwrap();
    let mut ids = BTreeSet::new();
    for id in document.descendants().filter_map(|n| n.attribute("id")) {
        assert!(ids.insert(id), "{what}: {id:?} stands twice");
    }
    assert!(drawing.to_svg().len() < 450_000, "{what}: {} bytes", drawing.to_svg().len());
}

#[test]
fn a_page_tells_of_what_it_shows() {
    let g = &GAZETTEER;
    let mut day = days::quiet(g);
    let [kunduz, taloqan, herat] = ["AF-KDZ", "AF-TAK", "AF-HER"].map(|p| days::capital(g, p));
    day.events = [kunduz, taloqan, herat].map(|p| days::event(g, day.date, EventKind::Clash, p)).to_vec();
    day.events[1].kind = EventKind::Captured;
    let district = |name: &str| days::place(g, name, "AF-KDZ", &[PlaceKind::District]);
    let status = |p, s| days::status(p, Level::District, s, day.date);
    day.statuses = vec![
        status(district("Imam Sahib"), ControlStatus::Taliban),
        status(district("Khanabad"), ControlStatus::Contested),
        status(days::place(g, "Rustaq", "AF-TAK", &[PlaceKind::District]), ControlStatus::Taliban),
    ];
    let drawing = draw("AF-KDZ", None, &day, Frame::Social);
    let svg = drawing.to_svg();
    let (_, title) = svg.split_once("<title id=\"map-title\">").unwrap();
    assert!(!title.starts_with("Taloqan") && title[..60].contains("Kunduz"), "{}", &title[..60]);
    let (_, said) = svg.split_once("<desc id=\"map-description\">").unwrap();
    let said = said.split("</desc>").next().unwrap();
    assert!(said.starts_with("Map of Kunduz province in Afghanistan on "), "{said}");
    assert!(said.contains("Districts: Taliban 1; Contested or conflicting claims 1;"), "{said}");
    assert!(said.contains("No report in these sources 5."), "{said}");
    assert!(said.contains("Taloqan") && !said.contains("Herat"), "{said}");
    let marker = |e: usize| format!("id=\"event-{}\"", day.events[e].id.0);
    assert!(
        svg.contains(&marker(0)) && svg.contains(&marker(1)),
        "what lies next to the province has a marker"
    );
    assert!(!svg.contains(&marker(2)), "what lies outside the page has none");
}

#[test]
fn a_district_is_no_point_where_it_is_large() {
    let g = &GAZETTEER;
    let mut day = days::quiet(g);
    let place = days::place(g, "Imam Sahib", "AF-KDZ", &[PlaceKind::District]);
    day.events = vec![days::event(g, day.date, EventKind::Clash, place)];
    let dashed = |drawing: &Drawing| {
        let svg = drawing.to_svg();
        svg.split_once("<g id=\"markers\">")
            .unwrap()
            .1
            .split("</g>")
            .next()
            .unwrap()
            .contains("stroke-dasharray")
    };
    assert!(dashed(&draw("AF-KDZ", None, &day, Frame::Article)));
    let whole = Atlas::from_data(&DataFiles::bundled()).unwrap();
    assert!(!dashed(&whole.draw(g, &day, Frame::Article)));
}

#[test]
fn the_scale_bar_has_its_length() {
    for (km, frame) in [(30.0, Frame::Article), (250.0, Frame::Social), (12.5, Frame::Print)] {
        let drawing = draw("gn1138958", Some(km), &days::quiet(&GAZETTEER), frame);
        let tree = tree(&drawing);
        let width = |id: &str| {
            let usvg::Node::Group(group) = tree.node_by_id(id).unwrap() else { panic!("{id} is no group") };
            let path = group.children().iter().rev().find(|n| matches!(n, usvg::Node::Path(_))).unwrap();
            f64::from(path.abs_bounding_box().width())
        };
        let document = roxmltree::Document::parse(drawing.to_svg()).unwrap();
        let scale = document.descendants().find(|n| n.attribute("id") == Some("scale")).unwrap();
        let label = scale.descendants().filter_map(|n| n.text()).find(|t| t.ends_with(" km")).unwrap();
        let told: f64 = label.trim_end_matches(" km").parse().unwrap();
        let drawn = 2.0 * km * width("scale") / width("subject");
        assert!((drawn / told - 1.0).abs() < 0.01, "{frame:?}: {label} is {drawn:.2} km long");
    }
}

#[test]
fn shared_layers_give_the_same_pixels_as_the_whole() {
    let day = days::districts(&GAZETTEER);
    for (place, radius) in [("AF-KDZ", None), ("gn1138958", Some(25.0))] {
        let drawing = draw(place, radius, &day, Frame::Article);
        assert!(drawing.to_png(1.0).unwrap() == drawing.to_png_afresh(1.0).unwrap(), "{place}");
        assert!(drawing.to_png(2.0).unwrap().len() < 400_000);
    }
}

/// A region where markers crowd is drawn closer, its names clear of one another.
#[test]
fn a_crowd_has_an_inset() {
    let g = &GAZETTEER;
    let whole = Atlas::from_data(&DataFiles::bundled()).unwrap();
    for frame in FRAMES {
        assert!(
            !whole.draw(g, &days::quiet(g), frame).to_svg().contains("id=\"inset\""),
            "{frame:?}: no crowd"
        );
    }
    let drawing = whole.draw(g, &days::crowded(g), Frame::Article);
    let tree = tree(&drawing);
    let usvg::Node::Group(inset) = tree.node_by_id("inset").unwrap() else { panic!("the inset is no group") };
    let mut names: Vec<Rect> = Vec::new();
    texts(inset, &mut |text| {
        let b = text.abs_bounding_box();
        let corner = |x: f32, y: f32| Coord { x: f64::from(x), y: f64::from(y) };
        names.push(Rect::new(corner(b.left(), b.top()), corner(b.right(), b.bottom())));
    });
    assert!(names.len() > 5, "{names:?}");
    for (i, a) in names.iter().enumerate() {
        assert!(names[..i].iter().all(|b| !shrunk(*a).intersects(&shrunk(*b))), "{a:?} lies on another name");
    }
    let of_day = drawing.to_png(1.0).unwrap();
    assert!(of_day == drawing.to_png_afresh(1.0).unwrap());
}

#[test]
fn what_cannot_be_shown_is_refused() {
    for km in [0.0, 9.9, -5.0, 10_000.0, f64::NAN, f64::INFINITY] {
        let said = focused("AF-KDZ", Some(km)).unwrap_err().to_string();
        assert!(said.contains("within 10 to 500 km"), "{said}");
    }
    let abroad = GAZETTEER.places().find(|p| p.is_abroad()).unwrap();
    let said = focused(abroad.id.as_str(), None).unwrap_err().to_string();
    assert!(said.contains("lies abroad") && said.contains(&abroad.name), "{said}");
}

#[test]
fn any_kind_of_place_can_be_shown() {
    let g = &GAZETTEER;
    let day = days::quiet(g);
    let mut kinds = BTreeSet::new();
    let mut provinces = 0;
    let places = g.places().filter(|p| !p.is_abroad());
    let every_third = |p: &&naqsha::gazetteer::Place| {
        provinces += usize::from(p.kind == PlaceKind::Province);
        p.kind == PlaceKind::Province && provinces % 3 == 0 || kinds.insert(p.kind)
    };
    for place in places.filter(every_third) {
        let drawing = draw(place.id.as_str(), None, &day, Frame::Article);
        let boxes = drawing.text_boxes();
        assert!(boxes.iter().any(|(name, _)| name == "scale"), "{}: no scale", place.name);
    }
}

/// In a language that runs from right to left the locator makes way for the title.
#[test]
fn closer_pages_in_other_languages_are_sound() {
    let g = &GAZETTEER;
    let data = DataFiles::bundled();
    for language in [Language::Dari, Language::Pashto] {
        let look = Look { language, ..Look::default() };
        let atlas = Atlas::from_data(&data).unwrap().with_look(&data, look).unwrap();
        let atlas = atlas.with_focus(g, g.by_id("AF-KDZ").unwrap(), None).unwrap();
        for frame in FRAMES {
            sound(&format!("{language:?} in {frame:?}"), &atlas.draw(g, &days::districts(g), frame));
        }
    }
}

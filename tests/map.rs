//! Maps: the projection against an outside oracle, and what must hold of every page.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is amiss")]

mod days;
mod drawn;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use geo::coord;
use naqsha::control::Day;
use naqsha::data::DataFiles;
use naqsha::gazetteer::Gazetteer;
use naqsha::map::{Atlas, Conic, Drawing, Frame, Lambert, Look, Theme};
use proptest::prelude::*;
use resvg::usvg::roxmltree;

const CONIC: Conic = Conic { parallels: [31.0, 37.0], origin: [67.5, 34.0] };

/// Longitude, latitude, metres east, metres north, by PROJ 9 (pyproj 3.7.2):
/// `+proj=lcc +lat_1=31 +lat_2=37 +lat_0=34 +lon_0=67.5 +ellps=WGS84`.
const BY_PROJ: [[f64; 4]; 10] = [
    [67.5, 34.0, 0.0, 0.0],
    [69.17, 34.53, 153_107.941, 59_960.295],
    [62.2, 34.34, -486_804.886, 50_262.476],
    [65.71, 31.61, -169_762.182, -263_285.932],
    [63.13, 34.99, -398_369.872, 118_177.890],
    [70.58, 37.12, 273_714.152, 349_979.721],
    [74.9, 37.2, 656_510.823, 378_472.062],
    [60.5, 29.4, -680_133.447, -486_652.407],
    [61.86, 30.96, -538_615.923, -321_985.909],
    [71.5, 38.5, 349_450.008, 505_993.152],
];

#[test]
fn projection_agrees_with_proj() {
    let lambert = Lambert::new(CONIC);
    for [lon, lat, x, y] in BY_PROJ {
        let at = lambert.project(coord! { x: lon, y: lat });
        assert!(
            (at.x - x).abs() < 0.001 && (at.y - y).abs() < 0.001,
            "{lon} {lat}: {at:?}, PROJ has {x} {y}"
        );
    }
}

#[test]
fn scale_is_true_to_a_fifth_of_a_percent_over_the_country() {
    let lambert = Lambert::new(CONIC);
    for lat in [29.5, 31.0, 34.0, 37.0, 38.4] {
        let (a, b) = (coord! { x: 67.0, y: lat }, coord! { x: 67.01, y: lat });
        let (p, q) = (lambert.project(a), lambert.project(b));
        // Length of a hundredth of a degree of the parallel on WGS 84.
        let phi = f64::to_radians(lat);
        let e2 = 0.006_694_379_990_141;
        let on_earth =
            6_378_137.0 * phi.cos() / (1.0 - e2 * phi.sin().powi(2)).sqrt() * 0.01_f64.to_radians();
        let scale = (p.x - q.x).hypot(p.y - q.y) / on_earth;
        assert!((scale - 1.0).abs() < 0.004, "at {lat} N the scale is {scale}");
    }
}

proptest! {
    #[test]
    fn inverse_undoes_projection(lon in 55.0..80.0_f64, lat in 24.0..44.0_f64) {
        let lambert = Lambert::new(CONIC);
        let back = lambert.invert(lambert.project(coord! { x: lon, y: lat }));
        prop_assert!((back.x - lon).abs() < 1e-9 && (back.y - lat).abs() < 1e-9);
    }
}

struct Desk {
    gazetteer: Gazetteer,
    atlas: Atlas,
}

static DESK: LazyLock<Desk> = LazyLock::new(|| {
    let data = DataFiles::bundled();
    Desk { gazetteer: Gazetteer::from_data(&data).unwrap(), atlas: Atlas::from_data(&data).unwrap() }
});

const FRAMES: [Frame; 6] = [
    Frame::Article,
    Frame::Social,
    Frame::Print,
    Frame::Size { width: 1600, height: 900 },
    Frame::Size { width: 900, height: 900 },
    Frame::Size { width: 800, height: 1000 },
];

fn days() -> [(&'static str, Day); 6] {
    let g = &DESK.gazetteer;
    [
        ("quiet", days::quiet(g)),
        ("busy", days::busy(g)),
        ("fall", days::fall(g)),
        ("hostile", days::hostile(g)),
        ("crowded", days::crowded(g)),
        ("districts", days::districts(g)),
    ]
}

fn draw(day: &Day, frame: Frame) -> Drawing {
    DESK.atlas.draw(&DESK.gazetteer, day, frame)
}

/// Runs a check on every day in every frame.
fn everywhere(check: impl Fn(&str, &Drawing)) {
    for (name, day) in days() {
        for frame in FRAMES {
            check(&format!("{name} {frame:?}"), &draw(&day, frame));
        }
    }
}

#[test]
fn texts_do_not_cover_one_another() {
    everywhere(drawn::assert_apart);
}

#[test]
fn every_text_stands_on_the_page() {
    everywhere(drawn::assert_on_page);
}

#[test]
fn svg_is_well_formed_with_unique_ids_and_words_for_those_who_do_not_see() {
    everywhere(|what, drawing| {
        let document = roxmltree::Document::parse(drawing.to_svg()).unwrap();
        let mut ids = BTreeSet::new();
        for id in document.descendants().filter_map(|n| n.attribute("id")) {
            assert!(ids.insert(id), "{what}: {id:?} stands twice");
        }
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        for id in root.attribute("aria-labelledby").unwrap().split(' ') {
            assert!(ids.contains(id), "{what}: nothing has the id {id:?}");
        }
        for layer in ["land", "neighbours", "provinces", "border", "cities", "markers", "legend", "footer"] {
            assert!(ids.contains(layer), "{what}: no layer {layer:?}");
        }
        for (province, _) in DESK.atlas.basemap().provinces() {
            let shape =
                document.descendants().find(|n| n.attribute("id") == Some(province.as_str())).unwrap();
            assert!(shape.children().any(|c| c.has_tag_name("title")), "{what}: {province} has no title");
        }
    });
}

#[test]
fn markup_in_names_stays_text() {
    let drawing = draw(&days::hostile(&DESK.gazetteer), Frame::Article);
    let document = roxmltree::Document::parse(drawing.to_svg()).unwrap();
    for tag in ["script", "a", "i"] {
        assert!(
            !document.descendants().any(|n| n.is_element() && n.tag_name().name() == tag),
            "<{tag}> got through"
        );
    }
    let said: String = document.descendants().filter_map(|n| n.text()).collect();
    assert!(said.contains("<script>alert"), "the name is not there as text");
}

#[test]
fn denied_events_are_not_drawn() {
    let mut day = days::quiet(&DESK.gazetteer);
    day.events[0].modality = naqsha::event::Modality::Denied;
    let drawing = draw(&day, Frame::Article);
    assert!(!drawing.to_svg().contains("event-"), "a denied event has a marker");
    assert!(drawing.to_svg().contains("Afghanistan: control as reported"));
}

#[test]
fn a_headline_says_no_more_than_the_statuses() {
    use naqsha::control::{ControlStatus, Level};
    use naqsha::event::{Effect, EventKind};
    let g = &DESK.gazetteer;
    let mut day = days::quiet(g);
    let place = days::capital(g, "AF-NIM");
    let mut taken = days::event(g, day.date, EventKind::Captured, place);
    taken.actor1 = days::taliban();
    taken.effect = Some(Effect::Taliban);
    day.events = vec![taken];
    for (status, wanted) in [
        (ControlStatus::Taliban, "Taliban capture Zaranj"),
        (ControlStatus::ClaimedTaliban, "Zaranj reported taken"),
        (ControlStatus::Government, "Zaranj reported taken"),
        (ControlStatus::Contested, "Fight for Zaranj"),
    ] {
        day.statuses = vec![days::status(place, Level::Capital, status, day.date)];
        let drawing = draw(&day, Frame::Social);
        let title = drawing.to_svg().split_once("<title id=\"map-title\">").unwrap().1;
        assert!(title.starts_with(wanted), "{status:?}: {}", &title[..40]);
    }
}

#[test]
fn two_atlases_draw_the_same_bytes() {
    let data = DataFiles::bundled();
    let other = Atlas::from_data(&data).unwrap();
    let day = days::busy(&DESK.gazetteer);
    for frame in [Frame::Article, Frame::Social] {
        let (a, b) = (draw(&day, frame), other.draw(&DESK.gazetteer, &day, frame));
        assert!(a.to_svg() == b.to_svg(), "{frame:?}: the SVG differs");
        assert!(a.to_png(1.0).unwrap() == b.to_png(1.0).unwrap(), "{frame:?}: the PNG differs");
    }
}

#[test]
fn shared_layers_give_the_same_pixels_as_the_whole() {
    let day = days::busy(&DESK.gazetteer);
    for (frame, scale) in [(Frame::Article, 1.0), (Frame::Social, 2.0), (Frame::Print, 1.25)] {
        let drawing = draw(&day, frame);
        assert!(
            drawing.to_png(scale).unwrap() == drawing.to_png_afresh(scale).unwrap(),
            "{frame:?} at {scale}"
        );
    }
}

#[test]
fn png_has_the_right_size_and_a_palette() {
    let drawing = draw(&days::busy(&DESK.gazetteer), Frame::Article);
    let bytes = drawing.to_png(2.0).unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    assert_eq!((reader.info().width, reader.info().height), (2400, 1800));
    assert_eq!(reader.info().color_type, png::ColorType::Indexed);
    assert!(bytes.len() < 400_000, "the PNG has {} bytes", bytes.len());
    assert!(drawing.to_svg().len() < 450_000, "the SVG has {} bytes", drawing.to_svg().len());
    assert!(drawing.to_png(9.0).is_err());
}

#[test]
fn dark_pages_draw_as_well() {
    let atlas =
        Atlas::looking(&DataFiles::bundled(), Look { theme: Theme::Dark, ..Look::default() }).unwrap();
    let drawing = atlas.draw(&DESK.gazetteer, &days::busy(&DESK.gazetteer), Frame::Social);
    assert!(drawing.to_png(1.0).unwrap().len() > 10_000);
}

/// Fills by the eyes of people who see all colours, no red, no green or no blue (Machado et al. 2009, severity 1).
#[test]
fn fills_can_be_told_apart() {
    const SIGHTS: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];
    let data = DataFiles::bundled();
    for theme in ["style/light.toml", "style/dark.toml"] {
        let table: toml::Table = data.text(theme).unwrap().parse().unwrap();
        let linear = |name: &str| {
            let hex = u32::from_str_radix(table[name].as_str().unwrap().trim_start_matches('#'), 16).unwrap();
            [16, 8, 0].map(|shift| {
                let c = f64::from((hex >> shift) & 0xFF) / 255.0;
                if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
            })
        };
        for (i, sight) in SIGHTS.iter().enumerate() {
            let seen = |name: &str| {
                let c = linear(name);
                lab(sight.map(|row| (0..3).map(|k| row[k] * c[k]).sum::<f64>().clamp(0.0, 1.0)))
            };
            // Contested and no report may be close: the hatch tells them apart.
            for (a, b) in [
                ("taliban", "government"),
                ("taliban", "contested"),
                ("taliban", "none"),
                ("government", "contested"),
                ("government", "none"),
            ] {
                let (p, q) = (seen(a), seen(b));
                let far = (0..3).map(|k| (p[k] - q[k]).powi(2)).sum::<f64>().sqrt();
                assert!(far >= 20.0, "{theme}, sight {i}: {a} and {b} are {far:.1} apart");
            }
        }
    }
}

/// Colours of a user's own are checked in the same way, and by grey print.
#[test]
fn colours_that_look_alike_are_named() {
    use naqsha::map::{Sight, alike, with_colours};
    for theme in [Theme::Light, Theme::Dark] {
        assert_eq!(alike(&DataFiles::bundled(), theme).unwrap(), []);
    }
    let of = |colours: &str| {
        let own = with_colours(DataFiles::bundled(), Theme::Light, "house.toml", colours).unwrap();
        let told = |l: &naqsha::map::Likeness| {
            let sights: Vec<Sight> = l.sights.iter().map(|(s, _)| *s).collect();
            (l.classes, sights, l.is_hopeless)
        };
        alike(&own, Theme::Light).unwrap().iter().map(told).collect::<Vec<_>>()
    };
    // A red and a green of one lightness.
    assert_eq!(
        of("taliban = \"#B4472E\"\ngovernment = \"#4C7A2E\"\n"),
        [(["taliban", "government"], vec![Sight::NoRed, Sight::NoGreen, Sight::Grey], false)]
    );
    // Two blues.
    assert_eq!(of("taliban = \"#9DBDD0\"\n")[0], (["taliban", "government"], vec![Sight::Full], true),);
    // The hatch helps where one of the two is contested.
    let contested = of("contested = \"#9DBDD6\"\n");
    assert_eq!(contested, [(["government", "contested"], vec![Sight::Full], false)]);
}

/// CIE L*a*b* of a linear RGB colour under D65.
fn lab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let x = f((0.412_4 * r + 0.357_6 * g + 0.180_5 * b) / 0.950_47);
    let y = f(0.212_6 * r + 0.715_2 * g + 0.072_2 * b);
    let z = f((0.019_3 * r + 0.119_2 * g + 0.950_5 * b) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// What the page says, layer by layer, without the names on the map.
#[test]
fn pages_say() {
    for (name, day) in days() {
        let drawing = draw(&day, Frame::Article);
        let document = roxmltree::Document::parse(drawing.to_svg()).unwrap();
        let root = document.root_element();
        let mut said = String::new();
        for tag in ["title", "desc"] {
            let text = root.children().find(|c| c.has_tag_name(tag)).and_then(|c| c.text()).unwrap();
            said += &format!("{tag}: {text}\n");
        }
        for layer in ["title-block", "callouts", "legend", "footer"] {
            let group = document.descendants().find(|n| n.attribute("id") == Some(layer)).unwrap();
            let lines: Vec<&str> =
                group.descendants().filter(|n| n.has_tag_name("text")).filter_map(|n| n.text()).collect();
            said += &format!("{layer}:\n  {}\n", lines.join("\n  "));
        }
        insta::assert_snapshot!(name, said);
    }
}

/// A title names the capitals that one side took on a day, or counts them where their names are too long.
#[test]
fn a_title_tells_of_all_that_went_the_same_way() {
    use naqsha::control::{ControlStatus, Level};
    use naqsha::event::{Effect, EventKind};
    let g = &DESK.gazetteer;
    let title = |provinces: &[&str]| {
        let mut day = days::quiet(g);
        let places: Vec<_> = provinces.iter().map(|p| days::capital(g, p)).collect();
        day.events = places.iter().map(|p| days::event(g, day.date, EventKind::Captured, p)).collect();
        for event in &mut day.events {
            event.actor1 = days::taliban();
            event.effect = Some(Effect::Taliban);
        }
        let status = |p| days::status(p, Level::Capital, ControlStatus::Taliban, day.date);
        day.statuses = places.iter().map(|p| status(*p)).collect();
        day.changes =
            places.iter().zip(&day.events).map(|(p, e)| days::change(p, Level::Capital, e)).collect();
        let drawing = draw(&day, Frame::Social);
        let (_, title) = drawing.to_svg().split_once("<title id=\"map-title\">").unwrap();
        title.split(" ·").next().unwrap().to_owned()
    };
    assert_eq!(title(&["AF-NIM"]), "Taliban capture Zaranj");
    assert_eq!(title(&["AF-KDZ", "AF-SAM"]), "Taliban capture Kunduz and Aybak");
    let many = ["AF-KDZ", "AF-SAM", "AF-HEL", "AF-KAN", "AF-HER", "AF-BAL"];
    assert_eq!(title(&many), "Taliban capture six provincial capitals");
}

//! Every day of the samples in every preset, and days of nothing and of too much: nothing covers another thing, nothing
//! leaves the page, no text is too small, no file is too large.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is amiss")]

#[allow(dead_code, reason = "each test file takes the days it needs")]
mod days;
mod drawn;

use std::path::Path;

use naqsha::control::Day;
use naqsha::data::DataFiles;
use naqsha::event::{EventId, EventKind};
use naqsha::map::{Drawing, Frame, Language, Look, Theme};
use naqsha::mapper::Mapper;
use naqsha::report::read_reports;
use rayon::prelude::*;
use resvg::usvg;

const PRESETS: [Frame; 3] = [Frame::Article, Frame::Social, Frame::Print];
/// The smallest text, in CSS pixels.
const LEAST: f32 = 10.0;
/// The largest files of a map for an article, its PNG at twice the pixels, in bytes.
const LARGEST_SVG: usize = 450_000;
const LARGEST_PNG: usize = 400_000;

fn smallest(group: &usvg::Group) -> f32 {
    let of = |node: &usvg::Node| match node {
        usvg::Node::Group(inner) => smallest(inner),
        usvg::Node::Text(text) => {
            let sizes = text.chunks().iter().flat_map(|c| c.spans()).map(|s| s.font_size().get());
            let turned = text.abs_transform();
            sizes.fold(f32::MAX, f32::min) * turned.sx.hypot(turned.ky)
        }
        _ => f32::MAX,
    };
    group.children().iter().map(of).fold(f32::MAX, f32::min)
}

fn check(what: &str, drawing: &Drawing) {
    drawn::assert_apart(what, drawing);
    drawn::assert_on_page(what, drawing);
    let least = smallest(drawn::tree(drawing).root());
    assert!(least >= LEAST, "{what}: text of {least} px");
    let svg = drawing.to_svg().len();
    assert!(svg < LARGEST_SVG, "{what}: an SVG of {svg} bytes");
}

#[test]
fn every_day_of_the_samples_is_sound_in_every_preset() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    let (reports, _) = read_reports(&samples).unwrap();
    let data = DataFiles::bundled();
    let plain = Look::default();
    for look in [plain, Look { theme: Theme::Dark, ..plain }, Look { language: Language::Dari, ..plain }] {
        let mapper = Mapper::from_data(&data).unwrap().with_look(&data, look).unwrap();
        let (events, _) = mapper.events(&reports);
        let timeline = mapper.timeline(events, None, None);
        timeline.days().par_iter().for_each(|day| {
            for preset in PRESETS {
                let what = format!("{} {preset:?} {look:?}", day.date);
                let drawing = mapper.draw(day, preset);
                check(&what, &drawing);
                if preset == Frame::Article && look == plain {
                    let png = drawing.to_png(2.0).unwrap().len();
                    assert!(png < LARGEST_PNG, "{what}: a PNG of {png} bytes");
                }
            }
        });
    }
}

/// A day without any event or status, and one of four hundred events in one city, each told at length.
#[test]
fn days_of_nothing_and_of_too_much_are_sound() {
    let data = DataFiles::bundled();
    let mapper = Mapper::from_data(&data).unwrap();
    let g = mapper.gazetteer();
    let place = days::capital(g, "AF-KDZ");
    let quiet = days::quiet(g);
    let empty = Day {
        events: Vec::new(),
        statuses: Vec::new(),
        changes: Vec::new(),
        sources: Vec::new(),
        ..quiet.clone()
    };
    let one = |i: usize| {
        let mut made = days::event(g, quiet.date, EventKind::ALL[i % EventKind::ALL.len()], place);
        made.id = EventId(format!("{i:016x}"));
        made
    };
    let full = Day { events: (0..400).map(one).collect(), ..quiet.clone() };
    let sizes = [Frame::Size { width: 400, height: 400 }, Frame::Size { width: 8000, height: 400 }];
    for (name, day) in [("nothing", &empty), ("too much", &full)] {
        for frame in PRESETS.into_iter().chain(sizes) {
            let what = format!("a day of {name}, {frame:?}");
            let drawing = mapper.draw(day, frame);
            drawn::assert_apart(&what, &drawing);
            drawn::assert_on_page(&what, &drawing);
        }
    }
    let svg = mapper.draw(&full, Frame::Article).to_svg().to_owned();
    assert_eq!(svg.matches("<g id=\"event-").count(), 1, "one city has one marker");
    assert!(svg.contains(">99<"), "its badge counts as far as it can");
    assert!(mapper.draw(&empty, Frame::Article).to_svg().contains("Afghanistan: control as reported"));
}

//! Every day of the samples in every preset: nothing covers another thing, nothing leaves the page, no text is too small.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is amiss")]

mod drawn;

use std::path::Path;

use naqsha::data::DataFiles;
use naqsha::map::{Drawing, Frame, Language, Look, Theme};
use naqsha::mapper::Mapper;
use naqsha::report::read_reports;
use rayon::prelude::*;
use resvg::usvg;

const PRESETS: [Frame; 3] = [Frame::Article, Frame::Social, Frame::Print];
/// The smallest text, in CSS pixels.
const LEAST: f32 = 10.0;

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
                check(&what, &mapper.draw(day, preset));
            }
        });
    }
}

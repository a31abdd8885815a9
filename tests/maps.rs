//! Maps that were looked at: what is drawn today must look as they do. To renew them, NAQSHA_RENEW=1, and look at each.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where something is amiss, and says where it was skipped"
)]

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use naqsha::control::Timeline;
use naqsha::data::DataFiles;
use naqsha::map::{Frame, Language, Look, Theme};
use naqsha::mapper::Mapper;
use naqsha::report::read_reports;
use png::{BitDepth, ColorType, Transformations};
use rayon::prelude::*;

/// A pixel differs where a channel does by more than this; so large a share of them may: rounding, not another map.
const CHANNEL: u8 = 24;
const SHARE: f64 = 0.0005;

/// Name, frame, look and what is shown of the country.
struct View(&'static str, Frame, Look, bool);

fn views() -> [View; 6] {
    let plain = Look::default();
    [
        View("article", Frame::Article, plain, false),
        View("social", Frame::Social, plain, false),
        View("print", Frame::Print, plain, false),
        View("dark", Frame::Social, Look { theme: Theme::Dark, ..plain }, false),
        View("fa", Frame::Article, Look { language: Language::Dari, ..plain }, false),
        View("focus", Frame::Article, plain, true),
    ]
}

/// A picture as bytes of red, green and blue.
struct Picture {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Picture {
    fn of(bytes: &[u8]) -> Picture {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().unwrap();
        let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut rgb).unwrap();
        assert_eq!(info.color_type, ColorType::Rgb);
        Picture { width: info.width as usize, height: info.height as usize, rgb }
    }

    fn far(&self, other: &Picture, at: usize) -> bool {
        (0..3).any(|c| self.rgb[3 * at + c].abs_diff(other.rgb[3 * at + c]) > CHANNEL)
    }

    /// The share of pixels that differ.
    fn unlike(&self, other: &Picture) -> f64 {
        if (self.width, self.height) != (other.width, other.height) {
            return 1.0;
        }
        let pixels = self.width * self.height;
        (0..pixels).filter(|at| self.far(other, *at)).count() as f64 / pixels as f64
    }

    /// The reference, what is drawn now and, in red over grey, where they differ, side by side.
    fn panels(&self, now: &Picture) -> Vec<u8> {
        if (self.width, self.height) != (now.width, now.height) {
            return encoded(now.width, now.height, &now.rgb);
        }
        let mut rgb = Vec::with_capacity(9 * self.width * self.height);
        for y in 0..self.height {
            let row = 3 * y * self.width..3 * (y + 1) * self.width;
            rgb.extend(&self.rgb[row.clone()]);
            rgb.extend(&now.rgb[row]);
            for at in y * self.width..(y + 1) * self.width {
                let grey = 160 + now.rgb[3 * at + 1] / 3;
                rgb.extend(if self.far(now, at) { [220, 0, 40] } else { [grey; 3] });
            }
        }
        encoded(3 * self.width, self.height, &rgb)
    }
}

fn encoded(width: usize, height: usize, rgb: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.write_header().unwrap().write_image_data(rgb).unwrap();
    bytes
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/maps")
}

/// Compares a map with its reference, or renews that; what is amiss, if anything.
fn compare(name: &str, png: &[u8]) -> Option<String> {
    let path = folder().join(format!("{name}.png"));
    let kept = fs::read(&path).ok().map(|bytes| Picture::of(&bytes));
    let now = Picture::of(png);
    let share = kept.as_ref().map_or(1.0, |kept| kept.unlike(&now));
    if share <= SHARE {
        return None;
    }
    if std::env::var_os("NAQSHA_RENEW").is_some() {
        fs::write(&path, png).unwrap();
        return None;
    }
    let Some(kept) = kept else { return Some(format!("{name}: there is no {}", path.display())) };
    let shown = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-differs.png"));
    fs::write(&shown, kept.panels(&now)).unwrap();
    Some(format!("{name}: {:.2} % of it differs, see {}", share * 100.0, shown.display()))
}

/// Draws the days in every view, `focus` in the closer one, and compares.
fn check(name: &str, folder: &Path, days: &[Date], focus: &str) {
    let (reports, _) = read_reports(folder).unwrap();
    let data = DataFiles::bundled();
    let mapper = Mapper::from_data(&data).unwrap();
    let (events, _) = mapper.events(&reports);
    let timeline: Timeline = mapper.timeline(events, None, None);
    let all = views().into_iter().flat_map(|View(view, frame, look, closer)| {
        let mapper = Mapper::from_data(&data).unwrap().with_look(&data, look).unwrap();
        let mapper = if closer {
            let place = mapper.gazetteer().by_id(focus).unwrap();
            mapper.with_focus(place, None).unwrap()
        } else {
            mapper
        };
        let days: Vec<_> = timeline.days().iter().filter(|d| days.contains(&d.date)).collect();
        let draw = |day: &&naqsha::control::Day| {
            let png = mapper.draw(day, frame).to_png(1.0).unwrap();
            compare(&format!("{name}-{}-{view}", day.date), &png)
        };
        days.par_iter().filter_map(draw).collect::<Vec<String>>()
    });
    let amiss: Vec<String> = all.collect();
    assert!(
        amiss.is_empty(),
        "{}\nlook at what differs; if it is meant, run this test with NAQSHA_RENEW=1",
        amiss.join("\n")
    );
}

#[test]
fn maps_of_the_samples_look_as_they_did() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    let days = [date(2021, 6, 22), date(2021, 8, 8), date(2021, 8, 15)];
    check("samples", &samples, &days, "AF-KDZ");
}

#[test]
fn the_map_of_7_july_looks_as_it_did() {
    let Some(eval) = std::env::var_os("NAQSHA_EVAL") else {
        println!("skipped: NAQSHA_EVAL names no folder with the reports");
        return;
    };
    check("seeds", &Path::new(&eval).join("seeds"), &[date(2021, 7, 7)], "AF-BDG");
}

/// A change in one word is seen, and shown in three panels.
#[test]
fn a_difference_is_seen() {
    let (width, height) = (40, 30);
    let ground = vec![240; 3 * width * height];
    let mut changed = ground.clone();
    changed[3 * (10 * width + 7)..3 * (10 * width + 9)].fill(30);
    let [kept, now] = [ground, changed].map(|rgb| Picture { width, height, rgb });
    assert!(kept.unlike(&now) > SHARE && now.unlike(&now) <= 0.0);
    let panels = Picture::of(&kept.panels(&now));
    assert_eq!((panels.width, panels.height), (3 * width, height));
    let at = 3 * (10 * 3 * width + 2 * width + 7);
    assert_eq!(panels.rgb[at..at + 3], [220, 0, 40]);
}

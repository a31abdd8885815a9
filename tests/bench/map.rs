//! How long maps take: a page's SVG, its PNG from shared layers and from the whole, and four months of days.

#![allow(dead_code, clippy::panic, reason = "the days are made for tests")]

#[path = "../days/mod.rs"]
mod days;

use std::sync::LazyLock;

use naqsha::control::Day;
use naqsha::data::DataFiles;
use naqsha::gazetteer::Gazetteer;
use naqsha::map::{Atlas, Frame};
use rayon::prelude::*;

static DATA: LazyLock<(Gazetteer, Atlas)> = LazyLock::new(|| {
    let data = DataFiles::bundled();
    let atlas = Atlas::from_data(&data).and_then(|a| Ok((Gazetteer::from_data(&data)?, a)));
    atlas.unwrap_or_else(|e| panic!("{e}"))
});

const FRAMES: [Frame; 2] = [Frame::Article, Frame::Social];

fn busy() -> Day {
    days::busy(&DATA.0)
}

#[divan::bench(args = FRAMES)]
fn svg(bencher: divan::Bencher<'_, '_>, frame: &Frame) {
    let day = busy();
    bencher.bench(|| DATA.1.draw(&DATA.0, &day, *frame));
}

#[divan::bench(args = [(Frame::Article, 1.0), (Frame::Article, 2.0), (Frame::Social, 1.0), (Frame::Social, 2.0)])]
fn png(bencher: divan::Bencher<'_, '_>, (frame, scale): &(Frame, f32)) {
    let drawing = DATA.1.draw(&DATA.0, &busy(), *frame);
    bencher.bench(|| drawing.to_png(*scale));
}

#[divan::bench(sample_count = 5)]
fn png_afresh(bencher: divan::Bencher<'_, '_>) {
    let drawing = DATA.1.draw(&DATA.0, &busy(), Frame::Social);
    bencher.bench(|| drawing.to_png_afresh(1.0));
}

#[divan::bench(sample_count = 3, args = [1.0, 2.0])]
fn months(scale: f32) -> usize {
    let day = busy();
    let one = |_| DATA.1.draw(&DATA.0, &day, Frame::Social).to_png(scale).map_or(0, |png| png.len());
    (0..120).into_par_iter().map(one).sum()
}

fn main() {
    divan::main();
}

//! PNG with a palette: the page's colours are few, so 256 of them do.

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use rustc_hash::FxHashMap;

use super::quantise::palette;
use crate::error::Error;

/// Opaque pixels (4 bytes each) as PNG with at most 256 colours.
pub(super) fn encode(rgba: &[u8], width: u32, height: u32) -> Result<Vec<u8>, Error> {
    let (colours, index) = palette(&counts(rgba));
    let indexed = entries(rgba, |colour| index.get(&colour).copied().unwrap_or(0));
    write(&indexed, &colours, width, height)
        .map_err(|e| Error::Usage(format!("the map cannot be written as PNG: {e}")))
}

/// The palette's entry of each opaque pixel; `of` is asked once for a run of one colour.
pub(super) fn entries(rgba: &[u8], mut of: impl FnMut([u8; 3]) -> u8) -> Vec<u8> {
    let mut last = ([0; 3], of([0; 3]));
    let entry = |p: &[u8]| {
        let colour = [p[0], p[1], p[2]];
        if colour != last.0 {
            last = (colour, of(colour));
        }
        last.1
    };
    rgba.chunks_exact(4).map(entry).collect()
}

/// How many of the opaque pixels have each colour.
pub(super) fn counts(rgba: &[u8]) -> FxHashMap<[u8; 3], u32> {
    let mut counts: FxHashMap<[u8; 3], u32> = FxHashMap::default();
    let (mut last, mut run) = ([0; 3], 0);
    for pixel in rgba.chunks_exact(4).map(|p| [p[0], p[1], p[2]]) {
        if pixel == last {
            run += 1;
            continue;
        }
        *counts.entry(last).or_insert(0) += run;
        (last, run) = (pixel, 1);
    }
    *counts.entry(last).or_insert(0) += run;
    counts.retain(|_, n| *n > 0);
    counts
}

fn write(
    indexed: &[u8],
    colours: &[[u8; 3]],
    width: u32,
    height: u32,
) -> Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(colours.concat());
    encoder.set_compression(Compression::Balanced);
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(indexed)?;
    writer.finish()?;
    Ok(out)
}

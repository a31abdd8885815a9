//! PNG with a palette: the page's colours are few, so 256 of them do.

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use rustc_hash::FxHashMap;

use super::quantise::palette;
use crate::error::Error;

/// Opaque pixels (4 bytes each) as PNG with at most 256 colours.
pub(super) fn encode(rgba: &[u8], width: u32, height: u32) -> Result<Vec<u8>, Error> {
    let (colours, index) = palette(&counts(rgba));
    let pixels = || rgba.chunks_exact(4).map(|p| [p[0], p[1], p[2]]);
    let mut indexed = Vec::with_capacity(rgba.len() / 4);
    let (mut last, mut entry) = ([0; 3], index.get(&[0; 3]).copied().unwrap_or(0));
    for pixel in pixels() {
        if pixel != last {
            entry = index.get(&pixel).copied().unwrap_or(0);
            last = pixel;
        }
        indexed.push(entry);
    }
    write(&indexed, &colours, width, height)
        .map_err(|e| Error::Usage(format!("the map cannot be written as PNG: {e}")))
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

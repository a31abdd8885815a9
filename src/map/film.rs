//! A film: the maps of a run as one picture that plays, each frame only as much as differs from the one before.

use gif::Repeat;
use png::{BitDepth, BlendOp, ColorType, Compression, DisposeOp, Filter};
use rustc_hash::FxHashMap;

use super::Drawing;
use super::png::{counts, entries};
use super::quantise::{nearest, palette};
use crate::error::Error;

/// Maps that play one after the other, in colours that all share. The first frame is whole.
#[derive(Debug)]
pub struct Film {
    size: (u32, u32),
    scale: f32,
    colours: Vec<[u8; 3]>,
    index: FxHashMap<[u8; 3], u8>,
    whole: Vec<u8>,
    shots: Vec<Shot>,
}

/// A map in the colours of a film.
#[derive(Debug)]
pub struct Exposure(Vec<u8>);

/// What a frame changes, and how long it stays, in hundredths of a second.
#[derive(Debug)]
struct Shot {
    at: (u32, u32),
    size: (u32, u32),
    pixels: Vec<u8>,
    stays: u16,
}

impl Film {
    /// A film without frames, in the colours that suit these maps. `scale` is image pixels to a CSS pixel.
    ///
    /// # Errors
    /// `Error::Usage` where there is no map, or the scale is not within 1 to 4.
    pub fn new(samples: &[Drawing], scale: f32) -> Result<Film, Error> {
        let mut all: FxHashMap<[u8; 3], u32> = FxHashMap::default();
        let mut size = (0, 0);
        for drawing in samples {
            let pixels = drawing.pixels(scale)?;
            size = (pixels.width(), pixels.height());
            for (colour, n) in counts(pixels.data()) {
                let sum = all.entry(colour).or_insert(0);
                *sum = sum.saturating_add(n);
            }
        }
        if all.is_empty() {
            return Err(Error::Usage("there is no day to play".to_owned()));
        }
        let (colours, index) = palette(&all);
        Ok(Film { size, scale, colours, index, whole: Vec::new(), shots: Vec::new() })
    }

    /// A map in the film's colours, ready to be added. Any thread may do this.
    ///
    /// # Errors
    /// `Error::Usage` where the map has another size than the film.
    pub fn expose(&self, drawing: &Drawing) -> Result<Exposure, Error> {
        let pixels = drawing.pixels(self.scale)?;
        if (pixels.width(), pixels.height()) != self.size {
            return Err(Error::Usage("the maps of a film must have one size".to_owned()));
        }
        let mut known: FxHashMap<[u8; 3], u8> = FxHashMap::default();
        let entry = |colour: [u8; 3]| {
            let of_film = self.index.get(&colour).copied();
            of_film.unwrap_or_else(|| *known.entry(colour).or_insert_with(|| nearest(&self.colours, colour)))
        };
        Ok(Exposure(entries(pixels.data(), entry)))
    }

    /// Adds a frame that stays for so many hundredths of a second.
    pub fn add(&mut self, Exposure(entries): Exposure, stays: u16) {
        let (width, height) = self.size;
        let whole = || Shot { at: (0, 0), size: (width, height), pixels: entries.clone(), stays };
        let shot = if self.shots.is_empty() { whole() } else { self.difference(&entries, stays) };
        self.shots.push(shot);
        self.whole = entries;
    }

    /// The box around all that is not as in the last frame; a single pixel where nothing is.
    fn difference(&self, entries: &[u8], stays: u16) -> Shot {
        let width = (self.size.0 as usize).max(1);
        let (mut left, mut right, mut top, mut bottom) = (width, 0, usize::MAX, 0);
        for (y, (new, old)) in entries.chunks(width).zip(self.whole.chunks(width)).enumerate() {
            let differs = |x: &usize| new[*x] != old[*x];
            let Some(first) = (0..new.len()).find(differs) else { continue };
            let last = (0..new.len()).rfind(differs).unwrap_or(first);
            (left, right) = (left.min(first), right.max(last));
            (top, bottom) = (top.min(y), y);
        }
        if top == usize::MAX {
            (left, right, top, bottom) = (0, 0, 0, 0);
        }
        let rows = entries.chunks(width).skip(top).take(bottom - top + 1);
        let pixels = rows.flat_map(|row| &row[left..=right]).copied().collect();
        let size = ((right - left + 1) as u32, (bottom - top + 1) as u32);
        Shot { at: (left as u32, top as u32), size, pixels, stays }
    }

    /// The film as animated PNG, which repeats.
    ///
    /// # Errors
    /// `Error::Usage` where it has no frame.
    pub fn to_apng(&self) -> Result<Vec<u8>, Error> {
        self.apng().map_err(|e| Error::Usage(format!("the maps cannot be written as an animated PNG: {e}")))
    }

    fn apng(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, self.size.0, self.size.1);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_palette(self.colours.concat());
        encoder.set_compression(Compression::Balanced);
        encoder.set_filter(Filter::NoFilter);
        encoder.set_animated(self.shots.len() as u32, 0)?;
        encoder.set_blend_op(BlendOp::Source)?;
        encoder.set_dispose_op(DisposeOp::None)?;
        let mut writer = encoder.write_header()?;
        for shot in &self.shots {
            writer.reset_frame_position()?;
            writer.set_frame_dimension(shot.size.0, shot.size.1)?;
            writer.set_frame_position(shot.at.0, shot.at.1)?;
            writer.set_frame_delay(shot.stays, 100)?;
            writer.write_image_data(&shot.pixels)?;
        }
        writer.finish()?;
        Ok(out)
    }

    /// The film as GIF, which repeats.
    ///
    /// # Errors
    /// `Error::Usage` where a side is longer than 65,535 pixels.
    pub fn to_gif(&self) -> Result<Vec<u8>, Error> {
        self.gif().map_err(|e| Error::Usage(format!("the maps cannot be written as GIF: {e}")))
    }

    fn gif(&self) -> Result<Vec<u8>, gif::EncodingError> {
        let short = |n: u32| u16::try_from(n).unwrap_or(u16::MAX);
        let mut out = Vec::new();
        let (width, height) = (short(self.size.0), short(self.size.1));
        let mut encoder = gif::Encoder::new(&mut out, width, height, &self.colours.concat())?;
        encoder.set_repeat(Repeat::Infinite)?;
        for shot in &self.shots {
            let (w, h) = (short(shot.size.0), short(shot.size.1));
            let mut frame = gif::Frame::from_indexed_pixels(w, h, shot.pixels.as_slice(), None);
            (frame.left, frame.top) = (short(shot.at.0), short(shot.at.1));
            (frame.delay, frame.dispose) = (shot.stays, gif::DisposalMethod::Keep);
            encoder.write_frame(&frame)?;
        }
        drop(encoder);
        Ok(out)
    }
}

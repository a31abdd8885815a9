//! The bundled typefaces: how wide text is, and where it breaks.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use harfrust::{Direction, FontRef, ShapeOptions, ShaperData, UnicodeBuffer, script};
use resvg::usvg::fontdb;
use ttf_parser::Face;

use super::style::{Family, MapStyle, Type};
use crate::data::DataFiles;
use crate::error::Error;

/// Glyph advances of one face, in units of the em.
struct Advances {
    of: BTreeMap<char, f64>,
    missing: f64,
    bytes: Arc<Vec<u8>>,
    /// Of faces whose letters join.
    shaping: Option<ShaperData>,
}

impl fmt::Debug for Advances {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Advances")
    }
}

impl Advances {
    /// How wide text is once its letters are joined, in ems; None for a face whose letters stand apart.
    fn joined(&self, text: &str) -> Option<f64> {
        let (shaping, font) = (self.shaping.as_ref()?, FontRef::new(&self.bytes).ok()?);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::RightToLeft);
        buffer.set_script(script::ARABIC);
        let shaper = shaping.shaper(&font).build();
        let glyphs = shaper.shape(buffer, ShapeOptions::new());
        let units: i32 = glyphs.glyph_positions().iter().map(|p| p.x_advance).sum();
        Some(f64::from(units) / f64::from(shaper.units_per_em()))
    }
}

/// The bundled typefaces.
#[derive(Debug)]
pub(super) struct Fonts {
    faces: BTreeMap<(Family, u16), Advances>,
    database: Arc<fontdb::Database>,
}

impl Fonts {
    pub(super) fn from_data(data: &DataFiles, style: &MapStyle) -> Result<Fonts, Error> {
        let mut faces = BTreeMap::new();
        let mut database = fontdb::Database::new();
        for face in style.faces() {
            let bytes = Arc::new(data.bytes(&face.file)?.to_vec());
            let parsed = Face::parse(&bytes, 0).map_err(|e| Error::Data {
                file: face.file.clone(),
                line: None,
                problem: format!("is not a font: {e}"),
            })?;
            let advances = advances(&parsed);
            database.load_font_source(fontdb::Source::Binary(bytes.clone()));
            let missing = advances.values().fold(0.0, |sum, a| sum + a) / advances.len().max(1) as f64;
            let shaping = (face.family == Family::Arabic)
                .then(|| FontRef::new(&bytes).ok().map(|font| ShaperData::new(&font)))
                .flatten();
            faces.insert((face.family, face.weight), Advances { of: advances, missing, bytes, shaping });
        }
        if let Some(sans) = style.family(Family::Sans) {
            database.set_sans_serif_family(&sans.name);
        }
        if let Some(serif) = style.family(Family::Serif) {
            database.set_serif_family(&serif.name);
        }
        Ok(Fonts { faces, database: Arc::new(database) })
    }

    /// The faces, for the rasteriser.
    pub(super) fn database(&self) -> Arc<fontdb::Database> {
        self.database.clone()
    }

    /// The file of a face.
    pub(super) fn bytes(&self, family: Family, weight: u16) -> Option<&[u8]> {
        self.faces.get(&(family, weight)).map(|f| f.bytes.as_slice())
    }

    /// How wide text is, in CSS pixels, without kerning (which only narrows it).
    pub(super) fn width(&self, text: &str, set: Type) -> f64 {
        let Some(face) = self.faces.get(&(set.family, set.weight)) else { return 0.0 };
        if let Some(ems) = face.joined(&shown(text, set)) {
            return ems * set.size;
        }
        let (mut ems, mut count) = (0.0, 0.0);
        for c in shown(text, set).chars() {
            ems += face.of.get(&c).copied().unwrap_or(face.missing);
            count += 1.0;
        }
        ems * set.size + f64::max(count - 1.0, 0.0) * set.tracking
    }

    /// The lines of text no wider than `width`, as balanced as words allow.
    pub(super) fn wrap(&self, text: &str, set: Type, width: f64) -> Vec<String> {
        let words: Vec<String> = text.split_whitespace().flat_map(|w| self.pieces(w, set, width)).collect();
        let greedy = self.fill(&words, set, width);
        let (mut low, mut high) = (width * 0.5, width);
        for _ in 0..7 {
            let middle = (low + high) / 2.0;
            let lines = self.fill(&words, set, middle);
            let fits = lines.len() == greedy.len() && lines.iter().all(|l| self.width(l, set) <= middle);
            if fits { high = middle } else { low = middle }
        }
        if greedy.len() < 2 { greedy } else { self.fill(&words, set, high) }
    }

    fn fill(&self, words: &[String], set: Type, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in words {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), set) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.clone()),
            }
        }
        lines
    }

    /// A word as it is, or in pieces where no line could hold it.
    fn pieces(&self, word: &str, set: Type, width: f64) -> Vec<String> {
        let mut pieces = vec![String::new()];
        for letter in word.chars() {
            let last = pieces.len() - 1;
            let longer = format!("{}{letter}", pieces[last]);
            if pieces[last].is_empty() || self.width(&longer, set) <= width {
                pieces[last] = longer;
            } else {
                pieces.push(letter.to_string());
            }
        }
        pieces
    }

    /// The text, cut after a word and closed by an ellipsis where it is wider than `width`.
    pub(super) fn cut(&self, text: &str, set: Type, width: f64) -> String {
        if self.width(text, set) <= width {
            return text.to_owned();
        }
        let mut kept: Vec<&str> = text.split_whitespace().collect();
        while kept.len() > 1 {
            kept.pop();
            let shorter = format!("{}…", kept.join(" ").trim_end_matches([',', ';', '·', ' ']));
            if self.width(&shorter, set) <= width {
                return shorter;
            }
        }
        let mut letters: Vec<char> = text.chars().collect();
        while letters.len() > 1 && self.width(&letters.iter().collect::<String>(), set) > width {
            letters.pop();
        }
        letters.into_iter().collect()
    }
}

/// The text as it is set: in capitals where its type says so, and with the digits of Arabic script in that.
pub(super) fn shown(text: &str, set: Type) -> String {
    match set.family {
        Family::Arabic => in_arabic_digits(text),
        _ if set.caps => text.to_uppercase(),
        _ => text.to_owned(),
    }
}

/// The text with the digits that Dari and Pashto use, but for words in Latin letters.
pub(super) fn in_arabic_digits(text: &str) -> String {
    let digit = |c: char| {
        let value = c.to_digit(10).filter(|_| c.is_ascii_digit());
        value.and_then(|d| char::from_u32(0x06F0 + d)).unwrap_or(c)
    };
    let word = |word: &str| {
        let latin = word.chars().any(|c| c.is_ascii_alphabetic());
        if latin { word.to_owned() } else { word.chars().map(digit).collect() }
    };
    text.split(' ').map(word).collect::<Vec<String>>().join(" ")
}

fn advances(face: &Face<'_>) -> BTreeMap<char, f64> {
    let em = f64::from(face.units_per_em());
    let mut found = BTreeMap::new();
    for table in
        face.tables().cmap.iter().flat_map(|c| c.subtables).filter(ttf_parser::cmap::Subtable::is_unicode)
    {
        table.codepoints(|code| {
            if let Some(c) = char::from_u32(code)
                && let Some(glyph) = face.glyph_index(c)
                && let Some(advance) = face.glyph_hor_advance(glyph)
            {
                found.insert(c, f64::from(advance) / em);
            }
        });
    }
    found
}

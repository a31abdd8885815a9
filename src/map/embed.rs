//! Embedding: the glyphs a page uses, as fonts that a browser reads.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use subsetter::{GlyphRemapper, subset};
use ttf_parser::{Face, Tag};

use super::canvas::class;
use super::fonts::Fonts;
use super::style::MapStyle;

/// The letters that each face sets, by its class.
pub(super) type Letters = BTreeMap<String, BTreeSet<char>>;

/// `@font-face` rules for the letters of a page. A face that cannot be cut down is left to the reader's own fonts.
pub(super) fn rules(letters: &Letters, style: &MapStyle, fonts: &Fonts) -> String {
    let mut css = String::new();
    for face in style.faces() {
        let used = letters.get(&class(face.family, face.weight));
        let cut = used.zip(fonts.bytes(face.family, face.weight)).and_then(|(used, bytes)| cut(bytes, used));
        let Some((bytes, family)) = cut.zip(style.family(face.family)) else { continue };
        let _ = writeln!(
            css,
            "@font-face{{font-family:'{}';font-weight:{};src:url(data:font/ttf;base64,{})}}",
            family.name,
            face.weight,
            STANDARD.encode(bytes)
        );
    }
    css
}

/// A font of these letters only. `subsetter` makes fonts for PDF, without the tables by which a browser finds and
/// measures letters; they are added here.
fn cut(font: &[u8], letters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let face = Face::parse(font, 0).ok()?;
    let mut glyphs = GlyphRemapper::new();
    let mut codes: Vec<(u16, u16)> = Vec::new();
    for letter in letters {
        if let (Ok(code), Some(glyph)) = (u16::try_from(u32::from(*letter)), face.glyph_index(*letter)) {
            codes.push((code, glyphs.remap(glyph.0)));
        }
    }
    let small = subset(font, 0, &glyphs).ok()?;
    let mut tables = tables(&small)?;
    tables.insert(*b"cmap", cmap(&codes));
    tables.insert(*b"OS/2", face.raw_face().table(Tag::from_bytes(b"OS/2"))?.to_vec());
    Some(assemble(&mut tables))
}

type Tables = BTreeMap<[u8; 4], Vec<u8>>;

fn tables(font: &[u8]) -> Option<Tables> {
    let count = usize::from(u16_at(font, 4)?);
    let mut tables = Tables::new();
    for record in font.get(12..12 + 16 * count)?.chunks_exact(16) {
        let (offset, length) = (u32_at(record, 8)? as usize, u32_at(record, 12)? as usize);
        tables.insert(record[..4].try_into().ok()?, font.get(offset..offset + length)?.to_vec());
    }
    Some(tables)
}

/// A character map of format 4: a segment for each run of codes whose glyphs follow one another.
fn cmap(codes: &[(u16, u16)]) -> Vec<u8> {
    let mut segments: Vec<(u16, u16, u16)> = Vec::new();
    for (code, glyph) in codes {
        match segments.last_mut() {
            Some((start, end, first)) if *end + 1 == *code && *first + (*code - *start) == *glyph => {
                *end = *code;
            }
            _ => segments.push((*code, *code, *glyph)),
        }
    }
    segments.push((u16::MAX, u16::MAX, 0));
    let count = u16::try_from(segments.len()).unwrap_or(u16::MAX);
    let (search, selector) = search(count);
    let mut map: Vec<u16> = vec![0, 1, 3, 1, 0, 12, 4, 16 + 8 * count, 0, 2 * count, 2 * search, selector];
    map.push(2 * (count - search));
    map.extend(segments.iter().map(|(_, end, _)| *end));
    map.push(0);
    map.extend(segments.iter().map(|(start, ..)| *start));
    map.extend(
        segments
            .iter()
            .map(|(start, _, first)| if *start == u16::MAX { 1 } else { first.wrapping_sub(*start) }),
    );
    map.extend(segments.iter().map(|_| 0));
    map.into_iter().flat_map(u16::to_be_bytes).collect()
}

/// The largest power of two up to `count`, and its logarithm, as font directories keep them.
fn search(count: u16) -> (u16, u16) {
    let selector = count.max(1).ilog2();
    (1 << selector, u16::try_from(selector).unwrap_or(0))
}

fn assemble(tables: &mut Tables) -> Vec<u8> {
    let count = u16::try_from(tables.len()).unwrap_or(u16::MAX);
    let (largest, selector) = search(count);
    let mut font = 0x0001_0000_u32.to_be_bytes().to_vec();
    font.extend(
        [count, 16 * largest, selector, 16 * (count - largest)].into_iter().flat_map(u16::to_be_bytes),
    );
    let mut body = Vec::new();
    let start = 12 + 16 * tables.len();
    let mut head_at = None;
    for (tag, table) in tables.iter_mut() {
        if tag == b"head" && table.len() > 12 {
            table[8..12].fill(0);
            head_at = Some(start + body.len() + 8);
        }
        let record = [checksum(table), (start + body.len()) as u32, table.len() as u32];
        font.extend(tag);
        font.extend(record.into_iter().flat_map(u32::to_be_bytes));
        body.extend_from_slice(table);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    font.extend(body);
    if let Some(at) = head_at {
        // The whole file sums to this number (OpenType, table `head`).
        let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&font));
        font[at..at + 4].copy_from_slice(&adjustment.to_be_bytes());
    }
    font
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0, |sum: u32, c| {
        let word = [0, 1, 2, 3].map(|i| c.get(i).copied().unwrap_or(0));
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

//! Embedding: the glyphs a page uses, as fonts that a browser reads.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use read_fonts::FontRef;
use read_fonts::collections::IntSet;
use read_fonts::types::{NameId, Tag};
use skera::{DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};

use super::canvas::class;
use super::fonts::Fonts;
use super::style::MapStyle;

/// The language of a font's names: English of the United States, as Windows numbers it.
const ENGLISH: u16 = 0x0409;

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

/// A font of these letters only, with what it takes to join and kern them.
fn cut(font: &[u8], letters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = FontRef::new(font).ok()?;
    let mut codes = IntSet::<u32>::empty();
    codes.extend(letters.iter().map(|l| u32::from(*l)));
    let mut unused = IntSet::<Tag>::empty();
    unused.extend([Tag::new(b"STAT")]);
    let mut scripts = IntSet::<Tag>::empty();
    scripts.invert();
    let mut features = IntSet::<Tag>::empty();
    features.extend(DEFAULT_LAYOUT_FEATURES.iter().copied());
    // Browsers refuse a font without a name.
    let mut names = IntSet::<NameId>::empty();
    names.extend([NameId::FAMILY_NAME, NameId::SUBFAMILY_NAME]);
    let mut languages = IntSet::<u16>::empty();
    languages.insert(ENGLISH);
    let plan = Plan::new(
        &IntSet::empty(),
        &codes,
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &unused,
        &scripts,
        &features,
        &names,
        &languages,
    );
    subset_font(&font, &plan).ok()
}

//! Maps in Dari and Pashto: their letters joined, from right to left, by their own calendar.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is amiss")]

#[allow(dead_code, reason = "each test file takes the days it needs")]
mod days;
mod drawn;

use naqsha::control::Day;
use naqsha::data::DataFiles;
use naqsha::event::EventKind;
use naqsha::gazetteer::Gazetteer;
use naqsha::map::{Atlas, Drawing, Frame, Language, Look};

const LANGUAGES: [Language; 2] = [Language::Dari, Language::Pashto];
const FRAMES: [Frame; 4] =
    [Frame::Article, Frame::Social, Frame::Print, Frame::Size { width: 800, height: 1000 }];

fn everywhere(check: impl Fn(&str, &Drawing)) {
    let data = DataFiles::bundled();
    let g = Gazetteer::from_data(&data).unwrap();
    for language in LANGUAGES {
        let atlas = Atlas::looking(&data, Look { language, ..Look::default() }).unwrap();
        let days = [days::quiet(&g), days::busy(&g), days::crowded(&g), days::districts(&g)];
        for (n, day) in days.iter().enumerate() {
            for frame in FRAMES {
                check(&format!("{language:?} {n} {frame:?}"), &atlas.draw(&g, day, frame));
            }
        }
    }
}

fn said(drawing: &Drawing) -> (String, String) {
    let between = |start: &str, end: &str| {
        let (_, rest) = drawing.to_svg().split_once(start).unwrap();
        rest.split_once(end).unwrap().0.to_owned()
    };
    (between("<title id=\"map-title\">", "</title>"), between("<desc id=\"map-description\">", "</desc>"))
}

#[test]
fn texts_stand_apart_and_on_the_page() {
    everywhere(|what, drawing| {
        drawn::assert_apart(what, drawing);
        drawn::assert_on_page(what, drawing);
    });
}

#[test]
fn places_dates_and_digits_are_of_the_language() {
    everywhere(|what, drawing| {
        let svg = drawing.to_svg();
        let kabul = svg.contains("کابل");
        assert!(kabul && !svg.contains(">Kabul<"), "{what}: Kabul is not named in the language");
        let (title, description) = said(drawing);
        assert!(title.contains("۱۴۰۰"), "{what}: {title:?} has no solar Hijri year");
        let latin = |c: char| c.is_ascii_alphanumeric();
        assert!(!title.contains(latin) && !description.contains(latin), "{what}: {title:?}, {description:?}");
    });
}

/// Every kind of event makes a headline, whether or not its parties are known.
#[test]
fn every_kind_has_words() {
    let data = DataFiles::bundled();
    let g = Gazetteer::from_data(&data).unwrap();
    let place = days::capital(&g, "AF-KDZ");
    for language in [Language::English, Language::Dari, Language::Pashto] {
        let atlas = Atlas::looking(&data, Look { language, ..Look::default() }).unwrap();
        let title = |day: &Day| said(&atlas.draw(&g, day, Frame::Social)).0;
        let fallback = title(&Day { events: Vec::new(), ..days::quiet(&g) });
        for kind in EventKind::ALL {
            for parties in [false, true] {
                let mut day = days::quiet(&g);
                let mut event = days::event(&g, day.date, kind, place);
                (event.actor1, event.actor2) =
                    if parties { (days::taliban(), days::government()) } else { (None, None) };
                day.events = vec![event];
                let title = title(&day);
                assert!(title != fallback && !title.contains(['{', '[']), "{language:?} {kind:?}: {title:?}");
            }
        }
    }
}

/// A page needs no font of its reader's: each letter it sets is in a font it embeds, Latin names included.
#[test]
fn a_page_brings_all_its_letters() {
    use base64::Engine as _;
    let data = DataFiles::bundled();
    let g = Gazetteer::from_data(&data).unwrap();
    let atlas = Atlas::looking(&data, Look { language: Language::Dari, ..Look::default() }).unwrap();
    let drawing = atlas.draw(&g, &days::busy(&g), Frame::Article);
    let fonts: Vec<Vec<u8>> = drawing
        .to_svg()
        .split("base64,")
        .skip(1)
        .map(|rest| rest.split(')').next().unwrap())
        .map(|font| base64::engine::general_purpose::STANDARD.decode(font).unwrap())
        .collect();
    let faces: Vec<_> = fonts.iter().map(|bytes| ttf_parser::Face::parse(bytes, 0).unwrap()).collect();
    let document = resvg::usvg::roxmltree::Document::parse(drawing.to_svg()).unwrap();
    let mut latin = 0;
    for text in document.descendants().filter(|n| n.has_tag_name("text")).filter_map(|n| n.text()) {
        for letter in text.chars().filter(|c| !c.is_whitespace()) {
            latin += usize::from(letter.is_ascii_alphabetic());
            let has = faces.iter().any(|face| face.glyph_index(letter).is_some());
            assert!(has, "{letter:?} of {text:?} is in no font of the page");
        }
    }
    assert!(latin > 0, "the page names no outlet");
}

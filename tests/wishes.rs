//! What an editor may wish of maps: a title of their own, text as outlines, days that play.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is amiss")]

#[allow(dead_code, reason = "each test file takes the days it needs")]
mod days;
mod drawn;

use std::sync::LazyLock;

use naqsha::data::DataFiles;
use naqsha::gazetteer::Gazetteer;
use naqsha::map::{Atlas, Drawing, Film, Frame};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::from_data(&DataFiles::bundled()).unwrap());

fn atlas() -> Atlas {
    Atlas::from_data(&DataFiles::bundled()).unwrap()
}

const FRAMES: [Frame; 4] =
    [Frame::Article, Frame::Social, Frame::Print, Frame::Size { width: 800, height: 1000 }];

#[test]
fn a_title_of_ones_own_stands_on_every_page() {
    let title = "The north and the west on a day that nobody there is going to forget";
    let subtitle = "Districts by who is reported to hold them, after eleven outlets, and what happened in the capitals that day";
    let atlas = atlas().with_heading(Some(title), Some(subtitle)).unwrap();
    for day in [days::quiet(&GAZETTEER), days::busy(&GAZETTEER)] {
        for frame in FRAMES {
            let drawing = atlas.draw(&GAZETTEER, &day, frame);
            let what = format!("{frame:?}");
            drawn::assert_apart(&what, &drawing);
            drawn::assert_on_page(&what, &drawing);
            assert!(drawing.to_svg().contains(&format!("<title id=\"map-title\">{title}")));
        }
    }
}

#[test]
fn a_title_that_no_page_holds_is_refused() {
    let long = "word ".repeat(100);
    let said = atlas().with_heading(Some(&long), None).unwrap_err().to_string();
    assert!(said.contains("a title of 499 characters") && said.contains("at most 70"), "{said}");
    let said = atlas().with_heading(None, Some(&long)).unwrap_err().to_string();
    assert!(said.contains("a subtitle of 499 characters"), "{said}");
}

/// With outlines a viewer that knows no font sees what others see.
#[test]
fn outlines_look_like_text() {
    let drawing = atlas().draw(&GAZETTEER, &days::busy(&GAZETTEER), Frame::Article);
    let outlined = drawing.to_outlines().unwrap();
    for gone in ["<text", "font-face", "<foreignObject"] {
        assert!(!outlined.contains(gone), "{gone} is left");
    }
    for kept in
        ["<title id=\"map-title\">", "<desc id=\"map-description\">", "id=\"AF-KDZ\"", "id=\"legend\""]
    {
        assert!(outlined.contains(kept), "{kept} is lost");
    }
    let bare = usvg::Tree::from_str(&outlined, &usvg::Options::default()).unwrap();
    let (a, b) = (painted(&drawn::tree(&drawing)), painted(&bare));
    let far = a.data().iter().zip(b.data()).filter(|(x, y)| x.abs_diff(**y) > 24).count();
    assert!(far * 1000 < a.data().len(), "{far} of {} bytes differ", a.data().len());
}

fn painted(tree: &usvg::Tree) -> Pixmap {
    let mut pixmap = Pixmap::new(1200, 900).unwrap();
    resvg::render(tree, Transform::identity(), &mut pixmap.as_mut());
    pixmap
}

fn playing() -> Vec<Drawing> {
    let days = [days::quiet(&GAZETTEER), days::busy(&GAZETTEER), days::busy(&GAZETTEER)];
    let atlas = atlas();
    let draw = |(at, day)| atlas.draw_playing(&GAZETTEER, day, Frame::Social, (at as f64 + 1.0) / 3.0);
    days.iter().enumerate().map(draw).collect()
}

#[test]
fn days_play_in_order_each_for_its_time() {
    let drawings = playing();
    let mut film = Film::new(&drawings[..1], 1.0).unwrap();
    for (drawing, stays) in drawings.iter().zip([80, 80, 320]) {
        film.add(film.expose(drawing).unwrap(), stays);
    }
    let apng = film.to_apng().unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(&apng)).read_info().unwrap();
    assert_eq!(reader.info().animation_control().unwrap().num_frames, 3);
    let mut seen = Vec::new();
    for _ in 0..3 {
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        let control = *reader.info().frame_control().unwrap();
        seen.push((frame.width, frame.height, control.delay_num));
    }
    assert_eq!((seen[0], seen[2].2), ((1200, 675, 80), 320));
    assert!(seen[2].1 < 20, "only the bar differs between two like days, not {} rows", seen[2].1);

    let gif = film.to_gif().unwrap();
    let mut reader = gif::DecodeOptions::new().read_info(gif.as_slice()).unwrap();
    let mut delays = Vec::new();
    while let Some(frame) = reader.read_next_frame().unwrap() {
        assert!(u32::from(frame.left) + u32::from(frame.width) <= 1200);
        delays.push(frame.delay);
    }
    assert_eq!(delays, [80, 80, 320]);
}

#[test]
fn a_playing_page_leads_with_its_date() {
    for drawing in playing() {
        drawn::assert_apart("playing", &drawing);
        drawn::assert_on_page("playing", &drawing);
    }
    assert!(Film::new(&[], 1.0).is_err());
    assert!(Film::new(&playing(), 9.0).is_err());
}

//! What must hold of every drawing, whatever its day, frame, look and language.

use geo::{Coord, Intersects, Rect};
use naqsha::data::DataFiles;
use naqsha::map::Drawing;
use resvg::usvg::{self, fontdb};

/// The drawing as a viewer with the bundled fonts sees it.
pub(crate) fn tree(drawing: &Drawing) -> usvg::Tree {
    let data = DataFiles::bundled();
    let mut fonts = fontdb::Database::new();
    for file in data.under("fonts/").filter(|f| f.ends_with(".ttf")) {
        fonts.load_font_data(data.bytes(file).unwrap().to_vec());
    }
    let options = usvg::Options { fontdb: fonts.into(), ..usvg::Options::default() };
    usvg::Tree::from_str(drawing.to_svg(), &options).unwrap()
}

/// No text, callout or piece of furniture covers another.
pub(crate) fn assert_apart(what: &str, drawing: &Drawing) {
    let boxes = drawing.text_boxes();
    for (i, (a, first)) in boxes.iter().enumerate() {
        for (b, second) in &boxes[..i] {
            let apart = shrunk(*first).zip(shrunk(*second)).is_none_or(|(f, s)| !f.intersects(&s));
            assert!(apart, "{what}: {a:?} and {b:?} cover one another: {first:?} {second:?}");
        }
    }
}

/// A box without its outermost tenth of a pixel, so that boxes may touch.
fn shrunk(rect: Rect) -> Option<Rect> {
    let by = Coord { x: 0.1, y: 0.1 };
    (rect.width() > 0.2 && rect.height() > 0.2).then(|| Rect::new(rect.min() + by, rect.max() - by))
}

/// Every text stands on the page whole.
pub(crate) fn assert_on_page(what: &str, drawing: &Drawing) {
    let tree = tree(drawing);
    let (w, h) = drawing.size();
    let mut count = 0;
    texts(tree.root(), &mut |text| {
        let b = text.abs_bounding_box();
        let inside =
            b.left() >= 2.0 && b.top() >= 2.0 && b.right() <= w as f32 - 2.0 && b.bottom() <= h as f32;
        let said: String = text.chunks().iter().map(|c| c.text()).collect();
        assert!(inside, "{what}: {said:?} at {b:?} leaves the page of {w} x {h}");
        count += 1;
    });
    assert!(count > 20, "{what}: only {count} texts");
}

fn texts(group: &usvg::Group, each: &mut impl FnMut(&usvg::Text)) {
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => texts(inner, each),
            usvg::Node::Text(text) => each(text),
            _ => {}
        }
    }
}

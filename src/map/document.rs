//! The SVG document around the layers: root, description, style sheet, hatches, pictures.

use std::fmt::Write as _;

use super::atlas::Atlas;
use super::backend::{escaped, fraction};
use super::canvas::class;
use super::edition::Edition;
use super::marks;
use super::palette::Colour;
use super::plate::Plate;

/// The head of a document: everything up to the first layer, without embedded fonts.
pub(super) fn head(atlas: &Atlas, plate: &Plate, edition: &Edition<'_>) -> String {
    let (w, h) = plate.out;
    let [pw, ph] = plate.page;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"map-title map-description\" xml:lang=\"{}\">\n",
        fraction(pw),
        fraction(ph),
        atlas.wording.language.tag()
    );
    let date = atlas.wording.date(edition.day.date, &atlas.wording.page.date);
    let written = |text: &str| escaped(&atlas.wording.language.written(text));
    let title = written(&format!("{} · {date}", edition.title));
    let _ = writeln!(svg, "<title id=\"map-title\">{title}</title>");
    let _ = writeln!(svg, "<desc id=\"map-description\">{}</desc>", written(&edition.description));
    let _ = writeln!(svg, "<style>\n{}</style>", sheet(atlas));
    let _ = writeln!(
        svg,
        "<defs>\n{}{}</defs>",
        hatches(atlas) + &veil(atlas, plate),
        marks::definitions(&atlas.glyphs)
    );
    svg
}

/// The head of a chart's document, with the rules that embed its fonts. `said` is its title and its description.
pub(super) fn chart_head(atlas: &Atlas, [w, h]: [f64; 2], rules: &str, said: [&str; 2]) -> String {
    let [title, description] = said.map(escaped);
    let (w, h) = (fraction(w), fraction(h));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" aria-labelledby=\"chart-title chart-description\">\n<title id=\"chart-title\">{title}</title>\n<desc id=\"chart-description\">{description}</desc>\n<style>\n{rules}{}</style>\n<defs>\n{}</defs>\n",
        sheet(atlas),
        hatches(atlas)
    )
}

/// The foot of a document.
pub(super) const FOOT: &str = "</svg>\n";

/// A group that is composed apart, so that it gives the same pixels when it is drawn beforehand.
pub(super) fn apart(layers: &str) -> String {
    format!("<g style=\"isolation:isolate\">\n{layers}</g>\n")
}

/// A colour as CSS writes it.
pub(super) fn hex(colour: Colour) -> String {
    format!("#{:02X}{:02X}{:02X}", colour.0.0, colour.0.1, colour.0.2)
}

fn sheet(atlas: &Atlas) -> String {
    let style = &atlas.style;
    let mut css = String::new();
    for face in style.faces() {
        let Some(family) = style.family(face.family) else { continue };
        let _ = writeln!(
            css,
            ".{}{{font-family:'{}',{};font-weight:{}}}",
            class(face.family, face.weight),
            family.name,
            family.fallback,
            face.weight
        );
    }
    let (line, opacity) = (style.line(), style.opacity());
    for (name, colour) in [("hl", style.palette.halo), ("ht", style.palette.taliban)] {
        let _ = writeln!(
            css,
            ".{name}{{paint-order:stroke;stroke:{};stroke-width:{};stroke-opacity:{};stroke-linejoin:round}}",
            hex(colour),
            fraction(line.halo),
            fraction(opacity.halo)
        );
    }
    css
}

/// The land's colour, fading out below the title or beside the panel, so that lines do not cross text.
fn veil(atlas: &Atlas, plate: &Plate) -> String {
    let across = if plate.arrangement.panel > 0.0 { " x2=\"1\" y2=\"0\"" } else { " x2=\"0\" y2=\"1\"" };
    let colour = hex(atlas.style.palette.land);
    format!(
        "<linearGradient id=\"fade\" x1=\"0\" y1=\"0\"{across}><stop offset=\".72\" stop-color=\"{colour}\" stop-opacity=\".94\"/><stop offset=\"1\" stop-color=\"{colour}\" stop-opacity=\"0\"/></linearGradient>\n"
    )
}

fn hatches(atlas: &Atlas) -> String {
    let (palette, hatch) = (&atlas.style.palette, atlas.style.hatch());
    let t = hatch.tile;
    let (q, n) = (fraction(t / 4.0), fraction);
    let one = |name: &str, ground: Colour, lines: Colour, opacity: f64| {
        format!(
            "<pattern id=\"{name}\" width=\"{t}\" height=\"{t}\" patternUnits=\"userSpaceOnUse\"><rect width=\"{t}\" height=\"{t}\" fill=\"{}\"/><path d=\"M-{q} {q}L{q} -{q}M0 {t}L{t} 0M{} {}L{} {}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-opacity=\"{}\"/></pattern>\n",
            hex(ground),
            n(t * 0.75),
            n(t * 1.25),
            n(t * 1.25),
            n(t * 0.75),
            hex(lines),
            n(hatch.width),
            n(opacity),
        )
    };
    let soft = atlas.style.opacity().hatch;
    [
        one("hatch-contested", palette.contested, palette.taliban, soft),
        one("hatch-claimed-taliban", palette.none, palette.taliban, soft),
        one("hatch-claimed-government", palette.none, palette.government, 1.0),
    ]
    .concat()
}

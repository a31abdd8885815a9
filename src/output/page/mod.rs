//! The page of a run: one HTML file that opens offline, with the map, its days and the evidence behind them.
//!
//! It is put together from `data/page/`. The page asks nothing of any network: its policy allows its own style and
//! script by their hashes and nothing else. Text from reports stands in it as JSON alone.

mod run;
mod spells;
mod strings;

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::control::Timeline;
use crate::data::DataFiles;
use crate::error::Error;
use crate::gazetteer::Gazetteer;
use crate::map::{Atlas, Screen, Theme};
use run::Run;

const HTML: &str = "page/page.html";
const CSS: &str = "page/page.css";
/// The parts of the script, in their order.
const SCRIPT: [&str; 3] = ["page/state.js", "page/map.js", "page/page.js"];
/// What browsers may need to set beside the letters that the page itself holds.
const LETTERS: &str = "‘’“”…–—·×−";

/// The page of a run as HTML, in a theme's colours until its reader wants others; without one, as the reader prefers.
///
/// # Errors
/// `Error::Data` names the file of the page that is missing or has a slot nothing fills.
pub fn page(
    timeline: &Timeline,
    atlas: &Atlas,
    gazetteer: &Gazetteer,
    data: &DataFiles,
    theme: Option<Theme>,
) -> Result<Vec<u8>, Error> {
    let screen = Screen::new(atlas, gazetteer, data, timeline.days())?;
    let json =
        serde_json::to_string(&Run::new(timeline, &screen, gazetteer)).map_err(|e| wrong(e.to_string()))?;
    // In JSON a "<" stands inside strings only.
    let json = json.replace('<', "\\u003c");
    let letters: BTreeSet<char> =
        json.chars().chain(' '..='~').chain('\u{a0}'..='\u{ff}').chain(LETTERS.chars()).collect();
    let letters: String = letters.into_iter().filter(|c| !c.is_control()).collect();
    let style = screen.style_sheet(&letters) + data.text(CSS)?;
    let script: String = SCRIPT.iter().map(|f| data.text(f)).collect::<Result<Vec<_>, _>>()?.concat();
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; font-src data:; base-uri 'none'; form-action 'none'",
        hash(&script),
        hash(&style),
    );
    let view = screen.view().map(|n| n.to_string()).join(" ");
    let html = fill(data.text(HTML)?, |slot| match slot {
        "look" => Some(theme.map(|t| format!(" data-theme=\"{}\"", t.as_str())).unwrap_or_default()),
        "policy" => Some(policy.clone()),
        "style" => Some(style.clone()),
        "script" => Some(script.clone()),
        "data" => Some(json.clone()),
        "view" => Some(view.clone()),
        "definitions" => Some(screen.definitions()),
        "ground" => Some(screen.ground()),
        word => screen.word(word).map(escaped),
    })?;
    Ok(html.into_bytes())
}

/// The template with what stands in double braces filled in.
fn fill(template: &str, slot: impl Fn(&str) -> Option<String>) -> Result<String, Error> {
    let mut parts = template.split("{{");
    let mut html = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) =
            part.split_once("}}").ok_or_else(|| wrong("has a slot without an end".to_owned()))?;
        html += &slot(name).ok_or_else(|| wrong(format!("has a slot {name:?} that nothing fills")))?;
        html += rest;
    }
    Ok(html)
}

fn wrong(problem: String) -> Error {
    Error::Data { file: HTML.to_owned(), line: None, problem }
}

/// A source expression of Content Security Policy 3.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

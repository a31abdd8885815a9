//! A saved web page: its story and what it says of itself make one report.

use std::collections::VecDeque;

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, ParsePolicy, Readability};

use super::columns::admit;
use super::inputs::Entry;
use super::open::Opened;
use super::{markup, metadata, paragraphs};
use crate::error::Notice;
use crate::report::Report;

/// A story has at least so many letters; what is shorter is what is left of a page of links.
const SHORTEST: usize = 40;
/// A cell of a table of values has at most so many letters.
const CELL: usize = 200;

/// Reads the page into one report.
pub(super) fn read(opened: &mut Opened, name: &str, out: &mut VecDeque<Entry>) {
    let skipped = |why: String| Entry::Notice(Notice::skipped(name, why));
    let tidied = match markup::tidy(&mut opened.reader) {
        Ok(tidied) => tidied,
        Err(why) => return out.push_back(skipped(why)),
    };
    let document = Document::from(tidied.html.as_str());
    unframe(&document);
    let said = metadata::of(&document, &tidied);
    let mut text = story(&document);
    if let Some(problem) = &tidied.broken {
        // The last paragraph may be cut where it would tell the contrary.
        text = text.and_then(|t| t.rsplit_once("\n\n").map(|(whole, _)| whole.to_owned()));
        let message = format!("breaks off: {problem}; what stands before was read; fetch the whole file");
        out.push_back(Entry::Notice(Notice::remark(name, message)));
    }
    let Some(text) = text.or(said.body) else {
        let why = "holds no story that could be told from its navigation; save its text as .txt";
        return out.push_back(skipped(why.to_owned()));
    };
    let report = Report {
        id: name.to_owned(),
        source: said.outlet,
        url: said.url,
        published: said.published,
        title: said.title,
        text,
    };
    admit(report, name, None, out);
}

/// Makes plain blocks of tables that lay out a page, as pages were once built.
fn unframe(document: &Document) {
    for table in document.select("table").nodes() {
        let inner = || table.descendants_it().filter(|n| n.is_element());
        let lays_out = |n: &NodeRef<'_>| {
            ["p", "div", "table", "h1", "h2", "h3", "ul"].iter().any(|name| n.has_name(name))
                || n.has_name("td") && n.normalized_char_count() > CELL
        };
        if inner().any(|n| lays_out(&n)) {
            let parts = ["tbody", "thead", "tfoot", "tr", "td", "th", "caption"];
            let parts: Vec<_> = inner().filter(|n| parts.iter().any(|name| n.has_name(name))).collect();
            parts.iter().chain([table]).for_each(|n| n.rename("div"));
        }
    }
}

/// The main text of a page. Only policies that leave navigation out are tried.
fn story(document: &Document) -> Option<String> {
    [ParsePolicy::Strict, ParsePolicy::Moderate].into_iter().find_map(|policy| {
        let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
        let mut readability = Readability::with_document(document.clone(), None, Some(config)).ok()?;
        readability.parse_with_policy(policy).ok()?;
        let text = paragraphs::of(readability.doc.select_single("#readability-page-1").nodes().first()?);
        (text.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST).then_some(text)
    })
}

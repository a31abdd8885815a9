//! The paragraphs of a piece of HTML as text: links to other stories left out, captions marked as such.

use dom_query::{Document, NodeRef};

use super::markup;
use super::tags::is_block;

/// What the zoner knows a caption by.
const CAPTION: &str = " [Picture]";
/// Words in the classes and ids of elements that lead away from a story.
const AWAY: [&str; 42] = [
    "related",
    "recommended",
    "recommendations",
    "recirculation",
    "recirc",
    "trending",
    "popular",
    "newsletter",
    "newsletters",
    "signup",
    "subscribe",
    "subscription",
    "comments",
    "comment",
    "disqus",
    "sidebar",
    "breadcrumb",
    "breadcrumbs",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "onetrust",
    "outbrain",
    "taboola",
    "promo",
    "promos",
    "teaser",
    "teasers",
    "readmore",
    "morestories",
    "share",
    "sharing",
    "social",
    "advert",
    "advertisement",
    "ads",
    "sponsored",
    "paywall",
    "pagination",
    "tags",
    "relatedlinks",
];
/// An element may lead away only if it holds less than one in so many letters of the whole.
const MINOR: usize = 2;
/// A label before a link has at most so many letters.
const LABEL: usize = 30;
/// A row of a table of values has at most so many letters, and what is told of another story.
const ROW: usize = 200;
const TEASER: usize = 300;

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Plain,
    Caption,
    /// A post of a social network, with its signature.
    Post,
}

#[derive(Debug, Default)]
struct Paragraph {
    kind: Kind,
    text: String,
    /// What of it is no link.
    unlinked: String,
    /// Where the last line begins in both.
    line: (usize, usize),
}

/// The text of a fragment of HTML; of one too large or too strange, nothing.
pub(super) fn of_fragment(html: &str) -> String {
    let Ok(tidied) = markup::tidy(&mut html.as_bytes()) else { return String::new() };
    of(&Document::from(tidied.html).root())
}

/// The text below a node.
pub(super) fn of(node: &NodeRef<'_>) -> String {
    let mut walk = Walk { total: node.normalized_char_count(), ..Walk::default() };
    walk.children(node, false);
    walk.flush();
    // A picture's text that closes the story would be taken for its last paragraph.
    let told = walk.done.iter().rposition(|p| p.kind != Kind::Caption);
    if let Some(at) = told.filter(|at| *at + 1 < walk.done.len()) {
        let last = walk.done.remove(at);
        walk.done.push(last);
    }
    let texts: Vec<String> = walk.done.into_iter().map(|p| p.text).collect();
    texts.join("\n\n")
}

#[derive(Default)]
struct Walk {
    /// Letters of the whole.
    total: usize,
    current: Paragraph,
    done: Vec<Paragraph>,
}

impl Walk {
    fn children(&mut self, node: &NodeRef<'_>, linked: bool) {
        for child in node.children_it(false) {
            if child.is_text() {
                self.text(&child.text(), linked);
            } else if child.is_element() {
                self.element(&child, linked);
            }
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, linked: bool) {
        let name = node.node_name().unwrap_or_default();
        let marks = marks_of(node);
        let whole = self.current.kind != Kind::Plain;
        match &*name {
            "br" if whole => self.text(" ", linked),
            "br" => self.line(),
            "head" | "title" | "meta" | "link" => {}
            _ if leads_away(&marks) && node.normalized_char_count() * MINOR < self.total => {}
            "td" | "th" if !whole && is_row_of_values(node) => {
                if !self.current.text.is_empty() {
                    self.text(" | ", true);
                }
                self.children(node, linked);
            }
            "div" | "section" | "article" | "li" if is_teaser(node, self.total) => {}
            _ => {
                let kind = kind_of(&name, &marks);
                let block = !whole && (is_block(&name) || kind != Kind::Plain);
                if block {
                    self.flush();
                    self.current.kind = kind;
                } else if whole || &*name == "time" {
                    self.text(" ", linked);
                }
                self.children(node, linked || &*name == "a");
                if block {
                    self.flush();
                }
            }
        }
    }

    /// Adds text, with single spaces for any blanks.
    fn text(&mut self, text: &str, linked: bool) {
        for c in text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\0')) {
            let c = if c.is_whitespace() { ' ' } else { c };
            let unlinked = (!linked).then_some(&mut self.current.unlinked);
            for out in [Some(&mut self.current.text), unlinked].into_iter().flatten() {
                if c != ' ' || !out.is_empty() && !out.ends_with([' ', '\n']) {
                    out.push(c);
                }
            }
        }
    }

    fn line(&mut self) {
        let current = &mut self.current;
        current.end_line();
        if !current.text.is_empty() && !current.text.ends_with('\n') {
            current.text.push('\n');
            current.unlinked.push('\n');
        }
        current.line = (current.text.len(), current.unlinked.len());
    }

    fn flush(&mut self) {
        let mut done = std::mem::take(&mut self.current);
        done.end_line();
        done.text.truncate(done.text.trim_end().len());
        if done.text.is_empty() {
            return;
        }
        if done.kind == Kind::Caption {
            done.text.push_str(CAPTION);
        }
        self.done.push(done);
    }
}

impl Paragraph {
    /// Ends the last line, which goes where it is a link to something else: nothing but linked words, or a label before
    /// them.
    fn end_line(&mut self) {
        let text = self.text[self.line.0..].trim_end();
        let rest = self.unlinked[self.line.1..].trim_end();
        let letters = rest.chars().filter(|c| c.is_alphanumeric()).count();
        let labels = letters <= LABEL && rest.ends_with([':', '|', '»', '>', '→', '–', '—', '-']);
        let is_link = text.len() > rest.len() && (letters == 0 || labels);
        if is_link && self.kind != Kind::Post {
            self.text.truncate(self.line.0);
            self.unlinked.truncate(self.line.1);
        } else {
            self.text.truncate(self.line.0 + text.len());
        }
    }
}

/// Whether a cell is one of a table of values, not of one that lays out a page.
fn is_row_of_values(cell: &NodeRef<'_>) -> bool {
    cell.parent().is_some_and(|row| row.normalized_char_count() <= ROW)
}

/// Whether a heading in it leads elsewhere and the rest is no longer than what one says of another story.
fn is_teaser(node: &NodeRef<'_>, total: usize) -> bool {
    let mut letters = 0;
    for text in node.descendants_it().filter(NodeRef::is_text) {
        letters += text.text().trim().chars().count();
        if letters > TEASER {
            return false;
        }
    }
    let mut inner = node.descendants_it().filter(NodeRef::is_element);
    let heading = inner.find(|n| ["h2", "h3", "h4", "h5"].iter().any(|h| n.has_name(h)));
    letters * MINOR < total
        && heading.is_some_and(|h| {
            let count = |n: &NodeRef<'_>| n.normalized_char_count();
            let links = h.descendants_it().filter(|n| n.has_name("a"));
            let away = links.filter(|a| !a.attr_or("href", "").starts_with('#'));
            count(&h) > 0 && away.map(|a| count(&a)).sum::<usize>() == count(&h)
        })
}

/// The words of an element's classes and id, in small letters.
fn marks_of(node: &NodeRef<'_>) -> Vec<String> {
    let named = [node.class(), node.id_attr()];
    let words = named.iter().flatten().flat_map(|names| names.split(|c: char| !c.is_alphanumeric()));
    words.filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

fn leads_away(marks: &[String]) -> bool {
    let two = |a: &str, b: &str| marks.windows(2).any(|w| w[0] == a && w[1] == b);
    marks.iter().any(|m| AWAY.contains(&m.as_str()))
        || two("sign", "up")
        || ["more", "also"].iter().any(|b| two("read", b) || two("see", b))
        || ["on", "stories", "news", "from", "coverage", "like"].iter().any(|b| two("more", b))
        || ["read", "viewed", "popular", "shared"].iter().any(|b| two("most", b))
}

fn kind_of(name: &str, marks: &[String]) -> Kind {
    let captioned = |m: &String| m.contains("caption");
    match name {
        "figcaption" | "figure" => Kind::Caption,
        "blockquote" if marks.iter().any(|m| m == "tweet" || m == "twitter") => Kind::Post,
        "p" | "div" | "span" | "dd" if marks.iter().any(captioned) => Kind::Caption,
        _ => Kind::Plain,
    }
}

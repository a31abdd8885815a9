//! Elements of the XML that QGIS reads.

use std::fmt::{Display, Write as _};

/// An element with its attributes, its children and its text.
#[derive(Debug, Clone)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    pub(super) fn new(name: &'static str) -> Element {
        Element { name, attributes: Vec::new(), children: Vec::new(), text: String::new() }
    }

    /// An element that holds text alone.
    pub(super) fn told(name: &'static str, text: impl Display) -> Element {
        Element { text: text.to_string(), ..Element::new(name) }
    }

    pub(super) fn with(mut self, attribute: &'static str, value: impl Display) -> Element {
        self.attributes.push((attribute, value.to_string()));
        self
    }

    pub(super) fn and(mut self, child: Element) -> Element {
        self.children.push(child);
        self
    }

    pub(super) fn holding(mut self, children: impl IntoIterator<Item = Element>) -> Element {
        self.children.extend(children);
        self
    }

    /// The document with this root, one element a line.
    pub(super) fn to_document(&self) -> String {
        let mut out = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n".to_owned();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        let _ = write!(out, "<{}", self.name);
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"{}\"", escaped(value));
        }
        if self.children.is_empty() && self.text.is_empty() {
            out.push_str("/>\n");
            return;
        }
        out.push('>');
        out.push_str(&escaped(&self.text));
        if !self.children.is_empty() {
            out.push('\n');
            self.children.iter().for_each(|child| child.write(out));
        }
        let _ = writeln!(out, "</{}>", self.name);
    }
}

/// Text as XML 1.0 may hold it; control characters, which it may not, become spaces.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

//! What the tags of HTML are for, and which of them are open.

/// Content that is never part of a story.
const SKIPPED: [&str; 26] = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "audio", "video",
    "map", "select", "textarea", "button", "nav", "footer", "aside", "dialog", "menu", "applet", "noembed",
    "noframes", "xmp", "datalist", "marquee",
];
/// Tags that tell nothing; what is in them stays.
const DROPPED: [&str; 41] = [
    "html",
    "head",
    "body",
    "b",
    "big",
    "code",
    "em",
    "font",
    "i",
    "nobr",
    "s",
    "small",
    "strike",
    "strong",
    "tt",
    "u",
    "mark",
    "form",
    "fieldset",
    "label",
    "input",
    "area",
    "col",
    "colgroup",
    "param",
    "source",
    "track",
    "wbr",
    "frame",
    "plaintext",
    "listing",
    "frameset",
    "base",
    "embed",
    "keygen",
    "bgsound",
    "basefont",
    "image",
    "legend",
    "center",
    "picture",
];
const VOID: [&str; 5] = ["br", "hr", "img", "link", "meta"];
/// Elements that end a paragraph.
const BLOCKS: [&str; 37] = [
    "address",
    "article",
    "blockquote",
    "caption",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "search",
];
const TABLE: [&str; 8] = ["table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"];
const ATTRIBUTES: [&str; 16] = [
    "class",
    "id",
    "role",
    "hidden",
    "aria-hidden",
    "aria-modal",
    "style",
    "href",
    "rel",
    "itemprop",
    "property",
    "name",
    "content",
    "datetime",
    "src",
    "pubdate",
];
/// Elements may be nested so deep; pages are to about sixty.
const DEEPEST: usize = 120;

pub(super) fn is_skipped(name: &str) -> bool {
    SKIPPED.contains(&name)
}

pub(super) fn is_dropped(name: &str) -> bool {
    DROPPED.contains(&name)
}

pub(super) fn is_foreign(name: &str) -> bool {
    matches!(name, "svg" | "math")
}

pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

pub(super) fn is_kept_attribute(name: &str) -> bool {
    ATTRIBUTES.contains(&name)
}

/// The elements that are open, so that each can be closed.
#[derive(Debug, Default)]
pub(super) struct Stack {
    open: Vec<String>,
    /// Open ones below the deepest that is kept.
    beyond: usize,
}

impl Stack {
    /// Closes what a start tag closes; whether the tag is to be written.
    pub(super) fn start(&mut self, name: &str, html: &mut String) -> bool {
        match name {
            "li" => self.close_up_to(&["li"], &["ul", "ol", "td", "th", "table", "section", "article"], html),
            "dt" | "dd" => self.close_up_to(&["dt", "dd"], &["dl", "td", "th", "table"], html),
            "td" | "th" => self.close_up_to(&["td", "th"], &["table"], html),
            "tr" => self.close_up_to(&["tr"], &["table"], html),
            "tbody" | "thead" | "tfoot" => self.close_up_to(&["tbody", "thead", "tfoot"], &["table"], html),
            _ if is_block(name) => self.close_up_to(&["p"], &["td", "th", "table", "caption"], html),
            _ => {}
        }
        if VOID.contains(&name) {
            return true;
        }
        if self.open.len() == DEEPEST {
            self.beyond += 1;
            return false;
        }
        self.open.push(name.to_owned());
        true
    }

    fn close_up_to(&mut self, names: &[&str], within: &[&str], html: &mut String) {
        let found =
            self.open.iter().rposition(|o| names.contains(&o.as_str()) || within.contains(&o.as_str()));
        if let Some(at) = found.filter(|at| names.contains(&self.open[*at].as_str())) {
            self.close_from(at, html);
        }
    }

    /// Closes the element that an end tag ends, if it is open, and all in it.
    pub(super) fn end(&mut self, name: &str, html: &mut String) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let bars = |open: &str| match () {
            () if !is_block(name) => is_block(open),
            () if TABLE.contains(&name) => open == "table",
            () => matches!(open, "td" | "th" | "caption" | "table"),
        };
        let found = self.open.iter().rposition(|o| o == name || bars(o));
        if let Some(at) = found.filter(|at| self.open[*at] == name) {
            self.close_from(at, html);
        }
    }

    pub(super) fn close_all(&mut self, html: &mut String) {
        self.close_from(0, html);
    }

    fn close_from(&mut self, at: usize, html: &mut String) {
        for name in self.open.drain(at..).rev() {
            html.push_str("</");
            html.push_str(&name);
            html.push('>');
        }
        self.beyond = 0;
    }
}

//! RSS and Atom: one report an entry, read from the stream one at a time.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::columns::admit;
use super::inputs::Entry;
use super::open::Opened;
use super::published::{self, Reading};
use super::{LONGEST_TEXT, paragraphs};
use crate::error::Notice;
use crate::report::Report;

/// A feed being read.
pub(super) struct Feed {
    reader: Reader<Limited>,
    /// The title of the whole.
    channel: Option<String>,
    /// Names of the elements that are open.
    path: Vec<String>,
    /// The entry being read, and the element in it.
    fields: Option<Fields>,
    value: Option<Value>,
    /// Where the entry begins.
    line: u64,
    entries: u64,
}

impl std::fmt::Debug for Feed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Feed({})", self.entries)
    }
}

/// An entry with its markup, twice the longest text.
const LONGEST_ENTRY: usize = 2 * LONGEST_TEXT;
/// Elements that are open at a time.
const DEEPEST: usize = 1000;
/// Prefixes of names that are used as those without; the others are of pictures and players.
const PREFIXES: [&str; 7] = ["", "content", "dc", "dcterms", "atom", "rss", "a10"];

/// Elements of an entry whose text is wanted.
const WANTED: [&str; 17] = [
    "title",
    "link",
    "guid",
    "id",
    "pubDate",
    "published",
    "date",
    "issued",
    "updated",
    "modified",
    "created",
    "source",
    "publisher",
    "encoded",
    "description",
    "summary",
    "content",
];

/// A stream that ends in an error once a single entry takes too much of it.
struct Limited {
    inner: Box<dyn BufRead + Send>,
    left: usize,
    /// Lines so far, counted from 1.
    line: u64,
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = {
            let available = self.fill_buf()?;
            let n = available.len().min(buffer.len());
            buffer[..n].copy_from_slice(&available[..n]);
            n
        };
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Limited {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other("an entry is longer than 16 MB; split it"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if let Ok(buffer) = self.inner.fill_buf() {
            self.line += buffer[..amount].iter().filter(|b| **b == b'\n').count() as u64;
        }
        self.left = self.left.saturating_sub(amount);
        self.inner.consume(amount);
    }
}

/// What an entry holds, each as HTML.
#[derive(Default)]
struct Fields {
    id: Option<String>,
    link: Option<String>,
    title: Option<String>,
    date: Option<String>,
    /// A date that says less of the day of printing.
    updated: Option<String>,
    source: Option<String>,
    content: Option<String>,
    summary: Option<String>,
}

/// The text of an element being read.
struct Value {
    /// How many elements were open above it.
    depth: usize,
    name: String,
    /// Its tags are part of the text (`type="xhtml"`).
    is_markup: bool,
    text: String,
}

impl Feed {
    pub(super) fn open(opened: &mut Opened) -> Feed {
        let inner = std::mem::replace(&mut opened.reader, Box::new(io::empty()));
        let mut reader = Reader::from_reader(Limited { inner, left: LONGEST_ENTRY, line: 1 });
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Feed { reader, channel: None, path: Vec::new(), fields: None, value: None, line: 1, entries: 0 }
    }

    /// Reads to the end of the next entry; false at the end of the feed.
    pub(super) fn next_entry(&mut self, file: &str, out: &mut VecDeque<Entry>) -> bool {
        self.reader.get_mut().left = LONGEST_ENTRY;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            let at = self.reader.get_ref().line;
            let skipped = |why: &str, line| Entry::Notice(Notice::skipped(file, why).at_line(line));
            let event = match self.reader.read_event_into(&mut buffer) {
                Ok(event) => event,
                Err(e) => {
                    let why = format!("the feed breaks off: {e}; the entries before it were read");
                    out.push_back(skipped(&why, at));
                    return false;
                }
            };
            match event {
                Event::Start(_) if self.path.len() == DEEPEST => {
                    out.push_back(skipped(
                        "the feed is nested too deep; the entries before it were read",
                        at,
                    ));
                    return false;
                }
                Event::Start(tag) => self.start(&tag, at),
                Event::Empty(tag) => self.empty(&tag),
                Event::End(tag) => {
                    let name = tag.name().local_name().as_ref().to_owned();
                    if let Some(fields) = self.end(&name) {
                        self.report(fields, file, out);
                        return true;
                    }
                }
                Event::Text(text) => Value::push(self.value.as_mut(), &text),
                Event::CData(text) => Value::push_literal(self.value.as_mut(), &text),
                Event::GeneralRef(name) => Value::push_reference(self.value.as_mut(), &name),
                Event::DocType(declared) if declared.contains("<!ENTITY") => {
                    let message = "declares entities of its own, which are not expanded";
                    out.push_back(Entry::Notice(Notice::remark(file, message).at_line(at)));
                }
                Event::Eof => {
                    out.extend(self.unfinished().map(|(why, line)| skipped(why, line)));
                    return false;
                }
                _ => {}
            }
        }
    }

    fn unfinished(&self) -> Option<(&'static str, u64)> {
        if self.fields.is_some() {
            let why = "the feed breaks off within an entry, which is not read; fetch it again";
            return Some((why, self.line));
        }
        (self.entries == 0).then_some(("is XML without an entry of RSS or Atom; there is nothing to read", 1))
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: u64) {
        let (prefix, name) = named(tag);
        match &mut self.value {
            Some(value) => value.open(tag),
            None if matches!(&*name, "item" | "entry") && self.fields.is_none() => {
                (self.fields, self.line) = (Some(Fields::default()), at);
            }
            None if PREFIXES.contains(&&*prefix) => self.begin(tag, &name),
            None => {}
        }
        self.path.push(name);
    }

    fn empty(&mut self, tag: &BytesStart<'_>) {
        match (&mut self.value, &mut self.fields) {
            (Some(value), _) => value.open(tag),
            (None, Some(fields)) if named(tag).1 == "link" => fields.link_of(tag),
            _ => {}
        }
    }

    /// Ends what bears this name and all in it; gives the entry that it ends.
    fn end(&mut self, name: &str) -> Option<Fields> {
        let open = self.path.iter().rposition(|n| *n == name)?;
        self.path.truncate(open);
        match &mut self.value {
            Some(held) if open > held.depth => held.close(name),
            Some(_) => self.keep(),
            None => {}
        }
        let within = self.path.iter().any(|n| matches!(n.as_str(), "item" | "entry"));
        self.fields.take_if(|_| !within)
    }

    /// Begins to read an element, if its text is wanted.
    fn begin(&mut self, tag: &BytesStart<'_>, name: &str) {
        let wanted = match &mut self.fields {
            Some(fields) => {
                if name == "link" {
                    fields.link_of(tag);
                }
                WANTED.contains(&name)
            }
            None => name == "title" && self.channel.is_none() && self.path.len() <= 2,
        };
        let is_markup = attribute(tag, "type").is_some_and(|t| t == "xhtml");
        let value = Value { depth: self.path.len(), name: name.to_owned(), is_markup, text: String::new() };
        self.value = wanted.then_some(value);
    }

    /// Keeps the text of the element that ended.
    fn keep(&mut self) {
        let Some(Value { name, text, .. }) = self.value.take().filter(|v| !v.text.trim().is_empty()) else {
            return;
        };
        let Some(fields) = &mut self.fields else {
            self.channel = Some(one_line(&text));
            return;
        };
        let field = match name.as_str() {
            "title" => &mut fields.title,
            "link" => &mut fields.link,
            "guid" | "id" => &mut fields.id,
            "pubDate" | "published" | "date" | "issued" => &mut fields.date,
            "updated" | "modified" | "created" => &mut fields.updated,
            "source" | "publisher" => &mut fields.source,
            "encoded" | "content" => &mut fields.content,
            _ => &mut fields.summary,
        };
        if field.is_none() {
            *field = Some(text);
        }
    }

    fn report(&mut self, fields: Fields, file: &str, out: &mut VecDeque<Entry>) {
        self.entries += 1;
        let trimmed = |text: Option<String>| text.map(|t| t.trim().to_owned());
        let url = trimmed(fields.link);
        let id = trimmed(fields.id).or_else(|| url.clone());
        let date = trimmed(fields.date.or(fields.updated));
        let published = date.as_deref().map(published::read);
        if let Some(problem) = published.as_ref().and_then(Reading::problem) {
            let message = format!("the date {:?} {problem}", date.unwrap_or_default());
            out.push_back(Entry::Notice(Notice::remark(file, message).at_line(self.line)));
        }
        let text = fields.content.map(|html| paragraphs::of_fragment(&html)).filter(|t| !t.is_empty());
        let summary = || fields.summary.map(|html| paragraphs::of_fragment(&html));
        let report = Report {
            id: id.unwrap_or_else(|| format!("{file}#{}", self.entries)),
            source: fields.source.map(|s| one_line(&s)).or_else(|| self.channel.clone()),
            url: url.filter(|u| u.starts_with("http")),
            published: published.and_then(Reading::date),
            title: fields.title.map(|t| one_line(&t)).filter(|t| !t.is_empty()),
            text: text.or_else(summary).unwrap_or_default(),
        };
        admit(report, file, Some(self.line), out);
    }
}

impl Fields {
    /// The address of an Atom link, unless it leads to something else than the story.
    fn link_of(&mut self, tag: &BytesStart<'_>) {
        let leads = attribute(tag, "rel").is_none_or(|rel| rel == "alternate");
        if leads && self.link.is_none() {
            self.link = attribute(tag, "href");
        }
    }
}

impl Value {
    /// A tag within the element.
    fn open(&mut self, tag: &BytesStart<'_>) {
        self.text.push('<');
        self.text.push_str(tag);
        self.text.push('>');
    }

    fn close(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    fn push(value: Option<&mut Value>, text: &str) {
        if let Some(value) = value {
            value.text.push_str(text);
        }
    }

    /// Text in which nothing is spelled as an entity.
    fn push_literal(value: Option<&mut Value>, text: &str) {
        match value {
            Some(value) if value.is_markup => {
                value.text.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
            }
            value => Value::push(value, text),
        }
    }

    /// An entity. Those of XML and of numbers stand for a letter; what is left is for the HTML in the text, and
    /// entities that the feed declares itself are never expanded.
    fn push_reference(value: Option<&mut Value>, name: &str) {
        let Some(value) = value else { return };
        let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => n.parse().ok(),
        });
        let letter = number.and_then(char::from_u32).map(String::from);
        let letter = letter.or_else(|| resolve_xml_entity(name).map(str::to_owned));
        match letter.filter(|_| !value.is_markup) {
            Some(letter) => value.text.push_str(&letter),
            None => {
                value.text.push('&');
                value.text.push_str(name);
                value.text.push(';');
            }
        }
    }
}

/// The prefix and the name of a tag.
fn named(tag: &BytesStart<'_>) -> (String, String) {
    let name = tag.name();
    let prefix = name.prefix().map(|p| p.as_ref().to_owned()).unwrap_or_default();
    (prefix, name.local_name().as_ref().to_owned())
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == name)?;
    Some(found.value.replace("&amp;", "&"))
}

fn one_line(html: &str) -> String {
    let text = paragraphs::of_fragment(html);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

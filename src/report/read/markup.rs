//! HTML made safe to parse: what tells nothing is left out, what stays is closed, and its depth and size are bounded.
//!
//! Parsers of HTML take quadratic time or worse on tags that are nested without end or never closed. So the page goes
//! through here first, token by token, in constant memory for what is left out.

use std::cell::RefCell;
use std::io::Read;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::LONGEST_TEXT;
use super::tags::{self, Stack};

/// What is left of a page.
#[derive(Debug, Default)]
pub(super) struct Tidied {
    /// Well-formed HTML.
    pub(super) html: String,
    /// The scripts that hold linked data (JSON-LD).
    pub(super) linked_data: Vec<String>,
    /// The address that a browser left in a comment when it saved the page.
    pub(super) saved_from: Option<String>,
    /// Why it ends before its end.
    pub(super) broken: Option<String>,
}

/// Twice the longest text: tags come on top.
const LONGEST_PAGE: usize = 2 * LONGEST_TEXT;
/// Articles have hundreds of elements, running accounts thousands.
const MOST_ELEMENTS: usize = 100_000;
/// Bytes of linked data that are kept.
const LONGEST_DATA: usize = 4 * 1024 * 1024;
/// An attribute that is longer is an image, not an address.
const LONGEST_ATTRIBUTE: usize = 2000;
/// Attributes of one tag, about.
const MOST_ATTRIBUTES: usize = 300;
const CHUNK: usize = 64 * 1024;

/// The HTML of a stream of UTF-8, tidied; or why it is not read.
pub(super) fn tidy(reader: &mut dyn Read) -> Result<Tidied, String> {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    let mut trimmer = Trimmer::default();
    let (mut bytes, mut chunk) = (Vec::new(), vec![0; CHUNK]);
    let mut pending = 0;
    let mut broken = None;
    loop {
        let read = match reader.read(&mut chunk) {
            Ok(n) => n,
            Err(e) => {
                broken = Some(e.to_string());
                0
            }
        };
        trimmer.trim(&chunk[..read], &mut bytes);
        let whole = match std::str::from_utf8(&bytes) {
            Err(e) if read > 0 && e.error_len().is_none() => e.valid_up_to(),
            _ => bytes.len(),
        };
        let seen = tokenizer.sink.0.borrow().tokens;
        queue.push_back(StrTendril::from(String::from_utf8_lossy(&bytes[..whole]).as_ref()));
        bytes.drain(..whole);
        let _ = tokenizer.feed(&queue);
        let state = tokenizer.sink.0.borrow();
        pending = if state.tokens == seen { pending + read } else { 0 };
        if let Some(problem) = state.problem {
            return Err(problem.to_owned());
        }
        if pending > LONGEST_PAGE {
            return Err("has a tag or comment longer than 16 MB; save its text as .txt".to_owned());
        }
        if read == 0 {
            break;
        }
    }
    tokenizer.end();
    let mut state = tokenizer.sink.0.take();
    state.stack.close_all(&mut state.kept.html);
    Ok(Tidied { broken, ..state.kept })
}

/// Cuts what makes tags endless: attributes by the hundred and images spelled out in them.
#[derive(Default)]
struct Trimmer {
    place: Place,
    before: u8,
    attributes: usize,
    length: usize,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum Place {
    #[default]
    Text,
    Tag,
    Quoted(u8),
    /// In a part of a tag that is left out, until it ends.
    Cut,
}

impl Trimmer {
    fn trim(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        for &byte in bytes {
            let opens = self.before == b'<' && (byte.is_ascii_alphabetic() || byte == b'/');
            if opens && matches!(self.place, Place::Text | Place::Cut) {
                (self.place, self.attributes) = (Place::Tag, 0);
            }
            self.before = byte;
            self.place = match self.place {
                Place::Tag if byte == b'>' => Place::Text,
                Place::Tag if matches!(byte, b'"' | b'\'') => {
                    self.length = 0;
                    Place::Quoted(byte)
                }
                Place::Tag => {
                    self.attributes += usize::from(byte.is_ascii_whitespace() || byte == b'/');
                    if self.attributes > MOST_ATTRIBUTES { Place::Cut } else { Place::Tag }
                }
                Place::Quoted(mark) if mark == byte => {
                    self.attributes += 1;
                    Place::Tag
                }
                Place::Quoted(mark) => {
                    self.length += 1;
                    // What looks like a tag within a script may run on; it ends where the next begins.
                    let cut = self.length > LONGEST_ATTRIBUTE;
                    if cut && byte == b'<' { Place::Text } else { Place::Quoted(mark) }
                }
                Place::Cut if matches!(byte, b'>' | b'<') => Place::Text,
                place => place,
            };
            let long = matches!(self.place, Place::Quoted(_)) && self.length > LONGEST_ATTRIBUTE;
            if self.place != Place::Cut && !long {
                out.push(byte);
            }
        }
    }
}

/// Takes the tokens.
#[derive(Default)]
struct Sink(RefCell<State>);

#[derive(Default)]
struct State {
    kept: Tidied,
    stack: Stack,
    tokens: u64,
    elements: usize,
    problem: Option<&'static str>,
    /// The element whose content is left out, and how many of its name are open in it.
    skipped: Option<(String, usize)>,
    /// The linked data being read.
    data: Option<String>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        state.tokens += 1;
        if state.problem.is_some() {
            return TokenSinkResult::Continue;
        }
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return state.start(&tag),
            Token::TagToken(tag) => state.end(&tag.name),
            Token::CharacterTokens(text) => state.text(&text),
            Token::CommentToken(comment) if state.kept.saved_from.is_none() => {
                state.kept.saved_from = saved_from(&comment);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        let raw = match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
            "textarea" | "title" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        };
        if let Some((skipped, open)) = &mut self.skipped {
            *open += usize::from(skipped.as_str() == name);
            return raw;
        }
        if tags::is_dropped(name) {
            return raw;
        }
        if tags::is_skipped(name) {
            if !(tag.self_closing && tags::is_foreign(name)) {
                self.skipped = Some((name.to_owned(), 1));
            }
            let is_data =
                attribute(tag, "type").is_some_and(|t| t.eq_ignore_ascii_case("application/ld+json"));
            if name == "script" && is_data {
                self.data = Some(String::new());
            }
            return raw;
        }
        self.elements += 1;
        if self.elements > MOST_ELEMENTS {
            self.problem = Some("has more than 100,000 elements; save its text as .txt");
            return raw;
        }
        if self.stack.start(name, &mut self.kept.html) {
            self.write(tag);
        }
        raw
    }

    fn write(&mut self, tag: &Tag) {
        let html = &mut self.kept.html;
        html.push('<');
        html.push_str(&tag.name);
        for attribute in &tag.attrs {
            let name = &*attribute.name.local;
            if tags::is_kept_attribute(name) && attribute.value.len() <= LONGEST_ATTRIBUTE {
                html.push(' ');
                html.push_str(name);
                html.push_str("=\"");
                escape(&attribute.value, html);
                html.push('"');
            }
        }
        html.push('>');
        self.check_length();
    }

    fn end(&mut self, name: &str) {
        if let Some((skipped, open)) = &mut self.skipped {
            if skipped == name {
                *open -= 1;
                if *open == 0 {
                    self.skipped = None;
                    self.kept.linked_data.extend(self.data.take());
                }
            }
        } else if !tags::is_dropped(name) {
            self.stack.end(name, &mut self.kept.html);
        }
    }

    fn text(&mut self, text: &str) {
        let known: usize = self.kept.linked_data.iter().map(String::len).sum();
        match &mut self.data {
            Some(data) if known + data.len() + text.len() <= LONGEST_DATA => data.push_str(text),
            _ if self.skipped.is_some() => {}
            _ => {
                escape(text, &mut self.kept.html);
                self.check_length();
            }
        }
    }

    fn check_length(&mut self) {
        if self.kept.html.len() > LONGEST_PAGE {
            self.problem = Some("is longer than 16 MB; split it into reports");
        }
    }
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

/// The address in the comment of a browser, `saved from url=(0023)https://example.org/`, or of a tool that saves pages in one file.
fn saved_from(comment: &str) -> Option<String> {
    let (_, rest) = comment.split_once("saved from url=").or_else(|| comment.split_once("\n url: "))?;
    let rest = if rest.starts_with('(') { rest.split_once(')')?.1 } else { rest };
    let address = rest.split_whitespace().next()?;
    address.starts_with("http").then(|| address.to_owned())
}

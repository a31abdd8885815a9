//! Patterns over the tokens of one line: words, `@set`, `{slot}`, `[optional]`, `(a|b)`, `\` before a mark.

use std::collections::BTreeMap;

use super::needs::{Needed, Needs};
use super::slots::{Found, Scene, Slot};
use crate::text::WordSet;

/// Named lists of folded words.
pub(super) type Sets = BTreeMap<String, WordSet>;

#[derive(Debug, Clone)]
pub(super) enum Node {
    Word(Box<str>),
    Set(WordSet),
    Slot(Slot),
    Optional(Vec<Vec<Node>>),
    Any(Vec<Vec<Node>>),
}

/// A pattern over the tokens of one line.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    nodes: Vec<Node>,
    needs: Needed,
}

/// The tokens that may stand first in a pattern.
#[derive(Debug, Default)]
pub(super) struct Firsts {
    pub(super) words: Vec<String>,
    /// A number may stand first.
    pub(super) number: bool,
    /// The name of an agency may stand first.
    pub(super) agency: bool,
    /// A slot may stand first that any capital may begin.
    pub(super) open: bool,
}

type Words<'w> = std::iter::Peekable<std::str::SplitWhitespace<'w>>;

impl Pattern {
    /// Reads the notation; the error says what is wrong with it.
    pub(super) fn parse(notation: &str, sets: &Sets, needs: &mut Needs) -> Result<Pattern, String> {
        let spaced = spaced(notation);
        let mut words = spaced.split_whitespace().peekable();
        let nodes = sequence(&mut words, sets)?;
        match words.next() {
            Some(extra) => Err(format!("{extra:?} closes nothing")),
            None if nodes.is_empty() => Err("is empty".to_owned()),
            None => Ok(Pattern { needs: needs.of(&nodes), nodes }),
        }
    }

    /// Whether a line that holds all that `met` tells may fit.
    pub(super) fn may_fit(&self, met: Needed) -> bool {
        self.needs & !met == 0
    }

    /// Where a match that begins at token `at` ends, and what it took.
    pub(super) fn fit(&self, scene: &Scene<'_, '_>, at: usize) -> Option<(usize, Found)> {
        let mut walk = Walk { scene, failed: Vec::new() };
        walk.walk(Rest { nodes: &self.nodes, behind: None }, at, Found::default())
    }

    /// What may stand first.
    pub(super) fn firsts(&self) -> Firsts {
        let mut firsts = Firsts::default();
        collect_firsts(&self.nodes, &mut firsts);
        firsts
    }
}

/// The notation with blanks around its signs, so that words can be told from them.
fn spaced(notation: &str) -> String {
    let mut out = String::with_capacity(notation.len() * 2);
    let mut plain = false;
    for c in notation.chars() {
        if !plain && matches!(c, '[' | ']' | '(' | ')' | '|') {
            out.extend([' ', c, ' ']);
        } else {
            out.push(c);
        }
        plain = c == '\\';
    }
    out
}

/// What is still to be matched: the nodes of a group, then what stands behind the group.
#[derive(Clone, Copy)]
struct Rest<'p, 'r> {
    nodes: &'p [Node],
    behind: Option<&'r Rest<'p, 'r>>,
}

/// One attempt to fit a pattern.
struct Walk<'p, 'a, 's, 't> {
    scene: &'a Scene<'s, 't>,
    /// Options that no way led on from, by the token they were tried at: other ways to the same spot fail as well.
    failed: Vec<(&'p Node, usize)>,
}

impl<'p> Walk<'p, '_, '_, '_> {
    fn walk(&mut self, rest: Rest<'p, '_>, at: usize, found: Found) -> Option<(usize, Found)> {
        let Some((first, nodes)) = rest.nodes.split_first() else {
            return match rest.behind {
                Some(behind) => self.walk(*behind, at, found),
                None => Some((at, found)),
            };
        };
        let rest = Rest { nodes, ..rest };
        let scene = self.scene;
        match first {
            Node::Word(word) => (at < scene.end && scene.tokens.fold(at) == &**word)
                .then(|| self.walk(rest, at + 1, found))?,
            Node::Set(set) => (at < scene.end && set.contains(scene.tokens.fold(at)))
                .then(|| self.walk(rest, at + 1, found))?,
            Node::Slot(slot) => scene.try_ends(*slot, at, found, |end, found| self.walk(rest, end, found)),
            Node::Any(options) => self.branch(options, rest, at, found),
            Node::Optional(options) => {
                if self.failed.iter().any(|(node, i)| *i == at && std::ptr::eq(*node, first)) {
                    return None;
                }
                let end = self.branch(options, rest, at, found).or_else(|| self.walk(rest, at, found));
                if end.is_none() {
                    self.failed.push((first, at));
                }
                end
            }
        }
    }

    fn branch(
        &mut self,
        options: &'p [Vec<Node>],
        rest: Rest<'p, '_>,
        at: usize,
        found: Found,
    ) -> Option<(usize, Found)> {
        options.iter().find_map(|nodes| self.walk(Rest { nodes, behind: Some(&rest) }, at, found))
    }
}

/// Collects what may stand first; whether one of `nodes` must stand there.
fn collect_firsts(nodes: &[Node], firsts: &mut Firsts) -> bool {
    nodes.iter().any(|node| match node {
        Node::Word(word) => {
            firsts.words.push(word.to_string());
            true
        }
        Node::Set(set) => {
            firsts.words.extend(set.iter().map(str::to_owned));
            true
        }
        Node::Slot(Slot::Number | Slot::Release) => {
            firsts.number = true;
            true
        }
        Node::Slot(Slot::Agency) => {
            firsts.agency = true;
            true
        }
        Node::Slot(_) => {
            firsts.open = true;
            true
        }
        Node::Any(options) => {
            let each: Vec<bool> = options.iter().map(|o| collect_firsts(o, firsts)).collect();
            each.into_iter().all(|must| must)
        }
        Node::Optional(options) => {
            for option in options {
                collect_firsts(option, firsts);
            }
            false
        }
    })
}

fn sequence(words: &mut Words<'_>, sets: &Sets) -> Result<Vec<Node>, String> {
    let mut nodes = Vec::new();
    while let Some(word) = words.next_if(|w| !matches!(*w, "]" | ")" | "|")) {
        nodes.push(match word {
            "[" => Node::Optional(options(words, sets, "]")?),
            "(" => Node::Any(options(words, sets, ")")?),
            word => plain(word, sets)?,
        });
    }
    Ok(nodes)
}

fn options(words: &mut Words<'_>, sets: &Sets, close: &str) -> Result<Vec<Vec<Node>>, String> {
    let mut options = vec![sequence(words, sets)?];
    loop {
        match words.next() {
            Some("|") => options.push(sequence(words, sets)?),
            Some(w) if w == close => return Ok(options),
            _ => return Err(format!("{close:?} is missing")),
        }
    }
}

fn plain(word: &str, sets: &Sets) -> Result<Node, String> {
    if let Some(mark) = word.strip_prefix('\\') {
        return Ok(Node::Word(mark.into()));
    }
    if let Some(name) = word.strip_prefix('@').filter(|name| !name.is_empty()) {
        return sets.get(name).cloned().map(Node::Set).ok_or_else(|| format!("there is no set {name:?}"));
    }
    if let Some(name) = word.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
        let slot = Slot::NAMES.iter().find(|(n, _)| *n == name).map(|(_, s)| Node::Slot(*s));
        return slot.ok_or_else(|| format!("there is no slot {name:?}"));
    }
    Ok(Node::Word(word.into()))
}

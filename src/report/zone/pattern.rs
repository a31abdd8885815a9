//! Patterns over the tokens of one line: words, `@set`, `{slot}`, `[optional]`, `(a|b)`, `\` before a mark.

use std::collections::BTreeMap;

use super::needs::{Asked, Needs};
use super::slots::{Found, Scene, Slot};
use crate::text::WordSet;

/// Named lists of folded words.
pub(super) type Sets = BTreeMap<String, WordSet>;

#[derive(Debug, Clone)]
enum Node {
    /// A word of a list, by the bit that the list's words answer.
    Words(Asked, Vec<Box<str>>),
    Slot(Slot),
    Optional(Vec<Sequence>),
    Any(Vec<Sequence>),
}

#[derive(Debug, Clone, Default)]
struct Sequence {
    nodes: Vec<Node>,
    /// By node, what it and those behind it may begin with.
    firsts: Vec<First>,
}

/// What a run of nodes may begin with.
#[derive(Debug, Clone, Copy)]
struct First {
    asked: Asked,
    /// Any token may stand first.
    open: bool,
    /// The nodes may take no token at all.
    empty: bool,
}

/// A pattern over the tokens of one line.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    nodes: Sequence,
    needs: Asked,
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
        let mut nodes = sequence(&mut words, sets)?;
        match words.next() {
            Some(extra) => Err(format!("{extra:?} closes nothing")),
            None if nodes.nodes.is_empty() => Err("is empty".to_owned()),
            None => {
                nodes.ask(needs)?;
                Ok(Pattern { needs: nodes.needs(), nodes })
            }
        }
    }

    /// What the tokens answer that it may begin with, where not any may.
    pub(super) fn asked_first(&self) -> Asked {
        self.nodes.firsts.first().map_or(Asked::NOTHING, |f| f.asked)
    }

    /// Whether a line that holds all that `met` tells may fit.
    pub(super) fn may_fit(&self, met: Asked) -> bool {
        met.holds(self.needs)
    }

    /// Where a match that begins at token `at` ends, and what it took.
    pub(super) fn fit(&self, scene: &Scene<'_, '_>, at: usize) -> Option<(usize, Found)> {
        let mut walk = Walk { scene, failed: Vec::new() };
        walk.walk(Rest { nodes: &self.nodes, at: 0, behind: None }, at, Found::default())
    }

    /// What may stand first.
    pub(super) fn firsts(&self) -> Firsts {
        let mut firsts = Firsts::default();
        collect_firsts(&self.nodes, &mut firsts);
        firsts
    }
}

impl Sequence {
    fn of(nodes: Vec<Node>) -> Sequence {
        Sequence { nodes, firsts: Vec::new() }
    }

    /// Numbers the lists of words, and notes what may stand first.
    fn ask(&mut self, needs: &mut Needs) -> Result<(), String> {
        let mut behind = First { asked: Asked::NOTHING, open: false, empty: true };
        for node in self.nodes.iter_mut().rev() {
            node.ask(needs)?;
            let own = node.first();
            behind = if own.empty { own.or(behind) } else { own };
            self.firsts.push(behind);
        }
        self.firsts.reverse();
        Ok(())
    }

    /// What every match takes.
    fn needs(&self) -> Asked {
        self.nodes.iter().fold(Asked::NOTHING, |all, node| {
            all.with(match node {
                Node::Words(asked, _) => *asked,
                Node::Slot(slot) => Asked::of_slot(*slot).unwrap_or_default(),
                Node::Any(options) => {
                    options.iter().map(Sequence::needs).reduce(Asked::shared).unwrap_or_default()
                }
                Node::Optional(_) => Asked::NOTHING,
            })
        })
    }
}

impl First {
    fn or(self, other: First) -> First {
        First {
            asked: self.asked.with(other.asked),
            open: self.open || other.open,
            empty: self.empty && other.empty,
        }
    }
}

impl Node {
    fn ask(&mut self, needs: &mut Needs) -> Result<(), String> {
        match self {
            Node::Words(asked, list) => {
                *asked = needs.of_words(list.clone()).ok_or("asks for one list of words too many")?;
                Ok(())
            }
            Node::Any(options) | Node::Optional(options) => options.iter_mut().try_for_each(|o| o.ask(needs)),
            Node::Slot(_) => Ok(()),
        }
    }

    fn first(&self) -> First {
        let closed = |asked| First { asked, open: false, empty: false };
        let nothing = First { asked: Asked::NOTHING, open: false, empty: true };
        let any = |options: &[Sequence]| {
            let firsts = options.iter().map(|o| o.firsts.first().copied().unwrap_or(nothing));
            let empty = firsts.clone().any(|f| f.empty);
            First { empty, ..firsts.fold(closed(Asked::NOTHING), First::or) }
        };
        match self {
            Node::Words(asked, _) => closed(*asked),
            Node::Slot(slot) => Asked::of_slot(*slot).map_or(First { open: true, ..nothing }, closed),
            Node::Any(options) => any(options),
            Node::Optional(options) => First { empty: true, ..any(options) },
        }
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

/// What is still to be matched: the nodes of a group from `at` on, then what stands behind the group.
#[derive(Clone, Copy)]
struct Rest<'p, 'r> {
    nodes: &'p Sequence,
    at: usize,
    behind: Option<&'r Rest<'p, 'r>>,
}

impl Rest<'_, '_> {
    /// Whether it may begin with a token that answers this.
    fn may_begin(&self, answer: Asked) -> bool {
        let mut rest = self;
        loop {
            if let Some(first) = rest.nodes.firsts.get(rest.at) {
                if first.open || first.asked.meets(answer) {
                    return true;
                }
                if !first.empty {
                    return false;
                }
            }
            let Some(behind) = rest.behind else { return true };
            rest = behind;
        }
    }
}

/// One attempt to fit a pattern.
struct Walk<'p, 'a, 's, 't> {
    scene: &'a Scene<'s, 't>,
    /// Options that no way led on from, by the token they were tried at: other ways to the same spot fail as well.
    failed: Vec<(&'p Node, usize)>,
}

impl<'p> Walk<'p, '_, '_, '_> {
    fn walk(&mut self, rest: Rest<'p, '_>, at: usize, found: Found) -> Option<(usize, Found)> {
        let scene = self.scene;
        if at < scene.end && !rest.may_begin(scene.answers.of(at)) {
            return None;
        }
        let Some(first) = rest.nodes.nodes.get(rest.at) else {
            return match rest.behind {
                Some(behind) => self.walk(*behind, at, found),
                None => Some((at, found)),
            };
        };
        let rest = Rest { at: rest.at + 1, ..rest };
        match first {
            Node::Words(asked, _) => (at < scene.end && scene.answers.of(at).meets(*asked))
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
        options: &'p [Sequence],
        rest: Rest<'p, '_>,
        at: usize,
        found: Found,
    ) -> Option<(usize, Found)> {
        options.iter().find_map(|nodes| self.walk(Rest { nodes, at: 0, behind: Some(&rest) }, at, found))
    }
}

/// Collects what may stand first; whether one of `nodes` must stand there.
fn collect_firsts(nodes: &Sequence, firsts: &mut Firsts) -> bool {
    nodes.nodes.iter().any(|node| match node {
        Node::Words(_, words) => {
            firsts.words.extend(words.iter().map(|w| w.to_string()));
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

fn sequence(words: &mut Words<'_>, sets: &Sets) -> Result<Sequence, String> {
    let mut nodes = Vec::new();
    while let Some(word) = words.next_if(|w| !matches!(*w, "]" | ")" | "|")) {
        nodes.push(match word {
            "[" => Node::Optional(options(words, sets, "]")?),
            "(" => Node::Any(options(words, sets, ")")?),
            word => plain(word, sets)?,
        });
    }
    Ok(Sequence::of(nodes))
}

fn options(words: &mut Words<'_>, sets: &Sets, close: &str) -> Result<Vec<Sequence>, String> {
    let mut options: Vec<Sequence> = Vec::new();
    loop {
        let mut option = sequence(words, sets)?;
        let before = options.last_mut().map(|o| o.nodes.as_mut_slice());
        match (before, option.nodes.as_mut_slice()) {
            // Words that stand side by side are one list: one look tells whether a token is any of them.
            (Some([Node::Words(_, list)]), [Node::Words(_, more)]) => list.append(more),
            _ => options.push(option),
        }
        match words.next() {
            Some("|") => {}
            Some(w) if w == close => return Ok(options),
            _ => return Err(format!("{close:?} is missing")),
        }
    }
}

fn plain(word: &str, sets: &Sets) -> Result<Node, String> {
    let words = |list| Node::Words(Asked::NOTHING, list);
    if let Some(mark) = word.strip_prefix('\\') {
        return Ok(words(vec![mark.into()]));
    }
    if let Some(name) = word.strip_prefix('@').filter(|name| !name.is_empty()) {
        let set = sets.get(name).ok_or_else(|| format!("there is no set {name:?}"))?;
        return Ok(words(set.iter().map(Box::from).collect()));
    }
    if let Some(name) = word.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
        let slot = Slot::NAMES.iter().find(|(n, _)| *n == name).map(|(_, s)| Node::Slot(*s));
        return slot.ok_or_else(|| format!("there is no slot {name:?}"));
    }
    Ok(words(vec![word.into()]))
}

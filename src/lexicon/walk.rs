//! Walking: how a compiled pattern is matched over the items of a sentence.

use super::pattern::Node;
use super::{Bounds, Captures, Item, Slot, Vocabulary};

/// What is still to be matched: the nodes of a group, then what stands behind the group.
#[derive(Clone, Copy)]
struct Rest<'n> {
    nodes: &'n [Node],
    behind: Option<&'n Rest<'n>>,
}

impl<'n> Rest<'n> {
    /// The next node, with what stands behind it.
    fn split(self) -> Option<(&'n Node, Rest<'n>)> {
        let mut rest = self;
        loop {
            match (rest.nodes.split_first(), rest.behind) {
                (Some((first, nodes)), _) => return Some((first, Rest { nodes, ..rest })),
                (None, behind) => rest = *behind?,
            }
        }
    }

    /// The next node that takes an item.
    fn next_taker(self) -> Option<&'n Node> {
        let (mut first, mut rest) = self.split()?;
        while *first == Node::Trigger {
            (first, rest) = rest.split()?;
        }
        Some(first)
    }
}

pub(super) struct Run<'a> {
    items: &'a [Item],
    vocabulary: &'a Vocabulary,
    bounds: Bounds,
    trigger: Option<usize>,
    slots: Vec<(Slot, usize)>,
    /// Words read one by one, gaps aside.
    literals: usize,
    steps: usize,
}

/// A pattern with many gaps over a long sentence is given up after so many steps.
const MOST_STEPS: usize = 4000;

impl<'a> Run<'a> {
    pub(super) fn new(items: &'a [Item], vocabulary: &'a Vocabulary, bounds: Bounds) -> Run<'a> {
        Run { items, vocabulary, bounds, trigger: None, slots: Vec::new(), literals: 0, steps: 0 }
    }

    /// The first match of `nodes` that starts at item `at`.
    pub(super) fn match_at(mut self, nodes: &[Node], at: usize) -> Option<Captures> {
        let to = self.walk(Rest { nodes, behind: None }, at)?;
        Some(Captures {
            from: at,
            to,
            trigger: self.trigger.unwrap_or(at),
            slots: self.slots,
            literals: self.literals,
        })
    }

    /// Matches `nodes` from item `at`; where the match ends.
    fn walk(&mut self, rest: Rest<'_>, at: usize) -> Option<usize> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return None;
        }
        let Some((first, rest)) = rest.split() else { return Some(at) };
        match first {
            Node::Trigger => {
                self.trigger = Some(at);
                self.walk(rest, at)
            }
            Node::Optional(inner) => self.branch(inner, rest, at).or_else(|| self.walk(rest, at)),
            Node::Any(options) => options.iter().find_map(|option| self.branch(option, rest, at)),
            Node::Gap(most) => self.gap(*most, false, rest, at),
            Node::Tight => self.gap(Node::TIGHT, true, rest, at),
            Node::Slot(slot) => {
                let item = self.items.get(at).filter(|i| i.slot == Some(slot.filled_by()))?;
                let unfit = *slot == Slot::Subject && item.oblique || *slot == Slot::Aircraft && !item.flying;
                if unfit {
                    return None;
                }
                self.slots.push((*slot, at));
                self.walk(rest, at + 1).or_else(|| {
                    self.slots.pop();
                    None
                })
            }
            Node::Word(word) => {
                self.items.get(at).filter(|i| i.slot.is_none() && i.word == *word)?;
                self.read_word(rest, at)
            }
            Node::Set(set) => {
                self.items.get(at).filter(|i| i.slot.is_none() && self.vocabulary.is_in(i.word, *set))?;
                let before = self.trigger;
                self.trigger = before.or(Some(at));
                self.read_word(rest, at).or_else(|| {
                    self.trigger = before;
                    None
                })
            }
        }
    }

    /// Whether `node` may begin with `item`: what ends a gap or opens a group is looked for without a walk.
    fn may_take(&self, node: &Node, item: &Item) -> bool {
        match node {
            Node::Word(word) => item.slot.is_none() && item.word == *word,
            Node::Set(set) => item.slot.is_none() && self.vocabulary.is_in(item.word, *set),
            Node::Slot(slot) => item.slot == Some(slot.filled_by()),
            _ => true,
        }
    }

    fn read_word(&mut self, rest: Rest<'_>, at: usize) -> Option<usize> {
        self.literals += 1;
        self.walk(rest, at + 1).or_else(|| {
            self.literals -= 1;
            None
        })
    }

    fn branch(&mut self, inner: &[Node], rest: Rest<'_>, at: usize) -> Option<usize> {
        let item = self.items.get(at);
        if inner.first().is_some_and(|node| item.is_some_and(|i| !self.may_take(node, i))) {
            return None;
        }
        let (slots, trigger) = (self.slots.len(), self.trigger);
        self.walk(Rest { nodes: inner, behind: Some(&rest) }, at).or_else(|| {
            self.slots.truncate(slots);
            self.trigger = trigger;
            None
        })
    }

    /// A tight gap passes no building on its way to a place: "seized the airport of Kunduz".
    fn gap(&mut self, most: usize, tight: bool, rest: Rest<'_>, at: usize) -> Option<usize> {
        let blocked = if tight { self.bounds.tight } else { self.bounds.gap };
        let next = rest.next_taker();
        let next_slot = match next {
            Some(Node::Slot(slot)) => Some(slot.filled_by()),
            _ => None,
        };
        for skipped in 0..=most {
            let Some(item) = self.items.get(at + skipped) else { return self.walk(rest, at + skipped) };
            let may_go_on = next.is_none_or(|node| self.may_take(node, item));
            if let Some(end) = may_go_on.then(|| self.walk(rest, at + skipped)).flatten() {
                return Some(end);
            }
            let is_blocked = item.slot.is_none() && self.vocabulary.sets_of(item.word) & blocked != 0;
            let building = item.slot == Some(Slot::Facility) && next_slot == Some(Slot::Place) && tight;
            if is_blocked || building || (next_slot.is_some() && item.slot == next_slot) {
                return None;
            }
        }
        None
    }
}

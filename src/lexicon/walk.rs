//! Walking: how a compiled pattern is matched over the items of a sentence.

use super::pattern::Node;
use super::{Bounds, Captures, Inventory, Item, Slot, Vocabulary, WordId};

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

/// An item as patterns look at it. What fills a slot is no word.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    pub(super) word: WordId,
    /// Bits of `Vocabulary::sets_of`.
    pub(super) sets: u128,
    /// The slot it may fill, as a bit.
    pub(super) slots: u16,
}

impl View {
    fn of(item: &Item, vocabulary: &Vocabulary) -> View {
        match item.slot {
            Some(slot) => View { word: WordId::OTHER, sets: 0, slots: slot.bit() },
            None => View { word: item.word, sets: vocabulary.sets_of(item.word), slots: 0 },
        }
    }
}

/// The items of a sentence, made ready for patterns to be walked over them.
#[derive(Debug)]
pub struct Walker<'a> {
    items: &'a [Item],
    views: Vec<View>,
    bounds: Bounds,
    there: Inventory,
    trigger: Option<usize>,
    slots: Vec<(Slot, usize)>,
    /// Words read one by one, gaps aside.
    literals: usize,
    steps: usize,
}

/// A pattern with many gaps over a long sentence is given up after so many steps.
const MOST_STEPS: usize = 4000;

impl<'a> Walker<'a> {
    /// Looks each item up.
    #[must_use]
    pub fn new(items: &'a [Item], vocabulary: &Vocabulary, bounds: Bounds) -> Walker<'a> {
        let views: Vec<View> = items.iter().map(|item| View::of(item, vocabulary)).collect();
        let there = Inventory::of(&views);
        let slots = Vec::with_capacity(8);
        Walker { items, views, bounds, there, trigger: None, slots, literals: 0, steps: 0 }
    }

    /// What all items hold.
    #[must_use]
    pub fn there(&self) -> Inventory {
        self.there
    }

    #[inline]
    pub(super) fn view(&self, at: usize) -> Option<&View> {
        self.views.get(at)
    }

    /// The items up to this one.
    #[inline]
    pub(super) fn up_to(&self, last: usize) -> &[View] {
        self.views.get(..=last).unwrap_or_default()
    }

    /// The first match of `nodes` that starts at item `at`.
    pub(super) fn match_at(&mut self, nodes: &[Node], at: usize) -> Option<Captures> {
        self.slots.clear();
        (self.trigger, self.literals, self.steps) = (None, 0, 0);
        let to = self.walk(Rest { nodes, behind: None }, at)?;
        Some(Captures {
            from: at,
            to,
            trigger: self.trigger.unwrap_or(at),
            slots: self.slots.clone(),
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
                self.views.get(at).filter(|v| v.slots & slot.filled_by().bit() != 0)?;
                let item = &self.items[at];
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
                self.views.get(at).filter(|v| v.word == *word)?;
                self.read_word(rest, at)
            }
            Node::Set(set) => {
                self.views.get(at).filter(|v| v.sets & Vocabulary::bit(*set) != 0)?;
                let before = self.trigger;
                self.trigger = before.or(Some(at));
                self.read_word(rest, at).or_else(|| {
                    self.trigger = before;
                    None
                })
            }
        }
    }

    /// Whether `node` may begin with an item: what ends a gap or opens a group is looked for without a walk.
    fn may_take(node: &Node, view: &View) -> bool {
        match node {
            Node::Word(word) => view.word == *word,
            Node::Set(set) => view.sets & Vocabulary::bit(*set) != 0,
            Node::Slot(slot) => view.slots & slot.filled_by().bit() != 0,
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
        let view = self.views.get(at);
        if inner.first().is_some_and(|node| view.is_some_and(|v| !Walker::may_take(node, v))) {
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
        let slot = match next {
            Some(Node::Slot(slot)) => slot.filled_by().bit(),
            _ => 0,
        };
        let building = if tight && slot == Slot::Place.bit() { Slot::Facility.bit() } else { 0 };
        for skipped in 0..=most {
            let Some(view) = self.views.get(at + skipped).copied() else {
                return self.walk(rest, at + skipped);
            };
            let joined = skipped > 0 && self.views[at + skipped - 1].sets & self.bounds.joint != 0;
            if building != 0 && joined && view.slots & Slot::Actor.bit() != 0 {
                return None; // "fled and the Taliban took the district"
            }
            let may_go_on = next.is_none_or(|node| Walker::may_take(node, &view));
            if let Some(end) = may_go_on.then(|| self.walk(rest, at + skipped)).flatten() {
                return Some(end);
            }
            if view.sets & blocked != 0 || view.slots & (slot | building) != 0 {
                return None;
            }
        }
        None
    }
}

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

    /// Matches what is left from item `at`; where the match ends.
    fn walk(&mut self, mut rest: Rest<'_>, mut at: usize) -> Option<usize> {
        loop {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return None;
            }
            let Some((first, behind)) = rest.split() else { return Some(at) };
            rest = behind;
            match first {
                Node::Trigger => self.trigger = Some(at),
                Node::Optional(inner) => {
                    if let Some(end) = self.branch(inner, rest, at) {
                        return Some(end);
                    }
                }
                Node::Any(options) => return options.iter().find_map(|option| self.branch(option, rest, at)),
                Node::Gap(most) => return self.gap(*most, false, rest, at),
                Node::Tight => return self.gap(Node::TIGHT, true, rest, at),
                Node::Slot(_) | Node::Word(_) | Node::Set(_) => {
                    self.take(first, at)?;
                    at += 1;
                }
            }
        }
    }

    /// Takes item `at` for a node; None where it does not fit.
    #[inline]
    fn take(&mut self, node: &Node, at: usize) -> Option<()> {
        self.views.get(at).filter(|view| Walker::may_take(node, view))?;
        if let Node::Slot(slot) = node {
            let item = &self.items[at];
            let unfit = *slot == Slot::Subject && item.oblique || *slot == Slot::Aircraft && !item.flying;
            return (!unfit).then(|| self.slots.push((*slot, at)));
        }
        self.literals += 1;
        if let Node::Set(_) = node {
            self.trigger = self.trigger.or(Some(at));
        }
        Some(())
    }

    /// As `walk`; where it fails, what was noted on the way is forgotten.
    fn attempt(&mut self, rest: Rest<'_>, at: usize) -> Option<usize> {
        let (slots, trigger, literals) = (self.slots.len(), self.trigger, self.literals);
        let end = self.walk(rest, at);
        if end.is_none() {
            self.slots.truncate(slots);
            (self.trigger, self.literals) = (trigger, literals);
        }
        end
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

    fn branch(&mut self, inner: &[Node], rest: Rest<'_>, at: usize) -> Option<usize> {
        let view = self.views.get(at);
        if inner.first().is_some_and(|node| view.is_some_and(|v| !Walker::may_take(node, v))) {
            return None;
        }
        self.attempt(Rest { nodes: inner, behind: Some(&rest) }, at)
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
        for to in at..=at + most {
            let Some(view) = self.views.get(to) else { return self.walk(rest, to) };
            let joined = to > at && self.views[to - 1].sets & self.bounds.joint != 0;
            if building != 0 && joined && view.slots & Slot::Actor.bit() != 0 {
                return None; // "fled and the Taliban took the district"
            }
            let ends = view.sets & blocked != 0 || view.slots & (slot | building) != 0;
            let may_go_on = next.is_none_or(|node| Walker::may_take(node, view));
            let found = if may_go_on { self.attempt(rest, to) } else { None };
            if found.is_some() || ends {
                return found;
            }
        }
        None
    }
}

//! The outline of a pattern: what a sentence must hold and where a match may begin, so that few patterns are walked.

use super::pattern::Node;
use super::walk::View;
use super::{Slot, Vocabulary, WordId};

/// What some items hold, or a pattern needs; of words a shadow that several may share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inventory {
    /// Bits of `Vocabulary::sets_of`.
    sets: u128,
    words: u128,
    slots: u16,
}

impl Inventory {
    const NOTHING: Inventory = Inventory { sets: 0, words: 0, slots: 0 };
    const ALL: Inventory = Inventory { sets: u128::MAX, words: u128::MAX, slots: u16::MAX };

    /// What the items of a sentence hold.
    pub(super) fn of(items: &[View]) -> Inventory {
        items.iter().fold(Inventory::NOTHING, |all, item| {
            let words = if item.slots == 0 { Inventory::of_word(item.word).words } else { 0 };
            all.with(Inventory { sets: item.sets, words, slots: item.slots })
        })
    }

    fn of_word(word: WordId) -> Inventory {
        Inventory { words: 1 << (word.index() % 128), ..Inventory::NOTHING }
    }

    fn of_slot(slot: Slot) -> Inventory {
        Inventory { slots: slot.bit(), ..Inventory::NOTHING }
    }

    fn with(self, other: Inventory) -> Inventory {
        Inventory {
            sets: self.sets | other.sets,
            words: self.words | other.words,
            slots: self.slots | other.slots,
        }
    }

    fn shared(self, other: Inventory) -> Inventory {
        Inventory {
            sets: self.sets & other.sets,
            words: self.words & other.words,
            slots: self.slots & other.slots,
        }
    }

    /// Whether all that is needed is among it.
    #[must_use]
    #[inline]
    pub fn holds(&self, needed: &Inventory) -> bool {
        needed.sets & !self.sets == 0 && needed.words & !self.words == 0 && needed.slots & !self.slots == 0
    }

    /// What every match of `nodes` takes.
    fn needed(nodes: &[Node]) -> Inventory {
        nodes.iter().fold(Inventory::NOTHING, |all, node| {
            all.with(match node {
                Node::Word(word) => Inventory::of_word(*word),
                Node::Set(set) => Inventory { sets: Vocabulary::bit(*set), ..Inventory::NOTHING },
                Node::Slot(slot) => Inventory::of_slot(slot.filled_by()),
                Node::Any(options) => options
                    .iter()
                    .fold(Inventory::ALL, |shared, option| shared.shared(Inventory::needed(option))),
                Node::Optional(_) | Node::Gap(_) | Node::Tight | Node::Trigger => Inventory::NOTHING,
            })
        })
    }
}

/// What a pattern needs, and where it may begin.
#[derive(Debug, Clone)]
pub(super) struct Outline {
    needs: Inventory,
    first: First,
    /// How many items a match may begin ahead of the word that marks the act.
    lead: Widths,
}

impl Outline {
    pub(super) fn of(nodes: &[Node]) -> Outline {
        let mut first = First::default();
        first.open |= first.add(nodes);
        let marked = Widths::ahead(nodes, |n| *n == Node::Trigger);
        let lead = match marked {
            Some(lead) if nodes.contains(&Node::Trigger) => lead,
            _ => Widths::ahead(nodes, |n| matches!(n, Node::Trigger | Node::Set(_)))
                .map_or(Widths::ZERO, |lead| lead.or(Widths::ZERO)),
        };
        Outline { needs: Inventory::needed(nodes), first, lead }
    }

    pub(super) fn needs(&self) -> Inventory {
        self.needs
    }

    #[inline]
    pub(super) fn begins_with(&self, item: &View) -> bool {
        self.first.allows(item)
    }

    /// How far ahead of the last of these items, which marks the act, a match may begin: a bit for each distance below 32.
    #[inline]
    pub(super) fn leads(&self, items: &[View]) -> u32 {
        let most = items.len().min(self.lead.most + 1).min(u32::BITS as usize);
        let near = items.iter().rev().enumerate().take(most).skip(self.lead.least);
        near.filter(|(_, item)| self.begins_with(item)).fold(0, |bits, (ahead, _)| bits | 1 << ahead)
    }
}

/// How many items a piece of a pattern may span.
#[derive(Debug, Clone, Copy)]
struct Widths {
    least: usize,
    most: usize,
}

impl Widths {
    const ZERO: Widths = Widths { least: 0, most: 0 };

    fn then(self, next: Widths) -> Widths {
        Widths { least: self.least + next.least, most: self.most + next.most }
    }

    fn or(self, other: Widths) -> Widths {
        Widths { least: self.least.min(other.least), most: self.most.max(other.most) }
    }

    fn of(nodes: &[Node]) -> Widths {
        nodes.iter().fold(Widths::ZERO, |sum, node| {
            sum.then(match node {
                Node::Word(_) | Node::Set(_) | Node::Slot(_) => Widths { least: 1, most: 1 },
                Node::Any(options) => {
                    options.iter().map(|o| Widths::of(o)).reduce(Widths::or).unwrap_or(Widths::ZERO)
                }
                Node::Optional(inner) => Widths::of(inner).or(Widths::ZERO),
                Node::Gap(most) => Widths { least: 0, most: *most },
                Node::Tight => Widths { least: 0, most: Node::TIGHT },
                Node::Trigger => Widths::ZERO,
            })
        })
    }

    /// What may stand ahead of the nodes that `is_mark` tells.
    fn ahead(nodes: &[Node], is_mark: fn(&Node) -> bool) -> Option<Widths> {
        let mut before = Widths::ZERO;
        let mut found: Option<Widths> = None;
        for node in nodes {
            let inside = match node {
                Node::Optional(inner) => Widths::ahead(inner, is_mark),
                Node::Any(options) => {
                    options.iter().filter_map(|o| Widths::ahead(o, is_mark)).reduce(Widths::or)
                }
                node => is_mark(node).then_some(Widths::ZERO),
            };
            if let Some(inside) = inside {
                let ahead = before.then(inside);
                found = Some(found.map_or(ahead, |f| f.or(ahead)));
            }
            before = before.then(Widths::of(std::slice::from_ref(node)));
        }
        found
    }
}

/// What a match may begin with: most items fail here, before any walk.
#[derive(Debug, Clone, Default)]
struct First {
    /// Anything.
    open: bool,
    words: Vec<WordId>,
    /// Bits of `Vocabulary::sets_of`.
    sets: u128,
    /// Bits of slots.
    slots: u16,
}

impl First {
    #[inline]
    fn allows(&self, item: &View) -> bool {
        self.open
            || self.sets & item.sets != 0
            || self.slots & item.slots != 0
            || item.word != WordId::OTHER && self.words.contains(&item.word)
    }

    /// Adds what `nodes` may begin with; whether they may be empty.
    fn add(&mut self, nodes: &[Node]) -> bool {
        nodes.iter().all(|node| match node {
            Node::Trigger => true,
            Node::Optional(inner) => {
                self.add(inner);
                true
            }
            Node::Any(options) => {
                let empty: Vec<bool> = options.iter().map(|option| self.add(option)).collect();
                empty.contains(&true)
            }
            Node::Slot(slot) => {
                self.slots |= slot.filled_by().bit();
                false
            }
            Node::Word(word) => {
                self.words.push(*word);
                false
            }
            Node::Set(set) => {
                self.sets |= Vocabulary::bit(*set);
                false
            }
            Node::Gap(_) | Node::Tight => {
                self.open = true;
                false
            }
        })
    }
}

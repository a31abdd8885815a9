//! All patterns as one tree of prefixes, so that what many begin with is read once.

use rustc_hash::FxHashMap;

use super::pattern::{Item, Pattern};
use super::rule::Gives;
use super::slots::{Caught, Known, Openings, Scene, Slot};
use crate::lexicon::{ByWord, Vocabulary, WordId};
use crate::text::Gap;

/// The longest way that some pattern fits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    /// What its rule says.
    pub(super) gives: Gives,
    /// First token of the expression itself.
    pub(super) begin: Option<usize>,
    /// The token after it.
    pub(super) end: usize,
    pub(super) caught: Caught,
    /// The place of its reading among all readings of all patterns.
    order: usize,
}

#[derive(Debug, Default)]
struct Node {
    /// Sorted by word once all patterns are added.
    words: Vec<(WordId, usize)>,
    steps: Vec<(Step, usize)>,
    /// The slots among the steps.
    slots: Openings,
    /// Whether a step leads on that is no slot any word decides about.
    open: bool,
    /// The first reading that ends here.
    end: Option<(usize, Gives)>,
}

impl Node {
    /// Where `word` leads to.
    fn children(&self, word: WordId) -> impl Iterator<Item = usize> {
        let from = self.words.partition_point(|(w, _)| *w < word);
        self.words[from..].iter().take_while(move |(w, _)| *w == word).map(|(_, child)| *child)
    }
}

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default)]
struct Begins {
    /// A pattern may begin with the word itself.
    word: bool,
    /// These slots may begin with it.
    slots: Openings,
    /// How far behind its beginning a pattern may have it as what tells it.
    tells: Offsets,
    /// How many readings of patterns use it.
    readings: usize,
}

/// Distances in tokens, a bit for each.
type Offsets = u32;

/// A step that may tell a reading, and how far behind the beginning it stands.
#[derive(Debug)]
struct Telling {
    by: By,
    ahead: Offsets,
}

#[derive(Debug)]
enum By {
    /// Each with its length.
    Words(Vec<(WordId, usize)>),
    Slot(Slot),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Slot(Slot),
    Dash,
    Begin,
}

/// All patterns.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    /// For building.
    vocabulary: Vocabulary,
    begins: ByWord<Begins>,
    /// By node and words, the child that they lead to; for building.
    by_words: FxHashMap<(usize, Vec<WordId>), usize>,
    readings: usize,
    /// By reading, the steps of which one will tell it; for building.
    steps: Vec<Vec<Telling>>,
    /// By slot, how far behind its beginning a pattern may have it as what tells it.
    slots_tell: [Offsets; Slot::COUNT],
    /// Some pattern has nothing that tells it.
    untold: bool,
}

/// A way through a pattern so far.
#[derive(Clone, Copy)]
struct Way {
    node: usize,
    at: usize,
    begin: Option<usize>,
    caught: Caught,
}

impl Trie {
    /// No patterns yet; their words join the vocabulary.
    pub(super) fn new(vocabulary: Vocabulary) -> Trie {
        Trie {
            nodes: vec![Node::default()],
            vocabulary,
            begins: ByWord::default(),
            by_words: FxHashMap::default(),
            readings: 0,
            steps: Vec::new(),
            slots_tell: [0; Slot::COUNT],
            untold: false,
        }
    }

    /// Adds a pattern: of equally long fits, that of the pattern added first wins.
    pub(super) fn add(&mut self, gives: Gives, pattern: &Pattern) {
        for reading in pattern.readings() {
            self.note_steps(&reading);
            let mut node = 0;
            for item in reading {
                node = self.child(node, item);
            }
            self.nodes[node].end.get_or_insert((self.readings, gives));
            self.readings += 1;
        }
    }

    /// Notes the steps of a reading of which one will tell it.
    fn note_steps(&mut self, reading: &[&Item]) {
        let (mut least, mut most) = (0, 0);
        let mut steps = Vec::new();
        for item in reading {
            let ahead = (least..=most).fold(0, |bits, n| bits | 1 << n);
            match item {
                Item::Words(words) => {
                    let words: Vec<(WordId, usize)> =
                        words.iter().map(|w| (self.vocabulary.intern(w), w.len().max(1))).collect();
                    words.iter().for_each(|(w, _)| self.begins.or_default(*w).readings += 1);
                    steps.push(Telling { by: By::Words(words), ahead });
                }
                Item::Slot(slot) if *slot != Slot::Lower => {
                    steps.push(Telling { by: By::Slot(*slot), ahead });
                }
                _ => {}
            }
            let Some((shortest, longest)) = width(item).filter(|w| most + w.1 < FARTHEST) else { break };
            (least, most) = (least + shortest, most + longest);
        }
        self.untold |= steps.is_empty();
        self.steps.push(steps);
    }

    /// Chooses for each reading the step that fewest texts will hold: it is searched for only where that stands.
    fn choose_telling(&mut self) {
        for steps in std::mem::take(&mut self.steps) {
            let Some(step) = steps.into_iter().min_by_key(|s| self.frequency(&s.by)) else { continue };
            match step.by {
                By::Slot(slot) => self.slots_tell[slot as usize] |= step.ahead,
                By::Words(words) => {
                    words.into_iter().for_each(|(w, _)| self.begins.or_default(w).tells |= step.ahead);
                }
            }
        }
    }

    /// How often texts hold a step, by a rough measure: names and units are rare, figures less so, and a word is the
    /// commoner the shorter it is and the more patterns use it.
    fn frequency(&self, by: &By) -> usize {
        const FIGURE: usize = 100;
        match by {
            By::Words(words) => {
                let readings = |w: &WordId| self.begins.get(*w).map_or(0, |b| b.readings);
                words.iter().map(|(w, len)| 100 * readings(w) / (len * len)).sum()
            }
            // "A" is a number too.
            By::Slot(Slot::Number) => usize::MAX,
            By::Slot(slot) if *slot != Slot::Date && Openings::NUMERAL.has(*slot) => FIGURE,
            By::Slot(_) => 0,
        }
    }

    fn child(&mut self, node: usize, item: &Item) -> usize {
        let step = match item {
            Item::Words(words) => return self.child_by_words(node, words),
            Item::Slot(slot) => Step::Slot(*slot),
            Item::Dash => Step::Dash,
            Item::Begin => Step::Begin,
            Item::Group(_) => return node,
        };
        if let Some((_, child)) = self.nodes[node].steps.iter().find(|(s, _)| *s == step) {
            return *child;
        }
        let child = self.grow();
        self.nodes[node].steps.push((step, child));
        child
    }

    /// The child that just these words lead to.
    fn child_by_words(&mut self, node: usize, words: &[String]) -> usize {
        let words: Vec<WordId> = words.iter().map(|w| self.vocabulary.intern(w)).collect();
        if let Some(child) = self.by_words.get(&(node, words.clone())) {
            return *child;
        }
        let child = self.grow();
        self.nodes[node].words.extend(words.iter().map(|w| (*w, child)));
        self.by_words.insert((node, words), child);
        child
    }

    fn grow(&mut self) -> usize {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    /// Makes it ready to search, once all patterns are added; `openers` are the words that a slot may begin with. Gives
    /// the vocabulary back.
    pub(super) fn finish(&mut self, openers: impl Iterator<Item = (String, Openings)>) -> Vocabulary {
        self.choose_telling();
        for node in &mut self.nodes {
            node.words.sort_by_key(|(word, _)| *word);
            for (step, _) in &node.steps {
                match step {
                    Step::Slot(slot) if *slot != Slot::Lower => {
                        node.slots = node.slots.with(Openings::of(&[*slot]));
                    }
                    _ => node.open = true,
                }
            }
        }
        let mut first = vec![0];
        while let Some(node) = first.pop() {
            for (word, _) in &self.nodes[node].words {
                self.begins.or_default(*word).word = true;
            }
            let empty = |(step, child): &(Step, usize)| (!matches!(step, Step::Slot(_))).then_some(*child);
            first.extend(self.nodes[node].steps.iter().filter_map(empty));
        }
        for (opener, slots) in openers {
            let begins = self.begins.or_default(self.vocabulary.intern(&opener));
            begins.slots = begins.slots.with(slots);
        }
        std::mem::take(&mut self.vocabulary)
    }

    /// The slots that may begin with this word.
    pub(super) fn openings(&self, word: WordId) -> Openings {
        self.begins.get(word).map_or(Openings::default(), |b| b.slots)
    }

    /// Marks the tokens of a sentence at which a pattern may begin that something behind them tells.
    pub(super) fn mark_beginnings(&self, sentence: &mut [Known]) {
        if self.untold {
            sentence.iter_mut().for_each(|token| token.begins = true);
        }
        for i in 0..sentence.len() {
            let Known { word, opens, .. } = sentence[i];
            let word = self.begins.get(word).map_or(0, |b| b.tells);
            let mut ahead = opens.slots().fold(word, |all, slot| all | self.slots_tell[slot]);
            while ahead != 0 {
                if let Some(at) = i.checked_sub(ahead.trailing_zeros() as usize) {
                    sentence[at].begins = true;
                }
                ahead &= ahead - 1;
            }
        }
    }

    /// The longest fit at token `i`; of equally long ones that of the pattern added first.
    pub(super) fn longest(&self, scene: Scene<'_, '_>, i: usize) -> Option<Fit> {
        let Known { word, opens, begins } = scene.known(i);
        if !begins || opens.is_empty() && !self.begins.get(word).is_some_and(|b| b.word) {
            return None;
        }
        let mut search = Search { trie: self, scene, start: i, best: None };
        search.walk(Way { node: 0, at: i, begin: None, caught: Caught::default() });
        search.best
    }
}

/// No step that tells a pattern stands so many tokens behind its beginning.
const FARTHEST: usize = 31;

/// How many tokens a step takes, at least and at most; None where that is not known.
fn width(item: &Item) -> Option<(usize, usize)> {
    match item {
        Item::Words(_) | Item::Slot(Slot::Lower | Slot::Unit | Slot::Unit1 | Slot::Weekday) => Some((1, 1)),
        Item::Slot(Slot::Number) => Some((1, 2)),
        Item::Dash => Some((0, 1)),
        Item::Begin => Some((0, 0)),
        Item::Slot(_) | Item::Group(_) => None,
    }
}

struct Search<'a, 't> {
    trie: &'a Trie,
    scene: Scene<'a, 't>,
    start: usize,
    best: Option<Fit>,
}

impl Search<'_, '_> {
    fn walk(&mut self, way: Way) {
        let node = &self.trie.nodes[way.node];
        let i = way.at;
        if let Some((order, gives)) = node.end.filter(|_| i > self.start) {
            let better = self.best.is_none_or(|b| i > b.end || i == b.end && order < b.order);
            if better {
                let Way { begin, caught, .. } = way;
                self.best = Some(Fit { gives, begin, end: i, caught, order });
            }
        }
        let reachable = i < self.scene.end && (i == self.start || self.scene.near(i));
        if reachable && !node.words.is_empty() {
            for child in node.children(self.scene.known(i).word) {
                self.walk(Way { node: child, at: i + 1, ..way });
            }
        }
        let possible = node.open || reachable && self.scene.known(i).opens.meets(node.slots);
        if !possible {
            return;
        }
        for (step, child) in &node.steps {
            let node = *child;
            match step {
                Step::Begin => self.walk(Way { node, begin: Some(i), ..way }),
                Step::Slot(slot) if reachable && self.may_begin(*slot, i) => {
                    if let Some((at, caught)) = self.scene.read(*slot, i, way.caught) {
                        self.walk(Way { node, at, caught, ..way });
                    }
                }
                Step::Dash if reachable && self.scene.tokens.fold(i) == "-" => {
                    self.walk(Way { node, at: i + 1, ..way });
                }
                Step::Dash if reachable && self.scene.tokens.gap(i) == Gap::Hyphen => {
                    self.walk(Way { node, ..way });
                }
                Step::Slot(_) | Step::Dash => {}
            }
        }
    }

    /// Whether a slot may begin at token `i`. Any small word goes on an expression that something else opens.
    fn may_begin(&self, slot: Slot, i: usize) -> bool {
        let opens = self.scene.known(i).opens;
        opens.has(slot) || slot == Slot::Lower && (i > self.start || !opens.is_empty())
    }
}

//! Words, phrases and patterns: the language of the rules in `data/lexicon`. Knows no place and no event.

mod pattern;
mod phrases;
mod vocabulary;
mod walk;

pub use pattern::{Bounds, Captures, Item, Pattern, Slot};
pub use phrases::Phrases;
pub use vocabulary::{SetId, Vocabulary, WordId};

//! Words, phrases and patterns: the language of the rules in `data/lexicon`. Knows no place and no event.

mod by_word;
mod outline;
mod pattern;
mod phrases;
mod vocabulary;
mod walk;

pub use by_word::ByWord;
pub use outline::Inventory;
pub use pattern::{Bounds, Captures, Item, Pattern, Slot};
pub use phrases::Phrases;
pub use vocabulary::{SetId, Vocabulary, WordId};
pub use walk::Walker;

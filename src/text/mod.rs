//! Text as the upper floors see it: spans, folded tokens, sentences, numbers. Knows no place, verb or date.

mod fold;
mod numbers;
mod sentences;
mod span;
mod tokens;

pub use fold::fold;
pub use numbers::number;
pub use sentences::Sentence;
pub use span::Span;
pub use tokens::{Gap, Shape, Token, Tokens};

//! Numbers as reports write them: 14, 1,200, twenty-three, a dozen.

/// The value of a folded word or numeral, None where it is neither.
///
/// ```
/// assert_eq!(naqsha::text::number("1,200"), Some(1200));
/// assert_eq!(naqsha::text::number("eleven"), Some(11));
/// assert_eq!(naqsha::text::number("province"), None);
/// ```
#[must_use]
pub fn number(folded: &str) -> Option<u32> {
    if folded.starts_with(|c: char| c.is_ascii_digit()) {
        let digits: String = folded.chars().filter(|c| *c != ',').collect();
        return digits.parse().ok();
    }
    spelled(folded)
}

/// Every word that is a number.
pub fn number_words() -> impl Iterator<Item = &'static str> {
    WORDS.iter().copied()
}

macro_rules! words {
    ($($word:literal $value:literal)*) => {
        const WORDS: &[&str] = &[$($word),*];

        fn spelled(word: &str) -> Option<u32> {
            match word {
                $($word => Some($value),)*
                _ => None,
            }
        }
    };
}

words! {
    "zero" 0 "one" 1 "two" 2 "three" 3 "four" 4 "five" 5 "six" 6 "seven" 7 "eight" 8 "nine" 9 "ten" 10
    "eleven" 11 "twelve" 12 "thirteen" 13 "fourteen" 14 "fifteen" 15 "sixteen" 16 "seventeen" 17
    "eighteen" 18 "nineteen" 19 "twenty" 20 "thirty" 30 "forty" 40 "fifty" 50 "sixty" 60 "seventy" 70
    "eighty" 80 "ninety" 90 "dozen" 12 "hundred" 100 "thousand" 1000
}

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
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let place = |list: &[&str]| list.iter().position(|w| *w == folded).and_then(|i| u32::try_from(i).ok());
    place(&ONES).or_else(|| place(&TENS).map(|i| (i + 2) * 10)).or(match folded {
        "dozen" => Some(12),
        "hundred" => Some(100),
        "thousand" => Some(1000),
        _ => None,
    })
}

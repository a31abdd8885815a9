//! Needs: what patterns ask of the tokens of a text, so that each token is looked up once and few patterns are tried.

use super::slots::{Agencies, Slot};
use crate::text::{CalendarNames, Shape, Tokens, WordMap};

/// A bit for each thing that patterns ask for: a word of some list, a number, a capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Asked([u128; 2]);

impl Asked {
    pub(super) const NOTHING: Asked = Asked([0; 2]);
    const NUMBER: Asked = Asked::bit(0);
    const DATE: Asked = Asked::bit(1);
    const AGENCY: Asked = Asked::bit(2);
    const CAPITAL: Asked = Asked::bit(3);
    const CAPITALS: Asked = Asked::bit(4);
    /// The first and the second word of an agency's name of several.
    const AGENCY_OPENS: Asked = Asked::bit(5);
    const AGENCY_NEXT: Asked = Asked::bit(6);
    /// The first bit of words.
    const FIRST_WORD: usize = 7;
    const BITS: usize = 256;

    const fn bit(n: usize) -> Asked {
        let mut bits = [0; 2];
        bits[n / 128] = 1 << (n % 128);
        Asked(bits)
    }

    pub(super) fn with(self, other: Asked) -> Asked {
        Asked([self.0[0] | other.0[0], self.0[1] | other.0[1]])
    }

    pub(super) fn shared(self, other: Asked) -> Asked {
        Asked([self.0[0] & other.0[0], self.0[1] & other.0[1]])
    }

    pub(super) fn meets(self, other: Asked) -> bool {
        self.shared(other) != Asked::NOTHING
    }

    pub(super) fn holds(self, all: Asked) -> bool {
        self.with(all) == self
    }

    /// What the first token of a slot answers; None where any token may stand there.
    pub(super) fn of_slot(slot: Slot) -> Option<Asked> {
        match slot {
            Slot::Number | Slot::Release => Some(Asked::NUMBER),
            Slot::Date => Some(Asked::DATE),
            Slot::Agency => Some(Asked::AGENCY),
            Slot::Name | Slot::Outlet => Some(Asked::CAPITAL),
            Slot::Caps => Some(Asked::CAPITALS),
            Slot::End => Some(Asked::NOTHING),
            Slot::Words => None,
        }
    }

    fn of_shape(shape: Shape) -> Asked {
        match shape {
            Shape::Number => Asked::NUMBER.with(Asked::DATE),
            Shape::Capitalised => Asked::CAPITAL,
            Shape::AllCaps => Asked::CAPITAL.with(Asked::CAPITALS),
            Shape::Lower | Shape::Caseless | Shape::Mark => Asked::NOTHING,
        }
    }
}

/// The words that patterns ask for.
#[derive(Debug)]
pub(super) struct Needs {
    /// By word, the place of what it answers in `answers`.
    by_word: WordMap<u16>,
    /// The first is of all words that nothing asks for.
    answers: Vec<Asked>,
    /// Which words patterns ask for, any of a list, by bit.
    lists: Vec<Vec<Box<str>>>,
}

impl Needs {
    pub(super) fn new(names: &CalendarNames, agencies: &Agencies) -> Needs {
        let mut needs =
            Needs { by_word: WordMap::default(), answers: vec![Asked::NOTHING], lists: Vec::new() };
        names.opening_words().for_each(|word| needs.answer(word, Asked::DATE));
        for name in agencies.values().flatten() {
            match name.as_slice() {
                [word] => needs.answer(word, Asked::AGENCY),
                [first, second, ..] => {
                    needs.answer(first, Asked::AGENCY_OPENS);
                    needs.answer(second, Asked::AGENCY_NEXT);
                }
                [] => {}
            }
        }
        needs
    }

    fn answer(&mut self, word: &str, asked: Asked) {
        let answers = &mut self.answers;
        let place = *self.by_word.or_insert_with(word, || {
            answers.push(Asked::NOTHING);
            u16::try_from(answers.len() - 1).unwrap_or(0)
        });
        let known = &mut answers[usize::from(place)];
        *known = known.with(asked);
    }

    /// The bit that any of these words answers; None once all bits are given away.
    pub(super) fn of_words(&mut self, mut words: Vec<Box<str>>) -> Option<Asked> {
        words.sort_unstable();
        words.dedup();
        let known = self.lists.iter().position(|list| *list == words);
        let place = known.unwrap_or(self.lists.len());
        let bit = Some(Asked::FIRST_WORD + place).filter(|n| *n < Asked::BITS).map(Asked::bit)?;
        if known.is_none() {
            words.iter().for_each(|word| self.answer(word, bit));
            self.lists.push(words);
        }
        Some(bit)
    }

    /// What the tokens of a text answer.
    pub(super) fn answers<'a, 't>(&self, tokens: &'a Tokens<'t>) -> Answers<'a, 't> {
        let of_word =
            |i| self.answers[self.by_word.get(tokens.word(i)).map_or(0, |place| usize::from(*place))];
        let of_token = |i| Asked::with(of_word(i), Asked::of_shape(tokens.shape(i)));
        let mut asked: Vec<Asked> = (0..tokens.len()).map(of_token).collect();
        for i in 1..asked.len() {
            if asked[i].meets(Asked::AGENCY_NEXT) && asked[i - 1].meets(Asked::AGENCY_OPENS) {
                asked[i - 1] = asked[i - 1].with(Asked::AGENCY);
            }
        }
        Answers { tokens, asked }
    }
}

/// What the tokens of a text answer.
#[derive(Debug)]
pub(super) struct Answers<'a, 't> {
    pub(super) tokens: &'a Tokens<'t>,
    asked: Vec<Asked>,
}

impl Answers<'_, '_> {
    /// What token `i` of the text answers.
    #[inline]
    pub(super) fn of(&self, i: usize) -> Asked {
        self.asked[i]
    }

    /// What any of these tokens answers.
    pub(super) fn of_any(&self, tokens: std::ops::Range<usize>) -> Asked {
        self.asked[tokens].iter().fold(Asked::NOTHING, |all, asked| all.with(*asked))
    }
}

//! The word sets that code asks for by name (data/lexicon/en/words.toml).

use crate::error::Error;
use crate::lexicon::{SetId, Vocabulary};

macro_rules! sets {
    ($($name:ident)*) => {
        /// Sets of words, by what their members do in a sentence.
        #[derive(Debug)]
        pub(super) struct Sets {
            $(pub(super) $name: SetId,)*
        }

        impl Sets {
            pub(super) fn of(vocabulary: &Vocabulary, file: &str) -> Result<Sets, Error> {
                let set = |name: &str| {
                    vocabulary.set(name).ok_or_else(|| Error::Data {
                        file: file.to_owned(),
                        line: None,
                        problem: format!("the set {name:?} is missing"),
                    })
                };
                Ok(Sets { $($name: set(stringify!($name))?,)* })
            }
        }
    };
}

sets! {
    road linking other_time quantity units origin pronoun
    be aircraft
    boundary preposition det partitive of
    comma clause_start infinitive implicative foe partisan partisan_strong partisan_shared own own_men
    blame respond field_mark elsewhere seat_word aside after current source since lasting_day lasting_week lasting_month lasting_several single incident occur pronoun_it
    say claim_verb responsibility speaker_pronoun fighting seize
    we they opposed fighters people allied by
    list_mark strong_mark least exception naming list_filler apposition containing province_word
    killed wounded measure before_number pronoun_one estimate
    every district_word
    ongoing passive audience group_noun distance some one_district open_end present side_of_sky superlative area
    spokesperson told_before
    into_place inside_words briefly turn undone
}

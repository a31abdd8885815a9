//! What is known of words, by their numbers: found by one look into an array, without hashing.

use super::WordId;

/// Values by word.
#[derive(Debug)]
pub struct ByWord<T> {
    /// By word, one more than the place of its value; 0 where it has none.
    places: Vec<u32>,
    values: Vec<T>,
}

impl<T> Default for ByWord<T> {
    fn default() -> ByWord<T> {
        ByWord { places: Vec::new(), values: Vec::new() }
    }
}

impl<T: Default> ByWord<T> {
    /// The value of `word`, made if it has none.
    pub fn or_default(&mut self, word: WordId) -> &mut T {
        if self.places.len() <= word.index() {
            self.places.resize(word.index() + 1, 0);
        }
        let place = &mut self.places[word.index()];
        if *place == 0 {
            self.values.push(T::default());
            *place = u32::try_from(self.values.len()).unwrap_or(0);
        }
        &mut self.values[*place as usize - 1]
    }
}

impl<T: Default> FromIterator<WordId> for ByWord<T> {
    fn from_iter<I: IntoIterator<Item = WordId>>(words: I) -> ByWord<T> {
        let mut found = ByWord::default();
        for word in words {
            found.or_default(word);
        }
        found
    }
}

impl<T> ByWord<T> {
    /// The value of `word`.
    #[must_use]
    pub fn get(&self, word: WordId) -> Option<&T> {
        let place = *self.places.get(word.index())? as usize;
        self.values.get(place.wrapping_sub(1))
    }

    /// All values, in the order in which their words came.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.values.iter()
    }
}

//! Metonyms: a capital that stands for the government that sits there.

use super::find::Mention;
use super::veto::Veto;
use crate::text::{Gap, Shape};

impl Veto<'_, '_> {
    /// "Kabul said", "the Kabul government", "pressure on Kabul", "between Kabul and the Taliban".
    pub(super) fn is_government(&self, mention: &Mention<'_>) -> bool {
        let seat = self.is_seat_of_power(mention);
        if seat && self.cues.metonym.contains(self.after(mention, 0)) {
            return true;
        }
        if !mention.kinds.is_empty() {
            return false;
        }
        let located = self.cues.preposition.contains(self.before(mention, 1));
        let end = mention.tokens.end;
        !located && (self.wills(end, seat) || self.acts(mention))
            || self.cues.city_first.contains(&mention.spelling)
                && (!located && self.joins_in(mention)
                    || self.is_dealt_with(mention)
                    || self.owns_stance(mention))
    }

    fn is_seat_of_power(&self, mention: &Mention<'_>) -> bool {
        self.cues.city_first.contains(&mention.spelling) || mention.is_foreign(self.gazetteer)
    }

    fn word(&self, i: usize) -> &str {
        if self.sentence.contains(&i) { self.tokens.fold(i) } else { "" }
    }

    /// What only somebody with a will does follows: "said", "has also refused"; of a seat of power also "is ready to".
    fn wills(&self, at: usize, seat: bool) -> bool {
        let helps = |i: &usize| {
            let word = self.word(*i);
            self.cues.auxiliary.contains(word) || word == "not"
        };
        let skipped = (at..at + 3).take_while(helps).count();
        let verb = at + skipped;
        let copula = matches!(self.word(verb), "is" | "was" | "seems" | "remains" | "be");
        let after = verb + 1 + usize::from(self.word(verb + 1) == "not");
        let wants =
            self.cues.wants.contains(self.word(verb)) || copula && self.cues.wants.contains(self.word(after));
        let lacks = skipped > 0 && self.word(verb) == "no" && self.cues.stance.contains(self.word(verb + 1));
        let willing = copula && self.cues.willing.contains(self.word(after)) || lacks;
        let part = [",", "for", "its"].iter().zip(at..).all(|(word, i)| self.word(i) == *word);
        self.cues.speaks.contains(self.word(verb)) || seat && (wants || willing || part)
    }

    /// "Kabul dismissed the report": what a government did, unless it befalls a town.
    fn acts(&self, mention: &Mention<'_>) -> bool {
        let end = mention.tokens.end;
        let verb = self.word(end);
        let opens = mention.tokens.start == self.sentence.start
            || matches!(self.before(mention, 1), "\"" | "," | "that" | "and" | "but" | ":");
        opens
            && self.cues.city_first.contains(&mention.spelling)
            && verb.len() > 4
            && verb.ends_with("ed")
            && self.tokens.shape(end) == Shape::Lower
            && self.tokens.gap(end) == Gap::Space
            && !self.cues.befalls.contains(verb)
    }

    /// "Kabul and Islamabad agreed": the verb of two capitals.
    fn joins_in(&self, mention: &Mention<'_>) -> bool {
        let capital = |i: usize| matches!(self.tokens.shape(i), Shape::Capitalised | Shape::AllCaps);
        let mut at = mention.tokens.end;
        let mut others = 0;
        while matches!(self.word(at), "," | "and") && others < 4 {
            at += 1 + usize::from(self.word(at + 1) == "the");
            at += usize::from(self.word(at) == "and");
            let from = at;
            while at < from + 2 && capital(at) && (at == from || self.tokens.gap(at) == Gap::Space) {
                at += 1;
            }
            if at == from {
                return false;
            }
            others += 1;
        }
        others > 0 && self.word(at) != "said" && self.word(at) != "told" && self.wills(at, true)
    }

    /// "Ties with Kabul", "blamed Kabul for it", "the government in Kabul", "trust between Kabul and the group".
    fn is_dealt_with(&self, mention: &Mention<'_>) -> bool {
        let (before, noun) = (self.before(mention, 1), self.before(mention, 2));
        let addressed = self.cues.addresses.contains(before)
            || before == "on" && noun.starts_with("call") && self.word(mention.tokens.end) == "to";
        let seated = before == "in" && self.cues.rule.contains(noun);
        let dealt = matches!(before, "with" | "on" | "for" | "from" | "of" | "to" | "against" | "by")
            && self.cues.dealing.contains(&format!("{noun} {before}"));
        let from = mention.tokens.start.saturating_sub(6).max(self.sentence.start);
        let tied = before == "with"
            && (from..mention.tokens.start).any(|i| self.cues.relations.contains(self.tokens.word(i)));
        addressed || seated || dealt || tied || self.is_partner(mention)
    }

    /// "Relations between Kabul and Islamabad", "between the Taliban and Kabul".
    fn is_partner(&self, mention: &Mention<'_>) -> bool {
        let end = mention.tokens.end;
        let party = |i: usize| {
            let i = i + usize::from(self.word(i) == "the");
            self.cues.party.contains(self.word(i))
        };
        let dealing = |between: usize| between > 0 && self.cues.relations.contains(self.word(between - 1));
        let first = self.before(mention, 1) == "between" && self.word(end) == "and";
        if first {
            return party(end + 1) || dealing(mention.tokens.start - 1);
        }
        let from = mention.tokens.start.saturating_sub(5).max(self.sentence.start);
        let between = (from..mention.tokens.start).rev().find(|i| self.word(*i) == "between");
        self.before(mention, 1) == "and"
            && between.is_some_and(|b| party(b + 1) && self.before(mention, 2) != "of" || dealing(b))
    }

    /// "Kabul's demand", "Kabul's new position", "Kabul and its backers".
    fn owns_stance(&self, mention: &Mention<'_>) -> bool {
        let end = mention.tokens.end;
        let possessive = self.tokens.get(end - 1).is_some_and(|t| t.possessive);
        let its = self.word(end) == "and" && self.word(end + 1) == "its";
        let from = end + 2 * usize::from(its);
        let noun = |i: &usize| {
            self.tokens.shape(*i) != Shape::Mark && !self.cues.preposition.contains(self.word(*i))
        };
        (possessive || its)
            && (from..from + 4).take_while(noun).any(|i| self.cues.stance.contains(self.word(i)))
    }
}

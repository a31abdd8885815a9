//! One mention in its report: the places it may mean, weighed.

use super::context::{Containment, Context, is_prominent};
use super::find::Mention;
use super::{Cues, GeoPrecision, Refusal, Toponym, type_words};
use crate::gazetteer::{Gazetteer, NameMatch, PlaceKind, PlaceRef};
use crate::text::{Gap, Sentence, Shape, Tokens};

/// A candidate must be so much better than its rival in another province.
const CLEAR: f64 = 0.25;

/// The one-word name of a plain or valley that has more letters than this stands alone: "Hazarajat".
const TELLING: usize = 5;

/// One mention in its report.
pub(super) struct Case<'a, 't, 'g> {
    pub(super) cues: &'a Cues,
    pub(super) tokens: &'a Tokens<'t>,
    pub(super) gazetteer: &'g Gazetteer,
    pub(super) sentences: &'a [Sentence],
    pub(super) context: &'a Context<'g>,
    /// It stands in a dateline, which names towns.
    pub(super) dateline: bool,
    /// Its sentence.
    pub(super) i: usize,
    /// Its number there.
    pub(super) k: usize,
}

type Weighed = (f64, PlaceRef, Vec<&'static str>);

impl<'a, 't, 'g> Case<'a, 't, 'g> {
    pub(super) fn list(&self) -> &'a [Mention<'g>] {
        &self.context.mentions[self.i]
    }

    pub(super) fn mention(&self) -> &'a Mention<'g> {
        &self.list()[self.k]
    }

    pub(super) fn sentence(&self) -> &'a Sentence {
        &self.sentences[self.i]
    }

    pub(super) fn containment(&self) -> Containment<'_, 't> {
        Containment { tokens: self.tokens, gazetteer: self.gazetteer, cues: self.cues }
    }

    /// The province that the name certainly means.
    fn certain(&self) -> Option<PlaceRef> {
        self.context.certain[self.i][self.k]
    }

    fn container(&self) -> Option<PlaceRef> {
        self.context.containers[self.i][self.k]
    }

    /// The toponym, or None where the name is an ordinary word or lies in another country.
    pub(super) fn resolve(&self) -> Option<Toponym> {
        let mention = self.mention();
        let foreign = mention.is_foreign(self.gazetteer);
        let containment = self.containment();
        let elsewhere = !foreign
            && (containment.is_said_abroad(self.list(), self.k)
                || containment.is_said_elsewhere(self.list(), self.k));
        let is_typed = mention.places().any(|p| self.is_of_type(p));
        if self.dateline && self.is_part_of_dateline() {
            return None;
        }
        let mut weighed: Vec<Weighed> = self
            .likeliest_names()
            .into_iter()
            .filter(|(name, near)| foreign || near.1 || !self.gazetteer.get(name.place).is_abroad())
            .map(|(name, _)| name)
            .filter(|name| !elsewhere || self.gazetteer.get(name.place).is_abroad())
            .filter(|name| !is_typed || self.is_of_type(name.place))
            .filter(|name| self.may_mean(name))
            .map(|name| {
                let (score, reasons) = self.weigh(name);
                (score, name.place, reasons)
            })
            .collect();
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (best, place, reasons) = weighed.first_mut().map(|w| (w.0, w.1, std::mem::take(&mut w.2)))?;
        let unit = |p: PlaceRef| (self.gazetteer.province_of(p), self.gazetteer.get(p).country.as_str());
        let mut rivals: Vec<PlaceRef> = weighed
            .iter()
            .skip(1)
            .filter(|(s, p, _)| best - s < CLEAR && unit(*p) != unit(place))
            .map(|w| w.1)
            .collect();
        let clear = rivals.is_empty();
        if !clear {
            rivals.insert(0, place);
        }
        let mut toponym = Toponym {
            tokens: mention.tokens.clone(),
            phrase: mention.phrase.clone(),
            place: clear.then_some(place),
            precision: GeoPrecision::Exact,
            relation: self.relation(),
            level_open: false,
            rivals,
            score: (best / 2.0).clamp(0.05, 1.0),
            reasons,
        };
        self.set_level(&mut toponym);
        self.set_called(&mut toponym);
        Some(toponym)
    }

    /// For each place that the mention may mean, the name that comes nearest to what is written.
    fn likeliest_names(&self) -> Vec<(&'g NameMatch, (bool, bool))> {
        let mention = self.mention();
        let nearness = |n: &NameMatch| (*n.spelling == mention.spelling, n.is_spelled(&mention.spelling));
        let mut likeliest: Vec<(&NameMatch, (bool, bool))> = Vec::with_capacity(mention.names.len());
        for name in mention.names {
            match likeliest.iter_mut().find(|(known, _)| known.place == name.place) {
                Some((known, near)) => {
                    let nearer = nearness(name);
                    if nearer > *near {
                        (*known, *near) = (name, nearer);
                    }
                }
                None => likeliest.push((name, nearness(name))),
            }
        }
        likeliest
    }

    /// Why it is no place here; None where it is one, or one of several.
    pub(super) fn refusal(&self) -> Option<Refusal> {
        let abroad = || self.containment().is_said_abroad(self.list(), self.k);
        let why = || if abroad() { Refusal::Abroad } else { Refusal::Unsupported };
        self.resolve().is_none().then(why)
    }

    /// Whether a place is what the type word beside the name says: "Balkh province" is no district.
    fn is_of_type(&self, place: PlaceRef) -> bool {
        self.mention().kinds.contains(&self.gazetteer.get(place).kind)
    }

    /// Whether the text supports a place as it must: a village needs a type word, a container or its province in the
    /// report, a name that is also a word needs more than to be there.
    fn may_mean(&self, name: &NameMatch) -> bool {
        let (mention, place) = (self.mention(), name.place);
        let kind = self.gazetteer.get(place).kind;
        let province = self.gazetteer.province_of(place);
        let typed = mention.kinds.contains(&kind);
        let said = self.context.said.get(&mention.spelling).copied();
        let contained = province.is_some() && (province == self.container() || province == said);
        let prominent = is_prominent(place, self.gazetteer);
        let repeats = |k: usize| {
            self.containment().repeats(&self.list()[k], mention)
                && self.list()[k].places().any(|p| p == place)
        };
        if typed || contained || self.dateline && prominent || self.k.checked_sub(1).is_some_and(repeats) {
            return true;
        }
        let beside = province.is_some_and(|p| self.context.by_sentence[self.i].contains(&p));
        let exact = *name.spelling == mention.spelling;
        // The name itself is no support.
        let own = u32::from(self.certain() == province);
        let near = province.is_some_and(|p| self.context.provinces.get(&p).is_some_and(|n| *n > own));
        let great =
            matches!(kind, PlaceKind::Province | PlaceKind::Crossing) || self.gazetteer.is_capital(place);
        let spared = great || province.is_none() || exact && mention.tokens.len() >= 2;
        if !near && !spared && self.is_in_foreign_sentence() {
            return false;
        }
        if mention.ordinary {
            let seat = self.gazetteer.is_capital(place) && exact;
            let told = near && exact && (self.is_within() || self.is_listed());
            return told || beside && (self.is_located() || seat || prominent && self.is_listed());
        }
        if prominent && (!mention.loose || near || great && self.is_well_placed()) {
            return true;
        }
        let telling = mention.tokens.len() >= 2;
        let wide = matches!(kind, PlaceKind::Region | PlaceKind::River | PlaceKind::Road);
        let placed = self.is_located() || self.is_listed();
        let single = || mention.places().all(|p| self.gazetteer.province_of(p) == province);
        beside && self.is_located()
            || exact && self.is_within() && mention.spelling.len() >= TELLING && single()
            || exact
                && (wide && (telling || mention.spelling.len() > TELLING)
                    || near && (wide || telling || placed || mention.sounds >= TELLING))
            || near && placed && mention.sounds >= TELLING
    }

    /// "BALI CHAK, Pakistan": in a dateline a run of capitals is one name.
    fn is_part_of_dateline(&self) -> bool {
        let (tokens, range) = (self.tokens, &self.mention().tokens);
        let joins = |i: usize| {
            self.sentence().tokens.contains(&i)
                && matches!(tokens.shape(i), Shape::Capitalised | Shape::AllCaps)
                && !self.cues.transparent_before.contains(tokens.word(i))
                && !self.cues.transparent_after.contains(tokens.word(i))
        };
        let tied = |i: usize| matches!(tokens.gap(i), Gap::Space | Gap::Hyphen);
        let before = range.start.checked_sub(1).is_some_and(joins) && tied(range.start);
        before || joins(range.end) && tied(range.end)
    }

    /// The sentence speaks of a country around and of nothing Afghan beside this name.
    fn is_in_foreign_sentence(&self) -> bool {
        let own = self.certain();
        if self.context.by_sentence[self.i].iter().any(|p| Some(*p) != own) {
            return false;
        }
        let adjective = |i: usize| self.cues.foreign.contains_key(self.tokens.word(i));
        let (towns, states) = &self.context.countries[self.i];
        let words = || self.sentence().tokens.clone();
        let neighbour = |code: &&str| self.cues.foreign.values().any(|c| c == code);
        let foreign = towns.iter().chain(states).any(neighbour) || words().any(adjective);
        foreign && !words().any(|i| self.cues.afghan.contains(self.tokens.word(i)))
    }

    /// Where the name starts, with its type word if that fits: "in the town of X".
    fn start(&self) -> usize {
        let mention = self.mention();
        if mention.kinds.is_empty() { mention.tokens.start } else { mention.phrase.start }
    }

    /// A preposition of place stands before the name.
    fn is_located(&self) -> bool {
        let start = self.start();
        let tag = usize::from(start > 0 && matches!(self.tokens.fold(start - 1), "#" | "the"));
        start > self.sentence().tokens.start + tag
            && self.cues.preposition.contains(self.tokens.word(start - 1 - tag))
    }

    /// A preposition stands before the name behind which hardly anything stands but a place.
    fn is_within(&self) -> bool {
        let start = self.start();
        let article = usize::from(start > 0 && self.tokens.fold(start - 1) == "the");
        start > self.sentence().tokens.start + article
            && self.cues.within.contains(self.tokens.word(start - 1 - article))
    }

    /// Something beside a name that only sounds like a province's or a capital's says that it is one.
    fn is_well_placed(&self) -> bool {
        let mention = self.mention();
        let end = mention.tokens.end;
        let owns = self.tokens.get(end - 1).is_some_and(|t| t.possessive);
        let titled = self.dateline || mention.landmark || mention.office || !mention.kinds.is_empty();
        titled
            || !owns
                && (self.is_located()
                    || self.is_listed()
                    || mention.tokens.start == self.sentence().tokens.start)
    }

    fn is_listed(&self) -> bool {
        let list = self.list();
        let joined = |a: usize, b: usize| type_words::is_joined(self.tokens, &list[a], &list[b]);
        self.k > 0 && joined(self.k - 1, self.k) || self.k + 1 < list.len() && joined(self.k, self.k + 1)
    }

    fn weigh(&self, name: &NameMatch) -> (f64, Vec<&'static str>) {
        let (mention, place) = (self.mention(), name.place);
        let mut reasons = Vec::new();
        let mut score = 0.4 * self.gazetteer.prominence(place);
        let mut add = |holds: bool, points: f64, reason: &'static str| {
            if holds {
                score += points;
                reasons.push(reason);
            }
        };
        let province = self.gazetteer.province_of(place);
        let kind = self.gazetteer.get(place).kind;
        let inner = kind != PlaceKind::Province;
        let said = self.context.said.get(&mention.spelling).copied();
        add(*name.spelling == mention.spelling, 0.4, "spelled so");
        add(self.gazetteer.is_capital(place), 0.6, "a capital");
        add(mention.kinds.contains(&kind), 0.8, "type word");
        add(self.container().is_some() && province == self.container() && inner, 2.0, "said to lie there");
        add(said.is_some() && province == said && inner, 1.0, "said so elsewhere in the report");
        if let Some(province) = province {
            // The name itself is no support against its namesake abroad.
            let own = u32::from(self.certain() == Some(province));
            let beside = self.context.by_sentence[self.i].iter().filter(|p| **p == province).count();
            let others = self.context.provinces.get(&province).is_some_and(|n| *n > own);
            let share = if others { self.context.share(province) } else { 0.0 };
            add(beside > own as usize, 0.5, "province named in the sentence");
            let before = self.context.named_just_before(self.i, province, self.sentences);
            add(before, 0.3, "province named just before");
            add(share >= 0.5, 0.4, "focus of the report");
            add(share > 0.0, 0.2, "province named in the report");
        } else {
            score += self.weigh_abroad(place, &mut reasons);
        }
        (score, reasons)
    }

    /// A place abroad needs others of its country beside it, but in a dateline, as long as the report is about this one.
    fn weigh_abroad(&self, place: PlaceRef, reasons: &mut Vec<&'static str>) -> f64 {
        let country = self.gazetteer.get(place).country.as_str();
        if self.dateline || self.mention().is_foreign(self.gazetteer) {
            return 0.0;
        }
        let (towns, states) = &self.context.countries[self.i];
        if towns.contains(&country) {
            reasons.push("a neighbour of its country named in the sentence");
            return 1.0;
        }
        let adjective = |i: usize| self.cues.foreign.get(self.tokens.word(i)).is_some_and(|c| c == country);
        if states.contains(&country) || self.sentence().tokens.clone().any(adjective) {
            reasons.push("its country named in the sentence");
            return 0.5;
        }
        let named = self.context.countries.iter().any(|(t, s)| t.contains(&country) || s.contains(&country));
        if named { -0.1 } else { -0.3 }
    }
}

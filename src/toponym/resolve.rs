//! Resolution: which place each mention means, decided together over a report.

use std::collections::BTreeMap;
use std::ops::Range;

use super::find::{Finder, Mention};
use super::{Cues, GeoPrecision, Relation, Toponym};
use crate::data::DataFiles;
use crate::error::Error;
use crate::gazetteer::{Gazetteer, PlaceKind, PlaceRef};
use crate::text::{Sentence, Shape, Tokens};

/// Finds and resolves the places of a report.
#[derive(Debug)]
pub struct Resolver {
    finder: Finder,
    cues: Cues,
}

/// What the whole report says about its places.
struct Context<'g> {
    mentions: Vec<Vec<Mention<'g>>>,
    /// How often each province is named, or certainly meant.
    provinces: BTreeMap<PlaceRef, u32>,
    /// The same by sentence.
    by_sentence: Vec<Vec<PlaceRef>>,
    /// By name, the province it was once said to lie in.
    said: BTreeMap<String, PlaceRef>,
    /// By name, whether it was once called a city (true) or a province (false).
    level: BTreeMap<String, bool>,
}

/// A candidate must be so much better than its rival in another province.
const CLEAR: f64 = 0.25;

impl Resolver {
    /// Prepares the search for all names of a gazetteer.
    ///
    /// # Errors
    /// `Error::Data` where `lexicon/en/toponyms.toml` is malformed.
    pub fn new(data: &DataFiles, gazetteer: &Gazetteer) -> Result<Resolver, Error> {
        Ok(Resolver { finder: Finder::of(gazetteer), cues: Cues::from_data(data)? })
    }

    /// The toponyms of each sentence. `spoken_of` lists the sentences that count for whether the report is
    /// about Afghanistan at all; in a report about elsewhere nothing is resolved.
    #[must_use]
    pub fn resolve(
        &self,
        tokens: &Tokens<'_>,
        sentences: &[Sentence],
        gazetteer: &Gazetteer,
    ) -> Vec<Vec<Toponym>> {
        let mentions: Vec<Vec<Mention<'_>>> = sentences
            .iter()
            .map(|s| self.finder.find(tokens, s.tokens.clone(), gazetteer, &self.cues))
            .collect();
        if !self.is_about_afghanistan(tokens, &mentions, gazetteer) {
            return vec![Vec::new(); sentences.len()];
        }
        let context = self.context(tokens, mentions, gazetteer);
        let resolve = |(i, list): (usize, &Vec<Mention<'_>>)| {
            let sentence = &sentences[i];
            (0..list.len())
                .filter_map(|k| self.resolve_one(tokens, sentence, i, k, &context, gazetteer))
                .collect()
        };
        context.mentions.iter().enumerate().map(resolve).collect()
    }

    /// An Afghan word, a name with its type word, or two different Afghan names.
    fn is_about_afghanistan(
        &self,
        tokens: &Tokens<'_>,
        mentions: &[Vec<Mention<'_>>],
        gazetteer: &Gazetteer,
    ) -> bool {
        let all = || mentions.iter().flatten();
        let afghan = |m: &&Mention<'_>| m.names.iter().any(|n| !gazetteer.get(n.place).is_abroad());
        if !all().any(|m| afghan(&m)) {
            return false;
        }
        let names: std::collections::BTreeSet<&str> =
            all().filter(afghan).filter(|m| !m.ordinary).map(|m| m.spelling.as_str()).collect();
        let typed = all().filter(afghan).any(|m| !m.kinds.is_empty());
        let foreign = |m: &Mention<'_>| m.names.iter().all(|n| gazetteer.get(n.place).is_abroad());
        let unit = |m: &Mention<'_>| {
            m.names
                .iter()
                .any(|n| gazetteer.is_capital(n.place) || gazetteer.get(n.place).kind == PlaceKind::Province)
        };
        let alone = all().filter(afghan).any(|m| !m.ordinary && unit(m)) && !all().any(foreign);
        names.len() >= 2
            || alone
            || (typed && !names.is_empty())
            || (0..tokens.len()).any(|i| self.cues.afghan.contains(tokens.fold(i)))
    }

    fn context<'g>(
        &self,
        tokens: &Tokens<'_>,
        mentions: Vec<Vec<Mention<'g>>>,
        gazetteer: &'g Gazetteer,
    ) -> Context<'g> {
        let mut context = Context {
            by_sentence: vec![Vec::new(); mentions.len()],
            mentions,
            provinces: BTreeMap::new(),
            said: BTreeMap::new(),
            level: BTreeMap::new(),
        };
        for i in 0..context.mentions.len() {
            for k in 0..context.mentions[i].len() {
                let mention = &context.mentions[i][k];
                if let Some(province) = certain_province(mention, gazetteer) {
                    *context.provinces.entry(province).or_default() += 1;
                    context.by_sentence[i].push(province);
                }
                let container = self.container(tokens, &context.mentions[i], k, gazetteer);
                if let Some(province) = container {
                    context.said.entry(mention.spelling.clone()).or_insert(province);
                }
                if let Some(kind) = mention.kinds.first() {
                    context.level.entry(mention.spelling.clone()).or_insert(*kind == PlaceKind::City);
                }
            }
        }
        context
    }

    /// The province that the words after (or before) the mention say it lies in.
    fn container(
        &self,
        tokens: &Tokens<'_>,
        list: &[Mention<'_>],
        k: usize,
        gazetteer: &Gazetteer,
    ) -> Option<PlaceRef> {
        let mention = &list[k];
        let inside = |other: &Mention<'_>| {
            let provinces = || {
                other.names.iter().map(|n| n.place).filter(|p| gazetteer.get(*p).kind == PlaceKind::Province)
            };
            let places = || {
                mention
                    .names
                    .iter()
                    .map(|n| n.place)
                    .filter(|p| gazetteer.get(*p).kind != PlaceKind::Province)
            };
            provinces().find(|p| places().any(|m| gazetteer.province_of(m) == Some(*p)))
        };
        let next =
            list.get(k + 1).filter(|next| self.is_contained(tokens, mention.tokens.end..next.tokens.start));
        let previous = k.checked_sub(1).map(|p| &list[p]).filter(|p| {
            tokens.get(p.tokens.end - 1).is_some_and(|t| t.possessive)
                && mention.tokens.start - p.tokens.end <= 3
                || p.phrase.end <= mention.tokens.start
                    && mention.tokens.start - p.phrase.end <= 1
                    && !p.kinds.is_empty()
        });
        next.and_then(inside).or_else(|| previous.and_then(inside))
    }

    fn is_contained(&self, tokens: &Tokens<'_>, between: Range<usize>) -> bool {
        let says_so = |i: usize| matches!(tokens.fold(i), "," | "in" | "of" | "(" | "capital");
        between.len() <= 9
            && between.clone().any(says_so)
            && between.clone().all(|i| self.cues.containment.contains(tokens.fold(i)))
    }

    fn resolve_one(
        &self,
        tokens: &Tokens<'_>,
        sentence: &Sentence,
        i: usize,
        k: usize,
        context: &Context<'_>,
        gazetteer: &Gazetteer,
    ) -> Option<Toponym> {
        let list = &context.mentions[i];
        let mention = &list[k];
        let container = self.container(tokens, list, k, gazetteer);
        let mut scored: Vec<(f64, PlaceRef, Vec<&'static str>)> = mention
            .names
            .iter()
            .map(|name| {
                let mut reasons = Vec::new();
                let exact = *name.spelling == mention.spelling;
                let score =
                    self.score(name.place, exact, mention, container, i, context, gazetteer, &mut reasons);
                (score, name.place, reasons)
            })
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scored.dedup_by_key(|s| s.1);
        let (best, place, reasons) = scored.first().cloned()?;
        if mention.ordinary
            && mention.kinds.is_empty()
            && container.is_none()
            && !context.said.contains_key(&mention.spelling)
        {
            return None;
        }
        let same_unit = |other: PlaceRef| gazetteer.province_of(other) == gazetteer.province_of(place);
        let rivals: Vec<PlaceRef> = scored
            .iter()
            .skip(1)
            .filter(|(s, p, _)| best - s < CLEAR && !same_unit(*p))
            .map(|s| s.1)
            .collect();
        let mut toponym = Toponym {
            tokens: mention.tokens.clone(),
            phrase: mention.phrase.clone(),
            place: rivals.is_empty().then_some(place),
            precision: GeoPrecision::Exact,
            relation: self.relation(tokens, sentence, list, k, gazetteer),
            level_open: false,
            rivals,
            score: (best / 2.0).clamp(0.05, 1.0),
            reasons,
        };
        self.set_level(&mut toponym, tokens, sentence, list, k, context, gazetteer);
        Some(toponym)
    }

    #[allow(clippy::too_many_arguments, reason = "each is one source of evidence")]
    fn score(
        &self,
        place: PlaceRef,
        exact: bool,
        mention: &Mention<'_>,
        container: Option<PlaceRef>,
        i: usize,
        context: &Context<'_>,
        gazetteer: &Gazetteer,
        reasons: &mut Vec<&'static str>,
    ) -> f64 {
        let mut score = 0.4 * gazetteer.prominence(place);
        let mut add = |holds: bool, points: f64, reason: &'static str| {
            if holds {
                score += points;
                reasons.push(reason);
            }
        };
        let province = gazetteer.province_of(place);
        let kind = gazetteer.get(place).kind;
        let is_unit = kind == PlaceKind::Province;
        add(exact, 0.4, "spelled so");
        add(mention.kinds.contains(&kind), 0.8, "type word");
        add(container.is_some() && province == container && !is_unit, 2.0, "said to lie there");
        let said = context.said.get(&mention.spelling).copied();
        add(said.is_some() && province == said && !is_unit, 1.0, "said so elsewhere in the report");
        add(
            province.is_some_and(|p| context.by_sentence[i].contains(&p)),
            0.5,
            "province named in the sentence",
        );
        let total: u32 = context.provinces.values().sum();
        let share = province.and_then(|p| context.provinces.get(&p)).copied().unwrap_or(0);
        add(share > 0 && share * 2 >= total, 0.4, "focus of the report");
        add(share > 0, 0.2, "province named in the report");
        score
    }

    fn relation(
        &self,
        tokens: &Tokens<'_>,
        sentence: &Sentence,
        list: &[Mention<'_>],
        k: usize,
        gazetteer: &Gazetteer,
    ) -> Relation {
        let mention = &list[k];
        let is_container = k.checked_sub(1).map(|p| &list[p]).is_some_and(|previous| {
            self.is_contained(tokens, previous.tokens.end..mention.tokens.start)
                && self
                    .container(tokens, list, k - 1, gazetteer)
                    .is_some_and(|c| mention.names.iter().any(|n| n.place == c))
        });
        if is_container {
            return Relation::Container;
        }
        let start = mention.phrase.start;
        let back = |n: usize| {
            start.checked_sub(n).filter(|i| *i >= sentence.tokens.start).map_or("", |i| tokens.fold(i))
        };
        let skip = usize::from(matches!(back(1), "the" | "nearby"));
        let (one, two) = (back(1 + skip), back(2 + skip));
        let near = self.cues.near.contains(one)
            || (one == "of" && self.cues.direction_of.contains(two))
            || (one == "from"
                && matches!(two, "away" | "km" | "kilometres" | "kilometers" | "miles" | "kilometre"));
        if near { Relation::Near } else { Relation::At }
    }

    /// A name that is a province's and its capital's: which of the two is meant.
    #[allow(clippy::too_many_arguments, reason = "each is one source of evidence")]
    fn set_level(
        &self,
        toponym: &mut Toponym,
        tokens: &Tokens<'_>,
        sentence: &Sentence,
        list: &[Mention<'_>],
        k: usize,
        context: &Context<'_>,
        gazetteer: &Gazetteer,
    ) {
        let Some(place) = toponym.place else {
            toponym.precision = GeoPrecision::Part;
            return;
        };
        let mention = &list[k];
        let named =
            |kind: PlaceKind| mention.names.iter().map(|n| n.place).find(|p| gazetteer.get(*p).kind == kind);
        let (Some(province), Some(city)) = (named(PlaceKind::Province), named(PlaceKind::City)) else {
            if gazetteer.get(place).kind == PlaceKind::Province {
                toponym.precision = GeoPrecision::Province;
            }
            return;
        };
        if ![province, city].contains(&place) && !mention.kinds.is_empty() {
            return;
        }
        let is_kabul = gazetteer.get(province).id.as_str() == CAPITAL_PROVINCE;
        let typed = mention.kinds.first().copied();
        let urban =
            mention.landmark || sentence.tokens.clone().any(|i| self.cues.urban.contains(tokens.fold(i)));
        let listed = self.listed_with(tokens, list, k, gazetteer);
        let city_meant = match (typed, toponym.relation, listed) {
            (Some(kind), _, _) => Some(kind == PlaceKind::City),
            (None, Relation::Container, _) => Some(false),
            (None, _, Some(PlaceKind::Province)) => Some(false),
            (None, _, Some(PlaceKind::City)) => Some(true),
            _ if is_kabul || urban => Some(true),
            _ => context.level.get(&mention.spelling).copied(),
        };
        let is_city = city_meant.unwrap_or(false);
        toponym.level_open = city_meant.is_none();
        toponym.place = Some(if is_city { city } else { province });
        toponym.precision = if is_city { GeoPrecision::Exact } else { GeoPrecision::Province };
    }

    /// The kind that the neighbours in a list have: "Helmand, Kandahar and Zabul" are provinces.
    fn listed_with(
        &self,
        tokens: &Tokens<'_>,
        list: &[Mention<'_>],
        k: usize,
        gazetteer: &Gazetteer,
    ) -> Option<PlaceKind> {
        let only = |m: &Mention<'_>| {
            let kinds: Vec<PlaceKind> = m
                .names
                .iter()
                .map(|n| gazetteer.get(n.place))
                .filter(|p| !p.is_abroad())
                .map(|p| p.kind)
                .collect();
            let capital = m.names.iter().any(|n| gazetteer.is_capital(n.place));
            match (kinds.contains(&PlaceKind::Province), capital) {
                (true, false) => Some(PlaceKind::Province),
                (false, true) => Some(PlaceKind::City),
                _ => None,
            }
        };
        let joined = |a: usize, b: usize| {
            let between = list[a].phrase.end..list[b].phrase.start;
            !between.is_empty()
                && between.len() <= 2
                && between.clone().all(|i| {
                    matches!(tokens.fold(i), "," | "and")
                        || tokens.shape(i) == Shape::Mark && tokens.fold(i) == ","
                })
        };
        let after = (k + 1..list.len()).take_while(|n| joined(n - 1, *n)).find_map(|n| only(&list[n]));
        let before = (0..k).rev().take_while(|n| joined(*n, n + 1)).find_map(|n| only(&list[n]));
        after.or(before)
    }
}

/// The province whose bare name is always its capital.
const CAPITAL_PROVINCE: &str = "AF-KAB";

/// The province of a mention that can only mean one.
fn certain_province(mention: &Mention<'_>, gazetteer: &Gazetteer) -> Option<PlaceRef> {
    if mention.ordinary {
        return None;
    }
    let mut provinces = mention.names.iter().map(|n| gazetteer.province_of(n.place));
    let first = provinces.next()??;
    provinces.all(|p| p == Some(first)).then_some(first)
}

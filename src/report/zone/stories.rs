//! The lines of a file sorted into stories: what each line is for, and where one story ends and the next begins.

use std::cell::LazyCell;
use std::ops::{Deref, Range};

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::lines::{has_words, is_closed, is_shouted};
use super::needs::Answers;
use super::rules::{Cut, Rules};
use crate::report::ZoneKind;
use crate::text::{Gap, MonthName, Shape, Tokens, WrittenDate};

/// What a line turned out to be.
#[derive(Debug)]
pub(super) struct Line {
    /// Which story it belongs to.
    pub(super) story: usize,
    /// Headers, datelines and bylines at its start.
    pub(super) cuts: Vec<Cut>,
    /// What is left of it.
    pub(super) rest: Range<usize>,
    /// What that is for.
    pub(super) kind: ZoneKind,
    /// The credit or signature at its end.
    pub(super) signature: Option<Cut>,
    /// The date that the rest carries of its own: of a post, a caption or an entry of a list.
    pub(super) date: Option<WrittenDate>,
}

/// Sorts lines into stories.
pub(super) struct Sorter<'a, 't> {
    pub(super) rules: &'a Rules,
    pub(super) tokens: &'a Tokens<'t>,
    answers: &'a Answers<'a, 't>,
    pub(super) lines: Vec<Range<usize>>,
    /// By line, what stands at its start.
    starts: Vec<Option<Cut>>,
    /// The day of printing that stands beside the text.
    column: Option<Date>,
}

/// What is known of the story being read.
#[derive(Default)]
struct Progress {
    story: usize,
    /// Paragraphs so far.
    paragraphs: usize,
    /// Whether a dateline was seen.
    placed: bool,
    /// The month and day that its header gives.
    date: Option<(MonthName, Option<i8>)>,
    /// Where the headings just above begin.
    headings: Option<usize>,
}

/// A line of a list of incidents has at least so many words behind its date.
const ENTRY: usize = 4;
/// A headline has at most so many words; a heading between paragraphs so many.
const HEADLINE: usize = 24;
const HEADING: usize = 8;
/// A headline of so many words, a paragraph that opens with so many, does not stand twice in a file by chance.
const TITLE: usize = 3;
const TELLING: usize = 5;
/// Captions above a story may look like paragraphs: so many of them may stand before its dateline.
const PREAMBLE: usize = 2;

impl<'a, 't> Sorter<'a, 't> {
    pub(super) fn new(
        rules: &'a Rules,
        answers: &'a Answers<'a, 't>,
        lines: Vec<Range<usize>>,
        column: Option<Date>,
    ) -> Sorter<'a, 't> {
        let starts = lines.iter().map(|line| rules.start(answers, line, lines.len())).collect();
        Sorter { rules, tokens: answers.tokens, answers, lines, starts, column }
    }

    pub(super) fn sort(&self) -> Vec<Line> {
        let entries = self.entries();
        let again = LazyCell::new(|| self.again());
        let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
        let mut progress = Progress::default();
        let mut out: Vec<Line> = Vec::new();
        let mut day = None;
        for (i, line) in self.lines.iter().enumerate() {
            let mut read = match entries.iter().find(|(at, _)| *at == i) {
                Some((_, date)) => entry(line.clone(), *date),
                None => self.read(i, &progress),
            };
            match read.kind {
                ZoneKind::Body if read.cuts.is_empty() => read.date = read.date.or(day),
                _ => {}
            }
            day = read.date.filter(|_| read.kind == ZoneKind::Body);
            self.advance(i, read, &again, &mut progress, &mut seen, &mut out);
        }
        self.extend_posts(&mut out);
        self.settle_credits(&mut out);
        out
    }

    /// Lines that begin with a date and go on: a list of incidents, where there are two or more, or one alone that was
    /// printed on a later day.
    fn entries(&self) -> Vec<(usize, WrittenDate)> {
        let found: Vec<(usize, WrittenDate)> = self
            .lines
            .iter()
            .enumerate()
            .filter_map(|(i, line)| {
                let from = line.start + usize::from(self.is_bullet(line.start));
                let date = self.rules.calendar().date_at(self.tokens, from, line.end)?;
                let mark = matches!(self.tokens.fold(date.end), "-" | "|" | ":" | "," | "/" | ";");
                let goes_on = mark || self.tokens.shape(date.end) == Shape::Capitalised;
                let long = has_words(self.tokens, &(date.end..line.end), ENTRY);
                (goes_on && long && date.end < line.end && !self.is_stamped(date.end + 1))
                    .then_some((i, date))
            })
            .collect();
        let one = |(_, date): &(usize, WrittenDate)| {
            self.lines.len() == 1 && self.tokens.fold(date.end) == ":" && self.is_before_printing(*date)
        };
        if found.len() >= 2 || found.first().is_some_and(one) { found } else { Vec::new() }
    }

    fn is_before_printing(&self, date: WrittenDate) -> bool {
        let read = [Some(date), date.swapped()];
        let mut days = read.into_iter().flatten().filter_map(|d| d.date()).peekable();
        days.peek().is_some() && self.column.is_some_and(|column| days.all(|d| d != column))
    }

    /// A time of day follows: a page's stamp, not an entry.
    fn is_stamped(&self, i: usize) -> bool {
        self.tokens.shape(i) == Shape::Number && self.tokens.fold(i + 1) == ":"
    }

    fn is_bullet(&self, i: usize) -> bool {
        self.tokens.shape(i) == Shape::Mark
            && matches!(self.tokens.fold(i), "*" | "-" | "•" | "·" | "▪" | "●")
    }

    /// Lines that stand more than once.
    fn again(&self) -> FxHashSet<u64> {
        let mut seen = FxHashSet::default();
        let told = self.lines.iter().filter(|l| has_words(self.tokens, l, TITLE));
        told.map(|l| self.key(l)).filter(|key| !seen.insert(*key)).collect()
    }

    fn key(&self, line: &Range<usize>) -> u64 {
        use std::hash::{Hash, Hasher};
        let mut hasher = rustc_hash::FxHasher::default();
        for i in line.clone().filter(|i| self.tokens.shape(*i) != Shape::Mark) {
            self.tokens.fold(i).hash(&mut hasher);
        }
        hasher.finish()
    }

    fn read(&self, i: usize, progress: &Progress) -> Line {
        let line = &self.lines[i];
        let mut cuts: Vec<Cut> = Vec::new();
        let mut rest = line.clone();
        while !rest.is_empty() {
            let first = rest.start == line.start;
            let again = || self.rules.start(self.answers, &rest, self.lines.len());
            let Some(cut) = (if first { self.starts[i].clone() } else { again() }) else { break };
            let late =
                cut.opening && (progress.paragraphs > PREAMBLE || progress.placed || self.calls_again(i));
            if late || cut.whole && !cuts.is_empty() && cut.kind == ZoneKind::Caption {
                break;
            }
            if cut.whole {
                let kind = cut.kind;
                let date = cut.found.date;
                let signature = (kind != ZoneKind::Caption).then(|| cut.clone());
                let rest = if kind == ZoneKind::Caption { rest } else { rest.end..rest.end };
                return Line { story: 0, cuts, rest, kind, signature, date };
            }
            rest.start = cut.tokens.end;
            cuts.push(cut);
        }
        let signature = self.rules.end(self.answers, &rest);
        if let Some(cut) = &signature {
            rest.end = cut.tokens.start;
        }
        let date =
            signature.as_ref().and_then(|s| s.found.date).or_else(|| self.full_date(&rest, &signature));
        let kind = match &signature {
            Some(cut) => cut.kind,
            None if self.is_heading(i, &rest, progress) => ZoneKind::Headline,
            None => ZoneKind::Body,
        };
        Line { story: 0, cuts, rest, kind, signature, date: date.filter(|_| kind != ZoneKind::Body) }
    }

    /// A line just above or below opens as this one does: a round-up by place, not a dateline.
    fn calls_again(&self, i: usize) -> bool {
        let opens = |k: usize| self.starts[k].as_ref().is_some_and(|cut| cut.opening);
        let sentence = |k: &usize| is_closed(self.tokens, &self.lines[*k]);
        let below = (i + 1..self.lines.len()).take(2).take_while(sentence);
        let above = (0..i).rev().take(2).take_while(sentence);
        below.chain(above).any(opens)
    }

    /// A date with its year somewhere in a caption.
    fn full_date(&self, rest: &Range<usize>, signature: &Option<Cut>) -> Option<WrittenDate> {
        signature.as_ref().filter(|s| s.kind == ZoneKind::Caption)?;
        let dates = rest.clone().filter_map(|i| self.rules.calendar().date_at(self.tokens, i, rest.end));
        dates.into_iter().find(|d| d.year.is_some())
    }

    fn is_heading(&self, i: usize, rest: &Range<usize>, progress: &Progress) -> bool {
        let last = i + 1 == self.lines.len();
        let long = |words| has_words(self.tokens, rest, words);
        if rest.is_empty() || last || long(HEADLINE + 1) || !long(1) || self.is_bullet(rest.start) {
            return false;
        }
        let closed = is_closed(self.tokens, rest);
        let short = !long(HEADING + 1) && !self.is_list(i);
        let lone = short && (self.gap_around(i) || self.is_above_dateline(i));
        is_shouted(self.tokens, rest) || !closed && (progress.paragraphs == 0 || lone)
    }

    fn gap_around(&self, i: usize) -> bool {
        let next = self.lines.get(i + 1).map_or(Gap::Paragraph, |l| self.tokens.gap(l.start));
        self.tokens.gap(self.lines[i].start) == Gap::Paragraph && next >= Gap::Line
    }

    fn is_above_dateline(&self, i: usize) -> bool {
        let next = self.starts.get(i + 1).and_then(Option::as_ref);
        next.is_some_and(|cut| cut.kind == ZoneKind::Dateline)
    }

    /// Several short lines in a row are a list.
    fn is_list(&self, i: usize) -> bool {
        let short = |k: usize| self.lines.get(k).is_some_and(|l| !has_words(self.tokens, l, HEADING + 1));
        short(i + 1) && (short(i + 2) || i > 0 && short(i - 1))
    }

    /// Adds a line to the story it belongs to.
    fn advance(
        &self,
        i: usize,
        mut line: Line,
        again: &impl Deref<Target = FxHashSet<u64>>,
        progress: &mut Progress,
        seen: &mut FxHashMap<u64, usize>,
        out: &mut Vec<Line>,
    ) {
        let heads_again = line.kind == ZoneKind::Headline
            && progress.paragraphs > 0
            && again.contains(&self.key(&line.rest));
        let heads_anew = self.is_headed_anew(&line, progress) && self.goes_on(i, &line);
        if heads_again || heads_anew {
            let from = progress.headings.filter(|_| heads_anew).unwrap_or(out.len());
            *progress = Progress { story: progress.story + 1, ..Progress::default() };
            for moved in &mut out[from..] {
                moved.story = progress.story;
            }
        }
        progress.placed |= line.cuts.iter().any(|c| c.kind == ZoneKind::Dateline);
        progress.date = progress.date.or(line.cuts.iter().find_map(|c| c.found.date).map(month_and_day));
        line.story = progress.story;
        match line.kind {
            ZoneKind::Headline => progress.headings = progress.headings.or(Some(out.len())),
            ZoneKind::Body if !line.rest.is_empty() => {
                progress.paragraphs += 1;
                progress.headings = None;
            }
            _ => {}
        }
        let body = line.kind == ZoneKind::Body && has_words(self.tokens, &line.rest, TELLING);
        if body && self.is_repeat(&line.rest, out.len(), seen, out) {
            line.kind = ZoneKind::Furniture;
        }
        out.push(line);
    }

    /// Whether a line bears the dateline or the date of another story.
    fn is_headed_anew(&self, line: &Line, progress: &Progress) -> bool {
        let late = progress.paragraphs > PREAMBLE;
        line.cuts.iter().any(|cut| match (cut.kind, cut.found.date) {
            (ZoneKind::Dateline, _) => {
                progress.paragraphs > 0 && progress.placed || late && progress.headings.is_some()
            }
            (ZoneKind::Header, Some(date)) => late && progress.date != Some(month_and_day(date)),
            _ => false,
        })
    }

    /// Whether a story follows a date: one at the very end dates the story above it.
    fn goes_on(&self, i: usize, line: &Line) -> bool {
        let long = |l: &Range<usize>| has_words(self.tokens, l, TELLING);
        long(&line.rest) || self.lines.get(i + 1..).unwrap_or_default().iter().any(long)
    }

    /// The line stood in the file before, whole or cut off.
    fn is_repeat(
        &self,
        rest: &Range<usize>,
        at: usize,
        seen: &mut FxHashMap<u64, usize>,
        out: &[Line],
    ) -> bool {
        let opening = rest.start..rest.end.min(rest.start + TELLING);
        let first = *seen.entry(self.key(&opening)).or_insert(at);
        let Some(earlier) = out.get(first).map(|l| l.rest.clone()) else { return false };
        let same = rest.clone().zip(earlier.clone()).all(|(a, b)| self.tokens.fold(a) == self.tokens.fold(b));
        same && rest.len() <= earlier.len()
    }

    /// A post may have paragraphs above the one that is signed.
    fn extend_posts(&self, lines: &mut [Line]) {
        for i in 1..lines.len() {
            if lines[i].kind != ZoneKind::Post {
                continue;
            }
            let date = lines[i].date;
            for k in (0..i).rev().take(3) {
                if lines[k].kind != ZoneKind::Body || !self.has_tag(&lines[k].rest) {
                    break;
                }
                (lines[k].kind, lines[k].date) = (ZoneKind::Post, date);
            }
        }
    }

    fn has_tag(&self, line: &Range<usize>) -> bool {
        line.clone().any(|i| {
            matches!(self.tokens.fold(i), "#" | "@")
                && i + 1 < line.end
                && self.tokens.gap(i + 1) == Gap::None
        })
    }

    /// An agency in brackets at the end of a story is its credit, not a picture's.
    fn settle_credits(&self, lines: &mut [Line]) {
        for story in lines.chunk_by_mut(|a, b| a.story == b.story) {
            let alone = !story.iter().any(|l| l.kind == ZoneKind::Body);
            let last = story.iter_mut().rev().find(|l| {
                !l.rest.is_empty() && l.kind != ZoneKind::Furniture && l.kind != ZoneKind::Headline
            });
            if let Some(line) = last.filter(|l| l.kind == ZoneKind::Caption && l.date.is_none() && !alone) {
                line.kind = ZoneKind::Body;
            }
        }
    }
}

fn month_and_day(date: WrittenDate) -> (MonthName, Option<i8>) {
    (date.month, date.day)
}

fn entry(line: Range<usize>, date: WrittenDate) -> Line {
    Line { story: 0, cuts: Vec::new(), rest: line, kind: ZoneKind::Body, signature: None, date: Some(date) }
}

//! The page of a unit: its status, how it came about, on what evidence, and what would change it.

use std::fmt;

use anstyle::{AnsiColor, Style};
use jiff::civil::Date;

use super::words;
use crate::control::{Account, Counts, Decision, Piece, Telling, UnitStatus};
use crate::output::lines::Lines;

/// Where notes and what continues them begin.
const NOTE: usize = 2;
const FACT: usize = 14;
const MORE: usize = 6;
const AGAIN: usize = 10;

const BOLD: Style = Style::new().bold();
const GREEN: Style = AnsiColor::Green.on_default();

/// Why a unit has the status it has on a day, set for a terminal. Colours are ANSI escape codes, for a writer that takes
/// them out where they are not wanted.
#[derive(Debug)]
pub struct AccountPage<'a> {
    account: &'a Account,
    width: usize,
}

impl<'a> AccountPage<'a> {
    /// The page of an account. `width` is in columns; less than 60 is taken for 60.
    #[must_use]
    pub fn new(account: &'a Account, width: usize) -> AccountPage<'a> {
        AccountPage { account, width: width.max(60) }
    }

    fn head(&self, lines: &mut Lines) {
        let account = self.account;
        lines.begin(0);
        lines.label(BOLD, "==");
        let within = account.province.as_ref().filter(|p| **p != account.name);
        let within = within.map(|p| format!(" in {p}")).unwrap_or_default();
        let (name, level) = (&account.name, words::level(account.level));
        lines.words(&format!("{name}, {level}{within} ({}), on {}", account.unit, account.date));
        let Some(status) = &account.status else {
            return fact(lines, "status", "nothing is known of who holds it");
        };
        fact(lines, "status", &self.status(status));
        if let Some(capital) = &account.follows {
            fact(
                lines,
                "follows",
                &format!("its capital ({capital}), of which all that stands below is told"),
            );
        }
        if let Some(rule) = account.rule() {
            fact(lines, "rule", &format!("{rule}: {}", words::rule(rule)));
        } else if status.shares.is_some() {
            fact(lines, "rule", words::PROVINCE);
        }
        fact(
            lines,
            "rests on",
            &format!(
                "{}{}; {}",
                words::basis(status.basis),
                words::origin(status.origin.as_ref()),
                words::counted(status.n_independent, "independent source")
            ),
        );
        fact(lines, "confidence", &self.confidence(status));
        let pressure = status.pressure.map_or("none", words::pressure);
        fact(lines, "pressure", pressure);
    }

    fn status(&self, status: &UnitStatus) -> String {
        let mut text = words::status(status.status).to_owned();
        if let Some(before) = status.before {
            text.push_str(&format!(", over {} as the holder before", words::side(before)));
        }
        if let Some(since) = status.since {
            text.push_str(&format!(", since {since}"));
        }
        let known = status.known_since.filter(|k| status.since.is_some_and(|s| s != *k));
        if let Some(known) = known {
            text.push_str(&format!(", known since {known}"));
        }
        if status.conflict {
            text.push_str("; sources contradict each other");
        }
        if status.stale {
            text.push_str("; stale");
        }
        text
    }

    fn confidence(&self, status: &UnitStatus) -> String {
        let mut text = format!("{:.2}", status.confidence);
        if let Some(stale) = self.account.stale_from {
            let word = if status.stale { "stale since" } else { "stale without news from" };
            text.push_str(&format!("; {word} {stale}"));
        }
        if let Some((day, then)) = self.account.returns {
            text.push_str(&format!("; without news it lapses on {day} and is {} again", words::status(then)));
        }
        text
    }

    fn members(&self, lines: &mut Lines) {
        let account = self.account;
        let Some(shares) = account.status.as_ref().and_then(|s| s.shares) else { return };
        section(lines, "Its capital and districts");
        lines.begin(NOTE);
        lines.words(&format!(
            "{} held by the Taliban, {} by the government, {} contested, {} claimed, {} without a report",
            shares.taliban, shares.government, shares.contested, shares.claimed, shares.unknown
        ));
        for member in &account.members {
            lines.begin(NOTE);
            lines.words(&format!("{} ({}), {}:", member.name, member.unit, words::level(member.level)));
            lines.words(&self.status(member));
        }
    }

    fn decisions(&self, lines: &mut Lines) {
        if self.account.decisions.is_empty() {
            return;
        }
        section(lines, "How it came about");
        for decision in &self.account.decisions {
            lines.begin(NOTE);
            lines.words(&decision.date.to_string());
            lines.tab(FACT);
            lines.words(&self.decision(decision));
        }
    }

    fn decision(&self, decision: &Decision) -> String {
        let mut text = format!("rule {}: ", decision.rule);
        if decision.told.is_some() {
            text.push_str(&words::means(decision.told));
            let numbers: Vec<String> = decision.events.iter().filter_map(|id| self.number(id)).collect();
            if !numbers.is_empty() {
                text.push_str(&format!(" [{}]", numbers.join(", ")));
            }
            if let Some(sum) = &decision.sum {
                text.push_str(&format!("; {}", words::sum(sum)));
            }
            text.push_str(" -> ");
        }
        text.push_str(&words::made(decision));
        text
    }

    /// The number of a piece of evidence on the page.
    fn number(&self, id: &crate::event::EventId) -> Option<String> {
        self.account.evidence.iter().position(|p| p.event.id == *id).map(|i| (i + 1).to_string())
    }

    fn evidence(&self, lines: &mut Lines) {
        let numbered = || self.account.evidence.iter().enumerate();
        let (now, later): (Vec<_>, Vec<_>) =
            numbered().partition(|(_, p)| p.counts_on.is_some() || p.event.when.is_none());
        let (telling_of_control, others): (Vec<_>, Vec<_>) =
            now.into_iter().partition(|(_, p)| p.tellings.iter().any(|t| t.means.is_some()));
        if !telling_of_control.is_empty() {
            section(lines, "Evidence");
        }
        for (i, piece) in telling_of_control {
            lines.begin(NOTE);
            lines.label(BOLD, &format!("[{}]", i + 1));
            lines.words(&self.piece(piece));
            for (told, again) in by_source(&piece.tellings) {
                telling(lines, piece, told, self.account.date, again);
            }
        }
        for (title, pieces) in
            [("Told of it, but not who holds it", others), ("Done or known only after that day", later)]
        {
            if !pieces.is_empty() {
                section(lines, title);
            }
            for (i, piece) in pieces {
                lines.begin(NOTE);
                lines.words(&format!("[{}] {}", i + 1, self.piece(piece)));
            }
        }
    }

    fn piece(&self, piece: &Piece) -> String {
        let event = &piece.event;
        let mut text =
            format!("{}, {} ({})", event.kind.as_str().replace('_', " "), event.place.name, event.id.0);
        if let Some(when) = event.when {
            text.push_str(&format!(", {}", when.in_words()));
        }
        text.extend(words::bearing(piece.bearing).map(|b| format!("; {b}")));
        match piece.counts_on {
            Some(day) => {
                let age = words::counted((self.account.date - day).get_days(), "day");
                text.push_str(&format!("; counts on {day}, {age} old"));
            }
            None if event.when.is_none() => text.push_str("; it has no date and counts on no day"),
            None => {
                let printed = piece.tellings.iter().filter_map(|t| t.event.published).min();
                text.extend(printed.map(|d| format!("; printed {d}")));
            }
        }
        for id in &event.corrections {
            text.push_str(&format!("; as correction {} has it", id.0));
        }
        if piece.behind {
            text.push_str("; behind the status");
        }
        text
    }

    fn corrections(&self, lines: &mut Lines) {
        let account = self.account;
        if !account.corrections.is_empty() {
            section(lines, "What an editor corrects");
        }
        for correction in &account.corrections {
            lines.begin(NOTE);
            lines.words(&words::correction(correction));
            for event in account.suppressed.iter().filter(|e| e.corrections.contains(&correction.id)) {
                lines.begin(MORE);
                lines.words(event.source.as_deref().unwrap_or(&event.doc_id));
                lines.begin(MORE);
                lines.label(GREEN, ">");
                lines.tab(MORE + 3);
                lines.words(&event.quote);
            }
        }
    }

    fn against(&self, lines: &mut Lines) {
        section(lines, "What speaks against it");
        let against = self.account.against();
        if against.is_empty() {
            lines.begin(NOTE);
            lines.words("nothing in these reports");
        }
        let mut said: Vec<(String, Vec<&str>)> = Vec::new();
        for (piece, told) in against {
            let number = self.number(&piece.event.id).unwrap_or_default();
            let denied = if told.counts == Some(Counts::Denies) { "it is denied that " } else { "" };
            let line = format!("[{number}] {denied}{}", words::means(told.means));
            let outlet = outlet(told);
            match said.iter_mut().find(|(l, _)| *l == line) {
                Some((_, outlets)) if outlets.contains(&outlet) => {}
                Some((_, outlets)) => outlets.push(outlet),
                None => said.push((line, vec![outlet])),
            }
        }
        for (line, outlets) in said {
            lines.begin(NOTE);
            lines.words(&format!("{line} ({})", outlets.join(", ")));
        }
    }

    fn outlook(&self, lines: &mut Lines) {
        let account = self.account;
        section(lines, "What would change it (by way of outlets not heard so far)");
        for outlook in &account.outlook {
            lines.begin(NOTE);
            lines.words(&words::outlook(outlook));
        }
        if let Some((day, then)) = account.returns {
            lines.begin(NOTE);
            lines.words(&format!("silence until {day} would leave it {}", words::status(then)));
        }
        if account.status.as_ref().is_some_and(|s| s.shares.is_some()) {
            lines.begin(NOTE);
            lines.words("a change of its capital, or of enough of its districts");
        } else if account.outlook.is_empty() && account.returns.is_none() {
            lines.begin(NOTE);
            lines.words("nothing that one to three reports could say");
        }
    }
}

impl fmt::Display for AccountPage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = Lines::new(self.width);
        self.head(&mut lines);
        self.members(&mut lines);
        self.decisions(&mut lines);
        self.evidence(&mut lines);
        self.corrections(&mut lines);
        self.against(&mut lines);
        self.outlook(&mut lines);
        lines.end();
        f.write_str(&lines.into_string())
    }
}

pub(super) fn section(lines: &mut Lines, title: &str) {
    lines.gap();
    lines.begin(0);
    lines.label(BOLD, title);
}

pub(super) fn fact(lines: &mut Lines, what: &str, says: &str) {
    lines.begin(NOTE);
    lines.words(what);
    lines.tab(FACT);
    lines.words(says);
}

/// The outlet that printed it, else the report.
pub(super) fn outlet(told: &Telling) -> &str {
    told.event.source.as_deref().unwrap_or(&told.event.doc_id)
}

/// The tellings with those of one source together, the one that counts first; whether its source came before.
fn by_source(tellings: &[Telling]) -> Vec<(&Telling, bool)> {
    let mut sources: Vec<(&str, Vec<&Telling>)> = Vec::new();
    for told in tellings {
        let lineage = told.event.lineage.as_str();
        match sources.iter_mut().find(|(l, _)| *l == lineage) {
            Some((_, all)) if told.counts == Some(Counts::Counted) => all.insert(0, told),
            Some((_, all)) => all.push(told),
            None => sources.push((lineage, vec![told])),
        }
    }
    let again = |(i, told)| (told, i > 0);
    sources.into_iter().flat_map(|(_, all)| all.into_iter().enumerate().map(again)).collect()
}

/// Who printed what, on whose word, and what that is worth.
fn telling(lines: &mut Lines, piece: &Piece, told: &Telling, date: Date, again: bool) {
    lines.begin(if again { AGAIN } else { MORE });
    let event = &told.event;
    let printed = event.published.map_or("on an unknown day".to_owned(), |d| {
        let age = (date - d).get_days();
        if age >= 0 { format!("{d}, {} old", words::counted(age, "day")) } else { format!("{d}, later") }
    });
    let report = event.source.as_ref().map(|_| format!(" ({})", event.doc_id)).unwrap_or_default();
    lines.words(&format!("{}{report}, printed {printed}", outlet(told)));
    let indent = if again { AGAIN } else { MORE };
    lines.begin(indent);
    lines.label(GREEN, ">");
    lines.tab(indent + 3);
    lines.words(&event.quote);
    lines.begin(indent);
    lines.words(&format!("{}; {}; ", words::speaker(told), words::means(told.means)));
    let counted = piece.counts_on.is_some();
    lines.words(&if counted { words::points(told) } else { "not weighed".to_owned() });
}

//! Time expressions against fixed days of printing: what each means, and look-alikes that mean nothing.

#![allow(clippy::unwrap_used, reason = "a test stops where something is amiss")]
#![allow(clippy::print_stdout, reason = "a test says where it was skipped")]

use std::path::Path;

use jiff::civil::Date;
use naqsha::data::DataFiles;
use naqsha::date::{Calendar, DateMention, DatePrecision, EventDate, Meaning};
use naqsha::event::{Event, Reader};
use naqsha::report::{Report, Zoner};
use naqsha::text::Tokens;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpus {
    group: Vec<Group>,
}

/// Phrases read on one day (none: the day is unknown), each with what it means; "" is nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    on: Option<Date>,
    phrases: Vec<[String; 2]>,
}

fn days(e: &EventDate) -> String {
    let range = if e.from == e.to { e.from.to_string() } else { format!("{}..{}", e.from, e.to) };
    let precision = match e.precision {
        DatePrecision::Day => "",
        DatePrecision::Days => " days",
        DatePrecision::Week => " week",
        DatePrecision::Month => " month",
        DatePrecision::Longer => " longer",
        DatePrecision::Assumed => " assumed",
    };
    range + precision
}

fn word(part: impl serde::Serialize) -> String {
    serde_json::to_value(part).unwrap().as_str().unwrap().to_owned()
}

fn spell(mention: &DateMention) -> String {
    let mut out = match &mention.meaning {
        Meaning::On(e) => days(e),
        Meaning::Future(e) => format!("future {}", days(e)),
        Meaning::History => "history".to_owned(),
        Meaning::SameDay => "same day".to_owned(),
        Meaning::Offset(n) => format!("offset {n}"),
        Meaning::Unresolved => "unresolved".to_owned(),
        Meaning::TimeOfDay(part) => return format!("part {}", word(part)),
    };
    if let Some(part) = mention.part {
        out += &format!(" @{}", word(part));
    }
    if mention.ambiguous {
        out += " ambiguous";
    }
    out
}

fn calendar() -> Calendar {
    Calendar::from_data(&DataFiles::bundled()).unwrap()
}

fn read(calendar: &Calendar, text: &str, on: Option<Date>) -> String {
    let tokens = Tokens::of(text);
    let found = calendar.find(&tokens, 0..tokens.len(), on);
    let spelled: Vec<String> = found.iter().map(spell).collect();
    spelled.join("; ")
}

#[track_caller]
fn check(corpus: &str, at_least: usize) {
    let corpus: Corpus = toml::from_str(corpus).unwrap();
    let calendar = calendar();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for group in &corpus.group {
        for [text, wanted] in &group.phrases {
            count += 1;
            let got = read(&calendar, text, group.on);
            if got != *wanted {
                wrong.push(format!("{:?} {text:?}\n   wanted {wanted}\n   got    {got}", group.on));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= at_least, "the corpus has shrunk to {count}");
}

#[test]
fn expressions_mean_what_they_should() {
    check(include_str!("corpus/dates.toml"), 450);
}

#[test]
fn look_alikes_mean_nothing() {
    check(include_str!("corpus/dates_negative.toml"), 180);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stories {
    report: Vec<Story>,
}

/// A report, printed on a day where its text does not say, and the days of its acts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    name: String,
    text: String,
    on: Option<Date>,
    days: Vec<String>,
}

fn act(event: &Event) -> String {
    let when = event.when.as_ref().map_or("undated".to_owned(), days);
    format!("{} {}: {when}", word(event.kind), event.place.name)
}

#[test]
fn acts_bear_the_days_that_their_reports_tell() {
    let stories: Stories = toml::from_str(include_str!("corpus/event_dates.toml")).unwrap();
    let reader = Reader::from_data(&DataFiles::bundled()).unwrap();
    let mut wrong = Vec::new();
    for story in &stories.report {
        let report = Report { text: story.text.clone(), published: story.on, ..Report::default() };
        let mut got: Vec<String> = reader.events(&report).0.iter().map(act).collect();
        got.dedup();
        if got != story.days {
            wrong.push(format!("{}\n   wanted {:?}\n   got    {got:?}", story.name, story.days));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), stories.report.len(), wrong.join("\n"));
}

/// The day, days, month or year that a gold file names.
fn named(range: &str) -> [Date; 2] {
    let (from, to) = range.split_once('/').unwrap_or((range, range));
    let first: Date = format!("{from}-01-01")[..10].parse().unwrap();
    let last = match to.len() {
        4 => first.last_of_year(),
        7 => first.last_of_month(),
        _ => to.parse().unwrap(),
    };
    [first, last]
}

/// Each means what it should, alone or for the act that it dates: "overnight" may hang on what was told before.
#[test]
fn time_expressions_of_the_first_real_reports() {
    let Some(folder) = std::env::var_os("NAQSHA_EVAL") else {
        println!("skipped: NAQSHA_EVAL is unset");
        return;
    };
    let folder = Path::new(&folder);
    let gold = std::fs::read_to_string(folder.join("gold/seed_dates.json")).unwrap();
    let gold: Vec<[String; 3]> = serde_json::from_str(&gold).unwrap();
    let files = || std::fs::read_dir(folder.join("seeds")).unwrap().map(|e| e.unwrap());
    let data = DataFiles::bundled();
    let (calendar, zoner) = (calendar(), Zoner::from_data(&data).unwrap());
    let reader = Reader::from_data(&data).unwrap();
    let mut wrong = Vec::new();
    for [report, phrase, days] in &gold {
        let file = files().find(|f| f.file_name().to_string_lossy().starts_with(&**report)).unwrap();
        let report = Report { text: std::fs::read_to_string(file.path()).unwrap(), ..Report::default() };
        let tokens = Tokens::of(&report.text);
        let (words, nth) =
            phrase.split_once('#').map_or((&**phrase, 0), |(w, n)| (w, n.parse::<usize>().unwrap() - 1));
        let (at, _) = report.text.match_indices(words).nth(nth).unwrap();
        let zoned = zoner.zones(&report, &tokens);
        let zone = zoned.zones.iter().find(|z| (z.span.start()..z.span.end()).contains(&at)).unwrap();
        let range = tokens.at_byte(zone.span.start())..tokens.at_byte(zone.span.end());
        let found = calendar.find(&tokens, range, zone.anchor);
        let meaning =
            found.iter().find(|m| m.span.start() < at + words.len() && at < m.span.end()).map(|m| m.meaning);
        let wanted = named(days);
        let since = report.text[..at].trim_end().to_lowercase().ends_with("since");
        let right = match meaning {
            Some(Meaning::On(e)) if since => e.from == wanted[0],
            Some(Meaning::On(e)) => [e.from, e.to] == wanted,
            Some(Meaning::History) => zone.anchor.is_some_and(|d| wanted[1].year() < d.year()),
            _ => false,
        };
        let told =
            reader.read(&report).events.into_iter().filter(|e| (e.quote_start..e.quote_end).contains(&at));
        let dates_an_act = told.filter_map(|e| e.when).any(|e| [e.from, e.to] == wanted);
        if !right && !dates_an_act {
            wrong.push(format!("{phrase:?}: wanted {days}, got {meaning:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), gold.len(), wrong.join("\n"));
    assert_eq!(gold.len(), 38);
}

#[test]
fn a_clause_about_the_future_reads_ahead() {
    let calendar = calendar();
    let on: Date = "2021-07-07".parse().unwrap();
    for (text, later) in [
        ("Talks will resume on Friday", "2021-07-09"),
        ("Talks will resume on Wednesday", "2021-07-14"),
        ("The mission will end on August 31", "2021-08-31"),
        ("The mission will end in August", "2021-08-01..2021-08-31 month"),
    ] {
        let tokens = Tokens::of(text);
        let found = calendar.find(&tokens, 0..tokens.len(), Some(on));
        assert_eq!(found[0].later.as_ref().map(days).as_deref(), Some(later), "{text}");
    }
}

#[test]
fn mentions_leave_out_the_preposition() {
    let tokens = Tokens::of("It fell on Tuesday noon, in June or by the night of 12 July.");
    let found = calendar().find(&tokens, 0..tokens.len(), Some("2021-07-15".parse().unwrap()));
    let spans: Vec<&str> = found.iter().map(|m| m.span.of(tokens.text())).collect();
    assert_eq!(spans, ["Tuesday noon", "June", "the night of 12 July"]);
}

proptest::proptest! {
    #[test]
    fn any_text_can_be_read(text in "([a-z]{1,6}|[0-9]{1,4}|[ ,./:-]|July|Sat|May|night of|between|and|\\PC){0,40}") {
        thread_local!(static CALENDAR: Calendar = calendar());
        let tokens = Tokens::of(&text);
        let on = "2021-07-07".parse().ok();
        let found = CALENDAR.with(|c| c.find(&tokens, 0..tokens.len(), on));
        for pair in found.windows(2) {
            proptest::prop_assert!(pair[0].tokens.end <= pair[1].tokens.start);
        }
        for mention in found {
            proptest::prop_assert!(!mention.span.of(&text).is_empty());
            if let Meaning::On(e) | Meaning::Future(e) = mention.meaning {
                proptest::prop_assert!(e.from <= e.to);
            }
        }
    }
}

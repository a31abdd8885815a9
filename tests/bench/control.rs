//! Measures clustering and the fold of 100,000 events: `cargo bench --bench control`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    dead_code,
    reason = "a measurement stops where something is amiss, and prints; it uses a part of what the tests share"
)]

#[path = "../control/telling.rs"]
mod telling;

use std::time::Instant;

use jiff::ToSpan;
use naqsha::control::Clock;
use naqsha::event::{Effect, Event, EventKind, Side, Voice, clusters};
use naqsha::gazetteer::PlaceKind;
use telling::{BENCH, Tell};

const EVENTS: usize = 100_000;

/// What is told of a place.
const ACTS: [(EventKind, Option<Effect>); 6] = [
    (EventKind::Clash, Some(Effect::Contested)),
    (EventKind::Captured, Some(Effect::Taliban)),
    (EventKind::Recaptured, Some(Effect::Government)),
    (EventKind::Siege, None),
    (EventKind::Clash, None),
    (EventKind::Holds, Some(Effect::Taliban)),
];

const OUTLETS: [&str; 6] = ["AFP", "Reuters", "A Blog", "Pajhwok", "UrduPoint", "Voice of Jihad"];

/// Numbers that look as if drawn: the multiplier and step are those of MMIX.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(n).unwrap()).unwrap()
    }
}

/// How the events lie in place and time.
struct Load {
    name: &'static str,
    days: usize,
    /// In so many of a hundred cases the place is one of `hot` places.
    share: usize,
    hot: usize,
}

fn events(load: &Load, places: &[String]) -> Vec<Event> {
    let mut draw = Draw(7);
    let tells: Vec<Tell> = (0..EVENTS)
        .map(|n| {
            let (kind, effect) = ACTS[draw.below(ACTS.len())];
            let day = i64::try_from(draw.below(load.days)).unwrap();
            let on = jiff::civil::date(2021, 5, 1).saturating_add(day.days());
            let near = if draw.below(100) < load.share { load.hot } else { places.len() };
            let party = draw.below(4) == 0;
            Tell {
                on,
                doc: Some(format!("doc {}", n / 5)),
                outlet: Some(OUTLETS[draw.below(OUTLETS.len())].to_owned()),
                kind,
                at: places[draw.below(near) * 7 % places.len()].clone(),
                scope: None,
                when: (draw.below(3) == 0).then(|| on.saturating_sub(1.day()).to_string()),
                effect,
                by: None,
                voice: party.then_some(Voice::Party),
                claimant: party.then(|| "Taliban spokesman".to_owned()),
                side: party.then_some(Side::Taliban),
                denied: false,
                reversed: false,
                order: 0,
                quote: Some(format!(
                    "Fighters came at dawn from {} sides, drove {} cars into the centre and told all {} families \
                     to stay in their homes, a man of {} said: \"We heard {} shots in a night.\"",
                    draw.below(97),
                    draw.below(89),
                    draw.below(83),
                    draw.below(79),
                    draw.below(73),
                )),
            }
        })
        .collect();
    BENCH.events(&tells)
}

/// The most memory that the process held since `forget_peak`, in MB; None where the system does not say.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb / 1024)
}

fn forget_peak() {
    // Where the system has no such file, the peak is that of all loads so far.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

fn main() {
    let places: Vec<String> = BENCH
        .gazetteer
        .places()
        .filter(|p| {
            p.kind == PlaceKind::District
                || BENCH.gazetteer.by_id(p.id.as_str()).is_some_and(|r| BENCH.gazetteer.is_capital(r))
        })
        .map(|p| p.id.as_str().to_owned())
        .collect();
    let loads = [
        Load { name: "120 days, all places alike", days: 120, share: 0, hot: 1 },
        Load { name: "120 days, half of it about ten places", days: 120, share: 50, hot: 10 },
        Load { name: "four years, half of it about ten places", days: 1_460, share: 50, hot: 10 },
        Load { name: "120 days, one place", days: 120, share: 100, hot: 1 },
    ];
    for load in loads {
        forget_peak();
        let events = events(&load, &places);
        let started = Instant::now();
        let found = clusters(events, &BENCH.outlets);
        println!("{}: {EVENTS} events, {} clusters in {:.2?}", load.name, found.len(), started.elapsed());
        let from = jiff::civil::date(2021, 5, 1);
        let to = from.saturating_add(119.days());
        for clock in [Clock::AsHappened, Clock::AsKnown] {
            let control = BENCH.control(clock);
            let started = Instant::now();
            let timeline = control.timeline(&BENCH.gazetteer, &found, from, to);
            println!("  {clock:?}: {} days in {:.2?}", timeline.days().len(), started.elapsed());
        }
        println!("  at most {} MB", peak().map_or("?".to_owned(), |mb| mb.to_string()));
    }
}

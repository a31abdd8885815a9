//! naqsha reads news reports about the war in Afghanistan and draws who holds what, day by day.
//!
//! It is a compiler for news: reports go in, pass through stages as values, and come out as files. Each stage is a plain
//! function from values to values; only the two ends touch the disk. What is known of places, verbs, parties, weights
//! and colours is data, in `data/`; how to reason is code. Every fact keeps the span of text that it came from. The
//! same input gives the same bytes: no clock, no environment, no hash order, no thread order, no fonts of the system.
//!
//! # From a report to a map
//!
//! ```
//! use naqsha::control::{ControlStatus, Level};
//! use naqsha::error::Error;
//! use naqsha::event::Effect;
//! use naqsha::map::Frame;
//! use naqsha::mapper::Mapper;
//! use naqsha::report::Report;
//!
//! let mapper = Mapper::bundled()?;
//! let report = Report {
//!     id: "example".into(),
//!     text: "date 2021-08-06\n\nThe Taliban captured Zaranj, the capital of Nimroz province, on Friday, \
//!            the deputy governor said.".into(),
//!     ..Report::default()
//! };
//!
//! // Reading: zones, sentences, places, dates, acts. Each event leads back to its sentence.
//! let (events, notices) = mapper.events(&[report]);
//! assert!(notices.is_empty());
//! let fall = &events[0];
//! assert_eq!((fall.place.name.as_str(), fall.effect), ("Zaranj", Some(Effect::Taliban)));
//! assert_eq!(fall.when.unwrap().from, jiff::civil::date(2021, 8, 6));
//! assert!(fall.quote.starts_with("The Taliban captured Zaranj"));
//!
//! // Folding: what the events of all reports, merged, make of each day.
//! let timeline = mapper.timeline(events, None, None);
//! let day = &timeline.days()[0];
//! let zaranj = day.statuses.iter().find(|s| s.level == Level::Capital).unwrap();
//! // One official is not enough for a provincial capital: it is drawn as claimed, not as held.
//! assert_eq!(zaranj.status, ControlStatus::ClaimedTaliban);
//!
//! // Writing: layers, tables, and a map to look at.
//! let layer = naqsha::output::events(&day.events).unwrap();
//! assert!(layer.starts_with(b"{\"type\":\"FeatureCollection\""));
//! let drawing = mapper.draw(day, Frame::Article);
//! # let _ = drawing;
//! # Ok::<(), Error>(())
//! ```
//!
//! Folders of reports are read with [`report::read_reports`], or one report at a time with [`report::Inputs`].
//!
//! The [`guide`] tells how to use the program: formats, QGIS, corrections, unattended runs, how control is decided.
//!
//! # Floors
//!
//! A module uses only the floors below it, or its own folder; those of one floor do not know each other. A test holds
//! this, and that the floors from places to maps touch no file, clock or terminal.
//!
//! | floor | module | what it does | what it deliberately does not know |
//! | --- | --- | --- | --- |
//! | 7 | `cli` (the program) | arguments, terminal, progress, exit codes | what a report says |
//! | 7 | [`guide`] | the guide, in words | code |
//! | 6 | [`mapper`] | the pipeline, and its threads | files and formats |
//! | 6 | [`boundaries`] | district boundaries that a user imports: checked, matched, made to nest | folders, events |
//! | 6 | [`coded`] | rows that somebody coded (ACLED, UCDP, GTD, its own) become events | reports, what follows from an event |
//! | 6 | [`score`] | what a reading finds, against what people marked | how anything was found, files |
//! | 6 | [`output`] | records, tables, layers, the manifest, files never half written | how anything was found |
//! | 5 | [`map`] | projection, layers, labels, page: a day as SVG and PNG | texts, weights; it decides nothing |
//! | 4 | [`control`] | evidence weighed and folded: who holds what on each day | sentences and colours |
//! | 3 | [`event`] | acts, parties, claims and tolls of sentences; one event from many reports | who holds a place |
//! | 2 | [`toponym`] | place names of a text, told from persons and outlets, and resolved | dates and acts |
//! | 2 | [`date`] | time expressions, counted from the day of printing | places and acts |
//! | 1 | [`report`] | inputs become reports; a report is cut into zones | places and acts |
//! | 1 | [`gazetteer`] | places, names, what contains what | reports and grammar |
//! | 1 | [`lexicon`] | words, phrases and patterns of the rules | places and acts |
//! | 0 | [`text`] | spans, folding, tokens, sentences, numbers | any meaning |
//! | 0 | [`data`], [`error`] | bundled tables; errors and notices | what a table says |
//!
//! # Where to look
//!
//! * What became of each word of a report: `naqsha read FILE`, or [`event::Reader::inspect`].
//! * A sentence is misread: its rule in `data/lexicon/en/events.toml`, each with examples and counter-examples that one
//!   test runs; then `event`. A verb, party or outlet is a row of data, never a line of code.
//! * A place is missed or mistaken: `data/gazetteer`, then `toponym`.
//! * A status is wrong: `data/control/weights.toml`, then `control`.
//! * A map looks wrong: `data/style`, then `map`.
//!
//! # Errors and notices
//!
//! An [`error::Error`] ends a run and names the path or line and the remedy. What was left out or put right (a broken
//! row, a report without a date) is an [`error::Notice`], returned beside the result. Nothing is guessed in silence: an
//! unknown date is not today, an unknown place is not the capital.

pub mod boundaries;
pub mod coded;
pub mod control;
pub mod data;
pub mod date;
pub mod error;
pub mod event;
pub mod gazetteer;
pub mod guide;
pub mod lexicon;
pub mod map;
pub mod mapper;
pub mod output;
pub mod report;
pub mod score;
pub mod text;
pub mod toponym;

/// The example of README.md, held by the tests of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

//! Words to people: notices, their count, errors; all on standard error.

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::io::Write as _;

use clap::ValueEnum;
use console::Term;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use jiff::Timestamp;
use naqsha::error::{Error, Notice, NoticeKind};
use serde::Serialize;

use super::Common;

/// Notices printed before `--verbose` is needed to see more.
const FIRST: usize = 5;

/// Notices kept for a summary.
const KEPT: usize = 100;

/// Columns of a page that goes to no terminal.
const WIDTH: u16 = 100;

/// Columns of a page: those of the terminal, from 80 to 120.
pub(super) fn page_width() -> usize {
    usize::from(Term::stdout().size_checked().map_or(WIDTH, |(_, columns)| columns.clamp(80, 120)))
}

/// A number with its noun.
pub(super) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The form of words to standard error: lines for people, or one JSON object a line (time, level, message, and of a
/// notice its subject and line).
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Log {
    Text,
    Json,
}

/// What a line of the log is about.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
enum Severity {
    Error,
    Warning,
    Notice,
    Info,
}

/// A line of the log.
#[derive(Serialize)]
struct LogLine<'l> {
    time: String,
    level: Severity,
    message: &'l str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
}

/// Prints notices as they come and counts them.
#[derive(Debug)]
pub(super) struct Words {
    quiet: bool,
    log: Log,
    shown: usize,
    most: usize,
    skipped: usize,
    remarks: usize,
    first: Vec<Notice>,
    /// By file or report, its notices.
    subjects: BTreeMap<String, usize>,
    bar: ProgressBar,
}

impl Words {
    pub(super) fn new(common: &Common) -> Words {
        let all = common.verbose || common.log == Log::Json;
        Words {
            quiet: common.quiet,
            log: common.log,
            shown: 0,
            most: if all { usize::MAX } else { FIRST },
            skipped: 0,
            remarks: 0,
            first: Vec::new(),
            subjects: BTreeMap::new(),
            bar: ProgressBar::hidden(),
        }
    }

    /// How many reports and rows were left out.
    pub(super) fn skipped(&self) -> usize {
        self.skipped
    }

    /// How many other notices there were.
    pub(super) fn noted(&self) -> usize {
        self.remarks
    }

    /// The first notices, as many as are kept.
    pub(super) fn first_notices(&self) -> &[Notice] {
        &self.first
    }

    /// How many notices there were about a file or report.
    pub(super) fn about(&self, subject: &str) -> usize {
        self.subjects.get(subject).copied().unwrap_or(0)
    }

    pub(super) fn notices(&mut self, notices: &[Notice]) {
        for notice in notices {
            *self.subjects.entry(notice.subject.clone()).or_default() += 1;
            let (level, label) = match notice.kind {
                NoticeKind::Skipped => {
                    self.skipped += 1;
                    (Severity::Warning, "\x1b[33mskipped\x1b[0m")
                }
                NoticeKind::Remark => {
                    self.remarks += 1;
                    (Severity::Notice, "\x1b[36mnote\x1b[0m")
                }
            };
            if self.first.len() < KEPT {
                self.first.push(notice.clone());
            }
            if self.shown < self.most && !self.quiet {
                self.shown += 1;
                match self.log {
                    Log::Text => self.say(&format!("{label}: {notice}")),
                    Log::Json => self.record(level, &notice.message, Some(&notice.subject), notice.line),
                }
            }
        }
    }

    /// Says how many notices there were, if not all of them could be seen.
    pub(super) fn summarise(&self) {
        self.bar.finish_and_clear();
        let all = self.skipped + self.remarks;
        if all > self.shown {
            let (skipped, remarks) = (self.skipped, self.remarks);
            self.line(format_args!("{skipped} skipped, {remarks} noted; --verbose lists them all"));
        }
    }

    /// A line that --quiet leaves out.
    pub(super) fn line(&self, text: impl Display) {
        match self.log {
            _ if self.quiet => {}
            Log::Text => self.say(&text.to_string()),
            Log::Json => self.record(Severity::Info, &text.to_string(), None, None),
        }
    }

    fn say(&self, text: &str) {
        // Nobody is left to be told that nobody listens.
        self.bar.suspend(|| drop(writeln!(anstream::stderr(), "{text}")));
    }

    fn record(&self, level: Severity, message: &str, subject: Option<&str>, line: Option<u64>) {
        let time = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let line = LogLine { time, level, message, subject, line };
        self.say(&serde_json::to_string(&line).unwrap_or_default());
    }

    /// A bar of `steps`, or a counter where their number is not known; only on a terminal.
    pub(super) fn progress(&mut self, steps: Option<u64>, what: &'static str) -> ProgressBar {
        self.bar.finish_and_clear();
        let style = match steps {
            Some(_) => format!("{what} {{bar:30}} {{pos}}/{{len}}, {{per_sec}}, {{eta}} left"),
            None => format!("{what} {{pos}}, {{per_sec}}"),
        };
        let hidden = self.quiet || self.log == Log::Json;
        self.bar = if hidden { ProgressBar::hidden() } else { ProgressBar::new(steps.unwrap_or(0)) };
        if steps.is_none() {
            self.bar.unset_length();
        }
        if let Ok(style) = ProgressStyle::with_template(&style) {
            self.bar.set_style(style.with_key("per_sec", rate));
        }
        self.bar.clone()
    }

    pub(super) fn error(&self, error: &Error) {
        self.bar.finish_and_clear();
        match self.log {
            Log::Text => self.say(&format!("\x1b[31merror\x1b[0m: {error}")),
            Log::Json => self.record(Severity::Error, &error.to_string(), None, None),
        }
    }
}

/// "12/s", or one every so many seconds.
fn rate(state: &ProgressState, out: &mut dyn fmt::Write) {
    let rate = state.per_sec();
    // A bar that cannot be written is left out.
    let _ = if rate >= 1.0 || rate <= 0.0 { write!(out, "{rate:.0}/s") } else { write!(out, "{rate:.1}/s") };
}

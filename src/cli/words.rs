//! Words to people: notices, their count, errors; all on standard error.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::Write as _;

use console::Term;
use indicatif::{ProgressBar, ProgressStyle};
use naqsha::error::{Error, Notice, NoticeKind};

use super::Common;

/// Notices printed before `--verbose` is needed to see more.
const FIRST: usize = 5;

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

/// Prints notices as they come and counts them.
#[derive(Debug)]
pub(super) struct Words {
    quiet: bool,
    shown: usize,
    most: usize,
    skipped: usize,
    remarks: usize,
    /// By file or report, its notices.
    subjects: BTreeMap<String, usize>,
    bar: ProgressBar,
}

impl Words {
    pub(super) fn new(common: &Common) -> Words {
        let most = if common.verbose { usize::MAX } else { FIRST };
        Words {
            quiet: common.quiet,
            shown: 0,
            most,
            skipped: 0,
            remarks: 0,
            subjects: BTreeMap::new(),
            bar: ProgressBar::hidden(),
        }
    }

    /// How many reports and rows were left out.
    pub(super) fn skipped(&self) -> usize {
        self.skipped
    }

    /// How many notices there were about a file or report.
    pub(super) fn about(&self, subject: &str) -> usize {
        self.subjects.get(subject).copied().unwrap_or(0)
    }

    pub(super) fn notices(&mut self, notices: &[Notice]) {
        for notice in notices {
            *self.subjects.entry(notice.subject.clone()).or_default() += 1;
            let label = match notice.kind {
                NoticeKind::Skipped => {
                    self.skipped += 1;
                    "\x1b[33mskipped\x1b[0m"
                }
                NoticeKind::Remark => {
                    self.remarks += 1;
                    "\x1b[36mnote\x1b[0m"
                }
            };
            if self.shown < self.most {
                self.shown += 1;
                self.line(format_args!("{label}: {notice}"));
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
        if !self.quiet {
            // Nobody is left to be told that nobody listens.
            self.bar.suspend(|| drop(writeln!(anstream::stderr(), "{text}")));
        }
    }

    /// A bar of `steps`, or a counter where their number is not known; only on a terminal.
    pub(super) fn progress(&mut self, steps: Option<u64>, what: &'static str) -> ProgressBar {
        self.bar.finish_and_clear();
        let style = match steps {
            Some(_) => format!("{what} {{bar:30}} {{pos}}/{{len}}"),
            None => format!("{what} {{pos}}"),
        };
        self.bar = if self.quiet { ProgressBar::hidden() } else { ProgressBar::new(steps.unwrap_or(0)) };
        if steps.is_none() {
            self.bar.unset_length();
        }
        if let Ok(style) = ProgressStyle::with_template(&style) {
            self.bar.set_style(style);
        }
        self.bar.clone()
    }

    pub(super) fn error(&self, error: &Error) {
        self.bar.finish_and_clear();
        let _ = writeln!(anstream::stderr(), "\x1b[31merror\x1b[0m: {error}");
    }
}

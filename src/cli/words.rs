//! Words to people: notices, their count, errors; all on standard error.

use std::fmt::Display;
use std::io::Write as _;

use naqsha::error::{Error, Notice, NoticeKind};

use super::Common;

/// Notices printed before `--verbose` is needed to see more.
const FIRST: usize = 5;

/// Prints notices as they come and counts them.
#[derive(Debug)]
pub(super) struct Words {
    quiet: bool,
    shown: usize,
    most: usize,
    skipped: usize,
    remarks: usize,
}

impl Words {
    pub(super) fn new(common: &Common) -> Words {
        let most = if common.verbose { usize::MAX } else { FIRST };
        Words { quiet: common.quiet, shown: 0, most, skipped: 0, remarks: 0 }
    }

    /// How many reports and rows were left out.
    pub(super) fn skipped(&self) -> usize {
        self.skipped
    }

    pub(super) fn notices(&mut self, notices: &[Notice]) {
        for notice in notices {
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
            let _ = writeln!(anstream::stderr(), "{text}");
        }
    }

    pub(super) fn error(&self, error: &Error) {
        let _ = writeln!(anstream::stderr(), "\x1b[31merror\x1b[0m: {error}");
    }
}

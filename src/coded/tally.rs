//! What many rows have in common that were left out or taken with less: counted, told once with the first line.

use std::collections::BTreeMap;

use crate::error::{Notice, NoticeKind};
use crate::report::CodedRow;

/// Counts by file and what became of the rows.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<(String, NoticeKind, String), (u64, u64)>);

impl Tally {
    /// One more row of which `said` is true, as "of the kind X: there is no such kind".
    pub(super) fn count(&mut self, row: &CodedRow, kind: NoticeKind, said: String) {
        let key = (row.file.clone(), kind, said);
        let (rows, _) = self.0.entry(key).or_insert((0, row.line));
        *rows += 1;
    }

    /// One notice for each thing said, by file.
    pub(super) fn into_notices(self) -> Vec<Notice> {
        let notice = |((file, kind, said), (rows, first)): ((String, NoticeKind, String), (u64, u64))| {
            let counted =
                if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows (the first here)") };
            let message = match kind {
                NoticeKind::Skipped => format!("{counted} left out: {said}"),
                NoticeKind::Remark => format!("{counted} taken: {said}"),
            };
            let notice = match kind {
                NoticeKind::Skipped => Notice::skipped(file, message),
                NoticeKind::Remark => Notice::remark(file, message),
            };
            notice.at_line(first)
        };
        self.0.into_iter().map(notice).collect()
    }
}

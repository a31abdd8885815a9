//! The columns of a table or JSON object of reports, by name in any case.

use std::collections::VecDeque;

use super::inputs::Entry;
use super::published::{self, Reading};
use super::{LONGEST_TEXT, language, paragraphs};
use crate::error::Notice;
use crate::report::Report;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Id,
    Text,
    /// The text as HTML.
    Markup,
    Title,
    Date,
    Source,
    Url,
}

/// Names of columns in small letters and digits; of several that mean the same, the earlier wins.
const NAMES: [(&str, Column); 83] = [
    ("id", Column::Id),
    ("guid", Column::Id),
    ("uuid", Column::Id),
    ("reportid", Column::Id),
    ("articleid", Column::Id),
    ("documentid", Column::Id),
    ("docid", Column::Id),
    ("storyid", Column::Id),
    ("newsid", Column::Id),
    ("itemid", Column::Id),
    ("text", Column::Text),
    ("body", Column::Text),
    ("content", Column::Text),
    ("fulltext", Column::Text),
    ("articletext", Column::Text),
    ("articlebody", Column::Text),
    ("articlecontent", Column::Text),
    ("bodytext", Column::Text),
    ("contenttext", Column::Text),
    ("maintext", Column::Text),
    ("plaintext", Column::Text),
    ("newstext", Column::Text),
    ("reporttext", Column::Text),
    ("storytext", Column::Text),
    ("contentencoded", Column::Markup),
    ("contenthtml", Column::Markup),
    ("bodyhtml", Column::Markup),
    ("html", Column::Markup),
    ("article", Column::Text),
    ("description", Column::Text),
    ("summary", Column::Text),
    ("title", Column::Title),
    ("headline", Column::Title),
    ("webtitle", Column::Title),
    ("articletitle", Column::Title),
    ("subject", Column::Title),
    ("date", Column::Date),
    ("published", Column::Date),
    ("pubdate", Column::Date),
    ("publishedat", Column::Date),
    ("publishedon", Column::Date),
    ("publisheddate", Column::Date),
    ("publishdate", Column::Date),
    ("publicationdate", Column::Date),
    ("publicationtime", Column::Date),
    ("publishtime", Column::Date),
    ("publishedtime", Column::Date),
    ("publishedutc", Column::Date),
    ("webpublicationdate", Column::Date),
    ("datepublished", Column::Date),
    ("datepublish", Column::Date),
    ("dateofpublication", Column::Date),
    ("articledate", Column::Date),
    ("reportdate", Column::Date),
    ("datetime", Column::Date),
    ("dcdate", Column::Date),
    ("posted", Column::Date),
    ("postedat", Column::Date),
    ("postdate", Column::Date),
    ("createdat", Column::Date),
    ("created", Column::Date),
    ("timestamp", Column::Date),
    ("source", Column::Source),
    ("outlet", Column::Source),
    ("publisher", Column::Source),
    ("sourcename", Column::Source),
    ("publishername", Column::Source),
    ("publication", Column::Source),
    ("newspaper", Column::Source),
    ("medium", Column::Source),
    ("site", Column::Source),
    ("sitename", Column::Source),
    ("agency", Column::Source),
    ("feed", Column::Source),
    ("sourcedomain", Column::Source),
    ("domain", Column::Source),
    ("url", Column::Url),
    ("link", Column::Url),
    ("articleurl", Column::Url),
    ("weburl", Column::Url),
    ("canonicalurl", Column::Url),
    ("permalink", Column::Url),
    ("sourceurl", Column::Url),
];

/// Columns of reports, by kind; markup counts as text.
const KINDS: usize = 6;

impl Column {
    /// What a column of this name holds, and its rank among the names (lower wins).
    pub(super) fn named(name: &str) -> Option<(Column, usize)> {
        let plain: String =
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let rank = NAMES.iter().position(|(n, _)| *n == plain)?;
        Some((NAMES[rank].1, rank))
    }

    /// Whether a column of this name holds the text.
    pub(super) fn is_text(name: &str) -> bool {
        Column::named(name).is_some_and(|(c, _)| matches!(c, Column::Text | Column::Markup))
    }

    /// Whether a column of this name holds a text only where nothing better does.
    pub(super) fn is_summary(name: &str) -> bool {
        matches!(name.to_ascii_lowercase().as_str(), "description" | "summary")
    }

    fn kind(self) -> usize {
        match self {
            Column::Id => 0,
            Column::Text | Column::Markup => 1,
            Column::Title => 2,
            Column::Date => 3,
            Column::Source => 4,
            Column::Url => 5,
        }
    }
}

/// Whether a text is a piece of a web page: it opens with a tag and has paragraphs or breaks.
fn is_markup(text: &str) -> bool {
    text.trim_start().starts_with('<') && ["</p>", "</div>", "<br"].iter().any(|tag| text.contains(tag))
}

/// The cells of one report, empty ones left out.
#[derive(Debug, Default)]
pub(super) struct Row {
    cells: [Option<(usize, String)>; KINDS],
}

impl Row {
    /// Puts a cell where its column's name says, unless an earlier name already did.
    pub(super) fn put(&mut self, (column, rank): (Column, usize), value: String) {
        let cell = &mut self.cells[column.kind()];
        if !value.trim().is_empty() && cell.as_ref().is_none_or(|(r, _)| rank < *r) {
            let markup = column == Column::Markup || column == Column::Text && is_markup(&value);
            let value = if markup { paragraphs::of_fragment(&value) } else { value };
            *cell = Some((rank, value));
        }
    }

    fn take(&mut self, column: Column) -> Option<String> {
        self.cells[column.kind()].take().map(|(_, value)| value)
    }

    fn take_trimmed(&mut self, column: Column) -> Option<String> {
        self.take(column).map(|value| value.trim().to_owned())
    }

    /// Makes a report of the row, or says why not. `number` counts the rows of the file from 1.
    pub(super) fn into_entries(mut self, file: &str, number: u64, line: u64, out: &mut VecDeque<Entry>) {
        let id = self.take_trimmed(Column::Id).unwrap_or_else(|| format!("{file}#{number}"));
        let text = self.take(Column::Text);
        let date = self.take_trimmed(Column::Date);
        let published = date.as_deref().map(published::read);
        if let Some(problem) = published.as_ref().and_then(Reading::problem) {
            let message = format!("the date {:?} {problem}", date.unwrap_or_default());
            out.push_back(Entry::Notice(Notice::remark(file, message).at_line(line)));
        }
        let report = Report {
            id,
            source: self.take_trimmed(Column::Source),
            url: self.take_trimmed(Column::Url),
            published: published.and_then(|p| p.date()),
            title: self.take_trimmed(Column::Title),
            text: text.unwrap_or_default(),
        };
        admit(report, file, Some(line), out);
    }
}

/// Passes a report on, or says why it is not read.
pub(super) fn admit(report: Report, file: &str, line: Option<u64>, out: &mut VecDeque<Entry>) {
    let problem = if report.text.trim().is_empty() {
        Some("has no text; there is nothing to read".to_owned())
    } else if report.text.len() > LONGEST_TEXT {
        Some("is longer than 16 MB; split it into reports".to_owned())
    } else if report.text.contains('\0') {
        Some("holds binary bytes; give text in UTF-8 or UTF-16".to_owned())
    } else {
        language::foreign(&report.text).map(|language| {
            format!("is in {language}, and only English reports are read; give a translation")
        })
    };
    out.push_back(match problem {
        None => Entry::Report(report),
        Some(problem) => {
            let named = if report.id == file { problem } else { format!("report {} {problem}", report.id) };
            let notice = Notice::skipped(file, named);
            Entry::Notice(match line {
                Some(line) => notice.at_line(line),
                None => notice,
            })
        }
    });
}

//! Lines: words set into columns, with what is found in them between marks. Colour adds nothing that the marks do not say.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthChar;

use crate::text::Span;

/// What a mark says of the words between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ink {
    Place,
    Veto,
    Date,
    Act,
}

impl Ink {
    pub(super) fn pair(self) -> (char, char) {
        match self {
            Ink::Place => ('[', ']'),
            Ink::Veto => ('~', '~'),
            Ink::Date => ('{', '}'),
            Ink::Act => ('<', '>'),
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Ink::Place => "place",
            Ink::Veto => "veto",
            Ink::Date => "date",
            Ink::Act => "act",
        }
    }

    pub(super) fn style(self) -> Style {
        match self {
            Ink::Place => AnsiColor::Green.on_default().bold(),
            Ink::Veto => AnsiColor::Red.on_default(),
            Ink::Date => AnsiColor::Cyan.on_default(),
            Ink::Act => AnsiColor::Yellow.on_default().bold(),
        }
    }
}

/// Words that stand between marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) ink: Ink,
}

/// Lines of a given width. A word that is wider than a line is cut.
#[derive(Debug)]
pub(super) struct Lines {
    out: String,
    width: usize,
    indent: usize,
    column: usize,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    printed: char,
    ink: Option<Ink>,
}

impl Lines {
    pub(super) fn new(width: usize) -> Lines {
        Lines { out: String::new(), width, indent: 0, column: 0 }
    }

    pub(super) fn into_string(self) -> String {
        self.out
    }

    /// Begins a line; those that continue it have the same indent.
    pub(super) fn begin(&mut self, indent: usize) {
        if self.column > 0 {
            self.end();
        }
        self.indent = indent;
        self.fill(indent);
    }

    /// Leaves a line blank.
    pub(super) fn gap(&mut self) {
        if self.column > 0 {
            self.end();
        }
        self.end();
    }

    pub(super) fn end(&mut self) {
        self.out.push('\n');
        self.column = 0;
    }

    /// A word of the program's own, in a style, which no line end parts.
    pub(super) fn label(&mut self, style: Style, label: &str) {
        self.out.push_str(&format!("{style}{label}{style:#}"));
        self.column += label.chars().count();
    }

    /// Goes on at a column, two blanks on at least, and has the lines that follow begin there.
    pub(super) fn tab(&mut self, column: usize) {
        self.fill(column.saturating_sub(self.column).max(2));
        self.indent = column;
    }

    /// Sets words, whatever blanks and line ends part them.
    pub(super) fn words(&mut self, text: &str) {
        self.marked(text, 0, &[]);
    }

    /// Sets the words of a text that begins at byte `start` of the report. `marks` are sorted by their start.
    pub(super) fn marked(&mut self, text: &str, start: usize, marks: &[Mark]) {
        let mut word: Vec<Cell> = Vec::new();
        let mut open: Vec<Mark> = Vec::new();
        let mut waiting = marks.iter().peekable();
        for (at, c) in text.char_indices() {
            close(&mut open, start + at, &mut word);
            if c.is_whitespace() {
                self.word(&mut word);
                continue;
            }
            while let Some(mark) = waiting.next_if(|m| m.span.start() <= start + at) {
                word.push(Cell { printed: mark.ink.pair().0, ink: Some(mark.ink) });
                open.push(*mark);
            }
            let ink = open.last().map(|m| m.ink);
            if is_hidden(c) {
                word.extend(c.escape_unicode().map(|printed| Cell { printed, ink }));
            } else {
                word.push(Cell { printed: c, ink });
            }
        }
        close(&mut open, usize::MAX, &mut word);
        self.word(&mut word);
    }

    fn word(&mut self, word: &mut Vec<Cell>) {
        let wide: usize = word.iter().map(|c| columns(c.printed)).sum();
        if wide == 0 {
            self.out.extend(word.drain(..).map(|c| c.printed));
            return;
        }
        let begun = self.column > self.indent;
        if begun && self.column + 1 + wide > self.width {
            self.wrap();
        } else if begun && !self.out.ends_with(' ') {
            self.fill(1);
        }
        let mut ink: Option<Ink> = None;
        for cell in word.drain(..) {
            let room = self.column + columns(cell.printed) <= self.width || self.column <= self.indent;
            if !room || cell.ink != ink {
                self.out.push_str(&ink.map(|i| format!("{:#}", i.style())).unwrap_or_default());
                if !room {
                    self.wrap();
                }
                self.out.push_str(&cell.ink.map(|i| i.style().to_string()).unwrap_or_default());
                ink = cell.ink;
            }
            self.out.push(cell.printed);
            self.column += columns(cell.printed);
        }
        self.out.push_str(&ink.map(|i| format!("{:#}", i.style())).unwrap_or_default());
    }

    fn wrap(&mut self) {
        self.end();
        self.fill(self.indent);
    }

    fn fill(&mut self, blanks: usize) {
        self.out.extend(std::iter::repeat_n(' ', blanks));
        self.column += blanks;
    }
}

/// Closes the marks that end at byte `at`, the innermost first.
fn close(open: &mut Vec<Mark>, at: usize, word: &mut Vec<Cell>) {
    while let Some(k) = open.iter().rposition(|m| m.span.end() <= at) {
        let mark = open.remove(k);
        word.push(Cell { printed: mark.ink.pair().1, ink: Some(mark.ink) });
    }
}

fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Whether a character steers the terminal or turns the direction of writing, or is not seen at all. The joiners that
/// Persian needs are none of these.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Ink, Lines, Mark, columns, is_hidden};
    use crate::text::Span;

    const ESCAPE: char = '\u{1b}';

    /// What is seen of a text on a terminal: escape codes of colours left out.
    fn seen(styled: &str) -> String {
        let mut parts = styled.split(ESCAPE);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |all, part| all + part.split_once('m').map_or("", |p| p.1))
    }

    fn set(text: &str, marks: &[(usize, usize, Ink)], width: usize, indent: usize) -> String {
        let mark = |(start, end, ink): &(usize, usize, Ink)| Mark {
            span: Span::new(text, *start, *end).unwrap(),
            ink: *ink,
        };
        let marks: Vec<Mark> = marks.iter().map(mark).collect();
        let mut lines = Lines::new(width);
        lines.begin(indent);
        lines.marked(text, 0, &marks);
        lines.end();
        lines.into_string()
    }

    #[track_caller]
    fn check(text: &str, marks: &[(usize, usize, Ink)], width: usize, wanted: &[&str]) {
        assert_eq!(seen(&set(text, marks, width, 2)).lines().collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn words_fill_lines_of_a_width() {
        check("They took the town\n\nat  dawn.", &[], 13, &["  They took", "  the town at", "  dawn."]);
        check("abcdefghijkl mn", &[], 8, &["  abcdef", "  ghijkl", "  mn"]);
        check("", &[], 8, &["  "]);
    }

    #[test]
    fn what_is_found_stands_between_marks() {
        let marks = [(5, 9, Ink::Act), (10, 25, Ink::Place), (29, 35, Ink::Date)];
        let line = "  They <took> [Imam Sahib town] on {Friday}";
        check("They took Imam Sahib town on Friday", &marks, 60, &[line]);
        check("Kabul-trained", &[(0, 5, Ink::Veto)], 60, &["  ~Kabul~-trained"]);
        check("fall of A", &[(0, 9, Ink::Place), (0, 4, Ink::Act)], 60, &["  [<fall> of A]"]);
    }

    #[test]
    fn a_colour_ends_with_its_word() {
        let line = set("in Imam Sahib", &[(3, 13, Ink::Place)], 60, 0);
        let style = Ink::Place.style();
        assert_eq!(line, format!("in {style}[Imam{style:#} {style}Sahib]{style:#}\n"));
    }

    #[test]
    fn nothing_in_a_text_steers_the_terminal() {
        check("a\u{1b}[31mb\u{202e}c", &[], 60, &["  a\\u{1b}[31mb\\u{202e}c"]);
        check("کابل می\u{200c}رود", &[(0, 8, Ink::Place)], 60, &["  [کابل] می\u{200c}رود"]);
    }

    proptest! {
        #[test]
        fn any_text_is_set(text in "\\PC{0,60}|[a-zé ]{0,90}", width in 10_usize..80, cuts in prop::collection::vec((0_usize..90, 1_usize..30), 0..6)) {
            let mut marks: Vec<(usize, usize, Ink)> = cuts
                .iter()
                .filter_map(|(at, long)| Span::new(&text, *at, at + long))
                .filter(|s| !s.of(&text).starts_with(char::is_whitespace) && !s.of(&text).ends_with(char::is_whitespace))
                .map(|s| (s.start(), s.end(), Ink::Veto))
                .collect();
            marks.sort_unstable();
            let page = seen(&set(&text, &marks, width, 2));
            for line in page.lines() {
                let long: usize = line.chars().map(columns).sum();
                prop_assert!(long <= width, "{long} columns: {line:?}");
                prop_assert!(!line.chars().any(is_hidden));
            }
            let letters = |t: &str| t.chars().filter(|c| !c.is_whitespace() && *c != '~' && !is_hidden(*c)).collect::<String>();
            if !text.chars().any(is_hidden) {
                prop_assert_eq!(letters(&page), letters(&text));
            }
            if !text.contains('~') {
                prop_assert_eq!(page.matches('~').count(), 2 * marks.len());
            }
        }
    }
}

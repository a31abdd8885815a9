//! The form of a file: from its first bytes where they tell it, else from its name.

use super::coded::{Signature, coding_of, column_name};
use super::columns::Column;

/// What a file seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    Text,
    Table(u8),
    /// One JSON object a line.
    Lines,
    /// JSON objects one after another, in an array or not.
    Objects,
    /// JSON objects in the list of this name: the features of a GeoJSON layer, the rows of an answer of a web service.
    List(&'static str),
    /// A saved web page.
    Page,
    /// RSS or Atom.
    Feed,
    Refused(&'static str),
}

/// Extensions of files that a folder is searched for.
pub(super) const EXTENSIONS: [&str; 12] =
    ["txt", "md", "html", "htm", "csv", "tsv", "jsonl", "ndjson", "json", "xml", "rss", "atom"];

/// The extension of a file's name in small letters, before that of its packing.
fn extension(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let stem = lower.strip_suffix(".gz").or_else(|| lower.strip_suffix(".zst")).unwrap_or(&lower);
    stem.rsplit_once('.').map_or("", |(_, e)| e).to_owned()
}

/// Whether the name of a file in a folder says that it holds coded events as a layer.
pub(super) fn is_named_as_layer(name: &str) -> bool {
    extension(name) == "geojson"
}

/// Whether the name of a file in a folder says that it holds reports.
pub(super) fn is_named_as_input(name: &str) -> bool {
    EXTENSIONS.contains(&extension(name).as_str())
}

/// What a file seems to be, from its name and first bytes.
pub(super) fn form_of(name: &str, head: &[u8], signatures: &[Signature]) -> Guess {
    let extension = extension(name);
    if head.is_empty() {
        return Guess::Refused("is empty; there is nothing to read");
    }
    if is_binary(head) {
        return Guess::Refused("holds binary bytes; give text, CSV, JSON, HTML or a feed");
    }
    if matches!(&*extension, "geojson" | "json" | "")
        && let Some(list) = coded_list(head, signatures)
    {
        return Guess::List(list);
    }
    let told = match extension.as_str() {
        "csv" | "tsv" => Guess::Table(separator(head)),
        "jsonl" | "ndjson" => Guess::Lines,
        "json" => Guess::Objects,
        "html" | "htm" => Guess::Page,
        "xml" | "rss" | "atom" => Guess::Feed,
        _ => Guess::Text,
    };
    seen(head, told, signatures).unwrap_or(match told {
        // Neither tag nor object: only a name.
        Guess::Page | Guess::Feed | Guess::Lines | Guess::Objects if is_plain(head) => Guess::Text,
        _ => told,
    })
}

/// More than a stray byte is of a kind that no text has.
fn is_binary(head: &[u8]) -> bool {
    let odd = head.iter().filter(|b| matches!(**b, 0..=8 | 14..=26 | 28..=31)).count();
    head.starts_with(b"%PDF") || head.starts_with(b"PK\x03\x04") || odd > 3 && odd * 50 > head.len()
}

/// What answers of web services call their list of rows.
const LISTS: [&str; 2] = ["data", "Result"];

/// The list of an object that holds coded events.
fn coded_list(head: &[u8], signatures: &[Signature]) -> Option<&'static str> {
    if signatures.is_empty() || !head.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    let bare: String = String::from_utf8_lossy(head).split_whitespace().collect();
    if bare.contains("\"type\":\"FeatureCollection\"") {
        return Some("features");
    }
    let list = LISTS.into_iter().find(|list| bare.contains(&format!("\"{list}\":[{{")))?;
    let lower = bare.to_lowercase();
    coding_of(signatures, &|name| lower.contains(&format!("\"{name}\":"))).map(|_| list)
}

fn is_plain(head: &[u8]) -> bool {
    !head.iter().any(|b| matches!(b, b'<' | b'{' | b'['))
}

/// What the first bytes show beyond doubt.
fn seen(head: &[u8], told: Guess, signatures: &[Signature]) -> Option<Guess> {
    let head = head.trim_ascii_start();
    match head.first()? {
        b'<' => markup(head, told),
        b'{' | b'[' => objects(head, told),
        _ if matches!(told, Guess::Text | Guess::Lines | Guess::Objects) => table(head, signatures),
        _ => None,
    }
}

/// Tags that open a feed, and such as open a page or a part of one.
const FEED: [&str; 3] = ["rss", "feed", "rdf:RDF"];
const PAGE: [&str; 14] = [
    "html", "head", "body", "meta", "title", "article", "main", "section", "div", "p", "h1", "h2", "table",
    "span",
];

fn markup(head: &[u8], told: Guess) -> Option<Guess> {
    let text = String::from_utf8_lossy(head);
    let mut rest = text.as_ref();
    loop {
        rest = rest.trim_start();
        let lower = rest.get(..9).unwrap_or(rest).to_ascii_lowercase();
        if lower.starts_with("<!doctype") && rest[9..].trim_start().to_ascii_lowercase().starts_with("html") {
            return Some(Guess::Page);
        }
        let end = match () {
            () if rest.starts_with("<!--") => "-->",
            () if rest.starts_with("<?") => "?>",
            // The declarations of a document type.
            () if rest.starts_with("<!") && rest.split('>').next().is_some_and(|d| d.contains('[')) => "]>",
            () if rest.starts_with("<!") => ">",
            () => break,
        };
        match rest.split_once(end) {
            Some((_, after)) => rest = after,
            None => return Some(if told == Guess::Page { Guess::Page } else { Guess::Feed }),
        }
    }
    let tag: String = rest.chars().skip(1).take_while(|c| c.is_ascii_alphanumeric() || *c == ':').collect();
    match () {
        () if FEED.contains(&tag.as_str()) => Some(Guess::Feed),
        () if PAGE.iter().any(|p| p.eq_ignore_ascii_case(&tag)) => Some(Guess::Page),
        () => None,
    }
}

fn objects(head: &[u8], told: Guess) -> Option<Guess> {
    let inner = head[1..].trim_ascii_start().first();
    let opens = match head[0] {
        b'{' => matches!(inner, Some(b'"' | b'}')),
        _ => matches!(inner, Some(b'{')),
    };
    if !opens {
        return None;
    }
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default().trim_ascii_end();
    let whole_line = head[0] == b'{' && line.ends_with(b"}");
    Some(match told {
        // An object over several lines is no line of its own.
        Guess::Lines if head[0] == b'{' && (whole_line || line.len() > 2) => Guess::Lines,
        Guess::Objects => Guess::Objects,
        _ if whole_line => Guess::Lines,
        _ => Guess::Objects,
    })
}

/// A header whose cells are names of columns, that of the text among them.
fn table(head: &[u8], signatures: &[Signature]) -> Option<Guess> {
    let separator = separator(head);
    let cells = cells(header(head), separator);
    let names: Vec<String> = cells.iter().map(|c| column_name(c)).collect();
    let is_coded = coding_of(signatures, &|name| names.iter().any(|n| n == name)).is_some();
    let brief = cells.iter().all(|c| c.split_whitespace().count() <= 3);
    let known = cells.iter().filter(|c| Column::named(c).is_some()).count();
    let is_reports = brief && known >= 2 && cells.iter().any(|c| Column::is_text(c));
    (cells.len() > 1 && (is_coded || is_reports)).then_some(Guess::Table(separator))
}

/// The first line of a table, or the second where the first only names the separator.
fn header(head: &[u8]) -> &[u8] {
    let mut lines = head.split(|b| *b == b'\n');
    let first = lines.next().unwrap_or_default();
    if named_separator(first).is_some() { lines.next().unwrap_or_default() } else { first }
}

/// What `sep=;`, the line that spreadsheets put above a table, names.
pub(super) fn named_separator(line: &[u8]) -> Option<u8> {
    let line = line.trim_ascii_end();
    let name = line.strip_prefix(b"sep=").or_else(|| line.strip_prefix(b"SEP="))?;
    match name {
        [one] => Some(*one),
        // A tab is trimmed.
        [] => Some(b'\t'),
        _ => None,
    }
}

fn cells(line: &[u8], separator: u8) -> Vec<String> {
    let line = String::from_utf8_lossy(line);
    line.split(char::from(separator)).map(|c| c.trim().trim_matches('"').to_owned()).collect()
}

/// What separates the cells of a table: what its first line names, else what gives most cells with names that are known,
/// else the commonest candidate.
fn separator(head: &[u8]) -> u8 {
    let first = head.split(|b| *b == b'\n').next().unwrap_or_default();
    if let Some(named) = named_separator(first) {
        return named;
    }
    let line = header(head);
    let score = |c: &u8| {
        let known = cells(line, *c).iter().filter(|cell| Column::named(cell).is_some()).count();
        (known, line.iter().filter(|b| *b == c).count())
    };
    // The last of equal maxima wins, so the comma stands last.
    [b'|', b';', b'\t', b','].into_iter().max_by_key(score).unwrap_or(b',')
}

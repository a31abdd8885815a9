//! Inputs become reports and notices: forms, encodings, columns, dates, languages, folders, and any bytes at all.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]
#![allow(clippy::print_stdout, reason = "a test says where it was skipped")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use naqsha::error::{Notice, NoticeKind};
use naqsha::report::{Entry, Inputs, LONGEST_TEXT, Report, read_reports};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpus {
    case: Vec<Case>,
    dates: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    file: String,
    content: Option<String>,
    hex: Option<String>,
    #[serde(default)]
    reports: Vec<Expected>,
    #[serde(default)]
    notices: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    id: Option<String>,
    text: Option<String>,
    title: Option<String>,
    source: Option<String>,
    url: Option<String>,
    published: Option<String>,
    #[serde(default)]
    undated: bool,
}

fn corpus() -> Corpus {
    toml::from_str(include_str!("corpus/readers.toml")).unwrap()
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
}

/// What a file of these bytes gives.
fn read(file: &str, bytes: &[u8]) -> (Vec<Report>, Vec<Notice>) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(file);
    fs::write(&path, bytes).unwrap();
    read_reports(&path).unwrap()
}

fn check(case: &Case, problems: &mut Vec<String>) {
    let content = match (&case.content, &case.hex) {
        (Some(text), None) => text.as_bytes().to_owned(),
        (None, Some(hex)) => bytes(hex),
        _ => panic!("{}: give content or hex", case.name),
    };
    let (reports, notices) = read(&case.file, &content);
    let said: Vec<String> = notices.iter().map(ToString::to_string).collect();
    let alike = |e: &Expected, r: &Report| {
        let same = |e: &Option<String>, r: Option<&str>| e.is_none() || e.as_deref() == r;
        same(&e.id, Some(&r.id))
            && same(&e.text, Some(&r.text))
            && same(&e.title, r.title.as_deref())
            && same(&e.source, r.source.as_deref())
            && same(&e.url, r.url.as_deref())
            && same(&e.published, r.published.map(|d| d.to_string()).as_deref())
            && !(e.undated && r.published.is_some())
    };
    let right = reports.len() == case.reports.len()
        && said.len() == case.notices.len()
        && case.reports.iter().zip(&reports).all(|(e, r)| alike(e, r))
        && case.notices.iter().zip(&said).all(|(e, n)| n.contains(e.as_str()));
    if !right {
        problems.push(format!("{}:\n  reports {reports:?}\n  notices {said:?}", case.name));
    }
}

#[test]
fn files_become_reports_and_notices() {
    let mut problems = Vec::new();
    for case in corpus().case {
        check(&case, &mut problems);
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn date_cells_mean_a_day_or_are_noticed() {
    let mut problems = Vec::new();
    for (cell, day) in corpus().dates {
        let (reports, notices) = read("rows.csv", format!("text,date\nCalm.,\"{cell}\"\n").as_bytes());
        let got = reports[0].published.map(|d| d.to_string()).unwrap_or_default();
        if got != day || notices.is_empty() == day.is_empty() {
            problems.push(format!("{cell:?}: {got:?}, not {day:?}; {notices:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn folders_are_read_in_order_and_hidden_files_left_out() {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in [("b/2.txt", "Calm."), ("b/1.txt", "Calm."), ("a.txt", "Calm."), ("c.jsonl", "{}")] {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::write(dir.path().join(".hidden.txt"), "Calm.").unwrap();
    fs::create_dir(dir.path().join("output")).unwrap();
    fs::write(dir.path().join("output/old.txt"), "Calm.").unwrap();
    let mut inputs = Inputs::open(&[dir.path().to_owned()], Some(&dir.path().join("output"))).unwrap();
    let ids: Vec<String> = inputs
        .by_ref()
        .map(|e| match e {
            Entry::Report(r) => r.id,
            Entry::Notice(n) => format!("{n}"),
            Entry::Coded(_) => panic!("nobody asked for coded events"),
        })
        .collect();
    let no_text = "c.jsonl:1: has no text; name a field text, body or content";
    assert_eq!(ids, ["a.txt", "1.txt", "2.txt", no_text]);
    let hashes = inputs.hashes();
    let names: Vec<&str> = hashes.iter().map(|h| h.name.as_str()).collect();
    assert_eq!(names, ["a.txt", "b/1.txt", "b/2.txt", "c.jsonl"]);
    // sha256sum of the five bytes of "Calm."
    assert_eq!(hashes[0].sha256, "c02a966d8d9c66d832f5dffdaef1a9b3aada64a7b23b977cb81d847bbf17b893");
}

#[test]
fn folders_are_searched_for_known_extensions_and_files_given_by_name_are_read() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.MD", "notes.docx", "run.log", "readme"] {
        fs::write(dir.path().join(name), "Calm in Herat.").unwrap();
    }
    let (reports, notices) = read_reports(dir.path()).unwrap();
    let ids: Vec<&str> = reports.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(ids, ["a.txt", "b.MD"]);
    let [notice] = notices.as_slice() else { panic!("{notices:?}") };
    assert_eq!(notice.kind, NoticeKind::Remark);
    assert!(notice.message.starts_with("3 files of other kinds are left out"), "{notice}");
    assert_eq!(read_reports(&dir.path().join("readme")).unwrap().0.len(), 1);
}

#[test]
fn a_missing_input_is_an_error_that_names_it() {
    let error = read_reports(Path::new("no/such/folder")).unwrap_err();
    assert!(error.to_string().contains("no/such/folder"), "{error}");
}

#[test]
fn a_text_above_the_limit_is_refused_by_name() {
    let long = "Calm in Herat. ".repeat(LONGEST_TEXT / 15 + 1);
    let (reports, notices) = read("long.txt", long.as_bytes());
    assert!(reports.is_empty());
    assert_eq!(notices[0].to_string(), "long.txt: is longer than 16 MB; split it into reports");
    let rows = format!("{{\"id\":\"a\",\"text\":{long:?}}}\n{{\"id\":\"b\",\"text\":\"Calm.\"}}\n");
    for name in ["long.jsonl", "long.json"] {
        let (reports, notices) = read(name, rows.as_bytes());
        assert_eq!(reports.len(), 1, "{notices:?}");
        assert_eq!(notices[0].kind, NoticeKind::Skipped);
    }
    let (reports, notices) = read("long.csv", format!("id,text\na,{long}\nb,Calm.\n").as_bytes());
    assert_eq!(reports.len(), 1, "{notices:?}");
    assert!(notices[0].to_string().contains("report a is longer than 16 MB"));
}

#[test]
fn a_quote_that_is_never_closed_does_not_fill_the_memory() {
    let mut table = b"id,text\n1,Calm.\n2,\"".to_vec();
    table.resize(3 * LONGEST_TEXT, b'x');
    let (reports, notices) = read("open.csv", &table);
    assert_eq!(reports.len(), 1);
    assert!(notices[0].to_string().contains("close its quote"), "{notices:?}");
}

/// English reports of the evaluation material, none of which may be taken for another language.
#[test]
fn no_english_report_is_taken_for_another_language() {
    let Some(folder) = std::env::var_os("NAQSHA_EVAL") else {
        println!("skipped: NAQSHA_EVAL names no folder with evaluation texts");
        return;
    };
    for part in ["seeds", "dev"] {
        let (reports, notices) = read_reports(&Path::new(&folder).join(part)).unwrap();
        assert!(!reports.is_empty());
        let foreign: Vec<&Notice> = notices.iter().filter(|n| n.message.contains("English")).collect();
        assert!(foreign.is_empty(), "{foreign:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_under_any_name_are_read_without_a_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..600),
        name in "(a|id)\\.(txt|csv|tsv|jsonl|json|gz|zst|txt\\.gz|x)",
    ) {
        read(&name, &bytes);
    }

    #[test]
    fn what_looks_like_records_is_read_without_a_panic(
        text in "(\\{|\\}|\\[|\\]|\"|text|id|:|,|;|\n|\\\\|\t| |é|x|1){0,80}",
        head in "(text,id\n|\\{\"text\": |\\[\\{|)",
        name in "a\\.(csv|jsonl|json|x)",
    ) {
        read(&name, format!("{head}{text}").as_bytes());
    }
}

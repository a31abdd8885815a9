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
use std::io::Write;
use std::path::Path;

use naqsha::data::DataFiles;
use naqsha::error::{Notice, NoticeKind};
use naqsha::report::{Entry, Inputs, LONGEST_TEXT, Report, ZoneKind, Zoner, read_reports};
use naqsha::text::Tokens;
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

/// Saved pages in the manner of well-known outlets, and how each paragraph that is handed on begins.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    file: String,
    title: String,
    source: Option<String>,
    url: Option<String>,
    published: Option<String>,
    paragraphs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pages {
    page: Vec<Page>,
}

/// Nothing but the story is handed on: no navigation, and above all no headline of another story.
#[test]
fn saved_pages_give_their_story_and_nothing_else() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/pages");
    let pages: Pages = toml::from_str(&fs::read_to_string(folder.join("pages.toml")).unwrap()).unwrap();
    let mut problems = Vec::new();
    for page in &pages.page {
        let (reports, notices) = read_reports(&folder.join(&page.file)).unwrap();
        let [report] = reports.as_slice() else {
            problems.push(format!("{}: {notices:?}", page.file));
            continue;
        };
        let told: Vec<&str> = report.text.split("\n\n").collect();
        let alike = told.len() == page.paragraphs.len()
            && told.iter().zip(&page.paragraphs).all(|(t, p)| t.starts_with(p.as_str()))
            && notices.is_empty()
            && report.title.as_deref() == Some(&page.title)
            && report.source == page.source
            && report.url == page.url
            && report.published.map(|d| d.to_string()) == page.published;
        if !alike {
            problems.push(format!("{}: {report:#?} {notices:?}", page.file));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let saved = fs::read_dir(&folder)
        .unwrap()
        .filter(|f| f.as_ref().unwrap().path().extension().is_some_and(|e| e == "html"));
    assert_eq!(saved.count(), pages.page.len() + 1, "each page but the one of links is in the list");
    let (reports, notices) = read_reports(&folder.join("front-page.html")).unwrap();
    assert!(reports.is_empty(), "{reports:?}");
    assert!(notices[0].message.contains("holds no story"), "{notices:?}");
}

/// Captions, posts and times of a page are what they are when the report is read.
#[test]
fn captions_of_a_saved_page_are_captions_of_its_report() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/pages");
    let zoner = Zoner::from_data(&DataFiles::bundled()).unwrap();
    let mut captions = Vec::new();
    let mut posts = Vec::new();
    let (reports, _) = read_reports(&folder).unwrap();
    for report in &reports {
        for zone in zoner.zones(report, &Tokens::of(&report.text)).zones {
            let words: Vec<&str> = zone.span.of(&report.text).split(' ').take(3).collect();
            match zone.kind {
                ZoneKind::Caption => captions.push(words.join(" ")),
                ZoneKind::Post => posts.push(words.join(" ")),
                _ => {}
            }
        }
    }
    captions.sort();
    assert_eq!(captions, CAPTIONS);
    assert_eq!(posts, ["Our men left"]);
}

const CAPTIONS: [&str; 7] = [
    "A truck waits",
    "A view of",
    "EPA Image caption,",
    "FILE - Security",
    "Map of the",
    "The governor's guesthouse",
    "The road through",
];

/// The bytes, packed.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn of_a_packed_file_that_breaks_off_the_good_part_is_read() {
    let mut rows = String::new();
    for i in 0..3000 {
        rows += &format!("{{\"id\": \"r{i}\", \"text\": \"Calm in Herat at {}.\"}}\n", i * 7919 % 3001);
    }
    let packed = gzip(rows.as_bytes());
    let (reports, notices) = read("rows.jsonl.gz", &packed[..packed.len() / 2]);
    assert!((1000..2900).contains(&reports.len()), "{}", reports.len());
    assert!(notices[0].to_string().contains("the records before it were read"), "{notices:?}");
    let text: String = (0..3000).map(|i| format!("Calm in Herat at {}.\n", i * 7919 % 3001)).collect();
    let packed = gzip(text.as_bytes());
    let (reports, notices) = read("note.txt.gz", &packed[..packed.len() / 2]);
    // A sentence that was cut in two is not handed on.
    assert!(reports[0].text.ends_with('.'), "{notices:?}");
    assert!(notices[0].to_string().contains("what stands before was read"), "{notices:?}");
    let page = "<html><body>".to_owned() + &text.replace("Calm", "<p>The shops were open and all was calm");
    let packed = gzip(page.as_bytes());
    let (reports, notices) = read("page.html.gz", &packed[..packed.len() / 2]);
    assert!(reports[0].text.ends_with('.'), "{notices:?}");
    assert!(notices[0].to_string().contains("what stands before was read"), "{notices:?}");
}

/// What would fill the memory or the stack is refused by name, and what stands beside it is read.
#[test]
fn hostile_files_are_refused_or_bounded() {
    let long = "x".repeat(4 * LONGEST_TEXT);
    let rows = format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"Calm.\"}}\n");
    for (name, bytes) in [("bomb.jsonl.gz", gzip(rows.as_bytes())), ("line.jsonl", rows.clone().into_bytes())]
    {
        let (reports, notices) = read(name, &bytes);
        assert_eq!(reports.len(), 1, "{notices:?}");
        assert!(notices[0].to_string().contains(":1: the record is longer than 16 MB"), "{notices:?}");
    }
    let (reports, notices) = read("rows.json", format!("[{}]", rows.replacen('\n', ",", 1)).as_bytes());
    assert_eq!((reports.len(), notices.len()), (1, 1), "{notices:?}");
    let (reports, notices) = read("bomb.txt.gz", &gzip(long.as_bytes()));
    assert_eq!((reports.len(), notices.len()), (0, 1), "{notices:?}");
    let item = "<item><guid>a</guid><description>Calm.</description></item>";
    let (reports, notices) = read("feed.xml", format!("<rss>{item}<item><title>{long}").as_bytes());
    assert_eq!(reports.len(), 1);
    assert!(notices[0].to_string().contains("an entry is longer than 16 MB"), "{notices:?}");
    let (reports, _) = read("page.html", format!("<html><p>{long}").as_bytes());
    assert!(reports.is_empty());
}

#[test]
fn pages_that_are_nested_or_never_closed_take_no_time_and_no_stack() {
    let story =
        "<p>The shops of Herat were open on Friday, and the buses to Kabul were full, residents said.</p>";
    let nested = |tag: &str| format!("<html><body>{}{story}", format!("<{tag}>").repeat(100_000));
    for tag in
        ["div", "b", "p", "table", "table><tr><td", "a href=x", "font size=1", "ul><li", "svg", "select", "q"]
    {
        let (reports, notices) = read("page.html", nested(tag).as_bytes());
        assert!(reports.len() + notices.len() == 1, "{tag}: {notices:?}");
    }
    let fonts: String = (0..20_000).map(|i| format!("<font size={i}><a href={i}><p>")).collect();
    read("page.html", format!("<html>{fonts}{story}").as_bytes());
    let attributes: String = (0..200_000).map(|i| format!(" a{i}=1")).collect();
    let (reports, notices) = read("page.html", format!("<html><body {attributes}>{story}").as_bytes());
    assert_eq!(reports.len(), 1, "{notices:?}");
    let image = format!("<img src='data:image/png;base64,{}'>", "iVBO".repeat(500_000));
    let (reports, notices) = read("page.html", format!("<html><body>{image}{story}").as_bytes());
    assert_eq!(reports.len(), 1, "{notices:?}");
    let (reports, _) = read("feed.xml", format!("<rss>{}", "<item>".repeat(100_000)).as_bytes());
    assert!(reports.is_empty());
    let (reports, _) = read("rows.json", "{\"text\":[".repeat(100_000).as_bytes());
    assert!(reports.is_empty());
}

/// A folder as people have it: every form, and broken files beside them.
fn put_all_forms(dir: &Path) {
    let put = |name: &str, bytes: &[u8]| fs::write(dir.join(name), bytes).unwrap();
    let page = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/pages/kohistan-times.html"));
    put("page.html", &page.unwrap());
    let item = |place: &str, day: &str| {
        format!(
            "<item><guid>../../{place}</guid><pubDate>Fri, 13 Aug 2021 08:00:00 +0430</pubDate><description>{}</description></item>",
            told(place, day)
        )
    };
    put(
        "feed.rss",
        format!("<rss><channel><title>M</title>{}<item><description>cut", item("Herat", "Thursday"))
            .as_bytes(),
    );
    let atom = format!(
        "<feed><title>M</title><entry><id>a1</id><published>2021-08-13T08:00:00Z</published><summary>{}</summary></entry></feed>",
        told("Kandahar", "Thursday")
    );
    put("feed.atom", atom.as_bytes());
    put(
        "rows.csv",
        format!("id;date;text\n1;2021-08-07;{}\n2;2021-08-07\n", told("Zaranj", "Friday")).as_bytes(),
    );
    put(
        "rows.tsv",
        format!("id\tdate\ttext\nt1\t2021-08-08\t{}\n", told("Sheberghan", "Saturday")).as_bytes(),
    );
    let row = format!(
        "{{\"id\": \"j1\", \"date\": \"2021-08-09\", \"text\": \"{}\"}}\n{{\"id\": \n",
        told("Kunduz", "Sunday")
    );
    put("rows.jsonl.gz", &gzip(row.as_bytes()));
    put(
        "rows.json",
        format!("[{{\"date\": \"2021-08-10\", \"text\": \"{}\"}}]", told("Aybak", "Monday")).as_bytes(),
    );
}

/// The same in plain text, of several encodings.
fn put_texts(dir: &Path) {
    let put = |name: &str, bytes: &[u8]| fs::write(dir.join(name), bytes).unwrap();
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    put("note.txt", format!("date 2021-08-11\n{}\n", told("Farah", "Tuesday")).as_bytes());
    put(
        "wide.txt",
        &[&[0xff, 0xfe][..], &utf16(&format!("date 2021-08-11\n{}", told("Faizabad", "Wednesday")))].concat(),
    );
    put(
        "latin.txt",
        b"date 2021-08-13\n\x93The Taliban captured Ghazni on Thursday\x94, a caf\xe9 owner said.",
    );
    let note = format!("date 2021-08-15\n{}", told("Jalalabad", "Sunday"));
    put(
        "note.txt.zst",
        &ruzstd::encoding::compress_to_vec(note.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest),
    );
    put("broken.gz", &gzip(b"Calm in Herat.")[..14]);
    put("photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0");
}

fn told(place: &str, day: &str) -> String {
    format!("The Taliban captured {place} on {day}, local officials said.")
}

#[test]
fn a_folder_of_all_forms_gives_one_build() {
    let dir = tempfile::tempdir().unwrap();
    put_all_forms(dir.path());
    put_texts(dir.path());
    let out = dir.path().join("maps");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_naqsha"))
        .args(["build", "-o"])
        .arg(&out)
        .arg(dir.path())
        .arg(dir.path().join("broken.gz"))
        .args(["--format", "csv", "--json", "-v"])
        .output()
        .unwrap();
    let (summary, said) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(summary.contains("\"reports\":11"), "{summary} {said}");
    for named in
        ["feed.rss:1: ", "rows.csv:3: ", "rows.jsonl.gz:2: ", "latin.txt: ", "broken.gz: ", "photo.txt: "]
    {
        assert!(said.contains(named), "{named} is not in\n{said}");
    }
    let events = fs::read_to_string(out.join("events.csv")).unwrap();
    for place in [
        "Herat",
        "Kandahar",
        "Zaranj",
        "Sheberghan",
        "Kunduz",
        "Aybak",
        "Farah",
        "Faizabad",
        "Ghazni",
        "Dushi",
    ] {
        assert!(events.contains(place), "{place} is not in\n{events}");
    }
    // An id may look like a path; it never becomes one.
    assert!(events.contains("../../Herat"));
    assert!(!dir.path().parent().unwrap().join("Herat").exists());
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
        name in "(a|id)\\.(txt|csv|tsv|jsonl|json|html|xml|gz|zst|txt\\.gz|x)",
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

    #[test]
    fn what_looks_like_a_page_is_read_without_a_panic(
        text in "(<|</|>|/>|div|p|a|table|tr|td|li|ul|figure|figcaption|article|script|style|meta|title|h1|br|!--|-->| class=\"related\"| href='x'| style='display:none'|\"|'|=|&amp;|&#0;|&#xffffff;|The shops of Herat, Kabul, were open on Friday, they said. |\n|é|\u{0}|<p>|</p>|<div>|</div>|<a href=x>|</a>){0,120}",
        head in "(<!doctype html>|<html><body>|<div>|)",
    ) {
        read("page.html", format!("{head}{text}").as_bytes());
    }

    #[test]
    fn what_looks_like_a_feed_is_read_without_a_panic(
        text in "(<|</|>|/>|item|entry|title|link|guid|description|content:encoded|pubDate| type=\"xhtml\"| href='x'|<!\\[CDATA\\[|\\]\\]>|<!|<\\?|&amp;|&|;|&#0;|&#x1f;|&lt;p&gt;|Calm in Herat.|\n|é|<item>|</item>|<description>|</description>){0,80}",
        head in "(<rss><channel>|<feed>|<\\?xml version='1.0'\\?><rss>|)",
    ) {
        read("feed.xml", format!("{head}{text}").as_bytes());
    }

    /// Whatever the encoding, the same letters arrive.
    #[test]
    fn text_in_utf16_arrives_whole(text in "[A-Za-z ,.é’ا-ی]{40,200}") {
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let (reports, _) = read("a.txt", &[&[0xfe, 0xff][..], &wide].concat());
        prop_assert!(reports.iter().all(|r| r.text == text));
    }
}

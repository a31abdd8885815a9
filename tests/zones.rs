//! How reports are cut: zones, stories, days of printing and sources, against a corpus of printed pages.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]
#![allow(clippy::print_stdout, reason = "a test says where it was skipped, and how much was right")]

use jiff::civil::Date;
use naqsha::data::DataFiles;
use naqsha::report::{Report, Zone, ZoneKind, Zoner};
use naqsha::text::Tokens;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpus {
    page: Vec<Page>,
}

/// A page, and its zones in order: kind, first and last words, and where told the story and the anchor.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    name: String,
    text: String,
    column: Option<Date>,
    published: Option<Date>,
    source: Option<String>,
    zones: Vec<String>,
}

fn zoner() -> Zoner {
    Zoner::from_data(&DataFiles::bundled()).unwrap()
}

fn spell(zone: &Zone, text: &str, published: Option<Date>) -> String {
    let kind = serde_json::to_value(zone.kind).unwrap().as_str().unwrap().to_owned();
    let story = if zone.story == 0 { String::new() } else { format!(" {}", zone.story) };
    let anchor = match zone.anchor {
        day if day == published => String::new(),
        Some(day) => format!(" @{day}"),
        None => " @none".to_owned(),
    };
    let words: Vec<&str> = zone.span.of(text).split_whitespace().collect();
    let short = match words.as_slice() {
        [a, b, .., y, z] if words.len() > 5 => format!("{a} {b} … {y} {z}"),
        all => all.join(" "),
    };
    format!("{kind}{story}{anchor}: {short}")
}

#[test]
fn pages_are_cut_as_an_editor_would() {
    let corpus: Corpus = toml::from_str(include_str!("corpus/zones.toml")).unwrap();
    let zoner = zoner();
    let mut wrong = Vec::new();
    for page in &corpus.page {
        let report = Report { text: page.text.clone(), published: page.column, ..Report::default() };
        let zoned = zoner.zones(&report, &Tokens::of(&report.text));
        let got: Vec<String> = zoned.zones.iter().map(|z| spell(z, &report.text, zoned.published)).collect();
        let told = zoned.notices.len() == usize::from(page.published.is_none());
        if got != page.zones || !told || zoned.published != page.published || zoned.source != page.source {
            wrong.push(format!(
                "{}: published {:?}, source {:?}\n{}",
                page.name,
                zoned.published,
                zoned.source,
                got.join("\n")
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), corpus.page.len(), wrong.join("\n\n"));
    assert!(corpus.page.len() >= 30, "the corpus has shrunk to {}", corpus.page.len());
}

#[test]
fn the_first_real_reports_are_dated_and_parted() {
    let Some(folder) = std::env::var_os("NAQSHA_EVAL") else {
        println!("skipped: NAQSHA_EVAL is unset");
        return;
    };
    let mut paths: Vec<_> = std::fs::read_dir(std::path::Path::new(&folder).join("seeds"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    let zoner = zoner();
    let mut found = Vec::new();
    for path in paths {
        let report = Report { text: std::fs::read_to_string(&path).unwrap(), ..Report::default() };
        let zoned = zoner.zones(&report, &Tokens::of(&report.text));
        let stories = zoned.zones.last().unwrap().story + 1;
        let count = |kind: ZoneKind| zoned.zones.iter().filter(|z| z.kind == kind).count();
        let own = zoned.zones.iter().filter(|z| z.anchor != zoned.published).count();
        found.push((
            zoned.published.unwrap().to_string(),
            stories,
            count(ZoneKind::Dateline),
            count(ZoneKind::Caption),
            count(ZoneKind::Post),
            own,
        ));
    }
    let wanted = [
        ("2021-07-07", 1, 0, 1, 1, 2),
        ("2021-07-07", 1, 0, 0, 0, 0),
        ("2021-07-08", 1, 1, 1, 0, 0),
        ("2021-07-07", 1, 1, 0, 0, 0),
        ("2021-07-07", 4, 0, 0, 0, 0),
    ];
    assert_eq!(found, wanted.map(|(d, s, l, c, p, o)| (d.to_owned(), s, l, c, p, o)));
}

proptest::proptest! {
    #[test]
    fn any_page_is_cut_in_order(text in "([A-Z]{2,6}|[a-z]{1,6}|[0-9]{1,4}|[ ,./:|()@#\n-]|July|2021|By|Photo|\\PC){0,60}") {
        thread_local!(static ZONER: Zoner = zoner());
        let report = Report { text, ..Report::default() };
        let zoned = ZONER.with(|z| z.zones(&report, &Tokens::of(&report.text)));
        for pair in zoned.zones.windows(2) {
            proptest::prop_assert!(pair[0].span.end() <= pair[1].span.start());
            proptest::prop_assert!(pair[0].story <= pair[1].story);
        }
        for zone in &zoned.zones {
            proptest::prop_assert!(!zone.span.of(&report.text).is_empty());
        }
    }
}

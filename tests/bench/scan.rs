//! How fast text is cut into tokens and zones, searched for places, and read. Megabytes a second on one core, over the
//! bundled samples; and how soon the gazetteer is ready.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use naqsha::data::DataFiles;
use naqsha::event::Reader;
use naqsha::gazetteer::Gazetteer;
use naqsha::report::{Report, Zoner, read_reports};
use naqsha::text::Tokens;
use naqsha::toponym::Resolver;

struct Tools {
    zoner: Zoner,
    gazetteer: Gazetteer,
    resolver: Resolver,
    reader: Reader,
    reports: Vec<Report>,
}

static TOOLS: LazyLock<Tools> = LazyLock::new(|| {
    let data = DataFiles::bundled();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples");
    let (Ok(gazetteer), Ok(zoner), Ok(reader), Ok((reports, _))) = (
        Gazetteer::from_data(&data),
        Zoner::from_data(&data),
        Reader::from_data(&data),
        read_reports(samples.as_ref()),
    ) else {
        std::process::abort()
    };
    let Ok(resolver) = Resolver::new(&data, &gazetteer) else { std::process::abort() };
    Tools { zoner, gazetteer, resolver, reader, reports }
});

fn main() {
    divan::main();
}

/// Runs `work` over every sample, counted by the bytes of their texts.
fn over_samples(bencher: Bencher<'_, '_>, work: impl Fn(&Tools, &Report) + Sync) {
    let tools = &*TOOLS;
    let size: usize = tools.reports.iter().map(|r| r.text.len()).sum();
    bencher.counter(BytesCount::new(size)).bench(|| tools.reports.iter().for_each(|r| work(tools, r)));
}

#[divan::bench]
fn tokens(bencher: Bencher<'_, '_>) {
    over_samples(bencher, |_, report| {
        black_box(Tokens::of(&report.text));
    });
}

#[divan::bench]
fn zones(bencher: Bencher<'_, '_>) {
    over_samples(bencher, |tools, report| {
        black_box(tools.zoner.zones(report, &Tokens::of(&report.text)));
    });
}

/// Recognition with resolution: from the text to its places.
#[divan::bench]
fn places(bencher: Bencher<'_, '_>) {
    over_samples(bencher, |tools, report| {
        let tokens = Tokens::of(&report.text);
        let sentences = tokens.sentences(0..tokens.len(), |w| tools.zoner.is_abbreviation(w));
        black_box(tools.resolver.resolve(&tokens, &sentences, &tools.gazetteer));
    });
}

/// The whole reading: zones, places, dates, acts, events.
#[divan::bench]
fn events(bencher: Bencher<'_, '_>) {
    over_samples(bencher, |tools, report| {
        black_box(tools.reader.events(report));
    });
}

/// What reading is measured against: one search for the gazetteer's names as they are spelled, and nothing else.
#[divan::bench]
fn bare_search(bencher: Bencher<'_, '_>) {
    let names = TOOLS.gazetteer.places().map(|p| p.name.as_str());
    let Ok(search) = AhoCorasick::new(names) else { std::process::abort() };
    over_samples(bencher, |_, report| {
        black_box(search.find_iter(&report.text).count());
    });
}

/// The gazetteer with its index of names, ready to search.
#[divan::bench]
fn gazetteer(bencher: Bencher<'_, '_>) {
    let data = DataFiles::bundled();
    bencher.bench(|| {
        let Ok(gazetteer) = Gazetteer::from_data(&data) else { std::process::abort() };
        let Ok(resolver) = Resolver::new(&data, &gazetteer) else { std::process::abort() };
        (gazetteer, resolver)
    });
}

/// Sizes of a text, in bytes: where reading takes time in proportion, the megabytes a second stay the same.
const GROWING: [usize; 3] = [1 << 16, 1 << 18, 1 << 20];

/// `piece` again and again, up to so many bytes.
fn grown(piece: &str, size: usize) -> Report {
    let text = format!("date 2021-07-14\n\n{}", piece.repeat(size / piece.len()));
    Report { text, ..Report::default() }
}

fn reading(bencher: Bencher<'_, '_>, report: &Report) {
    let reader = &TOOLS.reader;
    bencher.counter(BytesCount::new(report.text.len())).bench(|| black_box(reader.read(report)));
}

/// A sentence without end.
#[divan::bench(args = GROWING, sample_count = 3)]
fn one_sentence(bencher: Bencher<'_, '_>, size: usize) {
    reading(
        bencher,
        &grown("gunmen took Nerkh district on Tuesday and fled from Kunduz city to Herat, and ", size),
    );
}

/// Time expressions that run into one another.
#[divan::bench(args = GROWING, sample_count = 3)]
fn one_date(bencher: Bencher<'_, '_>, size: usize) {
    reading(bencher, &grown("on the night of July 12, 2021 to 31 June 2021-13-45 ", size));
}

/// Quotation marks within quotation marks, and quotations of nobody.
#[divan::bench(args = GROWING, sample_count = 3)]
fn quotations(bencher: Bencher<'_, '_>, size: usize) {
    let inner = grown("\"He fled to Kabul.\" ", size / 2).text;
    let marks = size / 4;
    let text = format!("{}{inner}{}", "\"".repeat(marks), "\"".repeat(marks));
    reading(bencher, &Report { text, ..Report::default() });
}

/// One act told again and again, and stories without end.
#[divan::bench(args = GROWING, sample_count = 3)]
fn stories(bencher: Bencher<'_, '_>, size: usize) {
    let piece = "KABUL (Reuters) - A bomb killed two in Nerkh.\n\nThe Taliban captured Nerkh on Monday.\n\nA head line\n\n";
    reading(bencher, &grown(piece, size));
}

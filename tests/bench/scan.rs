//! How fast text is cut into tokens and zones and searched for places. Megabytes a second on one core.

use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use naqsha::data::DataFiles;
use naqsha::gazetteer::Gazetteer;
use naqsha::report::{Report, Zoner};
use naqsha::text::Tokens;
use naqsha::toponym::Resolver;

struct Tools {
    zoner: Zoner,
    gazetteer: Gazetteer,
    resolver: Resolver,
    report: Report,
}

static TOOLS: LazyLock<Tools> = LazyLock::new(|| {
    let data = DataFiles::bundled();
    let Ok(gazetteer) = Gazetteer::from_data(&data) else { std::process::abort() };
    let (Ok(zoner), Ok(resolver)) = (Zoner::from_data(&data), Resolver::new(&data, &gazetteer)) else {
        std::process::abort()
    };
    let report = Report { text: STORY.repeat(200), ..Report::default() };
    Tools { zoner, gazetteer, resolver, report }
});

/// A story of the usual sort: one name in about twenty words.
const STORY: &str = "Afghan commandos were flown to Kunduz on Thursday after fighters entered the town of \
Imam Sahib overnight, a member of the provincial council said. Shops were shut and the road to the north was \
closed to all but military vehicles, he said, adding that families had left for Taluqan and Kabul.\n\nThe defence \
ministry in the capital did not comment. Its spokesman, Mohammad Karim Noori, had told reporters a day earlier \
that the army would hold every district centre. Prices of bread and fuel have doubled since the beginning of the \
month, and the hospital has run out of blood, according to its director.\n\n";

fn main() {
    divan::main();
}

#[divan::bench]
fn tokens(bencher: Bencher<'_, '_>) {
    let text = TOOLS.report.text.as_str();
    bencher.counter(BytesCount::of_str(text)).bench(|| Tokens::of(text).len());
}

#[divan::bench]
fn zones(bencher: Bencher<'_, '_>) {
    let tools = &*TOOLS;
    let tokens = Tokens::of(&tools.report.text);
    let size = BytesCount::of_str(&tools.report.text);
    bencher.counter(size).bench(|| tools.zoner.zones(&tools.report, &tokens).zones.len());
}

#[divan::bench]
fn places(bencher: Bencher<'_, '_>) {
    let tools = &*TOOLS;
    let tokens = Tokens::of(&tools.report.text);
    let sentences = tokens.sentences(0..tokens.len(), |w| tools.zoner.is_abbreviation(w));
    let size = BytesCount::of_str(&tools.report.text);
    bencher.counter(size).bench(|| tools.resolver.resolve(&tokens, &sentences, &tools.gazetteer).len());
}

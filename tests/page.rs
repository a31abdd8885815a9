//! The page to browse: what its bytes must be, and what it does in a browser.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]
#![allow(clippy::print_stdout, reason = "a test says where it was skipped")]

mod browser;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use browser::{Browser, DOWN, END, ENTER, ESCAPE, HOME, RIGHT};
use jiff::civil::{Date, date};
use naqsha::control::Timeline;
use naqsha::data::DataFiles;
use naqsha::map::{Areas, Look, Theme};
use naqsha::mapper::Mapper;
use naqsha::output;
use naqsha::report::{Report, read_reports};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What the contract allows for 70 days.
const LARGEST: usize = 3_000_000;

struct World {
    data: DataFiles,
    mapper: Mapper,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let data = DataFiles::bundled();
    World { mapper: Mapper::from_data(&data).unwrap(), data }
});

fn timeline(reports: &[Report]) -> Timeline {
    let (events, _) = WORLD.mapper.events(reports);
    WORLD.mapper.timeline(events, None, None)
}

fn page(timeline: &Timeline) -> String {
    page_in(timeline, None)
}

fn page_in(timeline: &Timeline, theme: Option<Theme>) -> String {
    let (atlas, gazetteer) = (WORLD.mapper.atlas(), WORLD.mapper.gazetteer());
    String::from_utf8(output::page(timeline, atlas, gazetteer, &WORLD.data, theme).unwrap()).unwrap()
}

/// The page of the samples.
static SAMPLES: LazyLock<String> = LazyLock::new(|| {
    let (reports, _) = read_reports(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples")).unwrap();
    page(&timeline(&reports))
});

/// Two days whose reports carry markup in text, outlet and headline.
fn hostile() -> String {
    let attack = "<img src=x onerror=\"document.title='owned'\">";
    let report = |id: &str, day, text: &str| Report {
        id: id.to_owned(),
        source: Some(format!("Post {attack}")),
        url: Some("javascript:document.title='owned'".to_owned()),
        published: Some(day),
        title: None,
        text: text.to_owned(),
    };
    let reports = [
        report(
            "a",
            date(2021, 7, 6),
            &format!(
                "The Taliban captured Imam Sahib district in Kunduz province on Tuesday, residents said {attack} \
                </script><script>document.title='owned'</script> in the bazaar."
            ),
        ),
        report(
            "b",
            date(2021, 7, 7),
            "An air strike hit a Taliban convoy in Imam Sahib on Wednesday, residents said.",
        ),
    ];
    let timeline = timeline(&reports);
    assert!(timeline.events.iter().any(|e| e.quote.contains("<script>")), "{:?}", timeline.events);
    page(&timeline)
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> &'t str {
    let (_, after) = text.split_once(open).unwrap();
    after.split_once(close).unwrap().0
}

fn run(page: &str) -> Value {
    serde_json::from_str(between(page, "id=\"data\">", "</script>")).unwrap()
}

#[test]
fn the_policy_allows_its_own_style_and_script_and_nothing_else() {
    let page = &*SAMPLES;
    let policy = between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let script = hash(between(page, "<script type=\"module\">", "</script>"));
    let style = hash(between(page, "<style>", "</style>"));
    let parts: Vec<&str> = policy.split("; ").collect();
    assert_eq!(parts[0], "default-src 'none'");
    assert_eq!(parts[1], format!("script-src {script}"));
    assert_eq!(parts[2], format!("style-src {style}"));
    assert!(!policy.contains("unsafe"), "{policy}");
    // The style of an element would be refused.
    assert!(!page.contains(" style=\""));
}

#[test]
fn nothing_is_left_to_fill_in_and_nothing_comes_from_outside() {
    let page = &*SAMPLES;
    assert!(page.starts_with("<!DOCTYPE html>"));
    assert!(!page.contains("{{"));
    for outside in
        ["<link", "src=\"", "@import", "fetch(", "XMLHttpRequest", "innerHTML", "outerHTML", "eval("]
    {
        assert!(!page.contains(outside), "{outside}");
    }
    for tag in ["html", "head", "body", "main", "header", "footer", "aside", "svg", "section", "fieldset"] {
        let (open, close) =
            (page.matches(&format!("<{tag}")).count(), page.matches(&format!("</{tag}>")).count());
        // "<head" begins "<header" too.
        let open = if tag == "head" { open - page.matches("<header").count() } else { open };
        assert_eq!(open, close, "<{tag}>");
    }
}

#[test]
fn ids_are_unique() {
    let mut ids: Vec<&str> =
        SAMPLES.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn the_page_is_small_and_always_the_same() {
    let days = run(&SAMPLES)["days"].as_array().unwrap().len();
    println!("{} bytes for {days} days", SAMPLES.len());
    assert!(SAMPLES.len() * 70 / days.max(70) < LARGEST);
    let (reports, _) = read_reports(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples")).unwrap();
    let other = Mapper::from_data(&WORLD.data).unwrap();
    let again = other.timeline(other.events(&reports).0, None, None);
    let bytes = output::page(&again, other.atlas(), other.gazetteer(), &WORLD.data, None).unwrap();
    assert!(bytes == SAMPLES.as_bytes());
}

#[test]
fn statuses_are_those_of_the_days() {
    let (reports, _) = read_reports(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples")).unwrap();
    let timeline = timeline(&reports);
    let run = run(&SAMPLES);
    let classes: Vec<&str> =
        run["words"]["classes"].as_array().unwrap().iter().map(|c| c[0].as_str().unwrap()).collect();
    let mut compared = 0;
    for (n, day) in timeline.days().iter().enumerate() {
        for status in &day.statuses {
            let unit = ["areas", "provinces", "spots"]
                .iter()
                .flat_map(|list| run[*list].as_array().unwrap())
                .find(|u| u["i"] == status.unit.as_str());
            let Some(unit) = unit else { panic!("{} is not on the page", status.unit) };
            let spell = unit["s"]
                .as_array()
                .into_iter()
                .flatten()
                .find(|s| (s[0][0].as_u64().unwrap()..=s[0][1].as_u64().unwrap()).contains(&(n as u64)));
            let class = spell.map(|s| classes[usize::try_from(s[0][2].as_u64().unwrap()).unwrap()]);
            // An area without a status of its own may show what is said of its province.
            if status.status.as_str() != "unknown" {
                assert_eq!(class, Some(status.status.as_str()), "{} on {}", status.name, day.date);
                compared += 1;
            }
        }
    }
    assert!(compared > 500, "{compared}");
}

#[test]
fn a_theme_that_is_chosen_is_the_pages_too() {
    assert!(SAMPLES.contains("<html lang=\"en\">"));
    let page = page_in(&Timeline::default(), Some(Theme::Dark));
    assert!(page.contains("<html lang=\"en\" data-theme=\"dark\">"));
}

#[test]
fn areas_that_are_chosen_are_the_pages_too() {
    let mapper = Mapper::from_data(&WORLD.data).unwrap();
    let mapper = mapper.with_look(&WORLD.data, Look { areas: Areas::Provinces, ..Look::default() }).unwrap();
    let (reports, _) = read_reports(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples")).unwrap();
    let timeline = mapper.timeline(mapper.events(&reports).0, None, None);
    let bytes = output::page(&timeline, mapper.atlas(), mapper.gazetteer(), &WORLD.data, None).unwrap();
    let run = run(&String::from_utf8(bytes).unwrap());
    assert_eq!(run["areas"].as_array().unwrap().len(), 34);
}

#[test]
fn quotes_are_as_long_as_is_wanted() {
    let text = "The Taliban captured Imam Sahib district in Kunduz province on Tuesday, residents said.";
    let report = Report {
        id: "one".to_owned(),
        published: Some(date(2021, 7, 7)),
        text: text.to_owned(),
        ..Report::default()
    };
    let timeline = timeline(&[report]);
    let quotes = |timeline: &Timeline| {
        let table = String::from_utf8(output::events(&timeline.events).unwrap()).unwrap();
        let layer: Value = serde_json::from_str(&table).unwrap();
        let shown = run(&page(timeline))["strings"].to_string();
        (layer["features"][0]["properties"]["quote"].clone(), shown.contains("The Taliban captured"), shown)
    };
    let (layer, told, page) = quotes(&timeline);
    assert!(layer == text && told && page.contains(text), "{layer} {page}");
    let (layer, told, page) = quotes(&timeline.clone().quoting(3));
    assert!(layer == "The Taliban captured …" && told && !page.contains("captured Imam Sahib district in"));
    assert_eq!(quotes(&timeline.clone().quoting(13)).0, text);
    let (layer, told, _) = quotes(&timeline.quoting(0));
    assert!(layer.is_null() && !told, "{layer}");
}

#[test]
fn markup_in_reports_is_data() {
    let page = hostile();
    assert!(!page.contains("<img"));
    assert_eq!(page.matches("<script").count(), 2);
    let strings = run(&page)["strings"].to_string();
    assert!(strings.contains("<img src=x") && strings.contains("</script>"), "{strings}");
    assert!(!strings.contains("javascript:"), "a link that runs is none");
}

#[test]
fn a_run_of_one_day_and_no_district_is_a_page() {
    let reports = [Report {
        id: "one".to_owned(),
        published: Some(date(2021, 7, 7)),
        text: "Fighting broke out in Badghis province on Wednesday, residents said.".to_owned(),
        ..Report::default()
    }];
    let run = run(&page(&timeline(&reports)));
    assert_eq!(run["areas"].as_array().unwrap().len(), 34);
    assert_eq!(run["provinces"], json!([]));
    assert!(page(&Timeline::default()).contains("<h1"));
}

/// Opens a page in a browser, or says that there is none.
fn browse(html: &str, size: [u32; 2], telephone: bool) -> Option<(Browser, tempfile::TempDir, String)> {
    let Some(browser) = Browser::start(size, telephone) else {
        println!("skipped: chromium or chromedriver is not installed");
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("index.html");
    fs::write(&file, html).unwrap();
    let url = format!("file://{}", file.display());
    Some((browser, folder, url))
}

fn pictures() -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("page");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Names that lie on one another or on a marker, or leave the map, on any day. The line of a text is taller than its letters.
const CLASHES: &str = "
const faults = [], range = document.querySelector('#day'), map = document.querySelector('#map');
const box = (e, name, dx, up, down) => {
  const r = e.getBoundingClientRect();
  return { name, left: r.left + dx, right: r.right - dx, top: r.top + up * r.height, bottom: r.bottom - down * r.height };
};
for (let day = 0; day <= range.max; day++) {
  range.value = day;
  range.dispatchEvent(new Event('input'));
  const page = map.getBoundingClientRect();
  const names = [...document.querySelectorAll('#names text, #scale text')].map(t => box(t, t.textContent, 0, .22, .2));
  const marks = [...document.querySelectorAll('#marks .ring')].map(m => box(m, 'a marker', 1, .04, .04));
  names.forEach((a, n) => {
    if (a.left < page.left || a.right > page.right || a.top < page.top) faults.push([day, a.name, 'leaves']);
    for (const b of [...names.slice(n + 1), ...marks]) {
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) faults.push([day, a.name, b.name]);
    }
  });
}
return faults";

fn is_quiet(browser: &Browser) {
    let log = browser.log();
    assert!(log.is_empty(), "the console says {log:#?}");
    let asked = browser.run("return performance.getEntriesByType('resource').map(e => e.name)");
    assert_eq!(asked, json!([]), "the page asks for something");
}

#[test]
fn a_reader_moves_through_days_filters_and_evidence() {
    let Some((browser, _folder, url)) = browse(&SAMPLES, [1440, 900], false) else { return };
    browser.open(&format!("{url}#2021-08-08"));
    browser.wait("document.querySelector('#date').textContent.includes('8 August 2021')");
    let run = run(&SAMPLES);
    let first: Date = run["first"].as_str().unwrap().parse().unwrap();
    let told = usize::try_from((date(2021, 8, 8) - first).get_days()).unwrap();
    assert_eq!(browser.text("#title"), run["days"][told]["title"]);
    browser.picture(&pictures().join("day.png"));

    browser.press("#day", RIGHT);
    assert!(browser.text("#date").contains("9 August 2021"), "{}", browser.text("#date"));
    browser.press("body", RIGHT);
    assert!(browser.text("#date").contains("10 August 2021"));
    browser.press("#day", HOME);
    assert!(browser.text("#date").contains("21 June 2021"));
    browser.press("#day", END);
    assert!(browser.text("#date").contains("15 August 2021"));
    assert!(browser.text("#live").contains("15 August 2021"));

    assert_eq!(browser.run(CLASHES), json!([]));

    // A status that is hidden leaves the map, and comes back.
    let held = "document.querySelectorAll('#areas .s-taliban').length";
    let before = browser.run(&format!("return {held}"));
    assert!(before.as_u64().unwrap() > 10, "{before}");
    browser.click("[data-status=taliban]");
    browser.wait(&format!("{held} === 0"));
    browser.click("[data-status=taliban]");
    browser.wait(&format!("{held} === {before}"));

    // So does a kind of event.
    let flags = "document.querySelectorAll('[data-kind=\"Place taken\"]').length";
    browser.wait(&format!("{flags} > 0"));
    browser.click("[data-group=flag]");
    browser.wait(&format!("{flags} === 0"));
    browser.click("[data-group=flag]");

    browser.click("#theme");
    browser.wait("getComputedStyle(document.documentElement).colorScheme === 'dark'");
    browser.picture(&pictures().join("dark.png"));

    // The run plays from its first day, and stops when told to.
    browser.press("body", " ");
    browser.wait("document.querySelector('#date').textContent.includes('June 2021')");
    browser.press("body", " ");
    let day = browser.text("#date");
    std::thread::sleep(std::time::Duration::from_millis(1000));
    assert_eq!(browser.text("#date"), day);

    // A map that was hidden for a while comes back whole.
    browser.run("document.querySelector('#stage').hidden = true");
    browser.press("body", RIGHT);
    browser.run("document.querySelector('#stage').hidden = false");
    browser.press("body", RIGHT);
    browser.wait("/^translate\\([-.\\d]+ [-.\\d]+\\) scale\\([.\\d]+\\)$/.test(document.querySelector('#world').getAttribute('transform'))");

    browser.open(&format!("{url}#2021-07-01/AF-KDZ"));
    browser.wait("document.querySelector('#detail h2')?.textContent === 'Kunduz'");
    browser.open(&format!("{url}#nonsense"));
    browser.wait("document.querySelector('#date').textContent.includes('15 August 2021')");
    is_quiet(&browser);
}

#[test]
fn a_reader_finds_a_place_and_reads_its_evidence() {
    let Some((browser, _folder, url)) = browse(&SAMPLES, [1440, 900], false) else { return };
    browser.open(&format!("{url}#2021-08-15"));
    browser.wait("document.querySelector('#date').textContent.includes('15 August 2021')");
    // The pointer shows the last sentence behind a place.
    browser.run(
        "const box = document.querySelector('#stage').getBoundingClientRect(); \
         document.querySelector('#a-AF1905').dispatchEvent(new PointerEvent('pointermove', \
         {bubbles: true, pointerType: 'mouse', clientX: box.x + 200, clientY: box.y + 200}))",
    );
    let tip = browser.text("#tip");
    assert!(
        tip.contains("Imam Sahib") && browser.text("#tip q").contains(' ') && tip.contains("2021"),
        "{tip}"
    );

    // A place is found by its name, and its evidence read.
    browser.press("#search", "imam");
    browser.press("#search", DOWN);
    browser.press("#search", ENTER);
    browser.wait("!document.querySelector('#detail').hidden");
    assert_eq!(browser.text("#detail h2"), "Imam Sahib");
    assert!(browser.text("#detail .behind").contains("Imam Sahib"));
    assert!(browser.text("#detail .source").contains("2021"));
    assert!(browser.run("return location.hash").as_str().unwrap().ends_with("/AF1905"));
    browser.picture(&pictures().join("evidence.png"));
    browser.press("body", ESCAPE);
    browser.wait("document.querySelector('#detail').hidden");

    // The scale follows the zoom.
    let far = browser.text("#scale");
    browser.click("#zoom-in");
    assert!(far.contains("km") && far.contains("miles") && browser.text("#scale") != far, "{far}");
    is_quiet(&browser);
}

#[test]
fn a_telephone_shows_all_of_it() {
    let Some((browser, _folder, url)) = browse(&SAMPLES, [360, 740], true) else { return };
    browser.open(&format!("{url}#2021-08-13"));
    browser.wait("document.querySelector('#date').textContent.includes('13 August 2021')");
    assert_eq!(browser.run("return innerWidth"), json!(360));
    assert_eq!(browser.run("return document.documentElement.scrollWidth"), json!(360), "it scrolls sideways");
    browser.picture(&pictures().join("telephone.png"));
    assert_eq!(browser.run(CLASHES), json!([]));
    browser.open(&format!("{url}#2021-08-14"));
    browser.click(".mark");
    browser.wait("!document.querySelector('#detail').hidden");
    browser.wait("document.querySelector('#detail blockquote')");
    browser.picture(&pictures().join("telephone-evidence.png"));
    browser.click("#close");
    browser.wait("document.querySelector('#detail').hidden");
    is_quiet(&browser);
}

#[test]
fn markup_in_reports_stays_text_in_a_browser() {
    let Some((browser, _folder, url)) = browse(&hostile(), [1200, 800], false) else { return };
    browser.open(&format!("{url}#2021-07-07/AF1905"));
    browser.wait("document.querySelector('#detail blockquote')");
    let detail = browser.text("#detail");
    assert!(detail.contains("<script>document.title='owned'</script>"), "{detail}");
    assert!(detail.contains("Post <img src=x"), "{detail}");
    assert_eq!(browser.run("return document.querySelectorAll('img, a').length"), json!(0));
    assert_ne!(browser.run("return document.title"), json!("owned"));
    is_quiet(&browser);
}

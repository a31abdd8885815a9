//! The command line: help, errors and exit codes by files in tests/cli, pipes and colours here.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]
#![allow(clippy::print_stdout, reason = "a test says where it was skipped")]

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const REPORT: &str =
    r#"{"id": "w1", "date": "2021-08-06", "text": "The Taliban captured Zaranj on Friday."}"#;

fn naqsha(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_naqsha"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn fed(mut child: Child, input: &[u8]) -> Output {
    let mut stdin = child.stdin.take().unwrap();
    // The program may end before it has read all.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().unwrap()
}

#[test]
fn commands_say_and_return_what_their_files_hold() {
    trycmd::TestCases::new().case("tests/cli/*.trycmd").run();
}

#[test]
fn standard_input_is_read() {
    for (input, id) in
        [(REPORT, "w1"), ("date 2021-08-06\n\nThe Taliban captured Zaranj on Friday.", "stdin")]
    {
        let run = fed(naqsha(&["extract", "-"]).spawn().unwrap(), input.as_bytes());
        let record: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        assert_eq!(record["doc_id"], id);
        assert_eq!(record["place"], "Zaranj");
        let run = fed(naqsha(&["read", "--format", "json", "-"]).spawn().unwrap(), input.as_bytes());
        let record: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        assert_eq!((&record["doc_id"], &record["acts"][0]["fate"]), (&id.into(), &"told".into()));
    }
}

#[test]
fn a_closed_pipe_is_success() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("many.jsonl");
    fs::write(&file, format!("{REPORT}\n").repeat(3000)).unwrap();
    let file = file.to_str().unwrap();
    for command in [&["extract", file][..], &["read", file], &["read", "--format", "json", file]] {
        let mut child = naqsha(command).spawn().unwrap();
        let mut first = [0; 100];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let run = child.wait_with_output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        assert_eq!(String::from_utf8_lossy(&run.stderr), "");
    }
}

#[test]
fn a_full_standard_output_is_no_folder() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else {
        println!("skipped: this system has no /dev/full");
        return;
    };
    let run = fed(naqsha(&["extract", "-"]).stdout(full).spawn().unwrap(), REPORT.as_bytes());
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(said.contains("cannot write standard output") && !said.contains("folder"), "{said}");
}

#[test]
fn a_build_that_writes_nothing_makes_no_folder() {
    let dir = tempfile::tempdir().unwrap();
    let (empty, out) = (dir.path().join("in"), dir.path().join("out"));
    fs::create_dir(&empty).unwrap();
    let run = naqsha(&["build", empty.to_str().unwrap(), "-o", out.to_str().unwrap()]).output().unwrap();
    assert_eq!(run.status.code(), Some(1));
    assert!(!out.exists());
}

#[test]
fn places_are_no_finer_than_their_kind() {
    let text = r#"{"id": "w1", "date": "2021-08-06", "text": "The Taliban captured Nerkh district in Wardak province on Friday. Militants came from Pakistan."}"#;
    let fields = |what: &str| {
        let run = fed(naqsha(&["extract", "--what", what, "-"]).spawn().unwrap(), text.as_bytes());
        let lines = String::from_utf8(run.stdout).unwrap();
        let records = lines.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap());
        let kind = if what == "places" { "kind" } else { "place_kind" };
        records
            .map(|r| (r[kind].as_str().unwrap().to_owned(), r["geo_precision"].as_u64().unwrap()))
            .collect::<Vec<_>>()
    };
    let places = fields("places");
    for expected in [("district", 3), ("province", 4), ("country", 7)] {
        assert!(places.contains(&(expected.0.to_owned(), expected.1)), "{expected:?}: {places:?}");
    }
    assert_eq!(fields("events"), [("district".to_owned(), 3)]);
}

#[test]
fn colours_are_for_terminals_or_those_who_ask() {
    let missing = ["extract", "no/such/file"];
    let words = |options: &[&str], no_color: bool| {
        let mut command = naqsha(&[&missing[..], options].concat());
        if no_color {
            command.env("NO_COLOR", "1");
        }
        let run = command.output().unwrap();
        assert_eq!(run.status.code(), Some(2));
        String::from_utf8(run.stderr).unwrap()
    };
    assert!(!words(&[], false).contains('\u{1b}'));
    assert!(words(&["--color", "always"], false).contains('\u{1b}'));
    assert!(!words(&["--color", "never"], false).contains('\u{1b}'));
    assert!(!words(&[], true).contains('\u{1b}'));
    // The same of words about a command line that cannot be parsed.
    let refused = |options: &[&str]| {
        let run = naqsha(&[&["build", "--lang", "xx"][..], options].concat()).output().unwrap();
        String::from_utf8(run.stderr).unwrap().contains('\u{1b}')
    };
    assert_eq!(
        [refused(&[]), refused(&["--color", "always"]), refused(&["--color=never"])],
        [false, true, false]
    );
    let page = |options: &[&str]| {
        let run = fed(naqsha(&[&["read", "-"][..], options].concat()).spawn().unwrap(), REPORT.as_bytes());
        String::from_utf8(run.stdout).unwrap()
    };
    assert!(!page(&[]).contains('\u{1b}'));
    assert!(page(&["--color", "always"]).contains("\u{1b}[32m[Zaranj]"));
}

#[test]
fn every_notice_is_listed_on_demand() {
    let dir = tempfile::tempdir().unwrap();
    for n in 0..9 {
        fs::write(dir.path().join(format!("{n}.txt")), "").unwrap();
    }
    let folder = dir.path().to_str().unwrap();
    let lines = |options: &[&str]| {
        let run = naqsha(&[&["extract", folder][..], options].concat()).output().unwrap();
        assert_eq!(run.status.code(), Some(1));
        String::from_utf8(run.stderr).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let short = lines(&[]);
    assert_eq!(short.iter().filter(|l| l.starts_with("skipped: ")).count(), 5);
    assert_eq!(short.last().unwrap(), "9 skipped, 0 noted; --verbose lists them all");
    assert_eq!(lines(&["-v"]).iter().filter(|l| l.starts_with("skipped: ")).count(), 9);
    assert!(lines(&["--quiet"]).is_empty());
}

#[test]
fn extract_holds_one_batch_at_a_time() {
    let Ok(status) = fs::read_to_string("/proc/self/status") else {
        println!("skipped: this system does not tell a process' memory");
        return;
    };
    assert!(status.contains("VmHWM"));
    let dir = tempfile::tempdir().unwrap();
    let peak = |reports: usize| {
        let file = dir.path().join("many.jsonl");
        fs::write(&file, format!("{REPORT}\n").repeat(reports)).unwrap();
        let mut child = naqsha(&["extract", file.to_str().unwrap()]).spawn().unwrap();
        let mut out = child.stdout.take().unwrap();
        let (mut buffer, mut peak) = ([0; 65536], 0);
        while out.read(&mut buffer).unwrap() > 0 {
            peak = peak.max(memory(child.id()).unwrap_or(0));
        }
        child.wait().unwrap();
        peak
    };
    let (few, many) = (peak(1_000), peak(6_000));
    assert!(many < few + 20_000, "{few} kB for 1,000 reports, {many} kB for 6,000");
}

/// The most memory a process has held so far, in kB.
fn memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(Path::new("/proc").join(process.to_string()).join("status")).ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn a_name_for_a_map_means_the_widest_place_or_with_a_radius_the_town() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().to_str().unwrap();
    for (name, radius, told) in [
        ("Kunduz", None, "Kunduz province"),
        ("kunduz city", None, "30 km around Kunduz"),
        ("Kunduz", Some("50"), "50 km around Kunduz"),
        ("Imam Sahib", None, "Imam Sahib district, Kunduz"),
        ("Muqur, Badghis", None, "Muqur district, Badghis"),
        ("AF-NIM", None, "Nimroz province"),
    ] {
        let mut arguments = vec!["build", "-", "-o", out, "--format", "svg", "--quiet", "--focus", name];
        arguments.extend(radius.iter().flat_map(|km| ["--radius", km]));
        let run = fed(naqsha(&arguments).spawn().unwrap(), REPORT.as_bytes());
        assert!(run.status.success(), "{name}: {}", String::from_utf8_lossy(&run.stderr));
        let svg = fs::read_to_string(dir.path().join("2021-08-06/2021-08-06-map.svg")).unwrap();
        assert!(
            svg.contains(&format!("<desc id=\"map-description\">Map of {told} in ")),
            "{name} {radius:?}"
        );
    }
}

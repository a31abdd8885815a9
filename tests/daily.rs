//! Unattended runs: what is read again, locks, runs that die, what is kept, and watching.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]
#![allow(clippy::print_stdout, reason = "a test says where it was skipped")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

/// Reports that bear on each other: captures, a denial, a recapture, a copy, one that tells nothing.
const TOLD: [(&str, &str, &str); 7] = [
    ("a", "2021-08-06", "The Taliban captured Zaranj, the capital of Nimroz province, on Friday."),
    ("b", "2021-08-07", "Fighting broke out inside Sheberghan on Saturday."),
    ("c", "2021-08-08", "The Taliban captured Imam Sahib district in Kunduz province on Sunday."),
    ("d", "2021-08-07", "The governor denied that Zaranj had been captured."),
    ("e", "2021-08-09", "Afghan forces recaptured Imam Sahib district in Kunduz province on Monday."),
    ("f", "2021-08-07", "The Taliban captured Zaranj, the capital of Nimroz province, on Friday."),
    ("g", "2021-08-05", "The minister said that\nthe talks in Doha would go on."),
];

const FEW: [&str; 4] = ["--size", "400x400", "--scale", "1"];

fn naqsha(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_naqsha"));
    command.args(arguments).current_dir(home).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(home: &Path, arguments: &[&str]) -> Output {
    naqsha(home, arguments).output().unwrap()
}

/// Builds and returns the summary.
fn built(home: &Path, arguments: &[&str]) -> Value {
    let run = run(home, &[&["build", "reports", "--json"], arguments].concat());
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
}

fn failed(run: &Output, told: &str) {
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(said.contains(told), "{said}");
}

fn report(home: &Path, (id, date, text): (&str, &str, &str)) {
    fs::create_dir_all(home.join("reports")).unwrap();
    fs::write(home.join(format!("reports/{id}.txt")), format!("date {date}\n\n{text}\n")).unwrap();
}

fn reports(home: &Path, told: &[(&str, &str, &str)]) {
    told.iter().for_each(|t| report(home, *t));
}

/// All files below a folder, hidden ones included, by path.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut found, mut waiting) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(dir) = waiting.pop() {
        for entry in fs::read_dir(dir).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if let Ok(bytes) = fs::read(&path) {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, bytes);
            }
        }
    }
    found
}

/// What a run gives: no file that it only remembers by, and nothing unfinished.
fn given(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = files(root);
    all.remove(".drawn");
    all.remove(".read");
    all
}

fn same(one: &Path, other: &Path, when: &str) {
    let (one, other) = (given(one), given(other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{when}");
    one.iter().for_each(|(path, bytes)| assert!(*bytes == other[path], "{path} {when}"));
}

/// Numbers that look random and are the same each time (Knuth's linear congruential generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

#[test]
fn whatever_comes_changes_or_goes_an_update_writes_what_a_full_build_does() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let mut chance = Chance(7);
    let mut there = BTreeMap::new();
    for step in 0..12 {
        let (id, date, text) = TOLD[chance.below(TOLD.len() as u64) as usize];
        let mut read = 1;
        match (there.get(id), chance.below(3)) {
            (Some(_), 0) if there.len() > 1 => {
                fs::remove_file(home.join(format!("reports/{id}.txt"))).unwrap();
                there.remove(id);
                read = 0;
            }
            (Some(n), _) => {
                let text = format!("{text} Residents said so, call {n}.");
                report(home, (id, date, &text));
                there.insert(id, n + 1);
            }
            (None, _) => {
                report(home, (id, date, text));
                there.insert(id, 0);
            }
        }
        if there.keys().all(|id| ["d", "g"].contains(id)) {
            continue;
        }
        let formats = ["--format", if step % 4 == 0 { "geojson,csv,html,svg" } else { "geojson,csv,html" }];
        let update = built(home, &[&["-o", "updated", "--update"], &formats[..], &FEW].concat());
        if step > 2 {
            assert!(update["read"].as_u64().unwrap() <= read + 1, "step {step}: {update}");
        }
        let _ = fs::remove_dir_all(home.join("full"));
        built(home, &[&["-o", "full"], &formats[..], &FEW].concat());
        same(&home.join("updated"), &home.join("full"), &format!("at step {step}"));
    }
}

#[test]
fn an_update_reads_what_is_new_and_a_broken_memory_is_thrown_away() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    reports(home, &TOLD[..3]);
    let update = ["-o", "out", "--format", "csv", "--update"];
    assert_eq!(built(home, &update)["read"], 3);
    report(home, TOLD[3]);
    let summary = built(home, &update);
    assert_eq!((&summary["read"], &summary["reports"]), (&1.into(), &4.into()));
    // A full build reads all, whatever is remembered.
    assert_eq!(built(home, &update[..4])["read"], 4);

    let memory = home.join("out/.read");
    let whole = fs::read(&memory).unwrap();
    assert!(!String::from_utf8_lossy(&whole).contains("Fighting broke out"), "sentences stay in the reports");
    let mut turned = whole.clone();
    *turned.last_mut().unwrap() ^= 1;
    for broken in [&whole[..whole.len() / 2], &turned, b"", b"naqsha-read 1 \xff\n"] {
        fs::write(&memory, broken).unwrap();
        let summary = built(home, &update);
        assert_eq!(
            (&summary["read"], &summary["noted"], &summary["changed"]),
            (&4.into(), &1.into(), &0.into())
        );
        assert!(summary["notices"][0]["message"].as_str().unwrap().contains("made anew"));
        assert!(fs::read(&memory).unwrap() == whole);
    }
    // That of another version says nothing, and nobody is told.
    let other = String::from_utf8_lossy(&whole[..14]).into_owned() + &"0".repeat(64);
    let mut bytes = whole.clone();
    bytes[..other.len()].copy_from_slice(other.as_bytes());
    fs::write(&memory, bytes).unwrap();
    let summary = built(home, &update);
    assert_eq!((&summary["read"], &summary["noted"]), (&4.into(), &0.into()));
}

#[test]
fn two_builds_into_one_folder_cannot_meet() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    reports(home, &TOLD[..1]);
    let build = ["build", "reports", "-o", "out", "--format", "csv"];
    assert!(run(home, &build).status.success());
    let lock = home.join("out/.lock");
    assert!(!lock.exists());
    // A file that nobody holds is no lock.
    let held = File::create(&lock).unwrap();
    assert!(run(home, &build).status.success());
    drop(held);
    let held = File::create(&lock).unwrap();
    held.lock().unwrap();
    failed(&run(home, &build), "another naqsha writes to out; wait until it has ended, give --wait SECONDS");
    failed(&run(home, &[&build[..], &["--wait", "1"]].concat()), "another naqsha");
    let mut waits = naqsha(home, &[&build[..], &["--wait", "60"]].concat()).spawn().unwrap();
    sleep(Duration::from_millis(300));
    assert!(waits.try_wait().unwrap().is_none());
    drop(held);
    assert!(waits.wait().unwrap().success());
}

/// Whether a file is all that it should be.
fn is_whole(name: &str, bytes: &[u8]) -> bool {
    let ends = |end: &str| String::from_utf8_lossy(bytes).trim_end().ends_with(end);
    match name.rsplit_once('.').unwrap().1 {
        "json" | "geojson" => serde_json::from_slice::<Value>(bytes).is_ok(),
        "svg" => ends("</svg>"),
        "html" => ends("</html>"),
        "qml" => ends("</qgis>"),
        "csv" => bytes.ends_with(b"\n"),
        "png" => {
            let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
            let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut pixels).is_ok()
        }
        other => panic!("{other}"),
    }
}

/// Kills builds at so many moments; the next run must finish each.
fn killed(moments: u64) {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    reports(home, &TOLD[..5]);
    let whole = |out: &'static str| [&["-o", out, "--update"], &FEW[..]].concat();
    let begun = Instant::now();
    built(home, &whole("undisturbed"));
    let length = begun.elapsed().as_millis() as u64;
    let (mut chance, mut died) = (Chance(11), 0);
    for moment in 0..moments {
        if moment % 3 != 0 {
            // Over a run that was killed and finished, after some of it is gone.
            let _ = fs::remove_dir_all(home.join("out/2021-08-06"));
            let _ = fs::remove_file(home.join("out/index.html"));
        } else {
            let _ = fs::remove_dir_all(home.join("out"));
        }
        let after = chance.below(length);
        let mut child =
            naqsha(home, &[&["build", "reports", "--quiet"], &whole("out")[..]].concat()).spawn().unwrap();
        sleep(Duration::from_millis(after));
        died += u64::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        for (name, bytes) in files(&home.join("out")) {
            let hidden = name.starts_with('.');
            assert!(hidden || is_whole(&name, &bytes), "{name} is half written after {after} ms");
        }
        built(home, &whole("out"));
        same(&home.join("out"), &home.join("undisturbed"), &format!("killed after {after} ms"));
    }
    println!("{died} of {moments} builds died, one takes {length} ms");
    assert!(died > moments / 4);
}

#[test]
fn a_build_that_is_killed_leaves_whole_files_and_the_next_one_finishes() {
    killed(6);
}

#[test]
#[ignore = "takes a minute; the same at 30 moments"]
fn a_build_that_is_killed_at_any_of_thirty_moments_is_finished() {
    killed(30);
}

/// Kills a build into a folder after it has drawn two days.
fn dead(home: &Path, out: &str) {
    let build = ["build", "reports", "-o", out, "--format", "svg", "--jobs", "1"];
    let mut child = naqsha(home, &[&build[..], &FEW].concat()).spawn().unwrap();
    let drawn = || files(&home.join(out)).keys().filter(|f| f.ends_with("map.svg")).count();
    while drawn() < 2 && child.try_wait().unwrap().is_none() {
        sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_run_goes_on_where_another_died_or_clears_what_it_left() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    reports(home, &TOLD[..5]);
    dead(home, "out");
    let summary = built(home, &[&["-o", "out", "--format", "svg"], &FEW[..]].concat());
    assert_eq!(summary["days"], 4);
    assert!(summary["drawn"].as_u64().unwrap() <= 2, "{summary}");
    dead(home, "other");
    built(home, &["-o", "other", "--format", "csv"]);
    built(home, &["-o", "fresh", "--format", "csv"]);
    same(&home.join("other"), &home.join("fresh"), "after a run that left maps");
}

#[test]
fn what_is_no_longer_kept_goes_as_far_as_it_is_ours() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    reports(home, &TOLD[..5]);
    let all = ["-o", "out", "--format", "geojson,csv"];
    assert_eq!(built(home, &all)["days"], 4);
    let table = fs::read(home.join("out/timeline.csv")).unwrap();
    let edited = home.join("out/2021-08-06/2021-08-06-areas.geojson");
    let own = home.join("out/2021-08-07/notes.txt");
    fs::write(&edited, "edited").unwrap();
    fs::write(&own, "mine").unwrap();
    let summary = built(home, &[&all[..], &["--keep", "2"]].concat());
    assert_eq!((&summary["removed"], &summary["days"]), (&11.into(), &4.into()));
    let left = given(&home.join("out"));
    let days: Vec<&String> = left.keys().filter(|f| f.starts_with("2021")).collect();
    assert_eq!(days.len(), 2 + 2 * 6, "{days:?}");
    assert!(edited.exists() && own.exists());
    assert!(left["timeline.csv"] == table, "what tells the whole run stays whole");
    assert!(
        built(home, &[&all[..], &["--keep", "2"]].concat())["changed_days"].as_array().unwrap().is_empty()
    );
}

#[cfg(unix)]
#[test]
fn nothing_is_written_outside_the_folder() {
    use std::os::unix::fs::symlink;
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    reports(home, &TOLD[..1]);
    let build = ["build", "reports", "-o", "out", "--format", "geojson"];
    fs::create_dir_all(home.join("outside")).unwrap();
    fs::create_dir_all(home.join("out")).unwrap();
    symlink("../outside", home.join("out/2021-08-06")).unwrap();
    failed(&run(home, &build), "out/2021-08-06 is no folder of its own; remove it");
    fs::remove_file(home.join("out/2021-08-06")).unwrap();
    for name in [".lock", ".journal", ".read", ".drawn", "events.geojson", "manifest.json"] {
        fs::write(home.join("outside/theirs"), "theirs").unwrap();
        symlink("../outside/theirs", home.join("out").join(name)).unwrap();
        let run = run(home, &build);
        if name == ".lock" {
            failed(&run, "is no plain file; remove it");
            fs::remove_file(home.join("out/.lock")).unwrap();
        } else {
            assert!(run.status.success(), "{name}: {}", String::from_utf8_lossy(&run.stderr));
        }
        assert_eq!(fs::read_to_string(home.join("outside/theirs")).unwrap(), "theirs", "{name}");
        let _ = fs::remove_dir_all(home.join("out"));
        fs::create_dir_all(home.join("out")).unwrap();
    }
    assert_eq!(files(&home.join("outside")).len(), 1);
    fs::write(home.join("file"), "").unwrap();
    failed(&run(home, &["build", "reports", "-o", "file"]), "file is a file; name a folder to write to");
}

#[test]
fn the_log_may_be_lines_of_json() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    reports(home, &TOLD[..1]);
    fs::write(home.join("reports/rows.csv"), "id,text\n1,\n").unwrap();
    let said = |arguments: &[&str]| {
        let run = run(home, arguments);
        let lines = String::from_utf8(run.stderr).unwrap();
        let lines: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        lines.into_iter().map(|l| l["level"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let build = ["build", "reports", "-o", "out", "--format", "csv", "--log", "json"];
    assert_eq!(said(&build), ["warning", "info"]);
    assert_eq!(said(&["extract", "nowhere", "--log", "json"]), ["error"]);
    assert!(said(&[&build[..], &["--quiet"]].concat()).is_empty());
}

/// Ends when its test does.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn watching_builds_when_reports_arrive_and_rests_when_none_do() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    reports(home, &TOLD[..1]);
    let summaries = File::create(home.join("summaries")).unwrap();
    // The folder that is written to lies in the one that is watched.
    let watch = ["watch", "reports", "-o", "reports/out", "--format", "csv", "--every", "0.2", "--json"];
    let mut child = Watching(naqsha(home, &watch).stdout(summaries).stderr(Stdio::null()).spawn().unwrap());
    let told = || {
        let lines = fs::read_to_string(home.join("summaries")).unwrap();
        lines.lines().filter_map(|l| serde_json::from_str::<Value>(l).ok()).collect::<Vec<_>>()
    };
    let wait = |reports: u64| {
        let until = Instant::now() + Duration::from_secs(60);
        while told().last().is_none_or(|s| s["reports"] != reports) {
            assert!(Instant::now() < until, "{:?}", told());
            sleep(Duration::from_millis(50));
        }
    };
    wait(1);
    report(home, TOLD[1]);
    wait(2);
    assert_eq!(told().last().unwrap()["read"], 1);
    fs::remove_file(home.join("reports/a.txt")).unwrap();
    wait(1);
    let builds = told().len();
    sleep(Duration::from_millis(1500));
    assert_eq!(told().len(), builds, "it builds though nothing changed");
    interrupted(&mut child.0);
    let failing = run(home, &["watch", "-", "-o", "out"]);
    failed(&failing, "standard input cannot be watched");
    failed(&run(home, &["watch", "nowhere", "-o", "out"]), "cannot read nowhere");
}

/// Ctrl-C ends it as it ends others.
#[cfg(unix)]
fn interrupted(child: &mut Child) {
    use std::os::unix::process::ExitStatusExt;
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    if sent.is_ok_and(|s| s.success()) {
        assert_eq!(child.wait().unwrap().signal(), Some(2));
    }
}

#[cfg(not(unix))]
fn interrupted(_: &mut Child) {}

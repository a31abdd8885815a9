//! A second run into a folder: it draws the days that changed and no other, and the bytes are those of a first run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use sha2::{Digest, Sha256};

const EARLY: &str = r#"{"id": "a", "date": "2021-08-06", "text": "The Taliban captured Zaranj on Friday."}
{"id": "b", "date": "2021-08-07", "text": "Fighting broke out inside Sheberghan on Saturday."}"#;
const LATE: &str = r#"{"id": "c", "date": "2021-08-08", "text": "The Taliban captured Imam Sahib district in Kunduz province on Sunday."}"#;

const KEPT: &str = "2021-08-06/2021-08-06-map.svg";

/// Writes the reports and builds from them.
fn build(home: &Path, reports: &[&str], output: &str, options: &[&str]) {
    fs::write(home.join("reports.jsonl"), reports.join("\n")).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_naqsha"))
        .args(["build", "reports.jsonl", "-o", output, "--scale", "1", "--size", "social"])
        .args(options)
        .current_dir(home)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// The files of a run by path; what a run only remembers is none.
fn files(output: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let manifest: Value = serde_json::from_slice(&fs::read(output.join("manifest.json")).unwrap()).unwrap();
    found.insert("manifest.json".to_owned(), manifest.to_string().into_bytes());
    for file in manifest["files"].as_array().unwrap() {
        let path = file["path"].as_str().unwrap();
        found.insert(path.to_owned(), fs::read(output.join(path)).unwrap());
    }
    found
}

fn same(one: &Path, other: &Path) {
    let (one, other) = (files(one), files(other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(*bytes == other[path], "{path}");
    }
}

/// Puts another map where a day's lies, and makes the folder believe that it was drawn so.
fn plant(output: &Path, map: &str) {
    let memory = output.join(".drawn");
    let mut drawn: Value = serde_json::from_slice(&fs::read(&memory).unwrap()).unwrap();
    let hash: String = Sha256::digest(map).iter().map(|byte| format!("{byte:02x}")).collect();
    drawn[KEPT]["sha256"] = hash.into();
    fs::write(&memory, drawn.to_string()).unwrap();
    fs::write(output.join(KEPT), map).unwrap();
}

#[test]
fn a_run_draws_the_days_that_changed_and_its_bytes_are_those_of_a_first_run() {
    let home = tempfile::tempdir().unwrap();
    let (home, kept) = (home.path(), home.path().join("one").join(KEPT));
    build(home, &[EARLY], "one", &[]);
    let first = fs::read_to_string(&kept).unwrap();
    build(home, &[EARLY, LATE], "one", &[]);
    build(home, &[EARLY, LATE], "other", &[]);
    same(&home.join("one"), &home.join("other"));
    assert!(fs::read_to_string(&kept).unwrap() == first, "a later report changed an earlier day");

    // What is believed to be drawn is not drawn.
    plant(&home.join("one"), "planted");
    build(home, &[EARLY], "one", &[]);
    assert_eq!(fs::read_to_string(&kept).unwrap(), "planted");
    // What somebody changed is.
    fs::write(&kept, "changed").unwrap();
    build(home, &[EARLY, LATE], "one", &[]);
    same(&home.join("one"), &home.join("other"));

    // So is a day that looks otherwise, or of which other things are told.
    let told = EARLY.replace("Zaranj", "Farah");
    let svg = ["--format", "svg"];
    for (reports, options) in [(EARLY, &["--format", "svg", "--theme", "dark"][..]), (&told, &svg)] {
        build(home, &[EARLY], "one", &svg);
        plant(&home.join("one"), "planted");
        build(home, &[reports], "one", options);
        build(home, &[reports], "other", options);
        same(&home.join("one"), &home.join("other"));
    }
}

#[test]
fn a_run_that_draws_nothing_remembers_nothing_and_a_broken_memory_is_none() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    build(home, &[EARLY], "one", &["--format", "csv"]);
    assert!(!home.join("one/.drawn").exists());
    build(home, &[EARLY], "one", &["--format", "svg"]);
    build(home, &[EARLY], "other", &["--format", "svg"]);
    fs::write(home.join("one/.drawn"), "{\"").unwrap();
    build(home, &[EARLY], "one", &["--format", "svg"]);
    same(&home.join("one"), &home.join("other"));
}

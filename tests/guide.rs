//! The guide: every command of its pages runs, in order, and prints what the page shows.
//!
//! Blocks of `sh` are run, those of `console` and other kinds are not; `exit:N` says how the last command ends. A block with
//! `file:NAME` is laid beside them, and `text output` holds lines of what the block before printed, `...` standing for
//! anything.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use naqsha::data::DataFiles;
use serde_json::Value;

struct Block {
    info: Vec<String>,
    line: usize,
    text: String,
}

impl Block {
    /// What stands behind `key:` in the first line.
    fn value(&self, key: &str) -> Option<&str> {
        self.info.iter().find_map(|i| i.strip_prefix(key)?.strip_prefix(':'))
    }

    fn is(&self, info: &[&str]) -> bool {
        info.iter().zip(&self.info).all(|(a, b)| a == b) && self.info.len() >= info.len()
    }
}

/// The fenced blocks of a page, also those that are indented.
fn blocks(page: &str) -> Vec<Block> {
    let (mut found, mut open) = (Vec::new(), None::<(Block, usize)>);
    for (at, line) in page.lines().enumerate() {
        let body = line.trim_start();
        let margin = line.len() - body.len();
        match (&mut open, body.strip_prefix("```")) {
            (None, Some(info)) => {
                let info = info.split_whitespace().map(str::to_owned).collect();
                open = Some((Block { info, line: at + 1, text: String::new() }, margin));
            }
            (Some(_), Some(_)) => found.extend(open.take().map(|(block, _)| block)),
            (Some((block, margin)), None) => {
                block.text.push_str(line.get(*margin..).unwrap_or_default());
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    found
}

/// A folder like a clone, with a file of district areas in it.
fn clone_of(dir: &Path) {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["data", "tests"] {
        symlink(top.join(name), dir.join(name)).unwrap();
    }
    let bundled = DataFiles::bundled();
    let mut layer: Value = serde_json::from_str(bundled.text("basemap/districts.geojson").unwrap()).unwrap();
    for unit in layer["features"].as_array_mut().unwrap() {
        unit["properties"]["ADM2_PCODE"] = unit["id"].clone();
    }
    fs::write(dir.join("districts.geojson"), layer.to_string()).unwrap();
}

fn run(page: &str, block: &Block, dir: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_naqsha")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let home = dir.join(".home");
    let run = Command::new("sh")
        .args(["-eu", "-c", &block.text])
        .current_dir(dir)
        .env("PATH", path)
        .env("HOME", &home)
        .env("XDG_DATA_HOME", &home)
        .env_remove("NAQSHA_BOUNDARIES")
        .output()
        .unwrap();
    let said = String::from_utf8(run.stdout).unwrap() + &String::from_utf8(run.stderr).unwrap();
    let expected = block.value("exit").map_or(0, |code| code.parse().unwrap());
    assert_eq!(run.status.code(), Some(expected), "{page}:{}\n{}\n{said}", block.line, block.text);
    said
}

/// Whether the parts of a line between dots stand in another, in their order.
fn shows(line: &str, said: &str) -> bool {
    let mut rest = said;
    line.trim().split("...").map(str::trim).all(|part| match rest.find(part) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}

fn follow(page: &str, text: &str) -> usize {
    let dir = tempfile::tempdir().unwrap();
    clone_of(dir.path());
    let (mut ran, mut said) = (0, String::new());
    for block in blocks(text) {
        if let Some(name) = block.value("file") {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &block.text).unwrap();
        } else if block.is(&["sh"]) {
            said = run(page, &block, dir.path());
            ran += 1;
        } else if block.is(&["text", "output"]) {
            for line in block.text.lines().filter(|l| !l.trim().is_empty()) {
                let found = said.lines().any(|l| shows(line, l));
                assert!(found, "{page}:{}: not printed: {line}\n{said}", block.line);
            }
        }
    }
    ran
}

#[test]
fn every_command_of_the_guide_runs() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/guide");
    let mut pages: Vec<_> = fs::read_dir(&guide).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|e| e == "md"));
    pages.sort();
    let ran: usize = pages
        .iter()
        .map(|path| {
            let page = path.file_name().unwrap().to_string_lossy();
            follow(&page, &fs::read_to_string(path).unwrap())
        })
        .sum();
    assert!(ran > 20, "{ran} blocks of commands in {} pages", pages.len());
}

#[test]
fn the_picture_in_the_documentation_is_the_picture_beside_the_page() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/guide");
    let embedded = fs::read_to_string(guide.join("qgis.png.base64")).unwrap();
    assert!(BASE64_STANDARD.decode(embedded).unwrap() == fs::read(guide.join("qgis.png")).unwrap());
}

#[test]
fn pages_lead_to_each_other() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/guide");
    let modules = fs::read_to_string(guide.join("mod.rs")).unwrap();
    let links = fs::read_to_string(guide.join("links.md")).unwrap();
    let index = fs::read_to_string(guide.join("README.md")).unwrap();
    for line in index.lines().filter(|l| l.starts_with('[')) {
        let (title, file) = line.split_once(": ").unwrap();
        let name = file.strip_suffix(".md").unwrap();
        let page = fs::read_to_string(guide.join(file)).unwrap();
        assert!(page.starts_with(&format!("# {}\n", title.trim_matches(['[', ']']))), "{file}");
        assert!(links.contains(&format!("{title}: crate::guide::{name}\n")), "{file}");
        assert!(modules.contains(&format!("include_str!(\"{file}\")")), "{file}");
    }
}

//! What the compiler does not hold: the floors of src/, the shape of its files, and what may not be written anywhere.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of src/ from the ground up. A module may name those of lower floors and its own, no other.
/// `error` lies under everything, so that even the ground floor can fail.
const FLOORS: &[&[&str]] = &[
    &["error"],
    &["text", "data"],
    &["report", "gazetteer", "lexicon"],
    &["toponym", "date"],
    &["event"],
    &["control"],
    &["map"],
    &["mapper", "output", "score", "coded", "boundaries"],
    &["guide", "cli", "main"],
];

/// Modules that are values in, values out: no file, no process, no clock, no terminal.
const PURE: &[&str] = &[
    "text",
    "gazetteer",
    "lexicon",
    "toponym",
    "date",
    "event",
    "control",
    "map",
    "score",
    "coded",
    "boundaries",
];

const IMPURE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::process",
    "std::net",
    "SystemTime",
    "Instant::now",
    "Zoned::now",
    "indicatif",
    "clap::",
    "println!",
];

const MAX_LINES: usize = 400;
const SHAPELESS: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "shared"];
const EXCUSES: &[&str] = &["unwrap_used", "expect_used", "clippy::panic", "unsafe_code", "missing_docs"];

/// Every file under `dir`, sorted.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![dir.to_owned()];
    while let Some(dir) = waiting.pop() {
        for entry in fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { waiting.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

fn sources() -> BTreeMap<String, String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    files(&src)
        .into_iter()
        .filter(|f| f.extension().is_some_and(|e| e == "rs"))
        .map(|f| {
            (
                f.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/"),
                fs::read_to_string(&f).unwrap(),
            )
        })
        .collect()
}

/// `event/reader.rs` and `event.rs` are both of the module `event`.
fn module(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|f| f.contains(&module))
}

/// The code of a file without its comments; a test module at its end counts as code.
fn code(text: &str) -> String {
    text.lines().filter(|l| !l.trim_start().starts_with("//")).map(|l| format!("{l}\n")).collect()
}

/// The modules of this crate that `code` names, by `crate::a`, `naqsha::a` or `crate::{a, b::c}`.
fn named(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for root in ["crate::", "naqsha::"] {
        for (at, _) in code.match_indices(root) {
            if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let rest = &code[at + root.len()..];
            match rest.strip_prefix('{') {
                Some(group) => found.extend(group_heads(group)),
                None => found.push(ident(rest)),
            }
        }
    }
    found
}

fn ident(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first name of each path in `a, b::{c, d}, e}`.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut heads, mut start) = (1, Vec::new(), 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && c == ',') {
            heads.push(ident(group[start..at].trim()));
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    heads.retain(|h| !h.is_empty());
    heads
}

fn report(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn each_module_names_only_lower_floors() {
    let mut faults = Vec::new();
    for (file, text) in sources() {
        let own = module(&file);
        if own == "lib" {
            continue;
        }
        let Some(here) = floor(own) else {
            faults.push(format!(
                "src/{file}: the module `{own}` stands on no floor; give it one in tests/tidy.rs"
            ));
            continue;
        };
        let code = code(&text);
        for name in named(&code) {
            let low = floor(&name).is_some_and(|f| f < here);
            // A name that is no module is an item that lib.rs lets out, for programmers outside and for main.
            let item = floor(&name).is_none() && own == "main";
            if name != own && !low && !item {
                faults.push(format!("src/{file} names `{name}`, which is not below `{own}`"));
            }
        }
        if code.contains("super::super") {
            faults.push(format!("src/{file}: super::super; name the path from crate::"));
        }
    }
    report(&faults);
}

#[test]
fn the_reasoning_touches_no_disk_clock_or_terminal() {
    let mut faults = Vec::new();
    for (file, text) in sources() {
        if !PURE.contains(&module(&file)) {
            continue;
        }
        let code = code(&text);
        faults.extend(
            IMPURE
                .iter()
                .filter(|n| code.contains(**n))
                .map(|n| format!("src/{file} uses {n}; that belongs to floor 6 or 7")),
        );
    }
    report(&faults);
}

#[test]
fn each_file_is_short_opens_with_its_idea_and_has_a_telling_name() {
    let mut faults = Vec::new();
    for (file, text) in sources() {
        let lines = text.lines().count();
        if lines > MAX_LINES {
            faults.push(format!("src/{file} has {lines} lines; at most {MAX_LINES}"));
        }
        if !text.starts_with("//! ") {
            faults.push(format!("src/{file} does not begin with `//! ` and its one idea"));
        }
        let parts = file.trim_end_matches(".rs").split('/');
        faults.extend(
            parts
                .filter(|p| SHAPELESS.contains(p))
                .map(|p| format!("src/{file}: `{p}` says nothing of what is in it")),
        );
    }
    report(&faults);
}

#[test]
fn no_lint_of_safety_is_excused() {
    let mut faults = Vec::new();
    for (file, text) in sources() {
        for (at, line) in code(&text).lines().enumerate() {
            let attribute = line.contains("allow(") || line.contains("expect(clippy");
            if line.trim_start().starts_with("#") && attribute && EXCUSES.iter().any(|e| line.contains(e)) {
                faults.push(format!("src/{file}, line {} of its code: {}", at + 1, line.trim()));
            }
        }
    }
    report(&faults);
}

#[test]
fn no_text_names_a_path_of_one_machine() {
    // Put together here, so that this file does not hold what it looks for.
    let roots: Vec<String> = ["work", "root", "home", "Users"].iter().map(|r| format!("/{r}/")).collect();
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut faults = Vec::new();
    let folders = ["src", "data", "tests", "examples", "output", ".ci"];
    let mut paths: Vec<PathBuf> =
        folders.iter().map(|f| top.join(f)).filter(|f| f.is_dir()).flat_map(|f| files(&f)).collect();
    paths.extend(["README.md", "CHANGELOG.md", "LICENSE", "Cargo.toml"].map(|f| top.join(f)));
    for path in paths {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for root in &roots {
            for (at, _) in text.match_indices(root.as_str()) {
                // A path starts a word; "https://example.org/home/" does not.
                if !text[..at].ends_with(|c: char| c.is_alphanumeric() || "-_.~*".contains(c)) {
                    let line = text[..at].matches('\n').count() + 1;
                    faults.push(format!("{}:{line}: {root}", path.strip_prefix(top).unwrap().display()));
                }
            }
        }
    }
    report(&faults);
}

//! The committed run in output/: what README's first command writes today must be what lies there.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// PNG may differ by this much in a channel, in at most this share of pixels: rounding in another compiler, not another map.
const CHANNEL: u8 = 8;
const SHARE: f64 = 0.002;
const MOST_PICTURES: usize = 3;
const MOST_DAYS: usize = 10;

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The arguments of the command that README.md names after `<!-- build -->`, with `output` replaced.
fn arguments(output: &Path) -> Vec<String> {
    let readme = fs::read_to_string(top().join("README.md")).unwrap();
    let (_, after) = readme.split_once("<!-- build -->").unwrap();
    let command = after.split("```").nth(1).unwrap().lines().nth(1).unwrap();
    let (_, arguments) = command.split_once(" -- ").unwrap();
    let mut arguments: Vec<String> = arguments.split_whitespace().map(str::to_owned).collect();
    let at = arguments.iter().position(|a| a == "-o").unwrap() + 1;
    assert_eq!(arguments[at], "output");
    arguments[at] = output.to_str().unwrap().to_owned();
    arguments
}

/// Each file under `dir` by its path inside, dot files left out.
fn files(dir: &Path) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![dir.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if !path.file_name().unwrap().to_str().unwrap().starts_with('.') {
                let inside = path.strip_prefix(dir).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(inside, path);
            }
        }
    }
    found
}

fn is_png(name: &str) -> bool {
    name.ends_with(".png")
}

/// The manifest's lines that do not hang on the bytes of a picture.
fn without_pictures(manifest: &[u8]) -> String {
    let mut value: serde_json::Value = serde_json::from_slice(manifest).unwrap();
    let listed = value.get_mut("files").expect("the manifest lists the files written");
    if let Some(list) = listed.as_array_mut() {
        list.retain(|f| !f.to_string().contains(".png"));
    } else if let Some(map) = listed.as_object_mut() {
        map.retain(|name, _| !is_png(name));
    }
    serde_json::to_string_pretty(&value).unwrap()
}

/// Width, height and bytes of the pixels as RGB or RGBA.
fn pixels(path: &Path) -> (u32, u32, Vec<u8>) {
    let mut decoder = png::Decoder::new(std::io::BufReader::new(fs::File::open(path).unwrap()));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    bytes.truncate(info.buffer_size());
    (info.width, info.height, bytes)
}

fn picture_fault(name: &str, kept: &Path, fresh: &Path) -> Option<String> {
    let (kept, fresh) = (pixels(kept), pixels(fresh));
    if (kept.0, kept.1, kept.2.len()) != (fresh.0, fresh.1, fresh.2.len()) {
        return Some(format!("{name}: {}x{} kept, {}x{} now", kept.0, kept.1, fresh.0, fresh.1));
    }
    let far = kept.2.iter().zip(&fresh.2).filter(|(a, b)| a.abs_diff(**b) > CHANNEL).count();
    let share = far as f64 / kept.2.len() as f64;
    (share > SHARE).then(|| format!("{name}: {:.2} % of it differs", share * 100.0))
}

fn first_difference(kept: &[u8], fresh: &[u8]) -> String {
    let (kept, fresh) = (String::from_utf8_lossy(kept), String::from_utf8_lossy(fresh));
    let cut = |line: Option<&str>| line.map_or("(end)".to_owned(), |l| l.chars().take(160).collect());
    let (mut a, mut b) = (kept.lines(), fresh.lines());
    for number in 1.. {
        let (left, right) = (a.next(), b.next());
        if left != right || left.is_none() {
            return format!("line {number}\n    kept: {}\n    now:  {}", cut(left), cut(right));
        }
    }
    String::new()
}

#[test]
fn the_committed_run_is_what_the_first_command_writes() {
    let folder = tempfile::tempdir().unwrap();
    let fresh_dir = folder.path().join("output");
    let run = Command::new(env!("CARGO_BIN_EXE_naqsha"))
        .args(arguments(&fresh_dir))
        .current_dir(top())
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));

    let (kept, fresh) = (files(&top().join("output")), files(&fresh_dir));
    let mut faults: Vec<String> = Vec::new();
    faults.extend(kept.keys().filter(|k| !fresh.contains_key(*k)).map(|k| format!("{k}: no longer written")));
    for (name, path) in &fresh {
        match kept.get(name) {
            // PNG of some days only are kept.
            None if is_png(name) => {}
            None => faults.push(format!("{name}: new, not in output/")),
            Some(old) if is_png(name) => faults.extend(picture_fault(name, old, path)),
            Some(old) => {
                let (mut old, mut new) = (fs::read(old).unwrap(), fs::read(path).unwrap());
                if name == "manifest.json" {
                    (old, new) = (without_pictures(&old).into_bytes(), without_pictures(&new).into_bytes());
                }
                if old != new {
                    faults.push(format!("{name}: {}", first_difference(&old, &new)));
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "output/ is not what README's first command writes; look at the differences, then run it:\n{}",
        faults.join("\n")
    );
}

#[test]
fn the_committed_run_is_small() {
    let all = files(&top().join("output"));
    let days: BTreeSet<&str> = all.keys().filter_map(|f| f.split_once('/')).map(|(day, _)| day).collect();
    assert!((1..=MOST_DAYS).contains(&days.len()), "{days:?}");
    // Pictures of other days may lie there after a run; the ignore file names those that are kept.
    let ignore = fs::read_to_string(top().join("output/.gitignore")).unwrap();
    let kept = ignore.lines().filter(|l| l.starts_with('!')).count();
    assert!(kept <= MOST_PICTURES, "{kept} pictures are kept");
    for line in ignore.lines().filter_map(|l| l.strip_prefix('!')) {
        let day = line.split('/').next().unwrap();
        assert!(all.contains_key(&format!("{day}/{day}-map.png")), "no picture of {day}");
    }
}

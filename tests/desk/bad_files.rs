//! Files of corrections that are wrong: each fault with its line and the remedy, and the rest applies.

use std::fs;
use std::process::Command;

use naqsha::control::{Baseline, Corrections};
use naqsha::error::NoticeKind;

use super::{PLACES, told};

/// Checks the faults of a file, `LINE: PART OF THE MESSAGE` each, and how many corrections are left.
fn check(file: &str, text: &str, wanted: &[&str], left: usize) {
    let read = if file.ends_with(".csv") { Corrections::from_csv } else { Corrections::from_toml };
    let (corrections, notices) = read(file, text, &PLACES);
    assert!(notices.iter().all(|n| n.kind == NoticeKind::Skipped));
    let told = told(&notices);
    assert_eq!(told.len(), wanted.len(), "{told:#?}");
    for (told, wanted) in told.iter().zip(wanted) {
        let (line, part) = wanted.split_once(": ").unwrap();
        assert!(told.starts_with(&format!("{file}:{line}: ")) && told.contains(part), "{told}\nnot {wanted}");
    }
    assert_eq!(corrections.all().len(), left);
}

const FAULTY: &str = r#"
[[correction]]
action = "pin"
unit = "Atlantis"
status = "taliban"
from = "2021-07-07"
reason = "r"

[[correction]]
action = "pin"
unit = "Nad Ali district"
status = "taliban"
from = "7 July"
reason = "r"

[[correction]]
action = "pin"
unit = "Nad Ali district"
status = "red"
from = "2021-07-07"
reason = "r"

[[correction]]
action = "pin"
unit = "Nad Ali district"
status = "taliban"
from = "2021-07-07"
until = "2021-07-01"
reason = "r"

[[correction]]
action = "pin"
unit = "Sangin district"
status = "taliban"
from = "2021-07-07"
untill = "2021-07-09"
reason = "r"

[[correction]]
action = "delete"
event = "0123456789abcdef"
reason = "r"

[[correction]]
action = "suppress"
event = "0123"
reason = "r"

[[correction]]
action = "suppress"
event = "0123456789abcdef"
status = "taliban"
reason = "r"

[[correction]]
action = "suppress"
event = "0123456789abcdef"

[[correction]]
action = "date"
event = "0123456789abcdee"
to = "2021-07-09..2021-07-08"
reason = "r"

[[correction]]
action = "kind"
event = "0123456789abcded"
to = "conquered"
reason = "r"

[[correction]]
action = "merge"
events = ["0123456789abcded"]
reason = "r"

[[correction]]
action = "suppress"
reason = "r"

[[correction]]
action = "suppress"
event = "00000000000000ff"
reason = "this one is right"
"#;

#[test]
fn faults_of_single_corrections() {
    let wanted = [
        "4: no place \"Atlantis\" is known",
        "13: from \"7 July\" is no day; write it as 2021-07-07",
        "19: status \"red\" is unknown; write one of taliban, government",
        "28: until 2021-07-01 lies before from 2021-07-07; swap them",
        "36: \"untill\" is unknown; correct it to one of action",
        "40: action \"delete\" is unknown; write suppress, move",
        "46: \"0123\" is no event id",
        "52: suppress has no status; take it out",
        "55: has no reason; say why",
        "62: 2021-07-08 lies before 2021-07-09; swap them",
        "68: \"conquered\" is no kind of event; write one of captured",
        "72: merge names one event; list two or more",
        "76: has no report; name the event",
    ];
    check("desk.toml", FAULTY, &wanted, 1);
}

#[test]
fn duplicates_and_contradictions() {
    let pin = |status: &str, days: &str| {
        format!(
            "[[correction]]\naction = \"pin\"\nunit = \"Nad Ali district\"\nstatus = \"{status}\"\n{days}\nreason = \"r\"\n"
        )
    };
    let from = |day: u8| format!("from = 2021-07-{day:02}");
    let twice = pin("taliban", &from(7)) + &pin("taliban", &from(7));
    check("desk.toml", &twice, &["7: says again what line 1 says; take it out"], 1);
    let against = pin("taliban", &from(7)) + &pin("government", &from(7)) + &pin("taliban", &from(20));
    let both = ["1: contradicts line 7 (pin", "7: contradicts line 1 (pin"];
    check("desk.toml", &against, &both, 1);
    check("desk.toml", &(pin("taliban", &from(7)) + &pin("government", &from(9))), &[], 2);
    let closed = pin("taliban", "from = 2021-07-07\nuntil = 2021-07-10") + &pin("government", &from(9));
    check("desk.toml", &closed, &["1: contradicts line 8", "8: contradicts line 1"], 0);
    let apart = pin("taliban", "from = 2021-07-07\nuntil = 2021-07-10") + &pin("government", &from(11));
    check("desk.toml", &apart, &[], 2);
    let of = |keys: &str| format!("[[correction]]\nreason = \"r\"\nevent = \"0123456789abcdef\"\n{keys}\n");
    let moved = of("action = \"move\"\nto = \"AF0101\"");
    check(
        "desk.toml",
        &(moved.clone() + &of("action = \"move\"\nto = \"AF0102\"")),
        &["1: contra", "6: contra"],
        0,
    );
    check("desk.toml", &(moved.clone() + &of("action = \"suppress\"")), &["1: contra", "6: contra"], 0);
    check("desk.toml", &(moved + &of("action = \"date\"\nto = \"2021-07-09\"")), &[], 2);
}

#[test]
fn broken_syntax_costs_only_the_table_that_it_stands_in() {
    let text = "title = \"ours\"\n[[correction]]\naction = \"suppress\nevent = \"0123456789abcdef\"\nreason = \"r\"\n\n\
        [[correction]]\naction = \"suppress\"\nevent = \"0123456789abcdef\"\nreason = \"r\"\n";
    let (corrections, notices) = Corrections::from_toml("desk.toml", text, &PLACES);
    let told = told(&notices);
    assert!(told[0].contains("desk.toml:1: \"title\" stands outside"), "{told:#?}");
    assert!(told[1].starts_with("desk.toml:3: is no TOML: "), "{told:#?}");
    assert_eq!(corrections.all().len(), 1);
}

#[test]
fn a_table_of_rows_says_the_same_as_a_file_of_tables() {
    let rows = "action,event,events,unit,status,from,reason,by,colour\n\
        suppress,0123456789abcdef,,,,,withdrawn,desk,\n\
        merge,,00000000000000aa; 00000000000000bb,,,,one fight,,\n\
        pin,,,Sangin district,taliban,2021-07-07,seen,,\n\
        pin,,,Kajaki district,taliban,2021-07-07,seen,,red\n";
    let wanted = ["1: the column \"colour\" is unknown", "5: \"colour\" is unknown"];
    check("desk.csv", rows, &wanted, 3);
    let (of_rows, _) = Corrections::from_csv("desk.csv", rows, &PLACES);
    let tables = "[[correction]]\naction = \"suppress\"\nevent = \"0123456789abcdef\"\nreason = \"withdrawn\"\nby = \"desk\"\n";
    let (of_tables, _) = Corrections::from_toml("desk.toml", tables, &PLACES);
    assert_eq!(of_rows.all()[0].id, of_tables.all()[0].id);
    assert_eq!(of_rows.all()[0].action, of_tables.all()[0].action);
}

#[test]
fn strict_makes_a_bad_file_fail_and_the_rest_applies() {
    let dir = tempfile::tempdir().unwrap();
    let (report, desk) = (dir.path().join("z.txt"), dir.path().join("desk.toml"));
    fs::write(
        &report,
        "date 2021-08-06\n\nThe Taliban captured Sangin district of Helmand province on Friday.",
    )
    .unwrap();
    let good = "[[correction]]\naction = \"pin\"\nunit = \"Sangin district\"\nstatus = \"contested\"\nfrom = 2021-08-06\nreason = \"seen\"\n";
    let run = |extra: &[&str]| {
        let out = dir.path().join("out");
        let mut command = Command::new(env!("CARGO_BIN_EXE_naqsha"));
        command.args(["build", report.to_str().unwrap(), "--format", "csv", "-o", out.to_str().unwrap()]);
        command.args(["--corrections", desk.to_str().unwrap()]).args(extra);
        let ended = command.output().unwrap();
        let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
        (
            ended.status.code(),
            String::from_utf8(ended.stderr).unwrap(),
            read("timeline.csv"),
            read("manifest.json"),
        )
    };
    fs::write(&desk, good).unwrap();
    let (code, _, timeline, manifest) = run(&["--strict"]);
    assert_eq!(code, Some(0));
    assert!(timeline.contains(",contested,2021-08-06,") && timeline.contains(",editor,"), "{timeline}");
    assert!(
        manifest.contains("\"reason\": \"seen\"") && manifest.contains("\"name\": \"desk.toml\""),
        "{manifest}"
    );
    fs::write(&desk, format!("{good}[[correction]]\naction = \"pin\"\nreason = \"r\"\n")).unwrap();
    let (code, words, timeline, _) = run(&[]);
    assert_eq!(code, Some(0));
    assert!(words.contains("desk.toml:7: has no unit"), "{words}");
    assert!(timeline.contains(",editor,"));
    assert_eq!(run(&["--strict"]).0, Some(1));
}

#[test]
fn the_examples_are_right_and_apply_to_the_samples() {
    let read =
        |path: &str| fs::read_to_string(format!("{}/data/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (_, notices) = Baseline::from_csv("baseline.csv", &read("desk/baseline.csv"), &PLACES);
    assert_eq!(told(&notices), Vec::<String>::new());
    let text = read("desk/corrections.toml");
    check("corrections.toml", &text, &[], 3);
    let (samples, _) = naqsha::report::read_reports("data/samples".as_ref()).unwrap();
    let of_zaranj: Vec<_> = samples.into_iter().filter(|r| r.id.contains("zaranj")).collect();
    let (timeline, notices) = super::corrected(super::READER.events(&of_zaranj).0, "corrections.toml", &text);
    assert_eq!(notices, Vec::<String>::new());
    assert_eq!(timeline.applied.values().filter(|n| **n > 0).count(), 3);
}

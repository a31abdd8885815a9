//! A user's table of places (`--gazetteer`): good rows count, bad ones are named with their line and the remedy.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is amiss")]

use naqsha::data::DataFiles;
use naqsha::error::NoticeKind;
use naqsha::gazetteer::{Gazetteer, PlaceKind};
use proptest::prelude::*;

const HEADER: &str = "id,name,kind,admin1,admin2,country,longitude,latitude,aliases,name_fa";

fn with(table: impl Into<Vec<u8>>) -> Gazetteer {
    let data = DataFiles::bundled().with_places("mine.csv", table.into());
    Gazetteer::from_data(&data).unwrap()
}

/// The one notice that a row below the header gives.
#[track_caller]
fn check(row: &str, expected: &str) {
    let gazetteer = with(format!("{HEADER}\n{row}\n"));
    let notices: Vec<String> = gazetteer.notices().iter().map(ToString::to_string).collect();
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(notices[0].starts_with("mine.csv:2: ") && notices[0].contains(expected), "{notices:?}");
}

#[track_caller]
fn leads(gazetteer: &Gazetteer, name: &str, id: &str) {
    let found = gazetteer.locate(name, None).candidates;
    assert!(found.first().is_some_and(|c| c.place_id == id), "{name} leads to {found:?}");
}

#[test]
fn a_row_adds_a_place_with_its_names() {
    let row = "x1,Tepa-e Nishan,village,,AF1810,,69.75,37.05,Nishan Hill; Tappa Nishana,تپه نشان";
    let gazetteer = with(format!("{HEADER}\n{row}\n"));
    assert_eq!(gazetteer.notices(), []);
    for name in ["Tepa-e Nishan", "Nishan Hill", "Tappa Nishana", "تپه نشان"] {
        leads(&gazetteer, name, "x1");
    }
    let place = gazetteer.get(gazetteer.by_id("x1").unwrap());
    assert_eq!(place.admin1.as_ref().map(ToString::to_string).as_deref(), Some("AF-TAK"));
    assert_eq!((place.kind, place.position.x()), (PlaceKind::Village, 69.75));
}

#[test]
fn a_row_with_a_known_id_changes_what_its_cells_hold() {
    let gazetteer = with(format!("{HEADER}\ngn1128265,,,,,,69.84,,Rostakstadt,\n"));
    assert_eq!(gazetteer.notices(), []);
    let bundled = Gazetteer::from_data(&DataFiles::bundled()).unwrap();
    let (old, new) = (bundled.by_id("gn1128265").unwrap(), gazetteer.by_id("gn1128265").unwrap());
    let (old, new) = (bundled.get(old), gazetteer.get(new));
    assert_eq!((new.position.x(), new.position.y()), (69.84, old.position.y()));
    assert_eq!((&new.name, new.kind, &new.seat_of), (&old.name, old.kind, &old.seat_of));
    leads(&gazetteer, "Rostakstadt", "gn1128265");
}

#[test]
fn a_new_seat_takes_the_place_of_the_old_one() {
    let header = "id,name,kind,admin2,longitude,latitude,seat_of";
    let gazetteer = with(format!("{header}\nx1,Naw Markaz,city,AF1810,69.75,37.05,AF1810\n"));
    assert_eq!(gazetteer.notices(), []);
    let district = gazetteer.by_id("AF1810").unwrap();
    let seat = gazetteer.seat_of(&gazetteer.get(district).id).unwrap();
    assert_eq!(gazetteer.get(seat).name, "Naw Markaz");
    assert_eq!(gazetteer.get(gazetteer.by_id("gn1128265").unwrap()).seat_of, None);
}

#[test]
fn a_district_may_come_after_what_lies_in_it() {
    let rows = "x2,Sangborida,village,,x1,,69.75,37.05,,\nx1,Nawkot,district,AF-TAK,,,69.7,37.0,,";
    let gazetteer = with(format!("{HEADER}\n{rows}\n"));
    assert_eq!(gazetteer.notices(), []);
    let village = gazetteer.by_id("x2").unwrap();
    assert_eq!(gazetteer.district_of(village), gazetteer.by_id("x1"));
}

#[test]
fn a_name_borne_in_another_province_is_a_homonym_and_no_clash() {
    let gazetteer = with(format!("{HEADER}\nx1,Rustaq,village,AF-HER,,,62.2,34.3,,\n"));
    assert_eq!(gazetteer.notices(), []);
    let found = gazetteer.locate("Rustaq", Some("Herat")).candidates;
    assert_eq!(found[0].place_id, "x1");
}

#[test]
fn a_place_abroad_has_no_parent() {
    let gazetteer = with(format!("{HEADER}\nx1,Turbat,city,,,PK,63.06,26.0,,\n"));
    assert_eq!(gazetteer.notices(), []);
    assert!(gazetteer.locate("Turbat", None).is_abroad);
    check("x1,Turbat,city,AF-TAK,,PK,63.06,26.0,,", "admin1 and admin2 are for places in AF");
}

#[test]
fn what_is_wrong_is_named_with_its_remedy() {
    for (row, expected) in [
        ("x1,Nishan,village,AF-XXX,,,69.7,37.0,,", "admin1 AF-XXX is no province"),
        ("x1,Nishan,village,Takhar,,,69.7,37.0,,", "write AF-TAK"),
        ("x1,Nishan,village,AF1810,,,69.7,37.0,,", "is no province"),
        ("x1,Nishan,village,AF-TAK,AF99,,69.7,37.0,,", "admin2 AF99 is no district"),
        ("x1,Nishan,village,AF-TAK,Rostaq,,69.7,37.0,,", "write AF1810"),
        ("x1,Nishan,village,AF-HER,AF1810,,69.7,37.0,,", "lies in AF-TAK, not in AF-HER"),
        ("x1,Nishan,village,,,,69.7,37.0,,", "has no admin1"),
        ("x1,Nishan,district,,,,69.7,37.0,,", "has no admin1"),
        ("x1,Nishan,province,,,,69.7,37.0,,", "would have no outline"),
        ("x1,Nishan,village,AF-TAK,,,74.3,31.5,,", "outside the country; correct longitude and latitude"),
        ("x1,Nishan,village,AF-TAK,,,37.0,69.7,,", "longitude and latitude are swapped"),
        ("x1,Nishan,road,,,,74.3,31.5,,", "outside the country"),
        ("x1,Nishan,village,AF-TAK,,,62.2,34.3,,", "outside AF-TAK"),
        ("x1,Nishan,village,AF-TAK,,,east,37.0,,", "longitude \"east\" is no number"),
        ("x1,Nishan,village,AF-TAK,,,69.7,nan,,", "latitude \"nan\" is no number"),
        ("x1,Nishan,village,AF-TAK,,,190,37.0,,", "beyond 180 degrees"),
        ("x1,Nishan,village,AF-TAK,,,,37.0,,", "has no longitude"),
        ("x1,,village,AF-TAK,,,69.7,37.0,,", "has no name"),
        ("x1,Nishan,,AF-TAK,,,69.7,37.0,,", "has no kind"),
        ("x1,1234,village,AF-TAK,,,69.7,37.0,,", "is no name"),
        ("x1,Nishan,hamlet,AF-TAK,,,69.7,37.0,,", "no kind of place; write one of"),
        ("x1,Nishan,village,AF-TAK,,Pakistan,69.7,37.0,,", "no code of two capitals"),
        (",Nishan,village,AF-TAK,,,69.7,37.0,,", "has no id"),
        ("my post,Nishan,village,AF-TAK,,,69.7,37.0,,", "more than letters a to z"),
        ("x1,Nishan,village", "3 cells and the header 10"),
        ("x1,Rostaq,village,AF-TAK,,,69.7,37.0,Rustaq,", "an alias is left out"),
        ("x1,Farkhar,city,AF-TAK,,,69.7,37.0,,", "nothing tells the two apart"),
        ("AF-TAK,,district,,,,,,,", "is a province and stays one"),
        ("AF1810,,,AF-HER,,,,,,", "is a district and stays one"),
        ("AF1810,,,,,,62.2,34.3,,", "outside AF-TAK"),
    ] {
        check(row, expected);
    }
}

#[test]
fn a_file_that_holds_no_table_is_named() {
    for (table, expected) in [
        (b"".to_vec(), "is empty"),
        (b"\n\n".to_vec(), "is empty"),
        (HEADER.into(), "no row below its header"),
        (b"name,kind\nNishan,village\n".to_vec(), "has no column id"),
        (b"\xff\xfei\0d\0,\0".to_vec(), "has no column id"),
        ([HEADER.as_bytes(), b"\nx1,Nish\xe4n,village,AF-TAK,,,69.7,37.0,,\n"].concat(), "not UTF-8"),
    ] {
        let gazetteer = with(table);
        let notice = &gazetteer.notices()[0];
        assert_eq!(notice.kind, NoticeKind::Skipped);
        assert!(notice.message.contains(expected), "{notice}");
    }
}

#[test]
fn good_rows_count_beside_bad_ones() {
    let bad = "x1,Nishan,village,AF-XXX,,,69.7,37.0,,";
    let good = "x2,Sangborida,village,AF-TAK,,,69.75,37.05,,";
    let gazetteer = with(format!("{HEADER}\n{bad}\n{good}\n{good}\n"));
    let lines: Vec<Option<u64>> = gazetteer.notices().iter().map(|n| n.line).collect();
    assert_eq!(lines, [Some(2), Some(4)]);
    leads(&gazetteer, "Sangborida", "x2");
}

#[test]
fn a_column_that_is_not_known_is_told() {
    let gazetteer = with("ID,Name,remarks\ngn1128265,Rustaq,\n");
    let [notice] = gazetteer.notices() else { panic!("{:?}", gazetteer.notices()) };
    assert_eq!(notice.kind, NoticeKind::Remark);
    assert!(notice.message.contains("\"remarks\" is not read"), "{notice}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_a_table_or_a_notice(table: Vec<u8>) {
        prop_assert!(!with(table).notices().is_empty());
    }

    #[test]
    fn any_cells_are_a_place_or_a_notice(cells in prop::collection::vec("[^\",\r\n]{0,12}|AF-TAK|city|69.7|37.0", 20)) {
        let rows: String = cells.chunks(10).map(|row| format!("{}\n", row.join(","))).collect();
        let gazetteer = with(format!("{HEADER}\n{rows}"));
        for place in gazetteer.places() {
            prop_assert!(place.position.x().is_finite() && place.position.y().is_finite());
        }
    }
}

//! Places and their names: the tables hold together, and every spelling leads to its place.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is amiss")]

use std::collections::{BTreeMap, BTreeSet};

use naqsha::data::DataFiles;
use naqsha::gazetteer::{Gazetteer, Place, PlaceKind};

fn gazetteer() -> Gazetteer {
    Gazetteer::from_data(&DataFiles::bundled()).unwrap()
}

#[test]
fn dump_homonyms() {
    let g = gazetteer();
    let mut keys: Vec<&str> = g.sound_keys().collect();
    keys.sort_unstable();
    for k in keys {
        let ps: BTreeMap<_, _> = g.sounding(k).iter().map(|m| (m.place, &m.spelling)).collect();
        if ps.len() < 2 {
            continue;
        }
        let list: Vec<_> = ps.keys().copied().collect();
        // one family: all in the first's province and contained
        let fam = |a, b| {
            g.contains(a, b)
                || g.contains(b, a)
                || (g.district_of(a).is_some() && g.district_of(a) == g.district_of(b))
        };
        let ok = list.iter().all(|a| list.iter().all(|b| a == b || fam(*a, *b)));
        if !ok {
            println!(
                "{k}: {}",
                ps.iter()
                    .map(|(p, s)| format!(
                        "{}[{} {} {}]{}",
                        g.get(*p).id,
                        g.get(*p).name,
                        g.get(*p).kind.as_str(),
                        g.get(*p).admin1.as_ref().map_or("-", |a| a.as_str()),
                        s
                    ))
                    .collect::<Vec<_>>()
                    .join("  |  ")
            );
        }
    }
}

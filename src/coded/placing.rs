//! Where a row's event happened: its names and its position, each held against the other.

use geo::{Contains, Distance, Euclidean, Haversine, MultiPolygon, Point};

use super::codebook::{Cells, Codebook, Grain, Shared, cell};
use crate::event::{EventPlace, Scope};
use crate::gazetteer::{Candidate, Gazetteer, PlaceKind, PlaceRef};
use crate::map::Basemap;
use crate::toponym::GeoPrecision;

/// Kilometres in a degree of latitude, on a sphere of the WGS 84 mean radius; a degree of longitude has fewer.
const KM_PER_DEGREE: f64 = 111.195;

/// Places and outlines that rows are held against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground<'m> {
    pub(super) gazetteer: &'m Gazetteer,
    pub(super) basemap: &'m Basemap,
}

/// A row, placed.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) place: EventPlace,
    /// The gazetteer knows the place that the row names; else its district or province stands for it.
    pub(super) is_named: bool,
    /// What was put right.
    pub(super) remark: Option<String>,
}

/// A position as the row gives it.
enum Position {
    Missing,
    At(Point),
    Wrong(String),
}

impl Ground<'_> {
    /// The place of a row, or why it has none.
    pub(super) fn place(&self, book: &Codebook, shared: &Shared, cells: &Cells) -> Result<Placed, String> {
        let grain = grain(book, cells)?;
        if grain == Grain::Country {
            return Err("is placed no finer than the country; nothing can be drawn of it".to_owned());
        }
        let text = |columns: &[String]| cell(cells, columns);
        let named = text(&book.columns.province);
        let province = match named {
            Some(name) => Some(self.province(name).ok_or_else(|| {
                format!(
                    "names a province {name:?} that is not known; spell it as in data/gazetteer/places.csv"
                )
            })?),
            None => None,
        };
        let position = position(text(&book.columns.longitude), text(&book.columns.latitude));
        let checked = self.checked(&position, province, shared.edge_km);
        let at = match (&checked, &position) {
            (Ok(at), _) => *at,
            // The outlines tell nothing of a position that stands for a wider area.
            (Err(_), Position::At(_))
                if matches!(grain, Grain::Province | Grain::Part) && province.is_some() =>
            {
                None
            }
            (Err(_), _) => None,
        };
        let province = province.or_else(|| at.and_then(|p| self.province_at(p)));
        let Some(province) = province else {
            let why = checked.err().unwrap_or_else(|| "has neither a position nor a province".to_owned());
            return Err(format!("{why}; give longitude and latitude, or the province"));
        };
        let names = Names {
            place: text(&book.columns.place),
            district: text(&book.columns.district).and_then(|name| self.district(name, province)),
            province,
        };
        let found = self.named(&names, grain, at, shared.name_km);
        let trusted = checked.is_ok() || found.is_named;
        if !trusted {
            return Err(format!(
                "{}; correct it, or name a place of that province",
                checked.err().unwrap_or_default()
            ));
        }
        let remark = match checked {
            Err(why) => Some(format!("{why}; the place that it names is taken")),
            Ok(None) if found.is_named => {
                Some(format!("no position; that of {} is taken", self.gazetteer.get(found.place).name))
            }
            Ok(_) => None,
        };
        Ok(Placed { place: self.event_place(&found, grain, at), is_named: found.is_named, remark })
    }

    fn province(&self, name: &str) -> Option<PlaceRef> {
        let found = self.gazetteer.locate(name, Some(name)).candidates;
        let province = found.iter().find(|c| c.kind == PlaceKind::Province);
        let id = match province {
            Some(province) => self.gazetteer.by_id(&province.place_id),
            None => found
                .first()
                .and_then(|c| self.gazetteer.by_id(&c.place_id).and_then(|p| self.gazetteer.province_of(p))),
        };
        id.filter(|p| self.gazetteer.get(*p).kind == PlaceKind::Province)
    }

    fn district(&self, name: &str, province: PlaceRef) -> Option<PlaceRef> {
        let within = &self.gazetteer.get(province).name;
        let mut found = self.gazetteer.locate(name, Some(within)).candidates.into_iter();
        let district = found.find(|c| c.kind == PlaceKind::District)?;
        self.gazetteer.by_id(&district.place_id)
    }

    /// The position, None where there is none; what is wrong with it otherwise.
    fn checked(
        &self,
        position: &Position,
        province: Option<PlaceRef>,
        edge_km: f64,
    ) -> Result<Option<Point>, String> {
        let at = match position {
            Position::Missing => return Ok(None),
            Position::Wrong(why) => return Err(why.clone()),
            Position::At(at) => *at,
        };
        let told = format!("its position {:.4}, {:.4} (longitude, latitude)", at.x(), at.y());
        let near = |place: PlaceRef| {
            let outline = self.basemap.province(&self.gazetteer.get(place).id);
            outline.is_none_or(|outline| kilometres(at, outline) <= edge_km)
        };
        let Some(province) = province else {
            let inside = self.province_at(at).is_some();
            return if inside { Ok(Some(at)) } else { Err(format!("{told} lies outside the country")) };
        };
        if near(province) {
            return Ok(Some(at));
        }
        let name = &self.gazetteer.get(province).name;
        let turned = self.province_at(Point::new(at.y(), at.x())).is_some();
        let hint = if turned { "; the two seem to be swapped" } else { "" };
        let lies = match self.province_at(at) {
            Some(other) => format!("lies in {}", self.gazetteer.get(other).name),
            None => "lies outside the country".to_owned(),
        };
        Err(format!("{told} {lies}, not in {name}, which it names{hint}"))
    }

    fn province_at(&self, at: Point) -> Option<PlaceRef> {
        let (id, _) = self.basemap.provinces().find(|(_, area)| area.shape.contains(&at))?;
        self.gazetteer.by_id(id.as_str())
    }

    /// The place that the names mean, as fine as the row's grain.
    fn named(&self, names: &Names<'_>, grain: Grain, at: Option<Point>, name_km: f64) -> Found {
        let whole = |place: PlaceRef, is_named: bool| Found { place, is_named };
        if matches!(grain, Grain::Province | Grain::Part) {
            return whole(names.province, true);
        }
        let fallback = || match names.district {
            Some(district) => whole(district, grain == Grain::District),
            None => whole(names.province, false),
        };
        let Some(name) = names.place else { return fallback() };
        let within = &self.gazetteer.get(names.province).name;
        let found = self.gazetteer.locate(name, Some(within)).candidates;
        let meant: Vec<(&Candidate, PlaceRef)> = found
            .iter()
            .filter_map(|c| Some((c, self.gazetteer.by_id(&c.place_id)?)))
            .filter(|(c, place)| self.may_be(c, *place, names, grain, at, name_km))
            .collect();
        let capital = meant.iter().find(|(_, place)| self.gazetteer.is_capital(*place));
        match (grain, capital, meant.first()) {
            // "Kunduz", somewhere in its district, is the capital before it is the district around it.
            (_, Some((_, capital)), _) => whole(*capital, true),
            (_, None, Some((first, place))) => match self.equal(first, &meant[1..], *place) {
                true => fallback(),
                false => whole(*place, true),
            },
            (_, None, None) => fallback(),
        }
    }

    /// Whether a place of the name is one that the row can mean.
    fn may_be(
        &self,
        found: &Candidate,
        place: PlaceRef,
        names: &Names<'_>,
        grain: Grain,
        at: Option<Point>,
        name_km: f64,
    ) -> bool {
        let district = self.gazetteer.district_of(place);
        let agrees = names.district.is_none() || district.is_none() || district == names.district;
        let near = |at: Point| {
            let outline = self.basemap.district(&self.gazetteer.get(place).id);
            let position = self.gazetteer.get(place).position;
            outline.is_some_and(|o| kilometres(at, o) <= name_km)
                || Haversine.distance(at, position) / 1000.0 <= name_km
        };
        let kind = match found.kind {
            PlaceKind::District => true,
            PlaceKind::City | PlaceKind::Village => {
                grain != Grain::District || self.gazetteer.is_capital(place)
            }
            PlaceKind::Facility | PlaceKind::Crossing | PlaceKind::Pass => grain != Grain::District,
            _ => false,
        };
        kind && agrees && (grain == Grain::Named || at.is_none_or(near))
    }

    /// Whether another place bears the name as well as the first, and is not the same by another name.
    fn equal(&self, first: &Candidate, others: &[(&Candidate, PlaceRef)], place: PlaceRef) -> bool {
        let centre = |other: PlaceRef| {
            let district = self.gazetteer.district_of(place);
            district.is_some() && district == self.gazetteer.district_of(other)
        };
        let twin = |(c, other): &(&Candidate, PlaceRef)| c.score >= first.score && !centre(*other);
        others.iter().any(twin)
    }

    fn event_place(&self, found: &Found, grain: Grain, at: Option<Point>) -> EventPlace {
        let place = self.gazetteer.get(found.place);
        let admin = |p: Option<PlaceRef>| p.map(|p| self.gazetteer.get(p));
        let admin1 = admin(self.gazetteer.province_of(found.place));
        let admin2 = admin(self.gazetteer.district_of(found.place));
        let precision = match grain {
            Grain::Exact | Grain::Named => GeoPrecision::Exact,
            Grain::Near => GeoPrecision::Near,
            Grain::District => GeoPrecision::Near,
            Grain::Province => GeoPrecision::Province,
            Grain::Part | Grain::Country => GeoPrecision::Part,
        };
        let own = matches!(grain, Grain::Exact | Grain::Near);
        EventPlace {
            id: place.id.clone(),
            name: place.name.clone(),
            kind: place.kind,
            scope: Scope::Place,
            admin1: admin1.map(|p| p.id.clone()),
            admin1_name: admin1.map(|p| p.name.clone()),
            admin2: admin2.map(|p| p.id.clone()),
            admin2_name: admin2.map(|p| p.name.clone()),
            position: at.filter(|_| own).unwrap_or(place.position),
            precision: precision.within(place.kind),
        }
    }
}

/// What a row calls its place and what that lies in.
struct Names<'c> {
    place: Option<&'c str>,
    district: Option<PlaceRef>,
    province: PlaceRef,
}

/// A place, and whether it is the one that the row names.
struct Found {
    place: PlaceRef,
    is_named: bool,
}

fn grain(book: &Codebook, cells: &Cells) -> Result<Grain, String> {
    let Some(code) = cell(cells, &book.grain.columns) else { return Ok(Grain::Exact) };
    let code = code.trim_end_matches(".0");
    book.grain.meaning.get(code).copied().ok_or_else(|| {
        let known: Vec<&str> = book.grain.meaning.keys().map(String::as_str).collect();
        format!("the place precision {code:?} is none of {}; correct it", known.join(", "))
    })
}

fn position(longitude: Option<&str>, latitude: Option<&str>) -> Position {
    let (Some(longitude), Some(latitude)) = (longitude, latitude) else { return Position::Missing };
    let degrees = |text: &str, most: f64| {
        // Spreadsheets of some languages write a comma.
        let value: f64 = text.replace(',', ".").parse().ok()?;
        (value.abs() <= most).then_some(value)
    };
    match (degrees(longitude, 180.0), degrees(latitude, 90.0)) {
        (Some(x), Some(y)) => Position::At(Point::new(x, y)),
        _ => Position::Wrong(format!("its position {longitude:?}, {latitude:?} is none in degrees")),
    }
}

/// How far a point lies outside an area: at most so many kilometres, 0 inside.
fn kilometres(at: Point, area: &MultiPolygon<f64>) -> f64 {
    if area.contains(&at) { 0.0 } else { Euclidean.distance(&at, area) * KM_PER_DEGREE }
}

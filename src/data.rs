//! The tables and layers the program knows: bundled, or read from a folder of the same shape.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::error::Error;

macro_rules! bundled {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../data/", $path)))),*]
    };
}

/// Everything bundled, by its path inside `data/`.
static BUNDLED: &[(&str, &[u8])] = bundled![
    "actors.csv",
    "basemap/countries.geojson",
    "basemap/districts.geojson",
    "basemap/globe.geojson",
    "basemap/provinces.geojson",
    "basemap/rivers.geojson",
    "boundaries.toml",
    "coded/acled.toml",
    "coded/coding.toml",
    "coded/gtd.toml",
    "coded/ucdp.toml",
    "basemap/roads.geojson",
    "control/weights.toml",
    "fonts/SourceSans3-Bold.ttf",
    "fonts/SourceSans3-Regular.ttf",
    "fonts/SourceSans3-SemiBold.ttf",
    "fonts/SourceSerif4-Bold.ttf",
    "fonts/Vazirmatn-Bold.ttf",
    "fonts/Vazirmatn-Regular.ttf",
    "gazetteer/names.csv",
    "gazetteer/places.csv",
    "gazetteer/types.csv",
    "lexicon/en/abbreviations.txt",
    "lexicon/en/bridging.csv",
    "lexicon/en/confidence.toml",
    "lexicon/en/dates.toml",
    "lexicon/en/events.toml",
    "lexicon/en/facilities.txt",
    "lexicon/en/modality.toml",
    "lexicon/en/toponyms.toml",
    "lexicon/en/words.toml",
    "outlets.csv",
    "page/map.js",
    "page/page.css",
    "page/page.html",
    "page/page.js",
    "page/state.js",
    "lexicon/en/zones.toml",
    "speakers.csv",
    "style/dark.toml",
    "style/glyphs.toml",
    "style/light.toml",
    "style/news.toml",
    "style/page.toml",
    "style/wording.toml",
    "style/wording_fa.toml",
    "style/wording_ps.toml",
];

/// Tables and layers by their path inside the data folder, for example `control/weights.toml`.
#[derive(Debug, Clone)]
pub struct DataFiles {
    files: BTreeMap<String, Cow<'static, [u8]>>,
    /// What the user calls the table of further places.
    places_file: String,
}

/// The table of further places stands here among the others.
const FURTHER_PLACES: &str = "gazetteer/further.csv";

impl DataFiles {
    /// What is compiled into the program.
    #[must_use]
    pub fn bundled() -> DataFiles {
        let files = BUNDLED.iter().map(|(p, b)| ((*p).to_owned(), Cow::Borrowed(*b))).collect();
        DataFiles { files, places_file: String::new() }
    }

    /// The same files from a folder, which must hold all of them.
    ///
    /// # Errors
    /// `Error::Read` names the first file that is missing or cannot be read.
    pub fn folder(dir: &Path) -> Result<DataFiles, Error> {
        let mut files = BTreeMap::new();
        for (name, _) in BUNDLED {
            let path = dir.join(name);
            let bytes = fs::read(&path).map_err(|source| Error::Read { path, source })?;
            files.insert((*name).to_owned(), Cow::Owned(bytes));
        }
        Ok(DataFiles { files, places_file: String::new() })
    }

    /// The same with a user's table of places, which adds to those known and overrides them. It has the columns of
    /// `gazetteer/places.csv`, and `aliases`; `file` is its name in messages.
    ///
    /// ```
    /// use naqsha::{data::DataFiles, gazetteer::Gazetteer};
    /// let table = "id,name,kind,admin1,longitude,latitude\nmy-post,Sangborida,village,AF-TAK,69.6,36.9\n";
    /// let data = DataFiles::bundled().with_places("mine.csv", table.into());
    /// assert_eq!(Gazetteer::from_data(&data)?.locate("Sangborida", None).candidates[0].place_id, "my-post");
    /// # Ok::<(), naqsha::error::Error>(())
    /// ```
    #[must_use]
    pub fn with_places(mut self, file: &str, table: Vec<u8>) -> DataFiles {
        self.files.insert(FURTHER_PLACES.to_owned(), Cow::Owned(table));
        file.clone_into(&mut self.places_file);
        self
    }

    /// The name and the bytes of the user's table of places, if there is one.
    #[must_use]
    pub fn further_places(&self) -> Option<(&str, &[u8])> {
        self.files.get(FURTHER_PLACES).map(|bytes| (self.places_file.as_str(), &**bytes))
    }

    /// The same, with other bytes for a file.
    pub(crate) fn with(mut self, path: &str, bytes: Vec<u8>) -> DataFiles {
        self.files.insert(path.to_owned(), Cow::Owned(bytes));
        self
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// `Error::Data` where there is no such file.
    pub fn bytes(&self, path: &str) -> Result<&[u8], Error> {
        self.files.get(path).map(|b| &**b).ok_or_else(|| Error::Data {
            file: path.to_owned(),
            line: None,
            problem: "is not among the data files".to_owned(),
        })
    }

    /// The text of a file.
    ///
    /// # Errors
    /// `Error::Data` where there is no such file or it is not UTF-8.
    pub fn text(&self, path: &str) -> Result<&str, Error> {
        std::str::from_utf8(self.bytes(path)?).map_err(|e| Error::Data {
            file: path.to_owned(),
            line: None,
            problem: format!("is not UTF-8: {e}"),
        })
    }

    /// The paths of all files under `folder`, sorted.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.files.keys().map(String::as_str).filter(move |p| p.starts_with(folder))
    }
}

//! The pipeline, from reports to maps, and its parallelism.

use rayon::prelude::*;

use crate::data::DataFiles;
use crate::error::{Error, Notice};
use crate::event::{Event, Reader};
use crate::gazetteer::Gazetteer;
use crate::report::Report;

/// Reads reports, folds what they tell into days, and draws them.
#[derive(Debug)]
pub struct Mapper {
    reader: Reader,
}

impl Mapper {
    /// A mapper that knows what the program knows.
    ///
    /// # Errors
    /// `Error::Data` where a bundled table is malformed, which the project's tests rule out.
    pub fn bundled() -> Result<Mapper, Error> {
        Mapper::from_data(&DataFiles::bundled())
    }

    /// A mapper that knows what these tables say.
    ///
    /// # Errors
    /// `Error::Data` names the table and line that is malformed.
    pub fn from_data(data: &DataFiles) -> Result<Mapper, Error> {
        Ok(Mapper { reader: Reader::from_data(data)? })
    }

    /// The places it knows.
    #[must_use]
    pub fn gazetteer(&self) -> &Gazetteer {
        self.reader.gazetteer()
    }

    /// The events that the reports tell, report by report in their order, whatever the number of threads.
    #[must_use]
    pub fn events(&self, reports: &[Report]) -> (Vec<Event>, Vec<Notice>) {
        read_all(&self.reader, reports)
    }
}

/// The events that the reports tell, report by report in their order, whatever the number of threads.
#[must_use]
pub fn read_all(reader: &Reader, reports: &[Report]) -> (Vec<Event>, Vec<Notice>) {
    let read: Vec<(Vec<Event>, Vec<Notice>)> = reports.par_iter().map(|r| reader.events(r)).collect();
    let (mut events, mut notices) = (Vec::new(), Vec::new());
    for (found, remarked) in read {
        events.extend(found);
        notices.extend(remarked);
    }
    (events, notices)
}

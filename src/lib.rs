//! naqsha reads news reports about the war in Afghanistan and draws who holds what, day by day.

pub mod control;
pub mod data;
pub mod date;
pub mod error;
pub mod event;
pub mod gazetteer;
pub mod lexicon;
pub mod map;
pub mod mapper;
pub mod output;
pub mod report;
pub mod text;
pub mod toponym;

//! How maps look, and by what one that is drawn already is known again.

use std::borrow::Cow;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use naqsha::control::Day;
use naqsha::data::DataFiles;
use naqsha::error::{Error, Notice};
use naqsha::map::{self, Areas, Drawing, Frame, Language, Theme};
use naqsha::mapper::Mapper;

use super::evidence::text_file;
use super::maker::Maker;
use super::meaning;
use super::words::Words;

/// How the text of an SVG is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Text {
    /// Text, with the fonts it needs
    Embedded,
    /// Outlines
    Outlines,
}

/// Whatever changes how a day is drawn belongs here: a map is drawn again when any of it differs.
#[derive(Debug, Args)]
pub(super) struct Look {
    /// Page of the maps: article (1200x900), social (1200x675), print (A4 landscape) or WIDTHxHEIGHT
    #[arg(long, default_value = "article", value_name = "SIZE", value_parser = frame)]
    pub(super) size: Frame,
    /// Pixels of the PNG for one of the page, 1 to 4
    #[arg(long, default_value_t = 2, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=4))]
    pub(super) scale: u8,
    /// Colours of the maps; light if not given, and then the page to browse is as its reader prefers
    #[arg(long, value_name = "THEME", value_parser = one_of(["light", "dark"], Theme::named))]
    pub(super) theme: Option<Theme>,
    /// Colours of one's own, in a TOML file: some of the names in data/style/light.toml, as taliban = "#B4472E"
    #[arg(long, value_name = "FILE.toml")]
    pub(super) style: Option<PathBuf>,
    /// Areas to colour; auto means districts where any has a status
    #[arg(long, default_value = "auto", value_name = "LEVEL", value_parser = one_of(["province", "district", "auto"], Areas::named))]
    pub(super) level: Areas,
    /// Part of the country that the maps show: a province or district, or a place with what lies around it; a name
    /// that a province shares with a town means the town with --radius, else the province ("Kunduz city" is the town).
    /// Tables, layers and the page to browse stay whole
    #[arg(long, value_name = "PLACE")]
    pub(super) focus: Option<String>,
    /// Kilometres around the place of --focus, 10 to 500
    #[arg(long, value_name = "KM", requires = "focus")]
    pub(super) radius: Option<f64>,
    /// Title of every map, at most 70 characters; the day's news if not given
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
    /// Line under the title, at most 110 characters
    #[arg(long, value_name = "TEXT")]
    pub(super) subtitle: Option<String>,
    /// Text of the SVG: embedded (text, with the fonts it needs) or outlines (drawn, for viewers without them)
    #[arg(long, default_value = "embedded", value_name = "HOW")]
    pub(super) text: Text,
    /// Language of the maps: en, fa (Dari) or ps (Pashto); layers, tables and the page to browse are in English
    #[arg(long = "lang", default_value = "en", value_name = "LANGUAGE", value_parser = one_of(["en", "fa", "ps"], Language::named))]
    pub(super) language: Language,
}

impl Look {
    /// The mapper, drawing as it is asked to.
    pub(super) fn of_mapper(&self, mapper: Mapper, data: &DataFiles) -> Result<Mapper, Error> {
        let mapper = mapper.with_look(data, self.of_maps())?;
        let mapper = mapper.with_heading(self.title.as_deref(), self.subtitle.as_deref())?;
        let Some(place) = &self.focus else { return Ok(mapper) };
        let place = meaning::shown(mapper.gazetteer(), place, self.radius.is_some())?;
        mapper.with_focus(place, self.radius)
    }

    /// The data, with the colours that the user wants. Classes that look alike are told of; those that nobody can tell
    /// apart, and with --strict all of them, are refused.
    pub(super) fn of_data(
        &self,
        data: DataFiles,
        strict: bool,
        words: &mut Words,
    ) -> Result<DataFiles, Error> {
        let Some(path) = &self.style else { return Ok(data) };
        let (text, file, theme) = (text_file(path)?, path.to_string_lossy(), self.theme.unwrap_or_default());
        let data = map::with_colours(data, theme, &file, &text)?;
        for pair in map::alike(&data, theme)? {
            if strict || pair.is_hopeless {
                return Err(Error::Data { file: file.into_owned(), line: None, problem: pair.to_string() });
            }
            words.notices(&[Notice::remark(&*file, pair.to_string())]);
        }
        Ok(data)
    }

    /// The SVG of a map, with its text as it is asked for.
    pub(super) fn svg<'d>(&self, drawing: &'d Drawing) -> Result<Cow<'d, str>, Error> {
        match self.text {
            Text::Embedded => Ok(Cow::Borrowed(drawing.to_svg())),
            Text::Outlines => drawing.to_outlines().map(Cow::Owned),
        }
    }

    /// A hash of all that the map of a day is drawn from; None where that cannot be told.
    pub(super) fn source(&self, maker: &Maker, day: &Day) -> Option<String> {
        maker.with_day(format_args!("map {self:?}"), &map::shown(day))
    }

    pub(super) fn of_maps(&self) -> map::Look {
        map::Look { theme: self.theme.unwrap_or_default(), areas: self.level, language: self.language }
    }
}

/// One of these names, which help and completions then tell.
fn one_of<T: Clone + Send + Sync + 'static, const N: usize>(
    names: [&'static str; N],
    named: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(names).try_map(move |name| named(&name).ok_or("is not one of them"))
}

fn frame(name: &str) -> Result<Frame, String> {
    Frame::named(name)
        .ok_or_else(|| "use article, social, print or WIDTHxHEIGHT (400 to 8000 each)".to_owned())
}

//! The command line: the only reader of arguments, environment and terminal. Exit codes and words to people are its
//! business; what a report says is not.

mod answer;
mod boundaries;
mod build;
mod completions;
mod config;
mod corrections;
mod diff;
mod evaluate;
mod evidence;
mod explain;
mod extract;
mod locate;
mod look;
mod maker;
mod map;
mod meaning;
mod read;
mod reading;
mod review;
mod series;
mod watch;
mod words;

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, ColorChoice, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use naqsha::data::DataFiles;
use naqsha::error::{Error, STDOUT};

use words::{Log, Words};

/// From news reports to daily maps of who holds what in Afghanistan.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, arg_required_else_help = true, after_help = EXIT)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

const EXIT: &str = "\
Examples:
  naqsha build reports/ -o maps                     # maps, layers, tables and a page to browse
  naqsha explain Zaranj --on 2021-08-07 reports/    # why a place has its status
  naqsha read report.txt                            # what was found in a text

Exit status: 0 done; 1 done, but nothing was found, or reports were skipped and --strict was given; \
2 could not run.";

#[derive(Debug, Subcommand)]
enum Command {
    Build(Box<build::Build>),
    Map(Box<map::Map>),
    Watch(Box<watch::Watch>),
    Extract(extract::Extract),
    Explain(explain::Explain),
    Locate(locate::Locate),
    Diff(diff::Diff),
    Review(review::Review),
    Corrections(corrections::CorrectionsCommand),
    Config(Box<config::ConfigCommand>),
    Read(read::Read),
    Boundaries(boundaries::Boundaries),
    Evaluate(evaluate::Evaluate),
    Completions(completions::Completions),
    Man(completions::Man),
}

/// Options of every command.
#[derive(Debug, Args)]
struct Common {
    /// Read all tables and layers from this folder instead of the bundled ones
    #[arg(long, global = true, value_name = "DIR", help_heading = "Common options")]
    data: Option<PathBuf>,
    /// Add places and aliases from a CSV table to those known, or override them: columns as in
    /// data/gazetteer/places.csv, and aliases with "; " between
    #[arg(long, global = true, value_name = "FILE.csv", help_heading = "Common options")]
    gazetteer: Option<PathBuf>,
    /// District boundaries to draw: none, or what `boundaries import --to` wrote; if not given, those of the variable
    /// NAQSHA_BOUNDARIES, else those that are stored
    #[arg(long, global = true, value_name = "DIR|none", help_heading = "Common options")]
    boundaries: Option<PathBuf>,
    /// Exit with 1 when a report or row was skipped
    #[arg(long, global = true, help_heading = "Common options")]
    strict: bool,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Common options")]
    quiet: bool,
    /// List every notice, not only the first ones
    #[arg(short, long, global = true, help_heading = "Common options")]
    verbose: bool,
    /// Threads; as many as there are cores if not given
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help_heading = "Common options")]
    jobs: Option<u16>,
    /// Colours in messages and in the pages of `read`
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Common options")]
    color: Color,
    /// Form of messages; json is one object a line
    #[arg(long, global = true, value_name = "FORM", default_value = "text", help_heading = "Common options")]
    log: Log,
    /// Options from a TOML file; naqsha.toml in the current folder if not given (see `config --help`)
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        conflicts_with = "no_config",
        help_heading = "Common options"
    )]
    config: Option<PathBuf>,
    /// Leave naqsha.toml in the current folder aside
    #[arg(long, global = true, help_heading = "Common options")]
    no_config: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// How a command ended that could run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    /// Nothing at all was found.
    Nothing,
}

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    let settled = match config::settle(std::env::args_os().collect()) {
        Ok(settled) => settled,
        Err(error) => {
            let _ = writeln!(anstream::stderr(), "\x1b[31merror\x1b[0m: {error}");
            return ExitCode::from(2);
        }
    };
    let command = settled.command.clone().color(asked_color(&settled.arguments));
    let matches = match command.try_get_matches_from(&settled.arguments) {
        Ok(matches) => matches,
        Err(error) => return refuse(&error),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    set_color(cli.common.color);
    let mut words = Words::new(&cli.common);
    let ended = set_jobs(cli.common.jobs).and_then(|()| match &cli.command {
        Command::Build(build) => build.run(&cli.common, &mut words),
        Command::Map(map) => map.run(&cli.common, &mut words),
        Command::Watch(watch) => watch.run(&cli.common, &mut words),
        Command::Config(config) => config.run(&settled, &matches),
        Command::Extract(extract) => extract.run(&cli.common, &mut words),
        Command::Explain(explain) => explain.run(&cli.common, &mut words),
        Command::Locate(locate) => locate.run(&cli.common, &mut words),
        Command::Diff(diff) => diff.run(&cli.common, &mut words),
        Command::Review(review) => review.run(&cli.common, &mut words),
        Command::Corrections(corrections) => corrections.run(&cli.common, &mut words),
        Command::Boundaries(boundaries) => boundaries.run(&cli.common, &mut words),
        Command::Read(read) => read.run(&cli.common, &mut words),
        Command::Evaluate(evaluate) => evaluate.run(&cli.common, &mut words),
        Command::Completions(completions) => completions.run(),
        Command::Man(man) => man.run(),
    });
    words.summarise();
    match ended {
        Ok(Outcome::Done) if cli.common.strict && words.skipped() > 0 => ExitCode::from(1),
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            words.error(&error);
            ExitCode::from(2)
        }
    }
}

impl Common {
    /// The data with the user's places and boundaries.
    fn data(&self) -> Result<DataFiles, Error> {
        boundaries::lay_over(self.own_data()?, self.boundaries.as_deref())
    }

    /// The data with the user's places.
    fn own_data(&self) -> Result<DataFiles, Error> {
        let data = match &self.data {
            Some(dir) => DataFiles::folder(dir)?,
            None => DataFiles::bundled(),
        };
        let Some(path) = &self.gazetteer else { return Ok(data) };
        let table = fs::read(path).map_err(|source| Error::Read { path: path.clone(), source })?;
        Ok(data.with_places(&path.to_string_lossy(), table))
    }
}

/// Prints help, or what is wrong with a command line, with the remedy that only this program knows.
fn refuse(error: &clap::Error) -> ExitCode {
    // Nobody is left to be told that nobody listens.
    let _ = error.print();
    if error.kind() == ErrorKind::MissingRequiredArgument && error.to_string().contains("<INPUT>") {
        let remedy = "Give files, folders or - for standard input, or write inputs = [...] into naqsha.toml.";
        let _ = writeln!(anstream::stderr(), "{remedy}");
    }
    if error.exit_code() == 0 { ExitCode::SUCCESS } else { ExitCode::from(2) }
}

/// What --color says, for help and for words about a command line that cannot be parsed.
fn asked_color(arguments: &[OsString]) -> ColorChoice {
    let words: Vec<_> = arguments.iter().map(|a| a.to_string_lossy()).take_while(|a| a != "--").collect();
    let pairs = words.windows(2).filter(|pair| pair[0] == "--color").map(|pair| pair[1].as_ref());
    let asked = pairs.chain(words.iter().filter_map(|word| word.strip_prefix("--color="))).last();
    asked.and_then(|choice| choice.parse().ok()).unwrap_or_default()
}

fn set_color(color: Color) {
    match color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
}

fn set_jobs(jobs: Option<u16>) -> Result<(), Error> {
    let Some(jobs) = jobs else { return Ok(()) };
    rayon::ThreadPoolBuilder::new()
        .num_threads(usize::from(jobs))
        .build_global()
        .map_err(|e| Error::Usage(format!("cannot start {jobs} threads: {e}; give a lower --jobs")))
}

/// The reader of our output went away, as `head` does; that is its right.
fn is_closed_pipe(error: &Error) -> bool {
    matches!(error, Error::Write { path, source }
        if path == Path::new(STDOUT) && source.kind() == io::ErrorKind::BrokenPipe)
}

fn to_stdout(source: io::Error) -> Error {
    Error::Write { path: PathBuf::from(STDOUT), source }
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory};

    use super::{Cli, ErrorKind};

    /// The lines under "Examples:" in the help of a command and of those below it; of those that have none, the names.
    fn examples(command: &Command, found: &mut Vec<String>, without: &mut Vec<String>) {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let lines =
            help.lines().skip_while(|l| *l != "Examples:").skip(1).take_while(|l| l.starts_with("  "));
        let before = found.len();
        found.extend(lines.map(|l| l.trim().to_owned()));
        let below: Vec<&Command> = command.get_subcommands().collect();
        if found.len() == before && below.is_empty() {
            without.push(command.get_name().to_owned());
        }
        below.into_iter().for_each(|c| examples(c, found, without));
    }

    /// The words of a command as a shell takes them, up to what it does with their output.
    fn words(line: &str) -> Vec<String> {
        let quoted = line.split('"').enumerate();
        let words = quoted.flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        });
        words.take_while(|w| !["|", ">", "#"].contains(&w.as_str())).collect()
    }

    #[test]
    fn every_command_has_examples_that_can_be_parsed() {
        let (mut found, mut without) = (Vec::new(), Vec::new());
        examples(&Cli::command(), &mut found, &mut without);
        assert_eq!(without, ["list", "remove"]);
        for line in found {
            let line = line.find("naqsha ").map(|at| &line[at..]).unwrap();
            // Inputs may stand in naqsha.toml.
            let fault = Cli::command().try_get_matches_from(words(line)).err();
            let fault =
                fault.filter(|e| e.kind() != ErrorKind::MissingRequiredArgument || !line.contains("config"));
            assert!(fault.is_none(), "{line}: {}", fault.unwrap());
        }
    }
}

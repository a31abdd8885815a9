//! `naqsha config`, and the file of options that stands behind every command line.

mod file;
mod settle;

use std::io::{self, Write};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Args, Subcommand};
use naqsha::error::Error;

use super::build::Build;
use super::{Outcome, to_stdout};
pub(super) use settle::{Settled, settle};

/// Show which options are in force, and where each comes from
///
/// Options may stand in a file, naqsha.toml in the current folder or the one that --config names, so that a command line
/// need not repeat them:
///
///   inputs = ["reports", "wire.jsonl.gz"]   # paths count from the file
///   output = "maps"
///   format = ["geojson", "svg", "png"]
///   lang   = "fa"
///   strict = true
///   keep   = 90
///
/// The keys are the long options of `naqsha build`, without the dashes, and inputs. What the command line says wins.
/// Other commands take from it what they read (inputs, baseline, corrections, as-known) and the common options.
/// --no-config leaves it aside.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct ConfigCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Show(Show),
}

/// Shown under the help.
const EXAMPLES: &str = "\
Examples:
  naqsha config show
  naqsha config show --config winter.toml --lang fa";

/// Print every option of `build` with its value in force and its origin: the file with the line, a flag, or default
///
/// What is printed is such a file itself.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
struct Show {
    #[command(flatten)]
    _build: Build,
}

/// The widest part before the origins that they are aligned with.
const WIDTH: usize = 44;

impl ConfigCommand {
    pub(super) fn run(&self, settled: &Settled, matches: &ArgMatches) -> Result<Outcome, Error> {
        let What::Show(_) = self.what;
        let mut out = io::stdout().lock();
        let lines = shown(settled, matches).unwrap_or_default();
        for line in lines {
            writeln!(out, "{line}").map_err(to_stdout)?;
        }
        Ok(Outcome::Done)
    }
}

fn shown(settled: &Settled, matches: &ArgMatches) -> Option<Vec<String>> {
    let (root, config) = (&settled.command, matches.subcommand_matches("config")?);
    let given = config.subcommand_matches("show")?;
    let show = root.find_subcommand("config")?.find_subcommand("show")?;
    let head = match &settled.file {
        Some(path) => format!("# options of {}", path.display()),
        None => format!("# no {} in this folder, and no --config", file::NAME),
    };
    let globals = root.get_arguments().filter(|a| a.is_global_set());
    let own = show.get_arguments().filter(|a| !a.is_global_set());
    let options = own.chain(globals).filter(|a| {
        a.get_id() == settle::INPUTS
            || a.get_long().is_some_and(|long| !["config", "no-config", "help", "version"].contains(&long))
    });
    let mut options: Vec<&Arg> = options.collect();
    options.sort_by_key(|arg| arg.get_id() != settle::INPUTS);
    Some(std::iter::once(head).chain(options.into_iter().map(|arg| line(settled, given, arg))).collect())
}

/// "key = value  # origin", or a comment where there is no value.
fn line(settled: &Settled, given: &ArgMatches, arg: &Arg) -> String {
    let id = arg.get_id().as_str();
    let key = arg.get_long().unwrap_or(id);
    let raw = given.try_get_raw(id).ok().flatten().map(|raw| raw.map(|v| v.to_string_lossy()));
    let values: Vec<String> = raw.into_iter().flatten().map(|v| written(&v)).collect();
    let value = match arg.get_action() {
        ArgAction::SetTrue => given.get_flag(id).to_string(),
        _ if values.is_empty() => return format!("{:WIDTH$}  # not set", format!("# {key} =")),
        ArgAction::Append => format!("[{}]", values.join(", ")),
        _ => values.concat(),
    };
    let origin = match (settled.lines.get(id), &settled.file) {
        (Some(line), Some(path)) => format!("{}:{line}", path.display()),
        _ if given.value_source(id) == Some(ValueSource::CommandLine) => "flag".to_owned(),
        _ => "default".to_owned(),
    };
    format!("{:WIDTH$}  # {origin}", format!("{key} = {value}"))
}

fn written(value: &str) -> String {
    let is_number = value.parse::<f64>().is_ok_and(f64::is_finite);
    if is_number { value.to_owned() } else { toml::Value::String(value.to_owned()).to_string() }
}

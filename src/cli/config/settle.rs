//! What is in force: the command line, then the file of options, then the program's own.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, CommandFactory};
use naqsha::error::Error;

use super::file::{ConfigFile, Entry, NAME, Value};
use crate::cli::Cli;

/// The argument with the inputs.
pub(super) const INPUTS: &str = "inputs";
/// Commands whose options the file may hold.
const OPTIONS_OF: [&str; 2] = ["build", "watch"];
/// Options that only a command line can have.
const ONLY_FLAGS: [&str; 4] = ["config", "no-config", "help", "version"];
/// Options that the other commands take too: those of what is read.
const READING: &str = "Evidence";
/// The options of a command that writes a series.
const WRITING: &str = "Series";

/// A command line with what the file of options adds to it.
pub(crate) struct Settled {
    pub(crate) command: Command,
    pub(crate) arguments: Vec<OsString>,
    pub(super) file: Option<PathBuf>,
    /// The line of the file that an option comes from, by the option's id.
    pub(super) lines: BTreeMap<String, u64>,
}

/// Adds to a command line what the file of options says beside. One that cannot be understood comes back as it is: who
/// parses it next will say why.
pub(crate) fn settle(arguments: Vec<OsString>) -> Result<Settled, Error> {
    let lenient = lenient(Cli::command());
    let mut settled = Settled { command: Cli::command(), arguments, file: None, lines: BTreeMap::new() };
    let Ok(matches) = lenient.clone().try_get_matches_from(&settled.arguments) else { return Ok(settled) };
    let (leaf, given) = leaf(&lenient, &matches);
    if leaf.get_name() == "show" {
        settled.command = lenient.clone();
    }
    let Some(path) = path(given) else { return Ok(settled) };
    let file = ConfigFile::read(&path)?;
    let mut options = Vec::new();
    let mut inputs = Vec::new();
    for entry in &file.entries {
        let arg = known(&lenient, entry).ok_or_else(|| unknown(&lenient, &file, entry))?;
        let id = arg.get_id().as_str();
        let told = told(&file, &arg, entry)?;
        check(&lenient, &file, entry, &told)?;
        if !applies(&lenient, leaf, id) || is_overruled(&lenient, given, &arg) || told.is_empty() {
            continue;
        }
        settled.lines.insert(id.to_owned(), entry.line);
        let all = if id == INPUTS { &mut inputs } else { &mut options };
        all.extend(told.into_iter().map(OsString::from));
    }
    let end = settled.arguments.iter().position(|a| a == "--").unwrap_or(settled.arguments.len());
    settled.arguments.splice(end..end, options);
    settled.arguments.extend(inputs);
    settled.file = Some(path);
    Ok(settled)
}

/// The same commands, none of which needs inputs on the command line: the file may hold them.
fn lenient(command: Command) -> Command {
    fn relaxed(command: Command) -> Command {
        let has_inputs = command.get_arguments().any(|a| a.get_id() == INPUTS);
        let command = if has_inputs { command.mut_arg(INPUTS, |arg| arg.required(false)) } else { command };
        command.mut_subcommands(relaxed)
    }
    relaxed(command)
}

/// The command that is asked for, and what is asked of it.
fn leaf<'c>(command: &'c Command, matches: &'c ArgMatches) -> (&'c Command, &'c ArgMatches) {
    let (mut command, mut matches) = (command, matches);
    while let Some((name, below)) = matches.subcommand() {
        let Some(found) = command.find_subcommand(name) else { break };
        (command, matches) = (found, below);
    }
    (command, matches)
}

/// The file that is to be read: the one named, else that of the current folder.
fn path(given: &ArgMatches) -> Option<PathBuf> {
    if let Ok(Some(path)) = given.try_get_one::<PathBuf>("config") {
        return Some(path.clone());
    }
    let unwanted = given.try_get_one::<bool>("no_config").ok().flatten().copied().unwrap_or(false);
    let here = Path::new(NAME);
    (!unwanted && here.is_file()).then(|| here.to_owned())
}

fn key(arg: &Arg) -> Option<&str> {
    if arg.get_id() == INPUTS { Some(INPUTS) } else { arg.get_long() }
}

/// All options that the file may hold.
fn options(root: &Command) -> impl Iterator<Item = &Arg> {
    let commands = OPTIONS_OF.into_iter().filter_map(|name| root.find_subcommand(name));
    let all = root.get_arguments().chain(commands.flat_map(Command::get_arguments));
    all.filter(|arg| key(arg).is_some_and(|key| !ONLY_FLAGS.contains(&key)))
}

fn known(root: &Command, entry: &Entry) -> Option<Arg> {
    options(root).find(|arg| key(arg) == Some(&entry.key)).cloned()
}

fn unknown(root: &Command, file: &ConfigFile, entry: &Entry) -> Error {
    let asked = entry.key.replace('_', "-");
    let near = options(root).filter_map(key).find(|key| is_near(key, &asked));
    let hint = near.map(|key| format!("did you mean `{key}`? ")).unwrap_or_default();
    let problem =
        format!("`{}` is no option; {hint}`naqsha build --help` lists them, without the dashes", entry.key);
    file.wrong(Some(entry.line), problem)
}

/// Whether a word is another, but for a letter that is missing, added or wrong, or two that are exchanged.
fn is_near(word: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), other.chars().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let exchanged = a.len() >= 2 && b.len() >= 2 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..];
    let rest = |of: &[char]| of.get(1..).map(<[char]>::to_vec).unwrap_or_default();
    exchanged || rest(a) == b || a == rest(b) || rest(a) == rest(b)
}

/// The arguments that an entry stands for: none of a switch that is off.
fn told(file: &ConfigFile, arg: &Arg, entry: &Entry) -> Result<Vec<String>, Error> {
    let wrong = |problem: &str| Err(file.wrong(Some(entry.line), format!("`{}` {problem}", entry.key)));
    let is_switch = matches!(arg.get_action(), ArgAction::SetTrue);
    let is_list = matches!(arg.get_action(), ArgAction::Append);
    let values = match &entry.value {
        Value::Switch(on) if is_switch => {
            return Ok(if *on { vec![format!("--{}", entry.key)] } else { Vec::new() });
        }
        _ if is_switch => return wrong("is a switch; give true or false"),
        Value::Switch(_) => return wrong("is no switch; give it a value"),
        Value::Many(values) if is_list => values.clone(),
        Value::Many(_) => return wrong("takes one value; give no list"),
        Value::One(value) => vec![value.clone()],
    };
    let values: Vec<String> = values.iter().map(|value| located(file, arg, value)).collect();
    match (arg.get_id() == INPUTS, values.is_empty()) {
        (_, true) => wrong("is empty; give a value or leave it out"),
        (true, _) => Ok(values),
        (false, _) => Ok(vec![format!("--{}={}", entry.key, values.join(","))]),
    }
}

/// A value with the path that it is, if it is one, counted from the file.
fn located(file: &ConfigFile, arg: &Arg, value: &str) -> String {
    let is_path = arg.get_value_parser().type_id() == std::any::TypeId::of::<PathBuf>();
    let names = arg.get_value_names().unwrap_or_default();
    // "FILE|government|taliban": only the first is a path.
    let is_word = names.iter().flat_map(|name| name.split('|').skip(1)).any(|word| word == value);
    if !is_path || is_word || value == "-" { value.to_owned() } else { file.resolved(value) }
}

/// Says what is wrong with a value, as the command line would.
fn check(root: &Command, file: &ConfigFile, entry: &Entry, told: &[String]) -> Result<(), Error> {
    let command = OPTIONS_OF.iter().find(|name| {
        root.find_subcommand(name).is_some_and(|c| c.get_arguments().any(|a| key(a) == Some(&entry.key)))
    });
    let line =
        ["naqsha", command.unwrap_or(&OPTIONS_OF[0])].into_iter().chain(told.iter().map(String::as_str));
    let Err(error) = root.clone().try_get_matches_from(line) else { return Ok(()) };
    if !matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation) {
        return Ok(());
    }
    let value = match error.get(ContextKind::InvalidValue) {
        Some(ContextValue::String(value)) => value.clone(),
        _ => String::new(),
    };
    let remedy = match (error.get(ContextKind::ValidValue), std::error::Error::source(&error)) {
        (Some(ContextValue::Strings(valid)), _) => format!("give one of {}", valid.join(", ")),
        (_, Some(cause)) => cause.to_string(),
        _ => "`naqsha build --help` tells what it may be".to_owned(),
    };
    Err(file.wrong(Some(entry.line), format!("`{}` cannot be {value:?}: {remedy}", entry.key)))
}

/// Whether an option of the file is one of the command too. Others than those that write a series take only what all
/// commands take and what is read: their `format` is another.
fn applies(root: &Command, leaf: &Command, id: &str) -> bool {
    let group = |name: &str| leaf.get_groups().find(|g| g.get_id() == name);
    let has = |command: &Command| command.get_arguments().any(|a| a.get_id() == id);
    let reads = group(READING).is_some_and(|g| g.get_args().any(|a| a == id));
    has(root) || reads || group(WRITING).is_some() && has(leaf)
}

/// Whether the command line says otherwise.
fn is_overruled(root: &Command, given: &ArgMatches, arg: &Arg) -> bool {
    let is_given = |id: &str| {
        given.try_contains_id(id).unwrap_or(false) && given.value_source(id) == Some(ValueSource::CommandLine)
    };
    let is_global = root.get_arguments().any(|a| a.get_id() == arg.get_id());
    let against = if is_global { root.get_arg_conflicts_with(arg) } else { Vec::new() };
    let both_ways = root.get_arguments().filter(|other| {
        is_global && root.get_arg_conflicts_with(other).iter().any(|a| a.get_id() == arg.get_id())
    });
    is_given(arg.get_id().as_str())
        || against.into_iter().chain(both_ways).any(|other| is_given(other.get_id().as_str()))
}

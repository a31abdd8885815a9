//! `naqsha completions` and `naqsha man`: what shells and manual pages want to know of the command line.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;
use naqsha::error::Error;

use super::{Cli, Outcome, to_stdout};

/// Shown under the help.
const EXAMPLES: &str = "\
Examples:
  naqsha completions bash > ~/.local/share/bash-completion/completions/naqsha
  naqsha completions zsh > ~/.zfunc/_naqsha
  naqsha completions fish > ~/.config/fish/completions/naqsha.fish";

/// Print a script that completes naqsha's commands and options in a shell
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> Result<Outcome, Error> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), env!("CARGO_PKG_NAME"), &mut script);
        print(&script)
    }
}

/// Shown under the help of `man`.
const PAGES: &str = "\
Examples:
  naqsha man build | man -l -
  naqsha man boundaries import > naqsha-boundaries-import.1
  naqsha man --to /usr/local/share/man/man1";

/// Print a manual page, for man -l -, or write all of them
#[derive(Debug, Args)]
#[command(after_help = PAGES)]
pub(super) struct Man {
    /// The command that it is about; naqsha itself if not given
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
    /// Write the pages of all commands to this folder
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    to: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(&self) -> Result<Outcome, Error> {
        let mut command = Cli::command().disable_help_subcommand(true);
        if let Some(folder) = &self.to {
            let written = fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
            let wrong = |source| Error::Write { path: folder.clone(), source };
            return written.map(|()| Outcome::Done).map_err(wrong);
        }
        command.build();
        let mut about = &command;
        for name in &self.command {
            about = about.find_subcommand(name).ok_or_else(|| {
                let names: Vec<&str> = about.get_subcommands().map(Command::get_name).collect();
                let has = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
                Error::Usage(format!("{} has no command {name:?}; it has {has}", about.get_name()))
            })?;
        }
        let mut page = Vec::new();
        clap_mangen::Man::new(about.clone()).render(&mut page).map_err(to_stdout)?;
        print(&page)
    }
}

fn print(bytes: &[u8]) -> Result<Outcome, Error> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(to_stdout)?;
    Ok(Outcome::Done)
}

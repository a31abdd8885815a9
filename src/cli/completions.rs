//! `naqsha completions` and `naqsha man`: what shells and manual pages want to know of the command line.

use std::io::{self, Write};

use clap::{Args, CommandFactory};
use clap_complete::Shell;
use naqsha::error::Error;

use super::{Cli, Outcome, to_stdout};

/// Print a script that completes naqsha's commands and options in a shell
#[derive(Debug, Args)]
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

/// Print the manual page, for man -l -
#[derive(Debug, Args)]
pub(super) struct Man {}

impl Man {
    pub(super) fn run() -> Result<Outcome, Error> {
        let mut page = Vec::new();
        clap_mangen::Man::new(Cli::command()).render(&mut page).map_err(to_stdout)?;
        print(&page)
    }
}

fn print(bytes: &[u8]) -> Result<Outcome, Error> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(to_stdout)?;
    Ok(Outcome::Done)
}

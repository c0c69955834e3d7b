//! The program: the command line, and the reading room behind it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use recto::cli::{self, Command};
use recto::run::{self, Room};
use recto::ui;

fn main() -> ExitCode {
    ui::restore_on_panic();
    match cli::main(std::env::args_os(), ui::columns) {
        Command::Done(code) => code,
        Command::Read { paths, library } => match read(paths, library.as_deref()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("recto: {error:#}");
                ExitCode::from(2)
            }
        },
    }
}

fn read(paths: Vec<PathBuf>, library: Option<&Path>) -> anyhow::Result<()> {
    let cli::Opening {
        library,
        config,
        notice,
    } = cli::open(&paths, library)?;
    run::run(Room {
        library,
        paths,
        config,
        notice,
    })
}

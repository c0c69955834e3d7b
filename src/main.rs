//! The program: see the library's documentation.

use std::process::ExitCode;

use recto::cli::{self, Command};

fn main() -> ExitCode {
    match cli::main(std::env::args_os()) {
        Command::Done(code) => code,
        Command::Read { paths, library } => match cli::open(&paths, library.as_deref()) {
            Ok(_) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("recto: {error:#}");
                ExitCode::from(2)
            }
        },
    }
}

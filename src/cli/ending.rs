//! How a command ends that does one thing for each of what was named.

use std::process::ExitCode;

use super::output::tell;
use super::{FAILED, PARTLY};

/// Does something for each of what was named, whatever becomes of the others: `act` returns whether it was done, and
/// has said why where it was not. An error is told, and is one of what was not done.
pub(super) fn for_each(
    named: &[String],
    mut act: impl FnMut(&str) -> anyhow::Result<bool>,
) -> ExitCode {
    let mut done = 0;
    for text in named {
        match act(text) {
            Ok(was_done) => done += usize::from(was_done),
            Err(error) => tell(&format!("{text}: {error:#}")),
        }
    }
    match done {
        0 => ExitCode::from(FAILED),
        some if some < named.len() => ExitCode::from(PARTLY),
        _ => ExitCode::SUCCESS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_before_and_after_an_error_counts() {
        let ends = |named: &str| {
            let named: Vec<String> = named.chars().map(String::from).collect();
            for_each(&named, |text| match text {
                "d" => Ok(true),
                "n" => Ok(false),
                _ => anyhow::bail!("the disk is full"),
            })
        };
        for (named, code) in [
            ("dd", 0),
            ("de", PARTLY),
            ("ed", PARTLY),
            ("dn", PARTLY),
            ("n", FAILED),
            ("e", FAILED),
            ("en", FAILED),
        ] {
            assert_eq!(ends(named), ExitCode::from(code), "{named}");
        }
    }
}

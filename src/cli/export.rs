//! `recto export`: the addresses that are kept, for another reader.

use std::process::ExitCode;

use super::{Environment, opening, output};
use crate::document::Subscription;
use crate::format;

/// Prints the addresses as OPML.
pub(super) fn run(environment: &Environment) -> anyhow::Result<ExitCode> {
    let kept = opening::for_reading(environment)?.subscriptions()?;
    let addresses: Vec<Subscription> = kept.into_iter().map(|kept| kept.subscription).collect();
    output::print(&format::opml(&addresses))?;
    Ok(ExitCode::SUCCESS)
}

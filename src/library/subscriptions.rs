//! Addresses that lists hold, kept for when recto fetches. Nothing is fetched here.

use super::{Error, Library};
use crate::store::Waiting;

impl Library {
    /// Returns the addresses that are kept, in the order in which they came.
    pub fn subscriptions(&self) -> Result<Vec<Waiting>, Error> {
        Ok(self.store.subscriptions()?)
    }

    /// Forgets an address. Returns whether it was there.
    pub fn unsubscribe(&mut self, address: &str) -> Result<bool, Error> {
        let mut batch = self.store.write()?;
        let was_there = batch.unsubscribe(address)?;
        batch.commit()?;
        Ok(was_there)
    }
}

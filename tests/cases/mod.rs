//! How many cases a property is tried on: `ProptestConfig::with_cases` alone would silence who asks for more.

use proptest::prelude::ProptestConfig;

/// Returns the settings for as many cases as the variable `PROPTEST_CASES` says, else for so many.
pub fn cases(usual: u32) -> ProptestConfig {
    if std::env::var_os("PROPTEST_CASES").is_some() {
        ProptestConfig::default()
    } else {
        ProptestConfig::with_cases(usual)
    }
}

//! Any bytes as `report.odt`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| recto_fuzz::holds_its_promises("report.odt", bytes));

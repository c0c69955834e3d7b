//! Settings, keys, themes, manifests, places: TOML laid over the defaults in `assets/`.

pub mod manifest;

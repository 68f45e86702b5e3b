//! Two engines, one portable SQL; the only crate that names a driver.

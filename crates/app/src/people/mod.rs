//! Who and where: regions and units. Accounts join them later.

pub mod regions;
pub mod units;

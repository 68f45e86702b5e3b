//! What is done with regions.

use kepu_db::{Read, Result, Tx};

use super::model::Region;
use super::store;

/// Stores the regions of a data file; those that are there already are corrected.
pub fn load(tx: &mut Tx, regions: &[Region]) -> Result<usize> {
    for region in regions {
        store::set(tx, region)?;
    }
    Ok(regions.len())
}

/// The district that this installation serves.
pub fn home(read: &Read) -> Result<Option<Region>> {
    store::find_home(read)
}

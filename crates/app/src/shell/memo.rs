//! Values that are costly to build and never change: kept in memory under a key that names their version.
//!
//! Only what is immutable for its key belongs here (an edition of a plan, the register at a revision), so nothing is
//! ever stale and nothing has to be told of a change. When it grows past its limit it is emptied.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// How many values are kept before all are dropped.
const LIMIT: usize = 64;

/// The memory of one running application.
#[derive(Default)]
pub struct Memo {
    values: RwLock<HashMap<(TypeId, String), Arc<dyn Any + Send + Sync>>>,
}

impl Memo {
    /// The value kept under `key`.
    pub fn find<T: Send + Sync + 'static>(&self, key: &str) -> Option<Arc<T>> {
        let values = self.values.read().unwrap_or_else(PoisonError::into_inner);
        let value = values.get(&(TypeId::of::<T>(), key.to_owned()))?;
        Arc::clone(value).downcast().ok()
    }

    /// Keeps `value` under `key`.
    pub fn keep<T: Send + Sync + 'static>(&self, key: &str, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let mut values = self.values.write().unwrap_or_else(PoisonError::into_inner);
        if values.len() >= LIMIT {
            values.clear();
        }
        let stored: Arc<dyn Any + Send + Sync> = value.clone();
        values.insert((TypeId::of::<T>(), key.to_owned()), stored);
        value
    }
}

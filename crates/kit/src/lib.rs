//! Ids, clock, randomness, errors and other small things that every crate of kepu needs.

use std::sync::Arc;

/// The clock that is handed in.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(Arc::new(|| {
            let since = std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .unwrap_or_default();
            i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
        }))
    }
    /// A clock that stands.
    pub fn fixed(micros: i64) -> Self {
        Self(Arc::new(move || micros))
    }
    /// Microseconds UTC.
    pub fn now(&self) -> i64 {
        (self.0)()
    }
}

/// Fresh ids.
#[derive(Clone)]
pub struct Ids(Arc<std::sync::atomic::AtomicU64>);

impl Ids {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(std::sync::atomic::AtomicU64::new(seed)))
    }
    /// The next id.
    pub fn next(&self) -> String {
        format!("{:016x}", self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
    }
}

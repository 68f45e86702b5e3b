//! What time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A source of the time, in microseconds UTC since 1970. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until [`Clock::set`] moves it; clones move with it.
    pub fn fixed(micros: i64) -> Self {
        Self(Source::Set(Arc::new(AtomicI64::new(micros))))
    }

    /// Now, in microseconds UTC.
    pub fn now(&self) -> i64 {
        match &self.0 {
            Source::System => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| i64::try_from(since.as_micros()).unwrap_or(i64::MAX)),
            Source::Set(micros) => micros.load(Ordering::Relaxed),
        }
    }

    /// Moves a fixed clock. The machine's clock is not ours to move.
    pub fn set(&self, micros: i64) {
        if let Source::Set(at) = &self.0 {
            at.store(micros, Ordering::Relaxed);
        }
    }
}

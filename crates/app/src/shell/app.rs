//! The running application: its database, clock, settings and memory.

use std::ops::Deref;
use std::sync::Arc;

use jiff::tz::TimeZone;
use kepu_db::{Db, Read, statements};
use kepu_kit::Clock;

use super::{Error, Memo, Result, days};

statements! {
    pub ONE = "SELECT CAST(1 AS BIGINT) AS one";
}

/// A handle on the running application. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What the handle leads to.
pub struct Inner {
    /// The database.
    pub db: Db,
    /// What time it is.
    pub clock: Clock,
    /// Settings.
    pub config: Config,
    /// Immutable values kept in memory.
    pub memo: Memo,
}

/// Settings of an installation.
#[derive(Clone, Debug)]
pub struct Config {
    /// The district's name, which stands on every page.
    pub place: String,
    /// The telephone number that people can call for help.
    pub phone: String,
    /// The district's time zone.
    pub zone: TimeZone,
}

impl App {
    /// Puts an application together.
    pub fn new(db: Db, clock: Clock, config: Config) -> Self {
        Self(Arc::new(Inner {
            db,
            clock,
            config,
            memo: Memo::default(),
        }))
    }
}

impl Inner {
    /// Asks the database.
    pub async fn read<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Read) -> kepu_db::Result<T> + Send + 'static,
    ) -> Result<T> {
        self.db.read(ask).await.map_err(Error::from)
    }

    /// Now, in microseconds UTC.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// This year in the district's zone.
    pub fn this_year(&self) -> i16 {
        days::year_of_micros(self.now(), &self.config.zone)
    }
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

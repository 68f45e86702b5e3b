//! Two engines, one portable SQL: SQLite for one machine, PostgreSQL for more. The only crate that names a driver.
//!
//! ```
//! use kepu_db::{Db, Error, Migration, Options, params, statements};
//!
//! statements! {
//!     pub ADD = "INSERT INTO place (code, name) VALUES ($1, $2)";
//!     pub LIST = "SELECT code, name FROM place ORDER BY code";
//! }
//! let migrations = [Migration::new(1, "places", "CREATE TABLE place (code TEXT PRIMARY KEY, name TEXT NOT NULL)")];
//! let db = Db::open(&"sqlite::memory:".parse()?, Options::default(), &migrations)?;
//! db.write_blocking(|tx| tx.execute_one(&ADD, params!["110112", "通州区"]))?;
//! let names = db.read_blocking(|read| read.list(&LIST, params![], |row| row.get::<String>("name")))?;
//! assert_eq!(names, ["通州区"]);
//! db.close();
//! # Ok::<(), Error>(())
//! ```
//!
//! **The contract of an act** (a function given to [`Db::write`]): it is a plain synchronous `Fn` and may be run again,
//! so it has no effect outside its transaction and takes its time and ids from outside; no password hashing, parsing,
//! file, network or solver runs in it. `Err` rolls back everything it did; it never catches an SQL error and goes on
//! (PostgreSQL has aborted the transaction by then): use `ON CONFLICT`.
//!
//! **Portable SQL**: `$1` parameters; `TRUE`/`FALSE` and bare `WHERE ok`; `BIGINT` microseconds UTC for times, `TEXT`
//! for ids, days and JSON; explicit `CAST` on sums, counts and nullable parameters; explicit `NULLS LAST`. A test of
//! each user of this crate prepares every statement on both engines ([`Db::prepare`]).

mod db;
mod engine;
mod error;
mod migrate;
mod row;
mod statement;
#[cfg(feature = "testing")]
pub mod testing;
mod threads;
mod url;
mod value;
mod work;

pub use db::{Db, Options};
pub use engine::{Engine, Read, Tx};
pub use error::{Error, Result};
pub use migrate::Migration;
pub use row::{FromValue, Row};
pub use statement::Statement;
pub use url::DatabaseUrl;
pub use value::{ToValue, Value, ValueRef};

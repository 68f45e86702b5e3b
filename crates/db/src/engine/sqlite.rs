//! SQLite through rusqlite.

use std::path::Path;
use std::time::Duration;

use rusqlite::ffi::ErrorCode;
use rusqlite::types::{ToSqlOutput, ValueRef as Sql};
use rusqlite::{CachedStatement, OpenFlags};

use crate::error::{Error, Result};
use crate::row::{Row, Source};
use crate::statement::Statement;
use crate::value::Value;

/// Names of parameters: SQLite numbers `$n` by first appearance, so they are bound by name.
const NAMES: [&str; 40] = [
    "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$16", "$17",
    "$18", "$19", "$20", "$21", "$22", "$23", "$24", "$25", "$26", "$27", "$28", "$29", "$30", "$31", "$32", "$33",
    "$34", "$35", "$36", "$37", "$38", "$39", "$40",
];

pub(crate) struct Connection {
    inner: rusqlite::Connection,
}

impl Connection {
    /// Opens the file for writing: WAL, foreign keys on, every commit on disk before it is answered.
    pub(crate) fn writer(path: &Path) -> Result<Self> {
        let connection = Self::open(path, OpenFlags::default())?;
        connection.control(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;",
        )?;
        Ok(connection)
    }

    /// Opens the file for reading only.
    pub(crate) fn reader(path: &Path) -> Result<Self> {
        let connection = Self::open(path, OpenFlags::default() & !OpenFlags::SQLITE_OPEN_CREATE)?;
        connection.control("PRAGMA query_only = ON; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;")?;
        Ok(connection)
    }

    fn open(path: &Path, flags: OpenFlags) -> Result<Self> {
        let inner = rusqlite::Connection::open_with_flags(path, flags).map_err(|error| Error::Engine {
            statement: "opening the database",
            detail: format!("{}: {error}", path.display()),
        })?;
        // Another process (a backup, a migration of a second start) may hold the lock for a moment.
        inner
            .busy_timeout(Duration::from_secs(30))
            .map_err(|error| Error::engine("setting the time limit", &error))?;
        inner.set_prepared_statement_cache_capacity(256);
        Ok(Self { inner })
    }

    pub(crate) fn control(&self, sql: &str) -> Result<()> {
        self.inner
            .execute_batch(sql)
            .map_err(|error| Error::engine("controlling the transaction", &error))
    }

    /// Whether a transaction is open. Some errors (a full disk) end it behind the back of the caller.
    pub(crate) fn in_transaction(&self) -> bool {
        !self.inner.is_autocommit()
    }

    pub(crate) fn query(
        &self,
        statement: &Statement,
        params: &[Value],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut prepared = self.bound(statement, params)?;
        let mut rows = prepared.raw_query();
        while let Some(row) = rows.next().map_err(|error| failure(statement, &error))? {
            each(&Row {
                statement: statement.name,
                source: Source::Sqlite(row),
            })?;
        }
        Ok(())
    }

    pub(crate) fn execute(&self, statement: &Statement, params: &[Value]) -> Result<u64> {
        let mut prepared = self.bound(statement, params)?;
        let changed = prepared.raw_execute().map_err(|error| failure(statement, &error))?;
        Ok(changed as u64)
    }

    pub(crate) fn prepare(&self, statement: &Statement) -> Result<()> {
        self.inner
            .prepare(statement.sql)
            .map(|_| ())
            .map_err(|error| failure(statement, &error))
    }

    fn bound(&self, statement: &Statement, params: &[Value]) -> Result<CachedStatement<'_>> {
        let mut prepared = self
            .inner
            .prepare_cached(statement.sql)
            .map_err(|error| failure(statement, &error))?;
        let misfit = |detail: String| Error::Parameters {
            statement: statement.name,
            detail,
        };
        if prepared.parameter_count() != params.len() {
            return Err(misfit(format!(
                "{} parameters given, {} in the SQL",
                params.len(),
                prepared.parameter_count()
            )));
        }
        for (index, value) in params.iter().enumerate() {
            let name = NAMES
                .get(index)
                .ok_or_else(|| misfit("more than 40 parameters".to_owned()))?;
            let place = prepared
                .parameter_index(name)
                .ok()
                .flatten()
                .ok_or_else(|| misfit(format!("{name} is not in the SQL")))?;
            prepared
                .raw_bind_parameter(place, Bound(value))
                .map_err(|error| failure(statement, &error))?;
        }
        Ok(prepared)
    }
}

struct Bound<'v>(&'v Value);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => Sql::Null,
            Value::Int(value) => Sql::Integer(*value),
            Value::Real(value) => Sql::Real(*value),
            Value::Bool(value) => Sql::Integer(i64::from(*value)),
            Value::Text(text) => Sql::Text(text.as_bytes()),
            Value::Blob(bytes) => Sql::Blob(bytes),
        }))
    }
}

fn failure(statement: &Statement, error: &rusqlite::Error) -> Error {
    let name = statement.name;
    if let rusqlite::Error::SqliteFailure(code, _) = error
        && code.code == ErrorCode::ConstraintViolation
    {
        return match code.extended_code {
            rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
            | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | rusqlite::ffi::SQLITE_CONSTRAINT_ROWID => Error::Unique { statement: name },
            rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Error::ForeignKey { statement: name },
            _ => Error::NotAllowed {
                statement: name,
                detail: error.to_string(),
            },
        };
    }
    Error::Engine {
        statement: name,
        detail: error.to_string(),
    }
}

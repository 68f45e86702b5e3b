//! A connection of either engine behind one type, so that nothing above is generic over the database.

pub(crate) mod postgres;
pub(crate) mod sqlite;

use std::ops::Deref;

use crate::error::{Error, Result};
use crate::row::Row;
use crate::statement::Statement;
use crate::value::Value;

/// Which engine a database runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// A connection inside a transaction that only reads. Stores take `&Read`, so they serve pages and acts alike.
pub struct Read {
    pub(crate) connection: Connection,
}

/// A connection inside a transaction that may write.
pub struct Tx {
    pub(crate) read: Read,
}

/// The driver's connection.
pub(crate) enum Connection {
    Sqlite(sqlite::Connection),
    Postgres(Box<postgres::Connection>),
}

impl Connection {
    /// Runs control statements (BEGIN, SAVEPOINT, DDL) without parameters.
    pub(crate) fn control(&self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(connection) => connection.control(sql),
            Self::Postgres(connection) => connection.control(sql),
        }
    }

    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// PostgreSQL's text holds no NUL; so neither engine takes one.
    fn check(statement: &Statement, params: &[Value]) -> Result<()> {
        let bad = |value: &Value| matches!(value, Value::Text(text) if text.contains('\0'));
        if params.iter().any(bad) {
            return Err(Error::NotAllowed {
                statement: statement.name,
                detail: "text with a NUL character".to_owned(),
            });
        }
        Ok(())
    }

    fn query(
        &self,
        statement: &Statement,
        params: &[Value],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        Self::check(statement, params)?;
        match self {
            Self::Sqlite(connection) => connection.query(statement, params, each),
            Self::Postgres(connection) => connection.query(statement, params, each),
        }
    }

    fn execute(&self, statement: &Statement, params: &[Value]) -> Result<u64> {
        Self::check(statement, params)?;
        match self {
            Self::Sqlite(connection) => connection.execute(statement, params),
            Self::Postgres(connection) => connection.execute(statement, params),
        }
    }

    pub(crate) fn prepare(&self, statement: &Statement) -> Result<()> {
        match self {
            Self::Sqlite(connection) => connection.prepare(statement),
            Self::Postgres(connection) => connection.prepare(statement),
        }
    }
}

impl Read {
    /// All rows, in the order of the statement.
    ///
    /// # Errors
    /// Those of the engine, and what `read` answers.
    pub fn list<T>(
        &self,
        statement: &Statement,
        params: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        self.connection.query(statement, params, &mut |row| {
            rows.push(read(row)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The one row, or none.
    ///
    /// # Errors
    /// [`Error::NotOne`] when there are more.
    pub fn find<T>(
        &self,
        statement: &Statement,
        params: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut rows = self.list(statement, params, read)?;
        if rows.len() > 1 {
            return Err(Error::NotOne {
                statement: statement.name,
                rows: rows.len() as u64,
            });
        }
        Ok(rows.pop())
    }

    /// The one row.
    ///
    /// # Errors
    /// [`Error::Missing`] when there is none, [`Error::NotOne`] when there are more.
    pub fn get<T>(
        &self,
        statement: &Statement,
        params: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.find(statement, params, read)?.ok_or(Error::Missing {
            statement: statement.name,
        })
    }

    /// Which engine answers. For the few statements that differ, all of which live in this crate.
    pub fn engine(&self) -> Engine {
        self.connection.engine()
    }
}

impl Tx {
    /// Changes rows; answers how many.
    ///
    /// # Errors
    /// Those of the engine; [`Error::Unique`] and [`Error::ForeignKey`] by kind.
    pub fn execute(&mut self, statement: &Statement, params: &[Value]) -> Result<u64> {
        self.read.connection.execute(statement, params)
    }

    /// Changes exactly one row.
    ///
    /// # Errors
    /// [`Error::NotOne`] when it was another number; the act rolls back.
    pub fn execute_one(&mut self, statement: &Statement, params: &[Value]) -> Result<()> {
        match self.execute(statement, params)? {
            1 => Ok(()),
            rows => Err(Error::NotOne {
                statement: statement.name,
                rows,
            }),
        }
    }

    /// Runs a statement for each set of parameters; answers how many rows changed in all.
    ///
    /// # Errors
    /// The first error; the act rolls back.
    pub fn execute_many(&mut self, statement: &Statement, all: impl IntoIterator<Item = Vec<Value>>) -> Result<u64> {
        let mut rows = 0;
        for params in all {
            rows += self.execute(statement, &params)?;
        }
        Ok(rows)
    }
}

impl Deref for Tx {
    type Target = Read;

    fn deref(&self) -> &Read {
        &self.read
    }
}

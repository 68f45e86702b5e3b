//! PostgreSQL through its synchronous client. It blocks inside, so it lives on threads of its own and is never called
//! from async code.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::error::Error as StdError;

use postgres::error::SqlState;
use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls};

use crate::error::{Error, Result};
use crate::row::{Row, Source};
use crate::statement::Statement;
use crate::value::Value;

pub(crate) struct Connection {
    client: RefCell<Client>,
    prepared: RefCell<HashMap<&'static str, postgres::Statement>>,
    /// The last transaction met a concurrent one and may be run again.
    conflicted: Cell<bool>,
}

impl Connection {
    pub(crate) fn open(url: &str) -> Result<Self> {
        let client =
            Client::connect(url, NoTls).map_err(|error| Error::engine("connecting to PostgreSQL", &chain(&error)))?;
        let connection = Self {
            client: RefCell::new(client),
            prepared: RefCell::new(HashMap::new()),
            conflicted: Cell::new(false),
        };
        // Messages are for logs and operators; CHECKs and messages must not depend on the server's language.
        connection
            .control("SET lc_messages TO 'C'; SET TIME ZONE 'UTC'")
            .or_else(|_| connection.control("SET TIME ZONE 'UTC'"))?;
        Ok(connection)
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.client.borrow().is_closed()
    }

    /// Whether a concurrent transaction got in the way since the last call.
    pub(crate) fn take_conflict(&self) -> bool {
        self.conflicted.replace(false)
    }

    pub(crate) fn control(&self, sql: &str) -> Result<()> {
        self.client.borrow_mut().batch_execute(sql).map_err(|error| {
            self.notice(&error);
            Error::engine("controlling the transaction", &chain(&error))
        })
    }

    pub(crate) fn query(
        &self,
        statement: &Statement,
        params: &[Value],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let prepared = self.prepared(statement)?;
        let bound = bound(statement, &prepared, params)?;
        let rows = self
            .client
            .borrow_mut()
            .query(&prepared, &references(&bound))
            .map_err(|error| self.failure(statement, &error))?;
        for row in &rows {
            each(&Row {
                statement: statement.name,
                source: Source::Postgres(row),
            })?;
        }
        Ok(())
    }

    pub(crate) fn execute(&self, statement: &Statement, params: &[Value]) -> Result<u64> {
        let prepared = self.prepared(statement)?;
        let bound = bound(statement, &prepared, params)?;
        self.client
            .borrow_mut()
            .execute(&prepared, &references(&bound))
            .map_err(|error| self.failure(statement, &error))
    }

    pub(crate) fn prepare(&self, statement: &Statement) -> Result<()> {
        self.prepared(statement).map(|_| ())
    }

    fn prepared(&self, statement: &Statement) -> Result<postgres::Statement> {
        if let Some(prepared) = self.prepared.borrow().get(statement.sql) {
            return Ok(prepared.clone());
        }
        let prepared = self
            .client
            .borrow_mut()
            .prepare(statement.sql)
            .map_err(|error| self.failure(statement, &error))?;
        self.prepared.borrow_mut().insert(statement.sql, prepared.clone());
        Ok(prepared)
    }

    fn notice(&self, error: &postgres::Error) {
        let again = error.code().is_some_and(|code| {
            *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED
        });
        if again {
            self.conflicted.set(true);
        }
    }

    fn failure(&self, statement: &Statement, error: &postgres::Error) -> Error {
        self.notice(error);
        let name = statement.name;
        match error.code() {
            Some(code) if *code == SqlState::UNIQUE_VIOLATION => Error::Unique { statement: name },
            Some(code) if *code == SqlState::FOREIGN_KEY_VIOLATION => Error::ForeignKey { statement: name },
            Some(code) if *code == SqlState::NOT_NULL_VIOLATION || *code == SqlState::CHECK_VIOLATION => {
                Error::NotAllowed {
                    statement: name,
                    detail: chain(error),
                }
            }
            _ => Error::Engine {
                statement: name,
                detail: chain(error),
            },
        }
    }
}

/// An error with its causes; the client's own message says only "db error".
fn chain(error: &postgres::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

fn bound<'v>(statement: &Statement, prepared: &postgres::Statement, params: &'v [Value]) -> Result<Vec<Bound<'v>>> {
    let misfit = |detail: String| Error::Parameters {
        statement: statement.name,
        detail,
    };
    let types = prepared.params();
    if types.len() != params.len() {
        return Err(misfit(format!(
            "{} parameters given, {} in the SQL",
            params.len(),
            types.len()
        )));
    }
    for (index, (value, kind)) in params.iter().zip(types).enumerate() {
        if !fits(value, kind) {
            let place = index + 1;
            return Err(misfit(format!("${place} is of the type {kind}, given was {value:?}")));
        }
    }
    Ok(params.iter().map(Bound).collect())
}

fn references<'v>(bound: &'v [Bound<'v>]) -> Vec<&'v (dyn ToSql + Sync)> {
    bound.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn fits(value: &Value, kind: &Type) -> bool {
    match value {
        Value::Null => true,
        Value::Int(_) => matches!(*kind, Type::INT2 | Type::INT4 | Type::INT8 | Type::FLOAT8),
        Value::Real(_) => matches!(*kind, Type::FLOAT4 | Type::FLOAT8),
        Value::Bool(_) => *kind == Type::BOOL,
        Value::Text(_) => matches!(
            *kind,
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN
        ),
        Value::Blob(_) => *kind == Type::BYTEA,
    }
}

#[derive(Debug)]
struct Bound<'v>(&'v Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match (self.0, kind) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(value), &Type::INT8) => value.to_sql(kind, out),
            (Value::Int(value), &Type::INT4) => i32::try_from(*value)?.to_sql(kind, out),
            (Value::Int(value), &Type::INT2) => i16::try_from(*value)?.to_sql(kind, out),
            (Value::Int(value), _) => (*value as f64).to_sql(kind, out),
            (Value::Real(value), &Type::FLOAT4) => (*value as f32).to_sql(kind, out),
            (Value::Real(value), _) => value.to_sql(kind, out),
            (Value::Bool(value), _) => value.to_sql(kind, out),
            (Value::Text(text), _) => text.to_sql(kind, out),
            (Value::Blob(bytes), _) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(_kind: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

//! A row of a result. A wrong type or an unexpected NULL is an error that names statement and column, never a panic.

use crate::error::{Error, Result};
use crate::value::ValueRef;

/// A row of a result.
pub struct Row<'r> {
    pub(crate) statement: &'static str,
    pub(crate) source: Source<'r>,
}

/// The driver's row.
pub(crate) enum Source<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r postgres::Row),
}

/// A type that a column can be read as.
pub trait FromValue: Sized {
    /// What it is called in an error.
    const WANTED: &'static str;

    /// The value; `None` when it is of another type.
    fn from_value(value: ValueRef<'_>) -> Option<Self>;
}

impl Row<'_> {
    /// The value of a column.
    ///
    /// # Errors
    /// [`Error::Column`] when there is no such column, [`Error::Type`] when it holds something else.
    pub fn get<T: FromValue>(&self, column: &str) -> Result<T> {
        let index = match &self.source {
            Source::Sqlite(row) => row.as_ref().column_index(column).ok(),
            Source::Postgres(row) => row.columns().iter().position(|found| found.name() == column),
        };
        let index = index.ok_or_else(|| Error::Column {
            statement: self.statement,
            column: column.to_owned(),
        })?;
        self.read(index, || column.to_owned())
    }

    /// The value of a column by its place, from 0.
    ///
    /// # Errors
    /// As [`Row::get`].
    pub fn at<T: FromValue>(&self, index: usize) -> Result<T> {
        self.read(index, || index.to_string())
    }

    fn read<T: FromValue>(&self, index: usize, name: impl Fn() -> String) -> Result<T> {
        let value = self.value(index, &name)?;
        T::from_value(value).ok_or_else(|| Error::Type {
            statement: self.statement,
            column: name(),
            found: value.kind().to_owned(),
            wanted: T::WANTED,
        })
    }

    fn value(&self, index: usize, name: &impl Fn() -> String) -> Result<ValueRef<'_>> {
        let no_column = || Error::Column {
            statement: self.statement,
            column: name(),
        };
        match &self.source {
            Source::Sqlite(row) => {
                use rusqlite::types::ValueRef as Found;
                Ok(match row.get_ref(index).map_err(|_| no_column())? {
                    Found::Null => ValueRef::Null,
                    Found::Integer(value) => ValueRef::Int(value),
                    Found::Real(value) => ValueRef::Real(value),
                    Found::Text(bytes) => ValueRef::Text(std::str::from_utf8(bytes).map_err(|_| Error::Type {
                        statement: self.statement,
                        column: name(),
                        found: "text that is not UTF-8".to_owned(),
                        wanted: "text",
                    })?),
                    Found::Blob(bytes) => ValueRef::Blob(bytes),
                })
            }
            Source::Postgres(row) => {
                let column = row.columns().get(index).ok_or_else(no_column)?;
                postgres_value(row, index, column.type_()).ok_or_else(|| Error::Type {
                    statement: self.statement,
                    column: name(),
                    found: format!("the type {} (cast it in the statement)", column.type_()),
                    wanted: "one of the portable types",
                })
            }
        }
    }
}

fn postgres_value<'r>(row: &'r postgres::Row, index: usize, kind: &postgres::types::Type) -> Option<ValueRef<'r>> {
    use postgres::types::Type;
    fn or_null<T>(value: Option<T>, into: impl Fn(T) -> ValueRef<'static>) -> ValueRef<'static> {
        value.map_or(ValueRef::Null, into)
    }
    Some(match *kind {
        Type::INT8 => or_null(row.try_get::<_, Option<i64>>(index).ok()?, ValueRef::Int),
        Type::INT4 => or_null(row.try_get::<_, Option<i32>>(index).ok()?, |value| {
            ValueRef::Int(i64::from(value))
        }),
        Type::INT2 => or_null(row.try_get::<_, Option<i16>>(index).ok()?, |value| {
            ValueRef::Int(i64::from(value))
        }),
        Type::FLOAT8 => or_null(row.try_get::<_, Option<f64>>(index).ok()?, ValueRef::Real),
        Type::FLOAT4 => or_null(row.try_get::<_, Option<f32>>(index).ok()?, |value| {
            ValueRef::Real(f64::from(value))
        }),
        Type::BOOL => or_null(row.try_get::<_, Option<bool>>(index).ok()?, ValueRef::Bool),
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME => row
            .try_get::<_, Option<&str>>(index)
            .ok()?
            .map_or(ValueRef::Null, ValueRef::Text),
        Type::BYTEA => row
            .try_get::<_, Option<&[u8]>>(index)
            .ok()?
            .map_or(ValueRef::Null, ValueRef::Blob),
        _ => return None,
    })
}

macro_rules! from_value {
    ($($type:ty, $wanted:literal, $pattern:pat => $value:expr;)*) => {
        $(impl FromValue for $type {
            const WANTED: &'static str = $wanted;

            fn from_value(value: ValueRef<'_>) -> Option<Self> {
                match value {
                    $pattern => $value,
                    _ => None,
                }
            }
        })*
    };
}

from_value! {
    i64, "an integer", ValueRef::Int(value) => Some(value);
    i32, "a 32-bit integer", ValueRef::Int(value) => i32::try_from(value).ok();
    u32, "an unsigned 32-bit integer", ValueRef::Int(value) => u32::try_from(value).ok();
    String, "text", ValueRef::Text(text) => Some(text.to_owned());
    Vec<u8>, "bytes", ValueRef::Blob(bytes) => Some(bytes.to_vec());
}

impl FromValue for f64 {
    const WANTED: &'static str = "a real number";

    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Real(value) => Some(value),
            // SQLite stores a whole number in a REAL column as it likes.
            ValueRef::Int(value) => Some(value as Self),
            _ => None,
        }
    }
}

impl FromValue for bool {
    const WANTED: &'static str = "a flag";

    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Bool(value) => Some(value),
            ValueRef::Int(0) => Some(false),
            ValueRef::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    const WANTED: &'static str = T::WANTED;

    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}

//! Stand-in until the real layer is merged.
#![expect(missing_docs)]
use rusqlite::types::ValueRef;
use std::ops::Deref;
use std::sync::{Arc, Mutex};

#[derive(Debug)]
pub struct Error(pub String);
impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for Error {}
impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Self {
        Self(e.to_string())
    }
}
pub type Result<T, E = Error> = std::result::Result<T, E>;
pub struct Statement {
    pub name: &'static str,
    pub sql: &'static str,
}
#[derive(Clone, Debug)]
pub enum Value {
    Null,
    Int(i64),
    Real(f64),
    Bool(bool),
    Text(String),
}
macro_rules! from { ($($t:ty => $e:expr),*) => { $(impl From<$t> for Value { fn from(v: $t) -> Self { ($e)(v) } })* } }
from!(i64 => Value::Int, f64 => Value::Real, bool => Value::Bool, String => Value::Text, &str => |v: &str| Value::Text(v.to_owned()), &String => |v: &String| Value::Text(v.clone()));
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(v: Option<T>) -> Self {
        v.map_or(Value::Null, Into::into)
    }
}
impl From<&Option<String>> for Value {
    fn from(v: &Option<String>) -> Self {
        v.clone().into()
    }
}
#[macro_export]
macro_rules! params { ($($v:expr),* $(,)?) => { &[$($crate::Value::from($v.clone())),*] } }
#[macro_export]
macro_rules! statements { ($(pub $n:ident = $s:expr;)*) => { $(pub const $n: $crate::Statement = $crate::Statement { name: stringify!($n), sql: $s };)* pub const STATEMENTS: &[&$crate::Statement] = &[$(&$n),*]; } }
pub struct Row {
    cols: Vec<(String, Value)>,
}
pub trait FromValue: Sized {
    fn from_value(v: &Value) -> Option<Self>;
}
impl FromValue for i64 {
    fn from_value(v: &Value) -> Option<Self> {
        if let Value::Int(i) = v { Some(*i) } else { None }
    }
}
impl FromValue for f64 {
    fn from_value(v: &Value) -> Option<Self> {
        match v {
            Value::Real(i) => Some(*i),
            Value::Int(i) => Some(*i as f64),
            _ => None,
        }
    }
}
impl FromValue for bool {
    fn from_value(v: &Value) -> Option<Self> {
        if let Value::Int(i) = v { Some(*i != 0) } else { None }
    }
}
impl FromValue for String {
    fn from_value(v: &Value) -> Option<Self> {
        if let Value::Text(i) = v { Some(i.clone()) } else { None }
    }
}
impl<T: FromValue> FromValue for Option<T> {
    fn from_value(v: &Value) -> Option<Self> {
        if let Value::Null = v {
            Some(None)
        } else {
            T::from_value(v).map(Some)
        }
    }
}
impl Row {
    pub fn get<T: FromValue>(&self, c: &str) -> Result<T> {
        self.cols
            .iter()
            .find(|x| x.0 == c)
            .and_then(|x| T::from_value(&x.1))
            .ok_or_else(|| Error(format!("column {c}")))
    }
}
pub struct Read(rusqlite::Connection);
pub struct Tx(Read);
impl Deref for Tx {
    type Target = Read;
    fn deref(&self) -> &Read {
        &self.0
    }
}
fn sqlv(p: &[Value]) -> Vec<rusqlite::types::Value> {
    use rusqlite::types::Value as V;
    p.iter()
        .map(|v| match v {
            Value::Null => V::Null,
            Value::Int(i) => V::Integer(*i),
            Value::Real(r) => V::Real(*r),
            Value::Bool(b) => V::Integer(*b as i64),
            Value::Text(t) => V::Text(t.clone()),
        })
        .collect()
}
impl Read {
    pub fn list<T>(&self, s: &Statement, p: &[Value], f: impl Fn(&Row) -> Result<T>) -> Result<Vec<T>> {
        let mut st = self.0.prepare_cached(&s.sql.replace("$", "?"))?;
        let names: Vec<String> = st.column_names().map(|s| s.to_string()).collect();
        let mut rows = st.query(rusqlite::params_from_iter(sqlv(p)))?;
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            let cols = names
                .iter()
                .enumerate()
                .map(|(i, n)| {
                    (
                        n.clone(),
                        match r.get_ref(i).unwrap() {
                            ValueRef::Null => Value::Null,
                            ValueRef::Integer(i) => Value::Int(i),
                            ValueRef::Real(r) => Value::Real(r),
                            ValueRef::Text(t) => Value::Text(String::from_utf8_lossy(t).into_owned()),
                            ValueRef::Blob(_) => Value::Null,
                        },
                    )
                })
                .collect();
            out.push(f(&Row { cols })?);
        }
        Ok(out)
    }
    pub fn find<T>(&self, s: &Statement, p: &[Value], f: impl Fn(&Row) -> Result<T>) -> Result<Option<T>> {
        Ok(self.list(s, p, f)?.into_iter().next())
    }
    pub fn get<T>(&self, s: &Statement, p: &[Value], f: impl Fn(&Row) -> Result<T>) -> Result<T> {
        self.find(s, p, f)?.ok_or_else(|| Error(format!("{}: no row", s.name)))
    }
}
impl Tx {
    pub fn execute(&mut self, s: &Statement, p: &[Value]) -> Result<u64> {
        Ok(self
            .0
            .0
            .prepare_cached(&s.sql.replace("$", "?"))?
            .execute(rusqlite::params_from_iter(sqlv(p)))? as u64)
    }
    pub fn execute_one(&mut self, s: &Statement, p: &[Value]) -> Result<()> {
        match self.execute(s, p)? {
            1 => Ok(()),
            n => Err(Error(format!("{}: {n} rows", s.name))),
        }
    }
}
#[derive(Clone)]
pub struct Db(Arc<Mutex<Tx>>);
impl Db {
    pub fn open_stand_in(path: &str, migrations: &[&str]) -> Result<Self> {
        let c = rusqlite::Connection::open(path)?;
        c.execute_batch("PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON;")?;
        let v: i64 = c.query_row("PRAGMA user_version", [], |r| r.get(0))?;
        for m in &migrations[v as usize..] {
            c.execute_batch(m)?;
        }
        c.execute_batch(&format!("PRAGMA user_version={}", migrations.len()))?;
        Ok(Self(Arc::new(Mutex::new(Tx(Read(c))))))
    }
    pub fn read_blocking<T>(&self, f: impl Fn(&Read) -> Result<T>) -> Result<T> {
        f(&self.0.lock().unwrap())
    }
    pub fn write_blocking<T>(&self, f: impl Fn(&mut Tx) -> Result<T>) -> Result<T> {
        let mut t = self.0.lock().unwrap();
        t.0.0.execute_batch("BEGIN IMMEDIATE")?;
        match f(&mut t) {
            Ok(v) => {
                t.0.0.execute_batch("COMMIT")?;
                Ok(v)
            }
            Err(e) => {
                t.0.0.execute_batch("ROLLBACK")?;
                Err(e)
            }
        }
    }
    pub async fn read<T>(&self, f: impl Fn(&Read) -> Result<T> + Send + 'static) -> Result<T> {
        self.read_blocking(f)
    }
}

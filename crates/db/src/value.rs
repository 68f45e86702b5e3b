//! Values that go into a statement and come out of a row.

/// A value of one of the portable storage types.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// NULL.
    Null,
    /// INTEGER, BIGINT.
    Int(i64),
    /// DOUBLE PRECISION.
    Real(f64),
    /// BOOLEAN.
    Bool(bool),
    /// TEXT.
    Text(String),
    /// BYTEA, BLOB.
    Blob(Vec<u8>),
}

/// A value as it lies in a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ValueRef<'r> {
    /// NULL.
    Null,
    /// An integer; on SQLite also a flag.
    Int(i64),
    /// A real number.
    Real(f64),
    /// A flag.
    Bool(bool),
    /// Text.
    Text(&'r str),
    /// Bytes.
    Blob(&'r [u8]),
}

impl ValueRef<'_> {
    /// What it is, in words for an error.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Int(_) => "an integer",
            Self::Real(_) => "a real number",
            Self::Bool(_) => "a flag",
            Self::Text(_) => "text",
            Self::Blob(_) => "bytes",
        }
    }
}

/// What can be a parameter.
pub trait ToValue {
    /// The value to store.
    fn to_value(&self) -> Value;
}

macro_rules! to_value {
    ($($type:ty => |$self:ident| $value:expr;)*) => {
        $(impl ToValue for $type {
            fn to_value(&self) -> Value {
                let $self = self;
                $value
            }
        })*
    };
}

to_value! {
    Value => |value| value.clone();
    i64 => |value| Value::Int(*value);
    i32 => |value| Value::Int(i64::from(*value));
    u32 => |value| Value::Int(i64::from(*value));
    i16 => |value| Value::Int(i64::from(*value));
    f64 => |value| Value::Real(*value);
    bool => |value| Value::Bool(*value);
    str => |value| Value::Text(value.to_owned());
    String => |value| Value::Text(value.clone());
    [u8] => |value| Value::Blob(value.to_vec());
    Vec<u8> => |value| Value::Blob(value.clone());
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}

/// Parameters of a statement: `params![id, name, None::<i64>]`.
#[macro_export]
macro_rules! params {
    () => { &[] as &[$crate::Value] };
    ($($value:expr),+ $(,)?) => { &[$($crate::ToValue::to_value(&$value)),+] as &[$crate::Value] };
}

//! The address of a database.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::error::Error;

/// `sqlite:PATH`, `sqlite::memory:` or `postgres://…`. Shown without its password.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A SQLite database that lives as long as it is open.
    SqliteMemory,
    /// A PostgreSQL server, as its client library reads it.
    Postgres(String),
}

impl FromStr for DatabaseUrl {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if text == "sqlite::memory:" {
            return Ok(Self::SqliteMemory);
        }
        if let Some(path) = text.strip_prefix("sqlite:") {
            if path.is_empty() {
                return Err(Error::Url(
                    "sqlite: needs the path of a file, such as sqlite:kepu.db".to_owned(),
                ));
            }
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return match text.parse::<postgres::Config>() {
                Ok(_) => Ok(Self::Postgres(text.to_owned())),
                Err(error) => Err(Error::Url(format!("not a PostgreSQL address: {error}"))),
            };
        }
        Err(Error::Url(
            "a database address starts with sqlite: (sqlite:kepu.db) or postgres:// (postgres://user@host/name)"
                .to_owned(),
        ))
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::SqliteMemory => f.write_str("sqlite::memory:"),
            Self::Postgres(text) => {
                // Everything between the user's colon and the last @ before the path is the password; a password may
                // also stand among the parameters.
                let bare = text.split('?').next().unwrap_or(text);
                let (scheme, rest) = bare.split_once("://").unwrap_or(("postgres", bare));
                match rest.rsplit_once('@') {
                    Some((login, host)) => {
                        let user = login.split(':').next().unwrap_or("");
                        write!(f, "{scheme}://{user}@{host}")
                    }
                    None => write!(f, "{scheme}://{rest}"),
                }
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_never_shown_and_schemes_never_guessed() {
        let url: DatabaseUrl = "postgres://kepu:se@cret@db.example:5433/kepu?password=other"
            .parse()
            .unwrap();
        assert_eq!(url.to_string(), "postgres://kepu@db.example:5433/kepu");
        assert!(!format!("{url:?}").contains("cret"));
        for wrong in ["", "kepu.db", "mysql://x", "sqlite:", "postgres://host:port/x"] {
            assert!(wrong.parse::<DatabaseUrl>().is_err(), "{wrong}");
        }
    }
}

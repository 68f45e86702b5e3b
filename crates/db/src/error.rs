//! What can go wrong with a database, by what the caller can do about it.

/// Result of a database call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A database error.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A row that must be there is not.
    #[error("{statement}: no such row")]
    Missing {
        /// Name of the statement.
        statement: &'static str,
    },
    /// A statement that must change or find one row met another number of them.
    #[error("{statement}: expected one row, met {rows}")]
    NotOne {
        /// Name of the statement.
        statement: &'static str,
        /// How many there were.
        rows: u64,
    },
    /// A row with the same key is there already.
    #[error("{statement}: a row with this key exists")]
    Unique {
        /// Name of the statement.
        statement: &'static str,
    },
    /// A row that is referred to does not exist, or one that is referred to would vanish.
    #[error("{statement}: a referenced row is missing or still in use")]
    ForeignKey {
        /// Name of the statement.
        statement: &'static str,
    },
    /// NOT NULL or CHECK refused the row.
    #[error("{statement}: a value is not allowed: {detail}")]
    NotAllowed {
        /// Name of the statement.
        statement: &'static str,
        /// The engine's words.
        detail: String,
    },
    /// A column holds another type than the code reads, or NULL.
    #[error("{statement}: column {column} holds {found}, not {wanted}")]
    Type {
        /// Name of the statement.
        statement: &'static str,
        /// The column.
        column: String,
        /// What it holds.
        found: String,
        /// What was asked for.
        wanted: &'static str,
    },
    /// The result has no such column.
    #[error("{statement}: there is no column {column}")]
    Column {
        /// Name of the statement.
        statement: &'static str,
        /// The column that was asked for.
        column: String,
    },
    /// Parameters and placeholders do not fit.
    #[error("{statement}: {detail}")]
    Parameters {
        /// Name of the statement.
        statement: &'static str,
        /// What does not fit.
        detail: String,
    },
    /// Too many requests wait already; try again in a moment.
    #[error("the database is busy: {waiting} requests are waiting")]
    Busy {
        /// Length of the queue.
        waiting: usize,
    },
    /// Concurrent acts got in each other's way too often.
    #[error("concurrent changes kept conflicting ({attempts} attempts)")]
    Conflict {
        /// How often it was tried.
        attempts: u32,
    },
    /// The function given to the database panicked; its changes are undone.
    #[error("the act panicked; nothing of it was kept")]
    Panicked,
    /// The batch that the act was part of could not be committed.
    #[error("the changes could not be committed: {0}")]
    Commit(String),
    /// The database has been closed.
    #[error("the database is closed")]
    Closed,
    /// The schema is newer than this program.
    #[error(
        "the database has schema version {found}, this program knows only up to {known}: install the newer program"
    )]
    Newer {
        /// Version of the database.
        found: u32,
        /// Newest version that the program knows.
        known: u32,
    },
    /// A migration that has run is not the one in the program.
    #[error("migration {number} ({name}) was changed after it ran on this database")]
    Edited {
        /// Its number.
        number: u32,
        /// Its name.
        name: String,
    },
    /// A migration failed and was rolled back.
    #[error("migration {number} ({name}) failed: {detail}")]
    Migration {
        /// Its number.
        number: u32,
        /// Its name.
        name: &'static str,
        /// The engine's words.
        detail: String,
    },
    /// The address of the database is not understood.
    #[error("{0}")]
    Url(String),
    /// Anything else the engine says.
    #[error("{statement}: {detail}")]
    Engine {
        /// Name of the statement, or what was being done.
        statement: &'static str,
        /// The engine's words.
        detail: String,
    },
}

impl Error {
    /// An error of the engine outside a statement.
    pub(crate) fn engine(doing: &'static str, error: &dyn std::fmt::Display) -> Self {
        Self::Engine {
            statement: doing,
            detail: error.to_string(),
        }
    }
}
